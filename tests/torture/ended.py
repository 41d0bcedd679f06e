"""Asked to end at random moments, the daemon ends soon and well: no alert is lost, and none is sent twice.

While it starts, brings an old database up to date, prunes, polls a feed and a drop folder, judges a thousand articles,
records, sends, gathers a digest, reads a new config or a broken one. A polite end is no excuse for a second copy: all
receivers here answer, if slowly, and no answer is lost.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.edges.feed_server import FeedServer
from tests.edges.mailbox import Answer, Hook, hook
from tests.edges.test_copies import of_the_first_version
from tests.torture.daemons import A_FILE, Daemons, drop, posts, sound, titles, told, waits
from tests.world import Item, rss

WITHIN = 30  # seconds: the promise
MOST_ALIVE = 3.0
GIVE_UP = 600  # seconds for the last daemon, which has to bring what waits
QUIET = 5  # seconds in which whatever would come a second time has come
A_THOUSAND = 1000
NEWS = 4  # articles that come with each daemon, in the feed and as many in a file

_CONFIG = """
[polling]
min_interval = "1m"
first_poll_age = "3d"

[retention]
most_articles = 1000

[[sources]]
name = "drop"
folder = "drop"

[[sources]]
name = "feed"
url = "{feed}"
allow_private = true

[[rules]]
id = "zebra"
name = "Zebra"
severity = "{severity}"
notify = ["well", "slow", "gathered"]
keywords.any = ["zebra"]

[receivers.well]
url = "{well}"
[receivers.slow]
url = "{slow}"
[receivers.gathered]
url = "{gathered}"
limit = "10 per minute"
"""


class Ends:
    """What came of them so far."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.faults: list[str] = []

    def end(self, daemons: Daemons, daemon: int, how: signal.Signals) -> None:
        code, seconds = daemons.end(daemon, how)
        self.seconds.append(seconds)
        if code != 0:
            self.faults.append(f"exit code {code}")
        if seconds > WITHIN:
            self.faults.append(f"an end took {seconds:.1f} s")

    def heed(self, daemons: Daemons) -> None:
        """What they said that a polite end should not have brought about."""
        said = daemons.said.read_text("utf-8")
        self.faults += [
            said[max(0, said.index(word) - 300) :][:2000] for word in ("Traceback",) if word in said
        ]


def torture(ends: int, chance: random.Random) -> bool:
    """End so many daemons; a line for each part. Whether all promises were kept."""
    kept = _while_alerts_flow(ends, chance)
    kept &= _while_a_database_is_migrated(max(ends // 5, 1), chance)
    return kept & _while_a_receiver_is_silent(chance)


def _while_alerts_flow(ends: int, chance: random.Random) -> bool:
    with (
        tempfile.TemporaryDirectory() as name,
        FeedServer() as feeds,
        hook() as (well, well_url),
        hook() as (slow, slow_url),
        hook() as (gathered, gathered_url),
    ):
        folder, hooks, came = Path(name), {"well": well, "slow": slow, "gathered": gathered}, Ends()
        began = time.monotonic()
        slow.answers = [Answer(503) if chance.random() < 0.2 else Answer() for _ in range(100 * ends)]
        config = folder / "config.toml"
        urls = {"feed": feeds.url("/feed"), "well": well_url, "slow": slow_url, "gathered": gathered_url}
        (folder / "drop").mkdir()
        config.write_text(_CONFIG.format(severity="low", **urls), "utf-8")
        daemons = Daemons(config, "watcher")
        news: list[str] = []
        for number in range(ends):
            news += _come(folder, feeds, news, number, chance)
            slow.takes = chance.choice((0, 0.1, 1))
            daemon = daemons.start()
            _let_live(list(hooks.values()), chance)
            _pester(daemon, config, _CONFIG.format(severity=chance.choice(("low", "high")), **urls), chance)
            came.end(daemons, daemon, chance.choice((signal.SIGTERM, signal.SIGTERM, signal.SIGINT)))
            config.write_text(_CONFIG.format(severity="low", **urls), "utf-8")
            _show(number + 1, ends)
        slow.takes = 0
        _let_finish(daemons, folder, news, hooks, came)
        came.heed(daemons)
        daemons.close()
        heard = {name: told(posted) for name, posted in hooks.items()}
        lost = sum(len(set(news) - each.keys.keys()) for each in heard.values())
        came.faults += [f"{lost} alerts were lost"] if lost else []
        came.faults += [
            f"{name} has {each.copies} second copies" for name, each in heard.items() if each.copies
        ]
        came.faults += [] if sound(folder / "watcher.db") else ["the database is damaged"]
    messages = sum(len(each.messages) for each in heard.values())
    what = f"{len(news)} alerts to {len(heard)} receivers in {messages} messages"
    return _summed_up(f"sigterm: {what}, {ends} ends: {lost} lost", came, began)


def _come(folder: Path, feeds: FeedServer, news: list[str], number: int, chance: random.Random) -> list[str]:
    """What is new for the next daemon: a file, the feed, and now and then a thousand articles that nobody wants."""
    dropped = titles(len(news), NEWS, chance)
    fed = titles(len(news) + NEWS, NEWS, chance)
    dull = A_THOUSAND if chance.random() < 0.15 else A_FILE
    drop(folder, f"{number:05}", [*titles(0, dull, chance, word="Apple"), *dropped], chance)
    latest = [*[title for title in news[-400:] if title], *fed]
    feeds.serve("/feed", rss([Item(title, title) for title in latest]))
    return [*dropped, *fed]


def _let_live(hooks: list[Hook], chance: random.Random) -> None:
    """Some end while they start, most at work."""
    before, began = posts(hooks), time.monotonic()
    if chance.random() > 0.3:
        while posts(hooks) == before and time.monotonic() - began < MOST_ALIVE:
            time.sleep(0.001)
    time.sleep(chance.uniform(0, MOST_ALIVE / 2))


def _pester(daemon: int, config: Path, other: str, chance: random.Random) -> None:
    """Now and then with signals, many at once, and with a config that is new or broken."""
    what = chance.random()
    if what < 0.25:
        config.write_text(other if what < 0.15 else "[[rules]\n", "utf-8")
        os.kill(daemon, signal.SIGHUP)
    elif what < 0.5:
        for _ in range(200):
            os.kill(daemon, chance.choice((signal.SIGHUP, signal.SIGUSR1)))
    time.sleep(chance.uniform(0, 0.5))


def _let_finish(daemons: Daemons, folder: Path, news: list[str], hooks: dict[str, Hook], came: Ends) -> None:
    """Let a last daemon live until all news is told and nothing waits; or until it is stuck."""
    daemon, began = daemons.start(), time.monotonic()
    quiet_since: float | None = None
    while time.monotonic() - began < GIVE_UP:
        done = all(told(posted).keys.keys() >= set(news) for posted in hooks.values())
        if not done or waits(folder / "watcher.db"):
            quiet_since = None
        elif quiet_since is None:
            quiet_since = time.monotonic()
        elif time.monotonic() - quiet_since > QUIET:
            break
        time.sleep(0.5)
    came.end(daemons, daemon, signal.SIGTERM)


def _while_a_database_is_migrated(ends: int, chance: random.Random) -> bool:
    """Each daemon finds a database of the first version; whatever it is asked to leave, the next goes on with."""
    came, began = Ends(), time.monotonic()
    with tempfile.TemporaryDirectory() as name, hook() as (_, url):
        folder = Path(name)
        old = of_the_first_version(folder / "old.db", stories=20_000)
        (folder / "drop").mkdir()
        config = folder / "config.toml"
        urls = dict.fromkeys(("well", "slow", "gathered"), url)
        config.write_text(_CONFIG.format(severity="low", feed="http://127.0.0.1:9/", **urls), "utf-8")
        daemons, database = Daemons(config, "watcher"), folder / "watcher.db"
        for number in range(ends):
            for path in folder.glob("watcher.db*"):
                path.unlink()
            shutil.copy(old, database)
            daemon = daemons.start()
            time.sleep(chance.uniform(0, 2))
            came.end(daemons, daemon, signal.SIGTERM)
            if not sound(database):
                came.faults.append("the database is damaged")
            came.end(daemons, daemons.start(), signal.SIGTERM)
            with closing(sqlite3.connect(database)) as looked:
                if looked.execute("SELECT count(*) FROM story").fetchone() != (20_000,):
                    came.faults.append("stories are lost")
            _show(number + 1, ends)
        came.heed(daemons)
        daemons.close()
    return _summed_up(f"sigterm while migrating: {ends} databases", came, began)


def _while_a_receiver_is_silent(chance: random.Random) -> bool:
    """One that would be waited for: its send is left, and made again at the next start, under the same key."""
    came, began = Ends(), time.monotonic()
    with tempfile.TemporaryDirectory() as name, hook() as (desk, url):
        folder, desk.silent = Path(name), True
        (folder / "drop").mkdir()
        news = titles(0, 1, chance)
        drop(folder, "one", news, chance)
        config = folder / "config.toml"
        urls = dict.fromkeys(("slow", "gathered"), "null://")
        urls |= {"well": f"{url}?rto=600", "feed": "http://127.0.0.1:9/"}
        config.write_text(_CONFIG.format(severity="low", **urls), "utf-8")
        daemons = Daemons(config, "watcher")
        daemon = daemons.start()
        while not desk.at_once:
            time.sleep(0.01)
        came.end(daemons, daemon, signal.SIGTERM)
        desk.silent = False
        _let_finish(daemons, folder, news, {"desk": desk}, came)
        came.heed(daemons)
        daemons.close()
        keys = {headers["idempotency-key"] for headers in desk.headers}
        if (len(desk.headers), len(keys)) != (2, 1):
            came.faults.append(f"{len(desk.headers)} posts with {len(keys)} keys")
    return _summed_up("sigterm while a receiver is silent: 1 alert", came, began)


def _summed_up(what: str, came: Ends, began: float) -> bool:
    longest = f"longest end {max(came.seconds):.1f} s"
    faults = "; ".join(dict.fromkeys(came.faults)) or "no fault"
    verdict = "BROKEN" if came.faults else "kept"
    print(f"{what}, {longest}; {faults}: {verdict}, in {time.monotonic() - began:.0f} s", flush=True)
    return not came.faults


def _show(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {of} ends", end="", file=sys.stderr)
