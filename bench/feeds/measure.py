"""What a pass costs this process and its children. Reads /proc, so it is for Linux. Imports nothing of ours: the
programs that we compare ourselves with are measured by it as well.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def children() -> list[Path]:
    """The living ones, as folders of /proc."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            except OSError:  # ended just now
                continue
            if int(parent) == os.getpid():
                found.append(folder)
    return found


def cpu() -> float:
    """Seconds of CPU so far, of this process and all its children, dead or alive."""
    ended = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    alive = ((child / "stat").read_text().rpartition(")")[2].split()[11:13] for child in children())
    return sum(each.ru_utime + each.ru_stime for each in ended) + sum(
        sum(map(int, times)) / TICK for times in alive
    )


def peak(process: Path) -> float:
    """The most memory a process has had, in MiB."""
    line = next(line for line in (process / "status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def passes(run: Callable[[], object]) -> None:
    """One pass for each line on stdin; of each a line of JSON: CPU seconds, peak memory in MiB."""
    print("ready", flush=True)
    for _ in sys.stdin:
        before = cpu()
        run()
        told = {
            "cpu": cpu() - before,
            "main": peak(Path("/proc/self")),
            "children": [peak(each) for each in children()],
        }
        print(json.dumps(told), flush=True)
