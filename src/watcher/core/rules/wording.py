"""A verdict in lines that a person reads: each clause, yes or no, and the words it found.

Made from the same verdict that decides, so that it cannot say otherwise. Long lists are not spelled out: what was
found is, and of what was not the first few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watcher.core.model import Article
from watcher.core.rules.engine import Opinion
from watcher.core.rules.tree import All, Any, In, Leaf, Near, Node, Not, Score
from watcher.core.rules.verdict import Place, Verdict
from watcher.core.text import Folded

MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Line:
    """`depth` 0 is the rule's condition as a whole. `words`: what was found, as the article writes it, each once."""

    depth: int
    holds: bool
    says: str
    words: tuple[str, ...]


def lines(opinion: Opinion, article: Article) -> tuple[Line, ...]:
    """The lines of one rule's verdict, from the whole down to its parts."""
    return tuple(_Reader(article).lines(opinion.verdict, 0))


class _Reader:
    def __init__(self, article: Article) -> None:
        self._fields = {"title": Folded(article.title), "text": Folded(article.text)}

    def lines(self, verdict: Verdict, depth: int) -> Iterator[Line]:
        inner = _below(verdict)
        shown = verdict.parts[0].places if isinstance(verdict.node, Not) else verdict.places
        yield Line(depth, verdict.holds, _says(verdict), () if inner else self._words(shown))
        for part in inner:
            yield from self.lines(part, depth + 1)

    def _words(self, places: Sequence[Place]) -> tuple[str, ...]:
        """Each word once, in the order of the article, however it is spelled first."""
        found: dict[str, str] = {}
        for place in sorted(places, key=lambda place: (place.field != "title", place.start)):
            text = self._fields[place.field]
            start, end = text.span(place.start, place.end)
            found.setdefault(text.folded[place.start : place.end], text.raw[start:end])
        return tuple(found.values())[:MOST_NAMED]


def _below(verdict: Verdict) -> Sequence[Verdict]:
    """The parts that get lines of their own: none where one line says it all."""
    match verdict.node:
        case Leaf():
            return ()
        case Not(part) if _is_list(part):
            return ()
        case Not(Any()):
            return verdict.parts[0].parts
        case Any(parts, 1) if all(isinstance(part, Leaf) for part in parts):
            return ()
        case Score():
            return [part for part in verdict.parts if part.holds]
        case _:
            return verdict.parts


def _is_list(node: Node) -> bool:
    return isinstance(node, Leaf) or (
        isinstance(node, Any) and all(isinstance(part, Leaf) for part in node.parts)
    )


def _says(verdict: Verdict) -> str:
    node, below = verdict.node, _below(verdict)
    match node:
        case Leaf():
            return str(node)
        case Any(parts, 1):
            return f"any of {_named(parts, below)}"
        case Any(parts, at_least):
            return f"at least {at_least} of {_named(parts, below)}"
        case All():
            return "all of these"
        case Not(Any(parts, 1)):
            return f"none of {_named(parts, below)}"
        case Not(part):
            return f"not {part}" if _is_list(part) else "not this"
        case Near(_, within, ordered):
            where = f"at most {within} words apart" if isinstance(within, int) else f"in one {within}"
            return f"together, {where}{', in this order' if ordered else ''}"
        case In(field, _):
            return f"in the {field}"
        case Score(at_least):
            return f"a score of {at_least}: it reaches {verdict.score}"


def _named(parts: Sequence[Node], below: Sequence[Verdict]) -> str:
    """What has lines of its own below is not named."""
    if below:
        return "these"
    rest = len(parts) - MOST_NAMED
    named = ", ".join(map(str, parts[:MOST_NAMED]))
    return f"{named} and {rest} more" if rest > 0 else named
