"""What tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.world import World, new_database, world
from watcher.edges.store import Store

# `make test` says the same of the same code, every time and everywhere; `make fuzz` goes where no test has been.
settings.register_profile("same", max_examples=100, deadline=None, derandomize=True, database=None)
settings.register_profile("fuzz", max_examples=3000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: some tests wait for a daemon, and another can work meanwhile."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture
def earth(tmp_path: Path) -> Iterator[World]:
    """A small world of real servers: see tests/world.py."""
    with world(tmp_path) as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty memory."""
    path = tmp_path / "watcher.db"
    path.write_bytes(new_database())
    opened = Store.open(path)
    yield opened
    opened.close()
