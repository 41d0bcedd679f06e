"""One term of a rule: what an analyst typed, ready to be looked for. The syntax stands in config.toml.

Nothing is searched here: see engine.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from watcher.core.text import Folded, fold

# What Hebrew and Arabic write as one word with what follows: "and", "in", "to", "from", "the" …
_PREFIXES = {
    "hebrew": re.compile(r"[ולמהבשכ]{1,3}"),
    "arabic": re.compile(r"[وف]?(?:[بك]?(?:ال)?|لل?)"),
}
_LONGEST_PREFIX = 4


@dataclass(frozen=True, slots=True)
class Term:
    """`pattern` is the folded text to look for; what may follow it in the word is free where a `*` stood.

    `rest`: the pieces after the first `*`, each the beginning of a later word: "Гідеон* Саар*" is "гідеон", then any
    ending, a space, "саар", and any ending if `prefix`. `exact`: the raw letters it must have, or None.
    """

    source: str
    pattern: str
    rest: tuple[str, ...]
    prefix: bool
    exact: str | None

    def reach(self, text: Folded, start: int, end: int) -> int | None:
        """Where the term ends whose pattern was found at [start, end) of the folded text; None if it is not meant.

        Evidence shows whole words: a prefix reaches to the end of its word.
        """
        folded = text.folded
        before = folded[start - 1 : start]
        if before.isalnum() and _joined(before, folded[start]) and not _prefixed(folded, start):
            return None
        for piece in self.rest:
            end = _end_of_word(folded, end)
            if not folded.startswith(f" {piece}", end):
                return None
            end += len(piece) + 1
        if self.prefix:
            return _end_of_word(folded, end)
        after = folded[end : end + 1]
        if after.isalnum() and _joined(folded[end - 1], after):
            return None
        if self.exact is not None and text.raw[slice(*text.span(start, end))] != self.exact:
            return None
        return end


def parse_term(source: str) -> Term:
    """Read one term. Raises ValueError with a sentence when nothing could be looked for."""
    text = " ".join(source.split())
    exact = text.startswith("=")
    core = text.removeprefix("=")
    pattern, *rest = [fold(piece).strip() for piece in core.removesuffix("*").split("* ")]
    if any("*" in piece for piece in (pattern, *rest)):
        raise ValueError(f'"{source}": a "*" may only end a word')
    if exact and "*" in core:
        raise ValueError(f'"{source}": exact letters ("=") and any ending ("*") exclude each other')
    if not all(any(char.isalnum() for char in piece) for piece in (pattern, *rest)):
        raise ValueError(f'"{source}" has no letter or digit to look for')
    if "*" in core and len(pattern) < 2:
        raise ValueError(f'"{source}" would match every word that begins with "{pattern}"')
    return Term(source, pattern, tuple(rest), core.endswith("*"), core if exact else None)


def _end_of_word(folded: str, end: int) -> int:
    while end < len(folded) and folded[end].isalnum():
        end += 1
    return end


def _joined(left: str, right: str) -> bool:
    """Whether two neighbouring characters belong to one word. Chinese and Japanese do not part their words."""
    return left.isalnum() and right.isalnum() and not (_ideograph(left) or _ideograph(right))


def _ideograph(char: str) -> bool:
    return "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff"


def _prefixed(folded: str, start: int) -> bool:
    """Whether all that stands before `start` in its word is a prefix of the kind that is written together."""
    char = folded[start]
    script = "hebrew" if "\u05d0" <= char <= "\u05ea" else "arabic" if "\u0600" <= char <= "\u06ff" else None
    if script is None:
        return False
    first = start
    while first and start - first <= _LONGEST_PREFIX and folded[first - 1].isalnum():
        first -= 1
    return _PREFIXES[script].fullmatch(folded, first, start) is not None
