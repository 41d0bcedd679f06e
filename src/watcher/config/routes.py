"""[[routes]]: what they mean, and what none of their values shows by itself: references to nothing, routes that no
alert can reach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from watcher.config import raw, votes
from watcher.config.conditions import emptied
from watcher.config.document import Mistake
from watcher.config.wording import as_key, as_toml, did_you_mean, listed, quoted
from watcher.core.alerts.routing import Conditions, Occasion, Route
from watcher.core.model import Position, Severity
from watcher.core.rules.spec import Held

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from watcher.config.raw import TomlTable
    from watcher.config.route_tables import RouteKeys
    from watcher.core.rules.spec import Key

_ASKED: Final = ("rules", "severity", "tags", "sources", "source_tags", "entities", "positions", "kinds")


def route(number: int, table: RouteKeys) -> Route:
    """What the table means. `number`: its place among the routes, from 1; its name where it has no other."""
    conditions = Conditions(
        rules=table.rules,
        severity=tuple(map(Severity, table.severity)),
        tags=table.tags,
        sources=table.sources,
        source_tags=table.source_tags,
        entities=table.entities,
        positions=tuple(Held(name, tuple(map(Position, held))) for name, held in table.positions.items()),
        kinds=tuple(map(Occasion, table.kinds)),
    )
    return Route(table.name or str(number), conditions, table.receivers, getattr(table, "continue"))


def take_all(data: TomlTable) -> bool:
    """Whether every alert is taken by some route, so that no rule needs to say whom it notifies."""
    return any(_takes_all(table) for _, table in raw.tables(data, "routes"))


def check(data: TomlTable, receivers: Collection[str], entities: Collection[str]) -> Iterator[Mistake]:
    """What is wrong with the routes of a file. `entities`: the ids of all."""
    known = _known(data, entities)
    end: str | None = None
    for index, table in raw.tables(data, "routes"):
        key: Key = ("routes", index)
        if end is not None:
            fix = "move it above that route, or let that one say continue = true"
            yield Mistake(key, f"no alert gets here: route {quoted(end)} takes them all", fix)
        elif _takes_all(table) and table.get("continue") is not True:
            end = str(table.get("name", index + 1))
        yield from emptied(key, table, [each for each in _ASKED if each != "positions"])
        yield from votes.positions((*key, "positions"), table)
        yield from _of_operator(key, table)
        yield from _receivers((*key, "receivers"), table, receivers)
        if table.get("receivers") == [] and table.get("continue") is True:
            what = "drops nothing, as those below are asked all the same"
            yield Mistake((*key, "continue"), what, "remove it, or name receivers")
        for field, (names, what, otherwise) in known.items():
            for at, word in raw.texts(table, field):
                if names is not None and word not in names:
                    fix = did_you_mean(word, names, otherwise(word))
                    yield Mistake((*key, field, at), f"{what} {quoted(word)}", fix)


def _takes_all(table: TomlTable) -> bool:
    return "receivers" in table and not any(each in table for each in _ASKED)


def _known(data: TomlTable, entities: Collection[str]) -> dict[str, _Names]:
    """What the words of these keys may be, what is said of others, and what helps where none is near."""
    rules = [table for _, table in raw.tables(data, "rules")]
    sources = [table for _, table in raw.tables(data, "sources")]
    return {
        "rules": (_said(rules, "id"), "there is no rule", lambda _: "write the id of a rule"),
        "tags": (_tags(rules), "no rule has the tag", lambda word: _give(word, "rules")),
        "sources": (_said(sources, "name"), "there is no source", lambda _: "write the name of a source"),
        "source_tags": (_tags(sources), "no source has the tag", lambda word: _give(word, "sources")),
        "entities": (
            entities,
            "there is no entity",
            lambda word: f"add [entities.{as_key(word)}] with its names",
        ),
    }


_Names = tuple["Collection[str] | None", str, "Callable[[str], str]"]


def _said(tables: Sequence[TomlTable], key: str) -> list[str]:
    return [word for table in tables if isinstance(word := table.get(key), str)]


def _tags(tables: Sequence[TomlTable]) -> list[str] | None:
    """None where they cannot be known, because some are not written as a list."""
    if not all(isinstance(table.get("tags", []), list) for table in tables):
        return None
    return sorted({tag for table in tables for _, tag in raw.texts(table, "tags")})


def _give(tag: str, section: str) -> str:
    return f"give {as_toml([tag])} to the {section} you mean, as their tags"


def _of_operator(key: Key, table: TomlTable) -> Iterator[Mistake]:
    """A trouble of watcher's own has a severity, and nothing else that could be asked for."""
    asked = [each for each in _ASKED if each in table and each not in ("severity", "kinds")]
    if table.get("kinds") in ("operator", ["operator"]) and asked:
        what = f"asks for {listed(asked, 'and')}, which watcher's own troubles do not have"
        yield Mistake(key, what, "remove that, or make a route of its own for the kind operator")


def _receivers(key: Key, table: TomlTable, known: Collection[str]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for index, name in raw.texts(table, "receivers"):
        if known and name not in known:
            otherwise = f"name {listed(map(quoted, known))}, or add [receivers.{as_key(name)}] with its url"
            what = f"there is no receiver {quoted(name)}"
            yield Mistake((*key, index), what, did_you_mean(name, known, otherwise))
        elif name in seen:
            yield Mistake((*key, index), f"{quoted(name)} stands here twice", "remove one of them")
        seen.add(name)
