"""Whether two reports tell of one vote. Decided by facts, never by a headline.

A number that two reports state differently parts them: on one day the Assembly passes two texts on one subject with
the same yes. A tally that hardly any other vote has joins them; "15-0-0" in a Council of fifteen is no such tally.
What several reports together know of a vote is worked out in reports.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from watcher.core.model import Position, Tally, Vote

# Whose vote is news by itself, for the people this is built for.
WATCHED_COUNTRIES = ("Israel", "Ukraine", "United States", "Russia")

# From so many votes cast on, two texts hardly ever have the same full tally within days.
_LARGE = 60

# In a body of 47 they may, unless it was divided three ways; and both reports must name it.
_MIDDLING, _DIVIDED = 40, 5

# Counts of one vote that differ do so by a slip, or by a delegation that spoke up later. Texts that are voted on
# one after the other differ in more than one number, or by more.
_SLIP = 3


@dataclass(frozen=True, slots=True)
class Same:
    """Two reports have facts in common. `sure`: enough to be one vote whatever the headlines say; `telling`: enough
    for two reports of the same days. `disputed`: they state a fact of it differently.
    """

    reason: str
    sure: bool
    disputed: bool = False
    telling: bool = False


def conflict(a: Vote, b: Vote) -> str | None:
    """The fact by which two votes cannot be one, or None. What one of them does not state conflicts with nothing."""
    if a.symbol and a.symbol == b.symbol:
        return None
    if fact := another_text(a, b):
        return fact
    if a.tally.conflicts(b.tally):
        return "tally"
    if a.outcome and b.outcome and a.outcome != b.outcome:
        return "outcome"
    return None


def another_text(a: Vote, b: Vote) -> str | None:
    """The fact by which they cannot even be two counts of one vote."""
    if a.symbol and b.symbol and a.symbol != b.symbol and _is_draft(a.symbol) is _is_draft(b.symbol):
        return "symbol"
    if a.body and b.body and a.body != b.body:
        return "body"
    if a.stage and b.stage and a.stage != b.stage:
        return "stage"
    # A vote after midnight in one zone is the day before in another.
    if a.date and b.date and abs(a.date - b.date) > timedelta(days=1):
        return "date"
    return None


# A text has one symbol as a draft (A/ES-11/L.10, S/2025/97) and another once it is adopted (A/RES/ES-11/7).
_ADOPTED = re.compile(r"/(?:RES|DEC)/")


def _is_draft(symbol: str) -> bool:
    return _ADOPTED.search(symbol) is None


def same(a: Vote, b: Vote) -> Same | None:
    """What two votes have in common that makes them one, or None."""
    if a.symbol and a.symbol == b.symbol:
        return Same(f"the same text: {a.symbol}", sure=True, disputed=_differ(a, b))
    if another_text(a, b):
        return None
    shared = _shared(a.tally, b.tally)
    if len(shared) == 3 and _tells(a, b, shared):
        return Same(f"the same tally: {b.tally}", sure=True, disputed=_differ(a, b))
    if not conflict(a, b):
        telling = sum(shared) >= _LARGE and min(shared) >= _DIVIDED
        return Same(f"the same numbers: {b.tally}", sure=False, telling=telling) if len(shared) >= 2 else None
    if a.body and a.body == b.body and a.outcome == b.outcome and _is_slip(a.tally, b.tally):
        return Same(f"nearly the same tally: {b.tally}", sure=False, disputed=True)
    return None


def _tells(a: Vote, b: Vote, counts: list[int]) -> bool:
    """Whether hardly any other vote of these days has just this full count."""
    divided = sum(counts) >= _MIDDLING and min(counts) >= _DIVIDED and a.body is not None and a.body == b.body
    return divided or (sum(counts) >= _LARGE and not a.unanimous)


def _shared(a: Tally, b: Tally) -> list[int]:
    return [x for x, y in zip(a.triple, b.triple, strict=True) if x is not None and x == y]


def _differ(a: Vote, b: Vote) -> bool:
    return a.tally.conflicts(b.tally) or bool(a.outcome and b.outcome and a.outcome != b.outcome)


def _is_slip(a: Tally, b: Tally) -> bool:
    """Two full counts of a large body, alike but for a little in one number."""
    pairs = [(x, y) for x, y in zip(a.triple, b.triple, strict=True) if x is not None and y is not None]
    apart = [abs(x - y) for x, y in pairs if x != y]
    return len(pairs) == 3 and sum(x for x, _ in pairs) >= _LARGE and len(apart) == 1 and apart[0] <= _SLIP


def dissent(vote: Vote) -> Mapping[str, Position]:
    """Who is told to have voted otherwise than in favour."""
    return {
        country: position
        for country, position in vote.positions.items()
        if position is not Position.IN_FAVOUR
    }


def traces(vote: Vote) -> Iterator[str]:
    """What another report of the same vote must share one of, to be found by its facts."""
    if vote.symbol:
        yield f"={vote.symbol}"
    yes, no, abstained = vote.tally.triple
    for name, pair in {"yes-no": (yes, no), "yes-abs": (yes, abstained), "no-abs": (no, abstained)}.items():
        if None not in pair:
            yield f"={name}:{pair[0]}-{pair[1]}"
