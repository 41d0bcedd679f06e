"""How sources fare, for people and for programs: `watcher sources`, and its `health`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from watcher.cli.output import Row, cell, show, tell

if TYPE_CHECKING:
    from watcher.app.faring import Fare
    from watcher.core.sources.outages import Outage

_AS_RECORDED = (
    "polled_at", "succeeded_at", "next_poll_at", "failures", "error", "interval", "why", "moved_to", "gap_at",
)  # fmt: skip


def say_summary(rows: Sequence[Row], troubled: int, outage: Outage | None, now: datetime) -> None:
    """A table of what is well, how many are in trouble of their own, and the outage that explains the others'."""
    from watcher.app import counted

    well = [row for row in rows if not row["troubled"]]
    columns = {
        "Source": "name", "State": "state", "A day": "shown_rate", "Last entry": "entry_ago",
        "Polled": "polled_ago", "Every": "shown_interval", "for it is": "why",
    }  # fmt: skip
    show(_with_ages(well, now), columns, as_json=False, nothing="No source is well.")
    click.echo()
    if troubled:
        click.echo(f"{troubled} of {counted(len(rows), 'source')} in trouble.")
    if outage:
        click.echo(network_down(outage))
    if not troubled and not outage:
        click.echo("All is well.")


def recorded(fare: Fare) -> dict[str, Any]:
    """All that is known of a source, in the names of `--json`."""
    from watcher.config import durations
    from watcher.core.sources.health import span

    source, fares, known = fare.source, fare.health, fare.recorded
    rate, interval = fares.entries_a_day, known.get("interval")
    return {
        "name": source.name,
        "state": str(fares.state),
        "troubled": fares.troubled,
        "says": fares.says,
        "helps": fares.helps,
        "notes": list(fares.notes),
        "since": fares.since and fares.since.isoformat(),
        "url": source.url,
        "folder": str(source.folder) if source.folder else None,
        "tags": list(source.tags),
        "every": durations.spell(source.every) if source.url else None,
        "shown_interval": interval
        and (span(timedelta(seconds=interval)) if interval >= 60 else f"{interval} seconds"),
        "entries_a_day": None if rate is None else round(rate, 2),
        "shown_rate": None if rate is None else f"{rate:.1f}" if rate >= 0.05 or not rate else "<0.1",
        "last_entry_at": known.get("last_at") or known.get("last_entry_at"),
        **{key: known.get(key) for key in _AS_RECORDED},
    }


def _with_ages(rows: Sequence[Row], now: datetime) -> list[Row]:
    """Rows that also say how long ago things were: what a person wants to know of what is well."""
    from watcher.core.sources.health import span

    def ago(moment: str | None) -> str | None:
        return moment and f"{span(now - datetime.fromisoformat(moment))} ago"

    return [
        {**row, "polled_ago": ago(row["succeeded_at"]), "entry_ago": ago(row["last_entry_at"])}
        for row in rows
    ]


def say_in_full(row: Row) -> None:
    """All that is known of one."""
    tell(f"{row['name']}: {', '.join(filter(None, (row['state'], row['says'])))}")
    details = {"last well": row["since"], "a day": row["shown_rate"], "last entry": row["last_entry_at"]}
    known = [f"{name} {cell(value)}" for name, value in details.items() if value]
    if known:
        tell(", ".join(known), indent=2)
    if row["why"]:
        when = "next poll" if row["failures"] else f"polled every {row['shown_interval']}, next"
        tell(f"{when} {cell(row['next_poll_at'])}: {row['why']}", indent=2)
    for note in filter(None, (row["helps"], *row["notes"])):
        tell(note, indent=2)
    for happening in row.get("history", ()):
        tell(f"{cell(happening['at'])}  {happening['what']}: {happening['says']}", indent=2)
    click.echo()


def network_down(outage: Outage) -> str:
    """What keeps all of them away, in a sentence."""
    since = cell(outage.since.isoformat())
    return (
        f"The network of this machine is down: {outage.sources} sources have been unreachable since {since}."
    )


def not_of(outage: Outage | None, fares: Sequence[Fare]) -> list[Fare]:
    """Without those whose trouble an outage explains: it is said once, and not for each of a thousand sources."""
    from watcher.core.sources.health import State

    return [fare for fare in fares if not (outage and fare.health.state == State.UNREACHED)]
