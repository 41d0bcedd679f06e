"""The two verbs: poll, and deliver. Each is readable on one screen, and neither decides anything.

    poll:     bytes -> entries -> articles -> matches, votes, story -> alert       one transaction for all of it
    deliver:  a due outbox row -> receiver -> sent | retry(due_at) | dead

Decisions are watcher.core's; doing is watcher.edges'. Only here is a broad `except` allowed: a bug in one source
or one receiver must not stop the others. It is logged whole, and the source or delivery is tried again later.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from watcher.config import Source
from watcher.core.alerts import Decision, Freshness
from watcher.core.assessment import Assessment, assess
from watcher.core.feeds import Parsed
from watcher.core.judgement import Judgement
from watcher.core.keys import digest
from watcher.core.model import Article, Entry
from watcher.core.polling import SourceState, next_poll, next_try
from watcher.core.rules import RuleSet
from watcher.edges import folder
from watcher.edges.fetch import Fetcher, Request, Response
from watcher.edges.receivers import Receiver
from watcher.edges.sandbox import Sandbox
from watcher.edges.store import Delivery, Ingest, Store
from watcher.errors import DeliveryError, FetchError, ParseError, StoreError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Report:
    """What one poll of one source came to. `error`: why it failed, or was only partly read."""

    source: str
    known: int = 0
    new: int = 0
    matched: int = 0
    alerts: int = 0
    error: str | None = None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Doors:
    """The outside world, and what stands for chance and time."""

    store: Store
    fetcher: Fetcher
    sandbox: Sandbox
    receivers: Mapping[str, Receiver]
    first_poll_age: timedelta
    clock: Callable[[], datetime]  # aware UTC
    chance: Callable[[], float]  # in [0, 1)


# -- poll: feeds ----------------------------------------------------------------------------------------------


def poll_feeds(
    feeds: Sequence[Source], rules: RuleSet, doors: Doors, stopping: Callable[[], bool] = lambda: False
) -> Iterator[Report]:
    """Poll every feed that is due, and those that come due meanwhile; a report as each one ends.

    Once `stopping`, what is under way is left: its leases end, and nothing of it was recorded.
    """
    by_name = {feed.name: feed for feed in feeds}
    leased: dict[str, SourceState] = {}

    def take(free: int) -> Sequence[Request]:
        if stopping():
            raise _Stopped
        due = doors.store.take_due(list(by_name), free, doors.clock())
        leased.update({state.name: state for state in due})
        return [_request(by_name[state.name], state) for state in due]

    try:
        for request, answer in doors.fetcher.fetch(take):
            yield _guarded(by_name[request.source], leased.pop(request.source), answer, rules, doors)
    except _Stopped:
        return


class _Stopped(Exception):  # noqa: N818 - not an error: the way out of a fetch that asks for more
    """The daemon is asked to end."""


def _guarded(
    feed: Source, state: SourceState, answer: Response | FetchError, rules: RuleSet, doors: Doors
) -> Report:
    try:
        return _poll_feed(feed, state, answer, rules, doors)
    except StoreError:
        raise
    except Exception as bug:
        log.exception("%s: a bug in watcher stopped this poll", feed.name)
        return _failed(feed, state, f"a bug in watcher: {bug!r}", doors)


def _poll_feed(
    feed: Source, state: SourceState, answer: Response | FetchError, rules: RuleSet, doors: Doors
) -> Report:
    if isinstance(answer, FetchError):
        return _failed(feed, state, str(answer), doors, not_before=answer.retry_at)
    body_hash = hashlib.sha256(answer.body).hexdigest()
    validated = replace(state, etag=answer.etag, last_modified=answer.last_modified, failures=0)
    if answer.not_modified or body_hash == state.body_hash:
        kept = validated if not answer.not_modified else replace(state, failures=0)
        return _settled(feed, kept, Parsed(()), rules, doors)
    try:
        parsed = doors.sandbox.parse_feed(answer.body, answer.headers)
    except ParseError as error:
        return _failed(feed, state, str(error), doors)
    return _settled(feed, replace(validated, body_hash=body_hash), parsed, rules, doors)


def _settled(feed: Source, state: SourceState, parsed: Parsed, rules: RuleSet, doors: Doors) -> Report:
    """The transaction of a poll that succeeded."""
    now = doors.clock()
    fresh = Freshness(doors.first_poll_age, baseline=True) if state.first else Freshness(feed.max_age)
    with doors.store.ingest() as ingest:
        report = ingest_entries(ingest, feed, parsed.entries, rules, now, fresh)
        due = next_poll(feed.every, 0, now, doors.chance())
        ingest.settle_source(
            replace(state, first=state.first and not parsed.entries), now, due, parsed.warning
        )
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


# -- poll: folders --------------------------------------------------------------------------------------------


def poll_folder(source: Source, rules: RuleSet, doors: Doors) -> tuple[list[Report], bool]:
    """Read what is new or changed in a drop folder; a report for each file, and whether some are not whole yet."""
    assert source.folder is not None
    scan = folder.scan(source.folder, doors.store.known_files(source.name), doors.clock())
    reports = []
    for refused in scan.refused:
        with doors.store.ingest() as ingest:
            ingest.settle_file(source.name, refused.name, refused.signature, refused.reason)
        reports.append(Report(f"{source.name}/{refused.name}", error=refused.reason, failed=True))
    reports += [_poll_file(source, dropped, rules, doors) for dropped in scan.changed]
    return reports, bool(scan.waiting)


def _poll_file(source: Source, dropped: folder.Dropped, rules: RuleSet, doors: Doors) -> Report:
    try:
        parsed = doors.sandbox.parse_file(dropped.name, dropped.body)
    except ParseError as error:
        parsed = Parsed((), str(error))
    with doors.store.ingest() as ingest:
        report = ingest_entries(
            ingest, source, parsed.entries, rules, doors.clock(), Freshness(source.max_age)
        )
        ingest.settle_file(source.name, dropped.name, dropped.signature, parsed.warning)
    return replace(
        report,
        source=f"{source.name}/{dropped.name}",
        error=parsed.warning,
        failed=parsed.warning is not None and not parsed.entries,
    )


# -- what both kinds of source bring ----------------------------------------------------------------------------


def ingest_entries(
    ingest: Ingest, source: Source, entries: Iterable[Entry], rules: RuleSet, now: datetime, fresh: Freshness
) -> Report:
    """Everything that entries teach, within one transaction. The oldest comes first: the first report is the first."""
    known = matched = alerted = new = 0
    ordered = sorted(entries, key=lambda entry: entry.published_at or now)
    digests = ingest.digests(source.name, [entry.key for entry in ordered])
    for entry in ordered:
        article = Article.of(entry, source.name, now, source.tags)
        if digests.get(entry.key) == digest(article):
            known += 1
            continue
        assessment = _assessed(ingest, article, rules, now, fresh)
        ingest.save(assessment, now)
        new += 1
        matched += bool(assessment.judgement.matches)
        alerted += assessment.alert is not None
    return Report(source.name, known, new, matched, alerted)


def _assessed(
    ingest: Ingest, article: Article, rules: RuleSet, now: datetime, fresh: Freshness
) -> Assessment:
    try:
        earlier = ingest.earlier(article)
        return assess(article, rules, ingest.stories_around(article.at), earlier, now, fresh)
    except StoreError:
        raise
    except Exception as bug:  # one odd article must not cost the others of its feed their alerts
        log.exception("%s: a bug in watcher stopped the reading of “%s”", article.source, article.title)
        return Assessment(
            article, Judgement(), Decision(None, f"a bug in watcher stopped its reading: {bug!r}")
        )


# -- deliver --------------------------------------------------------------------------------------------------


def deliver(receiver: Receiver, doors: Doors) -> Iterator[DeliveryReport]:
    """Send what is due to one receiver, one message at a time; a report for each."""
    while delivery := doors.store.take_delivery(receiver.name, doors.clock()):
        yield _delivered(receiver, delivery, doors)


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """`state`: sent, retry or dead. `due_at`: when it is tried again."""

    receiver: str
    subject: str
    state: str
    error: str | None = None
    due_at: datetime | None = None


def _delivered(receiver: Receiver, delivery: Delivery, doors: Doors) -> DeliveryReport:
    try:
        receiver.send(delivery.message)
    except DeliveryError as error:
        return _undelivered(delivery, str(error), error.retry, doors)
    except Exception as bug:
        log.exception("receiver %s: a bug in watcher or apprise stopped this delivery", receiver.name)
        return _undelivered(delivery, f"a bug in watcher or apprise: {bug!r}", True, doors)
    doors.store.settle_delivery(delivery, "sent", doors.clock())
    return DeliveryReport(receiver.name, delivery.message.subject, "sent")


def _undelivered(delivery: Delivery, error: str, retry: bool, doors: Doors) -> DeliveryReport:
    now = doors.clock()
    due_at = next_try(delivery.attempt, delivery.created_at, now, doors.chance()) if retry else None
    state = "retry" if due_at else "dead"
    doors.store.settle_delivery(delivery, state, now, due_at, error)
    return DeliveryReport(delivery.receiver, delivery.message.subject, state, error, due_at)
