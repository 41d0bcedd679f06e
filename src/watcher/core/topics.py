"""What a text is about, whatever its language, by a table: data/topics.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick

from watcher.core.rules.terms import Term, parse_term
from watcher.core.text import Folded


def find_topics(text: Folded) -> frozenset[str]:
    """The names of the topics whose words stand in the text."""
    return _table().topics(text)


class _Table:
    def __init__(self, words: dict[str, list[str]]) -> None:
        by_pattern: dict[str, list[tuple[str, Term]]] = {}
        for topic, terms in words.items():
            for term in map(parse_term, terms):
                by_pattern.setdefault(term.pattern, []).append((topic, term))
        self._readings = list(by_pattern.values())
        self._automaton = AhoCorasick(by_pattern)

    def topics(self, text: Folded) -> frozenset[str]:
        return frozenset(
            topic
            for index, start, end in self._automaton.find_matches_as_indexes(text.folded, overlapping=True)
            for topic, term in self._readings[index]
            if term.reach(text, start, end) is not None
        )


@cache
def _table() -> _Table:
    return _Table(tomllib.loads(files("watcher.data").joinpath("topics.toml").read_text("utf-8")))
