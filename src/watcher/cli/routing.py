"""`watcher routes`: who is told of what, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from watcher.cli.asking import listing
from watcher.cli.output import say, show

if TYPE_CHECKING:
    from pathlib import Path

    from watcher.app import Settings
    from watcher.config import Config
    from watcher.core.routing import Traits

_SEVERITIES = ("low", "medium", "high")
_KINDS = ("first", "update", "correction", "operator")


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="A JSON document a line.")
@listing
def routes(path: Path, as_json: bool) -> None:
    """The routes in the order in which they are asked: the first that takes an alert says who is told."""
    from watcher import app

    rows = [
        {
            "name": each.name,
            "takes": each.conditions.in_words,
            "receivers": list(each.receivers) or "nobody",
            "goes_on": "yes" if each.goes_on else "",
        }
        for each in app.load(path, None).config.routes
    ]
    columns = {"Route": "name", "Takes": "takes", "Tells": "receivers", "Continues": "goes_on"}
    show(rows, columns, as_json, "The config has no routes: each rule's notify says who is told.")


def _asked(command: Callable[..., None]) -> Callable[..., None]:
    """The options by which an alert is imagined."""
    for option in (
        click.option("--kind", type=click.Choice(_KINDS), default="first", show_default=True),
        click.option("--position", "positions", multiple=True, metavar="TEXT", help='As "Israel against".'),
        click.option("--entity", "entities", multiple=True, metavar="ID", help="The article names it."),
        click.option("--source-tag", "source_tags", multiple=True, metavar="TAG"),
        click.option("--source", metavar="NAME", help="Who tells it; its tags go with it."),
        click.option("--tag", "tags", multiple=True, metavar="TAG", help="Of the rule."),
        click.option("--severity", type=click.Choice(_SEVERITIES), help="The rules' highest, unless set."),
        click.option("--rule", "rules", multiple=True, metavar="ID", help="It matched; its tags go with it."),
    ):
        command = option(command)
    return command


@routes.command("test")
@click.argument("target", metavar="[KEY|ARTICLE_ID]", required=False)
@_asked
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def test_routes(path: Path, /, target: str | None, as_json: bool, kind: str, **asked: Any) -> None:
    """Which route takes an alert, and why the others do not: a stored alert by its key, an article by its id, or one
    that is imagined by the options."""
    from watcher import app
    from watcher.core.routing import opinions, route

    settings = app.load(path, None)
    chosen = settings.config
    if target is not None:
        _only(target, asked)
        traits, otherwise = _stored(target, settings, kind)
    else:
        traits, otherwise = _imagined(chosen, kind, **asked)
    routed = route(chosen.routes, traits, otherwise)
    said = list(opinions(chosen.routes, traits))
    if as_json:
        routes = [
            {"name": each.name, "takes": lacking == (), "lacks": lacking, "asked": lacking is not None}
            for each, lacking in said
        ]
        say({"receivers": routed.receivers, "by": routed.by, "routes": routes})
        return
    for each, lacking in said:
        click.echo(_opinion(each.name, lacking))
    click.echo(_verdict(routed.receivers, bool(routed.by)))


def _opinion(name: str, lacking: tuple[str, ...] | None) -> str:
    if lacking is None:
        return f"· {name}  not asked: a route above has taken it"
    return f"✗ {name}  {'; '.join(lacking)}" if lacking else f"✓ {name}  takes it"


def _verdict(receivers: Sequence[str], routed: bool) -> str:
    if not receivers:
        return "Nobody is told: the route that takes it says so." if routed else "Nobody is told."
    by = "" if routed else ", as its rules notify: no route takes it"
    return f"It goes to {', '.join(receivers)}{by}."


def _only(target: str, asked: dict[str, Any]) -> None:
    given = [name for name, value in asked.items() if value]
    if given:
        raise click.UsageError(f"{target} is stored, and has what it has: leave the other options out")


def _imagined(
    config: Config,
    kind: str,
    rules: tuple[str, ...],
    severity: str | None,
    tags: tuple[str, ...],
    source: str | None,
    source_tags: tuple[str, ...],
    entities: tuple[str, ...],
    positions: tuple[str, ...],
) -> tuple[Traits, Sequence[str]]:
    """What the options say of an alert, and whom its rules notify."""
    from watcher.core.model import Severity
    from watcher.core.routing import Occasion, Traits

    by_id, by_name = {rule.id: rule for rule in config.rules}, {each.name: each for each in config.sources}
    _known("--rule", rules, by_id)
    _known("--source", [source] if source else [], by_name)
    _known("--entity", entities, config.entities)
    matching = [by_id[rule] for rule in rules]
    ranked = sorted((rule.severity for rule in matching), key=lambda each: each.rank)
    traits = Traits(
        occasion=Occasion(kind),
        severity=Severity(severity) if severity else (ranked[-1] if ranked else Severity.MEDIUM),
        rules=rules,
        tags=(*tags, *(tag for rule in matching for tag in rule.tags)),
        source=source or "",
        source_tags=(*source_tags, *(by_name[source].tags if source else ())),
        entities=entities,
        positions=dict(map(_position, positions)),
    )
    operator = [config.operator] if kind == "operator" else []
    return traits, [*operator, *(name for rule in matching for name in rule.notify)]


def _known(option: str, given: Sequence[str], known: Any) -> None:
    for word in given:
        if word not in known:
            raise click.BadParameter(f'the config has {", ".join(known)}, and no "{word}"', param_hint=option)


def _position(text: str) -> tuple[str, Any]:
    """`Israel against` -> the country by its canonical name, and the position."""
    from watcher.core.countries import canonical
    from watcher.core.model import Position

    for position in Position:
        country = text.strip().removesuffix(position.words).removesuffix(position.value)
        if country != text.strip() and (name := canonical(country.strip())):
            return name, frozenset([position])
    fix = f"write a country and {', '.join(position.words for position in Position)}"
    raise click.BadParameter(f'"{text}" is not how a country voted; {fix}', param_hint="--position")


def _stored(target: str, settings: Settings, kind: str) -> tuple[Traits, Sequence[str]]:
    """What is known of a stored alert, or would be of an alert about a stored article, by the rules of now."""
    from dataclasses import replace

    from watcher.cli.reading import reading
    from watcher.core.forms import vote_of
    from watcher.core.judgement import judge
    from watcher.core.routing import Occasion, traits_of

    config = settings.config
    with reading(config) as memory:
        number, story = int(target) if target.isdigit() else None, None
        for alert in memory.alerts(None, 1, target) if number is None or len(target) == 12 else ():
            number, story, kind = alert["article"], alert["story"], alert["kind"].replace("new", "first")
        found = memory.article(number) if number is not None else None
        told = memory.events.story(story) if story else None
    if found is None:
        says = f"there is no alert and no article {target}; `watcher alerts` and `watcher articles` list them"
        raise click.BadParameter(says, param_hint="KEY|ARTICLE_ID")
    tags = {source.name: source.tags for source in config.sources}
    article = replace(found[0], source_tags=tags.get(found[0].source, ()))
    judgement = judge(article, settings.rules)
    if not judgement.matches:
        raise click.BadParameter(f"no rule matches {target} now: nobody would be told", param_hint="KEY")
    votes = tuple(map(vote_of, told["votes"])) if told else judgement.votes
    return traits_of(article, judgement, votes, Occasion(kind), story), judgement.receivers


COMMANDS = (routes,)
