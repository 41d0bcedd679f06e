"""A service of systemd's: told when it is ready, reloads, ends; fed to its watchdog only while every job moves."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.commands import COMMAND, daemon, environment, until, watcher
from tests.world import VOTE, World, rss
from watcher.app.pulse import Pulse


class Manager:
    """Plays systemd's part at the other end of NOTIFY_SOCKET."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "notify"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(self.path))
        self._socket.settimeout(20)

    def hears(self, word: str) -> str:
        """The next message in which this stands; what comes before it is passed over."""
        while True:
            said = self._socket.recv(4096).decode()
            if word in said:
                return said

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Manager]:
    played = Manager(tmp_path)
    yield played
    played.close()


@contextmanager
def service(folder: Path, manager: Manager) -> Iterator[subprocess.Popen[bytes]]:
    env = environment(NOTIFY_SOCKET=str(manager.path), WATCHDOG_USEC="4000000")
    with subprocess.Popen(
        [*COMMAND, "run"], cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_the_manager_hears_that_it_is_ready_alive_reloading_and_stopping(
    earth: World, manager: Manager
) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml")
    with service(earth.folder, manager) as process:
        assert "STATUS=2 sources, 2 rules, 1 receiver" in manager.hears("READY=1")
        manager.hears("WATCHDOG=1")
        process.send_signal(signal.SIGHUP)
        assert "MONOTONIC_USEC=" in manager.hears("RELOADING=1")
        manager.hears("READY=1")
        until(lambda: earth.told)  # a poll that is under way would be poll enough
        process.send_signal(signal.SIGUSR1)
        until(lambda: earth.feeds.requests("/un.xml") == 2)
        process.terminate()
        manager.hears("STOPPING=1")
        assert process.wait(30) == 0


def test_a_job_that_hangs_is_found_out_and_one_that_moves_is_not() -> None:
    pulse = Pulse()
    pulse.expect("feeds", 0)
    pulse.expect("folders", 0)
    assert not pulse.all_begun()
    pulse.beat("feeds")
    pulse.beat("folders")
    assert pulse.all_begun()
    assert pulse.still(60) == []
    time.sleep(0.02)
    pulse.beat("feeds")
    assert pulse.still(0.01) == ["folders"]
    pulse.forget("folders")
    pulse.beat("folders")  # its last step, after it was taken away
    assert pulse.still(0) == ["feeds"]


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


@pytest.mark.parametrize("whose", ["--user", "--root=image"])
def test_a_service_is_installed_with_its_config_and_removed_without_it(tmp_path: Path, whose: str) -> None:
    config = tmp_path / "config.toml"
    shutil.copy(Path(__file__).parent.parent / "config.toml", config)
    home = {"XDG_CONFIG_HOME": str(tmp_path / "own")}
    assert "No service is installed" in watcher(tmp_path, "service", "status", whose, code=1, **home).stdout
    said = watcher(tmp_path, "service", "install", whose, **home).stdout
    assert "copied from config.toml" in said
    assert "enable --now watcher" in said
    unit, copied = (tmp_path / line.split()[1].rstrip(",") for line in said.splitlines()[:2])
    assert " -m watcher --config " in unit.read_text()
    assert copied.read_bytes() == config.read_bytes()
    copied.write_text("mine", "utf-8")
    assert "copied" not in watcher(tmp_path, "service", "install", whose, **home).stdout
    assert "Installed" in watcher(tmp_path, "service", "status", whose, code=1, **home).stdout
    watcher(tmp_path, "service", "uninstall", whose, **home)
    assert not unit.exists()
    assert copied.read_text("utf-8") == "mine"


def test_a_config_is_found_in_the_user_s_place_and_its_memory_where_state_belongs(tmp_path: Path) -> None:
    own = tmp_path / "own" / "watcher" / "config.toml"
    own.parent.mkdir(parents=True)
    shutil.copy(Path(__file__).parent.parent / "config.toml", own)
    home = {"XDG_CONFIG_HOME": str(tmp_path / "own"), "XDG_STATE_HOME": str(tmp_path / "state")}
    said = watcher(tmp_path, "paths", **home).stdout.splitlines()
    assert said[0].split() == ["config", str(own)]
    assert said[1].split() == ["database", str(tmp_path / "state" / "watcher" / "watcher.db")]
    moved = watcher(tmp_path, "paths", STATE_DIRECTORY="/var/lib/other", **home).stdout
    assert "/var/lib/other/watcher.db" in moved
    (tmp_path / "config.toml").write_bytes(own.read_bytes())
    here = watcher(tmp_path, "paths", **home).stdout.splitlines()
    assert here[1].split() == ["database", str(tmp_path / "watcher.db")]


def test_it_ends_within_half_a_minute_though_a_receiver_never_answers(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml")
    earth.desk.silent = True
    with daemon(earth.folder, subprocess.DEVNULL) as process:
        until(lambda: earth.desk.at_once)
        process.terminate()
        assert process.wait(30) == 0
    waiting = json.loads(watcher(earth.folder, "outbox", "--json").stdout)
    assert waiting["state"] in ("sending", "retry")


def test_the_container_has_nobody_s_rights_one_volume_and_commands_that_exist(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    text = (root / "Dockerfile").read_text("utf-8").replace("\\\n", "")
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]
    known = ["FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "HEALTHCHECK", "ENTRYPOINT", "CMD"]
    assert {word for word, _ in lines} <= set(known)
    final = lines[max(at for at, (word, _) in enumerate(lines) if word == "FROM") :]
    said = dict(map(tuple, final))
    assert said["USER"] == "watcher"
    assert said["VOLUME"] == "/var/lib/watcher"
    for sources in (what.split()[:-1] for word, what in lines if word == "COPY" and "--from" not in what):
        assert all((root / source).exists() for source in sources)
    for name in ("ENTRYPOINT", "HEALTHCHECK"):
        command = json.loads(said[name][said[name].index("[") :])
        assert command[:3] == ["watcher", "--config", "/etc/watcher/config.toml"]
        assert "Usage: watcher" in watcher(tmp_path, *command[3:], "--help").stdout
