"""Whether an article reports a new vote, and which of its sentences tell of it.

A vote that is announced, recalled, wished for or argued about is not reported. Nor is one of another house, nor an
election. What is told in title and lead counts for itself; what is told further down needs a day, or a full count.

What the title is about holds for the article (`headlines`). An old day that opens it is the day of all that has none.
Where a vote is announced, numbers alone are no news: they are what is needed or what was counted before; a text must be
said to be adopted or to have failed. Where the title explains ("why", "five takeaways") and tells no outcome, a vote
must have a new day. Where title or lead begin with somebody who answers to a vote, or only mention one, only a vote of
that day or the day before is news. What the paper labels as comment reports nothing. Where somebody is elected, only
sentences about a text tell of a vote. And what an article first tells of as old stays old: a later sentence that names
no day tells of the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from watcher.core.votes.bodies import BARE, House, Houses
from watcher.core.votes.counts import counts_in
from watcher.core.votes.decisions import Decision, decisions_in
from watcher.core.votes.headings import stances_below
from watcher.core.votes.headlines import (
    announces,
    answered_at,
    answers,
    asks,
    comes_after_a_vote,
    comments,
    elects,
    first_named,
    is_about_a_text,
    is_about_an_election,
    is_of_body,
    looks_back,
    opens_with_years,
    title_of,
    told_as_earlier,
)
from watcher.core.votes.positions import Stance, stances_in
from watcher.core.votes.reading import Phrase, Reading, Sentence
from watcher.core.votes.symbols import symbol_in
from watcher.core.votes.tally import Count
from watcher.core.votes.timing import TIME_ZONES, Time, time_of, times

_REACTION_REACH = 3
_RIGHT_BEHIND = 2  # phrases from a verb to the "last November" behind it
_ADDRESS = "un.org"
_LARGE = 60  # votes: a "Third Committee" in which more are cast is the Assembly's


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
    named = [(title, time) for title in title_of(reading) for time in told.times(title)]
    told.looks_back = looks_back(named) or opens_with_years(reading)
    election = is_about_an_election(reading)
    for sentence in reading.sentences:
        if is_about_a_text(sentence) or not (election or elects(sentence)):
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


def reports_a_vote(told: Told) -> bool:
    """Whether the article as a whole is the report of a new vote."""
    sure = [found for found in told.decisions if not found.weak]
    if not _is_united_nations(told) or (announces(told.reading) and not sure) or comments(told.reading):
        return False
    lead = told.reading.lead
    places = [(found.sentence, found.first) for found in sure]
    places += [(count.sentence, count.number) for count in told.counts]
    full = len(told.counts) >= 2 or (bool(sure) and bool(told.counts))
    if asks(told.reading) and all(sentence.field != "title" for sentence, _ in places):
        return any(time.fresh for sentence, _ in places for time in told.times(sentence))
    if (known := _is_known_already(told)) or _is_only_earlier(told):
        return (full and not known) or (bool(places) and _has_day(told))
    about = _is_about_a_vote(told.reading.sentences[:lead])
    if any(sentence.number < lead or _is_dated(told, sentence, at, about) for sentence, at in places):
        return True
    if full and about:
        return True
    if any(stance.sentence.has("ballot") and stance.sentence.number < lead for stance in told.stances):
        return True
    if any(_is_voting(told, found) for found in told.stances if found.sentence.number < lead):
        return True
    return any(_is_resolution_acting(found, lead) or _is_resolved(told, found) for found in told.decisions)


def _is_voting(told: Told, found: Stance) -> bool:
    """As in "Peru on Thursday voted in favour of a UN resolution": that some voted so has a new day."""
    verb = found.sentence.phrases[found.at]
    return verb.has("side_verb") and _is_dated(told, found.sentence, found.at, about=True)


def _is_known_already(told: Told) -> bool:
    """Whether somebody answers to a vote that the title does not tell of, or an old one is told first."""
    if not _is_told_in_title(told) and (
        answers(told.reading) or _answer(told) is not None or _is_told_aside(told)
    ):
        return True
    old = told.recalled
    if old is None or old >= told.reading.lead:
        return False
    return not any(place.field == "title" or place.number <= old for place, _ in _facts(told))


def _is_only_earlier(told: Told) -> bool:
    """Whether the title tells of a vote only as what came before."""
    return comes_after_a_vote(told.reading) and not _is_told_in_title(told)


def _is_told_in_title(told: Told) -> bool:
    facts = ((sentence, at) for sentence, at in _facts(told) if sentence.field == "title")
    return any(at not in told_as_earlier(sentence) for sentence, at in facts)


def _is_told_aside(told: Told) -> bool:
    """As in "It came days after the UN vote, in which 142 states …": the first sentence that tells of a vote does so
    only to say what vote it speaks of."""
    facts = _facts(told)
    first = min((sentence.number for sentence, _ in facts), default=None)
    places = [(sentence, at) for sentence, at in facts if sentence.number == first]
    return bool(places) and all(_is_behind_its_vote(sentence, at) for sentence, at in places)


def _is_behind_its_vote(sentence: Sentence, at: int) -> bool:
    whereby = next((index for index in range(at - 1, 0, -1) if sentence.phrases[index].has("whereby")), None)
    before = sentence.phrases[:whereby]
    return whereby is not None and any(phrase.has("ballot") or phrase.has("days_after") for phrase in before)


def _answer(told: Told) -> tuple[Sentence, int] | None:
    """Where the first sentence below the title is somebody's answer, before it tells of a vote."""
    lead = next((sentence for sentence in told.reading.sentences if sentence.field == "text"), None)
    if lead is None or (at := answered_at(lead)) is None:
        return None
    return (lead, at) if all(place > at for sentence, place in _facts(told) if sentence is lead) else None


def _has_day(told: Told) -> bool:
    """Whether something that was decided or counted has a day, and that is the article's or the one before."""
    decided = [(found.sentence, found.first) for found in told.decisions]
    counted = [(found.sentence, found.number) for found in told.counts]
    answer = _answer(told)
    return any(
        _is_dated(told, sentence, at, about=False) and not _is_day_of_answer(told, sentence, at, answer)
        for sentence, at in decided + counted
    )


def _is_day_of_answer(told: Told, sentence: Sentence, at: int, answer: tuple[Sentence, int] | None) -> bool:
    """As in "said on Monday that the vote …": somebody speaks on the day of the article before a vote is named."""
    time = told.time(sentence, at)
    if answer is None or time is None or sentence is not answer[0]:
        return False
    spoken = time.first < answer[1] or (time.day is not None and time.day == told.published)
    return spoken and time.first < first_named(sentence)


def _facts(told: Told) -> list[tuple[Sentence, int]]:
    """Where something is told of a new vote, with the phrase that tells it."""
    decided = [(found.sentence, found.first) for found in told.decisions]
    counted = [(found.sentence, found.number) for found in told.counts]
    return decided + counted + [(found.sentence, found.at) for found in told.stances]


def _is_dated(told: Told, sentence: Sentence, at: int, about: bool) -> bool:
    """Whether a vote told far down has a day: a fresh one where title and lead are about a vote, else a very fresh."""
    time = told.time(sentence, at)
    if time is None or about or told.published is None or time.day is None:
        return time is not None
    return told.published - time.day <= TIME_ZONES


def _is_united_nations(told: Told) -> bool:
    """Whether more speaks for the UN than the name of a committee or an assembly that others have, too."""
    if (urlsplit(told.reading.article.url or "").hostname or "").endswith(_ADDRESS):
        return True
    if symbol_in(told.reading.article.text, None) is not None:
        return True
    elsewhere = any(sentence.has("elsewhere") for sentence in told.reading.sentences[: told.reading.lead])
    committees = False
    for sentence in told.reading.sentences:
        if sentence.has("un") or sentence.has("committee"):
            return True
        bodies = [phrase.tags.get("body") or phrase.tags.get("body_again") for phrase in sentence.phrases]
        if any(body and body not in BARE and not body.startswith("UNGA-") for body in bodies) and not (
            elsewhere and sentence.has("shared_name")
        ):
            return True
        committees = committees or sentence.has("body")
    totals: dict[int, int] = {}
    for count in told.counts:
        totals[count.sentence.number] = totals.get(count.sentence.number, 0) + count.value
    return committees and max(totals.values(), default=0) > _LARGE


def _is_about_a_vote(sentences: Sequence[Sentence]) -> bool:
    """Whether these sentences, together, speak of the UN and of a vote."""
    names_house = any(sentence.has("un") or sentence.has("body") for sentence in sentences)
    names_vote = any(sentence.has("ballot") or sentence.has("side_verb") for sentence in sentences)
    return names_house and names_vote


def _is_resolution_acting(found: Decision, lead: int) -> bool:
    """As in "UN Security Council resolution demands …", "Iran ousted in UN vote", in title or lead."""
    if found.sentence.number >= lead or found.sentence.has("upcoming"):
        return False
    phrases, at = found.sentence.phrases, found.first
    acting = at > 0 and (_is_instrument(phrases[at - 1]) or (at > 1 and "ballot" in phrases[at - 2].tags))
    return acting or _by_instrument(phrases[found.last + 1 :])


def _is_resolved(told: Told, found: Decision) -> bool:
    """Whether title or lead tells, as news, of what a body does by a resolution alone; one that explains does not."""
    if not found.resolved or found.sentence.number >= told.reading.lead or asks(told.reading):
        return False
    if found.sentence.field == "text":
        return told.time(found.sentence, found.first) is not None
    below = told.reading.sentences[found.sentence.number + 1 :]
    return not below or any(other.sentence.field == "text" for other in told.decisions)


def _is_instrument(phrase: Phrase) -> bool:
    return "document" in phrase.tags or "ballot" in phrase.tags


def _by_instrument(behind: Sequence[Phrase]) -> bool:
    """As in "… in a historic resolution", "… in US-backed vote": the sentence ends with how it was done."""
    last = next((index for index in range(len(behind) - 1, -1, -1) if _is_instrument(behind[index])), None)
    return last is not None and any(phrase.has("cut_place") for phrase in behind[max(0, last - 5) : last])
