"""One hostile feed of each kind among good ones: the good ones are read, and the hostile ones named."""

from __future__ import annotations

import gc
import threading
from typing import Any

from tests.hostile.feeds import HOSTILE
from tests.world import Item, World, rss
from watcher.edges.fetch import Response
from watcher.pipeline import Report

GOOD = 60


def polled(earth: World) -> dict[str, Report]:
    """Source -> what came of it, of all good and hostile feeds at once."""
    for kind, hostile in HOSTILE.items():
        hostile.plant(earth.feeds, f"/{kind}")
    for number in range(GOOD):
        earth.feeds.serve(f"/good-{number}", rss([Item(f"News of town {number}")]))
    paths = [f"/{kind}" for kind in HOSTILE] + [f"/good-{number}" for number in range(GOOD)]
    earth.configure(*paths, source='allow_private = true\ntimeout = "4s"')
    return {report.source: report for report in earth.once()}


def test_no_hostile_feed_hurts_and_each_is_named(earth: World) -> None:
    reports = polled(earth)
    for number in range(GOOD):
        report = reports[f"/good-{number}"]
        assert (report.new, report.error) == (1, None)
    unnamed = {
        kind: reports[f"/{kind}"].error
        for kind, hostile in HOSTILE.items()
        if not hostile.named_by(reports[f"/{kind}"].error)
    }
    assert unnamed == {}
    lost = [kind for kind, hostile in HOSTILE.items() if hostile.kept != (reports[f"/{kind}"].new > 0)]
    assert lost == []


def test_what_has_come_is_recorded_and_told_while_another_feed_keeps_us_waiting(earth: World) -> None:
    told = threading.Event()

    def answer_then(handler: Any) -> None:
        handler.answer(200 if told.wait(20) else 503, {}, rss([Item("Late news")]))

    earth.feeds.serve("/early", rss([Item("News of today")]))
    earth.feeds.behaviours["/late"] = answer_then
    earth.configure("/early", "/late")
    with earth.running() as running:
        reports = []
        for report in running.poll_feeds():
            assert running.doors.store.last_seen_at()
            reports.append((report.source, report.new, report.error))
            told.set()
    assert reports == [("/early", 1, None), ("/late", 1, None)]


def test_a_body_that_could_not_be_read_is_let_go_at_once(earth: World) -> None:
    """And not when garbage is looked for: that may be hours later, and a body may be 15 MiB."""
    earth.feeds.serve("/page", "<!doctype html><title>Hello</title>")
    earth.configure("/page")
    gc.collect()
    gc.disable()
    try:
        reports = {report.source: report for report in earth.once()}
        kept = [each for each in gc.get_objects() if isinstance(each, Response)]
    finally:
        gc.enable()
    assert reports["/page"].error
    assert kept == []
