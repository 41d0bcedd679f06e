"""`watcher outbox` and `watcher receivers`, as a user runs them."""

from __future__ import annotations

import json

import pytest

from tests.commands import watcher
from tests.world import VOTE, World
from watcher.core.formats.html import to_text
from watcher.core.messages.sample import Sample


@pytest.fixture
def refused(earth: World) -> tuple[World, str]:
    """A world in which the desk has refused one alert for good, and that alert's key."""
    earth.configure()
    earth.drop("note.txt", VOTE)
    earth.desk.statuses = [404]
    earth.once()
    [row] = map(json.loads, watcher(earth.folder, "outbox", "--json").stdout.splitlines())
    return earth, row["key"]


def test_what_was_refused_stands_in_the_outbox_with_the_reason(refused: tuple[World, str]) -> None:
    earth, key = refused
    for arguments in ((), ("--dead",), ("--receiver", "desk")):
        shown = watcher(earth.folder, "outbox", *arguments).stdout
        assert key in shown
        assert "the service answered 404 Not Found" in shown
    assert 'no "mail"' in watcher(earth.folder, "outbox", "--receiver", "mail", code=2).stderr
    [row] = map(json.loads, watcher(earth.folder, "outbox", "--dead", "--json").stdout.splitlines())
    assert (row["receiver"], row["state"], row["attempts"]) == ("desk", "dead", 1)


def test_what_was_refused_is_sent_again_when_asked_for(refused: tuple[World, str]) -> None:
    earth, key = refused
    said = watcher(earth.folder, "outbox", "resend", key).stdout
    assert f"{key} goes to desk" in said
    earth.once()
    assert ["107-12-51" in subject for subject in earth.told] == [True, False]
    assert earth.told[1] == "watcher: desk is well again"
    assert "Nothing waits" in watcher(earth.folder, "outbox").stdout


def test_what_arrived_is_sent_again_only_to_a_receiver_that_is_named(refused: tuple[World, str]) -> None:
    earth, key = refused
    watcher(earth.folder, "outbox", "resend", key)
    earth.once()
    assert "name a receiver" in watcher(earth.folder, "outbox", "resend", key, code=1).stderr
    watcher(earth.folder, "outbox", "resend", key, "--receiver", "desk")
    earth.once()
    assert ["107-12-51" in subject for subject in earth.told] == [True, False, True]


def test_what_is_dropped_goes_nowhere_and_keeps_the_reason(refused: tuple[World, str]) -> None:
    earth, key = refused
    watcher(earth.folder, "outbox", "resend", key)
    watcher(earth.folder, "outbox", "drop", key, "--reason", "told by phone")
    earth.once()
    assert earth.told == []
    assert "Nothing waits" in watcher(earth.folder, "outbox").stdout
    [alert] = map(json.loads, watcher(earth.folder, "alerts", "--json").stdout.splitlines())
    assert alert["deliveries"][0]["error"] == "told by phone"


def test_a_key_that_is_not_there_is_answered_in_plain_words(refused: tuple[World, str]) -> None:
    earth, _ = refused
    assert (
        "there is no alert nonsense" in watcher(earth.folder, "outbox", "resend", "nonsense", code=1).stderr
    )
    assert "there is no alert nonsense" in watcher(
        earth.folder, "outbox", "drop", "nonsense", "--reason", "x", code=1
    ).stderr  # fmt: skip


def test_receivers_are_listed_with_how_they_fare(refused: tuple[World, str]) -> None:
    earth, _ = refused
    [row] = map(json.loads, watcher(earth.folder, "receivers", "--json").stdout.splitlines())
    assert (row["name"], row["operator"], row["sent"], row["dead"]) == ("desk", True, 0, 1)
    assert row["failing_since"]
    assert "desk" in watcher(earth.folder, "receivers").stdout


def test_a_sample_is_shown_without_being_sent_and_sent_when_asked_for(earth: World) -> None:
    earth.configure()
    shown = watcher(earth.folder, "receivers", "test", "desk", "--dry-run").stdout
    assert "120-7-31" in shown
    assert earth.told == []
    watcher(earth.folder, "receivers", "test", "desk")
    [post] = earth.desk.posts
    assert "120-7-31" in post["title"]
    assert "no news" in post["message"]


@pytest.mark.parametrize("kind", [Sample.CORRECTION, Sample.TROUBLE])
def test_a_sample_of_each_kind_says_that_it_is_one_and_arrives(earth: World, kind: Sample) -> None:
    earth.configure()
    watcher(earth.folder, "receivers", "test", "desk", "--kind", kind.value)
    [post] = earth.desk.posts
    assert post["title"].startswith("Sample: ")
    assert post["message"].startswith("This is a sample you asked for, and no news.")


def test_a_sample_is_shown_in_the_form_of_a_mail_or_of_slack_without_being_sent(earth: World) -> None:
    earth.configure()
    shown = ("receivers", "test", "desk", "--dry-run", "--form")
    mail = watcher(earth.folder, *shown, "html").stdout
    assert mail.startswith("<!doctype html>")
    assert "120 in favour" in to_text(mail)
    slack = json.loads(watcher(earth.folder, *shown, "slack").stdout)
    assert "120-7-31" in slack["fallback"]
    assert slack["blocks"]
    assert earth.told == []


def test_a_receiver_that_does_not_work_is_found_out_by_its_sample(earth: World) -> None:
    earth.configure()
    earth.desk.statuses = [401]
    failed = watcher(earth.folder, "receivers", "test", "desk", code=1)
    assert "the service answered 401 Unauthorized" in failed.stderr
    assert "the config has desk" in watcher(earth.folder, "receivers", "test", "mail", code=2).stderr


@pytest.mark.parametrize("asked", ["optional=yes", "format=markdown", "format=html"])
def test_an_option_that_would_break_a_promise_is_refused_before_anything_starts(
    earth: World, asked: str
) -> None:
    earth.configure(receivers=f'[receivers.other]\nurl = "ntfy://topic?{asked}"\n')
    said = watcher(earth.folder, "check", code=78).stderr
    assert f"asks for {asked.removesuffix('=yes')}" in said
    assert "from the url" in said


def test_a_mail_may_be_asked_for_as_html_which_it_is_in_any_case(earth: World) -> None:
    url = "mailto://example.org?from=w@example.org&to=desk@example.org&format=html"
    earth.configure(receivers=f'[receivers.mail]\nurl = "{url}"\n')
    watcher(earth.folder, "check")
