"""What tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import World, world


@pytest.fixture
def earth(tmp_path: Path) -> Iterator[World]:
    """A small world of real servers: see tests/world.py."""
    with world(tmp_path) as made:
        yield made
