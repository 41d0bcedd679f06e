"""Dates as feeds write them."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.formats.dates import read

DAYS = st.sampled_from(["", "Tue, ", "Wed, "])
MONTHS = st.sampled_from(["Jan", "Feb", "Apr", "Dec", "Foo"])
ZONES = st.sampled_from(["GMT", "+0000", "-0000", "+0530", "-0330", "+2359"])
WRITTEN = st.builds(
    "{}{} {} {} {:02}:{:02}:{:02} {}".format,
    DAYS, st.integers(0, 33), MONTHS, st.integers(1991, 2099), st.integers(0, 25), st.integers(0, 61),
    st.integers(0, 61), ZONES,
)  # fmt: skip


@given(WRITTEN)
def test_a_date_of_the_usual_form_is_what_the_library_says_that_it_is(written: str) -> None:
    try:
        said = parsedate_to_datetime(written)
        expected = (said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(UTC)
    except ValueError:
        expected = None
    assert read(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "Tue, 24 Feb 2026 12:00:00 +0200",
        "2026-02-24T10:00:00Z",
        "Tue, 24 Feb 2026 12:00:00 EET",
        "Tue, 24 Feb 2026 12:00:00 IST",
    ],
)
def test_one_moment_is_read_however_it_is_written(written: str) -> None:
    assert read(written) == datetime(2026, 2, 24, 10, tzinfo=UTC)
