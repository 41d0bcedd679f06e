"""What rules find, and what they leave alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.model import Article, Match, Outcome, Position, Severity
from watcher.core.rules import Clause, Entity, RuleError, RuleSet, RuleSpec
from watcher.core.rules.changes import rule_changes
from watcher.core.rules.lints import lints
from watcher.core.rules.spec import Held, Margin, VoteWanted

NOW = datetime(2026, 2, 24, tzinfo=UTC)
ENTITIES = {
    "israel": Entity("israel", ("Israel*", "ישראל", "以色列", "Sa'ar", "=IDF")),
    "ukraine": Entity("ukraine", ("Ukrain*", "Kyiv", "Україн*")),
    "un": Entity("un", ("Security Council", "=UN"), ("National Security Council",)),
}


def article(text: str, title: str = "") -> Article:
    return Article("test", "1", title, text, NOW)


def rule(**parts: Any) -> RuleSpec:
    return RuleSpec("r", "R", Severity.LOW, ("desk",), **parts)


def match(text: str, title: str = "", **parts: Any) -> Match | None:
    return next(iter(RuleSet([rule(**parts)], ENTITIES).match(article(text, title))), None)


def words(text: str, title: str = "", **parts: Any) -> list[str]:
    found = match(text, title, **parts)
    return [span.words(article(text, title)) for span in found.evidence] if found else []


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("vote", "They vote.", ["vote"]),
        ("vote", "The voters", []),
        ("vote*", "The voters", ["voters"]),
        ("vote", "a devote fan", []),
        ("veto", "VETO", ["VETO"]),
        ("=US", "tell us", []),
        ("=US", "the US-led text", ["US"]),
        ("in favour", "in\u00a0favour of it", ["in\u00a0favour"]),
        ("Sa'ar", "Gideon Sa’ar’s visit", ["Sa’ar"]),
        ("A/RES/*", "see A/RES/ES-11/1 today", ["A/RES/ES"]),
        ("Zelensky", "Zelen\u00adsky", ["Zelen\u00adsky"]),
        ("חוק", "וכשהחוק", []),
        ("ישראל", "ולישראל נמסר", ["ישראל"]),
        ("إسرائيل", "صوتت وإسرائيل ضد", ["إسرائيل"]),
        ("以色列", "在以色列投票", ["以色列"]),
        ("U.N.", "the U.N. said", ["U.N."]),
        ("Володимир* Зеленськ*", "з Володимиром Зеленським говорив", ["Володимиром Зеленським"]),
        ("Володимир* Зеленський", "з Володимиром Зеленським говорив", []),
    ],
)
def test_a_term_is_found_as_people_mean_it(term: str, text: str, found: list[str]) -> None:
    assert words(text, keywords=Clause(any=(term,))) == found


def test_a_longer_name_that_must_not_count_masks_the_shorter_one_inside_it() -> None:
    un = Clause(any=("un",))
    assert match("The National Security Council met.", entities=un) is None
    assert match("The Security Council met.", entities=un)
    assert words("The National Security Council and the Security Council met.", entities=un) == [
        "Security Council"
    ]


def test_an_entity_can_be_built_on_another_and_leave_out_more() -> None:
    actor = Entity("actor", ("@israel",), ("Israel-Hamas",))
    rules = RuleSet([rule(entities=Clause(any=("actor",)))], {**ENTITIES, "actor": actor})
    assert rules.match(article("Israel spoke."))
    assert not rules.match(article("The Israel-Hamas war went on."))
    assert match("The Israel-Hamas war went on.", entities=Clause(any=("israel",)))


def test_an_entity_that_is_built_on_itself_is_refused() -> None:
    circle = {"a": Entity("a", ("@b",)), "b": Entity("b", ("@a",))}
    with pytest.raises(RuleError, match="built on itself"):
        RuleSet([rule(entities=Clause(any=("a",)))], circle)


def test_all_means_each_and_any_means_one_and_none_means_not_one() -> None:
    both = Clause(all=("israel", "ukraine"))
    assert match("Israel and Ukraine", entities=both)
    assert match("Israel and Poland", entities=both) is None
    assert (
        match("Israel and Ukraine at Eurovision", entities=both, keywords=Clause(none=("eurovision",)))
        is None
    )
    assert match("They vote", keywords=Clause(any=("veto", "vote")))
    assert match("They speak", keywords=Clause(any=("veto", "vote"))) is None


@pytest.mark.parametrize(
    ("near", "text", "title", "matches"),
    [
        ("sentence", "Israel spoke. Ukraine answered.", "", False),
        ("sentence", "Israel spoke to Ukraine. It was late.", "", True),
        ("sentence", "Ukraine answered.", "Israel spoke", False),
        ("paragraph", "Israel spoke. Ukraine answered.", "", True),
        ("paragraph", "Israel spoke.\n\nUkraine answered.", "", False),
        ("title", "Israel spoke to Ukraine.", "", False),
        ("title", "", "Israel speaks to Ukraine", True),
        (2, "Israel spoke to Ukraine", "", True),
        (1, "Israel spoke to Ukraine", "", False),
        (2, "Ukraine heard from Israel", "", True),
        (0, "Israel Ukraine", "", True),
        (50, "Ukraine answered.", "Israel spoke", False),
    ],
)
def test_near_holds_the_hits_together(near: int | str, text: str, title: str, matches: bool) -> None:
    assert bool(match(text, title, entities=Clause(all=("israel", "ukraine")), near=near)) is matches


def test_fields_say_where_to_look() -> None:
    only_title = {"keywords": Clause(any=("vote",)), "fields": ("title",)}
    assert match("They vote", "Nothing", **only_title) is None
    assert match("Nothing", "They vote", **only_title)


def test_the_evidence_is_in_the_order_of_the_article_and_names_what_was_found() -> None:
    found = match("Kyiv and Israeli envoys", "Israel calls", entities=Clause(all=("israel", "ukraine")))
    assert found
    assert [(e.field, e.what) for e in found.evidence] == [
        ("title", "israel"), ("text", "ukraine"), ("text", "israel"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "key", "says"),
    [
        ({"entities": Clause(any=("isreal",))}, ("rules", 0, "entities", "any", 0), "no entity"),
        ({"keywords": Clause(any=("vote", "*"))}, ("rules", 0, "keywords", "any", 1), "no letter"),
        ({"keywords": Clause(any=("v*te",))}, ("rules", 0, "keywords", "any", 0), "may only end a word"),
        ({"keywords": Clause(any=("=UN*",))}, ("rules", 0, "keywords", "any", 0), "exclude each other"),
        ({"keywords": Clause(any=("v*",))}, ("rules", 0, "keywords", "any", 0), "every word"),
        ({"keywords": Clause(none=("vote",))}, ("rules", 0), "nothing to look for"),
    ],
)
def test_a_rule_that_could_never_work_is_refused_at_its_place(
    parts: dict[str, Clause], key: tuple[str | int, ...], says: str
) -> None:
    with pytest.raises(RuleError) as refused:
        RuleSet([rule(**parts)], ENTITIES)
    assert refused.value.key == key
    assert says in refused.value.what
    assert refused.value.fix


WORDS = st.sampled_from(["israel", "ukraine", "kyiv", "peace", "and", "the"])


@given(st.lists(WORDS, max_size=30), st.integers(0, 5))
def test_near_agrees_with_counting_the_words_between_by_hand(spoken: list[str], near: int) -> None:
    israel = [at for at, word in enumerate(spoken) if word == "israel"]
    ukraine = [at for at, word in enumerate(spoken) if word in {"ukraine", "kyiv"}]
    expected = any(abs(i - u) - 1 <= near for i in israel for u in ukraine)
    found = match(" ".join(spoken), entities=Clause(all=("israel", "ukraine")), near=near)
    assert bool(found) is expected


@given(st.text(), st.text())
def test_no_text_whatever_breaks_a_rule(title: str, text: str) -> None:
    found = match(text, title, entities=Clause(any=("israel", "un")), keywords=Clause(any=("vote",)), near=3)
    for span in found.evidence if found else ():
        assert span.words(article(text, title))


OF_THE_ASSEMBLY = VoteWanted(
    bodies=("UNGA",),
    positions=(Held("Israel", (Position.AGAINST,)),),
    margin=Margin(at_most=10),
)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, OF_THE_ASSEMBLY, "vote.bodies +UNGA; vote.positions +Israel against; vote.margin none -> at most 10"),
        (OF_THE_ASSEMBLY, None, "vote.bodies -UNGA; vote.positions -Israel against; vote.margin at most 10 -> none"),
        (
            OF_THE_ASSEMBLY,
            VoteWanted(
                bodies=("UNGA", "UNSC"),
                outcome=(Outcome.VETOED,),
                positions=(Held("Israel", (Position.AGAINST, Position.ABSENT)),),
                margin=Margin(at_least=0, at_most=10),
            ),
            "vote.bodies +UNSC; vote.outcome +vetoed; "
            "vote.positions +Israel against or absent, -Israel against; "
            "vote.margin at most 10 -> at least 0 and at most 10",
        ),
    ],
)  # fmt: skip
def test_an_edit_of_which_votes_are_meant_is_told_line_by_line(
    before: VoteWanted | None, after: VoteWanted | None, told: str
) -> None:
    specs = [rule(keywords=Clause(any=("vote*",)), event="un-vote", vote=vote) for vote in (before, after)]
    assert list(rule_changes(specs[:1], specs[1:])) == [f"rule r: {told}"]


@pytest.mark.parametrize(
    ("wanted", "key", "what"),
    [
        (VoteWanted(bodies=("UNGA-C3", "UNSC", "UNGA")), ("bodies", 0), '"UNGA-C3" is in "UNGA" already'),
        (
            VoteWanted(bodies=("UNGA",), outcome=(Outcome.VETOED,)),
            ("outcome",),
            "there is a veto in the UNSC alone, which bodies leaves out",
        ),
    ],
)
def test_votes_that_are_hardly_meant_are_named(wanted: VoteWanted, key: tuple[str | int], what: str) -> None:
    narrowed = rule(keywords=Clause(any=("vote*",)), event="un-vote", vote=wanted)
    found = [lint for lint in lints(RuleSet([narrowed], {}), ()) if "vote" in lint.key]
    assert [(lint.key, lint.what) for lint in found] == [(("rules", 0, "vote", *key), what)]


def test_rules_that_mean_different_votes_are_no_twins() -> None:
    narrowed = [
        replace(
            rule(keywords=Clause(any=("vote*",)), event="un-vote", vote=VoteWanted(bodies=(body,))),
            id=body,
        )
        for body in ("UNGA", "UNSC")
    ]
    assert not any("the same" in lint.what for lint in lints(RuleSet(narrowed, {}), ()))


def test_a_mention_that_cannot_be_looked_for_is_refused_at_its_place() -> None:
    for mention in ("**", "@nobody"):
        narrowed = rule(
            keywords=Clause(any=("vote*",)), event="un-vote", vote=VoteWanted(mentions=("Israel", mention))
        )
        with pytest.raises(RuleError) as caught:
            RuleSet([narrowed], ENTITIES)
        assert caught.value.key == ("rules", 0, "vote", "mentions", 1)
