"""The feeds that all are measured against: made-up news, from a server in a process of its own.

Each feed holds the latest thirty entries of an endless row, of sixty words each. One in ten names a country that the
rules look for; one in two hundred reports a
vote of the UN, so that the votes are read and stories compared; all are two days old, so that nobody is alerted.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from multiprocessing.connection import Connection
from typing import Self

ENTRIES, WORDS, VOTE_IN = 30, 60, 200
TEXTS = 997  # different ones; a prime, so that no two feeds hold the same in the same order
BEGIN = datetime.now(UTC) - timedelta(days=2)
SYLLABLES = [first + vowel for first in "bcdfghjklmnprstvwz" for vowel in "aeiou"]
COMMON = (
    "the of and to in a said on for that with by from at as government minister president talks court market "
    "police city report mayor safety economy support energy city season"
)


@dataclass(frozen=True)
class Manner:
    """How the server answers. `version`: how many entries have come into each feed since the first poll.

    Of twenty feeds `new` have that entry, `kept` answer 304 to who knows their ETag, and the others send their body
    whatever is asked.
    """

    version: int = 0
    kept: int = 0
    new: int = 20


class Feeds:
    """Writes feeds, the same ones every time."""

    def __init__(self) -> None:
        chance = random.Random(1)
        words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 5))) for _ in range(20_000)]
        common = COMMON.split()
        weights = [1 / rank for rank in range(10, len(words) + 10)]
        self._texts = []
        for _ in range(TEXTS):
            rare = iter(chance.choices(words, weights, k=WORDS))
            said = [chance.choice(common) if chance.random() < 0.4 else next(rare) for _ in range(WORDS)]
            if chance.random() < 0.1:
                said[9] = chance.choice(["Ukraine", "Israel"])
            self._texts.append(
                " ".join(" ".join(said[at : at + 15]).capitalize() + "." for at in range(0, WORDS, 15))
            )
        self._dates = [format_datetime(BEGIN + timedelta(minutes=number)) for number in range(100)]
        self._manner = Manner()

    def take(self, manner: Manner) -> None:
        self._manner = manner

    def answer(self, feed: int, known: str) -> tuple[bool, str, bytes]:
        """For who has the ETag `known`: whether nothing has changed, the ETag, and the body."""
        manner, lot = self._manner, feed % 20
        version = manner.version if lot < manner.new else manner.version - 1
        etag = f'"{feed}-{version}"'
        same = known == etag and lot >= 20 - manner.kept
        return same, etag, b"" if same else self._body(feed, max(version, 0))

    def _body(self, feed: int, version: int) -> bytes:
        items = "".join(self._item(feed, number) for number in range(version + ENTRIES - 1, version - 1, -1))
        head = f"<title>News of town {feed}</title><link>http://127.0.0.1:9/{feed}/</link><language>en</language>"
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">\n'
            f"<channel>{head}<description>All that happens in town {feed}</description>\n{items}</channel></rss>\n"
        ).encode()

    def _item(self, feed: int, number: int) -> str:
        text = self._texts[(feed * 31 + number * 7) % TEXTS]
        # Parted so that of one new entry in each feed, too, one in VOTE_IN reports a vote, and not one in twenty.
        about, serial = text[20:60], feed * (ENTRIES + 1) + number
        if serial % VOTE_IN == 0:
            text = (
                f"The UN General Assembly on Tuesday adopted a resolution on {about} with {60 + serial % 90} votes "
                f"in favour, {serial % 30} against and {serial % 13} abstentions. {text}"
            )
            about = f"UN General Assembly adopts resolution on {about}"
        address = f"http://127.0.0.1:9/{feed}/{number}"
        return (
            f"<item><title>{about} &#8211; no {serial}</title><link>{address}?a=1&amp;b=2</link>"
            f'<guid isPermaLink="false">{number} of town {feed}</guid><dc:creator>Ann Author</dc:creator>'
            f"<pubDate>{self._dates[number % 100]}</pubDate><category>World</category>"
            f'<description><![CDATA[<p><a href="{address}">{text[:40]}</a>{text[40:]}</p>]]></description></item>\n'
        )


class Server:
    """A context manager. `manner` says how all requests from now on are answered."""

    def __enter__(self) -> Self:
        self._line, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        self._port = self._line.recv()
        return self

    def url(self, feed: int) -> str:
        return f"http://127.0.0.1:{self._port}/{feed}"

    def answer(self, manner: Manner) -> None:
        self._line.send(manner)
        self._line.recv()

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.join()


def _serve(line: Connection) -> None:
    asyncio.run(_serve_until_killed(line))


async def _serve_until_killed(line: Connection) -> None:
    feeds = Feeds()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Line(feeds), "127.0.0.1", 0, backlog=1_024)

    def hear() -> None:
        feeds.take(line.recv())
        line.send(None)

    loop.add_reader(line.fileno(), hear)
    line.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


class _Line(asyncio.Protocol):
    """One connection, kept for as long as the client likes."""

    def __init__(self, feeds: Feeds) -> None:
        self._feeds = feeds
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while b"\r\n\r\n" in self._heard:
            head, _, self._heard = self._heard.partition(b"\r\n\r\n")
            self._transport.write(self._answer(head.decode("latin-1").split("\r\n")))

    def _answer(self, lines: list[str]) -> bytes:
        path = lines[0].split()[1].lstrip("/")
        if not path.isdecimal():
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        said = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        same, etag, body = self._feeds.answer(int(path), said.get("if-none-match", ""))
        if same:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
        head = f"HTTP/1.1 200 OK\r\nETag: {etag}\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(body)}"
        return f"{head}\r\n\r\n".encode() + body
