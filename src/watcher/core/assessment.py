"""What one article is worth: judged by the rules, placed in a story, and told or not. All of it decided here.

The pipeline saves an assessment and does what it says; replay and backtest only look at it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from watcher.core import alerts, stories
from watcher.core.alerts import Decision, Freshness
from watcher.core.judgement import Judgement, judge
from watcher.core.keys import digest, key_of
from watcher.core.model import Article
from watcher.core.rules import RuleSet
from watcher.core.stories import Placement, Story
from watcher.core.wording import Alert


@dataclass(frozen=True, slots=True)
class Earlier:
    """The article as we had it, before its source rewrote it: only its story matters."""

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
    rules: RuleSet,
    known: Iterable[Story],
    earlier: Earlier | None,
    now: datetime,
    fresh: Freshness,
) -> Assessment:
    """`known`: the stories near enough in time. They are looked at only when a rule matches, so a lazy one costs
    nothing for the other 49 articles of 50.
    """
    judgement = judge(article, rules)
    if not judgement.matches:
        return Assessment(article, judgement, alerts.unmatched(judgement))
    placement = _placed(article, judgement, known, earlier)
    old = alerts.too_old(article, judgement.votes, now, fresh)
    decide = alerts.revise if earlier else alerts.decide
    decision = decide(judgement, placement, old)
    story = alerts.told(placement, article, judgement.matches, decision)
    return Assessment(article, judgement, decision, story, _alert(article, judgement, decision, story))


def _placed(
    article: Article, judgement: Judgement, known: Iterable[Story], earlier: Earlier | None
) -> Placement:
    if earlier and earlier.story:
        return Placement(earlier.story, "rewritten by its source")
    return stories.place(article, judgement.votes, frozenset(m.rule_id for m in judgement.matches), known)


def _alert(article: Article, judgement: Judgement, decision: Decision, story: Story) -> Alert | None:
    if decision.kind is None:
        return None
    return Alert(
        key=key_of(story.key, article.source, article.key, digest(article)),
        kind=decision.kind,
        article=article,
        matches=judgement.matches,
        votes=decision.votes,
        changes=decision.changes,
        reason=decision.reason,
    )
