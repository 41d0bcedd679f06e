"""Two sets of rules over the same articles: what the second gains, loses and keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from watcher.core.assessment import Assessment
from watcher.core.forms import Document, evidence_documents
from watcher.core.model import Article, Match

SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a rule matches, with the match that says why."""

    article: Article
    match: Match


@dataclass(slots=True)
class RuleChange:
    """What an edit does to one rule. A rule that is new has gained all, one that is gone has lost all."""

    rule_id: str
    gained: list[Hit] = field(default_factory=list)
    lost: list[Hit] = field(default_factory=list)
    kept: int = 0

    @property
    def before(self) -> int:
        return self.kept + len(self.lost)

    @property
    def after(self) -> int:
        return self.kept + len(self.gained)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`days`: how long a time the articles span, at least one; counts a day are divided by it."""

    rules: tuple[RuleChange, ...]
    articles: int
    days: float
    alerts_before: int
    alerts_after: int

    def document(self) -> Document:
        """For `--json`, with every article."""
        return {
            "articles": self.articles,
            "days": self.days,
            "alerts": {"before": self.alerts_before, "after": self.alerts_after},
            "rules": [
                {
                    "rule": change.rule_id,
                    "before": change.before,
                    "after": change.after,
                    "kept": change.kept,
                    "gained": [_document(hit) for hit in change.gained],
                    "lost": [_document(hit) for hit in change.lost],
                }
                for change in self.rules
            ],
        }


def _document(hit: Hit) -> Document:
    article = hit.article
    return {
        "source": article.source,
        "key": article.key,
        "title": article.title,
        "url": article.url,
        "at": article.at.isoformat(),
        "evidence": evidence_documents(hit.match.evidence, article),
    }


def compare(pairs: Iterable[tuple[Assessment, Assessment]]) -> Comparison:
    """`pairs`: what came of each article under the old rules and under the new."""
    changes: dict[str, RuleChange] = {}
    moments: list[datetime] = []
    alerts_before = alerts_after = 0
    for old, new in pairs:
        moments.append(new.article.seen_at)
        alerts_before += old.alert is not None
        alerts_after += new.alert is not None
        _add(changes, old, new)
    days = (max(moments) - min(moments)).total_seconds() / SECONDS_A_DAY if moments else 0
    return Comparison(tuple(changes.values()), len(moments), max(days, 1), alerts_before, alerts_after)


def _add(changes: dict[str, RuleChange], old: Assessment, new: Assessment) -> None:
    before = {match.rule_id: match for match in old.judgement.matches}
    after = {match.rule_id: match for match in new.judgement.matches}
    for rule_id in {**before, **after}:
        change = changes.setdefault(rule_id, RuleChange(rule_id))
        if rule_id not in before:
            change.gained.append(Hit(new.article, after[rule_id]))
        elif rule_id not in after:
            change.lost.append(Hit(old.article, before[rule_id]))
        else:
            change.kept += 1
