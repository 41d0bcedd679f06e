"""What no value shows by itself: names given twice, references to nothing, rules that could never alert.

Looks at the data as tomllib read it and skips what is of a wrong type, which mistakes.py reports: so all that is wrong
is found at once, whatever else is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from watcher.config import durations
from watcher.config.document import Mistake
from watcher.config.model import PollingTable
from watcher.config.wording import as_key, as_toml, did_you_mean, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import timedelta

    from watcher.core.rules.spec import Key

TomlTable = dict[str, Any]

_NEEDED: Final = {
    "sources": (
        "there are none, so nothing would be read",
        "add [[sources]] with a name and a url or folder",
    ),
    "rules": ("there are none, so nothing could alert", "add [[rules]] with an id, keywords.any and notify"),
    "receivers": ("there are none, so nobody could be told", 'add [receivers.desk] with url = "terminal://"'),
}
_CLAUSES: Final = ("entities", "keywords")
_PARTS: Final = ("any", "all", "none")


def check(data: TomlTable, shipped: Collection[str]) -> Iterator[Mistake]:
    """What is wrong with the file as a whole, in no particular order. `shipped`: ids of entities known anyway."""
    receivers, own = _table(data, "receivers"), _table(data, "entities")
    yield from _missing_sections(data)
    yield from _first_poll_age(_table(data, "polling"))
    yield from _twice(data, "sources", "name")
    yield from _twice(data, "rules", "id")
    for index, source in _tables(data, "sources"):
        yield from _place(("sources", index), source)
    for name, entity in own.items():
        if name not in shipped and isinstance(entity, dict):
            yield from _names(("entities", name), entity)
    for index, rule in _tables(data, "rules"):
        key = ("rules", index)
        yield from _notify(key, rule, receivers)
        yield from _entities(key, rule, [*own, *shipped])
        yield from _terms(key, rule)
        yield from _fields(key, rule)


def _missing_sections(data: TomlTable) -> Iterator[Mistake]:
    for section, (what, fix) in _NEEDED.items():
        if data.get(section) in (None, [], {}):
            yield Mistake((section,), what, fix)


def _first_poll_age(polling: TomlTable) -> Iterator[Mistake]:
    first, most = _duration(polling, "first_poll_age"), _duration(polling, "max_age")
    most = most or PollingTable().max_age
    if first is not None and first > most:
        limit = durations.spell(most)
        what = f"is longer than max_age, {limit}, and so would change nothing"
        yield Mistake(("polling", "first_poll_age"), what, f'write "{limit}" or less, or raise max_age')


def _twice(data: TomlTable, section: str, field: str) -> Iterator[Mistake]:
    seen: set[str] = set()
    for index, table in _tables(data, section):
        name = table.get(field)
        if isinstance(name, str) and name in seen:
            what = f"an earlier one of the {section} has the same {field}"
            yield Mistake((section, index, field), what, f"give each its own {field}, or remove one of them")
        elif isinstance(name, str):
            seen.add(name)


def _place(key: Key, source: TomlTable) -> Iterator[Mistake]:
    if "url" in source and "folder" in source:
        yield Mistake((*key, "folder"), "a source has a url or a folder, not both", "make two sources of it")
    elif "url" not in source and "folder" not in source:
        fix = 'add url = "https://example.org/feed.xml" for a feed, or folder = "seeds"'
        yield Mistake(key, "has neither a url nor a folder", fix)


def _names(key: Key, entity: TomlTable) -> Iterator[Mistake]:
    if entity.get("names", []) == []:
        yield Mistake(key, "is a new entity without names", 'add names = ["…"] with the names to look for')


def _notify(key: Key, rule: TomlTable, receivers: Collection[str]) -> Iterator[Mistake]:
    key = (*key, "notify")
    if not receivers:
        return  # said once, of the file
    if rule.get("notify", []) == []:
        fix = f"write notify = {as_toml([next(iter(receivers))])}"
        yield Mistake(key, "nobody is told of what this rule finds", fix)
    seen: set[str] = set()
    for index, name in _texts(rule, "notify"):
        if name not in receivers:
            known = listed(map(quoted, receivers))
            otherwise = f"name {known}, or add [receivers.{as_key(name)}] with its url"
            what = f"there is no receiver {quoted(name)}"
            yield Mistake((*key, index), what, did_you_mean(name, receivers, otherwise))
        elif name in seen:
            yield Mistake((*key, index), f"{quoted(name)} stands here twice", "remove one of them")
        seen.add(name)


def _entities(key: Key, rule: TomlTable, known: Collection[str]) -> Iterator[Mistake]:
    for part in _PARTS:
        for index, name in _texts(_table(rule, "entities"), part):
            if name not in known:
                otherwise = f"add [entities.{as_key(name)}] with its names, or try keywords.{part}"
                what = f"there is no entity {quoted(name)}"
                yield Mistake((*key, "entities", part, index), what, did_you_mean(name, known, otherwise))


def _terms(key: Key, rule: TomlTable) -> Iterator[Mistake]:
    """A list that someone emptied would quietly widen the rule; a rule with nothing to look for is none."""
    if not all(isinstance(rule.get(clause, {}), dict) for clause in _CLAUSES):
        return
    written = {(clause, part): _table(rule, clause).get(part) for clause in _CLAUSES for part in _PARTS}
    empty = [path for path, terms in written.items() if terms == []]
    for path in empty:
        yield Mistake((*key, *path), "is an empty list", "name at least one, or remove the key")
    if not empty and all(written[clause, part] is None for clause in _CLAUSES for part in ("any", "all")):
        what = "names nothing to look for"
        yield Mistake(key, what, "add keywords.any = […], or entities.any = […], or all in place of any")


def _fields(key: Key, rule: TomlTable) -> Iterator[Mistake]:
    if rule.get("fields") == []:
        yield Mistake((*key, "fields"), "is an empty list", 'write ["title", "text"] or one of them')
    if rule.get("near") == "title" and rule.get("fields") == ["text"]:
        fix = 'write near = "sentence", or add "title" to fields'
        yield Mistake((*key, "near"), "looks in the title, which fields leaves out", fix)


def _table(data: TomlTable, key: str) -> TomlTable:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _tables(data: TomlTable, key: str) -> Iterator[tuple[int, TomlTable]]:
    value = data.get(key)
    for index, table in enumerate(value if isinstance(value, list) else ()):
        if isinstance(table, dict):
            yield index, table


def _texts(data: TomlTable, key: str) -> Iterator[tuple[int, str]]:
    value = data.get(key)
    for index, text in enumerate(value if isinstance(value, list) else ()):
        if isinstance(text, str) and text.strip():
            yield index, text


def _duration(data: TomlTable, key: str) -> timedelta | None:
    try:
        return durations.parse(data[key])
    except (KeyError, TypeError, ValueError):
        return None
