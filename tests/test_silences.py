"""Silences, as a user makes and ends them: what they hide is kept, and told at their end."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.commands import watcher
from tests.edges.mailbox import hook
from tests.world import CALL, RULES, VOTE, WEATHER, Item, World, rss
from watcher.core.alerts.routing import Conditions, Occasion, Traits
from watcher.core.alerts.silences import Silence, hidden
from watcher.core.model import Severity
from watcher.pipeline import deliver

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)
FOR_TWO_HOURS = ("--for", "2h", "--reason", "the desk is on the phone")


def told_of(earth: World, *options: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in watcher(earth.folder, *options, "--json").stdout.splitlines()]


@pytest.fixture
def silenced(earth: World) -> World:
    """A world in which Israel-Ukraine is hidden, and a vote and a call were read."""
    earth.configure("/un.xml")
    earth.feeds.serve("/un.xml", rss([WEATHER]))
    earth.once()
    said = watcher(earth.folder, "silence", "add", "--rule", "israel-ukraine", *FOR_TWO_HOURS).stdout
    assert said.startswith("Silence 1 hides rule israel-ukraine from everybody until ")
    earth.feeds.serve("/un.xml", rss([VOTE, CALL, WEATHER]))
    earth.once()
    return earth


def test_what_a_silence_hides_is_kept_with_the_reason_and_the_rest_is_told(silenced: World) -> None:
    assert ["107-12-51" in subject for subject in silenced.told] == [True]
    [row] = told_of(silenced, "outbox", "--suppressed")
    assert (row["receiver"], row["state"]) == ("desk", "suppressed")
    assert "the desk is on the phone" in row["error"]
    [article] = [row for row in told_of(silenced, "articles") if row["title"] == CALL.title]
    explained = watcher(silenced.folder, "explain", str(article["id"])).stdout
    assert "desk: suppressed (silence 1 until" in explained
    assert "silences   1 holds" in watcher(silenced.folder, "status").stdout
    [silence] = told_of(silenced, "silence", "list")
    assert (silence["holds"], silence["hidden"], silence["hides"]) == (True, 1, "rule israel-ukraine")


def test_whoever_tries_the_routes_hears_of_the_silence(silenced: World) -> None:
    tried = ("routes", "test", "--rule", "israel-ukraine")
    said = watcher(silenced.folder, *tried).stdout.splitlines()[-1]
    assert said.startswith("Now it would be hidden from desk: silence 1 until ")
    assert said.endswith(" UTC: the desk is on the phone")
    assert told_of(silenced, *tried)[0]["silences"] == {"desk": 1}
    assert told_of(silenced, *tried, "--kind", "operator")[0]["silences"] == {}
    assert "hidden" not in watcher(silenced.folder, "routes", "test", "--rule", "un-votes").stdout
    watcher(silenced.folder, "silence", "end", "1")
    assert "hidden" not in watcher(silenced.folder, *tried).stdout


def test_at_its_end_a_silence_says_what_it_hid_and_what_comes_later_is_told(silenced: World) -> None:
    said = watcher(silenced.folder, "silence", "end", "1").stdout
    assert said == "Silence 1 has ended; 1 receiver will be told what it hid.\n"
    later = Item("Netanyahu arrives in Kyiv", "Israel's prime minister was met by Ukraine's president.")
    silenced.feeds.serve("/un.xml", rss([later, VOTE, CALL, WEATHER]))
    silenced.once()
    assert len(silenced.told) == 3
    assert "A silence has ended: it hid 1 alert" in silenced.told
    assert any(later.title in subject for subject in silenced.told)
    [text] = [post["message"] for post in silenced.desk.posts if "silence" in post["title"]]
    assert CALL.title in text
    assert "the desk is on the phone" in text
    assert "has ended already" in watcher(silenced.folder, "silence", "end", "1", code=1).stderr


def test_a_silence_ends_by_itself_and_says_so_once(silenced: World) -> None:
    with silenced.running() as app:
        doors = replace(app.doors, clock=lambda: datetime.now(UTC) + timedelta(hours=2))
        assert doors.store.end_silences(app.doors.clock()) == 0
        assert doors.store.end_silences(doors.clock()) == 1
        assert doors.store.end_silences(doors.clock()) == 0
        assert [report.state for report in deliver(doors.receivers["desk"], doors)] == ["sent"]
    assert [subject for subject in silenced.told if "silence" in subject] == [
        "A silence has ended: it hid 1 alert"
    ]


def test_a_silence_for_one_receiver_spares_no_other_and_each_hears_of_its_own(earth: World) -> None:
    with hook() as (mail, url):
        rules = RULES.replace('notify = ["desk"]', 'notify = ["desk", "mail"]')
        earth.configure("/un.xml", rules=rules, receivers=f'[receivers.mail]\nurl = "{url}"\n')
        earth.feeds.serve("/un.xml", rss([WEATHER]))
        earth.once()
        asked = ("--entity", "israel", "--severity", "medium", "--receiver", "mail")
        watcher(earth.folder, "silence", "add", *asked, *FOR_TWO_HOURS)
        earth.feeds.serve("/un.xml", rss([CALL, VOTE, WEATHER]))
        earth.once()
        assert (len(earth.told), len(mail.posts)) == (2, 1)
        watcher(earth.folder, "silence", "end", "1")
        earth.once()
    assert len(earth.told) == 2
    assert [post["title"] for post in mail.posts][1:] == ["A silence has ended: it hid 1 alert"]


def test_a_silence_that_hid_nothing_ends_without_a_word(earth: World) -> None:
    earth.configure()
    earth.once()
    watcher(earth.folder, "silence", "add", "--all", *FOR_TWO_HOURS)
    assert "it hid nothing" in watcher(earth.folder, "silence", "end", "1").stdout
    earth.once()
    assert earth.told == []


def test_a_time_of_day_is_the_next_one_of_this_place(earth: World) -> None:
    earth.configure()
    earth.once()
    times = ["0:00", "09:30", "23:59"]
    for at in times:
        watcher(earth.folder, "silence", "add", "--all", "--until", at, "--reason", "x")
    now = datetime.now(UTC)
    ends = [datetime.fromisoformat(row["until"]) for row in reversed(told_of(earth, "silence"))]
    assert [f"{end.astimezone():%H:%M}" for end in ends] == [at.zfill(5) for at in times]
    assert all(now - timedelta(minutes=5) < end <= now + timedelta(hours=25) for end in ends)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--for", "2h"), "say what to hide"),
        (("--rule", "un-vote", "--for", "2h"), "un-votes"),
        (("--rule", "un-votes"), "say when it ends"),
        (("--rule", "un-votes", "--for", "2h", "--until", "2099-01-01"), "say when it ends"),
        (("--rule", "un-votes", "--until", "tomorrow"), "is no moment"),
        (("--rule", "un-votes", "--until", "25:00"), "is no moment"),
        (("--rule", "un-votes", "--until", "2020-01-01"), "in the future"),
        (("--all", "--for", "99999999h"), "--for: that is farther ahead than can be counted"),
        (
            ("--all", "--until", "9999-12-31T23:00-05:00"),
            "--until: that is farther ahead than can be counted",
        ),
        (("--story", "nonsense", "--for", "2h"), "there is no story nonsense"),
    ],
)
def test_a_silence_that_makes_no_sense_is_refused_with_what_to_write(
    earth: World, options: tuple[str, ...], says: str
) -> None:
    earth.configure()
    earth.once()
    refused = watcher(earth.folder, "silence", "add", *options, "--reason", "x", code=2)
    assert says in refused.stderr


def test_of_several_silences_the_longest_is_named() -> None:
    def silence(number: int, hours: int, *receivers: str, **asked: Any) -> Silence:
        until = NOW + timedelta(hours=hours)
        return Silence(number, Conditions(**asked), NOW, until, "why", receivers)

    vote = Traits(Occasion.FIRST, Severity.HIGH, rules=("un-votes",))
    found = hidden(
        [silence(1, 1), silence(2, 3, "mail"), silence(3, 9, rules=("others",))], vote, ["desk", "mail"]
    )
    assert {name: each.id for name, each in found.items()} == {"desk": 1, "mail": 2}
