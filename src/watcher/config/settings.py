"""A config that is whole and right: what the rest of watcher works with.

Everything is resolved: defaults are in place, paths absolute, durations timedeltas, secrets in their urls, shipped
entities and the file's merged. No part of it looks at the disk or the environment again.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from watcher.config.document import Document, Mistake
from watcher.config.places import state_folder
from watcher.config.routes import route
from watcher.config.specs import rule_spec
from watcher.core.alerts.pacing import AT_ONCE, Pace
from watcher.core.alerts.routing import Route
from watcher.core.rules.spec import Entity, RuleSpec
from watcher.core.upkeep.retention import Retention

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import SecretStr

    from watcher.config import model
    from watcher.config.templates import TemplateFiles
    from watcher.core.rules.spec import Key
    from watcher.errors import Problem

_FIRST_POLL_AGE: Final = timedelta(days=1)
_MOST_INTERVAL: Final = timedelta(days=1)  # that nobody has asked for by name


@dataclass(frozen=True, slots=True)
class Polling:
    """What holds for sources that say nothing else. `contact`: told to the servers polled.

    `min_interval`, `max_interval`: what their history and their servers may make of `every`.
    """

    every: timedelta
    min_interval: timedelta
    max_interval: timedelta
    timeout: timedelta
    max_age: timedelta
    first_poll_age: timedelta
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A feed, which has a `url`, or a folder, which has a `folder`, absolute. `max_age` None: no limit.

    `min_interval`, `max_interval`: the bounds of the time between two polls; both are `every` where that is its own.
    """

    name: str
    url: str | None
    folder: Path | None
    tags: tuple[str, ...]
    every: timedelta
    min_interval: timedelta
    max_interval: timedelta
    timeout: timedelta
    max_age: timedelta | None
    allow_private: bool = False
    full_text: bool = True
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where alerts go. `url.get_secret_value()` holds secrets: call a receiver by its name wherever it is seen.

    `pace`: when it wants its messages.
    """

    name: str
    url: SecretStr
    pace: Pace = AT_ONCE


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A sign of life, given by asking for a url, which holds secrets."""

    url: SecretStr
    every: timedelta
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """config.toml, whole and right. Equal configs behave alike; where they were read from is left out of that.

    `min_free`: bytes of the disk that are left free. `operator`: the receiver that is told of watcher's own troubles.
    `listen`: the port or socket for monitors.
    """

    path: Path
    database: Path
    min_free: int
    polling: Polling
    retention: Retention
    sources: tuple[Source, ...]
    receivers: tuple[Receiver, ...]
    rules: tuple[RuleSpec, ...]
    entities: Mapping[str, Entity]
    operator: str
    listen: tuple[str, int] | Path | None
    routes: tuple[Route, ...] = ()
    heartbeat: Heartbeat | None = None
    templates: Mapping[str, TemplateFiles] = field(default_factory=dict)  # by the rule's id
    _document: Document | None = field(default=None, repr=False, compare=False)

    @property
    def max_age_of(self) -> Callable[[str], timedelta | None]:
        """Source -> the age after which an article of it is old news; for a source that is not named, the usual."""
        ages = {source.name: source.max_age for source in self.sources}
        return lambda source: ages.get(source, self.polling.max_age)

    def problem(self, key: Key, what: str, fix: str) -> Problem:
        """Something that turned out wrong later, such as a RuleError, with the file, line and names of `key`."""
        document = self._document or Document(str(self.path), "", {})
        return document.problem(Mistake(key, what, fix))


def resolve(
    path: Path,
    file: model.File,
    document: Document,
    urls: Mapping[str, SecretStr],
    sign: SecretStr | None,
    templates: Mapping[str, TemplateFiles],
    shipped: Mapping[str, Entity],
) -> Config:
    """The config that a file without mistakes means.

    `urls`: each receiver's, with its secrets; `sign`: that of the heartbeat. `templates`: by the rule's id.
    """
    folder, polling = path.absolute().parent, _polling(file.polling)
    return Config(
        path=path,
        database=state_folder(path, os.environ) / file.database,
        min_free=file.min_free_mb * 10**6,
        polling=polling,
        retention=_retention(file.retention),
        sources=tuple(_source(source, polling, folder) for source in file.sources),
        receivers=tuple(Receiver(name, urls[name], table.pace) for name, table in file.receivers.items()),
        rules=tuple(rule_spec(rule) for rule in file.rules),
        entities=_entities(file.entities, shipped),
        operator=file.operator or next(iter(file.receivers)),
        listen=_listen(file.listen),
        routes=tuple(route(number, table) for number, table in enumerate(file.routes, start=1)),
        heartbeat=_heartbeat(file.heartbeat, sign),
        templates=templates,
        _document=document,
    )


def _listen(text: str | None) -> tuple[str, int] | Path | None:
    if text is None or text.startswith("unix:"):
        return Path(text.removeprefix("unix:")) if text else None
    host, _, port = text.rpartition(":")
    return host.strip("[]"), int(port)


def _polling(table: model.PollingTable) -> Polling:
    first = table.first_poll_age
    return Polling(
        every=table.every,
        min_interval=table.min_interval or table.every / 3,
        max_interval=table.max_interval or min(table.every * 4, max(table.every, _MOST_INTERVAL)),
        timeout=table.timeout,
        max_age=table.max_age,
        first_poll_age=min(_FIRST_POLL_AGE, table.max_age) if first is None else first,
        contact=table.contact,
    )


def _heartbeat(table: model.HeartbeatTable | None, url: SecretStr | None) -> Heartbeat | None:
    return Heartbeat(url, table.every, table.allow_private) if table and url else None


def _retention(table: model.RetentionTable) -> Retention:
    return Retention(table.articles, table.most_articles, table.deliveries, table.stories)


def _source(table: model.SourceTable, polling: Polling, folder: Path) -> Source:
    limit = (
        None if table.folder else polling.max_age
    )  # what is dropped into a folder was put there to be looked at
    return Source(
        name=table.name,
        url=table.url,
        folder=folder / table.folder if table.folder else None,
        tags=table.tags,
        every=table.every or polling.every,
        min_interval=table.every or polling.min_interval,
        max_interval=table.every or polling.max_interval,
        timeout=table.timeout or polling.timeout,
        max_age=table.max_age or limit,
        allow_private=table.allow_private,
        full_text=table.full_text,
        enabled=table.enabled,
    )


def _entities(tables: Mapping[str, model.EntityTable], shipped: Mapping[str, Entity]) -> Mapping[str, Entity]:
    """Shipped entities with the file's names added, and the file's own."""
    merged = dict(shipped)
    for name, table in tables.items():
        known = merged.get(name, Entity(name, ()))
        merged[name] = Entity(
            name, _joined(table.names, known.names), _joined(table.not_names, known.not_names)
        )
    return MappingProxyType(merged)


def _joined(own: tuple[str, ...], shipped: tuple[str, ...]) -> tuple[str, ...]:
    """The file's names first: so the index of one is also its index in the file, and an error finds its line."""
    return own + tuple(name for name in shipped if name not in own)
