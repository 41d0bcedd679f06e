"""Killed at any step, nothing is lost, and nothing that was recorded as sent is sent again."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from inspect import signature
from pathlib import Path

import pytest
from sqlmodel import Session

from tests.torture.child import SeenFirst, SentFirst
from tests.world import CALL, VOTE, WEATHER, World, new_database, rss
from watcher.core.messages import Message
from watcher.core.model import Severity
from watcher.edges.store import Store
from watcher.edges.store.alerting import add_alert
from watcher.edges.store.line import Line

ROOT = Path(__file__).parent.parent

# Each kill costs two starts. `KILL_EVERY=1` kills at every single step, and takes minutes.
EVERY = int(os.environ.get("KILL_EVERY", "12"))


@pytest.fixture
def run_until() -> Iterator[Callable[[Path, int], str]]:
    """Makes one pass in a process of its own that is killed at a step: "killed", or how many steps it took."""
    command = [sys.executable, "-m", "tests.crash_child"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        stdin, stdout = process.stdin, process.stdout
        assert stdin
        assert stdout

        def run(config: Path, step: int) -> str:
            stdin.write(f"{config} {step}\n")
            stdin.flush()
            return stdout.readline().strip()

        yield run
        stdin.close()


def test_a_kill_between_any_two_steps_loses_nothing_and_repeats_nothing_recorded_as_sent(
    earth: World, run_until: Callable[[Path, int], str]
) -> None:
    earth.feeds.serve("/un.xml", rss([WEATHER, VOTE, CALL]))
    earth.configure("/un.xml")
    blank = earth.config.read_bytes()
    steps = int(run_until(earth.config, 0))
    assert len(earth.told) == 2

    for step in range(1, steps + 1, EVERY):
        folder = earth.folder / str(step)
        (folder / "drop").mkdir(parents=True)
        (folder / "watcher.db").write_bytes(new_database())
        config = folder / "config.toml"
        config.write_bytes(blank)
        earth.desk.posts.clear()

        ended = run_until(config, step)
        # What is read side by side takes a step more or less: the last kills may come after the end.
        assert ended == "killed" or int(ended) < step
        recorded = sent_keys(folder)
        assert run_until(config, 0).isdigit()

        keys = [key_of(post["message"]) for post in earth.desk.posts]
        assert len(set(keys)) == 2, f"step {step}: an alert was lost"
        assert len(keys) <= 3, f"step {step}: more than the one copy that was under way came again"
        assert all(keys.count(key) == 1 for key in recorded), f"step {step}: a recorded alert came again"
        assert sent_keys(folder) == set(keys)
        shutil.rmtree(folder)


def test_a_kill_between_any_two_steps_of_a_digest_sends_the_same_digest_or_none(
    earth: World, run_until: Callable[[Path, int], str]
) -> None:
    earth.configure()
    blank = earth.config.read_text("utf-8").replace(
        "[receivers.desk]\n", '[receivers.desk]\ndigest = "hourly"\n'
    )
    earth.config.write_text(blank, "utf-8")
    waiting = earth.folder / "waiting.db"
    keys = waiting_for_an_hour(waiting)
    shutil.copy(waiting, earth.folder / "watcher.db")
    steps = int(run_until(earth.config, 0))
    assert earth.told == ["3 alerts: alert 0"]

    for step in range(1, steps + 1, EVERY):
        folder = earth.folder / str(step)
        (folder / "drop").mkdir(parents=True)
        config = folder / "config.toml"
        config.write_text(blank, "utf-8")
        shutil.copy(waiting, folder / "watcher.db")
        earth.desk.posts.clear()
        earth.desk.headers.clear()

        run_until(config, step)
        assert run_until(config, 0).isdigit()

        assert {headers["idempotency-key"] for headers in earth.desk.headers} < sent_keys(folder)
        assert len({(post["title"], post["message"]) for post in earth.desk.posts}) == 1, f"step {step}"
        assert len(earth.desk.posts) <= 2, f"step {step}: more than the one that was under way came again"
        assert all(key in earth.desk.posts[0]["message"] for key in keys), f"step {step}: an alert was lost"
        assert keys < sent_keys(folder)
        shutil.rmtree(folder)


def waiting_for_an_hour(path: Path) -> set[str]:
    """A memory in which three alerts wait for the desk; their keys."""
    store = Store.open(path)
    now = datetime.now(UTC) - timedelta(hours=2)
    keys = [f"{number:012x}" for number in range(3)]
    with Session(store.engine) as session, session.begin():
        for number, key in enumerate(keys):
            alert = Message(key, Severity.LOW, f"alert {number}", "text", "<p>text</p>")
            add_alert(Line.of(session), alert, ["desk"], now, kind="new")
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return set(keys)


def key_of(message: str) -> str:
    found = re.search(r"alert ([0-9a-f]{12})", message)
    assert found
    return found[1]


def sent_keys(folder: Path) -> set[str]:
    """The keys of the alerts that the database says were sent; and the database is sound."""
    with closing(sqlite3.connect(folder / "watcher.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'delivery'").fetchone():
            return set()  # killed before there was a schema
        rows = database.execute(
            "SELECT alert.key FROM alert JOIN delivery ON alert_id = alert.id WHERE state = 'sent'"
        )
        return {key for (key,) in rows}


@pytest.mark.parametrize("order", [SeenFirst, SentFirst])
def test_the_programs_that_the_harness_must_catch_can_be_called_as_the_product_is(order: type[Store]) -> None:
    """Else they would fail by themselves, and catching them would prove nothing."""
    for name, method in vars(order).items():
        if callable(method) and not name.startswith("_"):
            assert signature(method).parameters.keys() == signature(getattr(Store, name)).parameters.keys()
