"""config.toml -> Config, whole or not at all.

The file is read strictly: an unknown key, a wrong value, a reference to nothing are errors, all reported at once, each
with its line, its key and the fix. It knows no rule syntax and no receiver's service; those who do report their own
finds by `Config.problem`.
"""

from __future__ import annotations

from watcher.config.loading import load
from watcher.config.settings import Config, Heartbeat, Polling, Receiver, Source

__all__ = ["Config", "Heartbeat", "Polling", "Receiver", "Source", "load"]
