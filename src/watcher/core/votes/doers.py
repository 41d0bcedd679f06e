"""Whether the verb of an outcome has what makes it one: a body that does it, or a text that it is done to.

"Russia rejected the proposal", "the court rejected the claim" and "efforts to halt the war failed" have not.
"""

from __future__ import annotations

from watcher.core.model import Outcome
from watcher.core.votes.reading import Phrase, Sentence

_AGENCIES = {"ILO", "ICAO", "IMO", "OPCW"}  # named as one with their offices
_VOTED_TO_REACH = 4  # "voted overwhelmingly on Friday to"
SUBJECT_REACH = 14
_CASTER_REACH = 3  # phrases between who cast a veto and the verb


def is_done(sentence: Sentence, at: int, outcome: Outcome) -> bool:
    """Whether the verb of an outcome has what makes it one: a body does it, or it is done to a text."""
    if _is_ruled(sentence.phrases, at) or (sentence.has("statement") and not has_text(sentence)):
        return False
    if outcome is Outcome.VETOED:
        elsewhere_too = sentence.phrases[at].has("side_loose") or sentence.phrases[at].has("backing")
        if elsewhere_too and not (sentence.has("un") or sentence.has("body")):
            return False
        if has_text(sentence) or "veto_cast" in sentence.phrases[at].tags:
            return has_text(sentence) or _has_caster(sentence, at)
        return _has_vetoer(sentence, at) and _has_object(sentence.phrases, at)
    if outcome is Outcome.REJECTED:
        if _attempts(sentence.phrases, at):
            return False
        attempted = sentence.phrases[at].has("falling") and _is_an_attempt(sentence)
        return (has_text(sentence) and not is_one_countrys(sentence.phrases, at)) or attempted
    return has_text(sentence) or (has_subject(sentence, at) and not _is_an_offices(sentence.phrases, at))


def _is_an_offices(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "The ILO published a report approved by its experts": an agency's office does so, not its states."""
    before = (phrase.tags["body"] for phrase in reversed(phrases[:at]) if phrase.has("body"))
    return next(before, None) in _AGENCIES


def _is_an_attempt(sentence: Sentence) -> bool:
    """As in "the effort to extend a UN deadline failed", "Chad failed in its bid to have the Council act"."""
    owned = sentence.has("own_attempt") and (sentence.has("un") or sentence.has("body"))
    return owned or (sentence.has("attempt") and sentence.has("un"))


def _attempts(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "failed to halt the war", "failed on Friday to reach consensus": something else failed than a text."""
    to = infinitive_of(phrases, at) if phrases[at].has("failing") else None
    return to is not None and phrases[to + 1].tags.get("outcome_plural") != "adopted"


def infinitive_of(phrases: tuple[Phrase, ...], at: int) -> int | None:
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


def is_one_countrys(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "Russia rejected the proposal": what stands nearest before the verb is a country, or nothing is."""
    for index in range(at - 1, max(-1, at - 1 - SUBJECT_REACH), -1):
        phrase = phrases[index]
        if phrase.country and phrase.kind != "demonym" and not _is_matter(phrases, index):
            return True
        if any(tag in phrase.tags for tag in ("body", "body_again", "chamber", "un", "document", "voters")):
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
    for phrase in reversed(phrases[max(0, at - SUBJECT_REACH) : at]):
        if "court" in phrase.tags:
            return True
        if any(tag in phrase.tags for tag in ("body", "body_again", "un", "document")):
            return False
    return False


def _has_object(phrases: tuple[Phrase, ...], at: int) -> bool:
    following = phrases[at + 1 : at + 2]
    return phrases[at].has("side_passive") or (bool(following) and following[0].word[:1].isalnum())


def has_subject(sentence: Sentence, at: int) -> bool:
    """A UN body or the UN before the verb, near enough to be its subject."""
    before = sentence.phrases[max(0, at - SUBJECT_REACH) : at]
    return any(tag in phrase.tags for phrase in before for tag in ("body", "body_again", "un", "committee"))


def _has_vetoer(sentence: Sentence, at: int) -> bool:
    """As in "Russia on Friday vetoed": without a text, someone must have done it."""
    before = sentence.phrases[max(0, at - _CASTER_REACH) : at]
    return any(phrase.country for phrase in before) and (sentence.has("body") or sentence.has("un"))


def _has_caster(sentence: Sentence, at: int) -> bool:
    """As in "China and Russia cast vetoes": that is a vote of the Council even where it is not named again."""
    return any(phrase.country for phrase in sentence.phrases[max(0, at - _CASTER_REACH) : at])


def has_text(sentence: Sentence) -> bool:
    """A resolution, a draft, a mandate in the sentence: what is voted on."""
    return any("document" in phrase.tags for phrase in sentence.phrases)
