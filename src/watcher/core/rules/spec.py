"""What a rule says, as values: the form in which the config hands it over, before it is compiled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from watcher.core.model import Severity

Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing with its names. A longer `not_names` hit masks a shorter name inside it."""

    id: str
    names: tuple[str, ...]
    not_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """Which of these must be found: at least one of `any`, each of `all`, none of `none`."""

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One [[rules]] table. `near`: the most words between the hits, or the unit that must hold them all."""

    id: str
    name: str
    severity: Severity
    notify: tuple[str, ...]
    entities: Clause = Clause()
    keywords: Clause = Clause()
    near: int | Literal["sentence", "paragraph", "title"] | None = None
    fields: tuple[str, ...] = ("title", "text")
    event: Literal["un-vote"] | None = None


class RuleError(ValueError):
    """A rule or an entity that cannot be compiled.

    `key` leads to the culprit from the top of the config: ("rules", 0, "keywords", "any", 2).
    """

    def __init__(self, key: Key, what: str, fix: str) -> None:
        super().__init__(what)
        self.key = key
        self.what = what
        self.fix = fix
