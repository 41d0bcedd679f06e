"""The table under [[routes]]: which alerts go to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field, StrictBool, create_model

from watcher.config import values
from watcher.config.table import Table

_FILLED: Final = Field(json_schema_extra={"minItems": 1})  # a list is left out, or holds something
_Names = Annotated[tuple[values.Text, ...], _FILLED]


class RouteKeys(Table):
    """An alert of which all that is asked for is so goes to its receivers; of a list any one will do."""

    name: values.Text | None = Field(
        default=None, description="how commands call it; its number if unset", examples=["nights"]
    )
    rules: _Names = Field(
        default=(), description="one of these rules matches, by its id", examples=[["un-votes"]]
    )
    severity: values.Severities = Field(
        default=(), description="low, medium or high; a list: any of them", examples=["high"]
    )
    tags: _Names = Field(
        default=(), description="a rule with one of these tags matches", examples=[["votes"]]
    )
    sources: _Names = Field(default=(), description="one of these sources tells it", examples=[["UN News"]])
    source_tags: _Names = Field(
        default=(), description="a source with one of these tags tells it", examples=[["un"]]
    )
    entities: _Names = Field(
        default=(), description="the article names one of these entities", examples=[["israel"]]
    )
    positions: dict[values.Country, values.Positions] = Field(
        default={},
        description="countries voted so, all of these: in_favour, against, abstained or absent; a list: any of them",
        examples=[{"Israel": "against"}],
    )
    kinds: values.Occasions = Field(
        default=(),
        description="first, update, correction, or operator for watcher's own troubles; a list: any of them",
        examples=[["first", "correction"]],
    )
    receivers: tuple[values.Text, ...] = Field(
        description="names under [receivers]; an empty list: nobody is told", examples=[["desk"]]
    )


if TYPE_CHECKING:
    RouteTable = RouteKeys
else:  # `continue` is what people know this key by, and a word that Python keeps for itself
    further = Field(
        default=False, description="true: these are told besides, and the routes below are asked as well"
    )
    RouteTable = create_model(
        "RouteTable", __base__=RouteKeys, __doc__=RouteKeys.__doc__, **{"continue": (StrictBool, further)}
    )
