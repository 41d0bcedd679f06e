"""What an article tells of new UN votes: each decision, count and stance that is a fact, of a UN body, and not old.

An old day that opens the title is the day of all that has none. Where somebody is elected, only sentences about a text
tell of a vote. Whether all this together is a report of a vote, `news` judges.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from watcher.core.votes.bodies import House, Houses
from watcher.core.votes.counts import counts_in
from watcher.core.votes.decisions import Decision, decisions_in
from watcher.core.votes.headings import stances_below
from watcher.core.votes.headlines import (
    elects,
    is_about_a_text,
    is_about_an_election,
    is_of_body,
    looks_back,
    opens_with_years,
    tells_of_a_text,
    title_of,
)
from watcher.core.votes.positions import Stance, stances_in
from watcher.core.votes.reading import Reading, Sentence
from watcher.core.votes.tally import Count
from watcher.core.votes.timing import Time, time_of, times

_REACTION_REACH = 3
_RIGHT_BEHIND = 2  # phrases from a verb to the "last November" behind it


@dataclass(slots=True)
class Told:
    """What an article tells of new UN votes, each list in the order of the text."""

    reading: Reading
    published: date | None
    houses: Houses
    decisions: list[Decision] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    stances: list[Stance] = field(default_factory=list)
    looks_back: bool = False  # the title dates all that has no day, long ago
    recalled: int | None = None  # the first sentence that tells of an old vote
    _times: dict[int, tuple[Time, ...]] = field(default_factory=dict)

    def time(self, sentence: Sentence, at: int) -> Time | None:
        """When the event at phrase `at` happened, if its sentence says so."""
        return time_of(sentence, at, self.times(sentence))

    def times(self, sentence: Sentence) -> tuple[Time, ...]:
        """The times a sentence names; each sentence is searched once."""
        if sentence.number not in self._times:
            self._times[sentence.number] = tuple(times(sentence, self.published))
        return self._times[sentence.number]

    def house(self, sentence: Sentence, at: int) -> House:
        """Where the event at phrase `at` happened."""
        return self.houses.of(sentence, at)


def what_is_told(reading: Reading) -> Told:
    """Every decision, count and stance that is a fact, of a UN body, and not an old one."""
    at = reading.article.published_at
    told = Told(reading, at.date() if at else None, Houses(reading))
    named = [(title, time) for title in title_of(reading) for time in told.times(title) if not time.behind]
    told.looks_back = looks_back(named) or opens_with_years(reading)
    election = is_about_an_election(reading)
    for sentence in reading.sentences:
        if tells_of_a_text(sentence) if election else (is_about_a_text(sentence) or not elects(sentence)):
            _tell(told, sentence)
    told.stances += (
        found for found in stances_below(reading.sentences) if _is_new(told, found.sentence, found.at)
    )
    return told


def _tell(told: Told, sentence: Sentence) -> None:
    decisions, counts, stances = list(decisions_in(sentence)), counts_in(sentence), list(stances_in(sentence))
    told.decisions += (found for found in decisions if _is_new(told, sentence, found.first))
    told.counts += (found for found in counts if _is_new(told, sentence, found.number))
    told.stances += (found for found in stances if _is_new(told, sentence, found.at))
    at = (
        [found.first for found in decisions]
        + [found.number for found in counts]
        + [found.at for found in stances]
    )
    if told.recalled is None and any(_is_recalled(told, sentence, place) for place in at):
        told.recalled = sentence.number


def _is_new(told: Told, sentence: Sentence, at: int) -> bool:
    if not told.house(sentence, at).un or _is_reaction(sentence, at):
        return False
    time = _when(told, sentence, at)
    return not told.looks_back if time is None else time.fresh


def _is_recalled(told: Told, sentence: Sentence, at: int) -> bool:
    time = _when(told, sentence, at)
    return time is not None and not time.fresh and told.house(sentence, at).un


def _when(told: Told, sentence: Sentence, at: int) -> Time | None:
    return told.time(sentence, at) or _time_of_decision(told, sentence, at)


def _time_of_decision(told: Told, sentence: Sentence, at: int) -> Time | None:
    """When a text was adopted, it was counted: "In 2019 a text was adopted by 120 votes to 4, with Chad abstaining"."""
    for index in range(at - 1, -1, -1):
        phrase = sentence.phrases[index]
        if phrase.word == ";":
            return None
        if phrase.has("outcome") or phrase.has("act"):
            time = told.time(sentence, index)
            return time if time is not None and time.first <= index + _RIGHT_BEHIND else None
    return None


def _is_reaction(sentence: Sentence, at: int) -> bool:
    """Whether somebody answers for what is told at phrase `at`, or to it: "slams", "explains why". In a title that goes
    on over an "after": "Chad backpedals after 50 other nations rejected a truce"."""
    phrases = sentence.phrases
    cue = next((index for index in range(at, -1, -1) if phrases[index].tags.get("reaction") == "cue"), None)
    if cue is None:
        return False
    if is_of_body(phrases, cue):
        return False
    earlier = (phrase.tags.get("aside") == "earlier" for phrase in phrases[cue + 1 : at])
    governed = sentence.field == "title" and any(earlier)
    return governed or at - cue <= _REACTION_REACH
