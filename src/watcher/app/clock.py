"""Whether the clock of this machine was set back: what waits for a moment would else wait for it a second time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

_SLEWED = timedelta(seconds=10)  # what a clock that is put right little by little may lose between two looks


class Clock:
    """`now`: the time of day. `ticks`: seconds that no one can set."""

    def __init__(self, now: Callable[[], datetime], ticks: Callable[[], float]) -> None:
        self._now, self._ticks = now, ticks
        self._seen = now(), ticks()

    def was_set_back(self) -> bool:
        """Since this was asked last."""
        (then, ticked), self._seen = self._seen, (self._now(), self._ticks())
        now, ticks = self._seen
        return now - then < timedelta(seconds=ticks - ticked) - _SLEWED
