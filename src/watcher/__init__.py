"""watcher: news in, one right alert per event out. The tour starts in docs/architecture.md."""

__version__ = "0.1.0"
