"""What two tellings of an event are compared by, across words, scripts and languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.model import Article
from watcher.core.stories.likeness import features, likeness
from watcher.core.stories.stems import names, skeleton, stems
from watcher.core.stories.topics import find_topics, topics
from watcher.core.text import Folded


def telling(title: str, text: str = "") -> frozenset[str]:
    return features(Article("paper", "1", title, text, datetime(2026, 2, 24, tzinfo=UTC)))


@pytest.mark.parametrize(
    "spellings",
    [
        "Zelensky Zelenskyy Zełenski Selenskyj Zelenszkij Зеленський Зеленского זלנסקי زيلينسكي",
        "Netanyahu Netanjahu Netanyahou Нетаньягу Нетаньяху נתניהו نتنياهو",
        "Gantz Ganc Ганц",
        "Kuleba Kułeba Кулеба Кулебою קולבה",
        "Koran Qur'an Коран",
        "Medvedev Medwedew Miedwiediew Медведев",
    ],
)
def test_a_name_has_one_skeleton_in_every_script(spellings: str) -> None:
    assert len({skeleton(name) for name in spellings.split()}) == 1


def test_names_that_differ_have_different_skeletons() -> None:
    people = "Zelensky Netanyahu Gantz Kuleba Lapid Bennett Herzog Sybiha Korniychuk Brodsky Lavrov Putin"
    assert len({skeleton(name) for name in people.split()}) == len(people.split())


@pytest.mark.parametrize(
    "spellings",
    ["embargo эмбарго", "generators generatory генератори", "moratorium мораторий"],
)
def test_a_loan_word_has_one_stem_in_both_alphabets(spellings: str) -> None:
    assert len(stems(spellings)) == 1


def test_of_a_full_name_the_last_word_is_the_name_and_a_headline_in_capitals_has_none() -> None:
    assert list(
        names(
            "Yesterday in a call, so the envoy said, Foreign Minister Eli Cohen told Dmytro Kuleba of it all"
        )
    ) == ["Yesterday", "Cohen", "Kuleba"]
    assert list(names("Foreign Minister Meets Envoy in Kyiv On Monday")) == []


def test_a_country_is_compared_as_a_country_and_not_as_a_word() -> None:
    assert telling("Israel's envoy leaves Moldova") == {
        "@Israel",
        "@Moldova",
        "envoi",
        "leaves",
        "%diplomats",
        "!diplomats",
    }


def test_a_country_that_only_the_second_sentence_names_is_a_bystander() -> None:
    assert "@Norway" not in telling("Israel sends radars", "They are on their way. Norway paid.")


@pytest.mark.parametrize("topic", topics())
def test_every_word_of_the_table_finds_its_topic(topic: str) -> None:
    for term in topics()[topic]:
        assert topic in find_topics(Folded(term.source.replace("*", "").lstrip("=")))


def test_a_headline_that_speaks_of_something_else_weighs_against() -> None:
    told = telling("Gantz speaks of sanctions", "He met Kuleba.")
    same = likeness(told, telling("Kuleba on sanctions", "He met Gantz."), frozenset(), {})
    other = likeness(
        told, telling("Kuleba on pilgrims", "He met Gantz, and spoke of sanctions."), frozenset(), {}
    )
    assert same.points > other.points


FEATURES = st.frozensets(
    st.sampled_from(["%arms", "!arms", "%court", "&slns", "&hns", "@Israel", "missil", "98", "offer"])
)


@given(FEATURES, FEATURES)
def test_two_tellings_are_as_much_alike_from_either_side(one: frozenset[str], other: frozenset[str]) -> None:
    assert likeness(one, other, frozenset(), {}) == likeness(other, one, frozenset(), {})


@given(FEATURES, FEATURES)
def test_what_is_expected_of_both_adds_nothing(one: frozenset[str], other: frozenset[str]) -> None:
    assert likeness(one, other, one & other, {}).points <= 0


@given(st.text(), st.text())
def test_any_text_has_features(title: str, text: str) -> None:
    assert all(telling(title, text))
