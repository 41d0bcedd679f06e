"""Why, what if, and which rules there are: `watcher explain`, `backtest` and `rules`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.commands import COMMAND, environment, watcher
from tests.world import CALL, RULES, SAME_VOTE, VOTE, WEATHER, Item, World, rss

ROOT = Path(__file__).parent.parent


@pytest.fixture
def read(earth: World) -> World:
    """A world in which a vote, a call and the weather were read."""
    earth.feeds.serve("/un.xml", rss([VOTE, CALL, WEATHER]))
    earth.configure("/un.xml")
    earth.once()
    return earth


def ids(earth: World) -> dict[str, str]:
    rows = [json.loads(line) for line in watcher(earth.folder, "articles", "--json").stdout.splitlines()]
    return {row["title"]: str(row["id"]) for row in rows}


def explained(earth: World, *arguments: str) -> dict[str, dict[str, Any]]:
    document = json.loads(watcher(earth.folder, "explain", "--json", *arguments).stdout)
    return {rule["rule_id"]: rule for rule in document["rules"]}


def test_a_text_is_explained_clause_by_clause_with_its_words(earth: World) -> None:
    earth.configure()
    told = watcher(earth.folder, "explain", "Netanyahu and Zelensky speak by phone").stdout
    assert "✓ israel-ukraine" in told
    assert "✓ together, in one sentence" in told
    assert "✓ @israel  “Netanyahu”" in told
    assert "✗ un-votes" in told
    assert "✗ it reports no new UN vote" in told


def test_a_list_whose_parts_have_lines_of_their_own_is_not_spelled_out_before_them(earth: World) -> None:
    groups = '[{ all = ["rain", "hail"], near = 4 }, "snow"]'
    earth.configure(
        rules=f'[[rules]]\nid = "r"\nnotify = ["desk"]\nkeywords.any = {groups}\nkeywords.none = {groups}'
    )
    said = watcher(earth.folder, "explain", "Snow is expected").stdout
    assert [line.strip() for line in said.splitlines() if "these" in line] == [
        "✗ all of these", "✓ any of these", "✗ none of these",
    ]  # fmt: skip
    assert "✓ snow  “Snow”" in said
    assert said.count("hail") == 2


def test_a_vote_is_explained_with_what_was_read(earth: World) -> None:
    earth.configure()
    assert "107 in favour, 12 against, 51 abstaining" in watcher(earth.folder, "explain", VOTE.text).stdout


OF_THE_COUNCIL = """
[[rules]]
id = "council"
notify = ["desk"]
entities.any = ["un-bodies"]
event = "un-vote"
vote.bodies = ["UNSC"]
vote.positions = { Israel = "in_favour", France = "against" }
vote.mentions = ["withdrawal*", "@ukraine"]
"""


def test_a_rule_that_means_other_votes_is_explained_line_by_line(earth: World) -> None:
    earth.configure(rules=RULES + OF_THE_COUNCIL)
    told = watcher(earth.folder, "explain", VOTE.text).stdout.splitlines()
    at = told.index("✗ council")
    assert told[at + 2].startswith("  ✗ it reports such a vote: The UN General Assembly adopted")
    assert told[at + 3 : at + 7] == [
        "    ✗ it reports a vote of the UNGA, not of the UNSC",
        "    ✓ Israel: in favour",
        "    ✗ France: how it voted is not stated",
        "    ✓ it mentions withdrawal*",
    ]
    rules = explained(earth, VOTE.text)
    assert (rules["un-votes"]["matches"], rules["council"]["matches"]) == (True, False)


def test_why_a_vote_was_not_meant_is_kept_with_the_article(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml", rules=OF_THE_COUNCIL)
    earth.once()
    assert earth.told == []
    told = watcher(earth.folder, "explain", ids(earth)[VOTE.title]).stdout
    assert (
        "council: it reports a vote of the UNGA, not of the UNSC, and France: how it voted is not stated"
        in told
    )


def test_a_later_report_that_states_the_fact_alerts_who_was_not_told(earth: World) -> None:
    earth.configure("/un.xml", rules=OF_THE_COUNCIL.replace("UNSC", "UNGA"))
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.once()
    assert earth.told == []
    whole = Item(SAME_VOTE.title, f"{SAME_VOTE.text} France voted against the withdrawal.")
    earth.feeds.serve("/un.xml", rss([VOTE, whole]))
    earth.once()
    assert len(earth.told) == 1


def test_a_stored_article_is_explained_with_what_came_of_it(read: World) -> None:
    told = watcher(read.folder, "explain", ids(read)[VOTE.title]).stdout
    assert "the first report of this" in told
    assert "desk: sent" in told
    unmatched = watcher(read.folder, "explain", ids(read)[WEATHER.title]).stdout
    assert "✗ un-votes" in unmatched
    assert "no rule's words are there" in unmatched


def test_a_file_and_standard_input_are_explained_too(earth: World) -> None:
    earth.configure()
    (earth.folder / "call.txt").write_text(f"{CALL.title}\n\n{CALL.text}", "utf-8")
    assert "✓ israel-ukraine" in watcher(earth.folder, "explain", "call.txt").stdout
    piped = subprocess.run(
        [*COMMAND, "explain", "-"], cwd=earth.folder, env=environment(), input=CALL.text, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert "✓ israel-ukraine" in piped.stdout


def test_an_explanation_as_json_holds_every_clause(earth: World) -> None:
    earth.configure()
    rule = explained(earth, CALL.title, "--rule", "israel-ukraine")["israel-ukraine"]
    assert rule["matches"] is True
    assert {"depth", "holds", "says", "words"} <= set(rule["lines"][0])


def test_what_cannot_be_explained_says_what_to_do(read: World) -> None:
    assert "watcher articles" in watcher(read.folder, "explain", "999", code=2).stderr
    assert (
        "there are un-votes, israel-ukraine"
        in watcher(read.folder, "explain", "x", "--rule", "y", code=2).stderr
    )
    (read.folder / "photo.txt").write_bytes(b"\x00\x01\x02")
    assert "photo.txt" in watcher(read.folder, "explain", "photo.txt", code=1).stderr


def test_a_backtest_shows_what_an_edit_gains_loses_and_keeps(read: World) -> None:
    edited = RULES.replace('near = "sentence"', "near = 0").replace('event = "un-vote"', "")
    edited += '\n[[rules]]\nid = "rain"\nnotify = ["desk"]\nkeywords.any = ["rain"]\n'
    text = read.config.read_text("utf-8").replace(RULES, edited)
    (read.folder / "edited.toml").write_text(text, "utf-8")
    told = json.loads(watcher(read.folder, "backtest", "--config", "edited.toml", "--json").stdout)
    changes = {rule["rule"]: (len(rule["gained"]), len(rule["lost"]), rule["kept"]) for rule in told["rules"]}
    assert changes == {"un-votes": (0, 0, 1), "israel-ukraine": (0, 1, 0), "rain": (1, 0, 0)}
    assert told["articles"] == 3
    shown = watcher(read.folder, "backtest", "--config", "edited.toml").stdout
    assert "israel-ukraine: 0 gained, 1 lost, 0 kept" in shown
    assert "\n- israel-ukraine  " in shown
    assert CALL.title in shown


def test_a_backtest_shows_what_fewer_votes_would_lose(read: World) -> None:
    text = read.config.read_text("utf-8")
    for bodies, lost in (("UNSC", 1), ("UNGA", 0)):
        narrowed = text.replace('event = "un-vote"', f'event = "un-vote"\nvote.bodies = ["{bodies}"]')
        (read.folder / "edited.toml").write_text(narrowed, "utf-8")
        told = json.loads(watcher(read.folder, "backtest", "--config", "edited.toml", "--json").stdout)
        assert {rule["rule"]: len(rule["lost"]) for rule in told["rules"]}["un-votes"] == lost


def test_a_backtest_runs_on_an_archive_and_sends_nothing(earth: World, tmp_path: Path) -> None:
    earth.configure()
    archive = tmp_path / "archive.jsonl"
    lines = [{"title": item.title, "text": item.text, "date": "2026-02-24"} for item in (VOTE, CALL, WEATHER)]
    archive.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    shown = watcher(earth.folder, "backtest", "--file", str(archive)).stdout
    assert "un-votes: 1 match," in shown
    assert "israel-ukraine: 1 match," in shown
    assert earth.told == []


def test_a_backtest_of_a_broken_edit_names_its_line(read: World) -> None:
    (read.folder / "edited.toml").write_text(
        read.config.read_text("utf-8").replace("near =", "neer ="), "utf-8"
    )
    said = watcher(read.folder, "backtest", "--config", "edited.toml", code=78).stderr
    assert "edited.toml, line" in said
    assert 'did you mean "near"' in said


def test_rules_are_listed_shown_as_queries_and_begun_from_a_template(earth: World) -> None:
    earth.configure()
    rows = [json.loads(line) for line in watcher(earth.folder, "rules", "list", "--json").stdout.splitlines()]
    assert [row["id"] for row in rows] == ["un-votes", "israel-ukraine"]
    shown = watcher(earth.folder, "rules", "show", "israel-ukraine").stdout
    assert "@israel NEAR/sentence @ukraine" in shown
    assert "Netanyahu" in shown
    template = watcher(earth.folder, "rules", "new", "arms").stdout
    with earth.config.open("a", encoding="utf-8") as config:
        config.write(template)
    assert "3 rules" in watcher(earth.folder, "check").stdout
    assert "already" in watcher(earth.folder, "rules", "new", "arms", code=2).stderr
    assert "small letters" in watcher(earth.folder, "rules", "new", "Arms deals", code=2).stderr


def test_all_names_that_the_shipped_rule_goes_by_are_shown(tmp_path: Path) -> None:
    asked = ("--config", str(ROOT / "config.toml"), "rules", "show", "israel-ukraine")
    shown = watcher(tmp_path, *asked).stdout.splitlines()
    assert any(line.startswith("  @israel: ") and "Knesset" in line for line in shown)
    assert any(line.startswith("    but not in: ") and "Israel-Hamas" in line for line in shown)
    told = json.loads(watcher(tmp_path, *asked, "--json").stdout)
    assert "Knesset" in told["entities"]["israel"]
    assert "Israel-Hamas" in told["not_names"]["israel-acting"]


def test_which_votes_a_rule_means_is_listed_and_shown(earth: World) -> None:
    earth.configure(rules=RULES + OF_THE_COUNCIL)
    assert "un-vote" in watcher(earth.folder, "rules", "list").stdout
    rows = [json.loads(line) for line in watcher(earth.folder, "rules", "list", "--json").stdout.splitlines()]
    asked = ["body UNSC", "Israel in favour", "France against", "mentions any of withdrawal*, @ukraine"]
    assert [(row["event"], row["vote"]) for row in rows] == [("un-vote", []), (None, []), ("un-vote", asked)]
    shown = watcher(earth.folder, "rules", "show", "council").stdout
    assert (
        "the article must report: un-vote\n    body UNSC\n    Israel in favour\n    France against\n" in shown
    )


def test_looking_needs_no_secrets(earth: World) -> None:
    earth.configure(receivers='[receivers.mail]\nurl = "mailtos://${NOBODY_SET_THIS}@example.org"\n')
    assert "✓ israel-ukraine" in watcher(earth.folder, "explain", CALL.title).stdout
    assert "NOBODY_SET_THIS" in watcher(earth.folder, "run", "--once", code=78).stderr


def test_a_receiver_that_apprise_does_not_understand_is_refused_before_anything_starts(earth: World) -> None:
    earth.configure(receivers='[receivers.typo]\nurl = "mailtoo://user:secret-word@example.org"\n')
    said = watcher(earth.folder, "run", "--once", code=78).stderr
    assert "receivers.typo.url: apprise does not understand it" in said
    assert "secret-word" not in said
    assert not (earth.folder / "watcher.db").exists()


def test_the_config_that_ships_names_its_schema_on_its_first_line() -> None:
    assert (ROOT / "config.toml").read_text("utf-8").startswith("#:schema ./config.schema.json\n")
