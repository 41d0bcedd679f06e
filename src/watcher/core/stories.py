"""Which articles tell of the same event.

A vote is known by its facts, never by its headline: twin resolutions of one day share every word. Equal facts join
whatever the words; facts that conflict part whatever the words. Everything else is known by the words of its title
and first sentence. A decision is made against the stories of the last days, and comes with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from watcher.core.model import Article, Vote
from watcher.core.text import fold, sentences

# How far two reports of one event may lie apart. Outlets follow each other within hours; a weekend is the most.
WINDOW = timedelta(days=4)

_STEM = 6  # "condemns" and "condemned" share their first letters; so do most inflected forms in our languages
_ENOUGH_SHARED = 3
_ALIKE = 0.5

_STOP_WORDS = frozenset(
    """
    about after again against ahead also amid among been before being between both calls could does down during each
    first from have here into just like make more most much news only other over says said some such than that their
    them then there these they this those through today under until upon very were what when where which while will
    with would year years your monday tuesday wednesday thursday friday saturday sunday resolution vote votes voted
    voting united nations general assembly security council
    """.split()  # noqa: SIM905 - a list of 90 literals reads worse
)


@dataclass(frozen=True, slots=True)
class Story:
    """What is known of one event so far. `votes`: its main vote with all facts known, then the others."""

    key: str
    title: str
    first_at: datetime
    last_at: datetime
    rules: frozenset[str]
    words: frozenset[str]
    votes: tuple[Vote, ...] = ()
    alerted: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """`story` is None when the article begins a story of its own."""

    story: Story | None
    reason: str


def significant_words(article: Article) -> frozenset[str]:
    """The stems by which two tellings of one event are compared: those of the title and of the first sentence."""
    first = sentences(article.text)[:1]
    lead = article.text[: first[0][1]] if first else ""
    words = (word.strip("'\".,:;!?()[]«»") for word in fold(f"{article.title} {lead}").split())
    return frozenset(
        word[:_STEM] for word in words if (len(word) > 3 or word.isdigit()) and word not in _STOP_WORDS
    )


def place(
    article: Article, votes: Sequence[Vote], rules: frozenset[str], known: Iterable[Story]
) -> Placement:
    """Join a story or begin one. Among several that would do, equal facts win, then the most alike in words."""
    words = significant_words(article)
    best: tuple[float, Story, str] | None = None
    for story in known:
        if not story.first_at - WINDOW <= article.at <= story.last_at + WINDOW:
            continue
        likeness, reason = _likeness(votes, rules, words, story)
        if likeness and (best is None or likeness > best[0]):
            best = (likeness, story, reason)
    return Placement(best[1], best[2]) if best else Placement(None, "no story of the last days tells of this")


def _likeness(
    votes: Sequence[Vote], rules: frozenset[str], words: frozenset[str], story: Story
) -> tuple[float, str]:
    """How surely this is the story: 0 is not at all, above 1 by facts. With the reason."""
    if votes and story.votes:
        if conflict := conflicting(votes[0], story.votes[0]):
            return 0.0, conflict
        if same := equal_facts(votes[0], story.votes[0]):
            return 2.0, same
    elif not rules & story.rules:
        return 0.0, "no rule in common"
    shared = words & story.words
    likeness = len(shared) / max(1, min(len(words), len(story.words)))
    if len(shared) >= _ENOUGH_SHARED and likeness >= _ALIKE:
        return likeness, f"{len(shared)} telling words in common"
    return 0.0, "other words"


def conflicting(a: Vote, b: Vote) -> str | None:
    """Why two votes cannot be one, or None. What one of them does not state conflicts with nothing."""
    if a.symbol and b.symbol and a.symbol != b.symbol:
        return f"another text: {a.symbol}, not {b.symbol}"
    if a.body and b.body and a.body != b.body:
        return f"another body: {a.body}, not {b.body}"
    if a.stage and b.stage and a.stage != b.stage:
        return f"another stage: {a.stage}, not {b.stage}"
    if a.tally.conflicts(b.tally):
        return f"another tally: {a.tally}, not {b.tally}"
    if a.outcome and b.outcome and a.outcome != b.outcome:
        return f"another outcome: {a.outcome}, not {b.outcome}"
    # A vote after midnight in one zone is the day before in another.
    if a.date and b.date and abs(a.date - b.date) > timedelta(days=1):
        return f"another day: {a.date}, not {b.date}"
    return None


def equal_facts(a: Vote, b: Vote) -> str | None:
    """Why two votes without a conflict are surely one, or None."""
    if a.symbol and a.symbol == b.symbol:
        return f"the same text: {a.symbol}"
    stated = [x for x, y in zip(a.tally.triple, b.tally.triple, strict=True) if x is not None and x == y]
    if len(stated) >= 2 and max(stated) > 2:
        return f"the same tally: {b.tally}"
    return None
