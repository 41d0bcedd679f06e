"""Who does what a verb says: the countries that are its subject, by name or as a group.

They are sought from the verb towards the beginning of the sentence, over what may stand in between: "Israel, which has
a border with Chad, and its ally the United States voted …". A group acts where the text says that all of it did.
"""

from __future__ import annotations

from watcher.core.votes.actors import Actor, country_of, is_actor, is_dash
from watcher.core.votes.asides import aside_opening, listed_in, opening_of
from watcher.core.votes.country_lists import joins, list_ending, named_before, named_from
from watcher.core.votes.reading import Phrase

PERMANENT_MEMBERS = ("China", "France", "Russia", "United Kingdom", "United States")
EUROPEAN_UNION = (
    "Austria", "Belgium", "Bulgaria", "Croatia", "Cyprus", "Czechia", "Denmark", "Estonia", "Finland", "France",
    "Germany", "Greece", "Hungary", "Ireland", "Italy", "Latvia", "Lithuania", "Luxembourg", "Malta", "Netherlands",
    "Poland", "Portugal", "Romania", "Slovakia", "Slovenia", "Spain", "Sweden",
)  # fmt: skip
_GROUPS = {"permanent": PERMANENT_MEMBERS, "european": EUROPEAN_UNION}
GAP = 3  # strangers between a country and its verb
_WHOLE_REACH = 5  # phrases between "all" and "permanent members"
_STEPPED_OVER = ("filler", "did", "recent", "including", "voters", "and", "among", "likewise", "joining",
                 "government", "envoy")  # fmt: skip
_STOPS = ("outcome", "side_verb", "side_passive", "side_opening", "document", "body", "un")
_EXCEPTED_REACH = 8  # phrases between a verb and "except Hungary"


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
        if (opening := _aside(phrases, index)) is not None:
            index = opening if aside_opening(phrases, opening) is not None else opening - 1
        elif phrase.word == ")":
            return found or listed_in(phrases, opening_of(phrases, index))
        elif is_actor(phrases, index):
            actors, governor = _acting(phrases, index, verb, attending)
            if governor < 0:
                return [*_before_group(phrases, actors), *found, *actors]
            if phrases[governor].has("otherwise"):
                otherwise.update(actor.country for actor in actors)
            else:
                found += actors  # they are joined by others
            index, strangers = governor - 1, 0
        elif phrase.has("group") and not _are_few(phrases, index):
            found += _members(phrases, index, otherwise | _excepted(phrases, verb))
            index = _before_whole(phrases, index)
            if not (index >= 0 and joins(phrases, index)):
                return found
        elif _ends_subject(phrases, index, verb):
            return found
        else:
            counted = phrase.number is not None  # "one of the 15"
            parting = phrase.word in {",", "-"} and (found or phrases[index + 1].has("relative"))
            strangers += not (counted or parting or _is_stepped_over(phrase))
            index -= 1
    return found


def _before_group(phrases: tuple[Phrase, ...], actors: list[Actor]) -> list[Actor]:
    """As in "Chad, Fiji and two small nations - Mali and Peru - voted no": the list that ends in the group between
    dashes, which is named in full."""
    opening = actors[0].at - 1 if actors else -1
    while opening > 0 and phrases[opening].has("determiner"):
        opening -= 1
    if opening < 1 or not is_dash(phrases, opening) or phrases[actors[-1].at + 1].word != "-":
        return []
    number = opening - 1
    while number > 0 and opening - number <= _WHOLE_REACH and phrases[number].number is None:
        if country_of(phrases[number]) or not phrases[number].word[:1].isalpha():
            return []
        number -= 1
    joint = number - 1
    if phrases[number].number != len(actors) or joint < 1 or not phrases[joint].has("and"):
        return []
    return named_before(phrases, joint - 1 - (phrases[joint - 1].word == ","))


def _aside(phrases: tuple[Phrase, ...], closing: int) -> int | None:
    """Where the aside opens that ends at `closing`. "Unlike Chad, which abstained" is none: the clause is of Chad."""
    if phrases[closing + 1].has("relative") and country_of(phrases[closing - 1]):
        return None
    return aside_opening(phrases, closing)


def _acting(phrases: tuple[Phrase, ...], index: int, verb: int, attending: bool) -> tuple[list[Actor], int]:
    """The actors of the list that ends at phrase `index`, so far as they do what the verb says, and their governor."""
    actors, governor = list_ending(phrases, index, attending)
    country = country_of(phrases[index])
    if country and (governor >= 0 or not actors) and _is_antecedent(phrases, index, verb):
        all_of_them = governor >= 0 and phrases[index + 1].word == ","
        return (actors if all_of_them else [Actor(country, index)]), -1
    narrowed = governor < 0 and _is_narrowed(phrases, actors, verb)
    return (actors[-1:] if narrowed else actors), governor


def _members(phrases: tuple[Phrase, ...], at: int, otherwise: set[str]) -> list[Actor]:
    """The members of a group, if the text says that all of them did so."""
    near = phrases[max(0, at - _WHOLE_REACH) : at + 1]
    if not any(phrase.has("every") for phrase in near):
        return []
    return [Actor(country, at) for country in _GROUPS[phrases[at].tags["group"]] if country not in otherwise]


def _excepted(phrases: tuple[Phrase, ...], verb: int) -> set[str]:
    """Who is excepted behind the verb: "all EU states voted in favour except Hungary"."""
    for at in range(verb + 1, min(verb + 1 + _EXCEPTED_REACH, len(phrases))):
        if phrases[at].has("otherwise"):
            return {actor.country for actor in named_from(phrases, at + 1)}
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
    if index and phrases[index - 1].has("such"):
        return True  # "乍得、马里等14国"
    before = index - 1
    while before >= 0 and _is_of_a_whole(phrases[before]):
        if phrases[before].has("among"):
            return True
        before -= 1
    return before >= 0 and phrases[before].has("among")


def is_of_others(phrases: tuple[Phrase, ...], number: int) -> bool:
    """As in "France and 51 other countries", "Francia y otros 51 países"."""
    joined = any(phrase.has("and") for phrase in phrases[max(0, number - 2) : number])
    before = number > 0 and phrases[number - 1].has("other") and joined
    return before or (number + 1 < len(phrases) and phrases[number + 1].has("other"))


def _is_of_a_whole(phrase: Phrase) -> bool:
    """What stands between "the only one" and the number of all: "of the Council's"."""
    tags = ("determiner", "filler", "share", "body", "body_again")
    return phrase.word == "'s" or any(phrase.has(tag) for tag in tags)


def _is_antecedent(phrases: tuple[Phrase, ...], at: int, verb: int) -> bool:
    """As in "all except Mali, which abstained": the clause is of the country before it, whatever governs that."""
    between = [phrase for phrase in phrases[at + 1 : verb] if phrase.word != ","]
    return bool(between) and between[0].has("relative") and all(map(_is_stepped_over, between[1:]))


def _is_narrowed(phrases: tuple[Phrase, ...], actors: list[Actor], verb: int) -> bool:
    """As in "the backing of Chad and of Mali who abstained": without a comma, only the last is meant."""
    return bool(actors) and actors[-1].at + 1 < verb and phrases[actors[-1].at + 1].has("relative")


def _ends_subject(phrases: tuple[Phrase, ...], index: int, verb: int) -> bool:
    """Whether a phrase before a verb cannot be of its subject, nor of what stands between them."""
    owner = (
        phrases[index].has("body") and phrases[index + 1].word == "'s"
    )  # "one of the Council's 15 members"
    if (_ends_clause(phrases[index]) and not owner) or not _is_of_the_subject(phrases, index):
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
