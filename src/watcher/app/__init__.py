"""Builds everything from a config, and runs it: once, or for years.

loading.py reads the config whole, running.py opens the doors and does each job, daemon.py does them for years: jobs.py
is its schedule, signals.py and reloading.py notice what is asked of it, pulse.py and monitoring.py show that it lives.
"""

from watcher.app.loading import Settings, doubts, load
from watcher.app.running import App, opened
from watcher.app.words import counted, utc_now

__all__ = ["App", "Settings", "counted", "doubts", "load", "opened", "utc_now"]
