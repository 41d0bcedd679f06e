"""Where in a TOML text a key path stands: ("rules", 1, "keywords", "any", 2) -> 41.

A scanner, not a parser: it relies on tomllib having accepted the text, and so never has to judge it. It knows enough
of TOML to keep count: tables, arrays of tables, dotted and quoted keys, inline tables, arrays and strings over several
lines. Values are stepped over, not read.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from watcher.core.rules.spec import Key

_BLANK: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")  # also between statements and inside arrays
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR: Final = re.compile(r"[^,\]}#\n]*")  # numbers, booleans, dates: whatever ends before a delimiter
_STRINGS: Final = (  # longest quotes first; up to two quotes may stand before the closing three
    re.compile(r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}', re.DOTALL),
    re.compile(r"'''(?:[^']|'{1,2}(?!'))*'{3,5}"),
    re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    re.compile(r"'[^'\n]*'"),
)
_LONG_QUOTES: Final = ('"""', "'''")
_BREAKS: Final = {  # line breaks as they are, as escapes, or taken back by a backslash; other escapes are stepped over
    '"': re.compile(r"\n|\\n|\\[ \t\r]*\n\s*|\\.", re.DOTALL),
    "'": re.compile(r"\n"),
}


def scan(text: str) -> Mapping[Key, int]:
    """The line, 1 for the first, of each table, key and list element in `text`, which tomllib has accepted.

    The lines of a string over several lines are found like elements of a list: ("rules", 0, "query", 2) is the third.
    """
    return _Scanner(text).scan()


def locate(lines: Mapping[Key, int], key: Key) -> int | None:
    """The line of `key`, or of the nearest thing around it that is written; None where there is none."""
    around = (key[:length] for length in range(len(key), 0, -1))
    return next((lines[path] for path in around if path in lines), None)


def _lines_inside(written: str) -> Iterator[int]:
    """For each line that a long string holds: how many lines below the opening quotes it is written."""
    body = written[3:-3]
    line = 1 if body.startswith(("\n", "\r\n")) else 0  # a line break right after the quotes does not count
    yield line
    for found in _BREAKS[written[0]].finditer(body, line and body.index("\n") + 1):
        line += found[0].count("\n")
        if found[0] in {"\n", "\\n"}:
            yield line


class _Scanner:
    """One walk over the text. `_lines` grows; `_tables` holds the index of the last [[table]] of each name."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counted = 0  # line ends are counted up to here, which makes the whole walk linear
        self._line = 1
        self._lines: dict[Key, int] = {}
        self._tables: dict[Key, int] = {}

    def scan(self) -> Mapping[Key, int]:
        table: Key = ()
        try:
            while self._skip_blank():
                if self._text[self._at] == "[":
                    table = self._header()
                else:
                    self._pair(table)
        except RecursionError:
            pass  # nested by the hundred: what stands further inside is looked up by what encloses it
        return self._lines

    def _header(self) -> Key:
        """`[a.b]` or `[[a.b]]`. Returns the path that the keys under it belong to."""
        line, many = self._here(), self._text.startswith("[[", self._at)
        self._at += 2 if many else 1
        parts = self._key()
        self._at += 2 if many else 1
        table: Key = ()
        for part in parts[:-1]:
            table = self._last_of((*table, part))
            self._lines.setdefault(table, line)
        table = (*table, parts[-1])
        if many:
            self._lines.setdefault(table, line)
            self._tables[table] = self._tables.get(table, -1) + 1
            table = self._last_of(table)
        self._lines[table] = line  # its own header is a better place than a first mention inside [a.b.c]
        return table

    def _last_of(self, path: Key) -> Key:
        """Under [[rules]], a later [rules.tests] speaks of the last rule."""
        return (*path, self._tables[path]) if path in self._tables else path

    def _pair(self, table: Key) -> None:
        """`a.b = value` under `table`."""
        line = self._here()
        path = table
        for part in self._key():
            path = (*path, part)
            self._lines.setdefault(path, line)
        self._at += 1  # "="
        self._value(path)

    def _value(self, path: Key) -> None:
        self._skip_blank()
        opening = self._text[self._at]
        if opening == "[":
            self._array(path)
        elif opening == "{":
            self._inline_table(path)
        elif opening in "\"'":
            self._text_value(path)
        else:
            self._take(_SCALAR)

    def _array(self, path: Key) -> None:
        self._at += 1
        index = 0
        while self._more("]"):
            self._lines.setdefault((*path, index), self._here())
            self._value((*path, index))
            index += 1

    def _inline_table(self, path: Key) -> None:
        self._at += 1
        while self._more("}"):
            self._pair(path)

    def _text_value(self, path: Key) -> None:
        """A string. One over several lines has places inside it: (*path, 2) is its third line."""
        first = self._here()
        written = self._string()
        if written.startswith(_LONG_QUOTES):
            for index, line in enumerate(_lines_inside(written)):
                self._lines.setdefault((*path, index), first + line)

    def _more(self, closing: str) -> bool:
        """Step over a comma, or over the end of an array or inline table. True: another element follows."""
        self._skip_blank()
        if self._text[self._at] == ",":
            self._at += 1
            self._skip_blank()
        if self._text[self._at] != closing:
            return True
        self._at += 1
        return False

    def _key(self) -> list[str]:
        """A dotted key with the blanks around it."""
        parts = [self._part()]
        while self._text[self._at] == ".":
            self._at += 1
            parts.append(self._part())
        return parts

    def _part(self) -> str:
        self._skip_blank()
        quoted = self._text[self._at] in "\"'"
        part = self._quoted_key() if quoted else self._take(_BARE)
        self._skip_blank()
        return part

    def _quoted_key(self) -> str:
        return str(tomllib.loads(f"key = {self._string()}")["key"])  # it knows the escapes

    def _string(self) -> str:
        for string in _STRINGS:
            if string.match(self._text, self._at):
                return self._take(string)
        raise AssertionError("tomllib accepted a string that does not end")

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        assert found is not None, "tomllib accepted what the scanner cannot read"
        self._at = found.end()
        return found[0]

    def _skip_blank(self) -> bool:
        """To the next thing that says something. False at the end of the text."""
        self._take(_BLANK)
        return self._at < len(self._text)

    def _here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line
