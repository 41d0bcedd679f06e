"""Messages say what they say in each form, and nothing a source wrote acts in any of them."""

from __future__ import annotations

import json
import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.formats.html import to_text
from watcher.core.messages import LONGEST_SUBJECT, Message, compose, marked
from watcher.core.messages.blocks import (
    Block,
    Count,
    Item,
    Items,
    Label,
    Lead,
    Listed,
    News,
    Sides,
    Verbatim,
)
from watcher.core.messages.letter import framed
from watcher.core.messages.plain import fitted
from watcher.core.messages.slack import LONGEST_SECTION, sections
from watcher.core.messages.wording import news
from watcher.core.model import Position, Severity, Tally
from watcher.core.stories.news import Change

# What has hurt somebody somewhere, among what nobody has thought of.
NASTY = ("<!channel>", "@everyone", "@here", "<@U123>", "<script>alert(1)</script>", "&lt;b&gt;", "\x1b[31m", "\x00",
         "\u202e", "\u2066", "\r\n", "\u2028", "*bold*", "_it_", "~no~", "`code`", "```", ":skull:", "[a](http://b)",
         "<http://evil.example|safe>", '"><img src=x onerror=y>', "javascript:alert(1)", "\ud800")  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=20)), max_size=5).map("".join)
LINES = st.lists(TEXTS, min_size=1, max_size=4).map(tuple)
URLS = st.one_of(st.none(), TEXTS.map(lambda text: f"https://example.org/{text}"))
ITEMS = st.builds(Item, TEXTS, TEXTS, URLS)
BLOCKS = st.one_of(
    st.builds(Label, LINES),
    st.builds(Lead, TEXTS),
    st.builds(News, LINES),
    st.builds(Count, st.builds(Tally, *[st.integers(0, 193)] * 3)),
    st.builds(Sides, TEXTS, st.dictionaries(st.sampled_from([*Position]), LINES, min_size=1)),
    st.builds(Listed, TEXTS, LINES, st.booleans()),
    st.builds(Items, TEXTS, st.lists(ITEMS, min_size=1, max_size=3).map(tuple)),
    st.builds(Verbatim, TEXTS, LINES),
)


def composed(*blocks: Block, subject: str = "subject") -> Message:
    return compose("0123456789ab", Severity.HIGH, subject, blocks)


OUR_TAGS = {"html", "head", "meta", "body", "div", "p", "b", "br", "span", "a", "table", "tr", "td"}


class Seen(HTMLParser):
    """The tags and attributes that a mail program would act on."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]


def invisible(text: str) -> set[str]:
    kinds = {"Cc", "Cs", "Zl", "Zp"}
    bidi = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
    return {char for char in text if char != "\n" and unicodedata.category(char) in kinds} | (
        set(text) & bidi
    )


@given(st.lists(BLOCKS, max_size=3), TEXTS)
def test_nothing_in_a_text_acts_on_who_reads_it(blocks: list[Block], subject: str) -> None:
    message = composed(*blocks, subject=subject)
    for said in (message.subject, message.text):
        assert not invisible(said)
        assert not re.search(r"@(everyone|here|channel|all\b)|<[!@#]", said, re.IGNORECASE)
    assert "\n" not in message.subject
    assert len(message.subject) <= LONGEST_SUBJECT


@given(st.lists(BLOCKS, max_size=3), TEXTS)
def test_nothing_in_a_mail_is_markup_but_our_own(blocks: list[Block], subject: str) -> None:
    message = composed(*blocks, subject=subject)
    seen = Seen(framed(message.html))
    assert not invisible(message.html)
    assert seen.tags <= OUR_TAGS
    assert not {name for name in seen.attributes if name.startswith("on")}
    assert all(link.startswith("https://example.org/") for link in seen.links)


@given(st.lists(BLOCKS, max_size=3), TEXTS)
def test_nothing_in_a_slack_message_is_a_mention_a_mark_or_a_link_but_our_own(
    blocks: list[Block], subject: str
) -> None:
    for block in composed(*blocks, subject=subject).slack:
        said = json.dumps(block, ensure_ascii=False)
        [text] = [block["text"]] if block["type"] == "section" else block["elements"]
        assert len(text["text"]) <= LONGEST_SECTION
        assert not re.search(r"@(everyone|here|channel|all\b)|<[!@#]", said, re.IGNORECASE)
        assert all(link.startswith("https://example.org/") for link in re.findall(r"<([^|>]*)", text["text"]))
        words = re.sub(r"```.*?```|<[^|>]*\||:arrow_right:", "", text["text"], flags=re.DOTALL)
        assert not re.search(r"[_~`]|:[\w+'-]+:", words)


@given(st.text(max_size=500), st.integers(100, 400))
def test_a_text_is_cut_to_what_a_service_takes_and_keeps_its_key(text: str, most: int) -> None:
    message = composed(Lead(text))
    cut = fitted(message.text, most)
    assert len(cut) <= most
    assert cut.endswith("severity high, alert 0123456789ab")
    assert fitted(message.text, len(message.text)) == message.text


def test_all_forms_say_the_same_and_links_stand_bare_in_text_and_mail() -> None:
    url = "https://example.org/a?b=1&c=2"
    message = composed(
        Lead("It was adopted."),
        Count(Tally(107, 12, 51)),
        Sides("How they voted", {Position.AGAINST: ("Russia", "Belarus")}),
        Items("Source", (Item("A headline", "UN News", url),)),
    )
    mail = to_text(message.html)
    for said in (message.text, mail):
        assert "It was adopted." in said
        assert "against: Russia, Belarus" in said
        assert url in said
    assert "107 in favour" in mail.replace("\xa0", " ")
    assert Seen(message.html).links == [url, url]
    slack = json.dumps(message.slack, ensure_ascii=False)
    assert "<https://example.org/a?b=1&amp;c=2|A headline>" in slack
    assert "*against:* Russia, Belarus" in slack


def test_the_bar_of_a_mail_is_as_wide_as_the_shares_of_the_count() -> None:
    html = composed(Count(Tally(150, 0, 50))).html
    assert re.findall(r'<td width="([0-9.]+)%"', html) == ["75.0", "25.0"]


def test_a_list_that_is_too_long_for_slack_says_so_and_keeps_the_key() -> None:
    shown = composed(*(Lead(f"headline {number}") for number in range(100))).slack
    assert len(shown) < 50
    assert "more than Slack shows" in str(shown[-2])
    assert "alert 0123456789ab" in str(shown[-1])
    assert len(sections("\n\n".join(["paragraph"] * 100))) < 50


def test_a_thousand_headlines_of_a_digest_find_room_in_slack() -> None:
    items = tuple(Item(f"headline {number}", "note", "https://example.org/") for number in range(1000))
    said = str(composed(Items("Sources", items)).slack)
    assert "headline 0\\nnote" not in said
    assert all(f"|headline {number}>" in said for number in range(1000))


def test_a_message_that_is_marked_says_so_before_all_else() -> None:
    message = marked(composed(Lead("It was adopted."), subject="x" * 200), "Sample", "This is no news.")
    assert message.subject.startswith("Sample: xxx")
    assert len(message.subject) <= LONGEST_SUBJECT
    assert message.text.startswith("This is no news.\n")
    assert to_text(message.html).startswith("This is no news.")
    assert message.slack[0]["text"]["text"] == "*This is no news.*"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (Change("tally", "108-12-51", "107-12-51", True), "Changed: 107 → 108 in favour"),
        (Change("tally", "107-12-51", "107-?-?"), "New: 12 against\nNew: 51 abstaining"),
        (Change("tally", "107-12-?"), "New: 107 in favour, 12 against"),
        (Change("outcome", "adopted", "rejected", True), "Changed: rejected → adopted"),
        (Change("outcome", "adopted"), "New: adopted"),
        (Change("Israel", "in favour", "against", True), "Changed: Israel against → in favour"),
        (Change("Israel", "against"), "New: Israel against"),
        (Change("symbol", "A/RES/1/1"), "New: symbol A/RES/1/1"),
        (
            Change("tally", "94-8-73", "93-8-73", True, "another vote, 94-8-73"),
            "Changed: 93 → 94 in favour (in another vote, 94-8-73)",
        ),
        (Change("another vote", "a text, 1-2-3"), "New: another vote: a text, 1-2-3"),
    ],
)
def test_what_changed_is_told_as_a_person_would(change: Change, line: str) -> None:
    assert "\n".join(news([change])) == line


def test_positions_that_became_known_together_are_told_together() -> None:
    changes = [
        Change("Israel", "against"),
        Change("tally", "1-2-3", "1-2-4", True),
        Change("Israel", "abstained", vote="the vote on a draft, 4-5-6"),
        Change("Ukraine", "in favour"),
    ]
    assert list(news(changes)) == [
        "Changed: 4 → 3 abstaining",
        "New: Israel against, Ukraine in favour",
        "New: Israel abstained (in the vote on a draft, 4-5-6)",
    ]
