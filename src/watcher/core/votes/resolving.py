"""What a named body does by a resolution alone: "The Security Council on Friday extended the mandate".

No text and no vote need be named there; but the body must be the subject of the main clause, and do more than make a
statement.
"""

from __future__ import annotations

from collections.abc import Iterable

from watcher.core.votes.actors import represents
from watcher.core.votes.reading import Phrase, Sentence

_BRACKET_REACH = 22  # phrases between the two halves of a verb
_DEEDS = {"any", "by_all"}  # what is done, not said
_DECIDED_REACH = 10  # phrases between "decided" and what was decided


def resolves(sentence: Sentence, at: int) -> bool:
    """As in "The Security Council on Friday extended the mandate", "decided to extend": the body is the subject, and
    the verb tells what it does by a resolution. The Security Council condemns and demands in statements, too."""
    phrases = sentence.phrases
    decided = phrases[at].tags.get("resolving_to")
    if decided is not None and _has_decided(sentence, at):
        return decided != "by_all" or is_by_all(sentence, at)
    own = any(phrase.tags.get("determiner") == "own" for phrase in phrases[at + 1 : at + 2])
    if not phrases[at].has("resolving") or own:
        return False  # "extended its condolences"
    subject, kind = _subject_of(sentence, at), phrases[at].tags["resolving"]
    if subject is None or (kind == "by_all" and not is_by_all(sentence, at)):
        return False  # "ended the meeting"
    spoken = kind == "assembly" and phrases[subject].tags["body"] == "UNSC"
    return not spoken or sentence.has("manner")


def is_resolved(sentence: Sentence, at: int) -> bool:
    """As in "The mandate was unanimously extended by the Security Council": the same, where the body stands behind."""
    phrases = sentence.phrases
    if not _is_done_to_it(phrases, at) or sentence.has("statement") or sentence.has("upcoming"):
        return False
    named = (index for index in range(at + 1, len(phrases)) if phrases[index].has("body"))
    body = next(named, None)
    if body is None or any(map(_ends_deed, phrases[at + 1 : body])) or any(map(_subordinates, phrases[:at])):
        return False
    return is_by_all(sentence, at) and not _is_spoken_for(phrases, body)


def _is_done_to_it(phrases: tuple[Phrase, ...], at: int) -> bool:
    """Whether a participle tells what is done to a mandate: "was renewed", "przedłużony"."""
    before = at - 1
    while before > 0 and phrases[before].has("manner"):
        before -= 1
    passive = before >= 0 and phrases[before].has("cut_passive")
    return phrases[at].has("resolved") or (passive and phrases[at].tags.get("resolving") in _DEEDS)


def agrees(sentence: Sentence, at: int, to: int) -> bool:
    """As in "The Council agreed without a vote to send a mission", "decided to extend": more than how it will work."""
    deed = sentence.phrases[to + 1].tags.get("resolving_to")
    return (
        deed in {"word", "by_all" if sentence.has("manner") else "word"}
        and _subject_of(sentence, at) is not None
    )


def acts_by_all(sentence: Sentence, at: int, to: int | None = None) -> bool:
    """As in "The Security Council unanimously renewed the mandate", "decided unanimously to end it": a vote, whatever
    else is said. `to`: what stands before the verb that the one at `at` governs. What is said in statements is none."""
    deed = sentence.phrases[at if to is None else min(to + 1, len(sentence.phrases) - 1)]
    done = deed.tags.get("resolving") in _DEEDS or deed.has("resolving_to")
    return done and is_by_all(sentence, at)


def is_by_all(sentence: Sentence, at: int) -> bool:
    """Whether the clause of the verb at phrase `at` says that all did it, or that nobody asked for a vote."""
    ahead, behind = reversed(sentence.phrases[: at + 1]), sentence.phrases[at + 1 :]
    return any(_says_manner(part) for part in (ahead, behind))


def _says_manner(phrases: Iterable[Phrase]) -> bool:
    for phrase in phrases:
        if phrase.has("manner"):
            return True
        if phrase.word == "." or _ends_deed(phrase):
            return False
    return False


def _ends_deed(phrase: Phrase) -> bool:
    """Whether what stands behind a phrase is no longer of what a body did."""
    return phrase.word == ";" or _subordinates(phrase) or phrase.has("outcome") or phrase.has("whereby")


def _has_decided(sentence: Sentence, at: int) -> bool:
    """As in "قرر مجلس الأمن تمديد …", "postanowiła przedłużyć": a verb of deciding governs the verb at phrase `at`."""
    for index in range(at - 1, max(-1, at - 1 - _DECIDED_REACH), -1):
        phrase = sentence.phrases[index]
        if phrase.tags.get("voting") == "decide" or phrase.has("did"):
            return _subject_of(sentence, index) is not None
        if phrase.word in {";", ":"} or phrase.country:
            return False
    return False


def _subject_of(sentence: Sentence, at: int) -> int | None:
    """The named body that does, in the main clause, what phrase `at` tells, and makes no mere statement of it."""
    if sentence.has("statement") or sentence.has("upcoming"):
        return None
    phrases = sentence.phrases
    body = body_before(phrases, at)
    if body is None:
        body = _body_in_bracket(phrases, at)
    if body is None and (at == 0 or phrases[at].has("verb_first") or phrases[at - 1].has("recent")):
        body = _body_behind(phrases, at)
    led = phrases[: min(at, body)] if body is not None else ()
    return None if any(_subordinates(phrase) for phrase in led) else body


def body_before(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """The body right before a verb, as in "The Council on Friday unanimously extended"."""
    before = at - 1
    while before >= 0 and _stands_between(phrases[before]):
        before -= 1
    named = before >= 0 and phrases[before].has("body") and not _is_spoken_for(phrases, before)
    return before if named else None


def _is_spoken_for(phrases: tuple[Phrase, ...], body: int) -> bool:
    """As in "the president of the Security Council": not the body itself."""
    head = body - 1
    while head > 0 and any(map(phrases[head].has, ("determiner", "share", "about"))):
        head -= 1
    return head >= 0 and represents(phrases[head])


def _body_behind(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """As in "Am Freitag verlängerte der Sicherheitsrat"."""
    behind = at + 1
    while behind < len(phrases) and phrases[behind].has("determiner"):
        behind += 1
    return behind if behind < len(phrases) and phrases[behind].has("body") else None


def _body_in_bracket(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """As in "Die Vollversammlung hat die Taliban aufgefordert", with the object between the two halves of the verb."""
    for index in range(at - 1, max(-1, at - 1 - _BRACKET_REACH), -1):
        if phrases[index].has("perfect"):
            before = body_before(phrases, index)
            return before if before is not None else _body_behind(phrases, index)
        if phrases[index].word in {",", ";", ":"} or phrases[index].has("outcome"):
            return None
    return None


def _stands_between(phrase: Phrase) -> bool:
    """What may part a subject from its verb: when, how, and filling."""
    dated = phrase.has("month") or phrase.has("figure") or (phrase.number is not None and phrase.number <= 31)
    return (
        dated
        or any(phrase.has(tag) for tag in ("filler", "recent", "manner", "cut_lead", "determiner"))
        or (phrase.word in {",", "(", ")"})
    )


def _subordinates(phrase: Phrase) -> bool:
    """Whether what follows is a clause beside the main one; "die" begins both."""
    relative = phrase.has("relative") and not phrase.has("determiner") and not phrase.has("filler")
    return relative or phrase.has("aside") or phrase.has("condition")
