"""One hostile feed of each kind among good ones: the good ones are read, and the hostile ones named."""

from __future__ import annotations

from tests.hostile.feeds import HOSTILE
from tests.world import Item, World, rss
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
