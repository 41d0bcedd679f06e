"""What the pipeline works with, and what it says of its work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from watcher.core.alerts.pacing import Pace
from watcher.core.alerts.routing import Route
from watcher.core.messages.templates import NO_TEMPLATES, Templates
from watcher.core.messages.troubles import NOBODY, Operators
from watcher.edges.fetch import Fetcher
from watcher.edges.receivers import Receiver
from watcher.edges.sandbox import Sandbox
from watcher.edges.store import Store
from watcher.pipeline.sites import Sites


@dataclass(frozen=True, slots=True)
class Doors:
    """The outside world, and what stands for chance and time. `operator`: the receiver to tell of our own troubles.
    `paces`: when receivers want their messages; those that are not in it, at once.
    """

    store: Store
    fetcher: Fetcher
    sandbox: Sandbox
    receivers: Mapping[str, Receiver]
    first_poll_age: timedelta
    clock: Callable[[], datetime]  # aware UTC
    chance: Callable[[], float]  # in [0, 1)
    operator: str | None = None  # the first receiver, where none is named
    routes: tuple[Route, ...] = ()
    templates: Templates = NO_TEMPLATES
    paces: Mapping[str, Pace] = field(default_factory=dict)
    sites: Sites = field(default_factory=Sites)  # what earlier passes learnt of them
    # Source -> seconds by which the clock of its server was ahead of ours when it last answered.
    clocks: dict[str, int] = field(default_factory=dict)

    @property
    def operators(self) -> Operators:
        return Operators(tuple(sorted(self.receivers, key=lambda name: name != self.operator)), self.routes)

    @property
    def telling(self) -> Telling:
        return Telling(self.routes, self.templates, self.operators)


@dataclass(frozen=True, slots=True)
class Telling:
    """How alerts are told: whom, in which words, and who hears of a template that fails."""

    routes: tuple[Route, ...]
    templates: Templates
    operators: Operators
    heeds_silences: bool = True


PLAINLY = Telling((), NO_TEMPLATES, NOBODY, heeds_silences=False)


class Report(NamedTuple):
    """What one poll of one source came to. `error`: why it failed, or was only partly read. `in_doubt`: no word of its
    server came, which may be its own fault, or that of our network.
    """

    source: str
    known: int = 0
    new: int = 0
    matched: int = 0
    alerts: int = 0
    error: str | None = None
    failed: bool = False
    in_doubt: bool = False

    def and_then(self, other: Report) -> Report:
        """What two parts of one poll came to, of which the other was the last."""
        return other._replace(
            new=self.new + other.new,
            matched=self.matched + other.matched,
            alerts=self.alerts + other.alerts,
        )
