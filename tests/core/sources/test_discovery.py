"""Which addresses a web page gives for its feeds, whatever it is made of."""

from __future__ import annotations

import time

import pytest

from watcher.core.sources.discovery import is_page, meant, named_by, same, title_of, usual_places

PAGE = "https://news.example.org/world/index.html"


def links(markup: str) -> list[str]:
    return list(named_by(markup.encode(), {}, PAGE)[0])


def link(href: str, kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" href="{href}">'


@pytest.mark.parametrize("kind", ["rss+xml", "atom+xml", "rdf+xml", "feed+json", "RSS+xml; charset=utf-8"])
def test_a_page_names_its_feeds_by_their_type(kind: str) -> None:
    assert links(link("https://example.org/f", f"application/{kind}")) == ["https://example.org/f"]


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/rss", "https://news.example.org/rss"),
        ("rss.xml", "https://news.example.org/world/rss.xml"),
        ("//feeds.example.com/x", "https://feeds.example.com/x"),
        ("?format=rss&amp;lang=en", "https://news.example.org/world/index.html?format=rss&lang=en"),
        ("/rss#top", "https://news.example.org/rss"),
    ],
)
def test_relative_links_lead_from_the_page(href: str, address: str) -> None:
    assert links(link(href)) == [address]


def test_relative_links_lead_from_the_base_that_the_page_names() -> None:
    assert links('<base href="/elsewhere/">' + link("rss.xml")) == [
        "https://news.example.org/elsewhere/rss.xml"
    ]


def test_a_base_that_is_no_web_address_is_none() -> None:
    assert links('<base href="javascript:0">' + link("/rss")) == ["https://news.example.org/rss"]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "data:text/xml,x",
        "file:///etc/passwd",
        "https://u:p@example.org/",
        "",
        "http://[",
    ],
)
def test_what_is_no_plain_web_address_is_no_candidate(href: str) -> None:
    assert links(link(href) + link("/rss")) == ["https://news.example.org/rss"]


def test_tags_are_read_as_sloppily_as_people_write_them() -> None:
    assert links("<LINK TYPE=application/rss+xml HREF=/rss REL=ALTERNATE>") == [
        "https://news.example.org/rss"
    ]
    assert links("<link\nrel='feed'\nhref = '/rss' title=\"a > b\"/>") == ["https://news.example.org/rss"]


def test_comments_scripts_and_other_links_name_nothing() -> None:
    hidden = link("/no")
    assert links(f"<!-- {hidden} --><script>'{hidden}'</script><link rel=stylesheet href=/no>") == []
    assert links('<link rel="alternate" hreflang="de" href="/de/">') == []


def test_links_for_people_come_second() -> None:
    feeds, anchors = named_by(b'<a href="/about"><a href="/en/rss.xml"><a href="/feeds/news">', {}, PAGE)
    assert feeds == ()
    assert anchors == ("https://news.example.org/en/rss.xml", "https://news.example.org/feeds/news")


@pytest.mark.parametrize(
    "piece",
    [
        b"<!--",
        b"<a ",
        b"<link rel='",
        b'<a href="',
        b"<script>",
        b"<",
        b"</",
        b"<?",
        b"<![",
        b"&",
        b"<a =" + b"= " * 99,
    ],
)
def test_ten_megabytes_of_beginnings_without_an_end_cost_a_moment(piece: bytes) -> None:
    page = b"<!doctype html>" + piece * (10_000_000 // len(piece))
    start = time.process_time()
    assert is_page(page, {})
    named_by(page, {}, PAGE)
    title_of(page, {})
    assert time.process_time() - start < 2


def test_a_feed_is_no_page_though_its_entries_are() -> None:
    assert is_page(b"\n<!DOCTYPE HTML><p>", {})
    assert not is_page(b"<rss version='2.0'><channel><description>&lt;html>", {})
    assert not is_page(b"<?xml version='1.0'?><feed><content><html>", {})


def test_usual_places_are_below_the_page_and_at_the_root() -> None:
    places = usual_places("https://example.org/blog?page=2")
    assert places[0] == "https://example.org/blog/feed"
    assert "https://example.org/rss.xml" in places
    assert usual_places("https://example.org/a/b.html")[0] == "https://example.org/a/feed"
    assert len(set(usual_places("https://example.org"))) == len(usual_places("https://example.org")) == 6


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("example.org", "https://example.org"),
        ("localhost:8080/rss", "https://localhost:8080/rss"),
        ("feed://example.org/rss", "https://example.org/rss"),
        ("feed:http://example.org/rss", "http://example.org/rss"),
        (" http://example.org ", "http://example.org"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_a_typed_address_is_taken_as_it_is_meant(typed: str, first: str) -> None:
    assert meant(typed)[0] == first


def test_two_spellings_of_an_address_are_one_feed() -> None:
    assert same("http://Example.org:80/feed/") == same("https://example.org/feed#x")
    assert same("https://example.org/feed?a=1") != same("https://example.org/feed?a=2")


def test_the_title_is_that_of_the_feed_and_not_of_its_image_or_entries() -> None:
    feed = "<rss><channel><image><title>Logo</title></image><title><![CDATA[News &amp; <b>more</b>]]></title><item>"
    assert title_of(feed.encode(), {}) == "News & more"
    assert (
        title_of(b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>x</title></entry></feed>", {})
        is None
    )
    in_json = (
        b'\xef\xbb\xbf{"version": "https://jsonfeed.org/version/1.1", "title": "UN\\nNews", "items": []}'
    )
    assert title_of(in_json, {}) == "UN News"
    assert title_of(b"<rss><channel><title>a\x1b[31m\nb</title>", {}) == "a[31m b"
