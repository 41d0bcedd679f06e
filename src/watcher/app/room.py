"""Watches the room on the disk, and tells the operator when it ends and when there is some again."""

from __future__ import annotations

import logging
from datetime import datetime
from threading import Lock

from watcher.core.messages import Message
from watcher.core.upkeep.disk import low, no_room, room_again, room_for_more
from watcher.edges.store import free_bytes
from watcher.errors import StoreError
from watcher.pipeline import Doors

log = logging.getLogger(__name__)


class Room:
    """Safe to use from many threads."""

    def __init__(self) -> None:
        self._low_since: datetime | None = None
        self._trouble: str | None = None
        self._untold: Message | None = None  # where the disk was so full that not even this could be written
        self._lock = Lock()

    @property
    def trouble(self) -> str | None:
        """Why nothing new is read, where that is so."""
        return self._trouble

    def for_more(self, doors: Doors, least: int) -> bool:
        """Whether there is room to read more, where so many bytes are to be left free."""
        with self._lock:
            before = self._low_since is None
            free, now = free_bytes(doors.store.path), doors.clock()
            enough = room_for_more(free, least, before=before)
            self._trouble = None if enough else no_room(free, least)
            if enough:
                doors.store.reserve()
            if before and not enough:
                self._low_since, self._untold = now, low(free, least, now)
            elif self._low_since and enough:
                self._untold, self._low_since = room_again(self._low_since, now), None
            if before != enough and self._untold:
                log.warning("%s", self._untold.subject.removeprefix("watcher: "))
            self._tell(doors, now)
            return enough

    def _tell(self, doors: Doors, now: datetime) -> None:
        if self._untold is None:
            return
        try:
            doors.store.tell_operator(self._untold, doors.operators, now)
        except StoreError as error:
            log.debug("the operator cannot be told yet: %s", error)
        else:
            self._untold = None
