"""The place of a database on the disk: who holds it, what room there is, and whether it can be written.

One daemon at a time holds it, by a lock on a file beside it that ends with its process.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from watcher.edges.store.causes import translated
from watcher.errors import StoreError

# How long a daemon that starts waits for those who only ask whether one runs.
_PATIENCE = 0.5

# How long to wait for a daemon that writes, in seconds: it takes a part of one.
_BRIEFLY = 2


@contextmanager
def sole_use(path: Path) -> Iterator[None]:
    """Hold the database against a second daemon, until this process ends in whatever way.

    Raises StoreError when another holds it.
    """
    with _opened(path, os.O_RDWR | os.O_CREAT) as lock:
        if not _locked(lock, fcntl.LOCK_EX, _PATIENCE):
            process = os.read(lock, 20).decode("ascii", "replace").strip()
            raise StoreError(
                f"another watcher (process {process or 'unknown'}) runs on {path}; stop it first, or "
                f"give this one another `database` in its config"
            )
        with suppress(OSError):  # on a disk that is full only the name of the holder is missing
            os.truncate(lock, 0)
            os.write(lock, str(os.getpid()).encode())
        yield


def in_use(path: Path) -> bool:
    """Whether a daemon holds the database. Whoever asks shares the lock for a moment, which `sole_use` waits out."""
    if not _file(path).exists():
        return False
    with _opened(path, os.O_RDONLY) as lock:
        return not _locked(lock, fcntl.LOCK_SH, 0)


def running_since(path: Path) -> datetime | None:
    """When the daemon that holds the database took it; None when none does."""
    if not in_use(path):
        return None
    return datetime.fromtimestamp(_file(path).stat().st_mtime, UTC)


def identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one of its name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def free_bytes(path: Path) -> int:
    """How much more may be written to the disk where the database is. Raises StoreError."""
    try:
        disk = os.statvfs(path.parent)
    except OSError as error:
        raise _unusable(path, error) from error
    return disk.f_bavail * disk.f_frsize


def unwritable(path: Path) -> str | None:
    """Why nothing can be written into a database at this moment; None where it can. Nothing is."""
    try:
        with (
            translated(path),
            closing(
                sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, timeout=_BRIEFLY)
            ) as database,
        ):
            database.execute("BEGIN IMMEDIATE")
    except StoreError as error:
        return str(error)
    return None


def _unusable(path: Path, error: OSError) -> StoreError:
    return StoreError(f"the folder of the database {path} cannot be used: {error.strerror}")


def _file(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    """The lock's file, by its number; made with its folder where it has to be."""
    try:
        if flags & os.O_CREAT:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = os.open(_file(path), flags, 0o600)
    except OSError as error:
        raise _unusable(path, error) from error
    try:
        yield number
    finally:
        os.close(number)


def _locked(lock: int, how: int, patience: float) -> bool:
    """Take the lock, within so many seconds."""
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(0.05)
        else:
            return True
