"""What is told beside the main vote: an amendment, a paragraph, a rival text, another text behind an "after"."""

from __future__ import annotations

from itertools import takewhile

from watcher.core.votes.positions import Stance
from watcher.core.votes.reading import Phrase, Sentence
from watcher.core.votes.tally import Counted
from watcher.core.votes.texts import is_of_another, text_before
from watcher.core.votes.told import Told

_BEHIND_REACH = 6  # phrases between the numbers and "an oral amendment"


def is_about_a_part(told: Told) -> bool:
    """Whether the first thing an article says was voted on is an amendment: then that is its main vote. What stands
    behind an "after" is not.
    """
    first = takewhile(lambda phrase: not phrase.has("aside"), told.reading.sentences[0].phrases)
    documents = (phrase.tags.get("document") for phrase in first)
    return next(filter(None, documents), None) == "part"


def is_veto(stance: Stance) -> bool:
    """A veto is no part of a vote by which a text was adopted, but of another: "… after Chad vetoed a truce"."""
    return stance.sentence.phrases[stance.at].tags.get("outcome") == "vetoed"


def tells_another(sentence: Sentence) -> bool:
    """As in "An amendment by Chad was rejected, with Mali in favour", "Fiji abstained on a rival draft"."""
    phrases = _before_aside(sentence.phrases)
    texts = (at for at, phrase in enumerate(phrases) if phrase.has("document"))
    return sentence.has("rival") or any(is_of_another(phrases, text) for text in texts)


def _before_aside(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Up to an "after …" behind the vote itself: "Chad voted yes after two amendments were defeated"."""
    for at, phrase in enumerate(phrases):
        if phrase.tags.get("aside") == "earlier" and any(before.has("side_verb") for before in phrases[:at]):
            return phrases[:at]
    return phrases


def is_told_in_aside(stance: Stance) -> bool:
    """Whether a stance is part of such an "after …", where another text is voted on."""
    phrases = stance.sentence.phrases
    before = _before_aside(phrases)
    aside = range(len(before), len(phrases))
    another = any(phrases[at].has("document") and is_of_another(phrases, at) for at in aside)
    return another and stance.at in aside


def is_part(counted: Counted) -> bool:
    """Whether an amendment or a paragraph was counted."""
    text = _text_of(counted)
    return text is not None and counted.counts[0].sentence.phrases[text].tags["document"] == "part"


def is_beside(counted: Counted) -> bool:
    """Whether another text was counted than the one the article is about: a part of it, or its rival."""
    text = _text_of(counted)
    return text is not None and is_of_another(counted.counts[0].sentence.phrases, text)


def _text_of(counted: Counted) -> int | None:
    """The text that was counted: the one before its numbers, or right behind them, as in "rejected, by 78 votes to 21,
    an amendment".
    """
    sentence = counted.counts[0].sentence
    text = text_before(sentence.phrases, counted.counts[0].first)
    if text is not None:
        return text
    last = max(max(count.last, count.number) for count in counted.counts if count.sentence is sentence)
    for at in range(last + 1, min(last + 1 + _BEHIND_REACH, len(sentence.phrases))):
        if sentence.phrases[at].has("document"):
            return at
        if sentence.phrases[at].has("outcome") or sentence.phrases[at].word in {";", ".", ":"}:
            return None
    return None


def stands_alone(counted: Counted) -> bool:
    """Whether a second tally is a vote and not a stray number: it has a yes and a no."""
    return {"in_favour", "against"} <= set(counted.sides)
