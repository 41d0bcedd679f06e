"""An article judged: which rules it satisfies, and the votes it reports.

The rules' words are cheap and come first; the article is read for votes only when some rule's words are there. Which
votes a rule means is for narrowing.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from watcher.core.model import Article, Match, Vote
from watcher.core.narrowing import Narrowing
from watcher.core.rules import RuleSet
from watcher.core.votes import read_votes


@dataclass(frozen=True, slots=True)
class Judgement:
    """`matches` in the order of the config. `votes`: first the one the article is told for, which is its main one
    unless rules mean only another. `refusals`: why rules whose words were there did not match after all. `entities`:
    all that an article names which matches.
    """

    matches: tuple[Match, ...] = ()
    votes: tuple[Vote, ...] = ()
    refusals: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()

    @property
    def receivers(self) -> tuple[str, ...]:
        """Each once, in the order in which the rules name them."""
        return tuple(dict.fromkeys(name for match in self.matches for name in match.notify))


def judge(article: Article, rules: RuleSet) -> Judgement:
    worded = rules.match(article)
    if not worded:
        return Judgement()
    votes = read_votes(article)
    narrowing = Narrowing(article, votes, rules)
    refused = {
        match.rule_id: reason
        for match in worded
        if match.event == "un-vote" and (reason := narrowing.why_not(rules.rule(match.rule_id)))
    }
    matches = tuple(match for match in worded if match.rule_id not in refused)
    meant = [vote for match in matches if match.event for vote in narrowing.meant(rules.rule(match.rule_id))]
    first = next((vote for vote in votes if vote in meant), None)
    return Judgement(
        matches=matches,
        votes=(first, *(vote for vote in votes if vote is not first)) if first else votes,
        refusals=tuple(f"{rule_id}: {reason}" for rule_id, reason in refused.items()),
        entities=rules.entities_in(article) if matches else (),
    )
