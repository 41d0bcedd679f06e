"""Fetching from real servers on loopback, good ones and hostile ones."""

from __future__ import annotations

import gzip
import socket
import sys
import threading
import time
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from tests.edges.feed_server import FeedServer
from watcher.core.sources.hints import retry_after
from watcher.edges.fetch import Answer, Fetcher, Request, Response, hash_of
from watcher.errors import FetchError

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)
SHORT = timedelta(seconds=0.5)
second_loopback = pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no 127.0.0.2 by itself")


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        yield server


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 with its key, by an authority that nobody knows."""
    file = tmp_path / "server.pem"
    authority = trustme.CA()
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(file))
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    return file


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher("watcher/test (+https://example.org)", max_bytes=100_000, clock=lambda: NOW) as fetcher:
        yield fetcher


def private(
    url: str, source: str = "a feed", timeout: timedelta = timedelta(seconds=20), **known: str
) -> Request:
    return Request(
        source, url, known.get("etag"), known.get("last_modified"), allow_private=True, timeout=timeout
    )


def once(*requests: Request) -> Callable[[int], Sequence[Request]]:
    """A `take` that gives these, as places come free, and then none."""
    left = list(requests)

    def take(places: int) -> Sequence[Request]:
        taken, left[:] = left[:places], left[places:]
        return taken

    return take


def fetch(fetcher: Fetcher, request: Request) -> Answer:
    [(same, answer)] = fetcher.fetch(once(request))
    assert same is request
    return answer


def left(answers: Iterator[object]) -> None:
    """Nobody asks for more of them."""
    assert isinstance(answers, Generator)
    answers.close()


def good(answer: Answer) -> Response:
    assert isinstance(answer, Response), answer
    return answer


def bad(answer: Answer) -> FetchError:
    assert isinstance(answer, FetchError), answer
    assert "\n" not in str(answer)
    return answer


# ---- Answers ------------------------------------------------------------------------------------------------------


def test_a_feed_arrives_whole_with_what_the_next_request_needs(server: FeedServer, fetcher: Fetcher) -> None:
    server.serve("/feed", b"<rss/>", etag='"1"', last_modified="Tue, 24 Feb 2026 10:00:00 GMT")
    answer = good(fetch(fetcher, private(server.url("/feed"))))
    assert (answer.status, answer.body, answer.not_modified) == (200, b"<rss/>", False)
    assert (answer.etag, answer.last_modified) == ('"1"', "Tue, 24 Feb 2026 10:00:00 GMT")
    assert answer.headers["content-type"] == "application/rss+xml; charset=utf-8"


def test_the_server_is_told_who_asks(server: FeedServer, fetcher: Fetcher) -> None:
    fetch(fetcher, private(server.url("/feed")))
    assert server.headers("/feed")[0]["user-agent"] == "watcher/test (+https://example.org)"


def test_an_unchanged_feed_costs_an_empty_answer(server: FeedServer, fetcher: Fetcher) -> None:
    server.serve("/feed", b"<rss/>", etag='"1"')
    answer = good(fetch(fetcher, private(server.url("/feed"), etag='"1"')))
    assert (answer.status, answer.not_modified, answer.body) == (304, True, b"")


def test_a_body_that_is_known_is_sent_in_vain_and_another_is_handed_over(
    server: FeedServer, fetcher: Fetcher
) -> None:
    server.serve("/feed", b"<rss/>", etag='"2"')
    for known, whole, body in ((b"<rss/>", False, b""), (b"<rss> </rss>", True, b"<rss/>")):
        request = replace(private(server.url("/feed"), etag='"1"'), body_hash=hash_of(known))
        answer = good(fetch(fetcher, request))
        assert (answer.status, answer.etag, answer.whole, answer.body) == (200, '"2"', whole, body)


@pytest.mark.parametrize("etag", ['"1"', 'W/"weak"', "without quotes", '""', '"é-ü"', '"a, b"'])
def test_validators_go_back_to_the_letter(server: FeedServer, fetcher: Fetcher, etag: str) -> None:
    moment = "tuesday, around noon"
    server.serve("/feed", b"<rss/>", etag=etag, last_modified=moment)
    first = good(fetch(fetcher, private(server.url("/feed"))))
    assert (first.etag, first.last_modified) == (etag, moment)
    known = private(server.url("/feed"), etag=first.etag or "", last_modified=first.last_modified or "")
    assert good(fetch(fetcher, known)).not_modified
    sent = server.headers("/feed")[1]
    assert (sent["if-none-match"], sent["if-modified-since"]) == (etag, moment)


def test_a_validator_cannot_smuggle_in_a_header(server: FeedServer, fetcher: Fetcher) -> None:
    fetch(fetcher, private(server.url("/feed"), etag='"1"\r\nX-Evil: yes'))
    assert "x-evil" not in server.headers("/feed")[0]


def test_a_compressed_answer_is_unpacked(server: FeedServer, fetcher: Fetcher) -> None:
    server.serve("/feed", b"<rss>" + b"word " * 1000 + b"</rss>", compress=True)
    assert good(fetch(fetcher, private(server.url("/feed")))).body.endswith(b"</rss>")
    assert "gzip" in server.headers("/feed")[0]["accept-encoding"]


def test_an_address_in_another_script_is_written_as_the_web_wants_it(
    server: FeedServer, fetcher: Fetcher
) -> None:
    server.serve("/%D7%97%D7%93%D7%A9%D7%95%D7%AA%20rss?q=%C3%A9&a=%20b", b"<rss/>")
    assert good(fetch(fetcher, private(server.url("/חדשות rss?q=é&a=%20b")))).status == 200


def test_redirects_are_followed_and_the_last_address_is_told(server: FeedServer, fetcher: Fetcher) -> None:
    server.redirect("/old", "/older", status=301)
    server.redirect("/older", server.url("/feed"), status=308)
    server.serve("/feed", b"<rss/>", etag='"new"')
    answer = good(fetch(fetcher, private(server.url("/old"))))
    assert (answer.url, answer.body, answer.etag) == (server.url("/feed"), b"<rss/>", '"new"')
    assert "location" not in answer.headers


def test_a_redirect_that_is_not_to_be_followed_is_the_answer(server: FeedServer, fetcher: Fetcher) -> None:
    server.redirect("/old", "/feed?a=1")
    server.serve("/feed", b"<rss/>")
    answer = good(fetch(fetcher, replace(private(server.url("/old")), follow=False)))
    assert (answer.status, answer.redirect, answer.body) == (302, server.url("/feed?a=1"), b"")
    assert server.requests("/feed?a=1") == 0
    answer = good(fetch(fetcher, replace(private(server.url("/feed")), follow=False)))
    assert (answer.redirect, answer.body) == (None, b"<rss/>")


# ---- Refusals, in words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "answered 404 Not Found"),
        (410, "answered 410 Gone"),
        (500, "answered 500 Internal Server Error"),
        (599, "answered 599"),
        (300, "answered 300 Multiple Choices"),
    ],
)
def test_a_bad_status_is_an_error_with_its_name(
    server: FeedServer, fetcher: Fetcher, status: int, words: str
) -> None:
    server.status("/feed", status)
    error = bad(fetch(fetcher, private(server.url("/feed"))))
    assert (str(error), error.status, error.retry_at) == (words, status, None)


def test_the_status_decides_not_the_body(server: FeedServer, fetcher: Fetcher) -> None:
    server.serve("/feed", b"<rss><channel/></rss>", status=500)
    assert bad(fetch(fetcher, private(server.url("/feed")))).status == 500


def test_an_endless_error_page_is_still_only_an_error(server: FeedServer, fetcher: Fetcher) -> None:
    server.endless_body("/feed", status=503)
    assert str(bad(fetch(fetcher, private(server.url("/feed"))))) == "answered 503 Service Unavailable"


def test_a_server_that_has_lost_the_time_is_left_alone_as_long_as_it_means(
    server: FeedServer, fetcher: Fetcher
) -> None:
    server.clock = lambda: datetime(1970, 1, 1, tzinfo=UTC)
    server.status("/feed", 503, headers={"Retry-After": "Thu, 01 Jan 1970 01:00:00 GMT"})
    assert bad(fetch(fetcher, private(server.url("/feed")))).retry_at == NOW + timedelta(hours=1)


def test_a_move_is_where_permanent_redirects_lead_from_the_first_on(
    server: FeedServer, fetcher: Fetcher
) -> None:
    server.serve("/new", b"x")
    server.redirect("/old", "/older", status=301)
    server.redirect("/older", "/new", status=308)
    server.redirect("/today", "/old", status=302)
    server.redirect("/gone", "/today", status=301)
    moves = {
        path: good(fetch(fetcher, private(server.url(path)))).moved_to
        for path in ("/new", "/old", "/today", "/gone")
    }
    assert moves == {
        "/new": None,
        "/old": server.url("/new"),
        "/today": None,
        "/gone": server.url("/today"),
    }


def test_what_gave_no_word_is_told_apart_from_what_said_no(server: FeedServer, fetcher: Fetcher) -> None:
    server.status("/no", 503)
    server.hang("/silent")
    silent = Request("a feed", server.url("/silent"), allow_private=True, timeout=timedelta(seconds=0.2))
    assert bad(fetch(fetcher, silent)).silent_for is not None
    assert bad(fetch(fetcher, private("http://no-such-name.invalid/"))).silent_for is not None
    assert bad(fetch(fetcher, private(server.url("/no")))).silent_for is None
    assert bad(fetch(fetcher, private("http://127.0.0.1:1/"))).silent_for is None  # its machine says no


@pytest.mark.parametrize("said", ["120", "Tue, 24 Feb 2026 12:02:00 GMT"])
def test_a_server_that_wants_a_pause_says_until_when(server: FeedServer, fetcher: Fetcher, said: str) -> None:
    server.clock = lambda: NOW
    server.status("/feed", 429, headers={"Retry-After": said})
    assert bad(fetch(fetcher, private(server.url("/feed")))).retry_at == NOW + timedelta(minutes=2)


@pytest.mark.parametrize(
    "said", ["", "soon", "-5", "0", "1.5", "Tue, 24 Feb 2026 11:59:00 GMT", "9" * 5000 + "x", "²"]
)
def test_an_odd_retry_after_is_none(said: str) -> None:
    assert retry_after(said, NOW) is None


@pytest.mark.parametrize("said", ["9" * 5000, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_retry_after_is_at_most_a_year(said: str) -> None:
    assert retry_after(said, NOW) == NOW + timedelta(days=365)


def test_a_name_that_does_not_exist(fetcher: Fetcher) -> None:
    name = "no-such-name-" + "x" * 60 + ".invalid"  # too long a label for any resolver to ask about
    assert (
        str(bad(fetch(fetcher, Request("a feed", f"https://{name}/")))) == f"the name {name} cannot be found"
    )


def test_a_server_that_is_not_there(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    words = str(bad(fetch(fetcher, private(f"http://127.0.0.1:{port}/"))))
    assert words == "the server 127.0.0.1 refuses connections"


def test_a_server_that_does_not_answer(server: FeedServer, fetcher: Fetcher) -> None:
    server.hang("/feed")
    assert str(bad(fetch(fetcher, private(server.url("/feed"), timeout=SHORT)))) == "no answer within 0.5 s"


def test_a_server_that_drips(server: FeedServer, fetcher: Fetcher) -> None:
    server.drip("/feed", b"<rss/>")
    words = str(bad(fetch(fetcher, private(server.url("/feed"), timeout=SHORT))))
    assert words == "the answer was not complete within 0.5 s"


def test_a_server_that_hangs_behind_a_redirect(server: FeedServer, fetcher: Fetcher) -> None:
    server.redirect("/feed", "/slow")
    server.hang("/slow")
    assert str(bad(fetch(fetcher, private(server.url("/feed"), timeout=SHORT)))) == "no answer within 0.5 s"


def test_a_server_that_takes_no_connection() -> None:
    """It listens, but its queue is full: the next connection waits for ever."""
    with socket.socket() as listener, Fetcher("watcher", connect_timeout=SHORT) as fetcher:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        waiting = [socket.socket() for _ in range(8)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)
        words = str(bad(fetch(fetcher, private(f"http://127.0.0.1:{address[1]}/"))))
        for one in waiting:
            one.close()
    assert words in {"no connection to 127.0.0.1 within 0.5 s", "the server 127.0.0.1 refuses connections"}


def test_a_body_that_is_too_large(server: FeedServer, fetcher: Fetcher) -> None:
    server.serve("/just", b"x" * 100_000)
    server.serve("/over", b"x" * 100_001)
    server.endless_body("/endless")
    assert len(good(fetch(fetcher, private(server.url("/just")))).body) == 100_000
    for path in ("/over", "/endless"):
        assert str(bad(fetch(fetcher, private(server.url(path))))) == "more than 100000 bytes"


def test_a_request_may_want_less_than_the_fetcher_allows(server: FeedServer, fetcher: Fetcher) -> None:
    server.serve("/feed", b"x" * 1025)
    small = replace(private(server.url("/feed")), max_bytes=1024)
    assert str(bad(fetch(fetcher, small))) == "more than 1 KiB"
    assert good(fetch(fetcher, replace(small, max_bytes=2**30))).status == 200


def test_a_body_that_is_too_large_once_unpacked(server: FeedServer) -> None:
    server.bomb("/feed", 64 * 2**20)
    with Fetcher("watcher") as fetcher:
        assert str(bad(fetch(fetcher, private(server.url("/feed"))))) == "more than 15 MiB"


def test_headers_without_an_end(server: FeedServer, fetcher: Fetcher) -> None:
    server.endless_headers("/feed")
    assert str(bad(fetch(fetcher, private(server.url("/feed"))))) == "more than 128 KiB of headers"


def test_an_answer_that_breaks_off(server: FeedServer, fetcher: Fetcher) -> None:
    server.raw("/feed", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>")
    assert str(bad(fetch(fetcher, private(server.url("/feed"))))) == "the answer broke off before its end"


def test_no_answer_at_all(server: FeedServer, fetcher: Fetcher) -> None:
    server.raw("/feed", b"")
    words = str(bad(fetch(fetcher, private(server.url("/feed")))))
    assert words == "the server closed the connection without an answer"


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 twohundred OK\r\n\r\n",
        b"HTTP/1.1 200\r\n: no name\r\nno colon\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[zz]/\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://\xff\xfe\xd7\xa9/\xff\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnot!",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzzz\r\n",
        b"\0" * 1000,
    ],
)
def test_a_server_that_talks_nonsense_harms_nobody(
    server: FeedServer, fetcher: Fetcher, answer: bytes
) -> None:
    server.raw("/nonsense", answer)
    server.serve("/feed", b"<rss/>")
    said = fetch(fetcher, private(server.url("/nonsense")))
    assert isinstance(said, Response) or "\n" not in str(said)
    assert good(fetch(fetcher, private(server.url("/feed")))).body == b"<rss/>"


def test_a_server_of_another_kind(server: FeedServer, fetcher: Fetcher) -> None:
    server.raw("/feed", b"SSH-2.0-OpenSSH_9.2\r\n")
    assert str(bad(fetch(fetcher, private(server.url("/feed"))))) == "the server does not speak HTTP"


def test_a_redirect_to_nowhere(server: FeedServer, fetcher: Fetcher) -> None:
    server.redirect("/feed", "")
    assert str(bad(fetch(fetcher, private(server.url("/feed"))))) == "answered 302 Found"


def test_a_wrongly_compressed_answer(server: FeedServer, fetcher: Fetcher) -> None:
    server.serve("/feed", b"this is no gzip", headers={"Content-Encoding": "gzip"})
    assert str(bad(fetch(fetcher, private(server.url("/feed"))))) == "the answer is wrongly compressed"


def test_redirects_without_an_end(server: FeedServer, fetcher: Fetcher) -> None:
    server.redirect("/feed", "/feed")
    assert str(bad(fetch(fetcher, private(server.url("/feed"))))) == "more than 5 redirects"
    assert server.requests("/feed") == 6


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:70/", "dict://127.0.0.1/"]
)
def test_a_redirect_out_of_the_web(server: FeedServer, fetcher: Fetcher, target: str) -> None:
    server.redirect("/feed", target)
    words = str(bad(fetch(fetcher, private(server.url("/feed")))))
    assert words == "redirected to an address that is neither http nor https"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "",
        "example.org/feed",
        "http://",
        "http://[::1",
        "http://a\0b/",
    ],
)
def test_an_address_that_is_none_of_the_web(fetcher: Fetcher, url: str) -> None:
    assert str(bad(fetch(fetcher, Request("a feed", url)))).startswith("the address is n")


# ---- TLS ----------------------------------------------------------------------------------------------------------


def test_a_certificate_nobody_vouches_for_is_refused(fetcher: Fetcher, certificate: Path) -> None:
    with FeedServer(certificate=certificate) as server:
        server.serve("/feed", b"<rss/>")
        words = str(bad(fetch(fetcher, private(server.url("/feed")))))
        assert words.startswith("the certificate is not valid: ")
        assert server.requests("/feed") == 0


def test_a_certificate_the_environment_vouches_for_is_accepted(
    monkeypatch: pytest.MonkeyPatch, certificate: Path
) -> None:
    monkeypatch.setenv("CURL_CA_BUNDLE", str(certificate.with_name("authority.pem")))
    with FeedServer(certificate=certificate) as server, Fetcher("watcher") as fetcher:
        server.serve("/feed", b"<rss/>")
        assert good(fetch(fetcher, private(server.url("/feed")))).body == b"<rss/>"


@second_loopback
def test_a_certificate_of_another_name_is_refused(monkeypatch: pytest.MonkeyPatch, certificate: Path) -> None:
    monkeypatch.setenv("CURL_CA_BUNDLE", str(certificate.with_name("authority.pem")))
    with FeedServer("127.0.0.2", certificate) as server, Fetcher("watcher") as fetcher:
        words = str(bad(fetch(fetcher, private(server.url("/feed")))))
        assert words.startswith("the certificate is not valid: ")


# ---- The guard ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.0.0.1."]
)
def test_this_machine_is_not_fetched_from_however_it_is_spelt(
    server: FeedServer, fetcher: Fetcher, host: str
) -> None:
    server.serve("/feed", b"<rss/>")
    words = str(bad(fetch(fetcher, Request("a feed", server.url("/feed", host)))))
    assert "an address inside this machine's own network" in words or "cannot be found" in words
    assert server.requests("/feed") == 0


@pytest.mark.parametrize(
    "host",
    [
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "0.0.0.0",
        "169.254.169.254",
    ],
)
def test_nor_from_its_network_in_other_clothes(server: FeedServer, fetcher: Fetcher, host: str) -> None:
    words = str(bad(fetch(fetcher, Request("a feed", server.url("/feed", host)))))
    assert "an address inside this machine's own network" in words


def test_the_refusal_says_how_to_allow_it(server: FeedServer, fetcher: Fetcher) -> None:
    assert str(bad(fetch(fetcher, Request("a feed", server.url("/feed", "localhost"))))) in {
        f"localhost leads to an address inside this machine's own network ({address}); "
        "say allow_private = true on the source if that is meant"
        for address in ("127.0.0.1", "::1")
    }


@second_loopback
def test_a_redirect_into_the_own_network_is_refused_at_the_hop() -> None:
    """As if 127.0.0.1 were in the internet, and 127.0.0.2 in the cellar."""
    with FeedServer() as outside, FeedServer("127.0.0.2") as inside:
        outside.redirect("/feed", "/further")
        outside.redirect("/further", inside.url("/secret"))
        inside.serve("/secret", b"<rss/>")
        with Fetcher("watcher", is_public="127.0.0.1".__eq__) as fetcher:
            words = str(bad(fetch(fetcher, Request("a feed", outside.url("/feed")))))
        assert words == (
            "redirected to an address inside this machine's own network (127.0.0.2); "
            "say allow_private = true on the source if that is meant"
        )
        assert inside.requests("/secret") == 0


def test_a_connection_made_for_one_source_is_no_way_in_for_another(
    server: FeedServer, fetcher: Fetcher
) -> None:
    server.serve("/feed", b"<rss/>")
    assert good(fetch(fetcher, private(server.url("/feed")))).status == 200
    assert "this machine's own network" in str(bad(fetch(fetcher, Request("another", server.url("/feed")))))
    assert server.requests("/feed") == 1


def test_a_proxy_named_by_the_environment_is_used(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.url(""))
    server.serve("http://feeds.example/feed", b"<rss/>")
    with Fetcher("watcher") as fetcher:
        assert good(fetch(fetcher, Request("a feed", "http://feeds.example/feed"))).body == b"<rss/>"


# ---- Many at once -------------------------------------------------------------------------------------------------


def test_each_request_gives_one_answer(server: FeedServer, fetcher: Fetcher) -> None:
    requests = [private(server.url(f"/{number}"), source=str(number)) for number in range(300)]
    for number in range(0, 300, 2):
        server.serve(f"/{number}", str(number))
    answers = {request.source: answer for request, answer in fetcher.fetch(once(*requests))}
    assert len(answers) == 300
    assert all(good(answers[str(number)]).body == str(number).encode() for number in range(0, 300, 2))
    assert all(bad(answers[str(number)]).status == 404 for number in range(1, 300, 2))


def test_no_more_is_taken_than_there_are_places(server: FeedServer) -> None:
    asked: list[int] = []
    give = once(*(private(server.url("/feed")) for _ in range(20)))

    def take(places: int) -> Sequence[Request]:
        asked.append(places)
        return give(places)

    server.serve("/feed", b"<rss/>")
    with Fetcher("watcher", concurrency=3, per_host=3) as fetcher:
        assert len(list(fetcher.fetch(take))) == 20
    assert max(asked) == 3


def test_nothing_to_fetch_is_an_end(fetcher: Fetcher) -> None:
    assert list(fetcher.fetch(lambda places: ())) == []


def test_who_has_nothing_yet_is_asked_again(server: FeedServer, fetcher: Fetcher) -> None:
    server.serve("/feed", b"<rss/>")
    batches: Iterator[list[Request] | None] = iter([None, [private(server.url("/feed"))]])
    assert len(list(fetcher.fetch(lambda places: next(batches, ())))) == 1


def test_what_becomes_due_meanwhile_is_taken_too(server: FeedServer, fetcher: Fetcher) -> None:
    server.hang("/slow")
    server.serve("/feed", b"<rss/>")
    batches = iter(
        [[private(server.url("/slow"), "slow", timedelta(seconds=3))], [private(server.url("/feed"), "late")]]
    )
    order = [request.source for request, _ in fetcher.fetch(lambda places: next(batches, ()))]
    assert order == ["late", "slow"]


def test_a_slow_server_delays_no_other() -> None:
    with FeedServer() as slow, FeedServer() as quick:
        slow.hang("/feed")
        requests = [private(slow.url("/feed"), "slow", timedelta(seconds=2)) for _ in range(4)]
        for number in range(40):
            quick.serve(f"/{number}", b"<rss/>")
            requests.append(private(quick.url(f"/{number}"), "quick"))
        with Fetcher("watcher", concurrency=4, per_host=2) as fetcher:
            order = [request.source for request, _ in fetcher.fetch(once(*requests))]
    assert order == ["quick"] * 40 + ["slow"] * 4


def test_transfers_go_on_while_the_reader_is_busy(server: FeedServer, fetcher: Fetcher) -> None:
    """The second is fetched while nobody asks for it: it is there when the first has been dealt with."""
    server.serve("/1", b"<rss/>")
    server.serve("/2", b"<rss/>")
    answers = fetcher.fetch(once(private(server.url("/1")), private(server.url("/2"))))
    next(answers)
    while not (server.requests("/1") and server.requests("/2")):
        pass
    assert good(next(answers)[1]).body == b"<rss/>"


def test_a_reader_may_leave_and_come_back(server: FeedServer, fetcher: Fetcher) -> None:
    server.hang("/slow")
    server.serve("/feed", b"<rss/>")
    answers = fetcher.fetch(once(private(server.url("/feed")), private(server.url("/slow"))))
    next(answers)
    left(answers)
    assert good(fetch(fetcher, private(server.url("/feed")))).status == 200


def test_closing_answers_what_is_under_way(server: FeedServer, fetcher: Fetcher) -> None:
    server.hang("/feed")
    answers = fetcher.fetch(once(*(private(server.url("/feed")) for _ in range(10))))
    closing = iter([fetcher.close])

    def take(places: int) -> Sequence[Request]:
        for close in closing:
            close()
        return ()

    assert list(fetcher.fetch(take)) == []
    assert [str(bad(answer)) for _, answer in answers] == ["watcher is stopping"] * 10
    fetcher.close()


# ---- What is made of answers, and how much of it is in memory ------------------------------------------------------


def test_a_body_that_takes_long_to_read_delays_no_other(server: FeedServer, fetcher: Fetcher) -> None:
    others_are_done = threading.Event()

    def read(request: Request, answer: Response) -> str:
        if request.source == "slow":
            others_are_done.wait(30)
        return answer.body.decode()

    server.serve("/feed", "news")
    requests = [private(server.url("/feed"), "slow"), *(private(server.url("/feed")) for _ in range(20))]
    order = []
    for request, said in fetcher.fetch(once(*requests), read):
        assert said == "news"
        order.append(request.source)
        if len(order) == 20:
            others_are_done.set()
    assert order == ["a feed"] * 20 + ["slow"]


def test_only_what_is_whole_is_read(server: FeedServer, fetcher: Fetcher) -> None:
    server.serve("/feed", b"news", etag='"1"')
    server.status("/gone", 410)
    known = private(server.url("/feed"), "known", etag='"1"')
    requests = (known, private(server.url("/feed"), "new"), private(server.url("/gone"), "gone"))
    results = {request.source: said for request, said in fetcher.fetch(once(*requests), lambda *_: "read")}
    assert results["new"] == "read"
    assert isinstance(results["known"], Response)
    assert results["known"].not_modified
    assert isinstance(results["gone"], FetchError)


def test_what_a_reader_raises_is_raised_where_the_results_are(server: FeedServer, fetcher: Fetcher) -> None:
    server.serve("/feed", b"news")
    with pytest.raises(ZeroDivisionError):
        list(fetcher.fetch(once(private(server.url("/feed"))), lambda *_: 1 // 0))


def test_only_so_many_large_bodies_are_in_memory_at_once_and_none_is_lost(server: FeedServer) -> None:
    here, most = 0, 0
    lock = threading.Lock()

    def read(_: Request, answer: Response) -> int:
        nonlocal here, most
        with lock:
            here += 1
            most = max(most, here)
        time.sleep(0.02)
        with lock:
            here -= 1
        return len(answer.body)

    server.serve("/large", b"x" * 2**20)
    requests = [private(server.url("/large"), str(number)) for number in range(20)]
    with Fetcher("watcher", large_at_once=2, per_host=20) as fetcher:
        sizes = [said for _, said in fetcher.fetch(once(*requests), read)]
    assert sizes == [2**20] * 20
    assert most == 2


def test_large_bodies_that_wait_delay_no_small_one(server: FeedServer) -> None:
    small_are_done = threading.Event()

    def read(request: Request, _: Response) -> str:
        if request.source == "large":
            small_are_done.wait(30)
        return request.source

    server.serve("/large", b"x" * 2**20)
    server.serve("/small", b"x")
    requests = [private(server.url("/large"), "large") for _ in range(12)]
    requests += [private(server.url("/small"), "small") for _ in range(40)]
    order = []
    with Fetcher("watcher", concurrency=8, large_at_once=2, per_host=8) as fetcher:
        for _, said in fetcher.fetch(once(*requests), read):
            order.append(said)
            if order.count("small") == 40:
                small_are_done.set()
    assert order == ["small"] * 40 + ["large"] * 12


def test_who_leaves_gives_the_places_of_large_bodies_back(server: FeedServer) -> None:
    server.serve("/large", b"x" * 2**20)
    with Fetcher("watcher", large_at_once=2) as fetcher:
        for _ in range(4):
            answers = fetcher.fetch(once(*(private(server.url("/large")) for _ in range(4))))
            next(answers)
            left(answers)
        assert good(fetch(fetcher, private(server.url("/large")))).status == 200


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 6\r\n\r\n<rss/>", b"<rss/>"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n<rss/>", b"<rs"),
        (b"HTTP/1.0 200\r\n\r\n<rss/>", b"<rss/>"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n"
            b"6\r\n<rss/>\r\n0\r\n\r\n",
            b"<rss/>",
        ),
    ],
    ids=["lying type", "short length", "no length", "two lengths"],
)
def test_what_can_be_made_of_an_odd_answer_is_made_of_it(
    server: FeedServer, fetcher: Fetcher, answer: bytes, body: bytes
) -> None:
    server.raw("/feed", answer)
    assert good(fetch(fetcher, private(server.url("/feed")))).body == body


def test_headers_that_drip_are_waited_for_no_longer_than_the_rest(
    server: FeedServer, fetcher: Fetcher
) -> None:
    server.drip("/feed", b"X-Filler: x\r\n", before=b"HTTP/1.1 200 OK\r\n")
    words = str(bad(fetch(fetcher, private(server.url("/feed"), timeout=SHORT))))
    assert words == "the answer was not complete within 0.5 s"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_the_cap_holds_after_decompression(server: FeedServer, fetcher: Fetcher, encoding: str) -> None:
    packed = gzip.compress(b"x" * 100_001) if encoding == "gzip" else zlib.compress(b"x" * 100_001)
    server.serve("/feed", packed, headers={"Content-Encoding": encoding})
    server.serve("/twice", gzip.compress(packed), headers={"Content-Encoding": f"{encoding}, gzip"})
    for path in ("/feed", "/twice"):
        assert str(bad(fetch(fetcher, private(server.url(path))))) == "more than 100000 bytes"


def test_an_answer_that_is_packed_too_often_is_refused(server: FeedServer, fetcher: Fetcher) -> None:
    server.serve("/feed", b"x", headers={"Content-Encoding": ", ".join(["gzip"] * 20)})
    assert "wrongly compressed" in str(bad(fetch(fetcher, private(server.url("/feed")))))
