"""The words of one language that votes are told in, and the phrases found with them.

A table in `data/votes/<language>.toml` is all there is to a language: every section is a tag, every key in it a
value, every list the phrases that carry it. A phrase is matched by whole words, whatever the case and accents;
`word*` is a prefix, and `=WORD` must stand in capitals. The longest phrase wins; one phrase may carry several tags.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from watcher.core.text import fold
from watcher.core.votes.tokens import Token, tokenize

LANGUAGES = ("en", "es", "pl", "uk", "he", "fr", "de", "ru")

Tags = Mapping[str, str]  # tag -> value
_NO_TAGS: Tags = {}


@dataclass(slots=True)
class _Node:
    """One step into a phrase: the phrases that end here, and the words that may follow."""

    tags: dict[str, str] = field(default_factory=dict)
    words: dict[str, _Node] = field(default_factory=dict)
    prefixes: dict[str, _Node] = field(default_factory=dict)

    def following(self, token: Token) -> Iterator[_Node]:
        if token.raw.isupper() and (node := self.words.get("=" + token.word)) is not None:
            yield node
        if (node := self.words.get(token.word)) is not None:
            yield node
        if self.prefixes:
            word = token.word
            yield from (node for prefix, node in self.prefixes.items() if word.startswith(prefix))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's table, ready to be matched."""

    language: str
    root: _Node
    numerals: Mapping[str, int]
    suffixes: frozenset[str]
    prefixes: frozenset[str]
    gates: tuple[str, ...]  # raw words one of which every report of a UN vote holds
    common: frozenset[str]  # words by which the language is recognised
    texts: Mapping[str, str]  # what the text of a body is called: body -> "a resolution"; none: no subjects
    plurals: frozenset[str]  # texts in the plural: they take no "a"
    gerunds: frozenset[str]  # first words of what a text does: "calling", "condemning"

    def knows(self, word: str) -> int:
        """How much a word speaks for the language: 2 for its commonest, 1 for one that begins a phrase."""
        return 2 if word in self.common else int(word in self.root.words)

    def longest(self, tokens: Sequence[Token], at: int) -> tuple[Tags, int]:
        """The tags of the longest phrase that begins at token `at`, and the first token after it; no tags and
        `at` when none begins there. Phrases are short, so this is constant time."""
        best: tuple[Tags, int] = (_NO_TAGS, at)
        nodes = list(self.root.following(tokens[at]))
        after = at + 1
        while nodes:
            best = next(((node.tags, after) for node in nodes if node.tags), best)
            if after == len(tokens):
                break
            nodes = [deeper for node in nodes for deeper in node.following(tokens[after])]
            after += 1
        return best


@cache
def lexicon(language: str) -> Lexicon:
    """The table of a language that ships with watcher; it is read once."""
    name = f"data/votes/{language}.toml"
    table = tomllib.loads(resources.files("watcher").joinpath(name).read_text(encoding="utf-8"))
    about = table.pop("language")
    root = _Node()
    for tag, values in table.items():
        if tag != "numerals":
            _plant(root, tag, values)
    return Lexicon(
        language=language,
        root=root,
        numerals={fold(word): value for word, value in table["numerals"].items()},
        suffixes=frozenset(about["number_suffixes"]),
        prefixes=frozenset(about.get("number_prefixes", ())),
        gates=tuple(about["gates"]),
        common=frozenset(about["common"]),
        texts=about.get("texts", {}),
        plurals=frozenset(about.get("plural_texts", ())),
        gerunds=frozenset(gerund.split()[0] for tag in ("act", "act_plain") for gerund in table.get(tag, ())),
    )


def _plant(root: _Node, tag: str, values: Mapping[str, Sequence[str]]) -> None:
    for value, phrases in values.items():
        for phrase in phrases:
            _grow(root, phrase).tags[tag] = value


def _grow(root: _Node, phrase: str) -> _Node:
    """The node at the end of a phrase, made where it is missing."""
    node = root
    for piece in phrase.split():
        exact, stem = piece.startswith("="), piece.endswith("*")
        tokens = tokenize(piece.strip("=*"))
        for number, token in enumerate(tokens, start=1):
            key = "=" + token.word if exact else token.word
            branch = node.prefixes if stem and number == len(tokens) else node.words
            node = branch.setdefault(key, _Node())
    return node


def lexicon_for(words: Sequence[str], stated: str | None) -> Lexicon:
    """The table for a text: the language it states, if we have one, else the one that knows most of its words."""
    if stated and (language := stated.split("-")[0].lower()) in LANGUAGES:
        return lexicon(language)
    tables = [lexicon(language) for language in LANGUAGES]
    return max(tables, key=lambda table: sum(table.knows(word) for word in words))
