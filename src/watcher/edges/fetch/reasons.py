"""Why a transfer failed, in one plain line: libcurl's codes in the words of the person who has to do something."""

from __future__ import annotations

import errno
import os
from http import HTTPStatus

import pycurl

from watcher.core.text import clean

MAX_REDIRECTS = 5
STOPPING = "watcher is stopping"
NO_HTTP = "the server does not speak HTTP"

# CURLE_WEIRD_SERVER_REPLY and CURLE_HTTP2_STREAM, for which pycurl has no names.
_WEIRD_REPLY, _HTTP2_STREAM = 8, 92

_REASONS = {
    pycurl.E_URL_MALFORMAT: "the address is not valid: {words}",
    pycurl.E_COULDNT_RESOLVE_HOST: "the name {host} cannot be found",
    pycurl.E_COULDNT_RESOLVE_PROXY: "the name of the proxy cannot be found",
    _WEIRD_REPLY: "the server does not speak HTTP as it should: {words}",
    pycurl.E_TOO_MANY_REDIRECTS: f"more than {MAX_REDIRECTS} redirects",
    pycurl.E_GOT_NOTHING: "the server closed the connection without an answer",
    pycurl.E_RECV_ERROR: "the connection broke: {words}",
    pycurl.E_SEND_ERROR: "the connection broke: {words}",
    pycurl.E_HTTP2: "the connection broke: {words}",
    _HTTP2_STREAM: "the connection broke: {words}",
    pycurl.E_PARTIAL_FILE: "the answer broke off before its end",
    pycurl.E_BAD_CONTENT_ENCODING: "the answer is wrongly compressed",
    pycurl.E_SSL_CONNECT_ERROR: "no secure connection could be made: {words}",
    pycurl.E_PEER_FAILED_VERIFICATION: "the certificate is not valid: {words}",
    pycurl.E_SSL_CACERT_BADFILE: "the file of trusted certificates cannot be read: {words}",
}
_NO_WAY = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL})


def failed(code: int, message: str, host: str, *, redirected: bool) -> str:
    """`code`: a CURLcode. `message`: libcurl's own words for it. `host`: whom it was about."""
    if code == pycurl.E_UNSUPPORTED_PROTOCOL:
        if "HTTP" in message:  # bare bytes, which libcurl takes for HTTP/0.9, or a version from nowhere
            return NO_HTTP
        where = "redirected to an address that" if redirected else "the address"
        return f"{where} is neither http nor https"
    return _REASONS.get(code, "the transfer failed: {words}").format(host=host, words=words(message))


def unconnected(host: str, number: int) -> str:
    """`number`: the errno of the last try to connect; 0 where there is none."""
    if number == errno.ECONNREFUSED:
        return f"the server {host} refuses connections"
    if number in _NO_WAY:
        return f"there is no way to {host} from here"
    return f"no connection to {host}" + (f": {os.strerror(number).lower()}" if number else "")


def refused(host: str, address: str, *, redirected: bool) -> str:
    where = "an address inside this machine's own network"
    if redirected:
        what = f"redirected to {where} ({address})"
    elif host == address:
        what = f"{address} is {where}"
    else:
        what = f"{host} leads to {where} ({address})"
    return f"{what}; say allow_private = true on the source if that is meant"


def status(number: int) -> str:
    try:
        return f"answered {number} {HTTPStatus(number).phrase}"
    except ValueError:
        return f"answered {number}"


def size(number: int) -> str:
    """`number` of bytes."""
    for unit, factor in (("MiB", 2**20), ("KiB", 2**10)):
        if number >= factor and number % factor == 0:
            return f"{number // factor} {unit}"
    return f"{number} bytes"


def words(message: str) -> str:
    """libcurl's or Python's words, fit to be a part of a sentence."""
    line = " ".join(clean(message).split()).rstrip(".")
    return line.removeprefix("SSL certificate problem: ").removeprefix("SSL: ")[:200] or "no reason was given"
