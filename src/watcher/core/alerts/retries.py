"""When to try a delivery again, and for how long. Chance and time are arguments."""

from __future__ import annotations

from datetime import datetime, timedelta

# How long after each failed try the next one comes; the last repeats until GIVE_UP has passed.
RETRIES = tuple(
    timedelta(seconds=s) for s in (5, 30, 120, 600, 1_800, 3_600, 10_800)
)  # 5 s, 30 s, 2 m, 10 m, 30 m, 1 h, then every 3 h
GIVE_UP = timedelta(hours=72)
JITTER = 0.2


def next_try(
    attempts: int, created_at: datetime, now: datetime, chance: float, not_before: datetime | None = None
) -> datetime | None:
    """When to try a delivery again after `attempts` (from 1) tries that failed; None when its time is over.

    `not_before`: what the receiver asked for. One that asks for more than the time left has the alert given up: to
    try earlier would be refused, and the operator hears of it at once. Where a machine has slept through its time, or a
    clock has leapt over it, it has the tries of its first hours all the same.
    """
    pause = RETRIES[min(attempts, len(RETRIES)) - 1] * (1 + JITTER * (2 * chance - 1))
    due = max(now + pause, not_before or now)
    first_hours = sum(RETRIES[attempts - 1 :], timedelta()) * (1 + JITTER)
    return due if due <= max(created_at + GIVE_UP, now + first_hours) else None
