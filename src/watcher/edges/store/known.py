"""Which entries of a source are known: asked at each poll that brings something, so that each part is cheap.

A statement with many values costs more to write than to run. So there is one for each power of two, written once; what
is left over is filled with the last value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from sqlalchemy import TextClause, text
from sqlmodel import Session

_AT_ONCE = 256


def by_key(session: Session, source: str, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(key, digest) of the articles of a source that have one of these keys."""
    return _found(session, "key", source, keys)


def by_content(session: Session, source: str, digests: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(key, digest) of the articles of a source that have one of these digests."""
    return _found(session, "digest", source, digests)


def _found(session: Session, column: str, source: str, values: Sequence[str]) -> Iterator[tuple[str, str]]:
    for start in range(0, len(values), _AT_ONCE):
        some = values[start : start + _AT_ONCE]
        places = 1 << (len(some) - 1).bit_length()
        asked = {f"value{at}": some[min(at, len(some) - 1)] for at in range(places)}
        rows = session.connection().execute(_statement(column, places), {"source": source, **asked})
        yield from ((row.key, row.digest) for row in rows)


@cache
def _statement(column: str, places: int) -> TextClause:
    values = ", ".join(f":value{at}" for at in range(places))
    return text(f"SELECT key, digest FROM article WHERE source = :source AND {column} IN ({values})")
