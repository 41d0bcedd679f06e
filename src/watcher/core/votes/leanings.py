"""Who voted as another did: positions that only the rest of the article tells.

As in "Mali sided with Moscow", "Peru did likewise", "the one was Fiji", "China was on the winning side". Nothing is
concluded where the other's vote, the outcome or the count is not told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from watcher.core.model import Outcome, Position, Tally
from watcher.core.votes.actors import Actor, country_of
from watcher.core.votes.country_lists import named_before, named_behind, named_from
from watcher.core.votes.modality import is_fact
from watcher.core.votes.positions import Stance
from watcher.core.votes.reading import Phrase, Sentence
from watcher.core.votes.sides import tells_a_side
from watcher.core.votes.voters import subjects
from watcher.core.votes.voters_behind import likewise

_LAST, _WINNERS, _LOSERS, _LEADERS, _COUNTED = "last", "winners", "losers", "leaders", "counted"
_NEAR = 1  # sentences between "Chad abstained." and "Peru did likewise."


class Leaning(NamedTuple):
    """Countries that voted like `whom`, told at phrase `at`: those named last, winners, losers, leaders, a count."""

    actors: tuple[Actor, ...]
    whom: str
    sentence: Sentence
    at: int
    leaders: tuple[Actor, ...] = ()
    number: int | None = None  # of those counted before: "the three were …"


def leanings_in(sentence: Sentence) -> Iterator[Leaning]:
    """What a sentence tells of countries that voted like others."""
    phrases = sentence.phrases
    if (counted := _counted(sentence)) is not None:
        yield counted
    for at, phrase in enumerate(phrases):
        if not phrase.tags:
            continue
        whom = next((_TAGS[tag] for tag in phrase.tags if tag in _TAGS), None)
        if whom is not None and is_fact(phrases, at):
            yield Leaning(tuple(subjects(phrases, at)), whom, sentence, at)
        elif phrase.has("among") and (number := _of_how_many(phrases, at)) is not None:
            yield Leaning(tuple(subjects(phrases, at)), _COUNTED, sentence, at, number=number)
        elif at == 0 and phrase.has("likewise") and not any(map(tells_a_side, phrases)):
            yield Leaning(tuple(named_from(phrases, 1)), _LAST, sentence, at)
        elif phrase.has("siding") and is_fact(phrases, at):
            yield from _sided(sentence, at)


def _sided(sentence: Sentence, at: int) -> Iterator[Leaning]:
    """As in "Mali sided with Moscow", "those voting with Russia were Chad and Mali", where no side is told."""
    phrases = sentence.phrases
    leaders = named_from(phrases, at + 1)
    if not leaders or any(map(tells_a_side, phrases[at + 1 : _end(phrases, leaders[-1].at)])):
        return
    behind = leaders[-1].at
    actors = (*subjects(phrases, at), *likewise(phrases, behind), *named_behind(phrases, behind))
    yield Leaning(actors, _LEADERS, sentence, at, tuple(leaders))


_TAGS = {"winning": _WINNERS, "losing": _LOSERS, "same_again": _LAST}


def followed(
    leanings: Sequence[Leaning], stances: Sequence[Stance], tally: Tally, outcome: Outcome | None
) -> list[Stance]:
    """The stances that follow from the leanings and from what else is known of the vote."""
    known = list(stances)
    for leaning in leanings:
        side = _side(leaning, known, tally, outcome)
        if side is not None:
            actors = (*leaning.actors, *leaning.leaders)
            known += (
                Stance(actor.country, side, leaning.sentence, leaning.at, *sorted((actor.at, leaning.at)))
                for actor in actors
            )
    return known[len(stances) :]


def _counted(sentence: Sentence) -> Leaning | None:
    """As in "The three were Chad, Fiji and Peru.", "The three: …": those counted in the sentence before."""
    phrases = sentence.phrases
    if (named := _counted_behind(phrases)) is not None:
        return Leaning(tuple(named), _COUNTED, sentence, len(phrases) - 1, number=len(named))
    if len(phrases) < 4 or not phrases[0].has("determiner") or phrases[1].number is None:
        return None
    verb = 2 + phrases[2].has("voters")
    if not (phrases[verb].has("cut_passive") or phrases[verb].word == ":"):
        return None
    named = named_from(phrases, verb + 1)
    whole = len(named) == phrases[1].number
    return Leaning(tuple(named), _COUNTED, sentence, verb, number=phrases[1].number) if whole else None


def _counted_behind(phrases: tuple[Phrase, ...]) -> list[Actor] | None:
    """As in "Chad, Fiji and Peru were the three.": a sentence that says no more than that."""
    number = len(phrases) - 1 - (phrases[-1].word == ".")
    verb = number - 2
    if verb < 1 or phrases[number].number is None or not phrases[number - 1].has("determiner"):
        return None
    if country_of(phrases[verb]) or not (phrases[verb].has("cut_passive") or phrases[verb].has("filler")):
        return None
    named = named_before(phrases, verb - 1)
    whole = bool(named) and named[0].at <= 1 and len(named) == phrases[number].number
    return named if whole else None


def _of_how_many(phrases: tuple[Phrase, ...], among: int) -> int | None:
    """As in "Chad was among the 18.": the number that ends a clause."""
    number = among + 1
    while number < len(phrases) and phrases[number].has("determiner"):
        number += 1
    ends = number + 1 >= len(phrases) or not phrases[number + 1].word[:1].isalnum()
    return phrases[number].number if number < len(phrases) and ends else None


def _side(
    leaning: Leaning, known: Sequence[Stance], tally: Tally, outcome: Outcome | None
) -> Position | None:
    if leaning.whom == _LAST:
        near = [stance for stance in known if 0 <= leaning.sentence.number - stance.sentence.number <= _NEAR]
        before = [stance for stance in near if (stance.sentence.number, stance.at) < _place(leaning)]
        return (
            max(before, key=lambda stance: (stance.sentence.number, stance.at)).position if before else None
        )
    if leaning.whom == _COUNTED:
        return _of_the_count(leaning.number or 0, tally)
    if leaning.whom == _LEADERS:
        return _of_the_leaders(leaning, known, tally)
    if outcome is None:
        return None
    carried = outcome is Outcome.ADOPTED
    return Position.IN_FAVOUR if carried == (leaning.whom == _WINNERS) else Position.AGAINST


def _place(leaning: Leaning) -> tuple[int, int]:
    return leaning.sentence.number, leaning.at


def _of_the_count(number: int, tally: Tally) -> Position | None:
    """The side that so many took, if only one has that number."""
    sides = {
        Position.IN_FAVOUR: tally.in_favour,
        Position.AGAINST: tally.against,
        Position.ABSTAINED: tally.abstentions,
        Position.ABSENT: tally.not_voting,
    }
    fitting = [position for position, count in sides.items() if count == number]
    return fitting[0] if len(fitting) == 1 else None


def _of_the_leaders(leaning: Leaning, known: Sequence[Stance], tally: Tally) -> Position | None:
    """How those voted who were sided with, or who side with them in the sentence; failing that, against, if that many
    in all did.
    """
    leaders = {actor.country for actor in leaning.leaders}
    told = {stance.position for stance in known if stance.country in leaders}
    before = {
        stance.position
        for stance in known
        if stance.sentence.number == leaning.sentence.number and stance.at < leaning.at
    }
    if told or before:
        told = told or before  # "Chad voted against it, siding with Mali"
        return told.pop() if len(told) == 1 else None
    everyone = leaders | {actor.country for actor in leaning.actors}
    return Position.AGAINST if len(everyone) > 1 and len(everyone) == tally.against else None


def _end(phrases: tuple[Phrase, ...], at: int) -> int:
    """Where the clause ends that phrase `at` stands in."""
    return next(
        (index for index in range(at, len(phrases)) if phrases[index].word in {",", ";", "."}), len(phrases)
    )
