"""The numbers of a sentence that count votes: which number stands for which side.

Every rule here needs the number and the side in one sentence and in reach of each other. What stands in between
is checked phrase by phrase: voters, fillers, lists of countries and parentheses may, a second number, a verb or a
stranger may not. Whether the vote is a new one, or a UN one, is for others to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from watcher.core.votes.actors import subjects
from watcher.core.votes.lexicon import Tags
from watcher.core.votes.reading import Phrase, Sentence

_SIDES = ("side_noun", "side_verb", "side_loose", "side_opening")
_OF_FEW = ("nobody", "alone", "alone_lead", "by_itself")  # they count without a number
_STRANGERS = 3  # unknown words allowed between a number and its side, if voters are named
_AMONG_REACH = 5  # phrases between "was one of" and "to vote no"
_LONGEST_GAP = 40  # phrases, lists of countries included
_PLACE_REACH = 6  # words on when and where between a verb and the number it leads
_LINKS = {":", "=", "-", "("}
_LED_OVER = {":", "=", "-", '"'}  # between a side and the number it leads: «against» — 12
_PAIR_CUES = ("score", "outcome", "ballot", "voting", "side_verb", "voters", "side_passive")


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
    if not any(phrase.number is not None or any(map(phrase.has, _OF_FEW)) for phrase in sentence.phrases):
        return []
    found: list[Count] = list(row_counts(sentence))
    found += _listed(sentence, {count.number for count in found})
    for count in _said(sentence, {count.number for count in found}):
        if count.number not in {other.number for other in found}:
            found.append(count)
    found += _received(sentence, found)
    found += _unsaid(sentence, found)
    told = [count for count in _without_lone_for(sentence, found) if not _is_denied(sentence, count)]
    return sorted(told, key=lambda count: count.number)


def _listed(sentence: Sentence, used: set[int]) -> list[Count]:
    """As in "Yes 137, No 12, Abstain 22": a list in which each side leads its number."""
    phrases, found = sentence.phrases, []
    for at, phrase in enumerate(phrases[:-1]):
        side = next((phrase.tags[tag] for tag in _SIDES if tag in phrase.tags), None)
        begins = at == 0 or not (phrases[at - 1].word[:1].isalnum() or phrases[at - 1].number is not None)
        number = phrases[at + 1].number
        if side is not None and begins and number is not None and at + 1 not in used:
            found.append(Count(side, number, sentence, at, at + 1, at + 1))
    return found if len({count.side for count in found}) > 1 else []


def _received(sentence: Sentence, found: list[Count]) -> list[Count]:
    """As in "the draft got 14 votes", "passed with 12 votes": the votes that a text is given are those for it."""
    used, phrases = {count.number for count in found}, sentence.phrases
    if any(count.side == "in_favour" for count in found):
        return []
    for at in range(1, len(phrases) - 1):
        given = phrases[at].number is not None and at not in used and phrases[at + 1].has("vote_given")
        first = _receiving(phrases, at) if given and _exact(phrases, at, at + 1) else None
        if first is not None:
            return [Count("in_favour", phrases[at].number or 0, sentence, first, at + 1, at)]
    return []


def _receiving(phrases: tuple[Phrase, ...], number: int) -> int | None:
    """The verb by which a text is given the votes that are counted at `number`."""
    at = number - 1
    while at > 0 and not _gives(phrases, at) and _may_stand_before(phrases[at]):
        at -= 1
    return at if _gives(phrases, at) else None


def _may_stand_before(phrase: Phrase) -> bool:
    """What may stand between the verb and its number; where the verb comes first, that is the text, too."""
    steps = ("filler", "cut_vague", "document", "determiner", "about")
    return phrase.word == "-" or any(map(phrase.has, steps))


def _gives(phrases: tuple[Phrase, ...], at: int) -> bool:
    attended = phrases[at].has("attending") and at > 0 and phrases[at - 1].has("outcome")
    return phrases[at].has("receiving") or attended


def _is_denied(sentence: Sentence, count: Count) -> bool:
    """As in "121 in favour, and not 120 in favour and 45 abstentions": what is denied reaches to the clause's end."""
    rows = (*_SIDES, "voters", "filler", "row_mark", "and")
    for phrase in reversed(sentence.phrases[: count.number]):
        if phrase.has("denying"):
            return True
        if phrase.number is None and not any(phrase.has(tag) for tag in rows):
            return False
    return False


def _unsaid(sentence: Sentence, found: list[Count]) -> Iterator[Count]:
    """As in "adopted by 124 votes, 14 against": the votes that carried a text."""
    if any(count.side == "in_favour" for count in found) or not _is_carried(sentence):
        return
    used, phrases = {count.number for count in found}, sentence.phrases
    for at in range(len(phrases) - 1):
        number, votes = phrases[at : at + 2]
        if number.number is None or at in used or not votes.has("voters"):
            continue
        cued = (at > 0 and phrases[at - 1].has("row_cue") and phrases[at - 1].word[0].isalpha()) or votes.has(
            "row_cue"
        )
        following = phrases[at + 2] if at + 2 < len(phrases) else None
        ends = following is None or following.word in {",", ".", ";"} or following.has("outcome")
        if cued and (ends or (at > 0 and phrases[at - 1].has("outcome"))):
            yield Count("in_favour", number.number or 0, sentence, at, at + 1, at)
            return


def _is_carried(sentence: Sentence) -> bool:
    return any(phrase.tags.get("outcome") == "adopted" for phrase in sentence.phrases)


def _said(sentence: Sentence, used: set[int]) -> Iterator[Count]:
    """Counts that name their side: "12 against", "opposed by seven", "four joined Russia in opposing"."""
    for at, phrase in enumerate(sentence.phrases):
        if not phrase.tags:
            continue
        free = (count for count in _at(sentence, at, phrase) if count and count.number not in used)
        if (count := next(free, None)) is not None:
            used.add(count.number)
            yield count


def _at(sentence: Sentence, at: int, phrase: Phrase) -> Iterator[Count | None]:
    """The counts that the phrase at `at` may be the side of, the likeliest first."""
    if "nobody" in phrase.tags:
        yield Count(phrase.tags["nobody"], 0, sentence, at, at, at)
    if (side := _side_of_one(sentence.phrases, at)) is not None:
        yield Count(side, 1, sentence, at, at, at)
    if "side_lead" in phrase.tags:
        yield _led(sentence, at, side_led(sentence.phrases, at))
    if "side_passive" in phrase.tags:
        yield _after(sentence, at, phrase.tags["side_passive"])
    if side := next((phrase.tags[tag] for tag in _SIDES if tag in phrase.tags), None):
        yield _joined(sentence, at, side)
        yield _likewise(sentence, at, side)
        yield _before(sentence, at, side)
        yield _linked(sentence, at, side)
    if "side_infinitive" in phrase.tags and any(
        before.has("among") for before in sentence.phrases[max(0, at - _AMONG_REACH) : at]
    ):
        yield _before(sentence, at, phrase.tags["side_infinitive"])  # "one of 14 countries to vote against"
    if "side_opening" in phrase.tags:
        yield _led(sentence, at, phrase.tags["side_opening"])


def _side_of_one(phrases: tuple[Phrase, ...], at: int) -> str | None:
    """As in "the lone dissenting vote", "the only country to vote no", "Chad alone abstained": one took that side."""
    side = next(
        (phrases[at].tags[tag] for tag in (*_SIDES, "side_infinitive") if tag in phrases[at].tags), None
    )
    if side is None or phrases[at].has("alone"):
        return side
    before = at - 1
    while before > 0 and (phrases[before].has("relative") or phrases[before].has("joined_in")):
        before -= 1
    if before < 1:
        return None
    if phrases[before].has("by_itself"):
        named = before - 1 - phrases[before - 1].has("cut_passive")
        several = named > 0 and phrases[named - 1].has("and")
        return side if named >= 0 and phrases[named].country and not several else None
    lead = before if phrases[at].has("single") else before - phrases[before].has("alone_voter")
    return side if (lead < before or phrases[at].has("single")) and phrases[lead].has("alone_lead") else None


def _before(sentence: Sentence, at: int, side: str) -> Count | None:
    """As in "87 countries voted for", "141 of the 193 members in support", "seven - including Russia - opposing"."""
    number = None if _has_own_voter(sentence.phrases, at) else _number_before(sentence.phrases, at)
    if number is None or not _exact(sentence.phrases, number, at):
        return None
    value, first = _with_others(sentence.phrases, number)
    if _is_joined_behind(sentence.phrases, at):
        return None
    if number and sentence.phrases[number - 1].has("joining"):  # "Chad joined 31 others in abstaining"
        value += len(subjects(sentence.phrases, number - 1))
    return Count(side, value, sentence, first, at, number)


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
            index = _opening(phrases, index) - 1
            continue
        if (opening := _aside_of_countries(phrases, index)) is not None:
            index = opening - 1
            continue
        if phrase.number is not None:
            if (counted := _share(phrases, index)) is None:
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


def _is_done_to_it(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "98 lined up behind it", "four rejected the text"."""
    behind = phrases[at + 1 : at + 1 + _STRANGERS]
    return bool(behind) and (behind[0].has("it") or any(phrase.has("document") for phrase in behind))


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
        *_SIDES,
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
        if phrase.number is not None or any(tag in phrase.tags for tag in ("outcome", *_SIDES)):
            return None
        named = named or phrase.country is not None
    return None


def _opening(phrases: tuple[Phrase, ...], closing: int) -> int:
    return next((index for index in range(closing, -1, -1) if phrases[index].word == "("), 0)


def _share(phrases: tuple[Phrase, ...], total: int) -> int | None:
    """In "141 of the 193", "13 of the other 14" and "28 of the Council's 47" the first number is meant; in "the only
    one of the 15" none is."""
    index, shared = total - 1, False
    while index >= 0 and (
        any(phrases[index].has(tag) for tag in ("share", "filler", "voters", "body", "body_again", "un"))
        or phrases[index].word == "'s"
    ):
        shared = shared or phrases[index].has("share")
        index -= 1
    if shared and index >= 0 and phrases[index].has("among"):
        return None
    return index if shared and index >= 0 and phrases[index].number is not None else total


def _exact(phrases: tuple[Phrase, ...], number: int, side: int) -> bool:
    """Not "more than 120", not "nine votes needed", not "one of the countries"."""
    before, after = phrases[max(0, number - 2) : number], phrases[side + 1 : side + 3]
    if any("required" in phrase.tags for phrase in (*before, *after)):
        return False
    if number and ("inexact" in phrases[number - 1].tags or "otherwise" in phrases[number - 1].tags):
        return False  # "more than 120", "all but three"
    if number > 1 and phrases[number - 1].word == "-" and phrases[number - 2].number is not None:
        return False  # the second half of a score or a span
    if _is_whole(phrases, number):
        return False
    return not (phrases[number].number == 1 and phrases[number + 1].has("share"))


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


def _likewise(sentence: Sentence, at: int, side: str) -> Count | None:
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
    if not (others and named) or "inexact" in phrases[index - 1].tags:
        return None
    return Count(side, (phrases[index].number or 0) + named, sentence, at, index, index)


def _joined(sentence: Sentence, at: int, side: str) -> Count | None:
    """As in "Only four countries joined Russia and Belarus in voting against": six, for the joined voted so too."""
    phrases = sentence.phrases
    joining = next((index for index in range(at - 1, -1, -1) if "joining" in phrases[index].tags), None)
    if joining is None or any("outcome" in phrase.tags for phrase in phrases[joining:at]):
        return None
    if not any(phrase.has("joined_in") for phrase in phrases[joining:at]):
        return None
    number = _number_before((*phrases[:joining], phrases[at]), joining)
    if number is None or not _exact(phrases, number, joining) or phrases[number - 1].has("and"):
        return None
    joined = {phrase.country for phrase in phrases[joining:at] if phrase.country and phrase.kind != "demonym"}
    value = phrases[number].number
    return Count(side, (value or 0) + len(joined), sentence, number, at, number) if joined else None


def _linked(sentence: Sentence, at: int, side: str) -> Count | None:
    """As in "Against: 12", "in favour (141)"."""
    phrases = sentence.phrases
    if at + 2 >= len(phrases) or phrases[at + 2].number is None:
        return None
    if phrases[at + 1].word in _LINKS or phrases[at + 1].has("linking"):
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
    """The phrase of the number that the side at `at` leads, with nothing but filling between. A verb whose side opens
    the clause may be told when and where, too: "Dafür stimmten bei einer Sitzung in Genf 25 Staaten"."""
    framed = phrases[at].has("casting") or (
        phrases[at].has("side_opening") and not phrases[at].has("side_verb")
    )
    index, left = at + 1, _PLACE_REACH if framed else 0
    while index < len(phrases) and phrases[index].number is None:
        if not ("filler" in phrases[index].tags or phrases[index].word in _LED_OVER):
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
        phrase.has(tag) for tag in ("and", "outcome", "voters", "modal", "inexact", *_SIDES)
    )


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
        or any(tag in following.tags for tag in ("filler", "and", "side_passive"))
    )
    return Count(side, phrases[index].number or 0, sentence, at, index, index) if counted else None


def row_counts(sentence: Sentence) -> Iterator[Count]:
    """As in "93-18-65", "by 120 votes to 14", "in a 118-49 vote": the sides are told by the order."""
    phrases = sentence.phrases
    at = 0
    while at < len(phrases):
        numbers = _row_of_numbers(phrases, at)
        if len(numbers) >= 2 and _is_ballot(sentence, numbers):
            sides = _order(sentence, numbers)
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
            if index + 1 < len(phrases) and phrases[index].word == "," and phrases[index + 1].has("row_mark"):
                index += 1  # "149 voix, contre 12"
        if index >= len(phrases) or not phrases[index].has("row_mark"):
            break
        index += 1
    return numbers


def _is_ballot(sentence: Sentence, numbers: list[int]) -> bool:
    """Whether a row of numbers is the result of a ballot, and not a score, a date or a span."""
    phrases, first, last = sentence.phrases, numbers[0], numbers[-1]
    before = phrases[first - 1].tags if first else {}
    after = phrases[last + 1].tags if last + 1 < len(phrases) else {}
    if "span" in before or after.keys() & {"month", "side_verb"} or not _fits(sentence, numbers, after):
        return False
    cued = _is_led(phrases, first) or "document" in before or bool(after.keys() & {"ballot", "voters"})
    cued = cued or (sentence.has("outcome") and _is_closed_score(phrases, first, last))
    return (len(numbers) == 3 or cued) and any(sentence.has(tag) for tag in _PAIR_CUES)


def _is_led(phrases: tuple[Phrase, ...], first: int) -> bool:
    """As in "by 120 votes to 14"; the word for votes may say it alone: "120 голосами проти 14"."""
    return phrases[first + 1].has("row_cue") or (first > 0 and phrases[first - 1].has("row_cue"))


def _is_closed_score(phrases: tuple[Phrase, ...], first: int, last: int) -> bool:
    """As in "adopted it 78-15.", "approved the text 78-15 with 79 abstentions": it counts nothing behind it."""
    glued = phrases[first + 1].word == "-" and phrases[first].end == phrases[first + 1].start
    behind = phrases[last + 1] if last + 1 < len(phrases) else None
    return glued and (behind is None or not behind.word[:1].isalnum() or behind.has("attending"))


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
        turned_down = turned_down or any(phrase.has("document") for phrase in behind[1 : 2 + _STRANGERS])
    if one > other and turned_down:
        return ("against", "in_favour", "abstained")
    return ("in_favour", "against", "abstained")


def _turns_down(phrases: tuple[Phrase, ...], numbers: list[int]) -> bool:
    """Whether the row counts how a text was turned down: that is told before it, or is the first that follows."""
    if any(phrase.has("turned_down") for phrase in phrases[: numbers[0]]):
        return True
    told = (
        phrase for phrase in phrases[numbers[-1] :] if phrase.has("outcome") or phrase.has("outcome_plural")
    )
    first = next(told, None)
    return first is not None and first.has("turned_down")


def _without_lone_for(sentence: Sentence, counts: list[Count]) -> list[Count]:
    """The number of "120 for" counts only beside "14 against": alone, "for" is a preposition."""
    sides = {count.side for count in counts}
    return [
        count for count in counts if "lone" not in sentence.phrases[count.last].tags or sides - {count.side}
    ]
