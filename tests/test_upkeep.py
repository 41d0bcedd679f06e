"""Watcher tries itself, and shows that it lives: for as long as both are true, and no longer."""

from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import NoReturn

import pytest
from pydantic import SecretStr

from tests.test_delivery import post_to, subjects
from tests.world import CALL, VOTE, World, rss
from watcher.app.upkeep import FIRST_TRY, Upkeep
from watcher.config import Heartbeat
from watcher.core.alerts.routing import Conditions
from watcher.edges.sandbox import Sandbox
from watcher.errors import StoreError
from watcher.pipeline import show_life, try_itself

TABLES = ("article", "match", "story", "trace", "alert", "delivery", "receiver", "vote")


def memory(earth: World) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(earth.folder / "watcher.db")) as database:
        return [database.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES]


def test_an_article_that_watcher_makes_up_travels_all_the_way_and_leaves_no_trace(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE, CALL]))
    earth.configure("/un.xml")
    earth.once()
    before = memory(earth)
    with earth.running() as app:
        for _ in range(3):
            assert try_itself(app.doors) is None
    assert memory(earth) == before
    assert len(earth.told) == 2


def test_silences_of_the_user_and_a_receiver_that_is_down_are_no_failure_of_the_self_test(
    earth: World,
) -> None:
    earth.desk.statuses = [500] * 99
    earth.configure()
    with earth.running() as app:
        now = app.doors.clock()
        app.doors.store.silence(Conditions(), (), now, now + timedelta(hours=1), "holidays")
        assert try_itself(app.doors) is None


def test_the_operator_is_told_once_that_the_self_test_fails_and_once_that_it_passes_again(
    earth: World, caplog: pytest.LogCaptureFixture
) -> None:
    with post_to(earth, desk=earth.desk_url) as post:
        upkeep = Upkeep(lambda _seconds: [], time.monotonic)
        broken = replace(post.doors, sandbox=_Broken())
        for _ in range(3):
            upkeep.try_itself(broken)
        post.deliver()
        assert subjects(earth.desk) == ["watcher: its self-test has failed"]
        assert "a bug in watcher: ZeroDivisionError" in earth.desk.posts[0]["message"]
        for _ in range(2):
            upkeep.try_itself(post.doors)
        post.deliver()
    assert subjects(earth.desk)[1:] == ["watcher: its self-test passes again"]
    assert "a bug in watcher stopped its self-test" in caplog.text


def test_a_memory_that_cannot_be_used_is_no_failure_of_the_self_test_and_does_not_put_it_off(
    earth: World,
) -> None:
    with post_to(earth, desk=earth.desk_url) as post:
        seconds = [0.0]
        upkeep = Upkeep(lambda _seconds: [], lambda: seconds[0])
        seconds[0] = FIRST_TRY
        broken = replace(post.doors, sandbox=_OutOfReach())
        for _ in range(2):
            with pytest.raises(StoreError):
                list(upkeep.run(broken, None))
        list(upkeep.run(post.doors, None))
        post.deliver()
    assert subjects(earth.desk) == []


class _OutOfReach(Sandbox):
    """A sandbox that takes so long that somebody locks the database meanwhile."""

    def parse_feed(self, *_: object) -> NoReturn:
        raise StoreError("the database is locked")


class _Broken(Sandbox):
    """A sandbox of a machine on which nothing works any more."""

    def parse_feed(self, *_: object) -> NoReturn:
        raise ZeroDivisionError


def test_a_sign_of_life_is_given_while_all_is_well_and_not_while_it_is_not(earth: World) -> None:
    earth.feeds.serve("/ping", "OK")
    with post_to(earth, desk=earth.desk_url) as post:
        heartbeat = Heartbeat(SecretStr(earth.feeds.url("/ping")), timedelta(minutes=5), allow_private=True)
        hung: list[str] = []
        upkeep = Upkeep(lambda _seconds: hung, time.monotonic)
        upkeep.show_life(post.doors, heartbeat)
        assert earth.feeds.requests("/ping") == 1
        hung.append("feeds")
        upkeep.show_life(post.doors, heartbeat)
        hung.clear()
        upkeep.try_itself(replace(post.doors, sandbox=_Broken()))
        upkeep.show_life(post.doors, heartbeat)
        assert earth.feeds.requests("/ping") == 1
        upkeep.try_itself(post.doors)
        upkeep.show_life(post.doors, heartbeat)
        assert earth.feeds.requests("/ping") == 2


def test_a_sign_of_life_that_nobody_hears_is_said_without_its_secret(
    earth: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with post_to(earth, desk=earth.desk_url) as post:
        for path in ("/sentinel-of-the-heartbeat", "/moved"):
            earth.feeds.redirect("/moved", "/elsewhere")
            url = SecretStr(earth.feeds.url(path))
            why = show_life(Heartbeat(url, timedelta(minutes=5), allow_private=True), post.doors)
            assert why
            Upkeep(lambda _seconds: [], time.monotonic).show_life(
                post.doors, Heartbeat(url, timedelta(minutes=5), allow_private=True)
            )
        assert show_life(Heartbeat(url, timedelta(minutes=5)), post.doors)  # in our own network
    assert "the heartbeat was not heard" in caplog.text
    assert "sentinel" not in caplog.text


def test_a_sign_of_life_that_an_end_cuts_short_is_no_warning(
    earth: World, caplog: pytest.LogCaptureFixture
) -> None:
    earth.feeds.hang("/ping")
    with post_to(earth, desk=earth.desk_url) as post:
        heartbeat = Heartbeat(SecretStr(earth.feeds.url("/ping")), timedelta(minutes=5), allow_private=True)
        post.doors.fetcher.close()
        Upkeep(lambda _seconds: [], time.monotonic, lambda: True).show_life(post.doors, heartbeat)
        assert caplog.text == ""
        Upkeep(lambda _seconds: [], time.monotonic).show_life(post.doors, heartbeat)
        assert "the heartbeat was not heard" in caplog.text


def test_the_config_has_a_heartbeat_and_the_daemon_keeps_it(earth: World) -> None:
    earth.feeds.serve("/ping", "OK")
    url = earth.feeds.url("/ping")
    earth.configure(receivers=f'[heartbeat]\nurl = "{url}"\nallow_private = true\n')
    with earth.running() as app:
        list(app.upkeep())
        list(app.upkeep())
    assert earth.feeds.requests("/ping") == 1
