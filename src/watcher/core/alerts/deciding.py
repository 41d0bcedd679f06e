"""Is this worth telling, to whom, and is it new? One decision for an article, with its reason.

    first report            -> new          the event was not known, or not told to this receiver
    a fact not yet known    -> update       the tally, the outcome, the symbol, how a watched country voted
    a fact that changed     -> correction   its source, or a better one, now says otherwise
    sources that disagree   -> update       once for each thing that is said otherwise
    nothing new, too old …  -> no alert     the reason is kept, and can be asked for

The words of an alert are made in wording.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from watcher.core.alerts.routing import Occasion, Routed
from watcher.core.judgement import Judgement
from watcher.core.keys import key_of
from watcher.core.model import Article, Vote
from watcher.core.stories.news import Change, news
from watcher.core.stories.placing import Placement, Story, significant_words


class Kind(StrEnum):
    NEW = "new"
    UPDATE = "update"
    CORRECTION = "correction"

    @property
    def occasion(self) -> Occasion:
        return Occasion.FIRST if self is Kind.NEW else Occasion(self.value)


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


def decide(
    judgement: Judgement,
    placement: Placement,
    after: Sequence[Vote],
    old: str | None,
    route: Callable[[Kind], Routed],
    *,
    rewritten: bool = False,
) -> Decision:
    """What an article that matches and was placed is worth.

    `after`: the votes of its story as they are known with it. `old`: why it is old news, or None. `route`: who is told
    of an alert of this kind. `rewritten`: it was told before, and its source has changed it since.
    """
    story, votes = placement.story, tuple(after)
    if story is None:
        if old:
            return Decision(None, old, votes)
        return _tell(Kind.NEW, "the first report of this", votes, route(Kind.NEW))
    joined = placement.reason if rewritten else f"joined story {story.key} ({placement.reason})"
    changes = news(story.votes, after)
    if old:
        return Decision(None, f"{joined}; {old}", votes)
    if not story.told:
        if rewritten and all(change.corrects for change in changes):
            return Decision(None, f"{joined}; quiet as before", votes)
        return _tell(Kind.NEW, f"{joined}; the first of it fresh enough to tell", votes, route(Kind.NEW))
    if changes:
        kind = Kind.CORRECTION if any(change.corrects for change in changes) else Kind.UPDATE
        reason = f"{joined}; new: {'; '.join(map(str, changes))}"
        return _tell(kind, reason, votes, _with_those_told(route(kind), story), changes)
    newcomers = tuple(name for name in route(Kind.NEW).receivers if name not in story.told)
    if newcomers:
        reason = f"{joined}; not yet told to {', '.join(newcomers)}"
        return Decision(Kind.NEW, reason, votes, (), newcomers)
    return Decision(None, f"{joined}; nothing new", votes)


def _tell(
    kind: Kind, reason: str, votes: tuple[Vote, ...], routed: Routed, changes: tuple[Change, ...] = ()
) -> Decision:
    """Nobody is told where a route drops it, and the reason says so."""
    why = f"{reason}; {routed.in_words}" if routed.by else reason
    return Decision(kind if routed.receivers else None, why, votes, changes, routed.receivers)


def _with_those_told(routed: Routed, story: Story) -> Routed:
    """Whoever was told of an event hears what comes of it, but where a route says who does."""
    if routed.exact:
        return routed
    return replace(routed, receivers=tuple(dict.fromkeys((*routed.receivers, *sorted(story.told)))))


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


def in_words(span: timedelta) -> str:
    """A time span as people say it: "3 days", "36 hours", "10 minutes"."""
    seconds = int(span.total_seconds())
    units: Mapping[str, int] = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
    for unit, size in units.items():
        if seconds >= size and (seconds % size == 0 or seconds >= 2 * size):
            count = round(seconds / size)
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "0 seconds"
