"""A small world for whole-program tests: feeds and receivers on loopback, a config, a database. All of it is real."""

from __future__ import annotations

import atexit
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.edges.feed_server import FeedServer
from tests.edges.mailbox import Hook, hook
from watcher import app
from watcher.app import App
from watcher.edges.sandbox import Sandbox
from watcher.edges.store import Store
from watcher.pipeline import Report

RULES = """
[[rules]]
id = "un-votes"
name = "New UN vote"
severity = "high"
notify = ["desk"]
entities.any = ["un-bodies"]
event = "un-vote"

[[rules]]
id = "israel-ukraine"
name = "Israel-Ukraine"
notify = ["desk"]
entities.all = ["israel", "ukraine"]
near = "sentence"
"""


@dataclass(frozen=True)
class Item:
    """One entry of a feed, as its publisher would write it."""

    title: str
    text: str = ""
    guid: str = ""
    age: timedelta = timedelta(minutes=5)
    link: str = ""  # else one where nobody answers

    @property
    def xml(self) -> str:
        guid = self.guid or f"guid of {self.title}"
        date = format_datetime(datetime.now(UTC) - self.age)
        link = self.link or f"http://127.0.0.1:9/{len(self.title)}?a=1&b=2"
        return (
            f"<item><guid isPermaLink='false'>{escape(guid)}</guid><title>{escape(self.title)}</title>"
            f"<link>{escape(link)}</link><pubDate>{date}</pubDate>"
            f"<description>{escape(escape(self.text))}</description></item>"
        )


def rss(items: Iterable[Item]) -> bytes:
    """A feed of these items."""
    body = "".join(item.xml for item in items)
    return f"<rss version='2.0'><channel><title>News</title>{body}</channel></rss>".encode()


VOTE = Item(
    "UN General Assembly demands that troops withdraw",
    "The UN General Assembly adopted a resolution demanding an immediate withdrawal, with 107 countries "
    "voting in favour, 12 against and 51 abstaining. Israel voted in favour, while the United States abstained.",
)
SAME_VOTE = Item(
    "Assembly backs peace text",
    "The UN General Assembly passed a text on peace by a vote of 107 to 12, with 51 abstentions. Israel voted in "
    "favour and the United States abstained.",
)
TWIN_VOTE = Item(
    "UN General Assembly demands that troops withdraw",
    "The UN General Assembly adopted a resolution by a vote of 93 in favour to 8 against, with 73 abstentions.",
)
CALL = Item(
    "Zelensky and Netanyahu speak by phone", "The leaders of Ukraine and Israel discussed air defence."
)
WEATHER = Item("Rain expected", "It will rain in the north.")


def dropped(path: Path, content: Item | str) -> None:
    """A file that nobody has touched for a while: it counts as whole at the first look."""
    text = f"{content.title}\n\n{content.text}" if isinstance(content, Item) else content
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    a_while_ago = time.time() - 10
    os.utime(path, (a_while_ago, a_while_ago))


@cache
def new_database() -> bytes:
    """As a first start makes it: which it does once for many tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "watcher.db"
        Store.open(path).close()
        return path.read_bytes()


@cache
def _sandbox() -> Sandbox:
    """One for all worlds, as a daemon has one for all its days: its children have loaded what they read with.

    Those that take long have a tenth of a busy processor: they are given the time.
    """
    made = Sandbox(wall_seconds=300)
    atexit.register(made.close)
    return made


@dataclass
class World:
    folder: Path
    feeds: FeedServer
    desk: Hook
    desk_url: str

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    def configure(
        self,
        *feeds: str,
        receivers: str = "",
        rules: str = RULES,
        polling: str = "",
        source: str = "allow_private = true",
    ) -> None:
        """A config that polls these paths of the feed server and the folder `drop`. `source`: keys of every feed."""
        (self.folder / "drop").mkdir(exist_ok=True)
        sources = "".join(
            f'[[sources]]\nname = "{feed}"\nurl = "{self.feeds.url(feed)}"\n{source}\n' for feed in feeds
        )
        self.config.write_text(
            f'{polling}\n[[sources]]\nname = "drop"\nfolder = "drop"\n{sources}{rules}\n'
            f'[receivers.desk]\nurl = "{self.desk_url}"\n{receivers}',
            "utf-8",
        )

    def drop(self, name: str, content: Item | str) -> None:
        """A file that is whole, in the drop folder."""
        dropped(self.folder / "drop" / name, content)

    @contextmanager
    def running(self) -> Iterator[App]:
        database = self.folder / "watcher.db"
        if not database.exists():
            database.write_bytes(new_database())
        with app.opened(app.load(self.config, {})) as running:
            running.doors = replace(running.doors, sandbox=_sandbox())
            yield running

    def once(self) -> list[Report]:
        """One pass over everything, as `watcher run --once` makes it."""
        with self.running() as running:
            return list(running.run_once())

    @property
    def told(self) -> list[str]:
        """The subjects of what reached the desk, in order."""
        return [post["title"] for post in self.desk.posts]


@contextmanager
def world(folder: Path) -> Iterator[World]:
    with FeedServer() as feeds, hook() as (desk, url):
        yield World(folder, feeds, desk, url)
