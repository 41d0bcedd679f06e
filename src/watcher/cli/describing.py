"""Alerts described by options, as routes are tried with them and silences hide them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from watcher.config import Config

SEVERITIES = ("low", "medium", "high")
KINDS = ("first", "update", "correction", "operator")


def description(command: Callable[..., None]) -> Callable[..., None]:
    """The options by which alerts are described."""
    for option in (
        click.option("--position", "positions", multiple=True, metavar="TEXT", help='As "Israel against".'),
        click.option("--entity", "entities", multiple=True, metavar="ID", help="The article names it."),
        click.option("--source-tag", "source_tags", multiple=True, metavar="TAG"),
        click.option("--source", "sources", multiple=True, metavar="NAME", help="Who tells it."),
        click.option("--tag", "tags", multiple=True, metavar="TAG", help="Of the rule."),
        click.option("--rule", "rules", multiple=True, metavar="ID", help="It matched."),
    ):
        command = option(command)
    return command


def refuse_unknown(
    config: Config, rules: Sequence[str], sources: Sequence[str], entities: Sequence[str]
) -> None:
    refuse_others("--rule", rules, [rule.id for rule in config.rules])
    refuse_others("--source", sources, [source.name for source in config.sources])
    refuse_others("--entity", entities, config.entities)


def refuse_others(option: str, given: Sequence[str], known: Collection[str]) -> None:
    for word in given:
        if word not in known:
            raise click.BadParameter(f'the config has {", ".join(known)}, and no "{word}"', param_hint=option)


def position_of(text: str) -> tuple[str, Any]:
    """`Israel against` -> the country by its canonical name, and the position."""
    from watcher.core.countries import canonical
    from watcher.core.model import Position

    for position in Position:
        country = text.strip().removesuffix(position.words).removesuffix(position.value)
        if country != text.strip() and (name := canonical(country.strip())):
            return name, frozenset([position])
    fix = f"write a country and {', '.join(position.words for position in Position)}"
    raise click.BadParameter(f'"{text}" is not how a country voted; {fix}', param_hint="--position")
