"""What one article is worth: judged by the rules, placed in a story, and told or not. All of it decided here.

The pipeline saves an assessment and does what it says; replay and backtest only look at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from watcher.core import alerts, facts, stories
from watcher.core.alerts import Decision, Freshness
from watcher.core.judgement import Judgement
from watcher.core.keys import digest, key_of
from watcher.core.model import Article, Vote
from watcher.core.stories import Placement, Story
from watcher.core.wording import Alert


@dataclass(frozen=True, slots=True)
class Earlier:
    """An article as we had it, before its source rewrote it: what it said, the votes it told, and its story."""

    article: Article
    votes: tuple[Vote, ...]
    story: Story | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """`story`: the one it tells, with what it added; None where nothing matched. `alert`: None where nobody is told."""

    article: Article
    judgement: Judgement
    decision: Decision
    story: Story | None = None
    alert: Alert | None = None


def assess(
    article: Article,
    judgement: Judgement,
    known: Iterable[Story],
    earlier: Earlier | None,
    now: datetime,
    fresh: Freshness,
) -> Assessment:
    """`known`: the stories near enough in time. They are looked at only when a rule matches, so a lazy one costs
    nothing for the other 49 articles of 50.
    """
    if not judgement.matches:
        return Assessment(article, judgement, alerts.unmatched(judgement))
    old = alerts.too_old(article, judgement.votes, now, fresh)
    if earlier and earlier.story and stories.retells(article, earlier.article):
        placement = Placement(earlier.story, "rewritten by its source")
        decision = alerts.revise(judgement, placement, old, earlier.votes)
    else:
        nearby = list(known)
        placement = stories.place(article, judgement.votes, judgement.matches, nearby)
        decision = alerts.decide(_not_told_elsewhere(judgement, placement, nearby), placement, old)
    story = alerts.told(placement, article, judgement, decision)
    return Assessment(article, judgement, decision, story, _alert(article, judgement, decision, story, now))


def _not_told_elsewhere(judgement: Judgement, placement: Placement, known: Sequence[Story]) -> Judgement:
    """Without the further votes of a round-up that other stories tell: there they are no news."""
    others = [vote for story in known if story is not placement.story for vote in story.votes]
    kept = [vote for vote in judgement.votes[1:] if not any(_surely_same(vote, other) for other in others)]
    return replace(judgement, votes=(*judgement.votes[:1], *kept))


def _surely_same(a: Vote, b: Vote) -> bool:
    found = facts.same(a, b)
    return found is not None and found.sure


def _alert(
    article: Article, judgement: Judgement, decision: Decision, story: Story, now: datetime
) -> Alert | None:
    if decision.kind is None:
        return None
    return Alert(
        # A text that returns to an earlier version is told anew: the moment is part of the key.
        key=key_of(story.key, article.source, article.key, digest(article), now.isoformat()),
        kind=decision.kind,
        article=article,
        matches=judgement.matches,
        votes=decision.votes,
        changes=decision.changes,
        receivers=decision.receivers,
        reason=decision.reason,
    )
