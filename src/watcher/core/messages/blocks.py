"""What a message is made of: blocks, which say what a thing is and not how it looks.

Texts here are data, as a source may have written them. Each form of a message (plain, letter, slack) makes them inert
in its own way, and has a look for each block.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from watcher.core.model import Position, Tally


@dataclass(frozen=True, slots=True)
class Label:
    """What sort of message it is, in a few words: "Update", "New UN vote", "severity high"."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """The facts, in a sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class News:
    """What is otherwise than the reader was told: "Changed: 107 → 108 in favour"."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A full tally, as bars."""

    tally: Tally


@dataclass(frozen=True, slots=True)
class Sides:
    """Who voted how: position -> countries, in the order to be shown."""

    heading: str
    countries: Mapping[Position, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Listed:
    """Lines under a heading. `small`: for who wants to know, below what everybody reads."""

    heading: str
    lines: tuple[str, ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """Something to look up: its title, a word about it, and where it is."""

    title: str
    note: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Items:
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines to be shown as they stand, such as commands and what a program says."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Foot:
    """The last line, which names the alert."""

    text: str


Block = Label | Lead | News | Count | Sides | Listed | Items | Verbatim | Foot
