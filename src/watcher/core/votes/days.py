"""The parts of a date as it is written, and whether it is that of something done: "24 February 2026", "in 2022"."""

from __future__ import annotations

from watcher.core.votes.reading import Phrase

_FIRST_YEAR, _LAST_YEAR = 1945, 2100


def parts_of_date(phrases: tuple[Phrase, ...], at: int) -> tuple[int, int | None, int | None, int | None]:
    """The last phrase of the date that begins at `at`, and its month, day and year as far as it has them."""
    month = day = year = None
    last = at
    for index in range(at, min(at + 5, len(phrases))):
        phrase = phrases[index]
        if "month" in phrase.tags and month is None:
            month = int(phrase.tags["month"])
        elif day is None and _is_day(phrase):
            day = phrase.number
        elif (found := _year(phrase)) is not None and year is None and (index == at or month is not None):
            year = found
        elif phrase.word in {",", "."} and month is not None:
            continue
        elif phrase.has("share") and day is not None:
            continue  # "19 de diciembre de 2011"
        else:
            break
        last = index
    if month is None and day is not None:
        return last, None, None, None
    placed = at > 0 and phrases[at - 1].has("cut_place")  # "in March"
    if phrases[at].has("verb_too") and day is None and year is None and not placed:
        return last, None, None, None
    return last, month, day, year


def is_governed(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "until the 31 October 2026", "declares 11 July a day of", wherever in the date it is asked: no day on which
    something was done. Nor is a year in brackets."""
    before = at - 1
    while before >= 0 and _is_of_a_date(phrases, before):
        before -= 1
    governed = before >= 0 and (phrases[before].has("since") or phrases[before].has("proclaiming"))
    return governed or (at > 0 and phrases[at - 1].word == "(")


def _is_of_a_date(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As "el", "31", "de" and "octubre" in "hasta el 31 de octubre", the comma of "June 30, 2026"."""
    phrase = phrases[at]
    if phrase.word in {",", "."}:
        return at > 0 and (phrases[at - 1].has("month") or _is_day(phrases[at - 1]))
    joint = phrase.has("share") and not phrase.has("since")
    return _is_day(phrase) or joint or phrase.has("month") or phrase.has("determiner")


def _is_day(phrase: Phrase) -> bool:
    return phrase.number is not None and 1 <= phrase.number <= 31 and phrase.word.isdigit()


def _year(phrase: Phrase) -> int | None:
    if phrase.number is None and len(phrase.word) == 4 and phrase.word.isdecimal():
        year = int(phrase.word)
        return year if _FIRST_YEAR <= year <= _LAST_YEAR else None
    return None
