"""The scheduler's few jobs. It holds no state that must last: each job asks the database what is due."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC
from functools import partial

from watcher.app.pulse import Pulse
from watcher.app.words import utc_now
from watcher.errors import StoreError

log = logging.getLogger(__name__)

DELIVER_EVERY = 1  # seconds
MOST_JOBS = 32  # threads: a few jobs, and one for each receiver

Job = Callable[[], Iterator[object]]


class Jobs:
    """The jobs that are named, each with the seconds between two of its runs, and one delivery job for each receiver.

    `deliver`: does it for a receiver, by name. `pulse` hears whenever a job moves.
    """

    def __init__(
        self, jobs: Mapping[str, tuple[Job, int]], deliver: Callable[[str], Iterator[object]], pulse: Pulse
    ) -> None:
        from apscheduler.executors.pool import ThreadPoolExecutor
        from apscheduler.schedulers.background import BackgroundScheduler

        # "Maximum number of running instances reached" is how a job that is still at work looks; no news.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._deliver = deliver
        self._pulse = pulse
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(MOST_JOBS)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._errors: dict[str, str] = {}  # job -> what it said last
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
        self._scheduler.add_job(
            self._exhaust, "interval", [name, job, moved], seconds=seconds, id=name, next_run_time=utc_now()
        )

    def _exhaust(self, name: str, job: Job, moved: Callable[[], None]) -> None:
        """Run a job to its end. What it raises is logged, and the job is run again when its time comes.

        A database out of reach is news when that begins, changes or ends, and not at every try.
        """
        before = self._errors.pop(name, None)
        try:
            for _ in job():
                moved()
        except StoreError as error:
            self._errors[name] = str(error)
            if str(error) != before:
                log.error("%s: %s; it is tried again", name, error)
        except Exception:
            log.exception("job %s failed; it is tried again", name)
        else:
            if before:
                log.info("%s: goes on", name)
        finally:
            moved()
