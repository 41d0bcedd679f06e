"""How watcher stands: on one screen for a person, in one word for a container."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from watcher.cli.faring import network_down, not_of
from watcher.cli.output import cell, say
from watcher.cli.reading import reading_of

if TYPE_CHECKING:
    from pathlib import Path

    from watcher.app.standing import Standing

_WAITING = ("pending", "sending", "retry")
_MOST_TROUBLES = 5


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def status(path: Path, as_json: bool) -> None:
    """How things stand, on one screen: since when it runs, sources, articles, alerts, and what waits to be sent."""
    from watcher.app import utc_now
    from watcher.app.standing import standing, troubles

    now = utc_now()
    with reading_of(path) as (reading, config):
        stands = standing(config, reading, now)
    waits = troubles(config) if stands.since else []
    if as_json:
        say({**_document(stands, str(config.database)), "troubles": waits})
        return
    for line in _lines(stands, str(config.database), now):
        click.echo(line)
    for trouble in waits:
        click.echo(f"\n{trouble}")


@click.command()
@click.pass_obj
def healthcheck(path: Path) -> None:
    """Whether the running watcher is well: exit code 0 or 1. It can only be asked where the config has `listen`."""
    from watcher import config
    from watcher.edges.http_door import get
    from watcher.edges.store import in_use

    loaded = config.load(path, None)
    if loaded.listen is None:
        runs = in_use(loaded.database)
        click.echo(
            "runs; whether a job hangs can be told with `listen` in the config" if runs else "does not run"
        )
        sys.exit(not runs)
    answer = get(loaded.listen, "/healthz")
    click.echo(answer.text.strip())
    sys.exit(answer.status != 200)


def _document(stands: Standing, database: str) -> dict[str, Any]:
    return {
        "running_since": stands.since.isoformat() if stands.since else None,
        **stands.totals,
        "sources": {state.value: number for state, number in stands.sources.items()},
        "troubled": [{"name": each.source.name, "says": each.health.says} for each in stands.troubled],
        "next_poll_at": stands.next_poll.isoformat() if stands.next_poll else None,
        "database": database,
        "bytes": stands.bytes,
    }


def _lines(stands: Standing, database: str, now: datetime) -> Iterator[str]:
    from watcher.app import counted
    from watcher.core.sources.health import span

    totals = stands.totals
    if stands.since:
        yield f"running    for {span(now - stands.since)}, since {cell(stands.since.isoformat())}"
    else:
        yield "running    no: nothing is polled and nothing sent; `watcher run` starts it"
    states = ", ".join(
        f"{number} {state.value}" for state, number in sorted(stands.sources.items(), key=_rank)
    )
    yield f"sources    {sum(stands.sources.values())}: {states}"
    polled, due = cell(totals["last_poll_at"]), stands.next_poll if stands.since else None
    polls = (f"last {polled}" if polled else "", f"next {cell(due.isoformat())}" if due else "")
    yield f"polls      {', '.join(filter(None, polls)) or 'none yet'}"
    yield f"articles   {totals['articles']}{_last(totals['last_article_at'])}"
    yield f"matches    {totals['matches']}{_last(totals['last_match_at'])}"
    stories = "1 story" if totals["stories"] == 1 else f"{totals['stories']} stories"
    yield f"alerts     {totals['alerts']} in {stories}{_last(totals['last_alert_at'])}"
    if totals["silences"]:
        hold = "1 holds" if totals["silences"] == 1 else f"{totals['silences']} hold"
        yield f"silences   {hold}, see `watcher silence list`"
    for receiver, by_state in sorted(totals["outbox"].items()):
        waiting = sum(by_state.get(state, 0) for state in _WAITING)
        parts = [f"{by_state.get('sent', 0)} sent", f"{waiting} waiting" if waiting else ""]
        parts.append(f"{by_state['dead']} given up: `watcher outbox --dead`" if by_state.get("dead") else "")
        yield f"outbox     {receiver}: {', '.join(filter(None, parts))}"
    yield f"database   {database}, {stands.bytes / 1e6:.1f} MB"
    if stands.outage:
        yield f"\n{network_down(stands.outage)}"
    troubled = not_of(stands.outage, stands.troubled)
    if troubled:
        yield f"\n{counted(len(troubled), 'source')} in trouble, see `watcher sources health`:"
        for each in troubled[:_MOST_TROUBLES]:
            yield f"  {each.source.name}: {each.health.says}"
        if len(troubled) > _MOST_TROUBLES:
            yield f"  and {len(troubled) - _MOST_TROUBLES} more"


def _last(moment: str | None) -> str:
    return f", last {cell(moment)}" if moment else ""


def _rank(entry: Any) -> int:
    return int(entry[0].rank)


COMMANDS = (status, healthcheck)
