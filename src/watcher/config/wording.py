"""How a mistake is put into words: quoting what was written, naming kinds of values, guessing what was meant."""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_LONGEST: Final = 60  # characters of a value shown in a message
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def quoted(text: str) -> str:
    """`text` in double quotes on one line, cut when long; what would not print is escaped."""
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return '"' + "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown) + '"'


def listed(words: Iterable[str], joint: str = "or") -> str:
    """One, two or more words as people list them: "a", "b or c", "a, b or c"."""
    *most, last = words
    return f"{', '.join(most)} {joint} {last}" if most else last


def kind(value: object) -> str:
    """What the reader of a TOML file would call this value."""
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return "a number" if isinstance(value, int) else "a number with a fraction"
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else "a date or time"


def as_toml(value: object) -> str:
    """A value as it is written in TOML on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{as_key(key)} = {as_toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def as_key(word: str) -> str:
    """One part of a dotted key as it is written in TOML: bare where it may be, else in quotes."""
    return word if _BARE.fullmatch(word) else quoted(word)


def closest(word: str, known: Collection[str]) -> str | None:
    """The known word that `word` was probably meant to be; None when no one is near."""
    by_lower = {candidate.lower(): candidate for candidate in known}
    found = get_close_matches(word.lower(), by_lower, n=1)
    return by_lower[found[0]] if found else None


def country_meant(written: str) -> str:
    """The fix for a name that no country has: the closest in English, else in any language."""
    from watcher.core.countries import members

    in_english = {each.name for each in members()}
    names = {term.strip("=*") for each in members() for term, kind in each.terms() if kind == "name"}
    otherwise = did_you_mean(written, names, "write a member of the UN, such as Israel, USA or Ізраїль")
    return did_you_mean(written, in_english, otherwise)


def did_you_mean(word: str, known: Collection[str], otherwise: str) -> str:
    """The fix for an unknown word: the closest known one, or `otherwise`."""
    meant = closest(word, known)
    return otherwise if meant is None else f"did you mean {quoted(meant)}?"
