"""How a source fares, in words: what polling has recorded of it -> a state, and why, and what helps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LOOKED_AT: Final = timedelta(days=30)  # what a source brought in this time is its usual
COUNTED_EVERY: Final = timedelta(days=1)  # and counted anew so often, also when it brings nothing

# A feed is silent when it has brought nothing for as long as it usually takes to bring so many entries, within bounds:
# newsrooms rest at weekends, and some feeds have an entry a month.
_MISSED: Final = 20
SHORTEST_SILENCE: Final = timedelta(days=3)
_LONGEST = LOOKED_AT


class State(StrEnum):
    """The troubled ones first, the worse before the better."""

    FAILING = "failing"
    UNREACHED = "not reached"
    MISSING = "missing"
    PARTLY = "partly read"
    SILENT = "silent"
    WAITING = "not polled yet"
    WELL = "well"
    FOLDER = "folder"
    PAUSED = "paused"

    @property
    def rank(self) -> int:
        """For sorting."""
        return list(State).index(self)

    @property
    def troubled(self) -> bool:
        """Whether somebody should look at it."""
        return self in {State.FAILING, State.UNREACHED, State.MISSING, State.PARTLY, State.SILENT}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a source. `folder`: None for a feed, else whether it is there. `failures`: polls in a row.

    `error`: of the last poll, in words, or why it was only partly read. `last_at`: when the last of its entries was
    published. `failing_since`, `unreached_since`, `gap_at`, `clock_off` and `moved_to` are those of
    core.sources.polling.SourceState.
    """

    enabled: bool = True
    folder: bool | None = None
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    failures: int = 0
    error: str | None = None
    entries_a_day: float | None = None
    last_at: datetime | None = None
    failing_since: datetime | None = None
    unreached_since: datetime | None = None
    gap_at: datetime | None = None
    clock_off: int = 0
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """`says`: one sentence without a full stop; "" of what is well. `helps`: what to do about it, where that is known.

    `since`: the last moment at which all was well; None where it never was, or still is. `notes`: what else is to be
    known or done, though entries come.
    """

    state: State
    says: str = ""
    helps: str | None = None
    since: datetime | None = None
    entries_a_day: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def troubled(self) -> bool:
        """Whether somebody should look at it."""
        return self.state.troubled or bool(self.notes)


def health(known: Known, now: datetime) -> Health:
    """How a source fares now."""
    return replace(_health(known, now), notes=tuple(_notes(known, now)) if known.enabled else ())


def _health(known: Known, now: datetime) -> Health:
    rate = known.entries_a_day
    state = _state(known, rate, now)
    error = known.error or "no reason was recorded"
    if state is State.FAILING:
        since = known.succeeded_at
        polls = f"{known.failures} poll{'s' if known.failures > 1 else ''}"
        when = f"for {span(now - since)}, {polls} in a row" if since else f"never worked, in {polls}"
        return Health(state, f"{when}: {error}", _helps(error), since, rate)
    if state is State.UNREACHED and known.unreached_since:
        silence = f"no word of its server for {span(now - known.unreached_since)}: {error}"
        return Health(state, silence, _OURS, known.succeeded_at, rate)
    if state is State.MISSING:
        return Health(state, "there is no such folder", "make it, or correct `folder` in the config")
    if state is State.PARTLY:
        return Health(state, error, "what could be read was read; tell the site", None, rate)
    if state is State.SILENT:
        return Health(state, _silence(known, now), _SILENT_HELPS, known.last_at, rate)
    return Health(state, entries_a_day=rate)


def span(duration: timedelta) -> str:
    """A duration as people say it, in one unit: `a moment`, `5 minutes`, `12 days`."""
    seconds = max(duration.total_seconds(), 0)
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        number = int(seconds / size)
        if number >= (2 if unit != "minute" else 1):
            return f"{number} {unit}{'s' if number > 1 else ''}"
    return "a moment"


def _state(known: Known, rate: float | None, now: datetime) -> State:
    if not known.enabled:
        return State.PAUSED
    if known.folder is not None:
        return State.FOLDER if known.folder else State.MISSING
    if known.polled_at is None:
        return State.WAITING
    if known.failures:
        return State.FAILING
    if known.unreached_since:
        return State.UNREACHED
    if known.error:
        return State.PARTLY
    return State.SILENT if _is_silent(known, rate, now) else State.WELL


def entries_a_day(recent: int, first_at: datetime | None, now: datetime) -> float | None:
    """Of which `recent` came within LOOKED_AT, the first of all at `first_at`; None where there has never been one."""
    if first_at is None:
        return None
    watched = min(max(now - first_at, timedelta(days=1)), LOOKED_AT)
    return recent / (watched / timedelta(days=1))


def _is_silent(known: Known, rate: float | None, now: datetime) -> bool:
    if known.last_at is None:
        return False  # an empty feed may be a new one
    usual = timedelta(days=_MISSED / rate) if rate else _LONGEST
    # While this machine sleeps, or its clock is ahead of its polls, nobody is silent.
    listened = min(now, known.succeeded_at or now)
    return listened - known.last_at > min(max(usual, SHORTEST_SILENCE), _LONGEST)


def _silence(known: Known, now: datetime) -> str:
    assert known.last_at is not None
    return f"no new entry for {span(now - known.last_at)}, though each poll succeeds"


def _notes(known: Known, now: datetime) -> Iterator[str]:
    if known.moved_to:
        yield f"it has moved to {known.moved_to}; `watcher sources move` writes that into the config"
    if known.gap_at and now - known.gap_at < _GAP_SHOWN:
        yield f"{span(now - known.gap_at)} ago nothing it held was known: entries may have been missed before that"
    if known.clock_off:
        yield f"its server is {clock(known.clock_off)}; its dates are read as our clock has them"


def clock(off: int) -> str:
    """`12 days ahead of the time`, of seconds."""
    return f"{span(timedelta(seconds=abs(off)))} {'ahead of' if off > 0 else 'behind'} the time"


_GAP_SHOWN: Final = timedelta(days=7)
_OURS: Final = "the next polls tell whether it is down, or the network of this machine"
_SILENT_HELPS: Final = "look at the site: a feed that was given up is often left standing"

_MOVED: Final = (
    "the feed has moved or is gone: find it anew with `watcher sources add` and the address of the site"
)
_CLOSED: Final = "the server turns programs away: `contact` under [polling] tells it who asks"
_WAIT: Final = "that is the server's trouble, and it is tried again"
_WAY: Final = "the server, or the way to it, is down; it is tried again"

# What an error begins with or holds -> what helps. The first that fits.
_HELPS: Final = (
    ("answered 404", _MOVED),
    ("answered 410", _MOVED),
    ("this is no feed", _MOVED),
    ("answered 401", "it asks for a password, which sources cannot have"),
    ("answered 403", _CLOSED),
    ("answered 429", "it is asked too often: give it a longer `every`"),
    ("answered 5", _WAIT),
    ("cannot be found", "its name is gone, or this machine cannot look up names"),
    ("certificate", "the site has to renew it, unless the clock of this machine is wrong"),
    ("refuses connections", _WAY),
    ("no connection", _WAY),
    ("no way to", _WAY),
    ("connection broke", _WAY),
    ("closed the connection", _WAY),
    ("no answer within", "the server is slow: give it a longer `timeout`, if it always is"),
    ("was not complete within", "the server is slow: give it a longer `timeout`, if it always is"),
    ("redirects", _MOVED),
    ("more than", "it is larger, or takes longer, than any feed should"),
    ("no entry could be read", "the site has to mend its feed"),
    ("too broken", "the site has to mend its feed"),
    ("parsing took", "it is larger, or takes longer, than any feed should"),
    ("a bug in watcher", "please report it"),
)


def _helps(error: str) -> str | None:
    return next((helps for sign, helps in _HELPS if sign in error), None)
