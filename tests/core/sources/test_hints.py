"""What feeds and servers ask of those who poll them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.model import Entry
from watcher.core.sources.hints import (
    Asks,
    clock_off,
    fresh_for,
    in_our_time,
    lost,
    moment,
    of_feed,
    retry_after,
)

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)


def date(when: datetime) -> str:
    return format_datetime(when, usegmt=True)


def channel(says: str) -> bytes:
    return f"<rss><channel><title>x</title>{says}<item><ttl>1</ttl></item></channel></rss>".encode()


@pytest.mark.parametrize(
    ("says", "asks"),
    [
        ("<ttl> 60 </ttl>", Asks(ttl=3_600)),
        ("<ttl>0</ttl>", Asks()),
        ("<ttl>soon</ttl>", Asks()),
        ("<sy:updatePeriod>\n hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", Asks(period=1_800)),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", Asks(period=86_400)),
        ("<sy:updatePeriod>always</sy:updatePeriod>", Asks()),
        ("<skipHours><hour>0</hour><hour> 23 </hour><hour>24</hour></skipHours>", Asks(skip_hours=(0, 23))),
        ("<skipDays><day>Sunday</day><day>saturday</day><day>Funday</day></skipDays>", Asks(skip_days=(5, 6))),
        (f"<skipHours>{''.join(f'<hour>{hour}</hour>' for hour in range(24))}</skipHours>", Asks()),
        ("", Asks()),
    ],
)  # fmt: skip
def test_what_a_feed_says_of_itself_is_read_at_its_head(says: str, asks: Asks) -> None:
    assert of_feed(channel(says)) == asks


@given(st.binary(max_size=300))
def test_no_bytes_are_too_odd(body: bytes) -> None:
    assert isinstance(of_feed(b"<rss><ttl>5</ttl><skipHours>" + body), Asks)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=900"}, 900),
        ({"cache-control": "max-age=900", "age": "600"}, 300),
        ({"cache-control": "max-age=900", "age": "901"}, None),
        ({"cache-control": 'max-age="60"', "expires": date(NOW + timedelta(days=1)), "date": date(NOW)}, 60),
        ({"cache-control": "no-cache, max-age=900"}, None),
        ({"cache-control": "max-age=-5"}, None),
        ({"expires": date(NOW + timedelta(hours=1)), "date": date(NOW)}, 3_600),
        ({"expires": date(NOW + timedelta(hours=1))}, None),
        ({"expires": "0", "date": date(NOW)}, None),
        ({}, None),
    ],
)
def test_an_answer_stays_fresh_for_as_long_as_its_server_says(
    headers: dict[str, str], seconds: int | None
) -> None:
    assert fresh_for(headers) == seconds


def test_a_date_to_come_back_at_is_counted_from_the_server_s_own_clock() -> None:
    lost = NOW - timedelta(days=9_000)
    said = date(lost + timedelta(hours=2))
    assert retry_after(said, NOW, date(lost)) == NOW + timedelta(hours=2)
    assert retry_after(date(NOW + timedelta(hours=2)), NOW) == NOW + timedelta(hours=2)
    assert retry_after(said, NOW) is None
    assert retry_after("120", NOW, date(lost)) == NOW + timedelta(minutes=2)


def test_a_clock_is_lost_from_a_day_on_and_what_a_cache_kept_is_not() -> None:
    assert clock_off({"date": date(NOW - timedelta(hours=20))}, NOW) == timedelta(hours=-20)
    assert not lost(timedelta(hours=-20))
    assert lost(timedelta(days=-3))
    assert clock_off({"date": date(NOW - timedelta(days=3))}, NOW) == timedelta(days=-3)
    assert clock_off({"date": date(NOW - timedelta(days=3)), "age": str(3 * 86_400)}, NOW) == timedelta(0)
    assert clock_off({"date": "yesterday"}, NOW) == timedelta(0)


def test_what_a_server_without_the_time_publishes_is_dated_by_ours() -> None:
    off = timedelta(days=-400)
    fresh, old, none = in_our_time(
        [
            Entry("a", "a", "", published_at=NOW + off - timedelta(minutes=5)),
            Entry("b", "b", "", published_at=NOW - timedelta(days=2)),
            Entry("c", "c", ""),
        ],
        off,
        NOW,
    )
    assert fresh.published_at == NOW - timedelta(minutes=5)
    assert (old.published_at, none.published_at) == (NOW - timedelta(days=2), None)


@pytest.mark.parametrize("year", [1, 9999])
def test_a_server_at_an_end_of_time_costs_no_entry(year: int) -> None:
    end = datetime(year, 6, 1, tzinfo=UTC)
    off = clock_off({"date": date(end), "age": "100000000"}, NOW)
    assert lost(off)
    published = [NOW, datetime(1, 1, 3, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)]
    entries = in_our_time([Entry("a", "a", "", published_at=at) for at in published], off, NOW)
    assert [entry.published_at for entry in entries] == published


@given(st.text(max_size=40))
def test_no_header_is_too_odd(text: str) -> None:
    asked, said = retry_after(text, NOW, text), moment(text)
    assert asked is None or asked > NOW
    assert (fresh_for({"cache-control": text, "expires": text, "date": text, "age": text}) or 1) > 0
    assert said is None or said.tzinfo is UTC
