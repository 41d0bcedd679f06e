"""Memory that nobody uses goes back to the system.

Where many threads take turns, glibc gives each a heap of its own, keeps what they let go of in pieces, and a little
more of it each day. Other libraries of C need no telling.
"""

from __future__ import annotations

import ctypes

_M_ARENA_MAX = -8  # malloc.h
_HEAPS = 2


def share() -> None:
    """Have the threads that are to come share a few heaps. Source: mallopt(3)."""
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        mallopt(_M_ARENA_MAX, _HEAPS)


def give_back() -> None:
    """Takes some milliseconds. Source: malloc_trim(3)."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)
