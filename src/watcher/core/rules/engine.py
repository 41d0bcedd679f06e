"""All rules against one article, in one pass over its text.

One Aho-Corasick automaton holds every term of every rule and entity. A scan gives the places of each term; the rules
that have a term there are then decided on those places alone (see verdict.py). An article costs what its length and
its hits cost, however many rules there are.

The event a rule asks for ("un-vote") is not decided here: see watcher.core.judgement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from watcher.core.model import Article, Evidence, Match
from watcher.core.rules.lists import condition, mentions
from watcher.core.rules.spec import Entity, Key, RuleError, RuleSpec
from watcher.core.rules.terms import Term, parse_term
from watcher.core.rules.tree import All, Any, In, Leaf, Near, Node, can_hold_nothing, leaves
from watcher.core.rules.verdict import Place, Verdict, weigh
from watcher.core.text import Folded

# An alert quotes a few sentences. A long live blog may hold hundreds of hits: the rest would say nothing new.
MOST_EVIDENCE = 60


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule: what it says, and the condition it means. `mentions`: those of its `vote`, in their order."""

    spec: RuleSpec
    condition: Node
    mentions: tuple[Leaf, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a rule makes of an article. `excluded`: why it does not look at it at all, or None."""

    rule: Rule
    excluded: str | None
    verdict: Verdict
    evidence: tuple[Evidence, ...]

    @property
    def matches(self) -> bool:
        return self.excluded is None and self.verdict.holds


class RuleSet:
    """Compiled rules. Immutable, and safe to use from many threads."""

    def __init__(self, specs: Sequence[RuleSpec], entities: Mapping[str, Entity]) -> None:
        """Raises RuleError for the first rule or entity that cannot be compiled."""
        self.specs = tuple(specs)
        self.rules = tuple(_compiled(spec, ("rules", at)) for at, spec in enumerate(specs))
        self._by_id = {rule.spec.id: rule for rule in self.rules}
        index = _Index(entities)
        self._rules_of: dict[int, set[int]] = {}  # term -> the rules that are looked at where it stands
        for number, rule in enumerate(self.rules):
            for leaf in (*leaves(rule.condition), *rule.mentions):
                index.meaning(leaf)  # to be looked for
            for term in _needed(rule.condition, lambda leaf: index.meaning(leaf).terms):
                self._rules_of.setdefault(term, set()).add(number)
        self._entities = tuple(Leaf(name, True, ("entities", name)) for name in entities)
        for leaf in self._entities:
            index.meaning(leaf)  # routes and silences ask for any of them
        self._index = index
        self._terms = index.terms
        by_pattern: dict[str, list[int]] = {}
        for number, each in enumerate(self._terms):
            by_pattern.setdefault(each.pattern, []).append(number)
        self._numbers = list(by_pattern.values())
        self._automaton = AhoCorasick(list(by_pattern), matchkind=MatchKind.Standard)

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id. Raises KeyError."""
        return self._by_id[rule_id]

    def match(self, article: Article) -> tuple[Match, ...]:
        """The rules whose words the article satisfies, in the order of the config; events are not looked at."""
        scan = self._scan(article)
        touched = {rule for term in scan.terms for rule in self._rules_of.get(term, ())}
        opinions = (self._opinion(self.rules[number], article, scan) for number in sorted(touched))
        return tuple(_match(opinion) for opinion in opinions if opinion.matches)

    def entities_in(self, article: Article) -> tuple[str, ...]:
        """The ids of all entities that the article names, whichever its rules ask for."""
        scan = self._scan(article)
        return tuple(leaf.name for leaf in self._entities if scan.places(leaf))

    def standing_in(self, text: Folded, among: Iterable[Leaf]) -> tuple[Leaf, ...]:
        """Those of these leaves of its rules that stand in a text."""
        scan = _Scan(self._index, {"text": text}, {"text": self._hits(text)})
        return tuple(leaf for leaf in among if scan.places(leaf))

    def explain(self, article: Article) -> tuple[Opinion, ...]:
        """What every rule makes of the article, and why."""
        scan = self._scan(article)
        return tuple(self._opinion(rule, article, scan, whole=True) for rule in self.rules)

    def _opinion(self, rule: Rule, article: Article, scan: _Scan, *, whole: bool = False) -> Opinion:
        verdict = weigh(rule.condition, scan, whole=whole)
        evidence = scan.evidence(verdict.places) if verdict.holds else ()
        return Opinion(rule, _excluded(rule.spec, article), verdict, evidence)

    def _scan(self, article: Article) -> _Scan:
        fields = {"title": Folded(article.title), "text": Folded(article.text)}
        return _Scan(self._index, fields, {name: self._hits(text) for name, text in fields.items()})

    def _hits(self, text: Folded) -> dict[int, list[tuple[int, int]]]:
        """Term number -> the spans where it stands in the folded text, boundaries checked."""
        found: dict[int, list[tuple[int, int]]] = {}
        folded = text.folded
        plain = folded.isascii()  # no script in which a word may begin inside another
        for pattern, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if plain and folded[start - 1 : start].isalnum():
                continue
            for number in self._numbers[pattern]:
                reach = self._terms[number].reach(text, start, end)
                if reach is not None:
                    found.setdefault(number, []).append((start, reach))
        return found


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a leaf stands for: any of these terms, unless inside one of the masks."""

    terms: frozenset[int]
    masks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Parts:
    """Of a row of nodes: which of them are leaves that a term stands for, and which are no leaves."""

    by_term: Mapping[int, tuple[int, ...]]
    others: frozenset[int]


class _Index:
    """Numbers the terms of all leaves, each once."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self.terms: list[Term] = []
        self._entities = entities
        self._numbers: dict[str, int] = {}
        self._meanings: dict[tuple[str, bool], _Meaning] = {}
        self._parts: dict[int, tuple[tuple[Node, ...], _Parts]] = {}

    def meaning(self, leaf: Leaf) -> _Meaning:
        identity = leaf.name, leaf.is_entity
        if identity not in self._meanings:
            self._meanings[identity] = self._entity(leaf) if leaf.is_entity else self._word(leaf)
        return self._meanings[identity]

    def parts(self, nodes: tuple[Node, ...]) -> _Parts:
        """Worked out once for each row of nodes of the rules: a row lives as long as its rule."""
        if id(nodes) not in self._parts:
            by_term: dict[int, tuple[int, ...]] = {}
            for at, node in enumerate(nodes):
                for term in self.meaning(node).terms if isinstance(node, Leaf) else ():
                    by_term[term] = (*by_term.get(term, ()), at)
            others = frozenset(at for at, node in enumerate(nodes) if not isinstance(node, Leaf))
            self._parts[id(nodes)] = nodes, _Parts(by_term, others)
        return self._parts[id(nodes)][1]

    def _word(self, leaf: Leaf) -> _Meaning:
        return _Meaning(frozenset([self._number(leaf.name, leaf.key)]))

    def _entity(self, leaf: Leaf, within: tuple[str, ...] = ()) -> _Meaning:
        """The names of an entity, and of those it is built on; `within`: the entities that this is a name of."""
        entity = self._entities.get(leaf.name)
        if entity is None:
            fix = f"write [entities.{leaf.name}] with its names"
            raise RuleError(leaf.key, f'there is no entity "{leaf.name}"', fix)
        if leaf.name in within:
            raise RuleError(leaf.key, f"@{leaf.name} is built on itself", "take it out of its own names")
        terms, masks = set[int](), set[int]()
        for at, name in enumerate(entity.names):
            key: Key = ("entities", leaf.name, "names", at)
            if name.startswith("@"):
                inner = self._entity(Leaf(name.removeprefix("@"), True, key), (*within, leaf.name))
                terms, masks = terms | inner.terms, masks | inner.masks
            else:
                terms.add(self._number(name, key))
        for at, name in enumerate(entity.not_names):
            masks.add(self._number(name, ("entities", leaf.name, "not_names", at)))
        return _Meaning(frozenset(terms), frozenset(masks))

    def _number(self, source: str, key: Key) -> int:
        if source not in self._numbers:
            try:
                term = parse_term(source)
            except ValueError as error:
                raise RuleError(key, str(error), "write a word, a phrase, a prefix* or =Exact") from error
            self._numbers[source] = len(self.terms)
            self.terms.append(term)
        return self._numbers[source]


class _Scan:
    """Where everything stands in one article: the Sight of verdict.py."""

    def __init__(
        self,
        index: _Index,
        fields: Mapping[str, Folded],
        hits: Mapping[str, Mapping[int, list[tuple[int, int]]]],
    ) -> None:
        self._index = index
        self._fields = fields
        self._hits = hits
        self.terms = {term for found in hits.values() for term in found}  # the numbers of all that were found
        self._places: dict[tuple[str, bool], list[Place]] = {}

    def present(self, parts: tuple[Node, ...]) -> list[int]:
        named = self._index.parts(parts)
        found = {at for term in self.terms & named.by_term.keys() for at in named.by_term[term]}
        return sorted(found | named.others)

    def places(self, leaf: Leaf) -> list[Place]:
        identity = leaf.name, leaf.is_entity
        if identity not in self._places:
            self._places[identity] = list(self._find(leaf))
        return self._places[identity]

    def _find(self, leaf: Leaf) -> Iterator[Place]:
        meaning = self._index.meaning(leaf)
        for name, hits in self._hits.items():
            if not hits:
                continue
            spans = [span for term in meaning.terms & hits.keys() for span in hits[term]]
            if len(spans) > 1:
                spans = _longest(spans)
            if spans and meaning.masks:
                masks = sorted(span for term in meaning.masks & hits.keys() for span in hits[term])
                spans = _unmasked(spans, masks)
            for start, end in spans:
                yield Place(name, start, end, leaf.name)

    def unit(self, place: Place, name: str) -> tuple[str, int]:
        text = self._fields[place.field]
        if name == "title" or place.field == "title":
            return place.field, 0
        start, _ = text.span(place.start, place.end)
        return place.field, text.sentence_at(start) if name == "sentence" else text.paragraph_at(start)

    def words_between(self, left: Place, right: Place) -> int:
        text = self._fields[left.field]
        return max(0, text.word_at(right.start) - text.word_at(left.end - 1) - 1)

    def evidence(self, places: Iterable[Place]) -> tuple[Evidence, ...]:
        """The places as spans of the raw text, in the order of the article; the longer first where they begin alike."""
        ordered = sorted(set(places), key=lambda p: (p.field != "title", p.start, -p.end))
        return tuple(
            Evidence(place.field, *self._fields[place.field].span(place.start, place.end), place.what)
            for place in ordered[:MOST_EVIDENCE]
        )


def _compiled(spec: RuleSpec, key: Key) -> Rule:
    return Rule(spec, condition(spec, key), mentions(spec, key))


def _needed(node: Node, terms: Callable[[Leaf], frozenset[int]]) -> frozenset[int]:
    """Terms of which one must stand in an article for a condition to hold, as few as can be named; most articles have
    none of them. `node`: none that can hold nothing.
    """
    match node:
        case In(_, part):
            return _needed(part, terms)
        case All(parts) | Near(parts):
            return min((_needed(part, terms) for part in parts if not can_hold_nothing(part)), key=len)
        case Any(parts):
            return frozenset().union(*(_needed(part, terms) for part in parts if not can_hold_nothing(part)))
        case _:
            return frozenset().union(*map(terms, leaves(node)))


def _match(opinion: Opinion) -> Match:
    spec = opinion.rule.spec
    return Match(spec.id, spec.name, spec.severity, spec.notify, opinion.evidence, spec.event, spec.tags)


def _excluded(spec: RuleSpec, article: Article) -> str | None:
    """Why a rule does not look at an article at all. A language that is not known excludes nothing."""
    if spec.source_tags and not set(spec.source_tags) & set(article.source_tags):
        return f"its source has none of the tags {', '.join(spec.source_tags)}"
    language = (article.language or "").lower()
    if (
        spec.languages
        and language
        and not any(_speaks(language, wanted.lower()) for wanted in spec.languages)
    ):
        return f"it is in {article.language}, not in {', '.join(spec.languages)}"
    return None


def _speaks(language: str, wanted: str) -> bool:
    return language == wanted or language.startswith(f"{wanted}-")


def _longest(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of spans those not inside another, in order: "UN General Assembly" is one hit, not two."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def _unmasked(spans: Iterable[tuple[int, int]], masks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of spans in order those that lie inside no mask; masks in order of their start."""
    kept = []
    at, reach = 0, -1  # how far the masks reach that begin no later than the span
    for start, end in spans:
        while at < len(masks) and masks[at][0] <= start:
            reach = max(reach, masks[at][1])
            at += 1
        if end > reach:
            kept.append((start, end))
    return kept
