"""Says in the log what an edit of the rules would have meant in the last days.

The new rules count before that is known: it is a job of its own, which takes its time and leaves half of it to others.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Lock

from watcher.app.loading import Settings
from watcher.core.effects import Effects
from watcher.errors import StoreError
from watcher.pipeline import Doors

log = logging.getLogger(__name__)

LATELY = timedelta(days=7)
MOST = 20_000  # articles
_LONGEST_REST = 0.1  # seconds

_Edit = tuple[Settings, Settings]  # before it, and after it


class Weighing:
    """The edit that is still to be weighed, if there is one. Safe to use from many threads."""

    def __init__(self) -> None:
        self._edit: _Edit | None = None
        self._lock = Lock()

    def edited(self, before: Settings, after: Settings) -> None:
        """Weigh this edit, together with those before it that were not weighed to the end."""
        if _rules(before) == _rules(after):
            return
        with self._lock:
            first = self._edit[0] if self._edit else before
            self._edit = (first, after) if _rules(first) != _rules(after) else None

    def run(self, doors: Doors, stopping: Callable[[], bool]) -> Iterator[None]:
        """Step by step. It ends when there is another edit, or once `stopping`. Raises StoreError; the edit is kept."""
        if (edit := self._edit) is None:
            return
        try:
            yield from self._weigh(edit, doors, stopping)
        except StoreError:
            raise
        except Exception:  # a bug that would come again
            self._forget(edit)
            raise
        self._forget(edit)

    def _weigh(self, edit: _Edit, doors: Doors, stopping: Callable[[], bool]) -> Iterator[None]:
        before, after = edit
        effects = Effects(before.rules, after.rules)
        tags = {source.name: source.tags for source in after.config.sources}
        for portion in doors.store.lately(doors.clock() - LATELY, tags, MOST):
            for article in portion:
                if self._edit is not edit or stopping():
                    return
                began = time.monotonic()
                effects.add(article)
                time.sleep(min(time.monotonic() - began, _LONGEST_REST))
                yield
        for line in _told(effects):
            log.info("%s", line)

    def _forget(self, edit: _Edit) -> None:
        with self._lock:
            if self._edit is edit:
                self._edit = None


def _rules(settings: Settings) -> tuple[object, ...]:
    """All that an edit has to touch to be worth weighing."""
    return settings.config.rules, settings.config.entities


def _told(effects: Effects) -> Iterator[str]:
    if not effects.articles:
        return
    number = f"{effects.articles:,} article{'s' if effects.articles > 1 else ''}"
    on = f"the last {number}" if effects.articles == MOST else f"{number} of the last {LATELY.days} days"
    changed = list(effects.in_words())
    for line in changed or ["no match more or fewer"]:
        yield f"by the edit of the rules, on {on}: {line}"
