"""Brings a database to the schema of this program, by Alembic, in one transaction: whole or not at all."""

from __future__ import annotations

from importlib.resources import as_file, files

from sqlalchemy import Engine, inspect, text

from watcher.edges.store.dialect import rebuilding
from watcher.errors import StoreError

# The newest revision in migrations/versions; a test holds it so. Alembic is imported only when there is work.
HEAD = "0004"


def revision(engine: Engine) -> str | None:
    """The revision a database is at; None when it has no tables yet."""
    with engine.connect().execution_options(reading=True) as connection:
        tables = inspect(connection).get_table_names()
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise StoreError("the database is another program's; give another `database` in the config")
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(engine: Engine) -> None:
    """Raises StoreError when the database is of a newer program."""
    found = revision(engine)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise StoreError(
            f"the database is of a newer watcher (schema {found}, this program knows {HEAD}); run the newer program"
        )
    from alembic import command
    from alembic.config import Config

    with as_file(files("watcher.edges.store") / "migrations") as scripts, rebuilding(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(scripts))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
