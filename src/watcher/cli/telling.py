"""`watcher stories`: which articles tell of one event; to part and to join them by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from watcher.cli.asking import answering, listing
from watcher.cli.output import Row, cell, say, say_each, show, show_csv, tell
from watcher.cli.parameters import Number
from watcher.cli.reading import after, changing, reading_of
from watcher.cli.voting import print_alerts, print_article, tally

if TYPE_CHECKING:
    from pathlib import Path


_COLUMNS = {
    "Key": "key", "First": "first_at", "Last": "last_at", "Articles": "articles", "Sources": "sources",
    "Alerts": "alerts", "Tally": "tally", "Title": "title",
}  # fmt: skip
# The numbers each by itself: a spreadsheet would take 13-1-1 for a day.
CSV_COLUMNS = ("key", "first_at", "last_at", "articles", "sources", "alerts", "in_favour", "against", "abstentions",
        "title", "rules")  # fmt: skip


@click.group(invoke_without_command=True)
@click.option("--csv", "as_csv", is_flag=True, help="A table for a spreadsheet.")
@answering
@listing
def stories(path: Path, as_json: bool, as_csv: bool, since: timedelta | None, limit: int) -> None:
    """Events, each with all who tell of it, those told last first; `watcher stories show KEY` tells all of one."""
    with reading_of(path) as (reading, _):
        rows = reading.events.stories(after(since), limit)
    nothing = "No story yet." if since is None else "No story in that time."
    if as_json:
        say_each(rows)
    elif as_csv:
        show_csv(map(csv_row, rows), CSV_COLUMNS)
    else:
        shown = [{**row, **_counts(row), "tally": _tally(row)} for row in rows]
        show(shown, _COLUMNS, as_json=False, nothing=nothing, below="Tally")


@stories.command("show")
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def show_story(path: Path, key: str, as_json: bool) -> None:
    """All that is known of one story.

    Its articles and why each belongs to it, its votes, and what people were told.
    """
    story = _story(path, key)
    if as_json:
        say(story)
    else:
        _print_story(story)


@stories.command()
@click.argument("key")
@click.argument("articles", metavar="ARTICLE_ID...", nargs=-1, required=True, type=Number())
@click.pass_obj
def split(path: Path, key: str, articles: tuple[int, ...]) -> None:
    """Make a story of their own of some articles of one.

    They leave the story KEY; what was not told of yet is told now.
    """
    from watcher import app

    _story(path, key)
    now, templates = app.utc_now(), app.load(path, None).templates
    with changing(path) as store:
        new = store.split(key, articles, now, templates)
    rest, parted = _story(path, key), _story(path, new)
    number = len(parted["articles"])
    click.echo(f"{number} article{'s are' if number > 1 else ' is'} now the story {new}, no more of {key}:")
    _print_articles(parted["articles"])
    click.echo()
    said = [alert for alert in (*rest["alerts"], *parted["alerts"]) if alert["decided_at"] == now.isoformat()]
    for alert in said:
        tell(f"To be told, and in the outbox: {alert['subject']}")
    if not said:
        click.echo("Nobody is told anything: both stories have been told before, or neither.")
    click.echo(f"Look at it:  watcher stories show {new}\nUndo it:     watcher stories merge {key} {new}")


@stories.command()
@click.argument("keys", metavar="KEY KEY...", nargs=-1, required=True)
@click.pass_obj
def merge(path: Path, keys: tuple[str, ...]) -> None:
    """Make one story of several.

    All become the first one, and nobody is told anything.
    """
    first, *others = [_story(path, key) for key in keys]
    with changing(path) as store:
        store.merge(keys)
    merged = _story(path, first["key"])
    number = len(merged["articles"])
    click.echo(f"{number} article{'s are' if number > 1 else ' is'} now the story {first['key']}:")
    _print_articles(merged["articles"])
    click.echo(f"\nNobody is told anything.\nLook at it:  watcher stories show {first['key']}")
    for other in others:
        ids = " ".join(str(article["id"]) for article in other["articles"])
        click.echo(f"Undo it:     watcher stories split {first['key']} {ids}")


def _story(path: Path, key: str) -> Row:
    with reading_of(path) as (reading, _):
        story = reading.events.story(key)
    if story is None:
        raise click.BadParameter(f"there is no story {key}; `watcher stories` lists them", param_hint="KEY")
    return story


def _counts(story: Row) -> dict[str, int]:
    return {key: len(story[key]) for key in ("articles", "sources", "alerts")}


def csv_row(story: Row) -> Row:
    main_vote = story["votes"][0] if story["votes"] else {}
    return {**main_vote, **story, **_counts(story), "sources": story["sources"]}


def _tally(story: Row) -> str | None:
    return tally(story["votes"][0]) if story["votes"] else None


def _print_story(story: Row) -> None:
    tell(story["title"])
    click.echo(f"story {story['key']}, first told {cell(story['first_at'])}, last {cell(story['last_at'])}")
    if story["merged_into"]:
        tell(f"It was merged into the story {story['merged_into']}, which has its articles now.")
    if story["merged"]:
        tell(f"Merged into it: {', '.join(story['merged'])}")
    if story["votes"]:
        _print_votes(story["votes"])
    if story["articles"]:
        click.echo("\nArticles:")
        _print_articles(story["articles"])
    print_alerts(story["alerts"])


def _print_votes(votes: Sequence[Row]) -> None:
    from watcher.core.forms import vote_of
    from watcher.core.messages.wording import vote_sentence

    click.echo("\nVotes:")
    for vote in votes:
        tell(vote_sentence(vote_of(vote)), head=f"{vote['id']:>5}")


def _print_articles(articles: Sequence[Row]) -> None:
    for article in articles:
        by_hand = "put here by hand; before that: " if article["by_hand"] else ""
        print_article(article, f"why: {by_hand}{article['reason']}")


COMMANDS = (stories,)
