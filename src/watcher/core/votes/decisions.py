"""Where an article says that something was decided: adopted, rejected or vetoed, and how sure that sounds.

A verb alone decides nothing. It needs a UN body that does it or a text it is done to, in the same sentence; and it
must tell a fact: "to adopt", "would veto" and "if rejected" do not. Whether the decision is new, `news` judges.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from watcher.core.model import Outcome
from watcher.core.votes.modality import is_fact
from watcher.core.votes.reading import Phrase, Sentence
from watcher.core.votes.resolving import agrees, body_before, resolves
from watcher.core.votes.texts import is_of_another, text_before
from watcher.core.votes.vetoes import is_somebodys_veto

_MARKS = {",", ";", ":", "."}
_CASTER_REACH = 3  # phrases between who cast a veto and the verb
_VOTED_TO_REACH = 4  # "voted overwhelmingly on Friday to"
_SUBJECT_REACH = 14
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
    if _is_attribute(sentence.phrases, at) or _is_noun(sentence.phrases, at):
        return None
    if "outcome" in tags:
        outcome = _meant(sentence.phrases, at)
        return Decision(outcome, sentence, at, at, aside) if _is_done(sentence, at, outcome) else None
    if "outcome_plural" in tags and at and "voters" in sentence.phrases[at - 1].tags:
        return (
            Decision(Outcome(tags["outcome_plural"]), sentence, at, at, aside)
            if _has_subject(sentence, at)
            else None
        )
    if "failing" in tags and _fails(sentence, at):
        return Decision(Outcome.REJECTED, sentence, at, at, aside)
    if "outcome_noun" in tags and _has_house_near(sentence, at):
        return Decision(Outcome(tags["outcome_noun"]), sentence, at, at, aside)
    if (
        "voting" in tags
        and _has_subject(sentence, at)
        and (to := _infinitive(sentence.phrases, at)) is not None
    ):
        decided = tags["voting"] == "decide"
        resolved = decided and not aside and agrees(sentence, at, to)
        return Decision(Outcome.ADOPTED, sentence, at, to, aside or decided, resolved=resolved)
    if not aside and resolves(sentence, at):
        return Decision(Outcome.ADOPTED, sentence, at, at, weak=True, resolved=True)
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


def _is_by_all(sentence: Sentence, at: int) -> bool:
    """As in "unanimously extended the mandate": a text is acted on by a vote."""
    near = sentence.phrases[max(0, at - _MANNER_REACH) : at + 1 + _MANNER_REACH]
    return (
        _has_text(sentence) and any(phrase.has("manner") for phrase in near) and not sentence.has("statement")
    )


def _meant(phrases: tuple[Phrase, ...], at: int) -> Outcome:
    """The outcome a phrase tells. Where one word says that a country vetoes and that a body rejects, who did it; and
    what falls to somebody's veto is vetoed."""
    if phrases[at].tags["outcome"] == "rejected" and any(
        is_somebodys_veto(phrases, near) for near in _clause(phrases, at)
    ):
        return Outcome.VETOED
    if phrases[at].has("by_body_rejected"):
        for phrase in reversed(phrases[max(0, at - _SUBJECT_REACH) : at]):
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


def _is_done(sentence: Sentence, at: int, outcome: Outcome) -> bool:
    """Whether the verb of an outcome has what makes it one: a body does it, or it is done to a text."""
    if _is_ruled(sentence.phrases, at) or (sentence.has("statement") and not _has_text(sentence)):
        return False
    if outcome is Outcome.VETOED:
        elsewhere_too = sentence.phrases[at].has("side_loose") or sentence.phrases[at].has("backing")
        if elsewhere_too and not (sentence.has("un") or sentence.has("body")):
            return False
        if _has_text(sentence) or "veto_cast" in sentence.phrases[at].tags:
            return _has_text(sentence) or _has_caster(sentence, at)
        return _has_vetoer(sentence, at) and _has_object(sentence.phrases, at)
    if outcome is Outcome.REJECTED:
        if _attempts(sentence.phrases, at):
            return False
        attempted = sentence.phrases[at].has("falling") and _is_an_attempt(sentence)
        return (_has_text(sentence) and not _is_one_countrys(sentence.phrases, at)) or attempted
    return _has_text(sentence) or _has_subject(sentence, at)


def _is_an_attempt(sentence: Sentence) -> bool:
    """As in "the effort to extend a UN deadline failed", "Chad failed in its bid to have the Council act"."""
    owned = sentence.has("own_attempt") and (sentence.has("un") or sentence.has("body"))
    return owned or (sentence.has("attempt") and sentence.has("un"))


def _attempts(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "failed to halt the war", "failed on Friday to reach consensus": something else failed than a text."""
    to = _infinitive(phrases, at) if phrases[at].has("failing") else None
    return to is not None and phrases[to + 1].tags.get("outcome_plural") != "adopted"


def _fails(sentence: Sentence, at: int) -> bool:
    """As in "the Council failed today to adopt a draft": the words of "failed to adopt" with others between."""
    phrases = sentence.phrases
    to = _infinitive(phrases, at)
    adopts = to is not None and phrases[to + 1].tags.get("outcome_plural") == "adopted"
    return adopts and _has_text(sentence) and not _is_one_countrys(phrases, at)


def _is_one_countrys(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "Russia rejected the proposal": what stands nearest before the verb is a country, or nothing is."""
    for index in range(at - 1, max(-1, at - 1 - _SUBJECT_REACH), -1):
        phrase = phrases[index]
        if phrase.country and phrase.kind != "demonym" and not _is_matter(phrases, index):
            return True
        if any(tag in phrase.tags for tag in ("body", "body_again", "un", "document", "voters")):
            return False
    behind = phrases[
        at + 1 : at + 2
    ]  # "رفض مجلس الأمن …": where the verb comes first, its subject stands behind it
    housed = bool(behind) and (behind[0].has("body") or behind[0].has("document"))
    return not (phrases[at].has("verb_first") and housed)


def _is_matter(phrases: tuple[Phrase, ...], index: int) -> bool:
    """As in "a draft by Russia and China": the country only says whose or what a text is."""
    while index and (phrases[index].country or phrases[index].has("and") or phrases[index].word == ","):
        index -= 1
    return phrases[index].has("about") or phrases[index].has("cut_author")


def _is_ruled(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "The UN's top court rejected …": a court is nearer to the verb than any body or text."""
    for phrase in reversed(phrases[max(0, at - _SUBJECT_REACH) : at]):
        if "court" in phrase.tags:
            return True
        if any(tag in phrase.tags for tag in ("body", "body_again", "un", "document")):
            return False
    return False


def _is_aside(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "… after the Council voted": the clause of this verb only says when or why something else happened."""
    for phrase in reversed(phrases[max(0, at - _ASIDE_REACH) : at]):
        if "aside" in phrase.tags:
            return True
        if phrase.word in {",", ";", ":"}:
            return False
    return False


def _has_object(phrases: tuple[Phrase, ...], at: int) -> bool:
    following = phrases[at + 1 : at + 2]
    return phrases[at].has("side_passive") or (bool(following) and following[0].word[:1].isalnum())


def _has_subject(sentence: Sentence, at: int) -> bool:
    """A UN body or the UN before the verb, near enough to be its subject."""
    before = sentence.phrases[max(0, at - _SUBJECT_REACH) : at]
    return any(tag in phrase.tags for phrase in before for tag in ("body", "body_again", "un", "committee"))


def _has_vetoer(sentence: Sentence, at: int) -> bool:
    """As in "Russia on Friday vetoed": without a text, someone must have done it."""
    before = sentence.phrases[max(0, at - _CASTER_REACH) : at]
    return any(phrase.country for phrase in before) and (sentence.has("body") or sentence.has("un"))


def _has_caster(sentence: Sentence, at: int) -> bool:
    """As in "China and Russia cast vetoes": that is a vote of the Council even where it is not named again."""
    return any(phrase.country for phrase in sentence.phrases[max(0, at - _CASTER_REACH) : at])


def _has_house_near(sentence: Sentence, at: int) -> bool:
    near = sentence.phrases[max(0, at - _NOUN_REACH) : at + _NOUN_REACH]
    return any("body" in phrase.tags for phrase in near)


def _has_text(sentence: Sentence) -> bool:
    """A resolution, a draft, a mandate in the sentence: what is voted on."""
    return any("document" in phrase.tags for phrase in sentence.phrases)


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


def _infinitive(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """Where the "to" of "voted … to condemn" stands."""
    left, counted = _VOTED_TO_REACH, False
    for index in range(at + 1, len(phrases)):
        phrase, following = phrases[index], phrases[min(index + 1, len(phrases) - 1)]
        counted = counted or phrase.number is not None
        if (
            phrase.has("recent")
            or phrase.has("manner")
            or (phrase.has("cut_lead") and not phrase.has("infinitive"))
        ):
            continue
        if (counted and _is_of_a_count(phrase)) or (phrase.has("row_mark") and following.number is not None):
            continue
        left -= 1
        if left < 0:
            return None
        if phrase.has("infinitive"):
            return index if index + 1 < len(phrases) and _is_infinitive(following) else None
        if phrase.word in {",", ";"} or any(tag in phrase.tags for tag in ("upcoming", "document", "modal")):
            return None
        if phrases[at].tags.get("voting") == "bare":
            return None
    return None


def _is_of_a_count(phrase: Phrase) -> bool:
    """As in "voted 140 in favour to 2 against, with 8 abstentions, to adopt …": what stands before the "to"."""
    words = ("side_noun", "voters", "ballot", "row_cue", "and", "cut_count")
    return phrase.number is not None or phrase.word in {",", "-"} or any(phrase.has(tag) for tag in words)


def _is_infinitive(phrase: Phrase) -> bool:
    """What follows "to" may be a verb: the lexicon knows few, but not an article, a "be", a day or a country."""
    return not phrase.country and not any(phrase.has(tag) for tag in ("determiner", "cut_passive", "recent"))


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
