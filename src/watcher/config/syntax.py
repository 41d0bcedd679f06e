"""What tomllib says of a text that is not TOML, said for someone who never heard of TOML.

tomllib stops at the first mistake, so there is one problem at a time. Its sentences are known by how they begin; one
that is not in the table is passed on as it is. The text itself is never quoted: what lacks its quotes may be a secret.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from watcher.errors import Problem

if TYPE_CHECKING:
    import tomllib

_PLACE: Final = re.compile(r"\(at line (\d+), column (\d+)\)")
_SETS: Final = re.compile(r"\s*(?:\[{1,2}\s*(?P<table>[^\]]+?)\s*\]|(?P<key>[\w.-]+)\s*=)")
_TWICE: Final = ("is set already, further up", "keep one of the two")
_OPEN_TEXT: Final = ("a text does not end", "close it with the quote it began with, on the same line")
_TABLE: Final = (
    "a [table] line is not whole",
    "write [name], or [[name]] for one of several, on a line of its own",
)
_OPEN_LIST: Final = (
    "a list does not end, or lacks a comma",
    'put commas between its parts and a "]" at its end, here or above',
)
_GOES_ON: Final = re.compile(r"[^\s\",=\]}][^=]*\"")  # words and another quote, after a text seemed to end
_INNER_QUOTES: Final = (
    "a text ends at its second quote, and goes on after it",
    "write '…' around a text that holds quotes itself",
)
_LINE_BREAK: Final = (
    "a { } is not closed on its line",
    "keep it on one line; lists inside it may have several",
)
_CURLY: Final = ("a text in curly quotes", 'write straight ones: "text"')
_LAST_COMMA: Final = ('a comma stands right before a "}"', "remove the comma")
_SENTENCES: Final = {
    "Invalid value (at end": (
        "the file ends in the middle of something",
        'complete it; close an open list with a "]"',
    ),
    "Invalid value": (
        "no value can be read here",
        'put text in quotes; if the line above began a list, close it with a "]"',
    ),
    "Invalid date or datetime": (
        "no such date or time exists",
        "correct it, or put it in quotes if it is text",
    ),
    "Expected newline or end of document": (
        "something follows where the line should end",
        'put text in quotes, each key on a line of its own, and a "#" before a remark',
    ),
    "Expected '=' after a key": ('a key without "="', 'write key = value; begin a remark with "#"'),
    "Invalid statement": ("neither a key nor a [table]", 'write key = value; begin a remark with "#"'),
    "Invalid initial character for a key": (
        "no key can be read here",
        "write a key of letters, digits, - and _",
    ),
    "Unescaped '\\' in a string": ("a lone backslash in a text", r"write it twice: \\"),
    "Unclosed array": _OPEN_LIST,
    "Unclosed inline table": (
        "a { } does not end, or lacks a comma",
        'put commas between its parts and a "}" at its end',
    ),
    "Expected ']": _TABLE,
    "Unterminated string": _OPEN_TEXT,
    'Expected "\'"': _OPEN_TEXT,
    "Expected \"'''\"": _OPEN_TEXT,
    "Illegal character '\\n'": _OPEN_TEXT,
    "Found invalid character '\\n'": _OPEN_TEXT,
    "Cannot declare": _TWICE,
    "Cannot overwrite": _TWICE,
    "Cannot mutate": _TWICE,
    "Cannot redefine": _TWICE,
    "Duplicate inline table key": _TWICE,
}


def problem(file: str, text: str, error: tomllib.TOMLDecodeError) -> Problem:
    """tomllib's `error` about `text`, in plain words and with its line."""
    said, lines = str(error), text.split("\n")
    place = _PLACE.search(said)
    if place is None:  # "at end of document": where the last words stand
        return Problem(file, _last_said(lines), "", *_words(said))
    line, at = int(place[1]), int(place[2]) - 1
    words = _at_place(said, lines[line - 1], at) or _words(said)
    if words is _OPEN_LIST and not lines[line - 1][:at].strip():
        line = _last_said(lines[: line - 1])  # what is missing is missing above
    if words is _TWICE:
        return Problem(file, line, _key(lines[line - 1]), *(_part_above(lines, line) or words))
    return Problem(file, line, "", *words)


def _last_said(lines: list[str]) -> int:
    """The number of the last line that is more than a remark."""
    said = (number for number, line in enumerate(lines, start=1) if line.partition("#")[0].strip())
    return max(said, default=1)


def _words(said: str) -> tuple[str, str]:
    otherwise = (
        f"this is not TOML: {said.partition(' (at ')[0]}",
        "compare the line with others of its kind",
    )
    return next((words for start, words in _SENTENCES.items() if said.startswith(start)), otherwise)


def _at_place(said: str, written: str, at: int) -> tuple[str, str] | None:
    """What is wrong at `at` in a line, where that tells more than tomllib says."""
    before, after = written[:at].rstrip(), written[at:].partition("#")[0].strip()
    if before.endswith('"') and _GOES_ON.match(after):
        return _INNER_QUOTES
    if after.startswith(("“", "”", "„", "‘", "’", "«")):
        return _CURLY
    if not (said.startswith("Unclosed inline table") or before.endswith(("{", ","))):
        return None
    return _LINE_BREAK if not after else _LAST_COMMA if after.startswith("}") else None


def _part_above(lines: list[str], line: int) -> tuple[str, str] | None:
    """Whether `[[rules]]` comes too late, below a `[[rules.tests]]` that has made a table of it."""
    name = _key(lines[line - 1])
    part = re.compile(rf"\s*\[+\s*{re.escape(name)}\s*\.")
    above = next(
        (number for number, written in enumerate(lines[:line], start=1) if part.match(written)), None
    )
    if not lines[line - 1].lstrip().startswith("[[") or above is None:
        return None
    what = f"comes too late: line {above} is a part of one already"
    return what, f"put [[{name}]] above line {above}, or correct it if it stands there misspelt"


def _key(line: str) -> str:
    """The key, or the name of the table, that a line sets; "" where it sets none."""
    found = _SETS.match(line)
    return (found["table"] or found["key"]) if found else ""
