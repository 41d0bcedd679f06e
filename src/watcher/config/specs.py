"""A [[rules]] table without mistakes -> the RuleSpec it means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.core.model import Outcome, Position, Severity
from watcher.core.rules.spec import Clause, Examples, Held, Margin, RuleSpec, VoteWanted, Weights

if TYPE_CHECKING:
    from watcher.config import rule_tables as tables
    from watcher.core.rules.spec import Item


def rule_spec(table: tables.RuleTable) -> RuleSpec:
    return RuleSpec(
        id=table.id,
        name=table.name or table.id,
        severity=Severity(table.severity),
        notify=table.notify,
        entities=_clause(table.entities, inner="@"),
        keywords=_clause(table.keywords),
        near=table.near,
        ordered=table.ordered,
        fields=table.fields,
        score=None if table.score is None else _weights(table.score),
        query=table.query,
        event=table.event,
        vote=None if table.vote is None else _vote(table.vote),
        tags=table.tags,
        source_tags=table.sources.tags,
        languages=table.languages,
        tests=tuple(Examples(each.match, each.no_match, each.todo_match) for each in table.tests),
    )


def _weights(table: tables.ScoreTable) -> Weights:
    return Weights(table.at_least, tuple(table.weights.items()))


def _vote(table: tables.VoteTable) -> VoteWanted:
    margin = table.margin
    return VoteWanted(
        bodies=table.bodies,
        outcome=tuple(map(Outcome, table.outcome)),
        positions=tuple(Held(name, tuple(map(Position, held))) for name, held in table.positions.items()),
        mentions=table.mentions,
        margin=None if margin is None else Margin(margin.at_least, margin.at_most),
    )


def _clause(
    table: tables.EntityClauseTable | tables.KeywordClauseTable, mark: str = "", inner: str = ""
) -> Clause:
    """`mark`: what its own texts begin with, `inner`: those of its groups.

    Under `entities` an id needs no "@"; in a group, where it stands among terms, the "@" says what it is.
    """
    return Clause(
        any=_items(table.any, mark, inner),
        all=_items(table.all, mark, inner),
        none=_items(table.none, mark, inner),
        at_least=table.at_least,
    )


def _items(items: tuple[tables.Item, ...], mark: str, inner: str) -> tuple[Item, ...]:
    return tuple(
        mark + item.removeprefix(mark) if isinstance(item, str) else _group(item, inner) for item in items
    )


def _group(table: tables.GroupTable, mark: str) -> Clause:
    clause = _clause(table, mark, mark)
    return replace(clause, near=table.near, ordered=table.ordered, fields=table.fields)
