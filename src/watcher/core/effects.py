"""What an edit of the rules means: how many articles each rule gains and loses by it, counted one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from watcher.core.judgement import judge
from watcher.core.model import Article
from watcher.core.rules import RuleSet


class Effects:
    """Of an edit that made the rules `before` those `after`, on all articles that were added."""

    def __init__(self, before: RuleSet, after: RuleSet) -> None:
        self._before, self._after = before, after
        self._gained, self._lost = Counter[str](), Counter[str]()
        self.articles = 0

    def add(self, article: Article) -> None:
        before, after = (_matching(article, rules) for rules in (self._before, self._after))
        self._gained.update(after - before)
        self._lost.update(before - after)
        self.articles += 1

    def in_words(self) -> Iterator[str]:
        """`rule arms-deals: 3 matches more and 1 match fewer`, of each rule that gains or loses any."""
        for rule in sorted(self._gained.keys() | self._lost.keys()):
            counts = ((self._gained[rule], "more"), (self._lost[rule], "fewer"))
            words = (f"{number} match{'es' if number > 1 else ''} {way}" for number, way in counts if number)
            yield f"rule {rule}: {' and '.join(words)}"


def _matching(article: Article, rules: RuleSet) -> frozenset[str]:
    return frozenset(match.rule_id for match in judge(article, rules).matches)
