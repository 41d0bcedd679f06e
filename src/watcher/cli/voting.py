"""`watcher votes`: the UN votes that were reported, and all that is known of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from watcher.cli.asking import answering, listing
from watcher.cli.output import Row, bar, cell, say, say_each, show, show_csv, tell
from watcher.cli.parameters import Number
from watcher.cli.reading import after, reading_of

if TYPE_CHECKING:
    from pathlib import Path

_BAR = 10

_FACTS = ("id", "day", "at", "body", "stage", "outcome", "in_favour", "against", "abstentions", "not_voting",
          "consensus", "unanimous", "symbol", "subject")  # fmt: skip
_CIRCUMSTANCES = ("doubts", "disputes", "source", "story", "title")
_POSITIONS = {position: f"voted_{position}" for position in ("in_favour", "against", "abstained", "absent")}


class _Country(click.ParamType[str]):
    """A UN member or observer, by any of its names; becomes the name by which votes know it."""

    name = "country"

    def convert(self, value: Any, _param: click.Parameter | None, _context: click.Context | None) -> str:
        from watcher.config.wording import country_meant, quoted
        from watcher.core.countries import canonical

        written = str(value)
        found = canonical(written) or canonical(written.upper())
        if found is None:
            self.fail(f"{quoted(written)} is not a country that votes; {country_meant(written)}")
        return found


class _Body(click.ParamType[str]):
    """A UN body by its code."""

    name = "code"

    def convert(self, value: Any, _param: click.Parameter | None, _context: click.Context | None) -> str:
        from watcher.config.wording import did_you_mean, listed
        from watcher.core.messages.wording import BODIES

        code = str(value).upper()
        if code not in BODIES:
            self.fail(
                f'there is no UN body "{value}"; {did_you_mean(code, BODIES, f"write {listed(BODIES)}")}'
            )
        return code


@click.group(invoke_without_command=True)
@click.option("--csv", "as_csv", is_flag=True, help="A table for a spreadsheet, with everything known.")
@click.option("--body", type=_Body(), help="Only its votes: UNSC, UNGA and its committees, UNGA-C3.")
@click.option(
    "--country",
    "countries",
    type=_Country(),
    multiple=True,
    help="How it voted, by any of its names: Israel, USA, Ізраїль. Several may be asked for.",
)
@answering
@listing
def votes(
    path: Path,
    as_json: bool,
    as_csv: bool,
    since: timedelta | None,
    limit: int,
    body: str | None,
    countries: tuple[str, ...],
) -> None:
    """UN votes that were reported, the latest first; `watcher votes show ID` tells all of one."""
    with reading_of(path) as (reading, _):
        rows = reading.events.votes(after(since), limit, body)
    if as_json:
        say_each(rows)
    elif as_csv:
        show_csv([csv_row(row, countries) for row in rows], csv_columns(countries))
    else:
        nothing = "No vote yet." if since is None and body is None else "No such vote."
        _print_votes([_table_row(row, countries) for row in rows], countries, nothing)


@votes.command("show")
@click.argument("number", metavar="ID", type=Number())
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def show_vote(path: Path, number: int, as_json: bool) -> None:
    """All that is known of one vote.

    Who voted how, who says so in which words, and what people were told.
    """
    with reading_of(path) as (reading, _):
        vote = reading.events.vote(number)
    if vote is None:
        raise click.BadParameter(f"there is no vote {number}; `watcher votes` lists them", param_hint="ID")
    if as_json:
        say(vote)
    else:
        _print_vote(vote)


def _print_votes(rows: Sequence[Row], countries: Sequence[str], nothing: str) -> None:
    columns = {"ID": "id", "Day": "day", "Body": "body", "Outcome": "outcome", "Tally": "tally", "": "bar"}
    columns |= {country: country for country in countries}
    show(rows, {**columns, "Subject": "subject"}, as_json=False, nothing=nothing, below="Subject")
    for line in _legend(rows):
        tell(line)


def csv_columns(countries: Iterable[str] = ()) -> tuple[str, ...]:
    """What `csv_row` tells of each vote, how these countries voted by itself."""
    return (*_FACTS, *countries, *_POSITIONS.values(), *_CIRCUMSTANCES)


def csv_row(vote: Row, countries: Iterable[str] = ()) -> Row:
    """Everything known of a vote, for `csv_columns`."""
    positions = vote["positions"]
    named = {
        column: [country for country, held in positions.items() if held == position]
        for position, column in _POSITIONS.items()
    }
    disputes = [f"{each['what']} {each['says']}: {', '.join(each['sources'])}" for each in vote["disputes"]]
    asked = {country: _position(vote, country) for country in countries}
    return {**vote, **named, **asked, "day": vote["date"], "disputes": disputes}


def _table_row(vote: Row, countries: Iterable[str]) -> Row:
    return {
        "id": vote["id"],
        "day": _day(vote),
        "body": vote["body"] or "UN",
        "outcome": vote["outcome"] or "?",
        "tally": tally(vote),
        "bar": _tally_bar(vote),
        "subject": vote["subject"] or vote["title"],
        **{country: _position(vote, country) or "?" for country in countries},
    }


def _position(vote: Row, country: str) -> str:
    """`in favour`; "" where nobody tells."""
    return str(vote["positions"].get(country, "")).replace("_", " ")


def _day(vote: Row) -> str:
    """The day of the vote; with a ~ that of its first report, where nobody says the day."""
    return vote["date"] or f"~{cell(vote['at'])[:10]}"


def tally(vote: Row) -> str:
    """`107-12-51`; with a * where it is in dispute, or in doubt."""
    numbers = [vote[key] for key in ("in_favour", "against", "abstentions")]
    if any(number is not None for number in numbers):
        told = "-".join("?" if number is None else str(number) for number in numbers)
    else:
        told = next((how for how in ("consensus", "unanimous") if vote[how]), "?")
    return f"{told}{'*' * bool(vote['doubts'] or vote['disputes'])}"


def _tally_bar(vote: Row) -> str:
    """The tally as one line, where all of it is known."""
    numbers = [vote[key] for key in ("in_favour", "against", "abstentions")]
    return "" if None in numbers else bar(numbers, _BAR)


def _legend(rows: Sequence[Row]) -> Iterator[str]:
    """What the marks mean that are in the table."""
    marks = []
    if any(row["bar"] for row in rows):
        marks.append("█ in favour  ▓ against  ░ abstained")
    if any(row["day"].startswith("~") for row in rows):
        marks.append("~ first reported, day not told")
    if marks:
        yield ""
        yield "  ".join(marks)
    if any(row["tally"].endswith("*") for row in rows):
        yield "* in dispute or in doubt: `watcher votes show ID`"


def _print_vote(vote: Row) -> None:
    from watcher.core.forms import vote_of
    from watcher.core.messages.plain import bars
    from watcher.core.messages.wording import disagreement, roll_call, vote_sentence

    known = vote_of(vote)
    tell(vote_sentence(known))
    _print_part("", bars(known.tally))
    _print_part("How they voted", roll_call(known))
    _print_part("Sources disagree", disagreement(known))
    _print_part("To be confirmed", known.doubts)
    click.echo("\nSources:")
    for article in vote["articles"]:
        print_article(article, _account(vote, article["says"]))
    print_alerts(vote["alerts"])
    click.echo(f"\nFirst reported {cell(vote['at'])}; its story: `watcher stories show {vote['story']}`")


def _print_part(heading: str, lines: Iterable[str]) -> None:
    lines = list(lines)
    if lines:
        click.echo(f"\n{heading}:" if heading else "")
    for line in lines:
        tell(line, indent=2 * bool(heading))


def _account(vote: Row, says: Row | None) -> str:
    """What one article says of the vote: its own count and outcome, and the words it says so in."""
    from watcher.core.forms import vote_of

    if says is None:
        return "it says nothing of this vote"
    own, known = vote_of(says).tally, vote_of(vote).tally
    count = tally(says) if own.known or says["consensus"] or says["unanimous"] else "no count"
    stands = f" ({known} stands)" if own.conflicts(known) else ""
    quotes = list(dict.fromkeys(says["evidence"]))
    longest = [each for each in quotes if not any(each in other for other in quotes if other != each)]
    quoted = f": “{' … '.join(longest)}”" if longest else ""
    return f"{count}{stands}, {says['outcome'] or 'no outcome'}{quoted}"


def print_article(article: Row, says: str) -> None:
    """Who told it when, under which title, and where; and what is to be said of it."""
    head = f"{article['id']:>5}"
    tell(f"{cell(article['at'])}  {article['source']}", head=head)
    tell(article["title"], indent=len(head) + 2)
    if article["url"]:
        click.echo(f"{' ' * len(head)}  {article['url']}")  # whole, to be clicked or copied
    tell(says, indent=len(head) + 2)


def print_alerts(alerts: Sequence[Row]) -> None:
    """What people were told, when, and why: the history of a vote or a story."""
    click.echo("\nTold:" if alerts else "\nNobody was told.")
    for alert in alerts:
        head = f"  {cell(alert['decided_at'])}"
        tell(alert["subject"], head=head)
        tell(f"{alert['kind']}, alert {alert['key']}: {alert['reason']}", indent=len(head) + 2)


COMMANDS = (votes,)
