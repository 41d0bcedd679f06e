"""Keys that the model does not know: what was probably meant, or where they belong.

A key that was probably misspelt is reported and then read as what it was meant to be, so that one slip is one message
and not also "url is missing".
"""

from __future__ import annotations

from functools import reduce
from operator import getitem
from typing import TYPE_CHECKING, Any

from watcher.config import raw, shape
from watcher.config.document import Document, Mistake
from watcher.config.model import PollingTable, RetentionTable, SourceTable
from watcher.config.route_tables import RouteTable
from watcher.config.rule_tables import (
    ExamplesTable,
    KeywordClauseTable,
    MarginTable,
    RuleTable,
    ScoreTable,
    VoteTable,
)
from watcher.config.wording import closest, did_you_mean, listed

if TYPE_CHECKING:
    from collections.abc import Collection

    from watcher.config.table import Table
    from watcher.core.rules.spec import Key

_HEADINGS: dict[str, type[Table]] = {
    "[polling]": PollingTable,
    "[retention]": RetentionTable,
    "[[sources]]": SourceTable,
    "[[rules]]": RuleTable,
    "[[routes]]": RouteTable,
}
_IN_A_RULE: dict[str, type[Table]] = {
    "keywords, or entities": KeywordClauseTable,
    "score": ScoreTable,
    "[[rules.tests]]": ExamplesTable,
    "vote": VoteTable,
    "vote.margin": MarginTable,
}


def settle(document: Document, key: Key) -> Mistake:
    """Take the unknown `key` out of the document's data, or read it as what it was meant to be."""
    word, known = str(key[-1]), shape.table_at(key[:-1]).model_fields
    table = reduce(getitem, key[:-1], document.data)  # type: ignore[arg-type]
    value = table.pop(word)
    what = "unknown table" if len(key) == 1 and isinstance(value, dict | list) else "unknown key"
    home = _home_in_rule(key)
    if home:
        _take_home(table, word, value)
        return Mistake(key, what, home)
    meant = closest(word, known)
    if meant is not None:
        _adopt(document, table, value, written=key, meant=(*key[:-1], meant))
    return Mistake(key, what, did_you_mean(word, known, _home(word, value) or _known_here(known)))


def _known_here(known: Collection[str]) -> str:
    return (
        f"the keys here are {listed(known, 'and')}" if len(known) > 1 else f"the key here is {listed(known)}"
    )


def _adopt(document: Document, table: dict[str, Any], value: Any, written: Key, meant: Key) -> None:
    """Put `value` where it was meant to be; tables and lists that stand there already grow by it."""
    name = str(meant[-1])
    there = table.get(name)
    if name not in table:
        table[name] = value
        document.misspelt[meant] = written
    elif isinstance(there, dict) and isinstance(value, dict):
        for inner in [inner for inner in value if inner not in there]:
            there[inner] = value[inner]
            document.misspelt[*meant, inner] = (*written, inner)
    elif isinstance(there, list) and isinstance(value, list):
        for index, item in enumerate(value):
            document.misspelt[*meant, len(there)] = (*written, index)
            there.append(item)


def _home(word: str, value: Any) -> str | None:
    """Where a known key belongs that stands in the wrong table."""
    if word == "database":
        return "it belongs at the top of the file, above the first [table]"
    heading = next((heading for heading, table in _HEADINGS.items() if word in table.model_fields), None)
    if heading == "[[rules]]" and isinstance(value, dict):
        return f"write [rules.{word}], below the rule that it belongs to"
    if heading == "[[rules]]" and raw.are_tables(value):
        return f"write [[rules.{word}]], below the rule that it belongs to"
    return heading and f"it belongs under {heading}"


def _home_in_rule(key: Key) -> str | None:
    """Where a key belongs that another table of the same rule knows: a rule has several, and they are mixed up."""
    if key[0] != "rules" or len(key) < 3:
        return None
    word, inside = str(key[-1]), len(key) > 3
    if inside and word in RuleTable.model_fields:
        return f"it belongs to the rule itself: move it out of {key[2]}, up to the rule's own keys"
    homes = (home for home, table in _IN_A_RULE.items() if word in table.model_fields)
    home = None if inside else next(homes, None)
    return home and f"it belongs under {home}"


def _take_home(rule: dict[str, Any], word: str, value: Any) -> None:
    """Read a list that stands among a rule's own keys as one of its keywords: the rule has something to look for."""
    keywords = rule.setdefault("keywords", {}) if word in KeywordClauseTable.model_fields else None
    if isinstance(keywords, dict):
        keywords.setdefault(word, value)
