"""Lists of countries: where one begins and ends, and what governs it.

A list is read from the word that it belongs to, outwards, over what may stand in between: "Chad, Mali and its ally the
United States". Countries behind a preposition only say what something is about ("a text on Mali"), and those behind an
"unlike China" did otherwise.
"""

from __future__ import annotations

from watcher.core.votes.actors import (
    Actor,
    are_the_people,
    country_of,
    is_actor,
    is_dash,
    is_owner,
    represents,
)
from watcher.core.votes.asides import aside_opening, listed_in
from watcher.core.votes.reading import Phrase

_OBJECT_REACH = 8  # phrases in "voted against the resolution on Wednesday, including …"
_OBJECTS = ("about", "determiner", "document", "filler", "recent", "ballot", "body", "body_again", "un", "it")


def named_before(phrases: tuple[Phrase, ...], index: int, *, attending: bool = False) -> list[Actor]:
    """The list of countries that ends at phrase `index`; none if it only says what something is about."""
    return list_ending(phrases, index, attending)[0] if index >= 0 and country_of(phrases[index]) else []


def named_from(phrases: tuple[Phrase, ...], start: int) -> list[Actor]:
    """The countries of the list that begins at phrase `start`."""
    return _list_from(phrases, start)[0]


def named_behind(phrases: tuple[Phrase, ...], at: int, *, counted: bool = False) -> list[Actor]:
    """As in "five against (Belarus, …)", "Against: Belarus", "voted against the text, including Russia".

    `counted`: voters may stand in between, as in "opposed by four Arab countries, among them Chad".
    """
    index = at + 1
    while index < len(phrases) and index - at <= _OBJECT_REACH and not phrases[index].has("including"):
        voters = (counted and _is_of_voters(phrases[index])) or _is_author(phrases, at, index)
        if not voters and phrases[index].word != "'s" and not any(map(phrases[index].has, _OBJECTS)):
            break
        index += 1
    if index >= len(phrases):
        return []
    if phrases[index].word == "(":
        return listed_in(phrases, index)
    if phrases[index].word == "," and (
        closed := _closed_behind(phrases, index + 1) or _heading_behind(phrases, index + 1)
    ):
        return closed
    if phrases[index].word in {",", ";"} and index + 1 < len(phrases) and _announces(phrases, index + 1):
        if phrases[index].word == ";" and phrases[index + 1].has("only"):
            return []  # "nearly all were for it; only Chad voted against"
        index += 1
    if phrases[index].has("including") or (index > at + 1 and phrases[index].has("whose")):
        return _list_from(phrases, _behind_filling(phrases, index + 1))[0]
    if phrases[index].word == ":" or is_dash(phrases, index):
        actors, end = _list_from(phrases, index + 1)
        return actors if _may_end(phrases, end) else []
    return []


def _is_author(phrases: tuple[Phrase, ...], at: int, index: int) -> bool:
    """As in "stimmten für den Entwurf Fidschis und Malis, darunter Chad": of whom the text is, right behind it."""
    if not (phrases[index].country or phrases[index].has("and")):
        return False
    while index > at and (phrases[index].country or phrases[index].has("and")):
        index -= 1
    of_a_text = index == at and phrases[at].has("side_noun") and " " in phrases[at].word  # "für den Entwurf"
    return phrases[index].has("document") or of_a_text


def _behind_filling(phrases: tuple[Phrase, ...], at: int) -> int:
    """The phrase behind "once more", "only" and the like."""
    while at < len(phrases) and phrases[at].has("filler") and not _links(phrases[at]):
        at += 1
    return at


def _closed_behind(phrases: tuple[Phrase, ...], start: int) -> list[Actor]:
    """As in "13 countries, France and Chad included": the list that begins at `start`, if such a word closes it."""
    actors, end = _list_from(phrases, start)
    closed = bool(actors) and any(phrase.has("set_behind") for phrase in phrases[actors[-1].at : end])
    return actors if closed and actors[0].at - start <= 1 else []


def _heading_behind(phrases: tuple[Phrase, ...], start: int) -> list[Actor]:
    """As in "Diez lo rechazaron, con Chad y Malí a la cabeza"."""
    if start >= len(phrases) or not phrases[start].has("attending"):
        return []
    actors, end = _list_from(phrases, start + 1)
    return actors if end < len(phrases) and phrases[end].has("heading") else []


def list_ending(phrases: tuple[Phrase, ...], index: int, attending: bool) -> tuple[list[Actor], int]:
    """The actors of the list that ends at phrase `index`, and the phrase that governs them (-1: none does)."""
    found: list[Actor] = []
    last, index = index, index
    while index >= 0:
        phrase = phrases[index]
        if (country := country_of(phrase)) and (phrase.kind != "demonym" or is_actor(phrases, index)):
            if index < last and phrases[index + 1].has("kin"):
                break  # "US allies such as Mali"
            if found and phrase.has("bent") and not phrases[found[-1].at].has("bent"):
                break  # "a text on the rights of Chad, Mali voted": a genitive is no subject
            if index == last or not is_owner(phrases, index):
                found.append(Actor(country, index))
        elif (opening := aside_opening(phrases, index)) is not None:
            if any(inside.has("side_verb") for inside in phrases[opening:index]):
                break  # "Mali, which abstained, and Chad": Mali has told its vote
            index = opening
        elif not (
            joins(phrases, index) or _is_repeated(phrases, index) or _is_abbreviated(phrases, index)
        ) or _is_seam(phrases, index):
            break
        index -= 1
    found.reverse()
    return _ungoverned(phrases, found, index, attending)


def _ungoverned(
    phrases: tuple[Phrase, ...], actors: list[Actor], governor: int, attending: bool
) -> tuple[list[Actor], int]:
    """Without those of whom the preposition before the list only says what something is about."""
    if governor < 0 or not actors:
        return actors, -1
    if _is_headed_by_a_side(phrases, governor):
        last = max((at for at in range(governor, actors[-1].at) if phrases[at].word == ","), default=governor)
        return [actor for actor in actors if actor.at > last], -1  # "Against - Chad, Mali abstained"
    if _is_free(phrases, governor, actors[0].at):
        return actors, -1
    if phrases[actors[-1].at + 1].has(
        "heading"
    ):  # "con Chad y Malí a la cabeza": of the side told before, if any
        return ([] if _is_told_before(phrases, governor) else actors), -1
    if attending and phrases[governor].has("attending"):
        return actors, -1
    if phrases[governor].has("about") and governor and represents(phrases[governor - 1]):
        return actors, -1  # "the representative of Peru"
    if phrases[governor].has("denying"):
        return [], governor  # "Chad, not Mali, voted …", "neither Chad nor Mali"
    together = phrases[governor].has("joining") or phrases[governor].has("likewise")
    begins = governor == 0 or phrases[governor - 1].word in {",", ";", '"'}
    comma = next((at for at in range(governor, actors[-1].at) if phrases[at].word == ","), None)
    if (begins or _is_told_before(phrases, governor)) and comma is not None and not together:
        return [actor for actor in actors if actor.at > comma], -1  # "Unlike Chad, Mali voted …"
    return (actors, governor) if together or phrases[governor].has("otherwise") else ([], -1)


def _is_headed_by_a_side(phrases: tuple[Phrase, ...], governor: int) -> bool:
    """As in "Among the abstainers - Chad, Mali voted yes": a list behind a dash is of the side before that."""
    side = governor - 1
    while side > 0 and phrases[side].word in {",", '"'}:
        side -= 1
    return is_dash(phrases, governor) and side >= 0 and _tells_side(phrases[side])


def _is_told_before(phrases: tuple[Phrase, ...], governor: int) -> bool:
    """As in "Twelve backed a text by Chad, Mali and Fiji abstained": a clause with a vote of its own ends before a
    comma of the list.
    """
    for at in range(governor - 1, -1, -1):
        if phrases[at].word in {";", ":", "."}:
            return False
        if any(phrases[at].has(tag) for tag in ("side_verb", "side_loose")):
            return True
    return False


def _is_free(phrases: tuple[Phrase, ...], governor: int, first: int) -> bool:
    """Whether the phrase before a list does not govern it."""
    if phrases[governor].has("including"):
        return True
    governs = ("denying", "about", "otherwise", "joining", "likewise", "side_passive", "cut_author", "target")
    if phrases[governor].has("conjunction") and phrases[governor - 1].word == ",":
        return True  # "…, że Kanada głosowała za": behind a comma no preposition
    parted = any(phrases[at].word == "," or phrases[at].has("and") for at in range(governor + 1, first))
    return parted or not any(phrases[governor].has(tag) for tag in governs)


def _list_from(phrases: tuple[Phrase, ...], start: int) -> tuple[list[Actor], int]:
    """The countries of the list that begins at phrase `start`, and the first phrase behind it."""
    found: list[Actor] = []
    index = start
    while index < len(phrases) and (
        country_of(phrases[index])
        or _links(phrases[index])
        or _is_repeated(phrases, index)
        or _is_abbreviated(phrases, index)
        or _is_kin_of_a_list(phrases, start, index)
    ):
        if _is_seam(phrases, index):
            break
        country = country_of(phrases[index])
        if country and (kin := _behind_kin(phrases, index)) is not None:
            index = kin  # "Israel's close partner Canada"
            continue
        named = phrases[index].kind != "demonym" or are_the_people(phrases, index)
        if country and named and (not is_owner(phrases, index) or _owns_the_vote(phrases, index)):
            found.append(Actor(country, index))
        index += 1
    if found and (comma := _opens_a_clause(phrases, start, found[-1].at, index)) is not None:
        return [actor for actor in found if actor.at < comma], comma
    if index > start and _links(phrases[index - 1]) and (group := _parenthesis_of_group(phrases, index)):
        return [*found, *listed_in(phrases, group)], group
    return found, index


def _owns_the_vote(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "The sole abstention was Chad's.": what it owns was named before."""
    return phrases[at + 1].word == "'s" and (at + 2 == len(phrases) or not phrases[at + 2].word[:1].isalnum())


def _opens_a_clause(phrases: tuple[Phrase, ...], start: int, last: int, behind: int) -> int | None:
    """As in "Against - Chad, Mali and Fiji abstained": what stands behind the last comma of a list and before a verb
    begins another clause. Where that comma is."""
    if behind > last + 1:
        return None  # "Chad, Mali and Fiji, and Peru abstained": closed already
    while behind < len(phrases) and (phrases[behind].has("filler") or phrases[behind].has("relative")):
        behind += 1
    if behind >= len(phrases) or not any(map(phrases[behind].has, ("side_verb", "side_loose"))):
        return None
    return next((at for at in range(last - 1, start - 1, -1) if phrases[at].word == ","), None)


def _is_repeated(phrases: tuple[Phrase, ...], index: int) -> bool:
    """As in "unlike Chad and unlike Mali", "à l'Allemagne et à l'Italie": the preposition of a list, said again."""
    if (
        index < 2
        or index + 1 >= len(phrases)
        or not (phrases[index].has("about") or phrases[index].has("otherwise"))
    ):
        return False
    joint = phrases[index - 1]
    before = index - 2 - phrases[index - 2].has("determiner")
    following = index + 1 + phrases[index + 1].has("determiner")
    named = following < len(phrases) and country_of(phrases[following]) and country_of(phrases[before])
    return bool(named) and (joint.has("and") or joint.word == ",")


def _is_abbreviated(phrases: tuple[Phrase, ...], index: int) -> bool:
    """As in "Korea Płn. i Kuba": a full stop that is a name's, for the sentence goes on."""
    following = phrases[index + 1 : index + 2]
    goes_on = bool(following) and (following[0].word == "," or following[0].has("and"))
    return phrases[index].word == "." and goes_on and index > 0 and country_of(phrases[index - 1]) is not None


def _is_kin_of_a_list(phrases: tuple[Phrase, ...], start: int, index: int) -> bool:
    """As in "Chad and key ally Mali": what a country in a list is to the one before it."""
    return (
        index > start
        and phrases[index].has("kin")
        and (_links(phrases[index - 1]) or phrases[index - 1].has("kin"))
    )


def _behind_kin(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """Where the country stands of which it is only said whose friend it is."""
    if not is_owner(phrases, at):
        return None
    index = at + 2
    while index < len(phrases) and phrases[index].has("kin"):
        index += 1
    return index if at + 2 < index < len(phrases) and country_of(phrases[index]) else None


def _parenthesis_of_group(phrases: tuple[Phrase, ...], index: int) -> int | None:
    """Where the members of a group are named that a list goes on with: "Cuba and the Sahel alliance (Mali, Niger)"."""
    for at in range(index, min(index + _OBJECT_REACH, len(phrases))):
        if phrases[at].word == "(":
            return at
        if country_of(phrases[at]) or not (_is_of_voters(phrases[at]) or any(map(phrases[at].has, _OBJECTS))):
            return None
    return None


def joins(phrases: tuple[Phrase, ...], index: int) -> bool:
    """What stands between the countries of a list, read backwards."""
    phrase = phrases[index]
    if phrase.word == ",":
        return True
    if is_dash(phrases, index):
        return any(phrases[index + 1].has(tag) for tag in ("and", "joining", "likewise", "including"))
    if phrase.has("too") and index and phrases[index - 1].word == ",":
        return True  # "Podobnie jak Chad, także Mali"
    return any(phrase.has(tag) for tag in ("determiner", "and", "including", "kin"))


def _is_seam(phrases: tuple[Phrase, ...], comma: int) -> bool:
    """As in "Voting no were Chad and Mali, Peru and Fiji abstained": a list that an "and" has closed ends at the comma,
    where a vote is told before it and behind what follows.
    """
    if phrases[comma].word != "," or comma < 2 or not country_of(phrases[comma - 1]):
        return False
    before = comma - 2
    while before > 0 and phrases[before].has("determiner"):
        before -= 1
    closing = before - 1 - (phrases[before - 1].word == ",")
    if not (phrases[before].has("and") and closing >= 0 and country_of(phrases[closing])):
        return False
    while before >= 0 and (country_of(phrases[before]) or joins(phrases, before)):
        before -= 1
    behind = comma + 1
    while behind < len(phrases) and (country_of(phrases[behind]) or joins(phrases, behind)):
        behind += 1
    while behind < len(phrases) and (phrases[behind].has("filler") or phrases[behind].has("voters")):
        behind += 1
    named = any(country_of(phrase) for phrase in phrases[comma:behind])
    return (
        named
        and behind < len(phrases)
        and before >= 0
        and all(map(_tells_side, (phrases[before], phrases[behind])))
    )


def _tells_side(phrase: Phrase) -> bool:
    return any(
        phrase.has(tag) for tag in ("side_verb", "side_noun", "side_opening", "side_lead", "side_loose")
    )


def _links(phrase: Phrase) -> bool:
    """What stands between the countries of a list, read forwards."""
    return phrase.word in {",", "-", "•", "*", "·"} or any(
        phrase.has(tag) for tag in ("determiner", "and", "including", "whose")
    )


def _is_of_voters(phrase: Phrase) -> bool:
    """A number, those it counts, or a word that nobody knows: "four Caribbean states", "four EU countries"."""
    known = phrase.number is not None or any(map(phrase.has, ("voters", "group", "partial", "share")))
    return known or (not phrase.tags and phrase.word[:1].isalpha())


def _announces(phrases: tuple[Phrase, ...], index: int) -> bool:
    return phrases[index].has("including") or phrases[index].has("whose") or is_dash(phrases, index)


def _may_end(phrases: tuple[Phrase, ...], end: int) -> bool:
    """Whether a list behind a colon or a dash ends here, and no verb makes a sentence of it."""
    if end >= len(phrases) or phrases[end - 1].word in {",", "-"} or phrases[end - 1].has("and"):
        return True
    behind = phrases[end]
    return not behind.word[:1].isalnum() or behind.number is not None or behind.has("other")
