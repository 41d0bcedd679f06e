"""null://: nowhere."""

from __future__ import annotations

from typing import Any

from apprise import NotifyBase


class NotifyNull(NotifyBase):  # type: ignore[misc]
    service_name = "Nowhere"
    protocol = "null"

    def send(self, *_: Any, **__: Any) -> bool:
        return True

    def url(self, *_: Any, **__: Any) -> str:
        return "null://"

    @staticmethod
    def parse_url(url: str) -> Any:
        return NotifyBase.parse_url(url, verify_host=False)
