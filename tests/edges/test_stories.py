"""Stories in the database: found again among many, told in votes, parted and joined by a person for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watcher.core.alerts.deciding import Freshness
from watcher.core.assessment import Assessment, assess
from watcher.core.judgement import Judgement
from watcher.core.messages.wording import message
from watcher.core.model import Article, Evidence, Match, Outcome, Position, Severity, Tally, Vote
from watcher.core.stories import reports
from watcher.core.stories.placing import MOST_COMPARED, significant_words, traces
from watcher.core.upkeep.retention import Retention
from watcher.edges.store import Store
from watcher.errors import StoreError

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)
VOTE = Vote(body="UNGA", outcome=Outcome.ADOPTED, tally=Tally(107, 12, 51))
TWIN = Vote(body="UNGA", outcome=Outcome.ADOPTED, tally=Tally(93, 8, 73))
WITHDRAWAL = "UN General Assembly demands the withdrawal of all troops from Ukraine"
PEACE = "UN General Assembly calls for lasting peace in Ukraine and reparations"


def article(title: str, key: str, hours: float = 0, source: str = "paper", url: str | None = None) -> Article:
    at = NOW + timedelta(hours=hours)
    return Article(source, key, title, "", at, url=url, published_at=at)


def tell(store: Store, seen: Article, *votes: Vote, receiver: str = "desk") -> Assessment:
    """As a poll would."""
    evidence = (Evidence("title", 0, len(seen.title.split()[0]), "un"),)
    judgement = Judgement((Match("votes", "New UN vote", Severity.HIGH, (receiver,), evidence),), votes)
    with store.ingest() as ingest:
        assessment = assess(seen, judgement, ingest.memory, NOW, Freshness(None))
        said = message(assessment.alert) if assessment.alert else None
        ingest.save(assessment, said, NOW)
    return assessment


def story(assessment: Assessment) -> str:
    assert assessment.story is not None
    return assessment.story.key


def number_of(store: Store, key: str) -> int:
    with store.reading() as reading:
        return next(int(each["id"]) for each in reading.articles(None, 100) if each["title"].endswith(key))


def alerts(store: Store) -> list[tuple[str, str]]:
    """Kind and story, the oldest first."""
    with store.reading() as reading:
        return [(each["kind"], each["story"]) for each in reversed(reading.alerts(None, 100))]


def test_a_vote_told_again_is_known_by_its_count_in_whatever_words(store: Store) -> None:
    first = tell(store, article(WITHDRAWAL, "1"), VOTE)
    again = tell(store, article("107 Staaten stimmen in New York dafür", "2", 3), VOTE)
    assert story(again) == story(first)
    assert "nothing new" in again.decision.reason


def test_what_several_sources_know_of_a_vote_outlasts_the_process(store: Store) -> None:
    tell(store, article(WITHDRAWAL, "1"), Vote(body="UNGA", tally=Tally(107, 12)))
    tell(store, article(WITHDRAWAL, "2", 1, "wire"), VOTE)
    known = tell(store, article(WITHDRAWAL, "3", 2, "third"), VOTE)
    assert [vote.tally for vote in known.decision.votes] == [VOTE.tally]
    assert [kind for kind, _ in alerts(store)] == ["new", "update"]


def test_a_report_rewritten_into_one_of_a_vote_is_heard_at_once_as_it_will_be_from_then_on(
    store: Store,
) -> None:
    stub = tell(store, article("Rain expected in Geneva, and no vote", "0", source="gazette"))
    tell(store, article(WITHDRAWAL, "1"), VOTE)
    told = tell(store, replace(stub.article, title=WITHDRAWAL), replace(VOTE, tally=Tally(107, 13, 51)))
    assert "tally" in told.decision.reason
    assert tell(store, article(WITHDRAWAL, "2", 1, "wire"), VOTE).alert is None


def test_what_one_of_very_many_reports_says_otherwise_is_told_once(store: Store) -> None:
    slip = replace(VOTE, tally=Tally(107, 13, 51), symbol="A/RES/ES-11/9")
    told = [
        tell(store, article(WITHDRAWAL, str(number), number / 60), slip if number in (505, 510) else VOTE)
        for number in range(515)
    ]
    assert [each.decision.kind for each in told if each.alert] == ["new", "update"]


def test_sources_that_disagree_are_named_and_un_press_is_believed(store: Store) -> None:
    symbol = "A/RES/ES-11/10"
    tell(store, article(WITHDRAWAL, "1"), Vote(body="UNGA", tally=Tally(107, 14, 51), symbol=symbol))
    press = article(WITHDRAWAL, "2", 1, "un", url="https://press.un.org/en/1")
    told = tell(store, press, Vote(body="UNGA", tally=Tally(107, 12, 51), symbol=symbol))
    [vote] = told.decision.votes
    assert (str(vote.tally), vote.source) == ("107-12-51", "press.un.org")
    assert [str(dispute) for dispute in vote.disputes] == ["tally 107-14-51 according to paper"]
    assert told.alert is not None
    assert told.alert.kind.value == "correction"
    assert "107-14-51 according to paper" in message(told.alert).text


def test_a_country_that_changed_its_course_since_a_vote_of_months_ago_is_part_of_the_alert(
    store: Store,
) -> None:
    subject = "a resolution on Israeli settlements in the occupied territory"

    def voted(position: Position, tally: Tally) -> Vote:
        return Vote(body="UNGA", tally=tally, subject=subject, positions={"Israel": position})

    tell(store, article("Settlements condemned", "1", -24 * 80), voted(Position.AGAINST, Tally(150, 9, 10)))
    told = tell(store, article("Assembly votes once more", "2"), voted(Position.IN_FAVOUR, Tally(160, 2, 8)))
    assert told.alert is not None
    assert "Israel: against -> in favour (before: 6 December 2025" in message(told.alert).text


def test_a_change_of_course_is_not_told_again_with_what_the_country_did_in_a_further_vote(
    store: Store,
) -> None:
    settlements = Vote(body="UNGA", subject="a resolution on Israeli settlements in the occupied territory")
    israel_against = {"Israel": Position.AGAINST}
    before = replace(settlements, tally=Tally(150, 9, 10), positions=israel_against)
    now = replace(settlements, tally=Tally(160, 2, 8), positions={"Israel": Position.IN_FAVOUR})
    tell(store, article("Settlements condemned", "1", -24 * 80), before)
    tell(store, article("Assembly votes once more", "2"), now, TWIN)
    told = tell(store, article("Assembly votes twice", "3", 1), now, replace(TWIN, positions=israel_against))
    assert [str(change) for change in told.decision.changes] == ["Israel: against in another vote, 93-8-73"]
    assert told.alert is not None
    assert told.alert.shifts == ()


def test_of_many_stories_only_the_likeliest_are_compared(store: Store) -> None:
    def title(number: int) -> str:
        return f"Ukraine on Israel: {number * 7919:05} {number * 6007:05} {number * 104729:07}"

    for number in range(10, 70):
        tell(store, article(title(number), str(number), number / 60))
    with store.ingest() as ingest:
        wanted = article(title(42), "x", 1)
        near = ingest.memory.near(traces(significant_words(wanted), ()), wanted.at)
    assert len(near) <= MOST_COMPARED
    assert near[0].title == title(42)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=6)
@given(st.permutations([VOTE, TWIN, Vote(body="UNGA", outcome=Outcome.REJECTED, tally=Tally(50, 60, 63))]))
def test_twins_never_merge_in_whatever_order_they_come(store: Store, votes: list[Vote]) -> None:
    with store.reading() as reading:
        at = NOW + timedelta(
            days=30 * len(reading.articles(None, 10_000))
        )  # each example in a time of its own
    told = [
        tell(store, Article("paper", f"{at} {number}", PEACE, "", at, published_at=at), vote)
        for number, vote in enumerate(votes)
    ]
    assert len({story(each) for each in told}) == 3


def wrongly_joined(store: Store) -> tuple[str, str]:
    """Two events in one story, the second joined in silence: the story's key, and the second's own words."""
    first = tell(store, article("UN adopts text on Haiti and the Sudan gangs, part one", "one"), Vote())
    second = tell(store, article("UN adopts text on Haiti and the Sudan gangs, part two", "two", 1), Vote())
    assert story(second) == story(first)
    assert [kind for kind, _ in alerts(store)] == ["new"]
    return story(first), second.article.title


def test_a_part_that_was_joined_by_mistake_is_told_when_it_is_split_off(store: Store) -> None:
    joined, _ = wrongly_joined(store)
    parted = store.split(joined, [number_of(store, "part two")], NOW)
    assert alerts(store) == [("new", joined), ("new", parted)]


def test_a_split_stays_so_when_its_source_rewrites_the_article(store: Store) -> None:
    joined, title = wrongly_joined(store)
    parted = store.split(joined, [number_of(store, "part two")], NOW)
    rewritten = tell(store, article(f"{title}, and more of it", "two", 1), Vote())
    assert story(rewritten) == parted
    assert "put there by hand" in rewritten.decision.reason


def test_stories_that_were_merged_stay_one_for_reports_that_are_like_either(store: Store) -> None:
    one = story(tell(store, article(WITHDRAWAL, "1"), VOTE))
    other = story(tell(store, article("Glaciers get a year of their own after all", "2"), TWIN))
    store.merge([one, other])
    assert story(tell(store, article("Glaciers get a year of their own, says UN", "3", 1), TWIN)) == one
    assert story(tell(store, article(WITHDRAWAL, "4", 1), VOTE)) == one


def test_a_merge_is_undone_by_a_split(store: Store) -> None:
    one = story(tell(store, article(WITHDRAWAL, "1"), VOTE))
    other = story(tell(store, article("Glaciers get a year of their own after all", "2"), TWIN))
    store.merge([one, other])
    parted = store.split(one, [number_of(store, "after all")], NOW)
    assert story(tell(store, article("Glaciers get a year of their own, says UN", "3", 1), TWIN)) == parted
    assert story(tell(store, article(WITHDRAWAL, "4", 1), VOTE)) == one
    assert [kind for kind, _ in alerts(store)] == ["new", "new"]


def retracted(store: Store, told: Assessment) -> None:
    """Its source rewrites the article into one that no rule wants."""
    title = f"Rain expected, not: {told.article.title}"
    with store.ingest() as ingest:
        rewritten = assess(
            replace(told.article, title=title), Judgement((), ()), ingest.memory, NOW, Freshness(None)
        )
        ingest.save(rewritten, None, NOW)


def test_stories_of_which_all_articles_were_retracted_can_be_merged(store: Store) -> None:
    one = tell(store, article(WITHDRAWAL, "1"), VOTE)
    other = tell(store, article("Glaciers get a year of their own after all", "2"), TWIN, receiver="mail")
    retracted(store, one)
    retracted(store, other)
    store.merge([story(one), story(other)])
    with store.reading() as reading:
        merged = reading.events.story(story(one))
    assert merged is not None
    assert merged["title"] == WITHDRAWAL
    assert [WITHDRAWAL in alert["subject"] for alert in merged["alerts"]] == [True, False]


def test_who_was_told_of_a_retracted_article_is_not_told_again_after_a_merge(store: Store) -> None:
    one = tell(store, article(WITHDRAWAL, "1"), VOTE)
    other = tell(store, article("Glaciers get a year of their own after all", "2"), TWIN, receiver="mail")
    retracted(store, other)
    store.merge([story(one), story(other)])
    again = tell(store, article(WITHDRAWAL, "3", 1), VOTE, receiver="mail")
    assert story(again) == story(one)
    assert again.alert is None


def test_who_was_told_is_not_told_again_after_a_merge_though_it_is_kept_no_longer_whom_an_alert_reached(
    store: Store,
) -> None:
    one = tell(store, article(WITHDRAWAL, "1"), VOTE)
    other = tell(store, article("Glaciers get a year of their own after all", "2"), TWIN, receiver="mail")
    for told in (one, other):
        assert told.alert
        store.drop(told.alert.key, None, "read aloud")
    later = NOW + timedelta(days=2)
    assert store.prune("deliveries", store.limits(Retention(deliveries=timedelta(days=1)), later)) == 2
    store.merge([story(one), story(other)])
    for receiver in ("desk", "mail"):
        again = tell(store, article(WITHDRAWAL, f"3 {receiver}", 48), VOTE, receiver=receiver)
        assert (story(again), again.alert) == (story(one), None)


def test_who_was_told_long_ago_is_not_told_again_after_a_split_though_another_was_told_lately(
    store: Store,
) -> None:
    one = tell(store, article(WITHDRAWAL, "1"), VOTE)
    assert one.alert
    store.drop(one.alert.key, None, "read aloud")
    later = NOW + timedelta(days=2)
    assert store.prune("deliveries", store.limits(Retention(deliveries=timedelta(days=1)), later)) == 1
    assert tell(store, article(f"{WITHDRAWAL}, too", "2", 48), VOTE, receiver="mail").alert
    tell(store, article(f"{WITHDRAWAL} at last", "3", 48), VOTE, receiver="mail")
    store.split(story(one), [number_of(store, "at last")], later)
    rewritten = tell(store, article(f"{WITHDRAWAL}, it says", "1"), VOTE)
    assert (story(rewritten), rewritten.alert) == (story(one), None)


def test_what_cannot_be_split_or_merged_is_said_and_changes_nothing(store: Store) -> None:
    one = story(tell(store, article(WITHDRAWAL, "1"), VOTE))
    other = story(tell(store, article("Glaciers get a year of their own after all", "2"), TWIN))
    with pytest.raises(StoreError, match="no other articles"):
        store.split(one, [number_of(store, "Ukraine")], NOW)
    with pytest.raises(StoreError, match="is not of story"):
        store.split(one, [number_of(store, "after all")], NOW)
    with pytest.raises(StoreError, match="no story nowhere"):
        store.merge([one, "nowhere"])
    with pytest.raises(StoreError, match="itself"):
        store.merge([one, one])
    store.merge([one, other])
    with pytest.raises(StoreError, match="was merged into"):
        store.merge([other, one])


# What happens to stories: the one article of each of three sources tells one of two events, anew or rewritten; a source
# is removed; a person parts what is together, or joins what is apart.
TELLING = st.tuples(
    st.sampled_from(["paper", "wire", "un"]),
    st.sampled_from([(WITHDRAWAL, VOTE), (WITHDRAWAL, TWIN), ("Glaciers get a year of their own", TWIN)]),
)
HAPPENINGS = st.lists(TELLING | st.sampled_from(["remove", "split", "merge"]), min_size=6, max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(HAPPENINGS)
def test_what_is_kept_of_a_story_is_what_its_reports_say_whatever_happens_to_it(
    store: Store, happenings: list[tuple[str, tuple[str, Vote]] | str]
) -> None:
    with store.reading() as reading:
        past = len(reading.alerts(None, 10_000))
    for number, happening in enumerate(happenings):
        hours = 24 * 30 * past + number / 60  # each example in a time of its own
        if isinstance(happening, tuple):
            source, (title, vote) = happening
            url = "https://press.un.org/" if source == "un" else None
            tell(
                store,
                article(f"{title} {number}", str(past), hours, f"{source} {past}", url),
                vote,
            )
        elif happening == "remove":
            store.forget(f"wire {past}")
        else:
            rearrange(store, NOW + timedelta(hours=hours), merging=happening == "merge")
        asked = article(WITHDRAWAL, "another", hours)
        with store.ingest() as ingest:
            for near in ingest.memory.near(traces(significant_words(asked), [VOTE, TWIN]), asked.at):
                told = ingest.memory.reports(near)
                assert ingest.memory.testimony(near) == reports.Testimony.of(told)


def rearrange(store: Store, now: datetime, *, merging: bool) -> None:
    """Join the two latest stories, or part the latest; where there are not so many nothing happens."""
    with store.reading() as reading:
        stories = reading.events.stories(now - timedelta(days=5), 2)
    if merging and len(stories) == 2:
        store.merge([each["key"] for each in stories])
    elif not merging and stories and len(stories[0]["articles"]) > 1:
        store.split(stories[0]["key"], stories[0]["articles"][:1], now)
