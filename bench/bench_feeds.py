"""Feeds per second of processor time: this project, lemon24/reader and newsboat against one server in one run.

A thousand feeds of thirty entries: met for the first time, all 304, all sent again unchanged, and with one new entry
in each. This project does all of its work, with the default rules: the others only keep the entries. Then the cost as
the number of feeds grows, and what 10,000 feeds every quarter of an hour would take of one core.

    python bench/bench_feeds.py [--feeds N] [--quick]

`--quick`: this project alone, and no growth. reader and newsboat are left out, with a word, where they cannot be had.
Linux, for it reads /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean

import tomlkit
from feeds.server import ENTRIES, Manner, Server

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "watcher-bench"

FIRST = Manner()
COLD, SAME, AGAIN, ONE_NEW = "cold", "all 304", "200, unchanged", "one new in each"
PASSES = {  # in this order; who has read one version of a feed is never shown an earlier one
    COLD: FIRST,
    SAME: Manner(kept=20),
    AGAIN: Manner(kept=0),
    ONE_NEW: Manner(version=1),
}
REPEATED = {
    SAME,
    AGAIN,
}  # a pass of which some are over in a moment, and that can be made as often as one likes
LONG_ENOUGH = 2  # seconds of processor time, for what is measured not to be chance
MIX = Manner(
    version=2, kept=16, new=1
)  # of twenty feeds 16 answer 304, 3 send what they sent, 1 has a new entry
AIMS = {COLD: 2.5, SAME: 20, AGAIN: 100, ONE_NEW: 10}  # times reader's
EVERY = 15 * 60  # seconds


@dataclass(frozen=True)
class Cost:
    """`cpu`: seconds. `main`, `children`: peak memory in MiB, of the process that polls and of each child."""

    cpu: float
    main: float
    children: Sequence[float] = field(default=())


class Program(ABC):
    """One that polls feeds."""

    name: str

    @abstractmethod
    def poll(self) -> Cost:
        """One pass over all feeds, whatever is due."""

    def measured(self, name: str) -> Cost:
        """A pass of that name; the mean of several where one is over too soon to be measured."""
        costs = [self.poll()]
        while name in REPEATED and sum(cost.cpu for cost in costs) < LONG_ENOUGH:
            costs.append(self.poll())
        return replace(costs[-1], cpu=mean(cost.cpu for cost in costs))


class Process(Program):
    """A program that lives from pass to pass; see feeds/measure.py."""

    def __init__(self, name: str, command: Sequence[object]) -> None:
        self.name = name
        self._process = subprocess.Popen(
            [str(each) for each in command],
            cwd=HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._hear()  # it is ready

    def _hear(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} has ended before its pass did")
        return line

    def poll(self) -> Cost:
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return Cost(**json.loads(self._hear()))

    def end(self) -> None:
        self._process.communicate()


class Newsboat(Program):
    """It starts anew for each pass; what it takes to start with nothing to do is not counted."""

    name = "newsboat"

    def __init__(self, folder: Path, urls: Sequence[str]) -> None:
        (folder / "urls").write_text("\n".join(urls))
        (folder / "config").write_text("reload-threads 4\nmax-items 0\ndownload-retries 1\n")
        self._command = [
            "newsboat",
            "-q",
            "-u",
            folder / "urls",
            "-c",
            folder / "cache",
            "-C",
            folder / "config",
        ]

    def poll(self) -> Cost:
        idle, work = self._run("print-unread"), self._run("reload")
        return Cost(work.cpu - idle.cpu, work.main)

    def _run(self, what: str) -> Cost:
        process = subprocess.Popen([*map(str, self._command), "-x", what], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"newsboat -x {what} has failed")
        return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@contextmanager
def ours(urls: Sequence[str]) -> Iterator[Process]:
    """This project with the rules of config.toml, an empty database, and these feeds."""
    with tempfile.TemporaryDirectory() as folder:
        config = tomlkit.parse((HERE.parent / "config.toml").read_text("utf-8"))
        config["database"] = f"{folder}/watcher.db"
        config["polling"]["max_age"] = "1d"
        config["sources"] = [
            {"name": f"town {number}", "url": url, "allow_private": True} for number, url in enumerate(urls)
        ]
        path = Path(folder) / "config.toml"
        path.write_text(tomlkit.dumps(config), "utf-8")
        command = [sys.executable, "-m", "feeds.of_ours", path]
        Process(
            "watcher", command
        ).end()  # makes the database; what that takes in memory is gone after a restart
        process = Process("watcher", command)
        try:
            yield process
        finally:
            process.end()


@contextmanager
def reader(urls: Sequence[str]) -> Iterator[Program]:
    python = _environment()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "urls").write_text("\n".join(urls))
        command = [python, "-m", "feeds.of_reader", Path(folder) / "reader.db", Path(folder) / "urls"]
        process = Process("reader", command)
        try:
            yield process
        finally:
            process.end()


def _environment() -> Path:
    """reader has one of its own, made once. Raises LookupError where it cannot be had."""
    python = CACHE / "reader" / "bin" / "python"
    has_reader = [str(python), "-c", "import reader, sgmllib"]
    if python.exists() and subprocess.run(has_reader, stderr=subprocess.DEVNULL).returncode == 0:
        return python
    print(f"setting up reader in {CACHE} …")
    venv.create(CACHE / "reader", with_pip=True, clear=True)
    if subprocess.run([python, "-m", "pip", "-q", "install", "reader", "sgmllib3k"]).returncode:
        raise LookupError("`pip install reader sgmllib3k` did not work; is there a way to the package index?")
    return python


@contextmanager
def newsboat(urls: Sequence[str]) -> Iterator[Program]:
    if not shutil.which("newsboat"):
        raise LookupError("it is not installed; on Debian: apt-get install newsboat")
    with tempfile.TemporaryDirectory() as folder:
        yield Newsboat(Path(folder), urls)


def side_by_side(server: Server, feeds: int, *, alone: bool) -> None:
    print(f"{feeds:,} feeds of {ENTRIES} entries, feeds per second of CPU")
    urls = [server.url(number) for number in range(feeds)]
    costs: dict[str, dict[str, Cost]] = {}
    for program in (ours,) if alone else (ours, reader, newsboat):
        try:
            with program(urls) as polled:
                server.answer(FIRST)
                costs[polled.name] = {}
                for name, manner in PASSES.items():
                    server.answer(manner)
                    costs[polled.name][name] = polled.measured(name)
        except LookupError as error:
            print(f"{program.__name__} is left out: {error}")
    print(f"{'':18}" + "".join(f"{name:>16}" for name in costs) + f"{'times reader':>16}{'aim':>6}")
    for name in PASSES:
        speeds = {who: feeds / cost[name].cpu for who, cost in costs.items()}
        ratio = f"{speeds['watcher'] / speeds['reader']:.1f}" if "reader" in speeds else "-"
        cells = "".join(f"{speed:>16,.0f}" for speed in speeds.values())
        print(f"{name:18}{cells}{ratio:>16}{AIMS[name]:>6g}")
    cells = "".join(f"{max(each.main for each in cost.values()):>12,.0f} MiB" for cost in costs.values())
    print(f"{'peak memory':18}{cells}")
    most = max((max(each.children, default=0) for each in costs["watcher"].values()), default=0)
    print(f"{'  of a child':18}{most:>12,.0f} MiB\n")


def growth(server: Server, numbers: Sequence[int]) -> None:
    print(
        "as the number of feeds grows, this project alone; feeds per second of CPU, peak memory of the main process"
    )
    print(f"{'':8}" + "".join(f"{name:>18}" for name in (*PASSES, "mixed", "memory")))
    for feeds in numbers:
        with ours([server.url(number) for number in range(feeds)]) as polled:
            costs = {}
            for name, manner in {**PASSES, "mixed": MIX}.items():
                server.answer(manner)
                costs[name] = polled.measured(name)
        memory = max(cost.main for cost in costs.values())
        cells = "".join(f"{feeds / cost.cpu:>18,.0f}" for cost in costs.values())
        print(f"{feeds:<8,}{cells}{memory:>14,.0f} MiB", flush=True)
    share = costs["mixed"].cpu / EVERY
    print(
        f"{feeds:,} feeds every {EVERY // 60} minutes, of which 80 % answer 304, 15 % send what is known and 5 % have "
        f"a new entry:\n{share:.1%} of one core (aim: under 25 %), {memory:,.0f} MiB in the main process (aim: 150)"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--feeds", type=int, default=1_000, help="of the comparison")
    arguments.add_argument("--quick", action="store_true", help="this project alone, and no growth")
    chosen = arguments.parse_args()
    with Server() as server:
        side_by_side(server, chosen.feeds, alone=chosen.quick)
        if not chosen.quick:
            growth(server, [number * chosen.feeds // 1_000 for number in (1_000, 3_000, 10_000)])


if __name__ == "__main__":
    main()
