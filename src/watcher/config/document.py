"""A config file as it was written: its text, its data, and where in it a key path stands.

Reads the file and its TOML, and says where a mistake is in the reader's terms: the file, the line, and the names that
stand there. What keys there should be, and what they mean, it does not know.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from watcher.config import lines, syntax
from watcher.config.wording import as_key, quoted
from watcher.errors import ConfigError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from watcher.core.rules.spec import Key

_DEEPEST: Final = 64  # tables and lists inside one another; no person writes a tenth of it


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong at a key path, before it is known in which line of which file that is."""

    key: Key
    what: str
    fix: str


@dataclass(frozen=True)
class Document:
    """`file`: the path as the user gave it. `data`: what tomllib read.

    `misspelt`: key path as it should be -> as it is written, where a slip was read as what it was meant to be.
    """

    file: str
    text: str = field(repr=False)
    data: dict[str, Any] = field(repr=False)
    misspelt: dict[Key, Key] = field(default_factory=dict, repr=False)

    def problem(self, mistake: Mistake) -> Problem:
        """`mistake` with its file, its line and its key as the reader would say it."""
        written = self._as_written(mistake.key)
        return Problem(
            file=self.file,
            line=lines.locate(self._lines, written),
            key=self._spelled(mistake.key, written),
            what=mistake.what,
            fix=mistake.fix,
        )

    @cached_property
    def _lines(self) -> Mapping[Key, int]:
        return lines.scan(self.text)

    def _as_written(self, key: Key) -> Key:
        for length in range(len(key), 0, -1):
            if key[:length] in self.misspelt:
                key = self.misspelt[key[:length]] + key[length:]
        return key

    def _spelled(self, key: Key, written: Key) -> str:
        """("rules", 1, "notify", 0) -> rules."un-votes".notify[0]: a rule is called by its id, not by its number."""
        spelled, value = "", self.data
        for depth, (part, word) in enumerate(zip(key, written, strict=True)):
            if isinstance(value, str | int):
                break  # a place inside a text: worth a line, not a name
            value = _inside(value, part)
            if isinstance(word, str):
                spelled += f".{as_key(word)}"
            else:
                name = _name(key[0], value) if depth == 1 else None
                spelled += f"[{word}]" if name is None else f".{quoted(name)}"
        return spelled.removeprefix(".")


def _inside(value: Any, part: str | int) -> Any:
    try:
        return value[part]
    except (KeyError, IndexError, TypeError):
        return None


def _name(section: str | int, table: Any) -> str | None:
    name = table.get("id" if section == "rules" else "name") if isinstance(table, dict) else None
    return name if isinstance(name, str) and name.strip() else None


def read(path: Path) -> Document:
    """The file at `path` and its TOML. Raises ConfigError, with one problem, when it cannot be read."""
    file = str(path)
    text = _decode(file, _content(file, path))
    too_deep = Problem(file, None, "", "is nested too deeply", "put fewer brackets inside one another")
    try:
        data = tomllib.loads(text)
        if _is_within(_DEEPEST, data):
            return Document(file, text, data)
        problem = too_deep
    except tomllib.TOMLDecodeError as error:
        problem = syntax.problem(file, text, error)
    except RecursionError:
        problem = too_deep
    except ValueError:  # an integer longer than Python converts
        problem = Problem(file, None, "", "holds a number with thousands of digits", "write a smaller number")
    raise ConfigError([problem])


def _is_within(depth: int, data: dict[str, Any]) -> bool:
    """Whether no table or list stands inside more than `depth` others: whoever walks down them has room for that."""
    level: list[Any] = [data]
    for _ in range(depth):
        inside = [each for outer in level for each in (outer.values() if isinstance(outer, dict) else outer)]
        level = [each for each in inside if isinstance(each, dict | list)]
    return not level


def _content(file: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        fix = "name yours by `watcher --config FILE`, or put it where `watcher paths` looks for it"
        problem = Problem(file, None, "", "there is no such file", fix)
    except IsADirectoryError:
        problem = Problem(file, None, "", "is a folder, not a file", "name the config file in it")
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        problem = Problem(file, None, "", what, "let the user who runs watcher read it")
    raise ConfigError([problem])


def _decode(file: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")  # with the mark that some editors put first, or without
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    raise ConfigError([Problem(file, line, "", "is not UTF-8 text", "save the file with the encoding UTF-8")])
