"""The config is read anew while the daemon runs: whole and right, or not at all."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import commands
from tests.commands import Daemon, until
from tests.test_cli import ROOT, drop
from tests.test_mutations import MISTAKES
from tests.world import CALL, RULES, World
from watcher.app.reloading import ConfigFile, version_of


@contextmanager
def daemon(earth: World) -> Iterator[Daemon]:
    """One that has started, and ends well."""
    with commands.daemon(earth.folder) as running:
        until(lambda: "nothing known yet" in running.said)
        yield running
        running.ends()


def test_a_saved_edit_is_live_within_seconds_and_the_log_says_what_it_changes(earth: World) -> None:
    earth.configure()
    drop(earth, "call.txt", CALL.title, CALL.text)
    with daemon(earth) as running:
        until(lambda: len(earth.told) == 1)
        earth.configure(rules=RULES.replace('near = "sentence"', "near = 0"))
        until(lambda: "rule israel-ukraine: near sentence -> 0" in running.said)
        assert "on the last 7 days: 1 match fewer" in running.said
        drop(earth, "other.txt", "Israel answers Ukraine", "Israel has answered Ukraine in a letter.")
        until(lambda: "other.txt: 1 new article" in running.said)
        assert len(earth.told) == 1


def test_a_broken_edit_keeps_the_old_rules_and_tells_the_operator_line_and_fix_once(earth: World) -> None:
    earth.configure()
    with daemon(earth) as running:
        broken = earth.config.read_text("utf-8").replace("entities.all", "entities.al")
        earth.config.write_text(broken, "utf-8")
        until(lambda: len(earth.told) == 1)
        line = broken[: broken.index("entities.al ")].count("\n") + 1
        assert "refused" in earth.told[0]
        assert f"line {line}" in earth.desk.posts[0]["message"]
        assert 'did you mean "all"' in earth.desk.posts[0]["message"]
        drop(earth, "call.txt", CALL.title, CALL.text)
        until(lambda: len(earth.told) == 2)
        assert "Netanyahu" in earth.told[1]
    assert running.said.count("the rules from before stay") == 1


def test_a_rule_whose_own_test_fails_is_refused(earth: World) -> None:
    earth.configure()
    with daemon(earth):
        rules = RULES + '[[rules.tests]]\nmatch = ["Nothing of the kind"]\n'
        earth.configure(rules=rules)
        until(lambda: len(earth.told) == 1)
        assert "does not match “Nothing of the kind”" in earth.desk.posts[0]["message"]


def test_a_new_receiver_works_without_a_restart(earth: World) -> None:
    earth.configure()
    with daemon(earth) as running:
        rules = RULES.replace('"desk"', '"second"')
        earth.configure(receivers=f'[receivers.second]\nurl = "{earth.desk_url}"\n', rules=rules)
        until(lambda: "receiver second: new" in running.said)
        drop(earth, "call.txt", CALL.title, CALL.text)
        until(lambda: len(earth.told) == 1)


def test_sighup_reads_the_file_at_once(earth: World) -> None:
    earth.configure()
    with daemon(earth) as running:
        running.send(signal.SIGHUP)
        until(lambda: "nothing that matters has changed" in running.said)


def test_what_is_saved_while_the_daemon_starts_is_not_missed(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("as it was read")
    read = version_of(path)
    path.write_text("saved a moment later")
    file = ConfigFile(path, read)
    assert not file.changed()
    assert file.changed()


def test_a_half_written_file_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("whole")
    file = ConfigFile(path, version_of(path))
    assert not file.changed()
    path.write_text("ha")
    assert not file.changed()
    path.write_text("half, and the rest")
    assert not file.changed()
    assert file.changed()
    assert not file.changed()


def test_a_file_that_an_editor_replaces_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("old")
    file = ConfigFile(path, version_of(path))
    path.unlink()
    assert not file.changed()
    assert not file.changed()
    path.write_text("new")
    assert not file.changed()
    assert file.changed()


def test_a_file_that_is_put_back_as_it_was_is_not_read_again(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("old")
    file = ConfigFile(path, version_of(path))
    path.write_text("new")
    assert not file.changed()
    path.write_text("old")
    assert not file.changed()
    assert not file.changed()


def test_the_old_rules_stay_through_two_hundred_broken_edits(earth: World) -> None:
    good = (ROOT / "tests" / "configs" / "good-rules.toml").read_text("utf-8")
    broken = [mutation.text for mutation in MISTAKES if mutation.base.name == "good-rules.toml"][:200]
    assert len(broken) == 200
    earth.configure()
    earth.config.write_text(good, "utf-8")
    with earth.running() as running:
        before = running.settings
        for number, text in enumerate(broken):
            earth.config.write_text(text, "utf-8")
            assert running.reload(str(number)) is False
            assert running.settings is before
        earth.config.write_text(good.replace('severity = "low"', 'severity = "medium"'), "utf-8")
        assert running.reload("mended") is True
