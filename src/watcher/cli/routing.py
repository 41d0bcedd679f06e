"""`watcher routes`: who is told of what, and what would become of an alert."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from watcher.cli.asking import listing
from watcher.cli.describing import KINDS, SEVERITIES, description, position_of, refuse_unknown
from watcher.cli.output import say, show, tell
from watcher.cli.parameters import whole

if TYPE_CHECKING:
    from pathlib import Path

    from watcher.app import Settings
    from watcher.config import Config
    from watcher.core.alerts.routing import Traits
    from watcher.core.alerts.silences import Silence


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


@routes.command("test")
@click.argument("target", metavar="[KEY|ARTICLE_ID]", required=False)
@description
@click.option("--severity", type=click.Choice(SEVERITIES), help="The rules' highest, unless set.")
@click.option("--kind", type=click.Choice(KINDS), default="first", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def test_routes(path: Path, /, target: str | None, as_json: bool, kind: str, **asked: Any) -> None:
    """Which route takes an alert, and whether a silence hides it.

    And why the others do not: a stored alert by its key, an article by its id, or one that is imagined by the options.
    """
    from watcher import app
    from watcher.core.alerts.routing import opinions, route

    settings = app.load(path, None)
    chosen = settings.config
    if target is not None:
        _only(target, asked)
        traits, otherwise = _stored(target, settings, kind)
    elif kind != "first" or any(asked.values()):
        traits, otherwise = _imagined(chosen, kind, **asked)
    else:
        raise click.UsageError(
            "say which alert: a KEY, an article's id, or one that is imagined, by --rule, --severity, --source …"
        )
    routed = route(chosen.routes, traits, otherwise)
    spared = _spared(chosen, traits, routed.receivers)
    said = list(opinions(chosen.routes, traits))
    if as_json:
        routes = [
            {"name": each.name, "takes": lacking == (), "lacks": lacking, "asked": lacking is not None}
            for each, lacking in said
        ]
        silences = {name: silence.id for name, silence in spared.items()}
        say({"receivers": routed.receivers, "by": routed.by, "routes": routes, "silences": silences})
        return
    for each, lacking in said:
        click.echo(_opinion(each.name, lacking, goes_on=each.goes_on))
    last_word = any(lacking == () and not each.goes_on for each, lacking in said)
    click.echo(_verdict(routed.receivers, last_word, bool(said)))
    for silence in dict.fromkeys(spared.values()):
        names = ", ".join(name for name, sparing in spared.items() if sparing is silence)
        tell(f"Now it would be hidden from {names}: {silence.says}")


def _opinion(name: str, lacking: tuple[str, ...] | None, *, goes_on: bool) -> str:
    if lacking is None:
        return f"· {name}  not asked: a route above has taken it"
    if lacking:
        return f"✗ {name}  {'; '.join(lacking)}"
    return f"✓ {name}  takes it{', and the routes below are asked as well' if goes_on else ''}"


def _verdict(receivers: Sequence[str], last_word: bool, routes: bool) -> str:
    """`last_word`: a route has it, and not the rules. `routes`: there are some."""
    if not receivers:
        return "Nobody is told: the route that takes it says so." if last_word else "Nobody is told."
    why = "no route has the last word" if routes else "there are no routes"
    rules = "" if last_word else f": {why}, so its rules notify"
    return f"It goes to {', '.join(receivers)}{rules}."


def _spared(config: Config, traits: Traits, receivers: Sequence[str]) -> Mapping[str, Silence]:
    """From which receivers an alert like this would be hidden now, and by which silence."""
    from watcher.app import utc_now
    from watcher.cli.reading import reading
    from watcher.core.alerts.routing import Occasion
    from watcher.core.alerts.silences import hidden

    if traits.occasion is Occasion.OPERATOR or not config.database.exists():
        return {}
    with reading(config) as memory:
        return hidden(memory.silences(utc_now()), traits, receivers)


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
    sources: tuple[str, ...],
    source_tags: tuple[str, ...],
    entities: tuple[str, ...],
    positions: tuple[str, ...],
) -> tuple[Traits, Sequence[str]]:
    """What the options say of an alert, and whom its rules notify."""
    from watcher.core.alerts.routing import Occasion, Traits
    from watcher.core.model import Severity

    refuse_unknown(config, rules, sources, entities)
    if len(sources) > 1:
        raise click.BadParameter("an alert is told by one source", param_hint="--source")
    matching = [rule for rule in config.rules if rule.id in rules]
    own_tags = [tag for each in config.sources if each.name in sources for tag in each.tags]
    ranked = sorted((rule.severity for rule in matching), key=lambda each: each.rank)
    traits = Traits(
        occasion=Occasion(kind),
        severity=Severity(severity) if severity else (ranked[-1] if ranked else Severity.MEDIUM),
        rules=rules,
        tags=(*tags, *(tag for rule in matching for tag in rule.tags)),
        source="".join(sources),
        source_tags=(*source_tags, *own_tags),
        entities=entities,
        positions=dict(map(position_of, positions)),
    )
    operator = [config.operator] if kind == "operator" else []
    return traits, [*operator, *(name for rule in matching for name in rule.notify)]


def _stored(target: str, settings: Settings, kind: str) -> tuple[Traits, Sequence[str]]:
    """What is known of a stored alert, or would be of an alert about a stored article, by the rules of now."""
    from dataclasses import replace

    from watcher.cli.reading import reading
    from watcher.core.alerts.routing import Occasion, traits_of
    from watcher.core.forms import vote_of
    from watcher.core.judgement import judge

    config = settings.config
    with reading(config) as memory:
        number, story = whole(target), None
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
