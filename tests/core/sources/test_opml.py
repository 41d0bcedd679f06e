"""OPML, as feed readers write it and as it should not be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.sources.opml import Subscription, read, write
from watcher.errors import ParseError

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)


def opml(body: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><body>{body}</body></opml>'.encode()


def test_groups_in_groups_become_tags() -> None:
    feed = '<outline text="UN" xmlUrl="https://example.org/un"/>'
    nested = f'<outline text="World"><outline text="Bodies">{feed}</outline></outline>{feed}'
    assert [each.tags for each in read(opml(nested))] == [("World", "Bodies"), ()]


def test_categories_become_tags_and_none_stands_twice() -> None:
    [feed] = read(
        opml(
            '<outline text="a"><outline text="F" xmlUrl="https://example.org" category="/a/b,c, "/></outline>'
        )
    )
    assert feed.tags == ("a", "b", "c")


def test_sloppy_files_are_read() -> None:
    sloppy = '<outline TITLE="A &nbsp; B" xmlurl=" https://example.org/?a=1&b=2 "/>'
    assert read(opml(sloppy)) == (Subscription("A B", "https://example.org/?a=1&b=2"),)
    assert (
        read(opml('<outline text="é" xmlUrl="https://example.org"/>').decode().encode("utf-16"))[0].name
        == "é"
    )


def test_an_outline_that_is_commented_out_is_paused() -> None:
    [feed] = read(opml('<outline text="F" xmlUrl="https://example.org" isComment="true"/>'))
    assert feed.paused


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b'<!DOCTYPE o [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><opml><outline text="&b;"/></opml>', "entity"),
        (b'<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><body>&a;</body></opml>', "entity"),
        (b"<html><body/></html>", "<html>"),
        (b"", "no element found"),
        (b"database = 1", "line 1"),
        (b"<opml><body><outline text='a'></body></opml>", "mismatched"),
        (b"\0\xff\xfe" * 99, "line 1"),
    ],
)
def test_what_is_no_opml_is_refused_with_the_reason(body: bytes, why: str) -> None:
    with pytest.raises(ParseError, match=why):
        read(body)


def test_a_hundred_thousand_groups_in_one_another_are_a_few_tags() -> None:
    deep = '<outline text="g">' * 100_000 + '<outline xmlUrl="https://example.org"/>' + "</outline>" * 100_000
    [feed] = read(opml(deep))
    assert len(feed.tags) <= 8


words = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp", "Mn"]), min_size=1
).map(lambda text: "".join(text.split()) or "x")


@given(st.lists(st.builds(Subscription, words, st.just("https://example.org/?a=1&b=<2>"),
                          st.lists(words, max_size=4, unique=True).map(tuple), st.booleans())))  # fmt: skip
def test_what_is_written_is_read_again(feeds: list[Subscription]) -> None:
    def order(feed: Subscription) -> tuple[object, ...]:
        return feed.tags, feed.name, feed.paused

    normal = [Subscription(*_clean(feed)) for feed in feeds]
    assert sorted(read(write(normal, NOW).encode()), key=order) == sorted(normal, key=order)


def _clean(feed: Subscription) -> tuple[str, str, tuple[str, ...], bool]:
    """As the config keeps them: in the form that all texts have here."""
    from watcher.core.formats.html import one_line

    tags = tuple(dict.fromkeys(filter(None, map(one_line, feed.tags))))
    return one_line(feed.name)[:200], feed.url, tags, feed.paused
