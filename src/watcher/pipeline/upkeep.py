"""What watcher does to be sure of itself: a try of the whole way of an article, and a sign of life to the outside."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from watcher.config import Heartbeat, Source
from watcher.core.alerts.deciding import Freshness
from watcher.core.alerts.pacing import AT_ONCE
from watcher.core.upkeep import selftest
from watcher.edges.fetch import Request
from watcher.edges.receivers import Receiver
from watcher.errors import FetchError, SourceError, StoreError
from watcher.pipeline.delivery import deliver
from watcher.pipeline.doors import Doors
from watcher.pipeline.learning import learn, read

log = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=20)  # for the answer to a sign of life


def try_itself(doors: Doors) -> str | None:
    """Why an article does not get from a feed to a receiver; None where it does. Leaves no trace in the memory.

    Raises StoreError where the memory cannot be used, which says nothing about the rest.

    The feed is in no network, and the receiver shows nothing; all between them is as for any article.
    """
    doors.store.forget(selftest.NAME)
    try:
        return _tried(doors)
    except StoreError:
        raise  # whoever needs the memory is told that, and this is no bug
    except SourceError as error:
        return f"its feed could not be read: {error}"
    except Exception as bug:
        log.exception("a bug in watcher stopped its self-test")
        return f"a bug in watcher: {type(bug).__name__}, see the log"
    finally:
        doors.store.forget(selftest.NAME)


def _tried(doors: Doors) -> str | None:
    now, rules = doors.clock(), selftest.rules()
    parsed = doors.sandbox.parse_feed(selftest.feed(now), selftest.HEADERS)
    findings = read(_SOURCE, parsed.entries, rules, doors, now)
    with doors.store.ingest() as ingest:
        report = learn(ingest, findings, now, Freshness(None))
    if not report.alerts:
        return "its article was read, and no alert came of it"
    nobody = Receiver(selftest.NAME, "null://")
    sent = list(deliver(nobody, replace(doors, paces={selftest.NAME: AT_ONCE})))
    if [each.state for each in sent] != ["sent"]:
        return f"its alert was not delivered: {sent[0].error if sent else 'it was not in the outbox'}"
    return None


_SOURCE = Source(
    name=selftest.NAME,
    url=None,
    folder=None,
    tags=(),
    every=timedelta(hours=1),
    min_interval=timedelta(hours=1),
    max_interval=timedelta(hours=1),
    timeout=PATIENCE,
    max_age=None,
)


def show_life(heartbeat: Heartbeat, doors: Doors) -> str | None:
    """Ask for the url of the heartbeat; why it was not heard, or None."""
    asked = [
        Request(
            "heartbeat",
            heartbeat.url.get_secret_value(),
            allow_private=heartbeat.allow_private,
            timeout=PATIENCE,
            follow=False,
        )
    ]

    def take(free: int) -> Sequence[Request]:
        taken = asked[:free]
        del asked[:free]
        return taken

    [(_, answer)] = doors.fetcher.fetch(take)
    if isinstance(answer, FetchError):
        return str(answer)
    return (
        None if answer.whole else f"the server answered {answer.status}, which is no sign that it has heard"
    )
