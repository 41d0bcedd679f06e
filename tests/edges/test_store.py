"""The memory: its schema, who may open it, and what a lease means."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, event
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.exc import OperationalError
from sqlmodel import SQLModel, UTCDateTime

from watcher.core.alerts.deciding import Decision
from watcher.core.assessment import Assessment
from watcher.core.judgement import Judgement
from watcher.core.messages import Message
from watcher.core.model import Article, Position, Severity
from watcher.core.sources.polling import SourceState
from watcher.core.sources.schedule import Plan
from watcher.edges.store import LEASE, Ended, Store, Unchanged, dialect, in_use, schema, sole_use
from watcher.edges.store.line import moment_of, text_of
from watcher.errors import StoreError

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """As a first start makes it."""
    opened = Store.open(tmp_path / "watcher.db")
    yield opened
    opened.close()


def tell(store: Store, key: str, severity: Severity, *receivers: str) -> None:
    store.tell(Message(key, severity, key, "text", "<p>text</p>"), receivers, NOW)


def assessed(key: str, published_at: datetime | None) -> Assessment:
    """An article of the source a that nobody wanted."""
    article = Article("a", key, "title", "text", NOW, published_at=published_at)
    return Assessment(article, Judgement(), Decision(None, "no rule"))


def test_the_migrations_make_just_the_tables_that_the_rows_describe(store: Store) -> None:
    with store.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    assert differences == []


def test_a_database_of_the_first_version_is_brought_up_to_date_with_all_it_knows(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        votes = '[{"body": "UNGA", "in_favour": 107, "positions": {"Israel": "against"}}]'
        connection.exec_driver_sql(
            "INSERT INTO story VALUES (1, 'key', 'UN votes', '2026-02-24 12:00:00', '2026-02-24 12:00:00', '[]',"
            ' \'["ukraine", "troops"]\', ?, \'["desk"]\')',
            (votes,),
        )
    engine.dispose()
    store = Store.open(path)
    with store.ingest() as ingest:
        [story] = ingest.memory.near({"troops"}, NOW)
    assert (story.votes[0].tally.in_favour, story.votes[0].positions["Israel"]) == (107, Position.AGAINST)
    assert story.told == {"desk"}
    store.close()


def test_the_program_knows_its_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


def test_only_its_owner_can_read_the_database(store: Store, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "watcher.db").stat().st_mode) == 0o600


def test_one_daemon_holds_a_database_against_another(tmp_path: Path) -> None:
    path = tmp_path / "watcher.db"
    with sole_use(path), pytest.raises(StoreError, match="another watcher"), sole_use(path):
        raise AssertionError("two hold it")
    with sole_use(path):
        assert path.with_name("watcher.db.lock").read_text() == str(os.getpid())


def test_who_asks_whether_a_daemon_runs_keeps_none_from_starting(tmp_path: Path) -> None:
    path = tmp_path / "watcher.db"
    assert not in_use(path)
    path.touch()
    assert not in_use(path)
    with sole_use(path):
        assert in_use(path)
    assert not in_use(path)


ONE = {"a": "https://a.example/"}
ELSEWHERE = {"a": "https://b.example/"}


def test_a_source_that_is_taken_comes_again_only_when_its_lease_ends(store: Store) -> None:
    store.set_sources(ONE, NOW)
    assert [state.name for state in store.take_due(ONE, 9, NOW)] == ["a"]
    assert store.take_due(ONE, 9, NOW + LEASE / 2) == []
    assert [state.name for state in store.take_due(ONE, 9, NOW + LEASE)] == ["a"]


@given(st.none() | st.datetimes(timezones=st.just(UTC)))
def test_a_moment_is_kept_the_straight_way_as_by_the_other(moment: datetime | None) -> None:
    other = UTCDateTime().dialect_impl(pysqlite.dialect()).bind_processor(pysqlite.dialect())
    assert other is not None
    assert text_of(moment) == other(moment)
    assert moment is None or moment_of(text_of(moment)) == moment


def test_a_moment_of_nowhere_is_refused_also_the_straight_way() -> None:
    with pytest.raises(ValueError, match="timezone"):
        text_of(NOW.replace(tzinfo=None))


def test_a_clock_that_was_a_year_ahead_silences_no_source(store: Store) -> None:
    store.set_sources(ONE, NOW + timedelta(days=365))
    assert [state.name for state in store.take_due(ONE, 9, NOW)] == ["a"]


def test_how_often_entries_come_and_what_ails_is_found_without_reading_all_articles(store: Store) -> None:
    asked: list[str] = []
    event.listen(
        store.engine, "checkout", lambda driver, *_: driver.set_trace_callback(asked.append)
    )  # what SQLite is asked, by whichever way
    with store.ingest() as ingest:
        assert ingest.rhythms(["a", "b"], NOW) == {"a": (None, None), "b": (None, None)}
        assert ingest.known([("a", "1")]) == {}
        ingest.reached_at(NOW, outside=True)
    with store.care() as care:
        care.unreached()
    with store.reading() as reading:
        reading.history("a", 10)
        reading.entries(NOW)
    questions = [each for each in asked if "SELECT" in each]
    with store.engine.connect() as connection:
        plans = [
            row[3]
            for statement in questions
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")
        ]
    assert len(questions) == 6
    # A covering index of all articles is read through by who asks about all sources; the sources are few, and so is
    # what a question is about.
    few = ("COVERING INDEX", "VIRTUAL TABLE")
    scans = {plan for plan in plans if plan.startswith("SCAN") and not any(each in plan for each in few)}
    assert scans <= {"SCAN source", "SCAN CONSTANT ROW"}
    assert not any("TEMP B-TREE FOR GROUP" in plan for plan in plans)


def test_the_rhythm_of_a_feed_is_that_of_the_last_days_and_knows_no_future(store: Store) -> None:
    moments = [NOW - timedelta(hours=hour) for hour in range(0, 240, 4)] + [NOW + timedelta(days=900)]
    with store.ingest() as ingest:
        ingest.save_unmatched(
            [(assessed(f"{number}", moment), True) for number, moment in enumerate(moments)]
            + [(assessed("undated", None), True)]
        )
        pace, last_at = ingest.rhythms(["a"], NOW)["a"]
    assert pace == 8  # of the last day, for that was a busier one
    assert last_at == NOW


def test_a_feed_that_told_us_where_it_moved_keeps_what_is_known_of_it(store: Store) -> None:
    store.set_sources(ONE, NOW)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE source SET etag = 'x', moved_to = 'https://b.example/'")
    store.set_sources(ELSEWHERE, NOW)
    assert [(state.etag, state.moved_to) for state in store.take_due(ELSEWHERE, 9, NOW)] == [("x", None)]
    third = {"a": "https://c.example/"}
    store.set_sources(third, NOW)
    assert [state.etag for state in store.take_due(third, 9, NOW)] == [None]


def test_what_a_poll_of_the_old_url_brought_says_nothing_of_the_new_one(store: Store) -> None:
    hour = timedelta(hours=1)
    later = Plan(NOW + hour, hour, "")
    for changed in (True, False):
        store.set_sources(ONE, NOW)
        [before] = store.take_due(ONE, 9, NOW)
        store.set_sources(ELSEWHERE, NOW)
        assert store.take_due(ONE, 9, NOW) == []  # whoever still polls the old one has no business with it
        after = replace(before, etag="x", first=False, polled_at=NOW)
        with store.ingest() as ingest:
            ingest.settle_sources([Ended(before, after, later) if changed else Unchanged("a", NOW, later)])
        assert store.take_due(ELSEWHERE, 9, NOW) == [SourceState("a")]


@pytest.mark.parametrize("meanwhile", [{}, ELSEWHERE])
def test_a_poll_whose_source_was_removed_or_moved_meanwhile_is_no_part_of_any_history(
    store: Store, meanwhile: dict[str, str]
) -> None:
    later = Plan(NOW + LEASE, LEASE, "")
    for sources, told in ((meanwhile, []), (ONE, ["failing"])):
        store.set_sources(ONE, NOW)
        [before] = store.take_due(ONE, 9, NOW)
        store.set_sources(sources, NOW)
        with store.ingest() as ingest:
            failed = replace(before, polled_at=NOW, failures=1, error="404")
            ingest.settle_sources([Ended(before, failed, later)])
        with store.reading() as reading:
            assert [line["what"] for line in reading.history("a", 9)] == told


def test_the_most_severe_alert_goes_first_and_each_receiver_has_its_own(store: Store) -> None:
    tell(store, "low", Severity.LOW, "desk", "mail")
    tell(store, "high", Severity.HIGH, "desk")
    order = [taken.message.key for _ in range(2) if (taken := store.take_delivery("desk", NOW))]
    assert order == ["high", "low"]
    assert store.take_delivery("desk", NOW) is None
    assert (mail := store.take_delivery("mail", NOW)) is not None
    assert mail.message.key == "low"


def test_a_delivery_whose_sender_died_is_tried_again_and_marked(store: Store) -> None:
    tell(store, "alert", Severity.HIGH, "desk")
    assert (first := store.take_delivery("desk", NOW)) is not None
    assert not first.maybe_sent
    store.release_leases()
    assert (again := store.take_delivery("desk", NOW)) is not None
    assert (again.maybe_sent, again.attempt) == (True, 2)


def test_one_trouble_is_told_once(store: Store) -> None:
    for _ in range(3):
        tell(store, "trouble", Severity.HIGH, "desk")
    assert store.take_delivery("desk", NOW) is not None
    assert store.take_delivery("desk", NOW) is None


def test_however_many_threads_there_are_none_waits_for_another_s_connection(store: Store) -> None:
    with ExitStack() as at_once:
        threads = [at_once.enter_context(store.reading()) for _ in range(40)]
        assert [reading.totals()["articles"] for reading in threads] == [0] * 40


def test_a_file_gives_back_what_was_deleted_and_is_opened_while_another_writes(tmp_path: Path) -> None:
    path = tmp_path / "watcher.db"
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA auto_vacuum").fetchone() == (2,)  # incremental
        other.execute("BEGIN IMMEDIATE")
        again = dialect.open_file(path)
        with again.connect().execution_options(reading=True) as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM source").scalar_one() == 0
        again.dispose()


def test_a_database_that_was_moved_away_is_not_made_anew_by_a_later_connection(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "watcher.db", tmp_path / "elsewhere.db"
    store = Store.open(path)
    path.rename(elsewhere)
    with store.engine.connect(), pytest.raises(OperationalError):
        store.engine.connect()
    with pytest.raises(StoreError, match="was moved"):
        store.unknown("a", {"1": "x"})
    assert not path.exists()
    elsewhere.rename(path)
    assert store.unknown("a", {"1": "x"}) == ({"1"}, 0)
    store.close()
