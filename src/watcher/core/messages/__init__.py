"""Messages: what is said to a person, in the forms in which people get it.

    blocks.py    what a message is made of
    plain.py     as text: terminals, web hooks, chats, the text part of a mail
    letter.py    as HTML: mails
    slack.py     as Slack's blocks

What an alert says is decided in wording.py, what a trouble says in troubles.py, both in words of the user's own where
templates.py finds them; sample.py makes one of each kind, and lateness.py adds to what comes late how late it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from watcher.core.messages import letter, plain, slack
from watcher.core.messages.blocks import Block, Foot
from watcher.core.messages.slack import SlackBlock
from watcher.core.model import Severity
from watcher.core.text import shorten

LONGEST_SUBJECT = 150  # characters


@dataclass(frozen=True, slots=True)
class Message:
    """What a receiver is given: each form says the same, and is inert. Links stand bare in `text` and `html`.

    `html`: the content of a body. `slack`: blocks; where there are none, Slack is given the text.
    """

    key: str
    severity: Severity
    subject: str
    text: str
    html: str
    slack: tuple[SlackBlock, ...] = ()


def compose(key: str, severity: Severity, subject: str, blocks: Sequence[Block]) -> Message:
    """The message of these blocks. Its last line names it, so that it can be asked for."""
    subject = shorten(plain.line(subject), LONGEST_SUBJECT)
    whole = [*blocks, Foot(foot(severity, key))]
    return Message(
        key=key,
        severity=severity,
        subject=subject,
        text=plain.as_text(whole),
        html=letter.as_html(severity, whole),
        slack=slack.as_slack(whole),
    )


def foot(severity: Severity, key: str) -> str:
    """The last line of a message."""
    return f"severity {severity}, alert {key}"


def marked(message: Message, word: str, line: str) -> Message:
    """The message with a word before its subject, and a line that says why before all else."""
    return replace(topped(message, line), subject=shorten(f"{word}: {message.subject}", LONGEST_SUBJECT))


def topped(message: Message, line: str) -> Message:
    """The message with this line before all else."""
    return replace(
        message,
        text=f"{line}\n\n{message.text}",
        html=f"{letter.on_top(line)}\n{message.html}",
        slack=(slack.on_top(line), *message.slack) if message.slack else (),
    )
