"""A process that dies where it is told to: run by test_crash.py, which holds the servers and the oracle.

Each line of input is `<config> <step>`. It forks a child that makes one pass over everything and kills itself
(SIGKILL: no cleanup, no goodbye) before its step-th SQL statement or commit; step 0 lives. Each line of output is the
number of steps that a living child took, or "killed". What tests.warm has imported and prepared, which costs more than
a pass, every child has.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from sqlalchemy import event

import tests.warm  # noqa: F401
from watcher import app


def one_pass(config: Path, dies_at: int) -> int:
    steps = 0

    def step(*_: object) -> None:
        nonlocal steps
        steps += 1
        if steps == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    with app.opened(app.load(config, {})) as running:
        # SQLite says itself what it is about to do: some of it is asked past SQLAlchemy.
        engine = running.doors.store.engine
        event.listen(engine, "checkout", lambda driver, *_: driver.set_trace_callback(step))
        for _ in running.run_once():
            pass
    return steps


def main() -> None:
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
