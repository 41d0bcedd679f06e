"""`watcher db`, as a user runs it."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands import watcher
from tests.world import CALL, VOTE, World


@pytest.fixture
def told(earth: World) -> World:
    """A world in which the desk was told of a vote."""
    earth.configure()
    earth.drop("note.txt", VOTE)
    earth.once()
    return earth


def test_a_backup_is_made_checked_and_brought_back(told: World) -> None:
    said = watcher(told.folder, "db", "backup").stdout
    [backup] = told.folder.glob("watcher-*.db")
    assert f"watcher db restore {backup}" in said
    (told.folder / "watcher.db").write_bytes(b"spoilt")
    said = watcher(told.folder, "db", "restore", str(backup)).stdout
    [kept] = told.folder.glob("watcher.db.replaced-*")
    assert f"is kept as {kept}" in said
    assert "107-12-51" in watcher(told.folder, "votes").stdout


def test_a_backup_is_made_while_watcher_runs_and_brought_back_only_when_it_does_not(told: World) -> None:
    with told.running():
        watcher(told.folder, "db", "backup", "mine.db")
        refused = watcher(told.folder, "db", "restore", "mine.db", code=1).stderr
    assert "stop it first" in refused
    watcher(told.folder, "db", "restore", "mine.db")


def test_a_database_is_looked_over_and_what_is_wrong_is_said(told: World) -> None:
    assert "sound" in watcher(told.folder, "db", "check").stdout
    with closing(sqlite3.connect(told.folder / "watcher.db")) as database, database:
        database.execute("DELETE FROM alert")
    said = watcher(told.folder, "db", "check", code=1).stdout
    assert "refers to a row of alert that is not there" in said
    assert "watcher db restore FILE" in said


def test_where_there_is_no_database_yet_each_command_says_so(earth: World) -> None:
    earth.configure()
    for command in ("backup", "check"):
        assert "there is no database" in watcher(earth.folder, "db", command, code=1).stderr
    assert "there is no backup" in watcher(earth.folder, "db", "restore", "mine.db", code=1).stderr
    assert not (earth.folder / "watcher.db").exists()


def test_a_backup_into_a_folder_that_is_not_there_says_so(told: World) -> None:
    wanted = str(Path("nowhere", "mine.db"))
    said = watcher(told.folder, "db", "backup", wanted, code=1).stderr
    assert f"{wanted} cannot be written: No such file or directory" in said


def test_the_whole_record_is_written_into_files_for_programs_and_for_spreadsheets(told: World) -> None:
    told.drop("phone.txt", CALL)
    told.once()
    for _ in range(2):  # a second one takes the place of the first
        assert "alerts.jsonl: 2" in watcher(told.folder, "db", "export", "record").stdout
        watcher(told.folder, "db", "export", "record", "--csv")
    folder = told.folder / "record"
    assert sorted(file.name for file in folder.iterdir()) == [
        f"{name}.{ending}" for name in ("alerts", "stories", "votes") for ending in ("csv", "jsonl")
    ]
    for name, number in (("votes", 1), ("stories", 2), ("alerts", 2)):
        documents = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
        with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert len(documents) == len(rows) == number
    with (folder / "alerts.csv").open(newline="", encoding="utf-8") as file:
        assert {row["reached"] for row in csv.DictReader(file)} == {"desk"}
    [vote] = map(json.loads, (folder / "votes.jsonl").read_text("utf-8").splitlines())
    assert (vote["in_favour"], vote["positions"]["Israel"]) == (107, "in_favour")


def test_who_names_a_file_for_the_record_hears_that_it_is_a_folder_of_three(told: World) -> None:
    (told.folder / "notes").touch()
    for name in ("record.jsonl", "Votes.CSV", "notes"):
        said = watcher(told.folder, "db", "export", name, code=2).stderr
        assert f"{name} is the name of a file, and there will be three; name a folder" in said
    assert not (told.folder / "record.jsonl").exists()
    watcher(told.folder, "db", "export", "2026.11")
    assert (told.folder / "2026.11" / "votes.jsonl").is_file()


def test_while_watcher_runs_a_database_that_is_gone_is_not_called_one_that_has_never_been(
    told: World,
) -> None:
    with told.running():
        (told.folder / "watcher.db").rename(told.folder / "elsewhere.db")
        said = watcher(told.folder, "status", code=1).stderr
        (told.folder / "elsewhere.db").rename(told.folder / "watcher.db")
    assert "was moved, removed or replaced while watcher runs; put it back" in said
