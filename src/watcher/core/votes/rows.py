"""Rows of figures: "93-18-65", "by 120 votes to 14", "in a 118-49 vote". Their order tells the sides.

A row is the result of a ballot, and not a score, a date or a span, only where a text, an outcome or voters say so.
"""

from __future__ import annotations

from collections.abc import Iterator

from watcher.core.votes.lexicon import Tags
from watcher.core.votes.reading import Phrase, Sentence
from watcher.core.votes.rounding import is_round
from watcher.core.votes.tally import FEWEST_TO_CARRY, Count

_PAIR_CUES = ("score", "outcome", "ballot", "voting", "side_verb", "voters", "side_passive")
_ANNOUNCED_REACH = 7  # phrases between "the tally" and its numbers
_REJECTED_REACH = 3  # phrases between "120-14 against" and the motion that was turned down


def row_counts(sentence: Sentence) -> Iterator[Count]:
    """As in "93-18-65", "by 120 votes to 14", "in a 118-49 vote": the sides are told by the order."""
    phrases = sentence.phrases
    at = 0
    while at < len(phrases):
        numbers = _row_of_numbers(phrases, at)
        if len(numbers) >= 2 and _is_ballot(sentence, numbers):
            sides = _order(sentence, numbers)
            for side, index in zip(sides, numbers, strict=False):
                if not is_round(phrases, index):
                    yield Count(side, phrases[index].number or 0, sentence, numbers[0], numbers[-1], index)
        at = numbers[-1] + 1 if numbers else at + 1


def _row_of_numbers(phrases: tuple[Phrase, ...], at: int) -> list[int]:
    """Where the numbers of "93-18-65" or "120 votes to 14" stand, beginning at `at`; at most three."""
    numbers: list[int] = []
    index = at
    while index < len(phrases) and phrases[index].number is not None and len(numbers) < 3:
        numbers.append(index)
        index += 1
        if len(numbers) == 1 and index < len(phrases) and _is_of_the_ayes(phrases, index):
            index += 1
            if index + 1 < len(phrases) and phrases[index].word == "," and phrases[index + 1].has("row_mark"):
                index += 1  # "149 voix, contre 12"
        if index >= len(phrases) or not phrases[index].has("row_mark"):
            break
        index += 1
    return numbers


def _is_of_the_ayes(phrases: tuple[Phrase, ...], at: int) -> bool:
    """What may stand behind the first number of a row: "120 votes to 14", "120 in favour against 14"."""
    parted = phrases[at + 1 : at + 2]
    sided = phrases[at].tags.get("side_noun") == "in_favour" and bool(parted) and parted[0].has("row_mark")
    return phrases[at].has("voters") or sided


def _is_ballot(sentence: Sentence, numbers: list[int]) -> bool:
    """Whether a row of numbers is the result of a ballot, and not a score, a date or a span."""
    phrases, first, last = sentence.phrases, numbers[0], numbers[-1]
    before = phrases[first - 1].tags if first else {}
    after = phrases[last + 1].tags if last + 1 < len(phrases) else {}
    counts_behind = "side_verb" in after and not _is_led(phrases, first)  # "12 to 20 states voted against"
    if "span" in before or "month" in after or counts_behind or not _fits(sentence, numbers, after):
        return False
    cued = _is_led(phrases, first) or bool(before.keys() & {"document", "receiving"})
    cued = cued or bool(after.keys() & {"ballot", "voters"})
    cued = cued or ("outcome" in before and _is_closed(phrases, last)) or _is_announced(phrases, first)
    cued = cued or (sentence.has("outcome") and _is_closed_score(phrases, first, last))
    told = phrases[first + 1].has("side_noun")  # "165 voix contre sept"
    cued = cued or phrases[first + 1].tags.get("side_noun") == "in_favour"
    told = told or any(sentence.has(tag) for tag in _PAIR_CUES) or _is_carried(sentence, numbers)
    return (len(numbers) == 3 or cued) and told


def _is_carried(sentence: Sentence, numbers: list[int]) -> bool:
    """As in "backs the text 149-12", "stimmt mit 149 zu 12 für": by so many votes a body decides; pages are fewer."""
    most = max(sentence.phrases[index].number or 0 for index in numbers)
    ends = _is_led(sentence.phrases, numbers[0]) or _is_closed(sentence.phrases, numbers[-1])
    told = any(map(sentence.has, ("casting", "side_loose", "side_noun")))
    return most >= FEWEST_TO_CARRY and ends and told


def _is_led(phrases: tuple[Phrase, ...], first: int) -> bool:
    """As in "by 120 votes to 14"; the word for votes may say it alone: "120 голосами проти 14"."""
    return phrases[first + 1].has("row_cue") or (first > 0 and phrases[first - 1].has("row_cue"))


def _is_announced(phrases: tuple[Phrase, ...], first: int) -> bool:
    """As in "The tally on the board - 121 to 14": the word for the result opens the clause, and no other number."""
    for at in range(first - 1, max(-1, first - 1 - _ANNOUNCED_REACH), -1):
        if phrases[at].has("score"):
            return True
        if phrases[at].number is not None or phrases[at].word in {",", ";", "."} or phrases[at].has("figure"):
            return False
    return False


def _is_closed_score(phrases: tuple[Phrase, ...], first: int, last: int) -> bool:
    """As in "adopted it 78-15.", "approved the text 78-15 with 79 abstentions": it counts nothing behind it."""
    glued = phrases[first + 1].word == "-" and phrases[first].end == phrases[first + 1].start
    return glued and _is_closed(phrases, last)


def _is_closed(phrases: tuple[Phrase, ...], last: int) -> bool:
    """Whether a row counts nothing that stands behind it, as "12 to 20 miles" does."""
    behind = phrases[last + 1] if last + 1 < len(phrases) else None
    return behind is None or not behind.word[:1].isalnum() or behind.has("attending")


def _fits(sentence: Sentence, numbers: list[int], after: Tags) -> bool:
    """Whether a side behind a row goes with it: "by 143 votes to 9 in favour of a text", "185-2 against the blockade",
    not "12 - 3 abstentions".
    """
    if "side_noun" not in after:
        return True
    one, other = (sentence.phrases[index].number or 0 for index in numbers[:2])
    if _has_target(sentence.phrases, numbers[-1] + 1):
        return True
    led = _is_led(sentence.phrases, numbers[0])
    return led and len(numbers) == 2 and after["side_noun"] == "in_favour" and one > other


def _has_target(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "votes 185-2 against the blockade": the side behind a row is a preposition to what was voted on."""
    following = phrases[at + 1 : at + 2]
    return phrases[at].has("target") and bool(following) and following[0].word[:1].isalpha()


def _order(sentence: Sentence, numbers: list[int]) -> tuple[str, str, str]:
    """The yes comes first, except where "rejected by 120 votes to 14" and "voted 120-14 against the motion" count
    first those who said no. "Voted 185-2 against the blockade" is a yes to a text that names it.
    """
    phrases = sentence.phrases
    one, other = (phrases[index].number or 0 for index in numbers[:2])
    turned_down = _turns_down(phrases, numbers)
    behind = phrases[numbers[-1] + 1 :]
    if behind and behind[0].tags.get("side_noun") == "against":
        turned_down = turned_down or any(phrase.has("document") for phrase in behind[1 : 2 + _REJECTED_REACH])
    if one > other and turned_down:
        return ("against", "in_favour", "abstained")
    return ("in_favour", "against", "abstained")


def _turns_down(phrases: tuple[Phrase, ...], numbers: list[int]) -> bool:
    """Whether the row counts how a text was turned down: that is told last before it, or is the first that follows."""
    ends = ("outcome", "outcome_plural", "turned_down")
    before = next((phrase for phrase in reversed(phrases[: numbers[0]]) if any(map(phrase.has, ends))), None)
    if before is not None:
        return before.has("turned_down")
    behind = next((phrase for phrase in phrases[numbers[-1] :] if any(map(phrase.has, ends[:2]))), None)
    return behind is not None and behind.has("turned_down")
