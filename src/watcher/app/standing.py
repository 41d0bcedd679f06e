"""How a watcher stands as a whole, by what its memory says: for `watcher status`, and for /metrics and /readyz."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from watcher.app.faring import Fare, fares
from watcher.config import Config
from watcher.core.sources.health import State
from watcher.core.sources.outages import Outage
from watcher.core.upkeep.disk import no_room
from watcher.edges.store import Reading, free_bytes, running_since, unwritable


@dataclass(frozen=True, slots=True)
class Standing:
    """`since`: None when none runs. `totals`: what `Reading.totals` says. `bytes`: of the database and its log.

    `troubled`: the sources somebody should look at, the worst first. `outage`: of our own network. `next_poll`: None
    where nothing is polled.
    """

    since: datetime | None
    sources: Counter[State]
    troubled: tuple[Fare, ...]
    outage: Outage | None
    next_poll: datetime | None
    totals: dict[str, Any]
    bytes: int


def standing(config: Config, reading: Reading, now: datetime) -> Standing:
    known = fares(config, reading, now)
    polls = [
        fare.recorded["next_poll_at"]
        for fare in known
        if fare.source.enabled and "next_poll_at" in fare.recorded
    ]
    troubled = [fare for fare in known if fare.health.state.troubled]
    files = (config.database, config.database.with_name(config.database.name + "-wal"))
    return Standing(
        since=running_since(config.database),
        sources=Counter(fare.health.state for fare in known),
        troubled=tuple(sorted(troubled, key=lambda fare: fare.health.state.rank)),
        outage=reading.outage(now),
        next_poll=datetime.fromisoformat(min(polls)) if polls else None,
        totals=reading.totals(),
        bytes=sum(file.stat().st_size for file in files if file.exists()),
    )


def troubles(config: Config) -> list[str]:
    """What would keep a watcher that runs from its work at this moment, in sentences, as seen from without."""
    free = free_bytes(config.database)
    room = no_room(free, config.min_free) if free < config.min_free else None
    return [trouble for trouble in (room, unwritable(config.database)) if trouble]
