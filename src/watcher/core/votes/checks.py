"""Whether what was read can be true: sums against the members of the body, lists of names against counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from watcher.core.model import Outcome, Position, Tally

MEMBERS = {
    "UNGA": 193,
    "UNSC": 15,
    "UNHRC": 47,
    "ECOSOC": 54,
    "CSW": 45,
    "CND": 53,
    "IAEA": 35,
    "UNESCO": 195,
    "WHO": 194,
    "OPCW": 193,
}
# Where all members meet, too, and not only those of the board.
_CONFERENCES = {"IAEA": 180}
_COUNTED = {"in_favour": Position.IN_FAVOUR, "against": Position.AGAINST, "abstentions": Position.ABSTAINED}


def doubts_about(
    body: str | None, tally: Tally, positions: Mapping[str, Position], outcome: Outcome | None
) -> tuple[str, ...]:
    """Why the reading may be wrong, in words for a person; empty when every check passed."""
    return (*_sum(body, tally), *_lists(tally, positions), *_majority(body, tally, outcome))


def members_of(body: str) -> int:
    """How many can vote in a body, or in the conference of all its members; the Assembly's number where we do not
    know.
    """
    name = body.split("-")[0]
    return _CONFERENCES.get(name, MEMBERS.get(name, MEMBERS["UNGA"]))


def _sum(body: str | None, tally: Tally) -> Iterator[str]:
    members = members_of(body or "UNGA")
    total = sum(number or 0 for number in (*tally.triple, tally.not_voting))
    if total > members:
        yield f"the numbers add up to {total} of {members}"


def _lists(tally: Tally, positions: Mapping[str, Position]) -> Iterator[str]:
    named = Counter(positions.values())
    for field, position in _COUNTED.items():
        number = getattr(tally, field)
        if number is not None and named[position] > number:
            yield f"{named[position]} countries are named as {position.words}, the count is {number}"


def _majority(body: str | None, tally: Tally, outcome: Outcome | None) -> Iterator[str]:
    for_, against = tally.in_favour, tally.against
    if outcome is Outcome.ADOPTED and for_ is not None and against is not None and for_ <= against:
        yield f"adopted, though {for_} in favour is no majority over {against} against"
    if outcome is Outcome.ADOPTED and body == "UNSC" and for_ is not None and for_ < 9:
        yield f"adopted with {for_} votes, where the Security Council needs 9"
