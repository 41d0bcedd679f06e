"""When a receiver wants its messages, as it is written: "22:00-07:00", "daily 08:00", "20 per hour", "Europe/Kyiv".

Each is a pydantic type, as those in values.py are; receiver_tables.py makes a Pace of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time, timedelta
from typing import TYPE_CHECKING, Annotated, Final, Literal
from zoneinfo import available_timezones

from pydantic import BeforeValidator, WithJsonSchema

from watcher.config import raw
from watcher.config.document import Mistake
from watcher.config.values import line, refused
from watcher.config.wording import did_you_mean, quoted
from watcher.core.alerts.pacing import Limit, Quiet

if TYPE_CHECKING:
    from watcher.config.raw import TomlTable

_TIME: Final = r"([01]?[0-9]|2[0-3]):([0-5][0-9])"
_QUIET: Final = re.compile(f"{_TIME} ?[-\u2013] ?{_TIME}")
_DAILY: Final = re.compile(f"daily {_TIME}")
_LIMIT: Final = re.compile(r"([1-9][0-9]{0,4}) per (minute|hour|day)")
_PER: Final = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


def _zone(value: object) -> str:
    name = line(value)
    if name not in available_timezones():
        fix = 'write the zone of a large city near you, such as "Europe/Kyiv"'
        raise refused(f"{quoted(name)} is not a time zone", did_you_mean(name, available_timezones(), fix))
    return name


def _quiet(value: object) -> Quiet:
    if isinstance(value, Quiet):
        return value
    found = _QUIET.fullmatch(line(value))
    if found is None:
        raise refused(f"{quoted(line(value))} is not two times of day", 'write them so: "22:00-07:00"')
    start, end = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    if start == end:
        raise refused(f"{quoted(line(value))} begins when it ends", 'write two times, such as "22:00-07:00"')
    return Quiet(start, end)


def _digest(value: object) -> Literal["hourly"] | time:
    if isinstance(value, time):
        raise refused("must be text", f'write "daily {value:%H:%M}", in quotes')
    written = line(value)
    if written == "hourly":
        return "hourly"
    found = _DAILY.fullmatch(written)
    if found is None:
        raise refused(f"{quoted(written)} is not known here", 'write "hourly", or "daily 08:00"')
    return time(int(found[1]), int(found[2]))


def _limit(value: object) -> Limit:
    if isinstance(value, Limit):
        return value
    found = _LIMIT.fullmatch(line(value))
    if found is None:
        raise refused(f"{quoted(line(value))} is not a limit", 'write "20 per hour", or per minute or day')
    return Limit(int(found[1]), _PER[found[2]])


def _shown(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^(?:{pattern})$"})


_LINE: Final = WithJsonSchema({"type": "string", "minLength": 1})

Zone = Annotated[str, BeforeValidator(_zone), _LINE]
QuietHours = Annotated[Quiet, BeforeValidator(_quiet), _shown(_QUIET.pattern)]
DigestTime = Annotated[Literal["hourly"] | time, BeforeValidator(_digest), _shown(f"hourly|{_DAILY.pattern}")]
MessageLimit = Annotated[Limit, BeforeValidator(_limit), _shown(_LIMIT.pattern)]


def check(data: TomlTable) -> Iterator[Mistake]:
    """Times of day without a zone, and what is to come at once where all does."""
    for name, receiver in raw.table(data, "receivers").items():
        if not isinstance(receiver, dict):
            continue
        timed = next((key for key in ("quiet", "digest") if _names_a_time(receiver.get(key))), None)
        if timed and "timezone" not in receiver:
            fix = 'add timezone = "Europe/Kyiv", or your own'
            yield Mistake(("receivers", name, timed), "does not say in which time zone", fix)
        if "at_once" in receiver and not {"quiet", "digest", "limit"} & receiver.keys():
            fix = "remove it, or add quiet, digest or limit"
            yield Mistake(("receivers", name, "at_once"), "changes nothing: all comes at once", fix)


def _names_a_time(value: object) -> bool:
    return isinstance(value, str) and ":" in value
