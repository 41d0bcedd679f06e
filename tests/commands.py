"""Runs the command `watcher` as a user would: a process of its own, in a folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

COMMAND = (sys.executable, "-m", "watcher")


def environment(**extra: str) -> dict[str, str]:
    """A plain environment: no config, no terminal, no colour."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "TERM": "dumb", **extra}


def watcher(folder: Path, *arguments: str, code: int = 0, **env: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end; it must exit with `code`."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder, env=environment(**env), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done


@contextmanager
def daemon(folder: Path, said: IO[str] | int = subprocess.PIPE) -> Iterator[subprocess.Popen[str]]:
    """`watcher run` in the background; gone at the end, also when a test fails while it runs."""
    with subprocess.Popen(
        [*COMMAND, "run"], cwd=folder, env=environment(), stderr=said, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()
