"""What the machine says about the way out: which proxy, and whose certificates to trust."""

from __future__ import annotations

import os
import ssl
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

if TYPE_CHECKING:
    from collections.abc import Mapping

# Where Debian, Fedora, Alpine and macOS keep the file; the OpenSSL inside pycurl's wheel looks elsewhere.
_SYSTEM = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)


def certificates() -> str | None:
    """The file of certificates to trust: the environment's, else the system's, else certifi's.

    None leaves it to libcurl. Certificates are always checked.
    """
    named = (os.environ.get("CURL_CA_BUNDLE"), os.environ.get("SSL_CERT_FILE"))
    for path in (*named, ssl.get_default_verify_paths().cafile, *_SYSTEM):
        if path and os.path.isfile(path):
            return path
    try:
        import certifi
    except ImportError:
        return None
    return certifi.where()


def proxies() -> Mapping[str, str]:
    """Scheme -> proxy, as http_proxy, https_proxy, all_proxy and no_proxy say."""
    return getproxies()


def proxy_for(url: str, known: Mapping[str, str]) -> str:
    """The proxy for this URL, of those that are known; "" for none, and for what is no URL."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if proxy_bypass(parts.netloc):
        return ""
    return known.get(parts.scheme) or known.get("all") or ""
