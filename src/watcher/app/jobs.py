"""The scheduler's few jobs. It holds no state that must last: each job asks the database what is due."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from watcher.app.pulse import Pulse
from watcher.app.reach import Reach
from watcher.app.words import utc_now

log = logging.getLogger(__name__)

DELIVER_EVERY = 1  # seconds
TRY_AGAIN_AFTER = 5  # seconds, where the database was out of reach
MOST_JOBS = 32  # threads: a few jobs, and one for each receiver

Job = Callable[[], Iterator[object]]


class Every(BaseTrigger):  # type: ignore[misc]
    """So long after the last run. APScheduler's own interval makes a list of all runs that were missed: where a clock
    leaps by a year, tens of millions for each job, which takes minutes and all memory.
    """

    def __init__(self, pause: timedelta) -> None:
        self._pause = pause

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        return now + self._pause


class Jobs:
    """The jobs that are named, each with the seconds between two of its runs, and one delivery job for each receiver.

    `deliver`: does it for a receiver, by name. `pulse` hears whenever a job moves, `reach` whether it could use the
    database.
    """

    def __init__(
        self,
        jobs: Mapping[str, tuple[Job, int]],
        deliver: Callable[[str], Iterator[object]],
        pulse: Pulse,
        reach: Reach,
    ) -> None:
        # "Maximum number of running instances reached" is how a job that is still at work looks; no news.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._deliver = deliver
        self._pulse = pulse
        self._reach = reach
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(MOST_JOBS)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for name, (job, seconds) in jobs.items():
            self._add(name, job, seconds)

    def start(self) -> None:
        self._scheduler.start()

    def deliver_to(self, receivers: Mapping[str, object]) -> None:
        """Have a delivery job for just these receivers."""
        wanted = {f"deliver {name}": name for name in receivers}
        there = {job.id for job in self._scheduler.get_jobs() if job.id.startswith("deliver ")}
        for job in wanted.keys() - there:
            self._add(job, partial(self._deliver, wanted[job]), DELIVER_EVERY)
        for job in there - wanted.keys():
            self._scheduler.remove_job(job)
            self._pulse.forget(job)
            self._reach.forget(job)

    def begin_anew(self) -> None:
        """Run all of them now, whatever moment they wait for."""
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=utc_now())

    def end(self) -> None:
        """After what is under way."""
        self._scheduler.shutdown(wait=True)

    def _add(self, name: str, job: Job, seconds: int) -> None:
        self._pulse.expect(name, seconds)
        moved = partial(self._pulse.beat, name)
        every = Every(timedelta(seconds=seconds))
        self._scheduler.add_job(self._exhaust, every, [name, job, moved], id=name, next_run_time=utc_now())

    def _exhaust(self, name: str, job: Job, moved: Callable[[], None]) -> None:
        """Run a job to its end. What it raises is logged, and the job is run again when its time comes."""

        def run() -> None:
            for _ in job():
                moved()

        try:
            if not self._reach.tried(name, run):
                self._soon(name)
        except Exception:
            log.exception("job %s failed; it is tried again", name)
        finally:
            moved()

    def _soon(self, name: str) -> None:
        """Also a job that is run once an hour, unless it has been taken off meanwhile."""
        job = self._scheduler.get_job(name)
        soon = utc_now() + timedelta(seconds=TRY_AGAIN_AFTER)
        if job and job.next_run_time > soon:
            job.modify(next_run_time=soon)
