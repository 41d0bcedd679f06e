"""A teaser is told with what its page says: the promises of full text, over real HTTP, sandbox and SQLite."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.commands import watcher
from tests.edges.feed_server import FeedServer
from tests.world import CALL, VOTE, WEATHER, Item, World, rss
from watcher.core.formats.pages import Page
from watcher.edges.fetch import Fetcher
from watcher.edges.store import Reading, Store
from watcher.pipeline import poll_feeds

TEASER = Item(
    "UN General Assembly demands that troops withdraw",
    "The UN General Assembly adopted a resolution demanding an immediate withdrawal.",
)

second_loopback = pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no 127.0.0.2 by itself")


def html(*paragraphs: str, title: str = TEASER.title) -> str:
    """A page as a paper would make it: an article among menus, captions and links to other votes."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html><head><title>{title} | The Paper</title></head><body><header><nav><ul><li><a href='/'>"
        f"Home</a></li><li><a href='/world'>World</a></li></ul></nav></header><main><article><h1>{title}</h1><figure>"
        "<img src='hall.jpg'><figcaption>The hall on the day on which 141 voted in favour, 5 against and 35 abstained."
        f"</figcaption></figure>{text}</article><aside><h2>Most read</h2><ul><li><a href='/1'>Assembly adopts budget "
        "by 161 votes to 2</a></li></ul></aside></main><footer><p>All rights reserved.</p></footer></body></html>"
    )


PAGE = html(
    "NEW YORK — The UN General Assembly adopted a resolution on the war that demands an immediate withdrawal.",
    "The resolution was adopted with 107 countries voting in favour, 12 against and 51 abstaining.",
    "Israel voted in favour, while the United States abstained, diplomats in the hall said after the meeting.",
)


@pytest.fixture
def story(earth: World) -> World:
    """A feed with a teaser, whose page is at /story; what answers there is for the test to say."""
    return with_teasers(earth, TEASER)


def with_teasers(earth: World, *items: Item, path: str = "/story", **keys: str) -> World:
    linked = [replace(item, link=item.link or earth.feeds.url(path)) for item in items]
    earth.feeds.serve("/un.xml", rss(linked), etag='"1"')
    earth.configure("/un.xml", **keys)
    return earth


def serve_page(earth: World, path: str = "/story", page: str | bytes = PAGE) -> None:
    earth.feeds.serve(path, page, content_type="text/html; charset=utf-8")


def pages_of(earth: World) -> dict[str, Page]:
    """What is stored of pages, by the path of the URL."""
    with memory(earth) as reading:
        urls = [document["url"] for document in reading.articles(None, 100)]
        return {re.sub(r"https?://[^/]+", "", url): page for url, page in reading.pages.known(urls).items()}


@contextmanager
def memory(earth: World) -> Iterator[Reading]:
    store = Store.open_to_read(earth.folder / "watcher.db")
    with store.reading() as reading:
        yield reading
    store.close()


def untold_count(earth: World) -> None:
    """The teaser was told, and told once, without a count."""
    [subject] = earth.told
    assert "107" not in subject


# ---- Had ----------------------------------------------------------------------------------------------------------


def test_a_teaser_is_told_once_with_the_count_that_only_its_page_has(story: World) -> None:
    serve_page(story)
    for _ in range(2):
        story.once()
    [post] = story.desk.posts
    assert "107-12-51" in post["title"]
    assert "107 countries voting in favour, 12 against and 51 abstaining" in post["message"]
    assert "141" not in post["message"]
    assert story.feeds.requests("/story") == 1
    assert story.feeds.headers("/un.xml")[-1]["if-none-match"] == '"1"'


def test_the_pages_site_is_told_who_asks_and_its_rules_are_asked_first(story: World) -> None:
    serve_page(story)
    story.once()
    assert story.feeds.headers("/story")[0]["user-agent"].startswith("watcher/")
    assert story.feeds.requests("/robots.txt") == 1


def test_a_redirect_leads_to_the_page(story: World) -> None:
    story.feeds.redirect("/story", "/world/story")
    serve_page(story, "/world/story")
    story.once()
    assert "107-12-51" in story.told[0]
    assert pages_of(story)["/story"].text


def test_a_page_that_two_feeds_link_to_is_asked_for_once(story: World) -> None:
    serve_page(story)
    link = story.feeds.url("/story")
    story.feeds.serve(
        "/paper.xml", rss([replace(TEASER, title="Troops must leave, says Assembly", link=link)])
    )
    story.configure("/un.xml", "/paper.xml")
    story.once()
    story.feeds.serve("/late.xml", rss([replace(TEASER, guid="late", link=link)]))
    story.configure("/un.xml", "/paper.xml", "/late.xml")
    story.once()
    assert story.feeds.requests("/story") == 1
    assert len(story.told) == 1


def test_a_page_that_came_late_is_one_update(story: World) -> None:
    story.feeds.status("/story", 500)
    story.once()
    untold_count(story)
    assert pages_of(story)["/story"] == Page(
        story.feeds.url("/story"), None, "answered 500 Internal Server Error", 1
    )
    serve_page(story)
    for _ in range(2):
        story.once()
    assert [subject.startswith("Update: ") for subject in story.told] == [False, True]
    assert "107-12-51" in story.desk.posts[1]["message"]


def test_a_feed_waits_for_all_its_pages_and_a_site_is_asked_for_one_at_a_time(earth: World) -> None:
    other = Item(
        "UN Security Council votes on a text", "The UN Security Council voted on a draft resolution."
    )
    with_teasers(
        earth,
        replace(TEASER, link=earth.feeds.url("/story")),
        replace(other, link=earth.feeds.url("/other")),
    )
    serve_page(earth)
    serve_page(
        earth,
        "/other",
        html(
            "The UN Security Council adopted a resolution on the ceasefire, by 13 votes to one, with one abstention."
        ),
    )
    started = time.monotonic()
    earth.once()
    assert 1 <= time.monotonic() - started < 20
    assert sorted("107-12-51" in subject for subject in earth.told) == [False, True]
    assert any("13-1-1" in subject for subject in earth.told)


def test_who_ends_while_a_page_is_awaited_has_recorded_nothing_and_loses_nothing(story: World) -> None:
    story.feeds.hang("/story")
    story.configure("/un.xml", source='allow_private = true\ntimeout = "2s"')
    with story.running() as running:
        polled = poll_feeds(
            running.feeds, running.settings.rules, running.doors, lambda: bool(story.feeds.requests("/story"))
        )
        assert list(polled) == []
        with running.doors.store.reading() as reading:
            assert reading.articles(None, 10) == []
    serve_page(story)
    story.once()
    assert ["107-12-51" in subject for subject in story.told] == [True]


# ---- Not had ------------------------------------------------------------------------------------------------------


def test_what_robots_txt_forbids_is_never_asked_for_and_the_reason_can_be_asked_for(story: World) -> None:
    serve_page(story)
    story.feeds.serve("/robots.txt", "User-agent: *\nDisallow: /story\n", content_type="text/plain")
    for _ in range(2):
        story.once()
    untold_count(story)
    assert story.feeds.requests("/story") == 0
    page = pages_of(story)["/story"]
    assert page.settled
    assert "forbids it" in (page.error or "")
    [document] = [d for d in _articles(story) if d["title"] == TEASER.title]
    assert "forbids it" in watcher(story.folder, "explain", str(document["id"])).stdout


def test_robots_txt_may_name_watcher(story: World) -> None:
    serve_page(story)
    story.feeds.serve("/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: watcher\nAllow: /\n")
    story.once()
    assert "107-12-51" in story.told[0]


def test_robots_txt_holds_for_what_a_redirect_leads_to(story: World) -> None:
    story.feeds.redirect("/story", "/private/story")
    serve_page(story, "/private/story")
    story.feeds.serve("/robots.txt", "User-agent: *\nDisallow: /private\n", content_type="text/plain")
    story.once()
    untold_count(story)
    assert story.feeds.requests("/private/story") == 0


def test_a_site_whose_robots_txt_cannot_be_had_is_left_alone_for_now(story: World) -> None:
    serve_page(story)
    story.feeds.status("/robots.txt", 503)
    story.once()
    untold_count(story)
    assert story.feeds.requests("/story") == 0
    assert not pages_of(story)["/story"].settled
    story.feeds.status("/robots.txt", 404)
    story.once()
    assert "107-12-51" in story.desk.posts[1]["message"]


def test_a_page_is_given_up_after_three_tries(story: World) -> None:
    story.feeds.status("/story", 503)
    for _ in range(5):
        story.once()
    assert story.feeds.requests("/story") == 3
    assert story.feeds.headers("/un.xml")[-1].get("if-none-match") == '"1"'
    untold_count(story)


def test_a_site_that_wants_long_pauses_gets_them_and_no_try_is_lost_by_it(earth: World) -> None:
    links = [earth.feeds.url(path) for path in ("/story", "/other")]
    with_teasers(
        earth, *(replace(TEASER, guid=link, title=f"{TEASER.title} {link[-5:]}", link=link) for link in links)
    )
    earth.feeds.serve("/robots.txt", "User-agent: *\nCrawl-delay: 600\n", content_type="text/plain")
    serve_page(earth)
    serve_page(earth, "/other")
    with earth.running() as running:
        for _ in range(4):
            list(running.run_once())
    assert earth.feeds.requests("/story") + earth.feeds.requests("/other") == 1
    assert sorted((page.settled, page.attempts) for page in pages_of(earth).values()) == [
        (False, 0),
        (True, 0),
    ]


def test_a_site_that_asks_for_a_pause_is_not_asked_before_it_is_over(story: World) -> None:
    story.feeds.status("/story", 429, headers={"Retry-After": "3600"})
    with story.running() as running:
        for _ in range(4):
            list(running.run_once())
    assert story.feeds.requests("/story") == 1
    assert pages_of(story)["/story"].attempts == 1
    untold_count(story)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_page_that_is_refused_is_not_asked_for_again(story: World, status: int) -> None:
    story.feeds.status("/story", status)
    for _ in range(2):
        story.once()
    assert story.feeds.requests("/story") == 1
    assert str(status) in (pages_of(story)["/story"].error or "")
    untold_count(story)


@pytest.mark.parametrize(
    ("page", "kind", "reason"),
    [
        (b"%PDF-1.7 ...", "application/pdf", "it is no web page, but application/pdf"),
        (
            b"<html><body><noscript>Enable JavaScript to go on</noscript></body></html>",
            "text/html",
            "no article",
        ),
        (b"\0" * 1000, "text/html", "no article"),
        (b"", "text/html", "no article"),
        (b"x" * (5 * 2**20 + 1), "text/html", "more than 5 MiB"),
        (b"<html><body><article>" + b"<p>x" * 1_000_000, "text/html", "memory"),
    ],
    ids=["a PDF", "a wall", "zeros", "nothing", "too large", "a bomb"],
)
def test_a_page_that_is_none_costs_the_alert_nothing(
    story: World, page: bytes, kind: str, reason: str
) -> None:
    story.feeds.serve("/story", page, content_type=kind)
    story.once()
    untold_count(story)
    assert reason in (pages_of(story)["/story"].error or "")


def test_a_page_that_says_nothing_of_a_vote_takes_nothing_away(story: World) -> None:
    serve_page(
        story, page=html("It rained in New York on Tuesday, and most of the delegates came late to the hall.")
    )
    story.once()
    untold_count(story)


def test_a_page_that_hangs_holds_up_its_own_feed_alone(story: World) -> None:
    """And that one only for as long as a fetch of it may take."""
    story.feeds.hang("/story")
    story.feeds.serve("/calls.xml", rss([CALL]))
    story.configure("/un.xml", "/calls.xml", source='allow_private = true\ntimeout = "2s"')
    with story.running() as running:
        order = [report.source for report in running.poll_feeds()]
    assert order == ["/calls.xml", "/un.xml"]
    assert "no answer within" in (pages_of(story)["/story"].error or "")


def test_more_redirects_than_five_are_none(story: World) -> None:
    story.feeds.redirect("/story", "/story")
    story.once()
    assert pages_of(story)["/story"].error == "more than 5 redirects"
    assert story.feeds.requests("/story") == 6


@second_loopback
def test_a_page_in_the_own_network_is_refused(earth: World) -> None:
    """As if 127.0.0.1 were in the internet, and 127.0.0.2 in the cellar."""
    with FeedServer("127.0.0.2") as inside, Fetcher("watcher", is_public="127.0.0.1".__eq__) as fetcher:
        inside.serve("/story", PAGE, content_type="text/html")
        with_teasers(
            earth, replace(TEASER, link=inside.url("/story")), source="", polling='polling.timeout = "5s"'
        )
        with earth.running() as running:
            running.doors = replace(running.doors, fetcher=fetcher)
            assert [report.alerts for report in running.run_once() if report.source == "/un.xml"] == [1]
        assert (inside.requests("/story"), inside.requests("/robots.txt")) == (0, 0)
    untold_count(earth)
    assert "inside this machine's own network" in (pages_of(earth)["/story"].error or "")


# ---- Not wanted ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "item",
    [
        WEATHER,
        CALL,
        VOTE,
        replace(TEASER, age=timedelta(days=2)),
        replace(TEASER, text=TEASER.text + " The debate was long." * 150),
        replace(TEASER, text=TEASER.text.replace("adopted", "adopted by consensus")),
    ],
    ids=["other news", "no vote rule", "count known", "old", "long", "consensus"],
)
def test_the_page_of_what_is_no_candidate_is_never_asked_for(earth: World, item: Item) -> None:
    with_teasers(earth, item)
    serve_page(earth)
    earth.once()
    assert earth.feeds.requests("/story") == earth.feeds.requests("/robots.txt") == 0


def test_a_source_can_do_without(earth: World) -> None:
    with_teasers(earth, TEASER, source="allow_private = true\nfull_text = false")
    serve_page(earth)
    earth.once()
    untold_count(earth)
    assert earth.feeds.requests("/story") == 0


def test_a_page_is_no_reason_for_a_rule_to_match(earth: World) -> None:
    """Its menus and links may name anything: words are looked for in title and text alone."""
    with_teasers(earth, replace(TEASER, title="Assembly votes", text="An Assembly resolution was adopted."))
    serve_page(
        earth, page=html("Israel told Ukraine of its vote in the UN General Assembly, which was 107-12-51.")
    )
    earth.once()
    assert earth.told == []


def _articles(earth: World) -> list[dict[str, object]]:
    return [json.loads(line) for line in watcher(earth.folder, "articles", "--json").stdout.splitlines()]
