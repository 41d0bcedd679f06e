"""An article judged: which rules it satisfies, and the votes it reports.

The rules' words are cheap and come first; the article is read for votes only when some rule's words are there.
"""

from __future__ import annotations

from dataclasses import dataclass

from watcher.core.model import Article, Match, Vote
from watcher.core.rules import RuleSet
from watcher.core.votes import read_votes


@dataclass(frozen=True, slots=True)
class Judgement:
    """`matches` in the order of the config. `refusals`: why rules whose words were there did not match after all."""

    matches: tuple[Match, ...] = ()
    votes: tuple[Vote, ...] = ()
    refusals: tuple[str, ...] = ()

    @property
    def receivers(self) -> tuple[str, ...]:
        """Each once, in the order in which the rules name them."""
        return tuple(dict.fromkeys(name for match in self.matches for name in match.notify))


def judge(article: Article, rules: RuleSet) -> Judgement:
    worded = rules.match(article)
    if not worded:
        return Judgement()
    votes = read_votes(article)
    refused = [match for match in worded if match.event == "un-vote" and not votes]
    return Judgement(
        matches=tuple(match for match in worded if match not in refused),
        votes=votes,
        refusals=tuple(
            f"{match.rule_id}: its words are there, but no new UN vote is reported" for match in refused
        ),
    )
