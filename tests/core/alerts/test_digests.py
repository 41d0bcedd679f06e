"""Several alerts in one message: by story, the most severe first, and none is left out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from watcher.core.alerts.digests import Digest, Told, message, stories
from watcher.core.model import Severity

NOON = datetime(2026, 2, 24, 12, tzinfo=UTC)
KYIV = ZoneInfo("Europe/Kyiv")


def told(number: int, severity: Severity = Severity.LOW, story: str | None = None) -> Told:
    at = NOON + timedelta(minutes=number)
    return Told(f"{number:012x}", severity, f"Subject {number}", at, story, f"https://example.org/{number}")


def digest(*alerts: Told) -> Digest:
    return Digest("desk", alerts, KYIV)


def test_the_alerts_of_a_story_stand_together_in_their_order() -> None:
    alerts = [told(3, story="a"), told(2), told(1, story="a"), told(4, Severity.HIGH, story="b")]
    assert [[alert.subject for alert in story] for story in stories(alerts)] == [
        ["Subject 4"],
        ["Subject 1", "Subject 3"],
        ["Subject 2"],
    ]


def test_its_subject_says_how_many_and_the_weightiest_as_it_stands_now() -> None:
    alerts = (told(1), told(2, Severity.HIGH, "a"), told(3, story="a"))
    said = message(digest(*alerts))
    assert said.subject == "3 alerts, 2 stories: Subject 3"
    assert said.severity is Severity.HIGH
    assert "3 alerts, 2 stories, from 24 February 14:01 to 24 February 14:03." in said.text


def test_the_same_alerts_make_the_same_digest_in_whatever_order() -> None:
    a, b = told(1), told(2, Severity.HIGH)
    assert message(digest(a, b)) == message(digest(b, a))
    assert digest(a, b).key != digest(a).key
    assert Digest("mail", (a, b), KYIV).key != digest(a, b).key


@given(
    st.lists(
        st.builds(told, st.integers(0, 10**6), st.sampled_from(Severity), st.sampled_from([None, "a", "b"])),
        min_size=1,
        max_size=30,
        unique_by=lambda alert: alert.key,
    )
)
def test_a_digest_leaves_nothing_out(alerts: list[Told]) -> None:
    said = message(digest(*alerts))
    for alert in alerts:
        for text in (said.text, said.html):
            assert text.count(f"alert {alert.key}") == 1
            assert alert.subject in text
            assert f"{alert.url}" in text
