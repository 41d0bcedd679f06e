"""The command, as a user types it."""

from __future__ import annotations

import json
import shlex
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.commands import COMMAND, daemon, environment, until, watcher
from tests.edges.mailbox import mailbox
from tests.test_architecture import commands
from tests.world import CALL, VOTE, World, rss
from watcher.cli import cli

ROOT = Path(__file__).parent.parent


def drop(earth: World, name: str, title: str, text: str) -> None:
    """As an editor saves: whole at once."""
    (earth.folder / f"{name}.tmp").write_text(f"{title}\n\n{text}", "utf-8")
    (earth.folder / f"{name}.tmp").rename(earth.folder / "drop" / name)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_daemon_sees_a_dropped_file_tells_it_and_ends_cleanly(earth: World, number: int) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml")
    with daemon(earth.folder) as running:
        until(lambda: len(earth.told) == 1)
        drop(earth, "call.txt", CALL.title, CALL.text)
        until(lambda: len(earth.told) == 2)
        running.ends(number)
        assert "/un.xml: 1 new article" in running.said


def test_a_slow_server_does_not_hold_up_the_end(earth: World) -> None:
    earth.feeds.hang("/slow.xml")
    earth.configure("/slow.xml")
    with daemon(earth.folder) as running:
        until(lambda: earth.feeds.requests("/slow.xml"))
        running.ends()


def test_a_second_daemon_on_the_same_database_is_refused(earth: World) -> None:
    earth.configure()
    with earth.running():
        refused = watcher(earth.folder, "run", "--once", code=1)
    assert "another watcher" in refused.stderr


def test_run_once_names_each_feed_that_cannot_be_reached_in_one_line(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.feeds.status("/gone.xml", 410)
    earth.configure("/un.xml", "/gone.xml")
    said = watcher(earth.folder, "run", "--once").stderr
    assert len([line for line in said.splitlines() if "/gone.xml" in line]) == 1
    assert "1 new article, 1 alert; 1 could not be read" in said


def test_alerts_and_secrets_reach_a_mail_server(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    with mailbox() as (box, port):
        earth.desk_url = f"mailto://127.0.0.1:{port}?from=watcher@example.org&to=${{DESK}}&mode=insecure"
        earth.configure("/un.xml")
        watcher(earth.folder, "run", "--once", DESK="desk@example.org")
    [mail] = box.messages
    assert mail["To"] == "desk@example.org"
    assert mail.get_content_type() == "multipart/alternative"


@pytest.fixture
def told(earth: World) -> World:
    """A world in which one vote and one call were told."""
    earth.feeds.serve("/un.xml", rss([VOTE, CALL]))
    earth.configure("/un.xml")
    earth.once()
    return earth


def answers(earth: World, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in watcher(earth.folder, *arguments, "--json").stdout.splitlines()]


def test_matches_show_the_rule_and_the_words(told: World) -> None:
    assert {row["rule"] for row in answers(told, "matches")} == {"un-votes", "israel-ukraine"}
    assert "Netanyahu" in watcher(told.folder, "matches").stdout


def test_alerts_show_what_was_told_and_that_it_arrived(told: World) -> None:
    rows = answers(told, "alerts")
    assert sorted(str(row["subject"]) for row in rows) == sorted(told.told)
    assert "desk: sent" in watcher(told.folder, "alerts").stdout


def test_articles_show_what_came_of_each(told: World) -> None:
    rows = answers(told, "articles")
    assert {row["reason"] for row in rows} == {"the first report of this"}
    assert VOTE.title in watcher(told.folder, "articles").stdout


def test_sources_show_the_state_of_each(told: World) -> None:
    states = {row["name"]: row["state"] for row in answers(told, "sources")}
    assert states == {"drop": "folder", "/un.xml": "well"}


def test_status_is_one_screen(told: World) -> None:
    [status] = answers(told, "status")
    assert status["alerts"] == 2
    assert status["outbox"] == {"desk": {"sent": 2}}
    assert len(watcher(told.folder, "status").stdout.splitlines()) < 24


def test_since_leaves_out_what_is_older(told: World) -> None:
    assert len(answers(told, "alerts", "--since", "1h")) == 2
    assert "is no time span" in watcher(told.folder, "alerts", "--since", "yesterday", code=2).stderr


def test_what_cannot_be_meant_is_answered_in_words(told: World) -> None:
    beyond = "9" * 5000
    for asked, said in {
        ("votes", "show", beyond): "there is no vote",
        ("votes", "show", "abc"): '"abc" is no number from 1 on',
        ("alerts", "--limit", "0"): '"0" is no number from 1 on',
        ("alerts", "--since", f"{beyond}y"): "is no time span",
        ("explain", beyond): "no stored article has the id",
        ("explain", "²"): "",
        ("explain", " "): "it is empty",
        ("explain", "drop"): "drop is a folder",
        ("explain", "notes.txt"): "there is no file notes.txt",
        ("explain", "https://a.example/b"): "there is no file https://a.example/b",
        ("outbox", "--receiver", "nobody"): 'the config has desk, and no "nobody"',
        ("routes", "test"): "say which alert",
        ("routes", "test", "²"): "there is no alert and no article",
        ("silence", "end", "0"): "no number from 1 on",
    }.items():
        assert said in watcher(told.folder, *asked, code=2 if said else 0).stderr
    said = watcher(told.folder, "stories", "split", answers(told, "stories")[0]["key"], beyond, code=1).stderr
    assert "is not of story" in said
    assert len(answers(told, "alerts", "--limit", beyond)) == 2


def test_nobody_has_to_read_all_that_is_said(told: World) -> None:
    """Neither `watcher alerts | head` is an error, nor an output that was closed before."""
    for line in ("alerts | true", "votes --csv | true", "explain Rain | true", "alerts >&-"):
        line = f"set -o pipefail; {shlex.join(COMMAND)} {line}"
        done = subprocess.run(["bash", "-c", line], cwd=told.folder, env=environment(), capture_output=True)
        assert (done.returncode, done.stderr) == (0, b""), line


def test_a_question_before_the_first_run_says_what_to_do(earth: World) -> None:
    earth.configure()
    assert "watcher run" in watcher(earth.folder, "alerts", code=1).stderr


def test_check_says_that_a_config_is_right(earth: World) -> None:
    earth.configure("/un.xml")
    assert "2 sources, 2 rules, 1 receiver" in watcher(earth.folder, "check").stdout


@pytest.mark.parametrize("command", [("check",), ("run", "--once"), ("alerts",), ("replay", "config.toml")])
def test_a_broken_config_stops_every_command_with_line_key_fix_and_code_78(
    earth: World, command: tuple[str, ...]
) -> None:
    earth.configure()
    text = earth.config.read_text("utf-8").replace("entities.any", "entities.anny")
    earth.config.write_text(text, "utf-8")
    line = text[: text.index("entities.anny")].count("\n") + 1
    said = watcher(earth.folder, *command, code=78).stderr
    assert f"config.toml, line {line}: " in said
    assert "entities.anny" in said
    assert 'did you mean "any"' in said
    assert not (earth.folder / "watcher.db").exists()


def test_a_rule_that_cannot_be_compiled_names_its_line(earth: World) -> None:
    rules = '[[rules]]\nid = "r"\nnotify = ["desk"]\nkeywords.any = ["vote", "v*"]\n'
    earth.configure(rules=rules)
    said = watcher(earth.folder, "check", code=78).stderr
    assert 'rules."r".keywords.any[1]' in said
    assert "every word that begins with" in said


def test_replay_answers_for_each_article_in_the_documented_form(earth: World, tmp_path: Path) -> None:
    earth.configure()
    lines = [
        {"id": "a", "title": VOTE.title, "text": VOTE.text, "date": "2026-02-24"},
        {"id": "b", "title": "Rain", "text": "Nothing."},
        {"id": "c", "title": VOTE.title, "text": VOTE.text, "source": "another"},
    ]
    archive = tmp_path / "archive.jsonl"
    archive.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    rows = answers(earth, "replay", str(archive))
    assert [(row["id"], row["matches"], row["alert"]) for row in rows] == [
        ("a", ["un-votes"], "new"), ("b", [], None), ("c", ["un-votes"], None),
    ]  # fmt: skip
    assert rows[0]["story"] == rows[2]["story"]
    assert rows[1]["story"] is None
    [vote] = rows[0]["votes"]
    assert (vote["in_favour"], vote["against"], vote["abstentions"]) == (107, 12, 51)
    assert "107" in vote["evidence"][0]
    assert earth.told == []
    assert not (earth.folder / "watcher.db").exists()


def test_replay_of_a_broken_line_names_it(earth: World, tmp_path: Path) -> None:
    earth.configure()
    archive = tmp_path / "archive.jsonl"
    archive.write_text('{"id": "a", "title": "t", "text": ""}\n["no object"]\n', "utf-8")
    assert (
        "line 2: it is not an object"
        in watcher(earth.folder, "replay", str(archive), "--json", code=1).stderr
    )


def test_every_command_explains_itself() -> None:
    names = commands()
    assert len(names) > 20
    for name in names:
        assert watcher(ROOT, name, "--help").stdout.startswith(f"Usage: watcher {name}")


def test_an_unknown_command_is_told_what_was_meant(tmp_path: Path) -> None:
    assert 'there is no command "staus"; did you mean "status"?' in watcher(tmp_path, "staus", code=2).stderr
    assert "`watcher --help` lists them" in watcher(tmp_path, "xyzzy", code=2).stderr


def test_what_a_command_does_is_said_to_the_end_in_each_list_of_commands() -> None:
    helped = {name: CliRunner().invoke(cli, [name, "--help"]).output for name in commands()}
    listed = {name: text.partition("\nCommands:")[2] for name, text in helped.items()}
    assert len([text for text in listed.values() if text]) > 5
    assert not {name for name, text in listed.items() if "..." in text}
