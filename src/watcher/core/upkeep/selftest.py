"""The article by which watcher tries itself: made up, unlike any news, and found by a rule of its own."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from functools import cache

from watcher.core.keys import key_of
from watcher.core.model import Severity
from watcher.core.rules import RuleSet
from watcher.core.rules.spec import Clause, RuleSpec

NAME = "watcher's self-test"  # of its source, its rule and its receiver
HEADERS = {"content-type": "application/rss+xml; charset=utf-8"}

_WORD = "watcherselftest"


def feed(now: datetime) -> bytes:
    """A feed with one article, which nothing but the rule below asks for. Its words are new each time."""
    key = key_of("self-test", now.isoformat())
    words = " ".join(f"{_WORD}{key[at : at + 4]}" for at in range(0, len(key), 4))
    return (
        f"<rss version='2.0'><channel><title>{NAME}</title><item><guid isPermaLink='false'>{key}</guid>"
        f"<title>{_WORD} {words}</title><pubDate>{format_datetime(now)}</pubDate>"
        f"<description>{_WORD}: an article that was never written.</description></item></channel></rss>"
    ).encode()


@cache
def rules() -> RuleSet:
    """Just the one that finds it."""
    spec = RuleSpec(NAME, NAME, Severity.LOW, (NAME,), keywords=Clause(any=(_WORD,)))
    return RuleSet([spec], {})
