"""All rules against one article, in one pass over its text.

One Aho-Corasick automaton holds every term of every rule and entity. A scan gives, for each group (an entity, or one
keyword), the places where it stands; the rules are then decided on those places alone. An article costs what its
length costs, however many rules there are.

The event a rule asks for ("un-vote") is not decided here: see watcher.core.judgement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ahocorasick_rs import AhoCorasick, MatchKind

from watcher.core.model import Article, Evidence, Match
from watcher.core.rules.spec import Clause, Entity, Key, RuleError, RuleSpec
from watcher.core.rules.terms import Term, parse_term
from watcher.core.text import Folded

# An alert quotes a few sentences. A long live blog may hold hundreds of hits: the rest would say nothing new.
MOST_EVIDENCE = 60

_Make = Callable[[str, Key], int]  # a name and where it stands in the config -> the number of its group


@dataclass(frozen=True, slots=True)
class _Group:
    """What one name in a clause stands for: any of these terms, unless inside one of the masks."""

    what: str
    terms: frozenset[int]
    masks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    """A group found at [start, end) of a field's folded text."""

    field: str
    start: int
    end: int
    what: str


@dataclass(frozen=True, slots=True)
class _Rule:
    spec: RuleSpec
    needs: tuple[tuple[int, ...], ...]  # of each tuple of groups at least one must be found
    bans: tuple[int, ...]  # of these groups none may be found


class RuleSet:
    """Compiled rules. Immutable, and safe to use from many threads."""

    def __init__(self, specs: Sequence[RuleSpec], entities: Mapping[str, Entity]) -> None:
        """Raises RuleError for the first rule or entity that cannot be compiled."""
        compiler = _Compiler(entities)
        self.specs = tuple(specs)
        self._rules = [compiler.rule(index, spec) for index, spec in enumerate(specs)]
        self._groups = compiler.groups
        self._terms = compiler.terms
        self._by_pattern: dict[str, list[int]] = {}
        for number, term in enumerate(self._terms):
            self._by_pattern.setdefault(term.pattern, []).append(number)
        self._numbers = list(self._by_pattern.values())
        self._automaton = AhoCorasick(list(self._by_pattern), matchkind=MatchKind.Standard)

    def match(self, article: Article) -> tuple[Match, ...]:
        """The rules whose words the article satisfies, in the order of the config; events are not looked at."""
        scan = _Scan(self, article)
        return tuple(match for rule in self._rules if (match := _decide(rule, scan)) is not None)

    def hits(self, text: Folded) -> Iterator[tuple[int, int, int]]:
        """(term number, start, end) of each term in the folded text, boundaries checked."""
        for pattern, start, end in self._automaton.find_matches_as_indexes(text.folded, overlapping=True):
            for number in self._numbers[pattern]:
                reach = self._terms[number].reach(text, start, end)
                if reach is not None:
                    yield number, start, reach


class _Compiler:
    """Numbers the terms and groups of all rules, each once."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self.entities = entities
        self.terms: list[Term] = []
        self.groups: list[_Group] = []
        self._term_numbers: dict[str, int] = {}
        self._group_numbers: dict[tuple[str, str], int] = {}

    def rule(self, index: int, spec: RuleSpec) -> _Rule:
        key = ("rules", index)
        needs: list[tuple[int, ...]] = []
        bans: list[int] = []
        for kind, clause, make in (
            ("entities", spec.entities, self._entity),
            ("keywords", spec.keywords, self._keyword),
        ):
            needs += self._needs(clause, (*key, kind), make)
            bans += [make(name, (*key, kind, "none", at)) for at, name in enumerate(clause.none)]
        if not needs:
            raise RuleError(key, "nothing to look for", "give it entities.any, entities.all or keywords.any")
        return _Rule(spec, tuple(needs), tuple(bans))

    @staticmethod
    def _needs(clause: Clause, key: Key, make: _Make) -> list[tuple[int, ...]]:
        needs: list[tuple[int, ...]] = [
            (make(name, (*key, "all", at)),) for at, name in enumerate(clause.all)
        ]
        if clause.any:
            needs.append(tuple(make(name, (*key, "any", at)) for at, name in enumerate(clause.any)))
        return needs

    def _entity(self, name: str, key: Key) -> int:
        entity = self.entities.get(name)
        if entity is None:
            raise RuleError(key, f'there is no entity "{name}"', f"write [entities.{name}] with its names")
        terms = self._terms(entity.names, ("entities", name, "names"))
        masks = self._terms(entity.not_names, ("entities", name, "not_names"))
        return self._group(("entity", name), _Group(name, terms, masks))

    def _keyword(self, word: str, key: Key) -> int:
        return self._group(("keyword", word), _Group(word, frozenset([self._term(word, key)])))

    def _group(self, identity: tuple[str, str], group: _Group) -> int:
        if identity not in self._group_numbers:
            self._group_numbers[identity] = len(self.groups)
            self.groups.append(group)
        return self._group_numbers[identity]

    def _terms(self, sources: Iterable[str], key: Key) -> frozenset[int]:
        return frozenset(self._term(source, (*key, at)) for at, source in enumerate(sources))

    def _term(self, source: str, key: Key) -> int:
        if source not in self._term_numbers:
            try:
                term = parse_term(source)
            except ValueError as error:
                raise RuleError(key, str(error), "write a word, a phrase, a prefix* or =Exact") from error
            self._term_numbers[source] = len(self.terms)
            self.terms.append(term)
        return self._term_numbers[source]


class _Scan:
    """Where each group stands in one article."""

    def __init__(self, rules: RuleSet, article: Article) -> None:
        self.fields = {"title": Folded(article.title), "text": Folded(article.text)}
        self._groups = rules._groups
        self._hits = {name: _by_term(rules.hits(text)) for name, text in self.fields.items()}
        self._places: dict[int, list[_Place]] = {}

    def places(self, group: int) -> list[_Place]:
        """In the order of the article: title first."""
        if group not in self._places:
            self._places[group] = list(self._find(self._groups[group]))
        return self._places[group]

    def _find(self, group: _Group) -> Iterator[_Place]:
        for name, hits in self._hits.items():
            masks = [span for term in group.masks & hits.keys() for span in hits[term]]
            spans = sorted(span for term in group.terms & hits.keys() for span in hits[term])
            for start, end in _longest(spans):
                if not any(left <= start and end <= right for left, right in masks):
                    yield _Place(name, start, end, group.what)

    def unit(self, place: _Place, near: str) -> tuple[str, int]:
        """The sentence or paragraph that holds a place; the title is one of either."""
        text = self.fields[place.field]
        if near == "title" or place.field == "title":
            return place.field, 0
        start, _ = text.span(place.start, place.end)
        if near == "sentence":
            return place.field, text.sentence_at(start)
        return place.field, text.raw.count("\n\n", 0, start)

    def words_between(self, left: _Place, right: _Place) -> int:
        """How many words stand between two places of one field; 0 when they touch or overlap."""
        text = self.fields[left.field]
        return max(0, text.word_at(right.start) - text.word_at(left.end - 1) - 1)

    def evidence(self, places: Iterable[_Place]) -> tuple[Evidence, ...]:
        spans = []
        for place in sorted(set(places), key=lambda p: (p.field != "title", p.start, -p.end)):
            start, end = self.fields[place.field].span(place.start, place.end)
            spans.append(Evidence(place.field, start, end, place.what))
        return tuple(spans[:MOST_EVIDENCE])


class _Near:
    """Whether places that satisfy every need stand together."""

    def __init__(self, scan: _Scan, needs: Sequence[Sequence[_Place]]) -> None:
        self._scan = scan
        self._needs = needs

    def together(self, near: int | str) -> list[_Place]:
        """All places in those units or windows that hold one of each need; empty when there is none."""
        return self._in_window(near) if isinstance(near, int) else self._in_unit(near)

    def _in_unit(self, near: str) -> list[_Place]:
        units: dict[tuple[str, int], dict[int, list[_Place]]] = {}
        for need, places in enumerate(self._needs):
            for place in places:
                if near != "title" or place.field == "title":
                    units.setdefault(self._scan.unit(place, near), {}).setdefault(need, []).append(place)
        whole = [held for held in units.values() if len(held) == len(self._needs)]
        return [place for held in whole for places in held.values() for place in places]

    def _in_window(self, most_between: int) -> list[_Place]:
        """A window slides over the places: as its right end moves on, the left end follows to within reach."""
        found: list[_Place] = []
        tagged = self._in_order
        left = 0
        for right in range(len(tagged)):
            while left < right and not self._reach(tagged[left][0], tagged[right][0], most_between):
                left += 1
            window = tagged[left : right + 1]
            if len({need for _, need in window}) == len(self._needs):
                found += [place for place, _ in window]
        return found

    def _reach(self, left: _Place, right: _Place, most_between: int) -> bool:
        return left.field == right.field and self._scan.words_between(left, right) <= most_between

    @cached_property
    def _in_order(self) -> list[tuple[_Place, int]]:
        return sorted((place, need) for need, places in enumerate(self._needs) for place in places)


def _decide(rule: _Rule, scan: _Scan) -> Match | None:
    def places(groups: Iterable[int]) -> list[_Place]:
        return [place for group in groups for place in scan.places(group) if place.field in rule.spec.fields]

    needs = [places(groups) for groups in rule.needs]
    if not all(needs) or places(rule.bans):
        return None
    near = rule.spec.near
    held = [place for need in needs for place in need] if near is None else _Near(scan, needs).together(near)
    if not held:
        return None
    spec = rule.spec
    return Match(spec.id, spec.name, spec.severity, spec.notify, scan.evidence(held), spec.event)


def _by_term(hits: Iterable[tuple[int, int, int]]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for term, start, end in hits:
        found.setdefault(term, []).append((start, end))
    return found


def _longest(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Of spans in order, those not inside another: "UN General Assembly" is one hit, not two."""
    last_end = -1
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if end > last_end:
            yield start, end
            last_end = end
