"""What is right in a rule file but hardly meant: nothing here stops a rule, all of it is worth a look."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from watcher.core.model import Outcome
from watcher.core.rules.engine import Rule, RuleSet
from watcher.core.rules.spec import Key, VoteWanted
from watcher.core.rules.terms import Term, parse_term
from watcher.core.rules.tree import Any, Leaf, Node, Not, leaves, parts_of


@dataclass(frozen=True, slots=True)
class Lint:
    """`key`: where it stands in the config. `fix`: what to do about it."""

    key: Key
    what: str
    fix: str


def lints(rules: RuleSet, receivers: Iterable[str], routed: Collection[str] = ()) -> tuple[Lint, ...]:
    """In the order of the file. `routed`: receivers to whom a route leads."""
    found = [lint for at, rule in enumerate(rules.rules) for lint in _of_rule(rule, ("rules", at))]
    found += _twins(rules)
    told = {name for rule in rules.rules for name in rule.spec.notify}
    for name in receivers:
        if name not in told and name not in routed:
            found.append(
                Lint(("receivers", name), "no rule notifies it", "name it in a rule's notify, or remove it")
            )
    return tuple(found)


def _of_rule(rule: Rule, key: Key) -> Iterator[Lint]:
    if not rule.spec.tests:
        yield Lint(
            key,
            "it has no tests",
            "add [[rules.tests]] with match and no_match, so that an edit cannot break it",
        )
    if rule.spec.vote:
        yield from _of_votes(rule.spec.vote, (*key, "vote"))
    yield from _cancelled(rule.condition)
    for node in _nodes(rule.condition):
        if isinstance(node, Any) and node.at_least == 1:
            yield from _covered(
                [part for part in node.parts if isinstance(part, Leaf) and not part.is_entity]
            )


def _cancelled(condition: Node) -> Iterator[Lint]:
    """The same term wanted and banned: what it finds can never match."""
    banned = {leaf.name: leaf for node in _nodes(condition) if isinstance(node, Not) for leaf in leaves(node)}
    wanted = {leaf.name for leaf in _wanted(condition)}
    for name in banned.keys() & wanted:
        yield Lint(
            banned[name].key, f'"{name}" is wanted and banned in one rule', "take it out of one of the lists"
        )


def _of_votes(wanted: VoteWanted, key: Key) -> Iterator[Lint]:
    """A committee beside the Assembly, which has it in it; a veto where there is none."""
    for at, body in enumerate(wanted.bodies):
        whole, part, _ = body.partition("-")
        if part and whole in wanted.bodies:
            yield Lint((*key, "bodies", at), f'"{body}" is in "{whole}" already', "remove one of the two")
    if Outcome.VETOED in wanted.outcome and wanted.bodies and "UNSC" not in wanted.bodies:
        what = "there is a veto in the UNSC alone, which bodies leaves out"
        yield Lint((*key, "outcome"), what, 'add "UNSC" to bodies, or take "vetoed" out')


def _covered(terms: list[Leaf]) -> Iterator[Lint]:
    """A term that another one of its list finds as well."""
    parsed = [(leaf, parse_term(leaf.name)) for leaf in terms]
    prefixes = [(leaf, term) for leaf, term in parsed if term.prefix and not term.rest]
    for leaf, term in parsed:
        for other, prefix in prefixes:
            if leaf is not other and _finds(prefix, term):
                yield Lint(leaf.key, f'"{leaf.name}" is found by "{other.name}" already', "remove it")
                break


def _finds(prefix: Term, term: Term) -> bool:
    longer = term.pattern.startswith(prefix.pattern) and " " not in term.pattern
    return longer and not term.rest and (term.pattern != prefix.pattern or not term.prefix)


def _twins(rules: RuleSet) -> Iterator[Lint]:
    seen: dict[str, str] = {}
    for at, rule in enumerate(rules.rules):
        spec = rule.spec
        meaning = f"{rule.condition} {spec.event} {spec.vote} {spec.source_tags} {spec.languages}"
        if meaning in seen:
            yield Lint(
                ("rules", at),
                f"it asks for the same as {seen[meaning]}",
                "merge the two",
            )
        seen.setdefault(meaning, rule.spec.id)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for part in parts_of(node):
        yield from _nodes(part)


def _wanted(node: Node) -> Iterator[Leaf]:
    """The leaves that are under no NOT."""
    if isinstance(node, Leaf):
        yield node
    elif not isinstance(node, Not):
        for part in parts_of(node):
            yield from _wanted(part)
