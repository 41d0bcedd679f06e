"""What a rule says, as values: the form in which the config hands it over, before it is compiled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from watcher.core.model import Outcome, Position, Severity

Key = tuple[str | int, ...]
Within = int | Literal["sentence", "paragraph", "title"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing with its names. A longer `not_names` hit masks a shorter name inside it."""

    id: str
    names: tuple[str, ...]
    not_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """Which of these must be found: `at_least` so many of `any`, each of `all`, none of `none`.

    An item is a term, an "@entity", or a clause of its own. `near`, `ordered` and `fields` as in a rule.
    """

    any: tuple[Item, ...] = ()
    all: tuple[Item, ...] = ()
    none: tuple[Item, ...] = ()
    at_least: int | None = None
    near: Within | None = None
    ordered: bool = False
    fields: tuple[str, ...] = ("title", "text")


Item = str | Clause


@dataclass(frozen=True, slots=True)
class Weights:
    """Each item that is found adds its weight, once; the sum must reach `at_least`."""

    at_least: int
    weights: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A country, by its canonical name, and the positions of which it must have held one."""

    country: str
    positions: tuple[Position, ...]

    def __str__(self) -> str:
        return f"{self.country} {' or '.join(position.words for position in self.positions)}"


@dataclass(frozen=True, slots=True)
class Margin:
    """Bounds, themselves included, for votes in favour minus votes against; at least one is given."""

    at_least: int | None = None
    at_most: int | None = None

    def holds(self, margin: int) -> bool:
        return (self.at_least is None or margin >= self.at_least) and (
            self.at_most is None or margin <= self.at_most
        )

    def __str__(self) -> str:
        bounds = (("at least", self.at_least), ("at most", self.at_most))
        return " and ".join(f"{words} {number}" for words, number in bounds if number is not None)


@dataclass(frozen=True, slots=True)
class VoteWanted:
    """Which UN votes a rule means: those of which all of this is stated and true. What is empty asks for nothing.

    `bodies`: codes as in Vote.body; "UNGA" has its committees in it. `outcome`: any of these. `mentions`: any of
    these: terms, "@entities" and names of countries.
    """

    bodies: tuple[str, ...] = ()
    outcome: tuple[Outcome, ...] = ()
    positions: tuple[Held, ...] = ()
    mentions: tuple[str, ...] = ()
    margin: Margin | None = None

    @property
    def in_words(self) -> tuple[str, ...]:
        """`body UNGA or UNSC`, `Israel against`: a line for each thing that is asked for."""
        told = (
            self.bodies and f"body {' or '.join(self.bodies)}",
            self.outcome and f"outcome {' or '.join(self.outcome)}",
            *(str(held) for held in self.positions),
            self.mentions and f"mentions any of {', '.join(self.mentions)}",
            self.margin and f"margin {self.margin}",
        )
        return tuple(each for each in told if each)


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts a rule must match, must not match, and should one day match."""

    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()
    todo_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One [[rules]] table. `near`: the most words between the hits, or the unit that must hold them all.

    `vote`: which votes the event "un-vote" means; None: each new one.
    `source_tags`, `languages`: only articles of sources with one of these tags, in one of these languages.
    """

    id: str
    name: str
    severity: Severity
    notify: tuple[str, ...]
    entities: Clause = Clause()
    keywords: Clause = Clause()
    near: Within | None = None
    ordered: bool = False
    fields: tuple[str, ...] = ("title", "text")
    score: Weights | None = None
    query: str | None = None
    event: Literal["un-vote"] | None = None
    vote: VoteWanted | None = None
    tags: tuple[str, ...] = ()
    source_tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    tests: tuple[Examples, ...] = ()


class RuleError(ValueError):
    """A rule or an entity that cannot be compiled.

    `key` leads to the culprit from the top of the config: ("rules", 0, "keywords", "any", 2).
    """

    def __init__(self, key: Key, what: str, fix: str) -> None:
        super().__init__(what)
        self.key = key
        self.what = what
        self.fix = fix
