"""`watcher rules`: which there are, what one means, and a template for a new one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from watcher.cli.asking import listing
from watcher.cli.output import say, show, tell

if TYPE_CHECKING:
    from pathlib import Path

    from watcher.core.rules.engine import Rule
    from watcher.core.rules.spec import Entity

_TEMPLATE = """
[[rules]]
id       = "{id}"                 # how commands and logs call it
name     = "{name}"               # how an alert calls it
severity = "medium"               # low, medium or high
notify   = ["{receiver}"]         # names under [receivers]

# What must be there. A term is a whole word; word* is a prefix, =IDF exact letters, "two words" a phrase,
# "@israel" an entity with all its names.
keywords.any  = ["word*", "a phrase"]
# keywords.all  = ["both", "of these"]
# keywords.none = ["but none of these"]
# keywords.at_least = 2           # so many of any
# entities.all  = ["israel", "ukraine"]
# near     = "sentence"           # all in one sentence, paragraph or title; or a number: words between
# ordered  = true                 # in the order given
# fields   = ["title"]            # look in the title alone; or the text
# sources.tags = ["un"]           # only in sources with one of these tags
# languages = ["en", "uk"]        # only in these languages
# score    = {{ at_least = 10, weights = {{ "veto*" = 6, "@un-bodies" = 5, "shareholder*" = -8 }} }}
# event    = "un-vote"            # and it must report a new UN vote. Of all these votes only those
# vote.bodies    = ["UNGA"]       # of these bodies; UNGA-C3 is the Assembly's Third Committee alone
# vote.outcome   = "adopted"      # that ended so: adopted, rejected or vetoed
# vote.positions = {{ Israel = "against" }}    # in which it voted so: in_favour, against, abstained or absent
# vote.mentions  = ["Israel", "settlement*"]   # that mention one of these
# vote.margin    = {{ at_most = 10 }}          # that were so close: in favour minus against

# The same as a query, in place of the lists:
# query    = '@un-bodies NEAR/25 (vote* OR veto*) AND NOT shareholder*'

[[rules.tests]]                   # run by `watcher check` and on every reload
match    = ["A headline with this word in it"]
no_match = ["A headline that must not alert"]
"""


_as_json = click.option("--json", "as_json", is_flag=True, help="A JSON document a line.")


@click.group(invoke_without_command=True)
@_as_json
@listing
def rules(path: Path, as_json: bool) -> None:
    """The rules: `list` them, `show` what one means, print a template for a `new` one."""
    _list(path, as_json)


@rules.command("list")
@_as_json
@click.pass_obj
def list_rules(path: Path, as_json: bool) -> None:
    """Every rule, whom it notifies, and how many tests it has."""
    _list(path, as_json)


def _list(path: Path, as_json: bool) -> None:
    from watcher import app

    rows = [_row(rule) for rule in app.load(path, None).rules.rules]
    columns = {
        "Rule": "id", "Severity": "severity", "Event": "event", "Tests": "tests", "Name": "name",
        "Notifies": "notify", "Of votes": "vote",
    }  # fmt: skip
    show(rows, columns, as_json, "The config has no rules.", below="Name")


@rules.command("show")
@click.argument("rule_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def show_rule(path: Path, rule_id: str, as_json: bool) -> None:
    """What one rule means.

    Written as a query, with the names its entities stand for.
    """
    from watcher import app
    from watcher.core.rules.tree import leaves

    settings = app.load(path, None)
    found = {rule.spec.id: rule for rule in settings.rules.rules}
    if rule_id not in found:
        raise click.BadParameter(
            f'there is no rule "{rule_id}"; there are {", ".join(found)}', param_hint="ID"
        )
    rule = found[rule_id]
    asked = [leaf.name for leaf in (*leaves(rule.condition), *rule.mentions) if leaf.is_entity]
    entities = _with_their_own(asked, settings.config.entities)
    row = {
        **_row(rule),
        "query": str(rule.condition),
        "entities": {name: list(entity.names) for name, entity in entities.items()},
        "not_names": {name: list(entity.not_names) for name, entity in entities.items() if entity.not_names},
    }
    if as_json:
        say(row)
        return
    told = f"notifies {', '.join(rule.spec.notify)}" if rule.spec.notify else "told by routes alone"
    tell(f"{row['id']}: {row['name']}, {row['severity']}, {told}")
    click.echo()
    tell(row["query"], indent=2)
    if rule.spec.event:
        tell(f"and the article must report: {rule.spec.event}", indent=2)
    for line in rule.spec.vote.in_words if rule.spec.vote else ():
        tell(line, indent=4)
    for name, entity in entities.items():
        click.echo()
        tell(f"@{name}: {', '.join(entity.names)}", indent=2)
        if entity.not_names:
            tell(f"but not in: {', '.join(entity.not_names)}", indent=4)


def _with_their_own(names: Sequence[str], known: Mapping[str, Entity]) -> dict[str, Entity]:
    """These entities, each before those that it is built on."""
    found: dict[str, Entity] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = known[name]
            waiting[:0] = [each[1:] for each in known[name].names if each.startswith("@")]
    return found


@rules.command("new")
@click.argument("rule_id", metavar="ID")
@click.option("--name", help="How an alert calls it; the id unless given.")
@click.pass_obj
def new_rule(path: Path, rule_id: str, name: str | None) -> None:
    """Print a commented template of a rule.

    Add it to the config and edit it: `watcher rules new my-rule >> config.toml`.
    """
    from watcher import app

    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", rule_id):
        raise click.BadParameter(
            "write it in small letters, digits and hyphens, such as arms-deals", param_hint="ID"
        )
    settings = app.load(path, None)
    if rule_id in {rule.spec.id for rule in settings.rules.rules}:
        raise click.BadParameter(f'there is a rule "{rule_id}" already', param_hint="ID")
    receiver = settings.config.receivers[0].name
    click.echo(_TEMPLATE.format(id=rule_id, name=(name or rule_id).replace('"', "'"), receiver=receiver))


def _row(rule: Rule) -> dict[str, Any]:
    spec = rule.spec
    tests = sum(len(each.match) + len(each.no_match) + len(each.todo_match) for each in spec.tests)
    return {
        "id": spec.id,
        "name": spec.name,
        "severity": spec.severity.value,
        "notify": list(spec.notify),
        "event": spec.event,
        "vote": list(spec.vote.in_words) if spec.vote else [],
        "tags": list(spec.tags),
        "tests": tests,
    }


COMMANDS = (rules,)
