"""Who voted how, where the text says it of a country by name.

Forms: "Israel, the United States and Austria voted against"; "five against (Belarus, Eritrea …)"; "opposed by
Russia"; "Against: …"; "joined Russia in opposing"; "the President instructed his ambassador to stay away from the
vote". A demonym is a country only with its envoy or government beside it. Nothing is concluded from silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from watcher.core.model import Position
from watcher.core.votes.counts import number_led
from watcher.core.votes.decisions import is_fact
from watcher.core.votes.reading import Phrase, Sentence

_STEPPED_OVER = ("filler", "did", "recent", "including", "voters", "and")
_GAP = 3  # strangers between a country and its verb
_DOCUMENT_REACH = 6  # phrases behind "backed" in which the text voted on must be named
_INSTRUCTED_REACH = 12


class Stance(NamedTuple):
    """A country took a position, told at phrase `at` of a sentence; the words are phrases [first, last]."""

    country: str
    position: Position
    sentence: Sentence
    at: int
    first: int
    last: int


def stances_in(sentence: Sentence) -> Iterator[Stance]:
    """The stances a sentence states as facts."""
    phrases = sentence.phrases
    if not any(phrase.country for phrase in phrases):
        return
    for at, phrase in enumerate(phrases):
        yield from _at(sentence, at, phrase)


def _at(sentence: Sentence, at: int, phrase: Phrase) -> Iterator[Stance]:
    tags, phrases = phrase.tags, sentence.phrases
    if "side_passive" in tags:
        if is_fact(phrases, at):
            yield from _stances(sentence, at, tags["side_passive"], _list_after(phrases, at + 1))
        return
    if "veto_noun" in tags and at and any(other.tags.get("outcome") == "vetoed" for other in phrases):
        yield from _stances(sentence, at, "against", [at - 1])  # "blocked by a Russian veto"
    if "side_lead" in tags and (number := number_led(phrases, at)) is not None:
        behind = number + 1 if number + 1 < len(phrases) and phrases[number + 1].has("voters") else number
        yield from _stances(sentence, at, tags["side_lead"], _enumerated(phrases, behind))
        return
    side = tags.get("side_verb") or tags.get("side_loose") or tags.get("side_noun")
    if side is None:
        return
    verbal = "side_verb" in tags or "side_loose" in tags
    believed = "side_loose" not in tags or _speaks_of_the_text(sentence, at)
    if verbal and believed:
        if is_fact(phrases, at):
            yield from _stances(sentence, at, side, _subjects(phrases, at))
        elif (country := _instructing(phrases, at)) is not None:
            yield from _stances(sentence, at, side, [country])
        yield from _stances(sentence, at, side, _joined(phrases, at))
        if is_fact(phrases, at):
            yield from _stances(sentence, at, side, _likewise(phrases, at))
    elif not verbal and _stands_alone(phrases, at) and is_fact(phrases, at):
        yield from _stances(sentence, at, side, _list_before(phrases, at - 1, attending=True))
    yield from _stances(sentence, at, side, _enumerated(phrases, at))


def _stances(sentence: Sentence, at: int, side: str, countries: list[int]) -> Iterator[Stance]:
    for index in countries:
        country = sentence.phrases[index].country
        if country:
            yield Stance(country, Position(side), sentence, at, min(index, at), max(index, at))


def _speaks_of_the_text(sentence: Sentence, at: int) -> bool:
    """As in "backed the resolution", "oppose" at the end of a headline about a vote."""
    behind = sentence.phrases[at + 1 : at + 1 + _DOCUMENT_REACH]
    if any("document" in phrase.tags or "ballot" in phrase.tags for phrase in behind):
        return True
    ends = not behind or behind[0].word in {"it", "them", ".", ",", "-"}
    told = ("voting", "outcome", "document")
    before = sentence.phrases[:at]
    return ends and any(
        phrase.number is not None or any(tag in phrase.tags for tag in told) for phrase in before
    )


def _subjects(phrases: tuple[Phrase, ...], at: int) -> list[int]:
    """The countries of the list that ends right before the verb at `at`."""
    index, strangers = at - 1, 0
    allowed = 1 if "side_loose" in phrases[at].tags else _GAP
    while index >= 0 and not _is_actor(phrases, index):
        if _ends_clause(phrases[index]) or not _is_rest(phrases, index):
            return []
        strangers += not any(tag in phrases[index].tags for tag in _STEPPED_OVER)
        if strangers > allowed:
            return []
        index -= 1
    return _list_before(phrases, index, attending=phrases[at].has("participle"))


def _is_rest(phrases: tuple[Phrase, ...], index: int) -> bool:
    """A number between a country and its verb must count the others: "France and 51 other countries"."""
    return phrases[index].number is None or phrases[index + 1].has("other")


def _ends_clause(phrase: Phrase) -> bool:
    stops = ("outcome", "side_verb", "side_passive", "joining", "document", "body", "un")
    return phrase.word in {";", ":", ")", "(", "."} or any(tag in phrase.tags for tag in stops)


def _is_actor(phrases: tuple[Phrase, ...], index: int) -> bool:
    """A country that can do something: by its name, or through its government."""
    phrase, following = phrases[index], phrases[index + 1 : index + 2]
    if not phrase.country:
        return False
    if _is_owner(phrases, index):
        return any(later.has("government") for later in phrases[index + 2 : index + 5])
    return phrase.kind != "demonym" or any(later.has("government") for later in following)


def _list_before(phrases: tuple[Phrase, ...], index: int, attending: bool) -> list[int]:
    """The list of countries that ends at phrase `index`; none if it only says what something is about.

    `attending`: the verb is one that "with" goes with, as in "passed 14-0, with Russia abstaining".
    """
    found: list[int] = []
    while index >= 0 and (phrases[index].country or _joins(phrases[index])):
        phrase = phrases[index]
        if phrase.country and (phrase.kind != "demonym" or not found):
            found.append(index)
        index -= 1
    if index < 0 or not phrases[index].has("about") or phrases[index].has("including"):
        return found
    return found if attending and phrases[index].has("attending") else []


def _joins(phrase: Phrase) -> bool:
    """What stands between the countries of a list."""
    return phrase.word == "," or any(phrase.has(tag) for tag in ("determiner", "and", "including"))


def _list_after(phrases: tuple[Phrase, ...], index: int) -> list[int]:
    """The list of countries that begins at phrase `index`, or one stranger later."""
    for start in (index, index + 1):
        if found := _closed_list(phrases, start):
            return [at for at in found if not _is_owner(phrases, at)]
    return []


def _is_owner(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "Russia's …", "Russia-backed …": not the country, but something of its."""
    following = phrases[at + 1 : at + 2]
    glued = bool(following) and following[0].start == phrases[at].end
    return glued and following[0].word in {"'s", "-"}


def _enumerated(phrases: tuple[Phrase, ...], at: int) -> list[int]:
    """As in "five against (Belarus, …)", "Against: Belarus, …", "12 against, including Russia"."""
    if at + 1 >= len(phrases):
        return []
    opening, index = phrases[at + 1], at + 1
    if opening.word in {"(", ":"} or "including" in opening.tags:
        return _closed_list(phrases, index + 1)
    named = ("including", "whose")
    if opening.word in {",", "-"} and index + 1 < len(phrases) and any(map(phrases[index + 1].has, named)):
        return _closed_list(phrases, index + 2)
    return []


def _closed_list(phrases: tuple[Phrase, ...], index: int) -> list[int]:
    """The countries of the list that begins at phrase `index`."""
    found: list[int] = []
    while index < len(phrases) and (phrases[index].country or _joins(phrases[index])):
        if phrases[index].country and phrases[index].kind != "demonym":
            found.append(index)
        index += 1
    return found


def _joined(phrases: tuple[Phrase, ...], at: int) -> list[int]:
    """As in "joined Washington and Israel in opposing": those who were joined, and the countries that joined them."""
    joining = next((index for index in range(at - 1, -1, -1) if "joining" in phrases[index].tags), None)
    if joining is None or not {"in", "and"} & {phrase.word for phrase in phrases[joining:at]}:
        return []
    if any("outcome" in phrase.tags or phrase.word in {",", ";"} for phrase in phrases[joining:at]):
        return []
    return [*_list_after(phrases, joining + 1), *_subjects(phrases, joining)]


def _stands_alone(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "19 countries voted for it, Chad and Fiji against.": nothing follows that it could be a preposition to."""
    ends = (
        at + 1 == len(phrases) or phrases[at + 1].word in {",", ";", ".", ")"} or phrases[at + 1].has("and")
    )
    voted = any(phrase.has("side_verb") or phrase.number is not None for phrase in phrases[:at])
    return ends and voted and at > 0 and phrases[at - 1].country is not None


def _likewise(phrases: tuple[Phrase, ...], at: int) -> list[int]:
    """As in "Washington voted against, as did Israel"."""
    index = at + 1
    while index < len(phrases) and (phrases[index].word == "," or phrases[index].has("filler")):
        index += 1
    return _closed_list(phrases, index + 1) if index < len(phrases) and phrases[index].has("likewise") else []


def _instructing(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """Who instructed an envoy to do what the verb at `at` says: the country named last before the instruction."""
    start = max(0, at - _INSTRUCTED_REACH)
    verb = next(
        (index for index in range(at - 1, start - 1, -1) if "instructed" in phrases[index].tags), None
    )
    if verb is None or not any("envoy" in phrase.tags for phrase in phrases[verb:at]):
        return None
    own = next((index for index in range(verb, at) if phrases[index].country), None)
    return (
        own
        if own is not None
        else next((index for index in range(verb - 1, -1, -1) if phrases[index].country), None)
    )
