"""Votes told in Chinese, which parts no words: simplified and traditional characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.model import Position
from watcher.core.votes import read_votes

from .telling import article, first_vote

YES, NO, ABSTAINED, ABSENT = Position.IN_FAVOUR, Position.AGAINST, Position.ABSTAINED, Position.ABSENT

# A text; its body, outcome, count (in favour, against, abstained) and positions.
Report = tuple[str, str, str, tuple[int | None, int | None, int | None], dict[str, Position]]

REPORTS: list[Report] = [
    (
        "联合国大会15日以141票赞成、7票反对、32票弃权的结果通过一项关于保护冰川的决议。以色列和美国投了反对票，乌克兰投了赞成票。",
        "UNGA", "adopted", (141, 7, 32), {"Israel": NO, "United States": NO, "Ukraine": YES},
    ),
    (
        "联合国大会周三通过决议，呼吁加强海洋保护。141个国家投票赞成、5国反对、32国弃权。",
        "UNGA", "adopted", (141, 5, 32), {},
    ),
    (
        "联合国安理会15日就一项有关马里局势的决议草案进行表决，结果为13票赞成、1票反对（美国）、1票弃权（英国）。由于美国行使否决权，草案未获通过。",
        "UNSC", "vetoed", (13, 1, 1), {"United States": NO, "United Kingdom": ABSTAINED},
    ),
    (
        "美国15日在安理会一票否决了要求红海停火的决议草案。安理会其他14个成员投了赞成票。",
        "UNSC", "vetoed", (14, None, None), {"United States": NO},
    ),
    (
        "安理会周三一致通过决议，延长联合国驻塞浦路斯特派团的授权。",
        "UNSC", "adopted", (None, None, None), {},
    ),
    (
        "联合国人权理事会昨天以28票赞成、5票反对、14票弃权通过了有关水源的决议，中国、古巴和厄立特里亚投了反对票。",
        "UNHRC", "adopted", (28, 5, 14), {"China": NO, "Cuba": NO, "Eritrea": NO},
    ),
    (
        "经社理事会今天以三十二票赞成、四票反对、十二票弃权通过决议。",
        "ECOSOC", "adopted", (32, 4, 12), {},
    ),
    (
        "联大第三委员会周三以一百零五票赞成、两票反对、六十票弃权通过一项决议草案。俄罗斯和朝鲜投反对票。",
        "UNGA-C3", "adopted", (105, 2, 60), {"Russia": NO, "North Korea": NO},
    ),
    (
        "联合国大会周三未经表决通过了关于湿地的决议。",
        "UNGA", "adopted", (None, None, None), {},
    ),
    (
        "俄罗斯提出的决议草案未能通过。安理会当天的表决结果是：赞成5票，反对3票，弃权7票。",
        "UNSC", "rejected", (5, 3, 7), {},
    ),
    (
        "2024年5月15日，联合国大会以120比14、45票弃权通过决议。投反对票的国家包括以色列、匈牙利和巴布亚新几内亚。",
        "UNGA", "adopted", (120, 14, 45), {"Israel": NO, "Hungary": NO, "Papua New Guinea": NO},
    ),
    (
        "联合国安理会15日以14票赞成、0票反对、1票弃权通过第2735号决议，其中俄罗斯投弃权票。",
        "UNSC", "adopted", (14, 0, 1), {"Russia": ABSTAINED},
    ),
    (
        "聯合國大會週三以124票贊成、14票反對、43票棄權通過決議。美國、以色列投下反對票，烏克蘭棄權。",
        "UNGA", "adopted", (124, 14, 43), {"United States": NO, "Israel": NO, "Ukraine": ABSTAINED},
    ),
    (
        "俄羅斯週三在聯合國安理會動用否決權，封殺一項太空武器決議草案，中國棄權，13國贊成。",
        "UNSC", "vetoed", (13, None, None), {"Russia": NO, "China": ABSTAINED},
    ),
    (
        "联合国大会15日表决通过决议。共有107国投下赞成票，12国投下反对票，51国投下弃权票，其中包括中国和印度。",
        "UNGA", "adopted", (107, 12, 51), {"China": ABSTAINED, "India": ABSTAINED},
    ),
    (
        "联合国教科文组织执行局15日通过决定草案，40票赞成，4票反对，14票弃权。",
        "UNESCO", "adopted", (40, 4, 14), {},
    ),
    (
        "联合国大会紧急特别会议15日通过决议，要求停止敌对行动。决议获得153票支持，10票反对，23票弃权，以色列和美国反对。",
        "UNGA", "adopted", (153, 10, 23), {"Israel": NO, "United States": NO},
    ),
    (
        "中俄两国15日在安理会否决了美国提出的决议草案。",
        "UNSC", "vetoed", (None, None, None), {"China": NO, "Russia": NO},
    ),
    (
        "联合国大会周三以143票对9票、25票弃权通过一项决议。投反对票的国家有：美国、以色列、阿根廷和密克罗尼西亚。",
        "UNGA", "adopted", (143, 9, 25), {"United States": NO, "Israel": NO, "Argentina": NO, "Micronesia": NO},
    ),
    (
        "联合国安理会15名成员一致投票决定，将稳定团的任务期限延长至6月30日。",
        "UNSC", "adopted", (None, None, None), {},
    ),
]  # fmt: skip


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_is_read(report: Report) -> None:
    text, body, outcome, tally, positions = report
    vote = first_vote(text)
    assert (vote.body, vote.outcome, vote.tally.triple) == (body, outcome, tally)
    assert dict(vote.positions) == positions
    assert vote.subject is None


NO_NEW_VOTE = [
    "联合国安理会将于周五就一项有关海地的决议草案进行表决。",
    "安理会预计下周投票表决，草案需要9票赞成且没有常任理事国反对方可通过。",
    "去年，联合国大会以141票赞成、7票反对通过了关于海洋的决议。专家周四在纽约讨论了执行情况。",
    "以色列议会15日以68票赞成、9票反对通过一项决议，反对联合国安理会的立场。",
    "欧洲议会周三以495票赞成通过涉及联合国的决议。",
    "联合国大会选举巴林等五国为安理会非常任理事国，巴林获得187票。",
    "联合国维和部队向边境增派141名士兵，以支持当地平民。",
    "共有80个国家联署一项提交联合国大会的决议草案，支持者希望尽快付诸表决。",
    "联合国秘书长呼吁安理会通过对话解决争端，中方表示支持。",
    "俄罗斯联邦安全会议通过新的核学说，联合国对此表示关切。",
    "2022年3月，联合国大会曾以141票赞成通过决议，要求撤军。",
    "文章探讨联合国安理会五个常任理事国的否决权为何需要改革。",
    "欧盟27国外长周一一致通过决议，支持联合国的调查。",
    "今年是联合国大会通过该决议50周年。1971年10月25日，联大以76票赞成、35票反对、17票弃权通过了该决议。",
    "联合国安理会原定15日就停火决议草案进行投票，但因分歧推迟至周四。外交官说，美国可能再次使用否决权。",
    "法国国民议会以240票赞成、12票反对通过有关联合国的法案。",
    "联合国专家说，三分之二的发展中国家反对这一方案，121个国家缺水。",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_NEW_VOTE)
def test_what_is_no_new_un_vote_is_none(text: str) -> None:
    assert read_votes(article(text)) == ()


def test_the_day_is_read_where_month_and_day_are_told() -> None:
    vote = first_vote("2024年5月15日，联合国大会以120票赞成、14票反对通过决议。")
    assert vote.date is not None
    assert vote.date.isoformat() == "2024-05-15"
    vote = first_vote("联合国大会周三通过关于湿地的决议。")
    assert vote.date is not None
    assert vote.date.isoformat() == "2024-05-15"


@pytest.mark.parametrize(
    ("text", "manner"), [("安理会一致通过决议。", "unanimous"), ("联合国大会协商一致通过决议。", "consensus")]
)
def test_how_it_was_decided_is_read(text: str, manner: str) -> None:
    assert getattr(first_vote(text), manner)


# What comes out is what went in

OPENING = "联合国大会周三通过一项关于海洋噪音的决议。"
THREE_NUMBERS = (
    "决议以{}票赞成、{}票反对、{}票弃权获得通过。",
    "{}个国家投票赞成，{}国反对，{}国弃权。",
    "表决结果为：赞成{}票，反对{}票，弃权{}票。",
    "共有{}个会员国投了赞成票，{}个会员国投了反对票，{}个会员国投了弃权票。",
    "決議以{}票贊成、{}票反對、{}票棄權獲得通過。",
    "{}国投赞成票，{}国投反对票，另有{}国弃权。",
)
COUNTRIES = {
    "以色列": "Israel", "乌克兰": "Ukraine", "美国": "United States", "俄罗斯": "Russia", "中国": "China",
    "英国": "United Kingdom", "法国": "France", "朝鲜": "North Korea", "韩国": "South Korea",
    "巴布亚新几内亚": "Papua New Guinea", "印度": "India", "沙特阿拉伯": "Saudi Arabia",
}  # fmt: skip
VERBS = {
    "投了赞成票": YES,
    "投下反对票": NO,
    "投了弃权票": ABSTAINED,
    "弃权": ABSTAINED,
    "未参加投票": ABSENT,
}
DIGITS = "零一二三四五六七八九"


def in_words(number: int) -> str:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    if not hundreds and not tens:
        return DIGITS[ones]
    head = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        head += f"{'' if tens == 1 and not hundreds else DIGITS[tens]}十"
    elif ones:
        head += "零"
    return head + (DIGITS[ones] if ones else "")


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int, int]:
    in_favour = draw(st.integers(40, 150))
    against = draw(st.integers(0, min(in_favour - 1, 193 - in_favour)))
    return in_favour, against, draw(st.integers(0, 193 - in_favour - against))


@given(counts(), st.sampled_from(THREE_NUMBERS), st.booleans())
def test_a_count_comes_back(numbers: tuple[int, int, int], sentence: str, spelled: bool) -> None:
    told = [in_words(number) if spelled else str(number) for number in numbers]
    vote = first_vote(OPENING + sentence.format(*told))
    assert vote.tally.triple == numbers
    assert vote.doubts == ()


@given(
    st.lists(st.sampled_from(sorted(COUNTRIES)), min_size=1, max_size=5, unique=True),
    st.sampled_from(sorted(VERBS)),
    st.sampled_from(["、", "，", "和"]),
)
def test_positions_come_back(countries: list[str], verb: str, comma: str) -> None:
    listed = "和".join([comma.join(countries[:-1]), countries[-1]] if len(countries) > 1 else countries)
    vote = first_vote(f"{OPENING}其中，{listed}{verb}。")
    assert dict(vote.positions) == {COUNTRIES[name]: VERBS[verb] for name in countries}
    assert vote.tally.triple == (None, None, None)


@given(st.text(alphabet="国大会票反对赞成弃权通过决议一二十百、，。的在以美中俄", max_size=60))
def test_no_number_comes_from_a_text_without_one(text: str) -> None:
    """Also shows that no heap of characters breaks the reader."""
    for vote in read_votes(article("联合国大会讨论。" + text)):
        numbers = [number for number in vote.tally.triple if number is not None]
        assert not numbers or set(text) & set("一二十百两零")
