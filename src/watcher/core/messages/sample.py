"""Messages as they would come, of events that have not been: to see that a receiver works, and how it shows each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from watcher.core.alerts import digests
from watcher.core.alerts.deciding import Kind
from watcher.core.alerts.digests import Digest, Told
from watcher.core.keys import key_of
from watcher.core.messages import Message, marked, troubles
from watcher.core.messages.wording import Alert, message
from watcher.core.model import Article, Evidence, Match, Outcome, Position, Severity, Tally, Vote
from watcher.core.stories.news import news


class Sample(StrEnum):
    """What a receiver may be sent."""

    FIRST = "first"
    UPDATE = "update"
    CORRECTION = "correction"
    DIGEST = "digest"
    TROUBLE = "trouble"


def sample(kind: Sample, key: str, now: datetime) -> Message:
    """A message of this kind, just as it would come."""
    if kind is Sample.TROUBLE:
        return _trouble(now)
    if kind is Sample.DIGEST:
        return _digest(now)
    return message(sample_alert(kind, key, now))


class Words(Protocol):
    """What puts an alert in words: a template."""

    def message(self, alert: Alert) -> Message: ...


def as_sample(kind: Sample, receiver: str, now: datetime, words: Words | None = None) -> Message:
    """A message of this kind that says that it is a sample.

    Each has a key of its own: a mail program hides a second copy.
    """
    key = key_of("sample", kind, receiver, now.isoformat())
    by_template = words if kind in _ALERTS else None
    told = by_template.message(sample_alert(kind, key, now)) if by_template else sample(kind, key, now)
    return marked(told, "Sample", "This is a sample you asked for, and no news.")


_ALERTS = frozenset({Sample.FIRST, Sample.UPDATE, Sample.CORRECTION})
_TITLE = "General Assembly adopts resolution on the care of lighthouses"
_TEXT = (
    "The General Assembly adopted a resolution on the care of lighthouses with 120 countries voting in favour, 7 "
    "against and 31 abstaining. Ukraine and France voted in favour, Russia voted against. Israel, the United States "
    "and Hungary abstained."
)
_SIDES = {
    Position.IN_FAVOUR: ("Ukraine", "France", "Brazil", "Kenya"),
    Position.AGAINST: ("Russia", "Belarus"),
    Position.ABSTAINED: ("Israel", "United States", "Hungary"),
}


def sample_alert(kind: Sample, key: str, now: datetime) -> Alert:
    """A first report, an update of one without a count, or a correction of one with another count."""
    now_known = Vote(
        body="UNGA",
        outcome=Outcome.ADOPTED,
        tally=Tally(120, 7, 31),
        symbol="A/RES/81/14",
        date=now.date(),
        subject="a resolution on the care of lighthouses",
        positions={country: position for position, names in _SIDES.items() for country in names},
        evidence=(_found("120 countries voting in favour", "vote"),),
    )
    known_before = {
        Sample.FIRST: now_known,
        Sample.UPDATE: replace(now_known, tally=Tally(), symbol=None, positions={}),
        Sample.CORRECTION: replace(now_known, tally=Tally(119, 7, 31)),
    }[kind]
    return Alert(
        key=key,
        kind={Sample.FIRST: Kind.NEW, Sample.UPDATE: Kind.UPDATE}.get(kind, Kind.CORRECTION),
        article=Article(
            "UN News", key, _TITLE, _TEXT, now, "https://news.example.org/story?id=81&lang=en", now
        ),
        matches=(
            Match(
                "un-votes",
                "New UN vote",
                Severity.HIGH,
                (),
                (_found("General Assembly", "un-bodies"),),
                "un-vote",
            ),
        ),
        votes=(now_known,),
        changes=news([known_before], [now_known]),
        receivers=(),
        reason="the first report of this" if kind is Sample.FIRST else "joined a story you were told of",
    )


def _found(words: str, what: str) -> Evidence:
    start = _TEXT.index(words)
    return Evidence("text", start, start + len(words), what)


def _digest(now: datetime) -> Message:
    first = sample_alert(Sample.FIRST, "0123456789ab", now)
    told = [
        ("0123456789ab", Severity.HIGH, message(first).subject, 290, "lighthouses"),
        (
            "123456789abc",
            Severity.HIGH,
            "Correction: the vote on lighthouses was 120-7-31",
            95,
            "lighthouses",
        ),
        (
            "23456789abcd",
            Severity.HIGH,
            "UN Security Council votes on the marking of reefs, 14-0-1",
            200,
            "reefs",
        ),
        (
            "3456789abcde",
            Severity.MEDIUM,
            "Israel-Ukraine: Keepers of both countries meet in Odesa",
            40,
            "keepers",
        ),
    ]
    alerts = tuple(
        Told(key, severity, subject, now - timedelta(minutes=ago), story, f"https://news.example.org/{story}")
        for key, severity, subject, ago, story in told
    )
    return digests.message(Digest("desk", alerts, UTC))


def _trouble(now: datetime) -> Message:
    before = troubles.Standing(failing_since=now - timedelta(minutes=31))
    error = "the service answered 503 Service Unavailable"
    _, told = troubles.after_failure("lighthouse", before, error, dead=False, now=now)
    assert told is not None
    return told
