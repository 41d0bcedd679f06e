"""The query form of a condition: `@un-bodies NEAR/25 (vote* OR veto*) AND NOT shareholder*`.

For people who know such queries from Brandwatch, Meltwater or Lucene. Operators are written in capitals; from loose to
tight they are OR, AND, NOT, NEAR. What it means is said by tree.py, where str() writes the same language.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from watcher.core.rules.spec import Key, RuleError
from watcher.core.rules.tree import All, Any, FieldName, In, Leaf, Near, Node, Not, Score, Unit

if TYPE_CHECKING:
    from lark import Lark, Token, Tree
    from lark.exceptions import UnexpectedInput

_GRAMMAR = r"""
?either: both | both ("OR" both)+       -> any
?both: one | one ("AND" one)+           -> all
?one: "NOT" one                         -> negation
    | close
?close: atom | atom (NEAR atom)+        -> near
?atom: TERM                             -> term
     | PHRASE                           -> phrase
     | ENTITY                           -> entity
     | FIELD atom                       -> field
     | ATLEAST "(" either ("," either)* ")" -> at_least
     | SCORE "(" weighted ("," weighted)* ")" -> score
     | "(" either ")"
weighted: atom "^" WEIGHT

NEAR.3: /O?NEAR\/(\d{1,4}|sentence|paragraph|title)(?![\w\/])/
ATLEAST.3: /ATLEAST\/\d{1,3}(?=\s*\()/
SCORE.3: /SCORE\/\d{1,6}(?=\s*\()/
FIELD.3: /(title|text):/
ENTITY.2: /@[\w-]+/
PHRASE.2: /"[^"]*"|“[^”]*”/
WEIGHT.2: /-?\d{1,6}/
TERM: /=?(?!(AND|OR|NOT)(?![^\s()]))[^\s()",^@“”]+/
%ignore /\s+/
"""

# What to do about a token that cannot stand where it was found.
_MISPLACED = {
    "TERM": "write AND or OR between two words, or quotes around a phrase",
    "PHRASE": "write AND or OR before the phrase",
    "ENTITY": "write AND or OR before the entity",
    "LPAR": "write AND, OR or NEAR/n before the parenthesis",
    "RPAR": "something is missing before the parenthesis, or it has no opening one",
    "NEAR": "NEAR stands between two things; put a group of them into parentheses",
    "$END": "something is missing at its end: a word after an operator, or a closing parenthesis",
}


def parse(query: str, key: Key) -> Node:
    """Raises RuleError with the column, and a caret under it. `key`: where the query stands in the config."""
    from lark.exceptions import UnexpectedInput

    try:
        tree = _parser().parse(query)
        return _Builder(query, key).node(tree)
    except UnexpectedInput as error:
        raise _misread(query, key, error) from error
    except RecursionError as error:
        raise RuleError(
            key, "it is nested too deeply", "write fewer parentheses and NOTs inside one another"
        ) from error


@cache
def _parser() -> Lark:
    from lark import Lark

    return Lark(_GRAMMAR, start="either", parser="lalr", maybe_placeholders=False)


class _Builder:
    """Lark's tree -> ours."""

    def __init__(self, query: str, key: Key) -> None:
        self._query = query
        self._key = key

    def node(self, tree: Tree[Token]) -> Node:
        made = getattr(self, f"_{tree.data}")(tree.children)
        return cast("Node", made)

    def _any(self, children: list[Tree[Token]]) -> Node:
        return Any(tuple(map(self.node, children)))

    def _all(self, children: list[Tree[Token]]) -> Node:
        return All(tuple(map(self.node, children)))

    def _negation(self, children: list[Tree[Token]]) -> Node:
        return Not(self.node(children[0]))

    def _near(self, children: list[Tree[Token] | Token]) -> Node:
        """`a NEAR/5 b NEAR/5 c` is one, of three; different ones need parentheses."""
        operators = cast("list[Token]", children[1::2])
        parts = tuple(map(self.node, cast("list[Tree[Token]]", children[::2])))
        for operator in operators[1:]:
            if operator != operators[0]:
                raise self._wrong(
                    operator, f"{operators[0]} and {operator} side by side", "say by parentheses which binds"
                )
        name, _, within = operators[0].partition("/")
        distance = int(within) if within.isdigit() else cast("Unit", within)
        for part, child in zip(parts, children[::2], strict=True):
            if not spans(part):
                at = next(cast("Tree[Token]", child).scan_values(lambda _: True))
                raise self._wrong(
                    at,
                    "NEAR takes words, entities, and groups of them joined by OR",
                    "take AND and NOT out of the group",
                )
        return Near(parts, distance, ordered=name == "ONEAR")

    def _term(self, children: list[Token]) -> Node:
        if children[0].lower() in {"and", "or", "not"}:
            raise self._wrong(
                children[0], f'"{children[0]}" is a word here', f"write {children[0].upper()} in capitals"
            )
        return Leaf(str(children[0]), False, self._key)

    def _phrase(self, children: list[Token]) -> Node:
        return Leaf(children[0][1:-1], False, self._key)

    def _entity(self, children: list[Token]) -> Node:
        return Leaf(children[0][1:], True, self._key)

    def _field(self, children: list[Tree[Token] | Token]) -> Node:
        name = cast("FieldName", str(children[0]).removesuffix(":"))
        return In(name, self.node(cast("Tree[Token]", children[1])))

    def _at_least(self, children: list[Tree[Token] | Token]) -> Node:
        number = int(str(children[0]).partition("/")[2])
        parts = tuple(map(self.node, cast("list[Tree[Token]]", children[1:])))
        if not 1 <= number <= len(parts):
            raise self._wrong(
                cast("Token", children[0]),
                f"at least {number} of {len(parts)}",
                f"a number from 1 to {len(parts)}",
            )
        return Any(parts, number)

    def _score(self, children: list[Tree[Token] | Token]) -> Node:
        threshold = int(str(children[0]).partition("/")[2])
        weighted = [cast("Tree[Token]", child).children for child in children[1:]]
        parts = tuple(self.node(cast("Tree[Token]", part)) for part, _ in weighted)
        return Score(threshold, parts, tuple(int(str(weight)) for _, weight in weighted))

    def _wrong(self, token: Token, what: str, fix: str) -> RuleError:
        return _error(self._query, self._key, token.start_pos or 0, what, fix)


def spans(node: Node) -> bool:
    """Whether a node stands at places that can be near others: words, entities, and groups of them."""
    match node:
        case Leaf() | Near():
            return True
        case Any(parts, 1):
            return all(map(spans, parts))
        case _:
            return False


def _misread(query: str, key: Key, error: UnexpectedInput) -> RuleError:
    from lark.exceptions import UnexpectedToken

    if isinstance(error, UnexpectedToken):
        token = error.token
        if token.type == "$END":
            return _error(query, key, len(query), "it ends too early", _MISPLACED["$END"])
        what, fix = _misplaced(token)
        return _error(query, key, token.start_pos or 0, what, fix)
    at = error.pos_in_stream
    assert at is not None  # a character that fits no token has a place
    if query[at : at + 1] in {'"', "“"}:
        return _error(query, key, at, "a quote is opened and not closed", "close it where the phrase ends")
    return _error(query, key, at, f'"{query[at : at + 1]}" means nothing here', "see the guide to rules")


def _misplaced(token: Token) -> tuple[str, str]:
    """What is wrong with a token where it stands, and the fix."""
    word = str(token)
    if word in {"and", "or", "not"}:
        return f'"{word}" is a word here', f"write {word.upper()} in capitals"
    if word.upper().partition("/")[0] in {"NEAR", "ONEAR"} and token.type == "TERM":
        return (
            f'"{word}" is no distance',
            "write NEAR/5 (words between), NEAR/sentence, NEAR/paragraph or NEAR/title",
        )
    if word in {"AND", "OR"}:
        return f"{word} has nothing before it", f"{word} stands between two things"
    return f'"{word}" cannot stand here', _MISPLACED.get(token.type, "write AND or OR before it")


def _error(query: str, key: Key, at: int, what: str, fix: str) -> RuleError:
    """The message, the line of the query, and a caret under the place."""
    at = min(at, len(query.rstrip()))
    before, after = query[:at], query[at:]
    line = before.rpartition("\n")[2] + after.partition("\n")[0]
    column = len(before.rpartition("\n")[2])
    return RuleError(
        (*key, before.count("\n")), f"at column {column + 1}, {what}\n    {line}\n    {' ' * column}^", fix
    )
