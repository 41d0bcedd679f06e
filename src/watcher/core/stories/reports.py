"""What the reports of one story together know of its votes, what of that is news, and where they disagree.

Which reports tell of one vote is decided in the order in which they came. What stands where they disagree is said by
the best source: UN press before wires before the rest, and among equals by the first. A pure function of the
reports: a source that corrects itself, a story that a person parts or joins, all come to the same as if it had been so
from the beginning.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from watcher.core.model import Dispute, Outcome, Position, Tally, Vote
from watcher.core.stories import facts
from watcher.core.stories.facts import WATCHED_COUNTRIES

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Report:
    """An article of a story, as a witness. `article`: its source and key. `outlet`, `rank`: who tells it, and how far
    that is believed, 0 most (core.stories.outlets).
    """

    article: tuple[str, str]
    outlet: str
    rank: int
    votes: tuple[Vote, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that became known, or changed: `was` is "" where nothing was known before. `corrects`: what was told
    before was wrong, and not only less.
    """

    what: str
    now: str
    was: str = ""
    corrects: bool = False

    def __str__(self) -> str:
        return f"{self.what}: {self.now} (was {self.was})" if self.was else f"{self.what}: {self.now}"


def settle(reports: Iterable[Report]) -> tuple[Vote, ...]:
    """The votes of a story, the main one first. `reports` in the order in which they came.

    A report's main vote is the story's, unless its facts say otherwise; another vote is another one only with a count
    of its own.
    """
    known: list[_Witnessed] = []
    for report in reports:
        taken: set[int] = set()  # two votes of one report are two, however alike
        for number, vote in enumerate(report.votes):
            at = _counterpart([each.vote for each in known], vote, taken, is_main=number == 0)
            if at is None and (not known or vote.tally.known):
                at = len(known)
                known.append(_Witnessed())
            if at is not None:
                taken.add(at)
                known[at].hear(vote, report)
    return tuple(each.with_disputes() for each in known)


def _counterpart(known: Sequence[Vote], vote: Vote, taken: set[int], *, is_main: bool) -> int | None:
    """Which of the known votes this one is."""
    free = [(at, each) for at, each in enumerate(known) if at not in taken]
    alike = [(at, found) for at, each in free if (found := facts.same(each, vote))]
    if alike:
        return max(alike, key=lambda pair: (pair[1].sure, not pair[1].disputed))[0]
    if is_main and known and 0 not in taken and not facts.conflict(known[0], vote):
        return 0
    return None


def counterparts(known: Sequence[Vote], told: Iterable[Vote]) -> list[int | None]:
    """Which of the `known` votes of a story each vote of one of its reports is; None where it is none of them."""
    found: list[int | None] = []
    for number, vote in enumerate(told):
        found.append(_counterpart(known, vote, {at for at in found if at is not None}, is_main=number == 0))
    return found


class _Witnessed:
    """A vote as those who have told it tell it together."""

    def __init__(self) -> None:
        self._heard: list[tuple[Report, Vote]] = []  # the best source first
        self.vote = Vote()

    def hear(self, vote: Vote, report: Report) -> None:
        insort(
            self._heard, (report, vote), key=lambda heard: heard[0].rank
        )  # among equals the first stays first
        self.vote = self._standing()

    def with_disputes(self) -> Vote:
        """The vote, and who says otherwise: that is told once all have been heard."""
        vote = self.vote
        return replace(vote, disputes=tuple(_disputes(self._heard, vote.tally, vote.outcome, vote.positions)))

    def _standing(self) -> Vote:
        best = self._heard
        votes = [vote for _, vote in best]
        counted = next((heard for heard in best if heard[1].tally.known), best[0])
        tally = _filled(counted[1].tally, votes)
        positions: dict[str, Position] = {}
        for vote in reversed(votes):  # the best source has the last word
            positions.update(vote.positions)
        return Vote(
            body=_first(vote.body for vote in votes),
            stage=_first(vote.stage for vote in votes),
            outcome=_first(vote.outcome for vote in votes),
            tally=tally,
            symbol=_first(vote.symbol for vote in votes),
            date=_first(vote.date for vote in votes),
            subject=_first(vote.subject for vote in votes),
            consensus=any(vote.consensus for vote in votes),
            unanimous=any(vote.unanimous for vote in votes),
            positions=MappingProxyType(positions),
            evidence=_first(vote.evidence for vote in votes) or (),
            doubts=counted[1].doubts,
            source=counted[0].outlet,
        )


def _first(values: Iterable[Value | None]) -> Value | None:
    return next((value for value in values if value), None)


def _filled(tally: Tally, votes: Sequence[Vote]) -> Tally:
    """A count that was given in part, with the numbers of those who agree as far as it goes.

    A count that was told already, by however many, adds nothing when it is told once more.
    """
    numbers = _numbers(tally)
    for told in dict.fromkeys(vote.tally for vote in votes):
        if not tally.conflicts(told):
            numbers = tuple(a if a is not None else b for a, b in zip(numbers, _numbers(told), strict=True))
            tally = Tally(*numbers)
    return tally


def _numbers(tally: Tally) -> tuple[int | None, ...]:
    return (*tally.triple, tally.not_voting)


def _disputes(
    heard: Iterable[tuple[Report, Vote]],
    tally: Tally,
    outcome: Outcome | None,
    positions: Mapping[str, Position],
) -> Iterator[Dispute]:
    """Who says otherwise than what stands, the same word of several sources as one."""
    said: dict[tuple[str, str], dict[str, None]] = {}
    for report, vote in heard:
        for what, says in _dissent(vote, tally, outcome, positions):
            said.setdefault((what, says), {})[report.outlet] = None
    for (what, says), sources in said.items():
        yield Dispute(what, says, tuple(sources))


def _dissent(
    vote: Vote, tally: Tally, outcome: Outcome | None, positions: Mapping[str, Position]
) -> Iterator[tuple[str, str]]:
    if vote.tally.conflicts(tally):
        yield "tally", str(vote.tally)
    if vote.outcome and outcome and vote.outcome is not outcome:
        yield "outcome", vote.outcome.value
    for country, position in vote.positions.items():
        if position is not positions[country]:
            yield country, position.words


# -- what is news of it -----------------------------------------------------------------------------------------


def news(before: Sequence[Vote], after: Sequence[Vote]) -> tuple[Change, ...]:
    """The facts that a reader who was told `before` would want to be told, now that `after` is known."""
    pairs = list(_paired(before, after))
    return tuple(change for was, now in pairs for change in _changes(was, now))


def _paired(before: Sequence[Vote], after: Sequence[Vote]) -> Iterator[tuple[Vote | None, Vote]]:
    """Each vote as it was and as it is: by its count, else by its place in the story."""
    left = dict(enumerate(before))
    by_count = {}
    for number, vote in enumerate(after):
        counted = (
            at for at, each in left.items() if vote.tally.known and each.tally.triple == vote.tally.triple
        )
        if (at := next(counted, None)) is not None:
            by_count[number] = left.pop(at)
    for number, vote in enumerate(after):
        if number in by_count:
            yield by_count[number], vote
        elif number in left and not facts.another_text(left[number], vote):
            yield left.pop(number), vote
        else:
            yield None if before else Vote(), vote


def _changes(was: Vote | None, now: Vote) -> Iterator[Change]:
    if was is None:
        yield Change("another vote", f"{now.subject or 'a text'}, {now.tally}")
        return
    if now.outcome and now.outcome is not was.outcome:
        yield Change(
            "outcome", now.outcome.value, was.outcome.value if was.outcome else "", bool(was.outcome)
        )
    if now.tally.known and now.tally.triple != was.tally.triple:
        earlier = str(was.tally) if was.tally.known else ""
        yield Change("tally", str(now.tally), earlier, now.tally.conflicts(was.tally))
    if now.symbol and not was.symbol:
        yield Change("symbol", now.symbol)
    yield from _position_changes(was, now)
    yield from _new_disputes(was, now)


def _position_changes(was: Vote, now: Vote) -> Iterator[Change]:
    for country, position in now.positions.items():
        earlier = was.positions.get(country)
        if earlier is None and country in WATCHED_COUNTRIES:
            yield Change(country, position.words)
        elif earlier is not None and earlier is not position:
            yield Change(country, position.words, earlier.words, corrects=True)


def _new_disputes(was: Vote, now: Vote) -> Iterator[Change]:
    """What stood before and was corrected is told as a correction, and not once more."""
    known = {(dispute.what, dispute.says) for dispute in was.disputes} | set(_stood(was))
    for dispute in now.disputes:
        weighty = dispute.what in ("tally", "outcome", *WATCHED_COUNTRIES)
        if weighty and (dispute.what, dispute.says) not in known:
            yield Change("sources disagree", str(dispute))


def _stood(vote: Vote) -> Iterator[tuple[str, str]]:
    yield "tally", str(vote.tally)
    if vote.outcome:
        yield "outcome", vote.outcome.value
    for country, position in vote.positions.items():
        yield country, position.words
