"""Who acts in a sentence: the countries of a list, before a verb, behind it, or in parentheses.

A list is read from the word that it belongs to, outwards, over what may stand in between: "Israel, which has a
border with Chad, and its ally the United States voted …". A country that only says what something is about ("a text
on Mali"), whose it is ("Russia's draft") or who does otherwise ("unlike China") is no actor.
"""

from __future__ import annotations

from typing import NamedTuple

from watcher.core.votes.reading import Phrase

PERMANENT_MEMBERS = ("China", "France", "Russia", "United Kingdom", "United States")
EUROPEAN_UNION = (
    "Austria", "Belgium", "Bulgaria", "Croatia", "Cyprus", "Czechia", "Denmark", "Estonia", "Finland", "France",
    "Germany", "Greece", "Hungary", "Ireland", "Italy", "Latvia", "Lithuania", "Luxembourg", "Malta", "Netherlands",
    "Poland", "Portugal", "Romania", "Slovakia", "Slovenia", "Spain", "Sweden",
)  # fmt: skip
_GROUPS = {"permanent": PERMANENT_MEMBERS, "european": EUROPEAN_UNION}

GAP = 3  # strangers between a country and its verb
_INSERTED = 4  # phrases of "for its part", between commas
_ASIDE_REACH = 30  # phrases in "Israel, whose … , voted"
_OBJECT_REACH = 8  # phrases in "voted against the resolution on Wednesday, including …"
_WHOLE_REACH = 5  # phrases between "all" and "permanent members"
_STEPPED_OVER = ("filler", "did", "recent", "including", "voters", "and", "among", "likewise", "joining",
                 "government", "envoy")  # fmt: skip
_STOPS = ("outcome", "side_verb", "side_passive", "side_opening", "document", "body", "un")
_NEVER_INSERTED = ("outcome", "side_verb", "side_loose", "side_passive", "side_noun", "voting", "document", "body",
                   "including", "and", "joining")  # fmt: skip
_OBJECTS = ("about", "determiner", "document", "filler", "recent", "ballot", "body", "un", "it")


class Actor(NamedTuple):
    """A country, and the phrase that names it."""

    country: str
    at: int


def country_of(phrase: Phrase) -> str | None:
    """The country a phrase names. In a list of voters that may be a word which elsewhere means something else."""
    return phrase.country or phrase.tags.get("actor")


def subjects(
    phrases: tuple[Phrase, ...], verb: int, allowed: int = GAP, *, attending: bool = False
) -> list[Actor]:
    """Who does what the verb at `verb` says: the list that ends before it, with those who are said to join in.

    `allowed`: how many unknown words may stand between. `attending`: the verb is one that "with" goes with, as in
    "passed 14-0, with Russia abstaining".
    """
    found: list[Actor] = []
    otherwise: set[str] = set()
    index, strangers = verb - 1, 0
    while index >= 0 and strangers <= allowed:
        phrase = phrases[index]
        if (opening := aside_opening(phrases, index)) is not None:
            index = opening - 1
        elif phrase.word == ")":
            return found or listed_in(phrases, _opening(phrases, index))
        elif is_actor(phrases, index):
            actors, governor = _acting(phrases, index, verb, attending)
            if governor < 0:
                return [*found, *actors]
            if phrases[governor].has("otherwise"):
                otherwise.update(actor.country for actor in actors)
            else:
                found += actors  # they are joined by others
            index, strangers = governor - 1, 0
        elif phrase.has("group"):
            found += _members(phrases, index, otherwise | _excepted(phrases, verb))
            index = _before_whole(phrases, index)
            if not (index >= 0 and _joins(phrases, index)):
                return found
        elif _ends_subject(phrases, index, verb):
            return found
        else:
            strangers += not (phrase.word in {",", "-"} and found) and not _is_stepped_over(phrase)
            index -= 1
    return found


def named_before(phrases: tuple[Phrase, ...], index: int, *, attending: bool = False) -> list[Actor]:
    """The list of countries that ends at phrase `index`; none if it only says what something is about."""
    return _list_ending(phrases, index, attending)[0] if index >= 0 and country_of(phrases[index]) else []


def named_from(phrases: tuple[Phrase, ...], start: int) -> list[Actor]:
    """The countries of the list that begins at phrase `start`."""
    return _list_from(phrases, start)[0]


def named_behind(phrases: tuple[Phrase, ...], at: int, *, counted: bool = False) -> list[Actor]:
    """As in "five against (Belarus, …)", "Against: Belarus", "voted against the text, including Russia".

    `counted`: voters may stand in between, as in "opposed by four Arab countries, among them Chad".
    """
    index = at + 1
    while index < len(phrases) and index - at <= _OBJECT_REACH and not phrases[index].has("including"):
        voters = counted and _is_of_voters(phrases[index])
        if not voters and not any(phrases[index].has(tag) for tag in _OBJECTS):
            break
        index += 1
    if index >= len(phrases):
        return []
    if phrases[index].word == "(":
        return listed_in(phrases, index)
    if phrases[index].word == "," and (closed := _closed_behind(phrases, index + 1)):
        return closed
    if phrases[index].word in {",", ";"} and index + 1 < len(phrases) and _announces(phrases, index + 1):
        index += 1
    if phrases[index].has("including") or (index > at + 1 and phrases[index].has("whose")):
        return _list_from(phrases, _behind_filling(phrases, index + 1))[0]
    if phrases[index].word == ":" or is_dash(phrases, index):
        actors, end = _list_from(phrases, index + 1)
        return actors if _may_end(phrases, end) else []
    return []


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


def listed_in(phrases: tuple[Phrase, ...], opening: int) -> list[Actor]:
    """The countries in a parenthesis, each an item of its own: "(most of Africa, Spain, France and others)"."""
    found: list[Actor] = []
    item: list[int] = []
    for index in range(opening + 1, len(phrases)):
        phrase = phrases[index]
        parts = phrase.word in {",", ";", ")"} or phrase.has("and")
        if not parts:
            item += [] if phrase.has("determiner") or phrase.has("including") else [index]
            continue
        if (
            len(item) == 1
            and (country := country_of(phrases[item[0]]))
            and phrases[item[0]].kind != "demonym"
        ):
            found.append(Actor(country, item[0]))
        item = []
        if phrase.word == ")":
            return found
    return found


def is_actor(phrases: tuple[Phrase, ...], index: int) -> bool:
    """A country that can do something: by its name, or through its government or its envoys."""
    phrase = phrases[index]
    if not country_of(phrase):
        return False
    if is_owner(phrases, index):
        stands_for_its_vote = any(
            later.has("cut_passive") or later.has("among") for later in phrases[index + 2 : index + 3]
        )
        return stands_for_its_vote or any(_represents(later) for later in phrases[index + 2 : index + 5])
    if phrase.kind != "demonym" or _are_the_people(phrases, index):
        return True
    while index + 1 < len(phrases) and (
        phrases[index + 1].kind == "demonym"
        or phrases[index + 1].word == ","
        or phrases[index + 1].has("and")
    ):
        index += 1
    return any(_represents(later) for later in phrases[index + 1 : index + 2])


def _are_the_people(phrases: tuple[Phrase, ...], index: int) -> bool:
    """As in "the Americans and the Chinese abstained": those of a country stand for it, where no noun follows."""
    if index == 0 or not phrases[index - 1].has("determiner") or index + 1 >= len(phrases):
        return False
    following = phrases[index + 1]
    verbs = ("side_verb", "did", "and", "cut_passive", "voting", "casting", "joining")
    return following.word == "," or any(following.has(tag) for tag in verbs)


def is_of_others(phrases: tuple[Phrase, ...], number: int) -> bool:
    """As in "France and 51 other countries", "Francia y otros 51 países"."""
    joined = any(phrase.has("and") for phrase in phrases[max(0, number - 2) : number])
    before = number > 0 and phrases[number - 1].has("other") and joined
    return before or (number + 1 < len(phrases) and phrases[number + 1].has("other"))


def is_owner(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "Russia's …", "Russia-backed …": not the country, but something of its."""
    following = phrases[at + 1 : at + 2]
    glued = bool(following) and following[0].start == phrases[at].end
    return glued and (
        following[0].word == "'s" or (following[0].word == "-" and not is_dash(phrases, at + 1))
    )


def is_dash(phrases: tuple[Phrase, ...], at: int) -> bool:
    """A dash with a space on one side at least, not a hyphen."""
    before, after = phrases[at - 1 : at], phrases[at + 1 : at + 2]
    glued = (
        bool(before and after) and before[0].end == phrases[at].start and after[0].start == phrases[at].end
    )
    return phrases[at].word == "-" and not (glued and after[0].word[:1].isalnum())


def aside_opening(phrases: tuple[Phrase, ...], closing: int) -> int | None:
    """Where the aside begins that ends at `closing`: "Israel, which …, voted", "Israel (which …) voted"."""
    if phrases[closing].word == ")":
        opening = _opening(phrases, closing)
        return None if listed_in(phrases, opening) else opening
    if phrases[closing].word not in {",", "-"}:
        return None
    for index in range(closing - 1, max(-1, closing - _ASIDE_REACH), -1):
        if phrases[index].word == phrases[closing].word:
            return index if _is_aside(phrases[index + 1 : closing]) else None
        if is_dash(phrases, index):
            return None
    return None


def _is_aside(inside: tuple[Phrase, ...]) -> bool:
    """Whether words between two commas only say more of the country before them."""
    if not inside:
        return False
    if not any(country_of(phrase) for phrase in inside) and any(phrase.has("voters") for phrase in inside):
        return True  # "Chad and Mali, the two members from the Sahel, …"
    if len(inside) <= _INSERTED and all(_is_inserted(phrase) for phrase in inside):
        return True  # "Canberra, too, …", "Mali, for its part, …"
    named = inside[0].has("determiner") and len(inside) > 1 and country_of(inside[1])  # ", die USA,"
    return (inside[0].has("relative") or inside[0].has("side_passive")) and not named


def _is_inserted(phrase: Phrase) -> bool:
    """A word that may stand between two commas and say nothing of who did what."""
    named = country_of(phrase) is not None or phrase.number is not None
    return phrase.word[:1].isalpha() and not named and not any(map(phrase.has, _NEVER_INSERTED))


def _opening(phrases: tuple[Phrase, ...], closing: int) -> int:
    return next((index for index in range(closing, -1, -1) if phrases[index].word == "("), 0)


def _acting(phrases: tuple[Phrase, ...], index: int, verb: int, attending: bool) -> tuple[list[Actor], int]:
    """The actors of the list that ends at phrase `index`, so far as they do what the verb says, and their governor."""
    actors, governor = _list_ending(phrases, index, attending)
    country = country_of(phrases[index])
    if country and (governor >= 0 or not actors) and _is_antecedent(phrases, index, verb):
        return [Actor(country, index)], -1
    narrowed = governor < 0 and _is_narrowed(phrases, actors, verb)
    return (actors[-1:] if narrowed else actors), governor


def _list_ending(phrases: tuple[Phrase, ...], index: int, attending: bool) -> tuple[list[Actor], int]:
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
        elif not _joins(phrases, index) or _is_seam(phrases, index):
            break
        index -= 1
    found.reverse()
    return _ungoverned(phrases, found, index, attending)


def _ungoverned(
    phrases: tuple[Phrase, ...], actors: list[Actor], governor: int, attending: bool
) -> tuple[list[Actor], int]:
    """Without those of whom the preposition before the list only says what something is about."""
    if governor < 0 or not actors or _is_free(phrases, governor, actors[0].at):
        return actors, -1
    if phrases[actors[-1].at + 1].has("heading"):
        return actors, -1  # "con Chad y Malí a la cabeza"
    if attending and phrases[governor].has("attending"):
        return actors, -1
    if phrases[governor].has("about") and governor and _represents(phrases[governor - 1]):
        return actors, -1  # "the representative of Peru"
    if phrases[governor].has("denying"):
        return [], governor  # "Chad, not Mali, voted …", "neither Chad nor Mali"
    together = phrases[governor].has("joining") or phrases[governor].has("likewise")
    begins = governor == 0 or phrases[governor - 1].word in {",", ";", '"'}
    comma = next((at for at in range(governor, actors[-1].at) if phrases[at].word == ","), None)
    if (begins or _is_told_before(phrases, governor)) and comma is not None and not together:
        return [actor for actor in actors if actor.at > comma], -1  # "Unlike Chad, Mali voted …"
    return (actors, governor) if together or phrases[governor].has("otherwise") else ([], -1)


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
    while index < len(phrases) and (country_of(phrases[index]) or _links(phrases[index])):
        if _is_seam(phrases, index):
            break
        country = country_of(phrases[index])
        if country and (kin := _behind_kin(phrases, index)) is not None:
            index = kin  # "Israel's close partner Canada"
            continue
        named = phrases[index].kind != "demonym" or _are_the_people(phrases, index)
        if country and named and not is_owner(phrases, index):
            found.append(Actor(country, index))
        index += 1
    if index > start and _links(phrases[index - 1]) and (group := _parenthesis_of_group(phrases, index)):
        return [*found, *listed_in(phrases, group)], group
    return found, index


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


def _joins(phrases: tuple[Phrase, ...], index: int) -> bool:
    """What stands between the countries of a list, read backwards."""
    phrase = phrases[index]
    if phrase.word == ",":
        return True
    if is_dash(phrases, index):
        return any(phrases[index + 1].has(tag) for tag in ("and", "joining", "likewise", "including"))
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
    while before >= 0 and (country_of(phrases[before]) or _joins(phrases, before)):
        before -= 1
    behind = comma + 1
    while behind < len(phrases) and (country_of(phrases[behind]) or _joins(phrases, behind)):
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
    """A number, those it counts, or a word that nobody knows: "four Caribbean states"."""
    return (
        phrase.number is not None or phrase.has("voters") or (not phrase.tags and phrase.word[:1].isalpha())
    )


def _announces(phrases: tuple[Phrase, ...], index: int) -> bool:
    return phrases[index].has("including") or phrases[index].has("whose") or is_dash(phrases, index)


def _may_end(phrases: tuple[Phrase, ...], end: int) -> bool:
    """Whether a list behind a colon or a dash ends here, and no verb makes a sentence of it."""
    if end >= len(phrases) or phrases[end - 1].word in {",", "-"} or phrases[end - 1].has("and"):
        return True
    behind = phrases[end]
    return not behind.word[:1].isalnum() or behind.number is not None or behind.has("other")


def _represents(phrase: Phrase) -> bool:
    return phrase.has("government") or phrase.has("envoy")


def _members(phrases: tuple[Phrase, ...], at: int, otherwise: set[str]) -> list[Actor]:
    """The members of a group, if the text says that all of them did so."""
    near = phrases[max(0, at - _WHOLE_REACH) : at + 1]
    if not any(phrase.has("every") for phrase in near):
        return []
    return [Actor(country, at) for country in _GROUPS[phrases[at].tags["group"]] if country not in otherwise]


def _excepted(phrases: tuple[Phrase, ...], verb: int) -> set[str]:
    """Who is excepted behind the verb: "all EU states voted in favour except Hungary"."""
    for at in range(verb + 1, min(verb + 1 + _OBJECT_REACH, len(phrases))):
        if phrases[at].has("otherwise"):
            return {actor.country for actor in _list_from(phrases, at + 1)[0]}
        if phrases[at].word in {";", "."}:
            break
    return set()


def _before_whole(phrases: tuple[Phrase, ...], group: int) -> int:
    """The phrase before "all EU states", "every permanent member"."""
    at = group - 1
    while at >= 0 and (
        phrases[at].has("every") or phrases[at].has("filler") or phrases[at].number is not None
    ):
        at -= 1
    return at


def _is_of_the_subject(phrases: tuple[Phrase, ...], index: int) -> bool:
    """A number before a verb must count others ("France and 51 other countries"), or those the subject is among
    ("Chad was one of two countries that …").
    """
    if phrases[index].number is None or is_of_others(phrases, index):
        return True
    if index > 1 and phrases[index - 1].has("and") and country_of(phrases[index - 2]):
        return True  # "Chad and four island states"
    before = index - 1
    while before >= 0 and (phrases[before].has("determiner") or phrases[before].has("filler")):
        if phrases[before].has("among"):
            return True
        before -= 1
    return before >= 0 and phrases[before].has("among")


def _is_antecedent(phrases: tuple[Phrase, ...], at: int, verb: int) -> bool:
    """As in "all except Mali, which abstained": the clause is of the country before it, whatever governs that."""
    between = [phrase for phrase in phrases[at + 1 : verb] if phrase.word != ","]
    return bool(between) and between[0].has("relative") and all(map(_is_stepped_over, between[1:]))


def _is_narrowed(phrases: tuple[Phrase, ...], actors: list[Actor], verb: int) -> bool:
    """As in "the backing of Chad and of Mali who abstained": without a comma, only the last is meant."""
    return bool(actors) and actors[-1].at + 1 < verb and phrases[actors[-1].at + 1].has("relative")


def _ends_subject(phrases: tuple[Phrase, ...], index: int, verb: int) -> bool:
    """Whether a phrase before a verb cannot be of its subject, nor of what stands between them."""
    if _ends_clause(phrases[index]) or not _is_of_the_subject(phrases, index):
        return True
    if not phrases[index].has("voters") or _are_few(phrases, index):
        return False
    # "Chad thanked the countries that voted in favour"
    return any(phrase.has("relative") for phrase in phrases[index + 1 : verb + 1])


def _are_few(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "was among the 32 countries that abstained": the subject is one of those spoken of."""
    return any(phrase.has("among") for phrase in phrases[max(0, at - _WHOLE_REACH) : at])


def _is_stepped_over(phrase: Phrase) -> bool:
    return any(phrase.has(tag) for tag in _STEPPED_OVER)


def _ends_clause(phrase: Phrase) -> bool:
    return phrase.word in {";", ":", "(", "."} or any(phrase.has(tag) for tag in _STOPS)
