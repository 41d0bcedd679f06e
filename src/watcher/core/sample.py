"""An alert as it would come, of an event that has not been: to see that a receiver works, and how it shows one."""

from __future__ import annotations

from datetime import datetime

from watcher.core.alerts import Kind
from watcher.core.keys import key_of
from watcher.core.messages import Message
from watcher.core.model import Article, Evidence, Match, Outcome, Position, Severity, Tally, Vote
from watcher.core.wording import Alert, message

_TITLE = "Sample: the General Assembly adopts a resolution on the care of lighthouses"
_TEXT = (
    "This is a test of watcher, and no news. The General Assembly adopted a resolution on the care of lighthouses "
    "with 120 countries voting in favour, 7 against and 31 abstaining."
)


def sample(receiver: str, now: datetime) -> Message:
    """Each has a key of its own: a mail program hides a second copy of the same."""
    key = key_of("sample", receiver, now.isoformat())
    article = Article("watcher", key, _TITLE, _TEXT, now, "https://www.example.org/a?b=1&c=2", now)
    start = _TEXT.index("General Assembly")
    evidence = Evidence("text", start, start + len("General Assembly"), "un-bodies")
    match = Match("sample", "Sample", Severity.LOW, (receiver,), (evidence,))
    vote = Vote(
        body="UNGA",
        outcome=Outcome.ADOPTED,
        tally=Tally(120, 7, 31),
        subject="a resolution on the care of lighthouses (a sample, no news)",
        positions={"Israel": Position.ABSTAINED, "Ukraine": Position.IN_FAVOUR},
    )
    return message(
        Alert(key, Kind.NEW, article, (match,), (vote,), (), (receiver,), "you asked for a sample")
    )
