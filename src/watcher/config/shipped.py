"""The entities that watcher knows without being told, from its own data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from watcher.core.rules.spec import Entity

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def entities() -> Mapping[str, Entity]:
    """Shipped entities by their id."""
    text = files("watcher").joinpath("data", "entities.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)["entities"]
    return MappingProxyType(
        {
            name: Entity(name, tuple(table.get("names", ())), tuple(table.get("not_names", ())))
            for name, table in tables.items()
        }
    )
