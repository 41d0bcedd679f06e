"""`make week`: a week of 500 feeds in minutes, after which watcher is no larger, has lost no poll and told all once."""

from __future__ import annotations

import argparse
import sys

from tests.week.harness import simulate


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--days", type=float, default=7)
    parser.add_argument(
        "--step", type=float, default=300, help="simulated seconds between two looks at what is due"
    )
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    result = simulate(asked.feeds, asked.days, asked.step, asked.seed)
    print(result)
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main())
