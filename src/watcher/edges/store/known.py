"""Which entries of a source are known: asked at each poll that brings something, so that each part is cheap."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from watcher.edges.store.dialect import PAIRS, among
from watcher.edges.store.former import still_known
from watcher.edges.store.line import Asked

_OF_SOURCE = "FROM article WHERE source = :source"
_BY_KEY = f"SELECT key, digest {_OF_SOURCE} AND {among('key', 'keys')}"
_THESE = f"SELECT source, key, digest FROM article WHERE (source, key) IN ({PAIRS})"
_BY_CONTENT = f"SELECT digest {_OF_SOURCE} AND {among('digest', 'digests')}"


def unknown(asked: Asked, source: str, digests: Mapping[str, str]) -> tuple[set[str], int]:
    """Of these entries (key -> digest) the keys of those that are new, or that the source has rewritten.

    One whose very content is known under another key is neither: feeds change all their GUIDs overnight. How many
    such there are comes second. Nor is one that is kept no longer and carried still, though it was rewritten.
    """
    known = _by_key(asked, source, digests)
    others = [digest for key, digest in digests.items() if key not in known]
    stored = {*known.values(), *_by_content(asked, source, others)}
    unknown = {
        key
        for key, digest in digests.items()
        if (known[key] != digest if key in known else digest not in stored)
    }
    renamed = len(digests.keys() - unknown - known.keys())
    return unknown - still_known(asked, source, {key: digests[key] for key in unknown}), renamed


def these(asked: Asked, articles: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The digests of those of these articles (source, key) that there are."""
    rows = asked.ask(_THESE, pairs=json.dumps(list(articles)))
    return {(source, key): digest for source, key, digest in rows}


def _by_key(asked: Asked, source: str, keys: Collection[str]) -> dict[str, str]:
    """Key -> digest of the articles of a source that have one of these keys."""
    return dict(asked.ask(_BY_KEY, source=source, keys=json.dumps(list(keys))))


def _by_content(asked: Asked, source: str, digests: Collection[str]) -> set[str]:
    """Those of these digests that articles of a source have."""
    if not digests:
        return set()
    return {digest for (digest,) in asked.ask(_BY_CONTENT, source=source, digests=json.dumps(list(digests)))}
