"""The service manager's watchdog is fed by real progress alone: what hangs is killed and begun anew, and goes on."""

from __future__ import annotations

import signal
import sys
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tests.commands import until
from tests.manager import manager
from tests.world import CALL, VOTE, World, rss
from watcher.app.running import READ_WITHIN
from watcher.core.formats.feeds import Parsed
from watcher.edges.sandbox import Sandbox

HANGING = Path(__file__).with_name("hanging_child.py")


def test_a_poller_and_a_sender_that_hang_are_begun_anew_and_no_alert_is_lost(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.desk_url += "?rto=600"  # what apprise itself waits for an answer
    earth.configure("/un.xml", polling='[polling]\ntimeout = "1s"')
    (earth.folder / "drop" / "call.txt").write_text(f"{CALL.title}\n\n{CALL.text}", "utf-8")
    earth.desk.silent = True
    with manager(earth.folder) as systemd:
        with systemd.started(earth.folder, (sys.executable, str(HANGING), "config.toml")) as hung:
            systemd.hears("WATCHDOG=1")
            systemd.hears_nothing()
            until(lambda: "deliver desk, feeds: nothing has moved" in systemd.log(earth.folder))
            hung.send_signal(signal.SIGABRT)  # as systemd does
            assert hung.wait(30) == -signal.SIGABRT
        assert "in parse_feed" in systemd.log(earth.folder)  # where it hung
        earth.desk.silent = False
        with systemd.started(earth.folder):
            until(lambda: len(earth.told) == 2)
            systemd.hears("WATCHDOG=1")
    copies = Counter(headers["idempotency-key"] for headers in earth.desk.headers)
    assert sorted(copies.values()) == [1, 2]  # the receiver had taken the one, and not said so


def test_a_feed_whose_reader_hangs_is_found_out_while_others_go_on(earth: World) -> None:
    come_back, votes = threading.Event(), "feeds: /votes.xml"

    class HungByVotes(Sandbox):
        def parse_feed(self, body: bytes, headers: Mapping[str, str], known: Sequence[str] = ()) -> Parsed:
            if VOTE.title.encode() in body:
                come_back.wait()
            return super().parse_feed(body, headers, known)

    earth.feeds.serve("/votes.xml", rss([VOTE]))
    earth.feeds.serve("/calls.xml", rss([CALL]))
    earth.configure("/votes.xml", "/calls.xml")
    with earth.running() as running, HungByVotes() as sandbox:
        running.doors = replace(running.doors, sandbox=sandbox)
        polls = running.poll_feeds()
        try:
            assert next(polls).source == "/calls.xml"
            until(lambda: votes in running.hung(0.1 - READ_WITHIN))
            assert running.hung(60) == []  # it may just take long
        finally:
            come_back.set()
        assert [report.source for report in polls] == ["/votes.xml"]
        assert votes not in running.hung(-READ_WITHIN)


def test_a_feed_that_never_answers_does_not_hang_the_poller(earth: World) -> None:
    earth.feeds.hang("/mute.xml")
    earth.configure("/mute.xml", polling='[polling]\ntimeout = "8s"')
    with manager(earth.folder) as systemd, systemd.started(earth.folder):
        systemd.hears("READY=1")  # after the first poll, such as it was
        systemd.hears("WATCHDOG=1")
        assert "no answer within 8 s" in systemd.log(earth.folder)
        assert "nothing has moved" not in systemd.log(earth.folder)
