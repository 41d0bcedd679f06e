"""What nearly every command does first, done once: importing this makes the process from which commands are forked.

Nothing is kept of it but what any process keeps: modules, tables that were read, grammars and forms that were prepared.
No thread runs and no file is open afterwards, for no fork takes those along; so nobody is told anything.
"""

from __future__ import annotations

import tempfile
from importlib import import_module
from pathlib import Path

import watcher.cli
from tests.world import RULES, VOTE, dropped
from watcher import app

# Used by some commands only, when they get there.
LATE = ("apscheduler.schedulers.background", "feedparser", "netrc", "rich.console", "rich.table")

CONFIG = f"""
[[sources]]
name = "drop"
folder = "drop"
{RULES}
[[rules]]
id = "query"
query = "votes AND NOT weather"
notify = ["desk"]
[[routes]]
receivers = []
[receivers.desk]
url = "json://localhost"
"""


def warm_up() -> None:
    """One article that satisfies a rule, read, judged, stored, and told to nobody."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.toml"
        config.write_text(CONFIG, "utf-8")
        dropped(Path(folder) / "drop" / "vote.txt", VOTE)
        with app.opened(app.load(config, {})) as running:
            assert sum(report.matched for report in running.run_once()) == 1


for module in LATE:
    import_module(module)
for path in Path(watcher.cli.__file__).parent.glob("*.py"):
    import_module(f"watcher.cli.{path.stem}")
warm_up()
