"""The file's data against its model: each unknown key and wrong value, in plain words.

A key that was probably misspelt is reported and then read as what it was meant to be, so that one slip is one message
and not also "url is missing". pydantic's own sentences never reach the reader.
"""

from __future__ import annotations

from functools import reduce
from operator import getitem
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import ValidationError

from watcher.config.document import Document, Mistake
from watcher.config.model import File, PollingTable, RuleTable, SourceTable, Table
from watcher.config.values import REFUSED
from watcher.config.wording import as_key, as_toml, closest, did_you_mean, kind, listed

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from watcher.core.rules.spec import Key

_HEADINGS: dict[str, type[Table]] = {
    "[polling]": PollingTable,
    "[[sources]]": SourceTable,
    "[[rules]]": RuleTable,
}


def understand(document: Document) -> tuple[File | None, list[Mistake]]:
    """The file as a whole, or None, and what is wrong with it.

    Changes `document`: a misspelt key gets its right name in the data, any other unknown key goes.
    """
    mistakes: list[Mistake] = []
    while True:
        try:
            return File.model_validate(document.data), mistakes
        except ValidationError as error:
            details = error.errors(include_url=False)
        unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
        if not unknown:
            return None, mistakes + [_mistake(detail) for detail in details]
        mistakes += [_settle(document, key) for key in unknown]


def _settle(document: Document, key: Key) -> Mistake:
    """Take an unknown key out of the data, or read it as what it was meant to be."""
    word, known = str(key[-1]), _model(key[:-1]).model_fields
    table = reduce(getitem, key[:-1], document.data)  # type: ignore[arg-type]
    value, meant = table.pop(word), closest(word, known)
    if meant is not None:
        _adopt(document, table, value, written=key, meant=(*key[:-1], meant))
    what = "unknown table" if len(key) == 1 and isinstance(value, dict | list) else "unknown key"
    otherwise = _home(word) or f"the keys here are {listed(known, 'and')}"
    return Mistake(key, what, did_you_mean(word, known, otherwise))


def _adopt(document: Document, table: dict[str, Any], value: Any, written: Key, meant: Key) -> None:
    """Put `value` where it was meant to be; tables and lists that stand there already grow by it."""
    name = str(meant[-1])
    there = table.get(name)
    if name not in table:
        table[name] = value
        document.misspelt[meant] = written
    elif isinstance(there, dict) and isinstance(value, dict):
        for inner in [inner for inner in value if inner not in there]:
            there[inner] = value[inner]
            document.misspelt[*meant, inner] = (*written, inner)
    elif isinstance(there, list) and isinstance(value, list):
        for index, item in enumerate(value):
            document.misspelt[*meant, len(there)] = (*written, index)
            there.append(item)


def _home(word: str) -> str | None:
    """Where a known key belongs that stands in the wrong table."""
    if word == "database":
        return "it belongs at the top of the file, above the first [table]"
    heading = next((heading for heading, table in _HEADINGS.items() if word in table.model_fields), None)
    return heading and f"it belongs under {heading}"


def _mistake(detail: ErrorDetails) -> Mistake:
    key, given = detail["loc"], detail["input"]
    match detail["type"]:
        case reason if reason == REFUSED:
            key = key[:-1] if key[-1] == "[key]" else key  # pydantic's mark for the name of a table
            return Mistake(key, detail["ctx"]["what"], detail["ctx"]["fix"])
        case "missing":
            return Mistake(key, "is missing", f"add a line such as {_example(key)}")
        case "bool_type":
            what = f"must be true or false, not {kind(given)}"
            return Mistake(key, what, "write true or false, without quotes")
        case "tuple_type" if not _holds_tables(key):
            line = f"{key[-1]} = {as_toml([given])}" if isinstance(given, str) else _example(key)
            return Mistake(key, f"must be a list, not {kind(given)}", f"write {line}")
        case _:
            table = "a list of tables" if _holds_tables(key) else "a table"
            return Mistake(key, f"must be {table}, not {kind(given)}", _heading(key))


def _heading(key: Key) -> str:
    """The fix for what should be a table, or several, at `key`."""
    section, *rest = key
    if len(key) == 3:  # a clause of a rule
        return f"write {rest[-1]}.any = […], {rest[-1]}.all = […] or {rest[-1]}.none = […]"
    if _holds_tables(key[:1]):
        heading = f"[[{section}]], in double brackets"
    elif get_origin(_type(key[:1])) is dict:
        heading = f"[{section}.{as_key(str(rest[0])) if rest else 'NAME'}] on a line of its own"
    else:
        heading = f"[{section}], in single brackets"
    return f"write {heading}, and its keys below"


def _example(key: Key) -> str:
    examples = _field(key).examples or [""]
    return f"{key[-1]} = {as_toml(examples[0])}"


def _holds_tables(key: Key) -> bool:
    """Whether there should be a list of tables at `key`."""
    of = _type(key)
    item = get_args(of)[0] if get_origin(of) is tuple else None
    return isinstance(item, type) and issubclass(item, Table)


def _type(key: Key) -> Any:
    """The type that the model gives to what stands at `key`: a Table, a tuple or dict of tables, or a value's."""
    of: Any = File
    for part in key:
        if isinstance(of, type) and issubclass(of, Table):
            of = of.model_fields[str(part)].annotation
        else:
            of = get_args(of)[1 if get_origin(of) is dict else 0]
    return of


def _model(key: Key) -> type[Table]:
    of = _type(key)
    assert isinstance(of, type)
    assert issubclass(of, Table)
    return of


def _field(key: Key) -> FieldInfo:
    return _model(key[:-1]).model_fields[str(key[-1])]
