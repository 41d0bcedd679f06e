"""A message that comes late says so, and how late it is: a subject in the present tense would be taken for now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from watcher.core.alerts.deciding import in_words
from watcher.core.messages import LONGEST_SUBJECT, Message, topped
from watcher.core.text import shorten

LATE = timedelta(minutes=15)  # what comes within this time is on time

_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60))


def as_sent(message: Message, decided_at: datetime, now: datetime) -> Message:
    """The message as it is right to send it now: unchanged where it is on time."""
    late = now - decided_at
    if late < LATE:
        return message
    mark = f" ({_in_brief(late)} late)"
    line = (
        f"This comes {in_words(_rounded(late))} late: it was decided on {decided_at.day} "
        f"{decided_at:%B %Y at %H:%M} UTC."
    )
    return replace(
        topped(message, line), subject=shorten(message.subject, LONGEST_SUBJECT - len(mark)) + mark
    )


def _in_brief(span: timedelta) -> str:
    """`17 min`, `3 h`, `2 d`: in the largest unit of which there are at least two."""
    seconds = span.total_seconds()
    name, size = next((unit for unit in _UNITS if seconds >= 2 * unit[1]), _UNITS[-1])
    return f"{round(seconds / size)} {name}"


def _rounded(span: timedelta) -> timedelta:
    """Whole minutes: nobody counts the seconds of hours."""
    return timedelta(minutes=round(span / timedelta(minutes=1)))
