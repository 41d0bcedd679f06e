"""Which sources' troubles the operator hears of: once of each that lasts, and once when it is over.

How a source fares is told by `health`; what passes within hours is seen there, and nobody is called for it.
Several that ail, or are well again, are one message.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from watcher.core.keys import key_of
from watcher.core.messages import Message
from watcher.core.messages.blocks import Block, Lead, Listed, Verbatim
from watcher.core.messages.troubles import trouble
from watcher.core.model import Severity
from watcher.core.sources.health import Health, State

LASTING: Final = timedelta(hours=6)
_FEWEST: Final = 3  # polls in a row, where a source is polled seldom
_MOST_NAMED: Final = 30  # sources in one message

# What is said of one and of several sources in one of these states.
_SAID: Final = {
    State.FAILING: ("fails", "sources fail"),
    State.UNREACHED: ("cannot be reached", "sources cannot be reached"),
    State.SILENT: ("is silent", "sources are silent"),
}


@dataclass(frozen=True, slots=True)
class Patient:
    """A feed, how it fares, since when polls of it fail and how many did.

    `told`: the state the operator knows of. `at_first`: how it fared, by what is known now, when it was first polled.
    """

    name: str
    health: Health
    failing_since: datetime | None
    failures: int
    told: str | None
    at_first: State | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What a look at the feeds came to. `told`: source -> the state that the operator knows of now; None: of none."""

    told: Mapping[str, str | None]
    messages: tuple[Message, ...]


def look(patients: Iterable[Patient], now: datetime, *, cut_off: bool, lost: bool = False) -> Findings:
    """`cut_off`: our own network is down, so that nothing can be said of who is not reached. `lost`: our own clock is
    wrong, so that nothing can be said of who is silent.
    """
    told: dict[str, str | None] = {}
    ill: list[Patient] = []
    well: list[Patient] = []
    for each in patients:
        state = each.health.state
        if _is_ill(each, now, cut_off=cut_off, lost=lost):
            if each.told != state:
                told[each.name] = str(state)
                ill.append(each)
        elif each.told and state in {State.WELL, State.PARTLY, State.PAUSED}:
            told[each.name] = None
            if state is not State.PAUSED:  # whoever paused it knows
                well.append(each)
    return Findings(told, tuple(_messages(ill, well, now)))


def _is_ill(each: Patient, now: datetime, *, cut_off: bool, lost: bool) -> bool:
    state, since = each.health.state, each.failing_since
    lasts = since is not None and now - since >= LASTING
    if state is State.FAILING:
        return lasts and each.failures >= _FEWEST
    if state is State.UNREACHED:
        return lasts and not cut_off
    # Who adds a silent one knows.
    return state is State.SILENT and each.at_first is not State.SILENT and not lost


def _messages(ill: Sequence[Patient], well: Sequence[Patient], now: datetime) -> Iterable[Message]:
    if ill:
        lines = {state: [each for each in ill if each.health.state is state] for state in _SAID}
        said = "; ".join(_said(state, those) for state, those in lines.items() if those)
        listed = (
            Listed(str(state).capitalize(), _named([_line(each) for each in those]))
            for state, those in lines.items()
            if those
        )
        blocks: tuple[Block, ...] = (
            Lead(f"In trouble for long: {said}."),
            *listed,
            Verbatim("See how all of them fare", ("watcher sources health",)),
            Listed("When you hear of it again", ("When they are well, and not before.",), small=True),
        )
        yield trouble(f"watcher: {said}", blocks, _key(ill, now), Severity.MEDIUM)
    if well:
        said = f"{well[0].name} is" if len(well) == 1 else f"{len(well)} sources are"
        blocks = (
            Lead(f"{said} well again."),
            Listed("Which", _named([f"{each.name}, which was {each.told}" for each in well])),
        )
        yield trouble(f"watcher: {said} well again", blocks, _key(well, now), Severity.LOW)


def _said(state: State, those: Sequence[Patient]) -> str:
    one, several = _SAID[state]
    return f"{those[0].name} {one}" if len(those) == 1 else f"{len(those)} {several}"


def _line(each: Patient) -> str:
    return f"{each.name}: {each.health.says}" + (f" ({each.health.helps})" if each.health.helps else "")


def _named(lines: Sequence[str]) -> tuple[str, ...]:
    more = len(lines) - _MOST_NAMED
    return (*lines[:_MOST_NAMED], *([f"and {more} more"] if more > 0 else ()))


def _key(those: Iterable[Patient], now: datetime) -> str:
    return key_of("sources", now.isoformat(), *(f"{each.name} {each.health.state}" for each in those))
