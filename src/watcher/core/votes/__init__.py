"""An article read for the UN votes it reports: body, outcome, count, who voted how, and where it says so.

The way: tokens -> phrases (`reading`, with the words of `lexicon`) -> facts of a sentence (`counts`, `decisions`,
`positions`, `timing`, `bodies`) -> what is told as new (`news`) -> votes (`tally`, `subject`, `checks`). A language
is a table, data/votes/<language>.toml; the grammars are shared.

Pure, and linear in the length of the text. Does not fetch, compare with other articles, or decide on an alert.
"""

from __future__ import annotations

from watcher.core.model import Article, Vote
from watcher.core.votes.assembly import assemble
from watcher.core.votes.lexicon import LANGUAGES, lexicon
from watcher.core.votes.news import reports_a_vote, what_is_told
from watcher.core.votes.reading import read

__all__ = ["read_votes"]


def read_votes(article: Article) -> tuple[Vote, ...]:
    """The new votes an article reports, the main one first; () when it reports none.

    Numbers, positions and dates that the text does not state stay None or empty.
    """
    if not _may_report(article):
        return ()
    told = what_is_told(read(article))
    return assemble(told) if reports_a_vote(told) else ()


def _may_report(article: Article) -> bool:
    """Whether some word is there without which no language reports a UN vote. Cheap: most articles end here."""
    gates = (gate for language in LANGUAGES for gate in lexicon(language).gates)
    return any(gate in article.title or gate in article.text for gate in gates)
