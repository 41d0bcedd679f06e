"""A clock that was ahead, and was put right: nothing waits for the moments that it has written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from watcher.core.alerts.routing import Conditions
from watcher.core.messages import Message
from watcher.core.model import Severity
from watcher.core.sources.polling import SourceState, failed, succeeded
from watcher.core.sources.schedule import MOST_BACKOFF, Bounds, plan
from watcher.edges.store import Ended, Outcome, Store

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVERY = Bounds(*[timedelta(minutes=15)] * 3)
URLS = {name: f"https://{name}.example/" for name in ("one", "two", "three")}
LEAPS = [timedelta(minutes=2), HOUR, 20 * DAY, 365 * DAY, 30_000 * DAY]


def mend(store: Store, now: datetime = NOW) -> bool:
    with store.care() as care:
        return care.mend(now)


def poll(store: Store, name: str, at: datetime, *, reached: bool = True) -> None:
    """This source is polled at that moment."""
    state = next(state for state in store.take_due({name: URLS[name]}, 9, at + 2 * DAY) if state.name == name)
    after = succeeded(state, at) if reached else failed(state, "no word", at, silent_for=timedelta(0))
    with store.ingest() as ingest:
        ingest.settle_sources([Ended(state, after, plan(EVERY, after, at, 0.5))])


def states(store: Store, now: datetime = NOW) -> dict[str, SourceState]:
    return {state.name: state for state in store.take_due(URLS, 9, now)}


@pytest.fixture
def sources(store: Store) -> Store:
    store.set_sources(URLS, NOW)
    return store


@pytest.mark.parametrize("leap", LEAPS)
@pytest.mark.parametrize("reached", [True, False])
def test_a_feed_that_was_polled_in_the_future_is_due_now(
    sources: Store, leap: timedelta, reached: bool
) -> None:
    for name in ("one", "two", "three"):
        poll(sources, name, NOW + leap, reached=reached)
    assert mend(sources)
    found = states(sources)
    assert found.keys() == {"one", "two", "three"}
    assert all(state.polled_at == NOW for state in found.values())
    assert {state.in_doubt for state in found.values()} == {not reached}
    assert not mend(sources)


def test_a_feed_that_was_put_off_by_a_clock_ahead_is_due_though_it_was_not_polled(sources: Store) -> None:
    poll(sources, "one", NOW)
    sources.make_due(["one", "two"], NOW + 20 * DAY)
    assert states(sources).keys() == {"three"}
    assert mend(sources)
    assert states(sources).keys() == {"one", "two"}


@pytest.mark.parametrize("leap", LEAPS)
def test_an_outage_is_still_one_when_the_clock_is_put_right(sources: Store, leap: timedelta) -> None:
    poll(sources, "one", NOW + leap / 2)
    for name in ("two", "three"):
        poll(sources, name, NOW + leap, reached=False)
    assert mend(sources)
    with sources.care() as care:
        heard, unheard = care.reached_at(NOW), [since for _, since in care.unreached()]
    assert len(unheard) == 2
    assert heard is not None
    assert all(heard < since <= NOW for since in unheard)


@pytest.mark.parametrize("leap", LEAPS)
def test_an_alert_of_the_future_is_sent_now(store: Store, leap: timedelta) -> None:
    store.tell(Message("key", Severity.HIGH, "subject", "text", ""), ["desk"], NOW + leap)
    assert mend(store)
    delivery = store.take_delivery("desk", NOW)
    assert delivery is not None
    assert (delivery.created_at, delivery.decided_at) == (NOW, NOW)


@pytest.mark.parametrize("leap", LEAPS)
def test_an_alert_that_failed_in_the_future_is_tried_now(store: Store, leap: timedelta) -> None:
    then = NOW + leap
    store.tell(Message("key", Severity.HIGH, "subject", "text", ""), ["desk"], then)
    delivery = store.take_delivery("desk", then)
    assert delivery is not None
    asked = then + 20 * HOUR
    store.settle_delivery(delivery, Outcome("retry", "503", asked, quiet_until=asked), then)
    assert mend(store)
    assert store.take_delivery("desk", NOW) is not None


@pytest.mark.parametrize("leap", LEAPS)
def test_a_silence_made_in_the_future_holds_from_now_for_as_long_as_it_was_meant(
    store: Store, leap: timedelta
) -> None:
    then = NOW + leap
    store.silence(Conditions(), ["desk"], then, then + 2 * HOUR, "maintenance")
    assert mend(store)
    assert [row["until"] for row in store.silences(NOW)] == [(NOW + 2 * HOUR).isoformat()]
    assert store.end_silences(NOW + 2 * HOUR) == 1


def test_where_the_clock_was_right_all_stays_as_it_was_planned(sources: Store) -> None:
    """What waits for a day waits for a day."""
    poll(sources, "one", NOW)
    with sources.ingest() as ingest:
        asked = plan(EVERY, SourceState("two"), NOW, 0.99, retry_at=NOW + MOST_BACKOFF)
        ingest.leave_alone("https://two.example/", asked)
    sources.tell(Message("key", Severity.HIGH, "subject", "text", ""), ["desk"], NOW)
    delivery = sources.take_delivery("desk", NOW)
    assert delivery is not None
    sources.settle_delivery(delivery, Outcome("retry", "503", NOW + 3 * HOUR), NOW)
    sources.silence(Conditions(), [], NOW, NOW + 300 * DAY, "a year off")
    assert not mend(sources)
    assert states(sources).keys() == {"three"}
    assert sources.take_delivery("desk", NOW) is None
    assert sources.take_delivery("desk", NOW + 3 * HOUR) is not None
