"""Each kind of message looks as it did when a person last looked at it."""

from __future__ import annotations

import pytest
from tools import make_snapshots

SNAPSHOTS = dict(make_snapshots.snapshots())


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_a_message_looks_as_it_was_last_looked_at(name: str) -> None:
    """When it is meant to look otherwise: make snapshots, and look at docs/pictures."""
    assert SNAPSHOTS[name] == (make_snapshots.TARGET / name).read_text("utf-8")


def test_no_snapshot_is_left_of_a_kind_that_is_gone() -> None:
    assert {path.name for path in make_snapshots.TARGET.iterdir()} == set(SNAPSHOTS)
