"""`watcher outbox` and `watcher receivers`: what waits for whom and why, and whether a receiver works."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import click

from watcher.cli.asking import listing
from watcher.cli.describing import refuse_others
from watcher.cli.output import Row, show
from watcher.cli.parameters import Number
from watcher.cli.reading import changing

if TYPE_CHECKING:
    from pathlib import Path

    from watcher.config import Config
    from watcher.core.messages import Message
    from watcher.edges.store import Store

_WAITING = ("pending", "retry", "sending")
_DEAD = ("dead",)
_SUPPRESSED = ("suppressed",)

_KINDS = (
    "first",
    "update",
    "correction",
    "digest",
    "trouble",
)  # core.messages.sample's; that is loaded only when one is made

_COLUMNS = {
    "When": "decided_at", "Key": "key", "Receiver": "receiver", "State": "state", "Tries": "attempts",
    "Next": "due_at", "Alert": "subject", "Why": "why",
}  # fmt: skip


def _one_receiver(command: Callable[..., None]) -> Callable[..., None]:
    return click.option("--receiver", metavar="NAME", help="Only for this receiver.")(command)


def _as_json(command: Callable[..., None]) -> Callable[..., None]:
    return click.option("--json", "as_json", is_flag=True, help="A JSON document a line.")(command)


@click.group(invoke_without_command=True)
@click.option("--dead", is_flag=True, help="Only what was refused or given up, and is not tried again.")
@click.option("--suppressed", is_flag=True, help="Only what a silence hides, or a person has dropped.")
@_one_receiver
@_as_json
@click.option("--limit", type=Number(), default=50, show_default=True, help="At most so many.")
@listing
def outbox(path: Path, dead: bool, suppressed: bool, receiver: str | None, as_json: bool, limit: int) -> None:
    """Alerts that have not reached their receiver: those that wait, in the order they go out, and those given up."""
    with _looking(path) as (store, config):
        states = _DEAD * dead + _SUPPRESSED * suppressed or _WAITING + _DEAD
        if receiver:
            ours = [each.name for each in config.receivers]
            refuse_others("--receiver", () if receiver in store.receivers() else (receiver,), ours)
        found, total = store.outbox(states, receiver, limit)
    rows = _with_hours(found, config)
    nothing = (
        "There is nothing like that." if dead or suppressed else "Nothing waits, and nothing was given up."
    )
    show(rows, _COLUMNS, as_json, nothing, below="Alert")
    if total > len(rows) and not as_json:
        click.echo(f"\n{total - len(rows)} more; --limit {total} shows all.")


@outbox.command()
@click.argument("key")
@_one_receiver
@click.pass_obj
def resend(path: Path, key: str, receiver: str | None) -> None:
    """Try an alert again, at once and for three days.

    For all who do not have the alert KEY; or for the receiver named.
    """
    from watcher.app import utc_now

    with changing(path) as store:
        names = store.resend(key, receiver, utc_now())
    click.echo(f"Alert {key} goes to {', '.join(names)} as soon as `watcher run` is running.")


@outbox.command()
@click.argument("key")
@click.option("--reason", required=True, metavar="TEXT", help="Why; it is kept with the alert.")
@_one_receiver
@click.pass_obj
def drop(path: Path, key: str, reason: str, receiver: str | None) -> None:
    """Try an alert no more.

    For anybody whom the alert KEY waits for; or only for the receiver named.
    """
    with changing(path) as store:
        names = store.drop(key, receiver, reason)
    click.echo(f"Alert {key} is not sent to {', '.join(names)}.\nUndo it:  watcher outbox resend {key}")


@click.group(invoke_without_command=True)
@_as_json
@listing
def receivers(path: Path, as_json: bool) -> None:
    """Who gets alerts: how many had or wait for theirs, and since when one fails."""
    with _looking(path) as (store, config):
        known = store.receivers()
    rows: list[Row] = [
        {"name": each.name, "operator": each.name == config.operator, **_counts(known.get(each.name, {}))}
        for each in config.receivers
    ]
    columns = {
        "Receiver": "name", "Sent": "sent", "Waiting": "waiting", "Given up": "dead",
        "Failing since": "failing_since",
    }  # fmt: skip
    show(rows, columns, as_json, "The config names no receivers.")


@receivers.command("test")
@click.argument("name")
@click.option("--kind", type=click.Choice(_KINDS), default=_KINDS[0], show_default=True, help="What is sent.")
@click.option("--rule", metavar="ID", help="In the words of this rule's template.")
@click.option("--dry-run", is_flag=True, help="Show it, and send nothing.")
@click.option(
    "--form",
    type=click.Choice(("text", "html", "slack")),
    default="text",
    help="With --dry-run: as text, as the HTML of a mail, or as what Slack is posted.",
)
@click.pass_obj
def test_receiver(path: Path, name: str, kind: str, rule: str | None, dry_run: bool, form: str) -> None:
    """Send a receiver a sample, and say what came of it.

    At once, and past the outbox.
    """
    from watcher import app
    from watcher.core.messages.sample import Sample, as_sample
    from watcher.edges.receivers import Receiver

    settings = app.load(path, None if dry_run else os.environ)
    urls = {each.name: each.url.get_secret_value() for each in settings.config.receivers}
    if name not in urls:
        raise click.BadParameter(
            f"there is no receiver {name}; the config has {', '.join(urls)}", param_hint="NAME"
        )
    templates = settings.templates.by_rule
    if rule is not None and rule not in templates:
        known = f"those with one: {', '.join(templates)}" if templates else "none has one"
        raise click.BadParameter(f"no rule {rule} with a template; {known}", param_hint="--rule")
    message = as_sample(Sample(kind), name, app.utc_now(), templates[rule] if rule else None)
    if dry_run:
        click.echo(_in_form(form, message))
        return
    Receiver(name, urls[name]).send(message)
    click.echo(f"{name} took it. Its subject: {message.subject}", err=True)


def _in_form(form: str, message: Message) -> str:
    if form == "html":
        from watcher.core.messages.letter import framed

        return framed(message.html)
    if form == "slack":
        import json

        from watcher.edges.receivers.slack import attachment

        return json.dumps(attachment(message), ensure_ascii=False, indent=1)
    return f"{message.subject}\n\n{message.text}"


def _counts(known: Row) -> Row:
    return {
        "sent": known.get("sent", 0),
        "waiting": sum(known.get(state, 0) for state in _WAITING),
        "dead": known.get("dead", 0),
        "failing_since": known.get("failing_since"),
        "quiet_until": known.get("quiet_until"),
    }


def _with_hours(rows: Sequence[Row], config: Config) -> list[Row]:
    """With why each waits. What the hours of its receiver hold is due when they let it go."""
    from watcher.app import utc_now
    from watcher.core.alerts.pacing import AT_ONCE
    from watcher.core.model import Severity

    paces, now, told = {each.name: each.pace for each in config.receivers}, utc_now(), list[Row]()
    for row in rows:
        until, why = None, row["error"]
        if row["digest"]:
            why = f"comes in the digest {row['digest']}"
        elif row["state"] == "pending" and not row["by_hand"] and row["kind"] not in ("digest", "silence"):
            since, pace = datetime.fromisoformat(row["since"]), paces.get(row["receiver"], AT_ONCE)
            until = pace.held_until(Severity(row["severity"]), since, now)
            why = "held by the hours of its receiver" if until else why
        told.append({**row, "why": why, "due_at": until.isoformat() if until else row["due_at"]})
    return told


@contextmanager
def _looking(path: Path) -> Iterator[tuple[Store, Config]]:
    from watcher import config
    from watcher.edges.store import Store

    loaded = config.load(path, None)
    with closing(Store.open_to_read(loaded.database)) as store:
        yield store, loaded


COMMANDS = (outbox, receivers)
