"""`watcher run` in which two parts hang for good: run by test_watchdog.py, which plays the service manager.

Whoever reads a feed never comes back; and the deadline of a send is a second instead of sixty, so that one which waits
for an answer has outlived it.
"""

from __future__ import annotations

import faulthandler
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from watcher import app
from watcher.app.daemon import run_forever
from watcher.app.signals import asked_by_signals
from watcher.core.formats.feeds import Parsed
from watcher.edges import receivers
from watcher.edges.sandbox import Sandbox


class Hung(Sandbox):
    def parse_feed(self, body: bytes, headers: Mapping[str, str], known: Sequence[str] = ()) -> Parsed:
        threading.Event().wait()
        raise AssertionError


if __name__ == "__main__":
    faulthandler.enable()  # as the command does
    receivers.DEADLINE_SECONDS = 1
    asked = asked_by_signals()
    with app.opened(app.load(Path(sys.argv[1]), {}), asked=asked) as running:
        running.doors = replace(running.doors, sandbox=Hung())
        run_forever(running)
