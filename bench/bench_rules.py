"""What rules cost: folding, matching and evidence, beside a raw ahocorasick_rs scan of the same text in one run.

The promise is at most 2.0 times the raw scan, at 1,000 and at 10,000 terms, over 5,000 articles of 600 words, as rules
are: most articles match none. Words are drawn as language draws them, a few often and most hardly ever. A second
figure shows what it costs when nearly every article matches several rules.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product

from ahocorasick_rs import AhoCorasick, MatchKind

from watcher.core.model import Article, Severity
from watcher.core.rules import Clause, RuleSet, RuleSpec

ARTICLES, WORDS, ROUNDS = 5_000, 600, 3
NOW = datetime(2026, 2, 24, tzinfo=UTC)


def vocabulary(size: int, chance: random.Random) -> list[str]:
    syllables = [first + vowel for first in "bcdfghjklmnprstvwz" for vowel in "aeiou"]
    return ["".join(chance.choices(syllables, k=chance.randint(1, 5))) for _ in range(size)]


def articles(words: list[str], chance: random.Random) -> list[Article]:
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    drawn = chance.choices(words, weights, k=ARTICLES * WORDS)
    texts = (" ".join(drawn[at : at + WORDS]) for at in range(0, len(drawn), WORDS))
    return [
        Article("bench", str(at), text[:60].title(), text.capitalize() + ".", NOW)
        for at, text in enumerate(texts)
    ]


def rules(terms: list[str]) -> RuleSet:
    """A hundred rules that share the terms."""
    each = max(1, len(terms) // 100)
    groups = [terms[at : at + each] for at in range(0, len(terms), each)]
    return RuleSet(
        [
            RuleSpec(f"r{at}", f"r{at}", Severity.LOW, (), keywords=Clause(any=tuple(g)))
            for at, g in enumerate(groups)
        ],
        {},
    )


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    chance = random.Random(1)
    words = list(dict.fromkeys(vocabulary(30_000, chance)))
    news = articles(words, chance)
    names = words[len(words) // 10 :]  # terms of rules are names and rare words, not the commonest tenth
    for size, occurring in product((1_000, 10_000), (0.01, 0.1)):
        seen = round(size * occurring)
        unseen = [f"{word}x{number}" for number, word in enumerate(vocabulary(size - seen, chance))]
        terms = [*chance.sample(names, seen), *unseen]
        compiled = rules(terms)
        raw = AhoCorasick(terms, matchkind=MatchKind.Standard)
        texts = [f"{article.title} {article.text}".lower() for article in news]

        def scan(raw: AhoCorasick = raw, texts: list[str] = texts) -> None:
            for text in texts:
                raw.find_matches_as_indexes(text, overlapping=True)

        def match(compiled: RuleSet = compiled) -> None:
            for article in news:
                compiled.match(article)

        pairs = [(seconds(scan), seconds(match)) for _ in range(ROUNDS)]
        ratio = statistics.median(ours / theirs for theirs, ours in pairs)
        found = sum(len(compiled.match(article)) for article in news) / ARTICLES
        print(
            f"{len(terms):>6} terms, {ARTICLES} articles of {WORDS} words, {found:.1f} rules match each: "
            f"raw scan {ARTICLES / pairs[0][0]:,.0f}/s, rules {ARTICLES / pairs[0][1]:,.0f}/s: "
            f"{ratio:.2f} times the raw scan"
        )


if __name__ == "__main__":
    main()
