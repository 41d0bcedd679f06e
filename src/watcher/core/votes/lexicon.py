"""The words of one language that votes are told in, and the phrases found with them.

A table in `data/votes/<language>.toml` is all there is to a language: every section is a tag, every key in it a
value, every list the phrases that carry it. A phrase is matched by whole words, whatever the case and accents;
`word*` is a prefix, `=WORD` must stand in capitals, and `^wörd` have its accents: "^hätte" is not "hatte". The longest
phrase wins; one phrase may carry several tags.
`{a|b|}` stands for "a", "b" or nothing, and `{name}` for the list of that name under [language.forms].
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import product
from typing import Any

from watcher.core.text import fold
from watcher.core.votes.numbers import Numerals, in_one_word
from watcher.core.votes.tokens import Token, tokenize

LANGUAGES = ("en", "es", "pl", "uk", "he", "fr", "de", "ru", "ar", "zh")

Tags = Mapping[str, str]  # tag -> value
_NO_TAGS: Tags = {}
_CHOICE = re.compile(r"\{([^{}]*)\}")
_SHORTEST_BEHIND = 2  # letters of a word that something may be glued to


@dataclass(slots=True)
class _Node:
    """One step into a phrase: the phrases that end here, and the words that may follow."""

    tags: dict[str, str] = field(default_factory=dict)
    words: dict[str, _Node] = field(default_factory=dict)
    prefixes: dict[str, _Node] = field(default_factory=dict)
    accented: dict[str, _Node] = field(default_factory=dict)  # spelled as they are written, in small letters

    def following(self, token: Token) -> Iterator[_Node]:
        if token.raw.isupper() and (node := self.words.get("=" + token.word)) is not None:
            yield node
        if (node := self.words.get(token.word)) is not None:
            yield node
        if self.prefixes:
            word = token.word
            yield from (node for prefix, node in self.prefixes.items() if word.startswith(prefix))
        if self.accented and (node := self.accented.get(token.raw.lower())) is not None:
            yield node

    def vocabulary(self) -> Iterator[str]:
        """The whole words of the phrases that go on from here."""
        yield from self.words
        for node in (*self.words.values(), *self.prefixes.values(), *self.accented.values()):
            yield from node.vocabulary()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's table, ready to be matched."""

    language: str
    root: _Node
    numerals: Numerals
    texts: Mapping[str, str]  # what the text of a body is called: body -> "a resolution"; none: no subjects
    article: Mapping[str, Any]  # the words and letters of "a" and "an"; none where subjects are not written
    plurals: frozenset[str]  # texts in the plural: they take no "a"
    gerunds: frozenset[str]  # first words of what a text does: "calling", "condemning"
    days: frozenset[str]  # what stands behind the number of a day or a year: 日
    side_behind_number: Mapping[str, str]  # a numeral that is a side behind a number: "12 no votes"
    side_before_number: Mapping[str, str]  # and one before a number, in a list: "Yes 137, No 12"
    proclitics: tuple[str, ...]  # written as one word with what follows, the longest first: "and the"
    words: frozenset[str]  # all whole words of all phrases
    spellings: Mapping[int, str]  # letters that are read as others, for str.translate

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

    def glued(self, word: str) -> str | None:
        """The proclitic that a word which no phrase holds begins with, if a phrase or a number begins behind it."""
        if not self.proclitics or word in self.words or word in self.numerals.worth:
            return None
        begun = (before for before in self.proclitics if word.startswith(before))
        return next((before for before in begun if self._begins(word[len(before) :])), None)

    def _begins(self, rest: str) -> bool:
        """Whether a phrase or a number begins with this word, and it is long enough to tell."""
        if len(rest) < _SHORTEST_BEHIND:
            return False
        known = rest in self.root.words or rest in self.numerals.worth
        return known or any(rest.startswith(stem) for stem in self.root.prefixes)


@cache
def _table(language: str) -> Mapping[str, Any]:
    """The file of a language, as it is written: cheap against what `lexicon` makes of it."""
    name = f"data/votes/{language}.toml"
    return tomllib.loads(resources.files("watcher").joinpath(name).read_text(encoding="utf-8"))


def _sections(table: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Sequence[str]]]]:
    """The sections of a table that hold phrases."""
    yield from ((tag, values) for tag, values in table.items() if tag not in {"language", "numerals"})


@cache
def gates() -> tuple[str, ...]:
    """Raw words one of which every report of a UN vote holds, whatever its language; none that holds another."""
    words = {word for language in LANGUAGES for word in _table(language)["language"]["gates"]}
    return tuple(sorted(word for word in words if not any(one in word for one in words - {word})))


@cache
def lexicon(language: str) -> Lexicon:
    """The table of a language that ships with watcher; it is read once."""
    table = _table(language)
    about = table["language"]
    root = _Node()
    for tag, values in _sections(table):
        _plant(root, tag, values, about.get("forms", {}))
    words = frozenset(root.vocabulary())
    return Lexicon(
        language=language,
        root=_shared(root, {}),
        numerals=Numerals(
            worth=_worth(table["numerals"], about.get("numeral_joint")),
            order=about.get("numeral_order", "tens first"),
            links=frozenset(about.get("numeral_links", ())),
            suffixes=frozenset(about["number_suffixes"]),
            prefixes=frozenset(about.get("number_prefixes", ())),
            ordinals=frozenset(about.get("ordinals", ())),
        ),
        texts=about.get("texts", {}),
        article=about.get("article", {}),
        plurals=frozenset(about.get("plural_texts", ())),
        gerunds=frozenset(gerund.split()[0] for tag in ("act", "act_plain") for gerund in table.get(tag, ())),
        days=frozenset(about.get("days", ())),
        side_behind_number=about.get("side_behind_number", {}),
        side_before_number=about.get("side_before_number", {}),
        proclitics=tuple(sorted((fold(word) for word in about.get("proclitics", ())), key=len, reverse=True)),
        words=words,
        spellings=str.maketrans(about.get("spellings", {})),
    )


def _worth(numerals: Mapping[str, int], joint: str | None) -> Mapping[str, int]:
    """What each numeral is worth. `joint`: what stands in those of one word, if the language writes them so."""
    worth = {fold(word): value for word, value in numerals.items()}
    return worth if joint is None else in_one_word(worth, joint)


def _plant(
    root: _Node, tag: str, values: Mapping[str, Sequence[str]], forms: Mapping[str, Sequence[str]]
) -> None:
    for value, phrases in values.items():
        for written in phrases:
            for phrase in _spelled_out(written, forms):
                _grow(root, phrase).tags[tag] = value


def _spelled_out(written: str, forms: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The phrases that one with choices stands for; forms may have choices, too."""
    pieces = _CHOICE.split(written)
    if len(pieces) == 1:
        yield written
        return
    choices = [
        [word for form in forms.get(piece) or piece.split("|") for word in _spelled_out(form, forms)]
        if number % 2
        else [piece]
        for number, piece in enumerate(pieces)
    ]
    yield from ("".join(words) for words in product(*choices))


def _grow(root: _Node, phrase: str) -> _Node:
    """The node at the end of a phrase, made where it is missing."""
    node = root
    for piece in phrase.split():
        if piece.startswith("^"):
            node = node.accented.setdefault(piece[1:], _Node())
            continue
        exact, stem = piece.startswith("="), piece.endswith("*")
        words = _words_of(piece.strip("=*"))
        for number, word in enumerate(words, start=1):
            key = "=" + word if exact else word
            branch = node.prefixes if stem and number == len(words) else node.words
            node = branch.setdefault(key, _Node())
    return node


def _shared(node: _Node, met: dict[object, _Node]) -> _Node:
    """The same phrases, with those that go on alike in one place: a tenth of the nodes, for choices stand in most."""
    node.words = {word: _shared(next_one, met) for word, next_one in node.words.items()}
    node.prefixes = {prefix: _shared(next_one, met) for prefix, next_one in node.prefixes.items()}
    node.accented = {word: _shared(next_one, met) for word, next_one in node.accented.items()}
    after = ((word, id(next_one)) for word, next_one in node.words.items())
    behind = ((prefix, id(next_one)) for prefix, next_one in node.prefixes.items())
    spelled = ((word, id(next_one)) for word, next_one in node.accented.items())
    return met.setdefault((*node.tags.items(), None, *after, None, *behind, None, *spelled), node)


@cache
def _words_of(piece: str) -> tuple[str, ...]:
    """The words of what stands between two spaces; phrases share them, so each is cut once."""
    if piece[-1:] == "'" and piece[:-1].isalpha():
        return (fold(piece),)  # an elided word, one token only where a word follows: l' Ukraine, qu' Israël
    return tuple(token.word for token in tokenize(piece))


def lexicon_for(words: Sequence[str], stated: str | None) -> Lexicon:
    """The table for a text: the language it states, if we have one, else the one that knows most of its words."""
    if stated and (language := stated.split("-")[0].lower()) in LANGUAGES:
        return lexicon(language)
    spoken, sums = _speaking(), dict.fromkeys(LANGUAGES, 0)
    for word in words:
        for language, weight in spoken.get(word, ()):
            sums[language] += weight
    return lexicon(max(LANGUAGES, key=sums.__getitem__))


@cache
def _speaking() -> Mapping[str, Sequence[tuple[str, int]]]:
    """How much a word speaks for which languages: 2 for one of its commonest, 1 for one that begins a phrase."""
    spoken: dict[str, list[tuple[str, int]]] = {}
    for language in LANGUAGES:
        common = frozenset(_table(language)["language"]["common"])
        for word in common | _first_words(language):
            spoken.setdefault(word, []).append((language, 2 if word in common else 1))
    return spoken


def _first_words(language: str) -> frozenset[str]:
    """The words that begin a phrase, read without building the lexicon: most articles are in few languages."""
    table = _table(language)
    forms = table["language"].get("forms", {})
    phrases = (
        phrase
        for _, values in _sections(table)
        for written in values.values()
        for choice in written
        for phrase in _spelled_out(choice, forms)
    )
    pieces = {phrase.split(maxsplit=1)[0] for phrase in phrases}
    return frozenset(_words_of(piece.strip("*"))[0] for piece in pieces if not piece.startswith(("=", "^")))
