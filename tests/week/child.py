"""The daemon of the simulated week: `watcher run`, to which an hour is as long as it has something to do.

Run as `python -m tests.week.child <folder> <days> <seconds of a step> <port>`. All is the product's: its jobs,
threads, doors and parsers. Its clock stands still while a job is at work, and leaps to the next step when all have
ended, so that a week takes minutes on any machine and nothing is late because the machine is slow. It tells of
itself at the end of each day, a line of JSON.
"""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO, Any

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED

from tests.week.press import DAY, OUTAGE, START
from tests.week.server import SharedTime
from watcher import app
from watcher.app.clock import Clock
from watcher.app.daemon import run_forever
from watcher.app.jobs import Job, Jobs
from watcher.app.signals import asked_by_signals
from watcher.app.words import utc_now
from watcher.cli.logs import log_to_stderr
from watcher.edges.fetch import Fetcher

_NEVER = 10**8  # seconds: by the clock of the machine no job has a second run
_NOWHERE = "255.255.255.255"  # no way leads there: what connects is told so at once
_TABLES = ("article", "former", "story", "alert", "delivery", "history", "page", "trace")


class Steps(Jobs):
    """The jobs, each run when the simulated time says so, side by side as ever.

    `before`: called before each step, with its number, and at the end; no job is at work then.
    """

    def __init__(
        self,
        time: SharedTime,
        step: float,
        steps: int,
        before: Callable[[int], None],
        *jobs: Any,
    ) -> None:
        self._time, self._step, self._steps, self._before = time, step, steps, before
        self._every: dict[str, int] = {}
        self._due: dict[str, float] = {}  # job -> seconds since START
        self._under_way: set[str] = set()
        self._ended = threading.Condition()
        super().__init__(*jobs)
        self._scheduler.add_listener(self._end_of, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)

    def start(self) -> None:
        super().start()
        threading.Thread(target=self._run, daemon=True).start()

    def _add(self, name: str, job: Job, seconds: int) -> None:
        with self._ended:
            self._every[name], self._due[name] = seconds, self._time.seconds + seconds
            self._under_way.add(name)  # each is run at once
        super()._add(name, job, _NEVER)

    def _end_of(self, event: Any) -> None:
        with self._ended:
            self._under_way.discard(event.job_id)
            self._ended.notify()

    def _run(self) -> None:
        for step in range(self._steps):
            with self._ended:
                self._ended.wait_for(lambda: not self._under_way)
            self._before(step)
            self._time.advance(self._step)
            now = self._time.seconds
            with self._ended:
                due = [name for name, at in self._due.items() if at <= now]
                self._under_way.update(due)
            for name in due:
                self._due[name] = now + self._every[name]
                self._scheduler.modify_job(name, next_run_time=utc_now())
        with self._ended:
            self._ended.wait_for(lambda: not self._under_way)
        self._before(self._steps)
        os.kill(os.getpid(), signal.SIGTERM)


class Plans:
    """Writes down, of what was polled at a moment, when it is to be polled next: what later polls are held against."""

    def __init__(self, looking: sqlite3.Connection, notes: IO[str]) -> None:
        self._looking, self._notes = looking, notes

    def note(self, now: datetime) -> None:
        polled = "SELECT source, next_poll_at FROM turn WHERE polled_at >= ?"
        for name, planned in self._looking.execute(polled, (f"{now:%Y-%m-%d %H:%M:%S}",)).fetchall():
            at = datetime.fromisoformat(planned).replace(tzinfo=UTC)
            self._notes.write(f"{name}\t{_seconds(now):.1f}\t{_seconds(at):.1f}\n")


def _seconds(moment: datetime) -> float:
    """Since START."""
    return (moment - START).total_seconds()


@dataclass(frozen=True)
class Size:
    """How large a daemon is at a moment. Memory in KiB, files in bytes."""

    day: float
    memory: int
    parsers: int
    threads: int
    files: int
    database: int
    rows: dict[str, int]


def size(looking: sqlite3.Connection, database: Path, day: float) -> Size:
    mine = Path("/proc/self")
    children = " ".join(path.read_text() for path in mine.glob("task/*/children")).split()
    rows = {name: looking.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in _TABLES}
    files = [database, database.with_name(database.name + "-wal")]
    return Size(
        day,
        _resident(mine),
        sum(_resident(Path("/proc") / child) for child in children),
        len(list((mine / "task").iterdir())),
        len(list((mine / "fd").iterdir())),
        sum(file.stat().st_size for file in files if file.exists()),
        rows,
    )


def _resident(process: Path) -> int:
    found = re.search(r"VmRSS:\s+(\d+)", (process / "status").read_text())
    return int(found[1]) if found else 0


def main(folder: Path, days: float, step: float, port: int) -> None:
    log_to_stderr("text", verbose=False)
    asked = asked_by_signals()
    time = SharedTime(folder / "time")
    settings = app.load(folder / "config.toml", {})
    clock = Clock(lambda: START + timedelta(seconds=time.seconds), lambda: time.seconds)
    a_day = round(DAY.total_seconds() / step)

    def fetcher(address: str) -> Fetcher:
        """To which all outlets are at this address."""
        return Fetcher("watcher/week", clock=clock.now, names={f"*:{port}": [address]})

    with (
        app.opened(settings, clock, asked) as running,
        (folder / "plans").open("w") as notes,
        fetcher("127.0.0.1") as online,
        fetcher(_NOWHERE) as cut_off,
        closing(sqlite3.connect(settings.config.database, check_same_thread=False)) as looking,
    ):
        running.doors.fetcher.close()
        running.doors = replace(running.doors, fetcher=online)
        plans = Plans(looking, notes)

        def before(step_number: int) -> None:
            """What is noted of the last step and of the day; and what happens to the network."""
            plans.note(clock.now())
            if step_number % a_day == 0:
                print(
                    json.dumps(asdict(size(looking, settings.config.database, step_number / a_day))),
                    flush=True,
                )
            away = OUTAGE[0] <= timedelta(seconds=(step_number + 1) * step) < OUTAGE[1]
            running.doors = replace(running.doors, fetcher=cut_off if away else online)

        run_forever(running, partial(Steps, time, step, round(days * a_day), before))


if __name__ == "__main__":
    logging.captureWarnings(True)
    main(Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
