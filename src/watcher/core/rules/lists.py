"""The list form of a condition: the clauses of a [[rules]] table -> a tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from watcher.core.rules import query
from watcher.core.rules.spec import Clause, Item, Key, RuleError, RuleSpec, Within
from watcher.core.rules.tree import All, Any, In, Leaf, Near, Node, Not, Score, can_hold_nothing


def condition(spec: RuleSpec, key: Key) -> Node:
    """The tree of a rule, from its lists or its query. `key` leads to its table. Raises RuleError."""
    node = _of_lists(spec, key) if spec.query is None else query.parse(spec.query, (*key, "query"))
    if can_hold_nothing(node):
        fix = "say what must be there: entities.any, entities.all, keywords.any …"
        raise RuleError(key, "it would match every article that lacks some words", fix)
    return _only_in(spec.fields, node)


def mentions(spec: RuleSpec, key: Key) -> tuple[Leaf, ...]:
    """What a vote must mention one of, for a rule that narrows its votes so; else ()."""
    named = spec.vote.mentions if spec.vote else ()
    return tuple(_leaf(name, (*key, "vote", "mentions", at)) for at, name in enumerate(named))


def _of_lists(spec: RuleSpec, key: Key) -> Node:
    needs = [
        *_needs(spec.entities, (*key, "entities"), are_entities=True),
        *_needs(spec.keywords, (*key, "keywords")),
    ]
    if spec.near is not None:
        needs = [_near(needs, spec.near, spec.ordered, (*key, "near"))]
    if spec.score is not None:
        needs.append(_score(spec, (*key, "score")))
    if not needs:
        raise RuleError(
            key, "nothing to look for", "give it entities.any, entities.all, keywords.any or a query"
        )
    bans = [
        *_bans(spec.entities, (*key, "entities"), are_entities=True),
        *_bans(spec.keywords, (*key, "keywords")),
    ]
    return _all([*needs, *bans])


def _needs(clause: Clause, key: Key, *, are_entities: bool = False) -> Iterator[Node]:
    yield from _items(clause.all, (*key, "all"), are_entities)
    some = tuple(_items(clause.any, (*key, "any"), are_entities))
    at_least = clause.at_least or 1
    if at_least > len(some) and clause.at_least is not None:
        raise RuleError(
            (*key, "at_least"), f"at least {at_least} of {len(some)}", "a number that `any` can reach"
        )
    if len(some) == 1:
        yield some[0]
    elif some:
        yield Any(some, at_least)


def _bans(clause: Clause, key: Key, *, are_entities: bool = False) -> Iterator[Node]:
    none = tuple(_items(clause.none, (*key, "none"), are_entities))
    if none:
        yield Not(Any(none) if len(none) > 1 else none[0])


def _items(items: Sequence[Item], key: Key, are_entities: bool) -> Iterator[Node]:
    for at, item in enumerate(items):
        if isinstance(item, Clause):
            yield _group(item, (*key, at))
        else:
            yield _leaf(item, (*key, at), is_entity=are_entities)


def _leaf(item: str, key: Key, *, is_entity: bool = False) -> Leaf:
    """A term, or what begins with "@", or is known to be an entity without it."""
    is_entity = is_entity or item.startswith("@")
    return Leaf(item.removeprefix("@") if is_entity else item, is_entity, key)


def _group(clause: Clause, key: Key) -> Node:
    """A clause inside a list."""
    needs = list(_needs(clause, key))
    if not needs:
        raise RuleError(key, "nothing to look for", "give the group `any` or `all`")
    if clause.near is not None:
        needs = [_near(needs, clause.near, clause.ordered, (*key, "near"))]
    return _only_in(clause.fields, _all([*needs, *_bans(clause, key)]))


def _near(needs: Sequence[Node], within: Within, ordered: bool, key: Key) -> Node:
    if len(needs) < 2:
        raise RuleError(
            key, "near holds two things together, and there is one", 'give it two in "all", or an "any" too'
        )
    if not all(map(query.spans, needs)):
        fix = "take at_least, none and fields out of what is to be near"
        raise RuleError(key, "near takes terms, entities, and groups of which any will do", fix)
    return Near(tuple(needs), within, ordered)


def _score(spec: RuleSpec, key: Key) -> Node:
    assert spec.score is not None
    names, worth = zip(*spec.score.weights, strict=True)
    parts = tuple(
        leaf for name in names for leaf in _items([name], (*key, "weights", name), are_entities=False)
    )
    most = sum(weight for weight in worth if weight > 0)
    if most < spec.score.at_least:
        raise RuleError(
            (*key, "at_least"),
            f"{spec.score.at_least} cannot be reached: all weights give {most}",
            f"at most {most}",
        )
    return Score(spec.score.at_least, parts, worth)


def _all(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else All(tuple(nodes))


def _only_in(fields: tuple[str, ...], node: Node) -> Node:
    """Restricted to one field where only one is named."""
    match sorted(set(fields)):
        case ["title"]:
            return In("title", node)
        case ["text"]:
            return In("text", node)
        case _:
            return node
