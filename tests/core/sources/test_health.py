"""What polling recorded of a source, as a person would say it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watcher.core.sources.health import Known, State, entries_a_day, health, span

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)


def ago(**units: float) -> datetime:
    return NOW - timedelta(**units)


def feed(**known: Any) -> Known:
    """A feed that brought 90 entries in the last 30 days, the last one an hour ago."""
    polled_at = ago(minutes=5)
    usual = Known(polled_at=polled_at, succeeded_at=polled_at, entries_a_day=3.0, last_at=ago(hours=1))
    return replace(usual, **known)


def test_a_feed_that_brings_what_it_always_brings_is_well() -> None:
    found = health(feed(), NOW)
    assert (found.state, found.says, found.entries_a_day) == (State.WELL, "", 3)
    assert not found.state.troubled


def test_a_failure_says_since_when_how_often_why_and_what_helps() -> None:
    found = health(feed(succeeded_at=ago(hours=3), failures=4, error="answered 404 Not Found"), NOW)
    assert found.state is State.FAILING
    assert found.says == "for 3 hours, 4 polls in a row: answered 404 Not Found"
    assert found.since == ago(hours=3)
    assert "watcher sources add" in (found.helps or "")


def test_a_feed_that_never_worked_says_so() -> None:
    found = health(Known(polled_at=NOW, failures=1, error="the name example.org cannot be found"), NOW)
    assert found.says == "never worked, in 1 poll: the name example.org cannot be found"
    assert found.since is None


def test_a_feed_is_silent_once_it_misses_twenty_entries_but_not_over_a_weekend() -> None:
    assert health(feed(last_at=ago(days=6)), NOW).state is State.WELL
    assert health(feed(last_at=ago(days=7)), NOW).state is State.SILENT
    busy = {"entries_a_day": 100.0}
    assert health(feed(last_at=ago(days=2.5), **busy), NOW).state is State.WELL
    assert health(feed(last_at=ago(days=3.5), **busy), NOW).state is State.SILENT
    assert health(feed(entries_a_day=0.0, last_at=ago(days=31)), NOW).says.startswith(
        "no new entry for 31 days"
    )


def test_nobody_is_silent_while_this_machine_sleeps() -> None:
    """Nor where its clock has leapt: what counts is what the polls have heard."""
    slept = timedelta(days=400)
    known = feed()
    assert health(known, NOW + slept).state is State.WELL
    assert health(replace(known, succeeded_at=NOW + slept), NOW + slept).state is State.SILENT


def test_a_new_feed_is_judged_by_the_days_it_covers() -> None:
    assert entries_a_day(30, ago(days=5), NOW) == 6
    assert entries_a_day(30, ago(hours=2), NOW) == 30
    assert entries_a_day(30, ago(days=300), NOW) == 1
    assert entries_a_day(0, None, NOW) is None


def test_an_empty_feed_is_well_and_has_no_rate() -> None:
    found = health(feed(entries_a_day=None, last_at=None), NOW)
    assert (found.state, found.entries_a_day) == (State.WELL, None)


@pytest.mark.parametrize(
    ("known", "state"),
    [
        (feed(enabled=False, failures=3), State.PAUSED),
        (Known(folder=True), State.FOLDER),
        (Known(folder=False), State.MISSING),
        (Known(), State.WAITING),
        (feed(error="the XML is broken (line 3)"), State.PARTLY),
    ],
)
def test_the_other_states(known: Known, state: State) -> None:
    assert health(known, NOW).state is state


def test_the_troubled_come_first() -> None:
    troubled = [state.troubled for state in sorted(State, key=lambda state: state.rank)]
    assert troubled == sorted(troubled, reverse=True)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-5, "a moment"), (59, "a moment"), (60, "1 minute"), (7199, "119 minutes"),
     (7200, "2 hours"), (86_400 * 2 - 1, "47 hours"), (86_400 * 12, "12 days")],
)  # fmt: skip
def test_spans_are_said_in_one_unit(seconds: int, words: str) -> None:
    assert span(timedelta(seconds=seconds)) == words
