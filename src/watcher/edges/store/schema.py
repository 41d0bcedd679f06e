"""Brings a database to the schema of this program, by Alembic, in one transaction: whole or not at all."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from watcher.edges.store.dialect import rebuilding
from watcher.errors import StoreError

# The newest revision in migrations/versions; a test holds it so. Alembic is imported only when there is work.
HEAD = "0009"


def revision(engine: Engine, path: Path) -> str | None:
    """The revision a database is at; None when it has no tables yet. Raises StoreError when it is not watcher's.

    `path`: how the error calls it.
    """
    with engine.connect().execution_options(reading=True) as connection:
        tables = inspect(connection).get_table_names()
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise StoreError(
                f"the database {path} is another program's; give another `database` in the config"
            )
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


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
