"""When it is our own network that is down, and when the operator hears of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from watcher.core.outages import BACK, DOWN, LONG, Outage, news, outage

NOW = datetime(2026, 2, 24, 14, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
A, B, C = "https://a.example/feed", "https://b.example/feed", "https://a.example:8080/other"


def test_several_hosts_without_a_word_and_none_with_one_are_our_own_network() -> None:
    found = outage(NOW - MINUTE, [(B, NOW + MINUTE), (A, NOW), (C, NOW)])
    assert found == Outage(NOW, 3)
    assert outage(None, [(A, NOW), (B, NOW)]) == Outage(NOW, 2)


def test_one_host_may_be_down_itself() -> None:
    assert outage(NOW - MINUTE, [(A, NOW), (C, NOW)]) is None


def test_who_was_silent_while_others_were_heard_is_no_witness() -> None:
    long_dead = [(f"https://dead{number}.example/", NOW - timedelta(days=3)) for number in range(50)]
    assert outage(NOW - MINUTE, [*long_dead, (A, NOW)]) is None
    assert outage(NOW - MINUTE, [*long_dead, (A, NOW), (B, NOW)]) == Outage(NOW, 2)


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
