"""A look, now and then, at what the polls have recorded: the operator hears once of what has lasted too long."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime

from watcher.config import Source
from watcher.core.messages import Message
from watcher.core.sources import ailing, our_clock, outages
from watcher.core.sources.health import SHORTEST_SILENCE, Known, health
from watcher.core.sources.polling import SourceState
from watcher.edges.store import Suspect
from watcher.pipeline.doors import Doors

log = logging.getLogger(__name__)


def look_after(feeds: Sequence[Source], doors: Doors) -> Iterator[Message]:
    """What the operator is told; all in one transaction with the note that it was."""
    now = doors.clock()
    with doors.store.care() as care:
        if care.mend(now):
            log.warning(
                "the clock of this machine was ahead for a while: nothing waits for what it has written"
            )
        outage = outages.outage(care.reached_at(now), care.unreached())
        clock_told_at = care.told_at(our_clock.WRONG, our_clock.RIGHT)
        asked = clock_told_at or care.clocks_differ()
        lost = our_clock.error(care.clocks(now - our_clock.HEARD_LATELY)) if asked else None
        possible = (
            outages.news(outage, care.told_at(outages.DOWN, outages.BACK), now),
            our_clock.news(lost, clock_told_at, now),
        )
        news = [each for each in possible if each]
        for each in news:
            care.happened(each.what, each.at, each.says)
        enabled = {feed.name for feed in feeds}
        patients = [
            _patient(suspect, now, enabled=suspect.state.name in enabled)
            for suspect in care.suspects(now - SHORTEST_SILENCE)
        ]
        seen = ailing.look(patients, now, cut_off=outage is not None, lost=bool(lost))
        care.know(seen.told)
        messages = (*(each.message for each in news), *seen.messages)
        for message in messages:
            care.tell(message, doors.operators, now)
    yield from messages


def _patient(suspect: Suspect, now: datetime, *, enabled: bool) -> ailing.Patient:
    state, known = suspect.state, _known(suspect.state, enabled=enabled)
    return ailing.Patient(
        state.name,
        health(known, now),
        state.failing_since,
        state.failures,
        suspect.told,
        health(known, suspect.watched_since).state if suspect.watched_since else None,
    )


def _known(state: SourceState, *, enabled: bool) -> Known:
    return Known(
        enabled=enabled,
        polled_at=state.polled_at,
        succeeded_at=state.succeeded_at,
        failures=state.failures,
        error=state.error,
        entries_a_day=state.pace,
        last_at=state.last_entry_at,
        failing_since=state.failing_since,
        unreached_since=state.unreached_since,
    )
