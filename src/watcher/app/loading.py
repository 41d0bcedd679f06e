"""The config, read whole: its rules compiled, their tests passed, its receivers understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from watcher import config
from watcher.app.reloading import version_of
from watcher.config import Config
from watcher.core.examples import surprises
from watcher.core.messages.templates import Template, TemplateError, Templates
from watcher.core.rules import RuleError, RuleSet
from watcher.core.rules.lints import lints
from watcher.core.rules.spec import Key
from watcher.core.sources.addresses import names_private
from watcher.edges.receivers import complaint
from watcher.errors import ConfigError, Problem


@dataclass(frozen=True, slots=True)
class Settings:
    """A config whose rules are compiled: all that is needed to run, and nothing of the outside world.

    `version` names the file's content just before it was read: whatever is saved later is news.
    """

    config: Config
    rules: RuleSet
    templates: Templates
    version: str | None


def load(path: Path, env: Mapping[str, str] | None) -> Settings:
    """Read the config whole, rules and their tests included. Raises ConfigError with every problem found.

    `env`: where secrets are; None for who sends nothing, and needs none.
    """
    version = version_of(path)
    loaded = config.load(path, env)
    try:
        rules = RuleSet(loaded.rules, loaded.entities)
    except RuleError as error:
        raise ConfigError([loaded.problem(error.key, error.what, error.fix)]) from error
    failed = [surprise for surprise in surprises(rules) if surprise.fatal]
    if failed:
        raise ConfigError([loaded.problem(each.key, each.says, each.fix) for each in failed])
    templates, unfit = _compiled(loaded)
    if unfit:
        raise ConfigError(unfit)
    if env is not None and (unusable := _unusable(loaded)):
        raise ConfigError(unusable)
    return Settings(loaded, rules, templates, version)


def _compiled(loaded: Config) -> tuple[Templates, list[Problem]]:
    """The templates of the rules, tried out, and what is wrong with them."""
    events = {rule.id: rule.event for rule in loaded.rules}
    made: dict[str, Template] = {}
    problems = []
    for rule, files in loaded.templates.items():
        try:
            made[rule] = Template(files.texts)
            made[rule].try_out(votes_only=events[rule] == "un-vote")
        except TemplateError as error:
            file = str(files.folder / error.file)
            problems.append(Problem(file, error.line, "", error.what, error.fix))
    return Templates(made), problems


def _unusable(loaded: Config) -> list[Problem]:
    """Receivers that could never send: found out now, and not when the first alert waits."""
    return [
        loaded.problem(("receivers", each.name, "url"), *found)
        for each in loaded.receivers
        if (found := complaint(each.url.get_secret_value()))
    ]


def doubts(settings: Settings) -> list[Problem]:
    """What is right in the config, but hardly meant, and tests that are better than they say."""
    chosen = settings.config
    found = [
        *(
            (lint.key, lint.what, lint.fix)
            for lint in lints(
                settings.rules,
                [each.name for each in chosen.receivers],
                {name for route in chosen.routes for name in route.receivers},
            )
        ),
        *((each.key, each.says, each.fix) for each in surprises(settings.rules)),
        *_hardly_meant(chosen),
    ]
    return sorted((chosen.problem(*each) for each in found), key=lambda problem: problem.line or 0)


def _hardly_meant(chosen: Config) -> Iterator[tuple[Key, str, str]]:
    for at, source in enumerate(chosen.sources):
        host = urlsplit(source.url or "").hostname or ""
        if source.folder and not source.folder.is_dir():
            yield ("sources", at, "folder"), "there is no such folder", f"make it: mkdir -p {source.folder}"
        if source.url and not source.allow_private and names_private(host):
            fix = "say allow_private = true on it if that is meant"
            yield ("sources", at, "url"), "it lies in your own network, and will be refused", fix
