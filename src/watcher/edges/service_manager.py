"""Tells systemd how the service stands: ready, reloading, stopping, alive. Nobody is told where nobody asked.

Source: systemd's sd_notify(3) and sd_watchdog_enabled(3). The protocol is a datagram of NAME=value lines.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping


class ServiceManager:
    """Who started this process, if it wants to hear of it. `patience`: seconds it waits between two signs of life."""

    def __init__(self, env: Mapping[str, str]) -> None:
        address = env.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        meant = env.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        microseconds = env.get("WATCHDOG_USEC", "")
        self.patience = (
            int(microseconds) / 1e6 if self._address and meant and microseconds.isdecimal() else None
        )

    def ready(self, status: str) -> None:
        """At work, for the first time or again. `status`: a line for who looks at it."""
        self._tell(f"READY=1\nSTATUS={status}")

    def reloading(self) -> None:
        """The config is being read; `ready` ends it."""
        self._tell(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")

    def stopping(self) -> None:
        self._tell("STOPPING=1\nSTATUS=ending what is under way")

    def alive(self) -> None:
        """A sign of life. Where it stays out for longer than the patience, the process is killed and started anew."""
        self._tell("WATCHDOG=1")

    def _tell(self, lines: str) -> None:
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as door:
            try:
                door.settimeout(1)
                door.sendto(lines.encode(), self._address)
            except OSError:  # it hears nothing, and there is nobody else to tell
                return
