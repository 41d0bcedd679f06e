"""How this database is opened and locked. All SQL that only SQLite understands stands here.

A second database (PostgreSQL) would be a second module like this one, with FOR UPDATE SKIP LOCKED in place of
BEGIN IMMEDIATE.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event

from watcher.errors import StoreError

# How long a statement waits for another process that holds the database, a backup tool for example.
BUSY_SECONDS = 30

# The journal of one large transaction does not stay on the disk for good.
_LONGEST_JOURNAL = 16 * 2**20  # bytes

_RETURNED_AT_ONCE = 100  # pages

# How long a daemon that starts waits for those who only ask whether one runs.
_PATIENCE = 0.5


def open_file(path: Path, *, read_only: bool = False) -> Engine:
    """The database in a file that only its owner can read; the file is made unless `read_only`."""
    if read_only:
        url = URL.create("sqlite", database=f"file:{quote(str(path))}", query={"mode": "ro", "uri": "true"})
    else:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
    writing = (
        "journal_mode = WAL",
        "synchronous = FULL",
        f"journal_size_limit = {_LONGEST_JOURNAL}",
    )
    return _prepared(engine, ("foreign_keys = ON", *(() if read_only else writing)))


def _prepared(engine: Engine, pragmas: Iterable[str]) -> Engine:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        # Python's own transaction handling begins late and deferred: two readers that both go on to write would
        # lose one of the writes. We begin ourselves, below.
        connection.isolation_level = None
        cursor = connection.cursor()
        # How a file is freed of what was deleted has to be said before there is anything in it, and takes its lock.
        if cursor.execute("PRAGMA page_count").fetchone() == (0,):
            cursor.execute("PRAGMA auto_vacuum = INCREMENTAL")
        for pragma in pragmas:
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


def tidy(engine: Engine, to_return: Callable[[int, int], int]) -> None:
    """Statistics for the planner, and free pages back to the disk.

    `to_return`: how many, of so many free ones and all. Source: sqlite.org/pragma.html, optimize, incremental_vacuum.
    """
    with engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        driver.execute("PRAGMA analysis_limit = 400")
        counts = ("freelist_count", "page_count")
        free, total = (driver.execute(f"PRAGMA {count}").fetchone()[0] for count in counts)
        # Both read before they write, and would be refused where somebody else has written in between.
        returned = to_return(free, total) // _RETURNED_AT_ONCE
        for pragma in ("optimize", *[f"incremental_vacuum({_RETURNED_AT_ONCE})"] * returned):
            # Pages are given back one a step, and execute() takes one step only.
            driver.executescript(f"BEGIN IMMEDIATE; PRAGMA {pragma}; COMMIT")


@contextmanager
def sole_use(path: Path) -> Iterator[None]:
    """Hold the database against a second daemon, until this process ends in whatever way.

    Raises StoreError when another holds it.
    """
    with _lock_file(path) as file:
        if not _locked(file, fcntl.LOCK_EX, _PATIENCE):
            raise StoreError(
                f"another watcher (process {file.read(20).strip() or 'unknown'}) runs on {path}; stop it first, or "
                f"give this one another `database` in its config"
            )
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def in_use(path: Path) -> bool:
    """Whether a daemon holds the database. Whoever asks shares the lock for a moment, which `sole_use` waits out."""
    if not path.exists():
        return False
    with _lock_file(path) as file:
        return not _locked(file, fcntl.LOCK_SH, 0)


def running_since(path: Path) -> datetime | None:
    """When the daemon that holds the database took it; None when none does."""
    if not in_use(path):
        return None
    return datetime.fromtimestamp(path.with_name(path.name + ".lock").stat().st_mtime, UTC)


def _lock_file(path: Path) -> TextIO:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(f"the folder of the database {path} cannot be used: {error.strerror}") from error
    return open(number, "r+", encoding="ascii")


def _locked(file: TextIO, how: int, patience: float) -> bool:
    """Take the lock, within so many seconds."""
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(0.05)
        else:
            return True
