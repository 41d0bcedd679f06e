"""The log: one line an event, in the form that its reader takes."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from tests.commands import watcher
from tests.world import VOTE, World, rss
from watcher.app.reports import Deliveries
from watcher.edges.fetch import Fetcher
from watcher.pipeline import DeliveryReport


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


def test_a_file_gets_the_day_and_the_time_and_the_level_and_nothing_of_polls_that_brought_nothing(
    troubled: World,
) -> None:
    watcher(troubled.folder, "run", "--once")
    said = watcher(troubled.folder, "run", "--once").stderr
    assert " WARNING /gone.xml: answered 404" in said
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d INFO    watcher .*", said.splitlines()[0])
    assert "/un.xml" not in said


def away(earth: World, *names: str) -> Fetcher:
    """Have these feeds polled, which are the one of the feed server by names that only the returned fetcher knows."""
    earth.feeds.serve("/un.xml", rss([VOTE]))
    port = earth.feeds.port
    feeds = "".join(
        f'[[sources]]\nname = "{name}"\nurl = "http://{name}.invalid:{port}/un.xml"\nallow_private = true\n'
        for name in names
    )
    earth.configure(receivers=feeds)
    return Fetcher("a test", names={f"{name}.invalid:{port}": ["127.0.0.1"] for name in names})


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def test_an_outage_of_the_own_network_is_one_line_for_all_feeds_and_one_when_it_is_over(
    earth: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with away(earth, *"abcdef") as reaching, earth.running() as app:
        for _ in range(3):
            list(app.run_once())
        assert warnings(caplog) == [
            "the network of this machine is down: no word of 6 sources, nor of any other"
        ]
        app.doors = replace(app.doors, fetcher=reaching)
        for _ in range(2):
            list(app.run_once())
    assert len(warnings(caplog)) == 1
    assert caplog.text.count("the network of this machine is back") == 1
    assert "well again" not in caplog.text


def test_a_feed_that_alone_cannot_be_reached_is_named_and_so_is_its_return(
    earth: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with away(earth, "a", "b") as reaching, away(earth, "a", "b", "c") as well, earth.running() as app:
        app.doors = replace(app.doors, fetcher=reaching)
        for _ in range(3):
            list(app.run_once())
        assert warnings(caplog) == ["c: the name c.invalid cannot be found"]
        app.doors = replace(app.doors, fetcher=well)
        list(app.run_once())
    assert caplog.text.count("c: well again") == 1
    assert "network" not in caplog.text


def test_a_clock_that_is_hours_off_is_said_once_and_once_when_it_is_right(
    earth: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with away(earth, "a", "b", "c") as reaching, earth.running() as app:
        app.doors = replace(app.doors, fetcher=reaching)
        for behind in (0, 3, 3, 0, 0):
            earth.feeds.clock = partial(_behind, timedelta(hours=behind))
            list(app.run_once())
    [said] = warnings(caplog)
    assert said.startswith("the clock of this machine is 3 hours ahead of the time, as most servers agree")
    assert caplog.text.count("the clock of this machine is right again") == 1


def _behind(span: timedelta) -> datetime:
    return datetime.now(UTC) - span


def test_a_receiver_that_is_down_is_one_line_for_all_that_waits_until_it_takes_something_or_says_something_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    deliveries = Deliveries()
    noon = datetime(2026, 2, 24, 12, tzinfo=UTC)

    def tried(error: str | None, due_at: datetime | None = noon) -> list[str]:
        caplog.clear()
        state = "retry" if error and due_at else "dead" if error else "sent"
        deliveries.hear(DeliveryReport("desk", "a vote", state, error, due_at))
        return [record.getMessage() for record in caplog.records]

    assert tried("503") == ["desk did not take an alert, next try at 12:00:00 UTC: 503"]
    assert tried("503") == []
    assert tried("no answer") == ["desk did not take an alert, next try at 12:00:00 UTC: no answer"]
    assert tried("503", None) == ["desk refused an alert for good (a vote): 503"]
    assert tried(None) == ["sent to desk: a vote"]
    assert len(tried("503")) == 1
