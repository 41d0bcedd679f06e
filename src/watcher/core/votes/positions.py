"""Who voted how, where the text says it of a country by name.

Forms: "Israel and Austria voted against"; "votaron en contra Israel y Austria"; "five against (Belarus, Eritrea …)";
"opposed by Russia"; "Against: …", with the list behind it or below; "joined Russia in opposing"; "India's
abstention"; "the President instructed his ambassador to stay away from the vote". Nothing is concluded from silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from watcher.core.model import Position
from watcher.core.votes.actors import Actor, country_of, is_owner
from watcher.core.votes.asides import ENDS, aside_opening, ends
from watcher.core.votes.country_lists import named_before, named_behind, named_from
from watcher.core.votes.counts_behind import number_led, side_led
from watcher.core.votes.modality import is_fact
from watcher.core.votes.reading import Phrase, Sentence
from watcher.core.votes.rows import row_counts
from watcher.core.votes.sides import AMONG_REACH, side_of
from watcher.core.votes.texts import (
    has_text_behind,
    is_adverb,
    is_filling,
    is_of_a_text,
    is_opinion,
    speaks_of_the_text,
)
from watcher.core.votes.vetoes import casters
from watcher.core.votes.voters import GAP, subjects
from watcher.core.votes.voters_behind import behind_passive, in_company, joined_by, likewise, opened_by

_FALLEN = {"vetoed", "rejected"}
_INSTRUCTED_REACH = 12
_QUOTED_REACH = 8  # phrases between "we" and what we did
_SHARED_REACH = 5  # phrases between two verbs of one subject: "had abstained in 2022 but"
_BRACKET_REACH = 14  # phrases between the two halves of a verb
_TURN = 3  # phrases from the "from" of "from abstaining to voting in favour" to its end
_CAST_REACH = 8  # phrases between "voted" and "against"
_NOW_REACH = 3  # phrases between a verb and its "this time"


class Stance(NamedTuple):
    """A country took a position, told at phrase `at` of a sentence; the words are phrases [first, last]."""

    country: str
    position: Position
    sentence: Sentence
    at: int
    first: int
    last: int


def stances_in(sentence: Sentence) -> Iterator[Stance]:
    """The stances a sentence states as facts, and of now: "Chad, which in committee voted for it, abstained"."""
    return (_of_now(stance) for stance in _stances(sentence))


def _of_now(stance: Stance) -> Stance:
    """What a country does, where an aside or a clause of its own only recalls that it did otherwise."""
    phrases, led = stance.sentence.phrases, stance.at == stance.first
    actor = stance.last if led else stance.first
    last = max(at for at in range(actor, stance.last + 1) if at == actor or country_of(phrases[at]))
    aside = not led and phrases[last + 1].word == ","
    for at in range(stance.last + 1, len(phrases)):
        if country_of(phrases[at]) or phrases[at].number is not None or phrases[at].word in {";", ":"}:
            return stance
        side = phrases[at].tags.get("side_verb")
        if side is None or not is_fact(phrases, at):
            continue
        between = phrases[stance.last + 1 : at]
        parted = any(phrase.has("but") if led else phrase.word == "," for phrase in between)
        now = any(phrase.has("now") for phrase in phrases[max(0, at - _NOW_REACH) : at + 1 + _NOW_REACH])
        if side != stance.position.value and ((aside and _follows_a_comma(phrases, at)) or (parted and now)):
            return stance_of(Actor(stance.country, actor), side, stance.sentence, at)
        return stance
    return stance


def _follows_a_comma(phrases: tuple[Phrase, ...], at: int) -> bool:
    """Whether nothing but filling stands between a comma and a verb."""
    before = at - 1
    while before > 0 and (phrases[before].has("filler") or phrases[before].has("and")):
        before -= 1
    return phrases[before].word == ","


def _stances(sentence: Sentence) -> Iterator[Stance]:
    phrases = sentence.phrases
    if not any(country_of(phrase) or phrase.has("group") for phrase in phrases):
        return
    for at, phrase in enumerate(phrases):
        if (side := side_of(phrase)) is not None:
            side = side_led(phrases, at) if phrase.has("side_lead") else side
            for actor in _voters(phrases, at):
                yield stance_of(actor, side, sentence, at)
        if (side := phrase.tags.get("side_by_agent")) is not None:
            for actor in _agents(phrases, at):
                yield stance_of(actor, side, sentence, at)
    for count in row_counts(sentence):  # "by 120 votes to 3 (Chad, Fiji and Mali)"
        for actor in named_behind(phrases, count.number, counted=True):
            yield stance_of(actor, count.side, sentence, count.number)


def stance_of(actor: Actor, side: str, sentence: Sentence, at: int) -> Stance:
    return Stance(actor.country, Position(side), sentence, at, min(actor.at, at), max(actor.at, at))


def _voters(phrases: tuple[Phrase, ...], at: int) -> Iterator[Actor]:
    """Those who took the side that is told at phrase `at`."""
    tags = phrases[at].tags
    if "side_passive" in tags:
        if is_fact(phrases, at) and ("backing" not in tags or is_of_a_text(phrases, at)):
            yield from behind_passive(phrases, at)
        return
    if "veto_noun" in tags and any(other.tags.get("outcome") in _FALLEN for other in phrases):
        yield from casters(phrases, at)  # "blocked by a Russian veto"
    if (number := _number_behind(phrases, at)) is not None:
        yield from named_behind(phrases, number, counted=True)
    elif "side_opening" in tags and (opened := opened_by(phrases, at)):
        yield from opened
        yield from _joined(phrases, at)
    elif "side_noun" in tags and "side_loose" in tags and (described := _described(phrases, at)):
        yield from described
    elif any(tag in tags for tag in ("side_verb", "side_loose", "side_infinitive", "side_opening")):
        found = list(_of_the_verb(phrases, at))
        yield from found or (_of_the_noun(phrases, at) if "side_noun" in tags else ())
    elif "side_noun" in tags:
        yield from _of_the_noun(phrases, at)


def _number_behind(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """The phrase of the number that a side leads or is linked to: "przeciw było pięć", "Against: 5"."""
    if at + 3 < len(phrases) and phrases[at + 1].word == "(" and phrases[at + 3].word == ")":
        return at + 3 if phrases[at + 2].number is not None else None  # "Against (5): Chad, …"
    if phrases[at].has("side_lead"):
        return number_led(phrases, at)
    linked = (
        at + 2 < len(phrases) and phrases[at + 1].word in {":", "-"} and phrases[at + 2].number is not None
    )
    return at + 2 if linked else None


def _of_the_verb(phrases: tuple[Phrase, ...], at: int) -> Iterator[Actor]:
    """As in "Chad and Fiji voted against", "Chad voted against, as did Fiji", "those voting against were Chad …"."""
    phrase = phrases[at]
    if phrase.has("closing") and not (ends(phrases, at) or phrases[at + 1].has("about")):
        return  # "Israel says no hostage was freed"
    loose = "side_loose" in phrase.tags and "side_verb" not in phrase.tags
    reacting = phrase.has("reacting") and not _tells_votes(phrases[:at])
    if (turned := _turned(phrases, at)) is not None:
        yield from subjects(phrases, turned)
        return
    if is_opinion(phrases, at) or (at and phrase.has("participle") and phrases[at - 1].has("span")):
        return  # "switched from abstaining to voting against"
    if loose and (reacting or _is_passive(phrases, at) or not _is_of_the_vote(phrases, at)):
        yield from _joined(phrases, at)
        yield from joined_by(phrases, at)
        yield from named_behind(phrases, at)
        return
    infinitive = "side_infinitive" in phrase.tags and not any(
        other.has("did") or other.has("among") for other in phrases[max(0, at - AMONG_REACH) : at]
    )
    if infinitive and _are_so_many(phrases, at):
        yield from _described(phrases, at)
        yield from named_behind(phrases, at)
        return
    if infinitive or not is_fact(phrases, at):
        yield from _named(phrases, [_instructing(phrases, at)])
        if infinitive:
            yield from _joined(phrases, at)  # "La Hongrie s'est jointe à Israël pour voter contre"
        return
    if at == 0 and (company := in_company(phrases)):
        yield from company
        return
    yield from _subjects(phrases, at, 1 if loose else GAP)
    yield from _joined(phrases, at)
    yield from joined_by(phrases, at)
    yield from likewise(phrases, at)
    yield from named_behind(phrases, at)


def _turned(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """Where the "from" of a turn stands: "Peru switched from abstaining to voting in favour", which ends at `at`."""
    if at < _TURN or not (phrases[at].has("participle") and phrases[at - 1].has("row_mark")):
        return None
    before = phrases[at - 2].has("participle") and phrases[at - _TURN].has("span")
    return at - _TURN if before else None


def _is_of_the_vote(phrases: tuple[Phrase, ...], at: int) -> bool:
    """Whether a verb that is said of other things, too, is one of a text, or told of a veto: "blocks a truce with a
    third veto"; or ends its clause beside others who voted: "Chad was in support, Mali abstained"."""
    if ends(phrases, at) and any(phrase.has("side_verb") for phrase in phrases):
        return True
    vetoed = phrases[at].tags.get("outcome") == "vetoed" and any(
        phrase.has("veto_noun") for phrase in phrases[at:]
    )
    return vetoed or speaks_of_the_text(phrases, at)


def _are_so_many(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "The three to oppose it were Chad, Fiji and Mali", "Chad and Mali were the other two to back it"."""
    number = at - 1 - phrases[at - 1].has("voters")
    if number < 1 or phrases[number].number is None:
        return False
    before = number - 1
    while before > 0 and phrases[before].has("other"):
        before -= 1
    return phrases[before].has("determiner")


def _tells_votes(before: Sequence[Phrase]) -> bool:
    """Whether what stands before is of votes: then "rejected it", too, is one, and no reaction."""
    return any(phrase.has(tag) for phrase in before for tag in ("side_verb", "joining", "alone_lead"))


def _subjects(phrases: tuple[Phrase, ...], at: int, allowed: int) -> list[Actor]:
    """The subjects of a verb, or whom its pronoun stands for."""
    if phrases[at - 1].has("pronoun") and at > 1:
        return _named_alone(phrases, at)
    if (speaker := _speaker(phrases, at)) is not None:
        return [speaker]
    attending = phrases[at].has("participle") or phrases[at - 1].has("did")
    if found := subjects(phrases, at, allowed, attending=attending):
        return found
    if (first_half := _first_half(phrases, at)) is not None:
        return subjects(phrases, first_half, allowed)
    beside = (
        phrases[at - 1].word == "," or phrases[at - 1].has("whereby_done") or phrases[at].has("whereby_done")
    )
    if phrases[at].has("participle") and beside:
        return _of_the_clause(phrases, at - 1)
    return _shared(phrases, at, allowed)


def _first_half(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """Where the first half of the verb at `at` stands: "Chad hat den Entwurf mit seinem Veto verhindert"."""
    for index in range(at - 1, max(-1, at - 1 - _BRACKET_REACH), -1):
        if phrases[index].has("perfect"):
            return index
        if phrases[index].word in {",", ";", ":", "."} or phrases[index].has("side_verb"):
            return None
    return None


def _of_the_clause(phrases: tuple[Phrase, ...], end: int) -> list[Actor]:
    """As in "the US let it pass, abstaining", "China and Russia let it pass by abstaining": the one country, or list,
    that the clause before names."""
    start = max((at + 1 for at in range(end) if phrases[at].word in {";", ":", "."}), default=0)
    named = [at for at in range(start, end) if country_of(phrases[at])]
    found = named_before(phrases, named[-1]) if named else []
    return found if len(found) == len(named) else []


def _shared(phrases: tuple[Phrase, ...], at: int, allowed: int) -> list[Actor]:
    """As in "Chad had abstained but now voted in favour": the subjects of the verb that this one is joined to."""
    joint = at - 1
    while joint > 0 and not phrases[joint].has("but") and (
        is_filling(phrases[joint]) or is_adverb(phrases[joint]) or phrases[joint].has("pronoun")
    ):  # fmt: skip
        joint -= 1
    explains = phrases[joint].word in {":", ","}
    if not (explains or phrases[joint].has("but") or phrases[joint].has("and")):
        return []
    last = joint - 1 - (not explains and joint > 0 and phrases[joint - 1].word == ",")
    for verb in range(last, max(-1, last - _SHARED_REACH), -1):
        if phrases[verb].has("side_verb"):  # "did not abstain: it voted in favour"
            return [] if explains and is_fact(phrases, verb) else subjects(phrases, verb, allowed)
        if country_of(phrases[verb]) or phrases[verb].word in {",", ";", ":", "("}:
            return []
    return []


def _named_alone(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """The one country that is named before phrase `at`; none if there are several."""
    named = [Actor(country, index) for index in range(at) if (country := country_of(phrases[index]))]
    return named if len({actor.country for actor in named}) == 1 else []


def _speaker(phrases: tuple[Phrase, ...], at: int) -> Actor | None:
    """As in “"We abstained on it," the envoy of Chad said”: who speaks of himself, named behind the quotation."""
    if not any(phrase.has("first_person") for phrase in phrases[max(0, at - _QUOTED_REACH) : at + 1]):
        return None
    closing = next((index for index in range(at, len(phrases)) if phrases[index].word == '"'), None)
    if closing is None or not any(phrase.word == '"' for phrase in phrases[:at]):
        return None
    behind = range(closing + 1, len(phrases))
    named = [Actor(country, index) for index in behind if (country := country_of(phrases[index]))]
    return named[0] if len(named) == 1 else None


def _described(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """As in "Chad and Mali were the two noes", "Fiji was among the abstainers": those of whom it is said."""
    if is_opinion(phrases, at):
        return []
    index = at - 1 - (at > 1 and phrases[at - 1].word == "," and phrases[at - 2].has("voters"))
    while index > 0 and not phrases[index].has("cut_passive") and not phrases[index].word.startswith("was "):
        steps = ("determiner", "filler", "among", "voters", "alone_lead")
        if not (phrases[index].number is not None or any(map(phrases[index].has, steps))):
            return []
        if phrases[index].has("among") and " " in phrases[index].word:
            return subjects(phrases, index)
        index -= 1
    received = phrases[index].has("receiving")  # "a resolution on Chad, which got 12 votes in favour"
    return subjects(phrases, index) if index > 0 and not received else []


def _of_the_noun(phrases: tuple[Phrase, ...], at: int) -> Iterator[Actor]:
    """As in "Chad and Fiji against", "voted on Friday against", "Chad's abstention", "Chad (against)", "against: …"."""
    if phrases[at].has("lone") and at + 1 < len(phrases) and phrases[at + 1].has("side_infinitive"):
        return  # "pour voter contre"
    if is_fact(phrases, at):
        if not phrases[at].has("lone") or ends(phrases, at) or has_text_behind(phrases, at):
            yield from _cast(phrases, at)
        if (last := _gapped(phrases, at)) is not None:
            yield from named_before(phrases, last, attending=True)
        elif _is_bare(phrases, at) and any(
            _is_bare(phrases, other) for other in range(len(phrases)) if other != at
        ):
            yield from named_before(phrases, at - 1)
        yield from _joined(phrases, at)
        if at > 2 and phrases[at - 1].number is not None and phrases[at - 2].has("such"):
            yield from named_before(phrases, at - 3)  # "乍得、马里等14国反对"
        if at > 1 and phrases[at - 1].word == "'s" and is_owner(phrases, at - 2):
            yield from _named(phrases, [at - 2])
        if at > 1 and phrases[at - 1].word in {":", "("} and ends(phrases, at):
            yield from named_before(phrases, at - 2)
        if at and phrases[at - 1].tags.get("determiner") == "own":
            yield from _named_alone(phrases, at)
        if (speaker := _speaker(phrases, at)) is not None:
            yield speaker
        elif not phrases[at].has("lone"):
            yield from _described(phrases, at)
        yield from likewise(phrases, at)
    yield from named_behind(phrases, at)


def _agents(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """As in "Der Antrag wurde von Peru und dem Tschad abgelehnt": by whom, where the participle stands last."""
    actors = named_before(phrases, at - 1)
    before = actors[0].at - 1 if actors else -1
    while before >= 0 and phrases[before].has("determiner"):
        before -= 1
    return actors if before >= 0 and phrases[before].has("agent") else []


def _named(phrases: tuple[Phrase, ...], places: Sequence[int | None]) -> Iterator[Actor]:
    for at in places:
        if at is not None and at >= 0 and (country := country_of(phrases[at])):
            yield Actor(country, at)


def _is_passive(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "a text by Chad was rejected": Chad did not reject it."""
    return at > 0 and phrases[at - 1].has("cut_passive")


def _cast(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """As in "Chad voted on Friday against", "stimmten Chad und Fidschi dagegen": voters of a verb that is apart."""
    if at > 1 and (opening := aside_opening(phrases, at - 1)) is not None:
        at = opening  # "votaron Chad y Malí, según la ONU, en contra"
    for index in range(at - 1, max(-1, at - 1 - _CAST_REACH), -1):
        phrase = phrases[index]
        if phrase.has("casting"):
            return (
                [*subjects(phrases, index), *named_before(phrases, at - 1)] if is_fact(phrases, index) else []
            )
        stops = ("outcome", "side_verb", "side_noun", "document", "infinitive", "voters")
        counted = phrase.number is not None and not _is_of_the_side(phrases, index, at)
        if phrase.word in {";", ":", "("} or counted or any(map(phrase.has, stops)):
            return []
    return []


def _is_of_the_side(phrases: tuple[Phrase, ...], number: int, at: int) -> bool:
    """As in "Chad and Mali cast the two negative votes": so many are all that there were."""
    before = number - 1
    while before > 0 and phrases[before].has("alone_lead"):
        before -= 1
    return number == at - 1 and phrases[before].has("determiner")


def _gapped(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """The last country of "19 states voted for it, Chad and Fiji(,) against.": nothing follows that it could be a
    preposition to.
    """
    last = at - 1
    while last > 0 and phrases[last].word in {",", "-", '"'}:
        last -= 1
    voted = any(
        phrase.has("side_verb") or phrase.has("attending") or phrase.number is not None
        for phrase in phrases[:at]
    )
    return last if voted and at > 0 and country_of(phrases[last]) is not None and ends(phrases, at) else None


def _is_bare(phrases: tuple[Phrase, ...], at: int) -> bool:
    """Whether a clause is nothing but countries and their side: "Poland for, Hungary against"."""
    if not at or not phrases[at].has("side_noun") or not ends(phrases, at) or not country_of(phrases[at - 1]):
        return False
    first = at - 1
    while first > 0 and (country_of(phrases[first - 1]) or phrases[first - 1].has("and")):
        first -= 1
    return first == 0 or phrases[first - 1].word in ENDS or phrases[first - 1].has("filler")


def _joined(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """As in "joined Chad and Mali at the UN in opposing": those who were joined, and the countries that joined them."""
    joining = next((index for index in range(at - 1, -1, -1) if phrases[index].has("joining")), None)
    if joining is None:
        return []
    joined = named_from(phrases, joining + 1)
    beside = bool(joined) and joined[-1].at == at - 1 and has_text_behind(phrases, at)
    if joined and phrases[at - 1].word == "," and phrases[at].has("side_verb") and is_fact(phrases, joining):
        between = phrases[joined[-1].at + 1 : at - 1]  # "joined Chad and Mali, voting against"
        known = any(phrase.has("outcome") or not phrase.word[:1].isalpha() for phrase in between)
        return [] if known else [*joined, *subjects(phrases, joining)]
    if not beside and not any(phrase.has("joined_in") for phrase in phrases[joining : at + 1]):
        return []  # "lined up with Chad against the text", "joined Chad in opposing"
    behind = phrases[joined[-1].at if joined else joining : at]
    if any(phrase.has("outcome") or phrase.word in {",", ";"} for phrase in behind):
        return []
    return [*joined, *subjects(phrases, joining)]


def _instructing(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """Who instructed an envoy to do what the verb at `at` says: the country named last before the instruction."""
    start = max(0, at - _INSTRUCTED_REACH)
    verb = next((index for index in range(at - 1, start - 1, -1) if phrases[index].has("instructed")), None)
    if verb is None or not any(phrase.has("envoy") for phrase in phrases[verb:at]):
        return None
    places = (*range(verb, at), *range(verb - 1, -1, -1))
    return next((index for index in places if country_of(phrases[index])), None)
