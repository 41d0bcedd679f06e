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


def own() -> float:
    """Seconds of CPU so far, of this process and of its children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def of_children() -> float:
    """Seconds of CPU so far, of the living ones."""
    times = ((child / "stat").read_text().rpartition(")")[2].split()[11:13] for child in children())
    return sum(sum(map(int, each)) / TICK for each in times)


def peak(process: Path) -> float:
    """The most memory a process has had, in MiB."""
    line = next(line for line in (process / "status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def passes(run: Callable[[], object], prepare: Callable[[], object] = lambda: None) -> None:
    """One pass for each line on stdin; of each a line of JSON: CPU seconds, peak memory in MiB.

    `prepare` is no part of it: in life, feeds come due by themselves.
    """
    print("ready", flush=True)
    for _ in sys.stdin:
        prepare()
        theirs, ours = of_children(), own()  # in this order: looking through /proc is no part of the pass
        run()
        ours, theirs = own() - ours, of_children() - theirs
        told = {
            "cpu": ours + theirs,
            "main": peak(Path("/proc/self")),
            "children": [peak(each) for each in children()],
        }
        print(json.dumps(told), flush=True)
