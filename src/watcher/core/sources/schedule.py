"""When a feed is polled next, and why then: from the user's bounds, its own history, and what it and its server ask.

One rule after the other, the stronger later: how often entries come, what was asked for, a gap, failures, Retry-After.
Time and chance are arguments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from watcher.core.sources.health import span
from watcher.core.sources.polling import IN_DOUBT, SourceState

MOST_BACKOFF: Final = timedelta(days=1)
FARTHEST: Final = timedelta(days=31)  # no poll is planned for later; one that is was planned by a wrong clock
_JITTER: Final = 0.1
LATEST: Final = MOST_BACKOFF * (
    1 + _JITTER
)  # and none for later than this, unless the feed's own interval is longer
_PASSING: Final = timedelta(hours=2)  # the most after what passes by itself: a server that is down comes back

# Entries a day of an ordinary feed. One that has more is busy, and polled more often; one that has less, less often.
_QUIET, _BUSY = 2.0, 24.0

# Entries may have been missed: for so long it is polled as often as it may be.
_HURRIED: Final = timedelta(days=1)

_DAY: Final = 86_400  # seconds
_ROUNDING: Final = timedelta(seconds=30)  # what was asked for has begun a moment ago


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the user wants: `every` for an ordinary feed, never less than `shortest` nor more than `longest` between two
    polls that succeed. All three alike: it is fixed.
    """

    every: timedelta
    shortest: timedelta
    longest: timedelta

    @property
    def fixed(self) -> bool:
        return self.shortest == self.longest

    def holds(self, pause: timedelta) -> timedelta:
        """The pause, or the bound that it crosses."""
        return min(max(pause, self.shortest), self.longest)


class Plan(NamedTuple):
    """`at`: when to poll next. `every`: the interval as it is meant, without failures and chance. `why`: in words."""

    at: datetime
    every: timedelta
    why: str

    @property
    def seconds(self) -> int:
        """Of that interval."""
        return int(self.every.total_seconds())


def plan(
    bounds: Bounds,
    state: SourceState,
    now: datetime,
    chance: float,
    *,
    retry_at: datetime | None = None,
    lasting: bool = False,
) -> Plan:
    """The next poll of a feed whose poll ended now and left it in `state`.

    `chance` in [0, 1) spreads feeds that were added together over a tenth of the interval. `lasting`: what failed will
    not mend itself. `retry_at`: what the server asked for; heeded up to a day, so that no server silences a feed for
    good.

    Result: at most a day ahead, or the user's longest interval, and a tenth, and never FARTHEST; however odd the hints.
    """
    every, why = _interval(bounds, state, now)
    pause = every
    if state.in_doubt:
        pause, why = (
            min(every, IN_DOUBT),
            "no word of its server: the next poll tells whether it is that one's fault",
        )
    elif state.failures > 1:
        most = max(every, MOST_BACKOFF if lasting else _PASSING)
        pause = min(every * 2 ** min(state.failures - 1, 16), most)
        why = f"{state.failures} polls failed in a row"
    pause += pause * (_JITTER * chance)
    asked = min(retry_at - now, MOST_BACKOFF) if retry_at else timedelta(0)
    if asked > pause:
        pause = asked + every * (_JITTER * chance)
        why = f"its server asks to be left alone for {span(asked + _ROUNDING)}"
    return Plan(now + min(pause, FARTHEST), every, why)


def _interval(bounds: Bounds, state: SourceState, now: datetime) -> tuple[timedelta, str]:
    if bounds.fixed:
        return bounds.every, "the config says so"
    if state.gap_at and timedelta(0) <= now - state.gap_at < _HURRIED:
        return bounds.shortest, "entries may have been missed lately"
    pause, why = _rhythm(bounds, state)
    for asked, reason in _asked(bounds, state, now + pause):
        if asked > pause:
            pause, why = asked, reason
    return bounds.holds(pause), why


def _rhythm(bounds: Bounds, state: SourceState) -> tuple[timedelta, str]:
    """How often by the feed's own history; before it has one, by what it says of itself."""
    rate = state.pace
    if rate is None:
        if state.asks.period:
            period = timedelta(seconds=state.asks.period)
            return bounds.holds(period), f"it says that it is updated every {span(period)}"
        return bounds.every, "nothing is known of its rhythm yet"
    lately = f"{rate:.0f} entries a day" if rate >= _QUIET else "less than two entries a day"
    if rate > _BUSY:
        return bounds.holds(bounds.every * (_BUSY / rate)), f"a busy one: {lately}"
    if rate < _QUIET:
        slower = _QUIET / max(rate, 0.01)
        return bounds.holds(bounds.every * slower), f"a quiet one: {lately}"
    return bounds.every, f"an ordinary one: {lately}"


def _asked(bounds: Bounds, state: SourceState, then: datetime) -> list[tuple[timedelta, str]]:
    """What the feed and its server ask for, and in what words. What a feed says of itself, and belies, is not believed:
    much of it was put there by software, and by nobody.
    """
    asked = []
    if state.asks.fresh_for:
        fresh_for = timedelta(seconds=state.asks.fresh_for)
        asked.append((fresh_for, f"its server says that nothing changes for {span(fresh_for)}"))
    if state.asks.ttl:
        ttl = timedelta(seconds=state.asks.ttl)
        if (state.pace or 0) * ttl.total_seconds() <= _DAY:
            asked.append((ttl, f"the feed asks for {span(ttl)} between two polls"))
    if state.asks.rests(then):
        asked.append((bounds.longest, "the feed says that it rests at this time"))
    return asked
