"""The engine, which is fast, says what the oracle says, which is obvious."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from tests.core import oracle
from watcher.core.model import Article, Severity
from watcher.core.rules import Entity, RuleSet, RuleSpec
from watcher.core.rules.tree import All, Any, In, Leaf, Near, Node, Not, Score, can_hold_nothing

NOW = datetime(2026, 2, 24, tzinfo=UTC)
ENTITIES = {"duck": ("duck", "drake*"), "goose": ("goose", "grey goose", "gander")}
WORDS = st.sampled_from(["duck", "drakes", "goose", "gander", "grey", "swan", "swans", "ox"])
TERMS = st.sampled_from(["duck", "swan", "swan*", "sw*", "grey goose", "grey", "ox swan", "ox"])

SENTENCES = st.lists(WORDS, min_size=1, max_size=5)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=3)
TEXTS = st.lists(PARAGRAPHS, max_size=3)
TITLES = st.lists(WORDS, max_size=5)

LEAVES = st.one_of(
    st.builds(Leaf, TERMS, st.just(False), st.just(())),
    st.builds(Leaf, st.sampled_from(sorted(ENTITIES)), st.just(True), st.just(())),
)
WITHIN = st.one_of(st.integers(0, 4), st.sampled_from(["sentence", "paragraph", "title"]))


def pairs(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.lists(inner, min_size=2, max_size=3).map(tuple)


GROUPS = st.one_of(LEAVES, pairs(LEAVES).map(Any))
NEARS = st.builds(Near, pairs(GROUPS), WITHIN, st.booleans())


def trees(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        pairs(inner).map(All),
        st.builds(Any, pairs(inner), st.integers(1, 2)),
        inner.map(Not),
        st.builds(In, st.sampled_from(["title", "text"]), inner),
        pairs(inner).flatmap(
            lambda parts: st.builds(
                Score, st.integers(1, 6), st.just(parts), st.tuples(*[st.integers(-4, 6)] * len(parts))
            )
        ),
    )


CONDITIONS = st.recursive(st.one_of(LEAVES, NEARS), trees, max_leaves=10).filter(
    lambda node: not can_hold_nothing(node)
)


def written(paragraphs: Sequence[Sequence[Sequence[str]]]) -> str:
    """As an author would write it: sentences begin with a capital and end with a full stop."""
    return "\n\n".join(
        " ".join(" ".join(sentence).capitalize() + "." for sentence in paragraph) for paragraph in paragraphs
    )


def article(title: Sequence[str], text: Sequence[Sequence[Sequence[str]]]) -> Article:
    return Article("test", "1", " ".join(title), written(text), NOW)


def fields(title: Sequence[str], text: Sequence[Sequence[Sequence[str]]]) -> Mapping[str, list[oracle.Word]]:
    return {"title": oracle.words_of([[title]] if title else []), "text": oracle.words_of(text)}


def compiled(*conditions: Node) -> RuleSet:
    entities = {name: Entity(name, names) for name, names in ENTITIES.items()}
    specs = [RuleSpec(str(at), "R", Severity.LOW, (), query=str(node)) for at, node in enumerate(conditions)]
    return RuleSet(specs, entities)


@given(st.lists(CONDITIONS, min_size=1, max_size=4), TITLES, TEXTS)
def test_the_engine_matches_what_the_oracle_says(
    conditions: list[Node], title: list[str], text: list[list[list[str]]]
) -> None:
    rules = compiled(*conditions)
    matched = {match.rule_id for match in rules.match(article(title, text))}
    said = {
        str(at) for at, node in enumerate(conditions) if oracle.holds(node, fields(title, text), ENTITIES)
    }
    assert matched == said


@example(Near((Leaf("grey", False, ()), Leaf("goose", True, ())), 0, True), ["grey", "goose"], [])
@given(NEARS, TITLES, TEXTS)
def test_near_is_shown_by_just_the_places_that_are_near(
    near: Near, title: list[str], text: list[list[list[str]]]
) -> None:
    seen = article(title, text)
    [opinion] = compiled(near).explain(seen)
    shown = {evidence.words(seen).lower() for evidence in opinion.evidence}
    found = {
        " ".join(word.text for word in fields(title, text)[hit.field][hit.first.number : hit.last.number + 1])
        for hit in oracle.hits(near, fields(title, text), ENTITIES)
    }
    assert shown <= found
    assert bool(shown) is bool(found)


@given(CONDITIONS, TITLES, TEXTS)
def test_an_explanation_never_says_otherwise_than_the_match(
    condition: Node, title: list[str], text: list[list[list[str]]]
) -> None:
    rules, seen = compiled(condition), article(title, text)
    [opinion] = rules.explain(seen)
    assert opinion.matches is bool(rules.match(seen))
