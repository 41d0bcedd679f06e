"""How the sources fare, by what polling has recorded; and polling them sooner than is their turn."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from watcher.app.words import utc_now
from watcher.config import Config, Source
from watcher.core.sources.health import LOOKED_AT, Health, Known, entries_a_day, health
from watcher.edges.store import Reading, Store

_LOOK_EVERY: Final = 0.2  # seconds


@dataclass(frozen=True, slots=True)
class Fare:
    """A source, how it fares, and what is recorded of it: what `Reading.sources` and `Reading.entries` say."""

    source: Source
    health: Health
    recorded: dict[str, Any]


def fares(config: Config, reading: Reading, now: datetime) -> list[Fare]:
    """Of each source, in the order of the config."""
    polled = {row["name"]: row for row in reading.sources()}
    entries = reading.entries(now - LOOKED_AT)
    return [
        _fare(each, polled.get(each.name, {}) | entries.get(each.name, {}), now) for each in config.sources
    ]


def _fare(source: Source, recorded: dict[str, Any], now: datetime) -> Fare:
    known = Known(
        enabled=source.enabled,
        folder=None if source.folder is None else source.folder.is_dir(),
        polled_at=_moment(recorded.get("polled_at")),
        succeeded_at=_moment(recorded.get("succeeded_at")),
        failures=recorded.get("failures", 0),
        error=recorded.get("error"),
        entries_a_day=_entries_a_day(recorded, now),
        last_at=_moment(recorded.get("last_at") or recorded.get("last_entry_at")),
        failing_since=_moment(recorded.get("failing_since")),
        unreached_since=_moment(recorded.get("unreached_since")),
        gap_at=_moment(recorded.get("gap_at")),
        clock_off=recorded.get("clock_off", 0),
        moved_to=recorded.get("moved_to"),
    )
    return Fare(source, health(known, now), recorded)


def _entries_a_day(recorded: dict[str, Any], now: datetime) -> float | None:
    """Of the entries that are kept; where none is kept any more, as the polls have it."""
    kept = entries_a_day(recorded.get("recent", 0), _moment(recorded.get("first_at")), now)
    return recorded.get("pace") if kept is None else kept


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def make_due(config: Config, names: Collection[str]) -> None:
    """Have the sources of these names polled by the running watcher at once. Raises StoreError."""
    with closing(Store.open_to_change(config.database)) as store:
        store.make_due(names, utc_now())


def polled_since(config: Config, names: Collection[str], start: datetime, most: timedelta) -> Iterator[Fare]:
    """How each of these fares after its next poll, as they end; those not polled within `most` are left out.

    Of their entries nothing is known here: counting them takes longer than a poll.
    """
    waiting = {each.name: each for each in config.sources if each.name in names}
    end = time.monotonic() + most.total_seconds()
    while waiting and time.monotonic() < end:
        for row in _recorded(config):
            at = _moment(row["polled_at"])
            if row["name"] in waiting and at and at >= start:
                yield _fare(waiting.pop(row["name"]), row, utc_now())
        time.sleep(_LOOK_EVERY)


def _recorded(config: Config) -> list[dict[str, Any]]:
    with closing(Store.open_to_read(config.database)) as store, store.reading() as reading:
        return reading.sources()
