"""The straight way to the database, for what is asked and written with every article.

SQLAlchemy needs several times as long to put such a statement together as SQLite to carry it out.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from typing import Any, Protocol

from sqlalchemy import PoolProxiedConnection
from sqlalchemy.dialects.sqlite import pysqlite
from sqlmodel import Session, SQLModel, UTCDateTime

_DRIVER = pysqlite.dialect()


class Asked(Protocol):
    """Who answers a question."""

    def ask(self, question: str, **values: str | int | None) -> Sequence[Any]:
        """The rows that answer a question in SQL. `values`: of its `:names`."""


class Look:
    """Outside of any transaction, on a connection of the pool: each answer is of the moment."""

    def __init__(self, connection: PoolProxiedConnection) -> None:
        self._connection = connection

    def ask(self, question: str, **values: str | int | None) -> Sequence[Any]:
        cursor = self._connection.cursor()
        cursor.execute(question, values)
        return cursor.fetchall()


class Line:
    """Inside of a transaction that somebody else begins and ends. `connection`: of the driver."""

    def __init__(self, connection: PoolProxiedConnection) -> None:
        self._connection = connection

    @classmethod
    def of(cls, session: Session) -> Line:
        """It sees what was added to the session so far."""
        session.flush()
        return cls(session.connection().connection)

    def ask(self, question: str, **values: str | int | None) -> Sequence[Any]:
        rows: Sequence[Any] = self._carry_out(question, values).fetchall()
        return rows

    def each(self, question: str, **values: str | int | None) -> Generator[Sequence[Any]]:
        """The rows, as they are wanted: the rest are never read."""
        with closing(self._carry_out(question, values)) as cursor:
            yield from cursor

    def add(self, kind: type[SQLModel], row: Mapping[str, Any]) -> int:
        """A row of a table, with a value for each column but its id, which is returned."""
        statement, forms = _adding(kind, tuple(row))
        number: int = self._carry_out(statement, _in_form(row, forms)).lastrowid
        return number

    def add_all(self, kind: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
        """Rows of a table, which have values for the same columns."""
        if rows:
            statement, forms = _adding(kind, tuple(rows[0]))
            self._carry_out_each(statement, [_in_form(row, forms) for row in rows])

    def change(self, kind: type[SQLModel], number: int, values: Mapping[str, Any]) -> None:
        """Other values for the row with this id."""
        _, forms = _adding(kind, tuple(values))
        changed = ", ".join(f"{name} = :{name}" for name in values)
        statement = f"UPDATE {kind.__tablename__} SET {changed} WHERE id = :id"
        self._carry_out(statement, {**_in_form(values, forms), "id": number})

    def do(self, statement: str, **values: str | int | None) -> None:
        """Carry out what has no answer."""
        self._carry_out(statement, values)

    def do_each(self, statement: str, rows: Sequence[tuple[str | int | None, ...]]) -> None:
        """Carry it out once for each row of values, which stand in it as `?1`, `?2`."""
        self._carry_out_each(statement, rows)

    def remove(self, kind: type[SQLModel], column: str, value: int) -> None:
        """The rows that have this value."""
        statement = f"DELETE FROM {kind.__tablename__} WHERE {column} = :value"
        self._carry_out(statement, {"value": value})

    def _carry_out(self, statement: str, values: Mapping[str, Any]) -> Any:
        cursor = self._connection.cursor()
        cursor.execute(statement, values)
        return cursor

    def _carry_out_each(self, statement: str, rows: Sequence[Any]) -> None:
        with closing(self._connection.cursor()) as cursor:
            cursor.executemany(statement, rows)


def in_form(kind: type[SQLModel], column: str, value: Any) -> Any:
    """A value as that column keeps it, for a question."""
    _, forms = _adding(kind, (column,))
    return forms[column](value) if column in forms else value


def text_of(moment: datetime | None) -> Any:
    """How a moment is kept; in a third of SQLAlchemy's time where it is of UTC, as nearly all are."""
    if moment is None or moment.tzinfo is not UTC:
        return _text_of_any(moment)
    return moment.isoformat(" ", "microseconds")[: len("2026-11-22 03:21:20.123456")]


def moment_of(text: str) -> datetime:
    """The moment that is kept as this text. To read its zone, too, takes a seventh of the time of replace()."""
    return datetime.fromisoformat(text + "+00:00")


_text_of_any: Any = UTCDateTime().dialect_impl(_DRIVER).bind_processor(_DRIVER)

_Forms = Mapping[str, Callable[[Any], Any]]


@cache
def _adding(kind: type[SQLModel], columns: tuple[str, ...]) -> tuple[str, _Forms]:
    """The statement, and how the values are kept that SQLite does not know: moments and JSON."""
    names, values = ", ".join(columns), ", ".join(f":{name}" for name in columns)
    kept = kind.__table__.c  # type: ignore[attr-defined]
    types = {name: kept[name].type.dialect_impl(_DRIVER) for name in columns}
    forms = {name: form for name, each in types.items() if (form := each.bind_processor(_DRIVER))}
    forms |= {name: text_of for name, each in types.items() if isinstance(each, UTCDateTime)}
    return f"INSERT INTO {kind.__tablename__} ({names}) VALUES ({values})", forms


def _in_form(row: Mapping[str, Any], forms: _Forms) -> dict[str, Any]:
    kept = dict(row)
    for name, form in forms.items():
        kept[name] = form(kept[name])
    return kept
