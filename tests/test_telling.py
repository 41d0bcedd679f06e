"""`watcher stories`: which articles tell of one event, and what a person does about a wrong answer."""

from __future__ import annotations

import csv
import io
import json
import shlex
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.commands import on_a_terminal, watcher
from tests.world import CALL, VOTE, World, rss, world

# Tells of the same call, and joins its story.
CALL_AGAIN = {
    "title": "Netanyahu and Zelensky speak by phone on air defence",
    "text": "The leaders of Israel and Ukraine discussed air defence.",
}
# Of the same vote, with other words, and without its numbers: a story of its own.
REACTION = {
    "title": "Kyiv thanks Israel for its vote",
    "text": "Ukraine thanked Israel on Tuesday for what it did in New York.",
}


def tell_three_stories(earth: World) -> World:
    """A vote, a call that two sources tell, and a reaction."""
    earth.feeds.serve("/un.xml", rss([VOTE, CALL]))
    earth.configure("/un.xml")
    earth.once()
    lines = map(json.dumps, (CALL_AGAIN, REACTION))
    earth.drop("more.jsonl", "\n".join(lines))
    earth.once()
    return earth


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Three stories, to be looked at only."""
    with world(tmp_path_factory.mktemp("stories")) as earth:
        yield tell_three_stories(earth)


@pytest.fixture
def desk(earth: World) -> World:
    """Three stories, to be changed."""
    return tell_three_stories(earth)


def answers(desk: World, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in watcher(desk.folder, *arguments, "--json").stdout.splitlines()]


def stories(desk: World) -> dict[str, dict[str, Any]]:
    """Title -> the story that is called so, as it is listed."""
    return {row["title"]: row for row in answers(desk, "stories")}


def undo(desk: World, said: str) -> str:
    """Run the command that is printed as the way back."""
    [command] = [line.partition(":")[2] for line in said.splitlines() if line.startswith("Undo it:")]
    return watcher(desk.folder, *shlex.split(command)[1:]).stdout


def test_every_story_is_listed_with_how_many_tell_it(archive: World) -> None:
    rows = stories(archive)
    assert set(rows) == {VOTE.title, CALL.title, REACTION["title"]}
    assert rows[CALL.title]["sources"] == ["/un.xml", "drop"]
    assert len(rows[CALL.title]["articles"]) == 2
    assert len(rows[CALL.title]["alerts"]) == 1
    [row] = [line for line in watcher(archive.folder, "stories").stdout.splitlines() if CALL.title in line]
    assert row.split()[5:8] == ["2", "2", "1"]


def test_those_told_last_come_first_and_since_and_limit_leave_out_the_rest(archive: World) -> None:
    moments = [row["last_at"] for row in answers(archive, "stories")]
    assert moments == sorted(moments, reverse=True)
    assert len(answers(archive, "stories", "--limit", "1")) == 1
    time.sleep(1)
    assert watcher(archive.folder, "stories", "--since", "1s").stdout == "No story in that time.\n"


def test_a_spreadsheet_gets_a_row_for_each_story(archive: World) -> None:
    rows = list(csv.DictReader(io.StringIO(watcher(archive.folder, "stories", "--csv").stdout)))
    by_title = {row["title"]: row for row in rows}
    numbers = [by_title[VOTE.title][side] for side in ("in_favour", "against", "abstentions")]
    assert numbers == ["107", "12", "51"]
    assert (by_title[CALL.title]["articles"], by_title[CALL.title]["sources"]) == ("2", "/un.xml; drop")


def test_a_story_is_shown_with_why_each_article_belongs_to_it(archive: World) -> None:
    shown = watcher(archive.folder, "stories", "show", stories(archive)[CALL.title]["key"]).stdout
    assert shown.startswith(CALL.title)
    articles, _, told = shown.partition("Told:")
    assert articles.index("why: the first report of this") < articles.index("telling words in common")
    assert CALL_AGAIN["title"] in articles
    assert f"Israel-Ukraine: {CALL.title}" in told


def test_a_story_of_a_vote_tells_it_with_its_number(archive: World) -> None:
    shown = watcher(archive.folder, "stories", "show", stories(archive)[VOTE.title]["key"]).stdout
    assert "107 in favour, 12 against, 51 abstaining" in shown
    [vote] = answers(archive, "votes")
    assert f"\n{vote['id']:>5}  The UN General Assembly adopted" in shown


def test_what_cannot_be_parted_or_joined_is_answered_in_plain_words(archive: World) -> None:
    vote, call = stories(archive)[VOTE.title], stories(archive)[CALL.title]
    for arguments in (("show", "nope"), ("split", "nope", "1"), ("merge", call["key"], "nope")):
        assert "there is no story nope" in watcher(archive.folder, "stories", *arguments, code=2).stderr
    [stranger] = map(str, vote["articles"])
    said = watcher(archive.folder, "stories", "split", call["key"], stranger, code=1).stderr
    assert f"article {stranger} is not of story {call['key']}" in said
    own = map(str, call["articles"])
    assert "nothing to split" in watcher(archive.folder, "stories", "split", call["key"], *own, code=1).stderr
    assert "give a second one" in watcher(archive.folder, "stories", "merge", call["key"], code=1).stderr


def split_call(desk: World) -> str:
    """Take the second report of the call out of its story: what is said then."""
    call = stories(desk)[CALL.title]
    return watcher(desk.folder, "stories", "split", call["key"], str(call["articles"][1])).stdout


def test_an_article_split_off_is_told_as_news_of_its_own(desk: World) -> None:
    said = split_call(desk)
    key = stories(desk)[CALL_AGAIN["title"]]["key"]
    assert f"1 article is now the story {key}" in said
    assert f"To be told, and in the outbox: Israel-Ukraine: {CALL_AGAIN['title']}" in said
    assert f"watcher stories show {key}" in said
    desk.once()
    assert desk.told[-1] == f"Israel-Ukraine: {CALL_AGAIN['title']}"
    assert "put here by hand" in watcher(desk.folder, "stories", "show", key).stdout


def test_a_split_while_the_daemon_runs_is_undone_by_the_command_it_prints(desk: World) -> None:
    before = stories(desk)[CALL.title]["articles"]
    with desk.running() as running:
        said = split_call(desk)
        list(running.run_once())
        assert desk.told[-1] == f"Israel-Ukraine: {CALL_AGAIN['title']}"
        undo(desk, said)
    assert stories(desk)[CALL.title]["articles"] == before


def test_merged_stories_are_one_and_nobody_is_told(desk: World) -> None:
    told, before = list(desk.told), stories(desk)
    keys = [before[title]["key"] for title in (VOTE.title, REACTION["title"])]
    said = watcher(desk.folder, "stories", "merge", *keys).stdout
    assert f"2 articles are now the story {keys[0]}" in said
    desk.once()
    assert desk.told == told
    assert set(stories(desk)) == {VOTE.title, CALL.title}
    [merged] = answers(desk, "stories", "show", keys[0])
    assert {each["title"] for each in merged["articles"]} == {VOTE.title, REACTION["title"]}
    assert (merged["merged"], len(merged["alerts"])) == ([keys[1]], 2)
    gone = watcher(desk.folder, "stories", "show", keys[1]).stdout
    assert f"It was merged into the story {keys[0]}" in gone
    undo(desk, said)
    assert set(stories(desk)) == set(before)


def test_before_the_first_run_a_split_makes_no_database(earth: World) -> None:
    earth.configure()
    assert "watcher run" in watcher(earth.folder, "stories", "split", "abc", "1", code=1).stderr
    assert not (earth.folder / "watcher.db").exists()


@pytest.mark.parametrize("command", ["articles", "matches", "alerts", "sources", "rules", "stories", "votes"])
def test_on_a_narrow_terminal_no_list_breaks_a_word(archive: World, command: str) -> None:
    wide, narrow = (on_a_terminal(archive.folder, width, command) for width in (400, 60))
    assert max(map(len, narrow)) <= 60
    words = {word for line in wide[2:] for word in line.split()}
    assert words <= {word for line in narrow[2:] for word in line.split()}
