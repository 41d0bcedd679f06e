"""Polling drop folders: each new or changed file in a transaction of its own, or in several where it holds much."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from watcher.config import Source
from watcher.core.alerts.deciding import Freshness
from watcher.core.formats.feeds import Parsed
from watcher.core.rules import RuleSet
from watcher.edges import folder
from watcher.errors import ParseError, ParserLost, StoreError
from watcher.pipeline.doors import Doors, Report
from watcher.pipeline.learning import learn, learn_ahead, read

log = logging.getLogger(__name__)

# A parser may be killed by chance, for want of memory. One that is lost so often was killed by the file.
MOST_LOST = 3


def poll_folder(
    source: Source, rules: RuleSet, doors: Doors, stopping: Callable[[], bool]
) -> Iterator[tuple[Report, bool]]:
    """Read what is new or changed: a report for each file. Raises SourceError when the folder cannot be listed.

    Last comes a report for the whole, and whether some files are not whole yet.
    """
    assert source.folder is not None
    scan = folder.scan(source.folder, doors.store.known_files(source.name), doors.clock())
    for refused in scan.refused:
        with doors.store.ingest() as ingest:
            ingest.settle_file(source.name, refused.name, refused.signature, refused.reason)
        yield Report(f"{source.name}/{refused.name}", error=refused.reason, failed=True), False
    for dropped in scan.changed:
        if stopping():
            return
        yield _guarded(source, dropped, rules, doors), False
    yield Report(source.name, known=scan.unchanged), bool(scan.waiting)


def _guarded(source: Source, dropped: folder.Dropped, rules: RuleSet, doors: Doors) -> Report:
    try:
        return _poll(source, dropped, rules, doors)
    except StoreError:
        raise
    except ParserLost as error:
        return _lost(source, dropped, str(error), doors)
    except Exception as bug:
        log.exception("%s/%s: a bug in watcher stopped its reading", source.name, dropped.name)
        return _lost(source, dropped, f"a bug in watcher: {bug!r}", doors)


def _poll(source: Source, dropped: folder.Dropped, rules: RuleSet, doors: Doors) -> Report:
    try:
        parsed = doors.sandbox.parse_file(dropped.name, dropped.body)
    except ParserLost:
        raise
    except ParseError as error:
        parsed = Parsed((), str(error))
    now = doors.clock()
    fresh = Freshness(source.max_age)
    ahead, findings = learn_ahead(read(source, parsed.entries, rules, doors, now), now, fresh, doors)
    with doors.store.ingest() as ingest:
        report = ahead.and_then(learn(ingest, findings, now, fresh, doors.telling))
        ingest.settle_file(source.name, dropped.name, dropped.signature, parsed.warning)
    failed = parsed.warning is not None and not parsed.entries
    return report._replace(source=f"{source.name}/{dropped.name}", error=parsed.warning, failed=failed)


def _lost(source: Source, dropped: folder.Dropped, error: str, doors: Doors) -> Report:
    """Tried again at the next scan, and set aside when that has not helped."""
    with doors.store.ingest() as ingest:
        times = ingest.times_lost(source.name, dropped.name) + 1
        signature = dropped.signature if times >= MOST_LOST else ""
        ingest.settle_file(source.name, dropped.name, signature, error, times)
    return Report(f"{source.name}/{dropped.name}", error=error, failed=True)
