"""Passes of this project over feeds, each as the daemon makes it. Arguments: the config."""

from __future__ import annotations

import sys
from pathlib import Path

from feeds.measure import passes
from watcher import app


def main() -> None:
    with app.opened(app.load(Path(sys.argv[1]), {})) as running:

        def make_due() -> None:
            running.doors.store.make_due([feed.name for feed in running.feeds], running.doors.clock())

        def run() -> None:
            for report in running.poll_feeds():
                assert not report.error, report

        passes(run, make_due)


if __name__ == "__main__":
    main()
