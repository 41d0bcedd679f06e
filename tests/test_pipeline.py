"""The promises of polling and delivering, over real HTTP, SQLite and apprise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.world import CALL, SAME_VOTE, TWIN_VOTE, VOTE, WEATHER, Item, World, rss
from watcher.core.alerts.deciding import Freshness
from watcher.core.messages import Message
from watcher.core.messages.templates import Templates
from watcher.core.messages.wording import Alert
from watcher.core.model import Entry
from watcher.edges.fetch import Fetcher
from watcher.edges.store import Reading, Store
from watcher.pipeline.learning import learn, read

ZEBRA = """
[[rules]]
id = "zebra"
name = "Zebra"
notify = ["desk"]
keywords.any = ["zebra"]
"""
WORDS = [f"{letter * 5}{number}" for letter in "abcdefghij" for number in range(4)]
CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus" / "feeds"


def test_a_new_vote_is_told_once_however_often_its_feed_is_polled(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([WEATHER, VOTE]))
    earth.configure("/un.xml")
    for _ in range(3):
        earth.once()
    assert len(earth.told) == 1
    assert "107-12-51" in earth.told[0]


def test_a_vote_that_two_feeds_carry_in_other_words_is_told_once(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.feeds.serve("/paper.xml", rss([SAME_VOTE]))
    earth.configure("/un.xml", "/paper.xml")
    earth.once()
    assert len(earth.told) == 1


def test_twin_votes_of_one_day_with_one_headline_are_two_alerts(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE, Item(TWIN_VOTE.title, TWIN_VOTE.text, guid="another")]))
    earth.configure("/un.xml")
    earth.once()
    assert [("107-12-51" in subject, "93-8-73" in subject) for subject in sorted(earth.told)] in (
        [(True, False), (False, True)],
        [(False, True), (True, False)],
    )


def test_an_article_that_matches_two_rules_is_one_message_that_names_both(earth: World) -> None:
    both = Item(VOTE.title, VOTE.text + " Israel told Ukraine of its vote beforehand.")
    earth.feeds.serve("/un.xml", rss([both]))
    earth.configure("/un.xml")
    earth.once()
    [post] = earth.desk.posts
    assert "rule un-votes" in post["message"]
    assert "rule israel-ukraine" in post["message"]


def test_a_tally_that_comes_later_is_one_update_of_the_first_alert(earth: World) -> None:
    teaser = Item(VOTE.title, "The UN General Assembly adopted a resolution demanding withdrawal.")
    earth.feeds.serve("/un.xml", rss([teaser]))
    earth.configure("/un.xml")
    earth.once()
    earth.feeds.serve("/un.xml", rss([Item(teaser.title, VOTE.text, guid="the full story"), teaser]))
    earth.once()
    assert [subject.startswith("Update: ") for subject in earth.told] == [False, True]
    assert "tally: 107-12-51" in earth.desk.posts[1]["message"]


def test_a_number_that_its_source_rewrites_is_a_correction_that_names_the_old_one(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml")
    earth.once()
    earth.feeds.serve("/un.xml", rss([Item(VOTE.title, VOTE.text.replace("107", "108"))]))
    earth.once()
    assert earth.told[1].startswith("Correction: ")
    assert "108-12-51 (was 107-12-51)" in earth.desk.posts[1]["message"]


def test_old_entries_of_a_new_feed_are_stored_and_not_told(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([Item(VOTE.title, VOTE.text, age=timedelta(days=2))]))
    earth.configure("/un.xml")
    [report] = [report for report in earth.once() if report.source == "/un.xml"]
    assert (report.matched, report.alerts, earth.told) == (1, 0, [])


def test_nothing_is_asked_twice_of_a_server_that_answers_not_modified(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]), etag='"one"')
    earth.configure("/un.xml")
    earth.once()
    earth.once()
    assert earth.feeds.headers("/un.xml")[-1]["if-none-match"] == '"one"'
    assert len(earth.told) == 1


def test_a_feed_that_fails_costs_the_others_nothing_and_is_named_with_its_reason(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.feeds.status("/gone.xml", 404)
    earth.feeds.serve("/page.html", b"<!doctype html><html><title>Sorry</title><p>Sorry</html>")
    earth.configure("/un.xml", "/gone.xml", "/page.html")
    failed = {report.source: report.error for report in earth.once() if report.failed}
    assert len(earth.told) == 1
    assert "404" in (failed["/gone.xml"] or "")
    assert "web page" in (failed["/page.html"] or "")


def test_a_failing_feed_is_left_alone_for_longer_each_time(earth: World) -> None:
    earth.feeds.status("/gone.xml", 503)
    earth.configure("/gone.xml")
    pauses = []
    for _ in range(3):
        earth.once()
        with _memory(earth) as reading:
            [source] = reading.sources()
        pauses.append((source["failures"], source["next_poll_at"]))
    assert [failures for failures, _ in pauses] == [1, 2, 3]
    assert pauses[0][1] < pauses[1][1] < pauses[2][1]


def test_a_receiver_that_fails_gets_the_alert_later_and_holds_up_no_other(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    down = '[receivers.down]\nurl = "json://127.0.0.1:1/"\n'
    earth.configure("/un.xml", receivers=down, rules=_notifying("desk", "down"))
    earth.once()
    assert len(earth.told) == 1
    assert _deliveries(earth) == {"desk": "sent", "down": "retry"}


def test_a_receiver_that_refuses_for_good_is_not_asked_again(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml")
    earth.desk.statuses = [404]
    earth.once()
    earth.once()
    assert _deliveries(earth) == {"desk": "dead"}
    assert earth.told == []


def test_a_receiver_that_answers_500_is_tried_again(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml")
    earth.desk.statuses = [500]
    earth.once()
    assert _deliveries(earth) == {"desk": "retry"}


def test_a_text_that_returns_to_an_earlier_version_stops_nothing(earth: World) -> None:
    earth.configure()
    for number in ("107", "108", "107"):
        earth.drop("note.txt", replace(VOTE, text=VOTE.text.replace("107", number)))
        earth.once()
    assert [subject.split(":")[0] for subject in earth.told[1:]] == ["Correction", "Correction"]


def test_a_file_that_is_reused_for_another_event_is_told_as_a_new_one(earth: World) -> None:
    earth.configure()
    earth.drop("today.txt", VOTE)
    earth.once()
    earth.drop("today.txt", CALL)
    earth.once()
    assert len(earth.told) == 2
    assert earth.told[1].startswith("Israel-Ukraine: ")


def test_a_feed_that_changes_all_its_guids_overnight_tells_nothing_again(earth: World) -> None:
    quiet = Item(TWIN_VOTE.title, TWIN_VOTE.text, age=timedelta(days=2))
    earth.feeds.serve("/un.xml", rss([VOTE, CALL, quiet]))
    earth.configure("/un.xml")
    earth.once()
    told = list(earth.told)
    fresh = [replace(item, guid=f"new {item.title}") for item in (VOTE, CALL, quiet)]
    earth.feeds.serve("/un.xml", rss(fresh))
    earth.once()
    assert earth.told == told
    assert len(told) == 2


def test_a_line_of_a_million_dots_delays_nobody(earth: World) -> None:
    earth.feeds.serve(
        "/dots.xml", rss([Item("Israel and Ukraine speak", "Israel. Ukraine" + "." * 1_000_000)])
    )
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/dots.xml", "/un.xml")
    earth.once()
    assert any("107-12-51" in subject for subject in earth.told)


def test_what_is_too_much_to_judge_at_once_is_judged_with_the_next_polls(earth: World) -> None:
    earth.configure("/un.xml")
    entries = [Entry(item.title, item.title, item.text) for item in (VOTE, CALL, WEATHER)]
    with earth.running() as app:
        source, rules, doors = app.settings.config.sources[0], app.settings.rules, app.doors
        now = doors.clock()
        for judged, left in ((1, 2), (1, 1), (1, 0), (0, 0)):
            found = read(source, entries, rules, doors, now, timedelta(0))
            assert (len(found.judged), found.left) == (judged, left)
            assert found.final == (not left)
            with doors.store.ingest() as ingest:
                learn(ingest, found, now, Freshness(None))
        list(app.deliver("desk"))
    assert len(earth.told) == 2


class Dying(Templates):
    """Puts so many alerts into words, and takes the whole process with it."""

    def __init__(self, alerts: int) -> None:
        super().__init__({})
        object.__setattr__(self, "left", iter(range(alerts)))

    left: Iterator[int]

    def told(self, alert: Alert) -> tuple[Message, Message | None]:
        if next(self.left, None) is None:
            raise KeyboardInterrupt
        return super().told(alert)


def test_who_dies_in_the_middle_of_very_much_has_told_a_part_of_it_and_then_tells_the_rest(
    earth: World,
) -> None:
    items = [Item(f"zebra {'abcdefghij'[number % 10] * 5}{number}", "", str(number)) for number in range(230)]
    earth.feeds.serve("/much.xml", rss(items))
    earth.configure("/much.xml", rules=ZEBRA)
    with earth.running() as app, suppress(KeyboardInterrupt):
        app.doors = replace(app.doors, templates=Dying(120))
        list(app.poll_feeds())
    with _memory(earth) as reading:
        assert reading.totals()["alerts"] == 100
    with earth.running() as app:
        [report] = app.poll_feeds()
        assert (report.new, report.alerts, report.known) == (130, 130, 100)
    with _memory(earth) as reading:
        assert reading.totals()["alerts"] == reading.totals()["articles"] == 230


@dataclass(frozen=True)
class AllAtOnce:
    """A fetcher that hands over nothing before all is there."""

    fetcher: Fetcher

    def fetch_together(self, take: Any, read: Any) -> Iterator[list[Any]]:
        yield list(self.fetcher.fetch(take, read))


def test_who_dies_while_many_polls_that_brought_much_come_together_has_told_what_the_first_of_them_brought(
    earth: World,
) -> None:
    feeds = [f"/{feed}.xml" for feed in "abcd"]
    for feed in feeds:
        earth.feeds.serve(feed, rss([Item(f"zebra {word}{feed}", "", f"{feed}{word}") for word in WORDS]))
    earth.configure(*feeds, rules=ZEBRA)
    with earth.running() as app, suppress(KeyboardInterrupt):
        together: Any = AllAtOnce(app.doors.fetcher)
        app.doors = replace(app.doors, fetcher=together, templates=Dying(100))
        list(app.poll_feeds())
    with _memory(earth) as reading:
        assert reading.totals()["alerts"] == 2 * len(WORDS)
    earth.once()
    with _memory(earth) as reading:
        assert reading.totals()["alerts"] == 4 * len(WORDS)


@dataclass(frozen=True)
class Asleep:
    """A fetcher of a machine that sleeps once one feed is asked for, and asks for all others when it wakes."""

    fetcher: Fetcher
    sleep: Callable[[], None]

    def fetch_together(self, take: Any, read: Any) -> Iterator[Any]:
        taken = list(take(1))
        self.sleep()

        def rest(free: int) -> Any:
            asked = [*taken, *take(free - len(taken))]
            taken.clear()
            return asked

        yield from self.fetcher.fetch_together(rest, read)


def test_a_machine_that_falls_asleep_during_a_pass_polls_each_feed_once_and_records_it(earth: World) -> None:
    feeds = [f"/{feed}.xml" for feed in "abcdef"]
    for feed in feeds:
        earth.feeds.serve(feed, rss([WEATHER]))
    earth.configure(*feeds)
    slept = [timedelta(0)]
    with earth.running() as app:
        fetcher: Any = Asleep(app.doors.fetcher, lambda: slept.append(timedelta(minutes=12)))
        app.doors = replace(app.doors, fetcher=fetcher, clock=lambda: datetime.now(UTC) + slept[-1])
        assert sorted(report.source for report in app.poll_feeds()) == feeds
    assert [earth.feeds.requests(feed) for feed in feeds] == [1] * 6


def test_what_waits_for_a_receiver_that_is_gone_is_given_up_and_the_operator_told(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    gone = '[receivers.gone]\nurl = "json://127.0.0.1:1/"\n'
    earth.configure("/un.xml", receivers=gone, rules=_notifying("desk", "gone"))
    earth.once()
    earth.configure("/un.xml")
    earth.once()
    with _memory(earth) as reading:
        assert reading.totals()["outbox"] == {"desk": {"sent": 2}, "gone": {"dead": 1}}
    assert earth.told[1] == "watcher: 1 alert for gone given up: the config does not name it any more"


def test_a_dropped_file_is_told_and_a_changed_one_only_for_what_is_new(earth: World) -> None:
    earth.configure()
    note = earth.folder / "drop" / "note.txt"
    note.write_text(f"{VOTE.title}\n\n{VOTE.text}", "utf-8")
    earth.once()
    earth.once()
    assert len(earth.told) == 1
    note.write_text(f"{VOTE.title}\n\n{VOTE.text} It was a cold day.", "utf-8")
    earth.once()
    assert len(earth.told) == 1
    note.write_text(f"{VOTE.title}\n\n{VOTE.text} Ukraine voted in favour.", "utf-8")
    earth.once()
    assert len(earth.told) == 2
    assert "Ukraine: in favour" in earth.desk.posts[1]["message"]


def test_a_file_that_is_no_article_is_set_aside_with_the_reason(earth: World) -> None:
    earth.configure()
    (earth.folder / "drop" / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    earth.drop("call.txt", CALL)
    failed = {report.source: report.error for report in earth.once() if report.failed}
    assert list(failed) == ["drop/photo.jpg"]
    assert len(earth.told) == 1


def test_a_source_taken_out_of_the_config_is_polled_no_more(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml")
    earth.once()
    earth.configure()
    earth.once()
    assert earth.feeds.requests("/un.xml") == 1


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the real feeds of ../shared, which are not there")
def test_fifty_real_feeds_with_one_new_vote_among_them_alert_once(earth: World) -> None:
    paths = []
    for file in sorted(CORPUS.glob("*.*")):
        if file.suffix != ".csv":
            earth.feeds.serve(f"/{file.name}", file.read_bytes(), etag=f'"{file.name}"')
            paths.append(f"/{file.name}")
    for number in range(50 - len(paths)):
        earth.feeds.serve(f"/own-{number}.xml", rss([WEATHER]))
        paths.append(f"/own-{number}.xml")
    earth.feeds.serve("/own-0.xml", rss([WEATHER, VOTE]))
    earth.feeds.serve("/own-1.xml", rss([SAME_VOTE]))
    earth.configure(*paths)
    for _ in range(3):
        reports = earth.once()
    assert len([report for report in reports if not report.source.startswith("drop")]) == 50
    assert len(earth.told) == 1


def _notifying(*receivers: str) -> str:
    from tests.world import RULES

    return RULES.replace('notify = ["desk"]', f"notify = {list(receivers)}".replace("'", '"'))


@contextmanager
def _memory(earth: World) -> Iterator[Reading]:
    store = Store.open_to_read(earth.folder / "watcher.db")
    with store.reading() as reading:
        yield reading
    store.close()


def _deliveries(earth: World) -> dict[str, str]:
    with _memory(earth) as reading:
        [alert] = reading.alerts(None, 10)
    return {delivery["receiver"]: delivery["state"] for delivery in alert["deliveries"]}
