"""Which articles tell of the same event.

A vote is known by its facts (facts.py): equal ones join whatever the words, conflicting ones part whatever the words.
Everything else is known by the words of its title and first sentence, those that made the rule match left out: two
stories about Israel and Ukraine share these names in any case. A decision comes with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from watcher.core import facts
from watcher.core.countries import find_countries
from watcher.core.model import Article, Match, Vote
from watcher.core.text import Folded, fold, sentences

# How far a report may lie from the first one. Outlets follow each other within hours; a long weekend is the most.
WINDOW = timedelta(days=4)

# Reports of a vote that give no numbers are one when they name the same countries so soon after another.
SOON = timedelta(hours=36)

_STEM = 6  # "condemns" and "condemned" share their first letters; so do most inflected forms in our languages
_ENOUGH_SHARED = 2
_ALIKE = 0.5

_STOP_WORDS = frozenset(
    """
    about after again against ahead also amid among been before being between both calls could does down during each
    first from have here into just like make more most much news only other over says said some such than that their
    them then there these they this those through today under until upon very were what when where which while will
    with would year years your monday tuesday wednesday thursday friday saturday sunday resolution vote votes voted
    voting united nations general assembly security council
    """.split()  # noqa: SIM905 - a list of 90 literals reads worse
)


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
    """The stems by which two tellings of one event are compared, and the countries that are named, as "@Ukraine":
    those of the title and of the first sentence.
    """
    first = sentences(article.text)[:1]
    lead = article.text[: first[0][1]] if first else ""
    opening = f"{article.title}\n\n{lead[:600]}"
    mentions = find_countries(Folded(opening))
    names = _stems(" ".join(opening[mention.start : mention.end] for mention in mentions))
    return (_stems(opening) - names) | {f"@{mention.country}" for mention in mentions}


def _stems(text: str) -> frozenset[str]:
    words = (word.strip("'\".,:;!?()[]«»") for word in fold(text).split())
    return frozenset(
        word[:_STEM] for word in words if (len(word) > 3 or word.isdigit()) and word not in _STOP_WORDS
    )


def retells(article: Article, before: Article) -> bool:
    """Whether a rewritten article still tells what it told, and not something else under the same name."""
    old, new = significant_words(before), significant_words(article)
    return len(old & new) >= _ALIKE * min(len(old), len(new))


def place(
    article: Article, votes: Sequence[Vote], matches: Sequence[Match], known: Iterable[Story]
) -> Placement:
    """Join a story or begin one. Among several that would do, equal facts win, then the most alike in words."""
    telling = _Telling(article, votes, matches)
    best: tuple[float, Story, str] | None = None
    for story in known:
        if abs(article.at - story.first_at) > WINDOW:
            continue
        likeness, reason = telling.likeness(story)
        if likeness and (best is None or likeness > best[0]):
            best = (likeness, story, reason)
    return Placement(best[1], best[2]) if best else Placement(None, "no story of the last days tells of this")


def _words(stems: frozenset[str]) -> int:
    return sum(not stem.startswith("@") for stem in stems)


class _Telling:
    """An article as it is compared with stories."""

    def __init__(self, article: Article, votes: Sequence[Vote], matches: Sequence[Match]) -> None:
        self._at = article.at
        self._votes = votes
        self._rules = frozenset(match.rule_id for match in matches)
        self._names = _stems(" ".join(span.words(article) for match in matches for span in match.evidence))
        self._words = significant_words(article) - self._names

    def likeness(self, story: Story) -> tuple[float, str]:
        """How surely this is the story: 0 is not at all, 2 by facts alone. With the reason."""
        shared = self._words & story.words
        words = {word for word in shared if not word.startswith("@")}
        if self._votes and story.votes:
            common = [
                found for told in self._votes for each in story.votes if (found := facts.same(told, each))
            ]
            if any(found.sure for found in common):
                return 2.0, next(found.reason for found in common if found.sure)
            conflicts = [facts.conflict(self._votes[0], each) for each in story.votes]
            if all(conflicts):
                return 0.0, conflicts[0] or ""
            if common and len(shared) >= _ENOUGH_SHARED:
                return 1.5, common[0].reason
            countries = {word for word in shared if word.startswith("@")}
            if len(countries) >= _ENOUGH_SHARED and abs(self._at - story.first_at) <= SOON:
                return 1.2, f"a vote of the same days on {', '.join(sorted(word[1:] for word in countries))}"
        elif not self._rules & story.rules:
            return 0.0, "no rule in common"
        most = max(1, min(_words(self._words), _words(story.words - self._names)))
        if len(words) >= _ENOUGH_SHARED and len(words) / most >= _ALIKE:
            return len(words) / most, f"{len(words)} telling words in common"
        return 0.0, "other words"
