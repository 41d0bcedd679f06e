"""Stories written: with their votes, and the traces by which they are found again."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from watcher.core.forms import vote_document
from watcher.core.model import Vote
from watcher.core.stories.placing import Story, traces
from watcher.core.stories.record import subject_traces
from watcher.core.stories.reports import Testimony
from watcher.edges.store.line import Line
from watcher.edges.store.memory import story_number
from watcher.edges.store.rows import StoryRow, TraceRow, VoteRow
from watcher.edges.store.testimonies import text_of


def save_story(line: Line, story: Story, testimony: Testimony) -> int:
    """Begun, or richer by a report; the id of its row. The words by which it is known are those of its beginning."""
    content: dict[str, Any] = {
        "first_at": story.first_at,
        "last_at": story.last_at,
        "rules": sorted(story.rules),
        "told": sorted(story.told),
        "heard": text_of(testimony),
    }
    number = story_number(line, story.key)
    if number is None:
        begun = {"key": story.key, "title": story.title, "words": sorted(story.words)}
        number = line.add(StoryRow, {**begun, **content})
    else:
        line.change(StoryRow, number, content)
    save_votes(line, number, story.first_at, story.votes)
    add_traces(line, number, story.first_at, story.words, story.votes)
    return number


def save_votes(line: Line, story: int, first_at: datetime, votes: Sequence[Vote]) -> None:
    """The story has just these votes. Each keeps its id, by which people ask for it, as long as it keeps its place."""
    rows = line.ask("SELECT number, id, facts FROM vote WHERE story_id = :story", story=story)
    known = {number: (vote_id, json.loads(facts)) for number, vote_id, facts in rows}
    for number, vote in enumerate(votes):
        facts = vote_document(vote)
        del facts["evidence"]
        vote_id, before = known.pop(number, (None, None))
        if vote_id is None:
            told = {"story_id": story, "number": number, "at": first_at, "facts": facts}
            line.add(VoteRow, told)
        elif before != facts:
            line.change(VoteRow, vote_id, {"facts": facts})
    for vote_id, _ in known.values():
        line.remove(VoteRow, "id", vote_id)


def add_traces(
    line: Line, story: int, first_at: datetime, words: Collection[str], votes: Sequence[Vote]
) -> None:
    """What became known of a story finds it as well from now on."""
    known = {trace for (trace,) in line.ask("SELECT trace FROM trace WHERE story_id = :story", story=story)}
    wanted = traces(words, votes) | {trace for vote in votes for trace in subject_traces(vote)}
    line.add_all(TraceRow, [{"story_id": story, "trace": trace, "at": first_at} for trace in wanted - known])
