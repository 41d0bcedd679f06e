"""When to poll a source next, and when to try a delivery again. Chance and time are arguments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MOST_BACKOFF = timedelta(days=1)

# How long after each failed try the next one comes; the last repeats until GIVE_UP has passed.
RETRIES = tuple(
    timedelta(seconds=s) for s in (5, 30, 120, 600, 1_800, 3_600, 10_800)
)  # 5 s, 30 s, 2 m, 10 m, 30 m, 1 h, then every 3 h
GIVE_UP = timedelta(hours=72)
JITTER = 0.2


@dataclass(frozen=True, slots=True)
class SourceState:
    """What earlier polls of a source have left us. `first`: none of them has brought entries yet."""

    name: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    warning: str | None = None  # why the body with this hash was only partly read
    failures: int = 0
    first: bool = True


def next_poll(
    every: timedelta, failures: int, now: datetime, chance: float, not_before: datetime | None = None
) -> datetime:
    """When to poll a source after a poll that ended now.

    `failures`: failed polls in a row, 0 after a success. After the first the source is polled as usual, for most
    failures are gone by then; each further one doubles the interval, up to a day. `chance` in [0, 1) spreads sources
    that were added together over a tenth of the interval. `not_before`: what the server asked for;
    heeded up to a day, so that a wrong clock cannot silence a source for good.
    """
    pause: timedelta = min(every * 2 ** min(max(failures - 1, 0), 16), max(every, MOST_BACKOFF)) * (
        1 + 0.1 * chance
    )
    if not_before is not None:
        pause = max(pause, min(not_before - now, MOST_BACKOFF))
    return now + pause


def next_try(
    attempts: int, created_at: datetime, now: datetime, chance: float, not_before: datetime | None = None
) -> datetime | None:
    """When to try a delivery again after `attempts` (from 1) tries that failed; None when its time is over.

    `not_before`: what the receiver asked for. One that asks for more than the time left has the alert given up: to
    try earlier would be refused, and the operator hears of it at once.
    """
    pause = RETRIES[min(attempts, len(RETRIES)) - 1] * (1 + JITTER * (2 * chance - 1))
    due = max(now + pause, not_before or now)
    return due if due <= created_at + GIVE_UP else None


def retry_after(value: str | None, now: datetime) -> datetime | None:
    """The moment that a Retry-After names, in seconds or as a date; None where it names none, or a past one.

    At most a year ahead. Source: RFC 9110 section 10.2.3.
    """
    value = (value or "").strip()
    try:
        if value.isdecimal():
            moment = now + timedelta(seconds=min(int(value[:12]), 10**8))
        else:
            moment = parsedate_to_datetime(value)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return min(moment.astimezone(UTC), now + timedelta(days=365)) if moment > now else None
