"""What no value of a rule's `vote` shows by itself: that it asks for something, of somebody, and for nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.config import raw
from watcher.config.conditions import emptied
from watcher.config.document import Mistake
from watcher.config.wording import quoted
from watcher.core.countries import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.config.raw import TomlTable
    from watcher.core.rules.spec import Key


def check(key: Key, rule: TomlTable) -> Iterator[Mistake]:
    """What is wrong with the `vote` of the rule at `key`. Entities it mentions are looked at in conditions.py."""
    key, vote = (*key, "vote"), raw.table(rule, "vote")
    if "vote" in rule and "event" not in rule:
        what = "says which UN votes are meant, and the rule does not ask for one"
        yield Mistake(key, what, 'add event = "un-vote" to the rule, or remove vote')
    elif rule.get("vote") == {}:
        fix = "write bodies, outcome, positions, mentions or margin below, or remove it"
        yield Mistake(key, "is empty", fix)
    yield from emptied(key, vote, ["bodies", "outcome", "mentions"])
    yield from positions((*key, "positions"), vote)
    if vote.get("margin") == {}:
        fix = "write at_least or at_most with a number, or remove it"
        yield Mistake((*key, "margin"), "is empty", fix)
    yield from _margin((*key, "margin"), raw.table(vote, "margin"))


def positions(key: Key, table: TomlTable) -> Iterator[Mistake]:
    """What is wrong with how countries are asked to have voted, the `positions` of `table`, at `key`."""
    if table.get("positions") == {}:
        fix = 'name a country and how it voted, such as { Israel = "against" }, or remove it'
        yield Mistake(key, "is empty", fix)
    asked = raw.table(table, "positions")
    yield from emptied(key, asked, asked)
    seen: dict[str, str] = {}
    for name in asked:
        country = canonical(name)
        if country is None:
            continue
        if country in seen:
            what = f"is the same country as {quoted(seen[country])}"
            yield Mistake(
                (*key, name), what, "keep one of the two, with all positions that will do in a list"
            )
        seen.setdefault(country, name)


def _margin(key: Key, margin: TomlTable) -> Iterator[Mistake]:
    least, most = margin.get("at_least"), margin.get("at_most")
    if type(least) is int and type(most) is int and most < least:
        what = f"is less than at_least, {least}, and so no vote would do"
        yield Mistake((*key, "at_most"), what, f"write {least} or more, or lower at_least")
