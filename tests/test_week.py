"""A day of twenty feeds in seconds; `make week` goes through a week of five hundred, and looks at the size as well."""

from __future__ import annotations

from tests.week.harness import simulate


def test_a_day_in_which_feeds_fail_move_and_ask_for_peace_loses_no_poll_and_tells_each_event_once() -> None:
    result = simulate(feeds=20, days=1, step=900)
    assert not result.faults, str(result)
    assert result.polls > 500
