"""Why a message was not taken: a failure -> DeliveryError, with the cause in words and whether another try may help.

    again            no connection, no answer, 408, 425, 429, 5xx, and every status that is not named; SMTP 4xx
    dead at once     400, 401, 403, 404, 410, 413; SMTP 5xx

No words here are those of an exception of requests: they quote the url, and tokens are in its path.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator, Mapping
from datetime import datetime
from http import HTTPStatus

from watcher.core.sources.hints import retry_after
from watcher.core.text import clean, shorten
from watcher.edges.receivers.exchanges import Exchange
from watcher.errors import DeliveryError

_NEVER = frozenset({400, 401, 403, 404, 410, 413})

_LONGEST_REPLY = 200  # characters of what a mail server says, quoted


def no_answer(seconds: float) -> DeliveryError:
    return DeliveryError(f"no answer within {seconds:g} s", retry=True, maybe_sent=True)


def unexplained(said: str) -> DeliveryError:
    """A service that is not asked by HTTP, or that says no in an answer of success."""
    words = said or "the service did not take it, and apprise does not say why"
    return DeliveryError(words, retry=True)


def unanswered(exchange: Exchange, now: datetime) -> DeliveryError:
    """Of an exchange that failed."""
    status = exchange.status
    if status is None:
        return _lost(exchange.error or OSError())
    words = f"the service answered {status} {_phrase(status)}".rstrip()
    retry_at = retry_after(exchange.retry_after, now)
    if 300 <= status < 400:
        words += ", a redirect; give the receiver the url it leads to"
    elif retry_at:
        words += f", and asks to be left alone until {retry_at:%Y-%m-%d %H:%M:%S} UTC"
    return DeliveryError(words, retry=status not in _NEVER, retry_at=retry_at)


def unmailed(error: Exception) -> DeliveryError:
    """Of what smtplib raised while a mail was sent."""
    if isinstance(
        error, smtplib.SMTPAuthenticationError
    ):  # of what it says nothing: it may quote the password
        words = f"the mail server refused the user or the password ({error.smtp_code})"
        return _replied(error.smtp_code, words)
    if isinstance(error, smtplib.SMTPResponseException):
        return _replied(error.smtp_code, f"the mail server says {_reply(error.smtp_code, error.smtp_error)}")
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return DeliveryError("the mail server closed the connection", retry=True, maybe_sent=True)
    if isinstance(error, smtplib.SMTPException):
        return DeliveryError(f"the mail server cannot be used: {error}", retry=True)
    return _lost(error)


def refused_addresses(refused: Mapping[str, tuple[int, bytes]], taken: int) -> DeliveryError:
    """Of addresses that a mail server refused; `taken`: for how many others it took the mail."""
    replies = "; ".join(f"{address}: {_reply(*reply)}" for address, reply in refused.items())
    words = f"the mail server refused {replies}"
    if taken:
        return DeliveryError(f"{words}; the other {taken} of its addresses have it", retry=False)
    return _replied(max(code for code, _ in refused.values()), words)


def _replied(code: int, words: str) -> DeliveryError:
    return DeliveryError(words, retry=code < 500)


def _reply(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {shorten(' '.join(clean(text).split()), _LONGEST_REPLY)}".rstrip()


def _lost(error: BaseException) -> DeliveryError:
    """No answer at all. Only a server that was reached may have taken the message."""
    for cause, words, reached in _causes(error):
        return DeliveryError(f"{words}{cause}", retry=True, maybe_sent=reached)
    return DeliveryError("the connection broke", retry=True, maybe_sent=True)


def _causes(error: BaseException) -> Iterator[tuple[str, str, bool]]:
    """What is known of a lost connection, from the innermost error outwards: a detail, the words, whether the server
    was reached.
    """
    for each in reversed(list(_nested(error))):
        name = type(each).__name__
        if isinstance(each, socket.gaierror) or name == "NameResolutionError":
            yield "", "the service's name cannot be resolved", False
        elif isinstance(each, ssl.SSLCertVerificationError):
            yield f": {each.verify_message}", "the service's certificate is not trusted", False
        elif isinstance(each, ssl.SSLError):
            yield f": {each.reason or 'no reason given'}", "no secure connection could be made", False
        elif isinstance(each, ConnectionRefusedError):
            yield "", "nobody listens there: connection refused", False
        elif name in ("ConnectTimeoutError", "ConnectTimeout"):
            yield "", "no connection in time", False
        elif isinstance(each, TimeoutError) or name in ("ReadTimeoutError", "ReadTimeout"):
            yield "", "no answer in time", True
        elif isinstance(each, ConnectionError):
            yield "", "the connection broke before an answer came", True
        elif isinstance(each, OSError) and each.strerror:
            yield f": {each.strerror}", "no connection", False


def _nested(error: BaseException) -> Iterator[BaseException]:
    """The error and those inside it: requests wraps urllib3's, which wraps the system's, by `reason` or as argument."""
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        each = waiting.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        inside = (getattr(each, "reason", None), each.__cause__, each.__context__, *each.args)
        waiting += [one for one in inside if isinstance(one, BaseException)]


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
