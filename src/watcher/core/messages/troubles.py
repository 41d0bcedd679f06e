"""The daemon's own troubles, as messages to the operator. Each has a key, so that one trouble is told once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from watcher.core.alerts.deciding import in_words
from watcher.core.alerts.digests import Told, by_severity, counted
from watcher.core.alerts.routing import Occasion, Route, Traits, route
from watcher.core.keys import key_of
from watcher.core.messages import LONGEST_SUBJECT, Message, compose, topped
from watcher.core.messages.blocks import Block, Label, Lead, Listed, Verbatim
from watcher.core.model import Severity
from watcher.core.text import shorten

# A receiver that has failed for so long is worth a word: what passes by itself has passed by then.
LONG = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a receiver has fared since it last took a message; all None where it is well.

    `failing_since`: its first try that failed. `told_at`: when that was counted as a trouble of the operator's.
    `quiet_until`: it has asked to be left alone until then.
    """

    failing_since: datetime | None = None
    told_at: datetime | None = None
    quiet_until: datetime | None = None


def refused_config(name: str, problems: str, key: str) -> Message:
    """A config that was saved and cannot be used. `problems`: with line and fix, as `watcher check` shows them."""
    blocks = (
        Lead(f"{name} was saved, and cannot be used. The rules from before stay in force until it is right."),
        Verbatim("What is wrong", tuple(problems.split("\n"))),
        Verbatim("Try it with", ("watcher check",)),
    )
    return trouble(f"watcher: {name} is refused, the old rules stay", blocks, key)


def failed_template(rule: str, file: str, line: int | None, error: str, alert: str) -> Message:
    """A template of the user's that failed on an alert, which went out in watcher's own words."""
    place = file if line is None else f"{file}, line {line}"
    blocks = (
        Lead(
            f"The template of the rule {rule} failed. Alert {alert} went out all the same, in watcher's own words."
        ),
        Listed("Where, and why", (f"{place}: {error}",)),
        Verbatim("Mend it, and try it with", (f"watcher receivers test NAME --rule {rule}", "watcher check")),
    )
    subject = f"watcher: the template of {rule} failed"
    return trouble(subject, blocks, key_of("template", rule, place, error), Severity.MEDIUM)


def after_failure(
    receiver: str, before: Standing, error: str, *, dead: bool, now: datetime
) -> tuple[Standing, Message | None]:
    """How a receiver stands after a try that failed, and the message where it has just become a trouble.

    `dead`: the alert is given up, and not only put off. Either that, or failing for long, is told once until the
    receiver takes a message again.
    """
    since = before.failing_since or now
    standing = replace(before, failing_since=since)
    if before.told_at or not (dead or now - since >= LONG):
        return standing, None
    what = "refused an alert for good" if dead else f"has taken nothing for {in_words(_minutes(now - since))}"
    blocks = (
        Lead(f"The receiver {receiver} {what}."),
        Listed("Its reason", (error,)),
        *(_DEAD if dead else _WAITING),
        Listed("When you hear of it again", ("When it takes messages again, and not before.",), small=True),
    )
    message = trouble(f"watcher: {receiver} {what}", blocks, _episode(receiver, since))
    return replace(standing, told_at=now), message


def after_success(receiver: str, before: Standing, now: datetime) -> tuple[Standing, Message | None]:
    """How a receiver stands after it took a message, and the message where that ends a trouble."""
    if before.failing_since is None or before.told_at is None:
        return Standing(), None
    blocks = (
        Lead(
            f"The receiver {receiver} takes messages again. It failed from "
            f"{before.failing_since:%Y-%m-%d %H:%M} to {now:%Y-%m-%d %H:%M} UTC."
        ),
        Listed("What becomes of its alerts", ("What waited for it is on its way, the most severe first.",)),
        Verbatim("What was given up", ("watcher outbox --dead",)),
    )
    key = key_of(_episode(receiver, before.failing_since), "over")
    return Standing(), trouble(f"watcher: {receiver} is well again", blocks, key, Severity.LOW)


def self_test_failed(why: str, now: datetime) -> Message:
    """The way from a feed to a receiver is broken, whatever the sources and receivers say of themselves."""
    blocks = (
        Lead("An article that watcher made up to try itself has not arrived: others may not either."),
        Listed("Why", (why,)),
        Verbatim("Look at", ("watcher status", "watcher sources health", "watcher outbox")),
        Listed("When you hear of it again", ("When one arrives, and not before.",), small=True),
    )
    key = key_of("self-test", now.isoformat())
    return trouble("watcher: its self-test has failed", blocks, key)


def self_test_passed(failed: str) -> Message:
    """`failed`: the key of the message that told of the failure."""
    blocks = (Lead("The article that watcher makes up each hour to try itself has arrived again."),)
    return trouble("watcher: its self-test passes again", blocks, key_of(failed, "over"), Severity.LOW)


def undelivered(alerts: Sequence[tuple[Told, Message]], receivers: Collection[str]) -> Message:
    """Alerts of high severity that nobody has and nobody will have, for somebody else; one comes whole.

    `receivers`: those that gave them up. `alerts`: at least one.
    """
    whom = " and ".join(sorted(receivers))
    told = tuple(each for each, _ in alerts)
    key = key_of("undelivered", *sorted(each.key for each in told))
    if len(alerts) == 1:
        [(_, message)] = alerts
        line = f"You get this because nobody else has it: {whom} gave it up. See: watcher outbox --dead"
        subject = shorten(f"Not delivered: {message.subject}", LONGEST_SUBJECT)
        return replace(topped(message, line), key=key, subject=subject)
    blocks = (
        Lead(f"You get this because nobody else has it: {whom} gave up {counted(told)}."),
        *by_severity(told, UTC),
        Verbatim("See one whole, and send it again", ("watcher alerts KEY", "watcher outbox resend KEY")),
    )
    return trouble(f"Not delivered: {counted(told)}", blocks, key)


def buried(
    number: int, lost: int, named: Sequence[Told], receivers: Collection[str], now: datetime
) -> Message:
    """Alerts that waited for receivers that the config does not name any more.

    `number`: of them all; `lost`: of those that nobody else has or will have, of which the first are `named`.
    """
    whom, them = " and ".join(sorted(receivers)), "it" if len(receivers) == 1 else "them"
    says = f"{_alerts(number)} for {whom} given up: the config does not name {them} any more"
    more = lost - len(named)
    unlisted = (
        *([f"{_alerts(more)} more that nobody else has"] if more else []),
        *([f"{_alerts(number - lost)} that others have, or will have"] if number > lost else []),
    )
    blocks = (
        Lead(f"{says}."),
        *by_severity(named, UTC),
        *([Listed("Not listed here", unlisted)] if unlisted else []),
        Verbatim("See all of them, and one whole", ("watcher outbox --dead", "watcher alerts KEY")),
        Verbatim(f"Send one, once the config names {them} again", ("watcher outbox resend KEY",)),
    )
    key = key_of("buried", now.isoformat(), *sorted(receivers))
    return trouble(f"watcher: {says}", blocks, key)


@dataclass(frozen=True, slots=True)
class Operators:
    """Who hears of watcher's own troubles. `names`: all receivers, the preferred first."""

    names: tuple[str, ...]
    routes: tuple[Route, ...] = ()

    def told(
        self, trouble: Message, failing: frozenset[str], *, but: Collection[str] = ()
    ) -> tuple[str, ...]:
        """Those to whom a route leads, as far as they work; without such a route the first of all that works, else the
        first. Never one that is among `but`, who cannot be told. Nobody where there is no other, or the route says so.
        """
        others = [name for name in self.names if name not in but]
        routed = route(self.routes, Traits(Occasion.OPERATOR, trouble.severity), ())
        if routed.by and not routed.receivers:
            return ()
        working = [name for name in others if name not in failing]
        return tuple(name for name in routed.receivers if name in working) or tuple((working or others)[:1])


NOBODY = Operators(())

_DEAD = (
    Listed("What becomes of the alert", ("It is not tried again by itself.",)),
    Verbatim(
        "See it, and send it when the cause is mended", ("watcher outbox --dead", "watcher outbox resend KEY")
    ),
)
_WAITING = (
    Listed("What becomes of its alerts", ("They wait, and are tried again for three days.",)),
    Verbatim("See them", ("watcher outbox",)),
)


def _episode(receiver: str, since: datetime) -> str:
    return key_of("receiver", receiver, since.isoformat())


def _alerts(number: int) -> str:
    return f"{number} alert{'' if number == 1 else 's'}"


def _minutes(span: timedelta) -> timedelta:
    return timedelta(minutes=round(span / timedelta(minutes=1)))


def trouble(subject: str, blocks: Sequence[Block], key: str, severity: Severity = Severity.HIGH) -> Message:
    return compose(key, severity, subject, (Label(("For the operator",)), *blocks))
