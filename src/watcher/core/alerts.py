"""Is this worth telling, and is it new? One decision for an article, with its reason.

    first report            -> new          the event was not known
    a fact not yet known    -> update       the tally, the outcome, the symbol, how a watched country voted
    a number that changed   -> correction   the same source now says otherwise
    nothing new, too old …  -> no alert     the reason is kept, and can be asked for

The words of an alert are made in wording.py; who receives it is said by the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from watcher.core.judgement import Judgement
from watcher.core.keys import key_of
from watcher.core.model import Article, Match, Tally, Vote
from watcher.core.stories import Placement, Story, significant_words

# Whose vote is news by itself, for the people this is built for.
WATCHED_COUNTRIES = ("Israel", "Ukraine", "United States", "Russia")


class Kind(StrEnum):
    NEW = "new"
    UPDATE = "update"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that became known, or changed: `was` is "" where nothing was known before."""

    what: str
    now: str
    was: str = ""

    def __str__(self) -> str:
        return f"{self.what}: {self.now} (was {self.was})" if self.was else f"{self.what}: {self.now}"


@dataclass(frozen=True, slots=True)
class Decision:
    """`kind` is None when nobody is told; `reason` says why in either case. `votes`: the facts known from now on."""

    kind: Kind | None
    reason: str
    votes: tuple[Vote, ...] = ()
    changes: tuple[Change, ...] = ()


def told(placement: Placement, article: Article, matches: Sequence[Match], decision: Decision) -> Story:
    """The story as it is known once this article has told it: begun, or richer by a report."""
    rules = frozenset(match.rule_id for match in matches)
    story = placement.story or Story(
        key=key_of(article.source, article.key),
        title=article.title,
        first_at=article.at,
        last_at=article.at,
        rules=rules,
        words=significant_words(article),
    )
    return replace(
        story,
        first_at=min(story.first_at, article.at),
        last_at=max(story.last_at, article.at),
        rules=story.rules | rules,
        votes=decision.votes or story.votes,
        alerted=story.alerted or decision.kind is not None,
    )


@dataclass(frozen=True, slots=True)
class Freshness:
    """What counts as news: `max_age` None means that nothing is too old. `baseline`: a feed's first poll, on which
    what carries no date cannot be told from last year's.
    """

    max_age: timedelta | None
    baseline: bool = False


def too_old(article: Article, votes: Sequence[Vote], now: datetime, fresh: Freshness) -> str | None:
    """Why the article is old news, or None. One without a date is as new as we saw it, but for the baseline."""
    if fresh.max_age is None:
        return None
    if article.published_at is None:
        return "without a date, on the first poll of its source" if fresh.baseline else None
    if now - article.published_at > fresh.max_age:
        return f"published {article.published_at:%Y-%m-%d %H:%M}, more than {in_words(fresh.max_age)} ago"
    day = votes[0].date if votes else None
    if day is not None and now.date() - day > fresh.max_age + timedelta(
        days=1
    ):  # a day for the zones between
        return f"the vote was on {day}, more than {in_words(fresh.max_age)} ago"
    return None


def unmatched(judgement: Judgement) -> Decision:
    """No rule matches: nobody is told."""
    return Decision(None, "; ".join(judgement.refusals) or "no rule's words are there")


def decide(judgement: Judgement, placement: Placement, old: str | None) -> Decision:
    """What an article that matches and was placed is worth. `old`: why it is old news, or None."""
    story = placement.story
    if story is None:
        if old:
            return Decision(None, old, judgement.votes)
        return Decision(Kind.NEW, "the first report of this", judgement.votes)
    votes, changes = learn(story.votes, judgement.votes)
    joined = f"joined story {story.key} ({placement.reason})"
    if old:
        return Decision(None, f"{joined}; {old}", votes)
    if not story.alerted:
        return Decision(Kind.NEW, f"{joined}; the first of it fresh enough to tell", votes)
    if changes:
        return Decision(Kind.UPDATE, f"{joined}; new: {'; '.join(map(str, changes))}", votes, changes)
    return Decision(None, f"{joined}; nothing new", votes)


def revise(judgement: Judgement, placement: Placement, old: str | None) -> Decision:
    """The same for an article that its source has rewritten: its numbers now count, and the old ones are named."""
    story = placement.story
    if story is None or not judgement.votes or not story.votes:
        return decide(judgement, placement, old)
    corrections = _corrections(story.votes[0].tally, judgement.votes[0].tally)
    if not corrections:
        return decide(judgement, placement, old)
    votes = (
        _merge(story.votes[0].with_(tally=judgement.votes[0].tally), judgement.votes[0]),
        *story.votes[1:],
    )
    reason = f"its source now says {'; '.join(map(str, corrections))}"
    return Decision(None if old else Kind.CORRECTION, reason, votes, corrections)


def learn(known: Sequence[Vote], told: Sequence[Vote]) -> tuple[tuple[Vote, ...], tuple[Change, ...]]:
    """The facts of a story with those of one more report, and which of them are news."""
    if not told:
        return tuple(known), ()
    if not known:
        return tuple(told), tuple(_news(Vote(), told[0]))
    merged = _merge(known[0], told[0])
    return (merged, *known[1:]), tuple(_news(known[0], merged))


def _merge(known: Vote, told: Vote) -> Vote:
    """What is known stays; what was not known is filled in."""
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
        doubts=known.doubts,
    )


def _numbers(vote: Vote) -> tuple[int | None, ...]:
    return (*vote.tally.triple, vote.tally.not_voting)


def _news(before: Vote, after: Vote) -> Iterable[Change]:
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


def _corrections(before: Tally, after: Tally) -> tuple[Change, ...]:
    return (Change("tally", str(after), str(before)),) if before.conflicts(after) else ()


def in_words(span: timedelta) -> str:
    """A time span as people say it: "3 days", "36 hours", "10 minutes"."""
    seconds = int(span.total_seconds())
    units: Mapping[str, int] = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
    for unit, size in units.items():
        if seconds >= size and (seconds % size == 0 or seconds >= 2 * size):
            count = round(seconds / size)
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "0 seconds"
