"""Counts whose number stands behind their side: "Against: 12", "opposed by just seven", "votaron en contra 12"."""

from __future__ import annotations

from watcher.core.votes.reading import Phrase, Sentence
from watcher.core.votes.rounding import is_round
from watcher.core.votes.sides import SIDES
from watcher.core.votes.tally import FEWEST_TO_CARRY, Count

_LINKS = {":", "=", "-", "("}
_LED_OVER = {":", "=", "-", '"'}  # between a side and the number it leads: «against» — 12
_LED_REACH = 3  # phrases between "against" and the "voted 12" that it opens
_PLACE_REACH = 6  # words on when and where between a verb and the number it leads


def linked(sentence: Sentence, at: int, side: str) -> Count | None:
    """As in "Against: 12", "in favour (141)"."""
    phrases = sentence.phrases
    if at + 2 >= len(phrases) or phrases[at + 2].number is None:
        return None
    if phrases[at + 1].word in _LINKS or phrases[at + 1].has("linking") or _are_apposed(phrases, at):
        return Count(side, phrases[at + 2].number or 0, sentence, at, at + 2, at + 2)
    return None


def _are_apposed(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "those that abstained, 68, or voted against, 19,": two sides, each with its number between commas."""
    sides = (index for index in range(len(phrases)) if any(map(phrases[index].has, SIDES)))
    apposed = [index for index in sides if _is_apposed(phrases, index)]
    return at in apposed and len(apposed) > 1


def _is_apposed(phrases: tuple[Phrase, ...], at: int) -> bool:
    if at + 2 >= len(phrases) or phrases[at + 1].word != "," or phrases[at + 2].number is None:
        return False
    return at + 3 == len(phrases) or phrases[at + 3].word in {",", ".", ";"} or phrases[at + 3].has("and")


def led(sentence: Sentence, at: int, side: str) -> Count | None:
    """As in "votaron en contra 12 países", "przeciw było pięć": in some languages the side comes first."""
    index = number_led(sentence.phrases, at)
    if index is None or is_round(sentence.phrases, index) or _is_of_a_part(sentence.phrases, index):
        return None
    if is_of_a_stranger(sentence.phrases, index):
        return None
    if at and sentence.phrases[at].has("side_noun") and sentence.phrases[at - 1].number is not None:
        return None  # "137 a favor 12 en contra"
    if sentence.phrases[at].has("side_verb") and _is_counted_before(sentence.phrases, at):
        return None  # "14 países se opusieron y otros 30 se abstuvieron"
    return Count(side, sentence.phrases[index].number or 0, sentence, at, index, index)


def _is_counted_before(phrases: tuple[Phrase, ...], at: int) -> bool:
    """Whether a number and its voters stand right before a side."""
    number = at - 1
    while number > 0 and phrases[number].has("voters"):
        number -= 1
    return number >= 0 and phrases[number].number is not None


def after_passive(sentence: Sentence, at: int, side: str) -> Count | None:
    """As in "approved by 141 countries", "opposed by just seven"."""
    phrases = sentence.phrases
    index = at + 1
    while index < len(phrases) and (phrases[index].has("filler") or phrases[index].has("cut_vague")):
        index += 1
    if index >= len(phrases) or phrases[index].number is None or is_round(phrases, index):
        return None
    value = phrases[index].number or 0
    carries = phrases[at].has("outcome") and side == "in_favour"
    if _is_of_a_part(phrases, index) or (carries and value < FEWEST_TO_CARRY):
        return None
    following = phrases[index + 1] if index + 1 < len(phrases) else phrases[index]
    counted = (
        "voters" in following.tags
        or "share" in following.tags
        or not following.word[:1].isalpha()
        or any(tag in following.tags for tag in ("filler", "and", "side_passive"))
    )
    return Count(side, value, sentence, at, index, index) if counted else None


def _is_of_a_part(phrases: tuple[Phrase, ...], number: int) -> bool:
    """As in "se abstuvieron cuatro países árabes": others may have done so, too."""
    return any(phrase.has("partial") for phrase in phrases[number + 1 : number + 3])


def is_of_a_stranger(phrases: tuple[Phrase, ...], number: int) -> bool:
    """As in "fand keine Mehrheit": a "no" belongs to the word behind it, and only that of voters counts them."""
    behind = phrases[number + 1 : number + 2]
    return (
        phrases[number].number == 0 and bool(behind) and not behind[0].tags and behind[0].word[:1].isalpha()
    )


def side_led(phrases: tuple[Phrase, ...], at: int) -> str:
    """The side of a verb whose number follows, by what stands before it: "against the resolution voted 12"."""
    for index in range(at - 1, max(-1, at - 1 - _LED_REACH), -1):
        if phrases[index].has("side_noun"):
            head = index == 0 or not phrases[index - 1].word[:1].isalnum() or phrases[index - 1].has("and")
            return phrases[index].tags["side_noun"] if head else phrases[at].tags["side_lead"]
        if not any(phrases[index].has(tag) for tag in ("document", "determiner", "filler")):
            break
    return phrases[at].tags["side_lead"]


def number_led(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """The phrase of the number that the side at `at` leads, with nothing but filling between. A verb whose side opens
    the clause may be told when and where, too: "Dafür stimmten bei einer Sitzung in Genf 25 Staaten"."""
    framed = phrases[at].has("casting") or (
        phrases[at].has("side_opening") and not phrases[at].has("side_verb")
    )
    index, left = at + 1, _PLACE_REACH if framed else 0
    while index < len(phrases) and phrases[index].number is None:
        passed = phrases[index].has("filler") or phrases[index].has("recent")
        if not (passed or phrases[index].word in _LED_OVER):
            left -= 1
            if left < 0 or not _is_of_a_place(phrases[index]):
                return None
        index += 1
    if index >= len(phrases):
        return None
    adverbs = framed and left < _PLACE_REACH
    return (
        index
        if not adverbs or any(phrase.has("voters") for phrase in phrases[index + 1 : index + 2])
        else None
    )


def _is_of_a_place(phrase: Phrase) -> bool:
    """What may tell when or where it was voted, and does not vote itself."""
    named = phrase.word[:1].isalnum() and not phrase.country
    return named and not any(
        phrase.has(tag) for tag in ("and", "outcome", "voters", "modal", "inexact", *SIDES)
    )
