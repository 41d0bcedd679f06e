"""What no value of a rule's condition shows by itself: entities that do not exist, keys that need or exclude others.

A condition is looked at as far down as its groups go. Whether it can hold at all is for those who compile it; what
they refuse is not said here as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from watcher.config import raw
from watcher.config.document import Mistake
from watcher.config.wording import as_key, did_you_mean, listed, quoted
from watcher.core.rules import query
from watcher.core.rules.spec import RuleError
from watcher.core.rules.tree import leaves

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from watcher.config.raw import TomlTable
    from watcher.core.rules.spec import Key

_CLAUSES: Final = ("entities", "keywords")
_PARTS: Final = ("any", "all", "none")
_INSTEAD: Final = (*_CLAUSES, "near", "ordered", "score")  # what a query says in its own way
_FIELDS: Final = frozenset({"title", "text"})


def check(key: Key, rule: TomlTable, known: Collection[str]) -> Iterator[Mistake]:
    """What is wrong with the condition of the rule at `key`. `known`: the ids of all entities."""
    yield from _says_something(key, rule)
    yield from _stands_alone(key, rule)
    yield from _together(key, rule, _FIELDS)
    for clause in _CLAUSES:
        yield from _clause((*key, clause), raw.table(rule, clause), _fields(rule))
    for where, name, otherwise in _entities(key, rule):
        if name not in known:
            what = f"there is no entity {quoted(name)}"
            add = f"add [entities.{as_key(name)}] with its names, or {otherwise}"
            yield Mistake(where, what, did_you_mean(name, known, add))


def emptied(key: Key, table: TomlTable, names: Iterable[str]) -> Iterator[Mistake]:
    """A list that someone emptied would quietly widen the rule."""
    for name in names:
        if table.get(name) == []:
            yield Mistake((*key, name), "is an empty list", "name at least one, or remove the key")


# --- keys that need or exclude others ----------------------------------------------------------------------------


def _says_something(key: Key, rule: TomlTable) -> Iterator[Mistake]:
    clauses = [rule.get(clause, {}) for clause in _CLAUSES]
    if not all(isinstance(clause, dict) for clause in clauses):
        return
    needs = any(part in clause for clause in clauses for part in ("any", "all"))
    emptied_bans = any(clause.get("none") == [] for clause in clauses)
    if not (needs or emptied_bans or "score" in rule or "query" in rule):
        what = "names nothing to look for"
        yield Mistake(key, what, "add keywords.any = […], or entities.any = […], or all in place of any")


def _stands_alone(key: Key, rule: TomlTable) -> Iterator[Mistake]:
    others = [name for name in _INSTEAD if name in rule]
    if "query" in rule and others:
        what = f"a query stands alone, and this rule has {listed(others, 'and')}, too"
        yield Mistake((*key, "query"), what, "say all of it in the query, or remove the query")


def _together(key: Key, holder: TomlTable, around: frozenset[str]) -> Iterator[Mistake]:
    """near, ordered and fields of a rule or a group. `around`: the fields that what holds it looks in."""
    yield from _ordered(key, holder)
    fields = _fields(holder) & around
    if holder.get("fields") == []:
        yield Mistake((*key, "fields"), "is an empty list", 'write ["title", "text"] or one of them')
    elif not fields:
        mine, theirs = listed(_fields(holder)), listed(around)
        what = f"looks in the {mine}, and what holds it in the {theirs} alone"
        yield Mistake((*key, "fields"), what, "remove fields here, or name both fields there")
    elif holder.get("near") == "title" and "title" not in fields:
        fix = 'write near = "sentence", or add "title" to fields'
        yield Mistake((*key, "near"), "looks in the title, which fields leaves out", fix)


def _ordered(key: Key, holder: TomlTable) -> Iterator[Mistake]:
    if holder.get("ordered") is True and not ({"near", "query"} & holder.keys()):
        yield Mistake((*key, "ordered"), "says nothing without near", "add near = 5, or remove ordered")


def _clause(key: Key, clause: TomlTable, around: frozenset[str]) -> Iterator[Mistake]:
    """The lists under `key`, and those of the groups in them."""
    yield from emptied(key, clause, _PARTS)
    if "at_least" in clause and "any" not in clause:
        what = "says how many of any must be found, and there is no any"
        yield Mistake((*key, "at_least"), what, "add any = […], or remove at_least")
    for where, group in _groups(key, clause):
        yield from _together(where, group, around)
        yield from _clause(where, group, _fields(group) & around or _FIELDS)


def _fields(holder: TomlTable) -> frozenset[str]:
    """Where a rule or a group looks; both fields where it does not say, or says it wrongly."""
    named = frozenset(name for _, name in raw.texts(holder, "fields"))
    return named if named and named <= _FIELDS else _FIELDS


def _groups(key: Key, clause: TomlTable) -> Iterator[tuple[Key, TomlTable]]:
    for part in _PARTS:
        for index, group in raw.tables(clause, part):
            yield (*key, part, index), group


# --- entities by name --------------------------------------------------------------------------------------------

_Named = tuple["Key", str, str]  # where an entity is named, its id, and what else its author may have meant


def _entities(key: Key, rule: TomlTable) -> Iterator[_Named]:
    yield from _listed((*key, "entities"), raw.table(rule, "entities"), are_entities=True)
    yield from _listed((*key, "keywords"), raw.table(rule, "keywords"), are_entities=False)
    for name in raw.table(raw.table(rule, "score"), "weights"):
        yield from _marked((*key, "score", "weights", name), name)
    for index, text in raw.texts(raw.table(rule, "vote"), "mentions"):
        yield from _marked((*key, "vote", "mentions", index), text)
    if isinstance(rule.get("query"), str):
        yield from _queried((*key, "query"), rule["query"])


def _listed(key: Key, clause: TomlTable, are_entities: bool) -> Iterator[_Named]:
    for part in _PARTS:
        for index, text in raw.texts(clause, part):
            where = (*key, part, index)
            if are_entities:
                yield where, text.removeprefix("@"), f"try keywords.{part}"
            else:
                yield from _marked(where, text)
    for where, group in _groups(key, clause):
        yield from _listed(where, group, are_entities)


def _marked(where: Key, text: str) -> Iterator[_Named]:
    if text.startswith("@"):
        yield where, text[1:], 'remove the "@" if it is a word'


def _queried(key: Key, text: str) -> Iterator[_Named]:
    """Of a query that cannot be read nothing is known; it is refused when it is compiled."""
    try:
        named = [leaf.name for leaf in leaves(query.parse(text, key)) if leaf.is_entity]
    except (RuleError, RecursionError):
        return
    for name in named:
        found = re.search(rf"@{re.escape(name)}(?![\w-])", text)
        line = text.count("\n", 0, found.start()) if found else 0
        yield (*key, line), name, "put it in quotes if it is a word"
