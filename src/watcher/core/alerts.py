"""Is this worth telling, to whom, and is it new? One decision for an article, with its reason.

    first report            -> new          the event was not known, or not told to this receiver
    a fact not yet known    -> update       the tally, the outcome, the symbol, how a watched country voted
    a fact that changed     -> correction   the same source now says otherwise
    nothing new, too old …  -> no alert     the reason is kept, and can be asked for

The words of an alert are made in wording.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from watcher.core import facts
from watcher.core.facts import Change
from watcher.core.judgement import Judgement
from watcher.core.keys import key_of
from watcher.core.model import Article, Vote
from watcher.core.stories import Placement, Story, significant_words


class Kind(StrEnum):
    NEW = "new"
    UPDATE = "update"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Decision:
    """`kind` is None when nobody is told; `reason` says why in either case.

    `votes`: the facts of the story from now on. `receivers`: who is told, each once.
    """

    kind: Kind | None
    reason: str
    votes: tuple[Vote, ...] = ()
    changes: tuple[Change, ...] = ()
    receivers: tuple[str, ...] = ()


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
    day, a_day = votes[0].date if votes else None, timedelta(days=1)  # a day for the zones between
    if day is not None and now.date() - day > fresh.max_age + a_day:
        return f"the vote was on {day}, more than {in_words(fresh.max_age)} ago"
    return None


def unmatched(judgement: Judgement) -> Decision:
    """No rule matches: nobody is told."""
    return Decision(None, "; ".join(judgement.refusals) or "no rule's words are there")


def decide(judgement: Judgement, placement: Placement, old: str | None) -> Decision:
    """What an article that matches and was placed is worth. `old`: why it is old news, or None."""
    story, receivers = placement.story, judgement.receivers
    if story is None:
        if old:
            return Decision(None, old, judgement.votes)
        return Decision(Kind.NEW, "the first report of this", judgement.votes, (), receivers)
    votes, changes = facts.learn(story.votes, judgement.votes)
    joined = f"joined story {story.key} ({placement.reason})"
    newcomers = tuple(name for name in receivers if name not in story.told)
    if old:
        return Decision(None, f"{joined}; {old}", votes)
    if not story.told:
        return Decision(Kind.NEW, f"{joined}; the first of it fresh enough to tell", votes, (), receivers)
    if changes:
        return Decision(
            Kind.UPDATE, f"{joined}; new: {_listed(changes)}", votes, changes, _all(receivers, story)
        )
    if newcomers:
        reason = f"{joined}; not yet told to {', '.join(newcomers)}"
        return Decision(Kind.NEW, reason, votes, (), newcomers)
    return Decision(None, f"{joined}; nothing new", votes)


def revise(judgement: Judgement, placement: Placement, old: str | None, own: Sequence[Vote]) -> Decision:
    """The same for an article that its source has rewritten. `own`: the votes it told before."""
    story = placement.story
    assert story is not None
    votes, corrections = facts.correct(story.votes, own, judgement.votes)
    if corrections:
        reason = f"its source now says {_listed(corrections)}"
        kind = Kind.CORRECTION if story.told and not old else None
        return Decision(kind, reason, votes, corrections, _all(judgement.receivers, story))
    decision = decide(judgement, placement, old)
    learnt = facts.learn(own, judgement.votes)[1]
    if not story.told and not learnt:
        return replace(decision, kind=None, reason=f"{placement.reason}; quiet as before", receivers=())
    return decision


def told(placement: Placement, article: Article, judgement: Judgement, decision: Decision) -> Story:
    """The story as it is known once this article has told it: begun, or richer by a report."""
    rules = frozenset(match.rule_id for match in judgement.matches)
    story = placement.story or Story(
        key=key_of(article.source, article.key, article.at.isoformat()),
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
        told=story.told | frozenset(decision.receivers),
    )


def _all(receivers: Sequence[str], story: Story) -> tuple[str, ...]:
    """Those of the rules that match now, and those who were told before."""
    return tuple(dict.fromkeys((*receivers, *sorted(story.told))))


def _listed(changes: Sequence[Change]) -> str:
    return "; ".join(map(str, changes))


def in_words(span: timedelta) -> str:
    """A time span as people say it: "3 days", "36 hours", "10 minutes"."""
    seconds = int(span.total_seconds())
    units: Mapping[str, int] = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
    for unit, size in units.items():
        if seconds >= size and (seconds % size == 0 or seconds >= 2 * size):
            count = round(seconds / size)
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "0 seconds"
