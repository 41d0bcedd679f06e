"""The tests that a rule carries: texts it must match, must not match, and should one day match.

They are judged as articles are, events included, so that a rule that passes here behaves so live.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from watcher.core.judgement import judge
from watcher.core.model import Article
from watcher.core.rules import RuleSet
from watcher.core.rules.spec import Key
from watcher.core.text import clean, shorten

# Examples are about words, not about time: any moment will do, as long as it is always the same.
MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


def sample(text: str, source_tags: tuple[str, ...] = ()) -> Article:
    """A piece of text as an article: its first line is the title, and it is searched as a text as well."""
    title = text.strip().partition("\n")[0]
    return Article(
        source="", key="", title=clean(title), text=clean(text), seen_at=MOMENT, source_tags=source_tags
    )


@dataclass(frozen=True, slots=True)
class Surprise:
    """An example that did not come out as its rule says. `key` leads to its text in the config."""

    key: Key
    rule_id: str
    text: str
    kind: str  # "match" | "no_match" | "todo_match"

    @property
    def fatal(self) -> bool:
        """A todo_match that matches is good news."""
        return self.kind != "todo_match"

    @property
    def says(self) -> str:
        wrongly = {"match": "does not match", "no_match": "matches", "todo_match": "now matches"}[self.kind]
        return f"the rule {wrongly} “{shorten(' '.join(self.text.split()), 80)}”"

    @property
    def fix(self) -> str:
        if self.kind == "todo_match":
            return "move it to match: what was to do is done"
        return "correct the rule or the test; `watcher explain` with the text shows each clause"


def surprises(rules: RuleSet) -> tuple[Surprise, ...]:
    """Run every example of every rule. Empty when all came out as they should."""
    found = []
    for at, spec in enumerate(rules.specs):
        for number, examples in enumerate(spec.tests):
            for kind, expected in (("match", True), ("no_match", False), ("todo_match", False)):
                for index, text in enumerate(getattr(examples, kind)):
                    matches = {
                        match.rule_id for match in judge(sample(text, spec.source_tags), rules).matches
                    }
                    if (spec.id in matches) is not expected:
                        key = ("rules", at, "tests", number, kind, index)
                        found.append(Surprise(key, spec.id, text, kind))
    return tuple(found)
