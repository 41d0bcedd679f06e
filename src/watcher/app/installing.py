"""Making watcher a service of this machine or of one user: a unit for systemd, an agent for launchd.

What is to be written where is worked out first (`system_service`, `user_service`, `launch_agent`), and done by
`install` and `uninstall`. The units are files of the package, data/service/; only the command is filled in.
"""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import watcher
from watcher.app.loading import load
from watcher.errors import WatcherError

_NAME = "watcher"
_AGENT = "org.watcher.watcher"
_NOT_OF_PROGRAMS = frozenset("'\"\\")  # for systemd, as are control characters
_HOMES = (Path("/home"), Path("/root"))  # what ProtectHome= hides from a service


@dataclass(frozen=True, slots=True)
class Service:
    """What makes a service. `config`: the file it will use. `secrets`: the folder with those that the config names.

    `running`: whether its manager runs on this machine.
    """

    manager: str  # "systemd" or "launchd"
    file: Path
    text: str
    config: Path
    start: tuple[tuple[str, ...], ...]
    stop: tuple[tuple[str, ...], ...]
    status: tuple[str, ...]
    log: tuple[str, ...]  # shows it; with `-n 9` its end, with `-f` what comes
    running: bool

    @property
    def secrets(self) -> Path:
        return self.config.with_name("secrets")


def refuse_homes() -> None:
    """Raises WatcherError where a service of the machine could not use this program."""
    for place in (Path(sys.executable), Path(watcher.__file__)):
        if any(place.resolve().is_relative_to(home) for home in _HOMES):
            raise WatcherError(
                f"{place} is in somebody's home, which a service of the machine may not look into\n"
                f"  fix: install watcher elsewhere, with `python3 -m venv /opt/watcher` and "
                f"`/opt/watcher/bin/pip install …`, and run /opt/watcher/bin/watcher service install; or take `--user`"
            )


def system_service(root: Path) -> Service:
    """One for the machine, on the file system below `root`."""
    return _systemd(
        "watcher.service",
        root / "etc/systemd/system/watcher.service",
        root / "etc/watcher/config.toml",
        (),
        Path("/run/systemd/system").is_dir() and root == Path("/"),
    )


def user_service(env: Mapping[str, str]) -> Service:
    """One for this user, while they are logged in or lingering."""
    config = Path(env.get("XDG_CONFIG_HOME") or Path(env.get("HOME", "/"), ".config"))
    if sys.platform == "darwin":
        return launch_agent(Path(env.get("HOME", "/")), config / "watcher/config.toml")
    return _systemd(
        "watcher.user.service",
        config / "systemd/user/watcher.service",
        config / "watcher/config.toml",
        ("--user",),
        Path(env.get("XDG_RUNTIME_DIR", "/nowhere"), "systemd").is_dir(),
    )


def _systemd(unit: str, file: Path, config: Path, whose: tuple[str, ...], running: bool) -> Service:
    text = (files("watcher.data") / "service" / unit).read_text("utf-8")
    command = f"{for_systemd(sys.executable)} -m {_NAME}"
    control = ("systemctl", *whose)
    return Service(
        "systemd",
        file,
        text.replace("@COMMAND@", command),
        config,
        start=((*control, "daemon-reload"), (*control, "enable", "--now", _NAME)),
        stop=((*control, "disable", "--now", _NAME), (*control, "daemon-reload")),
        status=(*control, "--no-pager", "status", _NAME),
        log=("journalctl", *whose, "--unit", _NAME),
        running=running,
    )


def for_systemd(program: str) -> str:
    """How a command line of systemd begins that starts the program with this path (systemd.service(5)).

    A "%" begins a specifier. A program whose path has quotes, backslashes or tabs in it is refused, also where they are
    escaped; so a shell starts that, as one of its arguments, in which a "$" begins a variable.
    """
    word = program.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    if any(each in _NOT_OF_PROGRAMS or not each.isprintable() for each in program):
        for each, escaped in (("$", "$$"), ("\t", "\\t"), ("\n", "\\n")):
            word = word.replace(each, escaped)
        return f'/bin/sh -c \'exec "$$0" "$$@"\' "{word}"'
    return f'"{word}"' if " " in word else word


def launch_agent(home: Path, config: Path) -> Service:
    """One for the user of a Mac, while they are logged in."""
    file, log = home / f"Library/LaunchAgents/{_AGENT}.plist", home / "Library/Logs/watcher.log"
    agent = {
        "Label": _AGENT,
        "ProgramArguments": [sys.executable, "-m", _NAME, "--config", str(config), "run"],
        "EnvironmentVariables": {"CREDENTIALS_DIRECTORY": str(config.parent / "secrets")},
        "RunAtLoad": True,
        # As with systemd: a config that is refused (78) is not mended by another start, but launchd knows only
        # success and failure; it waits this long between two starts.
        "KeepAlive": True,
        "ThrottleInterval": 30,
        "StandardErrorPath": str(log),
        "StandardOutPath": str(log),
        "Umask": 0o077,
    }
    domain = f"gui/{os.getuid()}"
    return Service(
        "launchd",
        file,
        plistlib.dumps(agent).decode(),
        config,
        start=(("launchctl", "bootstrap", domain, str(file)),),
        stop=(("launchctl", "bootout", f"{domain}/{_AGENT}"),),
        status=("launchctl", "print", f"{domain}/{_AGENT}"),
        log=("tail", str(log)),
        running=shutil.which("launchctl") is not None,
    )


def install(service: Service, config: Path) -> bool:
    """Write the unit, and the config at `config` where the service has none yet: whether that was so. Starts nothing.

    Raises ConfigError for a config that would be refused, and WatcherError where a folder may not be written to.
    """
    copied = not service.config.exists()
    if copied and not config.is_file():
        raise WatcherError(
            f"there is no config at {service.config}\n  fix: write one, or name one to copy: --config"
        )
    load(config if copied else service.config, None)
    try:
        for folder in (service.file.parent, service.config.parent):
            folder.mkdir(parents=True, exist_ok=True)
        service.secrets.mkdir(mode=0o700, exist_ok=True)
        _write(service.file, service.text)
        if copied:
            _write(service.config, config.read_text("utf-8"))
    except OSError as error:
        raise WatcherError(
            f"{error.filename} cannot be written: {error.strerror}\n  fix: run it with sudo, or take `--user`"
        ) from error
    return copied


def _write(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    file.chmod(0o644)  # a service of the machine runs as nobody we know


def start(service: Service) -> None:
    """Start it, anew where it runs. Raises WatcherError, with the end of its log where it does not come up."""
    with suppress(WatcherError):  # it is not there yet
        _run(service.stop[:1])
    *prepared, begun = service.start
    _run(prepared)
    try:
        _run([begun])
    except WatcherError as error:
        shown = subprocess.run((*service.log, "-n", "9"), capture_output=True, text=True, check=False)
        if not shown.stdout.strip():
            raise
        raise WatcherError(
            f"the service is installed, but did not start. The end of its log, `{' '.join(service.log)}`:\n"
            f"{shown.stdout.rstrip()}\n  fix: what it says there, and run this again"
        ) from error


def uninstall(service: Service) -> bool:
    """Stop it and remove its unit: whether there was one. Config and memory stay. Raises WatcherError."""
    if not service.file.exists():
        return False
    if service.running:
        _run(service.stop[:1])
    try:
        service.file.unlink()
    except OSError as error:
        raise WatcherError(
            f"{service.file} cannot be removed: {error.strerror}\n  fix: run it with sudo"
        ) from error
    if service.running:
        _run(service.stop[1:])
    return True


def _run(commands: Sequence[Sequence[str]]) -> None:
    """Have the manager do this. Raises WatcherError with its own words."""
    for each in commands:
        done = subprocess.run(each, capture_output=True, text=True, check=False)
        if done.returncode:
            said = (done.stderr or done.stdout).strip()
            fix = "" if os.geteuid() == 0 or "--user" in each else "\n  fix: run it with sudo"
            raise WatcherError(f"`{' '.join(each)}` failed: {said}{fix}")
