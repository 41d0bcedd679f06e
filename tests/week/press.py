"""A press that never was: feeds that publish, rest, fail and move, all of it decided by a seed and a moment.

What a feed answers depends on nothing but the moment, so that the list of what was published, and of which events
were told, is known before anybody has polled.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache

START = datetime(2026, 3, 2, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BEFORE = 2 * DAY  # a feed that is new to us has a past
HELD = 25  # entries in a feed

# The whole network is away once, and long enough for the operator to hear of it.
OUTAGE = (3 * DAY + 2 * HOUR, 3 * DAY + 7 * HOUR)
# What a server that fails says, for hours; None: it hangs up.
FAILURES = (500, 503, None)

_TOPICS_IN_A_ROW = (
    "whaling satellites cocoa libraries malaria glaciers railways bees lighthouses tides volcanoes seeds "
    "bridges forests orchids comets dialects ferries canals pollen"
)
_WORDS_IN_A_ROW = (
    "morning harbour window garden quiet long road winter light river market stone paper bread silver train "
    "coffee music field painter village weather storm summer museum kitchen season ticket player coach match "
    "goal runner stadium recipe butter apple orchard farmer tractor harvest price shop street lamp bicycle "
    "engine wheel factory worker school teacher pupil holiday beach island boat captain sailor fish net "
    "mountain snow ski lift cable guide hotel guest concert singer piano theatre actor film director scene "
    "novel reader poem letter stamp post clock tower square fountain bench dog cat horse bird forest oak"
)
_TOPICS, _WORDS = _TOPICS_IN_A_ROW.split(), _WORDS_IN_A_ROW.split()


@dataclass(frozen=True, slots=True)
class Entry:
    """`at`: since START. `event`: the number of the event it tells of; None for what nobody asked for."""

    at: timedelta
    guid: str
    title: str
    text: str
    event: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` None: the connection ends without a word."""

    status: int | None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Feed:
    """`rate`: entries a day. `validates`: knows conditional requests. `odd`: what is special about it, if anything.

    `failing`: from when to when its server fails, and how.
    """

    number: int
    rate: float
    validates: bool
    odd: str = ""
    failing: tuple[timedelta, timedelta, int | None] | None = None
    entries: list[Entry] = field(default_factory=list)
    moments: list[timedelta] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"feed {self.number}"

    @property
    def host(self) -> str:
        return f"outlet{self.number}.test"

    def tell(self, entries: Sequence[Entry]) -> None:
        self.entries = sorted([*self.entries, *entries], key=lambda entry: entry.at)
        self.moments = [entry.at for entry in self.entries]

    def answer(self, path: str, at: timedelta, validator: str | None) -> Answer:
        """What is answered to a request for this path at that moment."""
        if self.failing and self.failing[0] <= at < self.failing[1]:
            return Answer(self.failing[2])
        if self.odd == "gone" and at >= 2 * DAY:
            return Answer(410)
        if self.odd == "moved" and at >= DAY and path == "/feed":
            return Answer(301, {"Location": "/moved"})
        if self.odd == "busy server" and DAY <= at < DAY + 3 * HOUR:
            return Answer(429, {"Retry-After": "7200"})
        last = bisect_right(self.moments, at)
        etag = f'"{self.number}-{last}"'
        headers = {"ETag": etag} if self.validates else {}
        if self.odd == "fresh for half an hour":
            headers["Cache-Control"] = "max-age=1800"
        if self.validates and validator == etag:
            return Answer(304, headers)
        return Answer(200, headers, _body(self, last))


@lru_cache(1_000)
def _xml(entry: Entry) -> str:
    return (
        f"<item><guid isPermaLink='false'>{entry.guid}</guid><title>{entry.title}</title>"
        f"<link>http://127.0.0.1:9/{entry.guid}</link><pubDate>{format_datetime(START + entry.at)}</pubDate>"
        f"<description>{entry.text}</description></item>"
    )


def _body(feed: Feed, last: int) -> bytes:
    items = "".join(_xml(entry) for entry in reversed(feed.entries[max(0, last - HELD) : last]))
    ttl = "<ttl>60</ttl>" if feed.odd == "ttl of an hour" else ""
    head = f"<title>{feed.name}</title><link>http://{feed.host}/</link><description>News</description>{ttl}"
    return f"<rss version='2.0'><channel>{head}{items}</channel></rss>".encode()


@dataclass(frozen=True)
class Press:
    feeds: tuple[Feed, ...]
    events: int

    def published(self, since: timedelta, until: timedelta) -> int:
        """How many entries, of all feeds, that tell of no event."""
        return sum(
            entry.event is None and since <= entry.at <= until
            for feed in self.feeds
            for entry in feed.entries
        )


ODD = ("gone", "moved", "busy server", "fresh for half an hour", "ttl of an hour")


def press(feeds: int, lasts: timedelta, events: int, seed: int) -> Press:
    """All that is published, from BEFORE the start to the end. Each event is told by three to five of the feeds that
    are always well.
    """
    chance = random.Random(seed)
    all_feeds = [_feed(number, lasts, chance) for number in range(feeds)]
    well = [feed for feed in all_feeds if not feed.odd and not feed.failing]
    told: dict[int, list[Entry]] = {}
    for event in range(events):
        at = HOUR + (lasts - 8 * HOUR) * (event + chance.random()) / events
        for feed in chance.sample(well, min(chance.randint(3, 5), len(well))):
            entry = _report(event, at + chance.random() * 2 * HOUR, feed, chance)
            told.setdefault(feed.number, []).append(entry)
    for feed in all_feeds:
        feed.tell([*_entries(feed, lasts, chance), *told.get(feed.number, [])])
    return Press(tuple(all_feeds), events)


def _feed(number: int, lasts: timedelta, chance: random.Random) -> Feed:
    kind = chance.random()
    rate = chance.uniform(0.5, 1.5) if kind < 0.6 else chance.uniform(3, 12)
    rate = rate if kind < 0.97 else chance.uniform(30, 50)
    feed = Feed(number, rate, validates=chance.random() < 0.8, odd=ODD[number] if number < len(ODD) else "")
    if not feed.odd and chance.random() < 0.06:
        since = lasts * chance.random()
        feed.failing = (since, since + HOUR * chance.uniform(2, 9), chance.choice(FAILURES))
    return feed


def _entries(feed: Feed, lasts: timedelta, chance: random.Random) -> Iterator[Entry]:
    at = -BEFORE
    while (at := at + DAY * chance.expovariate(feed.rate)) < lasts:
        guid = f"{feed.number}-{int(at.total_seconds() * 1000)}"
        title = " ".join(chance.choices(_WORDS, k=7)).capitalize()
        text = " ".join(chance.choices(_WORDS, k=chance.randint(40, 160)))
        yield Entry(at, guid, f"{title} {chance.randrange(10**6)}", text)


def tally(event: int) -> str:
    """By which an event is known."""
    return f"{100 + event % 60}-{3 + event // 60}-{20 + event % 7}"


def _report(event: int, at: timedelta, feed: Feed, chance: random.Random) -> Entry:
    """One of several wordings; the facts are the same in all."""
    topic = f"{_TOPICS[event % len(_TOPICS)]} {event}"
    favour, against, abstained = tally(event).split("-")
    count = f"{favour} in favour to {against} against, with {abstained} abstentions"
    title = chance.choice(
        (
            f"General Assembly votes on {topic}",
            f"UN Assembly adopts text on {topic}",
            f"{topic.capitalize()}: UN General Assembly backs a resolution",
        )
    )
    text = (
        f"The UN General Assembly adopted a resolution on {topic} by a vote of {count}. {feed.name} reports."
    )
    return Entry(at, f"event-{event}-{feed.number}", title, text, event)
