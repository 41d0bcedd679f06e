"""An article read once, phrase by phrase: what every later grammar works on.

A sentence becomes a row of phrases. A phrase is a word, a number, a country, or several words that the lexicon
knows; it carries the lexicon's tags and its place in the article. No grammar has been applied yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from watcher.core.countries import Mention, find_countries
from watcher.core.model import Article, Evidence
from watcher.core.text import Folded, fold, sentences
from watcher.core.votes.lexicon import Lexicon, Tags, lexicon_for
from watcher.core.votes.numbers import is_count, read_number
from watcher.core.votes.tokens import Token, tokenize

LONGEST_TEXT = 20_000  # characters: what follows in a longer text is not read
LONGEST_SENTENCE = 250  # tokens: a longer one is read in parts, so that time stays linear
LARGEST_COUNT = 250  # no UN body has more members; what is larger counts something else
_LONGEST_NAME = 12  # tokens of the name of a country

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
    glued = countries.keys() - {token.start for token in tokens}
    if glued or table.proclitics or table.spellings:
        tokens = list(_loosened(tokens, countries, table))
    at = 0
    for _, end in sentences(text):
        first, at = at, _behind(tokens, at, end)
        for part in range(first, at, LONGEST_SENTENCE):
            row = tokens[part : min(part + LONGEST_SENTENCE, at)]
            yield field, list(_Row(row, countries, table).phrases())


def _loosened(tokens: Iterable[Token], countries: Mapping[int, Mention], table: Lexicon) -> Iterator[Token]:
    """The tokens as the table spells them, cut where a country or a known word is glued to what stands before it."""
    for token in tokens:
        if table.spellings:
            token = token._replace(word=token.word.translate(table.spellings))
        country = next((start for start in range(token.start, token.end) if start in countries), None)
        if country == token.start:
            yield token
        elif country is not None:
            yield from token.cut(country - token.start)
        elif (proclitic := table.glued(token.word)) is not None:
            yield from token.cut(_letters_of(proclitic, token.raw))
        else:
            yield token


def _letters_of(proclitic: str, raw: str) -> int:
    """How many raw characters fold into the proclitic; what is written over or stretches its last letter is its own."""
    return max(length for length in range(1, len(raw)) if fold(raw[:length]) == proclitic)


@dataclass(frozen=True, slots=True)
class _Row:
    """The tokens of one sentence, on their way to phrases. `countries`: those of the text, by their first character."""

    tokens: Sequence[Token]
    countries: Mapping[int, Mention]
    table: Lexicon

    def phrases(self) -> Iterator[Phrase]:
        at, before = 0, None
        while at < len(self.tokens):
            phrase, at = self._phrase(at)
            phrase = self._in_context(phrase, before, at)
            yield phrase
            dashed = phrase.word == "-" and before is not None and before.number is not None
            if phrase.word != '"' and not dashed:  # 12 "no" votes; 12 — "no"
                before = phrase

    def _in_context(self, phrase: Phrase, before: Phrase | None, behind: int) -> Phrase:
        """What a number is by its neighbours: a side in "12 no votes" and "No: 12"; a day behind its month only."""
        side = None
        if before is not None and before.number is not None and before.word[:1].isalnum():
            side = self.table.side_behind_number.get(phrase.word)
        if side is None and phrase.word in self.table.side_before_number and self._leads(behind, before):
            side = self.table.side_before_number[phrase.word]
        if side is not None:
            return phrase._replace(number=None, tags={"side_noun": side})
        if "day" in phrase.tags and not (before is not None and before.has("month")):
            return phrase._replace(number=None, tags={"figure": "other"})
        return phrase

    def _leads(self, at: int, before: Phrase | None) -> bool:
        """Whether a word that begins an item of a list is followed by the item's number, or by a colon."""
        begins = before is None or not before.word[:1].isalpha()
        following = self.tokens[at].word if at < len(self.tokens) else ""
        return begins and (following.isdecimal() or following in {":", "-"})

    def _phrase(self, at: int) -> tuple[Phrase, int]:
        """The longest phrase from token `at` on, and the first token behind it; of equals, the lexicon's before a
        country before a number.
        """
        tokens = self.tokens
        tags, after = self.table.longest(tokens, at)
        mention = self.countries.get(tokens[at].start)
        if mention is not None and (behind := _behind(tokens, at, mention.end)) > after:
            word = _words(tokens[at:behind])
            tags = {"bent": "case"} if mention.bent else _NO_TAGS  # those of its first word are not its own
            return Phrase(word, mention.start, mention.end, tags, None, mention.country, mention.kind), behind
        number = read_number(tokens, at, self.table.numerals)
        if number is not None and number[1] > after:
            return self._number(at, *number)
        after = after if after > at else self._behind_stranger(at)
        if after == at + 1:
            _, word, start, end = tokens[at]
        else:
            word, start, end = _words(tokens[at:after]), tokens[at].start, tokens[after - 1].end
        if not tags:  # as with most words
            return Phrase(word, start, end, tags), after
        if (country := self._by_company(at, tags)) is not None:
            return Phrase(word, start, end, tags, None, country, "name"), after
        return Phrase(word, start, end, tags, int(tags["number"]) if "number" in tags else None), after

    def _number(self, at: int, value: int, after: int) -> tuple[Phrase, int]:
        tokens, table = self.tokens, self.table
        word = _words(tokens[at:after])
        counts = value <= LARGEST_COUNT and is_count(tokens, at, after, table.numerals)
        tags = _NO_TAGS if counts else {"figure": "other"}
        if after < len(tokens) and tokens[after].word in table.days:
            tags, after = {"day": "of a date"} if counts else tags, after + 1
        phrase = Phrase(word, tokens[at].start, tokens[after - 1].end, tags, value if counts else None)
        return phrase, after

    def _behind_stranger(self, at: int) -> int:
        """Behind the unknown word at token `at`. Most Chinese words have two characters, so a second is its."""
        pair = self.tokens[at : at + 2] if self.tokens[at].is_unspaced else ()
        if len(pair) < 2 or not pair[1].is_unspaced:
            return at + 1
        known = pair[1].start in self.countries or pair[1].word in self.table.numerals.worth
        return at + 1 if known or self.table.longest(self.tokens, at + 1)[1] > at + 1 else at + 2

    def _by_company(self, at: int, tags: Tags) -> str | None:
        """The country that a word means only beside others: 中俄; مالي, "financial", in a list of countries."""
        beside = (index for index in (at - 1, at + 1) if 0 <= index < len(self.tokens))
        if "short_name" in tags and any(self._has(index, "short_name") for index in beside):
            return tags["short_name"]
        return tags["listed_name"] if "listed_name" in tags and self._is_listed(at) else None

    def _is_listed(self, at: int) -> bool:
        """Whether an "and" or a comma joins token `at` to a country before or behind it."""
        tokens = self.tokens
        if at + 2 < len(tokens) and tokens[at + 2].start in self.countries and self._joins(at + 1):
            return True
        if at < 2 or not self._joins(at - 1):
            return False
        near = (self.countries.get(token.start) for token in tokens[max(0, at - _LONGEST_NAME) : at - 1])
        return any(mention is not None and mention.end == tokens[at - 2].end for mention in near)

    def _joins(self, at: int) -> bool:
        return self.tokens[at].word == "," or self._has(at, "and")

    def _has(self, at: int, tag: str) -> bool:
        return tag in self.table.longest(self.tokens, at)[0]


def _behind(tokens: Sequence[Token], at: int, end: int) -> int:
    """The first token from `at` on that begins at or behind character `end`."""
    while at < len(tokens) and tokens[at].start < end:
        at += 1
    return at


def _words(tokens: Sequence[Token]) -> str:
    return " ".join(token.word for token in tokens) if len(tokens) > 1 else tokens[0].word
