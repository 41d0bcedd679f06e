"""Why, and what if: `watcher explain` for one article, `watcher backtest` for an edit of the rules."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import tee
from typing import TYPE_CHECKING, Any

import click

from watcher.cli.output import say
from watcher.cli.parameters import SPAN, FilePath, Number, whole

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from watcher.app import Settings
    from watcher.core.comparison import Comparison, Hit
    from watcher.core.explanation import Explanation, RuleExplanation
    from watcher.core.model import Article


_LIKE_A_FILE = re.compile(r"\.(txt|md|html?|jsonl?)$", re.IGNORECASE)


@click.command()
@click.argument("target")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("--rule", "only", help="Only this rule, by its id.")
@click.pass_obj
def explain(path: Path, target: str, as_json: bool, only: str | None) -> None:
    """Why an article matches each rule, or not: TARGET is a stored article's id, a file, "-", or a text."""
    from watcher import app
    from watcher.core.explanation import explain as explained

    settings = app.load(path, None)
    known = [rule.id for rule in settings.config.rules]
    if only is not None and only not in known:
        raise click.BadParameter(
            f'there is no rule "{only}"; there are {", ".join(known)}', param_hint="--rule"
        )
    article, fate = _target(target, settings)
    explanation = explained(article, settings.rules)
    shown = [told for told in explanation.rules if only in {None, told.rule_id}]
    if as_json:
        say(explanation.document(shown, fate))
    else:
        _print_explanation(explanation, shown, fate)


def _target(target: str, settings: Settings) -> tuple[Article, Mapping[str, Any] | None]:
    """The article that is meant; for a stored one also what came of it."""
    from watcher.core.examples import sample

    if target == "-":
        return sample(sys.stdin.read()), None
    if (number := whole(target)) is not None:
        return _stored(number, settings)
    if len(target) < 1_000 and "\n" not in target and os.path.isfile(target):
        return _in_file(target), None
    if complaint := _no_text(target):
        raise click.BadParameter(complaint, param_hint="TARGET")
    return sample(target), None


def _no_text(target: str) -> str | None:
    """Why this is hardly meant as a text: a slip in the name of a file would be explained as one."""
    if not target.strip():
        return "it is empty; give a stored article's id, a file, or a text"
    if os.path.isdir(target):
        return f"{target} is a folder; name a file in it"
    if target.split() == [target] and ("/" in target or _LIKE_A_FILE.search(target)):
        return f"there is no file {target}"
    return None


def _stored(number: int, settings: Settings) -> tuple[Article, Mapping[str, Any]]:
    from watcher.cli.reading import reading

    with reading(settings.config) as memory:
        found = memory.article(number)
    if found is None:
        says = f"no stored article has the id {number}; `watcher articles` lists them"
        raise click.BadParameter(says, param_hint="TARGET")
    return found


def _in_file(name: str) -> Article:
    from pathlib import Path

    from watcher.core.examples import MOMENT
    from watcher.core.formats import documents
    from watcher.core.model import Article as Made
    from watcher.errors import ParseError

    file = Path(name)
    try:
        entries = documents.read(file.name, file.read_bytes()).entries
    except ParseError as error:
        raise ParseError(f"{file}: {error}") from error
    return Made.of(entries[0], str(file), MOMENT)


def _print_explanation(
    explanation: Explanation, shown: Sequence[RuleExplanation], fate: Mapping[str, Any] | None
) -> None:
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    _print_article(console, explanation)
    for rule in shown:
        console.print()
        _print_verdict(console, rule.matches, rule.rule_id, bold=True)
        for line in rule.lines:
            words = "  " + ", ".join(f"“{word}”" for word in line.words) if line.words else ""
            _print_verdict(console, line.holds, f"{line.says}{words}", indent=line.depth + 1)
    if fate:
        console.print()
        console.print("What came of it:", style="bold")
        for told in _fate(fate):
            console.print(f"  {told}", markup=False)


def _print_verdict(console: Console, holds: bool, says: str, *, indent: int = 0, bold: bool = False) -> None:
    mark, colour = ("✓", "green") if holds else ("✗", "red")
    console.print(f"{'  ' * indent}{mark} {says}", style=f"{'bold ' * bold}{colour}", markup=False)


def _fate(fate: Mapping[str, Any]) -> Iterator[str]:
    yield fate["reason"]
    if fate["no_page"]:
        yield f"its page is not known: {fate['no_page']}"
    for alert in fate["alerts"]:
        yield f"alert {alert['key']}: {alert['subject']}"
        for delivery in alert["deliveries"]:
            error = f" ({delivery['error']})" if delivery["error"] else ""
            yield f"  {delivery['receiver']}: {delivery['state']}{error}"


def _print_article(console: Console, explanation: Explanation) -> None:
    """The passages that were found, highlighted, with what stands around them."""
    from rich.text import Text

    for passage in explanation.passages:
        text = Text(passage.text)
        for start, end in passage.found:
            text.stylize("bold reverse" if console.is_terminal else "", start, end)
        console.print(text)
    if not explanation.passages:
        console.print(Text(explanation.article.title or explanation.article.text[:200]))


_FILE = FilePath(exists=True)


@click.command()
@click.option("--config", "edited", type=_FILE, help="The edited config.")
@click.option("--since", type=SPAN, default="30d", show_default=True, help="Stored articles of this time.")
@click.option("--file", "archive", type=_FILE, help="An archive (JSON lines) in their place.")
@click.option("--limit", type=Number(0), default=20, show_default=True, help="Articles shown of a kind.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document, with every article.")
@click.pass_obj
def backtest(
    path: Path, edited: Path | None, since: timedelta, archive: Path | None, limit: int, as_json: bool
) -> None:
    """What an edit of the rules would gain, lose and keep, on articles that are stored, matched or not.

    Without --config it shows what the rules match as they are.
    """
    from watcher import app
    from watcher.core.comparison import compare
    from watcher.core.rules import RuleSet
    from watcher.replay import assessments

    live = app.load(path, None)
    after = app.load(edited, None) if edited else live
    before = live.rules if edited else RuleSet([], {})
    articles = _articles(live, since, archive)
    old, new = tee(_watched(articles))
    max_age_of = after.config.max_age_of
    pairs = zip(assessments(old, before, max_age_of), assessments(new, after.rules, max_age_of), strict=True)
    told = compare(pairs)
    if as_json:
        say(told.document())
    else:
        _print_comparison(told, limit, edited is not None)


def _articles(settings: Settings, since: timedelta, archive: Path | None) -> list[Article]:
    """In the order of time, with the tags that their sources have now."""
    from watcher.app import utc_now
    from watcher.cli.reading import reading
    from watcher.replay import read_archive

    if archive:
        return list(read_archive(archive))
    tags = {source.name: source.tags for source in settings.config.sources}
    with reading(settings.config) as memory:
        return list(memory.archive(utc_now() - since, tags))


def _watched(articles: list[Article]) -> Iterator[Article]:
    """The articles, with a bar on a terminal."""
    with click.progressbar(
        articles, label="backtest", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        yield from bar


def _print_comparison(told: Comparison, limit: int, is_edit: bool) -> None:
    from watcher.app import counted

    articles = "1 article" if told.articles == 1 else f"{told.articles:,} articles"
    click.echo(f"{articles} in {counted(round(told.days), 'day')}")
    for change in told.rules:
        now = f"{change.after / told.days:.1f} a day"
        if is_edit:
            click.echo(
                f"{change.rule_id}: {len(change.gained)} gained, {len(change.lost)} lost, {change.kept} kept; "
                f"{change.before / told.days:.1f} -> {now}"
            )
        else:
            click.echo(f"{change.rule_id}: {change.after} match{'' if change.after == 1 else 'es'}, {now}")
    if not told.rules:
        click.echo("no rule matches any of them")
    was = f"{told.alerts_before / told.days:.1f} -> " if is_edit else ""
    click.echo(f"alerts: {was}{told.alerts_after / told.days:.1f} a day")
    for change in told.rules:
        for sign, hits in (("+", change.gained), ("-", change.lost)):
            for hit in hits[:limit]:
                click.echo(f"\n{sign} {change.rule_id}  {_headline(hit)}\n    {_found(hit)}")
            if len(hits) > limit:
                click.echo(f"\n{sign} {change.rule_id}  … and {len(hits) - limit} more (--limit, --json)")


def _headline(hit: Hit) -> str:
    return f"{hit.article.at:%Y-%m-%d}  {hit.article.source}: {hit.article.title}"


def _found(hit: Hit) -> str:
    quotes = dict.fromkeys(evidence.words(hit.article) for evidence in hit.match.evidence)
    return ", ".join(f"“{quote}”" for quote in list(quotes)[:6])


COMMANDS = (explain, backtest)
