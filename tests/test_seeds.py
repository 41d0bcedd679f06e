"""The two articles that ship with watcher, end to end: the expected alerts, and nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.commands import watcher

ROOT = Path(__file__).parent.parent


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return furnished(tmp_path)


def furnished(folder: Path) -> Path:
    """A folder with the shipped seeds, and the shipped config but for its feeds."""
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    tables = (ROOT / "config.toml").read_text("utf-8").split("\n[[sources]]\n")
    kept = [table if "folder" in table else table.partition("\n# ----")[2] for table in tables[1:]]
    config = "\n[[sources]]\n".join([tables[0], kept[0]]) + "\n# ----" + kept[-1]
    (folder / "config.toml").write_text(config, "utf-8")
    return folder


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the first run prints for the first seed; the other seed is taken away."""
    desk = furnished(tmp_path_factory.mktemp("first"))
    (desk / "seeds" / "003_356717124671f61f.txt").unlink()
    return watcher(desk, "run", "--once").stdout


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> str:
    desk = furnished(tmp_path_factory.mktemp("second"))
    (desk / "seeds" / "000_73713206803271f3.txt").unlink()
    return watcher(desk, "run", "--once").stdout


def test_the_first_seed_tells_the_vote_its_tally_and_who_voted_how(first: str) -> None:
    subject = first.splitlines()[0]
    assert subject.startswith("UN General Assembly adopts")
    assert "107-12-51" in subject
    assert "107 in favour, 12 against, 51 abstaining" in first
    assert "in favour: Israel" in first
    assert "abstained: United States" in first
    assert "24 February 2026" in first
    assert "Ukrain" in first


def test_the_first_seed_says_where_it_stands_and_why_it_came(first: str) -> None:
    assert "seeds" in first
    assert "rule un-votes: found" in first
    assert "rule israel-ukraine: found" in first


def test_the_second_seed_tells_the_vote_and_that_ukraine_stayed_away(second: str) -> None:
    subject = second.splitlines()[0]
    assert "87-24-53" in subject
    assert "87 in favour, 24 against, 53 abstaining" in second
    assert "absent: Ukraine" in second
    assert "ICJ" in second


def test_the_second_seed_tells_the_talks_as_a_development(second: str) -> None:
    assert "Israel-Ukraine:" in second
    assert "Talks: “" in second
    assert "spoke to Ukrainian President Volodymyr Zelenskyy" in second


def test_each_seed_is_one_alert_and_the_second_run_alerts_nothing_and_says_so(desk: Path) -> None:
    assert watcher(desk, "run", "--once").stdout.count("alert ") == 2
    again = watcher(desk, "run", "--once")
    assert again.stdout == ""
    assert "2 articles known, nothing new" in again.stderr


def test_the_votes_are_kept_exactly(desk: Path) -> None:
    watcher(desk, "run", "--once")
    rows = [json.loads(line) for line in watcher(desk, "matches", "--json").stdout.splitlines()]
    votes = {row["title"][:20]: row["votes"] for row in rows if row["rule"] == "un-votes"}
    facts = [
        {
            key: vote[key]
            for key in ("body", "outcome", "in_favour", "against", "abstentions", "date", "positions")
        }
        for [vote] in votes.values()
    ]
    assert sorted(facts, key=str) == sorted(
        [
            {
                "body": "UNGA", "outcome": "adopted", "in_favour": 107, "against": 12, "abstentions": 51,
                "date": "2026-02-24", "positions": {"Israel": "in_favour", "United States": "abstained"},
            },
            {
                "body": "UNGA", "outcome": "adopted", "in_favour": 87, "against": 24, "abstentions": 53,
                "date": None, "positions": {"Ukraine": "absent"},
            },
        ],
        key=str,
    )  # fmt: skip
