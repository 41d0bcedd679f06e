"""watcher as a service, and where its things are."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import click

from watcher.cli.parameters import FilePath

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from watcher.app.installing import Service


@click.command()
@click.pass_obj
def paths(path: Path) -> None:
    """Which config is used and why, where the memory is, and where else both are looked for."""
    from watcher import config
    from watcher.config import places
    from watcher.errors import ConfigError

    try:
        database = str(config.load(path, None).database)
    except ConfigError:
        why = "which has mistakes, " if path.is_file() else "once it is there, "
        database = f"in {places.state_folder(path, os.environ)}, unless the config, {why}says otherwise"
    click.echo(f"config    {path.absolute()}{'' if path.is_file() else ', which is not there'}")
    click.echo(f"database  {database}")
    click.echo("\nA config is looked for, unless --config or WATCHER_CONFIG names one, in")
    for place in places.config_files(os.environ):
        click.echo(f"  {place.absolute()}")


@click.group()
def service() -> None:
    """watcher as a service of this machine, or of one user."""


def _whose(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option(
            "--root", type=FilePath(), hidden=True, default="/", help="The file system of an image."
        ),
        click.option("--user", is_flag=True, help="Of this user; else of the machine, which needs sudo."),
    ):
        command = option(command)
    return command


@service.command()
@_whose
@click.option("--dry-run", is_flag=True, help="Show the unit, and do nothing.")
@click.pass_obj
def install(path: Path, user: bool, root: Path, dry_run: bool) -> None:
    """Install the service, and start it. Your config is copied to its place if there is none yet."""
    from watcher.app import installing

    meant = _service(user, root)
    if not user and root == root.parent:
        installing.refuse_homes()
    if dry_run:
        click.echo(f"# {meant.file}\n{meant.text}", nl=False)
        return
    copied = installing.install(meant, path)
    click.echo(f"unit      {meant.file}")
    click.echo(f"config    {meant.config}{f', copied from {path}' if copied else ''}")
    click.echo(f"secrets   {meant.secrets}, a file for each ${{NAME}} in the config, called NAME")
    if meant.running:
        installing.start(meant)
        click.echo(f"It runs.  Its log: {' '.join(meant.log)} -f")
    else:
        click.echo(f"{meant.manager} does not run here. Where it does:")
        for command in meant.start:
            click.echo(f"  {' '.join(command)}")
    if path.absolute() != meant.config:
        click.echo(f"It uses its own config and memory. To ask it:  watcher --config {meant.config} status")


@service.command()
@_whose
def uninstall(user: bool, root: Path) -> None:
    """Stop the service and remove it.

    The config, the secrets and the memory stay.
    """
    from watcher.app import installing

    meant = _service(user, root)
    if not installing.uninstall(meant):
        click.echo(f"No service is installed: there is no {meant.file}")
        sys.exit(1)
    click.echo(f"Removed {meant.file}. What stays: {meant.config.parent}, and the memory.")


@service.command()
@_whose
def status(user: bool, root: Path) -> None:
    """Whether it is installed and runs, as its manager says."""
    meant = _service(user, root)
    if not meant.file.exists() and not user:
        own = _service(True, root)
        meant = own if own.file.exists() else meant
    if not meant.file.exists():
        click.echo(f"No service is installed: there is no {meant.file}")
        sys.exit(1)
    if not meant.running:
        click.echo(f"Installed as {meant.file}; {meant.manager} does not run here.")
        sys.exit(1)
    sys.exit(subprocess.run(meant.status, check=False).returncode)


def _service(user: bool, root: Path) -> Service:
    from watcher.app import installing

    return installing.user_service(os.environ) if user else installing.system_service(root)


COMMANDS = (paths, service)
