"""The numbers of a sentence that count votes: which number stands for which side.

Every rule here needs the number and the side in one sentence and in reach of each other. What stands in between
is checked phrase by phrase: voters, fillers, lists of countries and parentheses may, a second number, a verb or a
stranger may not. Whether the vote is a new one, or a UN one, is for others to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from watcher.core.votes.reading import Phrase, Sentence

_SIDES = ("side_noun", "side_verb", "side_loose", "side_opening")
_STRANGERS = 3  # unknown words allowed between a number and its side, if voters are named
_LONGEST_GAP = 40  # phrases, lists of countries included
_LINKS = {":", "=", "-", "("}
_LED_OVER = {":", "=", "-", '"'}  # between a side and the number it leads: «against» — 12
_PAIR_CUES = ("outcome", "ballot", "voting", "side_verb", "voters", "side_passive")


class Count(NamedTuple):
    """`value` votes for `side`, read from phrases [first, last] of a sentence."""

    side: str
    value: int
    sentence: Sentence
    first: int
    last: int
    number: int  # the phrase of the number itself


def counts_in(sentence: Sentence) -> list[Count]:
    """The counts of a sentence in its order; one number is never counted twice."""
    if all(phrase.number is None for phrase in sentence.phrases):
        return []
    found: list[Count] = list(_bare_tallies(sentence))
    for count in _said(sentence, {count.number for count in found}):
        if count.number not in {other.number for other in found}:
            found.append(count)
    found += _unsaid(sentence, found)
    return sorted(_without_lone_for(sentence, found), key=lambda count: count.number)


def _unsaid(sentence: Sentence, found: list[Count]) -> Iterator[Count]:
    """As in "adopted by 124 votes, 14 against": the votes that carried a text, where those against it are told."""
    if {count.side for count in found} & {"in_favour"} or not any(count.side == "against" for count in found):
        return
    first = min(count.number for count in found)
    for at in range(1, first - 1):
        cue, number, votes = sentence.phrases[at - 1 : at + 2]
        if number.number is not None and cue.has("outcome") and cue.has("row_cue") and votes.has("voters"):
            yield Count("in_favour", number.number, sentence, at, at + 1, at)
            return


def _said(sentence: Sentence, used: set[int]) -> Iterator[Count]:
    """Counts that name their side: "12 against", "opposed by seven", "four joined Russia in opposing"."""
    for at, phrase in enumerate(sentence.phrases):
        free = (count for count in _at(sentence, at, phrase) if count and count.number not in used)
        if (count := next(free, None)) is not None:
            used.add(count.number)
            yield count


def _at(sentence: Sentence, at: int, phrase: Phrase) -> Iterator[Count | None]:
    """The counts that the phrase at `at` may be the side of, the likeliest first."""
    if "side_lead" in phrase.tags:
        yield _led(sentence, at, side_led(sentence.phrases, at))
    if "side_passive" in phrase.tags:
        yield _after(sentence, at, phrase.tags["side_passive"])
    if side := next((phrase.tags[tag] for tag in _SIDES if tag in phrase.tags), None):
        yield _joined(sentence, at, side)
        yield _before(sentence, at, side)
        yield _linked(sentence, at, side)
    if "side_infinitive" in phrase.tags and any(
        before.has("among") for before in sentence.phrases[max(0, at - _STRANGERS) : at]
    ):
        yield _before(sentence, at, phrase.tags["side_infinitive"])  # "one of 14 countries to vote against"
    if "side_opening" in phrase.tags:
        yield _led(sentence, at, phrase.tags["side_opening"])


def _before(sentence: Sentence, at: int, side: str) -> Count | None:
    """As in "87 countries voted for", "141 of the 193 members in support", "seven - including Russia - opposing"."""
    number = None if _has_own_voter(sentence.phrases, at) else _number_before(sentence.phrases, at)
    if number is None or not _exact(sentence.phrases, number, at):
        return None
    value, first = _with_others(sentence.phrases, number)
    return Count(side, value, sentence, first, at, number)


def _has_own_voter(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "by 14 votes, with Russia abstaining": the 14 are not those who abstain."""
    index = at - 1
    while index >= 0 and (
        phrases[index].country or phrases[index].word == "," or phrases[index].has("determiner")
        or phrases[index].has("and")
    ):  # fmt: skip
        index -= 1
    return phrases[at].has("participle") and 0 <= index < at - 1 and phrases[index].has("attending")


def _number_before(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """The phrase of the number whose voters stand at the side `at`; None if something else stands between."""
    certain = "side_loose" not in phrases[at].tags or "side_noun" in phrases[at].tags
    strangers, named = 0, False
    index = at - 1
    while index >= 0 and at - index <= _LONGEST_GAP:
        phrase = phrases[index]
        if phrase.word == ")":
            index = _opening(phrases, index) - 1
            continue
        if phrase.number is not None:
            index = _share(phrases, index)
            named_at_all = named or any("voters" in earlier.tags for earlier in phrases[:index])
            return index if (named or not strangers) and (certain or named_at_all) else None
        named = named or "voters" in phrase.tags
        strangers += _cost(phrases, index)
        if strangers > _STRANGERS:
            return None
        index -= 1
    return None


def _cost(phrases: tuple[Phrase, ...], index: int) -> int:
    """What it costs to step over a phrase: nothing, a stranger's price, or more than there is."""
    phrase, following = phrases[index], phrases[index + 1]
    if phrase.country or any(
        tag in phrase.tags for tag in ("voters", "filler", "body", "body_again", "un", "including")
    ):
        return 0
    if phrase.word == '"' or (phrase.word == "-" and phrases[index - 1].number is not None):
        return 0  # "16 — «against»"
    if "and" in phrase.tags or phrase.word in {",", "-"}:
        after = phrases[min(index + 2, len(phrases) - 1)]
        named = following.country or phrases[index - 1].country
        named = named or (after.country if "determiner" in following.tags else None)
        listed = named is not None or "including" in following.tags
        return 0 if listed else 1
    stops = (
        "outcome",
        "modal",
        "required",
        "joining",
        "figure",
        "side_passive",
        "elsewhere",
        "partial",
        *_SIDES,
    )
    if phrase.word in {";", ":", "(", "."} or any(tag in phrase.tags for tag in stops):
        return _STRANGERS + 1
    return 1


def _opening(phrases: tuple[Phrase, ...], closing: int) -> int:
    return next((index for index in range(closing, -1, -1) if phrases[index].word == "("), 0)


def _share(phrases: tuple[Phrase, ...], total: int) -> int:
    """In "141 of the 193" and "13 of the other 14" the first number is meant."""
    index, shared = total - 1, False
    while index >= 0 and any(phrases[index].has(tag) for tag in ("share", "filler", "voters")):
        shared = shared or phrases[index].has("share")
        index -= 1
    return index if shared and index >= 0 and phrases[index].number is not None else total


def _exact(phrases: tuple[Phrase, ...], number: int, side: int) -> bool:
    """Not "more than 120", not "nine votes needed", not "one of the countries"."""
    before, after = phrases[max(0, number - 2) : number], phrases[side + 1 : side + 3]
    if any("required" in phrase.tags for phrase in (*before, *after)):
        return False
    if number and "inexact" in phrases[number - 1].tags:
        return False
    if number > 1 and phrases[number - 1].word == "-" and phrases[number - 2].number is not None:
        return False  # the second half of a score or a span
    return not (phrases[number].number == 1 and phrases[number + 1].has("share"))


def _with_others(phrases: tuple[Phrase, ...], number: int) -> tuple[int, int]:
    """How many "France and 51 other countries" are: 52; the value, and the first phrase it was read from."""
    value, first = phrases[number].number or 0, number
    other = phrases[number - 1].has("other") if number else False
    joint = number - 2 if other and not phrases[number - 1].has("and") else number - 1
    if not (other or phrases[number + 1].has("other")) or joint < 1 or not phrases[joint].has("and"):
        return value, first
    index = joint - 1
    while index >= 0 and (
        phrases[index].country
        or phrases[index].word == ","
        or phrases[index].has("determiner")
        or phrases[index].has("and")
    ):
        if phrases[index].country:
            value, first = value + 1, index
        index -= 1
    return value, first


def _joined(sentence: Sentence, at: int, side: str) -> Count | None:
    """As in "Only four countries joined Russia and Belarus in voting against": six, for the joined voted so too."""
    phrases = sentence.phrases
    joining = next((index for index in range(at - 1, -1, -1) if "joining" in phrases[index].tags), None)
    if joining is None or any("outcome" in phrase.tags for phrase in phrases[joining:at]):
        return None
    if not any(phrase.has("joined_in") for phrase in phrases[joining:at]):
        return None
    number = _number_before((*phrases[:joining], phrases[at]), joining)
    if number is None or not _exact(phrases, number, joining):
        return None
    joined = {phrase.country for phrase in phrases[joining:at] if phrase.country and phrase.kind != "demonym"}
    value = phrases[number].number
    return Count(side, (value or 0) + len(joined), sentence, number, at, number) if joined else None


def _linked(sentence: Sentence, at: int, side: str) -> Count | None:
    """As in "Against: 12", "in favour (141)"."""
    phrases = sentence.phrases
    if at + 2 < len(phrases) and phrases[at + 1].word in _LINKS and phrases[at + 2].number is not None:
        return Count(side, phrases[at + 2].number or 0, sentence, at, at + 2, at + 2)
    return None


def _led(sentence: Sentence, at: int, side: str) -> Count | None:
    """As in "votaron en contra 12 países", "przeciw było pięć": in some languages the side comes first."""
    index = number_led(sentence.phrases, at)
    if index is None or "inexact" in sentence.phrases[index - 1].tags:
        return None
    if at and sentence.phrases[at].has("side_noun") and sentence.phrases[at - 1].number is not None:
        return None  # "137 a favor 12 en contra"
    return Count(side, sentence.phrases[index].number or 0, sentence, at, index, index)


def side_led(phrases: tuple[Phrase, ...], at: int) -> str:
    """The side of a verb whose number follows, by what stands before it: "against the resolution voted 12"."""
    for index in range(at - 1, max(-1, at - 1 - _STRANGERS), -1):
        if phrases[index].has("side_noun"):
            return phrases[index].tags["side_noun"]
        if not any(phrases[index].has(tag) for tag in ("document", "determiner", "filler")):
            break
    return phrases[at].tags["side_lead"]


def number_led(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """The phrase of the number that the side at `at` leads, with nothing but filling between."""
    index = at + 1
    while index < len(phrases) and ("filler" in phrases[index].tags or phrases[index].word in _LED_OVER):
        index += 1
    return index if index < len(phrases) and phrases[index].number is not None else None


def _after(sentence: Sentence, at: int, side: str) -> Count | None:
    """As in "approved by 141 countries", "opposed by just seven"."""
    phrases = sentence.phrases
    index = at + 1
    while index < len(phrases) and (phrases[index].has("filler") or phrases[index].has("cut_vague")):
        index += 1
    if index >= len(phrases) or phrases[index].number is None or "inexact" in phrases[index - 1].tags:
        return None
    following = phrases[index + 1] if index + 1 < len(phrases) else phrases[index]
    counted = (
        "voters" in following.tags
        or "share" in following.tags
        or not following.word[:1].isalpha()
        or "filler" in following.tags
    )
    return Count(side, phrases[index].number or 0, sentence, at, index, index) if counted else None


def _bare_tallies(sentence: Sentence) -> Iterator[Count]:
    """As in "93-18-65", "by 120 votes to 14", "in a 118-49 vote": the sides are told by the order."""
    phrases = sentence.phrases
    at = 0
    while at < len(phrases):
        numbers = _row_of_numbers(phrases, at)
        if len(numbers) >= 2 and _is_ballot(sentence, numbers):
            sides = _order(sentence, phrases[numbers[0]].number or 0, phrases[numbers[1]].number or 0)
            for side, index in zip(sides, numbers, strict=False):
                yield Count(side, phrases[index].number or 0, sentence, numbers[0], numbers[-1], index)
        at = numbers[-1] + 1 if numbers else at + 1


def _row_of_numbers(phrases: tuple[Phrase, ...], at: int) -> list[int]:
    """Where the numbers of "93-18-65" or "120 votes to 14" stand, beginning at `at`; at most three."""
    numbers: list[int] = []
    index = at
    while index < len(phrases) and phrases[index].number is not None and len(numbers) < 3:
        numbers.append(index)
        index += 1
        if len(numbers) == 1 and index < len(phrases) and "voters" in phrases[index].tags:
            index += 1
        if index >= len(phrases) or not phrases[index].has("row_mark"):
            break
        index += 1
    return numbers


def _is_ballot(sentence: Sentence, numbers: list[int]) -> bool:
    """Whether a row of numbers is the result of a ballot, and not a score, a date or a span."""
    phrases, first, last = sentence.phrases, numbers[0], numbers[-1]
    before = phrases[first - 1].tags if first else {}
    after = phrases[last + 1].tags if last + 1 < len(phrases) else {}
    if "span" in before or after.keys() & {"month", "side_noun", "side_verb"}:
        return False
    cued = "row_cue" in before or "document" in before or after.keys() & {"ballot", "voters"}
    return (len(numbers) == 3 or bool(cued)) and any(sentence.has(tag) for tag in _PAIR_CUES)


def _order(sentence: Sentence, one: int, other: int) -> tuple[str, str, str]:
    """The yes comes first, except where "rejected by 120 votes to 14" counts those who rejected."""
    if one > other and sentence.has("turned_down"):
        return ("against", "in_favour", "abstained")
    return ("in_favour", "against", "abstained")


def _without_lone_for(sentence: Sentence, counts: list[Count]) -> list[Count]:
    """The number of "120 for" counts only beside "14 against": alone, "for" is a preposition."""
    sides = {count.side for count in counts}
    return [
        count for count in counts if "lone" not in sentence.phrases[count.last].tags or sides - {count.side}
    ]
