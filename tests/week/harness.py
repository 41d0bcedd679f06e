"""Runs the daemon through simulated days, and holds what it did against what the press has published.

The oracles: the press's own list (each event is told to each receiver once), the daemon's own plans (each poll that was
planned was made), what retention promises (rows and bytes), and the daemon's size at the end of each day.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from tests.edges.mailbox import Hook, hook
from tests.week.child import Size
from tests.week.press import BEFORE, DAY, HOUR, OUTAGE, Press, press, tally
from tests.week.server import Asked, SharedTime, serving

ROOT = Path(__file__).parent.parent.parent

# Shortened, so that within a week each kind of thing is kept no longer. What is known by its key stays for seven days.
KEPT_DAYS = 2
_CONFIG = """
[retention]
articles = "{kept}d"
deliveries = "{kept}d"
stories = "{kept}d"

[heartbeat]
url = "http://127.0.0.1:{port}/alive"
every = "5m"
allow_private = true

[[rules]]
id = "un-votes"
name = "New UN vote"
severity = "high"
notify = ["desk", "gathered"]
entities.any = ["un-bodies"]
event = "un-vote"

[receivers.desk]
url = "{desk}"

[receivers.gathered]
url = "{gathered}"
timezone = "Europe/Kyiv"
digest = "daily 07:00"
"""
_HEARTBEAT_EVERY = 300  # seconds
_LONGEST = timedelta(hours=1)  # between two polls of a feed that is well, by the default of `max_interval`

# What an article may take with all its indexes, and what its key does when it has gone; in bytes, generously.
_ARTICLE, _KEY, _FILE = 4_000, 400, 2**21
_JOURNAL = 16 * 2**20


@dataclass(frozen=True)
class Result:
    press: Press
    days: float
    step: float
    seconds: float
    sizes: Sequence[Size]
    told: Mapping[str, Counter[int]]  # receiver -> event -> how often it was told
    messages: Mapping[str, list[str]]  # receiver -> subjects
    polls: int
    latest_poll: float  # seconds after its plan
    longest_pause: float  # between two polls of a feed that is well; seconds
    unheard: float  # the longest time without a heartbeat; seconds
    log: Sequence[str]

    @property
    def faults(self) -> list[str]:
        """What breaks a promise."""
        return [*self._of_alerts(), *self._of_polls(), *self._of_size(), *self._of_log()]

    def _of_alerts(self) -> Iterator[str]:
        for name, told in self.told.items():
            for event in range(self.press.events):
                if told[event] != 1 and not (
                    name == "gathered" and not told[event] and self._too_late(event)
                ):
                    yield f"{name} was told {told[event]} times of event {event}"
        outages = [said for said in self.messages["desk"] if said.startswith("watcher: the network is")]
        if self.days > OUTAGE[1] / DAY and [said.split()[4] for said in outages] != ["down", "back"]:
            yield f"of the outage was said: {outages}"

    def _too_late(self, event: int) -> bool:
        """Whether the digest that brings it would come after the end: it is of 07:00 in Kyiv."""
        first = min(entry.at for feed in self.press.feeds for entry in feed.entries if entry.event == event)
        last_digest = timedelta(days=int(self.days - 1 + 19 / 24), hours=5)
        return first > last_digest - 3 * HOUR

    def _of_polls(self) -> Iterator[str]:
        if self.latest_poll > 2 * self.step:
            yield f"a poll came {self.latest_poll:.0f} s after its time"
        if self.longest_pause > 1.1 * _LONGEST.total_seconds() + 2 * self.step:
            yield f"a feed that is well was left alone for {self.longest_pause:.0f} s"
        if self.unheard > _HEARTBEAT_EVERY + 2 * self.step:
            yield f"no heartbeat for {self.unheard:.0f} s"

    def _of_size(self) -> Iterator[str]:
        first, last = self.sizes[1], self.sizes[-1]
        if last is not first and last.memory > 1.1 * first.memory:
            yield f"memory has grown from {first.memory} to {last.memory} KiB"
        if last.threads > first.threads + 2 or last.files > first.files + 10:
            yield f"threads {first.threads} to {last.threads}, open files {first.files} to {last.files}"
        for each in self.sizes[1:]:
            articles, keys = self.most_rows(each.day)
            if each.rows["article"] > articles or each.rows["former"] > keys:
                yield f"day {each.day:.0f}: {each.rows} rows, where {articles} articles and {keys} keys may be"
            if each.database > self.most_bytes(each.day):
                yield f"day {each.day:.0f}: {each.database} bytes, where {self.most_bytes(each.day)} may be"

    def most_rows(self, day: float) -> tuple[int, int]:
        """How many articles may be kept then, and how many keys of others: they go by whole days, each hour; those of
        stories as long; what was published before the start comes on the first day, from the whole of each feed.
        """
        now = day * DAY
        late = OUTAGE[1] - OUTAGE[0] + 9 * HOUR  # an outage, a failure
        came = now - (KEPT_DAYS + 1) * DAY - late
        reports = sum(entry.event is not None for feed in self.press.feeds for entry in feed.entries)
        articles = self.press.published(came if came > timedelta(0) else -BEFORE, now) + reports
        return articles, self.press.published(-BEFORE, now)

    def most_bytes(self, day: float) -> int:
        articles, keys = self.most_rows(day)
        return _ARTICLE * articles + _KEY * keys + _FILE + _JOURNAL

    def _of_log(self) -> Iterator[str]:
        yield from (line for line in self.log if " ERROR " in line or line.startswith("Traceback"))

    def __str__(self) -> str:
        lines = [
            f"{len(self.press.feeds)} feeds, {self.days:g} days in {self.seconds:.0f} s, a step of "
            f"{self.step:g} s: {self.polls} polls, the latest {self.latest_poll:.0f} s after its time, the longest "
            f"pause of a feed that is well {self.longest_pause / 60:.0f} minutes; {self.press.events} events; "
            f"no heartbeat for {self.unheard:.0f} s at most",
            "day  memory  parsers  threads  files  database   most  rows",
        ]
        for each in self.sizes:
            rows = ", ".join(f"{name} {number}" for name, number in each.rows.items())
            lines.append(
                f"{each.day:3.0f} {each.memory / 1024:5.1f} M {each.parsers / 1024:6.1f} M {each.threads:8} "
                f"{each.files:6} {each.database / 2**20:7.1f} M {self.most_bytes(each.day) / 2**20:4.0f} M  {rows}"
            )
        for name, told in self.told.items():
            lines.append(f"{name}: {len(self.messages[name])} messages, {sum(told.values())} events told")
        return "\n".join([*lines, *(self.faults or ["no fault"])])


def simulate(feeds: int, days: float, step: float, seed: int = 1, events: int | None = None) -> Result:
    """So many feeds for so many days, in steps of so many seconds."""
    began = time.monotonic()
    published = press(feeds, days * DAY, events if events is not None else max(1, round(3 * days)), seed)
    with (
        tempfile.TemporaryDirectory() as name,
        hook() as (desk, desk_url),
        hook() as (gathered, gathered_url),
    ):
        folder = Path(name)
        clock = SharedTime(folder / "time")
        with serving(published, clock) as (asked, port):
            _configure(folder, published, port, desk_url, gathered_url)
            sizes, log = _run(folder, days, step, port)
        plans = _plans(folder / "plans", asked)
    seconds = time.monotonic() - began
    return Result(
        published,
        days,
        step,
        seconds,
        sizes,
        {"desk": _events(desk, published), "gathered": _events(gathered, published)},
        {"desk": _subjects(desk), "gathered": _subjects(gathered)},
        sum(map(len, asked.feeds)),
        _latest(plans, asked, days),
        _longest_pause(published, asked),
        _unheard(asked),
        log,
    )


def _configure(folder: Path, press: Press, port: int, desk: str, gathered: str) -> None:
    sources = "".join(
        f'[[sources]]\nname = "{feed.name}"\nurl = "http://{feed.host}:{port}/feed"\nallow_private = true\n'
        "full_text = false\n"
        for feed in press.feeds
    )
    config = _CONFIG.format(kept=KEPT_DAYS, port=port, desk=desk, gathered=gathered)
    (folder / "config.toml").write_text(config + sources, "utf-8")


def _run(folder: Path, days: float, step: float, port: int) -> tuple[list[Size], list[str]]:
    command = [sys.executable, "-m", "tests.week.child", *map(str, (folder, days, step, port))]
    sizes: list[Size] = []
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True) as daemon,
    ):
        assert daemon.stdout
        for line in daemon.stdout:
            sizes.append(Size(**json.loads(line)))
            if sys.stderr.isatty():
                print(f"\rday {sizes[-1].day:g} of {days:g}", end="", file=sys.stderr)
    said = (folder / "log").read_text().splitlines()
    assert daemon.returncode == 0, "\n".join(said[-20:])
    return sizes, said


def _plans(path: Path, asked: Asked) -> list[list[float]]:
    """Of each feed, when it was to be polled; in seconds since START. What was tried in vain is added to `asked`."""
    plans: list[list[float]] = [[] for _ in asked.feeds]
    for line in path.read_text().splitlines():
        name, polled, planned = line.split("\t")
        number = int(name.removeprefix("feed "))
        plans[number].append(float(planned))
        if OUTAGE[0].total_seconds() <= float(polled) < OUTAGE[1].total_seconds():
            asked.feeds[number].append(float(polled))
    for polls in asked.feeds:
        polls.sort()
    return plans


def _latest(plans: Sequence[Sequence[float]], asked: Asked, days: float) -> float:
    """How long after its time the latest poll came; endless where one never came."""
    end = days * DAY.total_seconds()
    latest = 0.0
    for planned, polled in zip(plans, asked.feeds, strict=True):
        for at in planned:
            if at <= end:
                place = bisect_left(polled, at - 1)
                latest = max(latest, (polled[place] if place < len(polled) else float("inf")) - at)
    return latest


def _longest_pause(press: Press, asked: Asked) -> float:
    """Between two polls of a feed that is always well."""
    well = (asked.feeds[feed.number] for feed in press.feeds if not (feed.odd or feed.failing))
    return max(later - at for polled in well for at, later in pairwise(polled))


def _events(told: Hook, press: Press) -> Counter[int]:
    """Event -> how many messages tell of it: by its tally, in the subject, or in the list of a digest."""
    events = {tally(event): event for event in range(press.events)}
    found: Counter[int] = Counter()
    for post in told.posts:
        said = post["message"] if re.match(r"\d+ alerts", post["title"]) else post["title"]
        found.update(events[each] for each in set(re.findall(r"\b1\d\d-\d+-\d+\b", said)))
    return found


def _unheard(asked: Asked) -> float:
    """The longest time without a heartbeat, while there was a network."""
    away, back = (moment.total_seconds() for moment in OUTAGE)
    return max(later - at for at, later in pairwise(asked.heartbeats) if later < away or at > back)


def _subjects(told: Hook) -> list[str]:
    return [post["title"] for post in told.posts]
