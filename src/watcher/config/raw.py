"""Looking into what tomllib read before it is known to be right: what is of another type is passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

TomlTable = dict[str, Any]


def table(data: TomlTable, key: str) -> TomlTable:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def tables(data: TomlTable, key: str) -> Iterator[tuple[int, TomlTable]]:
    """The tables in a list, each with its index."""
    return ((index, item) for index, item in _items(data, key) if isinstance(item, dict))


def texts(data: TomlTable, key: str) -> Iterator[tuple[int, str]]:
    """The texts in a list that say anything, each with its index."""
    return ((index, item) for index, item in _items(data, key) if isinstance(item, str) and item.strip())


def are_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _items(data: TomlTable, key: str) -> Iterator[tuple[int, Any]]:
    value = data.get(key)
    return enumerate(value if isinstance(value, list) else ())
