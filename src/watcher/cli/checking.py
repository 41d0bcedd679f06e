"""Trying things before they are live: the config, and the rules on an archive."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click


@click.command()
@click.pass_obj
def check(path: Path) -> None:
    """Read the config as `watcher run` would, and say all that is wrong with it. Exit code 78 if anything is."""
    from watcher import app
    from watcher.app import counted

    settings = app.load(path, os.environ)
    config = settings.config
    parts = (
        counted(len(config.sources), "source"),
        counted(len(config.rules), "rule"),
        counted(len(config.receivers), "receiver"),
    )
    click.echo(f"{path} is right: {', '.join(parts)}")


@click.command()
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--json", "as_json", is_flag=True, help="A JSON document for each article; else the alerts alone."
)
@click.pass_obj
def replay(path: Path, archive: Path, as_json: bool) -> None:
    """Run the rules over an archive of articles (JSON lines), as on those days; store and send nothing."""
    from watcher import app
    from watcher.replay import read_archive
    from watcher.replay import replay as run_replay

    settings = app.load(path, os.environ)
    lines = archive.read_bytes().count(b"\n")
    articles = read_archive(archive)
    told = run_replay(articles, settings.rules, settings.config.polling.max_age)
    with click.progressbar(
        told, length=lines, label="replaying", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as documents:
        for document in documents:
            if as_json:
                click.echo(json.dumps(document, ensure_ascii=False))
            elif document["alert"]:
                click.echo(
                    f"{document['alert']:<7} {document['id']}  {', '.join(document['matches'])}: {document['reason']}"
                )


COMMANDS = (check, replay)
