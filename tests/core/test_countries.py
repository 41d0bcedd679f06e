"""What the countries of the world are called, and what only looks like them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.countries import Country, canonical, find_countries, members
from watcher.core.rules.terms import parse_term
from watcher.core.text import Folded, fold

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "src" / "watcher" / "data" / "un_members.toml"
LANGUAGES = {"uk", "ru", "he", "de", "fr", "es", "ar", "pl", "zh"}


def found(text: str) -> list[tuple[str, str]]:
    """The words of each mention, and the country they name."""
    return [(text[m.start : m.end], m.country) for m in find_countries(Folded(text))]


def countries(text: str) -> list[str]:
    return [country for _, country in found(text)]


def spellings(country: Country) -> list[str]:
    return [term for term, kind in country.terms() if kind == "name"]


# The table is whole


def test_there_are_193_members_and_2_observers() -> None:
    assert sum(country.member for country in members()) == 193
    assert {country.name for country in members() if not country.member} == {"Holy See", "Palestine"}


def test_no_two_countries_share_an_id_or_a_canonical_name() -> None:
    assert len({country.id for country in members()}) == 195
    assert len({fold(country.name) for country in members()}) == 195


@pytest.mark.parametrize("country", members(), ids=lambda country: country.id)
def test_every_country_is_known_by_its_names_in_ten_languages(country: Country) -> None:
    assert set(country.names_in) == LANGUAGES
    assert all(country.names_in.values())
    for name in spellings(country):
        assert canonical(name.removeprefix("=")) == country.name


def test_no_two_countries_share_a_name() -> None:
    owners: dict[str, set[str]] = {}
    for country in members():
        for name in spellings(country):
            owners.setdefault(fold(name), set()).add(country.name)
    assert {name: who for name, who in owners.items() if len(who) > 1} == {}


def test_no_two_countries_share_a_people_or_a_capital() -> None:
    owners: dict[str, set[str]] = {}
    for country in members():
        for term, kind in country.terms():
            if kind != "name":
                owners.setdefault(fold(term), set()).add(country.name)
    assert {term: who for term, who in owners.items() if len(who) > 1} == {}


def test_every_term_is_one_that_a_rule_could_have() -> None:
    for country in members():
        for term, _ in country.terms():
            parse_term(term)


def test_names_that_are_other_things_too_are_marked() -> None:
    marked = {country.name for country in members() if country.ambiguous}
    assert {"Georgia", "Jordan", "Chad", "Niger", "Guinea", "Dominica", "Mali", "Oman", "Türkiye"} <= marked
    assert "Ukraine" not in marked


def test_the_shipped_table_is_what_its_sources_make() -> None:
    babel = pytest.importorskip("babel", reason="Babel is needed to make the table, not to use it")
    if f"Babel {babel.__version__} " not in TABLE.read_text("utf-8"):
        pytest.skip(f"the table was made with another Babel than {babel.__version__}")
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "tools.make_un_members", "--check"]
    assert subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


# Each has one canonical name


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("Israel", "Israel"),
        ("The Gambia", "Gambia"),
        ("DPRK", "North Korea"),
        ("Democratic People’s Republic of Korea", "North Korea"),
        ("Republic of Korea", "South Korea"),
        ("Lao People's Democratic Republic", "Laos"),
        ("Lao PDR", "Laos"),
        ("Iran (Islamic Republic of)", "Iran"),
        ("Bolivia (Plurinational State of)", "Bolivia"),
        ("Micronesia (Federated States of)", "Micronesia"),
        ("Russian Federation", "Russia"),
        ("Syrian Arab Republic", "Syria"),
        ("Viet Nam", "Vietnam"),
        ("Turkey", "Türkiye"),
        ("Turkiye", "Türkiye"),
        ("Swaziland", "Eswatini"),
        ("Burma", "Myanmar"),
        ("Macedonia", "North Macedonia"),
        ("Czech Republic", "Czechia"),
        ("Cape Verde", "Cabo Verde"),
        ("East Timor", "Timor-Leste"),
        ("Ivory Coast", "Côte d'Ivoire"),
        ("COTE D’IVOIRE", "Côte d'Ivoire"),
        ("Antigua & Barbuda", "Antigua and Barbuda"),
        ("Democratic Republic of the Congo", "DR Congo"),
        ("Republic of the Congo", "Congo"),
        ("Congo", "Congo"),
        ("Britain", "United Kingdom"),
        ("U.S.", "United States"),
        ("US", "United States"),
        ("Vatican", "Holy See"),
        ("State of Palestine", "Palestine"),
        ("Ізраїль", "Israel"),
        ("Соединённые Штаты", "United States"),
        ("ארה״ב", "United States"),
        ("Vereinigtes Königreich", "United Kingdom"),
        ("刚果（金）", "DR Congo"),
    ],
)
def test_a_country_has_one_name_however_it_is_spelled(spelled: str, name: str) -> None:
    assert canonical(spelled) == name


@pytest.mark.parametrize(
    "word", ["us", "", "Atlantis", "Israeli", "Kyiv", "Korea", "Taiwan", "Kosovo", "New Mexico"]
)
def test_what_names_no_country_has_no_canonical_name(word: str) -> None:
    assert canonical(word) is None


# A roll call, as the UN's press office writes it


def test_a_roll_call_of_the_un_press_office_is_read_whole() -> None:
    text = (
        "by a recorded vote of 107 in favour to 12 against (Belarus, Burkina Faso, Democratic People’s Republic of "
        "Korea, Iran (Islamic Republic of), Mali, Niger, Russian Federation, Sudan), with 51 abstentions"
    )
    assert countries(text) == [
        "Belarus",
        "Burkina Faso",
        "North Korea",
        "Iran",
        "Mali",
        "Niger",
        "Russia",
        "Sudan",
    ]


def test_mentions_come_in_the_order_of_the_text_and_point_at_its_own_characters() -> None:
    text = "“Côte d’Ivoire” … and Türkiye\u00ad’s envoys\u00a0met Ukrainians in Kyiv"
    assert found(text) == [
        ("Côte d’Ivoire", "Côte d'Ivoire"),
        ("Türkiye", "Türkiye"),
        ("Ukrainians", "Ukraine"),
        ("Kyiv", "Ukraine"),
    ]


def test_a_mention_says_whether_it_is_the_name_the_people_or_the_capital() -> None:
    mentions = find_countries(Folded("Ukraine thanked the Israelis, and Moscow abstained"))
    assert [(m.country, m.kind) for m in mentions] == [
        ("Ukraine", "name"),
        ("Israel", "demonym"),
        ("Russia", "capital"),
    ]


# The longest name wins


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Equatorial Guinea abstained", ["Equatorial Guinea"]),
        ("Papua New Guinea, Guinea-Bissau and Guinea", ["Papua New Guinea", "Guinea-Bissau", "Guinea"]),
        ("North Korean and South Korean envoys", ["North Korea", "South Korea"]),
        ("South Sudan and Sudan", ["South Sudan", "Sudan"]),
        ("Nigeria, Niger and Nigeriens", ["Nigeria", "Niger", "Niger"]),
        ("the Dominican Republic and Dominica", ["Dominican Republic", "Dominica"]),
        ("the Democratic Republic of the Congo and the Congo", ["DR Congo", "Congo"]),
        ("the People's Republic of China", ["China"]),
        ("United Kingdom of Great Britain and Northern Ireland", ["United Kingdom"]),
        ("Saint Vincent & the Grenadines", ["Saint Vincent and the Grenadines"]),
        ("Romania, Oman and Omanis", ["Romania", "Oman", "Oman"]),
        ("Somalia and Mali", ["Somalia", "Mali"]),
    ],
)
def test_the_longest_name_wins(text: str, named: list[str]) -> None:
    assert countries(text) == named


# What only looks like a country


@pytest.mark.parametrize(
    "text",
    [
        "tell us about it, for us in the bus",
        "We had roast turkey and fine china",
        "the guinea pig polished its nails",
        "New Mexico voted for the Democrats",
        "a village in Northern Ireland",
        "South American, Latin American and North American leaders",
        "African Americans in the South",
        "the Gulf of Mexico and the Indian Ocean",
        "the Republic of China on Taiwan",
        "a study in the Washington Post",
        "the Paris Agreement and the Rome Statute",
        "George Washington crossed the river",
        "the UN rights chief Volker Türk said",
        "Indianapolis, Indiana",
        "Coney Island, the Faroe Islands, and Frances",
        "发展中国家的代表",
    ],
)
def test_a_longer_name_or_a_common_word_is_no_country(text: str) -> None:
    assert countries(text) == []


def test_us_counts_only_as_it_is_written() -> None:
    assert found("Let us ask the US, the U.S. and the USA") == [
        ("US", "United States"),
        ("U.S.", "United States"),
        ("USA", "United States"),
    ]


def test_an_american_is_of_the_united_states() -> None:
    assert countries("American, British and Dutch diplomats") == [
        "United States",
        "United Kingdom",
        "Netherlands",
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Jordan voted in favour of the text", ["Jordan"]),
        ("Officials met in Jordan. King Abdullah was absent", ["Jordan"]),
        ("Jordan Condemns Strike On Gaza Hospital", ["Jordan"]),
        ("Jordan Foreign Minister Ayman Safadi", ["Jordan"]),
        ("Jordan Bardella wins the primary", []),
        ("Michael Jordan retired, and Jordan never came back", []),
        ("Rep. Jim Jordan opposed the aid", []),
        ("actor Michael B. Jordan", []),
        ("Chad rebels were tried", ["Chad"]),
        ("Former player Chad 'Ochocinco' Johnson shared some of the ways he lives", []),
    ],
)
def test_a_person_called_like_a_country_is_told_apart(text: str, named: list[str]) -> None:
    assert countries(text) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Georgia voted in favour of the resolution", ["Georgia"]),
        ("Gambia, Georgia, Germany, Ghana", ["Gambia", "Georgia", "Germany", "Ghana"]),
        ("Georgia's parliament in Tbilisi", ["Georgia", "Georgia"]),
        ("Georgia's governor Brian Kemp", []),
        ("Polls opened in Atlanta, Georgia", []),
        ("A Georgia man faces murder charges", []),
    ],
)
def test_georgia_is_the_state_unless_the_words_near_it_say_the_country(text: str, named: list[str]) -> None:
    assert countries(text) == named


# Other languages


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "Ізраїль і Україна; президентові України, в Індії, Північною Кореєю",
            ["Israel", "Ukraine", "Ukraine", "India", "North Korea"],
        ),
        ("український посол у Сполучених Штатах та США", ["Ukraine", "United States", "United States"]),
        ("В Израиле и на Украине; послы Саудовской Аравии", ["Israel", "Ukraine", "Saudi Arabia"]),
        ("россияне и американские военные", ["Russia", "United States"]),
        (
            "Izraelowi, Ukrainę, w Niemczech i Stanach Zjednoczonych",
            ["Israel", "Ukraine", "Germany", "United States"],
        ),
        ("שישראל ולאוקראינה, ובארה״ב", ["Israel", "Ukraine", "United States"]),
        ("مندوب إسرائيل وأوكرانيا وللولايات المتحدة", ["Israel", "Ukraine", "United States"]),
        ("以色列和乌克兰，赤道几内亚", ["Israel", "Ukraine", "Equatorial Guinea"]),
        ("朝鮮、韓國與澳大利亞；俄方和中方", ["North Korea", "South Korea", "Australia", "Russia", "China"]),
        ("جمهورية كوريا الشعبية الديمقراطية وجمهورية كوريا", ["North Korea", "South Korea"]),
        (
            "Russlands Botschafter, die Vereinigten Staaten und Österreich",
            ["Russia", "United States", "Austria"],
        ),
        ("Les États-Unis, l'Ukraine et la Corée du Nord", ["United States", "Ukraine", "North Korea"]),
        ("Estados Unidos, EE.UU. y el embajador ucraniano", ["United States", "United States", "Ukraine"]),
    ],
)
def test_countries_are_found_in_other_languages_with_their_endings(text: str, named: list[str]) -> None:
    assert countries(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "מכיוון שהוא שמאלי",  # "because", "left-wing": not Greece, not Mali
        "того дня вони мали час",  # not Togo, not Mali
        "Штат Індіана",  # not India
        "上海地区",  # not Haiti
        "马里乌波尔",  # Mariupol, not Mali
        "沿海地区",  # the coast, not Haiti
        "其中方案",  # among them a plan, not the Chinese side
    ],
)
def test_words_of_other_languages_that_hold_a_name_are_no_country(text: str) -> None:
    assert countries(text) == []


SENTENCES = {"ar": "امتنعت {} عن التصويت و{} ضد", "zh": "其中{}投了反对票，{}弃权"}
# In Arabic Mali is "financial", too: only the reader of votes believes it, in a list of countries.
WRITTEN = [
    (country, language)
    for language in SENTENCES
    for country in members()
    if (country.id, language) != ("ml", "ar")
]


@pytest.mark.parametrize(("country", "language"), WRITTEN)
def test_every_country_is_found_where_words_are_not_parted(country: Country, language: str) -> None:
    for name in country.names_in[language]:
        assert countries(SENTENCES[language].format(name, name)) == [country.name] * 2


# Any text


def test_an_empty_text_names_nobody() -> None:
    assert find_countries(Folded("")) == ()


PIECES = st.sampled_from(
    [
        *(country.name for country in members()),
        " ",
        ", ",
        ". ",
        "…",
        "\u00ad",
        "’s",
        "New ",
        "South ",
        "ו",
        "ال",
        "中",
        "x",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_mentions_never_overlap_and_lie_within_the_text(text: str) -> None:
    end = 0
    for mention in find_countries(Folded(text)):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
