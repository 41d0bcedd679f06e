"""When to poll next, and when to try again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from watcher.core.polling import GIVE_UP, MOST_BACKOFF, RETRIES, next_poll, next_try

NOW = datetime(2026, 2, 24, tzinfo=UTC)
EVERY = timedelta(minutes=15)
CHANCE = st.floats(0, 1, exclude_max=True)


@given(st.integers(0, 10_000), CHANCE)
def test_a_source_is_polled_again_within_a_day_and_never_sooner_than_its_interval(
    fails: int, chance: float
) -> None:
    pause = next_poll(EVERY, fails, NOW, chance) - NOW
    assert EVERY <= pause <= MOST_BACKOFF * 1.1


def test_each_failure_after_the_first_doubles_the_pause() -> None:
    pauses = [next_poll(EVERY, failures, NOW, 0) - NOW for failures in range(5)]
    assert pauses == [EVERY, EVERY, 2 * EVERY, 4 * EVERY, 8 * EVERY]


def test_a_weekly_source_is_not_polled_daily_because_it_failed() -> None:
    assert next_poll(timedelta(days=7), 3, NOW, 0) == NOW + timedelta(days=7)


def test_what_the_server_asks_for_is_heeded_but_cannot_silence_a_source_for_good() -> None:
    assert next_poll(EVERY, 1, NOW, 0, NOW + timedelta(hours=3)) == NOW + timedelta(hours=3)
    assert next_poll(EVERY, 1, NOW, 0, NOW + timedelta(days=999)) == NOW + MOST_BACKOFF
    assert next_poll(EVERY, 0, NOW, 0, NOW - timedelta(days=1)) == NOW + EVERY


def test_tries_come_at_the_promised_times_and_end_after_three_days() -> None:
    at, attempts, pauses = NOW, 1, []
    while due := next_try(attempts, NOW, at, 0.5):
        pauses.append(due - at)
        at, attempts = due, attempts + 1
    assert tuple(pauses[: len(RETRIES)]) == RETRIES
    assert set(pauses[len(RETRIES) :]) == {RETRIES[-1]}
    assert GIVE_UP - timedelta(hours=3) < at - NOW <= GIVE_UP


@given(st.integers(1, 100), CHANCE)
def test_a_try_never_comes_before_the_receiver_allows(attempts: int, chance: float) -> None:
    asked = NOW + timedelta(hours=5)
    assert next_try(attempts, NOW, NOW, chance, asked) >= asked
