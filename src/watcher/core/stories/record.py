"""A watched country that votes otherwise than it did: "Israel: against -> in favour".

What it did before is its record: its positions on texts of a like subject, as far as they were reported while we
watched. Two texts with a like subject may ask for different things, so that an earlier position is told with its day
and its subject, for the reader to judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from watcher.core.model import Position, Vote
from watcher.core.stories.facts import WATCHED_COUNTRIES
from watcher.core.stories.stems import stems

# The texts of one session on one subject, an amendment and the whole, a draft and its rival, are no record.
ANOTHER_TIME = timedelta(days=14)

_ALIKE = 0.6
_ENOUGH_SHARED = 2


@dataclass(frozen=True, slots=True)
class Past:
    """A vote that was reported earlier, and when it was cast, as well as we know."""

    vote: Vote
    day: date


@dataclass(frozen=True, slots=True)
class Shift:
    """`earlier`: the last vote on a like subject in which `country` held another position."""

    country: str
    was: Position
    now: Position
    earlier: Past

    def __str__(self) -> str:
        day = f"{self.earlier.day.day} {self.earlier.day:%B %Y}"
        return f"{self.country}: {self.was.words} -> {self.now.words} (before: {day}, {self.earlier.vote.subject})"


def subject_traces(vote: Vote) -> frozenset[str]:
    """What two votes on a like subject share most of."""
    return frozenset(f"#{stem}" for stem in stems(vote.subject or ""))


def shifts(vote: Vote, day: date, record: Iterable[Past]) -> tuple[Shift, ...]:
    """Where watched countries left the position of their last vote on a like subject. `day`: of this vote."""
    like = sorted(
        (past for past in record if day - past.day >= ANOTHER_TIME and _alike(vote, past.vote)),
        key=lambda past: past.day,
        reverse=True,
    )
    found = (_shift(country, vote, like) for country in WATCHED_COUNTRIES)
    return tuple(shift for shift in found if shift)


def _shift(country: str, vote: Vote, like: Sequence[Past]) -> Shift | None:
    now = vote.positions.get(country)
    last = next((past for past in like if country in past.vote.positions), None)
    if now is None or last is None or last.vote.positions[country] is now:
        return None
    return Shift(country, last.vote.positions[country], now, last)


def _alike(a: Vote, b: Vote) -> bool:
    one, other = subject_traces(a), subject_traces(b)
    shared = len(one & other)
    return shared >= _ENOUGH_SHARED and shared >= _ALIKE * min(len(one), len(other))
