"""Who voted, where those are named behind what they did: "opposed by Chad", "votaron en contra Chad y Mali"."""

from __future__ import annotations

from watcher.core.votes.actors import Actor, country_of
from watcher.core.votes.country_lists import named_behind, named_from
from watcher.core.votes.modality import is_fact
from watcher.core.votes.reading import Phrase

_OF_THOSE_WHO = 2  # phrases from "countries" to the verb of "countries that abstained"
_JOINED = 3  # phrases from "were joined in" to the verb
_LIKEWISE_REACH = 9  # phrases between a vote and the "as did Mali" that follows it


def behind_passive(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """As in "opposed by Israel and Chad", "opposed only by …", "opposed by four countries, among them Chad"."""
    if at and phrases[at - 1].number is not None and phrases[at].has("row_cue"):
        return []  # "potępiło 128 głosami decyzję Fidżi": the votes are counted, and not Fiji's
    start = at + 1
    for first in (start, start + 1):
        if first < len(phrases) and (found := named_from(phrases, first)):
            return found
        if first < len(phrases) and country_of(phrases[first]):
            return []  # "opposed by Russia's allies"
    return named_behind(phrases, at, counted=True)


def opened_by(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """As in "votaron en contra Israel y Chad": the voters stand behind their verb, and nobody right before it."""
    before = at - 1
    while before >= 0 and phrases[before].has("filler") and not country_of(phrases[before]):
        before -= 1
    # "Chad, que se abstuvo"; but "Entre los países que se abstuvieron"
    related = at > 1 and phrases[at - 1].has("relative") and not phrases[at - _OF_THOSE_WHO].has("voters")
    before_it = _besides(phrases, before)
    governed = before > 0 and phrases[before - 1].has("about")
    named = before >= 0 and country_of(phrases[before]) and not before_it and not governed
    if related or named or not is_fact(phrases, at):
        return []
    if (besides := _others_too(phrases, at + 1)) is not None:
        return besides
    start = at + 1 + _is_too(phrases, at, before)
    while start < len(phrases) and not country_of(phrases[start]) and not phrases[start].has("about") and (
        any(phrases[start].has(tag) for tag in ("filler", "including", "determiner", "recent"))
        or (phrases[start].word == "," and _is_inserted(phrases, start))
    ):  # fmt: skip
        start += 1
    if start == at + 1 < len(phrases) and phrases[start].has("bent"):
        return []  # "several states came out against Chad": what a preposition bends is no subject
    if start < len(phrases) and country_of(phrases[start]):
        behind = named_from(phrases, start)
        if phrases[at].has("reacting") and len(behind) < 2:
            return []  # one alone that rejects a text may say so of it; several do so by their votes
        return [*behind, *before_it]
    return [*named_behind(phrases, at, counted=True), *before_it]


def _others_too(phrases: tuple[Phrase, ...], start: int) -> list[Actor] | None:
    """As in "Dafür stimmten am Montag außer Chad nur Fidschi und Mali": all three, for nobody did so but they."""
    while start < len(phrases) and _tells_when(phrases[start]):
        start += 1
    if start >= len(phrases) or not phrases[start].has("besides"):
        return None
    first = named_from(phrases, start + 1)
    only = first[-1].at + 1 if first else len(phrases)
    if only + 1 >= len(phrases) or not phrases[only].has("only"):
        return None
    return [*first, *named_from(phrases, only + 1)]


def _tells_when(phrase: Phrase) -> bool:
    """When and where, between a verb and its subjects."""
    named = phrase.word[:1].isalnum() and country_of(phrase) is None and phrase.number is None
    return named and not any(
        map(phrase.has, ("besides", "outcome", "side_verb", "side_noun", "voters", "modal", "and"))
    )


def likewise(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """As in "Washington voted against the text, as did Israel", "Those against were island states, along with Chad"."""
    index = at + 1
    described = index < len(phrases) and phrases[index].has("cut_passive")
    while index < len(phrases) and index - at <= _LIKEWISE_REACH and not phrases[index].has("likewise"):
        phrase = phrases[index]
        told = any(phrase.has(tag) for tag in ("filler", "document", "determiner", "it", "and", "about"))
        told = told or (described and (phrase.has("voters") or _is_unknown(phrase)))
        if phrase.word not in {",", ";", '"'} and not told:
            return []
        index += 1
    return named_from(phrases, index + 1) if index < len(phrases) and phrases[index].has("likewise") else []


def joined_by(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """As in "Chad and Mali were joined in voting no by Fiji": who joined them, behind what they did."""
    if at < _JOINED or not (phrases[at - 1].has("joined_in") and phrases[at - _JOINED + 1].has("joining")):
        return []
    index = at + 1
    while index < len(phrases) and not phrases[index].has("by"):
        if not any(map(phrases[index].has, ("document", "determiner", "it", "filler", "recent"))):
            return []
        index += 1
    return named_from(phrases, index + 1) if phrases[at - _JOINED].has("cut_passive") else []


def in_company(phrases: tuple[Phrase, ...]) -> list[Actor]:
    """As in "Voting no with Israel were Chad and Fiji": a sentence that begins with what they did."""
    together = named_from(phrases, 2) if len(phrases) > 2 and phrases[1].has("attending") else []
    places = range(together[0].at, together[-1].at) if together else ()
    return together if any(phrases[index].has("cut_passive") for index in places) else []


def _is_unknown(phrase: Phrase) -> bool:
    return not phrase.tags and not phrase.country and phrase.word[:1].isalpha()


def _is_too(phrases: tuple[Phrase, ...], at: int, before: int) -> bool:
    """Whether the "and" behind the verb that opens a sentence is a "too": "Утримався і Китай."."""
    too = before < 0 and at + 2 < len(phrases) and phrases[at + 1].has("and")
    return (
        too
        and country_of(phrases[at + 2]) is not None
        and (at + 3 == len(phrases) or phrases[at + 3].word in {".", "-"})
    )


def _is_inserted(phrases: tuple[Phrase, ...], comma: int) -> bool:
    """Whether a comma stands around "among others"."""
    return any(
        phrase.has("including") for phrase in (*phrases[comma - 1 : comma], *phrases[comma + 1 : comma + 2])
    )


def _besides(phrases: tuple[Phrase, ...], last: int) -> list[Actor]:
    """As in "Además de Chad, se abstuvieron Mali y Fiyi": the list that ends at phrase `last`, or before a comma."""
    while last >= 0 and (phrases[last].word == "," or phrases[last].has("filler")):
        last -= 1
    if last < 0 or not country_of(phrases[last]):
        return []
    start = last
    while start > 0 and not phrases[start].has("besides"):
        if not (country_of(phrases[start]) or _links_list(phrases[start])):
            return []
        start -= 1
    inserted = start > 1 and phrases[start - 1].word == "," and country_of(phrases[start - 2])
    return named_from(phrases, start + 1) if phrases[start].has("besides") and not inserted else []


def _links_list(phrase: Phrase) -> bool:
    return phrase.word == "," or phrase.has("and") or phrase.has("determiner")
