"""What a text is about, whatever its language, by a table: data/topics.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from watcher.core.rules.terms import Term, parse_term
from watcher.core.text import Folded


def find_topics(text: Folded, among: Iterable[str] | None = None) -> frozenset[str]:
    """The names of the topics, of all or of some, whose words stand in the text."""
    table = topics()
    return frozenset(topic for topic in (table if among is None else among) if stand(table[topic], text))


@cache
def topics() -> Mapping[str, tuple[Term, ...]]:
    """Each topic and its words."""
    return {name: tuple(map(parse_term, words)) for part in _table().values() for name, words in part.items()}


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
