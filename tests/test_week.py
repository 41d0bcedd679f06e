"""A day of twenty feeds in seconds; `make week` goes through a week of five hundred, and looks at the size as well."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from tests.week.harness import Result, simulate


def test_a_day_in_which_feeds_fail_move_and_ask_for_peace_loses_no_poll_and_tells_each_event_once() -> None:
    day = simulate(feeds=20, days=1, step=900)
    assert not day.faults, str(day)
    assert day.polls > 500
    _would_be_caught(day)


def _would_be_caught(day: Result) -> None:
    """Each of these, had it happened."""
    size = day.sizes[-1]
    wrong = [
        replace(day, told={"desk": Counter([0, 0, 1, 2])}),
        replace(day, told={"desk": Counter([1, 2])}),
        replace(day, latest_poll=float("inf")),
        replace(day, longest_pause=3 * 3600),
        replace(day, unheard=3600),
        replace(day, log=[*day.log, "12:00:00 ERROR   job feeds failed"]),
        replace(day, sizes=[*day.sizes, replace(size, memory=round(size.memory * 1.11))]),
        replace(day, sizes=[*day.sizes, replace(size, files=size.files + 11)]),
        replace(day, sizes=[*day.sizes, replace(size, database=size.database * 9)]),
        replace(day, sizes=[*day.sizes, replace(size, rows=size.rows | {"article": 10_000})]),
    ]
    assert [len(each.faults) for each in wrong] == [1] * len(wrong)
