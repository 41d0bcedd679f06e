"""What a condition finds in one article: true or not, by which words, part by part.

Pure logic over places: where each leaf stands was found by the engine's one scan. A verdict keeps the verdicts of
its parts, so that "why" and "why not" are read off it and never computed apart from the decision itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from watcher.core.rules.tree import All, Any, In, Leaf, Near, Node, Not, Score


class Place(NamedTuple):
    """Something found at [start, end) of a field's folded text."""

    field: str
    start: int
    end: int
    what: str


class Sight(Protocol):
    """An article as conditions see it."""

    def present(self, parts: tuple[Node, ...]) -> Sequence[int]:
        """The numbers of those parts that can matter: all but the leaves that stand nowhere. A rule of 10,000 terms is
        decided by the few that were found.
        """

    def places(self, leaf: Leaf) -> Sequence[Place]:
        """Where a term or entity stands, in order, in all fields."""

    def unit(self, place: Place, name: str) -> tuple[str, int]:
        """Which "sentence", "paragraph" or "title" holds a place; a title is one of each."""

    def words_between(self, left: Place, right: Place) -> int:
        """How many words stand between two places of one field; 0 when they touch or overlap."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`places`: what made it true; empty where it is not, and for a NOT. `score`: of a Score, what was reached."""

    node: Node
    holds: bool
    places: tuple[Place, ...] = ()
    parts: tuple[Verdict, ...] = ()
    score: int | None = None


def weigh(node: Node, sight: Sight, *, whole: bool = False) -> Verdict:
    """The verdict on a condition. `whole`: with a verdict for each part, also for terms that stand nowhere."""
    return _Scales(sight, whole).verdict(node, frozenset(("title", "text")))


class _Scales:
    def __init__(self, sight: Sight, whole: bool) -> None:
        self._sight = sight
        self._whole = whole

    def verdict(self, node: Node, fields: frozenset[str]) -> Verdict:
        match node:
            case Leaf():
                places = tuple(place for place in self._sight.places(node) if place.field in fields)
                return Verdict(node, bool(places), places)
            case In(field, part):
                inner = self.verdict(part, fields & {field})
                return Verdict(node, inner.holds, inner.places, (inner,))
            case Not(part):
                inner = self.verdict(part, fields)
                return Verdict(node, not inner.holds, (), (inner,))
            case Any(parts, 1) if not self._whole:
                return self._any(node, parts, fields)
            case Any(parts, at_least):
                verdicts = self._each((parts[at] for at in self._mattering(parts)), fields)
                return _when(node, sum(v.holds for v in verdicts) >= at_least, verdicts)
            case All(parts):
                verdicts = self._up_to_a_missing(parts, fields)
                return _when(node, all(v.holds for v in verdicts), verdicts)
            case Score(at_least, parts, worth):
                mattering = self._mattering(parts)
                verdicts = self._each((parts[at] for at in mattering), fields)
                score = sum(worth[at] for at, v in zip(mattering, verdicts, strict=True) if v.holds)
                return _when(node, score >= at_least, verdicts, score)
            case Near(parts):
                verdicts = self._up_to_a_missing(parts, fields)
                whole = all(v.holds for v in verdicts)
                places = _together(node, [v.places for v in verdicts], self._sight) if whole else ()
                return Verdict(node, bool(places), places, verdicts)

    def _any(self, node: Node, parts: tuple[Node, ...], fields: frozenset[str]) -> Verdict:
        """The same as a Verdict with its parts, but without them: most conditions are long lists of terms."""
        places: list[Place] = []
        holds = False
        for at in self._sight.present(parts):
            part = parts[at]
            if isinstance(part, Leaf):
                found = [place for place in self._sight.places(part) if place.field in fields]
                holds |= bool(found)
            else:
                inner = self.verdict(part, fields)
                found = list(inner.places)
                holds |= inner.holds
            places += found
        return Verdict(node, holds, tuple(dict.fromkeys(places)))

    def _mattering(self, parts: tuple[Node, ...]) -> Sequence[int]:
        return range(len(parts)) if self._whole else self._sight.present(parts)

    def _each(self, parts: Iterable[Node], fields: frozenset[str]) -> tuple[Verdict, ...]:
        return tuple(self.verdict(part, fields) for part in parts)

    def _up_to_a_missing(self, parts: Iterable[Node], fields: frozenset[str]) -> tuple[Verdict, ...]:
        """Of parts that are all needed: what comes behind one that does not hold decides nothing."""
        verdicts: list[Verdict] = []
        for part in parts:
            verdicts.append(self.verdict(part, fields))
            if not (verdicts[-1].holds or self._whole):
                break
        return tuple(verdicts)


def _when(node: Node, holds: bool, verdicts: tuple[Verdict, ...], score: int | None = None) -> Verdict:
    """A verdict that shows the places of its parts, each once, if it holds."""
    places = {place: None for v in verdicts for place in v.places} if holds else {}
    return Verdict(node, holds, tuple(places), verdicts, score)


# -- nearness -------------------------------------------------------------------------------------------------


def _together(near: Near, found: Sequence[Sequence[Place]], sight: Sight) -> tuple[Place, ...]:
    """All places in those units or windows that hold one of each part; empty when none does."""
    groups: dict[object, list[list[Place]]] = {}
    for part, places in enumerate(found):
        for place in places:
            if near.within == "title" and place.field != "title":
                continue
            unit = place.field if isinstance(near.within, int) else sight.unit(place, near.within)
            groups.setdefault(unit, [[] for _ in found])[part].append(place)
    whole = [parts for parts in groups.values() if all(parts)]
    most = near.within if isinstance(near.within, int) else None
    find = _in_order if near.ordered else _in_any_order
    return tuple(sorted({place for parts in whole for place in find(parts, most, sight)}))


def _in_any_order(parts: list[list[Place]], most: int | None, sight: Sight) -> Iterator[Place]:
    """A window slides over the places: as its right end moves on, the left end follows to within reach."""
    row = sorted((place, part) for part, places in enumerate(parts) for place in places)
    inside = [0] * len(parts)  # how many places of each part the window holds
    left = told = 0
    for right, (place, part) in enumerate(row):
        inside[part] += 1
        while most is not None and left < right and sight.words_between(row[left][0], place) > most:
            inside[row[left][1]] -= 1
            left += 1
        if all(inside):
            yield from (one for one, _ in row[max(left, told) : right + 1])
            told = right + 1


def _in_order(parts: list[list[Place]], most: int | None, sight: Sight) -> Iterator[Place]:
    """From each place of the first part, the tightest chain through the others."""
    rows = [_Row(places) for places in parts[1:]]
    for first in parts[0]:
        chain: list[Place] = [first]
        for row in rows:
            following = row.after(chain[-1].end, last=row is rows[-1])
            if following is None:
                break
            chain.append(following)
        whole = len(chain) == len(parts)
        if whole and (most is None or sight.words_between(first, chain[-1]) <= most):
            yield from chain


class _Row:
    """The places of one part in order of their start, to be asked for the next one."""

    def __init__(self, places: list[Place]) -> None:
        self._places = sorted(places, key=lambda place: place.start)
        self._starts = [place.start for place in self._places]
        self._soonest: list[Place] = []  # from each position on, the place that ends first
        for place in reversed(self._places):
            best = self._soonest[-1] if self._soonest else place
            self._soonest.append(place if place.end <= best.end else best)
        self._soonest.reverse()

    def after(self, position: int, *, last: bool) -> Place | None:
        """The place that begins at `position` or later and leaves the most room: for the last part the one that
        begins first, for others the one that ends first.
        """
        index = bisect_left(self._starts, position)
        if index == len(self._places):
            return None
        return self._places[index] if last else self._soonest[index]
