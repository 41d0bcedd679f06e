"""Round numbers: "more than 140", "some 140", "140-odd". They count nobody, for what is exact is not said; nor do
percents.

The words that make a number round are those of the section [inexact] of a language: `before` it, `behind` it, or
(`tens`) before it, if it ends in a nought.
"""

from __future__ import annotations

from watcher.core.votes.reading import Phrase

_TEN = 10


def is_round(phrases: tuple[Phrase, ...], number: int) -> bool:
    """Whether the number at phrase `number` is told roughly; a dash may join it to the word that says so. After what
    may only introduce it, a number is rough where it ends in a nought: "some 140", not "some 124".
    """
    before = number - 1
    if before > 0 and phrases[before].word == "-":
        before -= 1
    told = phrases[before].tags.get("inexact") if before >= 0 else None
    if told == "before" or (told == "tens" and (phrases[number].number or 0) % _TEN == 0):
        return True
    return number + 1 < len(phrases) and phrases[number + 1].tags.get("inexact") == "behind"
