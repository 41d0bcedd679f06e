"""Numbers as people write them: 107, "seven", "one hundred and forty-one", "none".

Reads whole numbers below a million, and tells a count from a number that only looks like one: an ordinal, a year
of a range, half of a name (F-16), an adjective (193-member). What is counted is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from watcher.core.votes.tokens import Token

_HUNDRED = 100
_LARGEST = 999_999


def read_number(tokens: Sequence[Token], at: int, numerals: Mapping[str, int]) -> tuple[int, int] | None:
    """The number that begins at token `at`, as (value, first token after it); None if none begins there."""
    word = tokens[at].word
    if word[0].isdigit():
        digits = "".join(filter(str.isdecimal, word))
        return (int(digits), at + 1) if digits and len(digits) <= len(str(_LARGEST)) else None
    if word not in numerals:
        return None
    return _in_words(tokens, at, numerals)


def _in_words(tokens: Sequence[Token], at: int, numerals: Mapping[str, int]) -> tuple[int, int]:
    total, after = numerals[tokens[at].word], at + 1
    while (following := _next_numeral(tokens, after, numerals, total)) is not None:
        value, after = following
        total = total * value if value == _HUNDRED else total + value
    return total, after


def _next_numeral(
    tokens: Sequence[Token], at: int, numerals: Mapping[str, int], so_far: int
) -> tuple[int, int] | None:
    """The numeral that continues a number worth `so_far`: "hundred" after three, "one" after forty."""
    if at < len(tokens) and (tokens[at].word == "-" or (tokens[at].word == "and" and _is_hundreds(so_far))):
        at += 1
    if at >= len(tokens) or (value := numerals.get(tokens[at].word)) is None or not value:
        return None
    continues = (
        (value == _HUNDRED and 0 < so_far < 10)
        or (_is_hundreds(so_far) and value < _HUNDRED)
        or (so_far % _HUNDRED >= 20 and so_far % 10 == 0 and value < 10)
    )
    return (value, at + 1) if continues else None


def _is_hundreds(number: int) -> bool:
    return number > 0 and number % _HUNDRED == 0


def is_count(
    tokens: Sequence[Token], first: int, after: int, suffixes: frozenset[str], prefixes: frozenset[str]
) -> bool:
    """Whether the number in tokens [first, after) can count something.

    `suffixes`: what glued to digits makes them something else, such as "th" or "pm". `prefixes`: what is written
    glued before digits and changes nothing, such as the Hebrew "and".
    """
    return not (_is_part_of_a_name(tokens, first, prefixes) or _is_part_of_a_word(tokens, after, suffixes))


def _is_part_of_a_name(tokens: Sequence[Token], first: int, prefixes: frozenset[str]) -> bool:
    """G20, F-16, COVID-19, $40, 3.5: glued to a letter, a currency or a point before it."""
    if first == 0 or tokens[first - 1].end != tokens[first].start:
        return False
    before = tokens[first - 1]
    if before.word == "-":
        glued = first >= 2 and tokens[first - 2].end == before.start and tokens[first - 2].is_word
        return glued and tokens[first - 2].word not in prefixes
    return before.is_word or before.word in "$€£₪#.:/"


def _is_part_of_a_word(tokens: Sequence[Token], after: int, suffixes: frozenset[str]) -> bool:
    """193-member, 12th, 3.5, 40%: glued to a word, a point or a per cent sign behind it."""
    if after >= len(tokens) or tokens[after].start != tokens[after - 1].end:
        return False
    mark, rest = tokens[after], tokens[after + 1 : after + 2]
    glued = bool(rest) and rest[0].start == mark.end
    if mark.word == "-":
        return glued and rest[0].is_word
    if mark.word in ".:/":
        return glued and rest[0].word[0].isdigit()
    return mark.word == "%" or mark.word in suffixes
