"""The short cut past feedparser: it gives the same, or none."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest
from feedparser.mixin import _FeedParserMixin as Feedparser
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.fuzz.mutation import mutants
from watcher.core.formats import plain_feeds
from watcher.core.formats.feeds import Parsed, parse
from watcher.core.formats.plain_feeds import Doubtful
from watcher.core.formats.xml import mend
from watcher.errors import ParseError

FOLDER = Path(__file__).parents[2] / "feeds"
CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "feeds"


def outcome(body: bytes, headers: dict[str, str], *, plainly: bool) -> tuple[object, ...]:
    try:
        parsed = parse(body, headers, plainly=plainly)
    except ParseError as error:
        return (str(error),)
    return parsed.entries, parsed.warning


def same_either_way(body: bytes, headers: dict[str, str] | None = None) -> bool:
    said = headers or {}
    return outcome(body, said, plainly=True) == outcome(body, said, plainly=False)


def is_plain(body: bytes) -> bool:
    try:
        plain_feeds.read(mend(body, "").text)
    except Doubtful:
        return False
    return True


def rss(items: str, head: str = "", names: str = "") -> bytes:
    channel = f"<channel><title>News</title><link>http://example.org/</link>{head}{items}</channel>"
    return f'<rss version="2.0" {names}>{channel}</rss>'.encode()


# ---- The same as feedparser's --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", sorted(each for each in FOLDER.iterdir() if each.suffix == ".xml"), ids=lambda each: each.stem
)
def test_odd_feeds_are_read_alike_with_and_without_the_short_cut(path: Path) -> None:
    assert same_either_way(path.read_bytes())


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the real feeds of ../shared, which are not there")
def test_real_feeds_are_read_alike_with_and_without_the_short_cut() -> None:
    bodies = {path.name: path.read_bytes() for path in CORPUS.iterdir()}
    assert [name for name, body in bodies.items() if not same_either_way(body)] == []
    assert sum(map(is_plain, bodies.values())) > 15  # or it is none


def test_mutated_feeds_are_read_alike_with_and_without_the_short_cut() -> None:
    mutated = islice(mutants(7), 10 * settings().max_examples)
    assert [body for body, headers in mutated if not same_either_way(body, dict(headers))] == []


TEXTS = st.text(
    st.sampled_from("ab <>&;#é\u0153\u2019\xad\x85\xc3\xa9\u05d0\n\t/:?=.") | st.characters(codec="utf-8"),
    max_size=20,
)
ADDRESSES = st.sampled_from(
    [
        "http://example.org/a?x=1&y=2",
        "http:///a",
        "/relative",
        "javascript:x",
        "http://[::1",
        "4711",
        "",
        " http://a.b/ç",
    ]
)
DATES = st.sampled_from(
    [
        "Tue, 24 Feb 2026 10:00:00 GMT",
        "2026-02-24T10:00:00Z",
        "24 de febrero de 2026",
        "never",
        "",
        "-0001-11-30",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        "",
        "",
        ' type="html"',
        ' type="text"',
        ' xml:lang="he"',
        ' isPermaLink="false"',
        ' base="http://b/"',
        ' a="b"',
    ]
)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def element(name: str, content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def written(text: str, attributes: str, cdata: bool) -> str:
        inside = f"<![CDATA[{text}]]>" if cdata and "]]>" not in text else escaped(text)
        return f"<{name}{attributes}>{inside}</{name}>"

    return st.builds(written, content, ATTRIBUTES, st.booleans())


LINKS = st.builds(
    lambda name, relation, address: f'<{name}{relation} href="{escaped(address)}"/>',
    st.sampled_from(["link", "atom:link"]),
    st.sampled_from(["", ' rel="alternate"', ' rel="self"', ' rel="alternate" type="text/plain"']),
    ADDRESSES,
)
PARTS = {
    "title": TEXTS, "description": TEXTS, "content:encoded": TEXTS, "guid": ADDRESSES, "link": ADDRESSES,
    "pubDate": DATES, "dc:date": DATES, "atom:updated": DATES, "dc:creator": TEXTS, "category": TEXTS,
    "media:title": TEXTS, "media:thumbnail": TEXTS, "source": TEXTS, "unknown": TEXTS, "Tags": TEXTS, "x:odd": TEXTS,
    "summary_detail": TEXTS, "atom:summary": TEXTS, "atom:content": TEXTS, "atom:id": ADDRESSES,
}  # fmt: skip
PART = st.one_of(LINKS, *(element(name, content) for name, content in PARTS.items()))
ITEMS = st.lists(st.lists(PART, max_size=6).map("".join), max_size=3)
HEADS = st.lists(
    LINKS | element("language", st.sampled_from(["en", "he_IL", "no language"])) | element("dc:language", TEXTS)
    | element("link", ADDRESSES) | element("ttl", TEXTS) | st.just("<image><link>http://i/</link></image>"),
    max_size=3,
).map("".join)  # fmt: skip
NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "atom": "http://www.w3.org/2005/Atom",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "media": "http://search.yahoo.com/mrss/",
        "x": "urn:nobody-knows",
    }.items()
)


@given(ITEMS, HEADS, st.sampled_from(["", ' xml:lang="de_DE"', ' xml:base="http://b/"']))
def test_a_feed_of_whatever_parts_is_read_alike(items: list[str], head: str, root: str) -> None:
    assert same_either_way(rss("".join(f"<item>{parts}</item>" for parts in items), head, NAMES + root))


@given(ITEMS, HEADS)
def test_an_atom_feed_of_whatever_parts_is_read_alike(entries: list[str], head: str) -> None:
    inside = head + "".join(f"<entry>{parts}</entry>" for parts in entries)
    bare = inside.replace("<atom:", "<").replace("</atom:", "</")
    assert same_either_way(
        f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMES}><id>urn:f</id>{bare}</feed>'.encode()
    )


# ---- What feedparser heeds is not passed over ---------------------------------------------------------------------


def test_no_element_that_feedparser_heeds_is_taken_for_one_without_meaning() -> None:
    handled = {
        name.split("_", 2)[2].lower() for name in dir(Feedparser) if name.startswith(("_start_", "_end_"))
    }
    plain = {name for name in handled if "_" not in name}
    assert plain <= plain_feeds._HEEDED
    assert {name.partition("_")[0] for name in handled - plain} <= plain_feeds._MEANT


def test_no_namespace_that_feedparser_knows_is_taken_for_a_foreign_one() -> None:
    ours = {uri.lower() for uri in plain_feeds._PREFIXES.values()} | {""}
    assert [
        uri
        for uri in Feedparser.namespaces
        if uri.lower() not in ours and not plain_feeds._FAMOUS.search(uri.lower())
    ] == []


# ---- Known entries -------------------------------------------------------------------------------------------------


def item(number: int, text: str = "words") -> str:
    return f"<item><title>News {number}</title><guid>{number}</guid><description>{text}</description></item>"


def titles(parsed: Parsed) -> list[str]:
    return [entry.title for entry in parsed.entries]


def test_known_entries_are_left_out_and_counted() -> None:
    before = parse(rss(item(1) + item(2)), {})
    after = parse(rss(item(3) + item(1) + item(2)), {}, before.marks)
    assert (titles(after), after.known, len(after.marks)) == (["News 3"], 2, 3)


def test_an_entry_that_was_rewritten_is_told_again() -> None:
    before = parse(rss(item(1) + item(2)), {})
    after = parse(rss(item(1) + item(2, "other words")), {}, before.marks)
    assert [(entry.title, entry.text) for entry in after.entries] == [("News 2", "other words")]


def test_a_new_date_of_the_feed_makes_no_entry_new_but_another_language_does() -> None:
    before = parse(rss(item(1), "<lastBuildDate>Mon</lastBuildDate>"), {})
    assert titles(parse(rss(item(1), "<lastBuildDate>Tue</lastBuildDate>"), {}, before.marks)) == []
    assert titles(parse(rss(item(1), "<language>fr</language>"), {}, before.marks)) == ["News 1"]


def test_entries_that_share_a_guid_are_told_together_for_only_so_they_are_told_apart() -> None:
    before = parse(rss(item(1)), {})
    after = parse(rss(item(1) + item(1, "other words")), {}, before.marks)
    assert after.known == 0
    assert after.entries == parse(rss(item(1) + item(1, "other words")), {}).entries


def test_a_feed_too_odd_for_the_short_cut_has_no_marks() -> None:
    parsed = parse(rss("<item><title type='html'>One</title></item>"), {})
    assert (titles(parsed), parsed.marks) == (["One"], ())


@given(st.lists(st.integers(0, 9), unique=True), st.lists(st.integers(0, 9), unique=True))
def test_what_is_not_left_out_is_what_was_not_there_before(first: list[int], second: list[int]) -> None:
    assume(first)
    before = parse(rss("".join(map(item, first))), {})
    after = parse(rss("".join(map(item, second))), {}, before.marks)
    assert titles(after) == [f"News {number}" for number in second if number not in first]


ODD = st.sampled_from(
    [
        "<![CDATA[<item>]]>",
        "<![CDATA[</item>]]>",
        "<!-- <item> -->",
        "<!-- </item>",
        "-->",
        "<item>",
        "</item>",
        "",
    ]
)
PIECES = st.builds(
    lambda number, before, behind: before + item(number, before) + behind, st.integers(0, 3), ODD, ODD
)


@given(st.lists(PIECES, min_size=1, max_size=3), st.lists(PIECES, max_size=3))
def test_however_oddly_entries_begin_and_end_none_is_lost(first: list[str], second: list[str]) -> None:
    with suppress(ParseError):
        before = parse(rss("".join(first)), {})
        now = "".join(second) + "".join(first)
        whole, told = parse(rss(now), {}), parse(rss(now), {}, before.marks)
        assert set(told.entries) <= set(whole.entries) <= {*told.entries, *before.entries}
