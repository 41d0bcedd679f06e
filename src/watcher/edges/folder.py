"""The drop folder: which files are new or changed, and their bytes, once they are whole.

Reads regular files of the folder itself; sub-folders, hidden files and editors' temporary files are left alone.
What the bytes mean is `core.formats.documents`' business, and what was seen before is the caller's memory.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from watcher.core.formats.documents import READERS
from watcher.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

MAX_BYTES = 20 * 2**20
MAX_BYTES_A_SCAN = 8 * MAX_BYTES  # what one scan holds in memory; the rest comes with the next
SETTLED = 1.0  # seconds without a change until a file counts as whole

_TEMPORARY = ("~", ".swp", ".swx", ".part", ".tmp", ".crdownload")


@dataclass(frozen=True)
class Dropped:
    """A new or changed file. `signature`: modification time (ns), size and inode; what `scan` wants back as known."""

    name: str
    signature: str
    body: bytes


@dataclass(frozen=True)
class Refused:
    """A file that will not be read as it is, and why, in words for its owner."""

    name: str
    signature: str
    reason: str


@dataclass(frozen=True)
class Scan:
    """`waiting`: names of files that may still be growing; look again."""

    changed: tuple[Dropped, ...]
    waiting: tuple[str, ...]
    refused: tuple[Refused, ...]
    unchanged: int


@dataclass
class _Findings:
    changed: list[Dropped] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unchanged: int = 0


def scan(path: Path, known: Mapping[str, str], now: datetime) -> Scan:
    """What is new in a folder, in the order of the names.

    `known`: name -> signature of each file that was read or refused before; these are not opened again. `now`: aware
    UTC, compared with the files' clocks.
    Errors: SourceError when the folder is missing or may not be read. A bad file costs only itself.
    """
    found = _Findings()
    budget = MAX_BYTES_A_SCAN
    for entry in _listed(path):
        name = _printable(entry.name)
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:  # gone since the folder was listed
            continue
        signature = _signature(status)
        if stat.S_ISDIR(status.st_mode):
            continue
        if known.get(name) == signature:
            found.unchanged += 1
        elif reason := _unfit(name, status):
            found.refused.append(Refused(name, signature, reason))
        elif abs(now.timestamp() - status.st_mtime) < SETTLED or status.st_size > budget:
            found.waiting.append(name)
        else:
            budget -= status.st_size
            _read(entry.path, name, signature, known, found)
    return Scan(tuple(found.changed), tuple(found.waiting), tuple(found.refused), found.unchanged)


def _listed(path: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(path) as entries:
            return sorted((entry for entry in entries if _wanted(entry.name)), key=lambda entry: entry.name)
    except FileNotFoundError as error:
        raise SourceError(
            f"the folder {path} does not exist; create it, or correct “folder” in the config"
        ) from error
    except NotADirectoryError as error:
        raise SourceError(f"{path} is a file; “folder” in the config must name a folder") from error
    except OSError as error:
        raise SourceError(f"the folder {path} cannot be read: {error.strerror}") from error


def _wanted(name: str) -> bool:
    return not name.startswith(".") and not name.lower().endswith(_TEMPORARY)


def _unfit(name: str, status: os.stat_result) -> str | None:
    if stat.S_ISLNK(status.st_mode):
        return "a symbolic link; only files that lie in the folder are read"
    if not stat.S_ISREG(status.st_mode):
        return "not a regular file"
    if os.path.splitext(name)[1].lower() not in READERS:
        return f"only files ending in {', '.join(READERS)} are read"
    if status.st_size > MAX_BYTES:
        return f"larger than {MAX_BYTES // 2**20} MiB"
    return None


def _read(path: str, name: str, signature: str, known: Mapping[str, str], found: _Findings) -> None:
    """The bytes, if they are still those of `signature` after reading. Never waits, whatever lies there by now."""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                found.waiting.append(name)
                return
            body = file.read(MAX_BYTES + 1)
            whole = _signature(os.fstat(file.fileno())) == signature
    except FileNotFoundError:
        return
    except OSError as error:
        # Reported once, tried at every scan: permissions can be mended without a change that shows in the signature.
        signature += ":unreadable"
        if known.get(name) == signature:
            found.unchanged += 1
        else:
            found.refused.append(Refused(name, signature, f"it cannot be opened: {error.strerror}"))
        return
    if whole:
        found.changed.append(Dropped(name, signature, body))
    else:
        found.waiting.append(name)


def _signature(status: os.stat_result) -> str:
    return f"{status.st_mtime_ns}:{status.st_size}:{status.st_ino}"


def _printable(name: str) -> str:
    """The name, with what no terminal, log or database could bear written as an escape (\\xff, \\n)."""
    name = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in name)
