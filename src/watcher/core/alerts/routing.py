"""Who is told of an alert: the first of the [[routes]] that takes it says so, else the rules that matched.

A route that goes on adds its receivers, and leaves the word to those below it, and at last to the rules.

A route asks for things about the alert as a whole; it takes one of which all of them are true. What a route asks for
is also what a silence asks for (silences.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from watcher.core.judgement import Judgement
from watcher.core.model import Article, Position, Severity, Vote
from watcher.core.rules.spec import Held


class Occasion(StrEnum):
    """What a message is about: the first report of an event, what came later, or a trouble of watcher's own."""

    FIRST = "first"
    UPDATE = "update"
    CORRECTION = "correction"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Traits:
    """What routes and silences look at. `entities`: those that the article names. `story`: its key, where it has one.

    `positions`: how countries voted, each with what is told of it in any of the alert's votes.
    """

    occasion: Occasion
    severity: Severity
    rules: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    source: str = ""
    source_tags: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    positions: Mapping[str, frozenset[Position]] = field(default_factory=dict)
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """What an alert must be like. Of each list any one will do, of `positions` each; what is empty asks for nothing."""

    rules: tuple[str, ...] = ()
    severity: tuple[Severity, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    source_tags: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    positions: tuple[Held, ...] = ()
    kinds: tuple[Occasion, ...] = ()
    stories: tuple[str, ...] = ()

    def lacking(self, traits: Traits) -> tuple[str, ...]:
        """What is asked for and not so, in words; nothing where all of it is so."""
        asked = (
            _any_of("rule", self.rules, traits.rules),
            _any_of("severity", self.severity, [traits.severity]),
            _any_of("tag", self.tags, traits.tags),
            _any_of("source", self.sources, [traits.source] if traits.source else []),
            _any_of("tag of the source", self.source_tags, traits.source_tags),
            _any_of("entity", self.entities, traits.entities),
            *(_held(each, traits.positions) for each in self.positions),
            _any_of("kind", self.kinds, [traits.occasion]),
            _any_of("story", self.stories, [traits.story] if traits.story else []),
        )
        return tuple(each for each in asked if each)

    @property
    def in_words(self) -> str:
        """`rule un-votes, severity high or medium, Israel against`; "every alert" where nothing is asked for."""
        told = (
            *(f"{name} {' or '.join(wanted)}" for name, wanted in self._named() if wanted),
            *map(str, self.positions),
        )
        return ", ".join(told) or "every alert"

    def _named(self) -> Iterator[tuple[str, Sequence[str]]]:
        yield "rule", self.rules
        yield "severity", self.severity
        yield "tag", self.tags
        yield "source", self.sources
        yield "tag of the source", self.source_tags
        yield "entity", self.entities
        yield "kind", self.kinds
        yield "story", self.stories


@dataclass(frozen=True, slots=True)
class Route:
    """`receivers`: who is told of what it takes; none where that is dropped on purpose. `goes_on`: they are told
    besides, and the routes below are asked as if this one had not taken it.
    """

    name: str
    conditions: Conditions
    receivers: tuple[str, ...]
    goes_on: bool = False

    def lacking(self, traits: Traits) -> tuple[str, ...]:
        """Why it does not take an alert like this; nothing where it does.

        Watcher's own troubles are taken only by a route that names them.
        """
        if traits.occasion is Occasion.OPERATOR and Occasion.OPERATOR not in self.conditions.kinds:
            return ("does not name the kind operator",)
        return self.conditions.lacking(traits)


@dataclass(frozen=True, slots=True)
class Routed:
    """`receivers`: each once. `by`: the names of the routes that took it.

    `exact`: those and nobody else, also where others were told of the story before: a route that names kinds says of
    updates and corrections who gets them, and one without receivers drops them.
    """

    receivers: tuple[str, ...]
    by: tuple[str, ...] = ()
    exact: bool = False

    @property
    def in_words(self) -> str:
        if not self.by:
            return ""
        names = " and ".join(f"“{name}”" for name in self.by)
        return f"by route {names}" if self.receivers else f"dropped by route {names}"


def opinions(routes: Iterable[Route], traits: Traits) -> Iterator[tuple[Route, tuple[str, ...] | None]]:
    """What each route says to an alert like this: what it lacks, nothing where it is taken; None where the route is not
    asked any more.
    """
    ended = False
    for each in routes:
        lacking = None if ended else each.lacking(traits)
        yield each, lacking
        ended = ended or (lacking == () and not each.goes_on)


def route(routes: Iterable[Route], traits: Traits, otherwise: Sequence[str]) -> Routed:
    """Who is told. `otherwise`: who is told where no route has the last word."""
    taken = [each for each, lacking in opinions(routes, traits) if lacking == ()]
    last = next((each for each in taken if not each.goes_on), None)
    names = (name for each in taken for name in each.receivers)
    receivers = tuple(dict.fromkeys((*names, *(() if last else otherwise))))
    exact = last is not None and (not receivers or bool(last.conditions.kinds))
    return Routed(receivers, tuple(each.name for each in taken), exact)


def traits_of(
    article: Article, judgement: Judgement, votes: Iterable[Vote], occasion: Occasion, story: str | None
) -> Traits:
    """Of an alert about this article, which matches. `votes`: what is known of them, by all reports together."""
    positions: dict[str, frozenset[Position]] = {}
    for vote in votes:
        for country, position in vote.positions.items():
            positions[country] = positions.get(country, frozenset()) | {position}
    matches = judgement.matches
    return Traits(
        occasion=occasion,
        severity=max((match.severity for match in matches), key=lambda severity: severity.rank),
        rules=tuple(match.rule_id for match in matches),
        tags=tuple(dict.fromkeys(tag for match in matches for tag in match.tags)),
        source=article.source,
        source_tags=article.source_tags,
        entities=judgement.entities,
        positions=positions,
        story=story,
    )


def _any_of(name: str, wanted: Sequence[str], there: Sequence[str]) -> str | None:
    if not wanted or set(wanted) & set(there):
        return None
    return f"{name}: {', '.join(there) or 'none'}, not {' or '.join(wanted)}"


def _held(wanted: Held, positions: Mapping[str, frozenset[Position]]) -> str | None:
    held = positions.get(wanted.country, frozenset())
    if held & set(wanted.positions):
        return None
    how = " and ".join(sorted(position.words for position in held)) or "not stated how it voted"
    return f"{wanted.country}: {how}, not {' or '.join(position.words for position in wanted.positions)}"
