"""A day in the life of feeds, by a clock that is an argument: servers die, ask for peace, change all, lose the time.

The servers, the database and the parsers are real; only the hours are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from tests.edges.feed_server import FeedServer
from tests.world import RULES
from watcher import app
from watcher.config import Source
from watcher.core.rules import RuleSet
from watcher.core.upkeep.retention import Retention
from watcher.edges.fetch import Fetcher
from watcher.edges.receivers import Receiver
from watcher.edges.sandbox import Sandbox
from watcher.edges.store import Store
from watcher.pipeline import Doors, look_after, poll_feeds, prune

START = datetime(2026, 2, 24, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TOPICS = ("whaling", "satellites", "cocoa", "libraries", "malaria", "glaciers", "railways", "bees")


def title(number: int) -> str:
    return f"General Assembly votes on {TOPICS[number % 8]}, text {number}"


@dataclass
class Publisher:
    """Publishes a vote an hour; its feed holds the last eight. `born`: number -> what its clock said then."""

    clock: Callable[[], datetime]
    era: str = "guid"
    born: dict[int, datetime] = field(default_factory=dict)

    def publish(self, number: int) -> None:
        self.born[number] = self.clock()

    @property
    def feed(self) -> bytes:
        items = "".join(
            f"<item><guid isPermaLink='false'>{self.era} {number}</guid><title>{title(number)}</title>"
            f"<pubDate>{format_datetime(self.born[number])}</pubDate><description>The UN General Assembly adopted a "
            f"resolution on {TOPICS[number % 8]} by a vote of {100 + number} in favour to {number + 3} against, with "
            f"{number + 20} abstentions.</description></item>"
            for number in sorted(self.born)[-8:]
        )
        return f"<rss version='2.0'><channel><title>UN</title>{items}</channel></rss>".encode()


@dataclass
class Time:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Day:
    """One running watcher, stepped by hand."""

    time: Time
    doors: Doors
    feeds: list[Source]
    rules: RuleSet

    def step(self, by: timedelta) -> None:
        self.time.now += by
        for _ in poll_feeds(self.feeds, self.rules, self.doors, lambda: False):
            pass
        for _ in look_after(self.feeds, self.doors):
            pass

    def told(self, kind: str) -> list[str]:
        with self.doors.store.reading() as reading:
            alerts = reading.alerts(None, 1000)
        return [
            alert["subject"]
            for alert in reversed(alerts)
            if (alert["kind"] == "trouble") == (kind == "trouble")
        ]

    @property
    def sources(self) -> dict[str, dict[str, Any]]:
        with self.doors.store.reading() as reading:
            return {row["name"]: row for row in reading.sources()}

    def history(self, source: str) -> list[tuple[str, str]]:
        with self.doors.store.reading() as reading:
            return [(row["what"], row["says"]) for row in reversed(reading.history(source, 100))]


@contextmanager
def day(folder: Path, urls: Mapping[str, str], names: Mapping[str, str]) -> Iterator[Day]:
    """`urls`: of each source. `names`: "host:port" -> address."""
    sources = "".join(
        f'[[sources]]\nname = "{name}"\nurl = "{url}"\nallow_private = true\nfull_text = false\n'
        for name, url in urls.items()
    )
    config = folder / "config.toml"
    config.write_text(f'{sources}{RULES}\n[receivers.desk]\nurl = "json://127.0.0.1:1/"\n', "utf-8")
    settings, time = app.load(config, {}), Time()
    store = Store.open(folder / "day.db")
    store.set_sources(urls, time.now)
    known = {name: [address] for name, address in names.items()}
    with Fetcher("watcher/test", clock=time, names=known) as fetcher, Sandbox() as sandbox:
        receivers = {"desk": Receiver("desk", "json://127.0.0.1:1/")}
        doors = Doors(store, fetcher, sandbox, receivers, timedelta(days=1), time, lambda: 0.5)
        feeds = [replace(source, timeout=timedelta(seconds=0.3)) for source in settings.config.sources]
        yield Day(time, doors, feeds, settings.rules)
    store.close()


def test_a_day_of_trouble_loses_nothing_repeats_nothing_and_is_remembered(tmp_path: Path) -> None:
    with FeedServer() as server:
        port, path = server.port, "/un"
        with day(tmp_path, {"UN": server.url(path)}, {}) as today:
            server.clock = today.time
            publisher = Publisher(today.time)

            def hours(first: int, last: int, server: FeedServer | None) -> None:
                """A vote at the beginning of each hour, served unless nobody does, and a look every ten minutes."""
                for hour in range(first, last):
                    publisher.publish(hour)
                    if server:
                        server.serve(path, publisher.feed)
                    for _ in range(6):
                        today.step(10 * MINUTE)

            hours(0, 4, server)

            # It dies for five hours.
            server.stop()
            hours(4, 9, None)
            assert today.sources["UN"]["failures"] > 3
            with FeedServer(port=port) as server:
                server.clock = today.time
                hours(9, 11, server)
                assert today.sources["UN"]["failures"] == 0

                # It asks to be left alone for two hours, in its own time.
                lost = timedelta(days=-9_000)
                server.clock = lambda: today.time.now + lost
                server.status(
                    path,
                    429,
                    headers={"Retry-After": format_datetime(server.clock() + 2 * HOUR, usegmt=True)},
                )
                before = server.requests(path)
                hours(11, 13, None)
                assert server.requests(path) == before + 1
                server.clock = today.time
                hours(13, 15, server)

                # All its ids change overnight.
                publisher.era = "new system"
                hours(15, 18, server)

                # It loses the time.
                server.clock = publisher.clock = lambda: today.time.now + lost
                hours(18, 21, server)
                server.clock = publisher.clock = today.time
                hours(21, 24, server)

            with today.doors.store.reading() as reading:
                titles = [article["title"] for article in reading.articles(None, 1000)]
            assert sorted(titles) == sorted(title(hour) for hour in range(24))
            counts = [re.search(r"(1\d\d)-\d+-\d+", subject) for subject in today.told("news")]
            assert sorted(int(count[1]) - 100 for count in counts if count) == list(range(24))
            assert len(counts) == 24

            happened = today.history("UN")
            assert [what for what, _ in happened] == [
                "failing", "well again", "failing", "well again", "renamed", "clock", "clock",
            ]  # fmt: skip
            says = [said for _, said in happened]
            assert "refuses connections" in says[0]
            assert "failed polls" in says[1]
            assert (
                "answered 429 Too Many Requests; its server asks to be left alone for 100 minutes" in says[2]
            )
            assert "behind the time" in says[5]


def test_a_night_without_a_network_is_no_feed_s_failure_and_is_told_once(tmp_path: Path) -> None:
    with FeedServer() as server:
        names = {f"{name}.test:{server.port}": "127.0.0.1" for name in ("one", "two", "three")}
        urls = {name: f"http://{name}/feed" for name in names}
        with day(tmp_path, urls, names) as tonight:
            publisher = Publisher(tonight.time)
            publisher.publish(1)
            server.clock = tonight.time
            server.serve("/feed", publisher.feed)
            for _ in range(3):
                tonight.step(15 * MINUTE)
            server.hang("/feed")
            for _ in range(6):
                tonight.step(15 * MINUTE)
            assert [row["failures"] for row in tonight.sources.values()] == [0, 0, 0]
            [down] = tonight.told("trouble")
            assert re.fullmatch(r"watcher: the network is down since \d\d:\d\d UTC", down)

            server.serve("/feed", publisher.feed)
            back_at = tonight.time.now
            for _ in range(4):
                tonight.step(15 * MINUTE)
            assert tonight.told("trouble")[1:] == ["watcher: the network is back after 105 minutes"]
            polled = [datetime.fromisoformat(str(row["succeeded_at"])) for row in tonight.sources.values()]
            assert all(at > back_at for at in polled)
            assert [what for what, _ in tonight.history(next(iter(urls)))] == ["network down", "network back"]


def test_a_feed_that_dies_alone_is_told_once_and_once_when_it_is_back(tmp_path: Path) -> None:
    with FeedServer() as server:
        names = {f"{name}.test:{server.port}": "127.0.0.1" for name in ("dead", "well")}
        urls = {name: f"http://{name}/{name}" for name in names}
        dead, well = (f"/{name}" for name in names)
        with day(tmp_path, urls, names) as today:
            publisher = Publisher(today.time)
            publisher.publish(1)
            server.clock = today.time
            server.serve(well, publisher.feed)
            server.hang(dead)
            for _ in range(18):
                today.step(30 * MINUTE)
            assert [row["failures"] != 0 for row in today.sources.values()] == [True, False]
            assert today.told("trouble") == [f"watcher: {next(iter(urls))} fails"]
            server.serve(dead, publisher.feed)
            for _ in range(6):
                today.step(30 * MINUTE)
            assert today.told("trouble")[1:] == [f"watcher: {next(iter(urls))} is well again"]


def test_a_clock_that_is_set_back_an_hour_keeps_no_feed_waiting(tmp_path: Path) -> None:
    with FeedServer() as server, day(tmp_path, {"UN": server.url("/un")}, {}) as today:
        publisher = Publisher(today.time)
        publisher.publish(0)
        server.clock = today.time
        server.serve("/un", publisher.feed)
        today.step(10 * MINUTE)
        today.step(-HOUR)  # it is noticed
        today.step(MINUTE)
        assert server.requests("/un") == 2
        today.step(MINUTE)
        assert server.requests("/un") == 2


def test_a_clock_that_is_a_year_ahead_for_two_hours_loses_no_vote_and_tells_none_twice(
    tmp_path: Path,
) -> None:
    with FeedServer() as server:
        hosts = {name: f"{name}.test:{server.port}" for name in ("UN", "wire", "other")}
        urls = {name: f"http://{host}/{name}" for name, host in hosts.items()}
        with day(tmp_path, urls, dict.fromkeys(hosts.values(), "127.0.0.1")) as today:
            ahead = timedelta()
            publisher = Publisher(lambda: today.time.now - ahead)
            server.clock = publisher.clock

            def hours(first: int, last: int) -> None:
                """A vote an hour, in one feed at once, and in the others ten minutes later."""
                for hour in range(first, last):
                    publisher.publish(hour)
                    server.serve("/UN", publisher.feed)
                    today.step(10 * MINUTE)
                    for later in ("/wire", "/other"):
                        server.serve(later, publisher.feed)
                    for _ in range(5):
                        today.step(10 * MINUTE)

            hours(0, 2)
            ahead = timedelta(days=365)
            today.time.now += ahead
            hours(2, 4)
            today.time.now -= ahead
            ahead = timedelta()
            before = [server.requests(f"/{name}") for name in urls]
            hours(4, 6)
            assert all(server.requests(f"/{name}") >= had + 4 for name, had in zip(urls, before, strict=True))
            counts = [re.search(r"(1\d\d)-\d+-\d+", subject) for subject in today.told("news")]
            assert sorted(int(count[1]) - 100 for count in counts if count) == list(range(6))
            with today.doors.store.reading() as reading:
                moments = [alert["decided_at"] for alert in reading.alerts(None, 1000)]
            assert max(moments) <= today.time.now.isoformat()
            assert today.told("trouble") == [
                "watcher: this machine's clock is 365 days ahead of the time",
                "watcher: this machine's clock is right again",
            ]


def test_entries_that_may_have_been_missed_are_noticed_and_hurry_the_next_polls(tmp_path: Path) -> None:
    with FeedServer() as server, day(tmp_path, {"UN": server.url("/un")}, {}) as today:
        publisher = Publisher(today.time)
        server.clock = today.time
        publisher.publish(0)
        server.serve("/un", publisher.feed)
        today.step(MINUTE)
        for number in range(1, 12):  # more than its feed holds
            today.time.now += MINUTE
            publisher.publish(number)
        server.serve("/un", publisher.feed)
        today.step(HOUR)
        assert today.sources["UN"]["interval"] == 300
        assert today.sources["UN"]["why"] == "entries may have been missed lately"
        assert [what for what, _ in today.history("UN")] == ["gap"]


def test_a_server_that_asks_for_peace_gets_it_for_all_its_feeds(tmp_path: Path) -> None:
    with FeedServer() as server:
        urls = {
            "loud": server.url("/loud"),
            "next door": server.url("/next"),
            "elsewhere": f"http://else.test:{server.port}/x",
        }
        with day(tmp_path, urls, {f"else.test:{server.port}": "127.0.0.1"}) as today:
            publisher = Publisher(today.time)
            publisher.publish(1)
            server.clock = today.time
            for path in ("/loud", "/next", "/x"):
                server.serve(path, publisher.feed)
            today.step(10 * MINUTE)
            server.status("/loud", 429, headers={"Retry-After": "7200"})
            today.doors.store.make_due(["loud"], today.time.now)
            for _ in range(12):
                today.step(10 * MINUTE)
            assert [server.requests(path) for path in ("/loud", "/next")] == [2, 1]
            assert server.requests("/x") > 2
            assert today.sources["next door"]["why"] == "its server asks to be left alone for 2 hours"
            today.step(30 * MINUTE)
            assert [server.requests(path) for path in ("/loud", "/next")] == [3, 2]


def test_a_feed_that_is_left_standing_is_told_once(tmp_path: Path) -> None:
    with FeedServer() as server, day(tmp_path, {"UN": server.url("/un")}, {}) as today:
        publisher = Publisher(today.time)
        server.clock = today.time
        for number in range(8):
            publisher.publish(number)
        server.serve("/un", publisher.feed)
        for _ in range(40):
            today.step(timedelta(days=1))
        for _ in prune(today.doors.store, Retention(), ["UN"], today.time.now, lambda: False):
            pass
        today.step(timedelta(days=2))
        assert today.told("trouble") == [
            "watcher: UN is silent"
        ]  # though none of its entries is kept any more
        publisher.publish(8)
        server.serve("/un", publisher.feed)
        today.step(timedelta(days=1))
        assert today.told("trouble")[1:] == ["watcher: UN is well again"]
