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
from typing import NamedTuple, TypeVar

from watcher.core import facts
from watcher.core.facts import Same
from watcher.core.likeness import Likeness, features, headline_matters, in_words, likeness, plain
from watcher.core.model import Article, Match, Vote
from watcher.core.stems import stems

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
_COUNTRY = 1.0  # of a vote, which is often known by the countries that it is about
_ENOUGH_SHARED = 2
_ALIKE = 0.5

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
    return frozenset(words) | {trace for vote in votes for trace in facts.traces(vote)}


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
    return Placement(story, ties.reason)


class _Ties(NamedTuple):
    """What makes an article and a story one. `by`: 3 by facts alone, 2 by facts and words, 1 by words."""

    by: int
    points: float
    reason: str


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
        rivals = (story for story in known if self._rules & story.rules and self._apart(story) <= WINDOW)
        self._holders = Counter(word for story in rivals for word in story.words)

    def _apart(self, story: Story) -> timedelta:
        return abs(self._article.at - story.first_at)

    def ties(self, story: Story) -> _Ties | None:
        of_votes = self._votes and story.votes
        if of_votes and self._apart(story) <= FACTS_WINDOW and (sure := self._sure_fact(story)):
            return _Ties(3, 0.0, sure)
        if self._apart(story) > WINDOW:
            return None
        if of_votes:
            return self._by_facts(story)
        if not self._rules & story.rules:
            return None
        alike = self._likeness(story, self._names)
        return self._by_words(story, alike, alike.points)

    def _common(self, story: Story) -> list[Same]:
        found = (facts.same(told, known) for told in self._votes for known in story.votes)
        return [each for each in found if each]

    def _sure_fact(self, story: Story) -> str | None:
        return next((found.reason for found in self._common(story) if found.sure), None)

    def _by_facts(self, story: Story) -> _Ties | None:
        """By facts that others may share, with words or countries in common; a conflict vetoes."""
        soon = self._apart(story) <= SOON
        countries = _countries(self._words & story.words)
        if not countries and _countries(self._words) and _countries(story.words):
            return None  # they name others
        alike = self._likeness(story, self._names | _OF_VOTES)
        points = alike.points + _COUNTRY * len(countries)
        likely = [found for found in self._common(story) if soon or not found.disputed]
        if likely and points >= _LITTLE:
            return _Ties(2, points, likely[0].reason)
        if all(facts.conflict(self._votes[0], known) for known in story.votes):
            return None
        if len(countries) >= _ENOUGH_SHARED and soon and not self._another_matter(story):
            return _Ties(1, points, f"a vote of the same days on {', '.join(countries)}")
        return self._by_words(story, alike, points)

    def _another_matter(self, story: Story) -> bool:
        """Whether both headlines say what the vote was about, and not the same."""
        one, other = headline_matters(self._words), headline_matters(story.words)
        return bool(one and other) and not one & other

    def _by_words(self, story: Story, alike: Likeness, points: float) -> _Ties | None:
        days = self._apart(story) / timedelta(days=1)
        if points >= ENOUGH + MORE_A_DAY * days or self._half(alike, story):
            return _Ties(1, points, in_words(alike.shared, self._article))
        return None

    def _half(self, alike: Likeness, story: Story) -> bool:
        """Whether half of the words are the same, of the one with the fewer words."""
        fewest = min(plain(self._words - self._names), plain(story.words - self._names))
        shared = plain(alike.shared)
        return shared >= _ENOUGH_SHARED and shared >= _ALIKE * fewest

    def _likeness(self, story: Story, expected: frozenset[str]) -> Likeness:
        return likeness(self._words, story.words, expected, self._holders)


def _countries(words: Iterable[str]) -> list[str]:
    return sorted(word[1:] for word in words if word[0] == "@")
