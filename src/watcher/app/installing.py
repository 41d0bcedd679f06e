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
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import watcher
from watcher.errors import WatcherError

_NAME = "watcher"
_AGENT = "org.watcher.watcher"
_HOMES = (Path("/home"), Path("/root"))  # what ProtectHome= hides from a service


@dataclass(frozen=True, slots=True)
class Service:
    """What makes a service. `config`: the file it will use. `running`: whether its manager runs on this machine."""

    manager: str  # "systemd" or "launchd"
    file: Path
    text: str
    config: Path
    start: tuple[tuple[str, ...], ...]
    stop: tuple[tuple[str, ...], ...]
    status: tuple[str, ...]
    logs: str
    running: bool


def command() -> tuple[str, ...]:
    """How to start this very program from anywhere."""
    return (sys.executable, "-m", _NAME)


def system_service(root: Path) -> Service:
    """One for the machine, on the file system below `root`. Raises WatcherError where it could not use this program."""
    for place in (Path(sys.executable), Path(watcher.__file__)):
        if root == Path("/") and any(place.resolve().is_relative_to(home) for home in _HOMES):
            raise WatcherError(
                f"{place} is in somebody's home, which a service of the machine may not look into\n"
                f"  fix: install watcher elsewhere, with `python3 -m venv /opt/watcher` and "
                f"`/opt/watcher/bin/pip install …`, and run /opt/watcher/bin/watcher service install; or take `--user`"
            )
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
        return _launchd(Path(env.get("HOME", "/")), config / "watcher/config.toml")
    return _systemd(
        "watcher.user.service",
        config / "systemd/user/watcher.service",
        config / "watcher/config.toml",
        ("--user",),
        Path(env.get("XDG_RUNTIME_DIR", "/nowhere"), "systemd").is_dir(),
    )


def _systemd(unit: str, file: Path, config: Path, whose: tuple[str, ...], running: bool) -> Service:
    text = (files("watcher.data") / "service" / unit).read_text("utf-8")
    words = " ".join(map(_quoted, command()))
    control = ("systemctl", *whose)
    return Service(
        "systemd",
        file,
        text.replace("@COMMAND@", words),
        config,
        start=((*control, "daemon-reload"), (*control, "enable", "--now", _NAME)),
        stop=((*control, "disable", "--now", _NAME), (*control, "daemon-reload")),
        status=(*control, "--no-pager", "status", _NAME),
        logs=f"journalctl {' '.join((*whose, '--unit', _NAME, '--follow'))}",
        running=running,
    )


def _quoted(word: str) -> str:
    """As systemd reads a command line: a "%" begins a specifier, a "$" a variable."""
    word = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{word}"' if " " in word or '"' in word else word


def _launchd(home: Path, config: Path) -> Service:
    file, log = home / f"Library/LaunchAgents/{_AGENT}.plist", home / "Library/Logs/watcher.log"
    agent = {
        "Label": _AGENT,
        "ProgramArguments": [*command(), "--config", str(config), "run"],
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
        logs=f"tail -f {log}",
        running=shutil.which("launchctl") is not None,
    )


def install(service: Service, config: Path) -> bool:
    """Write the unit, and the config at `config` where the service has none yet: whether that was so. Starts nothing.

    Raises WatcherError where a folder may not be written to.
    """
    copied = not service.config.exists()
    try:
        if copied and not config.is_file():
            raise WatcherError(
                f"there is no config at {service.config}\n  fix: write one, or name one to copy: --config"
            )
        for file, text in (
            (service.file, service.text),
            (service.config, config.read_text("utf-8") if copied else None),
        ):
            if text is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
                file.chmod(0o644)
    except OSError as error:
        raise WatcherError(
            f"{error.filename} cannot be written: {error.strerror}\n  fix: run it with sudo, or take `--user`"
        ) from error
    return copied


def uninstall(service: Service) -> bool:
    """Remove the unit: whether there was one. Config and memory stay."""
    try:
        service.file.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise WatcherError(
            f"{service.file} cannot be removed: {error.strerror}\n  fix: run it with sudo"
        ) from error
    return True


def run(commands: Sequence[Sequence[str]]) -> None:
    """Have the manager do this. Raises WatcherError with its own words."""
    for each in commands:
        done = subprocess.run(each, capture_output=True, text=True, check=False)
        if done.returncode:
            said = (done.stderr or done.stdout).strip()
            raise WatcherError(f"`{' '.join(each)}` failed: {said}")
