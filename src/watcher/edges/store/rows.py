"""The tables. Rows never leave the store: what goes in and comes out are the values of watcher.core.

A change here needs a migration in migrations/versions, and a test holds the two equal.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import JSON, Field, Index, SQLModel, UniqueConstraint

Json = list[Any] | dict[str, Any]


class SourceRow(SQLModel, table=True):
    """What polling a source has taught us. Its URL is the config's; `url` is the one these validators are of."""

    __tablename__ = "source"

    name: str = Field(primary_key=True)
    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    warning: str | None = None  # why the body with this hash was only partly read
    marks: str | None = (
        None  # of its entries, parted by spaces (core.formats.feeds); None where they are to be read
    )
    baseline_at: datetime | None = None  # the first poll that brought entries; before it, nothing is known
    failures: int = 0  # in a row
    error: str | None = None  # of the last poll, or why it was only partly read
    failing_since: datetime | None = None
    pace: float | None = None  # entries a day lately
    counted_at: datetime | None = None
    last_entry_at: datetime | None = None
    gap_at: datetime | None = None  # entries may have been missed
    renamed_at: datetime | None = None  # all entries came under new ids
    clock_off: int = 0  # seconds by which its server has lost the time
    moved_to: str | None = None  # where it says that it lives now
    asks: Json = Field(default={}, sa_type=JSON)  # core.sources.hints.Asks
    told: str | None = None  # the state that the operator was told of, until it is over


class TurnRow(SQLModel, table=True):
    """When a source was polled last, and when it is next: all that is written of a poll that finds nothing new.

    A table of its own, for what polling has taught is long, and SQLite writes whole pages.
    """

    __tablename__ = "turn"
    __table_args__ = (Index("ix_turn_unreached_since_polled_at", "unreached_since", "polled_at"),)

    source: str = Field(primary_key=True, foreign_key="source.name", ondelete="CASCADE")
    next_poll_at: datetime = Field(index=True)
    leased_until: datetime | None = None
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    unreached_since: datetime | None = None  # since then no word of its server: its fault, or our network's
    interval: int | None = None  # seconds: as it is meant, without failures and chance
    why: str = ""  # that interval, in words


class HistoryRow(SQLModel, table=True):
    """What happened to a source, or, where none is named, to this machine: its network, its clock."""

    __tablename__ = "history"
    __table_args__ = (Index("ix_history_source_at", "source", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    source: str | None = None
    at: datetime = Field(index=True)
    what: str
    says: str


class FileRow(SQLModel, table=True):
    """A file of a drop folder that was read, or set aside with the reason."""

    __tablename__ = "file"

    source: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    signature: str
    error: str | None = None
    lost: int = 0  # how often its parser was lost, in a row


class StoryRow(SQLModel, table=True):
    __tablename__ = "story"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    title: str
    first_at: datetime
    last_at: datetime = Field(index=True)
    rules: Json = Field(sa_type=JSON)
    words: Json = Field(sa_type=JSON)
    told: Json = Field(sa_type=JSON)  # the receivers that have had an alert of it
    merged_into: int | None = Field(
        default=None, foreign_key="story.id"
    )  # by a person; its words still find it
    heard: str | None = None  # what its reports say, in short (testimonies); None where that is to be made


class VoteRow(SQLModel, table=True):
    """A vote of a story as all its reports together tell it; `number` is its place in the story, 0 the main one."""

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("story_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    story_id: int = Field(foreign_key="story.id")
    number: int
    at: datetime = Field(index=True)  # of the first report
    facts: Json = Field(sa_type=JSON)


class TraceRow(SQLModel, table=True):
    """The index of stories: what a report must share with one to be compared with it (core.stories.traces)."""

    __tablename__ = "trace"
    __table_args__ = (Index("ix_trace_trace_at", "trace", "at", "story_id"), {"sqlite_with_rowid": False})

    story_id: int = Field(primary_key=True, foreign_key="story.id")
    trace: str = Field(primary_key=True)
    at: datetime  # when the story began


class PageRow(SQLModel, table=True):
    """The page of a candidate whose feed told too little: its text, or why there is none."""

    __tablename__ = "page"

    url: str = Field(primary_key=True)
    text: str | None = None
    error: str | None = None
    attempts: int = 0
    fetched_at: datetime = Field(index=True)


class ArticleRow(SQLModel, table=True):
    """`digest` tells whether the source has rewritten it; `decision` and `reason` what came of it."""

    __tablename__ = "article"
    __table_args__ = (
        UniqueConstraint("source", "key"),
        Index("ix_article_source_digest", "source", "digest"),
        Index("ix_article_story_id_seen_at", "story_id", "seen_at"),
        Index("ix_article_source_published_at", "source", "published_at", "seen_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source: str
    key: str
    digest: str
    title: str
    text: str
    url: str | None
    language: str | None
    published_at: datetime | None
    seen_at: datetime = Field(index=True)
    story_id: int | None = Field(default=None, foreign_key="story.id")
    rank: int = 0  # of its source, where sources disagree: 0 is the best (core.stories.outlets)
    by_hand: bool = False  # a person has put it into its story: there it stays
    decision: str | None = None  # new | update | correction; None where nobody was told
    reason: str
    votes: Json = Field(sa_type=JSON)


class FormerRow(SQLModel, table=True):
    """What is left of an article that is kept no longer, so that it is not new again. `key`: short, by core.keys."""

    __tablename__ = "former"
    __table_args__ = (Index("ix_former_source_digest", "source", "digest"), {"sqlite_with_rowid": False})

    source: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    digest: str
    gone_at: datetime | None = None  # since then its feed carries it no more


class MatchRow(SQLModel, table=True):
    __tablename__ = "match"

    article_id: int = Field(primary_key=True, foreign_key="article.id")
    rule_id: str = Field(primary_key=True)
    rule_name: str
    severity: str
    evidence: Json = Field(sa_type=JSON)


class AlertRow(SQLModel, table=True):
    """A decision to tell someone, in the words in which it is told."""

    __tablename__ = "alert"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    story_id: int | None = Field(
        default=None, foreign_key="story.id", index=True
    )  # None: a trouble of our own
    article_id: int | None = Field(default=None, foreign_key="article.id", index=True)
    kind: str  # new | update | correction | trouble | digest | silence
    severity: str
    decided_at: datetime = Field(index=True)
    subject: str
    text: str
    html: str
    slack: Json = Field(sa_type=JSON)
    rules: Json = Field(sa_type=JSON)
    reason: str


WAITING = ("pending", "retry", "sending")  # states of a delivery that is still to come


class DeliveryRow(SQLModel, table=True):
    """The outbox: one alert to one receiver.

    pending -> sending(leased_until) -> sent | retry(due_at) | dead(error);  waiting or dead -> suppressed(error)

    What a digest brings waits as `pending` for what becomes of the digest, and then shares it.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("alert_id", "receiver"),
        Index("ix_delivery_receiver_sent_at", "receiver", "sent_at"),
        Index("ix_delivery_state_receiver_due_at", "state", "receiver", "due_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    alert_id: int = Field(foreign_key="alert.id")
    receiver: str
    state: str
    digest_id: int | None = Field(
        default=None, foreign_key="alert.id", index=True
    )  # the alert that brings it
    silence_id: int | None = Field(default=None, foreign_key="silence.id", index=True)  # what hides it
    by_hand: bool = False  # a person wants it sent now, by itself
    attempts: int = 0
    created_at: datetime
    due_at: datetime
    leased_until: datetime | None = None
    maybe_sent: bool = False  # a try ended without our learning its outcome: a later one may be a second copy
    sent_at: datetime | None = None
    error: str | None = None


class SilenceRow(SQLModel, table=True):
    """What a person does not want to hear of until then (core.alerts.silences)."""

    __tablename__ = "silence"

    id: int | None = Field(default=None, primary_key=True)
    conditions: Json = Field(sa_type=JSON)
    receivers: Json = Field(sa_type=JSON)  # who is spared; all where it is empty
    since: datetime
    until: datetime
    reason: str
    ended_at: datetime | None = Field(
        default=None, index=True
    )  # and those who were spared were told what it hid


class ReceiverRow(SQLModel, table=True):
    """How a receiver has fared since it last took a message; one that is well needs no row."""

    __tablename__ = "receiver"

    name: str = Field(primary_key=True)
    failing_since: datetime | None = None
    told_at: datetime | None = None  # when the operator was told
    quiet_until: datetime | None = None  # it asked to be left alone (Retry-After)
