"""When two reports tell of one vote, what they know together, and what of it is news."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.facts import conflict, correct, learn, merge, news, same
from watcher.core.model import Outcome, Position, Tally, Vote

VOTE = Vote(body="UNGA", outcome=Outcome.ADOPTED, tally=Tally(107, 12, 51))
COUNCIL = Vote(body="UNSC", outcome=Outcome.ADOPTED, tally=Tally(15, 0, 0))

NUMBER = st.one_of(st.none(), st.integers(0, 193))
VOTES = st.builds(
    Vote,
    body=st.sampled_from([None, "UNGA", "UNSC"]),
    outcome=st.sampled_from([None, Outcome.ADOPTED, Outcome.REJECTED]),
    tally=st.builds(Tally, NUMBER, NUMBER, NUMBER),
    symbol=st.sampled_from([None, "A/RES/1", "A/RES/2"]),
)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (replace(VOTE, tally=Tally(93, 8, 73)), "tally"),
        (replace(VOTE, tally=Tally(107, None, 65)), "tally"),
        (replace(VOTE, body="UNSC"), "body"),
        (replace(VOTE, body="UNGA-C3"), "body"),
        (replace(VOTE, outcome=Outcome.REJECTED), "outcome"),
    ],
)
def test_votes_that_state_a_fact_differently_are_two(other: Vote, why: str) -> None:
    assert why in (conflict(VOTE, other) or "")
    assert same(VOTE, other) is None


def test_the_stage_the_text_and_the_day_part_votes_as_well() -> None:
    assert conflict(replace(VOTE, stage="plenary"), replace(VOTE, stage="committee"))
    assert conflict(replace(VOTE, symbol="A/RES/ES-11/1"), replace(VOTE, symbol="A/RES/ES-11/2"))
    assert conflict(replace(VOTE, date=date(2022, 3, 2)), replace(VOTE, date=date(2023, 2, 23)))
    assert not conflict(replace(VOTE, date=date(2026, 2, 24)), replace(VOTE, date=date(2026, 2, 25)))


def test_a_full_tally_of_a_large_body_makes_one_vote_and_one_of_the_council_does_not() -> None:
    assert same(VOTE, replace(VOTE, body=None)) == same(VOTE, VOTE)
    assert (found := same(VOTE, VOTE)) is not None
    assert found.sure
    assert (likely := same(COUNCIL, COUNCIL)) is not None
    assert not likely.sure


def test_two_numbers_alone_are_a_hint_and_one_is_none() -> None:
    assert (found := same(VOTE, Vote(tally=Tally(107, 12, None)))) is not None
    assert not found.sure
    assert same(Vote(tally=Tally(141, None, None)), Vote(tally=Tally(141, 5, 35))) is None


@given(VOTES, VOTES)
def test_sameness_and_conflict_look_alike_from_both_sides(a: Vote, b: Vote) -> None:
    assert bool(conflict(a, b)) is bool(conflict(b, a))
    assert (same(a, b) is None) is (same(b, a) is None)
    assert not (conflict(a, b) and same(a, b))


@given(VOTES, VOTES)
def test_merging_never_loses_or_changes_a_known_fact(a: Vote, b: Vote) -> None:
    merged = merge(a, b)
    for name in ("body", "outcome", "symbol"):
        assert getattr(merged, name) == (getattr(a, name) or getattr(b, name))
    for known, new, now in zip(a.tally.triple, b.tally.triple, merged.tally.triple, strict=True):
        assert now == (new if known is None else known)


@given(VOTES)
def test_the_same_report_again_is_no_news(vote: Vote) -> None:
    votes, changes = learn((vote,), (vote,))
    assert votes == (merge(vote, vote),)
    assert changes == ()


def test_a_second_vote_of_a_round_up_is_news_and_joins_the_story() -> None:
    other = replace(VOTE, tally=Tally(93, 8, 73), subject="a rival text")
    votes, changes = learn((VOTE,), (VOTE, other))
    assert [vote.tally for vote in votes] == [VOTE.tally, other.tally]
    assert [str(change) for change in changes] == ["another vote: a rival text, 93-8-73"]
    assert learn(votes, (other,))[1] == ()


def test_a_doubt_goes_with_the_tally_it_is_about() -> None:
    doubtful = replace(VOTE, tally=Tally(150, 30, 23), doubts=("the numbers add up to 203 of 193",))
    assert merge(Vote(body="UNGA"), doubtful).doubts == doubtful.doubts
    assert merge(VOTE, replace(doubtful, tally=Tally())).doubts == ()


def test_how_a_watched_country_voted_is_news_and_another_country_is_not() -> None:
    told = replace(VOTE, positions={"Israel": Position.ABSTAINED, "Fiji": Position.AGAINST})
    assert [str(change) for change in news(VOTE, told)] == ["Israel: abstained"]


def test_a_source_that_corrects_its_number_is_heard_and_both_numbers_are_named() -> None:
    now = replace(VOTE, tally=Tally(108, 12, 51))
    votes, changes = correct((VOTE,), (VOTE,), (now,))
    assert votes[0].tally == Tally(108, 12, 51)
    assert [str(change) for change in changes] == ["tally: 108-12-51 (was 107-12-51)"]


def test_a_source_that_always_said_so_corrects_nobody() -> None:
    corrected = replace(VOTE, tally=Tally(108, 12, 51))
    assert correct((corrected,), (VOTE,), (VOTE,)) == ((corrected,), ())


def test_a_position_that_its_source_takes_back_is_a_correction() -> None:
    before = replace(VOTE, positions={"Israel": Position.ABSTAINED})
    now = replace(VOTE, positions={"Israel": Position.IN_FAVOUR})
    votes, changes = correct((before,), (before,), (now,))
    assert votes[0].positions == {"Israel": Position.IN_FAVOUR}
    assert [str(change) for change in changes] == ["Israel: in favour (was abstained)"]


def test_two_votes_that_only_change_places_in_a_text_are_no_correction() -> None:
    first, second = VOTE, replace(VOTE, tally=Tally(95, 8, 73))
    assert correct((first, second), (first, second), (second, first)) == ((first, second), ())
