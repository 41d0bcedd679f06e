"""Numbers as people write them: 107, "seven", "one hundred and forty-one", "none", 一百四十一.

Reads whole numbers below a million, and tells a count from a number that only looks like one: an ordinal, a year
of a range, half of a name (F-16), an adjective (193-member). What is counted is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from watcher.core.votes.tokens import Token

Order = Literal["tens first", "units first", "by place", "by score"]

_PLACES = (1000, 100, 10)
_LARGEST = 999_999


@dataclass(frozen=True, slots=True)
class Numerals:
    """How a language writes numbers.

    `order`: "forty-one", "one and forty", 四十一, where ten multiplies like a hundred, or "quatre-vingt-onze", where
    a score does, and sixty and eighty go on to nineteen. `links` stand between two
    numerals. `suffixes`: what glued to digits makes them something else, such as "th" or "pm". `prefixes`: what is
    written glued before digits and changes nothing, such as the Hebrew "and". `ordinals`: what before a number makes
    an ordinal of it, such as 第.
    """

    worth: Mapping[str, int]
    order: Order = "tens first"
    links: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    ordinals: frozenset[str] = frozenset()

    def multiplies(self, last: int, value: int) -> bool:
        """Whether `value` says how much the numeral before it is worth: "hundred" after three."""
        if value == 10:
            return self.order == "by place" and 0 < last < 10
        if value == 20:
            return self.order == "by score" and last == 4
        return (value == 100 and 0 < last < 10) or (value == 1000 and 0 < last < 1000)

    def adds(self, last: int, value: int) -> bool:
        """Whether `value` goes on where the numeral before it left off: "one" after forty."""
        if self.order == "units first" and 0 < last < 10:
            return value % 10 == 0 and value < 100
        if self.order == "by score" and (last in {60, 80} or (last == 10 and value > 6)):
            return value < (10 if last == 10 else 20)
        place = next((place for place in _PLACES if last and last % place == 0), 1)
        joins = place >= 100 or (place == 10 and (last >= 20 or self.order == "by place"))
        return joins and value < place and not (place == 10 and self.order == "units first")


def in_one_word(worth: Mapping[str, int], link: str) -> dict[str, int]:
    """The numerals to 199 with those that are written as one word, units first: einundvierzig, hundertzwölf.

    `link` stands between a unit and its ten; a hundred may have a one before it.
    """
    known = dict(worth)
    tens = {word: value for word, value in worth.items() if value in range(20, 100, 10)}
    for unit in (word for word, value in worth.items() if 0 < value < 10):
        known |= {unit + link + word: worth[unit] + value for word, value in tens.items()}
    hundreds = [word for word, value in worth.items() if value == 100]
    below = {word: value for word, value in known.items() if 0 < value < 100}
    for hundred in hundreds:
        known |= {
            hundred + joint + word: 100 + value for word, value in below.items() for joint in ("", link)
        }
    return known


def read_number(tokens: Sequence[Token], at: int, numerals: Numerals) -> tuple[int, int] | None:
    """The number that begins at token `at`, as (value, first token after it); None if none begins there."""
    word = tokens[at].word
    if word[0].isdigit():
        digits = "".join(filter(str.isdecimal, word))
        return (int(digits), at + 1) if digits and len(digits) <= len(str(_LARGEST)) else None
    if word not in numerals.worth:
        return None
    return _in_words(tokens, at, numerals)


def _in_words(tokens: Sequence[Token], at: int, numerals: Numerals) -> tuple[int, int]:
    total = last = numerals.worth[tokens[at].word]
    after = at + 1
    while (following := _next_numeral(tokens, after, numerals, last)) is not None:
        value, after = following
        if numerals.multiplies(last, value):
            total, last = total + last * (value - 1), last * value
        else:
            total, last = total + value, value
    return total, after


def _next_numeral(tokens: Sequence[Token], at: int, numerals: Numerals, last: int) -> tuple[int, int] | None:
    """The numeral that continues a number whose last one is worth `last`, and the first token after it."""
    if at < len(tokens) and (tokens[at].word == "-" or tokens[at].word in numerals.links):
        at += 1
    if at >= len(tokens) or not (value := numerals.worth.get(tokens[at].word)):
        return None
    return (value, at + 1) if numerals.multiplies(last, value) or numerals.adds(last, value) else None


def is_count(tokens: Sequence[Token], first: int, after: int, numerals: Numerals) -> bool:
    """Whether the number in tokens [first, after) can count something."""
    return not (_is_part_of_a_name(tokens, first, numerals) or _is_part_of_a_word(tokens, after, numerals))


def _is_part_of_a_name(tokens: Sequence[Token], first: int, numerals: Numerals) -> bool:
    """G20, F-16, COVID-19, $40, 3.5: glued to a letter, a currency or a point before it."""
    if first == 0 or tokens[first - 1].end != tokens[first].start:
        return False
    before = tokens[first - 1]
    if before.word in numerals.ordinals:
        return True
    if before.word in numerals.prefixes or before.is_unspaced:
        return False
    if before.word == "-":
        glued = first >= 2 and tokens[first - 2].end == before.start and tokens[first - 2].is_word
        return glued and tokens[first - 2].word not in numerals.prefixes
    if before.word == ":":  # 14:30; a score in Chinese is no time: 结果:120
        return first >= 2 and tokens[first - 2].end == before.start and tokens[first - 2].word[0].isdigit()
    return before.is_word or before.word in "$€£₪#./"


def _is_part_of_a_word(tokens: Sequence[Token], after: int, numerals: Numerals) -> bool:
    """193-member, 12th, 3.5, 40%: glued to a word, a point or a per cent sign behind it."""
    if after >= len(tokens) or tokens[after].start != tokens[after - 1].end:
        return False
    mark, rest = tokens[after], tokens[after + 1 : after + 2]
    glued = bool(rest) and rest[0].start == mark.end
    if mark.word == "-":
        return glued and rest[0].is_word
    if mark.word in ".:/":
        return glued and rest[0].word[0].isdigit()
    return mark.word == "%" or mark.word in numerals.suffixes
