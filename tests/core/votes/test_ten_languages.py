"""One construction at a time, in ten languages: `ten_languages.txt` says which words tell which facts, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from watcher.core.model import Outcome, Vote
from watcher.core.votes import read_votes

from .telling import article
from .test_how_desks_tell_it import OPENING

TABLE = Path(__file__).with_name("ten_languages.txt").read_text(encoding="utf-8")
ROWS = [tuple(cell.strip() for cell in row.split("|", 2)) for row in TABLE.splitlines() if row[2:3] == " "]
ENDS = {*(outcome.value for outcome in Outcome), "consensus", "unanimous"}


def facts(vote: Vote, outcome: bool) -> str:
    """The vote as the table tells it: "149-12-19; against: Fiji, Israel"; with how it ended, where that is asked."""
    sides: dict[str, list[str]] = {}
    for country, position in vote.positions.items():
        sides.setdefault(position.words, []).append(country)
    ends = [vote.outcome.value] if outcome and vote.outcome else []
    ends += ["consensus"] if outcome and vote.consensus else []
    ends += ["unanimous"] if outcome and vote.unanimous else []
    tally = [str(vote.tally)] if vote.tally.known else []
    words = ("in favour", "against", "abstained", "absent")
    return "; ".join(
        ends + tally + [f"{side}: {', '.join(sorted(sides[side]))}" for side in words if side in sides]
    )


@pytest.mark.parametrize(("language", "told", "text"), ROWS)
def test_the_words_tell_these_facts_and_no_others(language: str, told: str, text: str) -> None:
    whole = text.startswith("!")
    title, _, below = text[1:].rpartition(" // ")
    votes = read_votes(article(below, title) if whole else article(f"{OPENING[language]} {text}"))
    if told == "no vote":
        assert not votes
    elif told.startswith("body "):
        assert f"body {votes[0].body}" == told
    elif told.startswith("symbol "):
        assert f"symbol {votes[0].symbol}" == told
    else:
        ends = told.split("; ")[0] in ENDS
        assert facts(votes[0], ends) == told
