"""When two reports tell of one vote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from watcher.core.model import Outcome, Tally, Vote
from watcher.core.stories.facts import conflict, same, traces

VOTE = Vote(body="UNGA", outcome=Outcome.ADOPTED, tally=Tally(107, 12, 51))
COUNCIL = Vote(body="UNSC", outcome=Outcome.ADOPTED, tally=Tally(15, 0, 0))

NUMBER = st.one_of(st.none(), st.integers(0, 193))
VOTES = st.builds(
    Vote,
    body=st.sampled_from([None, "UNGA", "UNSC"]),
    outcome=st.sampled_from([None, Outcome.ADOPTED, Outcome.REJECTED]),
    tally=st.builds(Tally, NUMBER, NUMBER, NUMBER),
    symbol=st.sampled_from([None, "A/RES/1", "A/RES/2", "A/ES-11/L.10"]),
)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (replace(VOTE, tally=Tally(93, 8, 73)), "tally"),
        (replace(VOTE, tally=Tally(107, None, 65)), "tally"),
        (replace(VOTE, body="UNSC"), "body"),
        (replace(VOTE, body="UNGA-C3"), "body"),
    ],
)
def test_votes_that_state_a_fact_differently_are_two(other: Vote, why: str) -> None:
    assert why in (conflict(VOTE, other) or "")
    assert same(VOTE, other) is None


def test_adopted_and_rejected_are_two_votes_unless_the_whole_count_is_the_same() -> None:
    assert "outcome" in (conflict(COUNCIL, replace(COUNCIL, outcome=Outcome.REJECTED)) or "")
    assert same(COUNCIL, replace(COUNCIL, outcome=Outcome.REJECTED)) is None
    assert (found := same(VOTE, replace(VOTE, outcome=Outcome.REJECTED))) is not None
    assert (found.sure, found.disputed) == (True, True)


def test_the_stage_the_text_and_the_day_part_votes_as_well() -> None:
    assert conflict(replace(VOTE, stage="plenary"), replace(VOTE, stage="committee"))
    assert conflict(replace(VOTE, symbol="A/RES/ES-11/1"), replace(VOTE, symbol="A/RES/ES-11/2"))
    assert conflict(replace(VOTE, date=date(2022, 3, 2)), replace(VOTE, date=date(2023, 2, 23)))
    assert not conflict(replace(VOTE, date=date(2026, 2, 24)), replace(VOTE, date=date(2026, 2, 25)))


def test_a_draft_and_the_resolution_it_became_are_one_text() -> None:
    assert not conflict(replace(VOTE, symbol="A/ES-11/L.10"), replace(VOTE, symbol="A/RES/ES-11/7"))
    assert conflict(replace(VOTE, symbol="A/ES-11/L.10"), replace(VOTE, symbol="A/ES-11/L.11"))


def test_one_symbol_is_one_vote_whatever_is_said_of_it() -> None:
    one, other = replace(VOTE, symbol="A/RES/ES-11/7"), Vote(tally=Tally(110, 12, 51), symbol="A/RES/ES-11/7")
    assert (found := same(one, other)) is not None
    assert (found.sure, found.disputed) == (True, True)


def test_a_full_tally_of_a_large_body_makes_one_vote_and_one_of_the_council_does_not() -> None:
    assert same(VOTE, replace(VOTE, body=None)) == same(VOTE, VOTE)
    assert (found := same(VOTE, VOTE)) is not None
    assert found.sure
    assert (likely := same(COUNCIL, COUNCIL)) is not None
    assert not likely.sure


def test_a_council_of_47_that_was_divided_three_ways_is_known_by_its_count() -> None:
    council = Vote(body="HRC", outcome=Outcome.REJECTED, tally=Tally(17, 19, 11))
    found = same(council, council)
    assert found is not None
    assert found.sure
    for other in (replace(council, tally=Tally(29, 3, 15)), replace(council, body=None)):
        found = same(other, other)
        assert found is not None
        assert not found.sure


def test_two_numbers_alone_are_a_hint_and_one_is_none() -> None:
    assert (found := same(VOTE, Vote(tally=Tally(107, 12, None)))) is not None
    assert not found.sure
    assert same(VOTE, Vote(tally=Tally(107, None, None))) is None


def test_counts_that_differ_by_a_slip_in_one_number_are_likely_one_vote_in_dispute() -> None:
    court = replace(VOTE, tally=Tally(87, 26, 53))
    assert (found := same(court, replace(VOTE, tally=Tally(87, 24, 53)))) is not None
    assert (found.sure, found.disputed) == (False, True)
    assert same(court, replace(VOTE, tally=Tally(87, 20, 53))) is None
    assert same(court, replace(VOTE, tally=Tally(87, 24, 54))) is None
    assert same(court, replace(VOTE, tally=Tally(87, 24, 53), outcome=Outcome.REJECTED)) is None


@given(yes=st.integers(60, 170), no=st.integers(0, 60), other=st.integers(0, 60), rest=st.integers(0, 60))
def test_twins_of_one_day_and_subject_with_the_same_yes_are_never_one(
    yes: int, no: int, other: int, rest: int
) -> None:
    assume(abs(no - other) > 3)
    day = Vote(body="UNGA", outcome=Outcome.ADOPTED, date=date(2025, 2, 24), subject="Ukraine")
    one, twin = (replace(day, tally=Tally(yes, against, rest)) for against in (no, other))
    assert same(one, twin) is None
    assert conflict(one, twin)


@given(VOTES, VOTES)
def test_sameness_and_conflict_look_alike_from_both_sides(a: Vote, b: Vote) -> None:
    assert bool(conflict(a, b)) is bool(conflict(b, a))
    assert bool(same(a, b)) is bool(same(b, a))


@given(VOTES, VOTES)
def test_what_is_one_vote_is_found_by_a_trace_in_common(a: Vote, b: Vote) -> None:
    if same(a, b):
        assert {*traces(a)} & {*traces(b)}
