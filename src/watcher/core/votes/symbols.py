"""The symbol of a resolution or draft, as documents and news write it: A/RES/79/1, A/ES-11/L.1, S/RES/2720.

"Resolution 2803 (2025)" of the Security Council is S/RES/2803, and so is a bare "resolution 2803" that the Council
adopts: it numbers all its resolutions in one row, so that the number is the symbol. Only a symbol in a sentence that
tells of the vote is the vote's, for an article names older resolutions, too; but the one draft of the same body that it
names is the text voted on.
"""

from __future__ import annotations

import re

from watcher.core.votes.reading import Sentence

_SYMBOL = re.compile(
    r"(?<![A-Za-z0-9/])[AES]/(?:[A-Z0-9][A-Za-z0-9.-]*/)*[A-Z]*\.?\d[A-Za-z0-9.]*(?:/Rev\.\d+)?"
)
_DRAFT = re.compile(r"(?<![A-Za-z0-9/])[AE]/(?:[A-Z0-9][A-Za-z0-9.-]*/)*L\.\d+(?:/Rev\.\d+)?")
_OF_BODIES = {
    "UNGA": ("A/5", "A/6", "A/7", "A/8", "A/9", "A/ES-"),
    **{f"UNGA-C{number}": (f"A/C.{number}/",) for number in range(1, 7)},
    "UNHRC": ("A/HRC/",),
    "ECOSOC": ("E/2",),
    "CSW": ("E/CN.6/",),
    "CND": ("E/CN.7/",),
}  # how the symbols of their drafts begin
_OF_OTHERS = ("rival", "rival_word", "recent", "modal", "foretold")  # behind these a draft is another's
_NUMBERED = re.compile(r"(?<![\w/])(\d{3,4}) \((?:19|20)\d\d\)")
_EMERGENCY = re.compile(r"(?<![\w/])(ES-\d+/\d+)")

_NUMBER = re.compile(r"\d{3,4}")
_VERB_REACH = 2  # phrases between a verb and its text


def number_adopted(sentence: Sentence, body: str | None) -> str | None:
    """As in "unanimously adopted resolution 2901", "resolution 2901 was adopted": S/RES/2901, of the Council only."""
    if body != "UNSC":
        return None
    phrases = sentence.phrases
    for at in range(1, len(phrases)):
        if phrases[at - 1].has("document") and _NUMBER.fullmatch(phrases[at].word):
            near = (*phrases[max(0, at - 1 - _VERB_REACH) : at - 1], *phrases[at + 1 : at + 1 + _VERB_REACH])
            if any(phrase.has("outcome") for phrase in near):
                return f"S/RES/{phrases[at].word}"
    return None


def number_in_force(sentence: Sentence, body: str | None) -> str | None:
    """As in "Resolution 2901 authorises a force": what the Council's new text does, told in the present."""
    if body != "UNSC" or sentence.has("past"):
        return None
    rows = zip(sentence.phrases, sentence.phrases[1:], sentence.phrases[2:], strict=False)
    for text, number, verb in rows:
        if text.has("document") and _NUMBER.fullmatch(number.word) and verb.has("in_force"):
            return f"S/RES/{number.word}"
    return None


def draft_named(sentence: Sentence, text: str, body: str | None) -> str | None:
    """As in "The resolution, contained in document A/C.1/78/L.56, now goes to the Assembly": the symbol of a draft is
    that of the text, wherever it stands, for older resolutions have others. `text`: the field of the sentence. None
    where the draft is another body's, or still to come, and where an amendment or a rival text is spoken of."""
    found = list(_DRAFT.finditer(text, sentence.start, sentence.end))
    drafts = {one.group() for one in found}
    before = [phrase for phrase in sentence.phrases if found and phrase.start < found[0].start()]
    kinds = {phrase.tags["document"] for phrase in sentence.phrases if phrase.has("document")}
    if (
        len(drafts) != 1
        or kinds != {"whole"}
        or any(phrase.has(tag) for phrase in before for tag in _OF_OTHERS)
    ):
        return None
    draft = drafts.pop()
    return draft if draft.startswith(_OF_BODIES.get(body or "", "?")) else None


def symbol_in(text: str, body: str | None) -> str | None:
    """The first symbol in a piece of raw text."""
    if (written := _SYMBOL.search(text)) is not None:
        return written.group().rstrip(".")
    if (emergency := _EMERGENCY.search(text)) is not None:
        return f"A/RES/{emergency.group(1)}"
    if body == "UNSC" and (numbered := _NUMBERED.search(text)) is not None:
        return f"S/RES/{numbered.group(1)}"
    return None
