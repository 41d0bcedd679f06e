"""What a word means by another that stands further off in its clause.

Many languages may put the side first and the voters last, with any words on the text between ("Gegen den Entwurf
votierten sechs Staaten"); part a verb ("lehnten den … Entwurf ab", "a mis mercredi son
veto"); deny it at the head ("neither Chad nor Mali took
part"); or give a fact back as somebody's words ("said Chad had voted in favour"). The phrases are given here what
they mean there, as if the table had it so; the grammars of counts and positions do the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from watcher.core.votes.lexicon import Tags
from watcher.core.votes.reading import Phrase, Reading, Sentence

_REACH = 12  # phrases between the head of a clause and its verb, and between the halves of one
_BETWEEN = 5  # phrases between the verb and the object of a veto
_STRANGERS = 2  # phrases nobody knows between "neither Chad nor Mali" and its verb: "n'ont pas"
_ENDS = {",", ";", ":", ".", "(", ")", "-"}
_BODIES = ("body", "body_again", "un", "committee")
_OTHER = ("outcome", "side_verb", "voters", "modal")


def framed(reading: Reading) -> Reading:
    """The reading, with what the phrases mean in their clause."""
    return replace(reading, sentences=tuple(map(_framed, reading.sentences)))


def _framed(sentence: Sentence) -> Sentence:
    phrases = sentence.phrases
    for tag, meant in _FRAMES.items():
        if any(tag in phrase.tags for phrase in phrases):
            phrases = tuple(
                phrase if (tags := meant(phrases, at)) is None else phrase._replace(tags=tags)
                for at, phrase in enumerate(phrases)
            )
    return sentence if phrases is sentence.phrases else replace(sentence, phrases=phrases)


def _opened(phrases: tuple[Phrase, ...], at: int) -> Tags | None:
    """As in "Gegen den Entwurf votierten sechs Staaten": the side at the head is that of the verb of voting."""
    phrase = phrases[at]
    side = _head(phrases, at) if phrase.has("casting") else None
    return None if side is None else {**phrase.tags, "side_lead": side, "side_opening": side}


def _parted(phrases: tuple[Phrase, ...], at: int) -> Tags | None:
    """As in "lehnten den von Chad eingebrachten Entwurf ab": the side of a verb whose end stands behind the text."""
    side = phrases[at].tags.get("parted_verb")
    if side is None or not _has_end_behind(phrases, at, side):
        return None
    return {**phrases[at].tags, "side_verb": side, "side_opening": side, "side_lead": side}


def _has_end_behind(phrases: tuple[Phrase, ...], verb: int, side: str) -> bool:
    text = False
    for at in range(verb + 1, min(verb + 1 + _REACH, len(phrases))):
        if phrases[at].tags.get("parted_end") == side and _closes(phrases, at):
            counted = at == verb + 1 and any(map(_counts, phrases[max(0, verb - 2) : verb]))
            return text or counted or any(phrase.has("document") for phrase in phrases[:verb])
        if phrases[at].word in {";", ":", "."} or phrases[at].has("outcome"):
            return False
        text = text or phrases[at].has("document")
    return False


def _counts(phrase: Phrase) -> bool:
    """As in "142 Länder stimmen zu": who is counted does so to a text."""
    return phrase.number is not None or phrase.has("voters")


def _closes(phrases: tuple[Phrase, ...], at: int) -> bool:
    return at + 1 == len(phrases) or phrases[at + 1].word in _ENDS or phrases[at + 1].has("and")


def _denied(phrases: tuple[Phrase, ...], at: int) -> Tags | None:
    """As in "Neither Chad nor Mali took part": the two are a list, and the verb says that they were absent."""
    if phrases[at].has("neither"):
        return {"and": "word"} if _verb_denied(phrases, at) is not None else None
    if not phrases[at].has("taking_part"):
        return None
    begun = (index for index in range(at) if phrases[index].has("neither"))
    return {"side_verb": "absent"} if any(_verb_denied(phrases, index) == at for index in begun) else None


def _verb_denied(phrases: tuple[Phrase, ...], neither: int) -> int | None:
    """Where the verb of taking part stands that "neither" denies, behind nothing but its subjects."""
    strangers = 0
    for at in range(neither + 1, len(phrases)):
        phrase = phrases[at]
        if phrase.has("taking_part") or phrase.tags.get("side_verb") == "absent":
            return at
        listed = (
            phrase.country or phrase.word == "," or any(map(phrase.has, ("neither", "determiner", "and")))
        )
        strangers += not (listed or phrase.has("filler"))
        if strangers > _STRANGERS:
            return None
    return None


def _given_back(phrases: tuple[Phrase, ...], at: int) -> Tags | None:
    """As in "diplomats said Chad had voted in favour": what had been done when it was told of is what is told."""
    tags = phrases[at].tags
    if "pluperfect" not in tags or not _is_told(phrases, at):
        return None
    kept = {tag: value for tag, value in tags.items() if tag not in {"past", "modal"}}
    return {**kept, "casting": "verb"} if "past" in tags else kept


def _is_told(phrases: tuple[Phrase, ...], at: int) -> bool:
    """Whether a verb of telling governs phrase `at`, and nothing before it is told of another time."""
    for phrase in reversed(phrases[:at]):
        if phrase.has("telling"):
            return True
        if phrase.word in {";", ":", "."} or phrase.has("rival") or phrase.has("outcome"):
            return False
    return False


def _vetoed(phrases: tuple[Phrase, ...], at: int) -> Tags | None:
    """As in "La Russie a mis mercredi à New York son veto": a veto, with when and where before its object. The verb
    tells it, for he who casts it stands beside that; the object is no more than its second half."""
    if phrases[at].has("veto_verb") and _object_of_veto(phrases, at) is not None:
        return {"outcome": "vetoed", "side_verb": "against", "veto_cast": "word"}
    if phrases[at].has("veto_object"):
        verbs = (index for index in range(max(0, at - 1 - _BETWEEN), at) if phrases[index].has("veto_verb"))
        return {} if any(_object_of_veto(phrases, verb) == at for verb in verbs) else None
    return None


def _vetoed_by(phrases: tuple[Phrase, ...], at: int) -> Tags | None:
    """As in "was vetoed on Friday in the Council by Chad": the "by" of a veto, with when and where before it."""
    for index in range(at - 1, max(-1, at - 2 - _BETWEEN), -1):
        phrase = phrases[index]
        if phrase.tags.get("outcome") == "vetoed":
            told = index < at - 1 and any(before.has("document") for before in phrases[:index])
            return None if not told else {**phrases[at].tags, "side_passive": "against"}
        if not any(map(phrase.has, (*_BODIES, "recent", "about", "determiner", "filler"))):
            return None
    return None


def _object_of_veto(phrases: tuple[Phrase, ...], verb: int) -> int | None:
    for index in range(verb + 1, min(verb + 2 + _BETWEEN, len(phrases))):
        phrase = phrases[index]
        if phrase.has("veto_object"):
            return index
        if phrase.word in _ENDS or phrase.number is not None or any(map(phrase.has, _OTHER)):
            return None
    return None


def _closed(phrases: tuple[Phrase, ...], at: int) -> Tags | None:
    """As in "Gegen die Resolution haben Chad und Mali gestimmt": the side at the head is that of the last word."""
    if not phrases[at].has("casting_last"):
        return None
    first = next((index for index in range(at - 1, -1, -1) if phrases[index].has("perfect")), None)
    for index in range((first or 0) - 1, -1, -1):
        side = phrases[index].tags.get("side_head", phrases[index].tags.get("side_noun"))
        if side is not None and _begins_clause(phrases, index):
            return {**phrases[at].tags, "side_verb": side}
        if _parts(phrases[index]):
            return None
    return None


def _voted_it(phrases: tuple[Phrase, ...], at: int) -> Tags | None:
    """As in "Le Conseil a voté vendredi, à l'unanimité, le retrait": what a body votes it adopts; what it votes on, it
    may not."""
    before = at - 1
    while before >= 0 and (phrases[before].has("filler") or phrases[before].has("recent")):
        before -= 1
    if not phrases[at].has("voting_it") or before < 0 or not any(map(phrases[before].has, _BODIES)):
        return None
    behind = at + 1
    while behind < len(phrases) and _tells_when_or_how(phrases[behind]):
        behind += 1
    if behind + 1 >= len(phrases) or not _is_object(phrases[behind], phrases[behind + 1]):
        return None
    return {"outcome": "adopted"}


def _tells_when_or_how(phrase: Phrase) -> bool:
    return phrase.word == "," or phrase.has("recent") or phrase.has("manner")


def _is_object(first: Phrase, second: Phrase) -> bool:
    """Whether a thing follows, and no number, side or day."""
    if first.number == 1:
        return second.has("document")
    apart = ("month", "figure", "recent", "past", "side_noun", "side_verb")
    return first.has("determiner") and second.number is None and not any(map(second.has, apart))


def _unsided(phrases: tuple[Phrase, ...], at: int) -> Tags | None:
    """As in "Chad did not vote for the text": he was not absent, and what side he took instead is not said."""
    if phrases[at].tags.get("side_verb") == "absent" and _side_beside(phrases, at, 1) in {
        "in_favour",
        "against",
    }:
        return {"modal": "word"}
    sided = phrases[at].tags.get("side_verb") in {"in_favour", "against"}
    return {} if sided and _side_beside(phrases, at, -1) == "absent" else None


def _side_beside(phrases: tuple[Phrase, ...], at: int, step: int) -> str | None:
    """The side that is told right before or behind phrase `at`, with nobody but its voters between."""
    index = at + step
    while 0 <= index < len(phrases) and (phrases[index].country or phrases[index].has("determiner")):
        index += step
    if not 0 <= index < len(phrases):
        return None
    tags = phrases[index].tags
    return next((tags[tag] for tag in ("side_verb", "side_noun", "side_head") if tag in tags), None)


def _counted_among(phrases: tuple[Phrase, ...], at: int) -> Tags | None:
    """As in "وكانت مصر من بين الدول المؤيدة": a "was" that is no sign of an older time."""
    if not phrases[at].has("copula") or not any(phrase.has("membership") for phrase in phrases[at:]):
        return None
    return {tag: value for tag, value in phrases[at].tags.items() if tag != "past"}


def _head(phrases: tuple[Phrase, ...], verb: int) -> str | None:
    """The side that the clause of the verb begins with, if none is told behind the verb."""
    beside = True  # whether nothing but filling has stood between so far
    skipped, left = _relative_clause(phrases, verb), _REACH
    for at in range(verb - 1, -1, -1):
        if at in skipped or _is_listed(phrases, at):
            continue
        if (left := left - 1) < 0:
            return None
        side = phrases[at].tags.get("side_head", phrases[at].tags.get("side_noun"))
        if side is not None and _begins_clause(phrases, at):
            if phrases[verb].has("of_a_text") and not _heads_a_text(phrases, at, verb):
                return None  # "Gegen die Gewalt wandte sich Chad"
            return None if _has_side_behind(phrases, verb) else side
        if _parts(phrases[at]) or (beside and _is_subject(phrases, at)):
            return None
        beside = beside and (phrases[at].has("filler") or phrases[at].has("recent"))
    return None


def _heads_a_text(phrases: tuple[Phrase, ...], head: int, verb: int) -> bool:
    """Whether the side at the head of a clause is one on a text: in its own words, or in those behind it."""
    return " " in phrases[head].word or any(phrase.has("document") for phrase in phrases[head:verb])


def _is_listed(phrases: tuple[Phrase, ...], at: int) -> bool:
    """What joins a country to one before it, with that: "Gegen die von Chad, Mali und Peru eingebrachte Resolution"."""
    joint = phrases[at].word == "," or phrases[at].has("and")
    joint = joint or (phrases[at].has("determiner") and at > 0 and phrases[at - 1].has("and"))
    behind = at + 1 + (at + 1 < len(phrases) and phrases[at + 1].has("determiner"))
    before = at - 1 - (at > 0 and phrases[at - 1].has("and"))
    if not joint or behind >= len(phrases) or before < 0:
        return False
    return phrases[behind].country is not None and phrases[before].country is not None


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


_FRAMES: dict[str, Callable[[tuple[Phrase, ...], int], Tags | None]] = {
    "telling": _given_back,
    "casting": _opened,
    "casting_last": _closed,
    "parted_verb": _parted,
    "neither": _denied,
    "copula": _counted_among,
    "side_verb": _unsided,
    "veto_object": _vetoed,
    "by": _vetoed_by,
    "voting_it": _voted_it,
}
