"""Write src/watcher/data/un_members.toml: what the UN's members and observers are called.

    PYTHONPATH=src python -m tools.make_un_members [--check]

English is ours (un_members_source.txt, un_members_traps.toml); the other languages are CLDR's, by way of Babel,
with our additions (un_members_tongues.toml, un_members_cases.py). Babel is needed here and nowhere else. `--check`
writes nothing, and fails when the shipped file is not what would be written.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel import Locale
from babel import __version__ as babel_version
from tools.un_members_cases import cases

from watcher.core.text import fold

TOOLS = Path(__file__).parent
TARGET = TOOLS.parent / "src" / "watcher" / "data" / "un_members.toml"
LANGUAGES = ("uk", "ru", "he", "de", "fr", "es", "ar", "pl", "zh")
CASES = ("uk", "ru", "pl")  # of these the nominative is told from the other cases
LOCALES = {"zh": ["zh_Hans", "zh_Hant", "zh_Hant_HK"]}  # where a language has more than one way of writing


class Row(NamedTuple):
    """One line of un_members_source.txt."""

    id: str
    name: str
    names: list[str]
    demonyms: list[str]
    capital: list[str]
    marks: list[str]


def rows() -> Iterator[Row]:
    for cells in table("un_members_source.txt"):
        id, name, names, demonyms, capital, marks = cells
        yield Row(id, name, terms(names), terms(demonyms), terms(capital), terms(marks))


def table(file: str) -> Iterator[list[str]]:
    """The lines of a table whose cells are parted by "|"; comments and empty lines are left out."""
    for line in (TOOLS / file).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


def terms(cell: str) -> list[str]:
    return [term.strip() for term in cell.split(";") if term.strip()]


def with_ampersand(names: Iterable[str]) -> list[str]:
    """Each name, and after it the same with `&`, where it holds an `and`."""
    both = (form for name in names for form in (name, name.replace(" and ", " & ")))
    return list(dict.fromkeys(both))


class Tongue:
    """One language: CLDR's names and ours."""

    def __init__(self, code: str, ours: dict[str, dict[str, str]]) -> None:
        self.code = code
        self._cldr = [Locale.parse(locale).territories for locale in LOCALES.get(code, [code])]
        self._names = ours.get("names", {})
        self._cases = ours.get("cases", {})
        self._small = ours.get("small", {})
        self._people = ours.get("people", {})

    def names(self, id: str) -> list[str]:
        """All forms of all names."""
        return [*unique((*self._straight(id), *self._bent(id))), *self._written_small(id)]

    def bent(self, id: str) -> list[str]:
        """Of those, the forms in which a name is no subject; where grammar bends no names, none."""
        if self.code not in CASES:
            return []
        straight = {fold(name.removeprefix("=")) for name in self._straight(id)}
        return [name for name in self.names(id) if fold(name.removeprefix("=")) not in straight]

    def _straight(self, id: str) -> list[str]:
        ours = [name.removesuffix("~") for name in terms(self._names.get(id, ""))]
        return ["=" + name if name.isupper() else name for name in (*self._in_cldr(id), *ours)]

    def _bent(self, id: str) -> list[str]:
        asked = (name.removesuffix("~") for name in terms(self._names.get(id, "")) if name.endswith("~"))
        forms = (form for name in (*self._in_cldr(id), *asked) for form in self._forms(name))
        return [*terms(self._cases.get(id, "")), *forms]

    def _written_small(self, id: str) -> list[str]:
        names = terms(self._small.get(id, ""))
        asked = (name.removesuffix("~") for name in names if name.endswith("~"))
        forms = [form for name in asked for form in self._forms(name)]
        return unique([*(name.removesuffix("~") for name in names), *forms])

    def _in_cldr(self, id: str) -> list[str]:
        return [name for territories in self._cldr for name in plain(territories[id.upper()])]

    def people(self, id: str) -> list[str]:
        return terms(self._people.get(id, ""))

    def _forms(self, name: str) -> list[str]:
        """What grammar makes of a name, where we know."""
        if self.code == "de" and " " not in name and name[-1] not in "sßxz":
            return [name + "s"]  # the genitive
        if self.code == "ar" and name.startswith("ال"):
            return ["لل" + name.removeprefix("ال")]  # "to the", where the article is written otherwise
        return [] if name.isupper() else cases(name, self.code)


def plain(name: str) -> list[str]:
    """CLDR writes "Myanmar (Birmanie)", "Congo - Kinshasa", "о-ва": two names, spelled as papers do."""
    name = name.replace("о-ва", "Острова")
    if " (" in name:
        return name.removesuffix(")").split(" (")
    return unique([name, re.sub(r" [-–—] ", "-", name)])


def unique(names: Iterable[str]) -> list[str]:
    """Each but once, in order. Two spellings that are folded alike are one."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(fold(name), name)
    return list(first.values())


def tongues() -> list[Tongue]:
    ours = tomllib.loads((TOOLS / "un_members_tongues.toml").read_text("utf-8"))
    return [Tongue(code, ours.get(code, {})) for code in LANGUAGES]


def lines(row: Row, tongues: list[Tongue]) -> Iterator[str]:
    """One country as TOML."""
    yield "[[countries]]"
    yield f"id = {quoted(row.id)}"
    yield f"name = {quoted(row.name)}"
    yield f"member = {quoted('observer' not in row.marks)}"
    if "ambiguous" in row.marks:
        yield "ambiguous = true"
    yield f"names = {quoted(with_ampersand([row.name, *row.names])[1:])}"
    yield f"demonyms = {quoted(row.demonyms)}"
    yield f"capital = {quoted(row.capital)}"
    yield f"bent = {quoted(unique(name for tongue in tongues for name in tongue.bent(row.id)))}"
    yield "[countries.in]"
    yield from (f"{tongue.code} = {quoted(tongue.names(row.id))}" for tongue in tongues)
    people = {tongue.code: found for tongue in tongues if (found := tongue.people(row.id))}
    if people:
        yield "[countries.people]"
        yield from (f"{code} = {quoted(found)}" for code, found in people.items())
    yield ""


def traps() -> Iterator[str]:
    tables = tomllib.loads((TOOLS / "un_members_traps.toml").read_text("utf-8"))
    yield "[traps]"
    yield from (f"{key} = {quoted(value)}" for key, value in tables.items() if isinstance(value, list))
    for name, content in tables.items():
        if isinstance(content, dict):
            yield f"[traps.{name}]"
            yield from (f"{key} = {quoted(value)}" for key, value in content.items())


def quoted(value: str | bool | list[str]) -> str:
    """A TOML value. JSON's strings, arrays and booleans are TOML's, too."""
    return json.dumps(value, ensure_ascii=False)


def document() -> str:
    head = [
        "# Written by tools/make_un_members.py: edit its sources, not this file.",
        f"# Names in other languages: Unicode CLDR, by way of Babel {babel_version} (Unicode License v3).",
        "",
    ]
    spoken = tongues()
    return "\n".join([*head, *(line for row in rows() for line in lines(row, spoken)), *traps()]) + "\n"


def main() -> int:
    text = document()
    if "--check" in sys.argv[1:]:
        return int(TARGET.read_text("utf-8") != text)
    TARGET.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
