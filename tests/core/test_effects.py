"""What an edit of the rules means is counted rule by rule."""

from __future__ import annotations

from datetime import UTC, datetime

from watcher.core.effects import Effects
from watcher.core.model import Article, Severity
from watcher.core.rules import RuleSet
from watcher.core.rules.spec import RuleSpec

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)


def rules(**queries: str) -> RuleSet:
    """A rule for each query, of this id."""
    specs = [RuleSpec(name, name, Severity.LOW, ("desk",), query=said) for name, said in queries.items()]
    return RuleSet(specs, {})


def effects(before: RuleSet, after: RuleSet, *titles: str) -> list[str]:
    counted = Effects(before, after)
    for title in titles:
        counted.add(Article("a", title, title, "", NOW))
    assert counted.articles == len(titles)
    return list(counted.in_words())


def test_what_a_rule_gains_and_loses_is_counted_and_a_rule_that_stays_as_it_was_is_not_named() -> None:
    before = rules(weather="rain OR hail", sport="football")
    after = rules(weather="rain OR snow OR sleet", sport="football")
    told = effects(before, after, "Rain", "Hail", "Snow", "Sleet", "Football in the snow", "Football")
    assert told == ["rule weather: 3 matches more and 1 match fewer"]


def test_a_rule_that_is_new_gains_all_and_one_that_is_gone_loses_all() -> None:
    told = effects(rules(old="rain"), rules(new="rain OR hail"), "Rain", "Hail")
    assert told == ["rule new: 2 matches more", "rule old: 1 match fewer"]


def test_an_edit_that_means_nothing_has_no_effects() -> None:
    assert effects(rules(weather="rain OR hail"), rules(weather="hail OR rain"), "Rain", "Hail") == []
