"""Whether an article reports a new vote, and which of its sentences tell of it.

A vote that is announced, recalled, wished for or argued about is not reported. Nor is one of another house, nor an
election. What is told in title and lead counts for itself; what is told further down needs a day, or a full count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from watcher.core.votes.bodies import House, Houses
from watcher.core.votes.counts import Count, counts_in
from watcher.core.votes.decisions import Decision, decisions_in
from watcher.core.votes.positions import Stance, stances_below, stances_in
from watcher.core.votes.reading import Phrase, Reading, Sentence
from watcher.core.votes.timing import TIME_ZONES, Time, time_of, times

_REACTION_REACH = 3
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
    _times: dict[int, tuple[Time, ...]] = field(default_factory=dict)

    def time(self, sentence: Sentence, at: int) -> Time | None:
        """When the event at phrase `at` happened, if its sentence says so."""
        if sentence.number not in self._times:
            self._times[sentence.number] = tuple(times(sentence, self.published))
        return time_of(sentence, at, self._times[sentence.number])

    def house(self, sentence: Sentence, at: int) -> House:
        """Where the event at phrase `at` happened."""
        return self.houses.of(sentence, at)


def what_is_told(reading: Reading) -> Told:
    """Every decision, count and stance that is a fact, of a UN body, and not an old one."""
    at = reading.article.published_at
    told = Told(reading, at.date() if at else None, Houses(reading))
    for sentence in reading.sentences:
        if sentence.has("election"):
            continue
        told.decisions += (found for found in decisions_in(sentence) if _is_new(told, sentence, found.first))
        told.counts += (found for found in counts_in(sentence) if _is_new(told, sentence, found.number))
        told.stances += (found for found in stances_in(sentence) if _is_new(told, sentence, found.at))
    told.stances += (
        found for found in stances_below(reading.sentences) if _is_new(told, found.sentence, found.at)
    )
    return told


def _is_new(told: Told, sentence: Sentence, at: int) -> bool:
    if not told.house(sentence, at).un:
        return False
    time = told.time(sentence, at) or _time_of_decision(told, sentence, at)
    return not (time and not time.fresh) and not _is_reaction(sentence, at)


def _time_of_decision(told: Told, sentence: Sentence, at: int) -> Time | None:
    """When a text was adopted, it was counted: "In 2019 a text was adopted by 120 votes to 4, with Chad abstaining"."""
    for index in range(at - 1, -1, -1):
        if sentence.phrases[index].word == ";":
            return None
        if sentence.phrases[index].has("outcome"):
            time = told.time(sentence, index)
            return time if time is not None and time.last < index else None
    return None


def _is_reaction(sentence: Sentence, at: int) -> bool:
    return any(
        "reaction" in phrase.tags for phrase in sentence.phrases[max(0, at - _REACTION_REACH) : at + 1]
    )


def reports_a_vote(told: Told) -> bool:
    """Whether the article as a whole is the report of a new vote."""
    if not _is_united_nations(told):
        return False
    lead = told.reading.lead
    sure = [found for found in told.decisions if not found.weak]
    places = [(found.sentence, found.first) for found in sure]
    places += [(count.sentence, count.number) for count in told.counts]
    about = _is_about_a_vote(told.reading.sentences[:lead])
    if any(sentence.number < lead or _is_dated(told, sentence, at, about) for sentence, at in places):
        return True
    full = len(told.counts) >= 2 or (bool(sure) and bool(told.counts))
    if full and about:
        return True
    if any(stance.sentence.has("ballot") and stance.sentence.number < lead for stance in told.stances):
        return True
    return any(_is_resolution_acting(found, lead) for found in told.decisions)


def _is_dated(told: Told, sentence: Sentence, at: int, about: bool) -> bool:
    """Whether a vote told far down has a day: a fresh one where title and lead are about a vote, else a very fresh."""
    time = told.time(sentence, at)
    if time is None or about or told.published is None or time.day is None:
        return time is not None
    return told.published - time.day <= TIME_ZONES


def _is_united_nations(told: Told) -> bool:
    """Whether more speaks for the UN than the name of a committee that other houses have, too."""
    for sentence in told.reading.sentences:
        if sentence.has("un") or sentence.has("committee") or sentence.has("body_again"):
            return True
        if any(not phrase.tags.get("body", "UNGA-").startswith("UNGA-") for phrase in sentence.phrases):
            return True
    totals: dict[int, int] = {}
    for count in told.counts:
        totals[count.sentence.number] = totals.get(count.sentence.number, 0) + count.value
    return max(totals.values(), default=0) > _LARGE


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


def _is_instrument(phrase: Phrase) -> bool:
    return "document" in phrase.tags or "ballot" in phrase.tags


def _by_instrument(behind: Sequence[Phrase]) -> bool:
    """As in "… in a historic resolution", "… in US-backed vote": the sentence ends with how it was done."""
    last = next((index for index in range(len(behind) - 1, -1, -1) if _is_instrument(behind[index])), None)
    return last is not None and any(phrase.has("cut_place") for phrase in behind[max(0, last - 5) : last])
