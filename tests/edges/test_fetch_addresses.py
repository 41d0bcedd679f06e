"""Where a feed may lead to: of the addresses in tests/hostile nowhere, on no way, whatever they are called.

The internet stands at 127.0.0.2 here, for the guard is told so; all else is judged as it is on any machine. 127.0.0.1
and ::1 are the cellar, on the same port: whoever gets there is seen.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.edges.feed_server import FeedServer
from watcher.core.sources.addresses import is_public
from watcher.edges.fetch import Answer, Fetcher, Request, Response
from watcher.errors import FetchError

LINES = (Path(__file__).parents[1] / "hostile" / "addresses.txt").read_text("utf-8").splitlines()
HOSTILE = [line for line in LINES if line and not line.startswith("#")]
INTERNET, CELLAR = "127.0.0.2", "127.0.0.1"
REFUSALS = (" inside this machine's own network", " cannot be found", "the address is not valid: ")

pytestmark = pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no 127.0.0.2 by itself")


@dataclass(frozen=True)
class Place:
    outside: FeedServer
    inside: Sequence[FeedServer]
    port: int

    @property
    def names(self) -> dict[str, list[str]]:
        pairs = (line.split(": ") for line in HOSTILE if ": " in line)
        return {f"{name}:{self.port}": addresses.split(", ") for name, addresses in pairs}

    def hostile(self) -> list[str]:
        """Every hostile address, as a URL that would be served in the cellar."""
        return [f"http://{line.partition(': ')[0]}:{self.port}/feed" for line in HOSTILE]

    def visitors(self) -> int:
        return sum(len(seen) for server in self.inside for seen in server.seen.values())


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with ExitStack() as stack:
        outside = stack.enter_context(FeedServer(INTERNET))
        port = outside.port
        inside = [stack.enter_context(FeedServer(CELLAR, port=port))]
        if _has_ipv6():
            inside.append(stack.enter_context(FeedServer("::1", port=port)))
        for server in (outside, *inside):
            server.serve("/feed", b"<rss/>")
        yield Place(outside, inside, port)


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as tried:
            tried.bind(("::1", 0))
    except OSError:
        return False
    return True


def guard(address: str) -> bool:
    return address == INTERNET or is_public(address)


def fetched(
    urls: Sequence[str], names: Mapping[str, Sequence[str]], *, allow_private: bool = False
) -> dict[str, Answer]:
    """URL -> what came of it."""
    left = [
        Request(url, url, allow_private=allow_private, timeout=timedelta(seconds=20))
        for url in dict.fromkeys(urls)
    ]

    def take(free: int) -> Sequence[Request]:
        taken, left[:] = left[:free], left[free:]
        return taken

    with Fetcher("watcher", is_public=guard, names=names, per_host=8) as fetcher:
        return {request.url: answer for request, answer in fetcher.fetch(take)}


def reached(answers: Mapping[str, Answer]) -> list[str]:
    """Those that were not refused as they should be, with what came of them."""
    return [
        f"{url}: {answer}"
        for url, answer in answers.items()
        if not (isinstance(answer, FetchError) and any(words in str(answer) for words in REFUSALS))
    ]


def test_there_are_two_hundred_hostile_addresses_and_each_is_another() -> None:
    assert len(HOSTILE) == len(set(HOSTILE)) >= 200


def test_none_is_reached_when_a_source_names_it(place: Place) -> None:
    before = place.visitors()
    assert reached(fetched(place.hostile(), place.names)) == []
    assert place.visitors() == before


@pytest.mark.parametrize("hops", [1, 2, 4])
def test_none_is_reached_by_redirects(place: Place, hops: int) -> None:
    before = place.visitors()
    targets = place.hostile()
    for number, target in enumerate(targets):
        for hop in range(1, hops):
            place.outside.redirect(f"/{hops}/{number}/{hop}", f"/{hops}/{number}/{hop + 1}")
        location = target.encode().decode("latin-1")  # what a server sends is bytes
        place.outside.redirect(f"/{hops}/{number}/{hops}", location)
    answers = fetched(
        [place.outside.url(f"/{hops}/{number}/1") for number in range(len(targets))], place.names
    )
    assert reached(answers) == []
    assert sum("redirected to " in str(answer) for answer in answers.values()) > 200
    assert place.visitors() == before


def test_a_name_that_moves_into_the_cellar_between_two_look_ups_is_refused_at_the_second(
    place: Place,
) -> None:
    before = place.visitors()
    name = f"rebound.example:{place.port}"
    names = {name: [INTERNET]}
    url = f"http://{name}/feed"
    with Fetcher("watcher", is_public=guard, names=names) as fetcher:
        for address, words in ((INTERNET, "<rss/>"), (CELLAR, "own network"), (INTERNET, "<rss/>")):
            names[name] = [address]
            place.outside.hang_up()  # so that the name has to be looked up again
            asked = iter([[Request("a feed", url)]])
            [(_, answer)] = fetcher.fetch(partial(_next, asked))
            assert words in str(answer.body if isinstance(answer, Response) else answer)
    assert place.visitors() == before


def _next(asked: Iterator[Sequence[Request]], _places: int) -> Sequence[Request]:
    return next(asked, ())


def test_a_name_of_the_cellar_and_the_internet_leads_to_the_internet_alone(place: Place) -> None:
    before = place.visitors()
    name = f"two-faced.example:{place.port}"
    url = f"http://{name}/feed"
    answer = fetched([url], {name: [CELLAR, INTERNET]})[url]
    assert isinstance(answer, Response)
    assert answer.body == b"<rss/>"
    assert place.visitors() == before


def test_the_internet_is_reached(place: Place) -> None:
    name = f"news.example:{place.port}"
    urls = [place.outside.url("/feed"), f"http://{name}/feed", f"http://0x7f.2:{place.port}/feed"]
    answers = fetched(urls, {name: [INTERNET]})
    assert all(isinstance(answer, Response) for answer in answers.values()), answers


def test_the_own_network_is_reached_by_a_source_that_may(place: Place) -> None:
    urls = [f"http://{host}:{place.port}/feed" for host in (CELLAR, "127.1", "2130706433", "localhost")]
    urls.append(f"http://loop.example:{place.port}/feed")
    answers = fetched(urls, place.names, allow_private=True)
    assert all(isinstance(answer, Response) for answer in answers.values()), answers


# ---- Behind a proxy -----------------------------------------------------------------------------------------------


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    """It answers for whatever URL a test lets it serve; requests for another are seen, and answered 404."""
    with FeedServer() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url(""))
        monkeypatch.delenv("no_proxy", raising=False)
        yield proxy


def test_none_is_asked_of_a_proxy(place: Place, proxy: FeedServer) -> None:
    answers = fetched(place.hostile(), place.names)
    unknown_here = {url for url, answer in answers.items() if getattr(answer, "status", None) == 404}
    assert reached({url: answer for url, answer in answers.items() if url not in unknown_here}) == []
    assert not proxy.seen or len(proxy.seen) <= len(unknown_here)
    assert len(unknown_here) < 5, unknown_here


def test_none_is_asked_of_a_proxy_by_redirects(place: Place, proxy: FeedServer) -> None:
    names = place.names | {"news.example:80": [INTERNET]}
    for number, target in enumerate(place.hostile()):
        proxy.redirect(f"http://news.example/{number}", target.encode().decode("latin-1"))
    urls = [f"http://news.example/{number}" for number in range(len(HOSTILE))]
    answers = fetched(urls, names)
    assert sum("redirected to an address inside" in str(answer) for answer in answers.values()) > 200
    inside = [path for path in proxy.seen if not path.startswith("http://news.example/")]
    assert len(inside) < 5, inside


def test_a_proxy_is_used_for_names_that_it_alone_knows(proxy: FeedServer) -> None:
    url = "http://feeds.invalid/feed"
    proxy.serve(url, b"<rss/>")
    assert isinstance(fetched([url], {})[url], Response)


def test_redirects_are_followed_through_a_proxy(proxy: FeedServer) -> None:
    names = {"news.example:80": [INTERNET]}
    proxy.redirect("http://news.example/old", "/feed")
    proxy.redirect("http://news.example/loop", "/loop")
    proxy.serve("http://news.example/feed", b"<rss/>")
    answers = fetched(["http://news.example/old", "http://news.example/loop"], names)
    answer = answers["http://news.example/old"]
    assert isinstance(answer, Response)
    assert (answer.url, answer.body) == ("http://news.example/feed", b"<rss/>")
    assert str(answers["http://news.example/loop"]) == "more than 5 redirects"


def test_a_source_that_may_goes_through_a_proxy_wherever_it_likes(proxy: FeedServer) -> None:
    url = "http://192.168.0.1/feed"
    proxy.serve(url, b"<rss/>")
    assert isinstance(fetched([url], {}, allow_private=True)[url], Response)
