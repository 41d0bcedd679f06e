"""The guides tell the truth: their commands run, their rules load, and their tables mean what they say."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from tests.commands import watcher
from tests.world import World
from watcher.config.rule_tables import VoteTable
from watcher.core.rules import query
from watcher.core.rules.lists import condition
from watcher.core.rules.spec import RuleSpec

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "rules.md").read_text("utf-8")


def commands() -> list[str]:
    return re.findall(r"^\$ (watcher .*)$", GUIDE, flags=re.MULTILINE)


def test_the_guide_can_be_followed_from_top_to_bottom(earth: World) -> None:
    earth.configure()
    assert len(commands()) == 4
    new, explain, check, backtest = (shlex.split(command)[1:] for command in commands())
    assert new[-2] == ">>"
    template = watcher(earth.folder, *new[:-2]).stdout
    [rule] = [
        block for block in re.findall(r"```toml\n(.*?)```", GUIDE, flags=re.DOTALL) if "arms-deals" in block
    ]
    config = earth.config.read_text("utf-8")
    for text in (template, rule):
        earth.config.write_text(config + text, "utf-8")
        assert "2 tests passed" in watcher(earth.folder, *check).stdout
    explained = watcher(earth.folder, *explain).stdout
    assert "✓ arms-deals" in explained
    earth.once()
    (earth.folder / "edited.toml").write_text(
        earth.config.read_text("utf-8").replace("near         = 12", "near = 25")
    )
    assert "articles in" in watcher(earth.folder, *backtest).stdout


def section(heading: str) -> str:
    """What stands under a heading, up to the next one."""
    return GUIDE.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def rows() -> list[tuple[str, str]]:
    """(list form, query form) of those rows of the language table that a query can say."""
    table = section("The whole language")
    cells = [line.strip("|").split(" | ") for line in table.splitlines() if line.startswith("| ")][1:]
    return [(lists.strip(), said.strip(" `")) for _, lists, said in cells if "beside" not in said]


@pytest.mark.parametrize(("lists", "said"), rows(), ids=[said for _, said in rows()])
def test_each_row_of_the_language_table_is_valid_in_both_forms(earth: World, lists: str, said: str) -> None:
    query.parse(said, ("query",))
    snippets = re.findall(r"`([^`]+)`", lists)
    keys = [snippet for snippet in snippets if " = " in snippet and not snippet.startswith(("{", '"'))]
    lone = [snippet for snippet in snippets if snippet not in keys]
    if any(snippet.startswith(('"', "{")) for snippet in lone) and not keys:
        keys = [f"keywords.any = [{lone[0]}]"]
    if not any(key.startswith(("keywords", "entities", "score")) for key in keys):
        keys.append('keywords.all = ["a", "b"]')
    if all(".none" in key for key in keys):
        keys.append('keywords.any = ["a"]')
    lines = "\n".join(["[[rules]]", 'id = "row"', 'notify = ["desk"]', *keys])
    tomllib.loads(lines)
    earth.configure(rules=lines)
    assert "is right" in watcher(earth.folder, "check").stdout


def test_the_conditions_of_both_forms_are_the_same_trees(earth: World) -> None:
    from watcher import app

    pairs = {
        'keywords.any = ["vote*", "veto*"]': "vote* OR veto*",
        'keywords.any = ["a", "b", "c"]\nkeywords.at_least = 2': "ATLEAST/2(a, b, c)",
        'keywords.all = ["a", "b"]\nnear = 5\nordered = true': "a ONEAR/5 b",
        'keywords.any = [{ all = ["peace", "text"], near = 3 }, "accord"]': "(peace NEAR/3 text) OR accord",
        'keywords.any = ["veto*"]\nfields = ["title"]': "title:veto*",
        'score = { at_least = 10, weights = { "veto*" = 6, "@israel" = 5 } }': "SCORE/10(veto*^6, @israel^5)",
        'entities.all = ["israel"]\nkeywords.none = ["sport*"]': "@israel AND NOT sport*",
    }
    for lists, said in pairs.items():
        earth.configure(rules=f'[[rules]]\nid = "row"\nnotify = ["desk"]\n{lists}\n')
        [rule] = app.load(earth.config, {}).rules.rules
        spec = RuleSpec("row", "row", rule.spec.severity, ("desk",), query=said)
        assert str(rule.condition) == str(condition(spec, ()))


def test_the_rule_for_some_votes_passes_its_tests_and_is_explained_as_the_guide_shows(earth: World) -> None:
    shown = section("Only some UN votes")
    [rule] = re.findall(r"```toml\n(.*?)```", shown, flags=re.DOTALL)
    [explained] = re.findall(r"```\n(✗.*?)```", shown, flags=re.DOTALL)
    [text] = re.findall(r'Of a text such as "([^"]+)"', shown)
    earth.configure(rules=rule)
    assert "3 tests passed" in watcher(earth.folder, "check").stdout
    told = watcher(earth.folder, "explain", text).stdout.splitlines()
    for line in explained.splitlines():
        assert any(each.startswith(line.rstrip("…")) for each in told), line


def test_the_guide_names_every_line_by_which_votes_are_narrowed() -> None:
    named = set(re.findall(r"^\| `([a-z_]+)`", section("Only some UN votes"), flags=re.MULTILINE))
    assert named == set(VoteTable.model_fields)
