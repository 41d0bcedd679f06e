"""Passes of lemon24/reader over feeds. Arguments: its database, a file of URLs. Runs in an environment of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from reader import make_reader

from feeds.measure import passes


def main() -> None:
    reader = make_reader(sys.argv[1])
    for url in Path(sys.argv[2]).read_text().split():
        reader.add_feed(url)
    passes(lambda: reader.update_feeds(scheduled=False))


if __name__ == "__main__":
    main()
