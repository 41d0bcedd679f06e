"""`watcher routes` and `watcher silence`: who is told of what, and what nobody wants to hear of for a while."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from watcher.cli.asking import listing
from watcher.cli.output import cell, say, show
from watcher.cli.parameters import SPAN
from watcher.cli.reading import changing, reading_of

if TYPE_CHECKING:
    from pathlib import Path

    from watcher.app import Settings
    from watcher.config import Config
    from watcher.core.alerts.routing import Traits

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


@routes.command("test")
@click.argument("target", metavar="[KEY|ARTICLE_ID]", required=False)
@_asked
@click.option("--severity", type=click.Choice(_SEVERITIES), help="The rules' highest, unless set.")
@click.option("--kind", type=click.Choice(_KINDS), default="first", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def test_routes(path: Path, /, target: str | None, as_json: bool, kind: str, **asked: Any) -> None:
    """Which route takes an alert, and why the others do not: a stored alert by its key, an article by its id, or one
    that is imagined by the options."""
    from watcher import app
    from watcher.core.alerts.routing import opinions, route

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
        click.echo(_opinion(each.name, lacking, goes_on=each.goes_on))
    last_word = any(lacking == () and not each.goes_on for each, lacking in said)
    click.echo(_verdict(routed.receivers, last_word))


def _opinion(name: str, lacking: tuple[str, ...] | None, *, goes_on: bool) -> str:
    if lacking is None:
        return f"· {name}  not asked: a route above has taken it"
    if lacking:
        return f"✗ {name}  {'; '.join(lacking)}"
    return f"✓ {name}  takes it{', and the routes below are asked as well' if goes_on else ''}"


def _verdict(receivers: Sequence[str], last_word: bool) -> str:
    """`last_word`: a route has it, and not the rules."""
    if not receivers:
        return "Nobody is told: the route that takes it says so." if last_word else "Nobody is told."
    rules = "" if last_word else ": no route has the last word, so its rules notify"
    return f"It goes to {', '.join(receivers)}{rules}."


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

    _all_known(config, rules, sources, entities)
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
        positions=dict(map(_position, positions)),
    )
    operator = [config.operator] if kind == "operator" else []
    return traits, [*operator, *(name for rule in matching for name in rule.notify)]


def _all_known(config: Config, rules: Sequence[str], sources: Sequence[str], entities: Sequence[str]) -> None:
    _known("--rule", rules, [rule.id for rule in config.rules])
    _known("--source", sources, [source.name for source in config.sources])
    _known("--entity", entities, config.entities)


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
    from watcher.core.alerts.routing import Occasion, traits_of
    from watcher.core.forms import vote_of
    from watcher.core.judgement import judge

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


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="A JSON document a line.")
@listing
def silence(path: Path, as_json: bool) -> None:
    """What nobody wants to hear of for a while: `add` a silence, `list` them, `end` one before its time."""
    _list(path, as_json)


@silence.command("list")
@click.option("--json", "as_json", is_flag=True, help="A JSON document a line.")
@click.pass_obj
def list_silences(path: Path, as_json: bool) -> None:
    """All silences, the latest first, and how many alerts each hides or has hidden."""
    _list(path, as_json)


def _list(path: Path, as_json: bool) -> None:
    from watcher import config
    from watcher.app import utc_now
    from watcher.edges.store import Store

    with closing(Store.open_to_read(config.load(path, None).database)) as store:
        rows = store.silences(utc_now())
    shown = [
        {**row, "now": "holds" if row["holds"] else "over", "for": row["receivers"] or "everybody"}
        for row in rows
    ]
    columns = {
        "Id": "id", "Is": "now", "Until": "until", "Hides": "hides", "For": "for", "Alerts": "hidden",
        "Reason": "reason",
    }  # fmt: skip
    show(rows if as_json else shown, columns, as_json, "There are no silences.", below="Reason")


@silence.command("add")
@_asked
@click.option("--severity", multiple=True, type=click.Choice(_SEVERITIES))
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS[:-1]))
@click.option("--story", "stories", multiple=True, metavar="KEY", help="As `watcher stories` shows it.")
@click.option("--receiver", "receivers", multiple=True, metavar="NAME", help="Spare only this one.")
@click.option("--all", "everything", is_flag=True, help="Hide every alert.")
@click.option("--for", "span", type=SPAN, metavar="TIME", help="How long: 2h, 3d.")
@click.option("--until", metavar="MOMENT", help='As "2026-02-24 18:00", in the time of this place.')
@click.option("--reason", required=True, metavar="TEXT", help="Why; it is kept, and told at the end.")
@click.pass_obj
def add_silence(
    path: Path,
    /,
    everything: bool,
    span: timedelta | None,
    until: str | None,
    reason: str,
    receivers: tuple[str, ...],
    **asked: Any,
) -> None:
    """Hide alerts that are like this for a while. An option that is given twice hides either; different ones, only
    alerts that are all of it. At its end a silence says what it hid."""
    from watcher import app
    from watcher.app import utc_now

    config = app.load(path, None).config
    _known("--receiver", receivers, [each.name for each in config.receivers])
    _all_known(config, asked["rules"], asked["sources"], asked["entities"])
    if everything == any(asked.values()):
        raise click.UsageError(
            "say what to hide, by --rule, --source, --entity, --story …; or --all for everything"
        )
    _stories_known(path, asked["stories"])
    now = utc_now()
    end = _end(now, span, until)
    with changing(path) as store:
        made = store.silence(_conditions(**asked), receivers, now, end, reason)
    spared = ", ".join(receivers) or "everybody"
    click.echo(
        f"Silence {made.id} hides {made.conditions.in_words} from {spared} until {cell(end.isoformat())}.\n"
        f"Undo it:  watcher silence end {made.id}"
    )


@silence.command("end")
@click.argument("number", metavar="ID", type=click.IntRange(min=1))
@click.pass_obj
def end_silence(path: Path, number: int) -> None:
    """End the silence ID now. Whoever was spared something hears what."""
    from watcher.app import counted, utc_now

    with changing(path) as store:
        told = store.end_silence(number, utc_now())
    said = f"{counted(told, 'receiver')} will be told what it hid" if told else "it hid nothing"
    click.echo(f"Silence {number} has ended; {said}.")


def _conditions(
    positions: tuple[str, ...], severity: tuple[str, ...], kinds: tuple[str, ...], **words: Any
) -> Any:
    from watcher.core.alerts.routing import Conditions, Occasion
    from watcher.core.model import Severity
    from watcher.core.rules.spec import Held

    held = (_position(each) for each in positions)
    return Conditions(
        severity=tuple(map(Severity, severity)),
        kinds=tuple(map(Occasion, kinds)),
        positions=tuple(Held(country, tuple(how)) for country, how in held),
        **words,
    )


def _stories_known(path: Path, keys: Sequence[str]) -> None:
    if not keys:
        return
    with reading_of(path) as (memory, _):
        missing = [key for key in keys if memory.events.story(key) is None]
    if missing:
        says = f"there is no story {missing[0]}; `watcher stories` lists them"
        raise click.BadParameter(says, param_hint="--story")


def _end(now: datetime, span: timedelta | None, until: str | None) -> datetime:
    """Raises UsageError where it is not said once, and in the future."""
    if (span is None) == (until is None):
        raise click.UsageError("say when it ends: --for 2h, or --until a moment")
    try:
        end = now + span if span is not None else datetime.fromisoformat(until or "").astimezone(now.tzinfo)
    except ValueError:
        fix = 'write it as "2026-02-24 18:00"'
        raise click.BadParameter(f'"{until}" is no moment; {fix}', param_hint="--until") from None
    except OverflowError:
        raise click.BadParameter("that is longer than can be counted", param_hint="--for") from None
    if end <= now:
        raise click.BadParameter("it must end in the future", param_hint="--until" if until else "--for")
    return end


COMMANDS = (routes, silence)
