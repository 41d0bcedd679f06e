"""What a clock that was ahead has left behind: moments that have not come yet, of things that have happened.

Nothing is to wait until they come, and nothing that they seem to part is to be taken for two.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, and_, col, func, or_, select, update

from watcher.core.sources.schedule import LATEST, MOST_BACKOFF
from watcher.edges.store.rows import (
    WAITING,
    AlertRow,
    ArticleRow,
    DeliveryRow,
    FormerRow,
    HistoryRow,
    PageRow,
    ReceiverRow,
    SilenceRow,
    SourceRow,
    StoryRow,
    TraceRow,
    TurnRow,
    VoteRow,
)

_SLEWED = timedelta(minutes=1)  # what a clock that is put right little by little may lose

# When things happened.
_PAST: tuple[tuple[Any, tuple[Any, ...]], ...] = (
    (ArticleRow, (ArticleRow.seen_at,)),
    (StoryRow, (StoryRow.first_at, StoryRow.last_at)),
    (VoteRow, (VoteRow.at,)),
    (TraceRow, (TraceRow.at,)),
    (PageRow, (PageRow.fetched_at,)),
    (FormerRow, (FormerRow.gone_at,)),
    (HistoryRow, (HistoryRow.at,)),
    (AlertRow, (AlertRow.decided_at,)),
    (DeliveryRow, (DeliveryRow.created_at, DeliveryRow.sent_at)),
    (ReceiverRow, (ReceiverRow.failing_since, ReceiverRow.told_at)),
    (SilenceRow, (SilenceRow.ended_at,)),
)
_OF_A_SOURCE = ("baseline_at", "failing_since", "counted_at", "last_entry_at", "gap_at", "renamed_at")
_OF_A_TURN = ("polled_at", "succeeded_at", "unreached_since")


def mend(session: Session, now: datetime) -> bool:
    """Have all that lies ahead have happened by now; returns whether there was anything. It costs little where not."""
    if not _anything_since(session, now + _SLEWED, now + LATEST):
        return False
    _poll(session.exec(_sources_since(now, now + LATEST)).all(), now)
    for silence in session.exec(select(SilenceRow).where(col(SilenceRow.since) > now)):
        # As long as it was meant to last, from now on.
        silence.since, silence.until = now, now + (silence.until - silence.since)
    # Whoever has been asked to leave a receiver alone is still told so by it.
    session.exec(update(ReceiverRow).where(col(ReceiverRow.failing_since) > now).values(quiet_until=None))
    waits = col(DeliveryRow.state).in_(WAITING), col(DeliveryRow.due_at) > now
    session.exec(update(DeliveryRow).where(*waits).values(due_at=now))
    for row, moments in _PAST:
        for moment in moments:
            session.exec(update(row).where(col(moment) > now).values({moment.key: now}))
    return True


def _anything_since(session: Session, ahead: datetime, latest: datetime) -> bool:
    """Whether anything has happened after `ahead`, or is planned for later than `latest`."""
    alerts = select(AlertRow).where(col(AlertRow.decided_at) > ahead)
    articles = select(ArticleRow).where(col(ArticleRow.seen_at) > ahead)
    silences = select(SilenceRow).where(col(SilenceRow.since) > ahead)
    asked: tuple[Any, ...] = (_sources_since(ahead, latest), alerts, articles, silences)
    return any(session.exec(each.limit(1)).first() for each in asked)


def _sources_since(ahead: datetime, latest: datetime) -> Any:
    """Those that were polled after `ahead`, or are to be polled later than `latest` though they are polled each day."""
    daily = func.coalesce(col(TurnRow.interval), 0) <= MOST_BACKOFF.total_seconds()
    put_off = and_(daily, col(TurnRow.next_poll_at) > latest)
    return select(SourceRow, TurnRow).join(TurnRow).where(or_(col(TurnRow.polled_at) > ahead, put_off))


def _poll(sources: Sequence[tuple[SourceRow, TurnRow]], now: datetime) -> None:
    """These are due. Which of them were heard of before which others stays as it was: outages are known by it."""
    last = max((turn.polled_at for _, turn in sources if turn.polled_at), default=now)
    for source, turn in sources:
        turn.next_poll_at = now
        for row, names in ((source, _OF_A_SOURCE), (turn, _OF_A_TURN)):
            for name in names:
                moment = getattr(row, name)
                if moment and moment > now:
                    setattr(row, name, min(moment - (last - now), now))
