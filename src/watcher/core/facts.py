"""The facts of votes: whether two reports tell of one vote, what they know together, and what of it is news.

A vote is identified by its facts and never by a headline. A number that two reports state differently parts them; a
tally that hardly any other vote has joins them. "15-0-0" in a Council of fifteen is no such tally.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType

from watcher.core.model import Tally, Vote

# Whose vote is news by itself, for the people this is built for.
WATCHED_COUNTRIES = ("Israel", "Ukraine", "United States", "Russia")

# From so many votes cast on, two texts hardly ever have the same full tally within days.
_LARGE = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that became known, or changed: `was` is "" where nothing was known before."""

    what: str
    now: str
    was: str = ""

    def __str__(self) -> str:
        return f"{self.what}: {self.now} (was {self.was})" if self.was else f"{self.what}: {self.now}"


@dataclass(frozen=True, slots=True)
class Same:
    """Two reports have facts in common. `sure`: enough to be one vote whatever the headlines say."""

    reason: str
    sure: bool


def conflict(a: Vote, b: Vote) -> str | None:
    """Why two votes cannot be one, or None. What one of them does not state conflicts with nothing."""
    if told := _another_text(a, b):
        return told
    if a.tally.conflicts(b.tally):
        return f"another tally: {a.tally}, not {b.tally}"
    if a.outcome and b.outcome and a.outcome != b.outcome:
        return f"another outcome: {a.outcome}, not {b.outcome}"
    return None


def _another_text(a: Vote, b: Vote) -> str | None:
    """Why they cannot even be two counts of one vote."""
    for name in ("symbol", "body", "stage"):
        one, other = getattr(a, name), getattr(b, name)
        if one and other and one != other:
            return f"another {name}: {one}, not {other}"
    # A vote after midnight in one zone is the day before in another.
    if a.date and b.date and abs(a.date - b.date) > timedelta(days=1):
        return f"another day: {a.date}, not {b.date}"
    return None


def same(a: Vote, b: Vote) -> Same | None:
    """What two votes without a conflict have in common, or None."""
    if conflict(a, b):
        return None
    if a.symbol and a.symbol == b.symbol:
        return Same(f"the same text: {a.symbol}", sure=True)
    shared = [x for x, y in zip(a.tally.triple, b.tally.triple, strict=True) if x is not None and x == y]
    if len(shared) == 3 and sum(shared) >= _LARGE and not a.unanimous:
        return Same(f"the same tally: {b.tally}", sure=True)
    return Same(f"the same numbers: {b.tally}", sure=False) if len(shared) >= 2 else None


def learn(known: Sequence[Vote], told: Sequence[Vote]) -> tuple[tuple[Vote, ...], tuple[Change, ...]]:
    """The votes of a story with those of one more report of it, and which of their facts are news.

    The report's main vote is the story's, unless its facts say otherwise; another vote is another one only with a
    count of its own.
    """
    votes = list(known)
    changes: list[Change] = []
    for number, vote in enumerate(told):
        at = _counterpart(votes, vote, is_main=number == 0)
        if at is not None:
            merged = merge(votes[at], vote)
            changes += news(votes[at], merged)
            votes[at] = merged
        elif not votes:
            changes += news(Vote(), vote)
            votes.append(vote)
        elif vote.tally.known:
            changes.append(Change("another vote", f"{vote.subject or 'a text'}, {vote.tally}"))
            votes.append(vote)
    return tuple(votes), tuple(changes)


def _counterpart(known: Sequence[Vote], vote: Vote, *, is_main: bool) -> int | None:
    """Which of the known votes this one is."""
    alike = [(at, found) for at, each in enumerate(known) if (found := same(each, vote))]
    if alike:
        return max(alike, key=lambda pair: pair[1].sure)[0]
    if is_main and known and not conflict(known[0], vote):
        return 0
    return None


def merge(known: Vote, told: Vote) -> Vote:
    """What is known stays; what was not known is filled in. A doubt goes with the tally it is about."""
    numbers = (a if a is not None else b for a, b in zip(_numbers(known), _numbers(told), strict=True))
    return Vote(
        body=known.body or told.body,
        stage=known.stage or told.stage,
        outcome=known.outcome or told.outcome,
        tally=Tally(*numbers),
        symbol=known.symbol or told.symbol,
        date=known.date or told.date,
        subject=known.subject or told.subject,
        consensus=known.consensus or told.consensus,
        unanimous=known.unanimous or told.unanimous,
        positions=MappingProxyType({**told.positions, **known.positions}),
        evidence=told.evidence,  # spans of the article at hand; those of earlier ones stayed with them
        doubts=known.doubts if known.tally.full else told.doubts,
    )


def _numbers(vote: Vote) -> tuple[int | None, ...]:
    return (*vote.tally.triple, vote.tally.not_voting)


def news(before: Vote, after: Vote) -> Iterator[Change]:
    """The facts a reader of the earlier alert would want to be told."""
    if after.outcome and not before.outcome:
        yield Change("outcome", after.outcome.value)
    if after.tally.triple != before.tally.triple:
        yield Change("tally", str(after.tally), str(before.tally) if before.tally.known else "")
    if after.symbol and not before.symbol:
        yield Change("symbol", after.symbol)
    for country in WATCHED_COUNTRIES:
        if country in after.positions and country not in before.positions:
            yield Change(country, after.positions[country].words)


def correct(
    known: Sequence[Vote], own: Sequence[Vote], told: Sequence[Vote]
) -> tuple[tuple[Vote, ...], tuple[Change, ...]]:
    """The votes of a story after one of its sources has corrected itself, and what it corrected.

    `own`: what this source said before, `told`: what it says now. Only what it changed counts: a source that always
    said 107 does not correct another one that says 108.
    """
    votes = list(known)
    changes: list[Change] = []
    for before, now in _pairs(own, told):
        told_anew = tuple(_restated(before, now))
        at = next((at for at, each in enumerate(votes) if not _another_text(each, now)), None)
        if told_anew and at is not None:
            fresh = [change for change in told_anew if change.now != _stated(votes[at], change.what)]
            votes[at] = _corrected(votes[at], now)
            changes += fresh
    return tuple(votes), tuple(changes)


def _pairs(own: Sequence[Vote], told: Sequence[Vote]) -> Iterator[tuple[Vote, Vote]]:
    """Each vote as it was and as it is: first those that did not change their facts, then by their order."""
    left = [vote for vote in own if not any(_equal(vote, now) for now in told)]
    for now in told:
        if any(_equal(vote, now) for vote in own):
            continue
        before = next((vote for vote in left if not _another_text(vote, now)), None)
        if before is not None:
            left.remove(before)
            yield before, now


def _equal(a: Vote, b: Vote) -> bool:
    return a.tally.triple == b.tally.triple and a.positions == b.positions and a.outcome == b.outcome


def _restated(before: Vote, now: Vote) -> Iterator[Change]:
    if before.tally.conflicts(now.tally):
        yield Change("tally", str(now.tally), str(before.tally))
    if before.outcome and now.outcome and before.outcome != now.outcome:
        yield Change("outcome", now.outcome.value, before.outcome.value)
    for country, position in now.positions.items():
        earlier = before.positions.get(country)
        if earlier and earlier is not position:
            yield Change(country, position.words, earlier.words)


def _stated(vote: Vote, what: str) -> str:
    if what == "tally":
        return str(vote.tally)
    if what == "outcome":
        return vote.outcome.value if vote.outcome else ""
    return vote.positions[what].words if what in vote.positions else ""


def _corrected(known: Vote, now: Vote) -> Vote:
    """What the source says now counts, where it says something."""
    base = replace(
        known, tally=now.tally if now.tally.known else known.tally, outcome=now.outcome or known.outcome
    )
    merged = merge(base, now)
    positions = MappingProxyType({**known.positions, **now.positions})
    return replace(merged, positions=positions, doubts=now.doubts if now.tally.known else known.doubts)
