"""`make torture`: killed at random moments, the daemon loses no alert, and sends none twice but under the same key.

Thousands of articles go through the whole program (drop folder, rules, stories, outbox, apprise, HTTP) to three
receivers. Two fail three times in ten: 500, 503, or an answer that is lost after the alert was taken; one of these has
a limit, and gets digests. The daemon is killed (SIGKILL) at random moments, again and again. The oracle is the list of
what was dropped.

The same is done to two programs with an order of steps that is known to be wrong (child.py): the harness is worth
something only when it catches them. In a last part (ended.py) the daemon is not killed but asked to end.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.edges.mailbox import Answer, Hook, hook
from tests.torture import ended
from tests.torture.daemons import A_FILE, Daemons, Told, drop, posts, sound, titles, told, waits

AT_WORK = 1.5  # seconds: at most so long after its first alert a daemon is killed
STARTING = 5  # seconds that it may take to send one; some are killed before
EARLY = 0.3  # of the daemons
GIVE_UP = 900  # seconds for the last daemon; an alert that fails seven times waits for three minutes and more
QUIET = 5  # seconds in which whatever would come a second time has come
MUTANTS = ("seen-first", "sent-first")
FAILURES = (Answer(500), Answer(503), Answer(lost=True))

_RULES = """
[[rules]]
id = "zebra"
name = "Zebra"
notify = ["well", "flaky", "gathered"]
keywords.any = ["zebra"]
"""


@dataclass(frozen=True)
class Result:
    order: str
    articles: Sequence[str]
    kills: int
    told: dict[str, Told]
    sound: bool

    @property
    def lost(self) -> int:
        return sum(len(set(self.articles) - told.keys.keys()) for told in self.told.values())

    @property
    def faults(self) -> list[str]:
        """What breaks a promise."""
        found = [] if self.sound else ["the database is damaged"]
        found += [f"{self.lost} alerts were lost"] if self.lost else []
        for name, heard in self.told.items():
            if heard.copies > self.kills + heard.lost_answers:
                found.append(f"{name} has {heard.copies} second copies")
            if any(len(keys) > 1 for keys in heard.keys.values()):
                found.append(f"{name} has copies with different keys")
        return found

    def __str__(self) -> str:
        copies = ", ".join(
            f"{name} {len(told.messages)} messages, {told.copies} second copies ({told.lost_answers} answers lost)"
            for name, told in self.told.items()
        )
        return (
            f"{self.order}: {len(self.articles)} alerts to {len(self.told)} receivers, {self.kills} kills: "
            f"{self.lost} lost; {copies}; {'; '.join(self.faults) or 'no fault'}"
        )


def torture(order: str, articles: int, kills: int, chance: random.Random) -> Result:
    """Drop so many articles while a daemon with this order of steps is killed so often; wait for the rest."""
    with (
        tempfile.TemporaryDirectory() as name,
        hook() as (well, well_url),
        hook() as (flaky, flaky_url),
        hook() as (gathered, gathered_url),
    ):
        folder = Path(name)
        hooks = {"well": well, "flaky": flaky, "gathered": gathered}
        for failing in (flaky, gathered):
            failing.answers = [_answer(chance) for _ in range(20 * articles)]
        planned = {name: _to_be_lost(posted) for name, posted in hooks.items()}
        config = _configured(folder, {"well": well_url, "flaky": flaky_url, "gathered": gathered_url})
        daemons = Daemons(config, order)
        dropped = _kill_while_dropping(daemons, folder, articles, kills, tuple(hooks.values()), chance)
        _wait_for(daemons, folder / "watcher.db", len(dropped))
        daemons.close()
        heard = {name: told(posted, planned[name] - _to_be_lost(posted)) for name, posted in hooks.items()}
        return Result(order, dropped, kills, heard, sound(folder / "watcher.db"))


def _to_be_lost(posted: Hook) -> int:
    return sum(answer.lost for answer in posted.answers)


def _answer(chance: random.Random) -> Answer:
    return chance.choice(FAILURES) if chance.random() < 0.3 else Answer()


def _configured(folder: Path, urls: dict[str, str]) -> Path:
    (folder / "drop").mkdir()
    receivers = "".join(f'[receivers.{name}]\nurl = "{url}"\n' for name, url in urls.items())
    receivers += 'limit = "10 per minute"\n'  # of the last one
    config = folder / "config.toml"
    config.write_text(f'[[sources]]\nname = "drop"\nfolder = "drop"\n{_RULES}{receivers}', "utf-8")
    return config


def _kill_while_dropping(
    daemons: Daemons, folder: Path, articles: int, kills: int, hooks: Sequence[Hook], chance: random.Random
) -> list[str]:
    dropped: list[str] = []
    for killed in range(kills):
        while (first := len(dropped)) < articles * (killed + 1) / kills:
            dropped += titles(first, min(A_FILE, articles - first), chance)
            drop(folder, f"{first:05}", dropped[first:], chance)
        daemon = daemons.start()
        _let_live(hooks, chance)
        daemons.kill(daemon)
        if sys.stderr.isatty():
            print(f"\r{killed + 1} of {kills} kills", end="", file=sys.stderr)
    return dropped


def _let_live(hooks: Sequence[Hook], chance: random.Random) -> None:
    """For a random time: some die while they start and read, most while they send."""
    if chance.random() < EARLY:
        time.sleep(chance.uniform(0, 2.5))
        return
    before, began = posts(hooks), time.monotonic()
    while posts(hooks) == before and time.monotonic() - began < STARTING:
        time.sleep(0.001)
    time.sleep(chance.uniform(0, AT_WORK))


def _wait_for(daemons: Daemons, database: Path, articles: int) -> None:
    """Let a last daemon live until it has read everything and nothing waits any more; or until it is stuck."""
    daemon = daemons.start()
    began, quiet_since = time.monotonic(), None
    while time.monotonic() - began < GIVE_UP:
        if not _all_done(database, articles):
            quiet_since = None
        elif quiet_since is None:
            quiet_since = time.monotonic()
        elif time.monotonic() - quiet_since > QUIET:
            break
        time.sleep(0.5)
    daemons.kill(daemon)


def _all_done(path: Path, articles: int) -> bool:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT count(*) FROM article").fetchone() == (articles,) and not waits(path)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--mutant-kills", type=int, default=100)
    parser.add_argument("--mutant-articles", type=int, default=1000)
    parser.add_argument("--ends", type=int, default=200)
    parser.add_argument("--only", choices=["watcher", *MUTANTS, "sigterm"], default=None)
    parser.add_argument("--seed", type=int, default=None)
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else random.randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    kept = True
    for order in ("watcher", *MUTANTS, "sigterm") if asked.only is None else (asked.only,):
        if order == "sigterm":
            kept &= ended.torture(asked.ends, chance)
            continue
        mutant = order in MUTANTS
        articles = asked.mutant_articles if mutant else asked.articles
        kills = asked.mutant_kills if mutant else asked.kills
        began = time.monotonic()
        result = torture(order, articles, kills, chance)
        as_wanted = bool(result.lost) if mutant else not result.faults
        verdict = ("caught" if as_wanted else "NOT CAUGHT") if mutant else "kept" if as_wanted else "BROKEN"
        print(f"{result}: {verdict}, in {time.monotonic() - began:.0f} s", flush=True)
        kept &= as_wanted
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
