"""Which articles tell of one event, and what an alert is worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from watcher.core.alerts import deciding as alerts
from watcher.core.alerts.deciding import Decision, Freshness, Kind
from watcher.core.alerts.routing import Routed
from watcher.core.judgement import Judgement
from watcher.core.model import Article, Evidence, Match, Outcome, Position, Severity, Tally, Vote
from watcher.core.stories.placing import MOST_COMPARED, WINDOW, Placement, Story, likeliest, place, retells

NOW = datetime(2026, 2, 24, 18, tzinfo=UTC)
VOTE = Vote(body="UNGA", outcome=Outcome.ADOPTED, tally=Tally(107, 12, 51))
COUNCIL = Vote(body="UNSC", outcome=Outcome.ADOPTED, tally=Tally(15, 0, 0))


def article(title: str, text: str = "", hours: float = 0, key: str = "1") -> Article:
    at = NOW + timedelta(hours=hours)
    return Article("paper", key, title, text, at, published_at=at)


def match(seen: Article, *names: str, rule: str = "r", receiver: str = "desk") -> Match:
    """A match by these names in the title."""
    starts = [seen.title.index(name) for name in names]
    spans = [Evidence("title", at, at + len(name), name) for at, name in zip(starts, names, strict=True)]
    return Match(rule, rule, Severity.HIGH, (receiver,), tuple(spans))


def judged(seen: Article, *votes: Vote, names: tuple[str, ...] = (), receiver: str = "desk") -> Judgement:
    return Judgement((match(seen, *names, receiver=receiver),), votes)


def story_of(first: Article, *votes: Vote, told: bool = True) -> Story:
    judgement = judged(first, *votes)
    receivers = ("desk",) if told else ()
    return alerts.told(Placement(None, ""), first, judgement, Decision(None, "", votes, (), receivers))


FIRST = article("UN General Assembly demands withdrawal of all troops from Ukraine")


def placed(seen: Article, known: Story, *votes: Vote, names: tuple[str, ...] = ()) -> Story | None:
    return place(seen, votes, judged(seen, names=names).matches, [known]).story


def test_votes_whose_facts_conflict_are_two_stories_whatever_their_headlines() -> None:
    twin = replace(VOTE, tally=Tally(93, 8, 73))
    assert placed(article(FIRST.title, hours=1), story_of(FIRST, VOTE), twin) is None


def test_votes_with_the_same_full_tally_are_one_story_whatever_their_headlines() -> None:
    assert placed(article("Vor der Uno stimmten 107 dafür", hours=5), story_of(FIRST, VOTE), VOTE)


def test_two_numbers_of_a_divided_assembly_are_enough_for_reports_of_the_same_hours() -> None:
    known = story_of(article("Israel loses a vote at the UN"), VOTE)
    partly = replace(VOTE, tally=Tally(107, 12, None))
    assert placed(article("España y México, con la mayoría en la ONU", hours=5), known, partly)
    assert not placed(article("España y México, con la mayoría en la ONU", hours=60), known, partly)
    few = replace(VOTE, tally=Tally(107, 2, None))
    known = story_of(article("Israel loses a vote at the UN"), replace(VOTE, tally=Tally(107, 2, 51)))
    assert not placed(article("España y México, con la mayoría en la ONU", hours=5), known, few)


def test_the_same_dissenters_in_the_council_speak_for_one_vote() -> None:
    dissent = {"Russia": Position.ABSTAINED, "China": Position.ABSTAINED}
    told = replace(COUNCIL, tally=Tally(13, None, None), positions=dissent)
    known = story_of(article("UN Security Council approves a force for Gaza"), told)
    again = article("Sicherheitsrat: Russland und China lassen Plan für Gaza zu", hours=3)
    other = replace(told, positions={"Algeria": Position.ABSTAINED})
    assert placed(again, known, replace(told, tally=Tally(None, 0, None)))
    assert not placed(again, known, replace(other, tally=Tally(None, 0, None)))


def test_two_unanimous_votes_of_the_council_are_two_stories() -> None:
    haiti = article("Security Council renews Haiti sanctions regime")
    lebanon = article("Security Council extends mandate of Lebanon mission", hours=20)
    assert placed(lebanon, story_of(haiti, COUNCIL), COUNCIL) is None


def test_two_reports_of_one_unanimous_vote_are_one() -> None:
    haiti = article("Security Council renews Haiti sanctions regime for another year")
    again = article("UN renews sanctions on Haiti gangs", hours=1)
    assert placed(again, story_of(haiti, COUNCIL), COUNCIL)


def test_a_round_up_joins_the_story_of_its_main_vote_and_of_no_other() -> None:
    twin = replace(VOTE, tally=Tally(93, 8, 73))
    round_up = article("What the Assembly did today", hours=1)
    assert placed(round_up, story_of(FIRST, VOTE), VOTE, twin)
    assert placed(round_up, story_of(FIRST, VOTE), twin, VOTE) is None
    assert placed(round_up, story_of(FIRST, VOTE, twin), twin) is None


def test_reports_of_a_vote_without_numbers_are_one_when_they_name_the_same_countries_within_days() -> None:
    bare = Vote(body="UNGA", outcome=Outcome.ADOPTED)
    told = story_of(article("UN condemns Russia's invasion of Ukraine"), bare)
    assert placed(article("India abstains as Assembly tells Russia to leave Ukraine", hours=6), told, Vote())
    assert (
        placed(article("India abstains as Assembly tells Russia to leave Ukraine", hours=60), told, Vote())
        is None
    )
    assert placed(article("Assembly debates Gaza and Israel", hours=6), told, Vote()) is None
    assert placed(article("Council speaks of Russia and Ukraine", hours=6), told, Vote(body="UNSC")) is None


def test_two_reports_with_the_same_telling_words_are_one_story() -> None:
    told = story_of(article("Zelensky and Netanyahu discuss air defence by phone"))
    again = article("Netanyahu, Zelensky discuss defence in phone call", hours=2)
    assert placed(again, told, names=("Netanyahu", "Zelensky"))


@pytest.mark.parametrize(
    "title",
    [
        "Zelensky accuses Netanyahu of arming Russia",
        "Netanyahu to visit Zelensky at home",
        "Netanyahu and Zelensky: two portraits",
    ],
)
def test_sharing_the_names_of_a_rule_alone_makes_no_story(title: str) -> None:
    told = story_of(article("Zelensky thanks Netanyahu for generators"))
    assert placed(article(title, hours=2), told, names=("Netanyahu", "Zelensky")) is None


GENERATORS = article(
    "Israel sends generators to Ukraine",
    "Twenty generators from Haifa are to keep hospitals warm, ambassador Brodsky said after Zelensky asked for help.",
)
BOTH = ("Israel", "Ukraine")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Hospitals in Ukraine get Israeli power",
            "Brodsky handed over twenty generators that Zelensky had requested.",
        ),
        (
            "Ізраїль передав Україні генератори",
            "Посол Бродський сказав, що вони підуть у лікарні. Про допомогу просив Зеленський.",
        ),
        (
            "Izrael wysyła generatory na Ukrainę",
            "Prosił o nie prezydent Zełenski; trafią do szpitali, mówi ambasador Brodski.",
        ),
        ("ישראל שלחה גנרטורים לאוקראינה", "זלנסקי ביקש סיוע, אמר השגריר ברודסקי."),
        (
            "Generatoren aus Haifa",
            "Botschafter Brodsky sagt, sie seien für Krankenhäuser; Selenskyj hatte um Hilfe gebeten.",
        ),
    ],
)
def test_an_event_told_in_other_words_or_another_language_is_one_story(title: str, text: str) -> None:
    assert placed(article(title, text, hours=5), story_of(GENERATORS))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Israel refuses to sell missiles to Ukraine",
            "Zelensky had asked for air defence, but Gantz told envoys no.",
        ),
        (
            "Israel's ambassador to Ukraine visits Odesa",
            "Brodsky spoke with port workers about grain and shelling.",
        ),
        ("Ukraine thanks Israel for its vote", "Zelensky praised the abstention at the Assembly in a call."),
        ("Hasidic pilgrims from Israel reach Ukraine", "Thousands arrived in Uman in spite of warnings."),
    ],
)
def test_another_thing_between_the_same_two_on_the_same_day_is_another_story(title: str, text: str) -> None:
    assert placed(article(title, text, hours=5), story_of(GENERATORS), names=BOTH) is None


def test_likeness_counts_for_less_as_days_go_by() -> None:
    title = "Brodsky shows Israeli generators to reporters in Ukraine"
    text = "Transformers and cables, promised to Zelensky in spring, wait at a depot near Odesa for customs papers."
    assert placed(article(title, text, hours=5), story_of(GENERATORS), names=BOTH)
    assert placed(article(title, text, hours=80), story_of(GENERATORS), names=BOTH) is None


def test_what_several_stories_of_these_days_share_tells_them_less_apart() -> None:
    speech = "His speech of forty minutes, shown on screens in every square, drew long applause and quoted two psalms."
    told = story_of(article("Zelensky asks Israel for missiles against drones", speech))
    late = article(
        "Missiles or nothing: Zelensky asks again",
        "Drones over Odesa at night left harbour cranes, warehouses and pipelines burning, firemen told Israeli radio.",
        hours=5,
    )
    assert placed(late, told, names=("Zelensky",))
    others = [
        story_of(article(f"Zelensky asks {whom} for missiles against drones", speech, key=whom))
        for whom in ("Berlin", "Paris", "Rome", "Oslo", "Madrid", "Vienna")
    ]
    assert place(late, (), judged(late, names=("Zelensky",)).matches, [told, *others]).story is None


def test_the_reason_names_what_is_shared_in_the_words_of_the_article() -> None:
    ukrainian = article(
        "Ізраїль передав генератори", "Про допомогу просив Зеленський, каже посол Бродський.", hours=1
    )
    reason = place(ukrainian, (), judged(ukrainian).matches, [story_of(GENERATORS)]).reason
    assert reason == (
        'telling words in common: "генератори", "Зеленський", "Бродський"; '
        "topics in common: diplomats, energy, request"
    )


BARE = Vote(body="UNGA", outcome=Outcome.ADOPTED)


def test_a_vote_told_without_numbers_is_one_story_in_two_languages() -> None:
    told = story_of(
        article("UN body adopts text against burnings of the Koran", "Pakistan spoke of religious hatred."),
        BARE,
    )
    polish = article("ONZ: rezolucja po spaleniu Koranu", "Pakistan mówi o nienawiści religijnej.", hours=3)
    assert placed(polish, told, BARE)


@pytest.mark.parametrize(
    "title",
    [
        "UN demands that Russia return the children of Ukraine",
        "UN wants a register of damage by Russia in Ukraine",
    ],
)
def test_two_votes_on_two_matters_between_the_same_countries_are_two_stories(title: str) -> None:
    told = story_of(article("UN condemns Russia's annexation of Ukraine's regions"), BARE)
    assert placed(article(title, hours=3), told, BARE) is None


def test_two_missions_that_the_council_renews_on_one_day_are_two_stories() -> None:
    lebanon = story_of(
        article("Security Council extends mandate of peacekeeping mission in Lebanon"), COUNCIL
    )
    cyprus = article("Security Council extends mandate of peacekeeping mission in Cyprus", hours=1)
    assert placed(cyprus, lebanon, COUNCIL) is None


def test_reports_of_a_veto_are_one_whomever_they_name_beside_the_voters() -> None:
    veto = Vote(body="UNSC", outcome=Outcome.VETOED)
    told = story_of(
        article("US casts veto on truce text", "Washington stood alone against the ceasefire."), veto
    )
    again = article("Israel relieved after Council fails to demand ceasefire", hours=9)
    assert placed(again, told, veto)
    assert placed(article("Russia's veto ends sanctions panel on Mali", hours=9), told, veto) is None


def test_the_same_words_a_week_later_are_another_event_however_the_story_went_on() -> None:
    told = story_of(FIRST)
    assert placed(article(FIRST.title, hours=24 * 8), told) is None
    assert placed(article(FIRST.title, hours=WINDOW.total_seconds() / 3600 - 1), told)


def test_a_late_report_with_the_very_facts_joins_after_a_week_and_no_longer_after_a_month() -> None:
    late = "How the Assembly came to its vote"
    assert placed(article(late, hours=24 * 8), story_of(FIRST, VOTE), VOTE)
    assert placed(article(late, hours=24 * 30), story_of(FIRST, VOTE), VOTE) is None


def test_a_count_that_is_a_slip_away_is_the_same_story_only_within_hours_and_in_like_words() -> None:
    slip = replace(VOTE, tally=Tally(107, 14, 51))
    assert placed(article(FIRST.title, hours=5), story_of(FIRST, VOTE), slip)
    assert placed(article(FIRST.title, hours=50), story_of(FIRST, VOTE), slip) is None
    assert placed(article("Glaciers get a year of their own", hours=5), story_of(FIRST, VOTE), slip) is None


def test_of_many_stories_the_likeliest_are_those_with_the_rarest_in_common() -> None:
    many = [f"story {number}" for number in range(60)]
    holders = {"@Ukraine": many, "genera": many[:3], "=yes-no:107-12": ["the one"]}
    assert likeliest(holders)[:4] == ["the one", *many[:3]]
    assert len(likeliest(holders)) == MOST_COMPARED


def test_a_file_that_is_reused_for_something_else_is_no_rewrite() -> None:
    assert retells(article("UN General Assembly demands full withdrawal of troops from Ukraine"), FIRST)
    assert not retells(article("Security Council renews Haiti sanctions regime"), FIRST)


def decide(
    judgement: Judgement, story: Story | None, old: str | None = None, *, rewritten: bool = False
) -> Decision:
    """On an article whose votes are all that is known, once it has told them."""
    placement = Placement(story, "rewritten by its source" if rewritten else "the same tally")
    told = Routed(judgement.receivers)
    return alerts.decide(judgement, placement, judgement.votes, old, lambda _: told, rewritten=rewritten)


def test_a_first_report_is_told() -> None:
    decision = decide(judged(FIRST, VOTE), None)
    assert (decision.kind, decision.votes, decision.receivers) == (Kind.NEW, (VOTE,), ("desk",))


def test_a_second_report_with_nothing_new_is_not_told_and_says_why() -> None:
    decision = decide(judged(FIRST, VOTE), story_of(FIRST, VOTE))
    assert decision.kind is None
    assert "nothing new" in decision.reason


def test_a_later_report_that_knows_the_tally_is_an_update_with_just_that() -> None:
    decision = decide(judged(FIRST, VOTE), story_of(FIRST, Vote(body="UNGA", outcome=Outcome.ADOPTED)))
    assert decision.kind is Kind.UPDATE
    assert [str(change) for change in decision.changes] == ["tally: 107-12-51"]


def test_a_receiver_who_has_not_heard_of_a_story_is_told_when_its_own_rule_matches() -> None:
    decision = decide(judged(FIRST, VOTE, receiver="analyst"), story_of(FIRST, VOTE))
    assert (decision.kind, decision.receivers) == (Kind.NEW, ("analyst",))


def test_an_update_reaches_all_who_had_the_first_alert() -> None:
    vote = replace(VOTE, positions={"Israel": Position.ABSTAINED})
    decision = decide(judged(FIRST, vote, receiver="analyst"), story_of(FIRST, VOTE))
    assert (decision.kind, decision.receivers) == (Kind.UPDATE, ("analyst", "desk"))


def test_a_story_that_was_quiet_because_it_was_old_is_told_by_its_first_fresh_report() -> None:
    quiet = story_of(FIRST, VOTE, told=False)
    assert decide(judged(FIRST, VOTE), quiet).kind is Kind.NEW
    assert decide(judged(FIRST, VOTE), quiet, "old").kind is None


def test_a_typo_mended_in_a_quiet_article_leaves_it_quiet() -> None:
    assert decide(judged(FIRST, VOTE), story_of(FIRST, VOTE, told=False), rewritten=True).kind is None


def test_a_corrected_number_is_a_correction() -> None:
    corrected = judged(FIRST, replace(VOTE, tally=Tally(108, 12, 51)))
    decision = decide(corrected, story_of(FIRST, VOTE), rewritten=True)
    assert decision.kind is Kind.CORRECTION
    assert decision.receivers == ("desk",)


def test_a_rewrite_without_new_facts_makes_no_noise() -> None:
    assert decide(judged(FIRST, VOTE), story_of(FIRST, VOTE), rewritten=True).kind is None


def test_old_news_is_quiet_and_says_how_old() -> None:
    fresh = Freshness(timedelta(days=3))
    assert alerts.too_old(FIRST, [], NOW + timedelta(days=2), fresh) is None
    assert "more than 3 days ago" in (alerts.too_old(FIRST, [], NOW + timedelta(days=4), fresh) or "")
    assert alerts.too_old(FIRST, [], NOW + timedelta(days=999), Freshness(None)) is None


def test_a_fresh_article_about_a_vote_of_last_year_is_old_news() -> None:
    vote = replace(VOTE, date=date(2025, 2, 24))
    assert "2025-02-24" in (alerts.too_old(FIRST, [vote], NOW, Freshness(timedelta(days=3))) or "")


def test_an_undated_article_is_news_except_on_the_first_poll() -> None:
    undated = Article("paper", "1", "t", "", NOW)
    assert alerts.too_old(undated, [], NOW, Freshness(timedelta(days=1))) is None
    assert alerts.too_old(undated, [], NOW, Freshness(timedelta(days=1), baseline=True))
