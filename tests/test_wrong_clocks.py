"""The clock of the machine is wrong, is set, or stands still, and the program under it is the real one.

libfaketime tells the daemon another time of day than the machine's, and another one while it runs. The seconds that no
one can set are left alone: a kernel counts them, and Python would wait for ever by others.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.commands import COMMAND, environment, until
from tests.world import CALL, TWIN_VOTE, VOTE, WEATHER, Item, World, rss

LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
MENDED = Path(__file__).parent / "faketime"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RIGHT = timedelta(0)

pytestmark = pytest.mark.skipif(
    not LIBRARIES, reason="libfaketime is not installed: `apt-get install faketime`"
)


@dataclass
class Machine:
    """A machine with one daemon on it, and a clock of its own. `process`: of the daemon."""

    folder: Path
    process: subprocess.Popen[str]

    def set_clock(self, ahead: timedelta) -> None:
        """So far ahead of the right one."""
        _set(self.folder, ahead)

    def set_clock_to(self, moment: datetime) -> None:
        self.set_clock(moment - datetime.now(UTC))

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    @property
    def known(self) -> set[str]:
        """The titles that it has read."""
        database = self.folder / "watcher.db"
        try:
            with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as looking:
                return {title for (title,) in looking.execute("SELECT title FROM article")}
        except sqlite3.OperationalError:  # it has just begun
            return set()


def _set(folder: Path, ahead: timedelta) -> None:
    new = folder / "clock.new"
    new.write_text(f"{ahead.total_seconds():+.0f}\n")
    new.rename(folder / "clock")


def _wrongly(folder: Path) -> dict[str, str]:
    """The environment in which a program takes the time from there."""
    paths = os.pathsep.join((str(MENDED), os.environ.get("PYTHONPATH", "")))
    return environment(
        PYTHONPATH=paths.rstrip(os.pathsep),
        LD_PRELOAD=str(LIBRARIES[0]),
        FAKETIME_TIMESTAMP_FILE=str(folder / "clock"),
        FAKETIME_NO_CACHE="1",
        FAKETIME_DONT_FAKE_MONOTONIC="1",
        FAKETIME_DONT_RESET="1",
        TZ="Asia/Jerusalem",
    )


@contextmanager
def machine(folder: Path, ahead: timedelta = RIGHT) -> Iterator[Machine]:
    """`watcher run` on a machine whose clock is so far ahead; it ends cleanly and has met no bug."""
    _set(folder, ahead)
    with (
        (folder / "log").open("a") as log,
        subprocess.Popen(
            [*COMMAND, "run"], cwd=folder, env=_wrongly(folder), stderr=log, text=True
        ) as process,
    ):
        running = Machine(folder, process)
        try:
            yield running
            process.terminate()
            assert process.wait(30) == 0
        finally:
            process.kill()
    assert "Traceback" not in running.log
    assert "ERROR" not in running.log, running.log


def vote(number: int, age: timedelta = timedelta(0)) -> Item:
    """One that no other is taken for."""
    topic = ("whaling", "satellites", "cocoa", "libraries", "malaria", "glaciers")[number]
    return Item(
        f"General Assembly votes on {topic}",
        f"The UN General Assembly adopted a resolution on {topic} by a vote of {100 + number} in favour to "
        f"{number + 3} against, with {number + 20} abstentions.",
        age=age,
    )


def test_a_clock_an_hour_back_then_a_year_ahead_and_right_again_delays_and_repeats_nothing(
    earth: World,
) -> None:
    items: list[Item] = []

    def publish(*then: timedelta) -> None:
        """And set the clock, which is only then a reason to look: it is told within a minute or so, though the feed is
        polled each half hour.
        """
        items.append(vote(len(items)))
        earth.feeds.serve("/un.xml", rss(items))
        for ahead in then:
            wrong.set_clock(ahead)
        until(lambda: len(earth.told) == len(items), 150)

    earth.configure("/un.xml", polling='[polling]\nevery = "30m"')
    earth.feeds.serve("/un.xml", rss([WEATHER]))
    with machine(earth.folder) as wrong:
        until(lambda: WEATHER.title in wrong.known)
        publish(-HOUR)
        publish(365 * DAY)
        publish(-HOUR)
        publish(RIGHT, 2 * HOUR)  # due as time goes by
        assert "the clock of this machine was set back" in wrong.log
    assert len(set(earth.told)) == len(earth.told) == 4


def test_a_clock_that_was_wrong_for_weeks_until_it_was_put_right_with_watcher_down_keeps_nothing_waiting(
    earth: World,
) -> None:
    earth.configure("/un.xml", polling='[polling]\nevery = "30m"')
    earth.feeds.serve("/un.xml", rss([WEATHER]))
    earth.desk.statuses = [503] * 20
    with machine(earth.folder, 20 * DAY) as wrong:
        until(lambda: WEATHER.title in wrong.known)
        (earth.folder / "drop" / "call.json").write_text(json.dumps({"title": CALL.title, "text": CALL.text}))
        until(lambda: len(earth.desk.headers) >= 2)  # it waits for its third try by now
    earth.desk.statuses = []
    earth.feeds.serve("/un.xml", rss([WEATHER, VOTE]))
    with machine(earth.folder):
        until(lambda: len(earth.told) == 2)
        assert "was ahead for a while" in (earth.folder / "log").read_text()


def test_a_machine_that_slept_for_eight_hours_goes_on_within_seconds(earth: World) -> None:
    """Its own seconds stand still meanwhile, and the time of day does not."""
    earth.configure("/un.xml", polling='[polling]\nevery = "30m"')
    earth.feeds.serve("/un.xml", rss([VOTE]))
    with machine(earth.folder) as sleeping:
        until(lambda: len(earth.told) == 1)
        sleeping.process.send_signal(signal.SIGSTOP)
        sleeping.set_clock(8 * HOUR)
        earth.feeds.clock = lambda: datetime.now(UTC) + 8 * HOUR
        earth.feeds.serve("/un.xml", rss([VOTE, TWIN_VOTE]))
        sleeping.process.send_signal(signal.SIGCONT)
        until(lambda: len(earth.told) == 2)
    assert len(set(earth.told)) == 2


@pytest.mark.parametrize(
    ("evening", "before", "due"),
    [
        # 03:00 is 04:00 at once: half past three comes when an hour and a half have passed since two.
        ("2026-03-28T22:00", "2026-03-29T01:20", "2026-03-29T01:31"),
        # 04:00 is 03:00 once more: half past three comes the first time.
        ("2026-10-24T21:00", "2026-10-25T00:20", "2026-10-25T00:31"),
    ],
)
def test_a_digest_of_the_night_in_which_clocks_change_comes_once(
    earth: World, evening: str, before: str, due: str
) -> None:
    """Of half past three in Kyiv. The moments are of UTC."""
    earth.configure(receivers='timezone = "Europe/Kyiv"\ndigest = "daily 03:30"\n')
    times = [datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (evening, before, due)]

    def drop(number: int, moment: datetime) -> None:
        report = vote(number)
        path = earth.folder / "drop" / f"{number}.json"
        path.write_text(json.dumps({"title": report.title, "text": report.text}))
        os.utime(path, (moment.timestamp() - 60,) * 2)  # nobody is still writing it
        until(lambda: report.title in night.known)

    with machine(earth.folder, times[0] - datetime.now(UTC)) as night:
        drop(0, times[0])
        night.set_clock_to(times[1])
        drop(1, times[1])
        assert earth.told == []
        night.set_clock_to(times[2])
        until(lambda: len(earth.told) == 1)
        night.set_clock_to(times[2] + HOUR)  # the time that exists twice, for the second time
        drop(2, times[2] + HOUR)
        assert len(earth.told) == 1
        night.set_clock_to(times[2] + DAY + HOUR)  # the night after
        until(lambda: len(earth.told) == 2)
    assert earth.told[0].startswith("2 alerts: ")
