"""config.toml -> Config, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.config import checks, document, heartbeat, mistakes, receivers, settings, shipped, templates
from watcher.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def load(path: Path, env: Mapping[str, str] | None) -> settings.Config:
    """The config in the file at `path`, with secrets from `env` and the files it names; None: without secrets.

    Rules are taken as they are written; whoever compiles them turns a RuleError into a problem with `Config.problem`.
    Errors: ConfigError with all that is wrong, in the order of the file; nothing else, whatever the file holds.
    """
    written, known = document.read(path), shipped.entities()
    file, wrong = mistakes.understand(written)
    urls, wrong_urls = receivers.open_urls(written.data, env)
    sign, wrong_sign = heartbeat.open_url(written.data, env)
    read, wrong_templates = templates.read(written.data, path.parent)
    wrong = [*wrong, *wrong_urls, *wrong_sign, *wrong_templates, *checks.check(written.data, known.keys())]
    if file is None or wrong:
        problems = {written.problem(mistake): None for mistake in wrong}  # each once
        raise ConfigError(sorted(problems, key=lambda problem: problem.line or 0))
    return settings.resolve(path, file, written, urls, sign, read, known)
