"""Opening the memory to look into it, or to change something in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from watcher.config import Config
    from watcher.edges.store import Reading, Store


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

    with closing(Store.open_to_read(config.database)) as store, store.reading() as memory:
        yield memory


@contextmanager
def changing(path: Path) -> Iterator[Store]:
    """The memory of the config at `path`, whether or not a watcher runs on it."""
    from watcher import config
    from watcher.edges.store import Store

    with closing(Store.open_to_change(config.load(path, None).database)) as store:
        yield store


def after(since: timedelta | None) -> datetime | None:
    """The moment that lies so far back."""
    from watcher.app import utc_now

    try:
        return utc_now() - since if since else None
    except OverflowError:
        raise click.BadParameter("that is longer ago than can be counted", param_hint="--since") from None
