"""The command `watcher`: parses arguments, calls the program, prints. It decides nothing.

Only click is imported here: `watcher --help` answers at once, and each command brings what it needs.
Exit codes: 0 fine, 1 a check failed or something is wrong with the world, 2 usage, 78 bad config.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

from watcher import __version__
from watcher.cli import (
    asking,
    checking,
    database,
    explaining,
    outbox,
    routing,
    rules,
    running,
    service,
    sources,
    standing,
    telling,
    voting,
)
from watcher.cli.parameters import FilePath
from watcher.errors import ConfigError, WatcherError

EX_CONFIG = 78  # sysexits.h; systemd is told not to restart on it


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    "-c",
    "path",
    type=FilePath(),
    envvar="WATCHER_CONFIG",
    show_envvar=True,
    help="The config to use; `watcher paths` tells which it is when none is named.",
)
@click.version_option(__version__, message="watcher %(version)s")
@click.pass_context
def cli(context: click.Context, path: Path | None) -> None:
    """Watches the news for UN votes and Israel-Ukraine developments, and alerts once for each."""
    if path is None:
        from watcher.config.places import config_file

        path = config_file(os.environ)
    context.obj = path


for module in (
    running,
    checking,
    explaining,
    rules,
    sources,
    asking,
    voting,
    telling,
    outbox,
    routing,
    database,
    standing,
    service,
):
    for command in module.COMMANDS:
        cli.add_command(command)


def main() -> None:
    """The console script. Every error that a user can mend is shown in its own words, and nothing else."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # an old terminal shows what it can
    try:
        sys.exit(cli.main(prog_name="watcher", standalone_mode=False) or 0)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except ConfigError as error:
        click.echo(str(error), err=True)
        sys.exit(EX_CONFIG)
    except WatcherError as error:
        click.echo(f"watcher: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        sys.exit(_unwritable(error))


def _unwritable(error: OSError) -> int:
    """A pipe that nobody reads, as in `watcher matches | head`, is no error; a full disk is one."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more can be said there
    if isinstance(error, BrokenPipeError):
        return 0
    click.echo(f"watcher: {error.filename or 'the output'}: {error.strerror}", err=True)
    return 1
