"""E-mail, sent by ourselves: the one service that apprise cannot send as alerts need it.

apprise reads the url (hosts of well-known providers, TLS, addresses, headers). It gives every copy a Message-ID of its
own, makes the text part out of the HTML, logs the server's reply and forgets it, and takes a mail that one of several
addresses refused for a failure of all (docs/decisions/0009-delivery.md).
"""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any

from watcher.core.messages import Message
from watcher.core.messages.letter import framed
from watcher.edges.receivers.causes import refused_addresses, unmailed
from watcher.errors import DeliveryError

# Lines of seven bits: every server takes them as they are.
_POLICY = policy.SMTP.clone(cte_type="7bit")

_OURS = frozenset({"message-id", "in-reply-to", "references", "subject", "from", "to", "cc", "date"})

_DONE = 250  # RFC 5321: the requested action is completed

Refusals = dict[str, tuple[int, bytes]]


class Mail:
    """`settings`: apprise's e-mail service of the url, for what it read there. It sends nothing."""

    def __init__(self, settings: Any) -> None:
        self._settings = settings
        self._sender: str = settings.from_addr[1]
        self._list = f"watcher.{self._sender.rpartition('@')[2]}"
        [(name, address)] = settings.targets
        self._to = formataddr((name or "", address))
        self._addresses = list(dict.fromkeys([address, *sorted(settings.cc), *sorted(settings.bcc)]))

    def send(self, message: Message, thread: str | None) -> None:
        content = self._mail(message, thread).as_bytes()
        try:
            with _Connection(self._settings) as server:
                refused = self._hand_over(server, content)
        except (smtplib.SMTPException, OSError) as error:
            raise self._without_password(unmailed(error)) from None
        if refused:
            raise self._without_password(refused_addresses(refused, len(self._addresses) - len(refused)))

    def _mail(self, message: Message, thread: str | None) -> EmailMessage:
        settings = self._settings
        mail = EmailMessage(_POLICY)
        mail["Subject"] = " ".join(message.subject.split())
        mail["From"] = formataddr((settings.from_addr[0] or "", self._sender))
        mail["To"] = self._to
        for header, addresses in (("Cc", settings.cc), ("Reply-To", settings.reply_to)):
            if addresses:
                mail[header] = ", ".join(map(self._address, sorted(addresses)))
        mail["Date"] = format_datetime(datetime.now(UTC))
        mail["Message-ID"] = self._id(message.key)
        if thread:
            mail["In-Reply-To"] = mail["References"] = self._id(thread)
        mail["List-Id"] = f"watcher's alerts <{self._list}>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence is to be answered
        for header, value in settings.headers.items():
            if header.lower() not in _OURS:
                mail[header] = value
        mail.set_content(message.text)
        mail.add_alternative(framed(message.html), subtype="html")
        return mail

    def _without_password(self, error: DeliveryError) -> DeliveryError:
        """A server may quote what it was told."""
        if self._settings.password:
            error.args = (str(error).replace(self._settings.password, "…"),)
        return error

    def _id(self, key: str) -> str:
        """The same for every copy of an alert, so that a mail program shows one of them."""
        return f"<{key}@{self._list}>"

    def _address(self, address: str) -> str:
        return formataddr((self._settings.names.get(address) or "", address))

    def _hand_over(self, server: smtplib.SMTP, content: bytes) -> Refusals:
        """Returns the addresses that are refused for good, while others took the mail.

        An address that is refused for now puts the mail off for all: so each has it once.
        """
        server.ehlo_or_helo_if_needed()
        code, said = server.mail(self._sender)
        if code != _DONE:
            raise smtplib.SMTPSenderRefused(code, said, self._sender)
        replies = {address: server.rcpt(address) for address in self._addresses}
        refused = {address: reply for address, reply in replies.items() if reply[0] not in (_DONE, 251)}
        later = {address: reply for address, reply in refused.items() if reply[0] < 500}
        if later or len(refused) == len(replies):
            raise refused_addresses(later or refused, 0)
        code, said = server.data(content)
        if code != _DONE:
            raise smtplib.SMTPDataError(code, said)
        return refused


class _Connection:
    """A connection to the mail server, secured and logged in as the url says; ended politely."""

    def __init__(self, settings: Any) -> None:
        self._settings = settings

    def __enter__(self) -> smtplib.SMTP:
        settings = self._settings
        tls = ssl.create_default_context()
        if not settings.verify_certificate:
            tls.check_hostname = False
            tls.verify_mode = ssl.CERT_NONE
        timeout = settings.socket_connect_timeout
        if settings.secure_mode == "ssl":
            self._server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.smtp_host, settings.port, timeout=timeout, context=tls
            )
        else:
            self._server = smtplib.SMTP(settings.smtp_host, settings.port, timeout=timeout)
        try:
            if settings.secure_mode == "starttls":
                self._server.starttls(context=tls)
            if settings.user and settings.password:
                self._server.login(settings.user, settings.password)
        except BaseException:
            self._server.close()
            raise
        return self._server

    def __exit__(self, *_: object) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self._server.quit()
        self._server.close()
