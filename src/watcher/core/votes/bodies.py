"""Which body a sentence speaks of: a UN body by its code, the UN without closer name, or another house.

A verb belongs to the nearest house named before it in its sentence; else to one named behind it in the same breath;
else to the house the text spoke of last. A house is known by its size, too: where more votes are counted than the UN
has members, it is another, whatever the sentence names. And a bare "the assembly" is the one that was spoken of: where
only a parliamentary assembly was, it is not the UN's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from watcher.core.votes.counts import counts_in
from watcher.core.votes.reading import Phrase, Reading, Sentence

_MEMORY = 4  # sentences for which a house, once named, is the one meant
_MEMBERS = 193  # of the United Nations: no body of it has more
_PARTED = (
    "document",
    "outcome",
    "act",
    "cut_relative",
)  # behind these a house is not where the vote was held
BARE = {"assembly": ("UNGA",), "council": ("UNSC", "UNHRC", "ECOSOC")}  # what a name without more may mean
_OWNED = 2  # phrases between "the union's" and its "representative assembly"


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
ELSEWHERE = House(elsewhere=True)
_TAGS = {"elsewhere", "body", "body_again", "committee", "un"}


@dataclass(slots=True)
class Houses:
    """The houses of one article; each sentence is searched once."""

    reading: Reading
    _named: dict[int, list[tuple[int, House]]] = field(default_factory=dict)
    _last: dict[int, House] = field(default_factory=dict)
    _larger: dict[int, bool] = field(default_factory=dict)

    def of(self, sentence: Sentence, event: int) -> House:
        """The house in which the event at phrase `event` happened; NO_HOUSE if the text does not name one."""
        if self._is_larger(sentence):
            return ELSEWHERE
        named = self.named(sentence)
        before = [house for index, house in reversed(named) if index < event]
        behind = [(index, house) for index, house in named if index >= event]
        near = [house for index, house in behind if _in_one_breath(sentence.phrases[event + 1 : index])]
        certain = [house for house in (*before, *near) if house.certain]
        if certain:
            return certain[0]
        spoken_of = self._spoken_of(sentence)
        if (spoken_of.elsewhere and not before) or (spoken_of.body and sentence.field == "text"):
            return spoken_of
        far = [house for _, house in behind]
        rest = [*(house for house in far if house.certain), *before, *far, spoken_of]
        return rest[0]

    def _is_larger(self, sentence: Sentence) -> bool:
        """Whether more votes are counted in a sentence than the UN has members, and not by mistake."""
        if sentence.number not in self._larger:
            two_houses = any(other.has("elsewhere") for other in self.reading.sentences)
            larger = _has_large_side(sentence) or (two_houses and _counts_too_many(sentence))
            self._larger[sentence.number] = larger
        return self._larger[sentence.number]

    def _spoken_of(self, sentence: Sentence) -> House:
        if sentence.number not in self._last:
            self._last[sentence.number] = self._remembered(sentence)
        return self._last[sentence.number]

    def named(self, sentence: Sentence) -> list[tuple[int, House]]:
        """The houses a sentence names, with their phrases; not those the text is about ("off the Council")."""
        if sentence.number not in self._named:
            self._named[sentence.number] = list(_houses(self.reading, sentence))
        return self._named[sentence.number]

    def _remembered(self, sentence: Sentence) -> House:
        """What the last sentence with a house speaks of, if not too far back; else what title and lead name first."""
        earliest = max(0, sentence.number - _MEMORY)
        for earlier in reversed(self.reading.sentences[earliest : sentence.number]):
            if self._is_larger(earlier):
                return ELSEWHERE
            named = [house for _, house in self.named(earlier) if house.body or house.elsewhere]
            if named:
                return named[0]
        return self._first_named()

    def _first_named(self) -> House:
        """The first UN body of title and lead; another house only if they name no UN."""
        opening = self.reading.sentences[: self.reading.lead + 1]
        houses = [house for sentence in opening for _, house in self.named(sentence)]
        bodies = (house for house in houses if house.body)
        return next(bodies, next((house for house in houses if house.un), houses[0] if houses else NO_HOUSE))


def _houses(reading: Reading, sentence: Sentence) -> Iterator[tuple[int, House]]:
    for index, phrase in enumerate(sentence.phrases):
        if phrase.tags.keys() & _TAGS and not _is_what_a_text_is_on(sentence, phrase):
            house = _house(reading, sentence, phrase)
            if _is_namesake(sentence.phrases, index) or _is_namesake_again(reading, sentence, phrase):
                yield index, ELSEWHERE
            elif not _is_part_of(sentence.phrases, index) and not _is_target(sentence.phrases, index):
                yield index, house


def _is_what_a_text_is_on(sentence: Sentence, phrase: Phrase) -> bool:
    """As in "a Security Council resolution on Sunday's referendum": it is not held in the house that is named."""
    return phrase.tags.get("elsewhere") == "plebiscite" and sentence.has("body") and sentence.has("document")


def _house(reading: Reading, sentence: Sentence, phrase: Phrase) -> House:
    tags = phrase.tags
    if "elsewhere" in tags:
        return ELSEWHERE
    if "body" in tags:
        return House(tags["body"], un=True)
    if "committee" in tags:
        return House(None, un=True, committee=True)
    if "body_again" in tags:
        return _again(reading, sentence, phrase)
    return House(None, un=True) if "un" in tags else NO_HOUSE


def _again(reading: Reading, sentence: Sentence, phrase: Phrase) -> House:
    """A bare "the council" or "the assembly" is the UN's that was named last; else another house that was named."""
    named = phrase.tags["body_again"]
    if named not in BARE:
        return House(named, un=True)
    if _is_owned(sentence.phrases, phrase):
        return ELSEWHERE
    other = False
    for earlier in reading.sentences[sentence.number :: -1]:
        for before in reversed(earlier.phrases):
            if before.tags.get("body") in BARE[named]:
                return House(before.tags["body"], un=True)
            other = other or "elsewhere" in before.tags
    other = other or _is_of_another_house(reading, BARE[named])
    return ELSEWHERE if other else House(BARE[named][0] if len(BARE[named]) == 1 else None, un=True)


def _is_of_another_house(reading: Reading, bodies: Sequence[str]) -> bool:
    """As in "Рада ухвалила …", "Верховна Рада …": the lead names another house, and nothing one of these bodies."""
    named = any(phrase.tags.get("body") in bodies for row in reading.sentences for phrase in row.phrases)
    return not named and any(row.has("elsewhere") for row in reading.sentences[: reading.lead])


def _is_owned(phrases: tuple[Phrase, ...], bare: Phrase) -> bool:
    """As in "the union's representative assembly": what has an owner we do not know is not the UN's."""
    at = phrases.index(bare)
    marks = [index for index in range(max(1, at - _OWNED), at) if phrases[index].word in {"'s", "’s"}]
    return any(not phrases[index - 1].tags and not phrases[index - 1].country for index in marks)


def _in_one_breath(between: tuple[Phrase, ...]) -> bool:
    """Whether a vote told before `between` was held in the house named behind it."""
    return not any(phrase.word in {",", ";"} or any(phrase.has(tag) for tag in _PARTED) for phrase in between)


def _counts_too_many(sentence: Sentence) -> bool:
    """Whether the sides together are more than the UN. Alone, that may be a misprint."""
    sides: dict[str, int] = {}
    for count in counts_in(sentence):
        if count.value != _MEMBERS:  # "141 of the 193": a reader who took the whole for a side is no proof
            sides[count.side] = max(count.value, sides.get(count.side, 0))
    return sum(sides.values()) > _MEMBERS


def _has_large_side(sentence: Sentence) -> bool:
    return sentence.has("figure") and any(_is_large_side(sentence, at) for at in range(len(sentence.phrases)))


def _is_large_side(sentence: Sentence, at: int) -> bool:
    """As in "3,812 in favour", "413 to 32": a number of votes that is too large for the UN."""
    phrase, behind = sentence.phrases[at], sentence.phrases[at + 1 : at + 3]
    digits = "".join(letter for letter in phrase.word if letter.isdecimal())
    if not phrase.has("figure") or not digits or int(digits) <= _MEMBERS or not sentence.has("side_noun"):
        return False
    if at and sentence.phrases[at - 1].has("document"):
        return False  # "resolution 2720 against …"
    sided = behind[:1] if not any(following.has("voters") for following in behind[:1]) else behind
    return any(following.has("side_noun") and not following.has("lone") for following in sided)


def _is_target(phrases: tuple[Phrase, ...], index: int) -> bool:
    """As in "kicked off the Human Rights Council", "called on the Council": what was voted on, not where."""
    if not phrases[index].has("body"):
        return False
    at = index - 1
    while at >= 0 and phrases[at].has("determiner"):
        at -= 1
    if at > 0 and phrases[at].has("resolving") and phrases[at - 1].has("recent"):
        return False  # "Am Mittwoch verlängerte der Sicherheitsrat"
    return at >= 0 and (phrases[at].has("target") or phrases[at].has("act"))


def _is_namesake(phrases: tuple[Phrase, ...], index: int) -> bool:
    """As in "the OAS General Assembly", "the general assembly of shareholders": the name of another house's body."""
    if phrases[index].tags.get("body") != "UNGA":
        return False
    behind = index + 1
    while behind < len(phrases) and (phrases[behind].has("share") or phrases[behind].has("determiner")):
        behind += 1
    if phrases[index + 1 : index + 2] and phrases[index + 1].tags.get("elsewhere") == "owners":
        return True
    owned = index + 1 < behind < len(phrases) and phrases[behind].has("elsewhere")
    return owned or (index > 0 and phrases[index - 1].has("elsewhere"))


def _is_namesake_again(reading: Reading, sentence: Sentence, phrase: Phrase) -> bool:
    """Whether the same bare name stood for another house's body before: "the general assembly" of the shareholders."""
    if not phrase.has("shared_name"):
        return False
    earlier = (
        (row.phrases, at) for row in reading.sentences[: sentence.number] for at in range(len(row.phrases))
    )
    return any(phrases[at].word == phrase.word and _is_namesake(phrases, at) for phrases, at in earlier)


def _is_part_of(phrases: tuple[Phrase, ...], index: int) -> bool:
    """As in "the Fourth Committee of the General Assembly", "the General Assembly's Fourth Committee", "Третий комитет
    Генассамблеи": the Assembly only says whose committee it is.
    """
    if phrases[index].tags.get("body") == "UNGA" and _touches_a_committee(phrases, index):
        return True
    at = index - 1
    while at >= 0 and (phrases[at].has("share") or phrases[at].has("filler")):
        at -= 1
    return 0 <= at < index - 1 and (phrases[at].has("body") or phrases[at].has("committee"))


def _touches_a_committee(phrases: tuple[Phrase, ...], index: int) -> bool:
    possessive = index + 2 < len(phrases) and phrases[index + 1].word == "'s"
    owned = phrases[index + 2 : index + 3] if possessive else ()
    return any(map(_is_committee, (*phrases[max(0, index - 1) : index], *owned)))


def _is_committee(phrase: Phrase) -> bool:
    return phrase.has("committee") or phrase.tags.get("body", "").startswith("UNGA-")
