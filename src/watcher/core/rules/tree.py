"""The condition of a rule, as a tree: the one form to which lists and queries are compiled.

    Any(Term vote*, Term veto*)            at least one of them, or at least N
    All(Entity israel, Entity ukraine)     each of them
    Not(Term eurovision*)                  it must not be there
    Near(…, 40 | "sentence", ordered)      each of them, together
    In("title", …)                         looked for there alone
    Score(10, (vote*, 4), (sport*, -8))    weights that add up

A tree holds what its author wrote and where; what it finds in an article is said by verdict.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from watcher.core.rules.spec import Key

Unit = Literal["sentence", "paragraph", "title"]
FieldName = Literal["title", "text"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A term, or an entity with all its names. `key`: where it stands in the config."""

    name: str
    is_entity: bool
    key: Key

    def __str__(self) -> str:
        if self.is_entity:
            return f"@{self.name}"
        return f'"{self.name}"' if not _plain(self.name) else self.name


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Node, ...]
    at_least: int = 1

    def __str__(self) -> str:
        if self.at_least == 1:
            return " OR ".join(map(_grouped, self.parts))
        return f"ATLEAST/{self.at_least}({', '.join(map(str, self.parts))})"


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " AND ".join(str(part) if isinstance(part, Not) else _grouped(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    part: Node

    def __str__(self) -> str:
        return f"NOT {_grouped(self.part)}"


@dataclass(frozen=True, slots=True)
class Near:
    """`within`: the most words between the first part's end and the last one's start, or the unit that holds them."""

    parts: tuple[Node, ...]
    within: int | Unit
    ordered: bool = False

    def __str__(self) -> str:
        operator = f" {'O' if self.ordered else ''}NEAR/{self.within} "
        return operator.join(map(_grouped, self.parts))


@dataclass(frozen=True, slots=True)
class In:
    field: FieldName
    part: Node

    def __str__(self) -> str:
        return f"{self.field}:{_grouped(self.part)}"


@dataclass(frozen=True, slots=True)
class Score:
    """Each part that is found adds its weight once; the sum must reach `at_least`."""

    """`worth`: what each part adds when it is found, once."""

    at_least: int
    parts: tuple[Node, ...]
    worth: tuple[int, ...]

    def __str__(self) -> str:
        pairs = zip(self.parts, self.worth, strict=True)
        weighted = ", ".join(f"{_grouped(part)}^{weight}" for part, weight in pairs)
        return f"SCORE/{self.at_least}({weighted})"


Node = Leaf | Any | All | Not | Near | In | Score


def parts_of(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    match node:
        case Leaf():
            return ()
        case Not(part) | In(_, part):
            return (part,)
        case _:
            return node.parts


def leaves(node: Node) -> Iterator[Leaf]:
    """All leaves, in the order written."""
    if isinstance(node, Leaf):
        yield node
    for part in parts_of(node):
        yield from leaves(part)


def can_hold_nothing(node: Node) -> bool:
    """Whether an article without any of the words could satisfy it: such a rule would match everything."""
    match node:
        case Leaf() | Near():
            return False
        case Not():
            return True
        case In(_, part):
            return can_hold_nothing(part)
        case All(parts):
            return all(map(can_hold_nothing, parts))
        case Any(parts, at_least):
            return sum(map(can_hold_nothing, parts)) >= at_least
        case Score(at_least, parts, worth):
            return sum(w for part, w in zip(parts, worth, strict=True) if can_hold_nothing(part)) >= at_least


def _plain(term: str) -> bool:
    return all(char.isalnum() or char in "_-'’./" for char in term.removeprefix("=").removesuffix("*"))


def _grouped(node: Node) -> str:
    """In parentheses where the text would otherwise read differently."""
    alone = isinstance(node, Leaf | In | Score) or (isinstance(node, Any) and node.at_least > 1)
    return str(node) if alone else f"({node})"
