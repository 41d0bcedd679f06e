"""Which UN votes a rule means: by their facts, as far as the article states them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.judgement import Judgement, judge
from watcher.core.model import Article, Outcome, Position, Severity, Tally, Vote
from watcher.core.narrowing import Narrowing
from watcher.core.rules import Clause, Entity, RuleSet, RuleSpec
from watcher.core.rules.spec import Held, Margin, VoteWanted

NOW = datetime(2026, 2, 24, tzinfo=UTC)
ENTITIES = {
    "un": Entity("un", ("General Assembly", "Security Council", "=UN")),
    "chess": Entity("chess", ("chess", "grandmaster*"), ("chess pie",)),
}
AGAINST, ABSTAINED = Position.AGAINST, Position.ABSTAINED

ON_WATER = Article(
    "test", "1", "UN General Assembly backs right to clean water",
    "The UN General Assembly adopted a text on clean water with 150 votes in favour, 2 against and 9 abstentions. "
    "Israel voted against and France abstained.\n\n"
    "Settlements were named by a speaker of the afternoon, who also plays chess.",
    NOW,
)  # fmt: skip
ROUND_UP = Article(
    "test", "2", "Assembly adopts texts on water and on oceans",
    "The UN General Assembly adopted a text on clean water with 150 votes in favour, 2 against and 9 abstentions."
    "\n\n"
    "The General Assembly adopted a resolution on oceans with 90 votes in favour, 60 against and 20 abstentions.",
    NOW,
)  # fmt: skip


def rules(vote: VoteWanted | None) -> RuleSet:
    spec = RuleSpec("r", "R", Severity.LOW, ("desk",), Clause(any=("un",)), event="un-vote", vote=vote)
    return RuleSet([spec], ENTITIES)


def judged(article: Article, **wanted: Any) -> Judgement:
    return judge(article, rules(VoteWanted(**wanted)))


def text(says: str) -> Article:
    return Article("test", "3", says, says, NOW)


@pytest.mark.parametrize(
    "wanted",
    [
        {"bodies": ("UNSC", "UNGA")},
        {"outcome": (Outcome.VETOED, Outcome.ADOPTED)},
        {"positions": (Held("Israel", (AGAINST,)), Held("France", (AGAINST, ABSTAINED)))},
        {"mentions": ("oceans", "water")},
        {"margin": Margin(at_least=148)},
        {"margin": Margin(at_most=148)},
        {"bodies": ("UNGA",), "outcome": (Outcome.ADOPTED,), "mentions": ("wat*",)},
    ],
    ids=str,
)
def test_a_rule_matches_the_votes_that_it_means(wanted: dict[str, object]) -> None:
    assert judged(ON_WATER, **wanted).matches


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        ({"bodies": ("UNSC", "UNHRC")}, "it reports a vote of the UNGA, not of the UNSC or UNHRC"),
        ({"outcome": (Outcome.REJECTED,)}, "the vote's outcome is adopted, not rejected"),
        ({"positions": (Held("Israel", (ABSTAINED,)),)}, "Israel: against, not abstained"),
        ({"positions": (Held("Brazil", (ABSTAINED,)),)}, "Brazil: how it voted is not stated"),
        ({"mentions": ("oceans", "@chess")}, "it mentions none of oceans, @chess"),
        ({"margin": Margin(at_least=1, at_most=147)}, "the margin is 148, not at least 1 and at most 147"),
        (
            {"bodies": ("UNSC",), "margin": Margin(at_most=5)},
            "it reports a vote of the UNGA, not of the UNSC, and the margin is 148, not at most 5",
        ),
    ],
    ids=str,
)
def test_of_another_vote_it_says_which_it_is(wanted: dict[str, object], reason: str) -> None:
    judgement = judged(ON_WATER, **wanted)
    assert judgement.matches == ()
    assert judgement.refusals == (f"r: {reason}",)
    assert judgement.votes, "what was read stays known: a story may need it"


@pytest.mark.parametrize(
    ("says", "wanted", "reason"),
    [
        (
            "The UN voted on Monday to condemn the raid.",
            {"bodies": ("UNGA",)},
            "which UN body voted is not stated",
        ),
        (
            "UN General Assembly adopts resolution on water",
            {"margin": Margin(at_most=10)},
            "the margin of the vote is not stated",
        ),
        (
            "UN General Assembly votes 70 to 60 on text on water",
            {"outcome": (Outcome.ADOPTED,)},
            "the vote's outcome is not stated",
        ),
    ],
)
def test_what_is_not_stated_does_not_hold_and_the_reason_says_so(
    says: str, wanted: dict[str, object], reason: str
) -> None:
    assert judged(text(says), **wanted).refusals == (f"r: {reason}",)


def test_a_later_report_that_states_the_fact_matches() -> None:
    wanted = {"positions": (Held("Israel", (AGAINST,)),)}
    first = "UN General Assembly adopts resolution on water, with 150 votes in favour and 2 against"
    assert not judged(text(first), **wanted).matches
    assert judged(text(f"{first}; Israel voted against"), **wanted).matches


def test_the_assembly_has_its_committees_in_it_and_a_committee_is_only_itself() -> None:
    third = text(
        "The General Assembly's Third Committee adopted a resolution on torture, by 110 votes to 20."
    )
    assert judged(third, bodies=("UNGA",)).matches
    assert judged(third, bodies=("UNGA-C3",)).matches
    assert not judged(third, bodies=("UNGA-C1",)).matches
    assert not judged(ON_WATER, bodies=("UNGA-C3",)).matches


@pytest.mark.parametrize("mention", ["Israel", "ישראל", "=Israel", "State of Israel"])
def test_a_country_is_mentioned_by_any_of_its_names_and_by_its_vote(mention: str) -> None:
    assert judged(ON_WATER, mentions=(mention,)).matches


def test_a_country_is_mentioned_by_its_people() -> None:
    raid = text("UN Security Council adopts resolution on the Israeli raid")
    assert judged(raid, mentions=("Israel",)).matches
    assert not judged(raid, mentions=("=Israel",)).matches, "these letters, and no other"


def test_what_is_only_named_further_down_is_not_what_the_vote_is_about() -> None:
    assert not judged(ON_WATER, mentions=("settlement*", "@chess")).matches
    assert judged(replace(ON_WATER, title="UN General Assembly votes on chess"), mentions=("@chess",)).matches
    pie = replace(ON_WATER, title="UN General Assembly votes on chess pie")
    assert not judged(pie, mentions=("@chess",)).matches


def test_one_of_several_votes_is_enough_and_has_to_hold_all() -> None:
    assert len(judged(ROUND_UP).votes) == 2
    assert judged(ROUND_UP, margin=Margin(at_most=30)).matches
    assert [vote.tally.in_favour for vote in judged(ROUND_UP, margin=Margin(at_most=30)).votes] == [90, 150]
    assert [vote.tally.in_favour for vote in judged(ROUND_UP, margin=Margin(at_most=150)).votes] == [150, 90]
    assert judged(ROUND_UP, margin=Margin(at_most=30), mentions=("oceans",)).matches
    judgement = judged(ROUND_UP, margin=Margin(at_most=30), mentions=("clean water",))
    assert judgement.matches == ()
    assert judgement.refusals[0].startswith("r: none of its 2 votes will do; the nearest: ")


def test_a_query_is_narrowed_as_lists_are() -> None:
    spec = RuleSpec(
        "r", "R", Severity.LOW, ("desk",), query="@un", event="un-vote", vote=VoteWanted(bodies=("UNSC",))
    )
    assert not judge(ON_WATER, RuleSet([spec], ENTITIES)).matches


# --- whatever the vote -------------------------------------------------------------------------------------------

COUNTRIES = st.sampled_from(("Israel", "France"))
NUMBERS = st.none() | st.integers(0, 193)
VOTES = st.builds(
    Vote,
    body=st.sampled_from((None, "UNGA", "UNGA-C3", "UNSC")),
    outcome=st.none() | st.sampled_from(Outcome),
    tally=st.builds(Tally, in_favour=NUMBERS, against=NUMBERS),
    positions=st.dictionaries(COUNTRIES, st.sampled_from(Position)),
)
WANTED = st.builds(
    VoteWanted,
    bodies=st.sampled_from(((), ("UNGA",), ("UNSC", "UNGA-C3"))),
    outcome=st.sets(st.sampled_from(Outcome)).map(tuple),
    positions=st.sampled_from(((), (Held("Israel", (AGAINST, ABSTAINED)),))),
    margin=st.none() | st.builds(Margin, at_most=st.integers(-10, 200)),
)


def meant(vote: Vote, wanted: VoteWanted) -> bool:
    narrowed = rules(wanted)
    return Narrowing(text("A vote"), [vote], narrowed).why_not(narrowed.rule("r")) is None


@given(VOTES, WANTED)
def test_it_means_a_vote_where_it_means_it_line_by_line(vote: Vote, wanted: VoteWanted) -> None:
    lines = (
        VoteWanted(bodies=wanted.bodies),
        VoteWanted(outcome=wanted.outcome),
        VoteWanted(positions=wanted.positions),
        VoteWanted(margin=wanted.margin),
    )
    assert meant(vote, wanted) == all(meant(vote, line) for line in lines)


@given(WANTED)
def test_a_vote_of_which_nothing_is_stated_is_meant_by_who_asks_for_nothing(wanted: VoteWanted) -> None:
    assert meant(Vote(), wanted) == (wanted == VoteWanted())


@given(VOTES, st.integers(-200, 200))
def test_a_margin_counts_only_what_is_stated(vote: Vote, most: int) -> None:
    yes, no = vote.tally.in_favour, vote.tally.against
    stated = yes is not None and no is not None and yes - no <= most
    assert meant(vote, VoteWanted(margin=Margin(at_most=most))) == stated
