"""Run it as `python -m tests.torture.upkeep`: whoever migrates, backs up, prunes or brings back a database is killed
(SIGKILL) at random moments, again and again.

After each kill the database is sound and holds all that it held, a copy is whole or not there, and doing the same once
more ends well. tests/edges/test_copies.py kills at chosen steps; here time itself chooses, also inside of SQLite's.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.edges.test_copies import (
    KEPT,
    LATER,
    NOW,
    backed_up,
    brought_back,
    digests_of,
    made,
    migrated,
    of_the_first_version,
    pruned,
    tell,
    told,
    unwanted,
)
from watcher.core.formats.pages import Page
from watcher.edges.store import Store, problems, schema

STORIES = 1000
ALERTS = [f"alert {number}" for number in range(600)]
ARTICLES = [f"article {number}" for number in range(2000)]


@dataclass(frozen=True)
class Act:
    """What is done in a folder, what has to be there before, and what is wrong after a kill: "" where nothing is."""

    name: str
    do: Callable[[Path], None]
    prepare: Callable[[Path], object]
    fault: Callable[[Path], str]


def _unsound(path: Path) -> str:
    found = problems(path)
    return f"{path.name}: {found[0]}" if found else ""


def _after_migrating(folder: Path) -> str:
    path = folder / "watcher.db"
    if fault := _unsound(path):
        return fault
    migrated(folder)
    store = Store.open(path)
    with store.reading() as reading:
        stories, votes = (
            len(reading.events.stories(None, 2 * STORIES)),
            len(reading.events.votes(None, 2 * STORIES)),
        )
    store.close()
    if (stories, votes) != (STORIES, STORIES):
        return f"of {STORIES} there are {stories} stories and {votes} votes"
    return _unsound(path) or _unsound(folder / f"watcher.db.before-{schema.HEAD}")


def _after_backing_up(folder: Path) -> str:
    path, copy = folder / "watcher.db", folder / "copy.db"
    store = Store.open(path)
    tell(store, "afterwards")
    store.close()
    if told(path) != [*ALERTS, "afterwards"]:
        return "the database lost an alert"
    if not copy.exists():
        backed_up(folder)
    if told(copy)[: len(ALERTS)] != ALERTS:
        return "the copy lacks an alert"
    return _unsound(path) or _unsound(copy)


def _after_bringing_back(folder: Path) -> str:
    path = folder / "watcher.db"
    if fault := _unsound(path):
        return fault
    if told(path) not in (ALERTS, ["old"]):
        return "the database is neither the old nor the new one"
    if (aside := folder / "aside.db").exists():
        aside.unlink()
    brought_back(folder)
    return "" if told(path) == ALERTS else "what was brought back is not what was backed up"


def _after_pruning(folder: Path) -> str:
    path = folder / "watcher.db"
    if fault := _unsound(path):
        return fault
    store = Store.open(path)
    unknown, _ = store.unknown("a", digests_of(ARTICLES))
    store.close()
    if unknown:
        return f"{len(unknown)} articles would come again as new"
    pruned(folder)
    store = Store.open(path)
    left = store.prunable(store.limits(KEPT, LATER))
    store.close()
    return f"this was not pruned: {left}" if any(left.values()) else _unsound(path)


def _acts(template: Path) -> Sequence[Act]:
    old = of_the_first_version(template / "first.db", stories=STORIES)
    full = made(template / "full.db", *ALERTS)
    small = made(template / "small.db", "old")
    unpruned = template / "unpruned.db"
    store = Store.open(unpruned)
    with store.ingest() as ingest:
        ingest.save_unmatched([(unwanted(key), True) for key in ARTICLES])
        ingest.pages.save([Page(f"https://a.example/{number}", "text " * 500) for number in range(500)], NOW)
    store.close()

    def copied(*files: tuple[Path, str]) -> Callable[[Path], None]:
        def prepare(folder: Path) -> None:
            for file, name in files:
                shutil.copyfile(file, folder / name)

        return prepare

    return (
        Act("migrate", migrated, copied((old, "watcher.db")), _after_migrating),
        Act("back up", backed_up, copied((full, "watcher.db")), _after_backing_up),
        Act(
            "bring back",
            brought_back,
            copied((small, "watcher.db"), (full, "backup.db")),
            _after_bringing_back,
        ),
        Act("prune", pruned, copied((unpruned, "watcher.db")), _after_pruning),
    )


def _forked(act: Act, folder: Path) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            act.do(folder)
            code = 0
        finally:
            os._exit(code)
    return child


def _seconds(act: Act) -> float:
    """That it takes when nobody kills it."""
    with tempfile.TemporaryDirectory() as name:
        act.prepare(Path(name))
        began = time.monotonic()
        _, status = os.waitpid(_forked(act, Path(name)), 0)
        if status:
            raise SystemExit(f"to {act.name} fails without a kill")
        return time.monotonic() - began


def torture(act: Act, rounds: int, chance: random.Random) -> list[str]:
    """Kill it so often; what was wrong afterwards."""
    whole, killed = _seconds(act), 0
    faults: list[str] = []
    began = time.monotonic()
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            act.prepare(folder)
            child = _forked(act, folder)
            time.sleep(chance.uniform(0, whole))
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            killed += os.WIFSIGNALED(status)
            if fault := act.fault(folder):
                faults.append(fault)
    took = time.monotonic() - began
    print(
        f"{act.name}: {killed} of {rounds} were killed at work; {faults or 'no fault'}, in {took:.0f} s",
        flush=True,
    )
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=100, help="for each of the four")
    parser.add_argument("--seed", type=int, default=None)
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else random.randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        faults = [fault for act in _acts(Path(name)) for fault in torture(act, asked.rounds, chance)]
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
