"""Plays systemd's part at the other end of NOTIFY_SOCKET, for one service: hears, waits, kills, starts anew."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.commands import COMMAND, environment

PATIENCE = 4  # seconds between two signs of life


class Manager:
    def __init__(self, folder: Path) -> None:
        self.path = folder / "notify"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(self.path))

    def hears(self, word: str) -> str:
        """The next message in which this stands; what comes before it is passed over."""
        self._socket.settimeout(30)
        while True:
            said = self._socket.recv(4096).decode()
            if word in said:
                return said

    def hears_nothing(self, *, seconds: float = 60) -> None:
        """Waits, at most so long, until no sign of life has come within its patience."""
        self._socket.settimeout(PATIENCE)
        for _ in range(int(seconds)):  # there is one every other second
            try:
                self._socket.recv(4096)
            except TimeoutError:
                return
        raise AssertionError("it goes on showing life")

    @contextmanager
    def started(
        self, folder: Path, command: Sequence[str] = (*COMMAND, "run")
    ) -> Iterator[subprocess.Popen[str]]:
        env = environment(NOTIFY_SOCKET=str(self.path), WATCHDOG_USEC=str(PATIENCE * 1_000_000))
        with (
            (folder / "log").open("a") as log,
            subprocess.Popen(command, cwd=folder, env=env, stderr=log, text=True) as process,
        ):
            try:
                yield process
            finally:
                process.kill()

    def log(self, folder: Path) -> str:
        """What all services that were started there have said."""
        return (folder / "log").read_text("utf-8")

    def close(self) -> None:
        self._socket.close()


@contextmanager
def manager(folder: Path) -> Iterator[Manager]:
    played = Manager(folder)
    try:
        yield played
    finally:
        played.close()
