"""The entities that every rule knows: what counts as Israel, as Ukraine, as a body of the UN, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from watcher.config.shipped import entities
from watcher.core.model import Article, Severity
from watcher.core.rules.engine import RuleSet
from watcher.core.rules.spec import Clause, RuleSpec
from watcher.core.rules.terms import parse_term
from watcher.core.text import fold

SHIPPED = entities()
RULES = RuleSet(
    [RuleSpec(id, id, Severity.LOW, (), entities=Clause(any=(id,))) for id in SHIPPED],
    SHIPPED,
)


def named(text: str) -> set[str]:
    """Which of Israel, Ukraine and the bodies of the UN a text names."""
    return known(text) & {"israel", "ukraine", "un-bodies"}


def known(text: str) -> set[str]:
    """The shipped entities that a text names."""
    article = Article("test", "1", "", text, datetime(2026, 2, 24, tzinfo=UTC))
    return {match.rule_id for match in RULES.match(article)}


def test_the_entities_that_the_default_rules_need_are_shipped() -> None:
    parties = {
        "israel",
        "ukraine",
        "un-bodies",
        "israel-leaders",
        "ukraine-leaders",
        "diplomats",
        "third-parties",
    }
    assert parties | {"dealings", "encounters", "games"} == set(SHIPPED)


def bare(name: str) -> str:
    """A name as it is compared, without the marks at its ends."""
    return fold(name.removeprefix("=").removesuffix("*"))


@pytest.mark.parametrize("id", SHIPPED)
def test_every_name_is_a_term_and_stands_there_once(id: str) -> None:
    for names in (SHIPPED[id].names, SHIPPED[id].not_names):
        terms = [replace(parse_term(name), source="") for name in names]
        assert [name for name, term in zip(names, terms, strict=True) if terms.count(term) > 1] == []


@pytest.mark.parametrize("id", SHIPPED)
def test_no_name_is_found_by_a_shorter_stem_already(id: str) -> None:
    names = SHIPPED[id].names
    stems = {bare(name) for name in names if name.endswith("*")}
    longer = {
        name: stem for name in names for stem in stems if bare(name).startswith(stem) and bare(name) != stem
    }
    assert longer == {}


@pytest.mark.parametrize("id", SHIPPED)
def test_every_longer_name_hides_a_name(id: str) -> None:
    names = [bare(name) for name in SHIPPED[id].names]
    idle = [longer for longer in SHIPPED[id].not_names if not any(name in bare(longer) for name in names)]
    assert idle == []


@pytest.mark.parametrize(
    "text",
    [
        "Israel's ambassador",
        "the Israelis voted",
        "PM Netanyahu spoke",
        "Gideon Sa’ar landed",
        "Foreign Minister Eli Cohen",
        "Jerusalem agreed",
        "у розмові з Нетаньягу",
        "в Ізраїлі",
        "Нетаниягу просил",
        "израильского посла",
        "ולישראל",
        "ראש הממשלה נתניהו",
        "izraelskiego ambasadora",
        "Israels Premier Netanjahu",
        "l’ambassadeur israélien",
        "el embajador israelí",
        "والإسرائيليين",
        "以色列总理内塔尼亚胡",
    ],
)
def test_israel_is_known_by_its_name_people_capital_and_leaders(text: str) -> None:
    assert named(text) == {"israel"}


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine's ambassador",
        "the Ukrainians",
        "Kyiv said",
        *(
            "Zelensky",
            "Zelenskyy",
            "Zelenskiy",
            "Zelenskyi",
            "Selenskyj",
            "Zełenskiego",
            "Zelenszkij",
            "Зеленського",
        ),
        *("Зеленский", "Зеленскому", "זלנסקי", "زيلينسكي", "泽连斯基", "وللأوكرانيين", "烏克蘭代表"),
        "Foreign Minister Andrii Sybiha",
        "Andrij Jermak",
        "В Україні та Києві",
        "на Украине",
        "לאוקראינה",
        "w Kijowie",
        "in der ukrainischen Hauptstadt Kiew",
        "la Ucrania",
        "وأوكرانيا",
        "乌克兰",
    ],
)
def test_ukraine_is_known_by_its_name_people_capital_and_leaders(text: str) -> None:
    assert named(text) == {"ukraine"}


@pytest.mark.parametrize(
    "text",
    [
        "the UN voted",
        "the U.N. vote",
        "the General Assembly",
        "the UNGA",
        "a Security Council veto",
        "the Human Rights Council in Geneva",
        "the IAEA board",
        "the Third Committee approved it",
        "Генасамблея ООН",
        "Радою Безпеки",
        "в Совете Безопасности",
        "עצרת האו״ם",
        "ובמועצת הביטחון",
        "Zgromadzenie Ogólne ONZ",
        "im Uno-Sicherheitsrat",
        "le Conseil de sécurité",
        "la Asamblea General",
        "مجلس الأمن",
        "وبمجلس الأمن",
        "لليونسكو",
        "والمجلس الاقتصادي والاجتماعي",
        "للوكالة الدولية للطاقة الذرية",
        "联合国安理会",
        "經社理事會以多數",
        "在日内瓦的人权理事会表决",
    ],
)
def test_the_bodies_of_the_un_are_known_by_their_names(text: str) -> None:
    assert named(text) == {"un-bodies"}


@pytest.mark.parametrize(
    "text",
    [
        "Biden's National Security Council met",
        "Shoigu, the Security Council Secretary",
        "Russia's Security Council",
        "the Virginia General Assembly passed a bill",
        "Ohio's General Assembly",
        "the General Assembly of Kentucky",
        "the OAS General Assembly",
        "Rada Bezpieczeństwa Narodowego",
        "секретарь Совета безопасности РФ",
        "Ради безпеки РФ",
        "a UNESCO World Heritage site",
        "un homme et unga människor",
        "the group UN Watch said",
        "the Israelites left Egypt",
        "an interview with The Times of Israel",
        "told the Kyiv Independent",
        "chicken Kiev with Jerusalem artichokes",
        "Tony Bennett, Leonard Cohen, Werner Herzog and a gallant Katz",
        "可以方便地",
        "مجلس الأمن القومي",
        "الجمعية العامة للمساهمين",
    ],
)
def test_what_bears_such_a_name_and_is_another_thing_is_not_meant(text: str) -> None:
    assert named(text) == set()


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("israel-leaders", "Herzog thanked him"),
        ("israel-leaders", "розмова з Нетаньягу"),
        ("ukraine-leaders", "Selenskyj dankte"),
        ("ukraine-leaders", "с Зеленским"),
        ("dealings", "it refuses to"),
        ("dealings", "відмовився"),
        ("dealings", "отказался"),
        ("dealings", "סירבה"),
        ("dealings", "odmówił"),
        ("dealings", "lehnte ab"),
        ("dealings", "elle refuse"),
        ("dealings", "rechazó"),
        ("dealings", "ترفض"),
        ("encounters", "the two spoke"),
        ("encounters", "під час зустрічі"),
        ("encounters", "נפגשו"),
        ("dealings", "以方谴责"),
        ("encounters", "双方外长通话"),
        ("diplomats", "驻乌大使"),
        ("diplomats", "the ambassadors"),
        ("diplomats", "посольство"),
        ("third-parties", "the US Senate"),
        ("third-parties", "Bidena"),
    ],
)
def test_the_words_of_relation_are_known_in_several_languages(id: str, text: str) -> None:
    assert id in known(text)


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("israel-leaders", "Werner Herzog and Tony Bennett"),
        ("dealings", "aid and support for both"),
        ("dealings", "a way of life, and no more"),
        ("encounters", "they were called up"),
        ("third-parties", "the house on the hill"),
    ],
)
def test_words_that_only_look_like_those_of_relation_are_not_meant(id: str, text: str) -> None:
    assert id not in known(text)
