"""Watching for years: the schedule, and whoever wants something of a running daemon.

That is a person who saves the config or sends a signal, the service manager that started it, and monitors.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from watcher.app.clock import Watch
from watcher.app.jobs import Jobs
from watcher.app.monitoring import pages
from watcher.app.reloading import ConfigFile
from watcher.app.running import FEEDS, App
from watcher.app.standing import Standing, standing
from watcher.app.upkeep import HUNG
from watcher.edges.http_door import HttpDoor
from watcher.edges.service_manager import ServiceManager

log = logging.getLogger(__name__)

# Seconds.
LOOK_EVERY = 2  # between two looks at the config file
FOLDERS_EVERY = 2  # a dropped file is seen within these
FEEDS_EVERY = 5  # between two looks at what is due; the feeds' own intervals are in the database
LOOK_AFTER_EVERY = 60
UPKEEP_EVERY = 5
WEIGH_EVERY = 2  # what an edit meant
PRUNE_EVERY = 3600


def run_forever(app: App, scheduled: Callable[..., Jobs] = Jobs) -> None:
    """Until asked to stop. Every job runs by itself: a slow receiver holds up nobody else.

    `scheduled`: what runs the jobs.

    Raises WatcherError when monitors cannot be let in where the config says.
    """
    jobs = scheduled(
        {
            "folders": (app.poll_folders, FOLDERS_EVERY),
            FEEDS: (app.poll_feeds, FEEDS_EVERY),
            "look after": (app.look_after, LOOK_AFTER_EVERY),
            "upkeep": (app.upkeep, UPKEEP_EVERY),
            "prune": (app.prune, PRUNE_EVERY),
            "weigh": (app.weigh, WEIGH_EVERY),
        },
        app.deliver,
        app.pulse,
        app.reach,
    )
    manager = ServiceManager(os.environ)
    file = ConfigFile(app.settings.config.path, app.settings.version)
    with ExitStack() as closing:
        if address := app.settings.config.listen:
            answers = pages(
                lambda: _standing(app),
                app.pulse.all_moved,
                app.hung,
                lambda: app.troubles,
                lambda: app.config_taken,
            )
            closing.enter_context(HttpDoor(address, answers))
        jobs.deliver_to(app.doors.receivers)
        jobs.start()
        closing.callback(_end, app, jobs, manager)
        ready = poll = False
        missing = False
        hung: list[str] = []
        watch = Watch(app.clock)
        while not app.asked.stop.is_set():
            app.asked.wait(LOOK_EVERY)
            if watch.was_set_back():
                log.warning("the clock of this machine was set back: all jobs begin anew")
                jobs.begin_anew()
            asked = app.asked.take_reload()
            if asked and ready:
                manager.reloading()
            if file.changed(at_once=asked) and not app.reach.tried(
                "config", partial(_reload, app, file, jobs)
            ):
                file.look_again()
            missing = _say_missing(file, missing)
            if asked if ready else app.pulse.all_moved():
                manager.ready(app.in_short)
                ready = True
            poll |= app.asked.take_poll()
            poll = poll and not app.reach.tried("poll", app.poll_now)
            hung = _show_life(app, manager, hung)


def _say_missing(file: ConfigFile, before: bool) -> bool:
    """Whether there is no config to be read, which is said when it begins and when it ends."""
    if file.missing and not before:
        log.warning("%s is not there, or cannot be read: what was read last stays in force", file.path)
    elif before and not file.missing:
        log.info("%s is there again", file.path)
    return file.missing


def _reload(app: App, file: ConfigFile, jobs: Jobs) -> None:
    if app.reload(file.version):
        jobs.deliver_to(app.doors.receivers)


def _end(app: App, jobs: Jobs, manager: ServiceManager) -> None:
    log.info("stopping")
    manager.stopping()
    app.doors.fetcher.close()
    jobs.end()


def _show_life(app: App, manager: ServiceManager, known: list[str]) -> list[str]:
    """The watchdog is fed while all jobs move: those that do not. `known`: those that did not before, and were told."""
    patience = manager.patience / 2 if manager.patience else HUNG
    hung = app.hung(patience)
    if not hung:
        manager.alive()
    elif hung != known:
        log.error("%s: nothing has moved for %.0f s", ", ".join(hung), patience)
    return hung


def _standing(app: App) -> Standing:
    with app.doors.store.reading() as reading:
        return standing(app.settings.config, reading, app.doors.clock())
