"""Which side of a vote a phrase tells: for, against, abstained, absent.

Words of sides differ in what they need: a verb its voters, a noun a number or a verb, a loose one a text or voters that
are named. What tells the side of a count, and what that of a country, is therefore not the same.
"""

from __future__ import annotations

from watcher.core.votes.reading import Phrase

SIDES = ("side_noun", "side_verb", "side_loose", "side_opening")
_TELLING = (  # the likeliest first
    "side_passive",
    "side_lead",
    "side_verb",
    "side_loose",
    "side_infinitive",
    "side_opening",
    "side_noun",
)
AMONG_REACH = 8  # phrases between "was one of" and "to vote no"


def counted_side(phrase: Phrase) -> str | None:
    """The side that a number beside the phrase would count."""
    return next((phrase.tags[tag] for tag in SIDES if tag in phrase.tags), None)


def side_of(phrase: Phrase) -> str | None:
    """The side that a country beside the phrase would have taken."""
    tags = phrase.tags
    if not tags:
        return None
    for tag in _TELLING:
        if tag in tags:
            return tags[tag]
    return "against" if "veto_noun" in tags else None


def tells_a_side(phrase: Phrase) -> bool:
    """Whether a phrase says how somebody voted."""
    return side_of(phrase) is not None
