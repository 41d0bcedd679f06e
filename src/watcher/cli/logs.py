"""How a running watcher says what it does: one line an event, for a person, a journal or a collector of JSON."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime


def log_to_stderr(form: str | None, verbose: bool) -> None:
    """`form`: text, journal or json; None chooses. What the libraries say of themselves is shown from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter({"text": _Text, "journal": _Journal, "json": _Json}[form or fitting(os.environ)]())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("watcher").setLevel(logging.DEBUG if verbose else logging.INFO)


def fitting(env: Mapping[str, str]) -> str:
    """The journal where systemd has connected standard error to it, which it says by its device and inode."""
    try:
        stat = os.fstat(sys.stderr.fileno())
    except (OSError, ValueError):
        return "text"
    return "journal" if env.get("JOURNAL_STREAM") == f"{stat.st_dev}:{stat.st_ino}" else "text"


class _Text(logging.Formatter):
    """`15:04:05 WARNING UN News: answered 503 Service Unavailable`; with the date where nobody may be looking on."""

    def __init__(self) -> None:
        moment = "%H:%M:%S" if sys.stderr.isatty() else "%Y-%m-%d %H:%M:%S"
        super().__init__("%(asctime)s %(levelname)-7s %(message)s", moment)


class _Journal(logging.Formatter):
    """The journal has a clock of its own, and takes the priority from the front of each line: sd-daemon(3)."""

    _PRIORITY = ((logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6), (0, 7))

    def format(self, record: logging.LogRecord) -> str:
        priority = next(number for level, number in self._PRIORITY if record.levelno >= level)
        return "\n".join(f"<{priority}>{line}" for line in super().format(record).splitlines())


class _Json(logging.Formatter):
    """An object a line: `time` (RFC 3339, UTC), `level`, `logger`, `message`, and `traceback` where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)
