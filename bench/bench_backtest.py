"""How long a backtest of an edit takes over 10,000 articles of 600 words, as the whole command. The promise: 10 s.

The articles are drawn from a made-up vocabulary; one in fifty tells of a vote, so that votes and stories are read.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench_rules import vocabulary

ARTICLES, WORDS = 10_000, 600
WATCHER = str(Path(sys.executable).parent / "watcher")
CONFIG = Path(__file__).parent.parent / "config.toml"


def archive(path: Path) -> None:
    chance = random.Random(1)
    words = list(dict.fromkeys(vocabulary(30_000, chance)))
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    start = datetime(2026, 1, 1, tzinfo=UTC)
    with path.open("w", encoding="utf-8") as lines:
        for number in range(ARTICLES):
            text = " ".join(chance.choices(words, weights, k=WORDS)).capitalize() + "."
            if number % 50 == 0:
                text = (
                    f"The UN General Assembly adopted a resolution on {words[number]} by {100 + number % 60} votes to "
                    f"{number % 12}, with {number % 30} abstentions. Israel told Ukraine. {text}"
                )
            title, at = (
                " ".join(chance.choices(words, k=8)).capitalize(),
                start + timedelta(minutes=4 * number),
            )
            lines.write(
                json.dumps({"id": number, "title": title, "text": text, "date": at.isoformat()}) + "\n"
            )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, edited = Path(folder) / "archive.jsonl", Path(folder) / "edited.toml"
        archive(path)
        text = CONFIG.read_text("utf-8").replace('severity = "medium"', 'severity = "high"')
        edited.write_text(text, "utf-8")
        command = [WATCHER, "--config", str(CONFIG), "backtest", "--config", str(edited), "--file", str(path)]
        start = time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        print(f"backtest of {ARTICLES:,} articles of {WORDS} words: {time.perf_counter() - start:.1f} s")
        print("\n".join(done.stdout.splitlines()[:4]))


if __name__ == "__main__":
    main()
