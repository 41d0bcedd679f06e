"""When a receiver wants its messages: quiet hours, digests, a limit. What goes out next is one decision.

Whatever is held stays in the outbox until it is sent. What was held goes as one digest; so does what would go beyond a
limit, once the storm has calmed.

    quiet     nothing between these times of day; what waits then goes when they end
    digest    what comes is gathered until the hour is full, or until a time of day
    limit     at most so many messages in such a time; the last of them is a digest of all that waits
    at_once   alerts of this severity or a higher one wait neither for the end of quiet hours nor for a digest

Times of day are those of the receiver's zone. Where clocks change, a time that does not exist comes when the clock has
passed it, and one that exists twice comes the first time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from watcher.core.model import Severity

CALM = timedelta(seconds=30)  # a storm is over when nothing has come for so long,
LONGEST_STORM = timedelta(minutes=5)  # or when what came first has waited so long
BEYOND = timedelta(minutes=5)  # between messages beyond the limit that bring what is to come at once

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """From `start`, which belongs to it, to `end`, which does not; over midnight where `end` is the earlier."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Limit:
    most: int
    per: timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """How a receiver wants its messages. `digest`: hourly, or each day at that time."""

    zone: tzinfo = UTC
    quiet: Quiet | None = None
    digest: Literal["hourly"] | time | None = None
    limit: Limit | None = None
    at_once: Severity | None = None

    def is_urgent(self, severity: Severity) -> bool:
        return self.at_once is not None and severity.rank >= self.at_once.rank

    def quiet_until(self, moment: datetime) -> datetime | None:
        """The end of the quiet hours in which the moment lies."""
        if self.quiet is None:
            return None
        over_midnight = _DAY if self.quiet.end <= self.quiet.start else timedelta()
        today = moment.astimezone(self.zone).date()
        for day in (today - _DAY, today):
            start, end = self._at(day, self.quiet.start), self._at(day + over_midnight, self.quiet.end)
            if start <= moment < end:
                return end
        return None

    def due(self, severity: Severity, since: datetime) -> datetime:
        """When what has waited since then is to go; `since` itself where nothing holds it."""
        if self.is_urgent(severity):
            return since
        gathered = self._gathered(since)
        return self.quiet_until(gathered) or gathered

    def _gathered(self, since: datetime) -> datetime:
        """The moment of the digest that brings what came then."""
        if self.digest is None:
            return since
        local = since.astimezone(self.zone)
        if self.digest == "hourly":
            past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
            return since + _HOUR - past
        today = self._at(local.date(), self.digest)
        return today if today > since else self._at(local.date() + _DAY, self.digest)

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def held_until(self, severity: Severity, since: datetime, now: datetime) -> datetime | None:
        """Until when hours or a digest hold what has waited since then; None where it may go."""
        due = self.due(severity, since)
        if due > now:
            return due
        return None if self.is_urgent(severity) else self.quiet_until(now)


AT_ONCE = Pace()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the outbox that could go now. `since`: when it came in. `alone`: it is no part of a digest and waits for
    none, as it is one itself or may have been sent already. `by_hand`: a person wants it sent now.
    """

    id: int
    severity: Severity
    since: datetime
    alone: bool = False
    by_hand: bool = False


def next_message(
    pace: Pace, waiting: Sequence[Waiting], sent: Sequence[datetime], now: datetime
) -> tuple[int, ...]:
    """The rows that go out now as one message: one by itself, several as a digest; none where nothing may go yet.

    `sent`: when messages were sent to the receiver lately.
    """
    silent = pace.quiet_until(now) is not None
    loud = [each for each in waiting if each.by_hand or not silent or pace.is_urgent(each.severity)]
    ready = [
        each for each in loud if each.by_hand or each.alone or pace.due(each.severity, each.since) <= now
    ]
    ready.sort(key=lambda each: (-each.severity.rank, each.id))
    if not ready:
        return ()
    asked_for = next((each for each in ready if each.by_hand), None)
    if asked_for:
        return (asked_for.id,)
    together = [each for each in ready if not each.alone]
    if _is_storm(pace, ready, sent, now):
        if not (_is_calm(ready, now) and _may_go(pace, ready, sent, now)):
            return ()
    else:
        together = [each for each in together if not pace.is_urgent(each.severity)]
        if pace.is_urgent(ready[0].severity) or not any(_was_held(pace, each) for each in together):
            return (ready[0].id,)
    return tuple(each.id for each in together) or (ready[0].id,)


def _was_held(pace: Pace, each: Waiting) -> bool:
    return pace.due(each.severity, each.since) > each.since


def _is_storm(pace: Pace, ready: Sequence[Waiting], sent: Sequence[datetime], now: datetime) -> bool:
    """Whether one by one would use up what the limit leaves; the last message is kept for a digest."""
    return pace.limit is not None and len(ready) >= _left(pace.limit, sent, now)


def _left(limit: Limit, sent: Sequence[datetime], now: datetime) -> int:
    return limit.most - sum(now - limit.per < moment <= now for moment in sent)


def _is_calm(ready: Sequence[Waiting], now: datetime) -> bool:
    came = [each.since for each in ready]
    return now - max(came) >= CALM or now - min(came) >= LONGEST_STORM


def _may_go(pace: Pace, ready: Sequence[Waiting], sent: Sequence[datetime], now: datetime) -> bool:
    """Within the limit; beyond it only what is to come at once, and not too often."""
    assert pace.limit is not None
    if _left(pace.limit, sent, now) > 0:
        return True
    return (
        any(pace.is_urgent(each.severity) for each in ready)
        and now - max(sent, default=now - BEYOND) >= BEYOND
    )
