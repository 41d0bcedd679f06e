"""What a poll makes of what is known of a feed, and when a delivery is tried again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from watcher.core.alerts.retries import GIVE_UP, RETRIES, next_try
from watcher.core.sources.polling import SourceState, failed, succeeded

NOW = datetime(2026, 2, 24, tzinfo=UTC)
EVERY = timedelta(minutes=15)
CHANCE = st.floats(0, 1, exclude_max=True)


def test_a_failure_counts_and_a_success_ends_it() -> None:
    once = failed(SourceState("a"), "answered 404 Not Found", NOW)
    twice = failed(once, "answered 404 Not Found", NOW + EVERY)
    assert (twice.failures, twice.failing_since, twice.error) == (2, NOW, "answered 404 Not Found")
    well = succeeded(twice, NOW + 2 * EVERY)
    assert (well.failures, well.failing_since, well.error, well.succeeded_at) == (
        0,
        None,
        None,
        NOW + 2 * EVERY,
    )


def test_without_a_word_of_the_server_a_poll_counts_only_if_others_were_reached_since_the_one_before() -> (
    None
):
    first = failed(SourceState("a"), "no answer", NOW, silent_for=timedelta(0), reached_at=NOW)
    assert (first.failures, first.in_doubt) == (0, True)
    nobody = failed(first, "no answer", NOW + EVERY, silent_for=timedelta(0), reached_at=NOW - EVERY)
    assert (nobody.failures, nobody.in_doubt, nobody.unreached_since) == (0, False, NOW)
    others = failed(
        nobody, "no answer", NOW + 2 * EVERY, silent_for=timedelta(0), reached_at=NOW + 1.5 * EVERY
    )
    assert (others.failures, others.failing_since) == (1, NOW)


@given(
    st.sampled_from([0, 1]),
    st.sampled_from([None, "partly read"]),
    st.sampled_from([None, "partly read", "no answer"]),
    st.sampled_from([None, NOW]),
    st.sampled_from([None, NOW]),
)
def test_steady_is_what_a_success_changes_only_in_its_moments(
    failures: int,
    warning: str | None,
    error: str | None,
    failing_since: datetime | None,
    unreached_since: datetime | None,
) -> None:
    state = SourceState("a", failures=failures, warning=warning, error=error)
    state = replace(state, failing_since=failing_since, unreached_since=unreached_since)
    same = replace(succeeded(state, NOW), polled_at=None, succeeded_at=None) == state
    assert state.steady == same


def test_a_feed_whose_last_entry_is_kept_no_longer_is_still_known_to_have_brought_one() -> None:
    old = NOW - timedelta(days=50)
    quiet = succeeded(SourceState("a", last_entry_at=old), NOW, (None, None))
    assert (quiet.pace, quiet.last_entry_at, quiet.counted_at) == (0, old, NOW)
    assert succeeded(SourceState("a"), NOW, (None, None)).pace is None
    assert succeeded(SourceState("a", last_entry_at=NOW + EVERY), NOW, (3.0, old)).last_entry_at == old


def test_a_night_without_a_network_is_nobody_s_failure() -> None:
    state = failed(SourceState("a"), "answered 503", NOW)
    for hour in range(1, 9):
        state = failed(
            state, "no answer", NOW + timedelta(hours=hour), silent_for=timedelta(0), reached_at=NOW
        )
    assert state.failures == 1
    assert failed(state, "answered 503", NOW + timedelta(hours=9)).unreached_since is None


def test_tries_come_at_the_promised_times_and_end_after_three_days() -> None:
    at, attempts, pauses = NOW, 1, []
    while due := next_try(attempts, NOW, at, 0.5):
        pauses.append(due - at)
        at, attempts = due, attempts + 1
    assert tuple(pauses[: len(RETRIES)]) == RETRIES
    assert set(pauses[len(RETRIES) :]) == {RETRIES[-1]}
    assert GIVE_UP - timedelta(hours=3) < at - NOW <= GIVE_UP


@given(st.integers(1, 100), CHANCE, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_who_has_slept_through_the_three_days_has_the_first_tries_all_the_same(
    attempts: int, chance: float, slept: timedelta
) -> None:
    woke = NOW + slept
    if attempts <= len(RETRIES):
        due = next_try(attempts, NOW, woke, chance)
        assert due is not None
        assert due - woke <= RETRIES[attempts - 1] * 1.2
    elif slept > GIVE_UP:
        assert next_try(attempts, NOW, woke, chance) is None
    assert next_try(attempts, NOW, woke, chance, woke + GIVE_UP + timedelta(seconds=1)) is None


@given(st.integers(1, 100), CHANCE)
def test_a_try_never_comes_before_the_receiver_allows(attempts: int, chance: float) -> None:
    asked = NOW + timedelta(hours=5)
    due = next_try(attempts, NOW, NOW, chance, asked)
    assert due is not None
    assert due >= asked
