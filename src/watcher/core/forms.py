"""Votes and evidence as JSON documents, and back. The form of a vote is that of `watcher replay`.

One form serves the database, `--json` on the command line and replay, so that what one shows the other knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from watcher.core.model import Article, Dispute, Evidence, Outcome, Position, Tally, Vote

Document = dict[str, Any]


def vote_document(vote: Vote, article: Article | None = None) -> Document:
    """With the article the evidence is quoted as text; without it, it is left out."""
    return {
        "body": vote.body,
        "stage": vote.stage,
        "outcome": vote.outcome and vote.outcome.value,
        "in_favour": vote.tally.in_favour,
        "against": vote.tally.against,
        "abstentions": vote.tally.abstentions,
        "not_voting": vote.tally.not_voting,
        "symbol": vote.symbol,
        "date": vote.date and vote.date.isoformat(),
        "consensus": vote.consensus,
        "unanimous": vote.unanimous,
        "subject": vote.subject,
        "positions": {country: position.value for country, position in vote.positions.items()},
        "doubts": list(vote.doubts),
        "source": vote.source,
        "disputes": [{"what": d.what, "says": d.says, "sources": list(d.sources)} for d in vote.disputes],
        "evidence": [span.words(article) for span in vote.evidence] if article else [],
    }


def vote_of(document: Mapping[str, Any]) -> Vote:
    """The vote of a document; its evidence stayed with the article."""
    numbers = (document.get(key) for key in ("in_favour", "against", "abstentions", "not_voting"))
    outcome, day = document.get("outcome"), document.get("date")
    return Vote(
        body=document.get("body"),
        stage=document.get("stage"),
        outcome=Outcome(outcome) if outcome else None,
        tally=Tally(*numbers),
        symbol=document.get("symbol"),
        date=date.fromisoformat(day) if day else None,
        subject=document.get("subject"),
        consensus=bool(document.get("consensus")),
        unanimous=bool(document.get("unanimous")),
        positions=MappingProxyType({c: Position(p) for c, p in document.get("positions", {}).items()}),
        doubts=tuple(document.get("doubts", ())),
        source=document.get("source"),
        disputes=tuple(
            Dispute(d["what"], d["says"], tuple(d["sources"])) for d in document.get("disputes", ())
        ),
    )


def evidence_documents(evidence: Iterable[Evidence], article: Article) -> list[Document]:
    return [
        {"field": e.field, "start": e.start, "end": e.end, "what": e.what, "words": e.words(article)}
        for e in evidence
    ]


def evidence_of(documents: Iterable[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(d["field"], d["start"], d["end"], d["what"]) for d in documents)
