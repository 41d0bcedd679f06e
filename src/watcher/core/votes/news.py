"""Whether an article reports a new vote, as a whole.

A vote that is announced, recalled, wished for or argued about is not reported. Nor is one of another house, nor an
election. What is told in title and lead counts for itself; what is told further down needs a day, or a full count.

What the title is about holds for the article (`headlines`). Where a vote is announced, numbers alone are no news: they
are what is needed or what was counted before; a text must be said to be adopted or to have failed. Where the title
explains ("why", "five takeaways") and tells no outcome, a vote must have a new day. Where title or lead begin with
somebody who answers to a vote, or only mention one, only a vote of that day or the day before is news. What the paper
labels as comment reports nothing. And what an article first tells of as old stays old: a later sentence that names no
day tells of the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from watcher.core.votes.bodies import BARE
from watcher.core.votes.decisions import Decision
from watcher.core.votes.headlines import (
    announces,
    answered_at,
    answers,
    asks,
    comes_after_a_vote,
    comments,
    first_named,
    told_as_earlier,
)
from watcher.core.votes.positions import Stance
from watcher.core.votes.reading import Phrase, Sentence
from watcher.core.votes.symbols import symbol_in
from watcher.core.votes.timing import TIME_ZONES
from watcher.core.votes.told import Told

_ADDRESS = "un.org"
_LARGE = 60  # votes: a "Third Committee" in which more are cast is the Assembly's


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
    """Whether something that is told of a vote has a day, and that is the article's or the one before."""
    answer = _answer(told)
    return any(
        _is_dated(told, sentence, at, about=False) and not _is_day_of_answer(told, sentence, at, answer)
        for sentence, at in _facts(told)
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
    """What acts once it is carried; a draft only would."""
    return ("document" in phrase.tags or "ballot" in phrase.tags) and not phrase.has("draft")


def _by_instrument(behind: Sequence[Phrase]) -> bool:
    """As in "… in a historic resolution", "… in US-backed vote": the sentence ends with how it was done."""
    last = next((index for index in range(len(behind) - 1, -1, -1) if _is_instrument(behind[index])), None)
    return last is not None and any(phrase.has("cut_place") for phrase in behind[max(0, last - 5) : last])
