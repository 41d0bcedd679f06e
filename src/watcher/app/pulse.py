"""Whether every job still moves: what a service manager's watchdog is fed by. A hung thread looks like a busy one."""

from __future__ import annotations

import time
from threading import Lock


class Pulse:
    """When each job last came a step further, or to its end. Safe to use from many threads."""

    def __init__(self) -> None:
        self._beats: dict[str, float] = {}  # job -> monotonic moment
        self._every: dict[str, float] = {}  # job -> seconds
        self._longer: dict[str, float] = {}  # job -> seconds
        self._waited_for: set[str] = set()
        self._lock = Lock()

    def expect(self, job: str, every: float) -> None:
        """This job is to beat from now on, at least each time it is run: every so many seconds."""
        with self._lock:
            self._beats[job] = time.monotonic()
            self._every[job] = every
            self._waited_for.add(job)

    def allow(self, job: str, seconds: float) -> None:
        """From now on a step of this job may take so many seconds longer than other jobs' do."""
        with self._lock:
            self._longer[job] = seconds

    def beat(self, job: str) -> None:
        """One that is expected no more may still be ending."""
        with self._lock:
            if job in self._beats:
                self._beats[job] = time.monotonic()
                self._waited_for.discard(job)

    def forget(self, job: str) -> None:
        with self._lock:
            self._beats.pop(job, None)
            self._waited_for.discard(job)

    def all_moved(self) -> bool:
        """Whether each job has come a step further at least once."""
        with self._lock:
            return not self._waited_for

    def still(self, seconds: float) -> list[str]:
        """The jobs that have not moved for so long, though it was their turn."""
        since = time.monotonic() - seconds
        with self._lock:
            return sorted(
                job
                for job, beat in self._beats.items()
                if beat + self._every[job] + self._longer.get(job, 0) < since
            )
