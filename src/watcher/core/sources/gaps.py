"""What a whole feed shows that no entry does: that some were missed, or that all have changed their ids."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

_FEWEST: Final = 3  # entries, for a change of all ids
_STAYS_NEWS: Final = timedelta(days=30)  # the old entries keep coming under their new ids


def after_gap(known: int, published: Sequence[datetime | None], last_entry_at: datetime | None) -> bool:
    """Whether entries may have been missed: none in the feed is known, and all are later than all that were.

    `published`: of those that are not known. `last_entry_at`: of the latest of all that were. Feeds without dates
    show nothing of this.
    """
    dated = [moment for moment in published if moment]
    return bool(not known and dated and last_entry_at and min(dated) > last_entry_at)


def all_renamed(renamed: int, known: int, before: datetime | None, now: datetime) -> bool:
    """Whether the known entries came under new ids, all or most of them, and that was not so `before`."""
    return renamed >= max(_FEWEST, known / 2) and (before is None or now - before > _STAYS_NEWS)
