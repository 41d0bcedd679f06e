"""The command `watcher`: parses arguments, calls the program, prints. It decides nothing.

Only click is imported here: `watcher --help` answers at once, and each command is imported when it is called.
Exit codes: 0 fine, 1 a check failed or something is wrong with the world, 2 usage, 78 bad config.
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path

from watcher import __version__
from watcher.cli.parameters import FilePath
from watcher.errors import ConfigError, WatcherError

EX_CONFIG = 78  # sysexits.h; systemd is told not to restart on it


# Command -> the module that has it, and what it does in a few words.
_COMMANDS = {
    "alerts": ("asking", "what people were told, and whether it reached them"),
    "articles": ("asking", "what was read, and what came of it"),
    "backtest": ("explaining", "what an edit of the rules would gain, lose and keep"),
    "check": ("checking", "all that is wrong with the config"),
    "db": ("database", "back the database up, bring a backup back, look it over"),
    "explain": ("explaining", "why an article matches each rule, or not"),
    "healthcheck": ("standing", "whether the running watcher is well, for containers"),
    "matches": ("asking", "articles that satisfied a rule, and by which words"),
    "outbox": ("outbox", "alerts that have not arrived: look, resend, drop"),
    "paths": ("service", "which config is used, and where the memory is"),
    "receivers": ("outbox", "who gets alerts; test one"),
    "replay": ("checking", "run the rules over an archive of articles"),
    "routes": ("routing", "who is told of what; test it"),
    "rules": ("rules", "list the rules, show one, begin a new one"),
    "run": ("running", "watch: poll, match, and alert"),
    "service": ("service", "make watcher a service of this machine, or yours"),
    "silence": ("silencing", "what nobody wants to hear of for a while"),
    "sources": ("sources", "what is polled and how it fares; add and remove"),
    "status": ("standing", "how things stand, on one screen"),
    "stories": ("telling", "events with all who tell of them; split, merge"),
    "votes": ("voting", "UN votes with their tallies, and who voted how"),
}


class _Commands(click.Group):
    """Finds a command where it is, and lists them all without importing any."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module = import_module(f"watcher.cli.{_COMMANDS[name][0]}")
        found: click.Command = next(command for command in module.COMMANDS if command.name == name)
        return found

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            from watcher.config.wording import did_you_mean, quoted

            hint = did_you_mean(name, _COMMANDS, "`watcher --help` lists them")
            context.fail(f"there is no command {quoted(name)}; {hint}")
        return super().resolve_command(context, args)

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, does) for name, (_, does) in _COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
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


def main() -> None:
    """The console script. Every error that a user can mend is shown in its own words, and nothing else."""
    # Where the output was closed by who started us, as by `>&-`, no other file may take its number.
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # an old terminal shows what it can
    try:
        sys.exit(_run() or 0)
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


def _run() -> Any:
    """Raises BrokenPipeError where nobody reads the output. click and rich end with 1 there; click puts another output
    in its place before.
    """
    output = sys.stdout
    try:
        code = cli.main(prog_name="watcher", standalone_mode=False)
        output.flush()
    except SystemExit as end:
        if sys.stdout is not output or isinstance(end.__context__, BrokenPipeError):
            raise BrokenPipeError from None
        raise
    return code


def _unwritable(error: OSError) -> int:
    """A pipe that nobody reads, as in `watcher matches | head`, is no error; a full disk is one."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more can be said there
    if isinstance(error, BrokenPipeError):
        return 0
    fix = (
        "\n  fix: run it with sudo, as what a service has is its own"
        if isinstance(error, PermissionError)
        else ""
    )
    click.echo(f"watcher: {error.filename or 'the output'}: {error.strerror}{fix}", err=True)
    return 1
