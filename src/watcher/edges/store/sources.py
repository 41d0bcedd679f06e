"""What is known of a feed, from a row and to it; and its history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import cache, lru_cache
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import String, bindparam, type_coerce
from sqlmodel import Session, UTCDateTime, col, func, select, update

from watcher.core.sources.hints import Asks
from watcher.core.sources.history import happenings
from watcher.core.sources.outages import leads_out
from watcher.core.sources.polling import SourceState
from watcher.core.sources.schedule import Plan
from watcher.edges.store.dialect import among
from watcher.edges.store.leases import FARTHEST, free
from watcher.edges.store.line import Line, moment_of, text_of
from watcher.edges.store.rows import HistoryRow, SourceRow

_STATE = [each.name for each in fields(SourceState)]

# The fields that a state and a row have in common, and those of them that are moments.
_ALIKE = [name for name in _STATE if name not in {"name", "first", "asks"}]
_MOMENTS = [name for name in _ALIKE if isinstance(SourceRow.__table__.c[name].type, UTCDateTime)]  # type: ignore[attr-defined]

_PLACES = [_STATE.index(name) for name in _MOMENTS]
_ASKS = _STATE.index("asks")

_MOMENTS_ALONE = """
UPDATE source SET polled_at = ?2, succeeded_at = ?2, next_poll_at = ?3, interval = ?4, why = ?5, leased_until = NULL
WHERE name = ?1 AND leased_until IS NOT NULL"""

_LEASED = f"SELECT name FROM source WHERE {among('name', 'names')} AND leased_until IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Ended:
    """How the poll of a source ended: what held `before`, what holds from now on, and when it is polled again."""

    before: SourceState
    state: SourceState
    next_poll: Plan


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A poll of `source` that ended well at a moment, and changed nothing but when it is polled again."""

    source: str
    at: datetime
    next_poll: Plan


def take(
    session: Session, urls: Mapping[str, str], limit: int, now: datetime, until: datetime
) -> list[SourceState]:
    """What is known of up to `limit` of these that are due, the longest waiting first; nobody else takes them `until`
    then.

    `urls`: name -> URL. One that lives elsewhere by now is for whoever knows where.
    """
    moment, leased_until = _table().c.next_poll_at, _table().c.leased_until
    taken: list[SourceState] = []
    # What has come, and what can never have been meant: two ends of an index. Asked for both at once, SQLite looks
    # through all that is between.
    for come in (moment <= now, moment > now + FARTHEST):
        asked = states(_table().c.url).where(come, free(leased_until, now)).order_by(moment)
        with session.connection().execute(asked.execution_options(yield_per=limit)) as rows:
            # Which of them are named is asked here: thousands of names in a statement cost more than all else.
            named = (source_state(row) for row in rows if urls.get(row.name) == row.url)
            taken.extend(islice(named, limit - len(taken)))
    _change(session, [state.name for state in taken], "leased_until", until)
    return taken


@cache
def states(*more: Any) -> Any:
    """A question for what `source_state` makes a state of, and for more columns behind it."""
    kept = _table().c
    columns = {name: type_coerce(kept[name], String) for name in (*_MOMENTS, "asks")}
    columns["first"] = kept.baseline_at.is_(None)
    return select(*(columns.get(name, kept.get(name)) for name in _STATE), *more)


def source_state(row: Sequence[Any]) -> SourceState:
    """`row`: an answer to `states`. To have its values converted one by one takes longer than to read them."""
    values = list(row[: len(_STATE)])
    for place in _PLACES:
        if values[place] is not None:
            values[place] = moment_of(values[place])
    values[_ASKS] = _asks(values[_ASKS])
    return SourceState(*values)


@lru_cache(1_000)  # most feeds ask for nothing, or for the same
def _asks(document: str) -> Asks:
    asks: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in json.loads(document).items()
    }
    return Asks(**asks)


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
    """Let these be polled now."""
    _change(session, names, "next_poll_at", now)


def _change(session: Session, names: Iterable[str], column: str, value: datetime) -> None:
    statement = f"UPDATE source SET {column} = :value WHERE {among('name', 'names')}"
    Line.of(session).do(statement, value=text_of(value), names=json.dumps(list(names)))


def _for_each(session: Session, statement: Any, values: Iterable[dict[str, Any]]) -> None:
    """Execute it once for each of these; for none, not at all."""
    if rows := list(values):
        session.connection().execute(statement, rows)


def _table() -> Any:
    return SourceRow.__table__  # type: ignore[attr-defined]


def settle(session: Session, polls: Iterable[Ended | Unchanged]) -> None:
    """Record how polls ended, and what is news of them as their history. The leases end.

    A source that was taken out of the config is no more, and one that was given another URL is another, which nobody
    has leased: of neither anything is recorded.

    Most polls change nothing but moments, which are written by a short statement.
    """
    ended: list[Ended] = []
    unchanged: list[Unchanged] = []
    for poll in polls:
        if isinstance(poll, Unchanged):
            unchanged.append(poll)
        else:
            ended.append(poll)
    Line.of(session).do_each(_MOMENTS_ALONE, [_moments(poll) for poll in unchanged])
    _add_history(session, ended)
    _for_each(session, _whole(), map(_row, ended))


def _add_history(session: Session, ended: Iterable[Ended]) -> None:
    news = [
        HistoryRow(source=poll.state.name, at=poll.state.polled_at, what=what, says=says)
        for poll in ended
        if poll.state.polled_at
        for what, says in happenings(poll.before, poll.state, poll.next_poll.why)
    ]
    if news:
        names = json.dumps([row.source for row in news])
        ours = {name for (name,) in Line.of(session).ask(_LEASED, names=names)}
        session.add_all(row for row in news if row.source in ours)


def _moments(poll: Unchanged) -> tuple[str | int, ...]:
    """The values for _MOMENTS_ALONE."""
    then = poll.next_poll
    return poll.source, _ended_at(poll.at), text_of(then.at), then.seconds, then.why


_ended_at = lru_cache(1)(text_of)  # those that end together end at one moment


@cache
def _whole() -> Any:
    kept = _table().c
    begun_at = bindparam("begun_at", type_=kept.baseline_at.type)
    this = _table().update().where(kept.name == bindparam("source"), kept.leased_until.is_not(None))
    return this.values(baseline_at=func.coalesce(kept.baseline_at, begun_at))


def _row(poll: Ended) -> dict[str, Any]:
    state = poll.state
    return {
        **{name: getattr(state, name) for name in _ALIKE},
        "source": state.name,
        "asks": {name: value for name, value in asdict(state.asks).items() if value},
        "begun_at": None if state.first else state.polled_at,
        "next_poll_at": poll.next_poll.at,
        "interval": poll.next_poll.seconds,
        "why": poll.next_poll.why,
        "leased_until": None,
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
