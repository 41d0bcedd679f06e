"""An article read for the UN votes it reports: body, outcome, count, who voted how, and where it says so.

The way: tokens -> phrases (`reading`, with the words of `lexicon`; `frames` for a side told at the head of a clause)
-> facts of a sentence (`counts`, `decisions`, `positions`, `timing`, `bodies`) -> what is new of it (`told`, `news`) ->
votes (`assembly`, with `tally`, `subject`, `checks`). Who does something is found by `voters`, over `actors`, `asides`
and `country_lists`; whether it is done, by `modality`; to which text, by `texts`. A language is a table,
data/votes/<language>.toml; the grammars are shared.

Pure, and linear in the length of the text. Does not fetch, compare with other articles, or decide on an alert.
"""

from __future__ import annotations

from dataclasses import replace

from watcher.core.model import Article, Vote
from watcher.core.votes.assembly import assemble
from watcher.core.votes.frames import framed
from watcher.core.votes.lexicon import gates
from watcher.core.votes.news import reports_a_vote
from watcher.core.votes.reading import read
from watcher.core.votes.told import what_is_told

__all__ = ["read_votes", "speaks_of_a_vote"]

# The tags of words of which a report of a vote, however short, has one of each row.
_OF_THE_UN = ("un", "body", "body_again", "committee")
_OF_A_VOTE = ("ballot", "casting", "side_verb", "outcome", "outcome_noun", "veto_noun", "document", "act")


def read_votes(article: Article) -> tuple[Vote, ...]:
    """The new votes an article reports, the main one first; () when it reports none.

    They are read from its page, if it has one that reports a vote, and does not deny the count that the text gives.
    Numbers, positions and dates that are not stated stay None or empty.
    """
    votes = _read(article)
    on_page = _read(replace(article, text=article.page)) if article.page else ()
    if not on_page or (votes and votes[0].tally.full and on_page[0].tally != votes[0].tally):
        return votes
    return tuple(map(_of_page, on_page))


def speaks_of_a_vote(article: Article) -> bool:
    """Whether title and lead have a word of a vote and one of the UN: what else there is of it may stand elsewhere."""
    if not _may_report(article):
        return False
    reading = read(article)
    lead = reading.sentences[: reading.lead]
    return all(any(sentence.has(tag) for sentence in lead for tag in row) for row in (_OF_THE_UN, _OF_A_VOTE))


def _read(article: Article) -> tuple[Vote, ...]:
    if not _may_report(article):
        return ()
    told = what_is_told(framed(read(article)))
    return assemble(told) if reports_a_vote(told) else ()


def _may_report(article: Article) -> bool:
    """Whether some word is there without which no language reports a UN vote. Cheap: most articles end here."""
    words = f"{article.title}\n{article.text}"
    return any(gate in words for gate in gates())


def _of_page(vote: Vote) -> Vote:
    """The vote, where what was read as text is the page."""
    spans = (replace(span, field="page") if span.field == "text" else span for span in vote.evidence)
    return replace(vote, evidence=tuple(spans))
