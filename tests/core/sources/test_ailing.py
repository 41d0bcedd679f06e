"""Of which sources the operator hears, and how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from watcher.core.sources.ailing import LASTING, Patient, look
from watcher.core.sources.health import Health, State

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)


def patient(
    state: State,
    *,
    told: str | None = None,
    ill_for: timedelta | None = LASTING,
    failures: int = 5,
    name: str = "a",
) -> Patient:
    since = NOW - ill_for if ill_for else None
    return Patient(name, Health(state, "answered 503", "wait"), since, failures, told)


def subjects(*patients: Patient, cut_off: bool = False) -> list[str]:
    return [message.subject for message in look(patients, NOW, cut_off=cut_off).messages]


def test_what_lasts_is_told_once_with_its_reason_and_what_helps() -> None:
    found = look([patient(State.FAILING)], NOW, cut_off=False)
    [message] = found.messages
    assert message.subject == "watcher: a fails"
    assert "answered 503 (wait)" in message.text
    assert found.told == {"a": "failing"}
    assert subjects(patient(State.FAILING, told="failing")) == []


def test_a_source_that_was_silent_when_it_was_added_is_no_news() -> None:
    silent = Patient("a", Health(State.SILENT), None, 0, None, at_first=State.SILENT)
    assert subjects(silent) == []
    assert subjects(replace(silent, at_first=State.WELL)) == ["watcher: a is silent"]


@pytest.mark.parametrize(
    "seen",
    [
        patient(State.FAILING, ill_for=LASTING / 2),
        patient(State.FAILING, failures=2),
        patient(State.UNREACHED, ill_for=LASTING / 2),
        patient(State.PARTLY),
        patient(State.WELL),
        patient(State.WAITING, ill_for=None),
    ],
)
def test_what_passes_is_told_to_nobody(seen: Patient) -> None:
    assert subjects(seen) == []


def test_several_are_one_message() -> None:
    ill = [patient(State.FAILING, name=f"f{number}") for number in range(40)]
    silent = [patient(State.SILENT, name="s", ill_for=None), patient(State.SILENT, name="t", ill_for=None)]
    [message] = look([*ill, *silent], NOW, cut_off=False).messages
    assert message.subject == "watcher: 40 sources fail; 2 sources are silent"
    assert "and 10 more" in message.text


def test_that_it_is_over_is_told_to_who_was_told_that_it_began() -> None:
    found = look([patient(State.WELL, told="silent"), patient(State.WELL, name="b")], NOW, cut_off=False)
    assert [message.subject for message in found.messages] == ["watcher: a is well again"]
    assert found.told == {"a": None}


def test_who_pauses_a_source_is_not_told_that_it_is_well() -> None:
    found = look([patient(State.PAUSED, told="failing")], NOW, cut_off=False)
    assert (found.messages, found.told) == ((), {"a": None})


def test_while_our_own_network_is_down_nobody_is_to_blame() -> None:
    assert subjects(patient(State.UNREACHED), cut_off=True) == []
    assert subjects(patient(State.UNREACHED)) == ["watcher: a cannot be reached"]


def test_a_source_that_was_silent_and_now_fails_is_news() -> None:
    assert subjects(patient(State.FAILING, told="silent")) == ["watcher: a fails"]
