"""Runs the command `watcher` as a user would: a process of its own, in a folder."""

from __future__ import annotations

import multiprocessing
import os
import re
import runpy
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

COMMAND = (sys.executable, "-m", "watcher")

# Nine tenths of a short command are what each does first. The fork server has done that once (tests/warm.py), so that
# a process of its own costs no more than what it is there for; COMMAND starts from nothing, as a user's shell does.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.warm", "tests.commands"])


def environment(**extra: str) -> dict[str, str]:
    """A plain environment: no config, no terminal, no colour."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "TERM": "dumb", **extra}


def watcher(folder: Path, *arguments: str, code: int = 0, **env: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end; it must exit with `code`."""
    with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
        process = _started(folder, arguments, environment(**env), out.name, err.name)
        process.join(120)
        if process.exitcode is None:
            process.kill()
        done = subprocess.CompletedProcess(
            arguments, process.exitcode or 0, out.read().decode(), err.read().decode()
        )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done


def on_a_terminal(folder: Path, width: int, *arguments: str) -> list[str]:
    """The lines that a terminal of this width shows."""
    shown = watcher(
        folder, *arguments, COLUMNS=str(width), TTY_COMPATIBLE="1", TERM="xterm", NO_COLOR="1"
    ).stdout
    return re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()


def _started(
    folder: Path, arguments: tuple[str, ...], env: dict[str, str], out: str, err: str
) -> ForkServerProcess:
    process = FORKS.Process(target=_become_watcher, args=(folder, arguments, env, out, err))
    process.start()
    return process


def _become_watcher(
    folder: Path, arguments: tuple[str, ...], env: dict[str, str], out: str, err: str
) -> None:
    """What a shell does before it starts a program, in the forked process."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY), number)
    encoding = env.get("PYTHONIOENCODING", "utf-8")
    sys.stdout, sys.stderr = open(1, "w", encoding=encoding), open(2, "w", encoding=encoding)  # noqa: SIM115
    sys.argv = ["watcher", *arguments]
    runpy.run_module("watcher", run_name="__main__", alter_sys=True)


@dataclass(frozen=True)
class Daemon:
    """A running `watcher run`."""

    process: ForkServerProcess
    log: Path

    @property
    def said(self) -> str:
        """All that it has said so far."""
        return self.log.read_text("utf-8")

    def send(self, number: int) -> None:
        assert self.process.pid
        os.kill(self.process.pid, number)

    def ends(self, number: int = signal.SIGTERM) -> None:
        """It is asked to end, and does."""
        self.send(number)
        self.process.join(60)
        assert self.process.exitcode == 0, self.said
        assert "Traceback" not in self.said


@contextmanager
def daemon(folder: Path) -> Iterator[Daemon]:
    """`watcher run` in the background; gone at the end, also when a test fails while it runs."""
    log = folder / "said.txt"
    log.touch()
    process = _started(folder, ("run",), environment(), os.devnull, str(log))
    try:
        yield Daemon(process, log)
    finally:
        process.kill()
        process.join()


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait for something that a daemon does by itself."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
