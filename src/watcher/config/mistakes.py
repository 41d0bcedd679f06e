"""The file's data against its model: each unknown key and wrong value, in plain words.

pydantic's own sentences never reach the reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_origin

from pydantic import ValidationError

from watcher.config import shape, unknown
from watcher.config.document import Document, Mistake
from watcher.config.model import File
from watcher.config.rule_tables import EntityClauseTable, KeywordClauseTable
from watcher.config.values import REFUSED
from watcher.config.wording import as_key, as_toml, kind

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from watcher.core.rules.spec import Key


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
        strange = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
        if not strange:
            return None, mistakes + [_mistake(detail) for detail in details]
        mistakes += [unknown.settle(document, key) for key in strange]


def _mistake(detail: ErrorDetails) -> Mistake:
    key, given = detail["loc"], detail["input"]
    match detail["type"]:
        case reason if reason == REFUSED:
            key = key[:-1] if key[-1] == "[key]" else key  # pydantic's mark for the name of a table
            return Mistake(key, detail["ctx"]["what"], detail["ctx"]["fix"])
        case "missing" if given == {} and isinstance(key[-2], int):
            return Mistake(key[:-1], "is empty", "write its keys below, or remove it")
        case "missing":
            return Mistake(key, "is missing", f"add a line such as {_example(key)}")
        case "bool_type":
            what = f"must be true or false, not {kind(given)}"
            return Mistake(key, what, "write true or false, without quotes")
        case "tuple_type" if not shape.holds_tables(key):
            line = f"{key[-1]} = {as_toml([given])}" if isinstance(given, str) else _example(key)
            return Mistake(key, f"must be a list, not {kind(given)}", f"write {line}")
        case _:
            table = "a list of tables" if shape.holds_tables(key) else "a table"
            return Mistake(key, f"must be {table}, not {kind(given)}", _heading(key))


def _heading(key: Key) -> str:
    """The fix for what should be a table, or several, at `key`."""
    name = ".".join(part for part in key if isinstance(part, str))
    if shape.holds_tables(key) or isinstance(key[-1], int):
        heading = f"[[{name}]], in double brackets"
    elif len(key) > 2:
        return f"write {_in_a_rule(key)}"
    elif get_origin(shape.type_at(key[:1])) is dict:
        heading = f"[{key[0]}.{as_key(str(key[1])) if len(key) > 1 else 'NAME'}] on a line of its own"
    else:
        heading = f"[{name}], in single brackets"
    return f"write {heading}, and its keys below"


def _in_a_rule(key: Key) -> str:
    if shape.type_at(key) in {EntityClauseTable, KeywordClauseTable}:
        return f"{key[-1]}.any = […], {key[-1]}.all = […] or {key[-1]}.none = […]"
    return _example(key)


def _example(key: Key) -> str:
    examples = shape.field_at(key).examples or [""]
    return f"{key[-1]} = {as_toml(examples[0])}"
