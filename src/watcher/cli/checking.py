"""Trying things before they are live: the config, and the rules on an archive."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from watcher.cli.output import say
from watcher.cli.parameters import FilePath

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.pass_obj
def check(path: Path) -> None:
    """Read the config as `watcher run` would, and say all that is wrong with it. Exit code 78 if anything is."""
    from watcher import app
    from watcher.app import counted

    settings = app.load(path, os.environ)
    config = settings.config
    for problem in app.doubts(settings):
        click.echo(f"{problem}\n")
    tests = sum(len(each.match) + len(each.no_match) for rule in config.rules for each in rule.tests)
    parts = (
        counted(len(config.sources), "source"),
        counted(len(config.rules), "rule"),
        counted(len(config.receivers), "receiver"),
        f"{counted(tests, 'test')} passed",
    )
    click.echo(f"{path} is right: {', '.join(parts)}")


@click.command()
@click.argument("archive", type=FilePath(exists=True))
@click.option(
    "--json", "as_json", is_flag=True, help="A JSON document for each article; else the alerts alone."
)
@click.pass_obj
def replay(path: Path, archive: Path, as_json: bool) -> None:
    """Run the rules over an archive of articles (JSON lines), as on those days; store and send nothing."""
    from watcher import app
    from watcher.core.messages.wording import message
    from watcher.replay import assessments, document, read_archive

    settings = app.load(path, None)
    lines = archive.read_bytes().count(b"\n")
    told = assessments(read_archive(archive), settings.rules, settings.config.max_age_of)
    watched = sys.stderr.isatty() and not sys.stdout.isatty()  # on a terminal the answers are the progress
    with click.progressbar(told, length=lines, label="replaying", file=sys.stderr, hidden=not watched) as bar:
        for assessment in bar:
            if as_json:
                say(document(assessment))
            elif assessment.alert:
                click.echo(
                    f"{assessment.article.key}  {assessment.alert.kind}: {message(assessment.alert).subject}"
                )


COMMANDS = (check, replay)
