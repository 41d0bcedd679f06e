"""`watcher votes`, as an analyst asks it: a list, a table for a spreadsheet, and all of one vote."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.commands import COMMAND, environment, on_a_terminal, watcher
from tests.world import VOTE, Item, World, rss, world
from watcher.cli.output import bar

# Told by another source, which counts one abstention more and knows how Russia voted.
OTHER_COUNT = {
    "title": "Assembly backs withdrawal text",
    "text": "The UN General Assembly passed a resolution demanding an immediate withdrawal by a vote of 107 to 12, "
    "with 52 abstentions. Israel voted in favour and the United States abstained. Russia voted against.",
    "url": "https://paper.example/withdrawal",
}
VETO = {
    "title": '=HYPERLINK("https://evil.example") Russia vetoes draft on inspections',
    "text": "Russia vetoed a US-drafted Security Council resolution on inspections of ports. The vote was 13 in favour "
    "and one against, with one abstention.",
}
CONSENSUS = {
    "title": "UN General Assembly adopts a resolution on glaciers",
    "text": "The UN General Assembly adopted a resolution on glaciers by consensus.",
}
COMMITTEE = {
    "title": "Third Committee of the UN General Assembly adopts a text on prisons",
    "text": "The Third Committee of the UN General Assembly adopted a resolution on prisons by a recorded vote of "
    "80 in favour to 9 against, with 70 abstentions.",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world in which four votes were told, one of them by two sources that do not agree."""
    with world(tmp_path_factory.mktemp("votes")) as earth:
        earth.feeds.serve("/un.xml", rss([VOTE]))
        earth.configure("/un.xml")
        earth.once()
        lines = map(json.dumps, (OTHER_COUNT, VETO, CONSENSUS, COMMITTEE))
        earth.drop("votes.jsonl", "\n".join(lines))
        earth.once()
        yield earth


def answers(desk: World, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in watcher(desk.folder, *arguments, "--json").stdout.splitlines()]


def number_of(desk: World, tally: tuple[int, int, int]) -> str:
    """The id of the vote with this tally."""
    rows = answers(desk, "votes")
    return next(
        str(row["id"]) for row in rows if (row["in_favour"], row["against"], row["abstentions"]) == tally
    )


def test_every_vote_is_listed_once_with_its_figures_and_a_bar(desk: World) -> None:
    shown = watcher(desk.folder, "votes").stdout
    assert len(answers(desk, "votes")) == 4
    [row] = [line for line in shown.splitlines() if "107-12-51" in line]
    assert row.split()[2:6] == ["UNGA", "adopted", "107-12-51*", "██████▓░░░"]
    assert "an immediate withdrawal" in row
    assert "█ in favour  ▓ against  ░ abstained" in shown
    assert [line.split()[3] for line in shown.splitlines() if "13-1-1" in line] == ["vetoed"]
    assert "consensus" in shown


def test_a_tally_that_sources_dispute_is_marked_in_the_list(desk: World) -> None:
    shown = watcher(desk.folder, "votes").stdout
    assert "107-12-51*" in shown
    assert "13-1-1*" not in shown
    assert "* in dispute or in doubt" in shown


def test_the_latest_come_first_and_since_and_limit_leave_out_the_rest(desk: World) -> None:
    moments = [row["at"] for row in answers(desk, "votes", "--since", "1y")]
    assert moments == sorted(moments, reverse=True)
    assert len(moments) == 4
    assert len(answers(desk, "votes", "--limit", "2")) == 2
    time.sleep(1)
    assert watcher(desk.folder, "votes", "--since", "1s").stdout == "No such vote.\n"


@pytest.mark.parametrize("name", ["Israel", "Ізраїль", "ישראל"])
def test_a_country_by_any_of_its_names_shows_how_it_voted(desk: World, name: str) -> None:
    heading, _, *rows = watcher(desk.folder, "votes", "--country", name).stdout.splitlines()
    assert "Israel" in heading
    assert [row[heading.index("Israel") :].split("  ")[0] for row in rows if "107-12-51" in row] == [
        "in favour"
    ]
    assert [row[heading.index("Israel") :].split("  ")[0] for row in rows if "13-1-1" in row] == ["?"]


def test_several_countries_may_be_asked_for_in_small_letters(desk: World) -> None:
    heading = watcher(desk.folder, "votes", "--country", "usa", "--country", "uk").stdout.splitlines()[0]
    assert "United States  United Kingdom" in heading


def test_an_unknown_country_or_body_is_answered_with_what_was_probably_meant(desk: World) -> None:
    assert 'did you mean "Israel"?' in watcher(desk.folder, "votes", "--country", "Isreal", code=2).stderr
    assert (
        "write a member of the UN, such as Israel"
        in watcher(desk.folder, "votes", "--country", "xyzzy", code=2).stderr
    )
    assert 'did you mean "UNGA"?' in watcher(desk.folder, "votes", "--body", "UNGX", code=2).stderr


def test_the_assembly_is_its_committees_too_and_a_committee_is_itself(desk: World) -> None:
    assert {row["body"] for row in answers(desk, "votes", "--body", "unga")} == {"UNGA", "UNGA-C3"}
    assert [row["in_favour"] for row in answers(desk, "votes", "--body", "UNGA-C3")] == [80]
    assert [row["outcome"] for row in answers(desk, "votes", "--body", "UNSC")] == ["vetoed"]


def test_a_spreadsheet_gets_a_column_for_each_fact(desk: World) -> None:
    done = subprocess.run(
        [*COMMAND, "votes", "--csv", "--country", "Israel"], cwd=desk.folder, env=environment(),
        capture_output=True, check=True,
    )  # fmt: skip
    text = done.stdout.decode()
    assert text.count("\r\n") == 5
    rows = {row["in_favour"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    vote = rows["107"]
    assert (vote["against"], vote["abstentions"], vote["Israel"]) == ("12", "51", "in favour")
    assert (vote["voted_in_favour"], vote["voted_against"]) == ("Israel", "Russia")
    assert vote["disputes"] == "tally 107-12-52: paper.example"
    assert rows[""]["consensus"] == "yes"
    assert rows["13"]["Israel"] == ""


def test_text_from_a_feed_is_no_formula_in_a_spreadsheet(desk: World) -> None:
    rows = csv.DictReader(io.StringIO(watcher(desk.folder, "votes", "--csv").stdout))
    assert [row["title"] for row in rows if row["in_favour"] == "13"] == [f"'{VETO['title']}"]


def test_a_narrow_terminal_shows_the_subject_below_and_breaks_no_figure(desk: World) -> None:
    lines = on_a_terminal(desk.folder, 80, "votes", "--country", "Israel")
    assert max(map(len, lines)) <= 80
    at = next(number for number, line in enumerate(lines) if "107-12-51*" in line)
    assert "in favour" in lines[at]
    assert lines[at + 1] == "  a resolution demanding an immediate withdrawal"


def test_a_wide_terminal_shows_a_vote_on_one_line(desk: World) -> None:
    lines = on_a_terminal(desk.folder, 140, "votes", "--country", "Israel")
    assert max(map(len, lines)) <= 140
    assert [line for line in lines if "107-12-51*" in line and "demanding an immediate withdrawal" in line]


def test_a_terminal_that_has_no_blocks_gets_letters(desk: World) -> None:
    number = number_of(desk, (107, 12, 51))
    for arguments in (("votes",), ("votes", "show", number)):
        shown = watcher(desk.folder, *arguments, PYTHONIOENCODING="ascii").stdout
        assert "#######" in shown or "######x..." in shown
        assert "█" not in shown
        assert "\\u25" not in shown


def test_one_vote_is_shown_with_who_says_what_in_which_words(desk: World) -> None:
    shown = watcher(desk.folder, "votes", "show", number_of(desk, (107, 12, 51))).stdout
    assert shown.startswith("The UN General Assembly adopted a resolution demanding an immediate withdrawal")
    assert "107 in favour, 12 against, 51 abstaining (107-12-51)" in shown
    assert "abstained   51 ██████████████\n" in shown
    assert "How they voted:\n  in favour: Israel\n  against: Russia\n  abstained: United States" in shown
    assert "107-12-52 according to paper.example" in shown
    assert "107-12-52 (107-12-51 stands), adopted: “107 to 12, with 52 abstentions" in shown
    assert "107 countries voting in favour, 12 against and 51 abstaining" in shown
    assert OTHER_COUNT["url"] in shown


def test_the_history_of_a_vote_says_what_was_told_and_why_oldest_first(desk: World) -> None:
    number = number_of(desk, (107, 12, 51))
    history = watcher(desk.folder, "votes", "show", number).stdout.partition("Told:")[2]
    assert history.index("the first report of this") < history.index("Update: ")
    assert "Russia: against" in history
    [vote] = answers(desk, "votes", "show", number)
    assert [alert["kind"] for alert in vote["alerts"]] == ["new", "update"]
    assert [article["says"]["abstentions"] for article in vote["articles"]] == [51, 52]


def test_on_a_narrow_terminal_a_vote_is_broken_at_words(desk: World) -> None:
    lines = on_a_terminal(desk.folder, 80, "votes", "show", number_of(desk, (107, 12, 51)))
    assert max(map(len, lines)) <= 80


def test_a_vote_that_is_not_there_is_answered_in_plain_words(desk: World) -> None:
    assert "there is no vote 999" in watcher(desk.folder, "votes", "show", "999", code=2).stderr


def test_an_option_of_the_list_before_a_command_is_no_silent_mistake(desk: World) -> None:
    said = watcher(desk.folder, "votes", "--json", "show", "1", code=2).stderr
    assert "--json must stand behind show" in said


def test_before_the_first_vote_the_list_says_so(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([Item("Rain expected")]))
    earth.configure("/un.xml")
    earth.once()
    assert watcher(earth.folder, "votes").stdout == "No vote yet.\n"


@given(st.lists(st.integers(0, 193), min_size=3, max_size=3), st.integers(4, 60))
def test_a_bar_is_as_wide_as_asked_and_hides_nobody(shares: list[int], width: int) -> None:
    drawn = bar(shares, width)
    assert len(drawn) == (width if sum(shares) else 0)
    for tone, share in zip("█▓░", shares, strict=True):
        assert (tone in drawn) == (share > 0)
