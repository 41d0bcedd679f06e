"""Finding the story of an article among 100,000, against comparing it with all of them, in one run.

Prints milliseconds of processor time for one article: the index's lookup; with the comparison and the decision; with
all that is written of it in a transaction of its own; and, in place of all this, the comparison with every story. Each
tells of a vote of its own; then all tell of one, and none is to cost more than those before it.
"""

from __future__ import annotations

import gc
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from watcher.core.alerts.deciding import Freshness
from watcher.core.assessment import assess
from watcher.core.judgement import Judgement
from watcher.core.model import Article, Match, Outcome, Severity, Tally, Vote
from watcher.core.stories.placing import Story, place, significant_words, traces
from watcher.edges.store import Store
from watcher.edges.store.rows import StoryRow, TraceRow

STORIES = 100_000
ARTICLES = 100
REPORTS = 400
NOW = datetime(2026, 2, 24, tzinfo=UTC)
RULE = Match("votes", "Votes", Severity.HIGH, ("desk",), ())
COUNTRIES = ["Israel", "Ukraine", "Russia", "China", "France", "Sudan", "Haiti", "Syria", "Iran", "Togo"]


def vocabulary() -> list[str]:
    """20,000 words of which the first are far more frequent, as in any language."""
    letters = random.Random(1)
    return [
        "".join(letters.choices("abcdefghijklmnoprstuvz", k=letters.randint(5, 9))) for _ in range(20_000)
    ]


def article(number: int, words: list[str], chance: random.Random) -> Article:
    picked = [words[min(int(chance.paretovariate(0.6)) - 1, len(words) - 1)] for _ in range(22)]
    title = " ".join([*picked[:8], *chance.sample(COUNTRIES, 2)])
    at = NOW + timedelta(minutes=chance.randint(-4_000, 0))
    return Article("paper", str(number), title, " ".join(picked[8:]), at, published_at=at)


def stored(store: Store, words: list[str], chance: random.Random) -> list[Story]:
    """All within the days in which an article may join them: the worst case."""
    stories = []
    with store.engine.begin() as connection:
        for number in range(STORIES):
            told = article(number, words, chance)
            found = significant_words(told)
            story = Story(str(number), told.title, told.at, told.at, frozenset({"votes"}), found)
            stories.append(story)
            row = {"id": number + 1, "key": story.key, "title": story.title, "first_at": told.at, "last_at": told.at,
                   "rules": ["votes"], "words": sorted(found), "told": ["desk"], "merged_into": None}  # fmt: skip
            connection.execute(StoryRow.__table__.insert(), row)  # type: ignore[attr-defined]
            rows = [{"story_id": number + 1, "trace": trace, "at": told.at} for trace in traces(found, ())]
            connection.execute(TraceRow.__table__.insert(), rows)  # type: ignore[attr-defined]
    return stories


def reported(told: Article) -> Judgement:
    """Articles of one number tell of one vote, which hardly any other has."""
    number = int(told.key)
    tally = Tally(60 + number % 97, 6 + number % 31, 5 + number % 29)
    return Judgement((RULE,), (Vote(body="UNGA", outcome=Outcome.ADOPTED, tally=tally),))


def milliseconds(work: Callable[[Article], object], articles: list[Article]) -> str:
    taken = []
    for each in articles:
        begun = time.process_time()
        work(each)
        taken.append((time.process_time() - begun) * 1000)
    return f"{median(taken):8.2f} ms median, {sorted(taken)[-len(taken) // 20]:8.2f} ms for the slowest 5 %"


def main() -> None:
    words, chance = vocabulary(), random.Random(2)
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "watcher.db")
        stories = stored(store, words, chance)
        store.close()  # which brings the log of so large a transaction into the file
        store = Store.open(Path(folder) / "watcher.db")
        articles = [article(STORIES + number, words, chance) for number in range(ARTICLES)]

        gc.freeze()  # the daemon does not hold all stories in memory: only the comparison with all does

        def look(each: Article) -> None:
            with store.ingest() as ingest:
                ingest.memory.near(traces(significant_words(each), reported(each).votes), each.at)

        def decide(each: Article) -> None:
            with store.ingest() as ingest:
                assess(each, reported(each), ingest.memory, NOW, Freshness(None))

        def whole(each: Article) -> None:
            with store.ingest() as ingest:
                ingest.save(assess(each, reported(each), ingest.memory, NOW, Freshness(None)), None, NOW)

        def compare_all(each: Article) -> None:
            place(each, reported(each).votes, (RULE,), stories)

        print(f"{STORIES:,} stories of the last days")
        print(f"  looked up in the index  {milliseconds(look, articles)}")
        print(f"  compared and decided    {milliseconds(decide, articles)}")
        print(f"  and written to the disk {milliseconds(whole, articles)}")
        print(f"  compared with all       {milliseconds(compare_all, articles[:5])}")
        told = [replace(article(0, words, chance), source=f"paper {number}") for number in range(REPORTS)]
        print(f"{REPORTS} reports of one vote, each written to the disk")
        for first in range(0, REPORTS, REPORTS // 4):
            last = first + REPORTS // 4
            print(f"  {first + 1:>3} to {last:<16} {milliseconds(whole, told[first:last])}")
        store.close()


if __name__ == "__main__":
    main()
