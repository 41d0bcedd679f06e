"""Parsing in children that may be killed: real processes, really killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from watcher.core.formats import feeds
from watcher.core.model import Entry
from watcher.core.sources.robots import Permission
from watcher.edges.sandbox import Sandbox
from watcher.errors import ParseError, ParserLost

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "feeds"
linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")


def rss(items: str) -> bytes:
    return f'<rss version="2.0"><channel><title>A feed</title>{items}</channel></rss>'.encode()


GOOD = rss(
    "<item><title>One</title><description>First</description><pubDate>Tue, 24 Feb 2026 10:00:00 IST</pubDate></item>"
)
# Half a minute's work for html.parser.
SLOW = rss("<item><title>x</title><description><![CDATA[" + "<B>" * 4_000_000 + "]]></description></item>")
SHORT_AND_SLOW = rss("<a>" * 80_000)
LONG = rss("<item><title>x</title></item>" * 10_000)
LARGE = b"[" + b"[]," * 4_000_000 + b'{"title": "x"}]'


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def impatient() -> Iterator[Sandbox]:
    with Sandbox(workers=1, cpu_seconds=1) as sandbox:
        yield sandbox


def refusal(sandbox: Sandbox, body: bytes) -> str:
    with pytest.raises(ParseError) as refused:
        sandbox.parse_feed(body, {})
    return str(refused.value)


def read_or_refused(sandbox: Sandbox, body: bytes) -> tuple[Entry, ...]:
    """The entries; none where it is refused with a ParseError. Anything else fails the test."""
    try:
        return sandbox.parse_feed(body, {}).entries
    except ParseError as error:
        if "\n" in str(error) or not str(error):
            raise
        return ()


def children_of(parent: int) -> set[int]:
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:  # gone meanwhile
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.add(int(status.parent.name))
    return found


def worked(child: int) -> int:
    """For how many hundredths of a second it has had the processor."""
    return int(Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11])


def test_a_feed_comes_out_as_it_would_without_a_sandbox(sandbox: Sandbox) -> None:
    assert sandbox.parse_feed(GOOD, {}) == feeds.parse(GOOD, {})


def test_a_warning_comes_out_too(sandbox: Sandbox) -> None:
    torn = GOOD[: GOOD.index(b"</channel>")] + b"<item><title>Two"
    parsed = sandbox.parse_feed(torn, {})
    assert [entry.title for entry in parsed.entries] == ["One"]
    assert parsed.warning == "it breaks off before its end"


def test_the_headers_go_in(sandbox: Sandbox) -> None:
    body = rss("<item><title>Новини</title></item>").decode().encode("koi8-u")
    parsed = sandbox.parse_feed(body, {"content-type": "text/xml; charset=koi8-u"})
    assert parsed.entries[0].title == "Новини"


def test_a_file_is_read_there_as_well(sandbox: Sandbox) -> None:
    parsed = sandbox.parse_file("vote.txt", b" date 2026-02-24 The Assembly voted. It was close.")
    assert (parsed.entries[0].key, parsed.entries[0].title) == ("vote.txt", "The Assembly voted.")


def test_a_page_is_read_there_as_well(sandbox: Sandbox) -> None:
    sentence = "The Assembly adopted a resolution on Tuesday, in a vote that followed two days of speeches."
    page = f"<html><body><nav>Home</nav><article><p>{sentence}</p></article></body></html>".encode()
    assert sandbox.read_page(page, {"content-type": "text/html"}) == sentence
    with pytest.raises(ParseError, match=r"^it is no web page, but application/pdf$"):
        sandbox.read_page(b"%PDF", {"content-type": "application/pdf"})


def test_a_robots_txt_is_read_there_as_well(sandbox: Sandbox) -> None:
    robots = b"User-agent: *\nDisallow: /private\nCrawl-delay: 2\n"
    assert sandbox.read_robots(robots, "https://news.example/private/1") == Permission(False, 2.0)
    assert sandbox.read_robots(robots, "https://news.example/1") == Permission(True, 2.0)


def test_a_robots_txt_that_multiplies_is_given_up_and_the_next_is_read() -> None:
    """Each of many groups gets each of many rules: half a MiB of text would be gigabytes."""
    bomb = b"".join(b"User-agent: %d\n" % number for number in range(16_000)) + b"Disallow: /a\n" * 16_000
    with Sandbox(workers=1, cpu_seconds=1) as sandbox:
        with pytest.raises(ParserLost, match="parsing took more than"):
            sandbox.read_robots(bomb, "https://news.example/1")
        assert sandbox.read_robots(b"", "https://news.example/1") == Permission(True)


@pytest.mark.parametrize(
    "page",
    [
        b"<html><body><article>" + b"<p>x" * 1_000_000,
        b"<html><body>" + b"<div>" * 200_000,
        b"<html><body><p " + b"a=b " * 500_000 + b">x</p>",
        b"<html><head><script type='application/ld+json'>" + b'{"@type":["a",' * 50_000,
        b"<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><html><body><article><p>&a; is it</p></article>",
        b"&#xD800;" * 1000,
        bytes(range(256)) * 1000,
    ],
    ids=["many paragraphs", "deep", "attributes", "json", "external entity", "no characters", "bytes"],
)
def test_a_hostile_page_is_read_or_refused(impatient: Sandbox, page: bytes) -> None:
    with suppress(ParseError):
        assert "/" not in impatient.read_page(page, {"content-type": "text/html"})
    assert impatient.parse_feed(GOOD, {}).entries


def test_what_is_no_feed_is_refused_in_the_parsers_words(sandbox: Sandbox) -> None:
    assert (
        refusal(sandbox, b"<html><title>Hello</title>")
        == "this is no feed: it looks like a web page, “Hello”"
    )


def test_halves_of_characters_do_no_harm(sandbox: Sandbox) -> None:
    [entry] = sandbox.parse_file(
        "a\udcff.json", b'{"title": "half \\ud800 a character", "text": "\\udfff"}'
    ).entries
    assert (entry.key, entry.title, entry.text) == ("a.json", "half a character", "")


def test_a_feed_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    with Sandbox(workers=1, cpu_seconds=1, wall_seconds=300) as sandbox:
        assert refusal(sandbox, SLOW) == "parsing took more than 1 s of CPU"
        assert sandbox.parse_feed(GOOD, {}).entries


def test_the_time_counts_for_each_request_anew() -> None:
    """Many quick feeds in one child together take more than one may take."""
    busy = rss("<item><title>x</title><description>word</description></item>" * 2_000)
    with Sandbox(workers=1, cpu_seconds=1) as sandbox:
        assert all(sandbox.parse_feed(busy, {}).entries for _ in range(12))


def test_a_clock_on_the_wall_ends_it_too() -> None:
    with Sandbox(workers=1, wall_seconds=0.3) as sandbox:
        assert refusal(sandbox, SLOW) == "parsing took more than 0.3 s"


def test_a_file_that_takes_too_much_memory_is_given_up_and_the_next_is_read() -> None:
    with Sandbox(workers=1, memory=256 * 2**20) as sandbox:
        with pytest.raises(ParseError, match=r"^parsing took more than 256 MiB of memory$"):
            sandbox.parse_file("large.json", LARGE)
        assert sandbox.parse_feed(GOOD, {}).entries


@pytest.mark.parametrize(
    "hostile",
    [
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
        + rss("<item><title>&c;</title></item>").decode(),
        '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
        + rss("<item><title>&a;</title></item>").decode(),
        rss("<item><title>x</title><description>" + "<b>" * 20_000 + "</description></item>").decode(),
        rss("<item><title>x</title><author>" + "a@" * 24_000 + "</author></item>").decode(),
        "<rss>" * 20_000,
        "&#xD800;" * 1000,
        "\0" * 1000,
    ],
    ids=["billion laughs", "external entity", "deep", "long author", "deeper", "no characters", "zeros"],
)
def test_a_hostile_feed_is_read_or_refused(sandbox: Sandbox, hostile: str) -> None:
    for entry in read_or_refused(sandbox, hostile.encode()):
        assert len(entry.title) < 1_000
        assert "/" not in entry.title
    assert sandbox.parse_feed(GOOD, {}).entries


@pytest.mark.parametrize("slow", [SLOW, SHORT_AND_SLOW], ids=["long", "short"])
def test_those_that_take_long_step_aside_and_delay_no_other(slow: bytes) -> None:
    with ThreadPoolExecutor() as pool, Sandbox(workers=1, aside=2) as sandbox:
        under_way = [pool.submit(read_or_refused, sandbox, slow) for _ in range(2)]
        assert all(sandbox.parse_feed(GOOD, {}).entries for _ in range(20))
        assert not any(one.done() for one in under_way)


@linux
def test_who_steps_aside_is_served_last_and_stays_there() -> None:
    with Sandbox(workers=1, aside=1) as sandbox:
        before = children_of(os.getpid())
        read_or_refused(sandbox, SHORT_AND_SLOW)
        [aside] = children_of(os.getpid()) - before
        assert sandbox.parse_feed(GOOD, {}).entries
        assert sandbox.parse_feed(LONG, {}).entries
        [quick] = children_of(os.getpid()) - before - {aside}
        assert os.getpriority(os.PRIO_PROCESS, aside) > os.getpriority(os.PRIO_PROCESS, quick)


@linux
def test_a_childs_priority_is_weighed_against_its_parents_and_a_ctrl_c_is_none_of_its_business() -> None:
    before = children_of(os.getpid())
    with Sandbox(workers=1) as sandbox:
        assert sandbox.parse_feed(GOOD, {}).entries
        [child] = children_of(os.getpid()) - before
        assert os.getsid(child) == os.getsid(0)
        assert os.getpgid(child) != os.getpgid(0)


def test_more_of_them_than_may_step_aside_are_read_one_after_the_other() -> None:
    with ThreadPoolExecutor() as pool, Sandbox(1, 1, cpu_seconds=1, wall_seconds=300) as sandbox:
        slow = [pool.submit(refusal, sandbox, SLOW) for _ in range(3)]
        assert sandbox.parse_feed(GOOD, {}).entries
        assert {one.result() for one in slow} == {"parsing took more than 1 s of CPU"}
        assert sandbox.parse_feed(GOOD, {}).entries


@linux
def test_a_child_has_no_network() -> None:
    before = children_of(os.getpid())
    with Sandbox(workers=1) as sandbox:
        sandbox.parse_feed(GOOD, {})
        [child] = children_of(os.getpid()) - before
        devices = Path(f"/proc/{child}/net/dev").read_text()
        if devices == Path("/proc/self/net/dev").read_text():
            pytest.skip("this system lets nobody have a network of his own")
        names = [line.partition(":")[0].strip() for line in devices.splitlines()[2:]]
        assert names == ["lo"]  # and that is down


@linux
def test_a_child_that_dies_between_two_feeds_is_replaced_unnoticed() -> None:
    before = children_of(os.getpid())
    with Sandbox(workers=1) as sandbox:
        sandbox.parse_feed(GOOD, {})
        [child] = children_of(os.getpid()) - before
        os.kill(child, signal.SIGKILL)
        while child in children_of(os.getpid()):
            time.sleep(0.01)
        assert sandbox.parse_feed(GOOD, {}).entries


@linux
def test_a_child_that_dies_at_work_costs_that_feed_one_error() -> None:
    before = children_of(os.getpid())
    with Sandbox(workers=1) as sandbox, ThreadPoolExecutor() as pool:
        sandbox.parse_feed(GOOD, {})
        [child] = children_of(os.getpid()) - before
        idle = worked(child)
        working = pool.submit(refusal, sandbox, SHORT_AND_SLOW)
        while worked(child) < idle + 5:
            time.sleep(0.01)
        os.kill(child, signal.SIGSEGV)
        assert working.result() == "the parser died (signal 11)"
        assert sandbox.parse_feed(GOOD, {}).entries


def test_many_threads_share_the_children() -> None:
    bodies = [rss(f"<item><title>Number {number}</title></item>") for number in range(40)]
    with Sandbox(workers=2) as sandbox, ThreadPoolExecutor(8) as pool:
        parsed = list(pool.map(lambda body: sandbox.parse_feed(body, {}), bodies))
    assert [one.entries[0].title for one in parsed] == [f"Number {number}" for number in range(40)]


def test_closing_ends_what_is_at_work() -> None:
    with ThreadPoolExecutor() as pool:
        with Sandbox(workers=1) as sandbox:
            sandbox.parse_feed(GOOD, {})
            working = pool.submit(refusal, sandbox, SLOW)
            time.sleep(0.2)
        assert working.result() == "watcher is stopping"
    assert refusal(sandbox, GOOD) == "watcher is stopping"


@linux
def test_closing_leaves_no_child_behind() -> None:
    before = children_of(os.getpid())
    with Sandbox(workers=1) as sandbox:
        sandbox.parse_feed(GOOD, {})
        assert children_of(os.getpid()) > before
    assert children_of(os.getpid()) == before


@linux
def test_a_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_TOKEN", "sentinel-4711")
    before = children_of(os.getpid())
    with Sandbox(workers=1) as sandbox:
        sandbox.parse_feed(GOOD, {})
        [child] = children_of(os.getpid()) - before
        assert b"sentinel-4711" not in Path(f"/proc/{child}/environ").read_bytes()


@linux
def test_children_go_when_their_parent_is_killed() -> None:
    program = (
        "import time; from watcher.edges.sandbox import Sandbox; sandbox = Sandbox(workers=1);"
        "sandbox.parse_feed(b'<rss version=\"2.0\"/>', {}); print(flush=True); time.sleep(600)"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        [child] = children_of(parent.pid)
        parent.kill()
    while Path(f"/proc/{child}/cmdline").exists() and Path(f"/proc/{child}/cmdline").read_bytes():
        time.sleep(0.01)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real feeds is not on this machine")
def test_every_real_feed_is_read_or_refused_with_a_reason(sandbox: Sandbox) -> None:
    read = {path.name: read_or_refused(sandbox, path.read_bytes()) for path in sorted(CORPUS.iterdir())}
    for name, entries in read.items():
        assert all(entry.key and entry.title for entry in entries), name
        assert len({entry.key for entry in entries}) == len(entries), name
    assert sum(map(bool, read.values())) >= 35
