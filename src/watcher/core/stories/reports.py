"""What the reports of one story together know of its votes, and where they disagree.

Which reports tell of one vote is decided in the order in which they came. What stands where they disagree is said by
the best source: UN press before wires before the rest, and among equals by the first. All of it is a function of the
reports: a source that corrects itself, a story that a person parts or joins, all come to the same as if it had been so
from the beginning. One more report is heard at a cost that does not grow with those before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from types import MappingProxyType

from watcher.core.model import Dispute, Tally, Vote
from watcher.core.stories import facts

# A fact of a vote as people say it: "tally", "107-12-51"; "outcome", "adopted"; "Israel", "against".
Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """An article of a story, as a witness. `article`: its source and key. `outlet`, `rank`: who tells it, and how far
    that is believed, 0 most (core.stories.outlets).
    """

    article: tuple[str, str]
    outlet: str
    rank: int
    votes: tuple[Vote, ...]


def settle(reports: Iterable[Report]) -> tuple[Vote, ...]:
    """The votes of a story, the main one first. `reports` in the order in which they came."""
    return Testimony.of(reports).votes


@dataclass(frozen=True, slots=True)
class Testimony:
    """What the reports of a story have said of its votes: all that is needed to hear one more.

    A report's main vote is the story's, unless its facts say otherwise; another vote is another one only with a count
    of its own.
    """

    heard: tuple[Heard, ...] = ()

    @classmethod
    def of(cls, reports: Iterable[Report]) -> Testimony:
        """`reports` in the order in which they came."""
        return reduce(cls.with_one_more, reports, cls())

    def with_one_more(self, report: Report) -> Testimony:
        heard = list(self.heard)
        taken: set[int] = set()  # two votes of one report are two, however alike
        for number, vote in enumerate(report.votes):
            at = _counterpart([each.vote for each in heard], vote, taken, is_main=number == 0)
            if at is not None:
                heard[at] = heard[at].with_one_more(vote, report)
            elif not heard or vote.tally.known:
                at = len(heard)
                heard.append(Heard.first(vote, report))
            if at is not None:
                taken.add(at)
        return Testimony(tuple(heard))

    @property
    def votes(self) -> tuple[Vote, ...]:
        """With who says otherwise: that is told once all have been heard."""
        return tuple(each.with_disputes() for each in self.heard)


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


@dataclass(frozen=True, slots=True)
class Heard:
    """A vote as those who have told it tell it together. `voices`: by the rank of who speaks. `vote`: what stands."""

    voices: Mapping[int, Voices]
    vote: Vote

    @classmethod
    def of(cls, voices: Mapping[int, Voices]) -> Heard:
        """The best source has the first word on each fact."""
        best_first = [voices[rank] for rank in sorted(voices)]
        vote = reduce(_filled_in, (each.vote for each in best_first))
        return cls(voices, replace(vote, tally=_whole(vote.tally, _counts(best_first))))

    @classmethod
    def first(cls, vote: Vote, report: Report) -> Heard:
        return cls.of({report.rank: Voices.first(vote, report.outlet)})

    def with_one_more(self, vote: Vote, report: Report) -> Heard:
        before = self.voices.get(report.rank)
        voices = before.with_one_more(vote, report.outlet) if before else Voices.first(vote, report.outlet)
        return Heard.of({**self.voices, report.rank: voices})

    def with_disputes(self) -> Vote:
        """The vote, and who says otherwise, the same word of several sources as one."""
        best_first = [self.voices[rank] for rank in sorted(self.voices)]
        agreed = set(stated(self.vote))
        for count in _counts(best_first):
            if not count.conflicts(self.vote.tally):
                agreed.add(("tally", str(count)))
        denied: dict[Fact, dict[str, None]] = {}
        for voices in best_first:
            for fact, outlets in voices.said.items():
                if fact not in agreed:
                    denied.setdefault(fact, {}).update(outlets)
        disputes = (Dispute(what, says, tuple(outlets)) for (what, says), outlets in denied.items())
        return replace(self.vote, disputes=tuple(disputes))


@dataclass(frozen=True, slots=True)
class Voices:
    """What sources that are believed alike say of a vote, all in the order in which they came.

    `vote`: their first word on each fact; as its source the outlet of the count. `counts`: each that was given, once.
    `said`: each fact, with the outlets that say so.
    """

    vote: Vote
    counts: tuple[Tally, ...]
    said: Mapping[Fact, Mapping[str, None]]

    @classmethod
    def first(cls, vote: Vote, outlet: str) -> Voices:
        said = {fact: {outlet: None} for fact in stated(vote)}
        return cls(replace(vote, source=outlet, disputes=()), (vote.tally,), said)

    def with_one_more(self, vote: Vote, outlet: str) -> Voices:
        said = dict(self.said)
        for fact in stated(vote):
            if outlet not in (outlets := said.get(fact, {})):
                said[fact] = {**outlets, outlet: None}
        counts = self.counts if vote.tally in self.counts else (*self.counts, vote.tally)
        return Voices(_filled_in(self.vote, replace(vote, source=outlet)), counts, said)


def stated(vote: Vote) -> Iterator[Fact]:
    """What it says of the count, the outcome, and how countries voted."""
    if vote.tally.known:
        yield "tally", str(vote.tally)
    if vote.outcome:
        yield "outcome", vote.outcome.value
    for country, position in vote.positions.items():
        yield country, position.words


def _filled_in(vote: Vote, other: Vote) -> Vote:
    """A vote, and where it is silent what the other one says. A count comes with its doubts and its source."""
    counted = vote if vote.tally.known or not other.tally.known else other
    return Vote(
        body=vote.body or other.body,
        stage=vote.stage or other.stage,
        outcome=vote.outcome or other.outcome,
        tally=counted.tally,
        symbol=vote.symbol or other.symbol,
        date=vote.date or other.date,
        subject=vote.subject or other.subject,
        consensus=vote.consensus or other.consensus,
        unanimous=vote.unanimous or other.unanimous,
        positions=MappingProxyType({**other.positions, **vote.positions}),
        evidence=vote.evidence or other.evidence,
        doubts=counted.doubts,
        source=counted.source,
    )


def _counts(voices: Iterable[Voices]) -> Iterator[Tally]:
    return (count for each in voices for count in each.counts)


def _whole(tally: Tally, counts: Iterable[Tally]) -> Tally:
    """A count that was given in part, with the numbers of those who agree as far as it goes."""
    for told in counts:
        if not tally.conflicts(told):
            tally = Tally(
                *(a if a is not None else b for a, b in zip(_numbers(tally), _numbers(told), strict=True))
            )
    return tally


def _numbers(tally: Tally) -> tuple[int | None, ...]:
    return (*tally.triple, tally.not_voting)
