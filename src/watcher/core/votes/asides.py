"""What stands aside in a sentence: in parentheses, between two commas or two dashes.

An aside only says more of what stands before it, and is stepped over: "Israel, which has a border with Chad, voted …".
A parenthesis may be a list of countries, though, and that is read.
"""

from __future__ import annotations

from watcher.core.votes.actors import Actor, country_of, is_dash
from watcher.core.votes.reading import Phrase

ENDS = {",", ";", ".", ")", '"'}
_INSERTED = 4  # phrases of "for its part", between commas
_ASIDE_REACH = 30  # phrases in "Israel, whose … , voted"
_NEVER_INSERTED = ("outcome", "side_verb", "side_loose", "side_passive", "side_noun", "voting", "document", "body",
                   "including", "and", "joining")  # fmt: skip


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


def aside_opening(phrases: tuple[Phrase, ...], closing: int) -> int | None:
    """Where the aside begins that ends at `closing`: "Israel, which …, voted", "Israel (which …) voted"."""
    if phrases[closing].word == ")":
        opening = opening_of(phrases, closing)
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
    if not any(country_of(phrase) for phrase in inside) and is_some_of_those(inside):
        return True  # "Chad and Mali, two of the sponsors, …"
    if len(inside) <= _INSERTED and all(_is_inserted(phrase) for phrase in inside):
        return True  # "Canberra, too, …", "Mali, for its part, …"
    if _is_kin(inside):
        return True  # "the US, Israel's closest ally, …"
    named = inside[0].has("determiner") and len(inside) > 1 and country_of(inside[1])  # ", die USA,"
    return any(inside[0].has(tag) for tag in ("relative", "recalling", "side_passive")) and not named


def _is_kin(inside: tuple[Phrase, ...]) -> bool:
    """As in "Israel's closest ally": a country that only says whose friend another is."""
    owned = len(inside) > 2 and country_of(inside[0]) is not None and inside[1].word == "'s"
    return owned and all(phrase.has("kin") or phrase.has("filler") for phrase in inside[2:])


def is_some_of_those(inside: tuple[Phrase, ...]) -> bool:
    """As in "two of the sponsors": of whom it is said what they are, not how many did something."""
    first = next((at for at, phrase in enumerate(inside) if phrase.number is not None), None)
    if first is None or not all(
        phrase.has("determiner") or phrase.has("filler") for phrase in inside[:first]
    ):
        return False
    return first + 1 < len(inside) and inside[first + 1].has("share")


def _is_inserted(phrase: Phrase) -> bool:
    """A word that may stand between two commas and say nothing of who did what."""
    named = country_of(phrase) is not None or phrase.number is not None
    return phrase.word[:1].isalpha() and not named and not any(map(phrase.has, _NEVER_INSERTED))


def opening_of(phrases: tuple[Phrase, ...], closing: int) -> int:
    """Where the parenthesis opens that ends at `closing`."""
    return next((index for index in range(closing, -1, -1) if phrases[index].word == "("), 0)


def ends(phrases: tuple[Phrase, ...], at: int) -> bool:
    """Whether a clause ends right behind phrase `at`, or an "and" joins another."""
    return at + 1 == len(phrases) or phrases[at + 1].word in ENDS or phrases[at + 1].has("and")
