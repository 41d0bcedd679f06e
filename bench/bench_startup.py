"""How long `watcher --help` takes, beside a bare Python that imports click and sqlite3: both in one run, in turn.

The promise is a ratio of at most 1.5 between the medians.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 25
WATCHER = [str(Path(sys.executable).parent / "watcher"), "--help"]
BARE = [sys.executable, "-c", "import click, sqlite3"]


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    for command in (WATCHER, BARE):
        seconds(command)  # warm the file cache
    pairs = [(seconds(WATCHER), seconds(BARE)) for _ in range(RUNS)]
    ours, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(
        f"watcher --help {ours * 1e3:.0f} ms, bare click and sqlite3 {bare * 1e3:.0f} ms: {ours / bare:.2f} times"
    )


if __name__ == "__main__":
    main()
