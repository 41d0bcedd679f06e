"""How the poll of a feed ends, whatever came of it: what holds from now on, and when it is polled next."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus

from watcher.config import Source
from watcher.core.formats.feeds import web_address
from watcher.core.sources.health import COUNTED_EVERY
from watcher.core.sources.hints import clock_off, fresh_for, lost
from watcher.core.sources.outages import leads_out
from watcher.core.sources.polling import Rhythm, SourceState, failed, succeeded
from watcher.core.sources.schedule import Bounds, plan
from watcher.edges.fetch import Response
from watcher.edges.store import Ended, Ingest, Unchanged
from watcher.errors import FetchError, SourceError
from watcher.pipeline.doors import Doors


def heard(state: SourceState, answer: Response, now: datetime, doors: Doors) -> SourceState:
    """What the head of an answer teaches. A 304 need not repeat for how long it holds (RFC 9111 section 4.3.4).

    The state itself where that is nothing new.
    """
    moved_to = web_address(answer.moved_to) if answer.moved_to else None
    ahead, fresh = clock_off(answer.headers, now), fresh_for(answer.headers)
    doors.clocks[state.name] = int(ahead.total_seconds())
    off = doors.clocks[state.name] if lost(ahead) else 0
    etag, last_modified = answer.etag, answer.last_modified
    if answer.not_modified:
        etag, last_modified = state.etag, state.last_modified
        if not {"cache-control", "expires"} & answer.headers.keys():
            fresh = state.asks.fresh_for
    asks = state.asks if fresh == state.asks.fresh_for else replace(state.asks, fresh_for=fresh)
    after = (moved_to, off, asks, etag, last_modified)
    if after == (state.moved_to, state.clock_off, state.asks, state.etag, state.last_modified):
        return state
    return replace(state, moved_to=moved_to, clock_off=off, asks=asks, etag=etag, last_modified=last_modified)


def end(
    feed: Source,
    before: SourceState,
    after: SourceState,
    now: datetime,
    chance: float,
    rhythm: Rhythm | None,
) -> Ended | Unchanged:
    """Of a poll that succeeded and left the feed in the state `after`. `rhythm`: where it was counted anew."""
    if after is before and after.steady and rhythm is None:
        return Unchanged(after.name, now, plan(_bounds(feed), after, now, chance))
    state = succeeded(after, now, rhythm)
    return Ended(before, state, plan(_bounds(feed), state, now, chance))


def end_failed(
    ingest: Ingest, feed: Source, before: SourceState, now: datetime, doors: Doors, error: SourceError
) -> Ended:
    """Of a poll that failed."""
    fetching = error if isinstance(error, FetchError) else FetchError(str(error))
    # Whoever was heard of while this poll waited in vain may be the first after an outage.
    reached_at = None
    if fetching.silent_for is not None:
        reached_at = ingest.reached_at(now - feed.timeout, outside=leads_out(feed.url or ""))
    state = failed(
        before,
        str(error),
        now,
        silent_for=fetching.silent_for,
        reached_at=reached_at,
        rhythm=None if is_counted(before, now) else ingest.rhythms([before.name], now)[before.name],
    )
    next_poll = plan(
        _bounds(feed),
        state,
        now,
        doors.chance(),
        retry_at=fetching.retry_at,
        lasting=fetching.lasting,
    )
    if fetching.status == HTTPStatus.TOO_MANY_REQUESTS and fetching.retry_at:
        ingest.leave_alone(feed.url or "", next_poll)
    return Ended(before, state, next_poll)


def _bounds(feed: Source) -> Bounds:
    return Bounds(feed.every, feed.min_interval, feed.max_interval)


def is_counted(state: SourceState, now: datetime) -> bool:
    """Whether it was lately that its entries were counted. They are counted when some have come, and now and then when
    none have.
    """
    return state.counted_at is not None and timedelta(0) <= now - state.counted_at < COUNTED_EVERY
