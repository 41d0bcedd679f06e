"""Who works on a row, and whether its time has come: the same for a source that is polled and an alert that is sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Mapped

from watcher.core.sources import schedule

# Longer than any poll or delivery may take: what is leased for longer belongs to a process that died.
LEASE = timedelta(minutes=10)

# No interval and no retry is longer. What is due later than that was written by a clock that was ahead.
FARTHEST = schedule.FARTHEST + timedelta(days=1)


def free(leased_until: Mapped[datetime | None], now: datetime) -> ColumnElement[bool]:
    """Nobody works on the row, or whoever did is gone."""
    return or_(leased_until.is_(None), leased_until <= now, leased_until > now + FARTHEST)


def come(moment: Mapped[datetime], now: datetime) -> ColumnElement[bool]:
    """The moment has come, or can never have been meant."""
    return or_(moment <= now, moment > now + FARTHEST)
