"""What happened to a feed between one poll and the next, in words: only what changed is news."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from watcher.core.sources.health import clock, span
from watcher.core.sources.polling import SourceState

KEPT = timedelta(days=90)


def happenings(before: SourceState, after: SourceState, next_poll: str) -> Iterator[tuple[str, str]]:
    """(what, says) of each thing that is news. `next_poll`: why the next one is when it is."""
    if after.failures and after.error and (not before.failures or after.error != before.error):
        yield (
            "failing",
            f"{after.error}; {next_poll}" if "asks to be left alone" in next_poll else after.error,
        )
    if before.failures and not after.failures and after.failing_since is None:
        yield "well again", _after(before, after.polled_at)
    if after.error and not after.failures and after.unreached_since is None and after.error != before.error:
        yield "partly read", after.error
    if after.moved_to and after.moved_to != before.moved_to:
        yield "moved", f"to {after.moved_to}"
    if after.gap_at and after.gap_at != before.gap_at:
        yield "gap", _gap(before)
    if after.renamed_at and after.renamed_at != before.renamed_at:
        yield "renamed", "its entries came under new ids, and were known by what they say"
    if after.clock_off and not before.clock_off:
        yield "clock", f"its server is {clock(after.clock_off)}; dates are read as ours has them"
    if before.clock_off and not after.clock_off:
        yield "clock", "its server knows the time again"


def _after(before: SourceState, now: datetime | None) -> str:
    polls = f"{before.failures} failed poll{'s' if before.failures > 1 else ''}"
    since = before.failing_since
    return f"after {polls}, {span(now - since)}" if since and now else f"after {polls}"


def _gap(before: SourceState) -> str:
    seen = before.last_entry_at
    known = f" after {seen:%Y-%m-%d %H:%M} UTC" if seen else ""
    return f"nothing that the feed held was known: entries published{known} may have been missed"
