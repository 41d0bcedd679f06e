"""What a robots.txt says to watcher, by RFC 9309."""

from __future__ import annotations

import pytest

from watcher.core.sources.robots import Permission, permission

STORY = "https://news.example/world/story?id=1"


@pytest.mark.parametrize(
    "robots",
    [
        "",
        "User-agent: *\nDisallow:",
        "User-agent: *\nDisallow: /search",
        "User-agent: another\nDisallow: /",
        "User-agent: *\nDisallow: /\n\nUser-agent: watcher\nDisallow: /private",
        "User-agent: *\nDisallow: /world\nAllow: /world/story",
        "<!doctype html><html><p>Disallow: nothing is here</html>",
        "\ufeffUser-agent: watcher\nAllow: /\nUser-agent: *\nDisallow: /",
    ],
    ids=[
        "empty",
        "all allowed",
        "elsewhere",
        "another",
        "named",
        "longest",
        "a web page",
        "a mark before it",
    ],
)
def test_what_is_not_forbidden_is_allowed(robots: str) -> None:
    assert permission(robots.encode(), STORY).allowed


@pytest.mark.parametrize(
    "robots",
    [
        "User-agent: *\nDisallow: /",
        "user-agent:WATCHER\ndisallow:/world/",
        "User-agent: *\nAllow: /\n\nUser-agent: Watcher\nUser-agent: another\nDisallow: /",
        "User-agent: *\nDisallow: /*?id=",
        "User-agent: *\nDisallow: /*story?id=1$",
        "# all\r\nUser-agent: * # everybody\r\nDisallow: / # everything\r\n",
    ],
    ids=["everything", "any case", "our group", "a pattern", "its end", "remarks"],
)
def test_what_is_forbidden_is_forbidden(robots: str) -> None:
    assert not permission(robots.encode(), STORY).allowed


def test_a_pause_is_what_our_group_says() -> None:
    robots = b"User-agent: *\nCrawl-delay: 90\n\nUser-agent: watcher\nCrawl-delay: 2.5\nDisallow: /private\n"
    assert permission(robots, STORY) == Permission(True, 2.5)
    assert permission(b"User-agent: *\nCrawl-delay: soon\n", STORY) == Permission(True, 0.0)


def test_bytes_that_are_no_text_forbid_nothing() -> None:
    assert permission(b"\xff\xfe\0\0" * 100, STORY).allowed
