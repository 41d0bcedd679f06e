"""When it is our own network that is down, and when the operator hears of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.core.sources.outages import BACK, DOWN, LONG, Outage, news, outage
from watcher.core.sources.polling import SourceState, failed, succeeded
from watcher.core.sources.schedule import Bounds, plan

NOW = datetime(2026, 2, 24, 14, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
A, B, C = "https://a.example/feed", "https://b.example/feed", "https://a.example:8080/other"


def test_several_hosts_without_a_word_and_none_with_one_are_our_own_network() -> None:
    found = outage(NOW - MINUTE, [(B, NOW + MINUTE), (A, NOW), (C, NOW)])
    assert found == Outage(NOW, 3)
    assert outage(None, [(A, NOW), (B, NOW)]) == Outage(NOW, 2)


def test_what_lies_in_our_own_network_says_nothing_about_the_way_out() -> None:
    near = [("http://192.168.1.5/", NOW), ("http://localhost/", NOW), ("http://[::1]/", NOW)]
    assert outage(None, near) is None
    assert outage(None, [*near, (A, NOW)]) is None


def test_one_host_may_be_down_itself() -> None:
    assert outage(NOW - MINUTE, [(A, NOW), (C, NOW)]) is None


def test_who_was_silent_while_others_were_heard_is_no_witness() -> None:
    long_dead = [(f"https://dead{number}.example/", NOW - timedelta(days=3)) for number in range(50)]
    assert outage(NOW - MINUTE, [*long_dead, (A, NOW)]) is None
    assert outage(NOW - MINUTE, [*long_dead, (A, NOW), (B, NOW)]) == Outage(NOW, 2)


def test_who_has_waited_in_vain_while_others_were_heard_is_no_witness_though_it_is_known_last() -> None:
    heard_at = NOW + timedelta(seconds=2)
    waited = [
        failed(SourceState(url), "no answer", NOW + timedelta(seconds=30), silent_for=timedelta(seconds=30))
        for url in (A, B)
    ]
    assert all(each.in_doubt for each in waited)
    assert outage(heard_at, [(each.name, each.unreached_since or NOW) for each in waited]) is None


def test_a_short_outage_is_told_to_nobody() -> None:
    assert news(Outage(NOW, 23), None, NOW + LONG - MINUTE) is None
    assert news(None, None, NOW) is None


def test_a_long_one_is_told_once_and_once_when_it_is_over() -> None:
    down = news(Outage(NOW, 23), None, NOW + LONG)
    assert down is not None
    assert (down.what, down.at) == (DOWN, NOW)
    assert "down since 14:02" in down.message.subject
    assert "23 sources are unreachable" in down.message.text
    assert news(Outage(NOW, 25), NOW, NOW + 5 * LONG) is None
    back = news(None, NOW, NOW + timedelta(hours=5))
    assert back is not None
    assert (back.what, back.says) == (BACK, "after 5 hours")
    assert back.message.key != down.message.key


def test_an_outage_has_one_key_however_often_it_is_looked_at() -> None:
    keys = {found.message.key for late in (1, 2) if (found := news(Outage(NOW, 9), None, NOW + late * LONG))}
    assert len(keys) == 1


@given(st.integers(2, 8), st.integers(60, 240), st.integers(1, 480), st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_an_outage_raises_no_failure_count_and_is_over_for_every_feed_within_one_interval(
    number: int, begins: int, lasts: int, random: Random
) -> None:
    """Feeds that are polled at moments of their own; all of them are cut off for a while. In minutes."""
    bounds = Bounds(15 * MINUTE, 5 * MINUTE, 60 * MINUTE)
    states = {
        n: SourceState(str(n), pace=random.choice([None, 0.0, 1.0, 10.0, 200.0])) for n in range(number)
    }
    due = {n: NOW + random.random() * 60 * MINUTE for n in range(number)}
    cut, back = NOW + begins * MINUTE, NOW + (begins + lasts) * MINUTE
    while (now := min(due.values())) < back + bounds.longest * 1.2:
        n = min(due, key=lambda each: due[each])
        if cut <= now < back:
            reached = [
                each.polled_at for each in states.values() if each.polled_at and not each.unreached_since
            ]
            reached_at = max(reached, default=None)
            states[n] = failed(states[n], "no way", now, silent_for=timedelta(0), reached_at=reached_at)
            assert states[n].failures == 0
        else:
            states[n] = succeeded(states[n], now)
        due[n] = plan(bounds, states[n], now, random.random()).at
    assert all(each.polled_at and each.polled_at >= back for each in states.values())
