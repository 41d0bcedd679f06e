"""Write tests/snapshots: each kind of message as people get it, to be read before a change of its look is made.

    python -m tools.make_snapshots

For each kind a mail's subject and text (.txt), its HTML (.html), and what Slack is posted (.slack.json). A test
compares them with what would be written today; tools/make_pictures.py makes pictures of the same messages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from watcher.core.messages import Message
from watcher.core.messages.letter import framed
from watcher.core.messages.sample import Sample, sample
from watcher.edges.receivers.slack import attachment

TARGET = Path(__file__).parent.parent / "tests" / "snapshots"
NOW = datetime(2026, 11, 20, 15, 4, tzinfo=UTC)
KEY = "0123456789ab"


def messages() -> Iterator[tuple[str, Message]]:
    for kind in Sample:
        yield kind.value, sample(kind, KEY, NOW)


def snapshots() -> Iterator[tuple[str, str]]:
    """Names of files, and what is in them."""
    for name, message in messages():
        yield f"{name}.txt", f"Subject: {message.subject}\n\n{message.text}\n"
        yield f"{name}.html", framed(message.html)
        yield f"{name}.slack.json", json.dumps(attachment(message), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    for name, content in snapshots():
        (TARGET / name).write_text(content, "utf-8")
        print(name)
