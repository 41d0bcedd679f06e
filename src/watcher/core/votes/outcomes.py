"""What became of the text: which decision is the main vote's, and what its numbers leave no doubt of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from watcher.core.model import Outcome, Position, Tally
from watcher.core.votes.checks import MEMBERS
from watcher.core.votes.decisions import Decision
from watcher.core.votes.tally import Counted
from watcher.core.votes.told import Told
from watcher.core.votes.voters import PERMANENT_MEMBERS

_COUNCIL_NEEDS = 9  # votes in favour, and no permanent member against
_VETO_REACH = 3  # sentences between "failed to adopt" and the veto that explains it


def main_decision(told: Told, main: Counted) -> Decision | None:
    """The decision of the main vote: beside its count, else the first that is sure, else the first."""
    near = {count.sentence.number for count in main.counts}
    decided = [found for found in told.decisions if found.outcome is not None]
    decided = [found for found in decided if not found.beside] or decided
    beside = [found for found in decided if found.sentence.number in near and not found.weak]
    sure = [found for found in decided if not found.weak]
    failed = {found.sentence.number for found in sure if found.outcome is Outcome.REJECTED}
    vetoed = [
        found
        for found in decided
        if found.outcome is Outcome.VETOED
        and (not found.weak or any(abs(found.sentence.number - number) <= _VETO_REACH for number in failed))
    ]
    return next(iter((*vetoed, *beside, *sure, *decided)), None)


def outcome_of(
    body: str | None,
    decision: Decision | None,
    tally: Tally,
    positions: Mapping[str, Position],
    speaks_of_a_veto: bool = False,
) -> Outcome | None:
    """What the article says became of the text, or what its numbers leave no doubt of."""
    yes, no = tally.in_favour, tally.against
    outcome = decision.outcome if decision else None
    permanent = any(positions.get(country) is Position.AGAINST for country in PERMANENT_MEMBERS)
    if outcome is Outcome.VETOED and not _may_be_vetoed(body, yes, permanent):
        return Outcome.REJECTED
    if decision is not None and decision.weak and yes is not None and no is not None and yes < no:
        return Outcome.REJECTED
    if outcome is Outcome.REJECTED and body == "UNSC" and yes is not None and yes >= _COUNCIL_NEEDS:
        return Outcome.VETOED if permanent else outcome
    if body != "UNSC" and outcome in {None, Outcome.REJECTED} and _is_beyond_doubt(body, tally):
        return (
            Outcome.ADOPTED
        )  # "rejects the felling by 128 votes to nine"; "six rejected it, 151 supported it"
    if outcome is None and speaks_of_a_veto and body == "UNSC" and (yes or 0) >= _COUNCIL_NEEDS and permanent:
        return Outcome.VETOED
    if no is None and _is_of_everybody(body, tally):
        no = 0
    if outcome is None and yes is not None and no is not None and _is_whole(body, tally):
        carried = yes >= _COUNCIL_NEEDS and no == 0 if body == "UNSC" else yes > 2 * no
        fallen = yes < no or (body == "UNSC" and yes < _COUNCIL_NEEDS)
        return Outcome.ADOPTED if carried else Outcome.REJECTED if fallen else None
    return outcome


def _may_be_vetoed(body: str | None, yes: int | None, permanent: bool) -> bool:
    """Only a permanent member of the Council vetoes, and only what would have carried is known to fall by that."""
    return body in {None, "UNSC"} and (permanent or yes is None or yes >= _COUNCIL_NEEDS)


def _is_whole(body: str | None, tally: Tally) -> bool:
    """Whether a count can be the whole body's: more than half of its members, and no more than all of them.

    Only such a count says that a text was carried where no word does. A body decides only when most of its members
    take part; two to one is enough for every majority it knows; what is less may be a group of states, or a part of
    the result.
    """
    members = MEMBERS.get((body or "UNGA").split("-")[0])
    return members is not None and members < 2 * votes_cast(tally) <= 2 * members


def completed(body: str | None, tally: Tally, positions: Mapping[str, Position]) -> Tally:
    """The tally, with a side of the Council of which several are named, who must be all: with them its votes are
    fifteen, as in "Ten voted in favour, while five European members - France … - abstained". A lone veto is no number.
    """
    named = Counter(positions.values())
    sides = {"in_favour": Position.IN_FAVOUR, "against": Position.AGAINST, "abstentions": Position.ABSTAINED}
    open_sides = [side for side in sides if getattr(tally, side) is None]
    told = sum(named[sides[side]] for side in open_sides)
    alike = all(
        named[position] <= (getattr(tally, side) or 0)
        for side, position in sides.items()
        if side not in open_sides
    )
    away = tally.not_voting or named[Position.ABSENT]
    if body != "UNSC" or not told or not alike or away or votes_cast(tally) + told != MEMBERS["UNSC"]:
        return tally
    return replace(tally, **{side: named[sides[side]] for side in open_sides if named[sides[side]] > 1})


def _is_beyond_doubt(body: str | None, tally: Tally) -> bool:
    """Whether so many voted for a text that no majority we know leaves it fallen, whatever the words: two thirds of all
    members, or of those who voted, where all sides are told."""
    members = MEMBERS.get((body or "UNGA").split("-")[0])
    yes, no = tally.in_favour, tally.against
    if members is None or yes is None or votes_cast(tally) > members:
        return False
    return 3 * yes > 2 * members or (no is not None and yes > 2 * no and _is_whole(body, tally))


def _is_of_everybody(body: str | None, tally: Tally) -> bool:
    """Whether those who backed it, abstained and stayed away are all members there are: then nobody was against it."""
    told = (tally.in_favour, tally.abstentions, tally.not_voting)
    members = MEMBERS.get((body or "").split("-")[0])
    return None not in told and sum(number or 0 for number in told) == members


def votes_cast(tally: Tally) -> int:
    """How many votes a tally counts, abstentions included."""
    return sum(number or 0 for number in tally.triple)
