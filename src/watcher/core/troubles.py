"""The daemon's own troubles, as messages to the operator. Each has a key, so that one trouble is told once."""

from __future__ import annotations

from html import escape

from watcher.core.model import Severity
from watcher.core.wording import Message


def refused_config(name: str, problems: str, key: str) -> Message:
    """A config that was saved and cannot be used. `problems`: with line and fix, as `watcher check` shows them."""
    text = f"{problems}\n\nThe rules from before stay in force until the file is right. Try it with: watcher check"
    return _trouble(f"watcher: {name} is refused, the old rules stay", text, key)


def _trouble(subject: str, text: str, key: str) -> Message:
    return Message(key, Severity.HIGH, subject, text, f"<pre>{escape(text)}</pre>")
