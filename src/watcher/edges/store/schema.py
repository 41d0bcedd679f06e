"""Brings a database to the schema of this program, by Alembic, in one transaction: whole or not at all."""

from __future__ import annotations

import re
from importlib.resources import as_file, files
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from watcher.edges.store.causes import WAY_OUT
from watcher.edges.store.dialect import marked_by_another, rebuilding
from watcher.edges.store.rows import ArticleRow
from watcher.errors import StoreError

# The newest revision in migrations/versions; a test holds it so. Alembic is imported only when there is work.
HEAD = "0012"

_VERSION = "alembic_version"
_OURS = re.compile(r"\d{4}")


def revision(engine: Engine, path: Path) -> str | None:
    """The revision a database is at; None when it has no tables yet. Raises StoreError when it is not watcher's.

    `path`: how the error calls it.
    """
    with engine.connect().execution_options(reading=True) as connection:
        tables = set(inspect(connection).get_table_names())
        if not tables and not marked_by_another(connection):
            return None
        found = None
        if _VERSION in tables:
            found = connection.execute(text(f"SELECT version_num FROM {_VERSION}")).scalar()
        if found is None or not _OURS.fullmatch(found):
            raise StoreError(
                f"the database {path} is another program's; give another `database` in the config"
            )
    missing = ArticleRow.metadata.tables.keys() - tables
    if found == HEAD and missing:
        raise StoreError(f"the database {path} is damaged, it has no {min(missing)}; {WAY_OUT}")
    return str(found)


def refuse_newer(found: str, path: Path) -> None:
    """Raises StoreError when the revision is not of this program, nor of an earlier one."""
    if found > HEAD:
        raise StoreError(
            f"the database {path} is of a newer watcher (schema {found}, this program knows {HEAD}); "
            f"run the newer program"
        )


def migrate(engine: Engine) -> None:
    """From nothing, or from an older revision."""
    from alembic import command
    from alembic.config import Config

    with as_file(files("watcher.edges.store") / "migrations") as scripts, rebuilding(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(scripts))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
