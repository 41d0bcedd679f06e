"""A request by way of a proxy, which opens the connections in our place.

There the guard has nothing to look at. So each hop is looked up first, by libcurl and without connecting, and what
leads into the own network is refused as it would be without a proxy. A name that is not known here is left to the
proxy, and so is what the proxy finds under a name a moment later: decision 10.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pycurl

from watcher.edges.fetch import reasons
from watcher.edges.fetch.environment import proxy_for
from watcher.edges.fetch.transfer import Transfer, host_of, milliseconds, site_of
from watcher.errors import FetchError

if TYPE_CHECKING:
    from watcher.edges.fetch.arrivals import Arrivals
    from watcher.edges.fetch.exchange import Answer, Request
    from watcher.edges.fetch.transfer import Limits

_LOOKING_UP = timedelta(seconds=3)


def transfer_for(request: Request, arrivals: Arrivals, limits: Limits) -> Transfer:
    """The transfer of a request, by the way that the machine says it has to go."""
    proxy = proxy_for(request.url, limits.proxies) if limits.proxies else ""
    return Proxied(request, arrivals, limits, proxy) if proxy else Transfer(request, arrivals, limits)


class Proxied(Transfer):
    """Two steps for each hop: looking up, then fetching. Redirects are followed here, not by libcurl."""

    def __init__(self, request: Request, arrivals: Arrivals, limits: Limits, proxy: str) -> None:
        super().__init__(request, arrivals, limits)
        self._curl_follows = False
        self._proxy = proxy
        self._hops = 0
        self._looking_up = not request.allow_private
        self._deadline: float | None = None  # monotonic; from the first step on

    def _set_route(self, curl: pycurl.Curl) -> None:
        now = time.monotonic()
        self._deadline = self._deadline or now + self._request.timeout.total_seconds()
        left = timedelta(seconds=self._deadline - now)
        if self._looking_up:
            curl.setopt(pycurl.TIMEOUT_MS, milliseconds(min(left, _LOOKING_UP)))
            curl.setopt(pycurl.OPENSOCKETFUNCTION, self._on_found)
        else:
            curl.setopt(pycurl.TIMEOUT_MS, milliseconds(left))
            curl.setopt(pycurl.PROXY, self._proxy)

    def _on_found(self, _purpose: int, address: Any) -> int:
        """Asked with each address of the name; none is connected to."""
        self._judge_address(address)
        return int(pycurl.SOCKET_BAD)

    def _answer(self, curl: pycurl.Curl, code: int, message: str) -> Answer | None:
        self._redirected = self._hops > 0
        if self._looking_up:
            if self._refused:
                host = host_of(self._url)
                return FetchError(reasons.refused(host, self._refused, redirected=self._redirected))
            self._looking_up = False
            return None
        location = self._location
        if not code and location and self._request.follow:
            return self._next_hop(curl, location)
        return super()._answer(curl, code, message)

    def _is_unreached(self, curl: pycurl.Curl, code: int) -> bool:
        """A proxy that is down or refuses is our own way out."""
        return (code == pycurl.E_COULDNT_CONNECT and not self._status) or super()._is_unreached(curl, code)

    def _next_hop(self, curl: pycurl.Curl, location: str) -> FetchError | None:
        if self._hops == reasons.MAX_REDIRECTS:
            return FetchError(f"more than {reasons.MAX_REDIRECTS} redirects")
        self._hops += 1
        self._moves.follow(self._status, location)
        self._url = curl.getinfo_raw(pycurl.REDIRECT_URL).decode("utf-8", "replace")
        self.site = site_of(self._url)
        self._looking_up = not self._request.allow_private
        return None
