"""Services of our own, as apprise has its: one in each module, named as its scheme. `services.py` loads the folder."""

from __future__ import annotations

from typing import Any

from apprise import NotifyBase

_NotifyBase: Any = NotifyBase  # its types say that no service has a name


class Ours(_NotifyBase):  # type: ignore[misc]
    """A service that needs nothing but its scheme."""

    protocol: str

    def url(self, *_: Any, **__: Any) -> str:
        return f"{self.protocol}://"

    @staticmethod
    def parse_url(url: str) -> Any:
        return NotifyBase.parse_url(url, verify_host=False)
