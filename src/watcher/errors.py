"""The tree of errors that a user, an operator or time can mend. A bug is none of these and stays a bug.

WatcherError
├── ConfigError            the user fixes config.toml; exit 78, before anything starts
├── SourceError            one source; recorded on it, polled again later
│   ├── FetchError         no usable answer: name, connection, time, size, status
│   └── ParseError         an answer, but no entries in it that could be read
│       └── ParserLost     the parser was killed or gave no answer: by this input, or by chance
├── ArchiveError           a line of an archive cannot be read
├── StoreError             the database: full, locked, corrupt, of another version
└── DeliveryError          one receiver; the error itself says whether to try again

Foreign errors are translated once, at the door that met them, with `raise … from error`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta


class WatcherError(Exception):
    """Anything here carries a message fit to be shown to its reader as it is."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a config file: where, what, and what to do about it."""

    file: str
    line: int | None  # 1 is the first; None where the file as a whole is meant
    key: str  # a path such as `rules."un-votes".near`; "" where none applies
    what: str
    fix: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        key = f": {self.key}" if self.key else ""
        return f"{where}{key}: {self.what}\n  fix: {self.fix}"


class ConfigError(WatcherError):
    """The config cannot be used; all its problems at once, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


class SourceError(WatcherError):
    """One source could not be read this time. The message is one line, in plain words."""


class FetchError(SourceError):
    """No usable answer. `status` is the HTTP status where there was one.

    `retry_at`: not before this moment (aware UTC), where the server asked for it. `silent_for`: in all this time no
    word of the server came, so that it may as well be our own network that is down.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        retry_at: datetime | None = None,
        silent_for: timedelta | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.retry_at = retry_at
        self.silent_for = silent_for

    @property
    def lasting(self) -> bool:
        """Whether the same request will hardly succeed until somebody does something."""
        return self.status is not None and 400 <= self.status < 500 and self.status not in {408, 425, 429}


class ParseError(SourceError):
    """An answer came, but no entry could be read from it."""


class ParserLost(ParseError):  # noqa: N818 - it is what it says
    """The parser was killed, or gave no answer in time: by what it read, or by chance."""


class ArchiveError(WatcherError):
    """A line of an archive cannot be read; nothing after it was."""


class StoreError(WatcherError):
    """The database cannot be used; the message says what to do."""


class DeliveryError(WatcherError):
    """A receiver did not take a message. `retry`: whether the same message may succeed later.

    `retry_at`: not before this moment (aware UTC), where the receiver asked for it. `maybe_sent`: the answer was lost
    on its way, so the message may have been taken all the same.
    """

    def __init__(
        self, message: str, *, retry: bool, retry_at: datetime | None = None, maybe_sent: bool = False
    ) -> None:
        super().__init__(message)
        self.retry = retry
        self.retry_at = retry_at
        self.maybe_sent = maybe_sent
