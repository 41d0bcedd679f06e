"""What a feed and its server ask of those who poll them: how long to wait, when not to come, what time it is.

What cannot be read counts as not said. Nothing here decides: `core.sources.schedule` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Final

from watcher.core.model import Entry

# A server whose clock is off by more is one that has lost the time; less may be what a cache makes of it, or our clock.
LOST: Final = timedelta(days=1)

_HEAD: Final = 65_536  # bytes; what a feed says of itself stands before its first entry
_ENTRY: Final = re.compile(rb"<(?:item|entry)[\s>]")
_TTL: Final = re.compile(rb"<ttl>\s{0,20}(\d{1,6})\s{0,20}</ttl>", re.IGNORECASE)
_PERIOD: Final = re.compile(rb"<(?:\w{1,20}:)?updatePeriod>\s{0,20}(\w{1,20})", re.IGNORECASE)
_FREQUENCY: Final = re.compile(rb"<(?:\w{1,20}:)?updateFrequency>\s{0,20}(\d{1,6})", re.IGNORECASE)
_HOURS: Final = re.compile(rb"<skipHours>(.{0,2000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_HOUR: Final = re.compile(rb"<hour>\s{0,20}(\d{1,2})\s{0,20}</hour>", re.IGNORECASE)
_DAYS: Final = re.compile(rb"<skipDays>(.{0,2000}?)</skipDays>", re.IGNORECASE | re.DOTALL)
_DAY: Final = re.compile(rb"<day>\s{0,20}(\w{3,9})\s{0,20}</day>", re.IGNORECASE)

_DAY_NAMES: Final = (b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday")
_PERIODS: Final = {
    b"hourly": 3_600, b"daily": 86_400, b"weekly": 604_800, b"monthly": 2_592_000, b"yearly": 31_536_000,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asks:
    """What a feed says of itself, and its server of it. Seconds; hours of the day in UTC; days, of which 0 is Monday.

    `fresh_for`: how long nothing changes, by the server. `ttl`: how long the feed may be kept before it is asked for
    again. `period`: how often it says that it is updated.
    """

    fresh_for: int | None = None
    ttl: int | None = None
    period: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()

    def rests(self, moment: datetime) -> bool:
        """Whether it says that nothing comes at this moment."""
        if not (self.skip_hours or self.skip_days):
            return False
        utc = moment.astimezone(UTC)
        return utc.hour in self.skip_hours or utc.weekday() in self.skip_days


def of_feed(body: bytes) -> Asks:
    """What stands at the head of a feed: RSS `ttl`, `skipHours`, `skipDays`, and `sy:updatePeriod`.

    A plain search in 64 KiB by patterns that cannot run away; no XML is parsed. Who rests at all hours has made a
    mistake, and rests at none. Sources: rssboard.org/rss-specification, web.resource.org/rss/1.0/modules/syndication.
    """
    head = body[:_HEAD]
    entry = _ENTRY.search(head)
    head = head[: entry.start()] if entry else head
    ttl, period, frequency = _TTL.search(head), _PERIOD.search(head), _FREQUENCY.search(head)
    seconds = _PERIODS.get(period[1].lower()) if period else None
    times = max(int(frequency[1]), 1) if frequency else 1
    hours = {int(hour) % 24 for hour in _listed(head, _HOURS, _HOUR) if int(hour) <= 24}
    days = {
        _DAY_NAMES.index(day) for day in map(bytes.lower, _listed(head, _DAYS, _DAY)) if day in _DAY_NAMES
    }
    return Asks(
        ttl=int(ttl[1]) * 60 or None if ttl else None,
        period=seconds // times or None if seconds else None,
        skip_hours=tuple(sorted(hours)) if len(hours) < 24 else (),
        skip_days=tuple(sorted(days)) if len(days) < 7 else (),
    )


def _listed(head: bytes, whole: re.Pattern[bytes], one: re.Pattern[bytes]) -> list[bytes]:
    found = whole.search(head)
    return one.findall(found[1]) if found else []


def fresh_for(headers: Mapping[str, str]) -> int | None:
    """Seconds for which the server says its answer stays as it is; None where it does not say, or says not at all.

    `headers`: names in lower case. Source: RFC 9111 section 4.2.
    """
    if "cache-control" not in headers and "expires" not in headers:
        return None
    said = [part.strip().lower().partition("=") for part in headers.get("cache-control", "").split(",")]
    directives = {name: value.strip('" ') for name, _, value in said}
    if directives.keys() & {"no-cache", "no-store"}:
        return None
    if "max-age" in directives:
        seconds = _seconds(directives["max-age"]) - _seconds(headers.get("age", ""))
        return seconds if seconds > 0 else None
    expires, date = moment(headers.get("expires")), moment(headers.get("date"))
    return int((expires - date).total_seconds()) or None if expires and date and expires > date else None


def clock_off(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How far the server's clock is ahead of ours, or behind it (negative); 0 where it does not tell the time."""
    date = moment(headers.get("date"))
    return date - now + timedelta(seconds=_seconds(headers.get("age", ""))) if date else timedelta(0)


def lost(off: timedelta) -> bool:
    """Whether a server whose clock is so far off has lost the time."""
    return abs(off) > LOST


def in_our_time(entries: Iterable[Entry], off: timedelta, now: datetime) -> tuple[Entry, ...]:
    """The entries, dated as our clock has it where the server's is `off`.

    Only what it dates within the last day as it counts days: what it published before it lost the time is dated well.
    """
    if not off:
        return tuple(entries)
    return tuple(replace(entry, published_at=_mended(entry.published_at, off, now)) for entry in entries)


def _mended(published_at: datetime | None, off: timedelta, now: datetime) -> datetime | None:
    if published_at is None:
        return published_at
    ahead = published_at - now - off  # no moment: with a server of the year 9999 there may be none
    return now + ahead if -LOST <= ahead <= timedelta(hours=1) else published_at


def moment(text: str | None) -> datetime | None:
    """A date as headers have it, aware UTC; None for anything else."""
    return _moment(text) if text else None


@lru_cache(64)  # servers that answer in the same second say the same
def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def retry_after(value: str | None, now: datetime, date: str | None = None) -> datetime | None:
    """The moment that a Retry-After names, in seconds or as a date; None where it names none, or a past one.

    `date`: the Date of the same answer. A date is counted from that, so that a wrong clock, theirs or ours, does no
    harm. At most a year ahead. Source: RFC 9110 section 10.2.3.
    """
    value = (value or "").strip()
    try:
        if value.isdecimal():
            pause = timedelta(seconds=min(int(value[:12]), 10**8))
        elif named := moment(value):
            pause = named - (moment(date) or now)
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return now + min(pause, timedelta(days=365)) if pause > timedelta(0) else None


def _seconds(value: str) -> int:
    value = value.strip()
    return min(int(value[:12]), 10**8) if value.isdecimal() and value.isascii() else 0
