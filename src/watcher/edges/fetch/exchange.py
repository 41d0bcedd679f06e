"""What is asked of a server and what it answers: the values that go in and out of `edges.fetch`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from watcher.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Mapping

NOT_MODIFIED = int(HTTPStatus.NOT_MODIFIED)


@dataclass(frozen=True, eq=False)
class Request:
    """What to fetch. `etag` and `last_modified`: as the server last gave them, sent back to the letter. `body_hash`: of
    the body that it last gave, for a server that gives it again.

    `follow`: whether redirects are followed; one that is not is the answer. `max_bytes`: of the body, where it may be
    less than the fetcher allows. Two that ask for the same are two.
    """

    source: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    allow_private: bool = False
    timeout: timedelta = timedelta(seconds=30)  # for the whole, redirects included
    follow: bool = True
    max_bytes: int | None = None


@dataclass(frozen=True)
class Response:
    """A status of 2xx, 304, or a redirect that was not to be followed.

    `url`: where it came from in the end. `headers`: names in lower case; those of the last hop, repeated ones joined
    by commas. `body`: decompressed, and whole; empty unless 2xx. `moved_to`: where permanent redirects led (301, 308),
    from the first on and as far as they went; None where the first one was none. `known`: the body is the one whose
    hash the request has, and is not handed over.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    moved_to: str | None = None
    known: bool = False

    @property
    def not_modified(self) -> bool:
        return self.status == NOT_MODIFIED

    @property
    def whole(self) -> bool:
        """Whether it holds what was asked for."""
        return 200 <= self.status < 300 and not self.known

    @property
    def redirect(self) -> str | None:
        """Where it sends us; None where it is no redirect, or sends us nowhere."""
        if self.whole or self.not_modified:
            return None
        try:
            return urljoin(self.url, self.headers.get("location", "")) or None
        except ValueError:
            return None

    @property
    def etag(self) -> str | None:
        return self.headers.get("etag")

    @property
    def last_modified(self) -> str | None:
        return self.headers.get("last-modified")


Answer = Response | FetchError


def hash_of(body: bytes | bytearray) -> str:
    """What tells one body from another, also where somebody wants them to be mistaken for each other."""
    return hashlib.sha256(body).hexdigest()
