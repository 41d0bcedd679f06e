"""A count, and counts put together: which numbers of an article belong to one and the same vote.

Numbers of one sentence, or of neighbouring ones, are one tally as long as they do not contradict each other. A
second number for the same side begins another tally: an amendment, a paragraph, an older vote.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from watcher.core.model import Tally
from watcher.core.votes.reading import Sentence

FEWEST_TO_CARRY = 9  # votes: no body of the UN decides by fewer; "by two votes" is a margin
_NEIGHBOURS = 4  # sentences between a count and one that tells a side it left open

_FIELDS = {"in_favour": "in_favour", "against": "against", "abstained": "abstentions", "absent": "not_voting"}


class Count(NamedTuple):
    """`value` votes for `side`, read from phrases [first, last] of a sentence."""

    side: str
    value: int
    sentence: Sentence
    first: int
    last: int
    number: int  # the phrase of the number itself


@dataclass(slots=True)
class Counted:
    """The counts of one vote, in the order of the text."""

    counts: list[Count] = field(default_factory=list)

    @property
    def sides(self) -> dict[str, int]:
        return {count.side: count.value for count in self.counts}

    @property
    def tally(self) -> Tally:
        return Tally(**{_FIELDS[side]: value for side, value in self.sides.items()})

    def contradicts(self, counts: Iterable[Count]) -> bool:
        sides = self.sides
        return any(sides.get(count.side, count.value) != count.value for count in counts)

    def shares(self, counts: Iterable[Count]) -> bool:
        sides = self.sides
        return any(sides.get(count.side) == count.value for count in counts)

    def is_near(self, counts: list[Count]) -> bool:
        """Whether these follow closely in the same field. A title is near to everything that repeats it."""
        last, first = self.counts[-1].sentence, counts[0].sentence
        return first.number - last.number <= _NEIGHBOURS


def tallies(counts: Iterable[Count]) -> list[Counted]:
    """The counts of an article, given in its order, as tallies in its order."""
    found: list[Counted] = []
    rows = _by_row(counts)
    for group in rows:
        if _is_figurative(group, rows):
            continue
        home = next((one for one in found if not one.contradicts(group) and one.shares(group)), None)
        if home is None:
            near = (
                found[-1:] if found and found[-1].is_near(group) and not found[-1].contradicts(group) else []
            )
            home = near[0] if near else None
        if home is None:
            found.append(home := Counted())
        home.counts += group
    return found


def _is_figurative(group: list[Count], rows: list[list[Count]]) -> bool:
    """As the headline "161 states vote against the machine" over a text adopted by 161 to 3: its number is there, on
    another side.
    """
    if len(group) > 1 or group[0].sentence.field != "title":
        return False
    told = [{count.side: count.value for count in row} for row in rows if len(row) > 1]
    side, value = group[0].side, group[0].value
    return any(row.get(side, value) != value and value in row.values() for row in told)


def _by_row(counts: Iterable[Count]) -> list[list[Count]]:
    """Counts of one sentence together, parted where a side comes twice with different numbers."""
    rows: list[list[Count]] = []
    for count in counts:
        row = rows[-1] if rows and rows[-1][0].sentence is count.sentence else None
        if row is None or any(other.side == count.side and other.value != count.value for other in row):
            rows.append([count])
        else:
            row.append(count)
    return rows
