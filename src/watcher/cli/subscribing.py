"""`watcher sources add`, `remove`, `pause` and the others that write into the config which sources there are."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from watcher.cli.output import cell, tell, written
from watcher.cli.parameters import FilePath, Number
from watcher.cli.reading import reading_of

if TYPE_CHECKING:
    from pathlib import Path

    from watcher.app.discovering import Feed
    from watcher.app.subscribing import Import
    from watcher.config import Config, Source

_MOST_SHOWN = 20  # of what an import adds, and of what it leaves out

allow_private = click.option(
    "--allow-private",
    is_flag=True,
    help="It lives on this machine or in your own network; else that is refused.",
)
names_of = click.argument("names", metavar="NAME...", nargs=-1, required=True)


@click.command()
@click.argument("url")
@click.option("--name", help="How alerts call it; else as it calls itself.")
@click.option("--tag", "tags", multiple=True, help="A word of your choice; several may be given.")
@click.option("--every", help="Its own interval: 5m, 1h.")
@click.option("--pick", type=Number(), help="Which one, by its number, where there are several.")
@allow_private
@click.pass_obj
def add(
    path: Path,
    url: str,
    name: str | None,
    tags: tuple[str, ...],
    every: str | None,
    pick: int | None,
    allow_private: bool,
) -> None:
    """Add a feed, or the feed of a site.

    URL is the address of a feed, or of a web page that has one. Of several, you say which.
    """
    from watcher import config
    from watcher.app import subscribing
    from watcher.config.wording import quoted

    loaded = config.load(path, None)
    wish = subscribing.Wish(url, name, tags, every, allow_private)
    feeds = subscribing.find(loaded, wish)
    feed = _picked(feeds, pick)
    added = subscribing.subscribe(loaded, wish, feed)
    tell(f"Added {quoted(added)}: {_described(feed)}")
    click.echo(f"  {feed.url}")
    if feed.warning:
        tell(f"It can be read in part only: {feed.warning}", indent=2)
    _say_when(loaded)


@click.command()
@names_of
@click.pass_obj
def remove(path: Path, names: tuple[str, ...]) -> None:
    """Take sources out; their articles stay."""
    from watcher.config import editing
    from watcher.config.wording import quoted

    def say(source: Source) -> None:
        tell(f"Removed {quoted(source.name)}; its articles stay.")
        click.echo(f"  {source.url or source.folder}")

    _edit(path, names, editing.removing, say)


@click.command()
@names_of
@click.pass_obj
def pause(path: Path, names: tuple[str, ...]) -> None:
    """Leave sources alone until they are resumed."""
    from watcher.config import editing
    from watcher.config.wording import quoted

    _edit(path, names, editing.pausing, lambda source: tell(f"Paused {quoted(source.name)}."), enabled=True)


@click.command()
@names_of
@click.pass_obj
def resume(path: Path, names: tuple[str, ...]) -> None:
    """Poll paused sources again."""
    from watcher.config import editing
    from watcher.config.wording import quoted

    _edit(
        path, names, editing.resuming, lambda source: tell(f"Resumed {quoted(source.name)}."), enabled=False
    )


@click.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.pass_obj
def move(path: Path, names: tuple[str, ...]) -> None:
    """Write down where feeds have moved to.

    All that say so, or these. What is known of them stays.
    """
    from watcher.app import subscribing
    from watcher.config import editing
    from watcher.config.wording import quoted
    from watcher.errors import WatcherError

    with reading_of(path) as (reading, config):
        moved = {row["name"]: row["moved_to"] for row in reading.sources() if row["moved_to"]}
    meant = subscribing.named(
        config, names or tuple(each.name for each in config.sources if each.name in moved)
    )
    for source in meant.values():
        if source.name not in moved:
            raise WatcherError(f"{quoted(source.name)} has not said that it has moved")
    for index, source in meant.items():
        subscribing.write(config, editing.moving(index, moved[source.name]))
        tell(f"Moved {quoted(source.name)}:")
        click.echo(f"  {source.url}\n  {moved[source.name]}")
    if not meant:
        click.echo("No source says that it has moved.")


@click.command("import")
@click.argument("file", type=FilePath(exists=True))
@click.option("--dry-run", is_flag=True, help="Say what would be added, and change nothing.")
@allow_private
@click.pass_obj
def import_(path: Path, file: Path, dry_run: bool, allow_private: bool) -> None:
    """Add the feeds of an OPML file.

    Feed readers write such files. Groups become tags; nothing is fetched yet.
    """
    from watcher import config
    from watcher.app import counted, subscribing
    from watcher.core.sources import opml
    from watcher.errors import ParseError, WatcherError

    loaded = config.load(path, None)
    try:
        feeds = opml.read(file.read_bytes())
    except ParseError as error:
        raise WatcherError(f"{file}: {error}") from error
    comes = subscribing.chosen(loaded, feeds, allow_private=allow_private)
    if comes.added and not dry_run:
        subscribing.take_in(loaded, comes.added)
    _say_import(comes)
    did = "would be added" if dry_run else "added"
    click.echo(f"{counted(len(comes.added), 'source')} {did}, {len(comes.skipped)} left out.")
    if comes.added and not dry_run:
        _say_when(loaded)


@click.command()
@click.argument("file", required=False, type=FilePath())
@click.pass_obj
def export(path: Path, file: Path | None) -> None:
    """Write the feeds as OPML, for feed readers.

    To FILE, or to standard output. Tags become groups; folders are left out.
    """
    from watcher import app, config
    from watcher.app import subscribing
    from watcher.core.sources import opml

    feeds = subscribing.exported(config.load(path, None))
    text = opml.write(feeds, app.utc_now())
    if file is None:
        click.echo(text, nl=False)
        return
    if file.exists():
        raise click.BadParameter(f"there is a file {file} already; name another", param_hint="FILE")
    with written(file) as new:
        new.write(text)
    click.echo(f"{app.counted(len(feeds), 'feed')} in {file}")


def _picked(feeds: Sequence[Feed], pick: int | None) -> Feed:
    """The one that is meant: the only one, the one of this number, or the one that a person at the terminal names."""
    if pick is not None and pick > len(feeds):
        raise click.BadParameter(f"there are only {len(feeds)}", param_hint="--pick")
    if pick is not None or len(feeds) == 1:
        return feeds[(pick or 1) - 1]
    click.echo("There are several feeds:")
    for number, feed in enumerate(feeds, start=1):
        tell(f"{feed.title}: {_described(feed)}", head=f"{number:>3}")
        click.echo(f"     {feed.url}")
    if not sys.stdin.isatty():
        raise click.UsageError(
            "say which one is meant, by --pick NUMBER, or by its address in place of this one"
        )
    return click.prompt("Which one? Its number or address", value_proc=_choice(feeds))


def _choice(feeds: Sequence[Feed]) -> Callable[[str], Feed]:
    offered = {str(number): feed for number, feed in enumerate(feeds, start=1)} | {
        feed.url: feed for feed in feeds
    }

    def choose(said: str) -> Feed:
        try:
            return offered[said.strip()]
        except KeyError:
            raise click.UsageError(
                f"write a number from 1 to {len(feeds)}, or an address from above"
            ) from None

    return choose


def _described(feed: Feed) -> str:
    """`30 entries, the newest 2026-02-24 18:32`"""
    if not feed.entries:
        return "no entries yet"
    number = "1 entry" if feed.entries == 1 else f"{feed.entries} entries"
    return (
        f"{number}, the newest {cell(feed.newest.isoformat())}" if feed.newest else f"{number}, without dates"
    )


def _edit(
    path: Path,
    names: Sequence[str],
    edit: Callable[[Mapping[int, Source]], Callable[[str], str]],
    say: Callable[[Source], None],
    enabled: bool | None = None,
) -> None:
    """Change the sources of these names in the config. `enabled`: what they have to be for that."""
    from watcher import config
    from watcher.app import subscribing
    from watcher.config.wording import quoted
    from watcher.errors import WatcherError

    loaded = config.load(path, None)
    meant = subscribing.named(loaded, names)
    for source in meant.values():
        if enabled is not None and source.enabled != enabled:
            raise WatcherError(f"{quoted(source.name)} is {'paused already' if enabled else 'not paused'}")
    subscribing.write(loaded, edit(meant))
    for source in meant.values():
        say(source)


def _say_when(config: Config) -> None:
    from watcher.edges.store import in_use

    click.echo(
        "The running watcher takes it on within seconds."
        if in_use(config.database)
        else "`watcher run` polls it as it starts."
    )


def _say_import(comes: Import) -> None:
    for wish in comes.added[:_MOST_SHOWN]:
        tell(": ".join(filter(None, (wish.name, ", ".join(wish.tags)))), head="+")
    if len(comes.added) > _MOST_SHOWN:
        click.echo(f"+  and {len(comes.added) - _MOST_SHOWN} more")
    for name, reason in comes.skipped[:_MOST_SHOWN]:
        tell(f"{name}: {reason}", head="-")
    if len(comes.skipped) > _MOST_SHOWN:
        click.echo(f"-  and {len(comes.skipped) - _MOST_SHOWN} more")


OF_SOURCES = (add, remove, pause, resume, move, import_, export)
