"""The keys of articles that are kept no longer, by which the entries of their feeds are known all the same.

A key is kept as long as its feed carries the entry, and for a while after that (core.upkeep.retention). That a feed
no longer carries one is noticed when the feed has changed and is read whole: that is, once after some have gone.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, tuple_, update
from sqlmodel import Session, col

from watcher.core.keys import key_of
from watcher.edges.store.dialect import among, each
from watcher.edges.store.line import Asked, Line
from watcher.edges.store.rows import ArticleRow, FormerRow, SourceRow

_FORMER = (
    "SELECT key, digest FROM former WHERE source = :source"
    f" AND ({among('key', 'keys')} OR {among('digest', 'digests')})"
)
_REMEMBERED = f"SELECT value FROM {each('sources')} WHERE EXISTS (SELECT 1 FROM former WHERE source = value)"


@dataclass(frozen=True, slots=True)
class Carried:
    """The entries that a feed carries (key -> digest); all of them, where they are the `whole` of it."""

    source: str
    digests: Mapping[str, str]
    whole: bool


def remember(session: Session, articles: Sequence[int]) -> None:
    """The keys of these articles, which are about to go."""
    kept = col(ArticleRow.source), col(ArticleRow.key), col(ArticleRow.digest)
    rows = session.execute(select(*kept).where(col(ArticleRow.id).in_(articles))).all()
    left = {(row.source, key_of(row.key)): row.digest for row in rows}
    if not left:
        return
    _read_whole(session, {source for source, _ in left})
    mark = tuple_(col(FormerRow.source), col(FormerRow.key))
    session.execute(delete(FormerRow).where(mark.in_(list(left))))  # it may have come once more meanwhile
    session.execute(
        insert(FormerRow),
        [{"source": source, "key": key, "digest": digest} for (source, key), digest in left.items()],
    )


def _read_whole(session: Session, sources: Collection[str]) -> None:
    """Next time, also of what is known, so that it shows what of this they still carry."""
    session.execute(update(SourceRow).where(col(SourceRow.name).in_(sources)).values(marks=None))


def still_known(asked: Asked, source: str, digests: Mapping[str, str]) -> set[str]:
    """Of these entries (key -> digest) the keys of those that were articles once, under this key or another."""
    if not digests or not _remembered(asked, [source]):
        return set()
    short = {key_of(key): key for key in digests}
    values = {"keys": json.dumps(list(short)), "digests": json.dumps(list(digests.values()))}
    rows = asked.ask(_FORMER, source=source, **values)
    keys, contents = {key for key, _ in rows}, {digest for _, digest in rows}
    return {key for mark, key in short.items() if mark in keys or digests[key] in contents}


def carried(session: Session, feeds: Iterable[Carried], now: datetime) -> None:
    """These feeds carry these entries now: some may have come back to them, and others have gone."""
    by_source = {feed.source: feed for feed in feeds}
    for source in _remembered(Line.of(session), by_source):  # of most feeds nothing is
        feed = by_source[source]
        mine, there = col(FormerRow.source) == source, col(FormerRow.gone_at).is_(None)
        here = _among({key_of(key): key for key in feed.digests}, feed.digests.values())
        session.execute(update(FormerRow).where(mine, ~there, here).values(gone_at=None))
        if feed.whole:
            session.execute(update(FormerRow).where(mine, there, ~here).values(gone_at=now))


def _remembered(asked: Asked, sources: Iterable[str]) -> list[str]:
    """Those of these sources of which anything is."""
    return [source for (source,) in asked.ask(_REMEMBERED, sources=json.dumps(list(sources)))]


def without(session: Session, sources: Collection[str], now: datetime) -> None:
    """There are no sources but these any more: nothing carries what the others brought."""
    there = col(FormerRow.gone_at).is_(None)
    known = session.execute(select(col(FormerRow.source)).where(there).distinct()).scalars().all()
    for source in set(known) - set(sources):
        mine = col(FormerRow.source) == source
        session.execute(update(FormerRow).where(mine, there).values(gone_at=now))


def _among(short: Mapping[str, str], contents: Iterable[str]) -> Any:
    return or_(col(FormerRow.key).in_(list(short)), col(FormerRow.digest).in_(list(contents)))
