"""How this database is opened and locked. All SQL that only SQLite understands stands here.

A second database (PostgreSQL) would be a second module like this one, with FOR UPDATE SKIP LOCKED in place of
BEGIN IMMEDIATE.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event

from watcher.errors import StoreError

# How long a statement waits for another process that holds the database, a backup tool for example.
BUSY_SECONDS = 30


def open_file(path: Path, *, read_only: bool = False) -> Engine:
    """The database in a file that only its owner can read; the file is made unless `read_only`."""
    if read_only:
        url = URL.create("sqlite", database=f"file:{quote(str(path))}", query={"mode": "ro", "uri": "true"})
    else:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
    return _prepared(engine)


def _prepared(engine: Engine) -> Engine:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        # Python's own transaction handling begins late and deferred: two readers that both go on to write would
        # lose one of the writes. We begin ourselves, below.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """A transaction in which tables may be made anew under rows that refer to them: SQLite changes a table by a copy.

    References are checked at its end. Source: sqlite.org/lang_altertable.html, section 7.
    """
    with engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys = OFF")  # has no effect once a transaction has begun
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise StoreError(f"the database holds rows that refer to nothing: {broken[:3]}")
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


@contextmanager
def sole_use(path: Path) -> Iterator[None]:
    """Hold the database against a second daemon, until this process ends in whatever way.

    Raises StoreError when another holds it.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(f"the folder of the database {path} cannot be used: {error.strerror}") from error
    with open(lock, "r+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError(
                f"another watcher (process {_holder(file)}) runs on {path}; stop it first, or give this one another "
                f"`database` in its config"
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _holder(file: TextIO) -> str:
    return file.read(20).strip() or "unknown"
