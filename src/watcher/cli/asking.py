"""Questions to the memory: matches, alerts, articles. None of them writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from watcher.cli.output import show
from watcher.cli.parameters import SPAN, Number
from watcher.cli.reading import after, reading_of

if TYPE_CHECKING:
    from pathlib import Path


def answering(command: Callable[..., None]) -> Callable[..., None]:
    """The options that all questions about the past share."""
    for option in (
        click.option(
            "--json", "as_json", is_flag=True, help="A JSON document a line, with everything known."
        ),
        click.option("--since", type=SPAN, help="Only what came within this time: 12h, 7d, 1y."),
        click.option("--limit", type=Number(), default=50, show_default=True, help="At most so many."),
    ):
        command = option(command)
    return command


def listing(answer: Callable[..., None]) -> Callable[..., None]:
    """The body of a group that answers by itself where none of its commands is called; its options are for that."""

    @wraps(answer)
    def run(**options: Any) -> None:
        context = click.get_current_context()
        called = context.invoked_subcommand
        if called is None:
            answer(context.obj, **options)
            return
        for option in context.command.params:
            if context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE:
                raise click.UsageError(
                    f"{option.opts[0]} must stand behind {called}, if it has such an option"
                )

    return run


@click.command()
@answering
@click.pass_obj
def matches(path: Path, as_json: bool, since: timedelta | None, limit: int) -> None:
    """Articles that satisfied a rule, the latest first, and the words that made them."""
    with reading_of(path) as (reading, _):
        rows = reading.matches(after(since), limit)
    for row in rows:
        row["found"] = list(dict.fromkeys(span["words"] for span in row["evidence"]))[:6]
    columns = {
        "ID": "id", "When": "seen_at", "Rule": "rule", "Source": "source", "Title": "title", "Found": "found",
    }  # fmt: skip
    nothing = "No article has matched a rule yet." if since is None else "Nothing in that time."
    show(rows, columns, as_json, nothing, below="Title")


@click.command()
@click.argument("key", required=False)
@answering
@click.pass_obj
def alerts(path: Path, key: str | None, as_json: bool, since: timedelta | None, limit: int) -> None:
    """What people were told, the latest first, and whether it reached them; with KEY, one alert whole."""
    with reading_of(path) as (reading, _):
        rows = reading.alerts(after(since), limit, key)
    if key and not rows:
        raise click.BadParameter(
            f"there is no alert {key}; the last line of every alert names its key", param_hint="KEY"
        )
    if key and not as_json:
        click.echo(f"{rows[0]['subject']}\n\n{rows[0]['text']}")
        return
    for row in rows:
        row["reached"] = [_fate(delivery) for delivery in row["deliveries"]]
    columns = {"When": "decided_at", "Kind": "kind", "Key": "key", "Alert": "subject", "Reached": "reached"}
    nothing = "No alert yet." if since is None else "No alert in that time."
    show(rows, columns, as_json, nothing, below="Alert")


@click.command()
@answering
@click.pass_obj
def articles(path: Path, as_json: bool, since: timedelta | None, limit: int) -> None:
    """What was read, matched or not, the latest first, and what came of it."""
    with reading_of(path) as (reading, _):
        rows = reading.articles(after(since), limit)
    columns = {
        "ID": "id", "When": "seen_at", "Source": "source", "Title": "title", "Rules": "rules",
        "What came of it": "reason",
    }  # fmt: skip
    nothing = "No articles yet." if since is None else "No articles in that time."
    show(rows, columns, as_json, nothing, below="Title")


def _fate(delivery: Mapping[str, Any]) -> str:
    """`desk: sent`, `mail: retry at …, error`"""
    state = f"{delivery['receiver']}: {delivery['state']}"
    return f"{state} ({delivery['error']})" if delivery["error"] else state


COMMANDS = (matches, alerts, articles)
