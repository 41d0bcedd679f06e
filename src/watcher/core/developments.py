"""What a match is about, in the article's own words: the sentences that hold it, and what kind of act they tell.

"Talks: the Prime Minister spoke to the President on Friday evening." The kinds and their words are a table,
data/developments.toml. Votes are read elsewhere, with all their facts: see watcher.core.votes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from watcher.core.model import Article, Match
from watcher.core.rules.terms import Term, parse_term
from watcher.core.stories.topics import stand, topics
from watcher.core.text import Folded, sentences, shorten

MOST_SHOWN = 3
LONGEST_QUOTE = 280  # characters; about what a phone shows without scrolling


@dataclass(frozen=True, slots=True)
class Development:
    kind: str  # "Talks", "Arms" … or "" where the table knows no word of the sentence
    quote: str


def developments(article: Article, match: Match) -> tuple[Development, ...]:
    """The telling sentences of a match, the most important kind first, one for each kind.

    None that recalls the past, no caption, and one of no kind only where there is no other.
    """
    found: dict[str, Development] = {}
    for quote in _sentences_that_hold(article, match):
        text = Folded(quote)
        if stand(_table().passed_over, text):
            continue
        kind = next((name for name, terms in _table().kinds.items() if stand(terms, text)), "")
        found.setdefault(kind, Development(kind, shorten(quote, LONGEST_QUOTE)))
    if len(found) > 1:
        found.pop("", None)
    order = [*_table().kinds, ""]
    ranked = sorted(found.values(), key=lambda development: order.index(development.kind))
    return tuple(ranked[:MOST_SHOWN])


def _sentences_that_hold(article: Article, match: Match) -> list[str]:
    """Those with the most different evidence, or nearly so, in the order of the article."""
    held: dict[tuple[str, int, int], set[str]] = {}
    for name in ("title", "text"):
        for start, end in sentences(getattr(article, name)):
            inside = [e for e in match.evidence if e.field == name and start <= e.start < end]
            if inside:
                held[name, start, end] = {e.what for e in inside}
    most = max((len(whats) for whats in held.values()), default=0)
    enough = max(most - 1, min(most, 2))
    return [getattr(article, name)[a:b] for (name, a, b), whats in held.items() if len(whats) >= enough]


@dataclass(frozen=True, slots=True)
class _Table:
    """`kinds`: name -> its words, the most important first. `passed_over`: words of what is past, or no sentence."""

    kinds: Mapping[str, tuple[Term, ...]]
    passed_over: tuple[Term, ...]


@cache
def _table() -> _Table:
    table = tomllib.loads(files("watcher.data").joinpath("developments.toml").read_text("utf-8"))
    kinds = {kind["name"]: tuple(_terms(kind)) for kind in table["kinds"].values()}
    return _Table(kinds, tuple(map(parse_term, [*table["recalled"], *table["captions"]])))


def _terms(kind: Mapping[str, Any]) -> Iterator[Term]:
    for topic in kind["topics"]:
        yield from topics()[topic]
    yield from map(parse_term, kind.get("terms", ()))
