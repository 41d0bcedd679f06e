"""Whether what a feed carries of an article may be a teaser, whose page says more of a vote.

The count of a vote often stands on the page alone. A page is wanted only where that can be so: of two hundred
articles it is not wanted for 199.
"""

from __future__ import annotations

from watcher.core.judgement import Judgement
from watcher.core.model import Article, Vote
from watcher.core.stories.facts import WATCHED_COUNTRIES
from watcher.core.votes import speaks_of_a_vote

LONGEST_TEASER = 2_500  # characters; a longer text is the article itself


def page_needless(article: Article, judgement: Judgement, old: str | None) -> str | None:
    """Why the page of an article that was judged by its feed's text alone is not wanted; None when it is.

    `old`: why the article is old news, or None.
    """
    if not (judgement.refusals or any(match.event for match in judgement.matches)):
        return "no rule that asks for a vote has its words there"
    if not article.url:
        return "it has no address"
    if old:
        return old
    if len(article.text) > LONGEST_TEASER:
        return "its text is long enough to be the whole"
    if not judgement.refusals and any(_is_whole(vote) for vote in judgement.votes[:1]):
        return "its count and who voted how are known, and no rule asks for more"
    if not (judgement.votes or speaks_of_a_vote(article)):
        return "no word of a vote is there"
    return None


def _is_whole(vote: Vote) -> bool:
    """Nothing is left to ask: there was no count, or it is full, and how those voted whom people watch is known."""
    if vote.consensus or vote.unanimous:
        return True
    return vote.tally.full and any(country in vote.positions for country in WATCHED_COUNTRIES)
