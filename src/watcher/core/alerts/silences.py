"""Silences: what a person does not want to hear of for a while, and why. At its end a silence says what it hid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from watcher.core.alerts.digests import Told, by_severity, counted, severest
from watcher.core.alerts.routing import Conditions, Traits
from watcher.core.keys import key_of
from watcher.core.messages import Message, compose
from watcher.core.messages.blocks import Label, Lead, Listed


@dataclass(frozen=True, slots=True)
class Silence:
    """`receivers`: who is spared; everybody where none is named. It ends at `until`, which does not belong to it."""

    id: int
    conditions: Conditions
    since: datetime
    until: datetime
    reason: str
    receivers: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """For the rows that it hides."""
        return f"silence {self.id} until {self.until:%Y-%m-%d %H:%M} UTC: {self.reason}"

    def hides(self, traits: Traits, receiver: str) -> bool:
        return (not self.receivers or receiver in self.receivers) and not self.conditions.lacking(traits)


def hidden(silences: Iterable[Silence], traits: Traits, receivers: Iterable[str]) -> Mapping[str, Silence]:
    """Receiver -> the silence that spares it an alert like this; of several the one that lasts the longest."""
    longest = sorted(silences, key=lambda each: (each.until, each.id), reverse=True)
    found = {name: next((each for each in longest if each.hides(traits, name)), None) for name in receivers}
    return {name: silence for name, silence in found.items() if silence}


def ended(silence: Silence, receiver: str, alerts: tuple[Told, ...]) -> Message:
    """What a receiver was spared, once it is over. `alerts`: at least one."""
    count = counted(alerts)
    what = f"{silence.conditions.in_words}, from {_moment(silence.since)} to {_moment(silence.until)} UTC"
    blocks = (
        Label(("A silence has ended",)),
        Lead(f"It has hidden {count} from you."),
        Listed("What it was for", (silence.reason, what)),
        *by_severity(alerts, UTC),
    )
    key = key_of("silence", str(silence.id), silence.since.isoformat(), receiver)
    return compose(key, severest(alerts), f"A silence has ended: it hid {count}", blocks)


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
