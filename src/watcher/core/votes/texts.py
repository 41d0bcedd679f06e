"""Which text a phrase speaks of: the one voted on, a part of it, its rival, or none.

"Backed" and "in favour" tell a vote only where a text is named, or was in the same breath: rebels are backed, too, and
many are in favour of peace.
"""

from __future__ import annotations

from collections.abc import Sequence

from watcher.core.votes.asides import ends
from watcher.core.votes.reading import Phrase
from watcher.core.votes.voters import GAP

_RIVAL_REACH = 4  # phrases between "rival" and the text that is one
_DOCUMENT_REACH = 9  # phrases behind "backed" in which the text voted on must be named
_PARTED_REACH = 6  # phrases between a text and a comma: "a draft on the war in Chad, backed by"
_COMPOUND_REACH = 2  # phrases between an "and" and the text in "the truce and hostage resolution"


def text_before(phrases: Sequence[Phrase], end: int) -> int | None:
    """The text that was named last before phrase `end`: "motion" in "a motion to strike a paragraph was …"."""
    head: int | None = None
    for index in range(end - 1, -1, -1):
        phrase = phrases[index]
        if phrase.has("document"):
            head = index
        elif head is not None and (
            phrase.word in {",", ";", ":"} or phrase.has("outcome") or phrase.has("and")
        ):
            return head
    return head


def is_of_another(phrases: Sequence[Phrase], text: int) -> bool:
    """Whether a text is a part of the one the article is about, or its rival: "a rival Russian draft"."""
    near = phrases[max(0, text - _RIVAL_REACH) : text]
    told = phrases[text].has("rival") or any(phrase.has("rival_word") for phrase in near)
    return told or phrases[text].tags["document"] == "part"


def is_of_a_text(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "a draft backed by Chad", "a draft on the war was blocked by Chad", "a plan opposed by four states"; not
    "rebels backed by Chad".
    """
    if any(phrase.number is not None for phrase in phrases[at + 1 : at + GAP]):
        return True
    index, adverbs = at - 1, 1
    while index >= 0 and (is_filling(phrases[index]) or (adverbs and is_adverb(phrases[index]))):
        adverbs -= not is_filling(phrases[index])
        index -= 1
    told = ("document", "outcome", "ballot", "it", "body", "side_passive", "casting")
    if index < 0:
        return any(phrase.has("it") for phrase in phrases[:at])  # "It was opposed by Chad"
    if any(phrases[index].has(tag) for tag in told):
        return True
    if phrases[index].has("receiving"):  # "The text won the support of Chad"
        return any(phrase.has("document") for phrase in phrases[:index])
    between = phrases[index + 1 : at]
    parted = phrases[index].word in {",", "-"} or phrases[index].has("and")
    if not (parted or any(phrase.has("cut_passive") for phrase in between)) or any(
        phrase.has("relative") for phrase in between
    ):
        return False
    return _stands_in_reach(phrases, index)


def _stands_in_reach(phrases: tuple[Phrase, ...], index: int) -> bool:
    """Whether a text is named before phrase `index`, and nothing happens between."""
    for before in range(index, max(-1, index - _PARTED_REACH), -1):
        if phrases[before].has("document"):
            return True
        if any(phrases[before].has(tag) for tag in ("modal", "did", "outcome", "act", "side_verb")):
            return False
    return False


def is_filling(phrase: Phrase) -> bool:
    return phrase.has("filler") or phrase.has("recent")


def is_adverb(phrase: Phrase) -> bool:
    """A word that no table knows, or knows as an adverb: "strongly opposed by"."""
    known = phrase.has("cut_adverb") or phrase.has("manner") or phrase.has("cut_lead")
    return phrase.word[:1].isalpha() and (known or not phrase.tags)


def speaks_of_the_text(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "backed the resolution", "oppose" at the end of a headline about a vote."""
    behind = phrases[at + 1 : at + 1 + _DOCUMENT_REACH]
    few = any(phrase.has("among") for phrase in phrases[max(0, at - 2) : at])
    for index, phrase in enumerate(behind):
        if phrase.has("document") or phrase.has("ballot") or (few and phrase.has("attempt")):
            return True  # "were among those supporting the call"
        if phrase.has("and") and not any(map(_is_text, behind[index + 1 : index + 1 + _COMPOUND_REACH])):
            break  # "Peru supports a truce and called the vote historic"
        if phrase.word in {",", ";"} or phrase.has("outcome") or phrase.has("side_verb"):
            break
    if behind and behind[0].has("it"):
        return True
    ends = not behind or behind[0].word in {",", ";", ".", "-"}
    told = ("voting", "outcome", "document", "side_verb", "among", "only")
    return ends and any(
        phrase.number is not None or any(tag in phrase.tags for tag in told) for phrase in phrases[:at]
    )


def _is_text(phrase: Phrase) -> bool:
    return phrase.has("document")


def has_text_behind(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "voted with Chad against the resolution"."""
    return any(phrase.has("document") or phrase.has("it") for phrase in phrases[at + 1 : at + GAP])


def is_opinion(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "Peru is in favour of a lasting peace", "came out against terrorism": what it wants, where no text or vote
    is named."""
    if not phrases[at].has("opinion") or ends(phrases, at):
        return False
    following = phrases[at + 1]
    if not (_is_a_matter(following) or any(map(following.has, ("about", "share", "determiner")))):
        return False
    for phrase in phrases[at + 1 : at + 1 + _DOCUMENT_REACH]:
        if (
            phrase.has("document")
            or phrase.has("ballot")
            or (phrase.has("it") and not phrase.has("determiner"))
        ):
            return False
        if phrase.word in {",", ";", "."}:
            break
    return True


def _is_a_matter(phrase: Phrase) -> bool:
    """Whether it is a word for something that is no text of the UN, as far as we know."""
    known = any(not tag.startswith("cut_") for tag in phrase.tags)
    return not known and phrase.country is None and phrase.word[:1].isalpha()
