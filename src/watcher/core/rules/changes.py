"""What an edit changed, in words: "rule israel-ukraine: near 40 -> 25", "entity israel: +Sa'ar"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from watcher.core.rules.spec import Clause, Entity, RuleSpec, VoteWanted, Weights

MOST_NAMED = 6


def rule_changes(before: Sequence[RuleSpec], after: Sequence[RuleSpec]) -> Iterator[str]:
    """A line for each rule that came, went or changed, in the order of the new file."""
    old = {spec.id: spec for spec in before}
    new = {spec.id: spec for spec in after}
    for rule_id, spec in new.items():
        if rule_id not in old:
            yield f"rule {rule_id}: new"
        elif told := "; ".join(_differences(old[rule_id], spec)):
            yield f"rule {rule_id}: {told}"
    yield from (f"rule {rule_id}: gone" for rule_id in old if rule_id not in new)


def entity_changes(before: Mapping[str, Entity], after: Mapping[str, Entity]) -> Iterator[str]:
    for name, entity in after.items():
        old = before.get(name, Entity(name, ()))
        told = [
            *_listed("", old.names, entity.names),
            *_listed("not_names ", old.not_names, entity.not_names),
        ]
        if told:
            yield f"entity {name}: {'; '.join(told)}"
    yield from (f"entity {name}: gone" for name in before if name not in after)


def _differences(old: Any, new: Any, prefix: str = "") -> Iterator[str]:
    """Field by field of two values of one class."""
    for each in fields(old):
        before, after = getattr(old, each.name), getattr(new, each.name)
        name = f"{prefix}{each.name}"
        if before == after:
            continue
        if isinstance(before, Clause) and isinstance(after, Clause):
            yield from _differences(before, after, f"{name}.")
        elif isinstance(before, VoteWanted) or isinstance(after, VoteWanted):
            yield from _differences(before or VoteWanted(), after or VoteWanted(), f"{name}.")
        elif isinstance(before, tuple) and isinstance(after, tuple):
            yield from _listed(f"{name} ", before, after)
        else:
            yield f"{name} {_shown(before)} -> {_shown(after)}"


def _listed(label: str, before: Sequence[object], after: Sequence[object]) -> Iterator[str]:
    """`keywords.any +veto*, -vote`, or that only the order differs."""
    signed = [f"+{_shown(item)}" for item in after if item not in before]
    signed += [f"-{_shown(item)}" for item in before if item not in after]
    rest = len(signed) - MOST_NAMED
    if signed:
        yield label + ", ".join(signed[:MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")
    elif tuple(before) != tuple(after):
        yield f"{label}in another order"


def _shown(value: object) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case Clause():
            return "a group"
        case Weights(at_least, weights):
            return f"{at_least} of {len(weights)} weights"
        case _:
            return str(value)
