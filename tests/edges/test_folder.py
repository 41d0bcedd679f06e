"""A real folder with real files, well-behaved and otherwise."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from watcher.edges import folder
from watcher.errors import SourceError

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(hours=1)


def put(path: Path, body: bytes = b"words", at: datetime = LONG_AGO) -> Path:
    path.write_bytes(body)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def names(scan: folder.Scan) -> list[str]:
    return [file.name for file in scan.changed]


def known(scan: folder.Scan) -> dict[str, str]:
    read = {file.name: file.signature for file in scan.changed}
    return read | {file.name: file.signature for file in scan.refused}


def reason(scan: folder.Scan, name: str) -> str:
    return next(file.reason for file in scan.refused if file.name == name)


def test_new_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.JSONL", "d.html", "e.htm", "f.json"):
        put(tmp_path / name, name.encode())
    scan = folder.scan(tmp_path, {}, NOW)
    assert names(scan) == ["a.md", "b.txt", "c.JSONL", "d.html", "e.htm", "f.json"]
    assert scan.changed[1].body == b"b.txt"
    assert (scan.waiting, scan.refused, scan.unchanged) == ((), (), 0)


def test_a_file_that_was_read_is_not_read_again(tmp_path: Path) -> None:
    put(tmp_path / "a.txt")
    put(tmp_path / "a.pdf")
    again = folder.scan(tmp_path, known(folder.scan(tmp_path, {}, NOW)), NOW)
    assert (again.changed, again.refused, again.unchanged) == ((), (), 2)


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", b"first")
    before = known(folder.scan(tmp_path, {}, NOW))
    put(tmp_path / "a.txt", b"second", LONG_AGO + timedelta(seconds=5))
    assert folder.scan(tmp_path, before, NOW).changed[0].body == b"second"


def test_a_file_replaced_by_another_of_the_same_size_and_time_is_read_again(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", b"first")
    before = known(folder.scan(tmp_path, {}, NOW))
    put(tmp_path / "new", b"other").rename(tmp_path / "a.txt")
    assert folder.scan(tmp_path, before, NOW).changed[0].body == b"other"


def test_a_file_that_may_still_grow_waits(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", b"half an ar", NOW - timedelta(seconds=0.5))
    scan = folder.scan(tmp_path, {}, NOW)
    assert (names(scan), scan.waiting) == ([], ("a.txt",))
    assert names(folder.scan(tmp_path, {}, NOW + timedelta(seconds=1))) == ["a.txt"]


def test_a_file_from_the_future_does_not_wait_for_it(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", at=NOW + timedelta(days=400))
    assert names(folder.scan(tmp_path, {}, NOW)) == ["a.txt"]


@pytest.mark.parametrize(
    "name", [".hidden.txt", "a.txt~", ".a.txt.swp", "a.txt.part", "a.tmp", "a.txt.crdownload"]
)
def test_hidden_and_half_made_files_are_left_alone(tmp_path: Path, name: str) -> None:
    put(tmp_path / name)
    assert folder.scan(tmp_path, {}, NOW) == folder.Scan((), (), (), 0)


def test_folders_in_the_folder_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "sub.txt").mkdir()
    put(tmp_path / "sub.txt" / "a.txt")
    assert folder.scan(tmp_path, {}, NOW) == folder.Scan((), (), (), 0)


def test_other_kinds_of_files_are_refused_with_the_kinds_that_are_read(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf")
    assert reason(folder.scan(tmp_path, {}, NOW), "a.pdf") == (
        "only files ending in .txt, .md, .html, .htm, .json, .jsonl are read"
    )


def test_a_link_is_refused_wherever_it_leads(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("/etc/passwd")
    (tmp_path / "b.txt").symlink_to("nowhere")
    scan = folder.scan(tmp_path, {}, NOW)
    assert names(scan) == []
    assert reason(scan, "a.txt") == "a symbolic link; only files that lie in the folder are read"
    assert reason(scan, "b.txt") == reason(scan, "a.txt")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert reason(folder.scan(tmp_path, {}, NOW), "a.txt") == "not a regular file"


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(2 * 2**30)
    os.utime(tmp_path / "a.txt", (LONG_AGO.timestamp(), LONG_AGO.timestamp()))
    assert reason(folder.scan(tmp_path, {}, NOW), "a.txt") == "larger than 20 MiB"


def test_a_scan_takes_no_more_than_memory_can_hold_and_the_next_takes_the_rest(tmp_path: Path) -> None:
    for number in range(10):
        put(tmp_path / f"{number}.txt", b"x" * folder.MAX_BYTES)
    first = folder.scan(tmp_path, {}, NOW)
    assert (len(first.changed), first.waiting) == (8, ("8.txt", "9.txt"))
    assert names(folder.scan(tmp_path, known(first), NOW)) == ["8.txt", "9.txt"]


def test_names_that_are_no_text_become_text(tmp_path: Path) -> None:
    for name in (b"caf\xe9.txt", b"two\nlines.txt", b"\x1b[31mred.txt", "שלום.txt".encode()):
        put(Path(os.fsdecode(bytes(tmp_path) + b"/" + name)))
    scan = folder.scan(tmp_path, {}, NOW)
    assert sorted(names(scan)) == sorted(["caf\\xe9.txt", "two\\nlines.txt", "\\x1b[31mred.txt", "שלום.txt"])
    assert folder.scan(tmp_path, known(scan), NOW).unchanged == 4


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_reported_once_and_read_when_it_may(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt")
    path.chmod(0)
    first = folder.scan(tmp_path, {}, NOW)
    assert reason(first, "a.txt") == "it cannot be opened: Permission denied"
    assert folder.scan(tmp_path, known(first), NOW).refused == ()
    path.chmod(0o600)
    assert names(folder.scan(tmp_path, known(first), NOW)) == ["a.txt"]


def test_a_missing_folder_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(
        SourceError, match=r"seeds does not exist; create it, or correct “folder” in the config$"
    ):
        folder.scan(tmp_path / "seeds", {}, NOW)


def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"is a file; “folder” in the config must name a folder$"):
        folder.scan(put(tmp_path / "seeds"), {}, NOW)


def test_an_empty_folder_is_fine(tmp_path: Path) -> None:
    assert folder.scan(tmp_path, {}, NOW) == folder.Scan((), (), (), 0)
