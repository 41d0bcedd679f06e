"""Memory that nobody uses goes back to the system."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path

import pytest

from watcher.edges.memory import give_back

MB = 2**20


def resident() -> int:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) * 1024


@pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="this is not glibc, which has to be told"
)
def test_what_lies_between_pieces_that_are_still_used_goes_back() -> None:
    pieces = [bytes(1000) for _ in range(60_000)]
    kept = pieces[::1000]
    del pieces
    before = resident()
    give_back()
    assert before - resident() > 30 * MB
    assert len(kept) == 60
