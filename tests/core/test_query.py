"""The query language: what it says, what it refuses, and that it can be written back."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.rules import RuleError
from watcher.core.rules.query import parse
from watcher.core.rules.tree import All, Any, In, Leaf, Near, Node, Not, Score

KEY = ("rules", 0, "query")


def word(name: str) -> Leaf:
    return Leaf(name, False, KEY)


def entity(name: str) -> Leaf:
    return Leaf(name, True, KEY)


A, B, C = word("a"), word("b"), word("c")


@pytest.mark.parametrize(
    ("query", "means"),
    [
        ("vote*", word("vote*")),
        ('"in favour"', word("in favour")),
        ("“in favour”", word("in favour")),
        ("=UN", word("=UN")),
        ("@un-bodies", entity("un-bodies")),
        ("A/RES/*", word("A/RES/*")),
        ("a OR b OR c", Any((A, B, C))),
        ("a AND b", All((A, B))),
        ("a OR b AND c", Any((A, All((B, C))))),
        ("(a OR b) AND c", All((Any((A, B)), C))),
        ("a AND NOT b", All((A, Not(B)))),
        ("a NEAR/5 b", Near((A, B), 5)),
        ("a NEAR/sentence b NEAR/sentence c", Near((A, B, C), "sentence")),
        ("a ONEAR/3 b", Near((A, B), 3, ordered=True)),
        ("a NEAR/5 (b OR c)", Near((A, Any((B, C))), 5)),
        ("title:a AND text:(b OR c)", All((In("title", A), In("text", Any((B, C)))))),
        ("ATLEAST/2(a, b, c)", Any((A, B, C), 2)),
        ("SCORE/10(a^6, b^5, c^-9)", Score(10, (A, B, C), (6, 5, -9))),
        ("a\n  AND b", All((A, B))),
        ("ORACLE AND NOTE", All((word("ORACLE"), word("NOTE")))),
    ],
)
def test_a_query_means_what_it_means_in_other_tools(query: str, means: Node) -> None:
    assert parse(query, KEY) == means


@pytest.mark.parametrize(
    ("query", "column", "says"),
    [
        ("a b", 3, "AND or OR"),
        ("a and b", 3, "AND in capitals"),
        ("a AND", 6, "missing"),
        ("AND a", 1, "stands between"),
        ("(a OR b", 8, "missing"),
        ("a)", 2, "parenthesis"),
        ('a OR "b', 6, "quote is opened"),
        ("a NEAR b", 3, "NEAR/5"),
        ("a NEAR/x b", 3, "NEAR/5"),
        ("(a AND b) NEAR/3 c", 2, "joined by OR"),
        ("a NEAR/2 b NEAR/3 c", 12, "parentheses"),
        ("ATLEAST/4(a, b)", 1, "from 1 to 2"),
        ("", 1, "missing"),
        ("a ^ b", 3, "cannot stand"),
    ],
)
def test_a_mistake_is_shown_at_its_column_with_what_to_do(query: str, column: int, says: str) -> None:
    with pytest.raises(RuleError) as refused:
        parse(query, KEY)
    first, line, caret = refused.value.what.split("\n")
    assert f"at column {column}," in first
    assert line.strip() == query.strip()
    assert caret.index("^") - 4 == column - 1
    assert says in f"{first} {refused.value.fix}"


def test_a_mistake_in_a_query_of_several_lines_shows_its_own_line() -> None:
    with pytest.raises(RuleError) as refused:
        parse("@israel AND\n  (vote* veto*)", KEY)
    assert "\n      (vote* veto*)\n" in refused.value.what


LEAVES = st.sampled_from([A, B, C, word("in favour"), word("=UN"), word("vote*"), entity("israel")])


def _trees(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    near = st.lists(LEAVES, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        several.map(Any),
        several.map(All),
        several.map(lambda parts: Any(parts, 2)),
        inner.map(Not),
        st.builds(Near, near, st.sampled_from([0, 7, "sentence", "title"]), st.booleans()),
        st.builds(In, st.sampled_from(["title", "text"]), inner),
        several.map(lambda parts: Score(3, parts, tuple(range(1, len(parts) + 1)))),
    )


@given(st.recursive(LEAVES, _trees, max_leaves=12))
def test_every_tree_can_be_written_as_a_query_and_read_back(tree: Node) -> None:
    assert flat(parse(str(tree), KEY)) == flat(tree)


def flat(node: Node) -> str:
    """Written out, a OR (b OR c) and a OR b OR c say the same; the text is what counts."""
    return str(node)


@given(st.text(max_size=60))
def test_no_query_whatever_breaks_the_reader(query: str) -> None:
    with suppress(RuleError):
        parse(query, KEY)
