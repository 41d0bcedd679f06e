"""One hostile feed of each kind, played by a real server: what it does, and the plain words in which it is named.

`tests/test_hostile.py` polls them among good ones; `bench/bench_hostile.py` measures what they cost the good ones.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.edges.feed_server import FeedServer

NEWS = "<item><guid>1</guid><title>A whole entry</title><description>It is kept.</description></item>"


def rss(items: str, before: str = "") -> str:
    return f'{before}<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'


@dataclass(frozen=True)
class Hostile:
    """`plant`: makes a server behave so at a path. `reason`: how it is named in a report; None for no complaint at all.

    `kept`: whether its whole entries are read all the same.
    """

    plant: Callable[[FeedServer, str], None]
    reason: str | None
    kept: bool = False

    def named_by(self, error: str | None) -> bool:
        if error is None or self.reason is None:
            return error is self.reason
        return re.fullmatch(self.reason, error) is not None


def _body(body: bytes | str, **headers: str) -> Callable[[FeedServer, str], None]:
    return lambda server, path: server.serve(path, body, headers=headers)


def _raw(answer: bytes) -> Callable[[FeedServer, str], None]:
    return lambda server, path: server.raw(path, answer)


def _status(status: int, **headers: str) -> Callable[[FeedServer, str], None]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda server, path: server.status(path, status, headers=named)


def gzip_of_a_gibibyte() -> bytes:
    """A MiB. A full flush makes the parts of a stream independent: one is compressed, and sent a thousand times."""
    packer = zlib.compressobj(wbits=31)
    head = packer.compress(b"<rss>") + packer.flush(zlib.Z_FULL_FLUSH)
    part = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + part * 1024


_LAUGHS = "<!DOCTYPE rss [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
_SECRET = "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
_LATE = r"(no answer|the answer was not complete) within \d+ s"
_SPENT = r"parsing took more than (5 s of CPU|30 s|512 MiB of memory)"

HOSTILE = {
    # what would take more than its share
    "billion-laughs": Hostile(
        _body(rss("<item><title>&j;</title></item>", f"{_LAUGHS}]>")), r".*", kept=True
    ),
    "external-entity": Hostile(
        _body(rss(f"{NEWS}<item><title>&a;</title></item>", _SECRET)), r".*", kept=True
    ),
    "deep": Hostile(_body(rss(NEWS + "<a>" * 100_000)), r".*", kept=True),
    "deep-markup": Hostile(
        _body(
            rss(f"<item><title>x</title><description><![CDATA[{'<B>' * 4_000_000}]]></description></item>")
        ),
        _SPENT,
    ),
    "long-author": Hostile(
        _body(rss(f"{NEWS}<item><author>{'a@' * 24_000}</author></item>")), None, kept=True
    ),
    "many-entries": Hostile(_body(rss("<item><title>x</title></item>" * 500_000)), _SPENT),
    "gzip-bomb": Hostile(
        lambda server, path: server.serve(path, gzip_of_a_gibibyte(), headers={"Content-Encoding": "gzip"}),
        "more than 15 MiB",
    ),
    "endless-body": Hostile(lambda server, path: server.endless_body(path), "more than 15 MiB"),
    "endless-headers": Hostile(
        lambda server, path: server.endless_headers(path), "more than 128 KiB of headers"
    ),
    "drip": Hostile(lambda server, path: server.drip(path, b"<rss>"), _LATE),
    "silence": Hostile(lambda server, path: server.hang(path), _LATE),
    # what is no HTTP, or not what it says
    "http-0.9": Hostile(
        _raw(b"<rss version='2.0'><channel/></rss>"), "the server does not speak HTTP as it should: .+"
    ),
    "nothing": Hostile(_raw(b""), "the server closed the connection without an answer"),
    "longer-than-it-is": Hostile(
        _raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n<rss>"), "the answer broke off before its end"
    ),
    "two-lengths": Hostile(
        _raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n<rss>"),
        "the server does not speak HTTP as it should: .+",
    ),
    "no-gzip": Hostile(
        _body("this is no gzip", **{"Content-Encoding": "gzip"}), "the answer is wrongly compressed"
    ),
    "304-unasked": Hostile(_raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"), None),
    # statuses
    "moved-in-circles": Hostile(
        lambda server, path: server.redirect(path, path, status=301), "more than 5 redirects"
    ),
    "moved-to-files": Hostile(
        lambda server, path: server.redirect(path, "file:///etc/passwd", status=308),
        "redirected to an address that is neither http nor https",
    ),
    "404": Hostile(_status(404), "answered 404 Not Found"),
    "410": Hostile(_status(410), "answered 410 Gone"),
    "429": Hostile(_status(429, Retry_After="3600"), "answered 429 Too Many Requests"),
    "503": Hostile(
        _status(503, Retry_After="Fri, 31 Dec 9999 23:59:59 GMT"), "answered 503 Service Unavailable"
    ),
    "500-with-a-feed": Hostile(
        lambda server, path: server.serve(path, rss(NEWS), status=500), "answered 500 Internal Server Error"
    ),
    # content
    "web-page": Hostile(
        _body("<!doctype html><title>Hello</title>"), "this is no feed: it looks like a web page, “Hello”"
    ),
    "broken": Hostile(
        _body(rss(f"{NEWS}<item><title>Half an")[:-16]), "it breaks off before its end", kept=True
    ),
    "wrong-charset": Hostile(
        _body(
            rss(NEWS + "<item><title>Новини</title></item>").encode("koi8-u"),
            **{"Content-Type": "text/xml; charset=ascii"},
        ),
        None,
        kept=True,
    ),
    "bad-references": Hostile(
        _body(rss(f"{NEWS}<item><title>&#xD800;&#0;&#99999999;!</title></item>")), None, kept=True
    ),
    "no-guids": Hostile(
        _body(rss("<item><title>One</title></item><item><title>Two</title></item>")), None, kept=True
    ),
    "one-guid": Hostile(
        _body(
            rss("<item><guid>1</guid><title>One</title></item><item><guid>1</guid><title>Two</title></item>")
        ),
        None,
        kept=True,
    ),
    "no-such-time": Hostile(
        _body(rss(f"{NEWS}<item><title>x</title><pubDate>Fri, 31 Dec 9999 23:59:59</pubDate></item>")),
        None,
        kept=True,
    ),
    "image": Hostile(_body(b"\x89PNG\r\n\x1a\n" + bytes(range(256))), r"this is no feed: it looks like .+"),
}
