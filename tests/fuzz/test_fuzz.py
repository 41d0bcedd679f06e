"""The short form of `make fuzz`: a few hundred mutated feeds, always the same."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from tests.fuzz.feeds import fuzz
from tests.fuzz.mutation import mutants


def test_a_feed_that_nobody_wrote_is_read_or_refused(tmp_path: Path) -> None:
    tally = fuzz(seed=20261121, count=500, folder=tmp_path / "failures")
    assert tally.failures == []
    assert sum(tally.outcomes.values()) == 500
    assert all(tally.outcomes[outcome] > 50 for outcome in ("read", "read in part", "refused"))


def test_a_seed_gives_the_same_feeds_again() -> None:
    assert list(islice(mutants(7), 100)) == list(islice(mutants(7), 100)) != list(islice(mutants(8), 100))
