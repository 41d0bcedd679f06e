"""What is looked at now and then: which servers are heard of, and which sources ail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select, update

from watcher.core.messages import Message
from watcher.core.messages.troubles import Operators
from watcher.core.sources.polling import SourceState
from watcher.edges.store import outbox
from watcher.edges.store.line import Line, moment_of, text_of
from watcher.edges.store.mending import mend
from watcher.edges.store.rows import HistoryRow, SourceRow, TurnRow
from watcher.edges.store.sources import STATES, reached_at, source_state, unreached

_SUSPICIOUS = (
    f"{STATES} WHERE failures > 0 OR unreached_since IS NOT NULL OR told IS NOT NULL"
    " OR last_entry_at < :silent_since"
)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A feed that may be in trouble. `told`: the state that the operator knows of. `watched_since`: the first poll that
    brought entries.
    """

    state: SourceState
    told: str | None
    watched_since: datetime | None


class Care:
    """Questions, and what becomes of the answers, inside one transaction; made by Store.care()."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def reached_at(self, now: datetime) -> datetime | None:
        """When a server outside of our own network was last heard of, whatever it said."""
        return reached_at(self._session, now, outside=True)

    def unreached(self) -> list[tuple[str, datetime]]:
        """Of each feed whose last polls got no word of its server, its URL and when the first of these was."""
        return unreached(self._session)

    def clocks(self, since: datetime) -> list[tuple[str, int]]:
        """Of each feed heard since then its URL, and the seconds by which its server's clock is ahead of ours."""
        heard = col(TurnRow.unreached_since).is_(None), col(TurnRow.polled_at) > since
        asked = select(SourceRow.url, SourceRow.clock_off).join(TurnRow).where(*heard)
        return list(self._session.exec(asked))

    def clocks_differ(self) -> bool:
        """Whether the clock of any server is another than ours."""
        return (
            self._session.exec(select(SourceRow.name).where(SourceRow.clock_off != 0).limit(1)).first()
            is not None
        )

    def told_at(self, begins: str, ends: str) -> datetime | None:
        """When that happened to this machine of which the operator was told that it begins, but not that it ends."""
        last = self._session.exec(
            select(HistoryRow)
            .where(col(HistoryRow.source).is_(None), col(HistoryRow.what).in_((begins, ends)))
            .order_by(col(HistoryRow.id).desc())
            .limit(1)
        ).first()
        return last.at if last and last.what == begins else None

    def suspects(self, silent_since: datetime) -> list[Suspect]:
        """Each feed that fails, has brought nothing since then, or that the operator was told of."""
        rows = Line.of(self._session).ask(_SUSPICIOUS, silent_since=text_of(silent_since))
        return [
            Suspect(source_state(row), told, watched_since and moment_of(watched_since))
            for row in rows
            for told, watched_since in [row[-2:]]
        ]

    def mend(self, now: datetime) -> bool:
        """Whether a clock that was ahead has left anything behind; from now on nothing waits for it."""
        return mend(self._session, now)

    def happened(self, what: str, at: datetime, says: str) -> None:
        """To this machine: its network, its clock."""
        self._session.add(HistoryRow(at=at, what=what, says=says))

    def know(self, told: Mapping[str, str | None]) -> None:
        """Source -> the state that the operator knows of; None where of none."""
        for name, state in told.items():
            self._session.exec(update(SourceRow).where(col(SourceRow.name) == name).values(told=state))

    def tell(self, trouble: Message, operators: Operators, now: datetime) -> None:
        outbox.tell_operator(self._session, trouble, operators, now)
