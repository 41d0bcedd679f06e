"""What of a story's votes is news for whoever was told of them before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from watcher.core.model import Vote
from watcher.core.stories import facts
from watcher.core.stories.facts import WATCHED_COUNTRIES
from watcher.core.stories.reports import stated


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that became known, or changed: `was` is "" where nothing was known before. `corrects`: what was told
    before was wrong, and not only less. `vote`: whose fact it is, where that is not the main vote of the story: "the
    vote on a rival draft, 93-8-73".
    """

    what: str
    now: str
    was: str = ""
    corrects: bool = False
    vote: str = ""

    def __str__(self) -> str:
        known = f" (was {self.was})" if self.was else ""
        return f"{self.what}: {self.now}{known}{f' in {self.vote}' if self.vote else ''}"


def news(before: Sequence[Vote], after: Sequence[Vote]) -> tuple[Change, ...]:
    """The facts that a reader who was told `before` would want to be told, now that `after` is known."""
    return tuple(
        replace(change, vote=_named(now)) if number and was else change
        for number, (was, now) in enumerate(_paired(before, after))
        for change in _changes(was, now)
    )


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


def _named(vote: Vote) -> str:
    which = f"the vote on {vote.subject}" if vote.subject else "another vote"
    return f"{which}, {vote.tally}" if vote.tally.known else which


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
    known = {(dispute.what, dispute.says) for dispute in was.disputes} | set(stated(was))
    for dispute in now.disputes:
        weighty = dispute.what in ("tally", "outcome", *WATCHED_COUNTRIES)
        if weighty and (dispute.what, dispute.says) not in known:
            yield Change("sources disagree", str(dispute))
