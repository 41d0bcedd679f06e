"""When it is our own clock that is wrong, and when the operator hears of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from watcher.core.sources.our_clock import RIGHT, WRONG, error, news, slightly

NOW = datetime(2027, 2, 24, 14, 2, tzinfo=UTC)
YEAR = 365 * 86_400


def heard(*offs: int) -> list[tuple[str, int]]:
    return [(f"https://outlet{number}.example/feed", off) for number, off in enumerate(offs)]


@pytest.mark.parametrize(
    ("offs", "ours"),
    [
        ((-YEAR, -YEAR - 3, -YEAR + 60), YEAR),
        ((YEAR, YEAR, YEAR, 0), -YEAR),
        ((0, 0, 0, -YEAR), 0),
        ((-YEAR, -YEAR), None),  # too few
        ((-YEAR, -YEAR, 0, 0), None),  # no majority
        ((-YEAR, 0, YEAR), None),
        ((), None),
    ],
)
def test_our_clock_is_wrong_where_most_servers_agree_by_how_much(
    offs: tuple[int, ...], ours: int | None
) -> None:
    assert error(heard(*offs)) == ours


def test_what_stands_in_our_own_network_or_on_one_server_is_no_crowd() -> None:
    near = [(f"http://192.168.1.{number}/", -YEAR) for number in range(9)]
    one = [(f"https://one.example/{number}", -YEAR) for number in range(9)]
    assert error([*near, *one]) is None


def test_a_wrong_clock_is_told_once_and_once_when_it_is_right() -> None:
    wrong = news(YEAR, None, NOW)
    assert wrong
    assert (wrong.what, wrong.message.subject) == (
        WRONG,
        "watcher: this machine's clock is 365 days ahead of the time",
    )
    assert news(YEAR, NOW, NOW + timedelta(minutes=1)) is None
    assert news(None, NOW, NOW + timedelta(minutes=1)) is None
    right = news(0, NOW, NOW + timedelta(hours=1))
    assert right
    assert (right.what, right.message.key != wrong.message.key) == (RIGHT, True)
    assert news(0, None, NOW) is None


HOUR = 3_600


@pytest.mark.parametrize(
    ("offs", "ours"),
    [
        ((-3 * HOUR, -3 * HOUR - 2, -3 * HOUR + 20, 0), 3 * HOUR),
        ((600, 601, 602), -601),
        ((-600, -900, -1_800), None),  # what caches make of it is different for each
        ((-600, -600), None),  # too few
        ((2, -3, 0, -7_200), 0),
        ((250, 250, 250), 0),
        ((-YEAR, -YEAR, -YEAR), None),  # for the operator
        ((), None),
    ],
)
def test_an_error_of_minutes_or_hours_is_one_where_most_servers_agree_closely(
    offs: tuple[int, ...], ours: int | None
) -> None:
    assert slightly(heard(*offs)) == ours
