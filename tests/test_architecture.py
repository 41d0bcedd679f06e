"""The house keeps its shape: imports point one way, heavy libraries live in one room, the prose names what exists."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "watcher"

# Left may import right, and its own; never the other way.
ARROW = ("cli", "app", "replay", "pipeline", "edges", "config", "core", "errors")

# Where a library may be imported. Everything else has to ask that module.
ROOMS = {
    "pycurl": {"edges.fetch"},
    "feedparser": {"core.formats.feeds"},
    "trafilatura": {"core.formats.pages"},
    "protego": {"core.sources.robots"},
    "ahocorasick_rs": {"core.rules.engine", "core.countries", "core.stories.topics"},
    "apprise": {"edges.receivers"},
    "requests": {"edges.receivers"},
    "apscheduler": {"app.jobs"},
    "prometheus_client": {"app.monitoring"},
    "sqlmodel": {"edges.store"},
    "sqlalchemy": {"edges.store"},
    "alembic": {"edges.store"},
    "lark": {"core.rules.query"},
    "jinja2": {"core.messages.templates"},
    "markupsafe": {"core.messages.templates"},
    "tomlkit": {"config.editing"},
    "pydantic": {"config"},
    "click": {"cli"},
    "rich": {"cli", "edges.receivers"},
}

MODULES = sorted(SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


@cache
def taken_by(path: Path) -> frozenset[tuple[str, str]]:
    """What is imported: ("a.b", "") for `import a.b`, ("a.b", "c") for `from a.b import c`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {(alias.name, "") for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {(node.module, alias.name) for alias in node.names}
    return frozenset(found)


def imports_of(path: Path) -> set[str]:
    """Modules, and all that may be one: of `from a import b` both a and a.b."""
    taken = taken_by(path)
    return {module for module, _ in taken} | {f"{module}.{name}" for module, name in taken if name}


def room_of(module: str) -> str:
    return module.removeprefix("watcher.").split(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_from_its_right(path: Path) -> None:
    room = room_of(name_of(path))
    if room not in ARROW:
        return
    right = set(ARROW[ARROW.index(room) :])
    ours = {room_of(name) for name in imports_of(path) if name.startswith("watcher.")}
    assert ours & set(ARROW) <= right


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_library_is_imported_in_its_own_room_alone(path: Path) -> None:
    name = name_of(path)
    for library in {imported.split(".")[0] for imported in imports_of(path)} & ROOMS.keys():
        assert any(name == room or name.startswith(f"{room}.") for room in ROOMS[library]), library


def test_no_module_needs_itself_by_way_of_others() -> None:
    """Nor when it is called: an import within a function counts as one on top."""
    names = {f"watcher.{name_of(path)}" for path in MODULES}

    def needs(path: Path) -> set[str]:
        return {
            whole if (whole := f"{module}.{name}") in names else module for module, name in taken_by(path)
        }

    TopologicalSorter({f"watcher.{name_of(path)}": needs(path) for path in MODULES}).prepare()


def test_edges_never_import_each_other() -> None:
    for path in (SOURCE / "edges").rglob("*.py"):
        door = name_of(path).split(".")[1] if name_of(path) != "edges" else ""
        doors = {name.split(".")[2] for name in imports_of(path) if name.startswith("watcher.edges.")}
        assert doors <= {door}, name_of(path)


def test_core_does_nothing_but_decide() -> None:
    """No clock, no files, no network, no logging: what core needs to know is an argument."""
    forbidden = {"logging", "socket", "time", "random", "os", "subprocess", "threading", "sqlite3", "pathlib"}
    for path in (SOURCE / "core").rglob("*.py"):
        assert not imports_of(path) & forbidden, name_of(path)
        assert ".now(" not in path.read_text("utf-8"), name_of(path)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))


def commands() -> set[str]:
    import click

    from watcher.cli import cli

    return set(cli.list_commands(click.Context(cli)))


def test_every_command_of_the_program_is_listed_with_the_module_that_has_it() -> None:
    import click

    from watcher.cli import cli

    context = click.Context(cli)
    listed = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    assert all(command and command.name == name for name, command in listed.items())
    made = [path for path in (SOURCE / "cli").glob("*.py") if "COMMANDS = " in path.read_text("utf-8")]
    modules = [import_module(f"watcher.cli.{path.stem}") for path in made if path.stem != "__init__"]
    assert {command.name for module in modules for command in module.COMMANDS} == set(listed)


def test_the_docs_name_every_command_and_no_other() -> None:
    named = set(
        re.findall(r"`watcher (?:--config \S+ )?([a-z]+)", (ROOT / "docs/commands.md").read_text("utf-8"))
    )
    assert named == commands()
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        used = re.findall(
            r"(?:^|`)watcher (?:--config \S+ )?([a-z]+)", page.read_text("utf-8"), flags=re.MULTILINE
        )
        assert set(used) <= commands(), page.name


def test_the_docs_explain_every_key_of_the_config_and_no_other() -> None:
    from watcher.config.model import File

    page = (ROOT / "docs/config.md").read_text("utf-8")
    table = set(re.findall(r"^\| `([a-z_.]+)`", page, flags=re.MULTILINE))
    assert table == keys_of(File)


def test_no_page_of_the_docs_is_left_out_and_no_link_leads_nowhere() -> None:
    linked = set()
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.name}: {link}"
                linked.add((page.parent / link).resolve())
    assert set((ROOT / "docs").glob("*.md")) <= linked


def keys_of(table: type[BaseModel]) -> set[str]:
    """`polling.every`, `rules.near` …: the keys of the config's tables, one level down."""
    found = set()
    for name, field in table.model_fields.items():
        inner = [field.annotation, *get_args(field.annotation)]
        tables = [each for each in inner if isinstance(each, type) and issubclass(each, BaseModel)]
        found |= {f"{name}.{key}" for each in tables for key in each.model_fields} or {name}
    return found


def test_the_makefile_lists_its_targets() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = set(re.findall(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)[0].split())
    assert {"help", "run", "test", "check", "bench"} <= phony
    assert phony - {"help"} == set(re.findall(r"^([a-z]+):.*##", makefile, flags=re.MULTILINE)) - {"help"}


def test_every_dependency_has_its_reason_written_down() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {re.split(r"[<>=\[;]", line)[0] for line in project["dependencies"]}
    records = "\n".join(path.read_text("utf-8") for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert [name for name in sorted(names) if f"**{name}**" not in records] == []


def test_constraints_name_no_index_and_pin_everything() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", pin) for pin in pins)
