"""Backups: whole, checked, and never in the way of who is killed while making one."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event

from tests.commands import FORKS
from tests.world import new_database
from watcher.core.alerts.deciding import Decision
from watcher.core.assessment import Assessment
from watcher.core.formats.pages import Page
from watcher.core.judgement import Judgement
from watcher.core.keys import digest
from watcher.core.messages import Message
from watcher.core.model import Article, Severity
from watcher.core.upkeep.retention import Retention
from watcher.edges.store import Outcome, Store, back_up, problems, restore, schema, sole_use
from watcher.errors import StoreError
from watcher.pipeline import prune

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=100)
KEPT = Retention(deliveries=timedelta(days=90))


def made(path: Path, *keys: str) -> Path:
    """A database in which these alerts wait, and what waited before."""
    if not path.exists():
        path.write_bytes(new_database())
    store = Store.open(path)
    tell(store, *keys)
    store.close()
    return path


def tell(store: Store, *keys: str) -> None:
    for key in keys:
        store.tell(Message(key, Severity.HIGH, key, "text " * 2000, "<p>text</p>"), ["desk"], NOW)


def told(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return [key for (key,) in database.execute("SELECT key FROM alert ORDER BY id")]


def of_the_first_version(path: Path, stories: int = 1) -> Path:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for number in range(stories):
            connection.exec_driver_sql(
                "INSERT INTO story VALUES (?, ?, 'UN votes', '2026-02-24 12:00:00', '2026-02-24 12:00:00', '[]',"
                ' \'["ukraine"]\', \'[{"body": "UNGA"}]\', \'["desk"]\')',
                (number + 1, f"key {number}"),
            )
    engine.dispose()
    return path


def damage(path: Path) -> None:
    """As a failing disk does: some pages in the middle are not what was written."""
    with path.open("r+b") as file:
        for page in range(2, 40, 3):
            file.seek(page * 4096)
            file.write(os.urandom(4096))


def test_a_backup_holds_all_that_was_committed_while_others_write(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "watcher.db")
    tell(store, "one")
    with store.ingest() as ingest:
        ingest.settle_file("drop", "half.txt", "half", None)
        back_up(tmp_path / "watcher.db", tmp_path / "copy.db")
    tell(store, "two")
    store.close()
    assert told(tmp_path / "copy.db") == ["one"]
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM file").fetchone() == (0,)


def test_a_backup_is_one_file_that_only_its_owner_can_read(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "watcher.db")
    (tmp_path / "backups").mkdir()
    back_up(tmp_path / "watcher.db", tmp_path / "backups" / "copy.db")
    store.close()
    [copy] = (tmp_path / "backups").iterdir()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_backup_takes_the_place_of_no_other_file(tmp_path: Path) -> None:
    made(tmp_path / "watcher.db")
    (tmp_path / "letters.db").write_text("dear")
    with pytest.raises(StoreError, match="give another name"):
        back_up(tmp_path / "watcher.db", tmp_path / "letters.db")
    assert (tmp_path / "letters.db").read_text() == "dear"


def test_a_damaged_database_is_not_taken_for_a_backup(tmp_path: Path) -> None:
    path = made(tmp_path / "watcher.db", *map(str, range(30)))
    damage(path)
    with pytest.raises(StoreError, match="damaged"):
        back_up(path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
    assert not (tmp_path / "copy.db.partial").exists()


def test_what_is_wrong_with_a_database_is_found(tmp_path: Path) -> None:
    path = made(tmp_path / "watcher.db", "one")
    assert problems(path) == []
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM alert")
    [problem] = problems(path)
    assert "refers to a row of alert that is not there" in problem


def test_a_backup_is_brought_back_and_what_was_there_is_kept(tmp_path: Path) -> None:
    path, aside = made(tmp_path / "watcher.db", "one"), tmp_path / "aside.db"
    back_up(path, tmp_path / "copy.db")
    made(path, "two")
    assert restore(path, tmp_path / "copy.db", aside)
    assert (told(path), told(aside)) == (["one"], ["one", "two"])
    made(path, "three")
    assert told(path) == ["one", "three"]


def test_a_backup_is_brought_back_where_there_is_nothing_or_only_ruins(tmp_path: Path) -> None:
    path, aside = made(tmp_path / "watcher.db", *map(str, range(30))), tmp_path / "aside.db"
    back_up(path, tmp_path / "copy.db")
    damage(path)
    assert restore(path, tmp_path / "copy.db", aside)
    assert problems(path) == []
    path.unlink()
    assert not restore(path, tmp_path / "copy.db", aside)
    assert len(told(path)) == 30


def test_a_killed_daemon_s_last_writes_do_not_leak_into_the_backup_that_is_brought_back(
    tmp_path: Path,
) -> None:
    path = made(tmp_path / "watcher.db", "one")
    back_up(path, tmp_path / "copy.db")

    def write_and_die() -> None:
        tell(Store.open(path), "two")
        os.kill(os.getpid(), signal.SIGKILL)

    pid = os.fork()
    if not pid:
        write_and_die()
    os.waitpid(pid, 0)
    assert path.with_name("watcher.db-wal").stat().st_size
    restore(path, tmp_path / "copy.db", tmp_path / "aside.db")
    assert (told(path), told(tmp_path / "aside.db")) == (["one"], ["one", "two"])


def test_nothing_is_brought_back_while_a_daemon_runs(tmp_path: Path) -> None:
    path = made(tmp_path / "watcher.db", "one")
    back_up(path, tmp_path / "copy.db")
    with sole_use(path), pytest.raises(StoreError, match="stop it first"):
        restore(path, tmp_path / "copy.db", tmp_path / "aside.db")


def test_what_is_no_backup_of_watcher_s_is_refused_and_nothing_is_touched(tmp_path: Path) -> None:
    path, aside = made(tmp_path / "watcher.db", "one"), tmp_path / "aside.db"
    (tmp_path / "text.db").write_text("no database at all" * 500)
    with closing(sqlite3.connect(tmp_path / "other.db")) as database, database:
        database.execute("CREATE TABLE theirs (x)")
    back_up(path, tmp_path / "newer.db")
    with closing(sqlite3.connect(tmp_path / "newer.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    (tmp_path / "empty.db").touch()
    for name, sentence in (
        ("text", "is no backup"),
        ("other", "another program's"),
        ("newer", "newer watcher"),
        ("empty", "is no backup"),
        ("none", "there is no backup"),
    ):
        with pytest.raises(StoreError, match=sentence) as refused:
            restore(path, tmp_path / f"{name}.db", aside)
        assert f"{name}.db" in str(refused.value)
    assert told(path) == ["one"]
    assert not aside.exists()


def test_an_older_database_is_kept_before_it_is_brought_up_to_date(tmp_path: Path) -> None:
    path = of_the_first_version(tmp_path / "watcher.db")
    (tmp_path / "watcher.db.before-0001").touch()
    Store.open(path).close()
    kept = tmp_path / f"watcher.db.before-{schema.HEAD}"
    with closing(sqlite3.connect(kept)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    assert sorted(tmp_path.glob("*.before-*")) == [kept]
    restore(path, kept, tmp_path / "aside.db")
    Store.open(path).close()


# -- killed at every step ---------------------------------------------------------------------------------------


def migrated(folder: Path) -> None:
    Store.open(folder / "watcher.db").close()


def backed_up(folder: Path) -> None:
    back_up(folder / "watcher.db", folder / "copy.db")


def brought_back(folder: Path) -> None:
    restore(folder / "watcher.db", folder / "backup.db", folder / "aside.db")


def pruned(folder: Path) -> None:
    store = Store.open(folder / "watcher.db")
    for _ in prune(store, KEPT, ["a"], LATER):
        pass
    store.close()


def dying(act: Callable[[Path], None], folder: Path, dies_at: int, steps: Path) -> None:
    """Do it in this process, which is killed at a step: a statement, or a call that touches a file."""
    number = 0

    def step(*_: object) -> None:
        nonlocal number
        number += 1
        if number == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def touch(name: str, _arguments: object) -> None:
        if name in {"open", "os.rename", "os.link", "os.remove", "sqlite3.connect"}:
            step()

    event.listen(Engine, "checkout", lambda driver, *_: driver.set_trace_callback(step))
    sys.addaudithook(touch)
    act(folder)
    steps.write_text(str(number))


def killed_at_each_step(
    tmp_path: Path, act: Callable[[Path], None], prepare: Callable[[Path], object], every: int
) -> list[Path]:
    """The folders in which it was killed, each at another step; and last the one in which it was not.

    `every`: how many steps lie between two kills; `KILL_EVERY=1` kills at every single one, and takes minutes.
    """
    every = int(os.environ.get("KILL_EVERY", every))
    folders: list[Path] = []
    step = 1
    while not folders or not (folders[-1] / "steps").exists():
        folders.append(tmp_path / str(step))
        folders[-1].mkdir()
        prepare(folders[-1])
        process = FORKS.Process(target=dying, args=(act, folders[-1], step, folders[-1] / "steps"))
        process.start()
        process.join(60)
        assert process.exitcode in (0, -signal.SIGKILL)
        step += every
    assert len(folders) > 3
    return folders


def test_killed_anywhere_a_migration_leaves_the_old_database_or_the_new_one(tmp_path: Path) -> None:
    old = of_the_first_version(tmp_path / "old.db", stories=3)

    def prepare(folder: Path) -> None:
        (folder / "watcher.db").write_bytes(old.read_bytes())

    for folder in killed_at_each_step(tmp_path, migrated, prepare, every=67):
        assert problems(folder / "watcher.db") == []
        store = Store.open(folder / "watcher.db")
        with store.reading() as reading:
            assert len(reading.events.stories(None, 9)) == len(reading.events.votes(None, 9)) == 3
        store.close()
        assert problems(folder / f"watcher.db.before-{schema.HEAD}") == []


def test_killed_anywhere_a_backup_is_whole_or_not_there(tmp_path: Path) -> None:
    whole = made(tmp_path / "whole.db", "one")

    def prepare(folder: Path) -> None:
        (folder / "watcher.db").write_bytes(whole.read_bytes())

    for folder in killed_at_each_step(tmp_path, backed_up, prepare, every=4):
        assert told(folder / "watcher.db") == ["one"]
        if not (folder / "copy.db").exists():
            backed_up(folder)
        assert told(folder / "copy.db") == ["one"]


def test_killed_anywhere_there_is_a_database_the_old_one_or_the_one_brought_back(tmp_path: Path) -> None:
    old, new = made(tmp_path / "old.db", "old"), made(tmp_path / "new.db", "new")

    def prepare(folder: Path) -> None:
        (folder / "watcher.db").write_bytes(old.read_bytes())
        (folder / "backup.db").write_bytes(new.read_bytes())

    ended = []
    for folder in killed_at_each_step(tmp_path, brought_back, prepare, every=5):
        assert problems(folder / "watcher.db") == []
        ended += told(folder / "watcher.db")
        restore(folder / "watcher.db", folder / "backup.db", folder / "later.db")
        assert told(folder / "watcher.db") == ["new"]
    assert set(ended) == {"old", "new"}


def test_killed_anywhere_pruning_leaves_a_sound_database_and_goes_on_at_the_next_start(
    tmp_path: Path,
) -> None:
    """Of each article there is either all or its key, so that none comes again."""
    full = tmp_path / "full.db"
    store = Store.open(full)
    keys = [f"key {number}" for number in range(600)]
    with store.ingest() as ingest:
        ingest.save_unmatched([(unwanted(key), True) for key in keys])
        ingest.pages.save([Page(f"https://a.example/{number}", "text") for number in range(150)], NOW)
    tell(store, "one")
    delivery = store.take_delivery("desk", NOW)
    assert delivery
    store.settle_delivery(delivery, Outcome("sent"), NOW)
    store.close()

    def prepare(folder: Path) -> None:
        (folder / "watcher.db").write_bytes(full.read_bytes())

    left = []
    for folder in killed_at_each_step(tmp_path, pruned, prepare, every=67):
        assert problems(folder / "watcher.db") == []
        store = Store.open(folder / "watcher.db")
        with store.reading() as reading:
            left.append(reading.totals()["articles"])
        assert store.unknown("a", digests_of(keys))[0] == set()
        pruned(folder)
        assert not any(store.prunable(store.limits(KEPT, LATER)).values())
        store.close()
    assert left[0] == 600
    assert left[-1] == 0
    assert len(set(left)) > 2


def unwanted(key: str) -> Assessment:
    article = Article("a", key, key, "Nothing.", NOW)
    return Assessment(article, Judgement(), Decision(None, "no rule's words are there"))


def digests_of(keys: Iterable[str]) -> dict[str, str]:
    return {key: digest(unwanted(key).article) for key in keys}
