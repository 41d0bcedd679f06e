"""What is kept, what goes, and that nothing which goes comes again as new."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.commands import watcher
from tests.world import CALL, VOTE, WEATHER, Item, World, rss
from watcher import pipeline
from watcher.app import App
from watcher.core.messages import Message
from watcher.core.model import Severity
from watcher.core.upkeep.retention import REMEMBERED, Retention

DAY = timedelta(days=1)
SHORT = Retention(deliveries=30 * DAY, stories=60 * DAY)


class Clock:
    """Stands still unless it is moved."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, span: timedelta) -> None:
        self.now += span


@pytest.fixture
def clock() -> Clock:
    return Clock()


@contextmanager
def at(clock: Clock, earth: World) -> Iterator[App]:
    """A running watcher that lives in the time of this clock."""
    with earth.running() as running:
        running.doors = replace(running.doors, clock=clock)
        yield running


def new(running: App) -> int:
    """How many new articles one pass finds."""
    return sum(report.new for report in running.run_once())


def gone(running: App, kept: Retention | None = None) -> dict[str, int]:
    """What has gone when the memory was pruned."""
    config, found = running.settings.config, dict[str, int]()
    sources = [source.name for source in config.sources]
    for kind, number in pipeline.prune(
        running.doors.store, kept or config.retention, sources, running.doors.clock()
    ):
        found[kind] = found.get(kind, 0) + number
    return found


def titles(running: App) -> set[str]:
    with running.doors.store.reading() as reading:
        return {row["title"] for row in reading.articles(None, 1000)}


def test_news_that_nobody_wanted_goes_after_a_month_and_what_was_told_stays(
    earth: World, clock: Clock
) -> None:
    earth.feeds.serve("/un.xml", rss([WEATHER, VOTE]))
    earth.configure("/un.xml")
    with at(clock, earth) as running:
        new(running)
        clock.forward(29 * DAY)
        assert gone(running) == {}
        clock.forward(2 * DAY)
        assert gone(running) == {"articles": 1}
        assert titles(running) == {VOTE.title}
        with running.doors.store.reading() as reading:
            assert len(reading.events.votes(None, 9)) == len(reading.alerts(None, 9)) == 1


def test_what_has_gone_and_is_still_in_its_feed_never_comes_again_as_new(earth: World, clock: Clock) -> None:
    """Whatever the feed does: brings others, is unchanged for a year, is empty for a day, rewrites it, renames it."""
    earth.configure("/slow.xml")
    old = [
        replace(WEATHER, title=f"Old {n}", guid=f"old {n}", link=f"http://127.0.0.1:9/{n}") for n in range(3)
    ]

    def bring(*items: Item) -> int:
        earth.feeds.serve("/slow.xml", rss(items))
        return new(running)

    with at(clock, earth) as running:
        bring(*old)
        clock.forward(31 * DAY)
        assert gone(running) == {"articles": 3}
        assert new(running) == 0
        assert bring(*old, CALL) == 1
        clock.forward(365 * DAY)
        assert "keys" not in gone(running)
        assert new(running) == 0
        assert bring() == 0
        clock.forward(REMEMBERED - DAY)
        gone(running)
        assert bring(*old) == 0
        clock.forward(30 * DAY)
        assert "keys" not in gone(running)
        assert bring(*(replace(item, text="rewritten") for item in old)) == 0
        assert bring(*(replace(item, guid=f"renamed {item.guid}") for item in old)) == 0
        clock.forward(30 * DAY)
        gone(running)
        assert bring(*(replace(item, guid=f"renamed {item.guid}") for item in old), WEATHER) == 1


def test_the_key_of_what_its_feed_has_dropped_goes_as_well(earth: World, clock: Clock) -> None:
    earth.feeds.serve("/un.xml", rss([WEATHER]))
    earth.configure("/un.xml")
    with at(clock, earth) as running:
        new(running)
        clock.forward(31 * DAY)
        gone(running)
        earth.feeds.serve("/un.xml", rss([CALL]))
        new(running)
        clock.forward(REMEMBERED + DAY)
        assert gone(running) == {"keys": 1}


def test_the_keys_of_a_source_that_is_gone_from_the_config_go_as_well(earth: World, clock: Clock) -> None:
    earth.feeds.serve("/un.xml", rss([WEATHER]))
    earth.configure("/un.xml")
    with at(clock, earth) as running:
        new(running)
        clock.forward(31 * DAY)
        gone(running)
    earth.configure()
    with at(clock, earth) as running:
        gone(running)
        clock.forward(REMEMBERED + DAY)
        assert gone(running) == {"keys": 1}


def test_a_dropped_file_that_grows_brings_only_what_is_new_in_it(earth: World, clock: Clock) -> None:
    earth.configure()
    file = earth.folder / "drop" / "archive.jsonl"
    file.write_text('{"title": "One", "text": "Nothing."}\n', "utf-8")
    clock.forward(timedelta(minutes=1))  # it is written to no more
    with at(clock, earth) as running:
        assert new(running) == 1
        for _ in range(2):
            clock.forward(31 * DAY)
            gone(running)
        with file.open("a") as more:
            more.write('{"title": "Two", "text": "Nothing."}\n')
        assert new(running) == 1
        assert titles(running) == {"Two"}


def test_of_what_nobody_wanted_only_the_newest_are_kept_where_there_are_too_many(
    earth: World, clock: Clock
) -> None:
    earth.configure("/busy.xml")
    with at(clock, earth) as running:
        for day in range(12):
            earth.feeds.serve("/busy.xml", rss([replace(WEATHER, title=f"Rain {day}"), VOTE]))
            new(running)
            clock.forward(DAY)
        assert gone(running, Retention(most_articles=10)) == {"articles": 3}
        assert titles(running) == {VOTE.title, *(f"Rain {day}" for day in range(3, 12))}


def test_a_story_goes_with_all_that_is_known_of_it_and_is_not_told_again(earth: World, clock: Clock) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE, CALL]))
    earth.configure("/un.xml")
    with at(clock, earth) as running:
        new(running)
        clock.forward(61 * DAY)
        found = gone(running, SHORT)
        assert found["stories"] == 2
        earth.feeds.serve("/un.xml", rss([VOTE, CALL, WEATHER]))
        assert new(running) == 1
        with running.doors.store.reading() as reading:
            assert reading.events.votes(None, 9) == reading.alerts(None, 9) == []
        assert len([subject for subject in earth.told if not subject.startswith("watcher:")]) == 2


def test_what_was_told_and_then_rewritten_until_nobody_wanted_it_goes_and_its_alert_stays(
    earth: World, clock: Clock
) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml")
    with at(clock, earth) as running:
        assert new(running) == 1
        earth.feeds.serve("/un.xml", rss([replace(WEATHER, guid=f"guid of {VOTE.title}")]))
        clock.forward(DAY)
        assert new(running) == 1
        clock.forward(31 * DAY)
        assert gone(running)["articles"] == 1
        with running.doors.store.reading() as reading:
            assert [alert["article"] for alert in reading.alerts(None, 9)] == [None]


def test_stories_that_were_merged_go_together(earth: World, clock: Clock) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE, CALL]))
    earth.configure("/un.xml")
    with at(clock, earth) as running:
        new(running)
        store = running.doors.store
        with store.reading() as reading:
            keys = [row["key"] for row in reading.events.stories(None, 9)]
        store.merge(keys)
        clock.forward(61 * DAY)
        gone(running, SHORT)
        with store.reading() as reading:
            assert reading.totals()["stories"] == 0


def test_whom_an_alert_reached_goes_earlier_than_what_it_said(earth: World, clock: Clock) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml")
    with at(clock, earth) as running:
        new(running)
        clock.forward(31 * DAY)
        assert gone(running, SHORT)["deliveries"] == 1
        with running.doors.store.reading() as reading:
            [alert] = reading.alerts(None, 9)
        assert alert["deliveries"] == []
        assert "107-12-51" in alert["subject"]


def test_a_story_that_is_parted_long_after_it_was_told_is_not_told_again(earth: World, clock: Clock) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE, CALL]))
    earth.configure("/un.xml")
    with at(clock, earth) as running:
        new(running)
        store = running.doors.store
        with store.reading() as reading:
            first, second = (row["key"] for row in reading.events.stories(None, 9))
        store.merge([first, second])
        clock.forward(31 * DAY)
        gone(running, SHORT)
        with store.reading() as reading:
            [story] = reading.events.stories(None, 9)
        store.split(story["key"], story["articles"][:1], clock())
        new(running)
        assert len([subject for subject in earth.told if not subject.startswith("watcher:")]) == 2


def test_what_waits_for_a_receiver_is_kept_however_old_it_is(earth: World, clock: Clock) -> None:
    earth.configure()
    with at(clock, earth) as running:
        trouble = Message("key", Severity.HIGH, "subject", "text", "<p>text</p>")
        running.doors.store.tell(trouble, ["desk"], clock())
        clock.forward(400 * DAY)
        assert gone(running) == {}
        for _ in running.deliver("desk"):
            pass
        assert gone(running) == {"deliveries": 1, "digests and messages about watcher": 1}


def test_a_page_goes_unless_a_story_needs_it(earth: World, clock: Clock) -> None:
    from watcher.core.formats.pages import Page

    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml")
    with at(clock, earth) as running:
        new(running)
        with running.doors.store.reading() as reading:
            [article] = reading.articles(None, 9)
        with running.doors.store.ingest() as ingest:
            ingest.pages.save(
                [Page(article["url"], "of the story"), Page("http://x.example/", "of none")], clock()
            )
        clock.forward(31 * DAY)
        assert gone(running) == {"pages": 1}
        with running.doors.store.reading() as reading:
            assert article["url"] in reading.pages.known([article["url"]])


def test_what_happened_to_feeds_is_kept_for_a_season(earth: World, clock: Clock) -> None:
    earth.configure()
    with at(clock, earth) as running:
        with running.doors.store.care() as care:
            care.happened("network down", clock(), "")
        clock.forward(89 * DAY)
        assert gone(running) == {}
        clock.forward(2 * DAY)
        assert gone(running) == {"happenings": 1}


def test_nothing_goes_while_the_clock_may_be_wrong(earth: World, clock: Clock) -> None:
    earth.feeds.serve("/un.xml", rss([WEATHER]))
    earth.configure("/un.xml")
    with at(clock, earth) as running:
        new(running)
        clock.forward(365 * DAY)
        assert list(running.prune()) == []
        assert titles(running) == {WEATHER.title}


def test_a_file_from_which_much_has_gone_becomes_small_again(earth: World, clock: Clock) -> None:
    earth.configure("/busy.xml")
    long = replace(WEATHER, text="It will rain. " * 2000)
    with at(clock, earth) as running:
        earth.feeds.serve(
            "/busy.xml", rss([replace(long, title=f"Rain {n}", guid=str(n)) for n in range(200)])
        )
        new(running)
        database = running.settings.config.database
        running.doors.store.close()  # what is in the journal goes into the file
        before = database.stat().st_size
        clock.forward(31 * DAY)
        gone(running)
        assert database.stat().st_size < before / 3  # at once, and not only when watcher ends


def test_prune_says_what_would_go_and_then_removes_it(earth: World) -> None:
    long_ago = Clock()
    long_ago.forward(-40 * DAY)
    earth.feeds.serve("/un.xml", rss([WEATHER, VOTE]))
    earth.configure("/un.xml")
    with at(long_ago, earth) as running:
        new(running)
    assert "Would remove: articles 1." in watcher(earth.folder, "db", "prune", "--dry-run").stdout
    assert "Removed: articles 1." in watcher(earth.folder, "db", "prune").stdout
    assert "Nothing is older" in watcher(earth.folder, "db", "prune").stdout
