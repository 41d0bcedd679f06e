"""A disk of a few megabytes that a test may fill, where file systems may be mounted; else the test is skipped."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A folder in this one, on a disk of its own."""
    disk = folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


def fill(disk: Path, left: int = 0) -> Path:
    """A file that leaves so many bytes of the disk."""
    filler = disk / "filler"
    with filler.open("wb") as file:
        free = os.statvfs(disk)
        for _ in range(max(free.f_bavail * free.f_frsize - left, 0) // 4096):
            file.write(bytes(4096))
    return filler


def may_not_be_written(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
