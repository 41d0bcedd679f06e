"""The clock of this machine may be set back, and the jobs go on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from watcher.app.clock import Clock, Watch
from watcher.app.jobs import Every, Jobs
from watcher.app.pulse import Pulse
from watcher.app.reach import Reach

NOW = datetime(2026, 2, 24, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_clock_that_loses_an_hour_was_set_back_and_one_that_gains_it_was_not() -> None:
    # Of each look what both clocks have gained; a machine that slept gains time of day alone.
    gains = [
        (timedelta(seconds=2), 2),
        (HOUR, 2),
        (timedelta(seconds=-1), 2),
        (-HOUR, 2),
        (timedelta(seconds=2), 2),
    ]
    wall, ticks = NOW, 0.0
    watch = Watch(Clock(lambda: wall, lambda: ticks))
    seen = []
    for gained, ticked in gains:
        wall, ticks = wall + gained, ticks + ticked
        seen.append(watch.was_set_back())
    assert seen == [False, False, False, True, False]


def test_a_clock_that_leaps_by_a_year_owes_each_job_one_run() -> None:
    every = Every(timedelta(seconds=1))
    assert every.get_next_fire_time(NOW, NOW + 365 * 24 * HOUR) == NOW + 365 * 24 * HOUR + timedelta(
        seconds=1
    )


def test_a_job_that_waits_for_a_far_moment_is_run_when_all_begin_anew() -> None:
    runs = threading.Semaphore(0)

    def job() -> Iterator[None]:
        runs.release()
        yield

    jobs = Jobs({"job": (job, 3600)}, lambda _: iter(()), Pulse(), Reach())
    jobs.start()
    try:
        assert runs.acquire(timeout=20)
        jobs.begin_anew()
        assert runs.acquire(timeout=20)
    finally:
        jobs.end()
