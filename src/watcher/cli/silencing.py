"""`watcher silence`: what nobody wants to hear of for a while."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import click

from watcher.cli.asking import listing
from watcher.cli.describing import (
    KINDS,
    SEVERITIES,
    description,
    position_of,
    refuse_others,
    refuse_unknown,
)
from watcher.cli.output import cell, show
from watcher.cli.parameters import SPAN, Number
from watcher.cli.reading import changing, reading_of

if TYPE_CHECKING:
    from pathlib import Path


_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}")


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="A JSON document a line.")
@listing
def silence(path: Path, as_json: bool) -> None:
    """What nobody wants to hear of for a while: `add` a silence, `list` them, `end` one before its time."""
    _list(path, as_json)


@silence.command("list")
@click.option("--json", "as_json", is_flag=True, help="A JSON document a line.")
@click.pass_obj
def list_silences(path: Path, as_json: bool) -> None:
    """All silences, and how many alerts each has hidden.

    The latest first.
    """
    _list(path, as_json)


def _list(path: Path, as_json: bool) -> None:
    from watcher import config
    from watcher.app import utc_now
    from watcher.edges.store import Store

    with closing(Store.open_to_read(config.load(path, None).database)) as store:
        rows = store.silences(utc_now())
    shown = [
        {**row, "now": "holds" if row["holds"] else "over", "for": row["receivers"] or "everybody"}
        for row in rows
    ]
    columns = {
        "ID": "id", "Is": "now", "Until": "until", "Hides": "hides", "For": "for", "Alerts": "hidden",
        "Reason": "reason",
    }  # fmt: skip
    show(rows if as_json else shown, columns, as_json, "There are no silences.", below="Reason")


@silence.command("add")
@description
@click.option("--severity", multiple=True, type=click.Choice(SEVERITIES))
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS[:-1]))
@click.option("--story", "stories", multiple=True, metavar="KEY", help="As `watcher stories` shows it.")
@click.option("--receiver", "receivers", multiple=True, metavar="NAME", help="Spare only this one.")
@click.option("--all", "everything", is_flag=True, help="Hide every alert.")
@click.option("--for", "span", type=SPAN, metavar="TIME", help="How long: 2h, 3d.")
@click.option(
    "--until", metavar="MOMENT", help='As "18:00" or "2026-02-24 18:00", in the time of this place.'
)
@click.option("--reason", required=True, metavar="TEXT", help="Why; it is kept, and told at the end.")
@click.pass_obj
def add_silence(
    path: Path,
    /,
    everything: bool,
    span: timedelta | None,
    until: str | None,
    reason: str,
    receivers: tuple[str, ...],
    **asked: Any,
) -> None:
    """Hide alerts that are like this for a while. An option that is given twice hides either; different ones, only
    alerts that are all of it. At its end a silence says what it hid."""
    from watcher import app
    from watcher.app import utc_now

    config = app.load(path, None).config
    refuse_others("--receiver", receivers, [each.name for each in config.receivers])
    refuse_unknown(config, asked["rules"], asked["sources"], asked["entities"])
    if everything == any(asked.values()):
        raise click.UsageError(
            "say what to hide, by --rule, --source, --entity, --story …; or --all for everything"
        )
    _stories_known(path, asked["stories"])
    now = utc_now()
    end = _end(now, span, until)
    with changing(path) as store:
        made = store.silence(_conditions(**asked), receivers, now, end, reason)
    spared = ", ".join(receivers) or "everybody"
    click.echo(
        f"Silence {made.id} hides {made.conditions.in_words} from {spared} until {cell(end.isoformat())}.\n"
        f"Undo it:  watcher silence end {made.id}"
    )


@silence.command("end")
@click.argument("number", metavar="ID", type=Number())
@click.pass_obj
def end_silence(path: Path, number: int) -> None:
    """End the silence ID now. Whoever was spared something hears what."""
    from watcher.app import counted, utc_now

    with changing(path) as store:
        told = store.end_silence(number, utc_now())
    said = f"{counted(told, 'receiver')} will be told what it hid" if told else "it hid nothing"
    click.echo(f"Silence {number} has ended; {said}.")


def _conditions(
    positions: tuple[str, ...], severity: tuple[str, ...], kinds: tuple[str, ...], **words: Any
) -> Any:
    from watcher.core.alerts.routing import Conditions, Occasion
    from watcher.core.model import Severity
    from watcher.core.rules.spec import Held

    held = (position_of(each) for each in positions)
    return Conditions(
        severity=tuple(map(Severity, severity)),
        kinds=tuple(map(Occasion, kinds)),
        positions=tuple(Held(country, tuple(how)) for country, how in held),
        **words,
    )


def _stories_known(path: Path, keys: Sequence[str]) -> None:
    if not keys:
        return
    with reading_of(path) as (memory, _):
        missing = [key for key in keys if memory.events.story(key) is None]
    if missing:
        says = f"there is no story {missing[0]}; `watcher stories` lists them"
        raise click.BadParameter(says, param_hint="--story")


def _end(now: datetime, span: timedelta | None, until: str | None) -> datetime:
    """Raises UsageError where it is not said once, and in the future."""
    if (span is None) == (until is None):
        raise click.UsageError("say when it ends: --for 2h, or --until a moment")
    said_by = "--for" if until is None else "--until"
    try:
        end = now + span if span is not None else _moment(until or "", now)
    except ValueError:
        fix = 'write it as "18:00" or "2026-02-24 18:00"'
        raise click.BadParameter(f'"{until}" is no moment; {fix}', param_hint=said_by) from None
    except OverflowError:
        raise click.BadParameter("that is farther ahead than can be counted", param_hint=said_by) from None
    if end <= now:
        raise click.BadParameter("it must end in the future", param_hint=said_by)
    return end


def _moment(text: str, now: datetime) -> datetime:
    """`18:00` is the next time that the clock of this place shows it. Raises ValueError where it is no moment."""
    if not _TIME.fullmatch(text):
        return datetime.fromisoformat(text).astimezone(now.tzinfo)
    today, at = now.astimezone().date(), time.fromisoformat(text.zfill(5))
    days = (datetime.combine(today + timedelta(days=more), at).astimezone() for more in (0, 1))
    return next(moment.astimezone(now.tzinfo) for moment in days if moment > now)


COMMANDS = (silence,)
