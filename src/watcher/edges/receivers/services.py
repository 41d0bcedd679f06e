"""Which services apprise knows: ours, and of its own those that an url has asked for.

apprise loads all of its own, 25 MiB, as soon as it is asked for one and has loaded nothing. So ours are loaded first,
and each of its own when its scheme is met. Most stand in a module that is named as their scheme. All are loaded for a
scheme that leads to none, such as https, in which some services have addresses too.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from apprise import NotificationManager, NotifyBase

from watcher.edges.receivers import own

NAMED_OTHERWISE = {
    "mailto": "email", "json": "custom_json", "xml": "custom_xml", "form": "custom_form", "tgram": "telegram",
    "gchat": "google_chat", "mmost": "mattermost", "rocket": "rocketchat", "signal": "signal_api", "pover": "pushover",
    "pbul": "pushbullet", "workflow": "workflows", "nctalk": "nextcloudtalk", "hassio": "home_assistant",
}  # fmt: skip


def make_known(url: str) -> None:
    """Have apprise know the service of this url, if there is one. Not safe from two threads at once."""
    scheme = url.partition("://")[0].strip().lower()
    services: Any = NotificationManager()  # type: ignore[no-untyped-call]
    services.load_modules(str(Path(own.__file__).parent), own.__name__)
    if scheme not in services:
        service = service_of(scheme)
        if service:
            services.add(service)
        else:
            services.load_modules()


def service_of(scheme: str) -> Any:
    """The class that apprise has for it; None where its module cannot be told from its scheme."""
    for name in (scheme, scheme.removesuffix("s")):  # with an s: by a safe connection
        try:
            module = import_module(f"apprise.plugins.{NAMED_OTHERWISE.get(name, name)}")
        except ImportError:
            continue
        classes: list[Any] = [each for each in vars(module).values() if isinstance(each, type)]
        for each in classes:
            if issubclass(each, NotifyBase) and scheme in each.schemas(each):
                return each
    return None
