"""Whether it is our own network that is down, and when the operator hears of it.

A server of which nothing is heard may be down itself. If nothing is heard of any other either, and there are several
that were asked, it is we who are cut off; and no feed is to blame.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from watcher.core.keys import key_of
from watcher.core.messages import Message
from watcher.core.messages.blocks import Lead, Listed, Verbatim
from watcher.core.messages.troubles import trouble
from watcher.core.model import Severity
from watcher.core.sources.addresses import names_private
from watcher.core.sources.health import span

LONG: Final = timedelta(minutes=15)  # what is over by then is worth no word
_WITNESSES: Final = 2  # hosts; of one alone nobody can tell

DOWN, BACK = "network down", "network back"  # in the history


@dataclass(frozen=True, slots=True)
class Outage:
    """`since`: when the first of its `sources` was not reached."""

    since: datetime
    sources: int


@dataclass(frozen=True, slots=True)
class News:
    """What is written into the history, at which moment, and what the operator is told."""

    what: str
    at: datetime
    says: str
    message: Message


def outage(reached_at: datetime | None, unreached: Iterable[tuple[str, datetime]]) -> Outage | None:
    """The outage of our network as polls show it, or None.

    `reached_at`: when a server outside of our own network was last heard of. `unreached`: of each feed whose last polls
    got no word, its URL and when the first of these was. Those that were silent while others were heard do not count:
    they are down themselves.
    """
    lately = [
        (host_of(url), since)
        for url, since in unreached
        if leads_out(url) and (reached_at is None or since > reached_at)
    ]
    if len({host for host, _ in lately}) < _WITNESSES:
        return None
    return Outage(min(since for _, since in lately), len(lately))


def leads_out(url: str) -> bool:
    """Whether a URL leads out of our own network, by its name: only such a one can witness that there is a way out."""
    return not names_private(host_of(url))


def news(now: Outage | None, told_since: datetime | None, at: datetime) -> News | None:
    """What is new at this moment. `told_since`: when the outage began that the operator was told of, and that was not
    over when we looked last.
    """
    if now and told_since is None and at - now.since >= LONG:
        return _down(now)
    if told_since is not None and now is None:
        return _back(told_since, at)
    return None


def _down(outage: Outage) -> News:
    says = f"{outage.sources} sources are unreachable, and no other was reached"
    blocks = (
        Lead(f"The network of this machine is down since {outage.since:%Y-%m-%d %H:%M} UTC: {says}."),
        Listed("What becomes of the sources", ("They are tried all the time, and none counts as failing.",)),
        Listed("When you hear of it again", ("When it is back, and not before.",), small=True),
    )
    subject = f"watcher: the network is down since {outage.since:%H:%M} UTC"
    return News(DOWN, outage.since, says, trouble(subject, blocks, _key(outage.since)))


def _back(since: datetime, at: datetime) -> News:
    says = f"after {span(at - since)}"
    blocks = (
        Lead(
            f"The network of this machine is back. It was down from {since:%Y-%m-%d %H:%M} to {at:%Y-%m-%d %H:%M} UTC."
        ),
        Listed("What becomes of the sources", ("Each is polled within its usual interval.",)),
        Verbatim("See where entries may have been missed", ("watcher sources health",)),
    )
    message = trouble(
        f"watcher: the network is back {says}", blocks, key_of(_key(since), "over"), Severity.LOW
    )
    return News(BACK, at, says, message)


def _key(since: datetime) -> str:
    return key_of("network", since.isoformat())


def host_of(url: str) -> str:
    """The URL itself where it names none."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
