"""`watcher sources`: what is polled, how it fares, and a poll that is wanted now.

Which sources there are is changed by the commands of watcher.cli.subscribing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from watcher.cli.asking import listing
from watcher.cli.faring import network_down, not_of, recorded, say_in_full, say_summary
from watcher.cli.output import Row, say_each, show, tell
from watcher.cli.parameters import SPAN
from watcher.cli.reading import after, reading_of
from watcher.cli.subscribing import OF_SOURCES

if TYPE_CHECKING:
    from pathlib import Path

    from watcher.app.faring import Fare

_PATIENCE = timedelta(minutes=2)  # for polls that somebody waits for
_HAPPENINGS = 50  # of the history of a source

as_json = click.option(
    "--json", "as_json", is_flag=True, help="A JSON document a line, with everything known."
)


@click.group(invoke_without_command=True)
@as_json
@click.option("--since", type=SPAN, help="Count only the articles of this time: 12h, 7d, 1y.")
@listing
def sources(path: Path, as_json: bool, since: timedelta | None) -> None:
    """What is polled, when last and when next, and what went wrong; the commands below change it."""
    from watcher import app
    from watcher.app import faring

    with reading_of(path) as (reading, config):
        found = faring.fares(config, reading, app.utc_now())
        counts = reading.article_counts(after(since))
        files = reading.refused_files()
    rows: list[Row] = [{**recorded(fare), "articles": counts.get(fare.source.name, 0)} for fare in found]
    rows += [{"name": f"{f['source']}/{f['name']}", "state": "set aside", "error": f["error"]} for f in files]
    columns = {
        "Source": "name",
        "State": "state",
        "Articles": "articles",
        "Next": "next_poll_at",
        "Trouble": "error",
    }
    show(rows, columns, as_json, "The config names no sources.", below="Trouble")


for command in OF_SOURCES:
    sources.add_command(command)


@sources.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--now", is_flag=True, help="Wait for the polls, and tell what came of them.")
@click.pass_obj
def refresh(path: Path, names: tuple[str, ...], now: bool) -> None:
    """Have feeds polled at once, all or these."""
    from watcher import app, config
    from watcher.app import faring, subscribing
    from watcher.config.wording import quoted
    from watcher.edges.store import in_use
    from watcher.errors import WatcherError

    loaded = config.load(path, None)
    wanted = list(subscribing.named(loaded, names).values())
    for source in wanted:
        if source.folder or not source.enabled:
            why = (
                "is paused; resume it first" if not source.enabled else "is a folder, and read within seconds"
            )
            raise WatcherError(f"{quoted(source.name)} {why}")
    feeds = [each.name for each in wanted or loaded.sources if each.url and each.enabled]
    start = app.utc_now()
    faring.make_due(loaded, feeds)
    due = "1 feed is due" if len(feeds) == 1 else f"{len(feeds)} feeds are due"
    if not in_use(loaded.database):
        click.echo(
            f"{due}, but no watcher runs: `watcher run` polls as it starts, `watcher run --once` just once."
        )
        sys.exit(1 if now else 0)
    click.echo(f"{due}; the running watcher polls within seconds.")
    if now and not _told_all(faring.polled_since(loaded, feeds, start, _PATIENCE), len(feeds)):
        sys.exit(1)


def _told_all(polls: Iterator[Fare], number: int) -> bool:
    """Whether all were polled in time."""
    told = 0
    for fare in polls:
        told += 1
        tell(f"{fare.source.name}: {fare.health.says or 'well'}")
    if told < number:
        click.echo(f"Still under way after {_PATIENCE.seconds // 60} minutes: {number - told} of {number}.")
    return told == number


@sources.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@as_json
@click.pass_obj
def health(path: Path, names: tuple[str, ...], as_json: bool) -> None:
    """How each source fares, the troubled first.

    What is wrong, since when, and what helps; of the others, when they last brought something. Of those that are
    named, all that is known, and what happened to them.
    """
    from watcher import app
    from watcher.app import faring, subscribing
    from watcher.edges.store import in_use

    now = app.utc_now()
    with reading_of(path) as (reading, config):
        found = faring.fares(config, reading, now)
        outage = reading.outage(now)
        meant = {source.name for source in subscribing.named(config, names).values()}
        histories = {name: reading.history(name, _HAPPENINGS) for name in meant}
    found.sort(key=lambda fare: (fare.health.state.rank, -fare.recorded.get("failures", 0)))
    asked = [fare for fare in found if not meant or fare.source.name in meant]
    rows = [recorded(fare) for fare in asked]
    if meant:
        rows = [{**row, "history": histories[row["name"]]} for row in rows]
    if as_json:
        say_each(rows)
        return
    troubled = [recorded(fare) for fare in not_of(outage, asked) if fare.health.troubled]
    for row in rows if meant else troubled:
        say_in_full(row)
    if not meant:
        say_summary(rows, len(troubled), outage, now)
    elif outage:
        click.echo(network_down(outage))
    if not in_use(config.database):
        click.echo("No watcher runs on this config: nothing is polled.")


COMMANDS = (sources,)
