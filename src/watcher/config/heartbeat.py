"""The url of the heartbeat, with its secrets put in: who knows it could keep a dead watcher looking alive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from watcher.config import raw, secrets
from watcher.config.document import Mistake

if TYPE_CHECKING:
    from collections.abc import Mapping


def open_url(data: dict[str, Any], env: Mapping[str, str] | None) -> tuple[SecretStr | None, list[Mistake]]:
    """The url, where there is one that is text, and what is wrong with it. Without an `env` secrets stay unfilled."""
    url = raw.table(data, "heartbeat").get("url")
    if not isinstance(url, str) or not url.strip():
        return None, []
    key = ("heartbeat", "url")
    if env is not None:
        url, missing = secrets.fill(url, env)
        if missing:
            return None, [Mistake(key, error.what, error.fix) for error in missing]
    if not url.lower().startswith(("http://", "https://", "${")):
        fix = 'write it whole, such as "https://hc-ping.com/${HEARTBEAT}"'
        return None, [Mistake(key, "is not an http or https url", fix)]
    return SecretStr(url), []
