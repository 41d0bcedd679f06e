"""When a receiver gets what: quiet hours, digests and limits hold, and lose nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.alerts.pacing import (
    AT_ONCE,
    BEYOND,
    CALM,
    LONGEST_STORM,
    Limit,
    Pace,
    Quiet,
    Waiting,
    next_message,
)
from watcher.core.model import Severity

LOW, MEDIUM, HIGH = Severity
KYIV = ZoneInfo("Europe/Kyiv")
NIGHT = Quiet(time(22), time(7))
NOON = datetime(2026, 2, 24, 12, tzinfo=KYIV)


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 2, day, hour, minute, tzinfo=KYIV)


# -- quiet hours ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        (at(21, 59), None),
        (at(22), at(7, day=25)),
        (at(3), at(7)),
        (at(6, 59), at(7)),
        (at(7), None),
        (at(12), None),
    ],
)
def test_quiet_hours_last_over_midnight_and_end_on_time(moment: datetime, end: datetime | None) -> None:
    assert Pace(KYIV, quiet=NIGHT).quiet_until(moment) == end


def test_quiet_hours_within_a_day_leave_the_night_alone() -> None:
    siesta = Pace(KYIV, quiet=Quiet(time(13), time(15)))
    assert siesta.quiet_until(at(14)) == at(15)
    assert siesta.quiet_until(at(15)) is siesta.quiet_until(at(2)) is None


def test_in_the_night_in_which_clocks_go_forward_quiet_hours_are_an_hour_shorter() -> None:
    evening = datetime(2026, 3, 28, 23, tzinfo=KYIV)
    end = Pace(KYIV, quiet=NIGHT).quiet_until(evening)
    assert end == datetime(2026, 3, 29, 4, tzinfo=UTC)  # 7 o'clock in summer time
    assert end - evening.astimezone(UTC) == timedelta(hours=7)


def test_a_time_that_does_not_exist_comes_when_the_clock_has_passed_it() -> None:
    until_half_past_three = Pace(KYIV, quiet=Quiet(time(22), time(3, 30)))
    night = datetime(2026, 3, 29, 2, 59, tzinfo=KYIV)  # a minute later it is 4
    end = until_half_past_three.quiet_until(night)
    assert end == datetime(2026, 3, 29, 4, 30, tzinfo=KYIV)


def test_a_time_that_exists_twice_comes_the_first_time_and_quiet_hours_do_not_begin_anew() -> None:
    until_half_past_three = Pace(KYIV, quiet=Quiet(time(22), time(3, 30)))
    first = datetime(2026, 10, 25, 3, 30, tzinfo=KYIV).astimezone(UTC)
    assert until_half_past_three.quiet_until(first - timedelta(minutes=1)) == first
    second_time = datetime(2026, 10, 25, 3, 15, fold=1, tzinfo=KYIV).astimezone(UTC)
    assert until_half_past_three.quiet_until(second_time) is None


@given(
    st.timedeltas(timedelta(0), timedelta(days=365)).map(lambda span: NOON.astimezone(UTC) + span),
    st.times(),
    st.times(),
    st.sampled_from(["Europe/Kyiv", "Australia/Lord_Howe", "America/St_Johns", "UTC"]),
)
def test_quiet_hours_end_within_a_day_and_are_over_when_they_end(
    moment: datetime, start: time, end: time, zone: str
) -> None:
    pace = Pace(ZoneInfo(zone), quiet=Quiet(start, end))
    over = pace.quiet_until(moment)
    if over is not None:
        assert moment < over <= moment + timedelta(hours=25)
        assert start == end or pace.quiet_until(over) is None


# -- digests --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("digest", "since", "due"),
    [
        ("hourly", at(12, 1), at(13)),
        ("hourly", at(12), at(13)),
        ("hourly", at(23, 59), at(0, day=25)),
        (time(8), at(7, 59), at(8)),
        (time(8), at(8), at(8, day=25)),
        (time(8), at(23), at(8, day=25)),
        (None, at(23), at(23)),
    ],
)
def test_a_digest_comes_at_its_next_time(
    digest: time | Literal["hourly"] | None, since: datetime, due: datetime
) -> None:
    pace = Pace(KYIV, digest=digest)
    assert pace.due(MEDIUM, since) == due


def test_hours_are_full_where_the_zone_says_so() -> None:
    kathmandu = Pace(ZoneInfo("Asia/Kathmandu"), digest="hourly")
    assert kathmandu.due(LOW, datetime(2026, 2, 24, 12, 1, tzinfo=UTC)) == datetime(
        2026, 2, 24, 12, 15, tzinfo=UTC
    )


def test_a_digest_that_would_come_in_quiet_hours_comes_when_they_end() -> None:
    assert Pace(KYIV, NIGHT, digest="hourly").due(LOW, at(22, 30)) == at(7, day=25)


def test_what_is_to_come_at_once_waits_for_no_hour() -> None:
    pace = Pace(KYIV, NIGHT, digest="hourly", at_once=HIGH)
    assert pace.due(HIGH, at(3)) == at(3)
    assert pace.due(MEDIUM, at(3)) == at(7)


# -- where clocks change --------------------------------------------------------------------------------------------

# Of 2026: when clocks go forward, and back.
CHANGES = [
    ("Europe/Kyiv", "2026-03-29"),
    ("Europe/Kyiv", "2026-10-25"),
    ("Asia/Jerusalem", "2026-03-27"),
    ("Asia/Jerusalem", "2026-10-25"),
    ("America/New_York", "2026-03-08"),
    ("America/New_York", "2026-11-01"),
]


def days_around(zone: ZoneInfo, day: str) -> list[datetime]:
    """Each ten minutes, by UTC, of five days of that place."""
    noon = datetime.combine(date.fromisoformat(day), time(12), zone)
    first, last = (datetime.combine(noon + timedelta(days=days), time(0), zone) for days in (-2, 3))
    whole = last.astimezone(UTC) - first.astimezone(UTC)
    assert whole in (timedelta(days=5, hours=1), timedelta(days=5, hours=-1))
    return [
        first.astimezone(UTC) + timedelta(minutes=10 * step)
        for step in range(int(whole / timedelta(minutes=10)))
    ]


@pytest.mark.parametrize(("zone", "day"), CHANGES)
@pytest.mark.parametrize("clock", [time(0), time(1, 30), time(2, 30), time(3, 30), time(7), time(23, 50)])
def test_where_clocks_change_a_digest_comes_once_on_each_day_of_its_place(
    zone: str, day: str, clock: time
) -> None:
    place = ZoneInfo(zone)
    pace, moments = Pace(place, digest=clock), days_around(place, day)
    dues = sorted({pace.due(LOW, moment) for moment in moments})
    within = [due.astimezone(place) for due in dues if moments[0] < due <= moments[-1]]
    assert len({due.date() for due in within}) == len(within) >= 4
    there = [due.time() for due in within]
    assert sum(each == clock for each in there) >= len(there) - 1
    assert all(each == clock or each == clock.replace(hour=clock.hour + 1) for each in there)  # no such time
    assert all(moment < pace.due(LOW, moment) <= moment + timedelta(hours=25) for moment in moments)


@pytest.mark.parametrize(("zone", "day"), CHANGES)
@pytest.mark.parametrize("night", [NIGHT, Quiet(time(1, 30), time(2, 30)), Quiet(time(23), time(3, 30))])
def test_where_clocks_change_quiet_hours_end_once_in_each_night(zone: str, day: str, night: Quiet) -> None:
    place = ZoneInfo(zone)
    pace, moments = Pace(place, quiet=night), days_around(place, day)
    ends = sorted({end for moment in moments if (end := pace.quiet_until(moment))})
    assert len({end.astimezone(place).date() for end in ends}) == len(ends)
    assert 4 <= len(ends) <= 6
    for moment in moments:
        there = moment.astimezone(place)
        if abs(there.date() - date.fromisoformat(day)) > timedelta(0):
            clock, over_midnight = there.time(), night.end <= night.start
            within = (clock >= night.start, clock < night.end)
            assert bool(pace.quiet_until(moment)) == (any(within) if over_midnight else all(within))


# -- what goes next ------------------------------------------------------------------------------------------------


def row(number: int, since: datetime, severity: Severity = MEDIUM, **more: bool) -> Waiting:
    return Waiting(number, severity, since, **more)


def test_without_wishes_each_goes_by_itself_the_most_severe_first() -> None:
    waiting = [row(1, NOON, LOW), row(2, NOON, HIGH), row(3, NOON, HIGH)]
    assert next_message(AT_ONCE, waiting, [], NOON) == (2,)


def test_what_quiet_hours_held_goes_as_one_when_they_end() -> None:
    pace = Pace(KYIV, NIGHT)
    waiting = [row(1, at(23, day=23)), row(2, at(2), HIGH)]
    assert next_message(pace, waiting, [], at(6, 59)) == ()
    assert next_message(pace, waiting, [], at(7)) == (2, 1)
    assert next_message(pace, waiting[:1], [], at(7)) == (1,)


def test_what_is_to_come_at_once_breaks_through_by_itself() -> None:
    pace = Pace(KYIV, NIGHT, at_once=HIGH)
    waiting = [row(1, at(2)), row(2, at(2)), row(3, at(2), HIGH)]
    assert next_message(pace, waiting, [], at(2)) == (3,)
    assert next_message(pace, waiting[:2], [], at(2)) == ()


def test_what_failed_before_the_quiet_hours_waits_for_their_end() -> None:
    assert next_message(Pace(KYIV, NIGHT), [row(1, at(21, 59))], [], at(22)) == ()


def test_what_may_have_been_sent_goes_alone_so_that_a_second_copy_has_the_same_key() -> None:
    pace = Pace(KYIV, NIGHT)
    waiting = [row(1, at(2), alone=True), row(2, at(2)), row(3, at(2))]
    assert next_message(pace, waiting, [], at(7)) == (2, 3)
    assert next_message(pace, waiting[:1], [], at(7)) == (1,)


def test_what_a_person_sends_again_goes_now() -> None:
    assert next_message(Pace(KYIV, NIGHT, "hourly"), [row(1, at(2), by_hand=True)], [], at(2)) == (1,)


LIMITED = Pace(limit=Limit(3, timedelta(hours=1)))


def test_a_storm_goes_as_one_once_nothing_more_comes() -> None:
    storm = [row(number, NOON) for number in range(1000)]
    assert next_message(LIMITED, storm, [], NOON) == ()
    assert next_message(LIMITED, storm, [], NOON + CALM) == tuple(range(1000))


def test_a_storm_that_does_not_end_is_told_of_all_the_same() -> None:
    storm = [row(number, NOON + timedelta(seconds=number)) for number in range(1000)]
    assert next_message(LIMITED, storm[:299], [], NOON + LONGEST_STORM - timedelta(seconds=1)) == ()
    assert len(next_message(LIMITED, storm[:301], [], NOON + LONGEST_STORM)) == 301


def test_the_last_message_of_a_limit_is_kept_for_all_that_waits() -> None:
    two = [NOON - timedelta(minutes=1)] * 2
    assert next_message(LIMITED, [row(1, NOON)], two[:1], NOON) == (1,)
    assert next_message(LIMITED, [row(1, NOON)], two, NOON) == ()
    assert next_message(LIMITED, [row(1, NOON), row(2, NOON)], two, NOON + CALM) == (1, 2)


def test_beyond_the_limit_nothing_goes_until_there_is_room_again() -> None:
    three = [NOON - timedelta(minutes=minutes) for minutes in (50, 40, 30)]
    waiting = [row(1, NOON - timedelta(minutes=20)), row(2, NOON - timedelta(minutes=10))]
    assert next_message(LIMITED, waiting, three, NOON) == ()
    assert next_message(LIMITED, waiting, three, NOON + timedelta(minutes=10)) == (1, 2)


def test_what_is_to_come_at_once_goes_beyond_the_limit_but_not_often() -> None:
    pace = replace(LIMITED, at_once=HIGH)
    three = [NOON - timedelta(minutes=1)] * 3
    waiting = [row(1, NOON), row(2, NOON, HIGH)]
    assert next_message(pace, waiting, three, NOON + CALM) == ()
    assert next_message(pace, waiting, three, NOON + BEYOND) == (2, 1)
    assert next_message(pace, waiting[:1], three, NOON + BEYOND) == ()


# -- and nothing is lost ----------------------------------------------------------------------------------------------


LOOK = timedelta(minutes=5)


@dataclass(frozen=True)
class Sent:
    at: datetime
    rows: tuple[Waiting, ...]


def simulated(pace: Pace, arrivals: list[tuple[int, Severity]]) -> list[Sent]:
    """Three days, a look each five minutes. `arrivals`: minutes from the start, within the first day."""
    rows = [row(number, NOON + timedelta(minutes=m), s) for number, (m, s) in enumerate(arrivals)]
    waiting, sent = {each.id: each for each in rows}, list[Sent]()
    now = NOON.astimezone(UTC)
    for _ in range(3 * 24 * 12):
        now += LOOK
        here = [each for each in waiting.values() if each.since <= now]
        while here and (ids := next_message(pace, here, [each.at for each in sent], now)):
            sent.append(Sent(now, tuple(waiting.pop(number) for number in ids)))
            here = [each for each in waiting.values() if each.since <= now]
        if not waiting:
            break
    return sent


paces = st.builds(
    Pace,
    st.sampled_from([KYIV, UTC]),
    st.none() | st.sampled_from([NIGHT, Quiet(time(13), time(14, 30))]),
    st.none() | st.sampled_from(["hourly", time(8)]),
    st.none()
    | st.builds(Limit, st.integers(1, 5), st.sampled_from([timedelta(minutes=10), timedelta(hours=1)])),
    st.none() | st.sampled_from(Severity),
)
arrivals = st.lists(st.tuples(st.integers(0, 24 * 60), st.sampled_from(Severity)), min_size=1, max_size=25)


@given(paces, arrivals)
def test_everything_arrives_once_and_when_it_was_wanted(pace: Pace, came: list[tuple[int, Severity]]) -> None:
    sent = simulated(pace, came)
    ids = [each.id for message in sent for each in message.rows]
    assert sorted(ids) == list(range(len(came)))
    for message in sent:
        urgent = [each for each in message.rows if pace.is_urgent(each.severity)]
        if not urgent:
            assert pace.quiet_until(message.at) is None
            assert all(pace.due(each.severity, each.since) <= message.at for each in message.rows)
        if pace.limit is None:
            assert all(message.at - each.since <= LOOK for each in urgent)


@given(paces, arrivals)
def test_no_more_messages_come_than_the_limit_says(pace: Pace, came: list[tuple[int, Severity]]) -> None:
    pace = replace(pace, limit=pace.limit or Limit(2, timedelta(hours=1)))
    assert pace.limit
    sent = simulated(pace, came)
    for last in sent:
        lately = [each for each in sent if last.at - pace.limit.per < each.at <= last.at]
        urgent = any(pace.is_urgent(each.severity) for each in last.rows)
        assert len(lately) <= pace.limit.most + (pace.limit.per // BEYOND) * urgent
