"""Which countries a text names: the UN's members and observers, found in ten languages in one pass.

A hit is a whole word or phrase, as in a rule; the longest wins, so "Equatorial Guinea" is not Guinea and "New Mexico"
is nobody. A name written with a capital in the table needs one in the text: "us" and "turkey" are no states. A person
called Jordan and the state of Georgia are told apart by the words next to them: cheaply, not surely.

What a country does in the text (votes, abstains, is bombed) is for others to read. The table is shipped: see
tools/make_un_members.py.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from ahocorasick_rs import AhoCorasick

from watcher.core.rules.terms import Term, parse_term
from watcher.core.text import Folded, fold

__all__ = ["Country", "Mention", "canonical", "find_countries", "members"]

Kind = Literal["name", "demonym", "capital"]


@dataclass(frozen=True, slots=True)
class Country:
    """A UN member or observer, and what it is called. Terms are written as in a rule: `word*`, `=US`.

    `ambiguous`: the bare name is also a person's, a bird's or another country's. `names_in` and `people_in` hold,
    by language code, its names, and its adjectives and people; `bent` those names that are no nominative.
    """

    id: str  # ISO 3166 alpha-2, lower case
    name: str  # canonical, short, English
    member: bool  # or an observer
    ambiguous: bool
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: tuple[str, ...]
    names_in: Mapping[str, tuple[str, ...]]
    people_in: Mapping[str, tuple[str, ...]]
    bent: frozenset[str]

    def terms(self) -> Iterator[tuple[str, Kind]]:
        """Every spelling in every language, and what it names. Many come more than once."""
        for names in ((self.name, *self.names), *self.names_in.values()):
            yield from ((term, "name") for term in names)
        for people in (self.demonyms, *self.people_in.values()):
            yield from ((term, "demonym") for term in people)
        yield from ((term, "capital") for term in self.capital)


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Characters [start, end) of a raw text name `country`: by its name, its people, or its capital.

    `bent`: the name stands in a case in which it is no subject.
    """

    country: str
    start: int
    end: int
    kind: str  # "name" | "demonym" | "capital"
    bent: bool = False


def find_countries(folded: Folded) -> tuple[Mention, ...]:
    """The countries named in a text, in its order, without overlaps. Offsets are those of the raw text."""
    return tuple(_atlas().mentions(folded))


def canonical(name: str) -> str | None:
    """The canonical name of the country that is called so in any language: "DPRK" -> "North Korea".

    A name is meant, not a people or a capital; "the" may stand before it, and the case of "US" matters.
    """
    name = name.strip()
    return _spellings().get(name) or _spellings().get(fold(name).removeprefix("the "))


@cache
def members() -> tuple[Country, ...]:
    """The 193 members of the UN and its 2 observers, in the order of the shipped table."""
    return tuple(_country(row) for row in _table()["countries"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("watcher") / "data" / "un_members.toml").read_text("utf-8"))


def _country(row: Mapping[str, Any]) -> Country:
    return Country(
        id=row["id"],
        name=row["name"],
        member=row["member"],
        ambiguous=row.get("ambiguous", False),
        names=tuple(row["names"]),
        demonyms=tuple(row["demonyms"]),
        capital=tuple(row["capital"]),
        names_in={language: tuple(names) for language, names in row["in"].items()},
        people_in={language: tuple(people) for language, people in row.get("people", {}).items()},
        bent=frozenset(row.get("bent", ())),
    )


@cache
def _spellings() -> dict[str, str]:
    """Names as they are folded, and exact ones as they are written, to the canonical name."""
    return {
        term[1:] if term.startswith("=") else fold(term): country.name
        for country in members()
        for term, kind in country.terms()
        if kind == "name"
    }


@cache
def _atlas() -> _Atlas:
    traps = _table()["traps"]
    shy = frozenset(traps["shy"])
    spellings = dict.fromkeys(
        _Spelling.of(term, kind, country.name, bent=term in country.bent)
        for country in members()
        for term, kind in country.terms()
        if term not in shy
    )
    masks = [_Spelling.of(name) for name in traps["not_names"]]
    return _Atlas([*masks, *spellings], _Doubts(traps["persons"], traps["state"]))


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One spelling, ready to be looked for. Without a country it is a mask, and hides the names inside it."""

    term: Term
    kind: Kind = "name"
    country: str | None = None
    proper: bool = False  # it begins with a capital, and has to in the text
    bent: bool = False

    @classmethod
    def of(
        cls, written: str, kind: Kind = "name", country: str | None = None, *, bent: bool = False
    ) -> _Spelling:
        return cls(parse_term(written), kind, country, country is not None and written[0].isupper(), bent)

    def end(self, text: Folded, start: int, end: int) -> int | None:
        """Where the words end that were found at [start, end) of the folded text; None if they are not meant."""
        reach = self.term.reach(text, start, end)
        if reach is not None and self.proper and text.raw[text.span(start, end)[0]].islower():
            return None
        return reach

    @property
    def order(self) -> int:
        """Of spellings found at one place the first counts: a mask, else a name."""
        return 0 if self.country is None else 1 if self.kind == "name" else 2


class _Hit(NamedTuple):
    """A spelling at [start, end) of the folded text."""

    start: int
    end: int
    spelling: _Spelling


def _longest_first(hit: _Hit) -> tuple[int, int, int]:
    return (hit.start, -hit.end, hit.spelling.order)


class _Atlas:
    """All spellings of all countries, and all masks, as one automaton."""

    def __init__(self, spellings: Iterable[_Spelling], doubts: _Doubts) -> None:
        by_pattern: dict[str, list[_Spelling]] = {}
        for spelling in spellings:
            by_pattern.setdefault(spelling.term.pattern, []).append(spelling)
        self._spellings = list(by_pattern.values())
        self._automaton = AhoCorasick(by_pattern)
        self._doubts = doubts

    def mentions(self, text: Folded) -> Iterator[Mention]:
        free = 0
        for hit in sorted(self._hits(text), key=_longest_first):
            if hit.start < free:
                continue
            free = hit.end
            country = hit.spelling.country
            if country and not self._doubts.deny(text, hit):
                yield Mention(country, *text.span(hit.start, hit.end), hit.spelling.kind, hit.spelling.bent)

    def _hits(self, text: Folded) -> Iterator[_Hit]:
        for index, start, found in self._automaton.find_matches_as_indexes(text.folded, overlapping=True):
            for spelling in self._spellings[index]:
                end = spelling.end(text, start, found)
                if end is not None:
                    yield _Hit(start, end, spelling)


_NEAR = 150  # characters: about a sentence before and after
_WORDS_AFTER = re.compile(r"(?: [\w'\"’“-]+){1,6}")


class _Doubts:
    """Tells, by the words next to it, whether a bare name is a person's, or the US state's."""

    def __init__(self, persons: Mapping[str, list[str]], state: Mapping[str, Any]) -> None:
        self._names = frozenset(fold(name) for name in persons["names"])
        self._full_names = re.compile(
            rf"\b(?:{_any_of(persons['before'])}) (?:[A-Z]\. )?({_any_of(persons['names'])})\b"
        )
        self._behind = frozenset(persons["behind"])
        self._no_family = frozenset(persons["no_family"])
        self._state = state["name"]
        self._of_state = re.compile(rf"\b(?:{_any_of(state['words'])})\b")
        self._of_country = re.compile(rf"\b(?:{_any_of(state['country_words'])})\b")

    def deny(self, text: Folded, hit: _Hit) -> bool:
        if hit.spelling.term.pattern not in self._names:
            return False
        if hit.spelling.country == self._state and self._is_state(text.folded, hit):
            return True
        return self._is_person(text.raw, *text.span(hit.start, hit.end))

    def _is_state(self, folded: str, hit: _Hit) -> bool:
        around = folded[max(0, hit.start - _NEAR) : hit.end + _NEAR]
        return bool(self._of_state.search(around)) or not self._of_country.search(around)

    def _is_person(self, raw: str, start: int, end: int) -> bool:
        """Whether a family name stands behind it, or anywhere in the text a first name before it."""
        after = _WORDS_AFTER.match(raw, end)
        family, *rest = (word.strip("'\"’“") for word in after.group().split()) if after else [""]
        capital = family[:1].isupper() and family not in self._no_family
        if capital and (family in self._behind or not _headline(rest)):
            return True
        return raw[start:end] in self._full_names.findall(raw)


def _headline(words: list[str]) -> bool:
    """Whether capitals say nothing here, because most words have them."""
    return sum(word[:1].isupper() for word in words) * 2 > len(words)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))
