"""What polling knows of a feed, and what a poll makes of that. When it is polled next, schedule.py decides."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from watcher.core.sources.hints import Asks

Rhythm = tuple[float | None, datetime | None]  # entries a day lately, and when the last one was published

# So long after that it is asked again, and others meanwhile.
IN_DOUBT: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class SourceState:
    """What earlier polls of a feed have left us. `first`: none of them has brought entries yet.

    `error`: of the last poll, or why it was only partly read. `failures`: polls in a row that failed by the feed's
    own fault, and `failing_since` when the first of them was. `unreached_since`: when the first of the polls in a row
    began that got no word of its server, for which the feed may or may not be to blame. `pace`: entries a day lately,
    counted at `counted_at`. `last_entry_at`: when the latest of all its entries was published, as far as that has come.
    `gap_at`: when a poll found that entries may have been missed. `renamed_at`: when all its entries came under new
    ids. `clock_off`: seconds by which its server has lost the time. `moved_to`: where it says that it lives now.
    """

    name: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    warning: str | None = None  # why the body with this hash was only partly read
    marks: str | None = None  # of its entries, parted by spaces; None where they are to be read
    failures: int = 0
    first: bool = True
    error: str | None = None
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    failing_since: datetime | None = None
    unreached_since: datetime | None = None
    pace: float | None = None
    counted_at: datetime | None = None
    last_entry_at: datetime | None = None
    gap_at: datetime | None = None
    renamed_at: datetime | None = None
    clock_off: int = 0
    moved_to: str | None = None
    asks: Asks = field(default_factory=Asks)

    @property
    def in_doubt(self) -> bool:
        """Whether it is only a moment since the first poll without a word of the server began."""
        silent_at, at = self.unreached_since, self.polled_at
        return silent_at is not None and at is not None and at - silent_at < IN_DOUBT

    @property
    def steady(self) -> bool:
        """Whether a poll that succeeds and brings nothing leaves it as it is, but for when it was polled."""
        troubled = self.failures or self.failing_since or self.unreached_since
        return not troubled and self.error == self.warning


def succeeded(state: SourceState, now: datetime, rhythm: Rhythm | None = None) -> SourceState:
    """What holds after a poll that got what it asked for. What was wrong with the body is wrong with it still.

    `rhythm`: that of its entries, where it was counted.
    """
    return replace(
        state,
        failures=0,
        error=state.warning,
        polled_at=now,
        succeeded_at=now,
        failing_since=None,
        unreached_since=None,
        **_counted(state, rhythm, now),
    )


def failed(
    state: SourceState,
    error: str,
    now: datetime,
    *,
    silent_for: timedelta | None = None,
    reached_at: datetime | None = None,
    rhythm: Rhythm | None = None,
) -> SourceState:
    """What holds after a poll that failed. `rhythm`: that of its entries, where it was counted.

    `silent_for`: in all this time there was no word of its server, as when our own network is down. That is the feed's
    fault if others were reached between two such polls of it: `reached_at` is when the last one was, before this poll
    began. Else it is nobody's yet.
    """
    unreached = silent_for is not None
    since = state.unreached_since or now - (silent_for or timedelta(0)) if unreached else None
    others_were = bool(
        state.unreached_since and state.polled_at and reached_at and reached_at >= state.polled_at
    )
    counts = not unreached or others_were
    return replace(
        state,
        failures=state.failures + counts,
        error=error,
        polled_at=now,
        failing_since=state.failing_since or since or now,
        unreached_since=since,
        **_counted(state, rhythm, now),
    )


def _counted(state: SourceState, rhythm: Rhythm | None, now: datetime) -> dict[str, Any]:
    """What is new of a state once the entries were counted that are kept.

    None are, where the last is from longer ago than entries are kept: that is known all the same.
    """
    if rhythm is None:
        return {}
    pace, last_entry_at = rhythm
    moments = [at for at in (last_entry_at, state.last_entry_at) if at and at <= now]
    last = max(moments, default=None)
    return {"pace": 0.0 if pace is None and last else pace, "last_entry_at": last, "counted_at": now}
