"""What a rule says, as values: the form in which the config hands it over, before it is compiled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from watcher.core.model import Severity

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
class Examples:
    """Texts a rule must match, must not match, and should one day match."""

    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()
    todo_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One [[rules]] table. `near`: the most words between the hits, or the unit that must hold them all.

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
