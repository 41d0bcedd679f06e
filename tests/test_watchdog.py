"""The service manager's watchdog is fed by real progress alone: what hangs is killed and begun anew, and goes on."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from pathlib import Path

from tests.commands import until
from tests.manager import manager
from tests.world import CALL, VOTE, World, rss

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


def test_a_feed_that_never_answers_does_not_hang_the_poller(earth: World) -> None:
    earth.feeds.hang("/mute.xml")
    earth.configure("/mute.xml", polling='[polling]\ntimeout = "8s"')
    with manager(earth.folder) as systemd, systemd.started(earth.folder):
        systemd.hears("READY=1")  # after the first poll, such as it was
        systemd.hears("WATCHDOG=1")
        assert "no answer within 8 s" in systemd.log(earth.folder)
        assert "nothing has moved" not in systemd.log(earth.folder)
