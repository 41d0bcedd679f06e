"""The log: one line an event, in the form that its reader takes."""

from __future__ import annotations

import json

import pytest

from tests.commands import watcher
from tests.world import VOTE, World, rss


@pytest.fixture
def troubled(earth: World) -> World:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.feeds.status("/gone.xml", 404)
    earth.configure("/un.xml", "/gone.xml")
    return earth


def test_a_collector_gets_an_object_a_line(troubled: World) -> None:
    said = watcher(troubled.folder, "run", "--once", "--log", "json").stderr.splitlines()
    lines = [json.loads(line) for line in said if line.startswith("{")]
    assert len(lines) > 3
    assert {"time", "level", "logger", "message"} == lines[0].keys()
    [missing] = [line for line in lines if line["level"] == "warning"]
    assert missing["message"].startswith("/gone.xml: answered 404")
    assert missing["time"].endswith("+00:00")


def test_a_journal_gets_the_priority_and_no_clock(troubled: World) -> None:
    said = watcher(troubled.folder, "run", "--once", WATCHER_LOG="journal").stderr.splitlines()
    assert any(line.startswith("<4>/gone.xml: answered 404") for line in said)
    assert any(line.startswith("<6>watcher ") for line in said)


def test_a_person_gets_the_time_and_the_level_and_nothing_of_polls_that_brought_nothing(
    troubled: World,
) -> None:
    watcher(troubled.folder, "run", "--once")
    said = watcher(troubled.folder, "run", "--once").stderr
    assert " WARNING /gone.xml: answered 404" in said
    assert "/un.xml" not in said
