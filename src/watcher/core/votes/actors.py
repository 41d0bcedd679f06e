"""What can act in a sentence: a country by its name, its people, its government or its envoys.

A country that only says whose something is ("Russia's draft", "Russia-backed") or of what kind ("the Chadian text") is
no actor. Who acts of those that can is for lists (`country_lists`) and verbs (`voters`) to say.
"""

from __future__ import annotations

from typing import NamedTuple

from watcher.core.votes.reading import Phrase


class Actor(NamedTuple):
    """A country, and the phrase that names it."""

    country: str
    at: int


def country_of(phrase: Phrase) -> str | None:
    """The country a phrase names. In a list of voters that may be a word which elsewhere means something else."""
    return phrase.country or phrase.tags.get("actor")


def is_actor(phrases: tuple[Phrase, ...], index: int) -> bool:
    """A country that can do something: by its name, or through its government or its envoys."""
    phrase = phrases[index]
    if not country_of(phrase):
        return False
    if is_owner(phrases, index):
        stands_for_its_vote = any(
            later.has("cut_passive") or later.has("among") for later in phrases[index + 2 : index + 3]
        )
        return stands_for_its_vote or any(represents(later) for later in phrases[index + 2 : index + 5])
    if phrase.kind != "demonym" or are_the_people(phrases, index):
        return True
    while index + 1 < len(phrases) and (
        phrases[index + 1].kind == "demonym"
        or phrases[index + 1].word == ","
        or phrases[index + 1].has("and")
    ):
        index += 1
    return any(represents(later) for later in phrases[index + 1 : index + 2])


def are_the_people(phrases: tuple[Phrase, ...], index: int) -> bool:
    """As in "the Americans and the Chinese abstained": those of a country stand for it, where no noun follows."""
    if index == 0 or not phrases[index - 1].has("determiner") or index + 1 >= len(phrases):
        return False
    following = phrases[index + 1]
    verbs = ("side_verb", "did", "and", "cut_passive", "voting", "casting", "joining")
    return following.word == "," or any(following.has(tag) for tag in verbs)


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


def represents(phrase: Phrase) -> bool:
    """Whether a phrase names those who act for a country: "government", "envoy"."""
    return phrase.has("government") or phrase.has("envoy")
