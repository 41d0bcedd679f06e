"""A side told at the head of a clause is that of the verb behind it: "Gegen den Entwurf votierten sechs Staaten".

Many languages may put the side first and the voters last, with any words on the text between. The verb of voting is
given the side of its clause here, as if the table had it so; the grammars of counts and positions do the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from watcher.core.votes.reading import Phrase, Reading, Sentence

_REACH = 12  # phrases between the head of a clause and its verb
_ENDS = {",", ";", ":", ".", "(", ")", "-"}
_OTHER = ("outcome", "side_verb", "voters", "modal")


def framed(reading: Reading) -> Reading:
    """The reading, with every verb of voting told the side that its clause begins with."""
    return replace(reading, sentences=tuple(map(_framed, reading.sentences)))


def _framed(sentence: Sentence) -> Sentence:
    if not sentence.has("casting"):
        return sentence
    return replace(sentence, phrases=tuple(_told(sentence.phrases)))


def _told(phrases: tuple[Phrase, ...]) -> Iterator[Phrase]:
    for at, phrase in enumerate(phrases):
        side = _head(phrases, at) if phrase.has("casting") else None
        if side is None:
            yield phrase
        else:
            yield phrase._replace(tags={**phrase.tags, "side_lead": side, "side_opening": side})


def _head(phrases: tuple[Phrase, ...], verb: int) -> str | None:
    """The side that the clause of the verb begins with, if none is told behind the verb."""
    beside = True  # whether nothing but filling has stood between so far
    skipped = _relative_clause(phrases, verb)
    for at in range(verb - 1, max(-1, verb - 1 - _REACH), -1):
        if at in skipped:
            continue
        side = phrases[at].tags.get("side_head", phrases[at].tags.get("side_noun"))
        if side is not None and _begins_clause(phrases, at):
            return None if _has_side_behind(phrases, verb) else side
        if _parts(phrases[at]) or (beside and _is_subject(phrases, at)):
            return None
        beside = beside and (phrases[at].has("filler") or phrases[at].has("recent"))
    return None


def _relative_clause(phrases: tuple[Phrase, ...], verb: int) -> range:
    """The clause on the text that closes right before the verb: "Für den Text, den Chad vorgelegt hatte, stimmten"."""
    if verb < 1 or phrases[verb - 1].word != ",":
        return range(0)
    for at in range(verb - 2, max(0, verb - 2 - _REACH), -1):
        if any(map(phrases[at].has, _OTHER)) or phrases[at].word in {";", ":"}:
            return range(0)
        if phrases[at].word == "," and _names_the_text(phrases[at - 1]) and not phrases[at + 1].country:
            return range(at, verb)
    return range(0)


def _names_the_text(phrase: Phrase) -> bool:
    return any(map(phrase.has, ("document", "side_noun", "side_head")))


def _begins_clause(phrases: tuple[Phrase, ...], at: int) -> bool:
    while at and phrases[at - 1].word == '"':
        at -= 1
    return at == 0 or phrases[at - 1].word in _ENDS or phrases[at - 1].has("and")


def _parts(phrase: Phrase) -> bool:
    """Whether a phrase cannot stand between: it ends the clause, counts, or does something."""
    return phrase.word in _ENDS or phrase.number is not None or any(map(phrase.has, _OTHER))


def _is_subject(phrases: tuple[Phrase, ...], at: int) -> bool:
    """A country right before the verb, which no preposition governs."""
    phrase = phrases[at]
    governed = at > 0 and phrases[at - 1].has("about")
    return phrase.country is not None and phrase.kind == "name" and not phrase.has("bent") and not governed


def _has_side_behind(phrases: tuple[Phrase, ...], verb: int) -> bool:
    """As in "Gegen Mittag stimmten 28 Staaten dafür"."""
    for phrase in phrases[verb + 1 : verb + 1 + _REACH]:
        if phrase.word in {",", ";", ":", "."}:
            return False
        if phrase.has("side_noun"):
            return True
    return False
