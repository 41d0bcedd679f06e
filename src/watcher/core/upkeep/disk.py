"""Whether there is room on the disk to learn more, and what the operator hears of it.

What is read needs much room, and what waits to be sent but little: reading pauses while there is still enough for that.
"""

from __future__ import annotations

from datetime import datetime

from watcher.core.keys import key_of
from watcher.core.messages import Message
from watcher.core.messages.blocks import Lead, Listed, Verbatim
from watcher.core.messages.troubles import trouble
from watcher.core.model import Severity


def room_for_more(free: int, least: int, *, before: bool) -> bool:
    """Of so many free bytes, where `least` are to be left; `before`: whether there was.

    Once there was not, a quarter more has to be free, so that it does not end and begin with every file.
    """
    return free >= (least if before else _enough(least))


def _enough(least: int) -> int:
    return least + least // 4


def no_room(free: int, least: int) -> str:
    """Why nothing new is read, in a sentence."""
    return (
        f"the disk has only {_megabytes(free)} left: nothing new is read until there are "
        f"{_megabytes(_enough(least))}, what waits is sent"
    )


def low(free: int, least: int, since: datetime) -> Message:
    """Reading pauses."""
    wanted = _megabytes(_enough(least))
    blocks = (
        Lead(
            f"The disk has only {_megabytes(free)} left where watcher keeps its memory. "
            f"Nothing new is read until there are {wanted}; alerts that wait are still sent."
        ),
        Listed("Nothing is lost", ("What the feeds carry when there is room again is read then.",)),
        Verbatim("What would make room", ("watcher db prune --dry-run", "df -h")),
    )
    return trouble("watcher: the disk is almost full, nothing new is read", blocks, _key(since))


def room_again(since: datetime, now: datetime) -> Message:
    """Reading goes on."""
    blocks = (
        Lead(
            f"There is room on the disk again. Nothing was read from {since:%Y-%m-%d %H:%M} to {now:%H:%M} UTC."
        ),
    )
    subject = "watcher: there is room on the disk, reading goes on"
    return trouble(subject, blocks, key_of(_key(since), "over"), Severity.LOW)


def _key(since: datetime) -> str:
    """One for each day: a new start on a disk that is still full is no news."""
    return key_of("disk", f"{since:%Y-%m-%d}")


def _megabytes(count: int) -> str:
    return f"{count // 10**6} MB"
