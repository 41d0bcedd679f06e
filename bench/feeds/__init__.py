"""The parts of bench_feeds.py: the server that all are measured against, and one program each to poll it."""
