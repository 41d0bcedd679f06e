"""How this database is opened. All SQL that only SQLite understands stands here.

A second database (PostgreSQL) would be a second module like this one, with FOR UPDATE SKIP LOCKED in place of
BEGIN IMMEDIATE.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from sqlalchemy import URL, Connection, Engine, create_engine, event

from watcher.edges.store.place import in_use
from watcher.errors import StoreError

# How long a statement waits for another process that holds the database, a backup tool for example.
BUSY_SECONDS = 30

# The journal of one large transaction does not stay on the disk for good.
_LONGEST_JOURNAL = 16 * 2**20  # bytes

# Its file is never shorter, so that on a full disk there is room in it for what is written of alerts that are sent:
# SQLite begins it anew after 4 MB.
_SHORTEST_JOURNAL = 6 * 2**20

# What a reader hears that cannot keep an index.
_NO_INDEX = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY)

_RETURNED_AT_ONCE = 100  # pages


def open_file(path: Path, *, read_only: bool = False) -> Engine:
    """The database in a file that only its owner can read; the file is made unless `read_only`."""
    must_be_a_file(path)
    if read_only:
        url = URL.create("sqlite", database=to_read(path), query={"uri": "true"})
    else:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        # A later connection makes no other file in its place, should it have been moved away.
        name = f"file:{quote(str(path.absolute()))}?mode=rw"
        url = URL.create("sqlite", database=name, query={"uri": "true"})
    # The connection that was used last still has in memory what it has read. Nobody waits for one: while somebody else
    # holds the database, all of many threads have one, and hear from SQLite what keeps them.
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        pool_use_lifo=True,
        max_overflow=-1,
    )
    return _prepared(engine, read_only)


def keep_journal(engine: Engine) -> None:
    """Have who reads wait for nobody who writes, from now on: it is written into the file, which has to be ours."""
    with engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        driver.execute("PRAGMA journal_mode = WAL")


def reserve(engine: Engine) -> None:
    """Take room for the journal from the disk while there is some. Nothing happens where that cannot be."""
    journal = journal_of(path_of(engine))
    if not hasattr(os, "posix_fallocate") or not 0 <= _size(journal) < _SHORTEST_JOURNAL:
        return
    with engine.begin(), suppress(OSError):  # nobody else writes meanwhile
        number = os.open(journal, os.O_WRONLY)
        try:
            os.posix_fallocate(number, 0, _SHORTEST_JOURNAL)
        finally:
            os.close(number)


def journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _size(path: Path) -> int:
    """In bytes; -1 where there is no such file."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1


def path_of(engine: Engine) -> Path:
    """The file that `open_file` has opened."""
    name = engine.url.database or ""
    return Path(unquote(urlsplit(name).path) if name.startswith("file:") else name)


def must_be_a_file(path: Path) -> None:
    """Raises StoreError where there is something else, as a folder."""
    if path.exists() and not path.is_file():
        raise StoreError(f"the database {path} is a folder or no file at all; give another in the config")


def to_read(path: Path) -> str:
    """A database as SQLite's URI for who only reads.

    A reader keeps an index of the journal beside the file, for which there is no room on a disk that is full or may
    not be written. A file that nobody has open, and that has no journal, is read without. Source: sqlite.org/uri.html.
    """
    url = f"file:{quote(str(path))}?mode=ro"
    try:
        with closing(sqlite3.connect(url, uri=True, timeout=BUSY_SECONDS)) as database:
            database.execute("PRAGMA schema_version")
    except sqlite3.OperationalError as error:
        whole = _size(journal_of(path)) <= 0
        if error.sqlite_errorcode & 0xFF in _NO_INDEX and whole and not in_use(path):
            return f"{url}&immutable=1"
    except sqlite3.DatabaseError:
        pass  # it is said when it is read
    return url


def marked_by_another(connection: Connection) -> bool:
    """Whether some program has put its own mark on the file, though it may hold nothing yet."""
    marks = ("application_id", "user_version")
    return any(connection.exec_driver_sql(f"PRAGMA {mark}").scalar() for mark in marks)


def _prepared(engine: Engine, read_only: bool) -> Engine:
    pragmas = ["foreign_keys = ON"]
    if not read_only:
        pragmas += ["synchronous = FULL", f"journal_size_limit = {_LONGEST_JOURNAL}"]

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        # Python's own transaction handling begins late and deferred: two readers that both go on to write would
        # lose one of the writes. We begin ourselves, below.
        connection.isolation_level = None
        cursor = connection.cursor()
        # How a file is freed of what was deleted has to be said before there is anything in it, and takes its lock.
        if not read_only and cursor.execute("PRAGMA page_count").fetchone() == (0,):
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


def among(column: str, values: str) -> str:
    """The condition that a column has one of the `:values`, a list in JSON: one question however many they are."""
    return f"{column} IN (SELECT value FROM {each(values)})"


def each(values: str) -> str:
    """The `:values`, a list in JSON, as a table of which each is the `value` of a row."""
    return f"json_each(:{values})"


# The `:pairs`, a list of pairs in JSON, as a table of two columns.
PAIRS = "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:pairs)"

# Of each of the `:wanted`, a list of [trace, after, before] in JSON, the `:most` latest stories, as a list in JSON.
LATEST = """
SELECT json_extract(value, '$[0]'), (
    SELECT json_group_array(story_id) FROM (
        SELECT story_id FROM trace WHERE trace = json_extract(value, '$[0]')
        AND at BETWEEN json_extract(value, '$[1]') AND json_extract(value, '$[2]') ORDER BY at DESC LIMIT :most
    )
) FROM json_each(:wanted)"""


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
        if returned:
            driver.execute("PRAGMA wal_checkpoint")  # only with it does the file itself become shorter
