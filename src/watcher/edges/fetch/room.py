"""How much of the answers may be in memory at once, however many strangers send as much as they may."""

from __future__ import annotations

import threading

SMALL = 512 * 2**10  # bytes of a body; any transfer may hold as much, and hardly a feed is larger


class Room:
    """Places for the bodies that are larger than SMALL. Safe to use from several threads."""

    def __init__(self, places: int) -> None:
        self._places = threading.BoundedSemaphore(places)

    def take(self) -> bool:
        """Whether there was a place, which is now taken."""
        return self._places.acquire(blocking=False)

    def leave(self) -> None:
        self._places.release()
