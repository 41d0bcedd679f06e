"""Articles a second through rules, votes and stories on one core, with the default rules. The promise: 1,000.

A stream of articles of 600 words in which one in fifty is a candidate: it reports a UN vote, in varying words and
numbers, so that votes are read and stories compared. Beside it in one run: the same stream without candidates, and
candidates alone, which shows what each costs.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench_rules import vocabulary

from watcher.app.loading import load
from watcher.core.model import Article
from watcher.replay import assessments

ARTICLES, WORDS, ONE_IN = 4_000, 600, 50
COUNTRIES = [
    "Israel",
    "Ukraine",
    "Russia",
    "the United States",
    "China",
    "France",
    "Brazil",
    "India",
    "Togo",
    "Sudan",
]
NOW = datetime(2026, 2, 24, tzinfo=UTC)


class Writer:
    """Writes made-up articles, always the same ones."""

    def __init__(self) -> None:
        self._chance = random.Random(1)
        self._words = list(dict.fromkeys(vocabulary(30_000, self._chance)))
        self._weights = [1 / rank for rank in range(1, len(self._words) + 1)]

    def _prose(self, words: int) -> str:
        drawn = self._chance.choices(self._words, self._weights, k=words)
        sentences = (drawn[at : at + 20] for at in range(0, words, 20))
        return " ".join(" ".join(sentence).capitalize() + "." for sentence in sentences)

    def plain(self, number: int) -> Article:
        return self._article(number, self._prose(8), self._prose(WORDS))

    def candidate(self, number: int) -> Article:
        chance = self._chance
        yes, no, rest = chance.randint(60, 150), chance.randint(0, 30), chance.randint(0, 13)
        one, other, third = chance.sample(COUNTRIES, 3)
        about = " ".join(chance.choices(self._words, k=4))
        told = (
            f"The UN General Assembly on Tuesday adopted a resolution on {about} with {yes} votes in favour, "
            f"{no} against and {rest} abstentions. {one} voted against, while {other} abstained, and "
            f"{third} voted in favour. "
        )
        title = f"UN General Assembly adopts resolution on {about}"
        return self._article(number, title, told + self._prose(WORDS - 50))

    def _article(self, number: int, title: str, text: str) -> Article:
        at = NOW + timedelta(seconds=20 * number)
        return Article("bench", str(number), title, text, at, published_at=at)


def per_second(articles: list[Article]) -> tuple[float, int]:
    """Articles a second of processor time, and how many alerts came of them."""
    rules = load(Path(__file__).parent.parent / "config.toml", None).rules
    begun = time.process_time()
    alerts = count(assessments(articles, rules, lambda source: None))
    return len(articles) / (time.process_time() - begun), alerts


def count(told: Iterable[object]) -> int:
    return sum(1 for each in told if getattr(each, "alert", None) is not None)


def main() -> None:
    write = Writer()
    streams = {
        "none is a candidate": [write.plain(number) for number in range(ARTICLES)],
        f"one in {ONE_IN} is": [
            write.plain(number) if number % ONE_IN else write.candidate(number) for number in range(ARTICLES)
        ],
        "all are": [write.candidate(number) for number in range(ARTICLES // 10)],
    }
    for name, articles in streams.items():
        speed, alerts = per_second(articles)
        print(
            f"{name:<20} {speed:>8,.0f} articles a second, {alerts:>4} alerts from {len(articles):,} articles"
        )


if __name__ == "__main__":
    main()
