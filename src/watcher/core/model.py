"""The values that travel through watcher, named by what has happened to them.

    bytes -parse-> Entry -unseen-> Article -rules-> Match -votes, stories-> Vote, Story -alerts-> Alert

All are frozen. Moments end in `_at` and are aware UTC. Text is plain text: markup is gone, and what looks like
markup is data to be escaped at output.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

__all__ = [
    "Article",
    "Dispute",
    "Entry",
    "Evidence",
    "Match",
    "Outcome",
    "Position",
    "Severity",
    "Tally",
    "Vote",
]


LONGEST_TEXT = 200_000  # characters


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed or a file said, cleaned of markup and control characters, not yet believed.

    `key` tells this entry from the others of its source, also at the next poll: the GUID, else the link, else a
    hash of the content. Never empty. `url` is http(s) or None.
    """

    key: str
    title: str
    text: str
    url: str | None = None
    published_at: datetime | None = None
    language: str | None = None  # BCP 47, as the source states it


@dataclass(frozen=True, slots=True)
class Article:
    """An entry that we store: it has a source and the moment we first saw it."""

    source: str
    key: str
    title: str
    text: str
    seen_at: datetime
    url: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    source_tags: tuple[str, ...] = ()
    page: str = ""  # the text of the page at `url`, where the feed told too little and it was fetched

    @property
    def at(self) -> datetime:
        """When the article is from, as well as we know."""
        return self.published_at or self.seen_at

    @classmethod
    def of(cls, entry: Entry, source: str, seen_at: datetime, source_tags: tuple[str, ...] = ()) -> Article:
        """Of a longer text than any report has, what comes first is kept."""
        return cls(
            source=source,
            key=entry.key,
            title=entry.title,
            text=entry.text[:LONGEST_TEXT],
            seen_at=seen_at,
            url=entry.url,
            published_at=entry.published_at,
            language=entry.language,
            source_tags=source_tags,
        )


class Severity(StrEnum):
    """How urgently a rule's matches should reach a person; ordered by `rank`."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Characters [start, end) of an article's `title`, `text` or `page`, and the term or entity they were read as."""

    field: str  # "title" | "text" | "page"
    start: int
    end: int
    what: str

    def words(self, article: Article) -> str:
        return str(getattr(article, self.field))[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Match:
    """An article satisfied a rule, and these are the spans that made it so, in the order of the text."""

    rule_id: str
    rule_name: str
    severity: Severity
    notify: tuple[str, ...]  # receivers' names
    evidence: tuple[Evidence, ...]
    event: str | None = None  # what the article had to report, beyond its words
    tags: tuple[str, ...] = ()  # of the rule


class Outcome(StrEnum):
    ADOPTED = "adopted"
    REJECTED = "rejected"
    VETOED = "vetoed"


class Position(StrEnum):
    IN_FAVOUR = "in_favour"
    AGAINST = "against"
    ABSTAINED = "abstained"
    ABSENT = "absent"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Tally:
    """The count of a vote. None where the text does not say: a number is never inferred from silence."""

    in_favour: int | None = None
    against: int | None = None
    abstentions: int | None = None
    not_voting: int | None = None

    @property
    def known(self) -> bool:
        """Whether any number of the count proper is there."""
        return any(number is not None for number in self.triple)

    @property
    def full(self) -> bool:
        return all(number is not None for number in self.triple)

    @property
    def triple(self) -> tuple[int | None, int | None, int | None]:
        return (self.in_favour, self.against, self.abstentions)

    def conflicts(self, other: Tally) -> bool:
        """Whether some number is stated by both, and differently."""
        return any(
            a is not None and b is not None and a != b for a, b in zip(self.triple, other.triple, strict=True)
        )

    def __str__(self) -> str:
        """`107-12-51`, with `?` for what is not known."""
        return "-".join("?" if number is None else str(number) for number in self.triple)


@dataclass(frozen=True, slots=True)
class Dispute:
    """What sources say otherwise than what stands: of the "tally", the "outcome", or how a country voted."""

    what: str
    says: str
    sources: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.what} {self.says} according to {', '.join(self.sources)}"


@dataclass(frozen=True, slots=True)
class Vote:
    """One UN vote as an article states it; None and empty mean "the text does not say".

    `body`: UNGA, UNSC, UNHRC, ECOSOC, UNESCO, IAEA …; committees of the Assembly as UNGA-C1 … UNGA-C6; None where
    only "the UN" is named. `stage`: "plenary" or "committee". `subject`: a short phrase from the text, such as
    "an ICJ review of the Israeli occupation". `positions`: canonical country name -> position.
    `evidence`: spans of the article the facts were read from; the first holds the tally, or the decision.
    `doubts`: why the reading may be wrong ("the numbers add up to 203 of 193"); empty when checks passed.
    `source`, `disputes`: of a vote that several sources tell, whose tally stands, and who says otherwise.
    """

    body: str | None = None
    stage: str | None = None
    outcome: Outcome | None = None
    tally: Tally = Tally()
    symbol: str | None = None
    date: date | None = None
    subject: str | None = None
    consensus: bool = False
    unanimous: bool = False
    positions: Mapping[str, Position] = field(default_factory=lambda: MappingProxyType({}))
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[str, ...] = ()
    source: str | None = None
    disputes: tuple[Dispute, ...] = ()
