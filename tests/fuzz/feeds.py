"""Mutated feeds through the sandbox: each is read or refused, within its budget, and nothing escapes.

    python -m tests.fuzz.feeds [--count 100000] [--seed N]

A feed that is neither is saved in .fuzz/, and the seed is said: the same seed gives the same feeds.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from tests.fuzz.mutation import mutants
from watcher.core.formats.feeds import Parsed
from watcher.edges.sandbox import Sandbox
from watcher.errors import ParseError, ParserLost

FAILURES = Path(".fuzz")


@dataclass
class Tally:
    """`failures`: what went wrong, each with the file it was saved in. `slowest`: seconds."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, outcome: str, seconds: float, failure: str | None) -> None:
        with self._lock:
            self.outcomes[outcome] += 1
            self.slowest = max(self.slowest, seconds)
            if failure:
                self.failures.append(failure)
                print(failure, flush=True)


def fuzz(seed: int, count: int, folder: Path = FAILURES) -> Tally:
    """So many mutants through as many children as there are cores. What fails is saved in `folder`."""
    tally = Tally()
    source, lock = islice(mutants(seed), count), threading.Lock()

    def shared() -> Iterator[tuple[bytes, Mapping[str, str]]]:
        while True:
            with lock:
                one = next(source, None)
            if one is None:
                return
            yield one

    def work(sandbox: Sandbox) -> None:
        for body, headers in shared():
            started = time.perf_counter()
            outcome, wrong = _tried(sandbox, body, headers)
            failure = _saved(folder, body, headers, wrong) if wrong else None
            tally.add(outcome, time.perf_counter() - started, failure)

    workers = os.cpu_count() or 2
    with Sandbox(workers) as sandbox, ThreadPoolExecutor(workers) as pool:
        for done in [pool.submit(work, sandbox) for _ in range(workers)]:
            done.result()
    return tally


def _tried(sandbox: Sandbox, body: bytes, headers: Mapping[str, str]) -> tuple[str, str | None]:
    """What came of a feed, and what is wrong with that, or None."""
    try:
        parsed = sandbox.parse_feed(body, headers)
    except ParserLost as error:  # it crashed, took too much, or raised what no parser may raise
        return "lost", str(error)
    except ParseError as error:
        plain = str(error) and "\n" not in str(error) and len(str(error)) < 500
        return "refused", None if plain else f"an odd reason: {error!r}"
    except Exception as error:
        return "escaped", repr(error)
    return ("read in part" if parsed.warning else "read"), _wrong(parsed)


def _wrong(parsed: Parsed) -> str | None:
    keys = [entry.key for entry in parsed.entries]
    if len(set(keys)) < len(keys):
        return "two entries of one key"
    if not all(entry.key and entry.title for entry in parsed.entries):
        return "an entry without a key or a title"
    words = "".join(entry.key + entry.title + entry.text + (entry.url or "") for entry in parsed.entries)
    if "\0" in words or "\x1b" in words or words != words.encode("utf-8", "ignore").decode():
        return "an entry with characters that no text has"
    return None


def _saved(folder: Path, body: bytes, headers: Mapping[str, str], wrong: str) -> str:
    folder.mkdir(exist_ok=True)
    path = folder / f"{hashlib.sha256(body).hexdigest()[:16]}.feed"
    path.write_bytes(body)
    return f"{wrong}: {path} ({headers['content-type'] or 'no content type'})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    asked = parser.parse_args()
    print(f"{asked.count} mutated feeds, seed {asked.seed}", flush=True)
    started = time.perf_counter()
    tally = fuzz(asked.seed, asked.count)
    took = time.perf_counter() - started
    said = ", ".join(f"{number} {outcome}" for outcome, number in tally.outcomes.most_common())
    print(f"{said}; {len(tally.failures)} failed; {took:.0f} s, the slowest feed {tally.slowest:.2f} s")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
