"""What is kept how long: the record of votes, stories and alerts for years, the news that nobody wanted for a while.

What has gone cannot be brought back, so the clock is believed only when it has run evenly for a day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from watcher.core.sources.history import KEPT

# An article that is no longer kept is known by its key as long as its feed carries it, and for so long after that:
# feeds lose entries for a day and bring them again.
REMEMBERED = timedelta(days=7)

# A clock that leaps farther than this may be wrong, and what it says has passed may not have.
LEAP = timedelta(days=2)
DOUBTED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept. `articles`: those of no story, at most `most_articles` of them, and their pages.
    `deliveries`: whom an alert reached, its forms for mail and Slack, and messages of our own troubles. `stories`: with
    their votes, articles and alerts, since they were last told of.
    """

    articles: timedelta = timedelta(days=30)
    most_articles: int = 200_000
    deliveries: timedelta = timedelta(days=365)
    stories: timedelta = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Limits:
    """What is from before these moments is kept no longer."""

    articles: datetime
    keys: datetime
    deliveries: datetime
    happenings: datetime
    stories: datetime


def limits(kept: Retention, now: datetime, seen_at: Callable[[int], datetime | None]) -> Limits:
    """`seen_at`: when the first, second … newest article of no story was seen; None where there are fewer.

    Articles go by whole days, and a tenth of them where there are too many: after each time their feeds are read whole.
    """
    articles = _before(now, kept.articles).replace(hour=0, minute=0, second=0, microsecond=0)
    if seen_at(kept.most_articles + 1):
        articles = max(articles, seen_at(max(kept.most_articles * 9 // 10, 1)) or articles)
    return Limits(
        articles=articles,
        keys=now - REMEMBERED,
        deliveries=_before(now, kept.deliveries),
        happenings=now - KEPT,
        stories=_before(now, kept.stories),
    )


def _before(now: datetime, span: timedelta) -> datetime:
    """So long ago; the beginning of time, where that is longer than can be counted."""
    beginning = datetime.min.replace(tzinfo=now.tzinfo)
    return now - span if span < now - beginning else beginning


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How far the clock can be believed. `running`: by a clock that never leaps. `doubted_at`: of the last leap."""

    now: datetime
    running: timedelta
    doubted_at: timedelta | None = None

    def later(self, now: datetime, running: timedelta) -> Reckoning:
        leap = abs((now - self.now) - (running - self.running))
        return Reckoning(now, running, running if leap > LEAP else self.doubted_at)

    @property
    def believed(self) -> bool:
        return self.doubted_at is None or self.running - self.doubted_at >= DOUBTED


def pages_to_return(free: int, total: int) -> int:
    """How much of a file to give back to the disk: what is free will be wanted again, unless it is a large part."""
    return free - total // 10 if free > total // 4 else 0
