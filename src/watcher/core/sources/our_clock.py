"""Whether it is our own clock that is wrong, and when the operator hears of it.

A server that is a day off may have lost the time itself. If most of all say so, and by as much, it is we who have.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median_low
from typing import Final

from watcher.core.keys import key_of
from watcher.core.messages.blocks import Lead, Listed, Verbatim
from watcher.core.messages.troubles import trouble
from watcher.core.model import Severity
from watcher.core.sources.health import clock
from watcher.core.sources.hints import LOST
from watcher.core.sources.outages import News, host_of, leads_out

HEARD_LATELY: Final = timedelta(hours=2)  # whoever was heard before says nothing of the clock as it is now
WRONG, RIGHT = "clock wrong", "clock right"  # in the history
SLIGHT: Final = 300  # seconds; what machines and networks make of it is less
_ALMOST_ALIKE: Final = 60  # seconds
_WITNESSES: Final = 3  # hosts
_ALIKE: Final = 3600  # seconds


def error(heard: Iterable[tuple[str, int]], alike: int = _ALIKE) -> int | None:
    """The seconds by which our clock is ahead, or behind (negative); 0 where it is right, None where nobody can tell.

    `heard`: of each feed that was heard lately its URL, and the seconds by which its server's clock is ahead of ours.
    `alike`: by how many seconds two may differ that agree.
    """
    hosts = {host_of(url): off for url, off in heard if leads_out(url)}
    if len(hosts) < _WITNESSES:
        return None
    middle = median_low(hosts.values())
    agree = sum(abs(off - middle) < alike for off in hosts.values())
    return -middle if 2 * agree > len(hosts) else None


def slightly(heard: Iterable[tuple[str, int]]) -> int | None:
    """As `error`, of an error of minutes to a day, which costs no more than quiet hours at other hours. None also where
    it is larger.
    """
    known = list(heard)
    if 2 * sum(abs(off) >= SLIGHT for _, off in known) <= len(known):
        return 0 if known else None
    ours = error(known, _ALMOST_ALIKE)
    if ours is None or abs(ours) > LOST.total_seconds():
        return None
    return ours if abs(ours) >= SLIGHT else 0


def news(ours: int | None, told_at: datetime | None, now: datetime) -> News | None:
    """What is new at this moment. `ours`: see `error`. `told_at`: when the operator was told that it is wrong, and not
    yet that it is right.
    """
    if ours and told_at is None:
        return _wrong(ours, now)
    if ours == 0 and told_at is not None:
        return _right(told_at, now)
    return None


def _wrong(ours: int, now: datetime) -> News:
    says = clock(ours)
    blocks = (
        Lead(f"The clock of this machine is {says}, as most servers of your feeds agree."),
        Listed(
            "What becomes of the news",
            (
                "It is read and told all the same, dated as the servers date it.",
                "Quiet hours, digests and silences go by the wrong clock until it is set.",
            ),
        ),
        Verbatim("See it, and have it set", ("timedatectl", "timedatectl set-ntp true")),
    )
    return News(WRONG, now, says, trouble(f"watcher: this machine's clock is {says}", blocks, _key(now)))


def _right(told_at: datetime, now: datetime) -> News:
    blocks = (
        Lead("The clock of this machine is right again. Whatever waited for the wrong one is due now."),
    )
    key = key_of(_key(told_at), "over")
    message = trouble("watcher: this machine's clock is right again", blocks, key, Severity.LOW)
    return News(RIGHT, now, "as most servers agree", message)


def _key(told_at: datetime) -> str:
    return key_of("clock", told_at.isoformat())
