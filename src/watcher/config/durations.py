"""Durations as people write them, "30s", "15m", "2h", "1d", to timedelta and back.

One number and one unit. It knows no limits but those of timedelta: what is too short or too long for its purpose is
said by the field that uses it.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from watcher.config.wording import quoted

FIX: Final = "write a duration such as 30s, 15m, 2h or 1d"

_SECONDS: Final = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_DURATION: Final = re.compile(r"([0-9]{1,12})([smhd])")


def parse(text: str) -> timedelta:
    """`text` as a duration.

    Errors: ValueError, with a message for the reader, when it is none or is beyond what can be counted.
    """
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(f"{quoted(text)} is not a duration")
    try:
        return timedelta(seconds=int(found[1]) * _SECONDS[found[2]])
    except OverflowError:
        raise ValueError(f"{quoted(text)} is longer than can be counted") from None


def spell(duration: timedelta) -> str:
    """The shortest way to write a whole number of seconds: 90 minutes is "90m", 120 minutes "2h"."""
    seconds = int(duration.total_seconds())
    unit = next(unit for unit, size in _SECONDS.items() if seconds % size == 0)
    return f"{seconds // _SECONDS[unit]}{unit}"
