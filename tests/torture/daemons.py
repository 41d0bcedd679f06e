"""What all of the torture shares: daemons that are ended and begun again, what comes to them, and the oracle."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.edges.mailbox import Hook

ROOT = Path(__file__).parent.parent.parent
A_FILE = 40  # articles in one dropped file


@dataclass
class Told:
    """What one receiver was given: the key of each message, in order; article -> the keys of the messages that brought
    it; and how many answers were lost.
    """

    messages: list[str] = field(default_factory=list)
    keys: dict[str, set[str]] = field(default_factory=dict)
    lost_answers: int = 0

    @property
    def copies(self) -> int:
        return len(self.messages) - len(set(self.messages))


class Daemons:
    """Daemons on one config, one after the other, each in a fork of a process that has imported all they need.

    `said`: the file with what they have said on standard error.
    """

    def __init__(self, config: Path, order: str) -> None:
        self.said = config.with_name("said")
        with self.said.open("a") as said:
            self._forks = subprocess.Popen(
                [sys.executable, "-m", "tests.torture.child", str(config), order],
                cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True,
            )  # fmt: skip
        assert self._answer() == "ready", self.said.read_text("utf-8")

    def start(self) -> int:
        return int(self._ask("start"))

    def kill(self, daemon: int) -> None:
        self.end(daemon, signal.SIGKILL)

    def end(self, daemon: int, how: signal.Signals) -> tuple[int, float]:
        """Its exit code, or minus the signal that ended it; and how many seconds it took to end."""
        began = time.monotonic()
        os.kill(daemon, how)
        return int(self._ask("gone?")), time.monotonic() - began

    def close(self) -> None:
        self._forks.communicate()

    def _ask(self, question: str) -> str:
        assert self._forks.stdin
        self._forks.stdin.write(f"{question}\n")
        self._forks.stdin.flush()
        return self._answer()

    def _answer(self) -> str:
        assert self._forks.stdout
        return self._forks.stdout.readline().strip()


def posts(hooks: Sequence[Hook]) -> int:
    return sum(len(posted.headers) for posted in hooks)


def titles(first: int, number: int, chance: random.Random, *, word: str = "Zebra") -> list[str]:
    """Of articles of which no two tell of one event: each is of its own words."""
    return [f"{word} {at:05} {_words(chance, 4)}" for at in range(first, first + number)]


def drop(folder: Path, name: str, titles: Sequence[str], chance: random.Random) -> None:
    """A file of articles."""
    lines = (json.dumps({"title": title, "text": f"{_words(chance, 12)}."}) for title in titles)
    path = folder / "drop" / f"{name}.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    os.utime(path, (path.stat().st_mtime - 60,) * 2)  # nobody is still writing it


def _words(chance: random.Random, number: int) -> str:
    return " ".join("".join(chance.choices("abcdefghijklmnop", k=9)) for _ in range(number))


def told(posted: Hook, lost_answers: int = 0) -> Told:
    found = Told(lost_answers=lost_answers)
    for post in list(posted.posts):
        key = re.findall(r"alert ([0-9a-f]{12})", post["message"])[-1]  # the last line names the message
        found.messages.append(key)
        for article in re.findall(r"Zebra \d{5}(?: [a-p]{9}){4}", post["message"]):
            found.keys.setdefault(article, set()).add(key)
    return found


def waits(path: Path) -> bool:
    """Whether a message waits for its receiver."""
    with closing(sqlite3.connect(path)) as database:
        waiting = "SELECT count(*) FROM delivery WHERE state IN ('pending', 'retry', 'sending')"
        return bool(database.execute(waiting).fetchone() != (0,))


def sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as database:
        return bool(database.execute("PRAGMA integrity_check").fetchone() == ("ok",))
