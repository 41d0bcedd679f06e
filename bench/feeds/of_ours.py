"""Passes of this project over feeds, as `watcher run --once` does them. Arguments: the config."""

from __future__ import annotations

import sys
from pathlib import Path

from measure import passes

from watcher import app


def main() -> None:
    with app.opened(app.load(Path(sys.argv[1]), {})) as running:

        def run() -> None:
            for report in running.run_once():
                assert not report.error, report

        passes(run)


if __name__ == "__main__":
    main()
