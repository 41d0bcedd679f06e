"""What is kept how long, and whether the clock is believed when it says that time has passed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from watcher.core.upkeep.retention import (
    DOUBTED,
    LEAP,
    REMEMBERED,
    Reckoning,
    Retention,
    limits,
    pages_to_return,
)

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)
MIDNIGHT = NOW.replace(hour=0)
DAY = timedelta(days=1)


def seen(*days_ago: int) -> Callable[[int], datetime | None]:
    """These articles, the newest first."""
    return lambda number: NOW - days_ago[number - 1] * DAY if number <= len(days_ago) else None


def test_what_nobody_wanted_goes_after_a_month_and_the_record_after_years() -> None:
    when = limits(Retention(), NOW, seen())
    assert (when.articles, when.keys) == (MIDNIGHT - 30 * DAY, NOW - REMEMBERED)
    assert (when.deliveries, when.stories) == (NOW - 365 * DAY, NOW - 3650 * DAY)


def test_where_there_are_too_many_articles_a_tenth_goes_earlier() -> None:
    most = Retention(most_articles=10)
    assert limits(most, NOW, seen(*range(1, 11))).articles == MIDNIGHT - 30 * DAY
    assert limits(most, NOW, seen(*range(1, 12))).articles == NOW - 9 * DAY
    assert limits(most, NOW, seen(*range(40, 51))).articles == MIDNIGHT - 30 * DAY


def test_what_is_kept_for_longer_than_there_were_days_is_kept() -> None:
    assert limits(Retention(stories=timedelta(days=999_999)), NOW, seen()).stories < NOW - 2000 * 365 * DAY


def test_a_clock_that_runs_evenly_is_believed() -> None:
    reckoning = Reckoning(NOW, timedelta(0))
    for hour in range(1, 100):
        reckoning = reckoning.later(NOW + timedelta(hours=hour), timedelta(hours=hour))
        assert reckoning.believed


def test_a_clock_that_has_leapt_is_believed_after_a_day_and_not_before() -> None:
    for leap in (365 * DAY, -365 * DAY):
        reckoning = Reckoning(NOW, timedelta(0)).later(NOW + leap, timedelta(hours=1))
        assert not reckoning.believed
        assert not reckoning.later(NOW + leap + DAY / 2, DAY / 2).believed
        assert reckoning.later(NOW + leap + 2 * DAY, 2 * DAY).believed


def test_a_night_s_sleep_and_a_changed_hour_are_no_leaps() -> None:
    for change in (timedelta(hours=8), timedelta(hours=-1)):
        assert Reckoning(NOW, timedelta(0)).later(NOW + change, timedelta(0)).believed


@given(st.lists(st.timedeltas(min_value=-400 * DAY, max_value=400 * DAY), max_size=9))
def test_nothing_is_believed_within_a_day_of_a_leap(steps: list[timedelta]) -> None:
    """Each step: an hour has passed, and the clock says this."""
    hour = timedelta(hours=1)
    reckoning, leapt = Reckoning(NOW, timedelta(0)), False
    for number, step in enumerate(steps, 1):
        reckoning = reckoning.later(reckoning.now + step, number * hour)
        leapt |= abs(step - hour) > LEAP
        assert reckoning.believed is not leapt
    assert 9 * hour < DOUBTED


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_file_gives_back_less_than_is_free_and_only_when_much_is(free: int, used: int) -> None:
    back = pages_to_return(free, free + used)
    assert 0 <= back <= free
    assert (back > 0) <= (free > (free + used) // 4)
