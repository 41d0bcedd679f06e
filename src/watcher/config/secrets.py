"""`${NAME}` in a receiver's url: the secret comes from outside the config file.

Looked up in the systemd credentials folder, then in the file that NAME_FILE names, then in the environment. What is
found is returned and kept nowhere; no message here holds a secret, nor a url that one was put into. Where systemd loads
a whole folder of credentials, as our unit has it do, it puts the folder's name before theirs: secrets_NAME.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from watcher.config.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

_REFERENCE: Final = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$\{")  # or a "${" that names nothing
_USER: Final = re.compile(r"[^:/?#]*://[^/?#]*@")  # scheme, and the authority up to its last "@"


class SecretError(Exception):
    """A `${…}` that cannot be resolved: what is wrong and what to do about it, both free of secrets."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix


def fill(url: str, env: Mapping[str, str]) -> tuple[str, tuple[SecretError, ...]]:
    """`url` with each `${NAME}` replaced, and the references that could not be.

    A secret is given as it is, with whatever characters a password may hold: as a user, a password or a query value
    it is percent-encoded here. Elsewhere it may be several parts of a path, or the whole url, and goes in unchanged.
    """
    user, query = _USER.match(url), url.find("?")
    errors: list[SecretError] = []

    def secret(found: re.Match[str]) -> str:
        try:
            value = _resolve(found[1], env)
        except SecretError as error:
            errors.append(error)
            return ""
        encoded = (user is not None and found.start() < user.end()) or 0 <= query < found.start()
        return quote(value, safe="") if encoded else value

    return _REFERENCE.sub(secret, url), tuple(errors)


def _resolve(name: str | None, env: Mapping[str, str]) -> str:
    if name is None:
        raise SecretError('has a "${" that names no secret', "write ${NAME}: letters, digits and underscores")
    value = _look_up(name, env)
    if not value:
        raise SecretError(f"the secret {name} is empty", _how_to_set(name))
    if not value.isprintable():  # a line break, NUL or a stray byte would change the meaning of the url
        what = "holds a line break or another control character"
        raise SecretError(f"the secret {name} {what}", _how_to_set(name))
    return value


def _look_up(name: str, env: Mapping[str, str]) -> str:
    credentials = env.get("CREDENTIALS_DIRECTORY")
    for credential in (name, f"secrets_{name}") if credentials else ():
        try:
            return _content(name, Path(str(credentials), credential))
        except FileNotFoundError:
            continue  # systemd was asked for other credentials; this one may still be in the environment
    file = env.get(f"{name}_FILE")
    if file:
        try:
            return _content(name, Path(file))
        except FileNotFoundError:
            fix = f"put the secret into {quoted(file)}, or correct {name}_FILE"
            raise SecretError(f"{name}_FILE names a file that does not exist", fix) from None
    if name not in env:
        fix = f"put it into a file {quoted(f'secrets/{name}')} beside the config, and start the service anew"
        raise SecretError(f"the secret {name} is not set", fix if credentials else _how_to_set(name))
    return env[name]


def _content(name: str, path: Path) -> str:
    """The secret in a file, without the line end that editors and `echo` leave. Raises FileNotFoundError."""
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except FileNotFoundError:
        raise
    except OSError as error:
        what, fix = f"cannot be read: {error.strerror}", "let the user who runs watcher read"
    except ValueError:  # a UnicodeDecodeError carries the bytes: it goes no further
        what, fix = "is not UTF-8 text", "save as UTF-8 text"
    raise SecretError(f"the file that holds the secret {name} {what}", f"{fix}: {quoted(str(path))}")


def _how_to_set(name: str) -> str:
    return f"set {name} in the environment, or {name}_FILE to a file that holds it"
