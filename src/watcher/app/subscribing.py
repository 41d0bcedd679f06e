"""Keeps the sources of a config: adds, removes, pauses and resumes them, and exchanges them with feed readers.

What is written is read whole before it counts, rules and their tests included: an edit that would not load is refused.
A running watcher takes it on by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Any
from urllib.parse import urlsplit

from watcher.app.discovering import Discovery, Feed
from watcher.app.loading import load
from watcher.app.running import user_agent
from watcher.config import Config, Source, editing
from watcher.config.wording import did_you_mean, quoted
from watcher.core.formats.html import one_line
from watcher.core.sources import discovery
from watcher.core.sources.addresses import names_private
from watcher.core.sources.opml import Subscription
from watcher.edges.fetch import Fetcher
from watcher.edges.sandbox import Sandbox
from watcher.errors import ConfigError, SourceError, WatcherError


@dataclass(frozen=True, slots=True)
class Wish:
    """A source as a person wants it. `name` None: as the feed calls itself."""

    url: str
    name: str | None = None
    tags: tuple[str, ...] = ()
    every: str | None = None
    allow_private: bool = False
    paused: bool = False

    def keys(self) -> Mapping[str, Any]:
        """As the config has them: those that say something."""
        keys = {
            "name": self.name,
            "url": self.url,
            "tags": list(self.tags),
            "every": self.every,
            "allow_private": self.allow_private,
        }
        return {key: value for key, value in keys.items() if value} | (
            {"enabled": False} if self.paused else {}
        )


def find(config: Config, wish: Wish) -> tuple[Feed, ...]:
    """The feeds at the address of `wish`, or on the page there, that are no source yet; at least one.

    Errors: WatcherError, with what to do, where the wish cannot be had or there is no such feed.
    """
    addresses = discovery.meant(wish.url)
    for url in addresses:
        _refuse_known(config, url)
    wrong = editing.refusal({"name": "a feed", **replace(wish, url=addresses[0]).keys()})
    if wrong:
        raise WatcherError(wrong)
    if wish.name in {source.name for source in config.sources}:
        raise WatcherError(
            f"there is a source {quoted(wish.name or '')} already; give this one another --name"
        )
    polling = config.polling
    with Fetcher(user_agent(polling.contact)) as fetcher, Sandbox() as sandbox:
        looking = Discovery(fetcher, sandbox, allow_private=wish.allow_private, timeout=polling.timeout)
        try:
            feeds = looking.feeds(addresses)
        except SourceError as error:
            raise WatcherError(f"{addresses[0]}: {_for_a_command(str(error))}") from error
    new = tuple(feed for feed in feeds if not _known(config, feed.url, feed.answered_by))
    if not new:
        _refuse_known(config, feeds[0].url, feeds[0].answered_by)
    return new


def subscribe(config: Config, wish: Wish, feed: Feed) -> str:
    """Write the feed into the config as `wish` says; the name it got. Errors: WatcherError, and nothing is changed."""
    name = wish.name or _free_name(feed.title, feed.url, {source.name for source in config.sources})
    write(config, editing.adding([replace(wish, name=name, url=feed.url).keys()]))
    return name


def write(config: Config, edit: editing.Edit) -> None:
    """Change the file of the config, unless it would not load then. Errors: WatcherError, and nothing is changed."""
    try:
        editing.change(config.path, edit, lambda path: load(path, None))
    except ConfigError as error:
        raise WatcherError(f"that would not load, and {config.path} stays as it is:\n{error}") from error


def named(config: Config, names: Iterable[str]) -> dict[int, Source]:
    """The sources that a person means, by their place in the config: by name, in any case, or by address.

    Errors: WatcherError, with the name that was probably meant.
    """
    return dict(_named(config, name) for name in names)


def _named(config: Config, name: str) -> tuple[int, Source]:
    fits = (
        lambda source: source.name == name,
        lambda source: source.name.casefold() == name.strip().casefold(),
        lambda source: source.url is not None and discovery.same(source.url) == discovery.same(name),
    )
    for fit in fits:
        found = [(index, source) for index, source in enumerate(config.sources) if fit(source)]
        if len(found) == 1:
            return found[0]
    fix = did_you_mean(name, [source.name for source in config.sources], "`watcher sources` lists them")
    raise WatcherError(f"there is no source {quoted(_without_password(name))}; {fix}")


@dataclass(frozen=True, slots=True)
class Import:
    """What a list of feeds comes to. `skipped`: what is left out, by name, each with the reason."""

    added: tuple[Wish, ...]
    skipped: tuple[tuple[str, str], ...]


def chosen(config: Config, feeds: Iterable[Subscription], *, allow_private: bool) -> Import:
    """Which feeds of a list can become sources. Nothing is fetched."""
    taken = {source.name for source in config.sources}
    known = {discovery.same(source.url): source.name for source in config.sources if source.url}
    added: list[Wish] = []
    skipped: list[tuple[str, str]] = []
    for feed in feeds:
        private = names_private(_host(feed.url))
        keys = {"name": "a feed", "url": feed.url, "tags": list(feed.tags)}
        if wrong := editing.refusal(keys):
            skipped.append((feed.name or "a feed without a name", wrong))
        elif holder := known.get(discovery.same(feed.url)):
            skipped.append((feed.name or feed.url, f"{quoted(holder)} has this address already"))
        elif private and not allow_private:
            skipped.append(
                (feed.name or feed.url, "it lies in your own network; --allow-private takes it, too")
            )
        else:
            name = _free_name(feed.name, feed.url, taken)
            taken.add(name)
            known[discovery.same(feed.url)] = name
            added.append(Wish(feed.url, name, feed.tags, allow_private=private, paused=feed.paused))
    return Import(tuple(added), tuple(skipped))


def take_in(config: Config, wishes: Sequence[Wish]) -> None:
    """Write these into the config. Errors: WatcherError, and nothing is changed."""
    write(config, editing.adding([wish.keys() for wish in wishes]))


def exported(config: Config) -> list[Subscription]:
    """The feeds of the config; folders are nothing to other programs."""
    return [
        Subscription(source.name, source.url, source.tags, not source.enabled)
        for source in config.sources
        if source.url
    ]


def _refuse_known(config: Config, *urls: str) -> None:
    if source := _known(config, *urls):
        paused = "" if source.enabled else "; it is paused: watcher sources resume"
        raise WatcherError(f"{quoted(source.name)} is this feed already{paused}")


def _known(config: Config, *urls: str) -> Source | None:
    places = {discovery.same(url) for url in urls}
    return next((each for each in config.sources if each.url and discovery.same(each.url) in places), None)


def _free_name(title: str, url: str, taken: Collection[str]) -> str:
    host = _host(url)
    title = one_line(title) or host
    longer = f"{title} ({host})"
    names = chain((title, longer), (f"{longer} {number}" for number in count(2)))
    return next(name for name in names if name not in taken)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _without_password(text: str) -> str:
    """What was typed, fit to be shown: of `user:password@host` the host."""
    return text.rpartition("@")[2]


def _for_a_command(reason: str) -> str:
    return reason.replace("say allow_private = true on the source", "say --allow-private")
