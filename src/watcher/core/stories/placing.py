"""Which articles tell of the same event.

A vote is known by its facts (facts.py): equal ones join whatever the words, conflicting ones part whatever the words.
Everything else is known by whom and what it speaks of (likeness.py), the words that made the rule match left out: two
stories about Israel and Ukraine share these names in any case. A decision comes with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple, TypeVar

from watcher.core.model import Article, Match, Outcome, Vote
from watcher.core.stories import facts
from watcher.core.stories.facts import Same
from watcher.core.stories.likeness import (
    Likeness,
    features,
    findable,
    headline_matters,
    in_words,
    likeness,
    plain,
)
from watcher.core.stories.stems import stems

# How far a report may lie from the first one. Outlets follow each other within hours; a long weekend is the most.
WINDOW = timedelta(days=4)

# Facts that make one vote for sure do so for longer: the analysis of the week after, the late translation.
FACTS_WINDOW = timedelta(days=14)

# Reports of a vote that give no numbers are one when they name the same countries so soon after another.
SOON = timedelta(hours=36)

Key = TypeVar("Key")

# Two reports tell of one event from so many points of likeness on, and one more for each day that parts them; or
# when they share half of their words. Facts that others may share want little besides.
ENOUGH = 3.5
MORE_A_DAY = 1.0
_LITTLE = 1.0
_VETO = 2.0  # is seldom cast twice in one week
_COUNTRY = 1.0  # of a vote, which is often known by the countries that it is about
_DISSENT, _SEVERAL, _COUNTED = 1.5, 1.0, 1.0  # in the Council
_ENOUGH_SHARED = 2
_ALIKE = 0.5

# Whom any report may name for how they voted.
_VOTERS = frozenset({"United States", "Russia", "China", "France", "United Kingdom"})

# Topics that are in the reports of any vote.
_OF_VOTES = frozenset({"%voting", "%anger", "%diplomats"})

# An article is compared with no more stories than these, however many are kept.
MOST_COMPARED = 16

# Of the stories with one trace in common the latest are enough: what so many share tells nothing apart.
MOST_OF_A_TRACE = 32


@dataclass(frozen=True, slots=True)
class Story:
    """What is known of one event so far. `votes`: its main vote with all facts known, then the others.

    `told`: the receivers that have had an alert of it.
    """

    key: str
    title: str
    first_at: datetime
    last_at: datetime
    rules: frozenset[str]
    words: frozenset[str]
    votes: tuple[Vote, ...] = ()
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Placement:
    """`story` is None when the article begins a story of its own."""

    story: Story | None
    reason: str


def significant_words(article: Article) -> frozenset[str]:
    """What an article is compared by, and its story found by."""
    return features(article)


def traces(words: Iterable[str], votes: Iterable[Vote]) -> frozenset[str]:
    """What a story is found by: two that can be one share at least one of these, most often several."""
    return findable(words) | {trace for vote in votes for trace in facts.traces(vote)}


def likeliest(holders: Mapping[str, Sequence[Key]]) -> list[Key]:
    """Of the stories found by some trace those to compare with, the likeliest first.

    `holders`: trace -> the stories that have it. The rarer a trace, the more it tells; a fact is rarest of all.
    """
    weight: dict[Key, float] = {}
    for trace, stories in holders.items():
        for story in stories:
            weight[story] = weight.get(story, 0.0) + (1.0 if trace.startswith("=") else 1.0 / len(stories))
    return sorted(weight, key=lambda story: -weight[story])[:MOST_COMPARED]


def retells(article: Article, before: Article) -> bool:
    """Whether a rewritten article still tells what it told, and not something else under the same name."""
    old, new = significant_words(before), significant_words(article)
    return len(old & new) >= _ALIKE * min(len(old), len(new))


def place(
    article: Article, votes: Sequence[Vote], matches: Sequence[Match], known: Iterable[Story]
) -> Placement:
    """Join a story or begin one. Among several that would do, equal facts win, then the most alike."""
    near = list(known)
    telling = _Telling(article, votes, matches, near)
    found = [(ties, story) for story in near if (ties := telling.ties(story))]
    if not found:
        return Placement(None, "no story of the last days tells of this")
    ties, story = max(found, key=lambda pair: (pair[0].by, pair[0].points))
    return Placement(story, ties.reason or in_words(ties.shared, article))


class _Ties(NamedTuple):
    """What makes an article and a story one. `by`: 3 by facts alone, 2 by facts and words, 1 by words.

    `reason`: in words; else it is what they have in common, `shared`.
    """

    by: int
    points: float
    reason: str = ""
    shared: frozenset[str] = frozenset()


class _Telling:
    """An article as it is compared with stories."""

    def __init__(
        self, article: Article, votes: Sequence[Vote], matches: Sequence[Match], known: Sequence[Story]
    ) -> None:
        self._article = article
        self._votes = votes
        self._rules = frozenset(match.rule_id for match in matches)
        self._names = stems(" ".join(span.words(article) for match in matches for span in match.evidence))
        self._words = features(article)
        self._known = known

    @cached_property
    def _holders(self) -> Counter[str]:
        """How many rivals have a word."""
        rivals = (
            story for story in self._known if self._rules & story.rules and self._apart(story) <= WINDOW
        )
        return Counter(word for story in rivals for word in story.words)

    def _apart(self, story: Story) -> timedelta:
        return abs(self._article.at - story.first_at)

    def ties(self, story: Story) -> _Ties | None:
        apart = self._apart(story)
        if self._votes and story.votes:
            # A story is that of its main vote: a round-up is no report of the votes that it adds.
            found = facts.same(self._votes[0], story.votes[0])
            if found and found.sure and apart <= FACTS_WINDOW:
                return _Ties(3, 0.0, found.reason)
            return self._by_facts(story, found) if apart <= WINDOW else None
        if apart > WINDOW or not self._rules & story.rules:
            return None
        return self._by_words(story, likeness(self._words, story.words, self._names, self._holders))

    def _by_facts(self, story: Story, found: Same | None) -> _Ties | None:
        """By facts that others may share, with words or countries in common; a conflict vetoes."""
        conflict = facts.conflict(self._votes[0], story.votes[0])
        if conflict and not found:
            return None
        soon = self._apart(story) <= SOON
        countries = _countries(self._words & story.words)
        telling = found is not None and found.telling and soon
        if self._on_others(story) and not telling:
            return None
        alike = likeness(self._words, story.words, self._names | _OF_VOTES, {})
        points = alike.points + _COUNTRY * len(countries) + _VETO * self._vetoed(story)
        points += self._dissent(story)
        if found and (telling or ((soon or not found.disputed) and points >= _LITTLE)):
            return _Ties(2, points, found.reason)
        if conflict:
            return None
        if len(countries) >= _ENOUGH_SHARED and soon and not self._another_matter(story):
            return _Ties(1, points, f"a vote of the same days on {', '.join(countries)}")
        shared = alike.shared | {f"@{country}" for country in countries}
        return self._by_words(story, Likeness(shared, points))

    def _on_others(self, story: Story) -> bool:
        """Whether both name countries, and not the same, beside those that are named as voters."""
        one, other = (set(_countries(words)) - _VOTERS for words in (self._words, story.words))
        return bool(one and other) and not one & other

    def _vetoed(self, story: Story) -> bool:
        return {self._votes[0].outcome, story.votes[0].outcome} == {Outcome.VETOED}

    def _dissent(self, story: Story) -> float:
        """What it tells that both name the same dissenters in the Council: of its fifteen the same seldom dissent twice
        in a day, still less several of them against the same number.
        """
        one, other = self._votes[0], story.votes[0]
        if not one.body == other.body == "UNSC" or facts.conflict(one, other):
            return 0.0
        dissent = facts.dissent(one)
        if not dissent or dissent != facts.dissent(other):
            return 0.0
        counted = one.tally.in_favour is not None and one.tally.in_favour == other.tally.in_favour
        return _DISSENT + _SEVERAL * (len(dissent) > 1) + _COUNTED * counted

    def _another_matter(self, story: Story) -> bool:
        """Whether both headlines say what the vote was about, and not the same."""
        one, other = headline_matters(self._words), headline_matters(story.words)
        return bool(one and other) and not one & other

    def _by_words(self, story: Story, alike: Likeness) -> _Ties | None:
        days = self._apart(story) / timedelta(days=1)
        if alike.points >= ENOUGH + MORE_A_DAY * days or self._half(alike, story):
            return _Ties(1, alike.points, shared=alike.shared)
        return None

    def _half(self, alike: Likeness, story: Story) -> bool:
        """Whether half of the words are the same, of the one with the fewer words."""
        fewest = min(plain(self._words - self._names), plain(story.words - self._names))
        shared = plain(alike.shared)
        return shared >= _ENOUGH_SHARED and shared >= _ALIKE * fewest


def _countries(words: Iterable[str]) -> list[str]:
    return sorted(word[1:] for word in words if word[0] == "@")
