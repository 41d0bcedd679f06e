"""Positions told as a heading and a list below it: "Against:", then a line for each country."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from watcher.core.votes.actors import country_of
from watcher.core.votes.country_lists import named_from
from watcher.core.votes.positions import Stance, stance_of
from watcher.core.votes.reading import Phrase, Sentence
from watcher.core.votes.sides import side_of

_LONGEST_HEADING = 8  # phrases


def stances_below(sentences: Sequence[Sentence]) -> Iterator[Stance]:
    """The stances told as a heading and a list below it: "Against:", then a line for each country."""
    side: str | None = None
    for sentence in sentences:
        heading = _heading(sentence.phrases)
        if heading is None and side is not None and _is_list(sentence.phrases):
            for actor in named_from(sentence.phrases, 0):
                yield stance_of(actor, side, sentence, actor.at)
        else:
            side = heading


def _heading(phrases: tuple[Phrase, ...]) -> str | None:
    """The side of a heading: "Against:", "Voted against (5):", and nothing else."""
    if len(phrases) > _LONGEST_HEADING:
        return None
    sides = [side for phrase in phrases if (side := side_of(phrase)) is not None]
    rest = (
        phrase for phrase in phrases
        if side_of(phrase) is None and phrase.number is None and phrase.word[:1].isalnum()
        and not any(phrase.has(tag) for tag in ("voters", "filler", "determiner", "ballot"))
    )  # fmt: skip
    return sides[0] if len(sides) == 1 and not any(rest) else None


def _is_list(phrases: tuple[Phrase, ...]) -> bool:
    """Whether a sentence is nothing but names of countries."""
    return all(country_of(phrase) or not phrase.word[:1].isalnum() or phrase.has("and") for phrase in phrases)
