"""Why each rule matches an article, or does not: every clause with its verdict and words, and the event it asks for.

Made of the verdicts that decide (core/rules), and of the vote reader's answer, so that it cannot say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from watcher.core.forms import Document, vote_document
from watcher.core.messages.wording import vote_sentence
from watcher.core.model import Article, Evidence, Vote
from watcher.core.narrowing import Narrowing
from watcher.core.rules import RuleSet
from watcher.core.rules.engine import Opinion, Rule
from watcher.core.rules.wording import Line, lines
from watcher.core.text import sentences
from watcher.core.votes import read_votes

MOST_PASSAGES = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of the article, and the spans of it that rules found."""

    text: str
    found: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class RuleExplanation:
    rule_id: str
    rule_name: str
    matches: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    article: Article
    rules: tuple[RuleExplanation, ...]
    votes: tuple[Vote, ...]
    passages: tuple[Passage, ...]

    def document(self, rules: Iterable[RuleExplanation], fate: Mapping[str, Any] | None) -> Document:
        """For `--json`: these rules of it. `fate`: what came of the article, where it is stored."""
        return {
            "title": self.article.title,
            "rules": [asdict(rule) for rule in rules],
            "votes": [vote_document(vote, self.article) for vote in self.votes],
            "fate": fate,
        }


def explain(article: Article, rules: RuleSet) -> Explanation:
    votes = read_votes(article)
    opinions, narrowing = rules.explain(article), Narrowing(article, votes, rules)
    evidence = sorted(
        {span for opinion in opinions for span in opinion.evidence}, key=lambda e: (e.field, e.start)
    )
    return Explanation(
        article,
        tuple(_explained(opinion, article, votes, narrowing) for opinion in opinions),
        votes,
        tuple(_passages(article, evidence))[:MOST_PASSAGES],
    )


def _explained(
    opinion: Opinion, article: Article, votes: tuple[Vote, ...], narrowing: Narrowing
) -> RuleExplanation:
    spec = opinion.rule.spec
    told = list(lines(opinion, article))
    if opinion.excluded:
        told.append(Line(0, False, f"not looked at: {opinion.excluded}", ()))
    if spec.event:
        told += _of_votes(opinion.rule, votes, narrowing)
    matches = opinion.matches and (not spec.event or narrowing.why_not(opinion.rule) is None)
    return RuleExplanation(spec.id, spec.name, matches, tuple(told))


def _of_votes(rule: Rule, votes: Sequence[Vote], narrowing: Narrowing) -> Iterator[Line]:
    """The event: whether a vote is reported, and of each vote whether it is one that the rule means."""
    if not votes:
        yield Line(0, False, "it reports no new UN vote", ())
    elif rule.spec.vote is None:
        yield Line(0, True, f"it reports a new UN vote: {vote_sentence(votes[0])}", ())
    else:
        for vote, findings in zip(votes, narrowing.findings(rule), strict=True):
            meant = all(finding.holds for finding in findings)
            yield Line(0, meant, f"it reports such a vote: {vote_sentence(vote)}", ())
            yield from (Line(1, finding.holds, finding.says, ()) for finding in findings)


def _passages(article: Article, evidence: Iterable[Evidence]) -> Iterable[Passage]:
    for name in ("title", "text"):
        text = getattr(article, name)
        if name == "text" and text == article.title:
            continue
        spans = [(e.start, e.end) for e in evidence if e.field == name]
        for start, end in sentences(text):
            inside = tuple((a - start, min(b, end) - start) for a, b in spans if start <= a < end)
            if inside:
                yield Passage(text[start:end], inside)
