"""What one hostile feed of each kind costs 500 good ones: how long each good one waits for its poll to end.

The same good feeds are polled alone and with the hostile ones among them, in turn, each time with a new database and
from a server in a process of its own. The promise: at the 99th percentile the hostile ones cost less than a second;
and the memory of the process that polls stays bounded.
"""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.edges.feed_server import FeedServer
from tests.hostile.feeds import HOSTILE
from tests.world import RULES, Item, rss

from watcher import app

GOOD, ENTRIES, ROUNDS = 500, 3, 3


def serve_good(server: FeedServer) -> None:
    for number in range(GOOD):
        items = (Item(f"News {entry} of town {number}", "Nothing much. " * 40) for entry in range(ENTRIES))
        server.serve(f"/good-{number}", rss(items))


def serve_bad(server: FeedServer) -> None:
    for kind, hostile in HOSTILE.items():
        hostile.plant(server, f"/{kind}")


@contextmanager
def served(plant: Callable[[FeedServer], None]) -> Iterator[str]:
    """A server in a process of its own, so that what the hostile ones do there delays no good one."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_serve, args=(plant, theirs))
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send(None)
        process.join()


def _serve(plant: Callable[[FeedServer], None], line: Connection) -> None:
    with FeedServer() as server:
        plant(server)
        line.send(server.url(""))
        line.recv()


@dataclass(frozen=True)
class Run:
    """`delays`: seconds from the start until a good feed's poll had ended. `whole`: until all had."""

    delays: list[float]
    whole: float
    errors: dict[str, str | None]


def poll(urls: dict[str, str]) -> Run:
    """One pass over these feeds, hostile ones first. `urls`: by name."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.toml"
        sources = "".join(
            f'[[sources]]\nname = "{name}"\nurl = "{url}"\nallow_private = true\ntimeout = "10s"\n'
            for name, url in urls.items()
        )
        receiver = f'[receivers.desk]\nurl = "json://{urls["good-0"].split("/")[2]}/nobody"\n'
        config.write_text(f"{sources}{RULES}\n{receiver}", "utf-8")
        delays: list[float] = []
        errors: dict[str, str | None] = {}
        with app.opened(app.load(config, {})) as running:
            started = time.perf_counter()
            for report in running.run_once():
                if report.source.startswith("good-"):
                    assert report.new == ENTRIES, report
                    delays.append(time.perf_counter() - started)
                else:
                    errors[report.source] = report.error
        assert len(delays) == GOOD
        return Run(delays, time.perf_counter() - started, errors)


def at_99(delays: list[float]) -> float:
    return statistics.quantiles(delays, n=100)[98]


def main() -> None:
    alone, among = [], []
    with served(serve_good) as good_at, served(serve_bad) as bad_at:
        good = {f"good-{number}": f"{good_at}/good-{number}" for number in range(GOOD)}
        bad = {kind: f"{bad_at}/{kind}" for kind in HOSTILE}
        poll(good)  # to warm up
        for _ in range(ROUNDS):
            alone.append(poll(good))
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            among.append(poll(bad | good))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    print(f"{GOOD} good feeds of {ENTRIES} entries, {len(HOSTILE)} hostile ones; {ROUNDS} rounds in turn")
    print(f"{'':24}{'median':>10}{'99th':>10}{'last':>10}{'whole poll':>12}")
    for words, runs in (("good ones alone", alone), ("with the hostile ones", among)):
        median = statistics.median(statistics.median(run.delays) for run in runs)
        late = statistics.median(at_99(run.delays) for run in runs)
        last = statistics.median(max(run.delays) for run in runs)
        whole = statistics.median(run.whole for run in runs)
        print(f"{words:24}{median:8.2f} s{late:8.2f} s{last:8.2f} s{whole:10.2f} s")
    costs = [at_99(one.delays) - at_99(other.delays) for one, other in zip(among, alone, strict=True)]
    print(f"the hostile ones cost, at the 99th percentile: {', '.join(f'{cost:+.2f} s' for cost in costs)}")
    print(f"peak memory: {before // 1024} MiB before the last hostile round, {after // 1024} MiB after all")
    for kind, error in among[-1].errors.items():
        print(f"    {kind:20}{error or 'read'}")


if __name__ == "__main__":
    main()
