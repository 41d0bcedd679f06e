"""Where the config and the memory are looked for: the working folder, the user's own places, the system's.

Sources: the XDG Base Directory Specification; systemd's file-hierarchy(7) and systemd.exec(5).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE: Final = "config.toml"
_SYSTEM: Final = (Path("/etc/watcher"), Path("/var/lib/watcher"))


def config_files(env: Mapping[str, str]) -> tuple[Path, ...]:
    """Where a config may be when none is named, the one that counts before the others first."""
    return (Path(_FILE), *(config / _FILE for config, _ in _homes(env)))


def config_file(env: Mapping[str, str]) -> Path:
    """The first one that is there; else the one in the working folder, so that it is missed by a name one knows."""
    places = config_files(env)
    return next((place for place in places if place.is_file()), places[0])


def state_folder(config: Path, env: Mapping[str, str]) -> Path:
    """The folder that `database` is relative to: where systemd says; else the state that goes with the config's place.

    Beside a config that is in neither the user's nor the system's place.
    """
    given = env.get("STATE_DIRECTORY", "").partition(":")[0]
    folder = config.absolute().parent
    return Path(given) if given else dict(_homes(env)).get(folder, folder)


def _homes(env: Mapping[str, str]) -> tuple[tuple[Path, Path], ...]:
    """Folders for configs, each with the folder for the state that goes with it. A service may have no home."""
    config, state = _home(env, "XDG_CONFIG_HOME", ".config"), _home(env, "XDG_STATE_HOME", ".local/state")
    own = ((config / "watcher", state / "watcher"),) if config and state else ()
    return (*own, _SYSTEM)


def _home(env: Mapping[str, str], name: str, below: str) -> Path | None:
    given, home = env.get(name, ""), env.get("HOME", "")
    if given.startswith("/"):  # the specification: any other is to be ignored
        return Path(given)
    return Path(home, below) if home else None
