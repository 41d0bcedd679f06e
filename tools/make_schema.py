"""Write config.schema.json: what config.toml may hold, for editors that complete and check it as it is typed.

    python tools/make_schema.py [--check]

Made from the models that read the file, so the two cannot part. It tells of shapes alone: keys, types, words to choose
from. What a reader of the whole file knows, such as whether a receiver exists, `watcher check` says. `--check` writes
nothing, and fails when the file is not what would be written.

JSON Schema draft 7, because taplo and Even Better TOML read no later one.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from watcher.config import durations
from watcher.config.model import File

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

TARGET = Path(__file__).parent.parent / "config.schema.json"
DRAFT = "http://json-schema.org/draft-07/schema#"


class _AsWritten(GenerateJsonSchema):
    """Values as they stand in TOML: durations as text, and no null, for a key without a value is left out."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False  # it would be the key once more

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if made.get("default") is None or isinstance(made["default"], dict) or made["default"] == []:
            made.pop("default", None)  # nothing that anyone would write
        return made

    def encode_default(self, dft: Any) -> Any:
        return durations.spell(dft) if isinstance(dft, timedelta) else super().encode_default(dft)


def schema() -> str:
    """The text of config.schema.json."""
    made = File.model_json_schema(ref_template="#/definitions/{model}", schema_generator=_AsWritten)
    tables = made.pop("$defs")
    whole = _as_draft_7({"$schema": DRAFT, **made, "definitions": tables})
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _as_draft_7(node: Any) -> Any:
    """Beside a `$ref` that draft lets nothing stand; titles, which are the models' names, go."""
    if isinstance(node, list):
        return [_as_draft_7(each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {
        key: _as_draft_7(value) for key, value in node.items() if key != "title" or isinstance(value, dict)
    }
    if "$ref" in made and len(made) > 1:
        made = {"allOf": [{"$ref": made.pop("$ref")}], **made}
    return made


def main() -> None:
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(schema(), encoding="utf-8")
    elif TARGET.read_text(encoding="utf-8") != schema():
        sys.exit(f"{TARGET.name} is not what {Path(__file__).name} would write: run it")


if __name__ == "__main__":
    main()
