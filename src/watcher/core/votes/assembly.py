"""From what an article tells to its votes: the main one, and others that have facts of their own.

The main vote is the first that is told as a whole: its count if there is one, else its first decision. Numbers of
an amendment or a paragraph are another vote's, and so are the positions told beside them. Facts are only collected
here; whether they are news is settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import repeat
from types import MappingProxyType

from watcher.core.model import Evidence, Outcome, Position, Tally, Vote
from watcher.core.votes.beside import (
    is_about_a_part,
    is_beside,
    is_part,
    is_told_in_aside,
    is_veto,
    stands_alone,
    tells_another,
)
from watcher.core.votes.bodies import House
from watcher.core.votes.checks import doubts_about, members_of
from watcher.core.votes.decisions import Decision
from watcher.core.votes.leanings import Leaning, followed, leanings_in
from watcher.core.votes.lexicon import lexicon
from watcher.core.votes.outcomes import completed, main_decision, outcome_of, votes_cast
from watcher.core.votes.positions import Stance
from watcher.core.votes.reading import Sentence
from watcher.core.votes.subject import Place, Subjects
from watcher.core.votes.symbols import draft_named, number_adopted, number_in_force, symbol_in
from watcher.core.votes.tally import Counted, tallies
from watcher.core.votes.told import Told

_LARGEST_BOARD = 60  # votes: more are cast in the Assembly and its committees only


def assemble(told: Told) -> tuple[Vote, ...]:
    """The votes of an article that reports one."""
    counted = tallies(told.counts)
    about_part = is_about_a_part(told)
    whole = [one for one in counted if about_part or not is_beside(one)]
    if not whole and all(found.beside for found in told.decisions):
        whole = counted  # nothing else was voted on
    main = whole[0] if whole else Counted()
    others = [one for one in counted if one is not main and stands_alone(one)]
    decision = main_decision(told, main)
    own = {count.sentence.number for count in main.counts} | (
        {decision.sentence.number} if decision else set()
    )
    beside = [_sentences_of(told, one) - own for one in others]
    another = {sentence.number for sentence in told.reading.sentences if tells_another(sentence)}
    elsewhere = set() if about_part else another - own
    stances = [found for found in told.stances if found.sentence.number not in elsewhere.union(*beside)]
    stances = [found for found in stances if about_part or not is_told_in_aside(found)]
    if decision is not None and decision.outcome is Outcome.ADOPTED:
        stances = [found for found in stances if not is_veto(found)]
    leanings = [
        found
        for sentence in told.reading.sentences
        if sentence.number not in elsewhere.union(*beside)
        for found in leanings_in(sentence)
        if _is_of_now(told, found)
    ]
    return (_vote(told, main, decision, stances, leanings), *map(_other, repeat(told), others, beside))


def _is_of_now(told: Told, leaning: Leaning) -> bool:
    time = told.time(leaning.sentence, leaning.at)
    return told.house(leaning.sentence, leaning.at).un and (time is None or time.fresh)


def _sentences_of(told: Told, counted: Counted) -> set[int]:
    """The numbers of the sentences that tell a second vote: its counts, and what is said of it right behind."""
    counts = {count.sentence.number for count in counted.counts}
    busy = {count.sentence.number for count in told.counts} | {
        found.sentence.number for found in told.decisions
    }
    if is_part(counted):  # what is said of a text is not said of its amendment
        busy |= {sentence.number for sentence in told.reading.sentences if sentence.has("document")}
    last = max(counts)
    if told.reading.sentences[last].has("pluperfect") or not _is_told_on(told, last + 1):
        return counts  # "An amendment had been voted down. Chad was opposed.": back to the main vote
    return counts | ({last + 1} - busy)


def _is_told_on(told: Told, number: int) -> bool:
    """Whether a sentence stands in one paragraph with the sentence before it."""
    if number >= len(told.reading.sentences):
        return False
    before, after = told.reading.sentences[number - 1 : number + 1]
    between = _text_of(told)[after.field][before.end : after.start]
    return before.field == after.field and "\n" not in between


def _vote(
    told: Told, main: Counted, decision: Decision | None, stances: list[Stance], leanings: list[Leaning]
) -> Vote:
    house = _house(told, main, decision)
    tally = completed(house.body, main.tally, _positions(stances))
    outcome = outcome_of(house.body, decision, tally, _positions(stances), _speaks_of_a_veto(told))
    stances = [*stances, *followed(leanings, stances, tally, outcome)]
    positions = _positions(stances)
    if house.committee and house.body is None and votes_cast(tally) > _LARGEST_BOARD:
        house = house._replace(body="UNGA")  # no other body with committees has so many members
    if house.body is None and (outcome is Outcome.VETOED or _is_of_fifteen(told, tally, _positions(stances))):
        house = House(
            "UNSC", un=True
        )  # nowhere else is there a veto, and no other council has fifteen members
    sentences = _own_sentences(told, main, decision)
    return Vote(
        body=house.body,
        stage=_stage(house),
        outcome=outcome,
        tally=tally,
        symbol=_symbol(told, sentences, house.body),
        date=_date(told, main, decision),
        subject=_subject(told, main, decision, house.body),
        consensus=_manner(told, sentences, "consensus"),
        unanimous=_manner(told, sentences, "unanimous"),
        positions=MappingProxyType(positions),
        evidence=_evidence(main, decision, stances),
        doubts=doubts_about(house.body, tally, positions, outcome),
    )


def _speaks_of_a_veto(told: Told) -> bool:
    """Whether title or lead name a veto, and the vote is not one in which there is none."""
    lead = told.reading.sentences[: told.reading.lead]
    named = any(row.has("veto_noun") or row.has("veto_cast") for row in lead)
    return named and not any(row.has("procedural") for row in lead)


def _is_of_fifteen(told: Told, tally: Tally, positions: Mapping[str, Position]) -> bool:
    """Whether "the council", which is not named more closely, has cast fifteen votes, those of named dissenters among
    them.
    """
    lead = told.reading.sentences[: told.reading.lead]
    council = any(phrase.tags.get("body_again") == "council" for row in lead for phrase in row.phrases)
    dissent = sum(position is not Position.IN_FAVOUR for position in positions.values())
    cast = votes_cast(tally) if None not in tally.triple[1:] else (tally.in_favour or 0) + dissent
    return council and cast == members_of("UNSC")


def _other(told: Told, counted: Counted, own: set[int]) -> Vote:
    """A vote beside the main one. `own`: the numbers of the sentences that tell of nothing else."""
    first = counted.counts[0]
    house = told.house(first.sentence, first.number)
    decision = next((found for found in told.decisions if found.sentence is first.sentence), None)
    stances = [stance for stance in told.stances if stance.sentence.number in own]
    positions = _positions(stances)
    outcome = decision.outcome if decision else None
    return Vote(
        body=house.body,
        stage=_stage(house),
        outcome=outcome,
        tally=counted.tally,
        date=_date(told, counted, decision),
        subject=_subject_beside(told, counted, decision, house.body)
        if first.sentence.number in own
        else None,
        positions=MappingProxyType(positions),
        evidence=_evidence(counted, None, stances),
        doubts=doubts_about(house.body, counted.tally, positions, outcome),
    )


def _house(told: Told, main: Counted, decision: Decision | None) -> House:
    """The body of the decision, else of the count, else the one the article names first."""
    places = [(decision.sentence, decision.first)] if decision else []
    places += [(count.sentence, count.number) for count in main.counts[:1]]
    places += [
        (found.sentence, found.first) for found in told.decisions if found.sentence.number < told.reading.lead
    ]
    places += [(stance.sentence, stance.at) for stance in told.stances[:1]]
    houses = [told.house(sentence, at) for sentence, at in places]
    lead = told.reading.sentences[: told.reading.lead]
    named = [house for sentence in lead for _, house in told.houses.named(sentence) if house.body]
    cast = votes_cast(main.tally)
    fitting = [house for house in (*houses, *named) if house.body and cast <= members_of(house.body)]
    if fitting and houses and houses[0].body and cast > members_of(houses[0].body):
        return fitting[0]  # 137 votes are not the Council's, however near its name stands
    committees = (house for sentence in lead for _, house in told.houses.named(sentence) if house.committee)
    certain = (house for house in (*houses, *committees) if house.body or house.committee)
    house = next(certain, houses[0] if houses else House())
    if house.committee and house.body is None:  # "a committee of the Assembly", which is named further on
        return next((one for one in named if (one.body or "").startswith("UNGA-")), house)
    return house


def _stage(house: House) -> str | None:
    if house.committee or (house.body or "").startswith("UNGA-"):
        return "committee"
    return "plenary" if house.body == "UNGA" else None


def _own_sentences(told: Told, main: Counted, decision: Decision | None) -> list[Sentence]:
    """Where the vote is told: its decision, its counts, and the lead that tells of the same decision again."""
    found = [decision.sentence] if decision else []
    again = [
        other.sentence
        for other in told.decisions
        if decision is not None
        and not other.weak
        and other.outcome is decision.outcome
        and other.sentence.number < told.reading.lead
    ]
    return list(
        {one.number: one for one in (*found, *(count.sentence for count in main.counts), *again)}.values()
    )


def _symbol(told: Told, sentences: list[Sentence], body: str | None) -> str | None:
    for sentence in sentences:
        text = _text_of(told)[sentence.field][sentence.start : sentence.end]
        if (symbol := symbol_in(text, body) or number_adopted(sentence, body)) is not None:
            return symbol
    in_force = (number_in_force(sentence, body) for sentence in told.reading.sentences)
    if (number := next(filter(None, in_force), None)) is not None:
        return number
    named = (draft_named(one, _text_of(told)[one.field], body) for one in told.reading.sentences)
    drafts = {draft for draft in named if draft is not None}
    return drafts.pop() if len(drafts) == 1 else None


def _date(told: Told, main: Counted, decision: Decision | None) -> date | None:
    places = [(decision.sentence, decision.first)] if decision else []
    places += [(found.sentence, found.first) for found in told.decisions]
    places += [(count.sentence, count.number) for count in main.counts]
    times = (told.time(sentence, at) for sentence, at in places)
    return next((time.day for time in times if time is not None and time.day is not None), None)


def _manner(told: Told, sentences: list[Sentence], manner: str) -> bool:
    """Whether these sentences say so of now, or the one behind the first: "It was adopted by consensus." """
    behind = sentences[0].number + 1 if sentences else 0
    following = [
        one for one in told.reading.sentences[behind : behind + 1] if sentences and one.has("outcome")
    ]
    said = (
        (one, at)
        for one in (*sentences, *following)
        for at, phrase in enumerate(one.phrases)
        if phrase.tags.get("manner") == manner
    )
    return any((time := told.time(one, at)) is None or time.fresh for one, at in said)


def _positions(stances: list[Stance]) -> dict[str, Position]:
    """Each country's first stance."""
    positions: dict[str, Position] = {}
    for stance in stances:
        positions.setdefault(stance.country, stance.position)
    return positions


def _subject(told: Told, main: Counted, decision: Decision | None, body: str | None) -> str | None:
    places = [Place(decision.sentence, decision.last)] if decision else []
    sure = [found for found in told.decisions if found is not decision and not found.weak]
    places += [Place(found.sentence, found.last) for found in sure]
    places += [Place(count.sentence, count.last) for count in main.counts if count.side == "in_favour"]
    places += [Place(found.sentence, found.last) for found in told.decisions if found.weak]
    titles = [sentence for sentence in told.reading.sentences if sentence.field == "title"]
    lead = [sentence for sentence in told.reading.sentences[: told.reading.lead] if not sentence.has("past")]
    mentions = dict.fromkeys(s.number for s in (*_own_sentences(told, main, decision), *titles, *lead))
    return _best_subject(told, body, places, [told.reading.sentences[number] for number in mentions])


def _subject_beside(told: Told, counted: Counted, decision: Decision | None, body: str | None) -> str | None:
    """The subject of a second vote, from the sentence that begins to tell it alone."""
    places = [Place(decision.sentence, decision.last)] if decision else []
    places += [Place(count.sentence, count.last) for count in counted.counts if count.side == "in_favour"]
    return _best_subject(
        told, body, places, [counted.counts[0].sentence], "part" if is_part(counted) else "whole"
    )


def _best_subject(
    told: Told, body: str | None, places: list[Place], mentions: list[Sentence], kind: str = "whole"
) -> str | None:
    table = lexicon(told.reading.language)
    if not table.texts:
        return None  # an alert is written in English: it does not quote a phrase in another language
    return Subjects.of(told.reading.article, table, body, kind).best(places, mentions)


def _text_of(told: Told) -> dict[str, str]:
    article = told.reading.article
    return {"title": article.title, "text": article.text}


def _evidence(counted: Counted, decision: Decision | None, stances: list[Stance]) -> tuple[Evidence, ...]:
    spans = list(_count_evidence(counted))
    if decision is not None:
        what = decision.outcome.value if decision.outcome else "vote"
        spans.append(decision.sentence.evidence(decision.first, decision.last, what))
    spans += [
        stance.sentence.evidence(stance.first, stance.last, f"{stance.country}: {stance.position.words}")
        for stance in stances
    ]
    return tuple(dict.fromkeys(spans))


def _count_evidence(counted: Counted) -> tuple[Evidence, ...]:
    """One span for each sentence that counts, from its verb or first number to its last."""
    sentences = {count.sentence.number: count.sentence for count in counted.counts}
    spans = []
    for number, sentence in sentences.items():
        own = [count for count in counted.counts if count.sentence.number == number]
        first, last = min(count.first for count in own), max(max(count.last, count.number) for count in own)
        verb = [
            index for index in range(max(0, first - 4), first) if "outcome" in sentence.phrases[index].tags
        ]
        spans.append(sentence.evidence(verb[0] if verb else first, last, "tally"))
    return tuple(spans)
