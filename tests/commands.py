"""Runs the command `watcher` as a user would: a process of its own, in a folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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
