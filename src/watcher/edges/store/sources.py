"""What is known of a feed, from a row and to it; and its history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, fields
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import bindparam
from sqlmodel import Session, UTCDateTime, col, select, update

from watcher.core.sources.hints import Asks
from watcher.core.sources.history import happenings
from watcher.core.sources.outages import leads_out
from watcher.core.sources.polling import SourceState
from watcher.core.sources.schedule import Plan
from watcher.edges.store.dialect import among
from watcher.edges.store.leases import FARTHEST
from watcher.edges.store.line import Line, moment_of, text_of
from watcher.edges.store.rows import HistoryRow, SourceRow, TurnRow

_SOURCE: Any = SourceRow.__table__  # type: ignore[attr-defined]
_TURN: Any = TurnRow.__table__  # type: ignore[attr-defined]

# The fields of a state; those of them that a row of `source` has as they are; and which are moments.
_STATE = [each.name for each in fields(SourceState)]
_LEARNT = [name for name in _STATE if name in _SOURCE.c and name not in {"name", "asks"}]
_TYPES = {kept.name: kept.type for kept in (*_SOURCE.c, *_TURN.c)}
_MOMENTS = [place for place, name in enumerate(_STATE) if isinstance(_TYPES.get(name), UTCDateTime)]
_LEARNT_MOMENTS = [place for place, name in enumerate(_LEARNT) if isinstance(_TYPES[name], UTCDateTime)]
_FIRST, _ASKS = _STATE.index("first"), _STATE.index("asks")

# A question for what `source_state` makes a state of, and for more, which stands behind that in each row.
STATES = "SELECT {}, url, told, baseline_at FROM source JOIN turn ON source = name".format(
    ", ".join("baseline_at IS NULL" if name == "first" else name for name in _STATE)
)

# What has come, and what can never have been meant: two ends of an index. Asked for both at once, SQLite looks through
# all that is between.
_FREE = "(leased_until IS NULL OR leased_until <= :now OR leased_until > :never)"
_DUE = [
    f"{STATES} WHERE {come} AND {_FREE} ORDER BY next_poll_at"
    for come in ("next_poll_at <= :now", "next_poll_at > :never")
]

_URL = len(_STATE)

_LEARNS = """
UPDATE source SET baseline_at = coalesce(baseline_at, ?2), asks = ?3, {} WHERE name = ?1""".format(
    ", ".join(f"{name} = ?{place}" for place, name in enumerate(_LEARNT, 4))
)

_ENDED = """
UPDATE turn SET polled_at = ?2, succeeded_at = ?3, unreached_since = ?4, next_poll_at = ?5, interval = ?6, why = ?7,
leased_until = NULL WHERE source = ?1 AND leased_until IS NOT NULL"""

_LEASED = f"SELECT source FROM turn WHERE {among('source', 'names')} AND leased_until IS NOT NULL"


class Ended(NamedTuple):
    """How the poll of a source ended: what held `before`, what holds from now on, and when it is polled again."""

    before: SourceState
    state: SourceState
    next_poll: Plan

    @property
    def blames_nobody(self) -> bool:
        """Whether no word of its server came, and it is not known yet whose fault that is."""
        return self.state.unreached_since is not None and self.state.failures == self.before.failures


class Unchanged(NamedTuple):
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
    line = Line.of(session)
    taken: list[SourceState] = []
    for due in _DUE:
        rows = line.each(due, now=text_of(now), never=text_of(now + FARTHEST))
        # Which of them are named is asked here: thousands of names in a statement cost more than all else.
        named = (source_state(row) for row in rows if urls.get(row[0]) == row[_URL])
        taken.extend(islice(named, limit - len(taken)))
        rows.close()
    _change(session, [state.name for state in taken], "leased_until", until)
    return taken


def source_state(row: Sequence[Any]) -> SourceState:
    """`row`: of an answer to STATES."""
    values = list(row[: len(_STATE)])
    for place in _MOMENTS:
        if values[place] is not None:
            values[place] = moment_of(values[place])
    values[_FIRST] = bool(values[_FIRST])
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
    rows = session.connection().execute(select(_SOURCE.c.name, _SOURCE.c.url, _SOURCE.c.moved_to))
    known = {row.name: row for row in rows}
    kept = {name for name, row in known.items() if row.url == urls.get(name)}
    # These have told us of their new address themselves: all that was learnt of them holds.
    moved = {name for name, row in known.items() if row.moved_to and row.moved_to == urls.get(name)} - kept
    one, kept = _SOURCE.c.name == bindparam("source"), kept | moved
    to_new_url = _SOURCE.update().where(one).values(moved_to=None)
    _for_each(session, to_new_url, ({"source": name, "url": urls[name]} for name in moved))
    _for_each(session, _SOURCE.delete().where(one), ({"source": name} for name in known.keys() - kept))
    new = [name for name in urls if name not in kept]
    _for_each(session, _SOURCE.insert(), ({"name": name, "url": urls[name]} for name in new))
    _for_each(session, _TURN.insert(), ({"source": name, "next_poll_at": now} for name in new))


def make_due(session: Session, names: Iterable[str], now: datetime) -> None:
    """Let these be polled now."""
    _change(session, names, "next_poll_at", now)


def _change(session: Session, names: Iterable[str], column: str, value: datetime) -> None:
    statement = f"UPDATE turn SET {column} = :value WHERE {among('source', 'names')}"
    Line.of(session).do(statement, value=text_of(value), names=json.dumps(list(names)))


def _for_each(session: Session, statement: Any, values: Iterable[dict[str, Any]]) -> None:
    """Execute it once for each of these; for none, not at all."""
    if rows := list(values):
        session.connection().execute(statement, rows)


def settle(session: Session, polls: Sequence[Ended | Unchanged]) -> None:
    """Record how polls ended, and what is news of them as their history. The leases end.

    A source that was taken out of the config is no more, and one that was given another URL is another, which nobody
    has leased: of neither anything is recorded.

    Most polls change nothing but their source's turn.
    """
    ended = _leased(session, [poll for poll in polls if isinstance(poll, Ended)])
    line = Line.of(session)
    line.do_each(_LEARNS, [_learnt(poll) for poll in ended])
    line.do_each(_ENDED, [_turn(poll) for poll in polls])
    session.add_all(
        HistoryRow(source=poll.state.name, at=poll.state.polled_at, what=what, says=says)
        for poll in ended
        if poll.state.polled_at
        for what, says in happenings(poll.before, poll.state, poll.next_poll.why)
    )


def _leased(session: Session, polls: Sequence[Ended]) -> list[Ended]:
    """Those whose source is still the one that was polled."""
    if not polls:
        return []
    names = json.dumps([poll.state.name for poll in polls])
    leased = {name for (name,) in Line.of(session).ask(_LEASED, names=names)}
    return [poll for poll in polls if poll.state.name in leased]


def _turn(poll: Ended | Unchanged) -> tuple[str | int | None, ...]:
    """The values for _ENDED."""
    then = poll.next_poll
    planned = text_of(then.at), then.seconds, then.why
    if isinstance(poll, Unchanged):
        ended_at = _ended_at(poll.at)
        return poll.source, ended_at, ended_at, None, *planned
    state = poll.state
    moments = state.polled_at, state.succeeded_at, state.unreached_since
    return state.name, *map(text_of, moments), *planned


_ended_at = lru_cache(1)(text_of)  # those that end together end at one moment


def _learnt(poll: Ended) -> tuple[str | int | None, ...]:
    """The values for _LEARNS."""
    state = poll.state
    values = [getattr(state, name) for name in _LEARNT]
    for place in _LEARNT_MOMENTS:
        if values[place] is not None:
            values[place] = text_of(values[place])
    begun_at = None if state.first else text_of(state.polled_at)
    return state.name, begun_at, _document(state.asks), *values


@lru_cache(1_000)
def _document(asks: Asks) -> str:
    """What `_asks` reads."""
    return json.dumps({name: value for name, value in asdict(asks).items() if value})


def leave_alone(session: Session, url: str, until: Plan) -> None:
    """No source of the server of `url` is polled before then."""
    server = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/"
    there = select(SourceRow.name).where(col(SourceRow.url).startswith(server, autoescape=True))
    session.exec(
        update(TurnRow)
        .where(col(TurnRow.source).in_(there), col(TurnRow.next_poll_at) < until.at)
        .values(next_poll_at=until.at, why=until.why)
    )


def reached_at(session: Session, until: datetime, *, outside: bool) -> datetime | None:
    """When a server was last heard of, whatever it said; by the polls that ended by then.

    `outside`: one that is not in our own network.
    """
    rows = session.exec(
        select(SourceRow.url, TurnRow.polled_at)
        .join(TurnRow)
        .where(col(TurnRow.unreached_since).is_(None), col(TurnRow.polled_at) <= until)
        .order_by(col(TurnRow.polled_at).desc())
        .execution_options(yield_per=20)
    )
    with closing(rows):
        return next((at for url, at in rows if not outside or leads_out(url)), None)


def unreached(session: Session) -> list[tuple[str, datetime]]:
    """Of each feed whose last polls got no word of its server, its URL and when the first of these was."""
    rows = session.exec(
        select(SourceRow.url, TurnRow.unreached_since)
        .join(TurnRow)
        .where(col(TurnRow.unreached_since).is_not(None))
    )
    return [(url, since) for url, since in rows if since]
