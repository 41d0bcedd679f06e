"""Polling feeds: all that are due, at once; each ends in one transaction."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from watcher.config import Source
from watcher.core.alerts import Freshness
from watcher.core.feeds import Parsed
from watcher.core.polling import SourceState, next_poll
from watcher.core.rules import RuleSet
from watcher.edges.fetch import Request, Response
from watcher.errors import FetchError, ParseError, StoreError
from watcher.pipeline.doors import Doors, Report
from watcher.pipeline.learning import learn, read

log = logging.getLogger(__name__)


def poll_feeds(
    feeds: Sequence[Source], rules: RuleSet, doors: Doors, stopping: Callable[[], bool]
) -> Iterator[Report]:
    """Poll every feed that is due, and those that come due meanwhile; a report as each one ends.

    Once `stopping`, what is under way is left: its leases end, and nothing of it was recorded.
    """
    by_name = {feed.name: feed for feed in feeds}
    under_way: dict[str, SourceState] = {}

    def take(free: int) -> Sequence[Request]:
        if stopping():
            return ()
        # A fetch may outlast its lease; it is not begun a second time.
        waiting = [name for name in by_name if name not in under_way]
        due = doors.store.take_due(waiting, free, doors.clock())
        under_way.update({state.name: state for state in due})
        return [_request(by_name[state.name], state) for state in due]

    for request, answer in doors.fetcher.fetch(take):
        if stopping():
            return
        yield _guarded(by_name[request.source], under_way.pop(request.source), answer, rules, doors)


def _guarded(
    feed: Source, state: SourceState, answer: Response | FetchError, rules: RuleSet, doors: Doors
) -> Report:
    try:
        return _poll(feed, state, answer, rules, doors)
    except StoreError:
        raise
    except Exception as bug:
        log.exception("%s: a bug in watcher stopped this poll", feed.name)
        return _failed(feed, state, f"a bug in watcher: {bug!r}", doors)


def _poll(
    feed: Source, state: SourceState, answer: Response | FetchError, rules: RuleSet, doors: Doors
) -> Report:
    if isinstance(answer, FetchError):
        return _failed(feed, state, str(answer), doors, not_before=answer.retry_at)
    if answer.not_modified:
        return _unchanged(feed, state, doors)
    validated = replace(state, etag=answer.etag, last_modified=answer.last_modified)
    body_hash = hashlib.sha256(answer.body).hexdigest()
    if body_hash == state.body_hash:
        return _unchanged(feed, validated, doors)
    try:
        parsed = doors.sandbox.parse_feed(answer.body, answer.headers)
    except ParseError as error:
        return _failed(feed, state, str(error), doors)
    return _settled(
        feed, replace(validated, body_hash=body_hash, warning=parsed.warning), parsed, rules, doors
    )


def _unchanged(feed: Source, state: SourceState, doors: Doors) -> Report:
    """What was wrong with the body when it was read is still wrong with it."""
    now = doors.clock()
    with doors.store.ingest() as ingest:
        due = next_poll(feed.every, 0, now, doors.chance())
        ingest.settle_source(replace(state, failures=0), now, due, state.warning)
    return Report(feed.name, error=state.warning)


def _settled(feed: Source, state: SourceState, parsed: Parsed, rules: RuleSet, doors: Doors) -> Report:
    """The transaction of a poll that brought something."""
    now = doors.clock()
    fresh = Freshness(doors.first_poll_age, baseline=True) if state.first else Freshness(feed.max_age)
    findings = read(feed, parsed.entries, rules, doors, now)
    with doors.store.ingest() as ingest:
        report = learn(ingest, findings, now, fresh)
        due = next_poll(feed.every, 0, now, doors.chance())
        after = replace(state, failures=0, first=state.first and not parsed.entries)
        ingest.settle_source(after, now, due, parsed.warning)
    return replace(report, error=parsed.warning)


def _failed(
    source: Source, state: SourceState, error: str, doors: Doors, not_before: datetime | None = None
) -> Report:
    now = doors.clock()
    failures = state.failures + 1
    with doors.store.ingest() as ingest:
        due = next_poll(source.every, failures, now, doors.chance(), not_before)
        ingest.settle_source(replace(state, failures=failures), now, due, error)
    return Report(source.name, error=error, failed=True)


def _request(feed: Source, state: SourceState) -> Request:
    assert feed.url is not None
    return Request(
        source=feed.name,
        url=feed.url,
        etag=state.etag,
        last_modified=state.last_modified,
        allow_private=feed.allow_private,
        timeout=feed.timeout,
    )
