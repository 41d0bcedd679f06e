"""When a feed is polled next, and why then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.sources.hints import Asks
from watcher.core.sources.polling import SourceState
from watcher.core.sources.schedule import FARTHEST, MOST_BACKOFF, Bounds, plan

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)  # a Tuesday
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
USUAL = Bounds(15 * MINUTE, 5 * MINUTE, HOUR)
FIXED = Bounds(10 * MINUTE, 10 * MINUTE, 10 * MINUTE)


def pause(bounds: Bounds = USUAL, **known: Any) -> timedelta:
    return plan(bounds, SourceState("a", polled_at=NOW, **known), NOW, 0).at - NOW


def why(bounds: Bounds = USUAL, **known: Any) -> str:
    return plan(bounds, SourceState("a", polled_at=NOW, **known), NOW, 0).why


@pytest.mark.parametrize(
    ("pace", "minutes"), [(None, 15), (2, 15), (10, 15), (24, 15), (48, 7.5), (500, 5), (1, 30), (0.1, 60), (0, 60)]
)  # fmt: skip
def test_busy_feeds_are_polled_more_often_and_quiet_ones_less_within_the_bounds(
    pace: float | None, minutes: float
) -> None:
    assert pause(pace=pace) == minutes * MINUTE


def test_before_a_feed_has_a_history_it_is_believed_what_it_says_of_itself() -> None:
    hourly = Asks(period=3_600)
    assert pause(asks=hourly) == HOUR
    assert pause(asks=hourly, pace=10) == 15 * MINUTE
    assert why(asks=hourly) == "it says that it is updated every 60 minutes"


def test_a_server_that_says_for_how_long_nothing_changes_is_believed_up_to_the_longest_interval() -> None:
    assert pause(asks=Asks(fresh_for=1_800), pace=500) == 30 * MINUTE
    assert pause(asks=Asks(fresh_for=60), pace=10) == 15 * MINUTE
    assert pause(asks=Asks(fresh_for=10**8)) == HOUR


def test_a_time_to_live_is_kept_to_unless_the_feed_itself_does_not() -> None:
    assert pause(asks=Asks(ttl=1_800), pace=10) == 30 * MINUTE
    assert pause(asks=Asks(ttl=1_800), pace=96) == 5 * MINUTE  # it brings an entry every quarter of an hour
    assert "the feed asks for 30 minutes" in why(asks=Asks(ttl=1_800), pace=10)


def test_a_feed_that_rests_is_polled_as_seldom_as_may_be() -> None:
    assert pause(asks=Asks(skip_hours=(12,)), pace=10) == HOUR
    assert pause(asks=Asks(skip_days=(1,)), pace=10) == HOUR
    assert pause(asks=Asks(skip_hours=(11,), skip_days=(0,)), pace=10) == 15 * MINUTE


def test_where_entries_may_have_been_missed_it_is_polled_as_often_as_may_be_for_a_day() -> None:
    assert pause(gap_at=NOW - HOUR, pace=0, asks=Asks(ttl=3_600)) == 5 * MINUTE
    assert pause(gap_at=NOW - 25 * HOUR, pace=10) == 15 * MINUTE


def test_an_interval_that_the_user_gave_the_source_is_kept_whatever_is_asked() -> None:
    asks = Asks(fresh_for=9_000, ttl=9_000, period=60, skip_hours=(12,))
    assert pause(FIXED, asks=asks, pace=500, gap_at=NOW) == 10 * MINUTE
    assert why(FIXED, asks=asks) == "the config says so"


def test_each_failure_after_the_first_doubles_the_pause() -> None:
    assert [pause(failures=failures) for failures in range(5)] == [
        15 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR,
    ]  # fmt: skip


def test_what_passes_by_itself_is_tried_within_two_hours_and_what_does_not_within_a_day() -> None:
    state = SourceState("a", failures=40, polled_at=NOW)
    assert plan(USUAL, state, NOW, 0).at == NOW + 2 * HOUR
    assert plan(USUAL, state, NOW, 0, lasting=True).at == NOW + MOST_BACKOFF
    weekly = Bounds(*[timedelta(days=7)] * 3)
    assert plan(weekly, state, NOW, 0, lasting=True).at == NOW + timedelta(days=7)


def test_a_server_that_asks_to_be_left_alone_is_for_a_day_at_most() -> None:
    for bounds in (USUAL, FIXED):
        asked = plan(bounds, SourceState("a"), NOW, 0, retry_at=NOW + 3 * HOUR)
        assert (asked.at, asked.why) == (NOW + 3 * HOUR, "its server asks to be left alone for 3 hours")
        assert (
            plan(bounds, SourceState("a"), NOW, 0, retry_at=NOW + timedelta(days=999)).at
            == NOW + MOST_BACKOFF
        )
        assert plan(bounds, SourceState("a"), NOW, 0, retry_at=NOW + MINUTE).at == NOW + bounds.every


def test_a_feed_that_is_polled_monthly_is_not_taken_for_one_whose_clock_was_wrong() -> None:
    monthly = Bounds(*[timedelta(days=30)] * 3)
    assert plan(monthly, SourceState("a", failures=9), NOW, 0.999, lasting=True).at - NOW == FARTHEST


def test_a_gap_that_a_wrong_clock_saw_hurries_nothing() -> None:
    assert pause(gap_at=NOW + timedelta(days=300), pace=10) == 15 * MINUTE


def test_the_first_poll_without_a_word_of_the_server_is_repeated_soon() -> None:
    assert pause(unreached_since=NOW) == 2 * MINUTE
    assert (
        pause(unreached_since=NOW - HOUR) == 15 * MINUTE
    )  # a network that is down is not asked all the time


STATES = st.builds(
    SourceState,
    name=st.just("a"),
    failures=st.integers(0, 10_000),
    pace=st.none() | st.floats(0, 1e9),
    gap_at=st.none() | st.just(NOW - HOUR) | st.just(NOW + timedelta(days=900)),
    polled_at=st.just(NOW),
    unreached_since=st.none() | st.just(NOW),
    asks=st.builds(
        Asks,
        fresh_for=st.none() | st.integers(1, 10**9),
        ttl=st.none() | st.integers(1, 10**9),
        period=st.none() | st.integers(1, 10**9),
        skip_hours=st.lists(st.integers(0, 23)).map(tuple),
    ),
)


@given(STATES, st.floats(0, 1, exclude_max=True), st.booleans(), st.none() | st.integers(-(10**6), 10**6))
def test_however_odd_the_hints_a_feed_is_polled_within_a_day_and_never_sooner_than_its_bounds(
    state: SourceState, chance: float, lasting: bool, asked: int | None
) -> None:
    retry_at = None if asked is None else NOW + asked * MINUTE
    found = plan(USUAL, state, NOW, chance, lasting=lasting, retry_at=retry_at)
    assert (2 * MINUTE if state.in_doubt else USUAL.shortest) <= found.at - NOW <= MOST_BACKOFF * 1.1
    assert USUAL.shortest <= found.every <= USUAL.longest
    assert found.why
