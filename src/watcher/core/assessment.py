"""What one article is worth: judged by the rules, placed in a story, and told or not. All of it decided here.

The pipeline saves an assessment and does what it says; replay and backtest only look at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from watcher.core.alerts import deciding as alerts
from watcher.core.alerts.deciding import Decision, Freshness, Kind
from watcher.core.alerts.routing import Route, Routed, Traits, route, traits_of
from watcher.core.alerts.silences import Silence, hidden
from watcher.core.judgement import Judgement
from watcher.core.keys import digest, key_of
from watcher.core.messages.wording import Alert
from watcher.core.model import Article, Vote
from watcher.core.stories import facts, outlets
from watcher.core.stories import placing as stories
from watcher.core.stories.placing import Placement, Story
from watcher.core.stories.record import Past, Shift, shifts, subject_traces
from watcher.core.stories.reports import Report, Testimony


@dataclass(frozen=True, slots=True)
class Earlier:
    """An article as we had it, before its source rewrote it, and its story. `by_hand`: a person put it there."""

    article: Article
    story: Story | None
    by_hand: bool = False


class Memory(Protocol):
    """What was told before, as far as it can matter. Looked at only when a rule matches."""

    def earlier(self, article: Article) -> Earlier | None:
        """The article as we had it, if we had it."""

    def near(self, traces: Iterable[str], at: datetime) -> Sequence[Story]:
        """The stories to compare an article of that time with, by what it has in common with them."""

    def testimony(self, story: Story) -> Testimony:
        """What its reports say together, heard in the order in which their articles came."""

    def reports_with(self, story: Story, report: Report) -> Sequence[Report]:
        """These, in that order, and among them this one of an article that came before, whatever it told then."""

    def record(self, traces: Iterable[str]) -> Sequence[Past]:
        """Votes with some of these subject traces, whenever they were."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """`story`: the one it tells, with what it added; None where nothing matched. `report`: what it adds as a witness;
    `testimony`: what all that tell the story say with it. `alert`: None where nobody is told. `spared`: the receivers
    that do not get it, each with the silence that hides it.
    """

    article: Article
    judgement: Judgement
    decision: Decision
    story: Story | None = None
    report: Report | None = None
    testimony: Testimony = field(default_factory=Testimony)
    alert: Alert | None = None
    spared: Mapping[str, Silence] = field(default_factory=dict)


def assess(
    article: Article,
    judgement: Judgement,
    memory: Memory,
    now: datetime,
    fresh: Freshness,
    routes: Sequence[Route] = (),
    silences: Sequence[Silence] = (),
) -> Assessment:
    if not judgement.matches:
        return Assessment(article, judgement, alerts.unmatched(judgement))
    old = alerts.too_old(article, judgement.votes, now, fresh)
    traces = stories.traces(stories.significant_words(article), judgement.votes)
    nearby = memory.near(traces, article.at)
    earlier = memory.earlier(article)
    placement, rewritten = _place(article, judgement, earlier, nearby)
    report = _report(article, judgement, placement, nearby)
    testimony = _testimony(report, placement.story, earlier, memory)
    votes = testimony.votes

    def traits(kind: Kind) -> Traits:
        key = placement.story.key if placement.story else None
        return traits_of(article, judgement, votes, kind.occasion, key)

    def routed(kind: Kind) -> Routed:
        return route(routes, traits(kind), judgement.receivers)

    decision = alerts.decide(judgement, placement, votes, old, routed, rewritten=rewritten)
    story = alerts.told(placement, article, judgement, decision)
    alert = _alert(article, judgement, decision, story, now, memory) if decision.kind else None
    spared = hidden(silences, traits(decision.kind), decision.receivers) if decision.kind else {}
    return Assessment(article, judgement, decision, story, report, testimony, alert, spared)


def _place(
    article: Article, judgement: Judgement, earlier: Earlier | None, nearby: Sequence[Story]
) -> tuple[Placement, bool]:
    """The story of an article, and whether it was in it before."""
    if earlier and earlier.story:
        if earlier.by_hand:
            return Placement(earlier.story, "put there by hand"), True
        if stories.retells(article, earlier.article):
            return Placement(earlier.story, "rewritten by its source"), True
    return stories.place(article, judgement.votes, judgement.matches, nearby), False


def _report(article: Article, judgement: Judgement, placement: Placement, nearby: Sequence[Story]) -> Report:
    """What the article says as a witness: without the further votes of a round-up that other stories tell."""
    own = placement.story.key if placement.story else None
    others = [vote for story in nearby if story.key != own for vote in story.votes]
    kept = [vote for vote in judgement.votes[1:] if not any(_surely_same(vote, other) for other in others)]
    votes = (*judgement.votes[:1], *kept)
    outlet = outlets.outlet(article.source, article.url)
    return Report((article.source, article.key), outlet, outlets.rank(article), votes)


def _surely_same(a: Vote, b: Vote) -> bool:
    found = facts.same(a, b)
    return found is not None and found.sure


def _testimony(report: Report, story: Story | None, earlier: Earlier | None, memory: Memory) -> Testimony:
    """What is said of its story, once this report is heard."""
    if story is None:
        return Testimony.of([report])
    if earlier:
        return Testimony.of(memory.reports_with(story, report))
    return memory.testimony(story).with_one_more(report)


def _alert(
    article: Article,
    judgement: Judgement,
    decision: Decision,
    story: Story,
    now: datetime,
    memory: Memory,
) -> Alert:
    assert decision.kind is not None
    return Alert(
        # A text that returns to an earlier version is told anew: the moment is part of the key.
        key=key_of(story.key, article.source, article.key, digest(article), now.isoformat()),
        kind=decision.kind,
        article=article,
        matches=judgement.matches,
        votes=decision.votes,
        changes=decision.changes,
        shifts=_shifts(decision, article, memory),
        receivers=decision.receivers,
        reason=decision.reason,
    )


def _shifts(decision: Decision, article: Article, memory: Memory) -> tuple[Shift, ...]:
    """Of the main vote. An update tells them again only with the position that it brings."""
    if not decision.votes or not decision.votes[0].positions:
        return ()
    vote = decision.votes[0]
    found = shifts(vote, vote.date or article.at.date(), memory.record(subject_traces(vote)))
    brought = {change.what for change in decision.changes if not change.vote}
    return tuple(shift for shift in found if not decision.changes or shift.country in brought)
