"""Who tells an article, and whose word stands where sources disagree: UN press before wires before the rest.

See data/outlets.toml.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from watcher.core.model import Article

RANKS = ("un-press", "wire")  # then the rest


def rank(article: Article) -> int:
    """0 for UN press, 1 for a wire, 2 for the rest; by the tags of its source, else by the host of its address."""
    tagged = (at for at, name in enumerate(RANKS) if name in article.source_tags)
    return next(tagged, _rank_of_host(_host(article.url)))


def outlet(source: str, url: str | None) -> str:
    """Who tells an article: the site it stands on, else its source. A folder and a digest hold articles of many."""
    return _host(url).removeprefix("www.") or source


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return ""


def _rank_of_host(host: str) -> int:
    """That of the longest known name the host stands under."""
    labels = host.split(".")
    names = (".".join(labels[at:]) for at in range(len(labels)))
    return next((_ranks()[name] for name in names if name in _ranks()), len(RANKS))


@cache
def _ranks() -> dict[str, int]:
    table = tomllib.loads((files("watcher.data") / "outlets.toml").read_text(encoding="utf-8"))
    return {host: at for at, name in enumerate(RANKS) for host in table[name]}
