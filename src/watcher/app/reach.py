"""Whether the database can be used. It is out of reach for all that need it at once, and that is told once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock

from watcher.errors import StoreError

log = logging.getLogger(__name__)


class Reach:
    """What was said to those that could not use the database when they last tried. Safe to use from many threads."""

    def __init__(self) -> None:
        self._said: dict[str, str] = {}  # who -> what
        self._lock = Lock()

    @property
    def trouble(self) -> str | None:
        """What keeps somebody from it now."""
        with self._lock:
            return next(iter(self._said.values()), None)

    def tried(self, who: str, act: Callable[[], object]) -> bool:
        """Do something that needs it; whether that could be done.

        It is news when that begins, changes or ends, and not at every try of everybody.
        """
        try:
            act()
        except StoreError as error:
            with self._lock:
                news = str(error) not in self._said.values()
                self._said[who] = str(error)
            if news:
                log.error("%s; whatever needs it is tried again", error)
            return False
        if self.forget(who):
            log.info("the database can be used again")
        return True

    def forget(self, who: str) -> bool:
        """It is not kept from it any more; whether it was the last one."""
        with self._lock:
            return self._said.pop(who, None) is not None and not self._said
