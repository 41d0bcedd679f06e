"""A process that dies where it is told to: run by test_crash.py, which holds the servers and the oracle.

Each line of input is `<config> <step>`. It forks a child that makes one pass over everything and kills itself
(SIGKILL: no cleanup, no goodbye) before its step-th SQL statement or commit; step 0 lives. Each line of output is the
number of steps that a living child took, or "killed". A pass that finds nothing and sends nothing comes before any
fork: what is imported and prepared by it, which costs more than a pass, every child has.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path

from sqlalchemy import event

from tests.world import RULES
from watcher import app


def one_pass(config: Path, dies_at: int) -> int:
    steps = 0

    def step(*_: object) -> None:
        nonlocal steps
        steps += 1
        if steps == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    with app.opened(app.load(config, {})) as running:
        engine = running.doors.store.engine
        event.listen(engine, "before_cursor_execute", step)
        event.listen(engine, "commit", step)
        for _ in running.run_once():
            pass
    return steps


def warm_up(folder: Path) -> None:
    """No alert may be sent: apprise would keep threads, which no fork takes along."""
    (folder / "drop").mkdir()
    config = folder / "config.toml"
    config.write_text(
        f'[[sources]]\nname = "drop"\nfolder = "drop"\n{RULES}\n[receivers.desk]\nurl = "json://localhost"\n',
        "utf-8",
    )
    one_pass(config, 0)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        warm_up(Path(folder))
    for line in sys.stdin:
        config, step = line.split()
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            os.write(writer, str(one_pass(Path(config), int(step))).encode())
            os._exit(0)
        os.close(writer)
        _, status = os.waitpid(child, 0)
        print(os.read(reader, 20).decode() if status == 0 else "killed", flush=True)
        os.close(reader)


if __name__ == "__main__":
    main()
