"""An article read once, phrase by phrase: what every later grammar works on.

A sentence becomes a row of phrases. A phrase is a word, a number, a country, or several words that the lexicon
knows; it carries the lexicon's tags and its place in the article. No grammar has been applied yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from watcher.core.countries import Mention, find_countries
from watcher.core.model import Article, Evidence
from watcher.core.text import Folded, sentences
from watcher.core.votes.lexicon import Lexicon, Tags, lexicon_for
from watcher.core.votes.numbers import is_count, read_number
from watcher.core.votes.tokens import Token, tokenize

LONGEST_TEXT = 20_000  # characters: what follows in a longer text is not read
LONGEST_SENTENCE = 250  # tokens: a longer one is read in parts, so that time stays linear
LARGEST_COUNT = 250  # no UN body has more members; what is larger counts something else

_NO_TAGS: Tags = {}


class Phrase(NamedTuple):
    """Characters [start, end) of the sentence's field, and what they may mean."""

    word: str  # folded; the words of a phrase are joined by single spaces
    start: int
    end: int
    tags: Tags
    number: int | None = None  # only when it can be a count
    country: str | None = None  # the canonical name
    kind: str | None = None  # of the country's mention: name, demonym or capital

    def has(self, tag: str) -> bool:
        return tag in self.tags


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article's title or text; `number` counts from 0 through title and text."""

    field: str
    number: int
    start: int
    end: int
    phrases: tuple[Phrase, ...]

    def has(self, tag: str) -> bool:
        return any(tag in phrase.tags for phrase in self.phrases)

    def evidence(self, first: int, last: int, what: str) -> Evidence:
        """The span from phrase `first` to phrase `last`, both included."""
        return Evidence(self.field, self.phrases[first].start, self.phrases[last].end, what)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with its sentences, the title's first."""

    article: Article
    language: str
    sentences: tuple[Sentence, ...]

    @property
    def lead(self) -> int:
        """How many sentences are title and lead: where an article says what it is about."""
        titles = sum(sentence.field == "title" for sentence in self.sentences)
        return titles + 3


def read(article: Article) -> Reading:
    """The article's first `LONGEST_TEXT` characters as phrases. Time: linear in their number."""
    fields = {"title": article.title, "text": article.text[:LONGEST_TEXT]}
    tokens = {field: tokenize(text) for field, text in fields.items()}
    words = [token.word for row in tokens.values() for token in row[:200]]
    table = lexicon_for(words, article.language)
    rows = [row for field, text in fields.items() for row in _sentences(field, text, tokens[field], table)]
    numbered = (
        Sentence(field, number, row[0].start, row[-1].end, tuple(row))
        for number, (field, row) in enumerate(rows)
    )
    return Reading(article, table.language, tuple(numbered))


def _sentences(
    field: str, text: str, tokens: Sequence[Token], table: Lexicon
) -> Iterator[tuple[str, list[Phrase]]]:
    countries = {mention.start: mention for mention in find_countries(Folded(text))} if text else {}
    at = 0
    for _, end in sentences(text):
        first = at
        while at < len(tokens) and tokens[at].start < end:
            at += 1
        for part in range(first, at, LONGEST_SENTENCE):
            yield field, list(_phrases(tokens[part : min(part + LONGEST_SENTENCE, at)], countries, table))


def _phrases(tokens: Sequence[Token], countries: Mapping[int, Mention], table: Lexicon) -> Iterator[Phrase]:
    at, before = 0, None
    while at < len(tokens):
        phrase, at = _phrase(tokens, at, countries, table)
        if phrase.word == "no" and before is not None and before.number:
            phrase = phrase._replace(number=None, tags={"side_noun": "against"})  # "12 no votes"
        yield (before := phrase)


def _phrase(
    tokens: Sequence[Token], at: int, countries: Mapping[int, Mention], table: Lexicon
) -> tuple[Phrase, int]:
    """The longest phrase that begins at token `at`; of equals, the lexicon's before a country before a number."""
    tags, after = table.longest(tokens, at)
    mention = countries.get(tokens[at].start)
    if mention is not None and (behind := _behind(tokens, at, mention.end)) > after:
        word = _words(tokens[at:behind])
        return Phrase(word, mention.start, mention.end, tags, None, mention.country, mention.kind), behind
    number = read_number(tokens, at, table.numerals)
    if number is not None and number[1] > after:
        return _number(tokens, at, number, table), number[1]
    after = max(after, at + 1)
    return Phrase(_words(tokens[at:after]), tokens[at].start, tokens[after - 1].end, tags), after


def _number(tokens: Sequence[Token], at: int, number: tuple[int, int], table: Lexicon) -> Phrase:
    value, after = number
    counts = value <= LARGEST_COUNT and is_count(tokens, at, after, table.suffixes, table.prefixes)
    tags = _NO_TAGS if counts else {"figure": "other"}
    return Phrase(
        _words(tokens[at:after]), tokens[at].start, tokens[after - 1].end, tags, value if counts else None
    )


def _behind(tokens: Sequence[Token], at: int, end: int) -> int:
    """The first token after `at` that begins at or behind character `end`."""
    while at < len(tokens) and tokens[at].start < end:
        at += 1
    return at


def _words(tokens: Sequence[Token]) -> str:
    return " ".join(token.word for token in tokens) if len(tokens) > 1 else tokens[0].word
