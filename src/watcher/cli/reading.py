"""Opening the memory to look into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from watcher.config import Config
    from watcher.edges.store import Reading


@contextmanager
def reading_of(path: Path) -> Iterator[tuple[Reading, Config]]:
    """The memory of the config at `path`, and the config."""
    from watcher import config

    loaded = config.load(path, None)
    with reading(loaded) as memory:
        yield memory, loaded


@contextmanager
def reading(config: Config) -> Iterator[Reading]:
    from watcher.edges.store import Store

    store = Store.open_to_read(config.database)
    try:
        with store.reading() as memory:
            yield memory
    finally:
        store.close()


def after(since: timedelta | None) -> datetime | None:
    """The moment that lies so far back."""
    from watcher.app import utc_now

    try:
        return utc_now() - since if since else None
    except OverflowError:
        raise click.BadParameter("that is longer ago than can be counted", param_hint="--since") from None
