"""The numbers of a sentence that count votes: which number stands for which side.

Every rule needs the number and the side in one sentence and in reach of each other: as a row of figures (`rows`), or
the number before its side or behind it (`counts_before`, `counts_behind`). Here they are asked in turn, and those added
that name no number ("nobody", "the lone no vote") or no side ("got 14 votes"). Whether the vote is a new one, or a UN
one, is for others to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from watcher.core.votes.asides import ends
from watcher.core.votes.counts_before import (
    before_side,
    is_exact,
    of_those_alone,
    with_joined,
    with_likewise,
)
from watcher.core.votes.counts_behind import after_passive, led, linked, side_led
from watcher.core.votes.modality import is_fact
from watcher.core.votes.reading import Phrase, Sentence
from watcher.core.votes.rounding import is_round
from watcher.core.votes.rows import row_counts
from watcher.core.votes.sides import AMONG_REACH, SIDES, counted_side
from watcher.core.votes.tally import FEWEST_TO_CARRY, Count
from watcher.core.votes.texts import has_text_behind

_CAST_REACH = 8  # phrases between "voted", when and where, and the number of "25 states for the text"
_THEN_AND_NOW = 2  # numbers of "from 141 to 120"
_OF_FEW = ("nobody", "alone", "alone_lead", "by_itself", "only")  # they count without a number


def counts_in(sentence: Sentence) -> list[Count]:
    """The counts of a sentence in its order; one number is never counted twice."""
    if not any(phrase.number is not None or any(map(phrase.has, _OF_FEW)) for phrase in sentence.phrases):
        return []
    if (changed := _changed(sentence)) is not None:
        return [changed]
    found: list[Count] = list(row_counts(sentence))
    found += _listed(sentence, {count.number for count in found})
    for count in _said(sentence, {count.number for count in found}):
        if count.number not in {other.number for other in found}:
            found.append(count)
    found += _received(sentence, found)
    found += _unsaid(sentence, found)
    found += _ones(sentence, found)
    kept = _without_lone_for(sentence, found)
    told = [count for count in kept if not (_is_denied(sentence, count) or _is_foretold(sentence, count))]
    return sorted(told, key=lambda count: count.number)


def _changed(sentence: Sentence) -> Count | None:
    """As in "Support fell from 141 votes to 120": the second number is that of now."""
    phrases = sentence.phrases
    verb = next((at for at, phrase in enumerate(phrases) if phrase.has("changing")), None)
    if verb is None:
        return None
    numbers = [at for at, phrase in enumerate(phrases) if phrase.number is not None]
    if len(numbers) != _THEN_AND_NOW or numbers[1] < verb or numbers[1] - numbers[0] > _CAST_REACH:
        return None
    before = phrases[: numbers[0]]
    whose = next((phrase for phrase in before if phrase.has("support") or phrase.has("side_noun")), None)
    if whose is None or any(phrase.has("partial") or phrase.has("group") for phrase in before):
        return None  # "Support among African states fell from 50 to 40"
    if is_round(phrases, numbers[1]) or not _counts_votes(phrases, numbers[1]):
        return None
    side = whose.tags.get("support") or whose.tags["side_noun"]
    return Count(side, phrases[numbers[1]].number or 0, sentence, verb, numbers[1], numbers[1])


def _counts_votes(phrases: tuple[Phrase, ...], number: int) -> bool:
    """Not "60 percent", "60 %"."""
    behind = phrases[number + 1 : number + 2]
    known = bool(behind) and (behind[0].tags or behind[0].word in {",", ".", ";", ":", "-"})
    return not behind or bool(known)


def _listed(sentence: Sentence, used: set[int]) -> list[Count]:
    """As in "Yes 137, No 12, Abstain 22": a list in which each side leads its number."""
    phrases, found = sentence.phrases, []
    for at, phrase in enumerate(phrases[:-1]):
        side = counted_side(phrase)
        before = at - (at > 0 and phrases[at - 1].has("determiner"))  # "the ayes 120, the noes 14"
        begins = before == 0 or not (
            phrases[before - 1].word[:1].isalnum() or phrases[before - 1].number is not None
        )
        led = min(at + 1 + phrases[at + 1].has("linking"), len(phrases) - 1)
        number = phrases[led].number
        if side is not None and begins and number is not None and led not in used:
            found.append(Count(side, number, sentence, at, led, led))
    return found if len({count.side for count in found}) > 1 else []


def _received(sentence: Sentence, found: list[Count]) -> list[Count]:
    """As in "the draft got 14 votes", "passed with 12 votes": the votes that a text is given are those for it."""
    used, phrases = {count.number for count in found}, sentence.phrases
    if any(count.side == "in_favour" for count in found):
        return []
    for at in range(1, len(phrases) - 1):
        given = phrases[at].number is not None and at not in used and phrases[at + 1].has("vote_given")
        first = _receiving(phrases, at) if given and is_exact(phrases, at, at + 1) else None
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
    rows = (*SIDES, "voters", "filler", "row_mark", "and")
    for phrase in reversed(sentence.phrases[: count.number]):
        if phrase.has("denying"):
            return True
        if phrase.number is None and not any(phrase.has(tag) for tag in rows):
            return False
    return False


def _is_foretold(sentence: Sentence, count: Count) -> bool:
    """As in "is expected to adopt it on Friday with 13 votes in favour": nobody has voted yet."""
    phrases = sentence.phrases
    if any(
        phrase.has("side_verb") and not phrase.has("side_noun")
        for phrase in phrases[count.first : count.last + 1]
    ):
        return False
    for at in range(count.first - 1, -1, -1):
        if phrases[at].has("foretold"):
            return True
        if phrases[at].word in {";", ":"} or (phrases[at].has("outcome") and is_fact(phrases, at)):
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
        cued = _is_cued(phrases, at) or votes.has("row_cue")
        following = phrases[at + 2] if at + 2 < len(phrases) else None
        ends = following is None or following.word in {",", ".", ";"}
        ends = ends or (following is not None and any(map(following.has, ("outcome", "side_passive"))))
        enough = (number.number or 0) >= FEWEST_TO_CARRY and is_exact(phrases, at, at + 1)
        beside = (at > 0 and phrases[at - 1].has("outcome")) or _is_inserted(phrases, at)
        if cued and enough and (ends or beside):
            yield Count("in_favour", number.number or 0, sentence, at, at + 1, at)
            return


def _ones(sentence: Sentence, found: list[Count]) -> Iterator[Count]:
    """As in "187 votos a favor, dos en contra y una abstención": behind what is counted, an article is a number."""
    phrases = sentence.phrases
    counted = {count.side for count in found}
    first = min((count.number for count in found), default=len(phrases))
    for at in range(first + 2, len(phrases)):
        side = counted_side(phrases[at])
        if side is None or side in counted or not phrases[at - 1].has("article_of_one"):
            continue
        before = phrases[at - 2]
        listed = before.word == "," or any(map(before.has, ("and", "row_cue", "attending")))
        if listed and _is_an_item(phrases, at):
            counted.add(side)
            yield Count(side, 1, sentence, at - 1, at, at - 1)


def _is_an_item(phrases: tuple[Phrase, ...], at: int) -> bool:
    """Whether the list, or the count in it, ends behind the side at `at`, or with whose that was."""
    if (
        ends(phrases, at)
        or phrases[at + 1].word == "-"
        or any(map(phrases[at + 1].has, ("whose", "perfect", "outcome")))
    ):
        return True
    named = phrases[at + 1].has("about") and at + 2 < len(phrases) and phrases[at + 2].country is not None
    return named and ends(phrases, at + 2)


def _is_inserted(phrases: tuple[Phrase, ...], number: int) -> bool:
    """As in "condemned by 128 votes the decision", "128 голосами засудила": a body's verb stands beside the count,
    which goes with nothing else; not "by 128 votes against nine".
    """
    behind = number + 2
    if behind < len(phrases) and _resolves(phrases[behind]):
        return True
    if behind < len(phrases) and (
        phrases[behind].number is not None
        or counted_side(phrases[behind]) is not None
        or any(map(phrases[behind].has, ("row_mark", "span", "denying")))
    ):
        return False
    before = number - 1
    while before > 0 and any(map(phrases[before].has, ("row_cue", "recent", "filler"))):
        before -= 1
    return before >= 0 and _resolves(phrases[before])


def _resolves(phrase: Phrase) -> bool:
    return phrase.tags.get("outcome") == "adopted" or phrase.has("resolving")


def _is_cued(phrases: tuple[Phrase, ...], number: int) -> bool:
    """As in "by 124 votes", "ב-124 קולות"."""
    cue = number - 1 - (number > 0 and phrases[number - 1].word == "-")
    return cue >= 0 and phrases[cue].has("row_cue") and phrases[cue].word[0].isalpha()


def _is_carried(sentence: Sentence) -> bool:
    return any(map(_resolves, sentence.phrases))


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
        yield led(sentence, at, side_led(sentence.phrases, at))
    if "side_passive" in phrase.tags:
        yield after_passive(sentence, at, phrase.tags["side_passive"])
    if side := counted_side(phrase):
        yield of_those_alone(sentence, at, side)
        yield with_joined(sentence, at, side)
        yield with_likewise(sentence, at, side)
        yield before_side(sentence, at, side)
        yield linked(sentence, at, side)
    if "side_infinitive" in phrase.tags and any(
        before.has("among") for before in sentence.phrases[max(0, at - AMONG_REACH) : at]
    ):
        yield before_side(
            sentence, at, phrase.tags["side_infinitive"]
        )  # "one of 14 countries to vote against"
    if "side_opening" in phrase.tags:
        yield led(sentence, at, phrase.tags["side_opening"])


def _side_of_one(phrases: tuple[Phrase, ...], at: int) -> str | None:
    """As in "the lone dissenting vote", "the only country to vote no", "Chad alone abstained": one took that side."""
    side = next(
        (phrases[at].tags[tag] for tag in (*SIDES, "side_infinitive") if tag in phrases[at].tags), None
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


def _without_lone_for(sentence: Sentence, counts: list[Count]) -> list[Count]:
    """The number of "120 for" counts only beside "14 against", or behind a verb of voting and before a text: alone,
    "for" is a preposition. So does that of "une abstention", where the article is a number, too.
    """
    sides = {count.side for count in counts}
    return [
        count
        for count in counts
        if not _may_be_none(sentence, count) or sides - {count.side} or _is_cast(sentence, count)
    ]


def _may_be_none(sentence: Sentence, count: Count) -> bool:
    number = sentence.phrases[count.number]
    return (
        sentence.phrases[count.last].has("lone") or number.has("determiner") or number.has("article_of_one")
    )


def _is_cast(sentence: Sentence, count: Count) -> bool:
    """As in "stimmten am Donnerstag in Genf 25 Länder für den Text"."""
    phrases = sentence.phrases
    if any(phrase.has("casting") for phrase in phrases[count.number : count.last]):
        return has_text_behind(phrases, count.last)  # "fourteen states voted on Monday for a text"
    verb = next((at for at in range(count.first - 1, -1, -1) if phrases[at].has("casting")), None)
    if verb is None or count.first - verb > _CAST_REACH or not has_text_behind(phrases, count.last):
        return False
    if not any(phrase.has("voters") for phrase in phrases[count.number : count.last]):
        return False  # "voted on Dec. 3 for a resolution"
    return not any(
        phrase.number is not None or phrase.word in {",", ";", ":"} for phrase in phrases[verb : count.first]
    )
