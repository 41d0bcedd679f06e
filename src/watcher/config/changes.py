"""What an edit changed besides the rules, in words: sources, receivers, and what waits for a new start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import timedelta
from typing import Any

from watcher.config import durations
from watcher.config.settings import Config

# What is opened once at the start, and kept.
_AT_START = ("database", "listen")


def changes(before: Config, after: Config) -> Iterator[str]:
    """A line for each thing that came, went or changed. Receivers are named, and their urls never shown."""
    yield from _things("source", {s.name: s for s in before.sources}, {s.name: s for s in after.sources})
    yield from _things(
        "receiver", {r.name: r for r in before.receivers}, {r.name: r for r in after.receivers}
    )
    if before.operator != after.operator:
        yield f"operator: {before.operator} -> {after.operator}"
    if before.heartbeat != after.heartbeat:
        yield f"heartbeat: {'changed' if after.heartbeat else 'none any more'}"
    if before.routes != after.routes:
        yield f"routes: {', '.join(route.name for route in after.routes) or 'none any more'}"
    yield from _things("template of rule", before.templates, after.templates)
    for each in fields(before.polling):
        old, new = getattr(before.polling, each.name), getattr(after.polling, each.name)
        if old != new:
            late = " at the next start" if each.name == "contact" else ""
            yield f"polling.{each.name}: {_shown(old) or 'none'} -> {_shown(new) or 'none'}{late}"
    if before.min_free != after.min_free:
        yield f"min_free_mb: {before.min_free // 10**6} -> {after.min_free // 10**6}"
    if before.retention != after.retention:
        yield "retention: changed"
    for name in _AT_START:
        if getattr(before, name) != getattr(after, name):
            yield f"{name}: {_shown(getattr(after, name)) or 'none any more'} at the next start"


def _shown(value: object) -> str:
    """As it is written in the config; nothing of None."""
    match value:
        case None:
            return ""
        case timedelta():
            return durations.spell(value)
        case (str(host), port):
            return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        case _:
            return str(value)


def _things(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{kind} {name}: new" for name in after if name not in before)
    yield from (f"{kind} {name}: gone" for name in before if name not in after)
    yield from (f"{kind} {name}: changed" for name in after if name in before and after[name] != before[name])
