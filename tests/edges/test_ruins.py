"""What is no database of watcher's, or one no longer, and what is said of it: by whoever opens, reads or copies it."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.commands import FORKS
from tests.disks import fill, may_not_be_written, small_disk
from tests.world import new_database
from watcher.core.messages import Message
from watcher.core.model import Severity
from watcher.edges.store import Store, back_up, in_use, problems, restore, sole_use
from watcher.errors import StoreError

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with an alert."""
    return made(tmp_path)


def made(folder: Path) -> Path:
    path = folder / "watcher.db"
    path.write_bytes(new_database())
    store = Store.open(path)
    for number in range(30):
        store.tell(Message(f"key {number}", Severity.HIGH, "text", "text " * 500, ""), ["desk"], NOW)
    store.close()
    return path


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        for statement in statements:
            database.execute(statement)


def overwrite(path: Path, start: int, length: int | None = None) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(start)
        file.write(os.urandom(length or size - start))


def anew(path: Path, *statements: str) -> None:
    path.unlink()
    run(path, *statements)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


RUINS: dict[str, tuple[Callable[[Path], object], str]] = {
    "notes": (lambda path: path.write_text("these are notes, and many of them" * 100), "is not a database"),
    "a spoilt beginning": (lambda path: overwrite(path, 0, 100), "is not a database, or its beginning is damaged"),
    "a spoilt list of tables": (lambda path: overwrite(path, 100, 3000), "is damaged; bring back a backup"),
    "a spoilt rest": (lambda path: overwrite(path, 4096), "is damaged; bring back a backup"),
    "cut off": (lambda path: os.truncate(path, path.stat().st_size // 2 + 777), "is damaged; bring back a backup"),
    "a table lost": (lambda path: run(path, "DROP TABLE delivery"), "is damaged, it has no delivery; bring back"),
    "a folder": (a_folder, "is a folder or no file at all; give another in the config"),
    "a pipe": (a_pipe, "is a folder or no file at all"),
    "another program's": (lambda path: anew(path, "CREATE TABLE theirs (x)"), "is another program's; give another"),
    "marked by another": (lambda path: anew(path, "PRAGMA application_id = 252006673"), "is another program's"),
    "another user of Alembic": (
        lambda path: anew(
            path, "CREATE TABLE alembic_version (version_num)", "INSERT INTO alembic_version VALUES ('ae1027a6acf')"
        ),
        "is another program's",
    ),
    "of no version": (lambda path: run(path, "DELETE FROM alembic_version"), "is another program's"),
    "of a newer watcher": (
        lambda path: run(path, "UPDATE alembic_version SET version_num = '9999'"),
        "is of a newer watcher",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("ruin", "says"), RUINS.values(), ids=list(RUINS))
def test_each_ruin_is_named_by_its_own_name_and_left_as_it_is(
    path: Path, ruin: Callable[[Path], object], says: str
) -> None:
    ruin(path)
    before = path.read_bytes() if path.is_file() else b""
    copy = path.with_name("copy.db")
    for act in (Store.open, Store.open_to_read, Store.open_to_change, lambda path: back_up(path, copy)):
        with pytest.raises(StoreError) as refused:
            act(path)
        assert f"{path} {says}" in str(refused.value)
        assert "\n" not in str(refused.value)
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert not list(path.parent.glob("copy.db*"))


@pytest.mark.parametrize("ruin", [RUINS[name][0] for name in RUINS if name not in ("a folder", "a pipe")])
def test_a_backup_heals_each_of_them(tmp_path: Path, ruin: Callable[[Path], object]) -> None:
    path, copy = made(tmp_path), tmp_path / "copy.db"
    back_up(path, copy)
    ruin(path)
    assert restore(path, copy, tmp_path / "aside.db")
    assert problems(path) == []
    Store.open(path).close()


def test_an_empty_file_is_filled_by_a_start_and_told_from_a_damaged_one_by_others(tmp_path: Path) -> None:
    path = tmp_path / "watcher.db"
    path.touch()
    for act in (Store.open_to_read, lambda path: back_up(path, tmp_path / "copy.db")):
        with pytest.raises(StoreError, match="is empty"):
            act(path)
    assert path.stat().st_size == 0
    Store.open(path).close()
    Store.open_to_read(path).close()


def test_a_spoilt_journal_costs_what_was_in_it_and_not_the_database(path: Path) -> None:
    """Its sums show SQLite where it is spoilt."""
    store = Store.open(path)
    store.tell(Message("the last", Severity.HIGH, "text", "text", ""), ["desk"], NOW)
    left = {name: path.with_name(name).read_bytes() for name in ("watcher.db", "watcher.db-wal")}
    store.close()
    for name, content in left.items():
        path.with_name(name).write_bytes(content)
    overwrite(path.with_name("watcher.db-wal"), 0)
    assert problems(path) == []
    store = Store.open(path)
    with store.reading() as reading:
        assert len(reading.alerts(None, 99)) == 30
    store.close()


def test_what_lies_on_a_disk_that_is_full_or_may_not_be_written_is_read_and_copied_elsewhere(
    tmp_path: Path,
) -> None:
    with small_disk(tmp_path, 4) as disk:
        path = made(disk)
        filler = fill(disk)
        assert_readable(path, tmp_path / "copy of a full one.db")
        filler.unlink()
        may_not_be_written(disk)
        assert_readable(path, tmp_path / "copy of a read-only one.db")


def assert_read(path: Path) -> None:
    assert not in_use(path)
    store = Store.open_to_read(path)
    with store.reading() as reading:
        assert len(reading.alerts(None, 99)) == 30
    store.close()


def assert_readable(path: Path, copy: Path) -> None:
    assert_read(path)
    back_up(path, copy)
    assert problems(path) == problems(copy) == []


def test_on_a_full_disk_a_daemon_still_keeps_another_off(tmp_path: Path) -> None:
    with small_disk(tmp_path, 4) as disk:
        path = made(disk)
        fill(disk)
        with (
            sole_use(path),
            pytest.raises(StoreError, match=r"another watcher \(process unknown\) runs"),
            sole_use(path),
        ):
            pass


def test_a_folder_that_may_not_be_written_is_read_and_a_file_that_may_not_be_read_is_named() -> None:
    with tempfile.TemporaryDirectory() as name:
        process = FORKS.Process(target=_as_nobody, args=(Path(name),))
        os.chown(name, NOBODY if os.getuid() == 0 else -1, -1)
        process.start()
        process.join(60)
        assert process.exitcode == 0


NOBODY = 65534


def _as_nobody(folder: Path) -> None:
    """In a process of its own: everything is permitted to root. Root makes the file, for nobody may be kept from
    reading the program where it stands.
    """
    path = made(folder)
    if os.getuid() == 0:
        for each in folder.iterdir():
            os.chown(each, NOBODY, -1)
        os.seteuid(NOBODY)
    folder.chmod(0o500)
    assert_read(path)
    with pytest.raises(StoreError, match="may not be written; check who owns it and its folder"):
        Store.open(path)
    folder.chmod(0o700)
    path.chmod(0)
    for act in (Store.open, Store.open_to_read, problems, lambda path: back_up(path, folder / "copy.db")):
        with pytest.raises(StoreError, match=r"watcher.db cannot be opened.*; check .*who owns it"):
            act(path)
    path.chmod(0o600)
    Store.open(path).close()
