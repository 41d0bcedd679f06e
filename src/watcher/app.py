"""Builds everything from a config, and runs it: once, or for years.

The scheduler holds no state that must last. Its few jobs ask the database what is due, so a restart changes nothing:
sources and deliveries are due there, and whoever died at work loses its lease. Signals end the daemon cleanly.
"""

from __future__ import annotations

import logging
import random
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from watcher import __version__, config, pipeline
from watcher.config import Config
from watcher.core.examples import surprises
from watcher.core.rules import RuleError, RuleSet
from watcher.core.rules.lints import lints
from watcher.edges.fetch import Fetcher
from watcher.edges.receivers import Receiver
from watcher.edges.sandbox import Sandbox
from watcher.edges.store import Store
from watcher.edges.store.dialect import sole_use
from watcher.errors import ConfigError, Problem, SourceError
from watcher.pipeline import DeliveryReport, Doors, Report

log = logging.getLogger(__name__)

FOLDERS_EVERY = 2  # seconds; a dropped file is seen within these
FEEDS_EVERY = 5  # seconds between two looks at what is due; the feeds' own intervals are in the database
DELIVER_EVERY = 1  # seconds
WHOLE_WITHIN = 5  # seconds that `run --once` waits for files that are still being written


@dataclass(frozen=True, slots=True)
class Settings:
    """A config whose rules are compiled: all that is needed to run, and nothing of the outside world."""

    config: Config
    rules: RuleSet


def load(path: Path, env: Mapping[str, str]) -> Settings:
    """Read the config whole, rules included. Raises ConfigError with every problem found."""
    loaded = config.load(path, env)
    try:
        rules = RuleSet(loaded.rules, loaded.entities)
    except RuleError as error:
        raise ConfigError([loaded.problem(error.key, error.what, error.fix)]) from error
    failed = [surprise for surprise in surprises(rules) if surprise.fatal]
    if failed:
        raise ConfigError([loaded.problem(each.key, each.says, each.fix) for each in failed])
    return Settings(loaded, rules)


def doubts(settings: Settings) -> list[Problem]:
    """What is right in the config, but hardly meant, and tests that are better than they say."""
    chosen = settings.config
    found = [
        *(
            (lint.key, lint.what, lint.fix)
            for lint in lints(settings.rules, [each.name for each in chosen.receivers])
        ),
        *((each.key, each.says, each.fix) for each in surprises(settings.rules)),
    ]
    return sorted((chosen.problem(*each) for each in found), key=lambda problem: problem.line or 0)


class App:
    """A running watcher: made by `opened`, which also closes it."""

    def __init__(self, settings: Settings, doors: Doors, stop: threading.Event) -> None:
        self.settings = settings
        self.doors = doors
        self._stop = stop
        enabled = [source for source in settings.config.sources if source.enabled]
        self.feeds = [source for source in enabled if source.url]
        self.folders = [source for source in enabled if source.folder]
        self._last_errors: dict[str, str | None] = {}

    # -- the jobs: each asks what is due, does it, and says what came of it ------------------------------------

    def poll_feeds(self) -> Iterator[Report]:
        for report in pipeline.poll_feeds(self.feeds, self.settings.rules, self.doors, self._stop.is_set):
            self._say(report)
            yield report

    def poll_folders(self) -> Iterator[tuple[list[Report], bool]]:
        """For each folder: its reports, and whether files in it are still being written."""
        for source in self.folders:
            try:
                reports, waiting = pipeline.poll_folder(source, self.settings.rules, self.doors)
            except SourceError as error:
                reports, waiting = [Report(source.name, error=str(error), failed=True)], False
            for report in reports:
                self._say(report)
            yield reports, waiting

    def deliver(self, receiver: str) -> Iterator[DeliveryReport]:
        for report in pipeline.deliver(self.doors.receivers[receiver], self.doors):
            _say_delivery(report)
            yield report
            if self._stop.is_set():
                return

    def _say(self, report: Report) -> None:
        """One line for what is news: articles that came, and an error when it begins, changes or ends."""
        if report.new:
            log.info("%s: %s", report.source, _counted(report))
        before = self._last_errors.get(report.source)
        if report.error and report.error != before:
            log.warning("%s: %s", report.source, report.error)
        if before and not report.error:
            log.info("%s: well again", report.source)
        self._last_errors[report.source] = report.error

    # -- once ----------------------------------------------------------------------------------------------------

    def run_once(self) -> Iterator[Report]:
        """One pass over everything, due or not, its alerts delivered; a report for each source as it ends."""
        deadline = time.monotonic() + WHOLE_WITHIN
        waiting = True
        while waiting:
            waiting = False
            for reports, unfinished in self.poll_folders():
                yield from reports
                waiting |= unfinished and time.monotonic() < deadline
            if waiting:
                time.sleep(0.2)
        self._deliver_all()
        self.doors.store.make_due([feed.name for feed in self.feeds], self.doors.clock())
        yield from self.poll_feeds()
        self._deliver_all()

    def _deliver_all(self) -> None:
        for receiver in self.doors.receivers:
            for _ in self.deliver(receiver):
                pass

    # -- for years -------------------------------------------------------------------------------------------------

    def run_forever(self) -> None:
        """Until the stop event is set. Every job runs by itself: a slow receiver holds up nobody else."""
        scheduler = self._scheduler()
        scheduler.start()
        try:
            self._stop.wait()
        finally:
            log.info("stopping")
            scheduler.shutdown(wait=True)

    def _scheduler(self) -> Any:
        from apscheduler.executors.pool import ThreadPoolExecutor
        from apscheduler.schedulers.background import BackgroundScheduler

        # "Maximum number of running instances reached" is how a job that is still at work looks; no news.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        jobs: dict[str, tuple[Any, int]] = {
            "folders": (self.poll_folders, FOLDERS_EVERY),
            "feeds": (self.poll_feeds, FEEDS_EVERY),
        }
        for name in self.doors.receivers:
            jobs[f"deliver {name}"] = (lambda name=name: self.deliver(name), DELIVER_EVERY)
        scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(len(jobs))},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for name, (job, seconds) in jobs.items():
            now = self.doors.clock()
            scheduler.add_job(_exhaust, "interval", [name, job], seconds=seconds, id=name, next_run_time=now)
        return scheduler


def _exhaust(name: str, job: Any) -> None:
    """Run a job to its end. What it raises is logged, and the job is run again when its time comes."""
    try:
        for _ in job():
            pass
    except Exception:
        log.exception("job %s failed; it is tried again", name)


@contextmanager
def opened(settings: Settings) -> Iterator[App]:
    """Open all doors, and close them at the end. Raises StoreError when the database cannot be had."""
    chosen = settings.config
    stop = threading.Event()
    with ExitStack() as closing:
        closing.enter_context(_signals(stop))
        closing.enter_context(sole_use(chosen.database))
        store = Store.open(chosen.database)
        closing.callback(store.close)
        store.release_leases()
        store.set_sources({source.name: source.url for source in chosen.sources if source.url}, utc_now())
        sandbox = closing.enter_context(Sandbox())
        fetcher = Fetcher(user_agent(chosen.polling.contact), clock=utc_now)
        closing.callback(fetcher.close)
        receivers = {each.name: Receiver(each.name, each.url.get_secret_value()) for each in chosen.receivers}
        yield App(
            settings,
            Doors(store, fetcher, sandbox, receivers, chosen.polling.first_poll_age, utc_now, random.random),
            stop,
        )


@contextmanager
def _signals(stop: threading.Event) -> Iterator[None]:
    """SIGINT and SIGTERM ask for a clean end; a second one ends at once, as it would without us."""

    def ask(number: int, _frame: Any) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def utc_now() -> datetime:
    return datetime.now(UTC)


def user_agent(contact: str | None) -> str:
    """Honest: who polls, and where to complain."""
    return f"watcher/{__version__} (news monitor{f'; {contact}' if contact else ''})"


def _counted(report: Report) -> str:
    """`3 new articles, 1 matched, 1 alert`"""
    counts = {"new article": report.new, "matching": report.matched, "alert": report.alerts}
    return ", ".join(counted(number, noun) for noun, number in counts.items() if number)


def counted(number: int, noun: str) -> str:
    """`1 alert`, `2 alerts`, `2 matching`"""
    return f"{number} {noun}{'' if number == 1 or noun.endswith('ing') else 's'}"


def _say_delivery(report: DeliveryReport) -> None:
    if report.state == "sent":
        log.info("sent to %s: %s", report.receiver, report.subject)
    elif report.due_at:
        log.warning(
            "%s did not take an alert, next try at %s: %s",
            report.receiver,
            f"{report.due_at:%H:%M:%S}",
            report.error,
        )
    else:
        log.error("%s refused an alert for good (%s): %s", report.receiver, report.subject, report.error)
