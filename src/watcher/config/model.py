"""The tables and keys that config.toml may hold, with their types, defaults and meaning.

This is what the file says, one value at a time; what stands under [[rules]] is in rule_tables.py. What it means as a
whole (receivers that exist, names given once) is in checks.py; what the program gets from it is in settings.py.
Descriptions are written for the reader of the file, and the examples are shown to who wrote something else.
"""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field, StrictBool

from watcher.config import values
from watcher.config.receiver_tables import ReceiverTable
from watcher.config.route_tables import RouteTable
from watcher.config.rule_tables import RuleTable
from watcher.config.table import Table


class PollingTable(Table):
    """How sources are polled. Each key can be overridden on a source."""

    every: values.Interval = Field(
        default=timedelta(minutes=15),
        description="time between two polls of an ordinary feed: one with two to 24 entries a day",
        examples=["15m"],
    )
    min_interval: values.Interval | None = Field(
        default=None,
        description="the least time between two polls, of a busy feed; a third of `every` unless set",
        examples=["5m"],
    )
    max_interval: values.Interval | None = Field(
        default=None,
        description="the most time between two polls, of a quiet feed, or where its server asks for it; "
        "four times `every`, a day at most, unless set",
        examples=["1h"],
    )
    timeout: values.Patience = Field(
        default=timedelta(seconds=30),
        description="the longest a whole fetch may take, redirects and slow servers included",
        examples=["30s"],
    )
    max_age: values.Age = Field(
        default=timedelta(days=3),
        description="articles older than this are stored, but never alerted",
        examples=["3d"],
    )
    first_poll_age: values.FirstAge | None = Field(
        default=None,
        description="on the very first poll of a feed only articles this fresh may alert; "
        "1d, or max_age where that is shorter",
        examples=["1d"],
    )
    contact: values.Contact | None = Field(
        default=None,
        description="told to the servers you poll, so that they can reach you before they block you",
        examples=["desk@example.org"],
    )


class SourceTable(Table):
    """Something polled: a feed (url) or a folder."""

    name: values.Text = Field(description="how alerts and commands call it", examples=["UN News"])
    url: values.FeedUrl | None = Field(
        default=None, description="the feed's address", examples=["https://example.org/feed.xml"]
    )
    folder: values.Path | None = Field(
        default=None,
        description="a folder whose .txt, .md, .html, .json and .jsonl files are read",
        examples=["seeds"],
    )
    tags: tuple[values.Text, ...] = Field(default=(), description="words of your choice", examples=[["un"]])
    every: values.Interval | None = Field(
        default=None,
        description="poll it just so often, whatever its history and its server say",
        examples=["10m"],
    )
    timeout: values.Patience | None = Field(
        default=None, description="give it more or less time than [polling] says", examples=["30s"]
    )
    max_age: values.Age | None = Field(
        default=None,
        description="let older articles of it alert, too; a folder has no limit unless set",
        examples=["7d"],
    )
    allow_private: StrictBool = Field(
        default=False,
        description="it lives on this machine or in your own network; else such addresses are refused",
    )
    full_text: StrictBool = Field(
        default=True,
        description="fetch the page of an article that may report a vote, where the feed carries a teaser only",
    )
    enabled: StrictBool = Field(default=True, description="false: keep it here, but leave it alone")


class EntityTable(Table):
    """Names of one thing, added to those that watcher knows."""

    names: tuple[values.Text, ...] = Field(
        default=(), description="names, as in keywords", examples=[["Israel", "=IDF"]]
    )
    not_names: tuple[values.Text, ...] = Field(
        default=(), description="longer names that must not count", examples=[["National Security Council"]]
    )


class HeartbeatTable(Table):
    """A sign of life for a service that alarms you when it stops. None is given while something is wrong inside."""

    url: values.Text = Field(
        description="asked for each time; ${NAME} stands for a secret",
        examples=["https://hc-ping.com/${HEARTBEAT}"],
    )
    every: values.Interval = Field(default=timedelta(minutes=5), description="how often", examples=["5m"])
    allow_private: StrictBool = Field(
        default=False, description="it lives in your own network; else such addresses are refused"
    )


class RetentionTable(Table):
    """How long things are kept."""

    articles: values.Keeping = Field(
        default=timedelta(days=30),
        description="articles that no rule wanted; then they are known by their key only, and never new again",
        examples=["30d"],
    )
    most_articles: values.Count = Field(
        default=200_000,
        description="of these at most so many, whatever their age",
        examples=[200_000],
    )
    deliveries: values.Keeping = Field(
        default=timedelta(days=365),
        description="whom an alert reached, and the form in which; what it said is kept with its story",
        examples=["365d"],
    )
    stories: values.Keeping = Field(
        default=timedelta(days=3650),
        description="stories and votes, with their articles and alerts, since they were last told of",
        examples=["3650d"],
    )


class File(Table):
    """The whole of config.toml."""

    database: values.Path = Field(
        default="watcher.db",
        description="where the memory is kept (SQLite), relative to the state folder; `watcher paths` tells",
        examples=["watcher.db"],
    )
    min_free_mb: values.Count = Field(
        default=200,
        description="so many megabytes of its disk are left free: below that nothing new is read, and alerts still go",
        examples=[200],
    )
    operator: values.Text | None = Field(
        default=None,
        description="the receiver that is told of watcher's own troubles, by name; the first one unless set",
        examples=["desk"],
    )
    listen: values.Listen | None = Field(
        default=None,
        description="where monitors may look in: a port of this machine, or a socket; nowhere unless set",
        examples=["127.0.0.1:9188", "unix:/run/watcher/http.sock"],
    )
    heartbeat: HeartbeatTable | None = Field(
        default=None,
        description="a url to be asked for as long as all is well",
        examples=[{"url": "https://hc-ping.com/${HEARTBEAT}", "every": "5m"}],
    )
    polling: PollingTable = Field(default=PollingTable(), description="how sources are polled")
    retention: RetentionTable = Field(default=RetentionTable(), description="how long things are kept")
    sources: tuple[SourceTable, ...] = Field(default=(), description="feeds and folders")
    entities: dict[values.Text, EntityTable] = Field(
        default={}, description="names of things, by the thing's id"
    )
    rules: tuple[RuleTable, ...] = Field(default=(), description="which articles alert whom")
    routes: tuple[RouteTable, ...] = Field(
        default=(),
        description="who is told of what: the first that takes an alert says so; where none does, its rules do",
    )
    receivers: dict[values.Text, ReceiverTable] = Field(default={}, description="where alerts go, by name")
