"""A country that votes otherwise than before on a like subject."""

from __future__ import annotations

from datetime import date

from watcher.core.model import Position, Vote
from watcher.core.stories.record import Past, shifts

DAY = date(2026, 2, 24)
SETTLEMENTS = "a resolution on Israeli settlements in the occupied territory"


def vote(subject: str, **positions: Position) -> Vote:
    return Vote(body="UNGA", subject=subject, positions=positions)


def past(day: date, subject: str = SETTLEMENTS, **positions: Position) -> Past:
    return Past(vote(subject, **positions), day)


NOW = vote("a text on the settlements of Israel in the occupied territory", Israel=Position.IN_FAVOUR)


def test_a_country_that_leaves_its_earlier_position_is_told_with_day_and_subject() -> None:
    [shift] = shifts(NOW, DAY, [past(date(2025, 12, 3), Israel=Position.AGAINST)])
    assert str(shift) == f"Israel: against -> in favour (before: 3 December 2025, {SETTLEMENTS})"


def test_only_its_last_position_counts() -> None:
    record = [
        past(date(2025, 12, 3), Israel=Position.IN_FAVOUR),
        past(date(2024, 12, 3), Israel=Position.AGAINST),
    ]
    assert shifts(NOW, DAY, record) == ()


def test_another_subject_the_same_session_and_a_country_nobody_watches_are_no_shift() -> None:
    assert shifts(NOW, DAY, [past(date(2025, 12, 3), "a year of glaciers", Israel=Position.AGAINST)]) == ()
    assert shifts(NOW, DAY, [past(date(2026, 2, 20), Israel=Position.AGAINST)]) == ()
    togo = vote(SETTLEMENTS, Togo=Position.IN_FAVOUR)
    assert shifts(togo, DAY, [past(date(2025, 12, 3), Togo=Position.AGAINST)]) == ()
