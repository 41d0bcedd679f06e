"""What several reports together know of a vote, where they disagree, and what of it is news.

A slow and obvious reading of all that was said, against which the quick one is held, is at the end.
"""

from __future__ import annotations

from dataclasses import astuple, replace

from hypothesis import given
from hypothesis import strategies as st

from watcher.core.model import Dispute, Outcome, Position, Tally, Vote
from watcher.core.stories.news import news
from watcher.core.stories.reports import Report, counterparts, settle

VOTE = Vote(body="UNGA", outcome=Outcome.ADOPTED, tally=Tally(107, 12, 51))
UN, WIRE, PAPER = range(3)


def report(source: str, *votes: Vote, rank: int = PAPER) -> Report:
    return Report((source, "1"), source, rank, votes)


def told(*changes: object) -> list[str]:
    return [str(change) for change in changes]


def changed(before: list[Report], after: list[Report]) -> list[str]:
    return told(*news(settle(before), settle(after)))


def test_what_one_report_leaves_open_another_fills_in() -> None:
    teaser = Vote(body="UNGA", tally=Tally(107, 12, None))
    [vote] = settle([report("a", teaser), report("b", replace(VOTE, symbol="A/RES/ES-11/7"))])
    assert (vote.tally, vote.outcome, vote.symbol) == (Tally(107, 12, 51), Outcome.ADOPTED, "A/RES/ES-11/7")
    assert vote.disputes == ()


def test_the_same_report_again_is_no_news() -> None:
    assert changed([report("a", VOTE)], [report("a", VOTE), report("b", VOTE)]) == []


def test_a_second_vote_of_a_round_up_is_news_and_joins_the_story() -> None:
    twin = replace(VOTE, tally=Tally(93, 8, 73), subject="the path to peace")
    after = [report("a", VOTE), report("b", VOTE, twin)]
    assert len(settle(after)) == 2
    assert changed([report("a", VOTE)], after) == ["another vote: the path to peace, 93-8-73"]


def test_what_becomes_known_of_a_further_vote_is_not_told_as_a_fact_of_the_main_one() -> None:
    twin = replace(VOTE, tally=Tally(93, 8, 73), subject="the path to peace")
    main = replace(VOTE, positions={"Israel": Position.AGAINST})
    roll = replace(twin, positions={"Israel": Position.ABSTAINED})
    assert changed([report("a", main, twin)], [report("a", main, twin), report("b", main, roll)]) == [
        "Israel: abstained in the vote on the path to peace, 93-8-73"
    ]


def test_two_votes_of_one_report_stay_two_however_alike() -> None:
    paragraph = replace(VOTE, tally=Tally(107, 13, 51))
    assert [vote.tally for vote in settle([report("a", VOTE, paragraph)])] == [VOTE.tally, paragraph.tally]
    again = settle([report("a", VOTE, paragraph), report("b", paragraph)])
    assert [vote.disputes for vote in again] == [(), ()]


def test_how_a_watched_country_voted_is_news_and_another_country_is_not() -> None:
    roll = replace(VOTE, positions={"Israel": Position.AGAINST, "Togo": Position.ABSTAINED})
    assert changed([report("a", VOTE)], [report("a", VOTE), report("b", roll)]) == ["Israel: against"]


def test_a_source_that_corrects_its_number_is_heard_and_both_numbers_are_named() -> None:
    before, after = [report("a", VOTE)], [report("a", replace(VOTE, tally=Tally(108, 12, 51)))]
    [change] = news(settle(before), settle(after))
    assert str(change) == "tally: 108-12-51 (was 107-12-51)"
    assert change.corrects


def test_a_count_that_only_became_whole_is_no_correction() -> None:
    [change] = news([replace(VOTE, tally=Tally(107, 12))], [VOTE])
    assert str(change) == "tally: 107-12-51 (was 107-12-?)"
    assert not change.corrects


def test_sources_that_disagree_are_named_with_what_each_says() -> None:
    before = [report("first paper", VOTE)]
    after = [*before, report("second paper", replace(VOTE, tally=Tally(107, 14, 51)))]
    [vote] = settle(after)
    assert (str(vote.tally), vote.source) == ("107-12-51", "first paper")
    assert [str(dispute) for dispute in vote.disputes] == ["tally 107-14-51 according to second paper"]
    assert changed(before, after) == ["sources disagree: tally 107-14-51 according to second paper"]
    third = report("third paper", replace(VOTE, tally=Tally(107, 14, 51)))
    assert changed(after, [*after, third]) == []


def test_un_press_outranks_a_wire_and_a_wire_the_rest_whoever_came_first() -> None:
    paper = report("paper", replace(VOTE, tally=Tally(107, 14, 51)))
    wire, un = report("wire", replace(VOTE, tally=Tally(107, 13, 51)), rank=WIRE), report("un", VOTE, rank=UN)
    assert [settle([paper, wire])[0].source, settle([paper, wire, un])[0].source] == ["wire", "un"]
    [change] = news(settle([paper]), settle([paper, un]))
    assert (str(change), change.corrects) == ("tally: 107-12-51 (was 107-14-51)", True)


def test_a_position_on_which_sources_disagree_is_said() -> None:
    against, abstained = (
        replace(VOTE, positions={"Israel": held}) for held in (Position.AGAINST, Position.ABSTAINED)
    )
    after = [report("a", against), report("b", abstained)]
    assert changed([report("a", against)], after) == ["sources disagree: Israel abstained according to b"]


def test_a_position_that_its_source_takes_back_is_a_correction() -> None:
    against, abstained = (
        replace(VOTE, positions={"Togo": held}) for held in (Position.AGAINST, Position.ABSTAINED)
    )
    [change] = news(settle([report("a", against)]), settle([report("a", abstained)]))
    assert (str(change), change.corrects) == ("Togo: abstained (was against)", True)


def test_two_votes_that_only_change_places_in_a_text_are_no_correction() -> None:
    twin = replace(VOTE, tally=Tally(93, 8, 73))
    assert changed([report("a", VOTE, twin)], [report("a", twin, VOTE)]) == []


def test_a_doubt_goes_with_the_tally_it_is_about() -> None:
    doubted = replace(VOTE, doubts=("the numbers add up to 203 of 193",))
    assert settle([report("a", doubted), report("b", VOTE)])[0].doubts == doubted.doubts
    assert settle([report("a", doubted), report("b", VOTE, rank=WIRE)])[0].doubts == ()


NUMBER = st.one_of(st.none(), st.integers(0, 193))
ALIKE = st.builds(
    Tally, *(st.sampled_from([None, n, n, n]) for n in (107, 12, 51)), st.sampled_from([None, 8, 9])
)
REPORTS = st.lists(
    st.builds(
        Report,
        article=st.tuples(st.sampled_from("abcd"), st.just("1")),
        outlet=st.sampled_from("abcd"),
        rank=st.integers(0, 2),
        votes=st.lists(
            st.builds(
                Vote,
                body=st.sampled_from([None, "UNGA"]),
                outcome=st.sampled_from([None, Outcome.ADOPTED, Outcome.REJECTED]),
                tally=st.one_of(st.builds(Tally, NUMBER, NUMBER, NUMBER), ALIKE),
                symbol=st.sampled_from([None, None, "A/RES/ES-11/7"]),
                positions=st.dictionaries(st.sampled_from(["Israel", "Togo"]), st.sampled_from(Position)),
                doubts=st.sampled_from([(), ("the numbers add up to 203 of 193",)]),
            ),
            max_size=3,
        ).map(tuple),
    ),
    max_size=8,
)


@given(REPORTS)
def test_whoever_is_told_what_is_known_has_no_news_to_hear(reports: list[Report]) -> None:
    assert news(settle(reports), settle(reports)) == ()


@given(REPORTS)
def test_no_number_that_was_told_is_lost(reports: list[Report]) -> None:
    """It stands, or it is disputed: of the main votes, and of all that have a count."""
    stands = [str(vote.tally) for vote in settle(reports)]
    disputed = [dispute.says for vote in settle(reports) for dispute in vote.disputes]
    for tally in (vote.tally for report in reports for vote in report.votes if vote.tally.full):
        assert str(tally) in stands + disputed


@given(REPORTS)
def test_reports_heard_one_after_the_other_come_to_what_all_of_them_say(reports: list[Report]) -> None:
    settled = settle(reports)
    assert settled == heard_slowly(reports)
    assert [[*vote.positions] for vote in settled] == [[*vote.positions] for vote in heard_slowly(reports)]


def heard_slowly(reports: list[Report]) -> tuple[Vote, ...]:
    """Each vote of each report is put to those that it is one with; what stands is read from all of them anew."""
    told: list[list[tuple[Report, Vote]]] = []
    for report in reports:
        here = counterparts([stands(each) for each in told], report.votes)
        for vote, at in zip(report.votes, here, strict=True):
            if at is not None:
                told[at].append((report, vote))
            elif not told or vote.tally.known:
                told.append([(report, vote)])
    return tuple(disputed(each) for each in told)


def stands(told: list[tuple[Report, Vote]]) -> Vote:
    """What the best source says, fact by fact, and the first among equals."""
    best = sorted(told, key=lambda each: each[0].rank)
    votes = [vote for _, vote in best]
    source, counted = next((each for each in best if each[1].tally.known), best[0])
    numbers = astuple(counted.tally)
    for vote in votes:
        if not Tally(*numbers).conflicts(vote.tally):
            numbers = tuple(
                a if a is not None else b for a, b in zip(numbers, astuple(vote.tally), strict=True)
            )
    positions: dict[str, Position] = {}
    for vote in votes:
        positions = {**vote.positions, **positions}
    return Vote(
        body=next((vote.body for vote in votes if vote.body), None),
        outcome=next((vote.outcome for vote in votes if vote.outcome), None),
        symbol=next((vote.symbol for vote in votes if vote.symbol), None),
        tally=Tally(*numbers),
        positions=positions,
        doubts=counted.doubts,
        source=source.outlet,
    )


def disputed(told: list[tuple[Report, Vote]]) -> Vote:
    """With all who say otherwise, the best source first."""
    vote = stands(told)
    said: dict[tuple[str, str], list[str]] = {}
    for report, other in sorted(told, key=lambda each: each[0].rank):
        denied = [("tally", str(other.tally))] if other.tally.conflicts(vote.tally) else []
        if other.outcome and other.outcome is not vote.outcome:
            denied.append(("outcome", other.outcome.value))
        denied += [(of, held.words) for of, held in other.positions.items() if held is not vote.positions[of]]
        for fact in denied:
            said.setdefault(fact, []).append(report.outlet)
    disputes = (Dispute(what, says, tuple(dict.fromkeys(who))) for (what, says), who in said.items())
    return replace(vote, disputes=tuple(disputes))
