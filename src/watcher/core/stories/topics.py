"""What a text is about, whatever its language, by a table: data/topics.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from watcher.core.rules.terms import Term, parse_term
from watcher.core.text import Folded


def find_topics(text: Folded, among: Iterable[str] | None = None) -> frozenset[str]:
    """The names of the topics, of all or of some, whose words stand in the text: in one pass over it."""
    index = _index()
    found = set[str]()
    for pattern, start, end in index.automaton.find_matches_as_indexes(text.folded, overlapping=True):
        found.update(
            topic
            for topic, term in index.meanings[pattern]
            if topic not in found and term.reach(text, start, end) is not None
        )
    return frozenset(found if among is None else found.intersection(among))


@cache
def topics() -> Mapping[str, tuple[Term, ...]]:
    """Each topic and its words."""
    return {name: tuple(map(parse_term, words)) for part in _table().values() for name, words in part.items()}


class _Index(NamedTuple):
    """`meanings`: for each pattern of the automaton the topics it may stand for, each with its term."""

    automaton: AhoCorasick
    meanings: Sequence[Sequence[tuple[str, Term]]]


@cache
def _index() -> _Index:
    by_pattern: dict[str, list[tuple[str, Term]]] = {}
    for topic, terms in topics().items():
        for term in terms:
            by_pattern.setdefault(term.pattern, []).append((topic, term))
    return _Index(AhoCorasick(list(by_pattern), matchkind=MatchKind.Standard), list(by_pattern.values()))


@cache
def acts() -> frozenset[str]:
    """The topics that are what states do with one another."""
    return frozenset(_table()["acts"])


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(files("watcher.data").joinpath("topics.toml").read_text("utf-8"))


def stand(terms: Iterable[Term], text: Folded) -> bool:
    """Whether one of the terms stands in the text."""
    return any(_stands(term, text) for term in terms)


def _stands(term: Term, text: Folded) -> bool:
    start = text.folded.find(term.pattern)
    while start >= 0:
        if term.reach(text, start, start + len(term.pattern)) is not None:
            return True
        start = text.folded.find(term.pattern, start + 1)
    return False
