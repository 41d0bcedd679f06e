"""An url -> the way that messages get there: by mail, in Slack's form, or as apprise sends them.

What the url means is apprise's to read, with the options that keep it from surprises.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from watcher.core.messages import Message
from watcher.edges.receivers.apprised import Service
from watcher.errors import DeliveryError

if TYPE_CHECKING:
    from apprise import Apprise

_loading = threading.Lock()  # apprise loads its services not safely from two threads

_MAIL = frozenset({"mailto", "mailtos"})


class Way(Protocol):
    def send(self, message: Message, thread: str | None) -> None:
        """Returns when the message was taken. Raises DeliveryError."""


def way(name: str, url: str, clock: Callable[[], datetime]) -> Way:
    """How messages get to this url. Raises DeliveryError where none could."""
    if complaint(url):
        raise DeliveryError(
            f"the url of receiver {name} is not one service that apprise understands; its wiki shows the forms",
            retry=False,
        )
    service = _service(url)
    assert service is not None  # else it were a complaint
    if service[0].schema in _MAIL:
        from watcher.edges.receivers.mail import Mail

        return Mail(service[0])
    if service[0].schema == "slack":
        from watcher.edges.receivers.slack import Slack

        return Slack(service, url, clock)
    return Service(service, url, clock)


def complaint(url: str) -> tuple[str, str] | None:
    """What keeps this url from being a receiver, and what to do about it; None where nothing does."""
    service = _service(url)
    if service is None:
        return (
            "apprise does not understand it",
            "compare it with the service's page in apprise's wiki; its parts stand there in their order",
        )
    plugin: Any = service[0]
    targets = len(plugin) // (plugin.retry + 1)  # apprise counts each once for each try of its own
    if targets > 1:
        return (
            f"names {targets} targets, and where one fails the others would be told again",
            "make a receiver for each, and name them all in notify",
        )
    if plugin.schema in _MAIL and plugin.pgp_mode != "no":
        return ("asks for PGP, which watcher's mail cannot do", "remove pgp=… and wkd=… from the url")
    return None


def _service(url: str) -> Apprise | None:
    """One apprise object for one service: with two, one that failed would repeat the one that did not.

    None where apprise does not know such a service, or does not find in the url what the service needs.
    """
    from apprise import Apprise, AppriseAsset

    from watcher.edges.receivers.services import make_known

    log = logging.getLogger("apprise")
    with _loading:
        # Neither async_mode nor service_timeout: each would send in a pool that all receivers share, and that a stuck
        # one keeps from ending. No redirects: a POST that is sent on by a 301 or 302 arrives as an empty GET, and the
        # page that answers it looks like success.
        asset = AppriseAsset(
            app_id="watcher",
            app_desc="watcher",
            secure_logging=True,
            async_mode=False,
            service_timeout=0,
            http_redirects=False,
        )
        service, level = Apprise(asset=asset), log.level
        log.propagate = False  # what it says of a send is ours to tell, without the tokens
        log.setLevel(logging.CRITICAL)  # what is wrong with an url is ours to put in words
        try:
            make_known(url)
            return service if service.add(url) and len(service) == 1 else None
        finally:
            log.setLevel(level)
