"""What is known of a feed, from a row and to it; its history; and how often its entries come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Select, bindparam
from sqlmodel import Session, col, func, select, update

from watcher.core.sources.health import LOOKED_AT, entries_a_day
from watcher.core.sources.hints import Asks
from watcher.core.sources.history import happenings
from watcher.core.sources.outages import leads_out
from watcher.core.sources.polling import SourceState
from watcher.core.sources.schedule import Plan
from watcher.edges.store.rows import ArticleRow, HistoryRow, SourceRow

# The fields that a state and a row have in common.
_ALIKE = (
    "etag", "last_modified", "body_hash", "warning", "marks", "failures", "error", "polled_at", "succeeded_at",
    "failing_since", "unreached_since", "pace", "counted_at", "last_entry_at", "gap_at", "renamed_at", "clock_off",
    "moved_to",
)  # fmt: skip
_alike = attrgetter(*_ALIKE)


@dataclass(frozen=True, slots=True)
class Ended:
    """How the poll of a source ended: what held `before`, what holds from now on, and when it is polled again."""

    before: SourceState
    state: SourceState
    next_poll: Plan

    @property
    def is_quiet(self) -> bool:
        """Whether it changed nothing but when things were."""
        return _lasting(self.state) == _lasting(self.before)


_lasting = attrgetter(
    *(each.name for each in fields(SourceState) if each.name not in {"polled_at", "succeeded_at"})
)


def source_state(row: Any) -> SourceState:
    """`row`: a SourceRow, or a row of its table."""
    alike: dict[str, Any] = dict(zip(_ALIKE, _alike(row), strict=True))
    asks: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.asks.items()
    }
    return SourceState(name=row.name, first=row.baseline_at is None, asks=Asks(**asks), **alike)


def name_them(session: Session, urls: Mapping[str, str], now: datetime) -> None:
    """Make the table hold just these: new ones are due now; a changed URL forgets all that was learnt of the old one.

    Of thousands of rows only the URLs are read, for what is known of a feed may be long.
    """
    table = _table()
    rows = session.connection().execute(select(table.c.name, table.c.url, table.c.moved_to))
    known = {row.name: row for row in rows}
    kept = {name for name, row in known.items() if row.url == urls.get(name)}
    # These have told us of their new address themselves: all that was learnt of them holds.
    moved = {name for name, row in known.items() if row.moved_to and row.moved_to == urls.get(name)} - kept
    one, kept = table.c.name == bindparam("source"), kept | moved
    to_new_url = table.update().where(one).values(moved_to=None)
    _for_each(session, to_new_url, ({"source": name, "url": urls[name]} for name in moved))
    _for_each(session, table.delete().where(one), ({"source": name} for name in known.keys() - kept))
    new = ({"name": name, "url": urls[name], "next_poll_at": now} for name in urls if name not in kept)
    _for_each(session, table.insert(), new)


def make_due(session: Session, names: Iterable[str], now: datetime) -> None:
    """Let these be polled now. A statement that named them all would grow with them."""
    table = _table()
    statement = table.update().where(table.c.name == bindparam("source"))
    _for_each(session, statement, ({"source": name, "next_poll_at": now} for name in names))


def _for_each(session: Session, statement: Any, values: Iterable[dict[str, Any]]) -> None:
    """Execute it once for each of these; for none, not at all."""
    if rows := list(values):
        session.connection().execute(statement, rows)


def _table() -> Any:
    return SourceRow.__table__  # type: ignore[attr-defined]


def settle(session: Session, polls: Sequence[Ended]) -> None:
    """Record how polls ended, and what is news of them as their history. The leases end.

    A source that was taken out of the config is no more. Most polls change nothing but moments, which are written by a
    short statement.
    """
    table = _table()
    kept = table.c
    statement = table.update().where(kept.name == bindparam("source"))
    begun_at = bindparam("begun_at", type_=kept.baseline_at.type)
    whole = statement.values(baseline_at=func.coalesce(kept.baseline_at, begun_at))
    quiet: list[dict[str, Any]] = []
    others: list[Ended] = []
    for poll in polls:
        if poll.is_quiet:
            quiet.append(_moments(poll))
        else:
            others.append(poll)
    _for_each(session, statement, quiet)
    _for_each(session, whole, (_moments(poll) | _content(poll.state) for poll in others))
    session.add_all(
        HistoryRow(source=poll.state.name, at=poll.state.polled_at, what=what, says=says)
        for poll in others
        if poll.state.polled_at
        for what, says in happenings(poll.before, poll.state, poll.next_poll.why)
    )


def _moments(poll: Ended) -> dict[str, Any]:
    return {
        "source": poll.state.name,
        "polled_at": poll.state.polled_at,
        "succeeded_at": poll.state.succeeded_at,
        "next_poll_at": poll.next_poll.at,
        "interval": int(poll.next_poll.every.total_seconds()),
        "why": poll.next_poll.why,
        "leased_until": None,
    }


def _content(state: SourceState) -> dict[str, Any]:
    return {
        **{name: getattr(state, name) for name in _ALIKE},
        "asks": {name: value for name, value in asdict(state.asks).items() if value},
        "begun_at": None if state.first else state.polled_at,
    }


def leave_alone(session: Session, url: str, until: Plan) -> None:
    """No source of the server of `url` is polled before then."""
    server = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/"
    session.exec(
        update(SourceRow)
        .where(col(SourceRow.url).startswith(server, autoescape=True), col(SourceRow.next_poll_at) < until.at)
        .values(next_poll_at=until.at, why=until.why)
    )


def reached_at(session: Session, until: datetime, *, outside: bool) -> datetime | None:
    """When a server was last heard of, whatever it said; by the polls that ended by then.

    `outside`: one that is not in our own network.
    """
    rows = session.exec(
        select(SourceRow.url, SourceRow.polled_at)
        .where(col(SourceRow.unreached_since).is_(None), col(SourceRow.polled_at) <= until)
        .order_by(col(SourceRow.polled_at).desc())
        .execution_options(yield_per=20)
    )
    with closing(rows):
        return next((at for url, at in rows if not outside or leads_out(url)), None)


def unreached(session: Session) -> list[tuple[str, datetime]]:
    """Of each feed whose last polls got no word of its server, its URL and when the first of these was."""
    rows = session.exec(
        select(SourceRow.url, SourceRow.unreached_since).where(col(SourceRow.unreached_since).is_not(None))
    )
    return [(url, since) for url, since in rows if since]


def rhythm(session: Session, source: str, now: datetime) -> tuple[float | None, datetime | None]:
    """Entries a day lately, and when the last one was published, of those that have come by now.

    Lately is the last 30 days, or the last one where that was a busier one. An entry without a date is of the moment
    at which it was seen.
    """
    asked = {"source": source, "now": now, "month": now - LOOKED_AT, "day": now - timedelta(days=1)}
    recent, today, *moments = session.connection().execute(_rhythm(), asked).one()
    first_at = min((moment for moment in moments[:2] if moment), default=None)
    last_at = max((moment for moment in moments[2:] if moment), default=None)
    usual = entries_a_day(recent, first_at, now)
    return (None if usual is None else max(usual, float(today))), last_at


@cache
def _rhythm() -> Select[Any]:
    """How many have come in the last month and day, and the first and last moments, with a date and without. Each part
    is a range of one index; to put the question together takes longer than to answer it.
    """
    mine = col(ArticleRow.source) == bindparam("source")
    published: Any = col(ArticleRow.published_at)
    seen: Any = col(ArticleRow.seen_at)
    ranges: list[tuple[Any, tuple[Any, ...]]] = [(published, (mine,)), (seen, (mine, published.is_(None)))]

    def moment(name: str) -> Any:
        return bindparam(name, type_=published.type)

    def asked(what: Any, *within: Any) -> Any:
        return select(what).where(*within).scalar_subquery()

    def came(since: str) -> Any:
        dated, undated = (
            asked(func.count(), *these, at >= moment(since), at <= moment("now")) for at, these in ranges
        )
        return dated + undated

    firsts = [asked(func.min(at), *these) for at, these in ranges]
    lasts = [asked(func.max(at), *these, at <= moment("now")) for at, these in ranges]
    return select(came("month"), came("day"), *firsts, *lasts)
