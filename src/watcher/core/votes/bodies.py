"""Which body a sentence speaks of: a UN body by its code, the UN without closer name, or another house.

A verb belongs to the nearest house named before it in its sentence, else behind it, else to the house the text
spoke of last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from watcher.core.votes.reading import Phrase, Reading, Sentence

_MEMORY = 4  # sentences for which a house, once named, is the one meant


class House(NamedTuple):
    """`body` as in Vote.body; with `body` None, `un` tells the UN at large from another house or from nothing."""

    body: str | None = None
    un: bool = False
    elsewhere: bool = False
    committee: bool = False

    @property
    def certain(self) -> bool:
        """More than the UN at large."""
        return self.body is not None or self.elsewhere or self.committee


NO_HOUSE = House()
_TAGS = {"elsewhere", "body", "body_again", "committee", "un"}


@dataclass(slots=True)
class Houses:
    """The houses of one article; each sentence is searched once."""

    reading: Reading
    _named: dict[int, list[tuple[int, House]]] = field(default_factory=dict)
    _last: dict[int, House] = field(default_factory=dict)

    def of(self, sentence: Sentence, event: int) -> House:
        """The house in which the event at phrase `event` happened; NO_HOUSE if the text does not name one."""
        house = self._in_sentence(sentence, event)
        if house.certain:
            return house
        if sentence.number not in self._last:
            self._last[sentence.number] = self._remembered(sentence)
        recalled = self._last[sentence.number]
        if house.un:
            return recalled if recalled.body and sentence.field == "text" else house
        return recalled

    def _in_sentence(self, sentence: Sentence, event: int) -> House:
        """The nearest before the event, else the nearest behind it; the UN at large only if there is no other."""
        named = self.named(sentence)
        nearest = [house for index, house in reversed(named) if index < event]
        nearest += [house for index, house in named if index >= event]
        return next((house for house in nearest if house.certain), nearest[0] if nearest else NO_HOUSE)

    def named(self, sentence: Sentence) -> list[tuple[int, House]]:
        """The houses a sentence names, with their phrases; not those the text is about ("off the Council")."""
        if sentence.number not in self._named:
            self._named[sentence.number] = list(_houses(self.reading, sentence))
        return self._named[sentence.number]

    def _remembered(self, sentence: Sentence) -> House:
        """The house named last before this sentence, not too far back; else what title and lead name first."""
        earliest = max(0, sentence.number - _MEMORY)
        for earlier in reversed(self.reading.sentences[earliest : sentence.number]):
            named = [house for _, house in self.named(earlier) if house.body or house.elsewhere]
            if named:
                return named[-1]
        return self._first_named()

    def _first_named(self) -> House:
        """The first UN body of title and lead; another house only if they name no UN."""
        opening = self.reading.sentences[: self.reading.lead + 1]
        houses = [house for sentence in opening for _, house in self.named(sentence)]
        bodies = (house for house in houses if house.body)
        return next(bodies, next((house for house in houses if house.un), houses[0] if houses else NO_HOUSE))


def _houses(reading: Reading, sentence: Sentence) -> Iterator[tuple[int, House]]:
    for index, phrase in enumerate(sentence.phrases):
        if phrase.tags.keys() & _TAGS:
            house = _house(reading, sentence, phrase)
            if not _is_part_of(sentence.phrases, index) and not _is_target(sentence.phrases, index):
                yield index, house


def _house(reading: Reading, sentence: Sentence, phrase: Phrase) -> House:
    tags = phrase.tags
    if "elsewhere" in tags:
        return House(elsewhere=True)
    if "body" in tags:
        return House(tags["body"], un=True)
    if "committee" in tags:
        return House(None, un=True, committee=True)
    if "body_again" in tags:
        return House(_again(reading, sentence, tags["body_again"]), un=True)
    return House(None, un=True) if "un" in tags else NO_HOUSE


def _again(reading: Reading, sentence: Sentence, body: str) -> str | None:
    """A bare "the council" is the one that was named last, of security or of human rights."""
    if body != "council":
        return body
    for earlier in reading.sentences[sentence.number :: -1]:
        for phrase in reversed(earlier.phrases):
            if phrase.tags.get("body") in {"UNSC", "UNHRC"}:
                return phrase.tags["body"]
    return None


def _is_target(phrases: tuple[Phrase, ...], index: int) -> bool:
    """As in "kicked off the Human Rights Council", "called on the Council": what was voted on, not where."""
    if not phrases[index].has("body"):
        return False
    at = index - 1
    while at >= 0 and phrases[at].has("determiner"):
        at -= 1
    return at >= 0 and (phrases[at].has("target") or phrases[at].has("act"))


def _is_part_of(phrases: tuple[Phrase, ...], index: int) -> bool:
    """As in "the Fourth Committee of the General Assembly": the Assembly only says whose committee it is."""
    at = index - 1
    while at >= 0 and (phrases[at].has("share") or phrases[at].has("filler")):
        at -= 1
    return 0 <= at < index - 1 and (phrases[at].has("body") or phrases[at].has("committee"))
