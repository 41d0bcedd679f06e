"""The templates that rules name: folders of files, read with the config. What they say, core.messages knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from watcher.config import raw
from watcher.config.document import Mistake
from watcher.config.wording import did_you_mean, listed, quoted
from watcher.core.messages.templates import FILES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MOST_BYTES: Final = 100_000


@dataclass(frozen=True, slots=True)
class TemplateFiles:
    """`folder`: as the user would find it. `texts`: name of a file, one of core.templates.FILES -> what is in it."""

    folder: Path
    texts: Mapping[str, str]


def read(data: dict[str, Any], folder: Path) -> tuple[dict[str, TemplateFiles], list[Mistake]]:
    """The template of each rule that names one, by the rule's id, and what is wrong with them.

    `folder`: the config's, where their paths begin.
    """
    found: dict[str, TemplateFiles] = {}
    mistakes: list[Mistake] = []
    for number, rule in raw.tables(data, "rules"):
        named, rule_id = rule.get("template"), rule.get("id")
        if isinstance(named, str) and named.strip() and isinstance(rule_id, str):
            texts, wrong = _read(folder / named, named)
            found[rule_id] = TemplateFiles(folder / named, texts)
            mistakes += [Mistake(("rules", number, "template"), what, fix) for what, fix in wrong]
    return found, mistakes


def _read(folder: Path, named: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    files = listed(FILES, "or")
    make = f"make the folder, and put {files} into it"
    try:
        names = sorted(each.name for each in folder.iterdir() if not _passed_over(each.name))
    except NotADirectoryError:
        return {}, [("is a file, and a template is a folder", make)]
    except (FileNotFoundError, ValueError):  # no folder has a zero byte in its name
        return {}, [(f"there is no folder {quoted(named)}", make)]
    except OSError as error:
        what = f"the folder {quoted(named)} cannot be read: {error.strerror}"
        return {}, [(what, "check its name, and who owns it")]
    wrong = [_strange(name) for name in names if name not in FILES]
    texts: dict[str, str] = {}
    for name in names:
        if name in FILES:
            try:
                texts[name] = _content(folder / name)
            except ValueError as error:
                wrong.append((f"{quoted(name)} {error}", "save it as text, in UTF-8"))
    if not names:
        wrong.append((f"the folder {quoted(named)} is empty", f"put {files} into it"))
    return texts, wrong


def _passed_over(name: str) -> bool:
    """What editors leave behind."""
    return name.startswith((".", "#")) or name.endswith(("~", ".bak", ".swp"))


def _strange(name: str) -> tuple[str, str]:
    known = f"a template is {listed(FILES, 'or')}; move other files elsewhere"
    return f"there is a {quoted(name)} in its folder, which no template has", did_you_mean(name, FILES, known)


def _content(file: Path) -> str:
    """Raises ValueError with what is wrong."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ValueError(f"cannot be read: {error.strerror}") from error
    if len(content) > _MOST_BYTES:
        raise ValueError(f"is larger than {_MOST_BYTES:,} bytes")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError("is not UTF-8") from error
