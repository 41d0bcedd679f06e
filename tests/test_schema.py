"""config.schema.json, by which editors complete and check config.toml: current, and no stricter than the program."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from tools import make_schema

ROOT = Path(__file__).parent.parent
CONFIGS = ROOT / "tests" / "configs"
SCHEMA = json.loads(make_schema.TARGET.read_text(encoding="utf-8"))
VALIDATOR = Draft7Validator(SCHEMA)
GOOD = [ROOT / "config.toml", *sorted(CONFIGS.glob("good-*.toml"))]

# Mistakes of shape, which need no knowledge of the rest of the file: an editor shows them as they are typed.
BAD_SHAPES = [
    "at-least-as-text",
    "at-least-zero",
    "date-for-text",
    "duration",
    "duration-as-number",
    "emptied-list-in-group",
    "empty-keyword",
    "group-near-word",
    "group-unknown-field",
    "language-far-off",
    "list-for-clause",
    "list-in-list",
    "misspelt-section",
    "near-as-boolean",
    "negative-near",
    "no-languages",
    "number-in-group",
    "ordered-as-text",
    "query-as-list",
    "receiver-without-url",
    "rule-key-below-tests",
    "rule-without-id",
    "score-without-threshold",
    "score-without-weights",
    "severity",
    "source-name-for-tag",
    "test-as-number",
    "test-empty",
    "test-misspelt",
    "tests-in-single-brackets",
    "text-for-boolean",
    "text-for-list-in-group",
    "unknown-event",
    "unknown-key-deep-in-groups",
    "unknown-key-in-entity",
    "unknown-key-in-rule",
    "url-not-http",
    "vote-as-list",
    "vote-bodies-as-text",
    "vote-margin-as-text",
    "vote-margin-misspelt",
    "vote-outcome-as-number",
    "vote-position-as-boolean",
    "vote-unknown-body",
    "vote-unknown-key",
    "vote-unknown-outcomes",
    "vote-unknown-position",
    "weight-with-fraction",
    "weight-zero",
    "weights-as-list",
]


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_it_is_what_the_models_say_today() -> None:
    said = make_schema.TARGET.read_text(encoding="utf-8")
    assert said == make_schema.schema(), "run: python tools/make_schema.py"


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_what_loads_is_valid(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(read(path))] == []


@pytest.mark.parametrize("name", BAD_SHAPES)
def test_a_mistake_of_shape_is_seen_while_typing(name: str) -> None:
    assert not VALIDATOR.is_valid(read(CONFIGS / f"bad-{name}.toml"))


def tables() -> dict[str, Any]:
    return {"File": SCHEMA, **SCHEMA["definitions"]}


@pytest.mark.parametrize("name", tables())
def test_a_table_knows_its_keys_and_says_what_they_are_for(name: str) -> None:
    table = tables()[name]
    assert table["additionalProperties"] is False
    assert table["description"]
    assert all(key["description"] for key in table["properties"].values())


def examples() -> list[Any]:
    """Each example and default, beside the key's own schema."""
    keys = [key for table in tables().values() for key in table["properties"].values()]
    shown = [(key, value) for key in keys for value in key.get("examples", [])]
    return [*shown, *((key, key["default"]) for key in keys if "default" in key)]


def test_each_example_and_default_may_be_written_as_it_is_shown() -> None:
    for key, value in examples():
        Draft7Validator({**key, "definitions": SCHEMA["definitions"]}).validate(value)


def test_durations_are_shown_as_a_person_writes_them() -> None:
    polling = SCHEMA["definitions"]["PollingTable"]["properties"]
    assert (polling["every"]["default"], polling["max_age"]["default"]) == ("15m", "3d")


def test_it_shows_no_null_which_toml_cannot_write() -> None:
    assert '"null"' not in json.dumps(SCHEMA)
