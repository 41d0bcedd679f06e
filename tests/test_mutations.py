"""Slips of the hand, made by machine: each gives a config that works, or one clear message about the line it is in.

Each family below makes the mutations of one kind, always the same ones, of config.toml and of a file that uses every
construct of the language of rules.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator
from tools import make_schema

from watcher import app
from watcher.errors import ConfigError

if TYPE_CHECKING:
    from watcher.errors import Problem

ROOT = Path(__file__).parent.parent
BASES = (ROOT / "config.toml", ROOT / "tests" / "configs" / "good-rules.toml")
MOST = 30  # of one family and one file, spread over all it makes
JARGON = re.compile(
    r"pydantic|lark|tomllib|Traceback|Unexpected|Expected|Token|Input should|validation|model_"
    r"|\b(dict|str|int|tuple|NoneType|None|True|False|LPAR|RPAR|END)\b"
)

_PAIR = re.compile(r"(?P<key>[\w.-]+)(?P<equals>\s*=\s*)(?P<value>.+)")
_INNER_KEY = re.compile(r"(?<=[{,] )[a-z_]+(?= = )")
_HEADER = re.compile(r"\[+(?P<name>[\w.-]+)\]+")
_TEXT = re.compile(r'"[^"]*"')


@dataclass(frozen=True)
class Slip:
    """What became of a line: its number, and what stands there now. Of several lines the last is the mistake."""

    line: int
    written: str


Family = Callable[[str], Iterator[Slip]]


@dataclass(frozen=True)
class Mutation:
    base: Path
    family: str
    slip: Slip

    @property
    def text(self) -> str:
        lines = self.base.read_text(encoding="utf-8").split("\n")
        lines[self.slip.line - 1] = self.slip.written
        return "\n".join(lines)

    @property
    def line(self) -> int:
        return self.slip.line + self.slip.written.count("\n")

    def __str__(self) -> str:
        return f"{self.base.stem}-{self.family}-{self.line}"


# --- what is read of a line --------------------------------------------------------------------------------------


def pairs(text: str) -> Iterator[tuple[int, re.Match[str], Any]]:
    """Each `key = value` on one line: its number, its parts, and what TOML reads of it."""
    for number, line in enumerate(text.split("\n"), start=1):
        found = _PAIR.match(line)
        if found:
            try:
                yield number, found, tomllib.loads(f"value = {found['value']}")["value"]
            except tomllib.TOMLDecodeError:
                continue  # it goes on below


def headers(text: str) -> Iterator[tuple[int, str]]:
    """Each header, without the remark behind it."""
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _HEADER.match(line):
            yield number, found[0]


def code(text: str) -> Iterator[tuple[int, str]]:
    """Each line that is more than a remark."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line


# --- one mistake each --------------------------------------------------------------------------------------------


def misspelt_keys(text: str) -> Iterator[Slip]:
    for number, found, _ in pairs(text):
        line = found.string
        for key in (*re.finditer(r"[a-z_]+", found["key"]), *_INNER_KEY.finditer(line)):
            for slip in misspelt(key[0]):
                yield Slip(number, line[: key.start()] + slip + line[key.end() :])


def misspelt(word: str) -> Iterator[str]:
    """A letter too many; in a longer word also one too few, and two in the wrong order."""
    middle = len(word) // 2
    yield word + word[-1]
    if len(word) > 3:
        yield word[:middle] + word[middle + 1 :]
        yield word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


def misspelt_tables(text: str) -> Iterator[Slip]:
    for number, line in headers(text):
        first, _, last = line.strip("[]").partition(".")
        if first == "receivers":  # what follows is a name of one's own
            yield Slip(number, line.replace("receivers", "receiver"))
        elif last and first == "rules":
            yield Slip(number, line.replace(last, last[:-1]))
        elif line == "[polling]":
            yield Slip(number, "[poling]")


def wrong_types(text: str) -> Iterator[Slip]:
    instead = {
        str: ("2026-02-24", "{ x = 1 }"),
        list: ("7", "true"),
        int: ('"x"', "1.5"),
        bool: ('"yes"', "0"),
    }
    for number, found, value in pairs(text):
        for other in instead.get(type(value), ("7", '["x"]')):
            yield Slip(number, found["key"] + found["equals"] + other)


def emptied_lists(text: str) -> Iterator[Slip]:
    for number, found, value in pairs(text):
        if isinstance(value, list) and found["key"] not in {"tags", "names", "not_names"}:
            yield Slip(number, found["key"] + found["equals"] + "[]")


def emptied_texts(text: str) -> Iterator[Slip]:
    for number, found, value in pairs(text):
        if isinstance(value, str):
            yield Slip(number, found["key"] + found["equals"] + '""')


def repeated_keys(text: str) -> Iterator[Slip]:
    for number, found, _ in pairs(text):
        yield Slip(number, f"{found.string}\n{found.string}")


def lost_quotes(text: str) -> Iterator[Slip]:
    """Both quotes of a text, or one of them."""
    for number, found, _ in pairs(text):
        line, quoted = found.string, _TEXT.search(found.string)
        if quoted and "'" not in line:
            start, end = quoted.span()
            yield Slip(number, line[:start] + line[start + 1 : end - 1] + line[end:])
            yield Slip(number, line[:start] + line[start + 1 :])
            yield Slip(number, line[: end - 1] + line[end:])


def lost_signs(text: str) -> Iterator[Slip]:
    for number, found, _ in pairs(text):
        yield Slip(number, found.string.replace("=", " ", 1))
        yield Slip(number, found["key"] + found["equals"])


def broken_brackets(text: str) -> Iterator[Slip]:
    for number, line in headers(text):
        yield Slip(number, line[:-1])
        yield Slip(number, line.replace("]", ")"))
    for number, found, value in pairs(text):
        if isinstance(value, list | dict):
            line = found.string
            for bracket, other in ("[]", "]}", "{[", "}]"):
                if bracket in found["value"]:
                    at = line.rindex(bracket)
                    yield Slip(number, line[:at] + line[at + 1 :])
                    yield Slip(number, line[:at] + other + line[at + 1 :])


def lost_commas(text: str) -> Iterator[Slip]:
    for number, found, value in pairs(text):
        if isinstance(value, list | dict) and '", ' in found.string:
            yield Slip(number, found.string.replace('", ', '" ', 1))


def unknown_names(text: str) -> Iterator[Slip]:
    """Receivers, entities, tags, bodies and countries that do not exist."""
    for number, found, _ in pairs(text):
        refers = found["key"].startswith(("notify", "entities.", "sources.", "bodies", "vote.bodies"))
        for name in re.finditer(r'"[\w-]+"' if refers else r"(?<![\w.])@[\w-]+", found["value"]):
            at = found.start("value") + name.end() - refers
            yield Slip(number, found.string[:at] + "xx" + found.string[at:])
        for country in re.finditer(r"\b[A-Z]\w+(?= = )", found["value"]):
            at = found.start("value") + country.end()
            yield Slip(number, found.string[:at] + "xx" + found.string[at:])


def wrong_words(text: str) -> Iterator[Slip]:
    """Words of which there are only a few."""
    for number, found, _ in pairs(text):
        few = ("severity", "event", "near", "fields", "languages", "outcome", "vote.outcome", "positions")
        if found["key"] in few and '"' in found["value"]:
            yield Slip(number, found.string.replace('"', '"x.', 1))


def wrong_durations(text: str) -> Iterator[Slip]:
    for number, found, value in pairs(text):
        if isinstance(value, str) and re.fullmatch(r"\d+[smhd]", value):
            for other in ("15", '"15"', '"15 m"', '"1h30m"', '"-5m"', '"99999d"'):
                yield Slip(number, found["key"] + found["equals"] + other)


def wrong_numbers(text: str) -> Iterator[Slip]:
    for number, line in code(text):
        for found in re.finditer(r"(?:at_least|at_most|near|\*\") = (-?\d+)", line):
            for other in ('"4"', "4.5", "true", "[4]"):
                yield Slip(number, line[: found.start(1)] + other + line[found.end(1) :])


def wrong_urls(text: str) -> Iterator[Slip]:
    for number, found, value in pairs(text):
        if found["key"] == "url" and value.startswith("https"):
            for other in (
                value.removeprefix("https://"),
                value.replace("https", "ftp"),
                value + " x",
                "https:///feed",
            ):
                yield Slip(number, f'url = "{other}"')


def broken_queries(text: str) -> Iterator[Slip]:
    for number, found, value in pairs(text):
        if found["key"] == "query":
            yield from (Slip(number, f"query = '{query}'") for query in misqueried(value) if query != value)


def misqueried(query: str) -> Iterator[str]:
    yield f"{query} AND"
    yield f"OR {query}"
    yield f"({query}"
    yield f"{query})"
    yield f"{query} AND ()"
    yield f"{query} vote"
    yield f'{query} AND "vote'
    yield f"{query} AND **"
    yield f"{query} AND @nobody-at-all"
    yield re.sub("AND|NEAR|OR", lambda found: found[0].lower(), query, count=1)
    yield re.sub(r"/\d+", "/x", query, count=1)


def misplaced_keys(text: str) -> Iterator[Slip]:
    """A key of another table, below one that stands where it should."""
    for number, found, _ in pairs(text):
        for stray in ('match = ["x"]', "weights = 5", 'database = "x.db"', "continue = true"):
            if not stray.startswith(found["key"]):
                yield Slip(number, f"{found.string}\n{stray}")


# --- anything may come of it -------------------------------------------------------------------------------------


def lost_characters(text: str) -> Iterator[Slip]:
    for number, line in code(text):
        for at, character in enumerate(line):
            if character in "[]{}()\"'=,@*/^#\\":
                yield Slip(number, line[:at] + line[at + 1 :])


def lost_lines(text: str) -> Iterator[Slip]:
    for number, _ in code(text):
        yield Slip(number, "")


def repeated_lines(text: str) -> Iterator[Slip]:
    for number, line in code(text):
        yield Slip(number, f"{line}\n{line}")


def changed_brackets(text: str) -> Iterator[Slip]:
    for number, line in code(text):
        for at, character in enumerate(line):
            if character in "[]{}()":
                other = dict(zip("[]{}()", "{}()[]", strict=True))[character]
                yield Slip(number, line[:at] + other + line[at + 1 :])


ONE_MISTAKE: tuple[Family, ...] = (
    misspelt_keys,
    misspelt_tables,
    wrong_types,
    emptied_lists,
    emptied_texts,
    repeated_keys,
    lost_quotes,
    lost_signs,
    broken_brackets,
    lost_commas,
    unknown_names,
    wrong_words,
    wrong_durations,
    wrong_numbers,
    wrong_urls,
    broken_queries,
    misplaced_keys,
)
ANYTHING: tuple[Family, ...] = (lost_characters, lost_lines, repeated_lines, changed_brackets)


def mutations(families: tuple[Family, ...]) -> Iterator[Mutation]:
    """At most MOST of each family and base, spread over all that the family makes of it."""
    for base in BASES:
        text = base.read_text(encoding="utf-8")
        for family in families:
            slips = [slip for slip in family(text) if slip.written != text.split("\n")[slip.line - 1]]
            yield from (Mutation(base, family.__name__, slip) for slip in slips[:: len(slips) // MOST + 1])


MISTAKES, SLIPS = list(mutations(ONE_MISTAKE)), list(mutations(ANYTHING))
SCHEMA = Draft7Validator(json.loads(make_schema.schema()))


# --- what comes of it --------------------------------------------------------------------------------------------


def problems(mutation: Mutation, folder: Path) -> tuple[Problem, ...]:
    """What is said of it; nothing where it loads. Anything else that is raised fails the test that asked."""
    path = folder / "config.toml"
    path.write_text(mutation.text, encoding="utf-8")
    try:
        settings = app.load(path, {})
    except ConfigError as error:
        return error.problems
    assert settings.config.rules
    return ()


def assert_clear(problem: Problem, text: str) -> None:
    """It has a place, says what is wrong there and what to do, and none of it in a programmer's words."""
    assert problem.line is not None or problem.key in {"sources", "rules", "receivers"}, "no place"
    assert problem.line is None or 1 <= problem.line <= text.count("\n") + 1
    assert problem.what.strip()
    assert problem.fix.strip()
    assert not JARGON.search(f"{problem.what} {problem.fix}")


@pytest.mark.parametrize("mutation", MISTAKES, ids=str)
def test_one_mistake_is_one_message_about_its_line(mutation: Mutation, tmp_path: Path) -> None:
    (problem,) = problems(mutation, tmp_path)
    assert_clear(problem, mutation.text)
    assert problem.line == mutation.line
    assert problem.key or not is_toml(mutation.text)


@pytest.mark.parametrize("mutation", SLIPS, ids=str)
def test_whatever_a_slip_does_it_works_or_is_told(mutation: Mutation, tmp_path: Path) -> None:
    told = problems(mutation, tmp_path)
    for problem in told:
        assert_clear(problem, mutation.text)
    assert told or SCHEMA.is_valid(tomllib.loads(mutation.text)), (
        "an editor would refuse what the program takes"
    )


def is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def test_there_are_enough_of_them() -> None:
    assert len(MISTAKES) >= 150
    assert len(MISTAKES) + len(SLIPS) >= 200
    assert {family.__name__ for family in ONE_MISTAKE} == {mutation.family for mutation in MISTAKES}
