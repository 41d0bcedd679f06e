"""The words of an alert, as a person would write them: a subject with the facts, and the blocks of its message.

Everything that came from a source is data here. How it looks, and that it is inert, is up to core.messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from watcher.core.alerts.deciding import Kind
from watcher.core.developments import Development, developments
from watcher.core.messages import LONGEST_SUBJECT, Message, compose
from watcher.core.messages.blocks import Block, Count, Item, Items, Label, Lead, Listed, News, Sides
from watcher.core.model import Article, Match, Outcome, Position, Severity, Vote
from watcher.core.stories.facts import WATCHED_COUNTRIES
from watcher.core.stories.news import Change
from watcher.core.stories.record import Shift
from watcher.core.text import shorten

BODIES: Mapping[str, str] = {
    "UNGA": "UN General Assembly",
    "UNSC": "UN Security Council",
    "UNHRC": "UN Human Rights Council",
    "ECOSOC": "UN Economic and Social Council",
    "CSW": "UN Commission on the Status of Women",
    "CND": "UN Commission on Narcotic Drugs",
    "UNESCO": "UNESCO",
    "IAEA": "IAEA",
    "WHO": "World Health Assembly",
    "ILO": "International Labour Organization",
    "OPCW": "OPCW",
    "ICAO": "ICAO",
    "IMO": "IMO",
    **{f"UNGA-C{n}": f"UN General Assembly's {name} Committee" for n, name in
       enumerate(("First", "Second", "Third", "Fourth", "Fifth", "Sixth"), start=1)},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alert:
    """All that an alert says, before it is put in words. `key` is stable: a second copy carries the same one."""

    key: str
    kind: Kind
    article: Article
    matches: tuple[Match, ...]
    votes: tuple[Vote, ...]
    changes: tuple[Change, ...]
    receivers: tuple[str, ...]
    reason: str
    shifts: tuple[Shift, ...] = ()

    @property
    def severity(self) -> Severity:
        return max((match.severity for match in self.matches), key=lambda severity: severity.rank)


def message(alert: Alert) -> Message:
    return compose(alert.key, alert.severity, _subject(alert), list(_blocks(alert)))


def body_name(body: str | None) -> str:
    """`UN General Assembly`, of the code of a body; `UN` where only that is known."""
    return BODIES.get(body or "", body or "UN")


def _subject(alert: Alert) -> str:
    mark = "".join(f"{word}: " for word in _MARKS[alert.kind])
    if alert.votes:
        line = mark + _in_one_line(alert.votes[0])
        # A vote that the reader of votes cannot name is named by the article.
        return line if alert.votes[0].subject else f"{line}: {alert.article.title}"
    return f"{mark}{alert.matches[0].rule_name}: {alert.article.title}"


def _in_one_line(vote: Vote) -> str:
    """`UN General Assembly adopts a resolution on glaciers, 140-2-8; Israel against`,
    `UN Security Council fails to adopt a US draft on Gaza: vetoed by Russia and China, 9-3-3`
    """
    who = body_name(vote.body)
    what = vote.subject or "a resolution"
    did = {
        Outcome.ADOPTED: "adopts" if _is_text(what) else "backs",
        Outcome.REJECTED: "rejects",
        Outcome.VETOED: "fails to adopt" if _is_text(what) else "fails to back",
        None: "votes on",
    }[vote.outcome]
    how = "unanimously " if vote.unanimous and not vote.consensus else ""
    vetoed = f": {_vetoed(vote)}" if vote.outcome is Outcome.VETOED else ""
    count = _count_in_brief(vote)
    told = [
        (country, position) for country, position in _watched_first(vote) if country not in _vetoers(vote)
    ]
    positions = ", ".join(f"{country} {position.words}" for country, position in told[:3])
    facts = f"{vetoed}{count}" + (f"; {positions}" if positions else "")
    room = LONGEST_SUBJECT - len(f"{who} {how}{did} {facts}")
    return f"{who} {how}{did} {shorten(what, min(max(room, 60), 100))}{facts}"


# What a vote on a text is about begins with the text: "a US draft on Gaza"; else "an ICJ review" is backed.
_TEXT = re.compile(
    r"\b(?:resolution|draft|text|motion|measure|proposal|document|recommendation|mandate|amendment|paragraph|decision|"
    r"declaration|treaty|convention|agreement|pact|plan|framework|strategy|budget|rules|goal)s?\b",
    re.IGNORECASE,
)
_PERMANENT = {"China": "China", "France": "France", "Russia": "Russia", "United Kingdom": "the United Kingdom",
              "United States": "the United States"}  # fmt: skip


def _is_text(subject: str) -> bool:
    return _TEXT.search(subject) is not None


def _vetoers(vote: Vote) -> list[str]:
    """The permanent members that voted against what a veto stopped, in the order of the source."""
    if vote.outcome is not Outcome.VETOED:
        return []
    held = vote.positions.items()
    return [country for country, position in held if position is Position.AGAINST and country in _PERMANENT]


def _vetoed(vote: Vote) -> str:
    names = [_PERMANENT[country] for country in _vetoers(vote)]
    listed = " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    return f"vetoed by {listed}" if names else "vetoed"


def _count_in_brief(vote: Vote) -> str:
    """`, 107-12-51`, or `, 14-0` where no more is known; nothing for a single number."""
    if vote.tally.full:
        return f", {vote.tally}"
    yes, no = vote.tally.in_favour, vote.tally.against
    return "" if yes is None or no is None else f", {yes}-{no}"


def _blocks(alert: Alert) -> Iterator[Block]:
    yield Label((*_MARKS[alert.kind], alert.matches[0].rule_name))
    if alert.changes:
        yield News(tuple(news(alert.changes)))
    for vote in alert.votes[:1]:
        yield from _of_main_vote(vote, alert)
    for vote in alert.votes[1:]:
        yield Listed("Also voted on", (vote_sentence(vote), *roll_call(vote)))
    for match in alert.matches:
        if told := _developments(alert, match):
            yield Listed("What it says" if len(alert.matches) == 1 else match.rule_name, told)
    yield Items("Source", (_source(alert.article),))
    why = (*(_why(match, alert) for match in alert.matches), alert.reason)
    yield Listed("Why you get this", why, small=True)


_MARKS: Mapping[Kind, tuple[str, ...]] = {
    Kind.NEW: (),
    Kind.UPDATE: ("Update",),
    Kind.CORRECTION: ("Correction",),
}


def _of_main_vote(vote: Vote, alert: Alert) -> Iterator[Block]:
    yield Lead(vote_sentence(vote))
    if vote.tally.full:
        yield Count(vote.tally)
    if vote.positions:
        yield Sides("How they voted", sides(vote))
    for heading, lines in (
        ("A change of course", tuple(map(str, alert.shifts))),
        ("Sources disagree", tuple(disagreement(vote))),
        ("To be confirmed", vote.doubts),
    ):
        if lines:
            yield Listed(heading, lines)


def news(changes: Sequence[Change]) -> Iterator[str]:
    """What was told otherwise before, then what was not told: `Changed: 107 → 108 in favour`, `New: Israel against`;
    `New: Israel against (in the vote on a rival draft, 93-8-73)` where it is not of the main vote.
    """
    known = [change for change in changes if change.was]
    for change in known:
        yield from (f"{line}{_of_vote(change.vote)}" for line in _changed(change))
    fresh = [change for change in changes if not change.was]
    yield from (f"New: {_new(change)}{_of_vote(change.vote)}" for change in fresh if change.what in _FACTS)
    positions: dict[str, list[str]] = {}
    for change in fresh:
        if change.what not in _FACTS:
            positions.setdefault(change.vote, []).append(f"{change.what} {change.now}")
    yield from (f"New: {', '.join(held)}{_of_vote(vote)}" for vote, held in positions.items())


def _of_vote(vote: str) -> str:
    return f" (in {vote})" if vote else ""


def _changed(change: Change) -> Iterator[str]:
    """Of a count each number that is another one, or is known now."""
    if change.what != "tally":
        country = "" if change.what in _FACTS else f"{change.what} "
        yield f"Changed: {country}{change.was} → {change.now}"
        return
    for was, now, words in zip(change.was.split("-"), change.now.split("-"), _COUNTED, strict=True):
        if was == "?" != now:
            yield f"New: {now} {words}"
        elif was != now:
            yield f"Changed: {was} → {now} {words}"


def _new(change: Change) -> str:
    match change.what:
        case "tally":
            numbers = zip(change.now.split("-"), _COUNTED, strict=True)
            return ", ".join(f"{number} {words}" for number, words in numbers if number != "?")
        case "outcome":
            return change.now
        case "symbol":
            return f"symbol {change.now}"
        case what:
            return f"{what}: {change.now}"


# What else changes is how a country voted.
_FACTS = frozenset({"tally", "outcome", "symbol", "another vote", "sources disagree"})
_COUNTED = ("in favour", "against", "abstaining")


def vote_sentence(vote: Vote) -> str:
    """`On 24 February 2026 the UN General Assembly adopted …: 107 in favour, 12 against, 51 abstaining (107-12-51).`"""
    what = vote.subject or "a resolution"
    did = {
        Outcome.ADOPTED: "adopted" if _is_text(what) else "backed",
        Outcome.REJECTED: "rejected",
        Outcome.VETOED: "failed to adopt" if _is_text(what) else "failed to back",
        None: "voted on",
    }[vote.outcome]
    who = body_name(vote.body)
    who = who if who in _WITHOUT_THE else f"the {who}"
    when = f"On {_day(vote.date)} " if vote.date else ""
    how = "unanimously " if vote.unanimous and not vote.consensus else ""
    symbol = f" ({vote.symbol})" if vote.symbol else ""
    vetoed = f", {_vetoed(vote)}" if vote.outcome is Outcome.VETOED else ""
    told = f"{when}{who} {how}{did} {what}{symbol}{vetoed}{_count(vote)}."
    return told[0].upper() + told[1:]


_WITHOUT_THE = frozenset({"UNESCO", "ECOSOC"})


def _count(vote: Vote) -> str:
    """What the source says of the numbers, and that it says nothing where it does not."""
    said = [
        f"{number} {words}"
        for number, words in zip(vote.tally.triple, _COUNTED, strict=True)
        if number is not None
    ]
    if vote.tally.full:
        return f": {', '.join(said)} ({vote.tally})"
    if said:
        return f": {', '.join(said)}; the source says no more of the count"
    if vote.consensus:
        return " by consensus, without a vote"
    return "" if vote.unanimous else "; the source gives no tally"


def roll_call(vote: Vote) -> Iterator[str]:
    """A line for each position, those countries first that people watch."""
    for position, countries in sides(vote).items():
        yield f"{position.words}: {', '.join(countries)}"


def sides(vote: Vote) -> Mapping[Position, tuple[str, ...]]:
    """Position -> who held it, those countries first that people watch; without positions that nobody held."""
    held = _watched_first(vote)
    grouped = {each: tuple(name for name, position in held if position is each) for each in Position}
    return {position: countries for position, countries in grouped.items() if countries}


def disagreement(vote: Vote) -> Iterable[str]:
    """What stands and by whom it is said, then who says otherwise."""
    if any(dispute.what == "tally" for dispute in vote.disputes):
        yield f"{vote.tally} according to {vote.source}"
    yield from map(str, vote.disputes)


def _watched_first(vote: Vote) -> Sequence[tuple[str, Position]]:
    def rank(item: tuple[str, Position]) -> int:
        return WATCHED_COUNTRIES.index(item[0]) if item[0] in WATCHED_COUNTRIES else len(WATCHED_COUNTRIES)

    return sorted(vote.positions.items(), key=rank)


def _developments(alert: Alert, match: Match) -> tuple[str, ...]:
    """What the article tells for a rule that is not the vote's own: kind and quotation."""
    if match.event:
        return ()  # told by the vote itself
    told: Sequence[Development] = developments(alert.article, match)
    vote_spans = [span.words(alert.article) for vote in alert.votes for span in vote.evidence]
    return tuple(
        f"{development.kind}: “{development.quote}”" if development.kind else f"“{development.quote}”"
        for development in told
        if not alert.article.title.startswith(development.quote.rstrip(".…"))
        and not any(span in development.quote for span in vote_spans)
    )


def _source(article: Article) -> Item:
    published = f"published {_day(article.published_at)}" if article.published_at else "no date given"
    place = article.source if article.url else f"{article.source}/{article.key}"
    return Item(article.title, f"{place}, {published}", article.url)


def _why(match: Match, alert: Alert) -> str:
    """`rule un-votes: found “UN General Assembly”, “voting”; it reports the vote “passed with 107 …”`"""
    words = (shorten(evidence.words(alert.article), 60) for evidence in match.evidence)
    quotes = list(dict.fromkeys(words))[:6]
    found = f"rule {match.rule_id}: found {', '.join(f'“{quote}”' for quote in quotes)}"
    spans = [span.words(alert.article) for vote in alert.votes[:1] for span in vote.evidence]
    told = [each for at, each in enumerate(spans) if not any(each in before for before in spans[:at])][:2]
    return (
        f"{found}; it reports the vote: “{shorten(' … '.join(told), 160)}”" if match.event and told else found
    )


def _day(moment: date | datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
