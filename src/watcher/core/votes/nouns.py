"""Noun phrases, as subjects are made of: where one begins, what may stand in it, what it sheds.

"the UN Security Council's US-backed draft on Chad" is a noun phrase whose head is the text "draft"; the house in it
tells nothing of the subject. Nothing here knows which phrase is a vote's subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from watcher.core.votes.extents import ENDS, HOUSES
from watcher.core.votes.reading import Phrase

QUOTES = {'"', "'"}
# What cannot stand between an article and its noun.
_NEVER_BEFORE = ("outcome", "outcome_noun", "act", "side_verb", "side_loose", "side_noun", "ballot", "joining",
                 "modal", "cut_joint", "cut_place", "about", "share")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Nouns:
    """The noun phrases of a language. `gerunds`: first words of what a text does, "calling", "condemning"."""

    gerunds: frozenset[str]

    def is_passive(self, phrases: tuple[Phrase, ...], at: int) -> bool:
        """As in "the text was adopted", "the resolution passed": what was decided stands before the verb."""
        before = at - 1
        while before >= 0 and (phrases[before].has("manner") or phrases[before].has("cut_lead")):
            before -= 1
        return (
            before >= 0
            and "outcome" in phrases[at].tags
            and (phrases[before].has("cut_passive") or phrases[before].has("document"))
        )

    def document_from(self, phrases: tuple[Phrase, ...], start: int) -> int | None:
        """The noun "resolution" of the phrase that begins at `start`, if it is its head."""
        quoted = ""
        for index in range(start, len(phrases)):
            phrase = phrases[index]
            if phrase.has("document"):
                following = phrases[index + 1 : index + 2]
                if following and (following[0].has("document") or following[0].word == "'s"):
                    continue
                return index
            if quoted:
                quoted = "" if phrase.word == quoted else quoted
            elif phrase.word in QUOTES:
                quoted = phrase.word
            elif not self.may_precede(phrases, index):
                return None
        return None

    def may_precede(self, phrases: tuple[Phrase, ...], index: int) -> bool:
        """What may stand between an article and its noun."""
        phrase = phrases[index]
        if phrase.word == "-":
            return index > 0 and phrases[index - 1].end == phrase.start
        if index and phrases[index - 1].word == "-" and phrases[index - 1].end == phrase.start:
            return True  # the second half of "US-backed"
        if phrase.word in ENDS or phrase.has("infinitive") or phrase.has("recent") or phrase.has("cut_end"):
            return False
        if phrase.country or any(phrase.has(tag) for tag in ("determiner", *HOUSES)) or phrase.word == "'s":
            return True
        if any(phrase.has(tag) for tag in _NEVER_BEFORE):
            return False
        return phrase.number is None

    def is_designation(self, phrases: tuple[Phrase, ...], document: int, at: int) -> bool:
        """The number or the symbol of a resolution or a paragraph."""
        numbered = at == document + 1 and phrases[at].word.isdecimal()
        return numbered or phrases[at].has("figure") or "/" in phrases[at].word

    def behind_authors(self, phrases: tuple[Phrase, ...], at: int) -> int:
        """Behind the countries whose text it is: "an amendment by Chad and Mali on …"."""
        while at < len(phrases) and (
            phrases[at].country
            or phrases[at].has("determiner")
            or (phrases[at].has("and") and phrases[at - 1].country)
        ):
            at += 1
        return at

    def begins_matter(self, phrases: tuple[Phrase, ...], document: int, at: int) -> bool:
        """As in "a resolution on …", "a text “…”", "a draft strongly condemning …", "a motion to adjourn debate"."""
        adverb = phrases[at].has("cut_adverb") and at + 1 < len(phrases) and self.attributes(phrases, at + 1)
        whole_phrase = " " in phrases[document].word and phrases[document].tags["document"] == "part"
        return (
            phrases[at].has("cut_matter")
            or phrases[at].word == '"'
            or adverb
            or self.attributes(phrases, at)
            or (whole_phrase and at == document + 1 and self.is_noun(phrases[at]))
        )

    def attributes(self, phrases: tuple[Phrase, ...], at: int) -> bool:
        """Whether a participle is here that says what a text does: "calling for", "entitled"."""
        phrase = phrases[at]
        if phrase.has("cut_attribute"):
            return True
        if any(phrase.has(tag) for tag in ("outcome", "voting", "side_verb", "side_loose", "side_noun")):
            return False
        return phrase.word.split()[0] in self.gerunds

    def noun_start(self, phrases: tuple[Phrase, ...], front: int, document: int) -> int:
        at = document
        while at > front and self.may_precede(phrases, at - 1) and not phrases[at].has("determiner"):
            at -= 1
        return at

    def without_house(self, phrases: tuple[Phrase, ...], kept: list[int]) -> list[int]:
        """Without the body before a text: "the UN Security Council's draft" is "a draft"."""
        inside = [index for index in kept if any(phrases[index].has(tag) for tag in HOUSES)]
        owned = [index for index in inside if index + 1 in kept and phrases[index + 1].word == "'s"]
        if owned:
            return [index for index in kept if index > owned[-1] + 1]
        hyphened = {index for index in inside if index + 1 in kept and phrases[index + 1].word == "-"}
        return [index for index in kept if index not in inside or index in hyphened]

    def without_leading_house(self, phrases: tuple[Phrase, ...], kept: list[int]) -> list[int]:
        """Without the body a noun phrase begins with: "Security Council demand for a truce"."""
        at = 0
        while at < len(kept) and any(phrases[kept[at]].has(tag) for tag in ("determiner", *HOUSES)):
            at += 1
        if not any(phrases[index].has(tag) for index in kept[:at] for tag in HOUSES):
            return kept
        return kept[at + 1 :] if at < len(kept) and phrases[kept[at]].word == "'s" else kept[at:]

    def names(self, phrases: tuple[Phrase, ...], index: int) -> bool:
        """Whether a phrase before "resolution" tells one from another."""
        phrase = phrases[index]
        vague = ("determiner", "cut_vague", "document", "filler", "manner", *HOUSES)
        return phrase.word[:1].isalpha() and not any(phrase.has(tag) for tag in vague)

    def is_half(self, phrases: tuple[Phrase, ...], index: int) -> bool:
        """As "drafted" in "US-drafted": whose text it is, not what it is about."""
        return (index > 0 and phrases[index - 1].word == "-") or phrases[
            min(index + 1, len(phrases) - 1)
        ].word == "-"

    def is_noun(self, phrase: Phrase) -> bool:
        """Whether a noun phrase may begin here."""
        if phrase.word in ENDS or phrase.word in {"-", "'s"} or phrase.number is not None:
            return False
        if phrase.country or phrase.word in QUOTES or phrase.has("determiner") or phrase.has("cut_noun"):
            return True
        barred = ("outcome", "side_noun", "side_verb", "cut_end", "cut_bad", "cut_joint", "modal", "recent", "and",
                  "voting", "about", "month", "figure", "infinitive", "aside", "including", "act", "ballot",
                  "manner")  # fmt: skip
        return not any(phrase.has(tag) for tag in barred)

    def is_countable(self, phrases: tuple[Phrase, ...], kept: Sequence[int]) -> bool:
        """Whether the head of a noun phrase without an article wants one: "bid to …", "treaty on …"."""
        head = kept[0]
        for index in kept:
            if (
                phrases[index].has("cut_joint")
                or phrases[index].has("about")
                or self.attributes(phrases, index)
            ):
                break
            head = index
        return phrases[head].has("cut_countable")


def owns(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "Russia's bid": the owner stands in the place of an article."""
    return phrases[at].country is not None and at + 1 < len(phrases) and phrases[at + 1].word == "'s"
