"""The two articles that ship with the project, each to the last fact."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from watcher.core.model import Article, Position, Tally
from watcher.core.votes import read_votes

SEEDS = Path(__file__).parents[3] / "seeds"


def seed(name: str, published_at: datetime | None) -> Article:
    text = (SEEDS / name).read_text(encoding="utf-8").removeprefix(" date 2026-02-24 ")
    title = text.split(". ")[0][:150]
    return Article(
        "seeds", name, title, text, seen_at=datetime(2026, 3, 1, tzinfo=UTC), published_at=published_at
    )


def test_the_resolution_of_the_anniversary() -> None:
    article = seed("000_73713206803271f3.txt", datetime(2026, 2, 24, tzinfo=UTC))
    (vote,) = read_votes(article)  # the two paragraphs the United States asked about are no vote of their own
    assert (vote.body, vote.stage, vote.outcome) == ("UNGA", "plenary", "adopted")
    assert vote.tally == Tally(107, 12, 51)
    assert vote.date is not None
    assert vote.date.isoformat() == "2026-02-24"
    assert vote.positions == {"Israel": Position.IN_FAVOUR, "United States": Position.ABSTAINED}
    assert vote.subject == "a Ukrainian-drafted resolution calling for a “just and lasting peace”"
    assert vote.evidence[0].words(article) == (
        "passed with 107 countries voting in favor, 12 against and 51 abstaining"
    )
    assert vote.doubts == ()


def test_the_request_to_the_court() -> None:
    article = seed("003_356717124671f61f.txt", None)
    (vote,) = read_votes(article)
    assert (vote.body, vote.stage, vote.outcome) == ("UNGA", "plenary", "adopted")
    assert vote.tally == Tally(87, 24, 53)
    assert vote.date is None
    assert vote.positions == {"Ukraine": Position.ABSENT}  # its vote in the committee was an earlier one
    assert vote.subject == "an ICJ review of the Israeli occupation of the Palestinian territories"
    assert vote.evidence[0].words(article) == "87 countries voted for"
