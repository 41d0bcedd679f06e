"""`watcher db`: the memory's file: backed up, brought back, looked over, pruned, and exported."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

import click

from watcher.cli import telling, voting
from watcher.cli.output import Row, say_each, show_csv, written
from watcher.cli.parameters import FilePath
from watcher.cli.reading import reading_of

if TYPE_CHECKING:
    from pathlib import Path


_ALL = sys.maxsize
_OF_FILES = frozenset({".csv", ".json", ".jsonl", ".ndjson", ".tsv", ".xlsx", ".zip"})
_ALERTS = ("key", "decided_at", "kind", "severity", "subject", "rules", "story", "reached", "reason")


@click.group()
def db() -> None:
    """The database: back it up, bring a backup back, look it over, keep it small, take its record elsewhere."""


@db.command()
@click.argument("file", type=FilePath(), required=False)
@click.pass_obj
def backup(path: Path, file: Path | None) -> None:
    """Copy it whole, and check the copy.

    To FILE, else beside it, named by the moment. watcher may be running.
    """
    from watcher.edges.store import back_up

    database = _database(path)
    target = file or database.with_name(f"{database.stem}-{_moment()}{database.suffix}")
    back_up(database, target)
    click.echo(f"{target}: {_size(target)}, checked.\nBring it back:  watcher db restore {target}")


@db.command("restore")
@click.argument("file", type=FilePath())
@click.pass_obj
def bring_back(path: Path, file: Path) -> None:
    """Put a backup in its place.

    The database of before is kept beside it; watcher must not be running.
    """
    from watcher.edges.store import restore

    database = _database(path)
    aside = database.with_name(f"{database.name}.replaced-{_moment()}")
    kept = restore(database, file, aside)
    click.echo(f"{database} is now what {file} holds; what was told since then may be told once more.")
    if kept:
        click.echo(f"The one before is kept as {aside}; remove it when you need it no more.")


@db.command()
@click.pass_obj
def check(path: Path) -> None:
    """Look over every page and every reference.

    Exit code 1 where something is wrong. watcher may be running.
    """
    from watcher.edges.store import Store, problems

    database = _database(path)
    Store.open_to_read(database).close()
    found = problems(database)
    if not found:
        click.echo(f"{database}: {_size(database)}, sound.")
        return
    click.echo(f"{database} is damaged:")
    for problem in found:
        click.echo(f"  {problem}")
    click.echo("Bring back a backup:  watcher db restore FILE")
    sys.exit(1)


@db.command()
@click.option("--dry-run", is_flag=True, help="Say what would go, and remove nothing.")
@click.pass_obj
def prune(path: Path, dry_run: bool) -> None:
    """Remove now what is kept no longer.

    By [retention] in the config. A running watcher does so by itself, every hour.
    """
    from watcher import app, config, pipeline
    from watcher.edges.store import Store

    chosen, now = config.load(path, None), app.utc_now()
    kept, sources = chosen.retention, [source.name for source in chosen.sources]
    if dry_run:
        with closing(Store.open_to_read(chosen.database)) as store:
            going = Counter(store.prunable(store.limits(kept, now)))
    else:
        going = Counter()
        with closing(Store.open_to_change(chosen.database)) as store:
            for kind, number in pipeline.prune(store, kept, sources, now):
                going[kind] += number
    said = ", ".join(f"{kind} {number}" for kind, number in going.items() if number)
    verb = "Would remove" if dry_run else "Removed"
    click.echo(f"{verb}: {said}." if said else "Nothing is older than it is kept.")


@db.command()
@click.argument("folder", type=FilePath())
@click.option("--csv", "as_csv", is_flag=True, help="Tables for a spreadsheet; else a JSON document a line.")
@click.pass_obj
def export(path: Path, folder: Path, as_csv: bool) -> None:
    """Write all votes, stories and alerts into files.

    They are in FOLDER, in place of those that an earlier export has written.
    """
    if folder.is_file() or (folder.suffix.lower() in _OF_FILES and not folder.is_dir()):
        says = f"{folder} is the name of a file, and there will be three; name a folder for them"
        raise click.BadParameter(says, param_hint="FOLDER")
    with reading_of(path) as (memory, _):
        record: dict[str, tuple[Sequence[Row], Callable[[Row], Row], Sequence[str]]] = {
            "votes": (memory.events.votes(None, _ALL), voting.csv_row, voting.csv_columns()),
            "stories": (memory.events.stories(None, _ALL), telling.csv_row, telling.CSV_COLUMNS),
            "alerts": (memory.alerts(None, _ALL), _alert_row, _ALERTS),
        }
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, (rows, csv_row, columns) in record.items():
        target = folder / f"{name}.{'csv' if as_csv else 'jsonl'}"
        with written(target, newline="" if as_csv else None) as file:
            if as_csv:
                show_csv(map(csv_row, rows), columns, file)
            else:
                say_each(rows, file)
        click.echo(f"{target}: {len(rows)}")


def _alert_row(alert: Row) -> Row:
    reached = [each["receiver"] for each in alert["deliveries"] if each["state"] == "sent"]
    return {**alert, "reached": reached}


def _database(path: Path) -> Path:
    from watcher import config

    return config.load(path, None).database


def _moment() -> str:
    from watcher.app import utc_now

    return f"{utc_now():%Y%m%dT%H%M%SZ}"


def _size(file: Path) -> str:
    """With what was written lately, and is still in the journal beside it."""
    journal = file.with_name(f"{file.name}-wal")
    both = file.stat().st_size + (journal.stat().st_size if journal.exists() else 0)
    return f"{both / 1e6:.1f} MB"


COMMANDS = (db,)
