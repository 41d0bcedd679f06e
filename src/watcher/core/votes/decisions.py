"""Where an article says that something was decided: adopted, rejected or vetoed, and how sure that sounds.

A verb alone decides nothing. It needs a UN body that does it or a text it is done to, in the same sentence; and it
must tell a fact: "to adopt", "would veto" and "if rejected" do not. Whether the decision is new, `news` judges.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from watcher.core.model import Outcome
from watcher.core.votes.counts_behind import number_led
from watcher.core.votes.deeds import is_done_by_a_house, rejects_a_deed
from watcher.core.votes.doers import (
    SUBJECT_REACH,
    has_subject,
    has_text,
    infinitive_of,
    is_done,
    is_one_countrys,
)
from watcher.core.votes.modality import is_fact
from watcher.core.votes.reading import Phrase, Sentence
from watcher.core.votes.resolving import acts_by_all, agrees, body_before, is_resolved, resolves
from watcher.core.votes.texts import is_of_another, text_before
from watcher.core.votes.vetoes import is_somebodys_veto

_MARKS = {",", ";", ":", "."}
_NOUN_REACH = 6
_ASIDE_REACH = 6
_ACT_REACH = 5  # phrases between a body and what it does, with a day and a manner
_MANNER_REACH = 2  # phrases between a verb and its "unanimously"


class Decision(NamedTuple):
    """Phrases [first, last] tell the outcome. `outcome` None: a vote was held, and no more is said.

    `weak`: the words fit other acts of the UN too ("the UN condemns"), so something else must speak of a vote.
    `beside`: it is told of an amendment, a paragraph or a rival text.
    `resolved`: the words are weak, but a named body does in the main clause what it does by a resolution alone.
    """

    outcome: Outcome | None
    sentence: Sentence
    first: int
    last: int
    weak: bool = False
    beside: bool = False
    resolved: bool = False


def decisions_in(sentence: Sentence) -> Iterator[Decision]:
    """The decisions a sentence states as facts, in its order."""
    for at, phrase in enumerate(sentence.phrases):
        decision = _decision(sentence, at, phrase) if phrase.tags else None
        if decision is not None and is_fact(sentence.phrases, at):
            yield decision._replace(beside=_is_beside(sentence.phrases, at))


def _decision(sentence: Sentence, at: int, phrase: Phrase) -> Decision | None:
    tags, aside = phrase.tags, _is_aside(sentence.phrases, at)
    if any(test(sentence.phrases, at) for test in (_is_attribute, _is_noun, _puts_off, _is_some_states)):
        return None
    if "outcome" in tags:
        outcome = _meant(sentence.phrases, at)
        if outcome is Outcome.REJECTED and rejects_a_deed(sentence.phrases, at):
            return _against_a_deed(sentence, at)
        return Decision(outcome, sentence, at, at, aside) if is_done(sentence, at, outcome) else None
    if "outcome_plural" in tags and at and "voters" in sentence.phrases[at - 1].tags:
        return (
            Decision(Outcome(tags["outcome_plural"]), sentence, at, at, aside)
            if has_subject(sentence, at)
            else None
        )
    if "failing" in tags and _fails(sentence, at):
        return Decision(Outcome.REJECTED, sentence, at, at, aside)
    if "outcome_noun" in tags and _has_house_near(sentence, at):
        return Decision(Outcome(tags["outcome_noun"]), sentence, at, at, aside)
    if (
        "voting" in tags
        and has_subject(sentence, at)
        and (to := infinitive_of(sentence.phrases, at)) is not None
    ):
        decided = tags["voting"] == "decide"
        resolved = decided and not aside and agrees(sentence, at, to)
        weak = aside or (decided and not (resolved and acts_by_all(sentence, at, to)))
        return Decision(Outcome.ADOPTED, sentence, at, to, weak, resolved=resolved)
    if not aside and resolves(sentence, at):
        weak = not acts_by_all(sentence, at)
        return Decision(Outcome.ADOPTED, sentence, at, at, weak, resolved=True)
    if not aside and is_resolved(sentence, at):
        return Decision(Outcome.ADOPTED, sentence, at, at, resolved=True)
    if (
        "did" in tags
        and at
        and any(tag in sentence.phrases[at - 1].tags for tag in ("body", "body_again", "un"))
    ):
        return Decision(Outcome.ADOPTED, sentence, at, at, weak=True)
    if tags.get("side_verb", tags.get("side_noun")) == "in_favour" and _is_body_before(sentence, at):
        return Decision(Outcome.ADOPTED, sentence, at, at, aside)
    if "act" in tags and _acts(sentence, at):
        return Decision(Outcome.ADOPTED, sentence, at, at, weak=not _is_by_all(sentence, at))
    return None


def _against_a_deed(sentence: Sentence, at: int) -> Decision | None:
    """As in "the UN rejects Chad's decision to annex …": it adopted a text against it, where votes are spoken of. The
    Security Council may as well have let a text fall: "rejects the recognition of Palestine"."""
    if any(phrase.tags.get("body") == "UNSC" for phrase in sentence.phrases):
        return None
    done = has_subject(sentence, at) and not is_one_countrys(sentence.phrases, at)
    done = done or is_done_by_a_house(sentence.phrases, at)
    return Decision(Outcome.ADOPTED, sentence, at, at, weak=True) if done else None


def _is_by_all(sentence: Sentence, at: int) -> bool:
    """As in "unanimously extended the mandate": a text is acted on by a vote."""
    near = sentence.phrases[max(0, at - _MANNER_REACH) : at + 1 + _MANNER_REACH]
    return (
        has_text(sentence) and any(phrase.has("manner") for phrase in near) and not sentence.has("statement")
    )


def _meant(phrases: tuple[Phrase, ...], at: int) -> Outcome:
    """The outcome a phrase tells. Where one word says that a country vetoes and that a body rejects, who did it; and
    what falls to somebody's veto is vetoed."""
    if phrases[at].tags["outcome"] == "rejected" and any(
        is_somebodys_veto(phrases, near) for near in _clause(phrases, at)
    ):
        return Outcome.VETOED
    if phrases[at].has("by_body_rejected"):
        for phrase in reversed(phrases[max(0, at - SUBJECT_REACH) : at]):
            if phrase.country and phrase.kind != "demonym":
                break
            if any(phrase.has(tag) for tag in ("body", "committee", "un")):
                return Outcome.REJECTED
    return Outcome(phrases[at].tags["outcome"])


def _clause(phrases: tuple[Phrase, ...], at: int) -> range:
    """The phrases around phrase `at`, up to the marks that part clauses."""
    marks = [index for index, phrase in enumerate(phrases) if phrase.word in _MARKS]
    start = max((index + 1 for index in marks if index < at), default=0)
    return range(start, min((index for index in marks if index > at), default=len(phrases)))


def _is_noun(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "Le vote a été reporté": behind an article, the word for a vote is no verb."""
    return at > 0 and phrases[at].has("ballot") and phrases[at - 1].has("determiner")


def _is_attribute(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "a US-vetoed text": what is glued to whose it is only tells one text from another."""
    if at < 2 or phrases[at - 1].word != "-":
        return False
    return phrases[at - 2].end == phrases[at - 1].start and phrases[at - 1].end == phrases[at].start


def _puts_off(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "דחתה את ההצבעה": one word is to reject a text, and to put off the vote on it."""
    for phrase in phrases[at + 1 : at + 1 + _NOUN_REACH] if phrases[at].has("postponing") else ():
        if phrase.has("document"):
            return False
        if phrase.has("ballot"):
            return True
    return False


def _is_some_states(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "151 states backed the text, six rejected it", "support for the text fell": what some did, or how many they
    were, is not what became of the text."""
    if phrases[at].tags.get("outcome") != "rejected":
        return False
    return _has_falling_support(phrases, at) or _is_done_by_a_number(phrases, at)


def _has_falling_support(phrases: tuple[Phrase, ...], at: int) -> bool:
    for phrase in reversed(phrases[:at]):
        if phrase.has("support"):
            return True
        named = phrase.country is not None and phrase.kind != "demonym"
        if named or phrase.number is not None or phrase.word in _MARKS:
            return False  # "with the support of only four members the draft fell"
    return False


def _is_done_by_a_number(phrases: tuple[Phrase, ...], at: int) -> bool:
    voted = phrases[at].has("side_lead") or phrases[at].has("verb_first")
    led = number_led(phrases, at) if voted else None
    if led is not None and any(phrase.has("voters") for phrase in phrases[led + 1 : led + 2]):
        return True
    number = at - 1
    while number > 0 and any(map(phrases[number].has, ("voters", "partial", "relative"))):
        number -= 1
    if number < 0 or phrases[number].number is None:
        return False
    before = phrases[number - 1] if number else None  # "by 19 votes to 17 rejected": a result, and no subject
    return before is None or not (before.has("row_mark") or (before.has("row_cue") and before.word.isalpha()))


def _is_beside(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "an amendment by Chad was defeated", "rejected an amendment": not what became of the text itself."""
    before = at - 1
    while before > 0 and _stands_before_a_verb(phrases[before]):
        before -= 1
    passive = phrases[at].has("cut_passive") or phrases[at].has("side_passive")
    passive = passive or (before >= 0 and phrases[before].has("cut_passive"))
    for index in () if passive else range(at + 1, len(phrases)):
        if phrases[index].has("document"):
            return is_of_another(phrases, index)
    text = text_before(phrases, at)
    return text is not None and is_of_another(phrases, text)


def _stands_before_a_verb(phrase: Phrase) -> bool:
    """As "overwhelmingly" between "was" and "defeated"."""
    return (phrase.has("filler") or phrase.has("manner")) and not phrase.has("cut_passive")


def _fails(sentence: Sentence, at: int) -> bool:
    """As in "the Council failed today to adopt a draft": the words of "failed to adopt" with others between."""
    phrases = sentence.phrases
    to = infinitive_of(phrases, at)
    adopts = to is not None and phrases[to + 1].tags.get("outcome_plural") == "adopted"
    return adopts and has_text(sentence) and not is_one_countrys(phrases, at)


def _is_aside(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "… after the Council voted": the clause of this verb only says when or why something else happened."""
    for phrase in reversed(phrases[max(0, at - _ASIDE_REACH) : at]):
        if "aside" in phrase.tags:
            return True
        if phrase.word in {",", ";", ":"}:
            return False
    return False


def _has_house_near(sentence: Sentence, at: int) -> bool:
    near = sentence.phrases[max(0, at - _NOUN_REACH) : at + _NOUN_REACH]
    return any("body" in phrase.tags for phrase in near)


def _is_body_before(sentence: Sentence, at: int) -> bool:
    """As in "The Assembly voted in favour of a truce", with nobody else between the body and the verb."""
    before = sentence.phrases[max(0, at - 4) : at]
    if sentence.phrases[at].has("noun_too") and before and not before[-1].has("voters"):
        return False  # "a UN vote for a truce"
    noun = sentence.phrases[at].has("side_noun") and not sentence.phrases[at].has("side_verb")
    if noun and not _is_voted_for(before):
        return False
    for phrase in reversed(before):
        if "voting" in phrase.tags:
            continue
        if phrase.country or phrase.number is not None or "voters" in phrase.tags:
            return False
        if any(tag in phrase.tags for tag in ("body", "body_again", "un")):
            return True
    return False


def _is_voted_for(before: Sequence[Phrase]) -> bool:
    """Whether a verb of voting stands right before a side: "voted on Friday in favour", not "the UN vote means for"."""
    for phrase in reversed(before):
        if phrase.has("voting"):
            return True
        if not any(map(phrase.has, ("recent", "manner", "filler", "cut_lead"))):
            return False
    return False


def _only_dates(phrase: Phrase) -> bool:
    """As "on Thursday" and "unanimously" between the Council and its verb."""
    return phrase.has("recent") or phrase.has("manner")


def _acts(sentence: Sentence, at: int) -> bool:
    """As in "UN lifts arms embargo": the body or its resolution stands right before the verb."""
    near = [phrase for phrase in sentence.phrases[max(0, at - _ACT_REACH) : at] if not _only_dates(phrase)][
        -3:
    ]
    behind = sentence.phrases[at + 1 :]
    if (
        near and near[-1].country and behind and behind[0].has("target")
    ):  # "Iran ousted from the panel in a vote"
        return any(phrase.has("ballot") or phrase.has("document") for phrase in behind)
    told = any(
        tag in phrase.tags for phrase in near for tag in ("body", "un", "body_again", "document", "ballot")
    )
    return told or body_before(sentence.phrases, at) is not None
