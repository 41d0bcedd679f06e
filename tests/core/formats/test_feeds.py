"""Feeds to entries. The odd ones are pairs in tests/feeds: NAME.xml or .jsonfeed, and NAME.json for what comes of it.

A new case is two new files. The JSON holds {"entries": …, "warning": …}, or {"error": …} for what is refused, and the
"headers" the server sent, if they matter.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.formats import dates, feeds
from watcher.core.formats.feeds import Parsed, parse, web_address
from watcher.errors import ParseError

FOLDER = Path(__file__).parents[2] / "feeds"
PAIRS = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")
CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "feeds"
NOON = datetime(2026, 2, 24, 12, tzinfo=UTC)


def rss(items: str) -> bytes:
    return f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()


def as_json(parsed: Parsed) -> dict[str, Any]:
    """As the golden files show it: what is absent is left out."""
    fields = ("key", "title", "text", "url", "published_at", "language")
    entries = [{name: getattr(entry, name) for name in fields} for entry in parsed.entries]
    for entry in entries:
        entry["published_at"] = entry["published_at"] and entry["published_at"].isoformat()
    return {
        "entries": [{name: value for name, value in entry.items() if value} for entry in entries],
        "warning": parsed.warning,
    }


def outcome(body: bytes, headers: dict[str, str]) -> dict[str, Any]:
    try:
        return as_json(parse(body, headers))
    except ParseError as error:
        return {"error": str(error)}


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_an_odd_feed_gives_what_stands_beside_it(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert outcome(path.read_bytes(), expected.pop("headers", {})) == expected


def test_every_golden_file_has_its_pair() -> None:
    assert {path.stem for path in PAIRS} == {path.stem for path in FOLDER.glob("*.json")}


# ---- Identity -----------------------------------------------------------------------------------------------------


def test_an_entry_keeps_its_key_when_its_words_change() -> None:
    first = parse(rss("<item><title>Draft</title><guid>1</guid></item>"), {})
    second = parse(rss("<item><title>Corrected</title><guid>1</guid></item>"), {})
    assert first.entries[0].key == second.entries[0].key == "1"


def test_the_order_of_a_feed_changes_no_key() -> None:
    items = [f"<item><title>{words}</title></item>" for words in ("one", "two", "three")]
    keys = [{entry.key for entry in parse(rss("".join(order)), {}).entries} for order in (items, items[::-1])]
    assert keys[0] == keys[1]


def test_a_key_is_never_longer_than_a_database_likes() -> None:
    [entry] = parse(rss(f"<item><title>x</title><guid>{'g' * 10_000}</guid></item>"), {}).entries
    assert len(entry.key) <= 500


# ---- Encodings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8", "iso-8859-1", "application/rss+xml; charset=iso-8859-1"),
        ("utf-8", "nonsense", "text/xml"),
        ("utf-8-sig", "windows-1251", ""),
        ("windows-1251", "windows-1251", "text/xml"),
        ("windows-1251", "utf-8", "text/xml; charset=windows-1251"),
        ("koi8-u", "koi8-u", 'application/xml; charset="KOI8-U"'),
        ("utf-16", "utf-16", "text/xml; charset=utf-8"),
        ("utf-16-le", "utf-16", ""),
        ("utf-16-be", "utf-16", ""),
        ("utf-32", "utf-32", ""),
    ],
)
def test_the_bytes_are_believed_more_than_what_is_said_of_them(
    encoding: str, declared: str, content_type: str
) -> None:
    text = (
        f'<?xml version="1.0" encoding="{declared}"?>'
        + rss("<item><title>Українська резолюція</title></item>").decode()
    )
    parsed = parse(text.encode(encoding), {"content-type": content_type})
    assert (parsed.entries[0].title, parsed.warning) == ("Українська резолюція", None)


def test_an_encoding_of_escapes_is_honoured() -> None:
    text = (
        '<?xml version="1.0" encoding="iso-2022-jp"?>' + rss("<item><title>国連総会</title></item>").decode()
    )
    assert parse(text.encode("iso-2022-jp"), {}).entries[0].title == "国連総会"


# ---- Dates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "country", "hour"),
    [
        ("Tue, 24 Feb 2026 14:00:00 IST", None, 12),
        ("Tue, 24 Feb 2026 14:00:00 IST", "il", 12),
        ("Tue, 24 Feb 2026 17:30:00 IST", "in", 12),
        ("Tue, 24 Feb 2026 13:00:00 ist", "ie", 12),
        ("Tue, 24 Feb 2026 15:00:00 (MSK)", None, 12),
        ("Tue, 24 Feb 2026 07:00:00 EST", None, 12),
        ("2026-02-24T14:00+02:00", None, 12),
        ("  Tue,  24 Feb 2026\n 12:00:00   GMT ", None, 12),
    ],
)
def test_a_zone_is_read_as_its_owner_means_it(said: str, country: str | None, hour: int) -> None:
    assert dates.read(said, country) == NOON.replace(hour=hour)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "soon",
        "24",
        "2026",
        "Tue, 24 Feb 2026 12:00:00 XYZ",
        "0001-01-01",
        "9999-12-31",
        "1989-12-31",
        "x" * 10_000,
    ],
)
def test_what_is_no_date_that_news_can_have_is_none(said: str) -> None:
    assert dates.read(said) is None


# ---- Not feeds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "looks"),
    [
        (b"", "the answer is empty"),
        (b" \n ", "the answer is empty"),
        (b"Service unavailable", "this is no feed: it looks like plain text, or a file of another kind"),
        (b"\x89PNG\r\n\x1a\n\0\0", "this is no feed: it looks like plain text, or a file of another kind"),
        (b"\x01\x02", "this is no feed: it looks like plain text, or a file of another kind"),
        (b"[1, 2]", "this is no feed: it looks like JSON"),
        (b'{"version": "1.1", "items": []}', "this is no feed: it looks like JSON"),
        (
            b'{"version": "https://jsonfeed.org/version/1.1", "items',
            "no entry could be read: the JSON is broken",
        ),
        (b"\n<HTML><body>Hi", "this is no feed: it looks like a web page"),
        (b"<!doctype html><title>A &amp; B</title>", "this is no feed: it looks like a web page, “A & B”"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "this is no feed: it looks like other XML (<svg>)"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, looks: str) -> None:
    with pytest.raises(ParseError) as refused:
        parse(body, {})
    assert str(refused.value) == looks


def test_a_body_that_looks_like_an_address_or_a_path_is_only_text() -> None:
    """feedparser fetches and opens such things, if one lets it."""
    for body in (b"http://127.0.0.1:9/feed", b"/etc/passwd", b"file:///etc/passwd"):
        with pytest.raises(ParseError, match="plain text"):
            parse(body, {})


# ---- Too much -----------------------------------------------------------------------------------------------------


def test_of_very_many_entries_the_first_are_read() -> None:
    items = ",".join(f'{{"id": "{number}", "title": "x"}}' for number in range(10_001))
    parsed = parse(f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{items}]}}'.encode(), {})
    assert (len(parsed.entries), parsed.warning) == (10_000, "more than 10000 entries")


def test_a_text_longer_than_any_article_is_cut() -> None:
    [entry] = parse(
        rss(f"<item><title>x</title><description>{'word ' * 200_000}</description></item>"), {}
    ).entries
    assert 400_000 < len(entry.text) <= 500_000


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the real feeds of ../shared, which are not there")
def test_every_real_feed_is_read_or_refused_with_a_reason() -> None:
    refused = {}
    for path in sorted(CORPUS.iterdir()):
        outcome_of = outcome(path.read_bytes(), {})
        if "error" in outcome_of:
            refused[path.name] = outcome_of["error"]
    assert all(reason and "\n" not in reason for reason in refused.values())
    no_feeds = {"INDEX.csv", "notafeed.html", "unrecognized.rss"}  # a table, and two web pages
    assert refused.keys() == no_feeds | {"rss2-invalid.xml"}  # which breaks off before its first entry


def words(others: str) -> st.SearchStrategy[str]:
    return st.text(f"abzAZ019{others}", min_size=1, max_size=6)


@given(
    st.sampled_from(["http://", "https://"]),
    st.lists(words("-"), min_size=1, max_size=4).map(".".join),
    st.sampled_from(["", ":8", ":65535"]),
    st.lists(st.lists(words("_~%+-"), min_size=1, max_size=3).map(".".join), max_size=4),
    st.sampled_from(["", "/"]),
    st.just("") | words("_~%+=&.-").map("?{}".format),
    st.sampled_from(["", "http://example.org/a/"]),
)
def test_an_address_as_it_should_be_is_taken_as_it_is(
    scheme: str, host: str, port: str, path: list[str], end: str, query: str, base: str
) -> None:
    address = "/".join([scheme + host + port, *path]) + end + query
    assert feeds._ADDRESS.fullmatch(address)
    mended = web_address(f" {address} ", base)  # the space keeps it from being taken as it is
    assert web_address(address, base) == mended == address
