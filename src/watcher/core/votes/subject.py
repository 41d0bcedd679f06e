"""What a vote was about, as a short phrase cut out of the article.

Taken from behind the verb of the decision ("approved *a resolution on …*"), from behind the votes ("voted for *an
ICJ review*"), or from before it ("*a resolution to …* was adopted"). Cut at the end of the thought, never in the
middle of a quotation; None where only "the resolution" would be left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from watcher.core.votes.reading import Phrase, Sentence

LONGEST = 140  # characters
_FEWEST_WORDS = 3

_ENDS = {";", ":", ".", "!", "?", "…", "(", ")", "|", "[", ","}


class _Cut(NamedTuple):
    """A candidate: characters [start, end) of a field, and how well it speaks for itself."""

    worth: int
    field: str
    start: int
    end: int


def subject_of(places: Iterable[tuple[Sentence, int]], texts: dict[str, str]) -> str | None:
    """The best phrase at these places (a sentence and the phrase of its verb); of equals, the first place's.

    `texts`: the raw text of each field.
    """
    cuts = [cut for sentence, at in places for cut in _cuts(sentence, at, texts[sentence.field])]
    if not cuts:
        return None
    best = max(cuts, key=lambda cut: cut.worth)
    return " ".join(texts[best.field][best.start : best.end].split())


def _cuts(sentence: Sentence, at: int, text: str) -> Iterator[_Cut]:
    phrases = sentence.phrases
    start = _beginning(phrases, at)
    yield from _cut(sentence, start, _end(phrases, start, text), text)
    front = _front(phrases, at)
    if any("document" in phrase.tags for phrase in phrases[front:at]):
        yield from _cut(sentence, front, at, text)


def _cut(sentence: Sentence, start: int, end: int, text: str) -> Iterator[_Cut]:
    phrases = sentence.phrases
    while end > start and (phrases[end - 1].has("cut_tail") or phrases[end - 1].word in {",", "-"}):
        end -= 1
    if not (worth := _worth(phrases[start:end])):
        return
    first, last = phrases[start].start, phrases[end - 1].end
    if text[last : last + 1] in {"”", '"'} and any(phrase.word == '"' for phrase in phrases[start:end]):
        last += 1
    if last - first <= LONGEST:
        yield _Cut(worth, sentence.field, first, last)


def _worth(phrases: tuple[Phrase, ...]) -> int:
    """0 for what says nothing; a text and its matter before an infinitive before anything else."""
    if not phrases or phrases[0].tags.keys() & {"cut_end", "cut_bad"}:
        return 0
    words = sum(len(phrase.word.split()) for phrase in phrases if phrase.word[:1].isalnum())
    telling = [
        p for p in phrases if p.word[:1].isalpha() and not p.tags.keys() & {"document", "filler", "outcome"}
    ]
    if words < _FEWEST_WORDS or len(telling) < 2:
        return 0
    matter = next((index for index, phrase in enumerate(phrases) if phrase.has("document")), None)
    if matter is not None and len(phrases) - matter > 2:
        return 3
    return 2 if phrases[0].has("infinitive") else 1


def _beginning(phrases: tuple[Phrase, ...], verb: int) -> int:
    """Behind the verb, and "unanimously", "on Tuesday", commas; at the "to" of "voted to"."""
    if phrases[verb].has("infinitive"):
        return verb
    at = verb + 1
    while at < len(phrases) and _is_lead(phrases[at]):
        at += 1
    return at


def _is_lead(phrase: Phrase) -> bool:
    return bool(phrase.tags.keys() & {"recent", "manner", "cut_lead"}) or phrase.word in {",", "-"}


def _front(phrases: tuple[Phrase, ...], verb: int) -> int:
    """Where the clause begins that leads up to the verb."""
    at = verb
    while at > 0 and phrases[at - 1].word not in _ENDS:
        at -= 1
    return at


def _end(phrases: tuple[Phrase, ...], start: int, text: str) -> int:
    """The first phrase behind the thought that begins at `start`."""
    quoted = False
    for index in range(start, len(phrases)):
        if phrases[index].end - phrases[start].start > LONGEST:
            return _last_joint(phrases, start, index)
        if phrases[index].word == '"':
            quoted = not quoted
        elif index > start and not quoted and _is_break(phrases, index, text):
            return index
    return len(phrases)


def _is_break(phrases: tuple[Phrase, ...], index: int, text: str) -> bool:
    phrase, before = phrases[index], text[phrases[index - 1].end : phrases[index].start]
    following = phrases[min(index + 1, len(phrases) - 1)]
    if phrase.word in _ENDS or phrase.has("cut_end") or "\n" in before or "recent" in phrase.tags:
        return True
    if phrase.word == "-":
        return bool(before)  # a dash between spaces, not a hyphen
    if phrase.has("about"):
        return following.has("recent")
    return phrase.has("and") and following.word.endswith("ing")


def _last_joint(phrases: tuple[Phrase, ...], start: int, end: int) -> int:
    """Where a thought that is too long can be cut: before its last preposition."""
    joints = [index for index in range(start + _FEWEST_WORDS, end) if phrases[index].has("cut_joint")]
    return joints[-1] if joints else start
