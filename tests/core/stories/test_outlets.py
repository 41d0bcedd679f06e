"""Whose word stands where sources disagree."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watcher.core.model import Article
from watcher.core.stories.outlets import outlet, rank


def article(url: str | None, *tags: str) -> Article:
    return Article("s", "1", "title", "", datetime(2026, 2, 24, tzinfo=UTC), url=url, source_tags=tags)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://press.un.org/en/2026/ga1.doc.htm", 0),
        ("https://NEWS.un.org/en/story/1", 0),
        ("https://www.reuters.com/world/1", 1),
        ("https://www.ukrinform.net/1", 1),
        ("https://notun.org/1", 2),
        ("https://un.org.example.com/1", 2),
        ("http://[broken", 2),
        (None, 2),
    ],
)
def test_un_press_comes_before_wires_and_wires_before_the_rest(url: str | None, expected: int) -> None:
    assert rank(article(url)) == expected


def test_a_tag_of_the_source_says_so_for_any_address() -> None:
    assert rank(article("https://example.com/feed", "wire")) == 1
    assert rank(article(None, "un-press", "english")) == 0


def test_who_tells_an_article_is_the_site_it_stands_on() -> None:
    assert outlet("my folder", "https://www.example.com/1") == "example.com"
    assert outlet("my folder", None) == "my folder"
