"""What is done now and then: silences end, watcher tries itself, gives memory back, and shows that it lives."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from watcher import pipeline
from watcher.app.words import counted
from watcher.config import Heartbeat
from watcher.core.messages.troubles import self_test_failed, self_test_passed
from watcher.edges.memory import give_back
from watcher.pipeline import Doors

log = logging.getLogger(__name__)

TRY_EVERY = 3600  # seconds
FIRST_TRY = 60  # seconds after the start, which has enough to do
HUNG = 300  # seconds in which a job has not moved


class Upkeep:
    """Remembers when what was done last, in `ticks` that no one can set. `still`: the jobs that have not moved for so
    many seconds.
    """

    def __init__(
        self,
        still: Callable[[float], list[str]],
        ticks: Callable[[], float],
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._still, self._ticks, self._stopping = still, ticks, stopping
        self._next_try = ticks() + FIRST_TRY
        self._next_sign = ticks()
        self._failing: str | None = None  # the key of the trouble that the operator was told of
        self._unheard: str | None = None

    def run(self, doors: Doors, heartbeat: Heartbeat | None) -> Iterator[None]:
        """What is due, step by step."""
        self.end_silences(doors)
        yield
        if self._ticks() >= self._next_try:
            self.try_itself(doors)
            self._next_try = self._ticks() + TRY_EVERY
            yield
            give_back()
            yield
        if heartbeat and self._ticks() >= self._next_sign:
            self._next_sign = self._ticks() + heartbeat.every.total_seconds()
            self.show_life(doors, heartbeat)
            yield

    def end_silences(self, doors: Doors) -> None:
        if number := doors.store.end_silences(doors.clock()):
            log.info("%s ended", counted(number, "silence"))

    def try_itself(self, doors: Doors) -> None:
        """The operator is told once when it fails, and once when it passes again."""
        why, now = pipeline.try_itself(doors), doors.clock()
        if why:
            log.error("the self-test failed: %s", why)
        if why and self._failing is None:
            trouble = self_test_failed(why, now)
            doors.store.tell_operator(trouble, doors.operators, now)
            self._failing = trouble.key
        elif not why and self._failing is not None:
            doors.store.tell_operator(self_test_passed(self._failing), doors.operators, now)
            self._failing = None

    def show_life(self, doors: Doors, heartbeat: Heartbeat) -> None:
        """Silence is the alarm: no sign is given while the self-test fails or a job hangs."""
        if self._failing or self._still(HUNG):
            return
        why = pipeline.show_life(heartbeat, doors)
        if self._stopping():  # which ends all that is fetched
            return
        if why and why != self._unheard:
            log.warning("the heartbeat was not heard: %s", why)
        elif self._unheard and not why:
            log.info("the heartbeat is heard again")
        self._unheard = why
