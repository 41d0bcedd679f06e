"""What a vote was about, as a noun phrase: "a resolution on glaciers", "an ICJ review of the occupation".

One form, whatever the article's: "voted to lift an embargo" becomes "a resolution to lift an embargo", "condemns a
coup" becomes "a resolution condemning a coup", "vote on glaciers" becomes "a resolution on glaciers". The words are
the article's; what is dropped is the body, where and when it met, and the count. None where nothing telling is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from watcher.core.model import Article
from watcher.core.votes.extents import HOUSES, LONGEST, Extents, behind_house
from watcher.core.votes.lexicon import Lexicon
from watcher.core.votes.nouns import Nouns, owns
from watcher.core.votes.phrasing import Phrasing, balanced
from watcher.core.votes.reading import Phrase, Sentence

_LEAD = 3  # sentences, the title's included, that tell the news; later ones may tell of another text
_MATTER_REACH = (
    12  # phrases between a text and what it is about: "a text drafted by Chad and Mali calling for …"
)


class _Worth(IntEnum):
    """How well a phrase speaks for itself; of equals, the first is taken."""

    MENTION = 1  # a text that is named in passing, or only by its author
    MATTER = 2  # what was voted for, without a text: "an ICJ review"
    NAMED = 3  # a text by a name before it: "a Gaza ceasefire resolution"
    CLAUSE = 4  # a text and what it does
    WHOLE = 5  # a text, and what it is about, as the object of the decision


class _Found(NamedTuple):
    worth: _Worth
    words: str
    whole: bool = True  # told in a sentence of the text: a headline leaves out its articles


class Place(NamedTuple):
    """Where a subject may stand: around phrase `at` of a sentence, a verb of decision, of voting, or of acting."""

    sentence: Sentence
    at: int


@dataclass(slots=True)
class Subjects:
    """Finds the subject of the votes of one article."""

    table: Lexicon
    body: str | None
    kind: str  # of text: "whole", or "part" for amendments and paragraphs
    extents: Extents
    phrasing: Phrasing
    nouns: Nouns

    @classmethod
    def of(cls, article: Article, table: Lexicon, body: str | None, kind: str = "whole") -> Subjects:
        return cls(table, body, kind, Extents(article), Phrasing(article, table), Nouns(table.gerunds))

    def best(self, places: Iterable[Place], mentions: Iterable[Sentence]) -> str | None:
        """The most telling phrase at these places; failing them, what these sentences say of a text or a vote."""
        found = [one for place in places for one in self._at(place)]
        found += [one for sentence in mentions for one in self._mentioned(sentence)]
        return max(found, key=lambda one: (one.worth, one.whole)).words if found else None

    def _at(self, place: Place) -> Iterator[_Found]:
        sentence, at = place
        phrase = sentence.phrases[at]
        if "act" in phrase.tags and "outcome" not in phrase.tags:
            yield from self._acted(sentence, at)
            return
        if "outcome_noun" in phrase.tags:
            start = self.extents.aside(sentence, at + 1)
            if start < len(sentence.phrases) and sentence.phrases[start].has("infinitive"):
                yield from self._infinitive(sentence, start)
            return
        start = self._beginning(sentence, at)
        passive = "side_passive" in phrase.tags or self.nouns.is_passive(sentence.phrases, at)
        if not passive or (start < len(sentence.phrases) and _is_infinitive(sentence.phrases[start])):
            yield from self._object(sentence, start)
        yield from self._passive(sentence, at)

    # --- what stands behind the verb ---------------------------------------------------------------------------

    def _beginning(self, sentence: Sentence, verb: int) -> int:
        """Behind the verb, the day, the manner and the count; at the "to" of "voted to"."""
        phrases = sentence.phrases
        if _is_infinitive(phrases[verb]):
            return verb
        at = verb + 1
        while (skipped := self.extents.aside(sentence, at)) > at or (
            at < len(phrases) and (phrases[at].has("cut_lead") or phrases[at].has("manner"))
        ):
            at = max(skipped, at + 1)
        return at

    def _object(self, sentence: Sentence, start: int) -> Iterator[_Found]:
        phrases = sentence.phrases
        if start >= len(phrases) or phrases[start].has("cut_bad"):
            return
        if _is_infinitive(phrases[start]):
            yield from self._infinitive(sentence, start)
        elif phrases[start].has("cut_topic"):
            yield from self._clause(sentence, [start], start + 1, _Worth.CLAUSE)
        elif self.nouns.attributes(phrases, start):
            yield from self._clause(sentence, [], start, _Worth.CLAUSE)
        elif (document := self.nouns.document_from(phrases, start)) is not None:
            yield from self._text(sentence, start, document, len(phrases))
        elif self.nouns.is_noun(phrases[start]):
            yield from self._thing(sentence, start)

    def _infinitive(self, sentence: Sentence, to: int) -> Iterator[_Found]:
        """As in "voted to lift …", "to adopt a resolution on …", "to condemn …"."""
        phrases, verb = sentence.phrases, to + 1
        if verb >= len(phrases) or phrases[verb].number is not None:
            return
        if phrases[verb].has("outcome_plural") or _backs(phrases[verb]):
            yield from self._object(sentence, self._beginning(sentence, verb))
        elif (gerund := phrases[verb].tags.get("act_plain")) is not None:
            yield from self._clause(sentence, [], verb + 1, _Worth.CLAUSE, gerund)
        else:
            mark = phrases[to].word.split()[-1]
            yield from self._clause(sentence, [], verb, _Worth.CLAUSE, mark, fewest=2)

    def _acted(self, sentence: Sentence, at: int) -> Iterator[_Found]:
        """As in "the Council lifts an embargo": the text is one that lifts it."""
        phrases = sentence.phrases
        if _backs(phrases[at]):  # "backs a truce" is about the truce, "backs a resolution" about that
            yield from self._object(sentence, self._beginning(sentence, at))
            return
        if (
            phrases[at].has("cut_noun")
            and at
            and (phrases[at - 1].has("act") or phrases[at - 1].has("outcome"))
        ):
            return
        gerund = phrases[at].tags["act"]
        following = phrases[at + 1 : at + 2]
        if (
            following and following[0].has("target") and at and phrases[at - 1].country
        ):  # "Iran ousted from …"
            yield from self._clause(sentence, [at - 1], at + 1, _Worth.CLAUSE, gerund)
        elif following and (self.nouns.is_noun(following[0]) or following[0].has("cut_that")):
            yield from self._clause(sentence, [], at + 1, _Worth.CLAUSE, gerund)

    def _clause(
        self, sentence: Sentence, lead: list[int], start: int, worth: _Worth, mark: str = "", fewest: int = 1
    ) -> Iterator[_Found]:
        """A clause that says what a text does, made its attribute: "a resolution" + "to lift …"."""
        end = self.extents.end(sentence, start, len(sentence.phrases))
        kept = self._without_places(sentence, start, end)
        if len(kept) >= fewest and self._tells(sentence, kept):
            head = self.table.texts.get(self.body or "", self.table.texts[""])
            yield from self._told(sentence, [*lead, *kept], worth, f"{head} {mark}".strip())

    def _thing(self, sentence: Sentence, start: int) -> Iterator[_Found]:
        """As in "voted for an ICJ review of …": no text is named."""
        end = self.extents.end(sentence, start, len(sentence.phrases))
        kept = self._without_places(sentence, start, end)
        kept = self.nouns.without_leading_house(sentence.phrases, kept)
        if not self._tells(sentence, kept) or len(kept) < 2 or sentence.phrases[kept[0]].has("voters"):
            return
        if any(sentence.phrases[index].has(tag) for index in kept for tag in ("ballot", "outcome_noun")):
            return
        named = not sentence.phrases[kept[0]].has("determiner")
        article = ""
        if named and not owns(sentence.phrases, kept[0]) and self.nouns.is_countable(sentence.phrases, kept):
            article = self.phrasing.indefinite_article(self.phrasing.words_of(sentence, kept[:2]))
        yield from self._told(sentence, kept, _Worth.MATTER, article)

    # --- a text with its matter --------------------------------------------------------------------------------

    def _text(self, sentence: Sentence, start: int, document: int, limit: int) -> Iterator[_Found]:
        """A text as its article tells of it: its article, its name, and what it is about."""
        phrases = sentence.phrases
        if phrases[document].tags["document"] == "part":
            limit = min(limit, len(phrases))
        before = self.nouns.without_house(phrases, list(range(start, document)))
        matter = self._matter(sentence, document, limit)
        named = [index for index in before if self.nouns.names(phrases, index)]
        if not matter and (not named or self.kind == "part"):
            return
        if before and phrases[before[0]].tags.get("determiner") == "own":
            before = before[1:]
        if before and phrases[before[0]].has("filler") and not phrases[before[0]].has("determiner"):
            before = before[1:]  # "only Algeria's draft"
        indefinite = not before or not (phrases[before[0]].has("determiner") or owns(phrases, before[0]))
        plural = phrases[document].word in self.table.plurals
        article = ""
        if indefinite and not plural:
            article = self.phrasing.indefinite_article(
                self.phrasing.words_of(sentence, [*before, document][:2])
            )
        worth = _Worth.WHOLE if matter else _Worth.NAMED
        if not matter and all(
            phrases[index].country or self.nouns.is_half(phrases, index) for index in named
        ):
            worth = _Worth.MENTION
        yield from self._told(sentence, [*before, document, *matter], worth, article)

    def _matter(self, sentence: Sentence, document: int, limit: int) -> list[int]:
        """What follows a text to say what it is about; nothing where that does not follow."""
        phrases, at = sentence.phrases, document + 1
        while at < limit and at - document <= _MATTER_REACH:
            if (skipped := self.extents.aside(sentence, at)) > at:
                at = skipped
            elif self.nouns.is_designation(phrases, document, at):
                at += 1
            elif phrases[at].has("whose") and (behind := self.nouns.behind_authors(phrases, at + 1)) > at + 1:
                at = behind
            elif at < limit and phrases[at].word == ",":
                if not (at + 1 < limit and self.nouns.attributes(phrases, at + 1)):
                    return []
                at += 1
            elif at < limit and phrases[at].has("cut_author"):
                at = next(
                    (later for later in range(at + 1, limit) if self.nouns.attributes(phrases, later)), limit
                )
            else:
                break
        if at < limit and phrases[at].has("cut_matter") and phrases[at].has("cut_end"):
            reach = range(at + 1, min(limit, at + _MATTER_REACH))  # "over Chad's objections, calling for …"
            at = next((later for later in reach if self.nouns.attributes(phrases, later)), at)
        if at >= limit or not self.nouns.begins_matter(phrases, document, at):
            return []
        kept = self._without_places(sentence, at, self.extents.end(sentence, at, limit))
        return kept if self._tells(sentence, kept) else []

    def _passive(self, sentence: Sentence, at: int) -> Iterator[_Found]:
        """As in "A resolution to protect whales was adopted": the text stands before its verb."""
        phrases = sentence.phrases
        front = at
        while front > 0 and phrases[front - 1].word not in {";", ":", ".", "|"}:
            front -= 1
        for document in range(front, at):
            if phrases[document].tags.get("document") == self.kind:
                start = self.nouns.noun_start(phrases, front, document)
                between = phrases[document + 1 : at]
                if not any(phrase.has("outcome") or phrase.has("voting") for phrase in between):
                    yield from self._text(sentence, start, document, at)

    def _mentioned(self, sentence: Sentence) -> Iterator[_Found]:
        """What a sentence says of a text, or of a vote on something, without being the object of its verb."""
        phrases = sentence.phrases
        for at, phrase in enumerate(phrases):
            following = phrases[at + 1 : at + 2]
            if phrase.tags.get("document") == self.kind:
                if following and "act" in following[0].tags:
                    found = self._acted(sentence, at + 1)
                else:
                    found = self._text(sentence, self.nouns.noun_start(phrases, 0, at), at, len(phrases))
                told_first = sentence.field == "title"
                for one in found:
                    yield one._replace(worth=min(one.worth, _Worth.MATTER), whole=told_first)
            elif (phrase.has("ballot") or phrase.has("voting")) and following:
                if following[0].has("cut_topic") and self.extents.aside(sentence, at + 1) == at + 1:
                    found = self._clause(sentence, [at + 1], at + 2, _Worth.MENTION)
                    yield from found
                elif self.nouns.attributes(phrases, at + 1):
                    yield from self._clause(sentence, [], at + 1, _Worth.MENTION)
            elif "act" in phrase.tags and following and following[0].has("target"):
                yield from self._acted(sentence, at)

    # --- what is kept, and how it is written -------------------------------------------------------------------

    def _without_places(self, sentence: Sentence, start: int, end: int) -> list[int]:
        """The phrases of a thought but for where the vote was held: "at the UN", "in the Assembly"."""
        phrases, kept, at = sentence.phrases, [], start
        while at < end:
            if phrases[at].has("cut_place"):
                house = at + 1
                while house < end and phrases[house].has("determiner"):
                    house += 1
                if house < end and any(phrases[house].has(tag) for tag in HOUSES):
                    at = behind_house(phrases, house)
                    continue
            kept.append(at)
            at += 1
        return [index for index in kept if index < end]

    def _tells(self, sentence: Sentence, kept: Sequence[int]) -> bool:
        """Whether something is said, and nothing that belongs to the count or to the decision."""
        phrases = sentence.phrases
        empty = ("document", "filler", "outcome", "determiner", "cut_matter", "cut_joint", "infinitive", "cut_tail",
                 "cut_vague", *HOUSES)  # fmt: skip
        telling = [
            index
            for index in kept
            if phrases[index].word[:1].isalpha()
            and (_is_target(phrases, index) or not any(phrases[index].has(t) for t in empty))
        ]
        return bool(telling) and not set(kept) & self.extents.tally(sentence)

    def _told(self, sentence: Sentence, kept: list[int], worth: _Worth, head: str) -> Iterator[_Found]:
        noun = next((index for index in kept if not sentence.phrases[index].has("determiner")), None)
        if not head and noun is not None and any(sentence.phrases[noun].has(tag) for tag in HOUSES):
            return  # a sentence about the body, not what it voted on
        words = balanced(f"{head} {self.phrasing.words_of(sentence, kept)}".strip())
        if len(words) <= LONGEST:
            yield _Found(worth, words, sentence.field == "text" and sentence.number <= _LEAD)


def _is_target(phrases: tuple[Phrase, ...], index: int) -> bool:
    """As in "ousted from the Commission": the house is what the text is about."""
    before = index - 1
    while before > 0 and phrases[before].has("determiner"):
        before -= 1
    return phrases[index].has("body") and before >= 0 and phrases[before].has("target")


def _is_infinitive(phrase: Phrase) -> bool:
    """As in "voted to lift", "decided to lift"."""
    return phrase.has("infinitive") or phrase.has("did")


def _backs(phrase: Phrase) -> bool:
    return phrase.tags.get("side_loose") == "in_favour"
