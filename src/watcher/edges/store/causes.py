"""SQLite's errors in words that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, IntegrityError

from watcher.errors import StoreError

WAY_OUT = "bring back a backup with `watcher db restore FILE`, or move it away to begin anew"

_CAUSES = {
    "locked": "is locked by another program; close whatever has it open, nothing waiting is lost",
    "full": "cannot grow: the disk is full; free some space, nothing waiting is lost",
    "malformed": f"is damaged; {WAY_OUT}",
    "not a database": "is not a database, or its beginning is damaged; bring back a backup with "
    "`watcher db restore FILE`, or give another `database` in the config",
    "readonly": "may not be written; check who owns it and its folder",
    "unable to open": "cannot be opened; check that its folder exists and who owns it",
    "disk I/O": "cannot be read or written: the disk is full or broken; free some space, or check it",
    "no such table": f"is damaged, a part of it is missing; {WAY_OUT}",
}


@contextmanager
def translated(path: object) -> Iterator[None]:
    """What goes wrong with the database at `path` becomes a StoreError; a bug of ours stays one."""
    try:
        yield
    except (IntegrityError, sqlite3.IntegrityError):
        raise
    except (DatabaseError, sqlite3.DatabaseError) as error:
        reason = str(getattr(error, "orig", error))
        for sign, sentence in _CAUSES.items():
            if sign in reason:
                raise StoreError(f"the database {path} {sentence}") from error
        raise StoreError(f"the database {path} cannot be used: {reason}") from error
