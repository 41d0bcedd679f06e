"""Whole copies of a database file, and whether one is sound. For SQLite alone, as dialect.py.

A copy grows beside its target, under the target's name and `.partial`, and takes its place only when it is whole and
was checked. Who is killed before leaves the target as it was; the next copy takes the partial one over.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from glob import escape
from pathlib import Path

from watcher.edges.store.causes import translated
from watcher.edges.store.dialect import BUSY_SECONDS, must_be_a_file, open_file, to_read
from watcher.edges.store.place import in_use, sole_use
from watcher.edges.store.schema import refuse_newer, revision
from watcher.errors import StoreError

_MOST_TOLD = 10  # problems
_BEGINNING = b"SQLite format 3\0"
_BESIDE = ("-wal", "-shm")


def back_up(path: Path, target: Path) -> None:
    """Copy the database, which may be in use, into a new file that only its owner can read. Raises StoreError.

    Who writes meanwhile does not wait, and is not in the copy.
    """
    if not path.exists():
        raise StoreError(f"there is no database at {path} yet; `watcher run` makes it")
    must_be_a_file(path)
    if target.exists():
        raise StoreError(f"there is a file {target} already; give another name, or remove it")
    _replace(target, path)


def back_up_before_migration(path: Path, version: str) -> None:
    """Keep the database as it is before it is brought to this version, in place of what an earlier one has kept."""
    kept = path.with_name(f"{path.name}.before-{version}")
    _replace(kept, path)
    for other in path.parent.glob(f"{escape(path.name)}.before-*"):
        if other != kept:
            other.unlink()


def restore(path: Path, backup: Path, aside: Path) -> bool:
    """Put a backup in the place of the database, which is kept as `aside`; whether there was one.

    At every moment there is a database, the old or the new one. Raises StoreError: where a daemon runs, or the backup
    is damaged, not watcher's, or of a newer program.
    """
    if not backup.is_file():
        raise StoreError(f"there is no backup {backup}")
    if not _begins_as_a_database(backup):
        raise StoreError(f"{backup} is no backup; give the file that `watcher db backup` made")
    must_be_a_file(path)
    if in_use(path):
        raise StoreError(f"watcher is running on {path}; stop it first, and start it when this is done")
    with sole_use(path), _taking_the_place_of(path) as partial:
        _copy(backup, partial, path)
        return _keep(path, aside)


def problems(path: Path) -> list[str]:
    """What is wrong with a database; none where it is sound. Raises StoreError where it cannot be read at all."""
    with translated(path):
        return _problems(path)


def _problems(path: Path) -> list[str]:
    with _reading(path) as database:
        found = [
            line for (line,) in database.execute(f"PRAGMA integrity_check({_MOST_TOLD})") if line != "ok"
        ]
        for table, row, other, _ in database.execute("PRAGMA foreign_key_check").fetchmany(_MOST_TOLD):
            found.append(f"row {row} of the table {table} refers to a row of {other} that is not there")
        return found


@contextmanager
def _taking_the_place_of(target: Path) -> Iterator[Path]:
    """An empty file that becomes the target, unless something goes wrong."""
    partial = target.with_name(f"{target.name}.partial")
    try:
        _remove(partial)
        os.close(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            yield partial
            _reach_the_disk(partial)
            os.replace(partial, target)
            _reach_the_disk(target.parent)
        except BaseException:
            _remove(partial)
            raise
    except OSError as error:
        raise StoreError(f"the file {target} cannot be written: {error.strerror}") from error


def _remove(partial: Path) -> None:
    """With what SQLite keeps beside a file at work."""
    for ending in ("", *_BESIDE, "-journal"):
        partial.with_name(partial.name + ending).unlink(missing_ok=True)


def _reach_the_disk(path: Path) -> None:
    """A file's content, or a folder's names."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _replace(target: Path, path: Path) -> None:
    with _taking_the_place_of(target) as partial:
        _copy(path, partial, target)


def _copy(path: Path, partial: Path, target: Path) -> None:
    """A sound copy of a database of watcher's, which is to be `target`; or a StoreError."""
    with translated(path), _reading(path) as source:
        source.execute("SELECT count(*) FROM sqlite_schema")
        with translated(target), closing(sqlite3.connect(partial, timeout=BUSY_SECONDS)) as copy:
            copy.execute("PRAGMA journal_mode = OFF")  # until it is whole it is worth nothing
            source.backup(copy)  # all in one step: a copy in steps begins anew whenever somebody writes
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with none beside it
    with translated(path):
        if found := _problems(partial):
            raise StoreError(f"the database {path} is damaged, and was not copied: {found[0]}")
    _must_be_ours(partial, path)


def _must_be_ours(copy: Path, path: Path) -> None:
    engine = open_file(copy, read_only=True)
    try:
        found = revision(engine, path)
    finally:
        engine.dispose()
    if found is None:
        raise StoreError(f"the database {path} is empty")
    refuse_newer(found, path)


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(to_read(path), uri=True, timeout=BUSY_SECONDS)) as database:
        yield database


def _begins_as_a_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_BEGINNING)) == _BEGINNING


def _keep(path: Path, aside: Path) -> bool:
    """Under another name, with what was written and not yet moved into the file itself."""
    if not path.exists():
        return False
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as database:  # damaged: as it is
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    try:
        os.link(path, aside)
    except OSError:  # some file systems know no links
        shutil.copy2(path, aside)
    written = path.with_name(f"{path.name}-wal")
    if written.exists() and written.stat().st_size:
        written.replace(aside.with_name(f"{aside.name}-wal"))
    for ending in _BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    return True
