"""The config is read anew while the daemon runs: whole and right, or not at all."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import commands
from tests.commands import Daemon, until
from tests.test_cli import ROOT, drop
from tests.test_mutations import MISTAKES
from tests.world import CALL, RULES, VOTE, WEATHER, Item, World, rss
from watcher.app import App
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
        until(lambda: "1 article of the last 7 days: rule israel-ukraine: 1 match fewer" in running.said)
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


def refused(earth: World, running: App, rules: str) -> str:
    """What the operator is told of an edit that makes these the rules."""
    earth.configure(rules=rules)
    assert not running.reload(rules)
    assert [report.state for report in running.deliver("desk")] == ["sent"]
    told: str = earth.desk.posts[-1]["message"]
    return told


def test_a_rule_whose_own_test_fails_is_refused(earth: World) -> None:
    earth.configure()
    with earth.running() as running:
        told = refused(earth, running, RULES + '[[rules.tests]]\nmatch = ["Nothing of the kind"]\n')
        assert "does not match “Nothing of the kind”" in told


def test_a_new_receiver_works_without_a_restart(earth: World) -> None:
    earth.configure()
    earth.drop("call.txt", CALL)
    with earth.running() as running:
        rules = RULES.replace('"desk"', '"second"')
        earth.configure(receivers=f'[receivers.second]\nurl = "{earth.desk_url}"\n', rules=rules)
        assert running.reload("edited")
        list(running.poll_folders())
        assert [report.state for report in running.deliver("second")] == ["sent"]
    assert len(earth.told) == 1


def test_sighup_reads_the_file_at_once(earth: World) -> None:
    earth.configure()
    with daemon(earth) as running:
        running.send(signal.SIGHUP)
        until(lambda: "nothing that matters has changed" in running.said)


def test_a_config_that_is_gone_is_said_and_what_was_read_last_stays_in_force(earth: World) -> None:
    earth.configure()
    elsewhere = earth.folder / "elsewhere.toml"
    with daemon(earth) as running:
        earth.config.rename(elsewhere)
        running.send(signal.SIGHUP)
        until(lambda: "config.toml is not there, or cannot be read: what was read last stays" in running.said)
        drop(earth, "call.txt", CALL.title, CALL.text)
        until(lambda: len(earth.told) == 1)
        elsewhere.rename(earth.config)
        until(lambda: "config.toml is there again" in running.said)
    assert running.said.count("is not there") == 1


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
    assert not file.missing
    path.write_text("new")
    assert not file.changed()
    assert file.changed()


def test_a_file_that_stays_away_is_missing_until_it_is_back(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("old")
    file = ConfigFile(path, version_of(path))
    path.unlink()
    for _ in range(10):
        assert not file.changed()
    assert file.missing
    path.write_text("old")
    assert not file.changed()
    assert not file.missing


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


def test_a_template_of_which_no_folder_can_have_the_name_is_refused_and_the_old_rules_stay(
    earth: World,
) -> None:
    earth.configure()
    earth.drop("call.txt", CALL)
    with earth.running() as running:
        long = refused(earth, running, RULES + f'template = "{"{{ title }} and " * 30}"\n')
        assert "cannot be read: File name too long" in long
        assert "control character" in refused(earth, running, RULES + 'template = "of\\u0000nowhere"\n')
        assert sum(report.alerts for report, _ in running.poll_folders()) == 1


def test_a_pass_over_many_feeds_ends_once_the_rules_have_changed(earth: World) -> None:
    earth.feeds.serve("/quick.xml", rss([WEATHER]))
    earth.feeds.hang("/slow.xml")
    feeds, source = ("/quick.xml", "/slow.xml"), 'allow_private = true\ntimeout = "3s"'
    earth.configure(*feeds, source=source)
    with earth.running() as running:
        polls = running.poll_feeds()
        assert next(polls).source == "/quick.xml"
        earth.configure(*feeds, source=source, rules=RULES.replace('near = "sentence"', "near = 0"))
        assert running.reload("edited")
        running.poll_now()
        assert [report.source for report in polls] == ["/slow.xml"]


def test_a_folder_that_is_read_while_a_receiver_gets_another_name_is_read_on_for_that_one(
    earth: World,
) -> None:
    earth.configure()
    earth.drop("one.txt", CALL)
    earth.drop("two.txt", VOTE)
    with earth.running() as running:
        files = running.poll_folders()
        next(files)
        earth.config.write_text(earth.config.read_text("utf-8").replace("desk", "second"), "utf-8")
        assert running.reload("edited")
        assert list(files) == []
        assert len(list(running.poll_folders())) == 2
        assert len(list(running.look_after())) == 1
    waiting = [
        (row["receiver"], row["state"], row["subject"])
        for row in map(json.loads, commands.watcher(earth.folder, "outbox", "--json").stdout.splitlines())
        if row["kind"] != "trouble"
    ]
    assert [(name, state) for name, state, _ in waiting] == [("second", "pending"), ("desk", "dead")]
    assert "107-12-51" in waiting[0][2]


def test_while_a_pass_by_the_old_config_may_bring_more_nothing_is_given_up_and_then_all_in_one_message(
    earth: World,
) -> None:
    earth.configure()
    earth.drop("one.txt", CALL)
    earth.drop("two.txt", VOTE)
    with earth.running() as running:
        files = running.poll_folders()
        next(files)
        earth.config.write_text(earth.config.read_text("utf-8").replace("desk", "second"), "utf-8")
        assert running.reload("edited")
        assert list(running.look_after()) == []
        assert list(files) == []
        assert len(list(running.look_after())) == 1


NARROW = RULES.replace('near = "sentence"', "near = 0")


def edited(earth: World, running: App, rules: str) -> None:
    earth.configure(rules=rules)
    assert running.reload("edited")


def test_new_rules_count_while_it_is_still_reckoned_what_they_would_have_meant(
    earth: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    earth.configure()
    for name, item in (("call", CALL), ("vote", VOTE), ("weather", WEATHER)):
        earth.drop(f"{name}.txt", item)
    with earth.running() as running:
        list(running.poll_folders())
        edited(earth, running, NARROW)
        assert "rule israel-ukraine: near sentence -> 0" in caplog.text
        weighing = running.weigh()
        next(weighing)
        earth.drop("other.txt", Item("Israel answers Ukraine", "It has answered in a letter."))
        [report, _] = [report for report, _ in running.poll_folders()]
        assert (report.new, report.matched) == (1, 0)
        assert "of the last 7 days" not in caplog.text
        assert len(list(weighing)) == 2
        assert "3 articles of the last 7 days: rule israel-ukraine: 1 match fewer" in caplog.text
        assert list(running.weigh()) == []


def test_edits_that_follow_one_another_are_reckoned_together(
    earth: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    earth.configure()
    earth.drop("call.txt", CALL)
    earth.drop("vote.txt", VOTE)
    with earth.running() as running:
        list(running.poll_folders())
        edited(earth, running, NARROW)
        outdated = running.weigh()
        next(outdated)
        edited(
            earth, running, NARROW + '[[rules]]\nid = "calls"\nkeywords.any = ["phone"]\nnotify = ["desk"]\n'
        )
        assert list(outdated) == []
        list(running.weigh())
        for effect in ("rule calls: 1 match more", "rule israel-ukraine: 1 match fewer"):
            assert caplog.text.count(f"2 articles of the last 7 days: {effect}") == 1
        edited(earth, running, NARROW)
        edited(
            earth, running, NARROW + '[[rules]]\nid = "calls"\nkeywords.any = ["phone"]\nnotify = ["desk"]\n'
        )
        assert list(running.weigh()) == []


def test_an_edit_of_no_rule_is_not_reckoned_and_an_end_waits_for_no_reckoning(
    earth: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    earth.configure()
    earth.drop("call.txt", CALL)
    with earth.running() as running:
        list(running.poll_folders())
        earth.configure(polling='[polling]\nevery = "20m"')
        assert running.reload("edited")
        assert list(running.weigh()) == []
        edited(earth, running, NARROW)
        running.asked.stop.set()
        assert list(running.weigh()) == []
        assert "of the last 7 days" not in caplog.text


def test_an_edit_of_how_often_is_said_as_it_is_written(
    earth: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    earth.configure(polling='[polling]\nevery = "15m"')
    with earth.running() as running:
        earth.configure(polling='[polling]\nevery = "1h"\ncontact = "desk@example.org"')
        assert running.reload("edited")
    assert "polling.every: 15m -> 1h" in caplog.text
    assert "polling.contact: none -> desk@example.org at the next start" in caplog.text


def test_what_counts_from_the_next_start_on_is_said_as_it_is_written(
    earth: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    earth.configure(polling='listen = "127.0.0.1:9188"')
    with earth.running() as running:
        for listen in ('listen = "127.0.0.1:9189"', 'listen = "[::1]:9190"', ""):
            earth.configure(polling=listen)
            assert running.reload("edited")
    assert "listen: 127.0.0.1:9189 at the next start" in caplog.text
    assert "listen: [::1]:9190 at the next start" in caplog.text
    assert "listen: none any more at the next start" in caplog.text


def test_an_edit_leaves_alone_the_receivers_that_it_does_not_name(earth: World) -> None:
    earth.configure()
    with earth.running() as running:
        before = running.doors.receivers["desk"]
        earth.configure(rules=RULES.replace('near = "sentence"', "near = 0"))
        assert running.reload("edited")
        assert running.doors.receivers["desk"] is before
        earth.config.write_text(earth.config.read_text("utf-8").replace(earth.desk_url, "null://"), "utf-8")
        assert running.reload("edited again")
        assert running.doors.receivers["desk"] is not before
