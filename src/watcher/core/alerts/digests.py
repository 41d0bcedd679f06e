"""Several alerts in one message, by story: what quiet hours, a limit or a digest have held, or a silence has hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from watcher.core.keys import key_of
from watcher.core.messages import Message, compose
from watcher.core.messages.blocks import Block, Item, Items, Label, Lead
from watcher.core.model import Severity


@dataclass(frozen=True, slots=True)
class Told:
    """An alert as a digest tells it. `story`: the key of its story, where it has one. `url`: of its article."""

    key: str
    severity: Severity
    subject: str
    decided_at: datetime
    story: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """What one receiver gets in one message. `alerts`: at least one, in any order. `zone`: the receiver's."""

    receiver: str
    alerts: tuple[Told, ...]
    zone: tzinfo

    @property
    def key(self) -> str:
        """The same for the same alerts."""
        return key_of("digest", self.receiver, *sorted(alert.key for alert in self.alerts))

    @property
    def severity(self) -> Severity:
        return severest(self.alerts)


def message(digest: Digest) -> Message:
    """`14 alerts, 9 stories: UN General Assembly adopts …`"""
    alerts, zone = digest.alerts, digest.zone
    count = counted(alerts)
    first, last = (_moment(pick(alert.decided_at for alert in alerts), zone) for pick in (min, max))
    when = f"from {first} to {last}" if first != last else f"of {first}"
    blocks = (Label(("Digest",)), Lead(f"{count}, {when}."), *by_severity(alerts, zone))
    return compose(digest.key, digest.severity, f"{count}: {stories(alerts)[0][-1].subject}", blocks)


def stories(alerts: Iterable[Told]) -> list[tuple[Told, ...]]:
    """The alerts of each story in the order of time; the most severe story first, then the one that began first."""
    by_story: dict[str, list[Told]] = {}
    for alert in sorted(alerts, key=lambda alert: (alert.decided_at, alert.key)):
        by_story.setdefault(alert.story or alert.key, []).append(alert)
    return sorted(map(tuple, by_story.values()), key=lambda alerts: -severest(alerts).rank)


def counted(alerts: Collection[Told]) -> str:
    """`14 alerts, 9 stories`"""
    number, events = len(alerts), len(stories(alerts))
    words = f"{number} alert{'' if number == 1 else 's'}"
    return f"{words}, {events} stories" if 1 < events < number else words


def by_severity(alerts: Iterable[Told], zone: tzinfo) -> Iterator[Block]:
    """A list of the alerts for each severity, those of a story together. `zone`: of the moments."""
    sections: dict[Severity, list[Item]] = {}
    for story in stories(alerts):
        section = sections.setdefault(severest(story), [])
        section += (
            Item(alert.subject, f"{_moment(alert.decided_at, zone)}, alert {alert.key}", alert.url)
            for alert in story
        )
    for severity, items in sections.items():
        yield Items(f"Severity {severity}", tuple(items))


def severest(alerts: Iterable[Told]) -> Severity:
    return max((alert.severity for alert in alerts), key=lambda severity: severity.rank)


def _moment(moment: datetime, zone: tzinfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.day} {local:%B %H:%M}"
