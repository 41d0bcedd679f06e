"""Which articles tell of one event, and what an alert is worth."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from watcher.core import alerts
from watcher.core.alerts import Decision, Freshness, Kind
from watcher.core.judgement import Judgement
from watcher.core.model import Article, Match, Outcome, Position, Severity, Tally, Vote
from watcher.core.stories import WINDOW, Placement, Story, conflicting, equal_facts, place

NOW = datetime(2026, 2, 24, 18, tzinfo=UTC)
MATCH = Match("un-votes", "New UN vote", Severity.HIGH, ("desk",), ())
VOTE = Vote(body="UNGA", outcome=Outcome.ADOPTED, tally=Tally(107, 12, 51))
RULES = frozenset({"un-votes"})


def article(title: str, text: str = "", hours: float = 0, key: str = "1") -> Article:
    at = NOW + timedelta(hours=hours)
    return Article("paper", key, title, text, at, published_at=at)


def story_of(first: Article, *votes: Vote, alerted: bool = True) -> Story:
    decision = Decision(Kind.NEW if alerted else None, "first report", votes)
    return alerts.told(Placement(None, ""), first, [MATCH], decision)


FIRST = article("UN General Assembly demands Russian withdrawal from Ukraine")


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (VOTE, VOTE.with_(tally=Tally(93, 8, 73)), "tally"),
        (VOTE, VOTE.with_(tally=Tally(107, None, 65)), "tally"),
        (VOTE, VOTE.with_(body="UNSC"), "body"),
        (VOTE, VOTE.with_(body="UNGA-C3"), "body"),
        (VOTE.with_(stage="plenary"), VOTE.with_(stage="committee"), "stage"),
        (VOTE.with_(symbol="A/RES/ES-11/1"), VOTE.with_(symbol="A/RES/ES-11/2"), "text"),
        (VOTE, VOTE.with_(outcome=Outcome.REJECTED), "outcome"),
        (VOTE.with_(date=date(2022, 3, 2)), VOTE.with_(date=date(2023, 2, 23)), "day"),
    ],
)
def test_votes_whose_facts_conflict_are_two_whatever_their_headlines(
    one: Vote, other: Vote, why: str
) -> None:
    assert why in (conflicting(one, other) or "")
    placed = place(article(FIRST.title, hours=1), [other], RULES, [story_of(FIRST, one)])
    assert placed.story is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (VOTE, VOTE.with_(body=None)),
        (VOTE, Vote(tally=Tally(107, 12, None))),
        (VOTE.with_(symbol="A/RES/ES-11/8"), Vote(symbol="A/RES/ES-11/8")),
        (VOTE.with_(date=date(2026, 2, 24)), VOTE.with_(date=date(2026, 2, 25))),
    ],
)
def test_votes_with_equal_facts_are_one_whatever_their_headlines(one: Vote, other: Vote) -> None:
    assert equal_facts(one, other)
    assert conflicting(one, other) is None
    placed = place(article("Vor der Uno stimmten 107", hours=5), [other], RULES, [story_of(FIRST, one)])
    assert placed.story


def test_one_equal_number_is_not_enough_to_be_the_same_vote() -> None:
    assert equal_facts(Vote(tally=Tally(141, None, None)), Vote(tally=Tally(141, 5, 35))) is None


def test_two_reports_in_other_words_but_with_the_same_telling_ones_join() -> None:
    told = story_of(article("Zelensky and Netanyahu discuss air defence by phone"))
    placed = place(article("Netanyahu, Zelensky discuss defence in phone call", hours=2), [], RULES, [told])
    assert placed.story == told
    assert "words in common" in placed.reason


def test_a_report_of_something_else_begins_its_own_story() -> None:
    told = story_of(article("Zelensky and Netanyahu discuss air defence by phone"))
    assert place(article("Israel donates 117 generators to Kyiv region"), [], RULES, [told]).story is None


def test_the_same_words_a_week_later_are_another_event() -> None:
    told = story_of(FIRST)
    assert place(article(FIRST.title, hours=24 * 8), [], RULES, [told]).story is None
    assert place(article(FIRST.title, hours=WINDOW.total_seconds() / 3600 - 1), [], RULES, [told]).story


def judged(*votes: Vote) -> Judgement:
    return Judgement((MATCH,), votes)


def test_a_first_report_is_told() -> None:
    decision = alerts.decide(judged(VOTE), Placement(None, "none"), None)
    assert (decision.kind, decision.votes) == (Kind.NEW, (VOTE,))


def test_a_second_report_with_nothing_new_is_not_told_and_says_why() -> None:
    decision = alerts.decide(judged(VOTE), Placement(story_of(FIRST, VOTE), "the same tally"), None)
    assert decision.kind is None
    assert "nothing new" in decision.reason


def test_a_later_report_that_knows_the_tally_is_an_update_with_just_that() -> None:
    known = story_of(FIRST, Vote(body="UNGA", outcome=Outcome.ADOPTED))
    decision = alerts.decide(judged(VOTE), Placement(known, "words"), None)
    assert decision.kind is Kind.UPDATE
    assert [str(change) for change in decision.changes] == ["tally: 107-12-51"]
    assert decision.votes[0].tally == Tally(107, 12, 51)


def test_how_a_watched_country_voted_is_an_update_and_another_country_is_not() -> None:
    def told(country: str) -> Decision:
        vote = VOTE.with_(positions={country: Position.ABSTAINED})
        return alerts.decide(judged(vote), Placement(story_of(FIRST, VOTE), ""), None)

    assert told("Israel").kind is Kind.UPDATE
    assert told("Fiji").kind is None
    assert told("Fiji").votes[0].positions == {"Fiji": Position.ABSTAINED}


def test_a_source_that_rewrites_its_number_makes_a_correction_that_names_both() -> None:
    known = Placement(story_of(FIRST, VOTE), "rewritten by its source")
    decision = alerts.revise(judged(VOTE.with_(tally=Tally(108, 12, 51))), known, None)
    assert decision.kind is Kind.CORRECTION
    assert [str(change) for change in decision.changes] == ["tally: 108-12-51 (was 107-12-51)"]
    assert decision.votes[0].tally == Tally(108, 12, 51)


def test_a_source_that_rewrites_its_style_makes_no_noise() -> None:
    assert alerts.revise(judged(VOTE), Placement(story_of(FIRST, VOTE), ""), None).kind is None


def test_old_news_is_quiet_and_says_how_old() -> None:
    fresh = Freshness(timedelta(days=3))
    assert alerts.too_old(FIRST, [], NOW + timedelta(days=2), fresh) is None
    assert "more than 3 days ago" in (alerts.too_old(FIRST, [], NOW + timedelta(days=4), fresh) or "")
    assert alerts.too_old(FIRST, [], NOW + timedelta(days=999), Freshness(None)) is None


def test_a_fresh_article_about_a_vote_of_last_year_is_old_news() -> None:
    vote = VOTE.with_(date=date(2025, 2, 24))
    assert "2025-02-24" in (alerts.too_old(FIRST, [vote], NOW, Freshness(timedelta(days=3))) or "")


def test_an_undated_article_is_news_except_on_the_first_poll() -> None:
    undated = Article("paper", "1", "t", "", NOW)
    assert alerts.too_old(undated, [], NOW, Freshness(timedelta(days=1))) is None
    assert alerts.too_old(undated, [], NOW, Freshness(timedelta(days=1), baseline=True))


def test_a_story_that_was_quiet_because_it_was_old_is_told_by_its_first_fresh_report() -> None:
    quiet = story_of(FIRST, VOTE, alerted=False)
    assert alerts.decide(judged(VOTE), Placement(quiet, ""), None).kind is Kind.NEW
    assert alerts.decide(judged(VOTE), Placement(quiet, ""), "old").kind is None
