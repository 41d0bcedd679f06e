"""What a government does, and a body rejects by adopting a text against it: "the UN rejects Chad's decision".

Such a deed is no text of the UN: that it is rejected says that a text against it was adopted. Where a text is rejected
that is about a deed, it fell. Some words name both ("decision"): with whose it is they are a deed.
"""

from __future__ import annotations

from collections.abc import Sequence

from watcher.core.votes.reading import Phrase

_OWNER_REACH = 5  # phrases between a deed and whose it is
_CLOSE_OWNER = 2  # where the word may name a text, too: its owner stands beside it
_TEXT_REACH = 3  # phrases between "by" and the resolution by which it is rejected
_MARKS = {";", ":", "."}
_HOUSES = ("body", "body_again", "un", "committee", "document")


def rejects_a_deed(phrases: tuple[Phrase, ...], verb: int) -> bool:
    """Whether the verb at `verb` rejects a deed, and no text. What is rejected stands behind the verb, or else, where
    the verb closes its clause, or is passive, before it."""
    end = next((at for at in range(verb + 1, len(phrases)) if phrases[at].word in _MARKS), len(phrases))
    start = next((at + 1 for at in range(verb - 1, -1, -1) if phrases[at].word in _MARKS), 0)
    passive = verb > 0 and phrases[verb - 1].has("cut_passive")
    behind, before = range(verb + 1, end), range(start, verb)
    for clause in (before, behind) if passive else (behind, before):
        if (found := _first(phrases, clause)) is not None:
            return found
    return False


def is_done_by_a_house(phrases: tuple[Phrase, ...], verb: int) -> bool:
    """As in "Chad's annexation was rejected by a UN resolution": a house or its text is named first."""
    if not (verb and phrases[verb - 1].has("cut_passive")):
        return False
    by = next((at for at in range(verb + 1, len(phrases)) if phrases[at].has("by")), len(phrases))
    named = (phrase for phrase in phrases[by:] if phrase.country or any(map(phrase.has, _HOUSES)))
    first = next(named, None)
    return first is not None and first.country is None


def _first(phrases: tuple[Phrase, ...], clause: Sequence[int]) -> bool | None:
    """Whether the first thing that can be rejected in these phrases is a deed; None if there is nothing."""
    owned = bool(clause) and _is_named(phrases[clause[0]])  # "拒绝了乍得吞并冰川的决定"
    for at in clause:
        if _is_deed(phrases, at, owned) and not _is_matter(phrases, at):
            return True
        if phrases[at].has("document") and not _is_means(phrases, at):
            return False
    return None


def _is_deed(phrases: tuple[Phrase, ...], at: int, owned: bool) -> bool:
    deed = phrases[at].tags.get("deed")
    if at + 1 < len(phrases) and phrases[at + 1].has("document"):
        return False  # "Chad's referendum resolution"
    return deed == "sure" or (deed == "owned" and (owned or _is_owned(phrases, at)))


def _is_owned(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "Chad's decision", "la decisión de Trump", "the decision to annex"; a body's own is none."""
    reach = _CLOSE_OWNER if phrases[at].has("document") else _OWNER_REACH
    before, behind = phrases[max(0, at - reach) : at], phrases[at + 1 : at + 1 + reach]
    if any(phrase.has(tag) for phrase in behind[:2] for tag in _HOUSES):
        return False
    owned = bool(before) and (before[-1].word == "'s" or before[-1].tags.get("determiner") == "own")
    named = any(_is_named(phrase) for phrase in (*before, *behind))
    return owned or named or (bool(behind) and (behind[0].has("whose") or behind[0].has("infinitive")))


def _is_named(phrase: Phrase) -> bool:
    return (phrase.country is not None and phrase.kind != "demonym") or phrase.has("actor")


def _is_matter(phrases: tuple[Phrase, ...], deed: int) -> bool:
    """As in "关于乍得吞并冰川的决议草案": the text that is on it may stand behind."""
    about = next((at for at in (deed - 1, deed - 2) if at >= 0 and phrases[at].has("about")), None)
    if about is None or phrases[about + 1].has("recent"):
        return False
    behind = range(deed + 1, len(phrases))
    return any(phrases[at].has("document") and not _is_means(phrases, at) for at in behind)


def _is_means(phrases: tuple[Phrase, ...], text: int) -> bool:
    """As in "by a resolution", "in einer Resolution": the text is what it is rejected by."""
    for phrase in reversed(phrases[max(0, text - _TEXT_REACH) : text]):
        if phrase.has("means"):
            return True
        if not (phrase.has("article_of_one") or phrase.has("determiner") or phrase.has("filler")):
            return False
    return False
