"""What no value shows by itself: names given twice, references to nothing, rules that could never alert.

The condition of a rule is looked at in conditions.py, the votes it means in votes.py.

Looks at the data as tomllib read it and skips what is of a wrong type, which mistakes.py reports: so all that is wrong
is found at once, whatever else is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from watcher.config import conditions, durations, paces, raw, routes, votes
from watcher.config.document import Mistake
from watcher.config.model import PollingTable
from watcher.config.wording import as_key, as_toml, did_you_mean, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import timedelta

    from watcher.config.raw import TomlTable
    from watcher.core.rules.spec import Key

_NEEDED: Final = {
    "sources": (
        "there are none, so nothing would be read",
        "add [[sources]] with a name and a url or folder",
    ),
    "rules": ("there are none, so nothing could alert", "add [[rules]] with an id, keywords.any and notify"),
    "receivers": ("there are none, so nobody could be told", 'add [receivers.desk] with url = "terminal://"'),
}


def check(data: TomlTable, shipped: Collection[str]) -> Iterator[Mistake]:
    """What is wrong with the file as a whole, in no particular order. `shipped`: ids of entities known anyway."""
    receivers, own = raw.table(data, "receivers"), raw.table(data, "entities")
    tags = _tags(data)
    yield from _missing_sections(data)
    yield from _operator(data, receivers)
    yield from _first_poll_age(raw.table(data, "polling"))
    yield from _intervals(raw.table(data, "polling"))
    yield from _twice(data, "sources", "name")
    yield from _twice(data, "rules", "id")
    for index, source in _filled(data, "sources"):
        yield from _place(("sources", index), source)
    for name, entity in own.items():
        if name not in shipped and isinstance(entity, dict):
            yield from _names(("entities", name), entity)
    yield from paces.check(data)
    yield from routes.check(data, receivers, [*own, *shipped])
    routed = routes.take_all(data)
    for index, rule in _filled(data, "rules"):
        key = ("rules", index)
        yield from _notify(key, rule, receivers, needed=not routed)
        yield from _source_tags(key, rule, tags)
        yield from _tests(key, rule)
        yield from _weights(key, rule)
        yield from conditions.emptied(key, rule, ["languages"])
        yield from conditions.check(key, rule, [*own, *shipped])
        yield from votes.check(key, rule)


def _filled(data: TomlTable, section: str) -> Iterator[tuple[int, TomlTable]]:
    """Of a table without keys nothing is said but that."""
    return ((index, table) for index, table in raw.tables(data, section) if table)


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


def _intervals(polling: TomlTable) -> Iterator[Mistake]:
    every = _duration(polling, "every") or PollingTable().every
    least, most = _duration(polling, "min_interval"), _duration(polling, "max_interval")
    usual = durations.spell(every)
    if least is not None and least > every:
        what = f"is longer than every, {usual}"
        yield Mistake(("polling", "min_interval"), what, f'write "{usual}" or less, or raise every')
    if most is not None and most < every:
        what = f"is shorter than every, {usual}"
        yield Mistake(("polling", "max_interval"), what, f'write "{usual}" or more, or lower every')


def _twice(data: TomlTable, section: str, field: str) -> Iterator[Mistake]:
    seen: set[str] = set()
    for index, table in raw.tables(data, section):
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


def _operator(data: TomlTable, receivers: Collection[str]) -> Iterator[Mistake]:
    name = data.get("operator")
    if isinstance(name, str) and name.strip() and receivers and name not in receivers:
        fix = did_you_mean(name, receivers, f"name {listed(map(quoted, receivers))}")
        yield Mistake(("operator",), f"there is no receiver {quoted(name)}", fix)


def _notify(key: Key, rule: TomlTable, receivers: Collection[str], *, needed: bool) -> Iterator[Mistake]:
    key = (*key, "notify")
    if not receivers:
        return  # said once, of the file
    if rule.get("notify", []) == [] and (needed or "notify" in rule):
        fix = f"write notify = {as_toml([next(iter(receivers))])}"
        yield Mistake(key, "nobody is told of what this rule finds", fix)
    seen: set[str] = set()
    for index, name in raw.texts(rule, "notify"):
        if name not in receivers:
            known = listed(map(quoted, receivers))
            otherwise = f"name {known}, or add [receivers.{as_key(name)}] with its url"
            what = f"there is no receiver {quoted(name)}"
            yield Mistake((*key, index), what, did_you_mean(name, receivers, otherwise))
        elif name in seen:
            yield Mistake((*key, index), f"{quoted(name)} stands here twice", "remove one of them")
        seen.add(name)


def _tags(data: TomlTable) -> list[str] | None:
    """The tags of all sources; None where they cannot be known, because some are not written as a list."""
    sources = [source for _, source in raw.tables(data, "sources")]
    if not all(isinstance(source.get("tags", []), list) for source in sources):
        return None
    return sorted({tag for source in sources for _, tag in raw.texts(source, "tags")})


def _source_tags(key: Key, rule: TomlTable, known: Collection[str] | None) -> Iterator[Mistake]:
    key, sources = (*key, "sources"), raw.table(rule, "sources")
    yield from conditions.emptied(key, sources, ["tags"])
    for index, tag in raw.texts(sources, "tags"):
        if known is not None and tag not in known:
            otherwise = f"give {as_toml([tag])} to the sources you mean, as their tags"
            what = f"no source has the tag {quoted(tag)}"
            yield Mistake((*key, "tags", index), what, did_you_mean(tag, known, otherwise))


def _tests(key: Key, rule: TomlTable) -> Iterator[Mistake]:
    for index, test in raw.tables(rule, "tests"):
        yield from conditions.emptied((*key, "tests", index), test, test)
        if not test:
            fix = 'add match = ["…"] or no_match = ["…"], with texts such as you expect'
            yield Mistake((*key, "tests", index), "holds no texts", fix)


def _weights(key: Key, rule: TomlTable) -> Iterator[Mistake]:
    if raw.table(rule, "score").get("weights") == {}:
        fix = 'give each thing that counts its number, such as { "vote*" = 4 }'
        yield Mistake((*key, "score", "weights"), "is empty", fix)


def _duration(data: TomlTable, key: str) -> timedelta | None:
    try:
        return durations.parse(data[key])
    except (KeyError, TypeError, ValueError):
        return None
