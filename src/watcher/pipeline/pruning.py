"""Pruning the memory: what is kept no longer goes, a little at a time, while everything else goes on."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from datetime import datetime

from watcher.core.upkeep.retention import Retention
from watcher.edges.store import KINDS, Store

_PAUSE = 0.05  # seconds between two portions, in which whoever waits for the database has his turn


def prune(
    store: Store,
    kept: Retention,
    sources: Collection[str],
    now: datetime,
    stopping: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[str, int]]:
    """Remove what is kept no longer; for each portion the kind of thing, and how many. `sources`: all in the config."""
    store.keep_keys_of(sources, now)
    limits = store.limits(kept, now)
    for kind in KINDS:
        while not stopping() and (number := store.prune(kind, limits)):
            yield kind, number
            time.sleep(_PAUSE)
    if not stopping():
        store.tidy()
