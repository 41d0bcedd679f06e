"""Stories written: with their votes, how each country voted, and the traces by which they are found again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, delete, select

from watcher.core.forms import vote_document
from watcher.core.model import Vote
from watcher.core.stories.placing import Story, traces
from watcher.core.stories.record import subject_traces
from watcher.edges.store.memory import story_row
from watcher.edges.store.rows import PositionRow, StoryRow, TraceRow, VoteRow


def save_story(session: Session, story: Story) -> int:
    """Begun, or richer by a report; the id of its row. The words by which it is known are those of its beginning."""
    row = story_row(session, story.key)
    content: dict[str, Any] = {
        "first_at": story.first_at,
        "last_at": story.last_at,
        "rules": sorted(story.rules),
        "told": sorted(story.told),
    }
    if row is None:
        row = StoryRow(key=story.key, title=story.title, words=sorted(story.words), **content)
    else:
        row.sqlmodel_update(content)
    session.add(row)
    session.flush()
    assert row.id is not None
    save_votes(session, row, story.votes)
    add_traces(session, row, story.votes)
    return row.id


def save_votes(session: Session, story: StoryRow, votes: Sequence[Vote]) -> None:
    """The story has just these votes. Each keeps its id, by which people ask for it, as long as it keeps its place."""
    assert story.id is not None
    known = {
        row.number: row for row in session.exec(select(VoteRow).where(VoteRow.story_id == story.id)).all()
    }
    for number, vote in enumerate(votes):
        facts = vote_document(vote)
        del facts["evidence"]
        row = known.pop(number, None)
        if row is None:
            row = VoteRow(story_id=story.id, number=number, at=story.first_at, facts=facts)
        elif row.facts == facts:
            continue
        row.facts = facts
        session.add(row)
        session.flush()
        assert row.id is not None
        _save_positions(session, row.id, vote)
    for row in known.values():
        assert row.id is not None
        _save_positions(session, row.id, Vote())
        session.delete(row)


def _save_positions(session: Session, vote_id: int, vote: Vote) -> None:
    session.exec(delete(PositionRow).where(col(PositionRow.vote_id) == vote_id))
    for country, position in vote.positions.items():
        session.add(PositionRow(vote_id=vote_id, country=country, position=position.value))


def add_traces(session: Session, story: StoryRow, votes: Sequence[Vote]) -> None:
    """What became known of a story finds it as well from now on."""
    assert story.id is not None
    known = set(session.exec(select(TraceRow.trace).where(TraceRow.story_id == story.id)))
    wanted = traces(story.words, votes) | {trace for vote in votes for trace in subject_traces(vote)}
    rows = [{"story_id": story.id, "trace": trace, "at": story.first_at} for trace in wanted - known]
    if rows:  # about forty for each story: as plain rows they cost a tenth
        session.connection().execute(TraceRow.__table__.insert(), rows)  # type: ignore[attr-defined]
