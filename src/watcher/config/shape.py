"""What the model gives to a key path: ("rules", 0, "keywords", "any") -> a tuple of texts and groups."""

from __future__ import annotations

from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from watcher.config.model import File
from watcher.config.table import Table

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from watcher.core.rules.spec import Key


def type_at(key: Key) -> Any:
    """The type of what stands at `key`: a Table, a tuple or dict of them, or a value's.

    Where there may be a table or something else, it is the table: nothing else holds keys.
    """
    of: Any = File
    for part in key:
        if _is_table(of):
            of = of.model_fields[str(part)].annotation
        else:
            of = get_args(of)[1 if get_origin(of) is dict else 0]
        of = _table_in(of)
    return of


def table_at(key: Key) -> type[Table]:
    of = type_at(key)
    assert isinstance(of, type)
    assert issubclass(of, Table)
    return of


def field_at(key: Key) -> FieldInfo:
    return table_at(key[:-1]).model_fields[str(key[-1])]


def holds_tables(key: Key) -> bool:
    """Whether there should be a list of tables, and nothing but tables, at `key`."""
    of = type_at(key)
    return get_origin(of) is tuple and _is_table(get_args(of)[0])


def _table_in(of: Any) -> Any:
    """The table among several types; the type itself where there is none."""
    if get_origin(of) is Annotated:
        return _table_in(get_args(of)[0])
    if get_origin(of) in {Union, UnionType}:
        return next((each for each in get_args(of) if _is_table(each)), of)
    return of


def _is_table(of: Any) -> bool:
    return isinstance(of, type) and issubclass(of, Table)
