"""What the daemon knows of time, and whether the clock of this machine was set back.

What waits for a moment of a clock that is set back would wait for it a second time.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from watcher.app.words import utc_now
from watcher.core.sources import our_clock
from watcher.core.sources.health import clock

log = logging.getLogger(__name__)

_SLEWED = timedelta(seconds=10)  # what a clock that is put right little by little may lose between two looks


@dataclass(frozen=True, slots=True)
class Clock:
    """`now`: the time of day, aware UTC, which may be wrong and may be set. `ticks`: seconds that no one can set."""

    now: Callable[[], datetime] = utc_now
    ticks: Callable[[], float] = time.monotonic


OF_THE_MACHINE = Clock()


class Comparison:
    """Says in the log, once, that our clock and those of most servers differ by minutes or hours, and once that they
    agree again. Of days the operator is told.
    """

    def __init__(self) -> None:
        self._differs = False

    def look(self, heard: Iterable[tuple[str, int]]) -> None:
        """`heard`: see core.sources.our_clock."""
        ours = our_clock.slightly(heard)
        if ours and not self._differs:
            log.warning(
                "the clock of this machine is %s, as most servers agree: set it, or have it set (timedatectl "
                "set-ntp true); quiet hours and digests go by it",
                clock(ours),
            )
        elif ours == 0 and self._differs:
            log.info("the clock of this machine is right again")
        self._differs = self._differs if ours is None else bool(ours)


class Watch:
    """Has an eye on a clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen = clock.now(), clock.ticks()

    def was_set_back(self) -> bool:
        """Since this was asked last."""
        (then, ticked), self._seen = self._seen, (self._clock.now(), self._clock.ticks())
        now, ticks = self._seen
        return now - then < timedelta(seconds=ticks - ticked) - _SLEWED
