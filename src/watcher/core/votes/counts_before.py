"""Counts whose number stands before their side: "87 countries voted for", "141 of the 193 members in support".

What stands in between is checked phrase by phrase: voters, fillers, lists of countries and parentheses may, a second
number, a verb or a stranger may not. To those who are counted come those whom they joined, or who did likewise.
"""

from __future__ import annotations

from watcher.core.votes.asides import opening_of
from watcher.core.votes.country_lists import named_before
from watcher.core.votes.reading import Phrase, Sentence
from watcher.core.votes.rounding import is_round
from watcher.core.votes.sides import SIDES
from watcher.core.votes.tally import Count
from watcher.core.votes.voters import subjects

_STRANGERS = 3  # unknown words allowed between a number and its side, if voters are named
_LONGEST_GAP = 40  # phrases, lists of countries included


def before_side(sentence: Sentence, at: int, side: str) -> Count | None:
    """As in "87 countries voted for", "141 of the 193 members in support", "seven - including Russia - opposing"."""
    number = None if _has_own_voter(sentence.phrases, at) else _number_before(sentence.phrases, at)
    if number is None or not is_exact(sentence.phrases, number, at):
        return None
    value, first = _with_others(sentence.phrases, number)
    if _is_joined_behind(sentence.phrases, at):
        return None
    if number and sentence.phrases[number - 1].has("joining"):  # "Chad joined 31 others in abstaining"
        value += len(subjects(sentence.phrases, number - 1))
    return Count(side, value, sentence, first, at, number)


def of_those_alone(sentence: Sentence, at: int, side: str) -> Count | None:
    """As in "Only Chad and Mali voted against": two, for nobody did so but those named."""
    phrases = sentence.phrases
    if not phrases[at].has("side_verb") or not any(phrase.has("only") for phrase in phrases[:at]):
        return None
    named = named_before(phrases, _behind_last_name(phrases, at))
    only = named[0].at - 1 if named else -1
    while only > 0 and phrases[only].has("determiner"):
        only -= 1
    begins = only == 0 or (only > 0 and not phrases[only - 1].word[:1].isalnum())
    if not begins or not phrases[only].has("only") or _is_joined_behind(phrases, at):
        return None
    if any(phrase.has("partial") or phrase.has("group") for phrase in phrases):
        return None  # "Of the EU's members, only Chad abstained", "Only Chad abstained of the EU's members"
    return Count(side, len(named), sentence, only, at, named[0].at)


def _behind_last_name(phrases: tuple[Phrase, ...], at: int) -> int:
    """The last country before a verb, with nothing but filling between; -1 if there is none."""
    last = at - 1
    while last >= 0 and phrases[last].has("filler"):
        last -= 1
    return last if last >= 0 and phrases[last].country else -1


def with_likewise(sentence: Sentence, at: int, side: str) -> Count | None:
    """As in "Chad abstained, as did 22 other countries": 23."""
    phrases = sentence.phrases
    index = at + 1
    while index < len(phrases) and (phrases[index].word == "," or phrases[index].has("filler")):
        index += 1
    if index >= len(phrases) or not phrases[index].has("likewise"):
        return None
    index += 1
    while index + 1 < len(phrases) and phrases[index].has("other"):
        index += 1
    if index + 1 >= len(phrases) or phrases[index].number is None:
        return None
    others = phrases[index - 1].has("other") or phrases[index + 1].has("other")
    named = len(subjects(phrases, at))
    if not (others and named) or is_round(phrases, index):
        return None
    return Count(side, (phrases[index].number or 0) + named, sentence, at, index, index)


def with_joined(sentence: Sentence, at: int, side: str) -> Count | None:
    """As in "Only four countries joined Russia and Belarus in voting against": six, for the joined voted so too."""
    phrases = sentence.phrases
    joining = next((index for index in range(at - 1, -1, -1) if "joining" in phrases[index].tags), None)
    if joining is None or any("outcome" in phrase.tags for phrase in phrases[joining:at]):
        return None
    if not any(phrase.has("joined_in") for phrase in phrases[joining:at]):
        return None
    number = _number_before((*phrases[:joining], phrases[at]), joining)
    if number is None or not is_exact(phrases, number, joining) or phrases[number - 1].has("and"):
        return None
    joined = {phrase.country for phrase in phrases[joining:at] if phrase.country and phrase.kind != "demonym"}
    value = phrases[number].number
    return Count(side, (value or 0) + len(joined), sentence, number, at, number) if joined else None


def _is_joined_behind(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "Ten members backed it, as did Chad and Mali": there are more than were counted."""
    for index in range(at + 1, min(at + 2 + _STRANGERS, len(phrases) - 1)):
        if phrases[index].has("likewise"):
            return phrases[index + 1].country is not None and not phrases[index].has("and")
        over = ("it", "document", "filler", "determiner")
        if phrases[index].word not in {",", ";"} and not any(map(phrases[index].has, over)):
            return False
    return False


def _has_own_voter(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "by 14 votes, with Russia abstaining": the 14 are not those who abstain."""
    index = at - 1 - phrases[at - 1].has("did")
    while index >= 0 and (
        phrases[index].country or phrases[index].word == "," or phrases[index].has("determiner")
        or phrases[index].has("and")
    ):  # fmt: skip
        index -= 1
    own = phrases[at].has("participle") or phrases[at - 1].word != ","
    return own and 0 <= index < at - 1 and phrases[index].has("attending")


def _number_before(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """The phrase of the number whose voters stand at the side `at`; None if something else stands between."""
    loose = phrases[at].tags.get("side_loose")
    certain = loose in {None, "abstained"} or "side_noun" in phrases[at].tags
    strangers, named = 0, False
    index = at - 1
    while index >= 0 and at - index <= _LONGEST_GAP:
        phrase = phrases[index]
        if phrase.word == ")":
            index = opening_of(phrases, index) - 1
            continue
        if (opening := _aside_of_countries(phrases, index)) is not None:
            index = opening - 1
            continue
        if phrase.number is not None:
            if _is_apposed(phrases, index, at) or (counted := _share(phrases, index)) is None:
                return None
            index = counted
            named_at_all = named or any("voters" in earlier.tags for earlier in phrases[:index])
            certain = certain or (index == at - 1 and _is_done_to_it(phrases, at))
            return index if (named or not strangers) and (certain or named_at_all) else None
        named = named or "voters" in phrase.tags
        strangers += _cost(phrases, index)
        if strangers > _STRANGERS:
            return None
        index -= 1
    return None


def _is_apposed(phrases: tuple[Phrase, ...], number: int, side: int) -> bool:
    """As in "Chad and Mali, two of the sponsors, voted against": so many are spoken of, and others may have done so."""
    first = number - 1
    while first > 0 and (phrases[first].has("determiner") or phrases[first].has("filler")):
        first -= 1
    named = first > 0 and phrases[first].word == "," and phrases[first - 1].country is not None
    return named and any(phrase.word == "," for phrase in phrases[number + 1 : side])


def _is_done_to_it(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "98 lined up behind it", "four rejected the text"."""
    behind = phrases[at + 1 : at + 1 + _STRANGERS]
    return bool(behind) and (behind[0].has("it") or any(phrase.has("document") for phrase in behind))


def _cost(phrases: tuple[Phrase, ...], index: int) -> int:
    """What it costs to step over a phrase: nothing, a stranger's price, or more than there is."""
    phrase, following = phrases[index], phrases[index + 1]
    if phrase.has("partial") and (following.has("voters") or (index and phrases[index - 1].has("voters"))):
        return _STRANGERS + 1  # "nine African states"; "les cinq Européens" are all
    if phrase.has("partial") and index and phrases[index - 1].number is not None:
        every = index > 1 and phrases[index - 2].has("determiner")
        return 0 if every else _STRANGERS + 1  # "cuatro árabes votaron en contra"
    if phrase.country or any(
        tag in phrase.tags
        for tag in ("voters", "filler", "recent", "body", "body_again", "un", "including", "casting")
    ):
        return 0
    if phrase.word == '"' or (phrase.word == "-" and phrases[index - 1].number is not None):
        return 0  # "16 — «against»"
    if "and" in phrase.tags or phrase.word in {",", "-"}:
        after = phrases[min(index + 2, len(phrases) - 1)]
        named = following.country or phrases[index - 1].country
        named = named or (after.country if "determiner" in following.tags else None)
        listed = named is not None or "including" in following.tags or phrases[index - 1].has("including")
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
        *SIDES,
    )
    if phrase.has("figure") and following.word == "-":
        return 1  # "on the 35-nation board"
    if phrase.word in {";", ":", "(", "."} or any(tag in phrase.tags for tag in stops):
        return _STRANGERS + 1
    return 1


def _aside_of_countries(phrases: tuple[Phrase, ...], closing: int) -> int | None:
    """Where the aside begins that only names some of those who are counted: "Nine, led by Chad and Fiji, opposed"."""
    if phrases[closing].word not in {",", "-"}:
        return None
    named = False
    for index in range(closing - 1, -1, -1):
        phrase = phrases[index]
        if phrase.word == phrases[closing].word and (named or index == closing - 1):
            counted = index > 0 and (
                phrases[index - 1].number is not None or phrases[index - 1].has("voters")
            )
            if counted and named:
                return index
        if phrase.number is not None or any(tag in phrase.tags for tag in ("outcome", *SIDES)):
            return None
        named = named or phrase.country is not None
    return None


def _share(phrases: tuple[Phrase, ...], total: int) -> int | None:
    """In "141 of the 193", "13 of the other 14" and "28 of the Council's 47" the first number is meant; in "the only
    one of the 15" and "one of the 15" none is, for there may be more."""
    index, shared = total - 1, False
    while index >= 0 and (
        any(phrases[index].has(tag) for tag in ("share", "filler", "voters", "body", "body_again", "un"))
        or phrases[index].word == "'s"
    ):
        if phrases[index].tags.get("share") == "whole first":
            return total  # 15国中有14国
        shared = shared or phrases[index].has("share")
        index -= 1
    if index >= 0 and phrases[index].has("one_of"):
        return index if phrases[index].number is not None else None
    if shared and index >= 0 and phrases[index].has("among"):
        return None
    return index if shared and index >= 0 and phrases[index].number is not None else total


def is_exact(phrases: tuple[Phrase, ...], number: int, side: int) -> bool:
    """Not "more than 120", not "nine votes needed", not "one of the countries"."""
    before, after = phrases[max(0, number - 2) : number], phrases[side + 1 : side + 3]
    if any("required" in phrase.tags for phrase in (*before, *after)) and not _follows_what_was_needed(
        phrases, number
    ):
        return False
    excepted = number > 0 and phrases[number - 1].has("otherwise") and not phrases[number - 1].has("row_mark")
    if is_round(phrases, number) or excepted:
        return False  # "more than 120", "all but three"; but "frente a tres"
    if number > 1 and phrases[number - 1].word == "-" and phrases[number - 2].number is not None:
        return False  # the second half of a score or a span
    if _is_whole(phrases, number) or _was_before(phrases, number) or _is_within_a_part(phrases, number):
        return False
    if phrases[number + 1].has("share") and _is_of_those_who(phrases, number + 2, side):
        return False
    alone = number > 0 and phrases[number - 1].has("only")
    return alone or not (phrases[number].number == 1 and phrases[number + 1].has("share"))


def _follows_what_was_needed(phrases: tuple[Phrase, ...], number: int) -> bool:
    """As in "short of the nine votes required: eight voted for it": what was needed has its own number."""
    if number < _STRANGERS or phrases[number - 1].word != ":" or not phrases[number - 2].has("required"):
        return False
    return any(phrase.number is not None for phrase in phrases[max(0, number - 2 - _STRANGERS) : number - 2])


def _is_of_those_who(phrases: tuple[Phrase, ...], first: int, side: int) -> bool:
    """As in "two of the supporters": some of a side, which may have more; "13 of 15 in favour" are all of it."""
    noun = phrases[side].has("side_noun") and not phrases[side].has("side_verb")
    return noun and all(phrase.has("determiner") for phrase in phrases[first:side])


def _was_before(phrases: tuple[Phrase, ...], number: int) -> bool:
    """As in "fell from 141 in favour to 120": what was counted then."""
    if number == 0 or not phrases[number - 1].has("span"):
        return False
    behind = range(number + 1, min(number + 2 + 2 * _STRANGERS, len(phrases) - 1))
    return any(phrases[at].has("row_mark") and phrases[at + 1].number is not None for at in behind)


def _is_within_a_part(phrases: tuple[Phrase, ...], number: int) -> bool:
    """As in "Among the EU's 27 states, five abstained", "Of the African members, …": others may have done so, too."""
    if number == 0 or phrases[number - 1].word != ",":
        return False
    start = next((at + 1 for at in range(number - 2, -1, -1) if phrases[at].word in {",", ";", ":", "."}), 0)
    led = phrases[start].has("among") or phrases[start].has("share") or phrases[start].has("about")
    return led and any(phrase.has("partial") or phrase.has("group") for phrase in phrases[start:number])


def _is_whole(phrases: tuple[Phrase, ...], number: int) -> bool:
    """As in "Of the 15 members, only Chad and Mali abstained": so many are asked of, and did not do it."""
    at = number - 1
    while (
        at >= 0
        and (phrases[at].has("determiner") or phrases[at].has("filler"))
        and not phrases[at].has("share")
    ):
        at -= 1
    return at >= 0 and phrases[at].has("share") and (at == 0 or phrases[at - 1].word in {",", ";", ":", '"'})


def _opens_a_headline(phrases: tuple[Phrase, ...], joint: int) -> bool:
    """As in "Chad, six others say no": a comma stands for the "and" where the list begins the clause."""
    start = joint
    while start > 0 and (phrases[start - 1].country or phrases[start - 1].word == ","):
        start -= 1
    return phrases[joint].word == "," and (start == 0 or phrases[start - 1].word in {";", ":"})


def _with_others(phrases: tuple[Phrase, ...], number: int) -> tuple[int, int]:
    """How many "France and 51 other countries" are: 52; the value, and the first phrase it was read from."""
    value, first = phrases[number].number or 0, number
    other = phrases[number - 1].has("other") if number else False
    joint = number - 2 if other and not phrases[number - 1].has("and") else number - 1
    if not (other or phrases[number + 1].has("other")) or joint < 1:
        return value, first
    if not (phrases[joint].has("and") or _opens_a_headline(phrases, joint)):
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
