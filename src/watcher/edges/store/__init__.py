"""The memory: sources, articles, stories, alerts and the outbox. Every SQL statement of watcher stands in here.

Writes happen in short transactions that lock the database from their first statement (BEGIN IMMEDIATE), so that
what was read is still true when it is written. Sources and deliveries are taken by a lease that expires: whoever
dies holding one loses it, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, update
from sqlmodel import Session, col, func, select

from watcher.core.alerts.pacing import AT_ONCE, Pace
from watcher.core.alerts.routing import Conditions
from watcher.core.alerts.silences import Silence
from watcher.core.forms import Document
from watcher.core.messages import Message
from watcher.core.messages.templates import NO_TEMPLATES, Templates
from watcher.core.messages.troubles import NOBODY, Operators
from watcher.core.model import Article
from watcher.core.sources.polling import SourceState
from watcher.core.upkeep.retention import Limits, Retention, limits, pages_to_return
from watcher.edges.store import (
    burying,
    dialect,
    former,
    known,
    outbox,
    parting,
    pruning,
    silencing,
    sources,
)
from watcher.edges.store.care import Care, Suspect
from watcher.edges.store.causes import translated
from watcher.edges.store.copies import back_up, back_up_before_migration, problems, restore
from watcher.edges.store.former import Carried
from watcher.edges.store.ingest import Ingest
from watcher.edges.store.leases import LEASE
from watcher.edges.store.line import Look
from watcher.edges.store.outbox import Outcome
from watcher.edges.store.place import free_bytes, identity, in_use, running_since, sole_use, unwritable
from watcher.edges.store.pruning import KINDS
from watcher.edges.store.reading import Reading
from watcher.edges.store.removing import remove_brought_by
from watcher.edges.store.rows import ArticleRow, DeliveryRow, FileRow, TurnRow
from watcher.edges.store.schema import HEAD, migrate, refuse_newer, revision
from watcher.edges.store.sources import Ended, Unchanged
from watcher.edges.store.taking import Delivery, take
from watcher.errors import StoreError

__all__ = [
    "KINDS",
    "LEASE",
    "Carried",
    "Delivery",
    "Ended",
    "Ingest",
    "Outcome",
    "Reading",
    "Store",
    "Suspect",
    "Unchanged",
    "back_up",
    "free_bytes",
    "in_use",
    "problems",
    "restore",
    "running_since",
    "sole_use",
    "unwritable",
]

_PORTION = 500  # articles


class Store:
    """A database. Safe to use from many threads; one instance for each process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.path = dialect.path_of(engine)
        self._identity = identity(self.path)
        self._reader = engine.execution_options(reading=True)

    @classmethod
    def open(cls, path: Path) -> Store:
        """The database at `path`, made or migrated where needed. Raises StoreError."""
        try:
            with translated(path):
                engine = dialect.open_file(path)
                _bring_up_to_date(engine, path)
        except OSError as error:
            raise StoreError(
                f"the database {path} cannot be opened: {error.strerror}; check its folder, and who owns it"
            ) from error
        return cls(engine)

    @classmethod
    def open_to_read(cls, path: Path) -> Store:
        """For looking only. Raises StoreError when there is no database yet, or one of another version."""
        if not path.exists() and in_use(path):
            raise _moved(path)
        if not path.exists():
            raise StoreError(f"there is no database at {path} yet; `watcher run` makes it")
        with translated(path):
            engine = dialect.open_file(path, read_only=True)
            found = revision(engine, path)
            if found is None:
                raise StoreError(f"the database {path} is empty; `watcher run` fills it")
            refuse_newer(found, path)
            if found != HEAD:
                raise StoreError(
                    f"the database {path} is an older watcher's; `watcher run` brings it up to date"
                )
        return cls(engine)

    @classmethod
    def open_to_change(cls, path: Path) -> Store:
        """For a change beside a watcher that may run: none is made or migrated. Raises StoreError as `open_to_read`."""
        cls.open_to_read(path).close()
        return cls.open(path)

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def ingest(self) -> Iterator[Ingest]:
        """A transaction for all that a poll learned; an exception undoes it whole."""
        with self._writing() as session:
            yield Ingest(session)

    @contextmanager
    def care(self) -> Iterator[Care]:
        """A transaction for a look at how the sources fare, and what is done about it."""
        with self._writing() as session:
            yield Care(session)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One consistent view, for questions."""
        with self._reading() as session:
            yield Reading(session)

    def lately(
        self, since: datetime, tags: Mapping[str, tuple[str, ...]], most: int
    ) -> Iterator[Sequence[Article]]:
        """The last articles seen since then, at most so many, the latest first, with their pages. `tags`: those of each
        source.

        They come in portions, each of a view of its own: whoever takes long with them holds up nobody.
        """
        place = None
        while most > 0:
            with self.reading() as reading:
                portion, place = reading.latest(since, tags, min(most, _PORTION), place)
            if not portion:
                return
            yield portion
            most -= len(portion)

    # -- sources --------------------------------------------------------------------------------------------

    def set_sources(self, urls: Mapping[str, str], now: datetime) -> None:
        """Make the table hold just these sources: new ones are due now; a changed URL forgets its validators."""
        with self._writing() as session:
            sources.name_them(session, urls, now)

    def forget(self, source: str) -> None:
        """Take all that this source has brought out of the memory, with its stories and alerts."""
        with self._writing() as session:
            remove_brought_by(session, source)

    def release_leases(self) -> None:
        """At the start of the only daemon on this database: whoever held a lease is dead."""
        self.release_sources()
        with self._writing() as session:
            session.exec(
                update(DeliveryRow)
                .where(col(DeliveryRow.state) == "sending")
                .values(state="retry", leased_until=None, maybe_sent=True)
            )

    def release_sources(self) -> None:
        """Let them be polled when they are due, while nobody polls any: who took them last did not come to an end."""
        with self._writing() as session:
            session.exec(update(TurnRow).values(leased_until=None))

    def make_due(self, names: Iterable[str], now: datetime) -> None:
        """Let these sources be polled now, whenever they were last."""
        with self._writing() as session:
            sources.make_due(session, names, now)

    def take_due(self, urls: Mapping[str, str], limit: int, now: datetime) -> list[SourceState]:
        """Lease up to `limit` of these sources (name -> URL) that are due, the longest waiting first."""
        if limit <= 0:
            return []
        with self._writing() as session:
            return sources.take(session, urls, limit, now, now + LEASE)

    def unknown(self, source: str, digests: Mapping[str, str]) -> tuple[set[str], int]:
        """Of entries (key -> digest) the keys of those that are new or rewritten, and how many came under new keys."""
        self._must_be_there()
        with translated(self.path), closing(self.engine.raw_connection()) as connection:
            return known.unknown(Look(connection), source, digests)

    # -- the outbox -----------------------------------------------------------------------------------------

    def tell(self, trouble: Message, receivers: Sequence[str], now: datetime) -> None:
        """Put a message of our own into the outbox, unless its key was told already."""
        with self._writing() as session:
            outbox.tell(session, trouble, receivers, now)

    def tell_operator(self, trouble: Message, operators: Operators, now: datetime) -> None:
        """Put a trouble of our own into the outbox for who is to hear of it, unless its key was told already."""
        with self._writing() as session:
            outbox.tell_operator(session, trouble, operators, now)

    def bury(
        self, operators: Callable[[], Operators], spared: Collection[str], now: datetime
    ) -> Message | None:
        """Give up what waits for receivers other than these: nobody would ever send it. Returns what the operator is
        told of it; None where nothing waited.

        `operators`: asked while nobody else can write, so that what waits for one that has just come is safe.
        """
        with self._writing() as session:
            return burying.bury(session, operators(), spared, now)

    def take_delivery(self, receiver: str, now: datetime, pace: Pace = AT_ONCE) -> Delivery | None:
        """Lease the next message that is due to a receiver, the most severe and then the oldest first.

        `pace`: when the receiver wants its messages; several alerts may go as one digest.
        """
        with self._writing() as session:
            return take(session, receiver, now, pace)

    def settle_delivery(
        self, delivery: Delivery, outcome: Outcome, now: datetime, operators: Operators = NOBODY
    ) -> None:
        """Record what came of a try; the operator is told of a receiver's trouble."""
        with self._writing() as session:
            outbox.settle(session, delivery, outcome, now, operators)

    def resend(self, key: str, receiver: str | None, now: datetime) -> list[str]:
        """Have an alert tried again from now on; returns for which receivers. Raises StoreError where for none."""
        with self._writing() as session:
            return outbox.resend(session, key, receiver, now)

    def drop(self, key: str, receiver: str | None, reason: str) -> list[str]:
        """Have an alert tried no more; returns for which receivers. Raises StoreError where for none."""
        with self._writing() as session:
            return outbox.drop(session, key, receiver, reason)

    def outbox(self, states: Sequence[str], receiver: str | None, limit: int) -> tuple[list[Document], int]:
        """What is in one of these states, for one receiver or all, at most `limit`; and how many there are."""
        with self._reading() as session:
            return outbox.listed(session, states, receiver, limit)

    def receivers(self) -> dict[str, Document]:
        """Receiver -> how many alerts it has in each state, and how it fares."""
        with self._reading() as session:
            return outbox.receivers(session)

    # -- silences -------------------------------------------------------------------------------------------

    def silence(
        self, conditions: Conditions, receivers: Sequence[str], now: datetime, until: datetime, reason: str
    ) -> Silence:
        """From now on spare these receivers, or all, what is like that."""
        with self._writing() as session:
            return silencing.add(session, conditions, receivers, now, until, reason)

    def end_silence(self, number: int, now: datetime) -> int:
        """End one now; returns how many receivers are told what it hid. Raises StoreError where it does not hold."""
        with self._writing() as session:
            return silencing.cut_short(session, number, now)

    def end_silences(self, now: datetime) -> int:
        """End those whose time has come, and tell who was spared what they hid; returns how many there were."""
        with self._reading() as session:
            if not silencing.any_due(session, now):
                return 0
        with self._writing() as session:
            return silencing.end_due(session, now)

    def silences(self, now: datetime) -> list[Document]:
        """All there were, the latest first, each with how many alerts it hides or hid."""
        with self._reading() as session:
            return silencing.listed(session, now)

    # -- stories ---------------------------------------------------------------------------------------------

    def split(
        self, key: str, articles: Sequence[int], now: datetime, templates: Templates = NO_TEMPLATES
    ) -> str:
        """Make these articles of a story another story, whose key is returned; for good. Raises StoreError."""
        with self._writing() as session:
            return parting.split(session, key, articles, now, templates)

    def merge(self, keys: Sequence[str]) -> None:
        """Make all these stories the first of them; for good. Raises StoreError."""
        with self._writing() as session:
            parting.merge(session, keys)

    # -- folders --------------------------------------------------------------------------------------------

    def known_files(self, source: str) -> dict[str, str]:
        """Name -> signature of the files that were read or set aside."""
        with self._reading() as session:
            rows = session.exec(select(FileRow.name, FileRow.signature).where(FileRow.source == source))
            return dict(rows.all())

    # -- pruning ---------------------------------------------------------------------------------------------

    def limits(self, kept: Retention, now: datetime) -> Limits:
        """From when on things are kept."""
        with self._reading() as session:
            return limits(kept, now, lambda number: pruning.seen_at(session, number))

    def prunable(self, limits: Limits) -> dict[str, int]:
        """How many of each of KINDS are kept no longer."""
        with self._reading() as session:
            return pruning.counts(session, limits)

    def prune(self, kind: str, limits: Limits) -> int:
        """Remove a portion of one of KINDS that is kept no longer; how many there were."""
        with self._reading() as session:
            if not pruning.chosen(session, kind, limits):
                return 0
        with self._writing() as session:
            going = pruning.chosen(session, kind, limits)
            KINDS[kind].remove(session, going)
            return len(going)

    def keep_keys_of(self, sources: Collection[str], now: datetime) -> None:
        """From now on nobody carries what sources other than these brought."""
        with self._writing() as session:
            former.without(session, sources, now)

    def last_seen_at(self) -> datetime | None:
        """When the last article came."""
        with self._reading() as session:
            return session.exec(select(func.max(ArticleRow.seen_at))).one()

    def reserve(self) -> None:
        """Keep some room on the disk for what is written of alerts that wait, however full it gets."""
        with translated(self.path):
            dialect.reserve(self.engine)

    def tidy(self) -> None:
        """Let the database learn how it is asked, and give back to the disk what it will not soon need again."""
        with translated(self.path):
            dialect.tidy(self.engine, pages_to_return)

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with self._session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with self._session(self._reader) as session:
            yield session

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        self._must_be_there()
        with translated(self.path), Session(engine, expire_on_commit=False) as session:
            yield session

    def _must_be_there(self) -> None:
        if identity(self.path) != self._identity:
            raise _moved(self.path)


def _moved(path: Path) -> StoreError:
    return StoreError(
        f"the database {path} was moved, removed or replaced while watcher runs; put it back, or stop watcher and "
        f"start it anew"
    )


def _bring_up_to_date(engine: Engine, path: Path) -> None:
    found = revision(engine, path)
    if found is not None:
        refuse_newer(found, path)
    dialect.keep_journal(engine)
    if found == HEAD:
        return
    if found is not None:
        back_up_before_migration(path, HEAD)
    migrate(engine)
