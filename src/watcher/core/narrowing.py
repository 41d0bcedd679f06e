"""Which UN votes a rule means, where its [rules.vote] narrows that: by the facts of a vote, not by words.

An article is judged by what it says itself. A fact that it does not state satisfies nothing, and the reason says so;
a later report that states it is judged anew, and may well match.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watcher.core.countries import canonical, find_countries
from watcher.core.model import Article, Outcome, Vote
from watcher.core.rules import RuleSet
from watcher.core.rules.engine import Rule
from watcher.core.rules.spec import Held, Margin, VoteWanted
from watcher.core.rules.tree import Leaf
from watcher.core.text import Folded, sentences


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is asked of a vote: whether it is so, and in words what is."""

    holds: bool
    says: str


class Narrowing:
    """The votes of one article, as the rules of a set look at them."""

    def __init__(self, article: Article, votes: Sequence[Vote], rules: RuleSet) -> None:
        self._article = article
        self._votes = votes
        self._rules = rules

    def why_not(self, rule: Rule) -> str | None:
        """Why no vote is one that the rule means; None if one is. Of several votes the nearest is spoken of."""
        if not self._votes:
            return "its words are there, but no new UN vote is reported"
        missing = min((_missing(findings) for findings in self.findings(rule)), key=len)
        if not missing:
            return None
        reason, number = ", and ".join(missing), len(self._votes)
        return reason if number == 1 else f"none of its {number} votes will do; the nearest: {reason}"

    def meant(self, rule: Rule) -> tuple[Vote, ...]:
        """The votes that the rule means, in the order of the article."""
        found = zip(self._votes, self.findings(rule), strict=True)
        return tuple(vote for vote, findings in found if not _missing(findings))

    def findings(self, rule: Rule) -> Iterator[tuple[Finding, ...]]:
        """For each vote what the rule asks of it; nothing where it means every vote."""
        for vote in self._votes:
            wanted = rule.spec.vote
            yield tuple(self._of_vote(vote, wanted, rule.mentions)) if wanted else ()

    def _of_vote(self, vote: Vote, wanted: VoteWanted, mentions: Sequence[Leaf]) -> Iterator[Finding]:
        if wanted.bodies:
            yield _body(vote, wanted.bodies)
        if wanted.outcome:
            yield _outcome(vote, wanted.outcome)
        for held in wanted.positions:
            yield _position(vote, held)
        if mentions:
            yield self._mention(vote, mentions)
        if wanted.margin:
            yield _margin(vote, wanted.margin)

    def _mention(self, vote: Vote, mentions: Sequence[Leaf]) -> Finding:
        """A country counts by any of its names, and also where it is only known how it voted."""
        text = Folded(self._passage(vote))
        countries = {*vote.positions, *(mention.country for mention in find_countries(text))}
        standing = self._rules.standing_in(text, [leaf for leaf in mentions if _country(leaf) is None])
        found = [leaf for leaf in mentions if _country(leaf) in countries or leaf in standing]
        named = ", ".join(map(str, found or mentions))
        return Finding(bool(found), f"it mentions {named}" if found else f"it mentions none of {named}")

    def _passage(self, vote: Vote) -> str:
        """What tells of a vote: its subject, and the sentences of its facts; of the main one also title and lead."""
        article = self._article
        places = {(span.field, span.start) for span in vote.evidence}
        told = [vote.subject or ""]
        if vote is self._votes[0]:
            places.add(("text", 0))
            told.append(article.title)
        for field in sorted({field for field, _ in places}):
            text: str = getattr(article, field)
            starts = [start for name, start in places if name == field]
            told += (text[a:b] for a, b in sentences(text) if any(a <= start < b for start in starts))
        return "\n\n".join(told)


def _missing(findings: Sequence[Finding]) -> list[str]:
    return [finding.says for finding in findings if not finding.holds]


def _body(vote: Vote, wanted: Sequence[str]) -> Finding:
    if vote.body is None:
        return Finding(False, "which UN body voted is not stated")
    holds = vote.body in wanted or vote.body.partition("-")[0] in wanted
    return _told(holds, f"it reports a vote of the {vote.body}", f"of the {' or '.join(wanted)}")


def _outcome(vote: Vote, wanted: Sequence[Outcome]) -> Finding:
    if vote.outcome is None:
        return Finding(False, "the vote's outcome is not stated")
    return _told(vote.outcome in wanted, f"the vote's outcome is {vote.outcome}", " or ".join(wanted))


def _position(vote: Vote, held: Held) -> Finding:
    position = vote.positions.get(held.country)
    if position is None:
        return Finding(False, f"{held.country}: how it voted is not stated")
    wanted = " or ".join(each.words for each in held.positions)
    return _told(position in held.positions, f"{held.country}: {position.words}", wanted)


def _margin(vote: Vote, wanted: Margin) -> Finding:
    yes, no = vote.tally.in_favour, vote.tally.against
    if yes is None or no is None:
        return Finding(False, "the margin of the vote is not stated")
    return _told(wanted.holds(yes - no), f"the margin is {yes - no}", str(wanted))


def _told(holds: bool, fact: str, wanted: str) -> Finding:
    return Finding(holds, fact if holds else f"{fact}, not {wanted}")


def _country(leaf: Leaf) -> str | None:
    """The country whose name a mention is, in whatever language; None for other words."""
    return None if leaf.is_entity else canonical(leaf.name)
