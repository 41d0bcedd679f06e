"""A receiver's url: its secrets put in, and refused where it would make a failure look like success.

Which services exist is apprise's to know; here a url has a scheme, and asks for nothing that breaks a promise. The
finished url is wrapped so that it shows in no repr, and no message quotes it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from pydantic import SecretStr

from watcher.config import secrets
from watcher.config.document import Mistake

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_MAIL: Final = re.compile(r"mailtos?://", re.IGNORECASE)  # its HTML part is made for it, and is inert

Complaint = tuple[str, str]  # what, fix


def open_urls(
    data: dict[str, Any], env: Mapping[str, str] | None
) -> tuple[dict[str, SecretStr], list[Mistake]]:
    """Each receiver's url by the receiver's name, as far as they are text, and what is wrong with them.

    Where anything is wrong, the urls are of no use. Without an `env` secrets stay unfilled, for who only looks.
    """
    urls: dict[str, SecretStr] = {}
    mistakes: list[Mistake] = []
    for name, template in _templates(data):
        url, complaints = _open(template, env)
        urls[name] = SecretStr(url)
        mistakes += [Mistake(("receivers", name, "url"), what, fix) for what, fix in complaints]
    return urls, mistakes


def _templates(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    receivers = data.get("receivers")
    for name, receiver in receivers.items() if isinstance(receivers, dict) else ():
        url = receiver.get("url") if isinstance(receiver, dict) else None
        if isinstance(url, str) and url.strip():
            yield name, url


def _open(template: str, env: Mapping[str, str] | None) -> tuple[str, list[Complaint]]:
    if env is None:
        return template, []
    url, missing = secrets.fill(template, env)
    return url, [(error.what, error.fix) for error in missing] or list(_complaints(url))


def _complaints(url: str) -> Iterator[Complaint]:
    if not _SCHEME.match(url):
        yield "has no scheme", "begin it with the service's own, such as terminal://, mailtos:// or slack://"
    parameters = dict(_parameters(url))
    if "optional" in parameters:
        yield (
            "asks for optional, which would count failed alerts as sent",
            "remove optional=… from the url",
        )
    form = parameters.get("format", "text")
    if form == "markdown" or (form == "html" and not _MAIL.match(url)):
        yield (
            f"asks for format={form}, which would let a feed's text act as markup",
            f"remove format={form} from the url",
        )


def _parameters(url: str) -> Iterator[tuple[str, str]]:
    """Names and values of the query as apprise reads them: "&" or ";" between, no matter the case."""
    _, _, query = url.partition("?")
    for pair in re.split("[&;]", query):
        name, _, value = pair.partition("=")
        yield unquote(name).strip().lower(), unquote(value).strip().lower()
