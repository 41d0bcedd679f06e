"""The article on a page, without what stands around it; and whose page is wanted at all."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from watcher.core.formats.pages import MOST_TRIES, Page, article_on
from watcher.core.judgement import Judgement, judge
from watcher.core.model import LONGEST_TEXT, Article, Position, Severity
from watcher.core.rules import Clause, Entity, RuleSet, RuleSpec
from watcher.core.rules.spec import Held, VoteWanted
from watcher.core.teasers import page_needless
from watcher.core.votes import read_votes
from watcher.errors import ParseError

HTML = {"content-type": "text/html; charset=utf-8"}
LEAD = "The UN General Assembly adopted a resolution on Tuesday that demands a withdrawal, after two days of speeches."
COUNT = (
    "It was adopted with 107 countries voting in favour, 12 against and 51 abstaining, said its president."
)


def text_of(body: str, headers: dict[str, str] = HTML) -> str:
    return article_on(body.encode(), headers)


def page(inside: str, around: str = "") -> str:
    return f"<!doctype html><html><head><title>A page</title></head><body>{around}{inside}</body></html>"


# ---- What is read of it -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "inside",
    [
        f"<article><h1>Headline</h1><p>{LEAD}</p><p>{COUNT}</p></article>",
        f"<div class='article-body'><p>{LEAD}</p><p>{COUNT}</p></div>",
        f"<div id='content'><div class='txt'>{LEAD}<br><br>{COUNT}</div></div>",
        f"<main><section><p>{LEAD}</p><p>{COUNT}</p></section></main>",
    ],
    ids=["article", "classes", "line breaks", "main"],
)
def test_the_text_comes_in_paragraphs_however_the_page_is_built(inside: str) -> None:
    assert text_of(page(inside)).removeprefix("Headline\n\n") == f"{LEAD}\n\n{COUNT}"


@pytest.mark.parametrize(
    "other",
    [
        "<figure><img src='x.jpg'><figcaption>The hall in which 141 voted in favour, in 2022.</figcaption></figure>",
        "<aside><h3>Related</h3><ul><li><a href='/1'>Assembly votes 143-5 on annexation</a></li></ul></aside>",
        "<p class='more'>Read more: <a href='/2'>Assembly votes 141-7, with 32 abstaining, for peace</a></p>",
        "<p><a href='/3'>Also: Assembly rejects an amendment, by 63 votes to 16</a></p>",
        "<script>var tally = '141-5-35';</script>",
        "<!-- 141-5-35 -->",
        "<div class='comments'><p>A reader: it was 99 to 1, I think, and that is what everybody will say.</p></div>",
    ],
    ids=["caption", "aside", "read more", "link", "script", "remark", "readers"],
)
def test_what_stands_between_the_paragraphs_is_no_part_of_the_article(other: str) -> None:
    text = text_of(page(f"<article><p>{LEAD}</p>{other}<p>{COUNT}</p></article>"))
    assert text == f"{LEAD}\n\n{COUNT}"


def test_a_link_within_a_sentence_is_a_part_of_it() -> None:
    linked = LEAD.replace("a resolution", "<a href='/text'>a resolution</a>")
    assert text_of(page(f"<article><p>{linked}</p><p>{COUNT}</p></article>")) == f"{LEAD}\n\n{COUNT}"


def test_lists_and_tables_are_read_as_lines() -> None:
    roll = "<ul><li>Against: Belarus, Eritrea.</li></ul><table><tr><td>Israel</td><td>in favour</td></tr></table>"
    text = text_of(page(f"<article><p>{LEAD}</p>{roll}<p>{COUNT}</p></article>"))
    assert text.split("\n\n")[1:3] == ["Against: Belarus, Eritrea.", "Israel, in favour"]


@pytest.mark.parametrize(
    ("encoding", "content_type", "meta"),
    [
        ("utf-8", "text/html", ""),
        ("cp1251", "text/html; charset=windows-1251", ""),
        ("koi8-u", "text/html", "<meta charset='koi8-u'>"),
        ("cp1251", "", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'),
        ("utf-8", "text/html; charset=windows-1251", ""),
    ],
    ids=["nothing said", "header", "page", "old page", "a header that lies"],
)
def test_a_page_may_be_in_any_encoding(encoding: str, content_type: str, meta: str) -> None:
    sentence = (
        "Генеральна Асамблея ухвалила резолюцію: 107 голосів за, 12 проти, 51 утримався від голосування."
    )
    body = f"<html><head>{meta}<title>Новини</title></head><body><article><p>{sentence}</p></article></body></html>"
    assert article_on(body.encode(encoding), {"content-type": content_type}) == sentence


def test_a_text_is_as_long_as_a_report_at_most() -> None:
    assert (
        len(text_of(page("<article>" + f"<p>{LEAD}</p>" + "<p>" + "word " * 100_000 + "</p></article>")))
        == LONGEST_TEXT
    )


@pytest.mark.parametrize(
    "kind", ["application/pdf", "image/jpeg", "text/plain; charset=utf-8", "application/json"]
)
def test_what_is_no_web_page_is_refused(kind: str) -> None:
    with pytest.raises(ParseError, match="it is no web page, but"):
        text_of(page(f"<article><p>{LEAD}</p></article>"), {"content-type": kind})


@pytest.mark.parametrize(
    "body", ["", "\0\0", "<html></html>", "<noscript>Enable JavaScript.</noscript>", "<"]
)
def test_a_page_without_an_article_is_refused(body: str) -> None:
    with pytest.raises(ParseError, match="there is no article on the page"):
        text_of(body)


def test_reading_a_page_opens_no_socket_and_writes_no_file() -> None:
    program = (
        "import sys; from watcher.core.formats.pages import article_on\n"
        "body = open(0, 'rb').read(); article_on(body, {})\n"  # what is loaded once may be loaded
        "def watch(event, arguments):\n"
        "    if event.startswith(('socket.', 'subprocess.', 'os.')) or event == 'open' and arguments[1] != 'r':\n"
        "        raise SystemExit(f'{event} {arguments}')\n"
        "sys.addaudithook(watch); print(len(article_on(body, {})))"
    )
    body = page(
        f"<article><p>{LEAD}</p><p>{COUNT}</p></article>", "<link rel='stylesheet' href='http://a.example/'>"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], input=body.encode(), capture_output=True, check=False
    )
    assert (told.stdout.strip(), told.stderr) == (str(len(f"{LEAD}\n\n{COUNT}")).encode(), b"")


def test_who_only_asks_for_pages_loads_none_of_the_libraries_that_read_them() -> None:
    names = "{'trafilatura', 'lxml', 'protego', 'feedparser'}"
    program = f"import sys, watcher.app; print(*sorted({names} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert told.stdout.split() == []


def test_a_page_is_settled_with_its_text_or_when_its_tries_are_over() -> None:
    assert Page("u", "text").settled
    assert Page("u", None, "forbidden", MOST_TRIES).settled
    assert not Page("u").settled
    assert not Page("u", None, "no answer", MOST_TRIES - 1).settled


# ---- Whose page is wanted -----------------------------------------------------------------------------------------

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)
TEASER = Article("paper", "1", "UN Assembly demands withdrawal", LEAD, NOW, "https://news.example/1", NOW)
RULES = RuleSet(
    [
        RuleSpec("votes", "Votes", Severity.HIGH, ("desk",), Clause(any=("assembly",)), event="un-vote"),
        RuleSpec("rain", "Rain", Severity.LOW, ("desk",), Clause(any=("rain",))),
    ],
    {"assembly": Entity("assembly", ("Assembly",)), "rain": Entity("rain", ("rain",))},
)


def needless(article: Article, old: str | None = None) -> str | None:
    return page_needless(article, judge(article, RULES), old)


@pytest.mark.parametrize(
    "text", [LEAD, "", "The UN General Assembly votes on Tuesday.", LEAD + " 107 countries voted in favour."]
)
def test_the_page_of_a_teaser_is_wanted(text: str) -> None:
    title = "UN General Assembly adopts resolution on withdrawal"
    assert needless(replace(TEASER, title=title, text=text)) is None


@pytest.mark.parametrize(
    ("article", "why"),
    [
        (replace(TEASER, title="Rain expected", text="It will rain."), "no rule that asks for a vote"),
        (replace(TEASER, title="Snow expected", text="It will snow."), "no rule that asks for a vote"),
        (replace(TEASER, url=None), "no address"),
        (
            replace(TEASER, title="Assembly hall painted", text="The Assembly has a new hall."),
            "no word of a vote",
        ),
        (replace(TEASER, text=f"{LEAD} {'The debate was long. ' * 150}"), "long enough"),
        (replace(TEASER, text=f"{LEAD} {COUNT} Israel voted against."), "who voted how are known"),
        (
            replace(TEASER, text=LEAD.replace("a resolution", "by consensus a resolution")),
            "who voted how are known",
        ),
    ],
    ids=["another rule", "no rule", "no address", "no vote", "long", "count", "consensus"],
)
def test_a_page_that_could_add_nothing_is_not_wanted(article: Article, why: str) -> None:
    assert why in (needless(article) or "")


def test_a_rule_that_asks_for_more_than_the_count_has_the_page_read() -> None:
    wanted = VoteWanted(positions=(Held("Israel", (Position.AGAINST,)),))
    spec = RuleSpec(
        "v", "V", Severity.LOW, ("desk",), Clause(any=("assembly",)), event="un-vote", vote=wanted
    )
    rules = RuleSet([spec], {"assembly": Entity("assembly", ("Assembly",))})
    article = replace(TEASER, text=f"{LEAD} {COUNT}")
    assert page_needless(article, judge(article, rules), None) is None


def test_the_page_of_old_news_is_not_wanted() -> None:
    assert needless(TEASER, "published a month ago") == "published a month ago"


# ---- What it is good for ------------------------------------------------------------------------------------------


def test_a_count_that_the_text_lacks_is_read_from_the_page_and_quoted_from_it() -> None:
    article = replace(TEASER, page=f"{LEAD}\n\n{COUNT}")
    [vote] = read_votes(article)
    assert str(vote.tally) == "107-12-51"
    assert vote.evidence[0].field == "page"
    assert vote.evidence[0].words(article) in COUNT


def test_a_text_that_has_the_count_is_believed_before_the_page() -> None:
    article = replace(TEASER, text=f"{LEAD} {COUNT}", page=f"{LEAD} {COUNT.replace('107', '108')}")
    assert str(read_votes(article)[0].tally) == "107-12-51"


def test_a_page_that_says_the_same_count_adds_who_voted_how() -> None:
    article = replace(TEASER, text=f"{LEAD} {COUNT}", page=f"{LEAD} {COUNT} Israel voted in favour.")
    assert read_votes(article)[0].positions == {"Israel": Position.IN_FAVOUR}


@pytest.mark.parametrize("page", ["", "It rained on Tuesday.", "The museum of the Assembly has 107 halls."])
def test_a_page_that_tells_of_no_vote_takes_nothing_away(page: str) -> None:
    assert read_votes(replace(TEASER, page=page)) == read_votes(TEASER) != ()


def test_rules_look_for_their_words_in_title_and_text_alone() -> None:
    assert (
        judge(replace(TEASER, title="Snow", text="It snows.", page=f"{LEAD} {COUNT}"), RULES) == Judgement()
    )
