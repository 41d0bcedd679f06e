"""How much two tellings of an event have in common, in whatever words and languages.

What is compared are features: stems of words, and with a sign before them countries "@Ukraine", names "&slns", topics
"%arms", and topics of the headline "!arms". Reworded reports share few words, and none in two languages; but they name
the same persons, and speak of the same things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from watcher.core.countries import Mention, find_countries
from watcher.core.model import Article
from watcher.core.stories.stems import bare, names, skeleton, stem_of, stems
from watcher.core.stories.topics import acts, find_topics
from watcher.core.text import Folded, sentences

_LEAD = 3  # sentences that tell what an article is about
_LONGEST = 600  # characters of them

# How much a feature tells that both have. A name has most often a stem, too, and counts as both.
_MATTER = 2.0
_ACT = 1.75
_NAME = 1.0
_WORD = 0.5
_MISSED = 0.5  # a topic of a headline that the other report does not speak of weighs against


@lru_cache(maxsize=8)
def features(article: Article) -> frozenset[str]:
    """Of the title and the lead; countries of the title and the first sentence, for later ones are bystanders."""
    text, first = _opening(article)
    opening = Folded(text)
    mentions = find_countries(opening)
    found = find_topics(opening)
    return frozenset(
        {
            *(f"@{mention.country}" for mention in mentions if mention.start < first),
            *(f"%{topic}" for topic in found),
            *(f"!{topic}" for topic in find_topics(Folded(article.title), found)),
            *_of_words(article.title, text, mentions),
        }
    )


def _opening(article: Article) -> tuple[str, int]:
    """The title and the lead, and how long they are with the first sentence alone."""
    text = article.text[: 2 * _LONGEST]
    ends = [end for _, end in sentences(text)[:_LEAD]] or [0]
    title = f"{article.title}\n\n"
    return title + text[: ends[-1]][:_LONGEST], len(title) + min(ends[0], _LONGEST)


def _of_words(headline: str, opening: str, countries: Iterable[Mention]) -> Iterator[str]:
    """Stems and names of the opening; what a country is called is no word of the event."""
    rest = list(opening)
    for mention in countries:
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    title, lead = "".join(rest[: len(headline)]), "".join(rest[len(headline) :])
    yield from stems(title) | stems(lead)
    yield from (f"&{bones}" for name in chain(names(title), names(lead)) if (bones := skeleton(name)))


@dataclass(frozen=True, slots=True)
class Likeness:
    """`shared`: the features of both that were compared. `points`: how much they tell together."""

    shared: frozenset[str]
    points: float


def likeness(
    one: frozenset[str], other: frozenset[str], expected: frozenset[str], holders: Mapping[str, int]
) -> Likeness:
    """Of two tellings. `expected`: features that all of their kind have. `holders`: how many stories of these days
    have a feature: what several have tells them less apart.
    """
    shared = frozenset(each for each in (one & other) - expected if each[0] not in "@!")
    told = sum(_weight(each) / max(1, holders.get(each, 1)) ** 0.5 for each in shared)
    return Likeness(shared, told - _MISSED * (_missed(one, other) + _missed(other, one)))


def findable(telling: Iterable[str]) -> frozenset[str]:
    """Its features without those of the headline, which are among the others already."""
    return frozenset(each for each in telling if each[0] != "!")


def plain(telling: Iterable[str]) -> int:
    """How many of its features are plain words."""
    return sum(feature[0] not in "@&%!" for feature in telling)


def headline_matters(telling: Iterable[str]) -> frozenset[str]:
    """What its headline is about, beyond the acts of states."""
    return frozenset(each[1:] for each in telling if each[0] == "!" and each[1:] not in acts())


def _weight(feature: str) -> float:
    if feature[0] == "%":
        return _ACT if feature[1:] in acts() else _MATTER
    return _NAME if feature[0] == "&" else _WORD


def _missed(headline: frozenset[str], other: frozenset[str]) -> int:
    return sum(each[0] == "!" and f"%{each[1:]}" not in other for each in headline)


def in_words(shared: frozenset[str], article: Article) -> str:
    """What two tellings have in common, in the words of this one: 'telling words in common: "Gantz", "systems"; topics
    in common: arms, refusal'.
    """
    words = (bare(word) for word in _opening(article)[0].split())
    telling = (word for word in words if stem_of(word) in shared or f"&{skeleton(word)}" in shared)
    once = {stem_of(word) or skeleton(word): f'"{word}"' for word in telling}
    parts = {"telling words": once.values(), "topics": _named("%", shared), "countries": _named("@", shared)}
    return "; ".join(f"{name} in common: {', '.join(each)}" for name, each in parts.items() if each)


def _named(sign: str, shared: Iterable[str]) -> list[str]:
    return sorted(each[1:] for each in shared if each[0] == sign)
