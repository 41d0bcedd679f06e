"""A slow and obvious evaluator of conditions, against which the engine is held.

It knows nothing of automata, offsets, windows or folding tables: an article is a list of words in a list of sentences
in a list of paragraphs, and nearness tries every combination. Terms are plain words, prefixes, or two-word phrases
over lower-case letters, so that what a term finds can be seen by looking.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from watcher.core.rules.tree import All, Any, In, Leaf, Near, Node, Not, Score


@dataclass(frozen=True)
class Word:
    """A word, its number in its field, and which sentence and paragraph of the field hold it."""

    text: str
    number: int
    sentence: int
    paragraph: int


@dataclass(frozen=True)
class Hit:
    """Words [first, last] of a field."""

    field: str
    first: Word
    last: Word


Fields = Mapping[str, Sequence[Word]]


def words_of(paragraphs: Sequence[Sequence[Sequence[str]]]) -> list[Word]:
    """Paragraphs of sentences of words, numbered."""
    found: list[Word] = []
    sentence = 0
    for number, paragraph in enumerate(paragraphs):
        for words in paragraph:
            found += [Word(word, len(found) + at, sentence, number) for at, word in enumerate(words)]
            sentence += 1
    return found


def holds(node: Node, fields: Fields, entities: Mapping[str, Sequence[str]]) -> bool:
    match node:
        case Leaf() | Near():
            return bool(hits(node, fields, entities))
        case In(field, part):
            return holds(part, {field: fields.get(field, [])}, entities)
        case Not(part):
            return not holds(part, fields, entities)
        case All(parts):
            return all(holds(part, fields, entities) for part in parts)
        case Any(parts, at_least):
            return sum(holds(part, fields, entities) for part in parts) >= at_least
        case Score(at_least, parts, worth):
            return (
                sum(w for part, w in zip(parts, worth, strict=True) if holds(part, fields, entities))
                >= at_least
            )


def hits(node: Node, fields: Fields, entities: Mapping[str, Sequence[str]]) -> list[Hit]:
    """Where a node stands that can be near others."""
    match node:
        case Leaf(name, is_entity, _):
            terms = entities[name] if is_entity else [name]
            found = [
                hit for term in terms for field, words in fields.items() for hit in _found(term, field, words)
            ]
            return [hit for hit in found if not any(_inside(hit, other) for other in found)]
        case Any(parts):
            return [hit for part in parts for hit in hits(part, fields, entities)]
        case Near(parts):
            choices = product(*(hits(part, fields, entities) for part in parts))
            return [hit for choice in choices if _near(node, choice) for hit in choice]
        case _:
            raise AssertionError(node)


def _found(term: str, field: str, words: Sequence[Word]) -> Iterator[Hit]:
    wanted = term.split()
    for at in range(len(words) - len(wanted) + 1):
        run = words[at : at + len(wanted)]
        if all(_is(word.text, piece) for word, piece in zip(run, wanted, strict=True)) and _unbroken(run):
            yield Hit(field, run[0], run[-1])


def _inside(hit: Hit, other: Hit) -> bool:
    """Part of a longer name of the same entity: "grey goose" is one mention, not also a goose after "grey"."""
    return (
        hit != other
        and hit.field == other.field
        and other.first.number <= hit.first.number
        and hit.last.number <= other.last.number
    )


def _is(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _unbroken(run: Sequence[Word]) -> bool:
    """A phrase does not run over the end of a sentence."""
    return len({(word.sentence, word.paragraph) for word in run}) == 1


def _near(near: Near, choice: Sequence[Hit]) -> bool:
    if len({hit.field for hit in choice}) > 1:
        return False
    if near.ordered and any(a.last.number >= b.first.number for a, b in pairwise(choice)):
        return False
    field = choice[0].field
    match near.within:
        case "title":
            return field == "title"
        case "sentence":
            return field == "title" or len({hit.first.sentence for hit in choice}) == 1
        case "paragraph":
            return field == "title" or len({hit.first.paragraph for hit in choice}) == 1
        case int(most):
            inside = sorted(choice, key=lambda hit: hit.first.number)
            return inside[-1].first.number - inside[0].last.number - 1 <= most
