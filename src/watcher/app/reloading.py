"""Watches the config file, and says when it should be read anew. It decides nothing about what it holds.

Editors save in several steps, and copies arrive in pieces: a file is read only when two looks in a row saw the same
content. What was refused is not tried again until it changes.
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

_MISSING = 5  # looks


class ConfigFile:
    """One file, looked at every few seconds. Not to be shared between threads."""

    def __init__(self, path: Path, known: str | None) -> None:
        """`known`: the version that is in use, as `version_of` gave it just before it was read."""
        self.path = path
        self._known = self._last = known
        self._missed = 0  # looks in a row that did not find it

    def changed(self, *, at_once: bool = False) -> bool:
        """Whether there is new content, whole; each is announced once. `at_once`: somebody said that it is whole."""
        now = version_of(self.path)
        self._missed = 0 if now else _MISSING if at_once else self._missed + 1
        settled = at_once or now == self._last
        self._last = now
        if now is None or not settled or (now == self._known and not at_once):
            return False
        self._known = now
        return True

    @property
    def missing(self) -> bool:
        """Whether there is none that could be read, and not only for the moment in which an editor replaces it."""
        return self._missed >= _MISSING

    def look_again(self) -> None:
        """What was announced could not be taken on yet: the next look announces it once more."""
        self._known = None

    @property
    def version(self) -> str:
        """Names the content that was last announced."""
        return self._known or ""


def version_of(path: Path) -> str | None:
    """Names the content of a config and of the templates it names; None while there is no such file: some editors
    replace it by way of removing it.
    """
    try:
        config = path.read_bytes()
    except OSError:
        return None
    content = hashlib.sha256(config)
    for template in _TEMPLATE.findall(config.decode("utf-8", "replace")):
        with suppress(OSError, ValueError):  # whatever stands there need not be able to name a folder
            for file in sorted((path.parent / template).glob("*.*")):
                with suppress(OSError):
                    content.update(os.fsencode(file.name) + file.read_bytes())
    return content.hexdigest()


# Good enough to see that something changed, in a config of which nobody knows yet whether it can be read.
_TEMPLATE = re.compile(r"""^\s*template\s*=\s*["']([^"'\n]+)""", re.MULTILINE)
