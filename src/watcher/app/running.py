"""Builds everything from a config, and runs it: once here, for years in daemon.py.

The scheduler holds no state that must last. Its few jobs ask the database what is due, so a restart changes nothing:
sources and deliveries are due there, and whoever died at work loses its lease. Signals end the daemon cleanly.
"""

from __future__ import annotations

import gc
import logging
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta

from watcher import __version__, pipeline
from watcher.app.clock import OF_THE_MACHINE, Clock, Comparison
from watcher.app.loading import Settings, load
from watcher.app.pulse import Pulse
from watcher.app.reach import Reach
from watcher.app.reports import Deliveries, Reports
from watcher.app.room import Room
from watcher.app.signals import Asked
from watcher.app.upkeep import Upkeep
from watcher.app.weighing import Weighing
from watcher.app.words import counted
from watcher.config import Config, Source
from watcher.config.changes import changes as config_changes
from watcher.core.alerts.pacing import Pace
from watcher.core.keys import key_of
from watcher.core.messages import Message
from watcher.core.messages.troubles import refused_config
from watcher.core.model import Severity
from watcher.core.rules.changes import entity_changes, rule_changes
from watcher.core.upkeep import selftest
from watcher.core.upkeep.retention import Reckoning
from watcher.edges import memory
from watcher.edges.fetch import Fetcher
from watcher.edges.receivers import Receiver
from watcher.edges.sandbox import Sandbox
from watcher.edges.store import Store, sole_use
from watcher.errors import ConfigError, SourceError
from watcher.pipeline import DeliveryReport, Doors, Report

log = logging.getLogger(__name__)

FEEDS = "feeds"  # the name of the job that polls them
READ_WITHIN = 240  # seconds in which a body, once it has come, finds a parser and is read, whatever is in it
WHOLE_WITHIN = 5  # seconds that `run --once` waits for files that are still being written


class App:
    """A running watcher: made by `opened`, which also closes it."""

    def __init__(self, settings: Settings, doors: Doors, asked: Asked, clock: Clock) -> None:
        self.settings = settings
        self.doors = doors
        self.asked = asked
        self.clock = clock
        self._reports = Reports()
        self._deliveries = Deliveries()
        self._comparison = Comparison()
        self._polled_by: list[Settings] = []  # in passes that are under way
        self._pass_broken = False  # whether the last one over the feeds left some that were under way
        self.pulse = Pulse()
        self.reach = Reach()
        self._upkeep = Upkeep(self.hung, clock.ticks, asked.stop.is_set)
        self._room = Room()
        self._weighing = Weighing()
        self._reckoning: Reckoning | None = None  # once the memory was pruned
        self.config_taken = True  # whether its file as it stands is what runs

    @property
    def feeds(self) -> list[Source]:
        return [source for source in self.settings.config.sources if source.enabled and source.url]

    @property
    def folders(self) -> list[Source]:
        return [source for source in self.settings.config.sources if source.enabled and source.folder]

    @property
    def troubles(self) -> list[str]:
        """What keeps it from its work now, in sentences."""
        return [trouble for trouble in (self.reach.trouble, self._room.trouble) if trouble]

    # -- the jobs: each asks what is due, does it, and says what came of it ------------------------------------

    def poll_feeds(self) -> Iterator[Report]:
        if self._reading_stops():
            return
        if self._pass_broken:
            self.doors.store.release_sources()
        self._pass_broken = True
        with self._polling() as settings:
            feeds = self.feeds  # where an edit has just come these are newer, and nothing is begun
            self.pulse.allow(FEEDS, max((feed.timeout.total_seconds() for feed in feeds), default=0))
            for report in pipeline.poll_feeds(
                feeds, settings.rules, self.doors, self._reading_stops, lambda: self.settings is not settings
            ):
                self._reports.hear(report)
                yield report
        self._pass_broken = self._reading_stops()
        self._judge_outage()

    def poll_folders(self) -> Iterator[tuple[Report, bool]]:
        """For each file a report, and whether some of its folder are still being written.

        It ends once the rules have changed: whatever is left is read by the new ones.
        """
        with self._polling() as settings:

            def ends() -> bool:
                return self._reading_stops() or self.settings is not settings

            for source in self.folders:
                if ends():
                    return
                for report, waiting in self._poll_folder(source, settings, ends):
                    self._reports.hear(report)
                    yield report, waiting

    def _poll_folder(
        self, source: Source, settings: Settings, ends: Callable[[], bool]
    ) -> Iterator[tuple[Report, bool]]:
        try:
            yield from pipeline.poll_folder(source, settings.rules, self.doors, ends)
        except SourceError as error:
            yield Report(source.name, error=str(error), failed=True), False

    @contextmanager
    def _polling(self) -> Iterator[Settings]:
        """By these settings, whatever comes meanwhile: before it is over, alerts may come for their receivers."""
        settings = self.settings
        self._polled_by.append(settings)
        try:
            yield settings
        finally:
            self._polled_by.remove(settings)

    def _reading_stops(self) -> bool:
        return self.asked.stop.is_set() or not self._room.for_more(self.doors, self.settings.config.min_free)

    def look_after(self) -> Iterator[Message]:
        """Tell the operator of feeds that have failed for long, and of a network that is down.

        And of alerts for a receiver that is gone from the config, once whatever was under way by the old one has ended.
        """
        store, now = self.doors.store, self.clock.now()
        still = [each.name for settings in list(self._polled_by) for each in settings.config.receivers]
        gone = store.bury(lambda: self.doors.operators, (selftest.NAME, *still), now)
        for message in (*([gone] if gone else []), *pipeline.look_after(self.feeds, self.doors)):
            level = logging.INFO if message.severity is Severity.LOW else logging.WARNING
            log.log(level, "%s", message.subject.removeprefix("watcher: "))
            yield message
        self._judge_outage()
        clocks = self.doors.clocks
        self._comparison.look(
            (feed.url, clocks[feed.name]) for feed in self.feeds if feed.url and feed.name in clocks
        )

    def _judge_outage(self) -> None:
        if self._reports.in_doubt and not self.asked.stop.is_set():
            with self.doors.store.reading() as reading:
                self._reports.judge(reading.outage(self.clock.now()))

    def deliver(self, receiver: str) -> Iterator[DeliveryReport]:
        doors = self.doors
        if receiver not in doors.receivers:  # the config has just ceased to name it, and its job ends
            return
        for report in pipeline.deliver(doors.receivers[receiver], doors):
            self._deliveries.hear(report)
            yield report
            # With other doors the receiver is another, or gone.
            if self.asked.stop.is_set() or self.doors is not doors:
                return

    def upkeep(self) -> Iterator[None]:
        return self._upkeep.run(self.doors, self.settings.config.heartbeat)

    def prune(self) -> Iterator[object]:
        """Remove what is kept no longer, if the clock can be believed."""
        store, now, running = self.doors.store, self.clock.now(), timedelta(seconds=self.clock.ticks())
        before = self._reckoning or Reckoning(store.last_seen_at() or now, running)
        self._reckoning = before.later(now, running)
        if not self._reckoning.believed:
            return
        config, gone = self.settings.config, Counter[str]()
        sources = [source.name for source in config.sources]
        for kind, number in pipeline.prune(store, config.retention, sources, now, self.asked.stop.is_set):
            gone[kind] += number
            yield kind
        if gone:
            log.info("kept no longer: %s", ", ".join(f"{kind} {number}" for kind, number in gone.items()))

    def weigh(self) -> Iterator[None]:
        """Say what edits of the rules would have meant; nothing where there was none."""
        return self._weighing.run(self.doors, self.asked.stop.is_set)

    # -- once ----------------------------------------------------------------------------------------------------

    def run_once(self) -> Iterator[Report]:
        """One pass over everything, due or not, its alerts delivered; a report for each source as it ends."""
        deadline = time.monotonic() + WHOLE_WITHIN
        waiting = True
        while waiting:
            waiting = False
            for report, unfinished in self.poll_folders():
                yield report
                waiting |= unfinished and time.monotonic() < deadline
            if waiting:
                time.sleep(0.2)
        self._deliver_all()
        self.doors.store.make_due([feed.name for feed in self.feeds], self.doors.clock())
        yield from self.poll_feeds()
        for _ in self.look_after():
            pass
        self._deliver_all()

    def _deliver_all(self) -> None:
        self._upkeep.end_silences(self.doors)
        for receiver in self.doors.receivers:
            for _ in self.deliver(receiver):
                pass

    def hung(self, seconds: float) -> list[str]:
        """The jobs in which nothing has moved for so long, though it was their turn, and what hangs while its job goes
        on: a send, a body that is read.
        """
        sent = [f"deliver {name}" for name, to in self.doors.receivers.items() if to.stuck_for > seconds]
        read = [
            f"{FEEDS}: {name}"
            for name, since in self.doors.fetcher.read_for.items()
            if since > seconds + READ_WITHIN
        ]
        return sorted({*self.pulse.still(seconds), *sent, *read})

    # -- what is asked of it ---------------------------------------------------------------------------------------

    @property
    def in_short(self) -> str:
        """What it works with: `35 sources, 2 rules, 1 receiver`."""
        parts = (
            counted(len(self.feeds) + len(self.folders), "source"),
            counted(len(self.settings.rules.specs), "rule"),
            counted(len(self.doors.receivers), "receiver"),
        )
        return ", ".join(parts)

    def poll_now(self) -> None:
        """Have all feeds polled within seconds."""
        self.doors.store.make_due([feed.name for feed in self.feeds], self.doors.clock())
        log.info("asked to poll all feeds now")

    def reload(self, version: str) -> bool:
        """Take on the config as it stands now, whole; or keep the old one, and tell the operator why."""
        old = self.settings
        try:
            new = load(old.config.path, os.environ)
        except ConfigError as error:
            self.config_taken = False
            self._refuse(error, version)
            return False
        self.config_taken = True
        if new.config == old.config:
            log.info("%s read again: nothing that matters has changed", old.config.path)
            return False
        self.doors.store.set_sources(_urls(new.config), self.doors.clock())
        self.doors = replace(
            self.doors,
            receivers=_receivers(new.config, self.clock) | self._as_before(old, new),
            first_poll_age=new.config.polling.first_poll_age,
            operator=new.config.operator,
            routes=new.config.routes,
            templates=new.templates,
            paces=_paces(new.config),
        )
        self.settings = new
        for line in _changes(old.config, new.config):
            log.info("%s", line)
        self._weighing.edited(old, new)
        return True

    def _as_before(self, old: Settings, new: Settings) -> dict[str, Receiver]:
        """The receivers that an edit left alone: one that still sends, or hangs, is given nothing more meanwhile."""
        urls = {each.name: each.url for each in new.config.receivers}
        return {
            each.name: self.doors.receivers[each.name]
            for each in old.config.receivers
            if urls.get(each.name) == each.url
        }

    def _refuse(self, error: ConfigError, version: str) -> None:
        path = self.settings.config.path
        trouble = refused_config(path.name, str(error), key_of(str(path), version))
        self.doors.store.tell_operator(trouble, self.doors.operators, self.doors.clock())
        for problem in error.problems:
            log.error("%s; the rules from before stay", str(problem).replace("\n  fix:", "; fix:"))


@contextmanager
def opened(settings: Settings, clock: Clock = OF_THE_MACHINE, asked: Asked | None = None) -> Iterator[App]:
    """Open all doors, and close them at the end. Raises StoreError when the database cannot be had.

    `asked`: by whom or what; else nobody asks anything.
    """
    chosen = settings.config
    memory.share()
    with ExitStack() as closing:
        closing.enter_context(sole_use(chosen.database))
        store = Store.open(chosen.database)
        closing.callback(store.close)
        store.release_leases()
        store.set_sources(_urls(chosen), clock.now())
        store.forget(selftest.NAME)
        sandbox = closing.enter_context(Sandbox())
        fetcher = Fetcher(user_agent(chosen.polling.contact), clock=clock.now)
        closing.callback(fetcher.close)
        doors = Doors(
            store=store,
            fetcher=fetcher,
            sandbox=sandbox,
            receivers=_receivers(chosen, clock),
            first_poll_age=chosen.polling.first_poll_age,
            clock=clock.now,
            chance=random.random,
            operator=chosen.operator,
            routes=chosen.routes,
            templates=settings.templates,
            paces=_paces(chosen),
        )
        # All there is by now lives as long as we do, and is not looked through for garbage time and again.
        gc.freeze()
        closing.callback(gc.unfreeze)
        yield App(settings, doors, asked or Asked(), clock)


def _changes(old: Config, new: Config) -> Iterator[str]:
    yield from entity_changes(old.entities, new.entities)
    yield from rule_changes(old.rules, new.rules)
    yield from config_changes(old, new)


def _urls(chosen: Config) -> dict[str, str]:
    return {source.name: source.url for source in chosen.sources if source.url}


def _receivers(chosen: Config, clock: Clock) -> dict[str, Receiver]:
    return {
        each.name: Receiver(each.name, each.url.get_secret_value(), clock.now) for each in chosen.receivers
    }


def _paces(chosen: Config) -> dict[str, Pace]:
    return {each.name: each.pace for each in chosen.receivers}


def user_agent(contact: str | None) -> str:
    """Honest: who polls, and where to complain."""
    return f"watcher/{__version__} (news monitor{f'; {contact}' if contact else ''})"
