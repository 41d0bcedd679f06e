"""Edits of the [[sources]] in a config file: of the one source, and of nothing else.

The text of a source is cut out, edited with its comments, and put back; every other byte of the file stays. The new
file replaces the old one in one step, and only after it was read as watcher reads it.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from watcher.config import lines
from watcher.config.model import SourceTable
from watcher.errors import ConfigError, WatcherError

if TYPE_CHECKING:
    from tomlkit.items import Table

Edit = Callable[[str], str]

_BOM: Final = "\ufeff"


def refusal(keys: Mapping[str, Any]) -> str | None:
    """Why no source can have these keys and values, for who typed them; None where it can. Nothing is quoted."""
    try:
        SourceTable.model_validate(keys)
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        return f"{wrong['loc'][0]}: {wrong['ctx']['what']}; {wrong['ctx']['fix']}"
    return None


# -- the edits: text -> text ------------------------------------------------------------------------------------


def adding(sources: Iterable[Mapping[str, Any]]) -> Edit:
    """Puts sources, each with its keys in their order, behind the last one that is there."""
    written = "".join(f"\n{_written(source)}" for source in sources)

    def edit(text: str) -> str:
        last = _cut(_ended(text), -1)
        gap = "\n" if last.rest.strip(" \t") and not last.rest.startswith("\n") else ""
        return last.before + last.own + written + gap + last.rest

    return edit


def removing(indices: Iterable[int]) -> Edit:
    """Takes sources out, with the comments among their keys; what stands above and below them stays."""

    def edit(text: str) -> str:
        for index in sorted(indices, reverse=True):
            source = _cut(text, index)
            text = source.before + source.rest.removeprefix("\n")
        return text

    return edit


def pausing(indices: Iterable[int]) -> Edit:
    return _changing(indices, _pause)


def resuming(indices: Iterable[int]) -> Edit:
    return _changing(indices, _resume)


def moving(index: int, url: str) -> Edit:
    def move(source: Table) -> None:
        source["url"] = url

    return _changing([index], move)


def _pause(source: Table) -> None:
    source["enabled"] = False


def _resume(source: Table) -> None:
    """As it was before the pause; a comment beside the key keeps it there."""
    from tomlkit.items import Item

    written = source.item("enabled")
    if isinstance(written, Item) and written.trivia.comment:
        source["enabled"] = True
    else:
        source.remove("enabled")


def _written(source: Mapping[str, Any]) -> str:
    import tomlkit

    pairs = (f"{key:<4} = {tomlkit.item(value).as_string()}\n" for key, value in source.items())
    return "[[sources]]\n" + "".join(pairs)


def _ended(text: str) -> str:
    """Its last line ends as the others do."""
    return text if text.endswith("\n") else f"{text}\n"


def _changing(indices: Iterable[int], change: Callable[[Table], None]) -> Edit:
    import tomlkit

    def edit(text: str) -> str:
        for index in indices:
            source = _cut(_ended(text), index)
            alone = tomlkit.parse(source.own)
            change(alone["sources"][0])
            text = source.before + alone.as_string() + source.rest
        return text

    return edit


@dataclass(frozen=True, slots=True)
class _Cut:
    """A file in three: `own` is a source, from its heading to its last key and the comments right below that."""

    before: str
    own: str
    rest: str


def _cut(text: str, index: int) -> _Cut:
    """The file cut at the source of this index, -1 for the last. Raises WatcherError where it stands in a list."""
    places = lines.scan(text)
    headings = sorted(line for key, line in places.items() if key[0] == "sources" and len(key) == 2)
    first = headings[index]
    written = _lines(text)
    if not written[first - 1].lstrip(" \t").startswith("[["):
        raise WatcherError(
            "the sources stand in one list, which only you can edit; written as [[sources]] each, watcher can, too"
        )
    below = (line for key, line in places.items() if line > first and (key[0] != "sources" or len(key) == 2))
    after = min(below, default=len(written) + 1)
    before, own, rest = written[: first - 1], "".join(written[first - 1 : after - 1]), written[after - 1 :]
    end = _end(own, followed=bool(rest))
    return _Cut("".join(before), own[:end], own[end:] + "".join(rest))


def _lines(text: str) -> list[str]:
    """As TOML counts them."""
    return [f"{line}\n" for line in text.split("\n")[:-1]] + text.split("\n")[-1:]


def _end(source: str, *, followed: bool) -> int:
    """Where a source ends in a text that begins with it: at the first blank line below its last key.

    Where there is none and something else follows, comments between the two are about that.
    """
    import tomlkit

    body = tomlkit.parse(source)["sources"][0].value.body
    last = max(at for at, (key, _) in enumerate(body) if key is not None)
    below = [item.as_string() for _, item in body[last + 1 :]]
    blank = next((at for at, piece in enumerate(below) if not piece.strip()), 0 if followed else len(below))
    return len(source) - len("".join(below[blank:]))


# -- the file -----------------------------------------------------------------------------------------------------


def change(path: Path, edit: Edit, check: Callable[[Path], object]) -> None:
    """Put what `edit` makes of the file at `path` in its place, once `check` has read it without an error.

    `check` gets a copy beside the file; a ConfigError of it is raised as one of the file that was to be. Permissions
    stay, and so does a link to the file. Errors: ConfigError, WatcherError; then the file is as it was.
    """
    real = path.resolve()
    try:
        with _alone(real.parent):
            content = real.read_bytes()
            new = _rewritten(content, edit)
            with _beside(real, new) as copy:
                _checked(copy, path, check)
                if real.read_bytes() != content:
                    raise WatcherError(
                        f"{path} was saved by somebody else meanwhile, and is left so; try again"
                    )
                os.replace(copy, real)
    except OSError as error:
        raise WatcherError(f"{path} cannot be changed: {error.strerror}; nothing was") from error


def _rewritten(content: bytes, edit: Edit) -> bytes:
    """Line ends and the byte order mark stay what they are."""
    text = content.decode()
    mark = _BOM if text.startswith(_BOM) else ""
    on_windows = 0 < text.count("\n") == text.count("\r\n")
    text = text.removeprefix(_BOM)
    new = edit(text.replace("\r\n", "\n") if on_windows else text)
    return (mark + (new.replace("\n", "\r\n") if on_windows else new)).encode()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One edit at a time, of all that are made by watcher."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """A file with this content in the folder of `path`, with its permissions; gone at the end unless it was moved."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    copy = Path(name)
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        known = path.stat()
        os.chmod(copy, known.st_mode & 0o7777)
        if (known.st_uid, known.st_gid) != (copy.stat().st_uid, copy.stat().st_gid):
            os.chown(copy, known.st_uid, known.st_gid)
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _checked(copy: Path, path: Path, check: Callable[[Path], object]) -> None:
    try:
        check(copy)
    except ConfigError as error:
        raise ConfigError([replace(problem, file=str(path)) for problem in error.problems]) from error
