"""Memory that nobody uses goes back to the system.

Where many threads take turns, glibc keeps what they let go of in pieces, and a little more of it each day. Other
libraries of C need no telling.
"""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Takes some milliseconds. Source: malloc_trim(3)."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)
