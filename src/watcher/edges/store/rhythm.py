"""How often entries come: asked of all feeds at once whose polls end together."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime, timedelta

from watcher.core.sources.health import LOOKED_AT, entries_a_day
from watcher.core.sources.polling import Rhythm
from watcher.edges.store.dialect import each
from watcher.edges.store.line import Line, moment_of, text_of


def rhythms(line: Line, sources: Collection[str], now: datetime) -> dict[str, Rhythm]:
    """By source: entries a day lately, and when the last one was published, of those that have come by now.

    Lately is the last 30 days, or the last one where that was a busier one. An entry without a date is of the moment
    at which it was seen.
    """
    if not sources:
        return {}
    moments = {"now": now, "month": now - LOOKED_AT, "day": now - timedelta(days=1)}
    asked = {name: text_of(moment) for name, moment in moments.items()}
    rows = line.ask(_RHYTHMS, sources=json.dumps(list(sources)), **asked)
    return {source: _rhythm(recent, today, kept, now) for source, recent, today, *kept in rows}


def _rhythm(recent: int, today: int, kept: list[str | None], now: datetime) -> Rhythm:
    """`kept`: the first moment with a date and without one, and the last ones."""
    moments = [moment_of(text) if text else None for text in kept]
    first_at = min(filter(None, moments[:2]), default=None)
    last_at = max(filter(None, moments[2:]), default=None)
    usual = entries_a_day(recent, first_at, now)
    return (None if usual is None else max(usual, float(today))), last_at


_DATED = "FROM article WHERE source = asked.value"
_UNDATED = f"{_DATED} AND published_at IS NULL"


def _came(since: str) -> str:
    counted = "(SELECT count(*) {} AND {} BETWEEN :{} AND :now)"
    dated, undated = (_DATED, "published_at"), (_UNDATED, "seen_at")
    return " + ".join(counted.format(*those, since) for those in (dated, undated))


# Each part is a range of one index.
_RHYTHMS = f"""
SELECT asked.value, {_came("month")}, {_came("day")},
    (SELECT min(published_at) {_DATED}), (SELECT min(seen_at) {_UNDATED}),
    (SELECT max(published_at) {_DATED} AND published_at <= :now),
    (SELECT max(seen_at) {_UNDATED} AND seen_at <= :now)
FROM {each("sources")} AS asked"""
