"""Feeds that nobody wrote: those of tests/feeds, changed at random. The same seed gives the same feeds."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

FEEDS = Path(__file__).parents[1] / "feeds"

# What has made parsers stumble, as the text of a feed may hold it.
TOKENS = tuple(
    token.encode("utf-8", "surrogatepass")
    for token in (
        *("&#xD800;", "&#0;", "&#99999999999;", "&#x;", "&nbsp;", "&&", "&lt;", "&amp;#xD83D;&amp;#xDE00;", "&a;"),
        *("<![CDATA[", "]]>", "<!--", "-->", "<!", "<?", "?>"),
        *("<!DOCTYPE a [<!ENTITY a '&a;'>]>", "<!ENTITY b SYSTEM 'x'>"),
        *("<item>", "</item>", "<entry>", "</entry>", "</channel>", "</rss>", "<rss>", "<x:", "xmlns:x=''", "</"),
        *("<georss:point>1 x</georss:point>", "<georss:polygon>", "<gml:Point>", "<itunes:explicit>"),
        *("<media:content url='http://['/>", "<author>a@@@@(</author>"),
        *("<link href='http://[::1'/>", "<guid isPermaLink='true'>", "<dc:date>"),
        "<updated>0000-00-00T99:99:99+99:99</updated>",
        *("<pubDate>Fri, 31 Dec 9999 23:59:59 -2359</pubDate>", "<pubDate>-1</pubDate>", "<language>\u05d0</language>"),
        *("<content type='base64'>!!</content>", "<content type='xhtml'><div>", "<summary mode='base64'>"),
        *("<script>", "<b>" * 50, "<a><b><c>" * 20, "\ud800", "\0", "\ufeff", "\u202e", "\x1b[0m", "é", "\xa0"),
        *("javascript:alert(1)", "file:///etc/passwd", "http://a\\b@c:99999/", "9" * 400, "-" * 100, "\n" * 50),
        *("{", "}", "[", '"', "1e999", "\\ud800", "null"),
        *('encoding="utf-16"', 'encoding="idna"', 'encoding="base64"', 'encoding="utf-7"', 'encoding="x"'),
    )
)  # fmt: skip
CONTENT_TYPES = (
    "",
    "text/xml; charset=utf-8",
    "text/xml; charset=koi8-u",
    "application/json",
    "text/html; charset=utf-16",
    "x;charset=",
)


def mutants(seed: int) -> Iterator[tuple[bytes, dict[str, str]]]:
    """Bodies with the headers they come with, without an end."""
    chance = random.Random(seed)
    samples = [path.read_bytes() for path in sorted(FEEDS.iterdir()) if path.suffix != ".json"]
    while True:
        body = chance.choice(samples)
        for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
            body = chance.choice(_MUTATIONS)(body, samples, chance)
        yield body[:_LONGEST], {"content-type": chance.choice(CONTENT_TYPES)}


_LONGEST = 100_000  # bytes


def _span(body: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(body))
    return start, min(len(body), start + int(chance.expovariate(1 / 30)))


def _flip(body: bytes, _samples: list[bytes], chance: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(min(len(body), chance.randint(1, 4))):
        changed[chance.randrange(len(body))] = chance.randrange(256)
    return bytes(changed)


def _delete(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    start, end = _span(body, chance)
    return body[:start] + body[end:]


def _repeat(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    start, end = _span(body, chance)
    return body[:end] + body[start:end] * chance.choice((1, 2, 10, 300)) + body[end:]


def _insert(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    at = chance.randint(0, len(body))
    return body[:at] + chance.choice(TOKENS) * chance.choice((1, 1, 1, 2, 50)) + body[at:]


def _insert_after_tag(body: bytes, samples: list[bytes], chance: random.Random) -> bytes:
    """Where it is text, and not the middle of a name."""
    ends = [at for at, byte in enumerate(body) if byte == ord(">")]
    at = chance.choice(ends) + 1 if ends else 0
    return body[:at] + chance.choice(TOKENS) + body[at:]


def _cut(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    return body[: chance.randint(0, len(body))]


def _splice(body: bytes, samples: list[bytes], chance: random.Random) -> bytes:
    other = chance.choice(samples)
    return body[: chance.randint(0, len(body))] + other[chance.randint(0, len(other)) :]


def _recode(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    encoding = chance.choice(("utf-16", "utf-16-be", "utf-32", "utf-7", "koi8-u", "cp1255"))
    return body.decode("utf-8", "replace").encode(encoding, "replace")


_MUTATIONS: tuple[Callable[[bytes, list[bytes], random.Random], bytes], ...] = (
    *(
        _flip,
        _delete,
        _repeat,
        _insert,
        _insert,
        _insert_after_tag,
        _insert_after_tag,
        _cut,
        _splice,
        _recode,
    ),
)
