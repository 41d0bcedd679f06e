"""Builds everything from a config, and runs it: once, or for years.

loading.py reads the config whole, running.py opens the doors and runs, jobs.py is the schedule, signals.py and
reloading.py notice what is asked of a running daemon.
"""

from watcher.app.loading import Settings, doubts, load
from watcher.app.running import App, opened
from watcher.app.words import counted, utc_now

__all__ = ["App", "Settings", "counted", "doubts", "load", "opened", "utc_now"]
