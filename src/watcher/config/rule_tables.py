"""The tables and keys under [[rules]]: model.py's share of the language of rules.

A rule looks for things by lists or by a query. An item of a list is a text, or a group: a list in a list, nested to
any depth. What a term or a query may hold is for those who compile them (watcher.core.rules).
"""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BeforeValidator, Field, StrictBool

from watcher.config import values
from watcher.config.table import Table


def _item(value: object) -> object:
    """A group's own mistakes come out with their place in it: a union of types would add the type's name to that."""
    return GroupTable.model_validate(value) if isinstance(value, dict) else values.item(value)


_FILLED: Final = Field(json_schema_extra={"minItems": 1})  # a list is left out, or holds something
Item = Annotated["values.Text | GroupTable", BeforeValidator(_item)]
Items = Annotated[tuple[Item, ...], _FILLED]
Fields = Annotated[tuple[values.Field, ...], _FILLED]
Texts = Annotated[tuple[values.Prose, ...], _FILLED]


class EntityClauseTable(Table):
    """Which entities must be found, by their id."""

    any: Items = Field(
        default=(), description="at least one of these, or at_least so many", examples=[["un-bodies"]]
    )
    all: Items = Field(default=(), description="each of these", examples=[["israel", "ukraine"]])
    none: Items = Field(default=(), description="none of these", examples=[["israel"]])
    at_least: values.Count | None = Field(
        default=None, description="how many of any must be found; 1 if unset", examples=[2]
    )


class KeywordClauseTable(Table):
    """Which words and phrases must be found: terms, "@entity", or groups of them."""

    any: Items = Field(
        default=(), description="at least one of these, or at_least so many", examples=[["vote*", "veto*"]]
    )
    all: Items = Field(default=(), description="each of these", examples=[["security", "council"]])
    none: Items = Field(default=(), description="none of these", examples=[["eurovision*"]])
    at_least: values.Count | None = Field(
        default=None, description="how many of any must be found; 1 if unset", examples=[2]
    )


class GroupTable(KeywordClauseTable):
    """A list inside a list, with any, all and none of its own."""

    near: values.Near | None = Field(
        default=None,
        description="its parts in one sentence, paragraph or title; or the most words between them",
        examples=[5],
    )
    ordered: StrictBool = Field(default=False, description="near, and in the order written")
    fields: Fields = Field(default=("title", "text"), description="where to look", examples=[["title"]])


class ScoreTable(Table):
    """Weights that add up: each thing that is found adds its own, once."""

    at_least: values.Count = Field(description="what the weights must add up to", examples=[10])
    weights: dict[values.Text, values.Weight] = Field(
        description='a number for each term or "@entity"; below zero it speaks against',
        examples=[{"vote*": 4, "@un-bodies": 6, "shareholder*": -8}],
    )


class RuleSourcesTable(Table):
    """Whose articles a rule looks at."""

    tags: Annotated[tuple[values.Text, ...], _FILLED] = Field(
        default=(), description="only sources with one of these tags", examples=[["un"]]
    )


class MarginTable(Table):
    """By how many votes it was decided: in favour minus against, where both are stated."""

    at_least: values.Number | None = Field(default=None, description="so many or more", examples=[100])
    at_most: values.Number | None = Field(default=None, description="so many or fewer", examples=[10])


class VoteTable(Table):
    """Which UN votes are meant, by their facts: all that is asked for must be stated in the article."""

    bodies: Annotated[tuple[values.Body, ...], _FILLED] = Field(
        default=(),
        description="one of these bodies voted; UNGA has its committees in it, UNGA-C1 is only that one",
        examples=[["UNGA", "UNSC"]],
    )
    outcome: values.Outcomes = Field(
        default=(),
        description="adopted, rejected or vetoed; a list: any of them",
        examples=["adopted", ["vetoed", "rejected"]],
    )
    positions: dict[values.Country, values.Positions] = Field(
        default={},
        description="how countries voted, all of these: in_favour, against, abstained or absent; a list: any of them",
        examples=[{"Israel": "against", "United States": ["against", "abstained"]}],
    )
    mentions: Annotated[tuple[values.Text, ...], _FILLED] = Field(
        default=(),
        description='one of these is what it is about: countries, terms, "@entities"',
        examples=[["Israel", "@ukraine", "settlement*"]],
    )
    margin: MarginTable | None = Field(
        default=None,
        description="votes in favour minus votes against: at_least, at_most",
        examples=[{"at_most": 10}],
    )


class ExamplesTable(Table):
    """Texts that show what a rule is to match; `watcher check` tries them."""

    match: Texts = Field(
        default=(),
        description="it must match each of these",
        examples=[["Zelenskyy and Netanyahu speak by phone"]],
    )
    no_match: Texts = Field(
        default=(),
        description="it must match none of these",
        examples=[["Ukraine beat Israel 3-1 in Euro qualifier"]],
    )
    todo_match: Texts = Field(
        default=(),
        description="it should match these one day; told when it does",
        examples=[["Kyiv's envoy was received in the Knesset"]],
    )


class RuleTable(Table):
    """An article that satisfies it alerts its receivers, once for each event."""

    id: values.Text = Field(description="how commands and logs call it", examples=["un-votes"])
    name: values.Text | None = Field(
        default=None, description="how an alert calls it; the id if unset", examples=["New UN vote"]
    )
    severity: values.SeverityName = Field(
        default="medium", description="low, medium or high", examples=["high"]
    )
    tags: tuple[values.Text, ...] = Field(
        default=(), description="words of your choice", examples=[["votes"]]
    )
    notify: Annotated[tuple[values.Text, ...], _FILLED] = Field(
        default=(), description="names under [receivers]", examples=[["desk"]]
    )
    entities: EntityClauseTable = Field(
        default=EntityClauseTable(), description="any, all, none: entities by their id"
    )
    keywords: KeywordClauseTable = Field(
        default=KeywordClauseTable(), description="any, all, none: words and phrases"
    )
    near: values.Near | None = Field(
        default=None,
        description="all in one sentence, paragraph or title; or the most words between them",
        examples=["sentence"],
    )
    ordered: StrictBool = Field(default=False, description="near, and in the order written")
    score: ScoreTable | None = Field(
        default=None,
        description="weights that must add up to at_least",
        examples=[{"at_least": 10, "weights": {"vote*": 4, "@un-bodies": 6, "shareholder*": -8}}],
    )
    query: values.Prose | None = Field(
        default=None,
        description="the whole condition in one line, in place of entities, keywords, near and score",
        examples=["@un-bodies NEAR/25 (vote* OR veto*) AND NOT shareholder*"],
    )
    fields: Fields = Field(
        default=("title", "text"), description="where to look", examples=[["title", "text"]]
    )
    event: values.Event | None = Field(
        default=None,
        description="the article must report this, not only mention the words",
        examples=["un-vote"],
    )
    vote: VoteTable | None = Field(
        default=None,
        description='which votes the event "un-vote" means, by their facts',
        examples=[{"bodies": ["UNGA"], "positions": {"Israel": "against"}}],
    )
    sources: RuleSourcesTable = Field(
        default=RuleSourcesTable(),
        description="tags: only articles of such sources",
        examples=[{"tags": ["un"]}],
    )
    languages: Annotated[tuple[values.Language, ...], _FILLED] = Field(
        default=(),
        description="only articles in one of these languages, as far as their source tells",
        examples=[["en", "uk"]],
    )
    template: values.Path | None = Field(
        default=None,
        description="a folder with words of your own for its alerts: subject.txt, message.txt, message.html",
        examples=["templates/desk"],
    )
    tests: tuple[ExamplesTable, ...] = Field(
        default=(), description="texts that show what it is to match, and what not"
    )
