"""`watcher run`: the daemon in the foreground, or one pass."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from watcher.app import App


@click.command()
@click.option("--once", is_flag=True, help="One pass over every source, deliver what it brings, and end.")
@click.option("--verbose", "-v", is_flag=True, help="Say more: polls that brought nothing, too.")
@click.option(
    "--log",
    "form",
    type=click.Choice(["text", "journal", "json"]),
    envvar="WATCHER_LOG",
    show_envvar=True,
    help="The form of the log; unless named, journal under systemd and text elsewhere.",
)
@click.pass_obj
def run(path: Path, once: bool, verbose: bool, form: str | None) -> None:
    """Watch: poll the sources, and send what the rules find. Ctrl-C or SIGTERM ends it cleanly."""
    import faulthandler
    import logging

    from watcher import __version__, app
    from watcher.app.signals import asked_by_signals
    from watcher.cli.logs import log_to_stderr

    asked = asked_by_signals()
    faulthandler.enable()  # a watchdog ends what hangs by SIGABRT: the log then says where
    settings = app.load(path, os.environ)
    log_to_stderr(form, verbose)
    with app.opened(settings, asked=asked) as running:
        log = logging.getLogger("watcher")
        log.info("watcher %s: %s; memory in %s", __version__, running.in_short, settings.config.database)
        if once:
            click.echo(_run_once(running), err=True)
        else:
            log.info("%s%s", _known(running), "; Ctrl-C ends" if sys.stderr.isatty() else "")
            from watcher.app.daemon import run_forever

            run_forever(running)


def _run_once(running: App) -> str:
    """One pass, and the sentence that sums it up."""
    from watcher.app import counted

    known = _articles(running)
    new = alerts = failed = 0
    with _progress(len(running.feeds) + len(running.folders)) as advance:
        for report in running.run_once():
            new, alerts, failed = new + report.new, alerts + report.alerts, failed + report.failed
            advance()
    parts = [
        f"{counted(known, 'article')} known" if known else "",
        f"{counted(new, 'new article')}, {counted(alerts, 'alert')}" if new else "nothing new",
    ]
    summary = ", ".join(part for part in parts if part)
    if failed:
        summary += f"; {failed} could not be read, see above"
    return "; ".join([summary, *_unsent(running)])


def _unsent(running: App) -> Iterator[str]:
    """What did not reach its receiver yet, and what never will."""
    from watcher.app import counted

    with running.doors.store.reading() as reading:
        outbox = reading.totals()["outbox"]
    for receiver, states in outbox.items():
        waiting = states.get("retry", 0) + states.get("pending", 0) + states.get("sending", 0)
        if waiting:
            yield f"{counted(waiting, 'alert')} for {receiver} waits for the next try, see `watcher alerts`"
        if states.get("dead"):
            yield f"{receiver} refused {counted(states['dead'], 'alert')} for good, see `watcher alerts`"


def _known(running: App) -> str:
    from watcher.app import counted

    known = _articles(running)
    return f"{counted(known, 'article')} known" if known else "nothing known yet"


def _articles(running: App) -> int:
    with running.doors.store.reading() as reading:
        return int(reading.totals()["articles"])


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error where that is a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("polling", total=total)
        yield lambda: progress.advance(task)


COMMANDS = (run,)
