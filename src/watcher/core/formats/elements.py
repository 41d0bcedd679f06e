"""XML, element by element: for small documents of which little is asked.

Nothing is fetched, and entities that a document declares are refused: so a short text cannot stand for a long one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable


def walk(
    text: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    add: Callable[[str], None] = lambda _: None,
) -> None:
    """Tell of each element as it starts, with its attributes, and as it ends, and of the text between.

    Errors: ValueError where the text is not well-formed, with the line, or declares entities; all before it was told.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.EntityDeclHandler = add, _refuse
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise ValueError(f"line {error.lineno}: {expat.ErrorString(error.code)}") from error


def _refuse(name: str, *_: object) -> None:
    raise ValueError(f"it declares an entity of its own, “{name[:40]}”, which could stand for anything")
