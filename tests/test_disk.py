"""A disk that is full, a file that may not be written, a lock, a damaged file: what happens, in one plain sentence."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from tests.commands import COMMAND, environment, until, watcher
from tests.disks import fill, may_not_be_written, small_disk
from tests.edges.test_copies import of_the_first_version
from tests.edges.test_ruins import overwrite
from tests.world import CALL, VOTE, WEATHER, World, rss, world
from watcher.app import App
from watcher.app.jobs import Jobs
from watcher.app.monitoring import health, readiness
from watcher.core.upkeep.disk import room_for_more
from watcher.edges.store import Store
from watcher.errors import StoreError

MB = 10**6


@pytest.fixture
def small(tmp_path: Path) -> Iterator[World]:
    """A world whose disk holds 24 MB."""
    with small_disk(tmp_path, 24) as disk, world(disk) as earth:
        yield earth


def passes(running: App) -> int:
    """How many new articles one pass finds."""
    return sum(report.new for report in running.run_once())


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_reading_that_paused_goes_on_later_than_it_paused(free: int, least: int) -> None:
    if room_for_more(free, least, before=False):
        assert room_for_more(free, least, before=True)
    assert room_for_more(free, least, before=True) == (free >= least)


def test_on_a_disk_that_is_almost_full_nothing_is_read_and_what_waits_is_sent(small: World) -> None:
    small.feeds.serve("/un.xml", rss([VOTE]))
    small.configure("/un.xml", polling="min_free_mb = 8")
    small.desk.statuses = [503]
    with small.running() as running:
        assert passes(running) == 1
        assert small.told == []
        filler = fill(small.folder, left=4 * MB)
        small.feeds.serve("/un.xml", rss([VOTE, CALL, WEATHER]))
        running.doors.store.resend(key_of_the_only_alert(running), "desk", running.doors.clock())
        for _ in range(2):
            assert passes(running) == 0
        told = sorted(small.told, key=len)
        assert told[0] == "watcher: the disk is almost full, nothing new is read"
        assert "107-12-51" in told[-1]
        assert len(told) == 2
        filler.unlink()
        assert passes(running) == 2
    assert [subject for subject in small.told if "reading goes on" in subject] != []
    assert len(small.told) == 4


def key_of_the_only_alert(running: App) -> str:
    with running.doors.store.reading() as reading:
        [alert] = reading.alerts(None, 9)
    return str(alert["key"])


def test_on_a_disk_that_is_full_to_the_last_byte_what_waits_is_sent_and_it_goes_on_alone(
    small: World,
) -> None:
    """Another program has filled it, and has not asked how much was to be left."""
    small.feeds.serve("/un.xml", rss([VOTE]))
    small.configure("/un.xml", polling="min_free_mb = 1")
    small.desk.statuses = [503]
    with small.running() as running:
        passes(running)
        filler = fill(small.folder)
        small.feeds.serve("/un.xml", rss([VOTE, CALL]))
        running.doors.store.resend(key_of_the_only_alert(running), "desk", running.doors.clock())
        assert passes(running) == 0
        assert len(small.told) == 2
        assert "watcher: the disk is almost full, nothing new is read" in small.told
        [trouble] = running.troubles
        assert "nothing new is read until there are 1 MB" in trouble
        filler.unlink()
        assert passes(running) == 1
        assert running.troubles == []
    assert sum("107-12-51" in subject for subject in small.told) == 1
    assert "sound" in watcher(small.folder, "db", "check").stdout


def test_on_a_full_disk_status_says_why_nothing_is_read(small: World) -> None:
    small.configure(polling="min_free_mb = 8")
    with small.running():
        fill(small.folder, left=4 * MB)
        assert "the disk has only 4 MB left: nothing new is read" in watcher(small.folder, "status").stdout


def test_a_backup_for_which_there_is_no_room_says_so_and_leaves_nothing(small: World) -> None:
    small.configure()
    small.once()
    fill(small.folder, left=0)
    said = watcher(small.folder, "db", "backup", "copy.db", code=1).stderr
    assert "the disk is full" in said
    assert not list(small.folder.glob("copy.db*"))


def test_what_is_written_to_a_full_disk_is_written_whole_or_not_at_all(small: World) -> None:
    small.feeds.serve("/un.xml", rss([VOTE]))
    small.configure("/un.xml", polling="min_free_mb = 1")
    small.once()
    config = small.config.read_bytes()
    before = {file.name for file in small.folder.iterdir()} | {"filler", "record"}
    filler = fill(small.folder)
    for command, file in (
        (("db", "export", "record"), "s.jsonl"),
        (("db", "export", "record", "--csv"), "s.csv"),
        (("sources", "export", "feeds.opml"), "feeds.opml"),
        (("sources", "pause", "/un.xml"), "config.toml"),
    ):
        said = watcher(small.folder, *command, code=1).stderr
        assert said.count("\n") == 1
        assert f"{file} cannot be" in said
        assert "No space left on device" in said
    assert {file.name for file in small.folder.iterdir() if ".db-" not in file.name} <= before
    assert not list((small.folder / "record").glob("*.partial"))
    assert small.config.read_bytes() == config
    filler.unlink()
    assert "votes.jsonl: 1" in watcher(small.folder, "db", "export", "record").stdout


def test_a_migration_for_which_there_is_no_room_leaves_the_old_database(small: World) -> None:
    small.configure()
    of_the_first_version(small.folder / "watcher.db", stories=2000)
    filler = fill(small.folder, left=100_000)
    said = watcher(small.folder, "run", "--once", code=1).stderr
    assert "the disk is full" in said
    assert said.count("\n") == 1
    filler.unlink()
    watcher(small.folder, "run", "--once")
    assert "sound" in watcher(small.folder, "db", "check").stdout


def test_where_the_log_cannot_be_written_watcher_goes_on(small: World, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with world(elsewhere) as earth:
        earth.configure()
        (elsewhere / "drop" / "note.txt").write_text(f"{VOTE.title}\n\n{VOTE.text}", "utf-8")
        fill(small.folder)
        with (small.folder / "log").open("w") as log:
            command = [*COMMAND, "run", "--once"]
            subprocess.run(command, cwd=elsewhere, env=environment(), stderr=log, stdout=log, check=False)
        assert len(earth.told) == 1


def test_a_database_that_may_not_be_written_is_refused_with_the_reason(small: World) -> None:
    small.configure()
    small.once()
    may_not_be_written(small.folder)
    said = watcher(small.folder, "run", "--once", code=1).stderr
    assert "Read-only file system" in said
    assert said.count("\n") == 1


def test_while_another_tool_locks_the_database_all_waits_and_then_goes_on(
    earth: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    earth.configure()
    with earth.running() as running:
        in_haste(running.doors.store)
        jobs = Jobs({"folders": (running.poll_folders, 1)}, running.deliver, running.pulse, running.reach)
        jobs.deliver_to(running.doors.receivers)
        with closing(sqlite3.connect(running.settings.config.database)) as other:
            other.execute("BEGIN EXCLUSIVE")
            (earth.folder / "drop" / "note.txt").write_text(f"{VOTE.title}\n\n{VOTE.text}", "utf-8")
            jobs.start()
            try:
                until(lambda: running.troubles)
                assert "is locked by another program" in watcher(earth.folder, "status").stdout
                page = readiness(lambda: True, running.troubles, lambda: pytest.fail("it is locked"))
                assert page.status == 503
                assert "is locked by another program; close whatever has it open" in page.text
                assert health(running.hung, running.troubles).status == 200
                other.rollback()
                until(lambda: earth.told and not running.troubles)
            finally:
                jobs.end()
    assert len(earth.told) == 1
    said = [record.getMessage() for record in caplog.records if "the database" in record.getMessage()]
    assert len(said) == 2, said
    assert "is locked by another program" in said[0]
    assert said[1] == "the database can be used again"


def test_a_database_that_is_taken_away_from_a_running_watcher_is_missed_at_once(earth: World) -> None:
    """What it wrote would go with the file that has lost its name."""
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml")
    with earth.running() as running:
        database = running.settings.config.database
        database.rename(earth.folder / "mine.db")
        for other in (False, True):
            if other:
                database.touch()
            with pytest.raises(
                StoreError, match="was moved, removed or replaced while watcher runs; put it back"
            ):
                passes(running)
        (earth.folder / "mine.db").rename(database)
        assert passes(running) == 1


def test_a_database_that_is_damaged_while_watcher_runs_is_named_and_healed_by_a_backup(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE, CALL, WEATHER]))
    earth.configure("/un.xml")
    with earth.running() as running:
        assert passes(running) == 3
        watcher(earth.folder, "db", "backup", "copy.db")
        running.doors.store.close()  # nothing of it is in memory any more
        overwrite(running.settings.config.database, 4096)
        assert not running.reach.tried("feeds", lambda: passes(running))
        [trouble] = running.troubles
        assert "is damaged; bring back a backup with `watcher db restore FILE`" in trouble
    watcher(earth.folder, "db", "restore", "copy.db")
    assert "3 articles known" in watcher(earth.folder, "run", "--once").stderr


def in_haste(store: Store) -> None:
    """Half a minute would be long for a test."""
    store.close()
    event.listen(store.engine, "connect", lambda connection, _: impatient(connection))


def impatient(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA busy_timeout = 50")


def test_a_file_that_is_no_database_is_refused_with_what_to_do(earth: World) -> None:
    earth.configure()
    (earth.folder / "watcher.db").write_text("these are notes, and many of them" * 100)
    for command in (("run", "--once"), ("status",), ("db", "check"), ("db", "backup")):
        said = watcher(earth.folder, *command, code=1).stderr
        assert "is not a database" in said
        assert said.count("\n") == 1


def test_a_damaged_database_is_told_with_the_way_out_and_a_backup_heals_it(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE, CALL, WEATHER]))
    earth.configure("/un.xml")
    earth.once()
    watcher(earth.folder, "db", "backup", "copy.db")
    overwrite(earth.folder / "watcher.db", 4096)
    said = watcher(earth.folder, "run", "--once", code=1).stderr
    assert "is damaged; bring back a backup with `watcher db restore FILE`" in said
    watcher(earth.folder, "db", "check", code=1)
    watcher(earth.folder, "db", "restore", "copy.db")
    assert "3 articles known" in watcher(earth.folder, "run", "--once").stderr
