"""What a vote was about, as a noun phrase: "a resolution on glaciers", "an ICJ review of the occupation".

One form, whatever the article's: "voted to lift an embargo" becomes "a resolution to lift an embargo", "condemns a
coup" becomes "a resolution condemning a coup", "vote on glaciers" becomes "a resolution on glaciers". The words are
the article's; what is dropped is the body, where and when it met, and the count. None where nothing telling is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from watcher.core.model import Article
from watcher.core.votes.counts import counts_in
from watcher.core.votes.lexicon import Lexicon
from watcher.core.votes.reading import Phrase, Sentence

LONGEST = 140  # characters
_LEAD = 3  # sentences, the title's included, that tell the news; later ones may tell of another text
_MATTER_REACH = 12  # phrases between a text and what it is about: "a text drafted by Chad and Mali calling for …"
_HOUSES = ("body", "body_again", "un", "committee")
_ENDS = {";", ":", ".", "!", "?", "…", "(", ")", "|", "[", "]", ",", "—"}
_QUOTES = {'"', "'"}


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

    article: Article
    table: Lexicon
    body: str | None
    _spelled: tuple[frozenset[str], frozenset[str]] | None = None
    _tallied: dict[int, frozenset[int]] = field(default_factory=dict)

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
            start = self._aside(sentence, at + 1)
            if start < len(sentence.phrases) and sentence.phrases[start].has("infinitive"):
                yield from self._infinitive(sentence, start)
            return
        start = self._beginning(sentence, at)
        passive = "side_passive" in phrase.tags or self._is_passive(sentence.phrases, at)
        if not passive or (start < len(sentence.phrases) and sentence.phrases[start].has("infinitive")):
            yield from self._object(sentence, start)
        yield from self._passive(sentence, at)

    def _is_passive(self, phrases: tuple[Phrase, ...], at: int) -> bool:
        """As in "the text was adopted", "the resolution passed": what was decided stands before the verb."""
        before = at - 1
        while before >= 0 and (phrases[before].has("manner") or phrases[before].has("cut_lead")):
            before -= 1
        return (
            before >= 0
            and "outcome" in phrases[at].tags
            and (phrases[before].has("cut_passive") or phrases[before].has("document"))
        )

    # --- what stands behind the verb ---------------------------------------------------------------------------

    def _beginning(self, sentence: Sentence, verb: int) -> int:
        """Behind the verb, the day, the manner and the count; at the "to" of "voted to"."""
        phrases = sentence.phrases
        if phrases[verb].has("infinitive"):
            return verb
        at = verb + 1
        while (skipped := self._aside(sentence, at)) > at or (
            at < len(phrases) and (phrases[at].has("cut_lead") or phrases[at].has("manner"))
        ):
            at = max(skipped, at + 1)
        return at

    def _object(self, sentence: Sentence, start: int) -> Iterator[_Found]:
        phrases = sentence.phrases
        if start >= len(phrases) or phrases[start].has("cut_bad"):
            return
        if phrases[start].has("infinitive"):
            yield from self._infinitive(sentence, start)
        elif phrases[start].has("cut_topic"):
            yield from self._clause(sentence, [start], start + 1, _Worth.CLAUSE)
        elif self._attributes(phrases, start):
            yield from self._clause(sentence, [], start, _Worth.CLAUSE)
        elif (document := self._document_from(phrases, start)) is not None:
            yield from self._text(sentence, start, document, len(phrases))
        elif self._is_noun(phrases[start]):
            yield from self._thing(sentence, start)

    def _infinitive(self, sentence: Sentence, to: int) -> Iterator[_Found]:
        """As in "voted to lift …", "to adopt a resolution on …", "to condemn …"."""
        phrases, verb = sentence.phrases, to + 1
        if verb >= len(phrases) or phrases[verb].number is not None:
            return
        following = self._beginning(sentence, verb)
        backed = phrases[verb].has("side_loose") and self._document_from(phrases, following) is not None
        if phrases[verb].has("outcome_plural") or backed:
            yield from self._object(sentence, self._beginning(sentence, verb))
        elif (gerund := phrases[verb].tags.get("act_plain")) is not None:
            yield from self._clause(sentence, [], verb + 1, _Worth.CLAUSE, gerund)
        else:
            yield from self._clause(sentence, [to], verb, _Worth.CLAUSE)

    def _acted(self, sentence: Sentence, at: int) -> Iterator[_Found]:
        """As in "the Council lifts an embargo": the text is one that lifts it."""
        phrases = sentence.phrases
        if "side_loose" in phrases[at].tags:  # "backs a resolution": no text that backs a text
            start = self._beginning(sentence, at)
            document = self._document_from(phrases, start)
            if document is not None:
                yield from self._text(sentence, start, document, len(phrases))
                return
        gerund = phrases[at].tags["act"]
        following = phrases[at + 1 : at + 2]
        if following and following[0].has("target") and at and phrases[at - 1].country:  # "Iran ousted from …"
            yield from self._clause(sentence, [at - 1], at + 1, _Worth.CLAUSE, gerund)
        elif following and (self._is_noun(following[0]) or following[0].has("cut_that")):
            yield from self._clause(sentence, [], at + 1, _Worth.CLAUSE, gerund)

    def _clause(
        self, sentence: Sentence, lead: list[int], start: int, worth: _Worth, gerund: str = ""
    ) -> Iterator[_Found]:
        """A clause that says what a text does, made its attribute: "a resolution" + "to lift …"."""
        end = self._end(sentence, start, len(sentence.phrases))
        kept = self._without_places(sentence, start, end)
        if self._tells(sentence, kept):
            head = self.table.texts.get(self.body or "", self.table.texts[""])
            yield from self._told(sentence, [*lead, *kept], worth, f"{head} {gerund}".strip())

    def _thing(self, sentence: Sentence, start: int) -> Iterator[_Found]:
        """As in "voted for an ICJ review of …": no text is named."""
        end = self._end(sentence, start, len(sentence.phrases))
        kept = self._without_places(sentence, start, end)
        kept = self._without_leading_house(sentence.phrases, kept)
        if not self._tells(sentence, kept) or len(kept) < 2:
            return
        if any(sentence.phrases[index].has("ballot") for index in kept):
            return
        named = not sentence.phrases[kept[0]].has("determiner")
        article = ""
        if named and self._is_countable(sentence.phrases, kept):
            article = _article(self._words_of(sentence, kept[:1]))
        yield from self._told(sentence, kept, _Worth.MATTER, article)

    # --- a text with its matter --------------------------------------------------------------------------------

    def _document_from(self, phrases: tuple[Phrase, ...], start: int) -> int | None:
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
            elif phrase.word in _QUOTES:
                quoted = phrase.word
            elif not self._may_precede(phrases, index):
                return None
        return None

    def _may_precede(self, phrases: tuple[Phrase, ...], index: int) -> bool:
        """What may stand between an article and its noun."""
        phrase = phrases[index]
        if phrase.word == "-":
            return index > 0 and phrases[index - 1].end == phrase.start
        if index and phrases[index - 1].word == "-" and phrases[index - 1].end == phrase.start:
            return True  # the second half of "US-backed"
        if phrase.word in _ENDS or phrase.has("infinitive") or phrase.has("recent") or phrase.has("cut_end"):
            return False
        if phrase.country or any(phrase.has(tag) for tag in ("determiner", *_HOUSES)) or phrase.word == "'s":
            return True
        if any(phrase.has(tag) for tag in ("outcome", "act", "side_verb", "side_loose", "joining", "modal", "cut_joint", "about")):
            return False
        return phrase.number is None

    def _text(self, sentence: Sentence, start: int, document: int, limit: int) -> Iterator[_Found]:
        """A text as its article tells of it: its article, its name, and what it is about."""
        phrases = sentence.phrases
        if phrases[document].tags["document"] == "part":
            limit = min(limit, len(phrases))
        before = self._without_house(phrases, list(range(start, document)))
        matter = self._matter(sentence, document, limit)
        named = [index for index in before if self._names(phrases, index)]
        if not matter and not named:
            return
        indefinite = not before or not phrases[before[0]].has("determiner")
        plural = phrases[document].word in self.table.plurals
        article = ""
        if indefinite and not plural:
            article = _article(self._words_of(sentence, [*before, document][:1]))
        worth = _Worth.WHOLE if matter else _Worth.NAMED
        if not matter and all(
            phrases[index].country or self._is_half(phrases, index) for index in named
        ):
            worth = _Worth.MENTION
        yield from self._told(sentence, [*before, document, *matter], worth, article)

    def _matter(self, sentence: Sentence, document: int, limit: int) -> list[int]:
        """What follows a text to say what it is about; nothing where that does not follow."""
        phrases, at = sentence.phrases, document + 1
        while at < limit and at - document <= _MATTER_REACH:
            if (skipped := self._aside(sentence, at)) > at:
                at = skipped
            elif at < limit and (phrases[at].has("figure") or "/" in phrases[at].word):
                at += 1  # the number or the symbol of a resolution
            elif at < limit and phrases[at].word == ",":
                if not (at + 1 < limit and self._attributes(phrases, at + 1)):
                    return []
                at += 1
            elif at < limit and phrases[at].has("cut_author"):
                at = next(
                    (later for later in range(at + 1, limit) if self._attributes(phrases, later)), limit
                )
            else:
                break
        if at >= limit or not (
            phrases[at].has("cut_matter") or phrases[at].word == '"' or self._attributes(phrases, at)
        ):
            return []
        kept = self._without_places(sentence, at, self._end(sentence, at, limit))
        return kept if self._tells(sentence, kept) else []

    def _attributes(self, phrases: tuple[Phrase, ...], at: int) -> bool:
        """Whether a participle is here that says what a text does: "calling for", "entitled"."""
        phrase = phrases[at]
        if phrase.has("cut_attribute"):
            return True
        if any(phrase.has(tag) for tag in ("outcome", "voting", "side_verb", "side_loose", "side_noun")):
            return False
        return phrase.word.split()[0] in self.table.gerunds

    def _passive(self, sentence: Sentence, at: int) -> Iterator[_Found]:
        """As in "A resolution to protect whales was adopted": the text stands before its verb."""
        phrases = sentence.phrases
        front = at
        while front > 0 and phrases[front - 1].word not in {";", ":", ".", "|"}:
            front -= 1
        for document in range(front, at):
            if phrases[document].has("document") and phrases[document].tags["document"] == "whole":
                start = self._noun_start(phrases, front, document)
                between = phrases[document + 1 : at]
                if not any(phrase.has("outcome") or phrase.has("voting") for phrase in between):
                    yield from self._text(sentence, start, document, at)

    def _noun_start(self, phrases: tuple[Phrase, ...], front: int, document: int) -> int:
        at = document
        while at > front and self._may_precede(phrases, at - 1) and not phrases[at].has("determiner"):
            at -= 1
        return at

    def _mentioned(self, sentence: Sentence) -> Iterator[_Found]:
        """What a sentence says of a text, or of a vote on something, without being the object of its verb."""
        phrases = sentence.phrases
        for at, phrase in enumerate(phrases):
            following = phrases[at + 1 : at + 2]
            if phrase.has("document") and phrase.tags["document"] == "whole":
                if following and "act" in following[0].tags:
                    found = self._acted(sentence, at + 1)
                else:
                    found = self._text(sentence, self._noun_start(phrases, 0, at), at, len(phrases))
                told_first = sentence.field == "title"
                for one in found:
                    yield one._replace(worth=min(one.worth, _Worth.MATTER), whole=told_first)
            elif (phrase.has("ballot") or phrase.has("voting")) and following:
                if following[0].has("cut_topic") and self._aside(sentence, at + 1) == at + 1:
                    found = self._clause(sentence, [at + 1], at + 2, _Worth.MENTION)
                    yield from found
                elif self._attributes(phrases, at + 1):
                    yield from self._clause(sentence, [], at + 1, _Worth.MENTION)
            elif "act" in phrase.tags and following and following[0].has("target"):
                yield from self._acted(sentence, at)

    # --- where a thought ends ----------------------------------------------------------------------------------

    def _end(self, sentence: Sentence, start: int, limit: int) -> int:
        """The first phrase behind the thought that begins at `start`, without a dangling word."""
        phrases, quoted, relative, end = sentence.phrases, False, False, limit
        for index in range(start, limit):
            if phrases[index].end - phrases[start].start > LONGEST:
                end = self._last_joint(phrases, start, index)
                break
            if phrases[index].word == '"':
                quoted = not quoted
            elif index > start and not quoted and self._is_break(sentence, index):
                end = index
                break
            elif index > start and phrases[index].has("cut_finite") and not relative:
                end = index
                break
            relative = relative or phrases[index].has("cut_relative")
        while end > start and (
            phrases[end - 1].has("cut_tail") or phrases[end - 1].word in {",", "-", "'"} - {"'"}
        ):
            end -= 1
        return end

    def _is_break(self, sentence: Sentence, index: int) -> bool:
        phrases = sentence.phrases
        phrase, before = phrases[index], phrases[index - 1]
        if index in self._tally(sentence) or phrase.has("cut_end") or phrase.has("recent"):
            return True
        if phrase.word == ",":
            return not self._goes_on(phrases, index)
        gap = self._raw(sentence)[before.end : phrase.start]
        if phrase.word in _ENDS or "\n" in gap:
            return True
        if phrase.word == "-":
            return bool(gap)  # a dash between spaces, not a hyphen
        if phrase.has("outcome") and before.word != "-":
            return not (before.has("modal") or before.has("filler") or before.has("determiner"))
        following = phrases[min(index + 1, len(phrases) - 1)]
        if phrase.has("cut_place") and self._is_instrument(phrases, index + 1):
            return True
        if phrase.has("about") or phrase.has("cut_joint"):
            aside = following.has("recent") or "month" in following.tags or index + 1 in self._tally(sentence)
            return aside or (following.has("determiner") and index + 2 in self._tally(sentence))
        return phrase.has("and") and self._begins_anew(phrases, index + 1)

    def _is_instrument(self, phrases: tuple[Phrase, ...], at: int) -> bool:
        """As in "… in a historic resolution", "… in a vote": how it was decided, no part of what."""
        skipped = ("determiner", "cut_vague", "manner")
        while at < len(phrases) and any(phrases[at].has(tag) for tag in skipped):
            at += 1
        return at < len(phrases) and (phrases[at].has("document") or phrases[at].has("ballot"))

    def _begins_anew(self, phrases: tuple[Phrase, ...], at: int) -> bool:
        """Whether a second clause begins behind an "and": "… and calling for", "… and Russia abstained"."""
        if at >= len(phrases):
            return True
        if phrases[at].word.split()[0] in self.table.gerunds or phrases[at].has("act"):
            return True
        behind = phrases[at + 1 : at + 3]
        return any(phrase.has("side_verb") or phrase.has("act") for phrase in (phrases[at], *behind))

    def _goes_on(self, phrases: tuple[Phrase, ...], comma: int) -> bool:
        """Whether a comma only parts two adjectives: "an immediate, lasting truce"."""
        return phrases[comma - 1].has("cut_adjective") and comma + 1 < len(phrases)

    def _last_joint(self, phrases: tuple[Phrase, ...], start: int, end: int) -> int:
        """Where a thought that is too long can be cut: before its last preposition outside a quotation."""
        joints, quoted = [], False
        for index in range(start, end):
            quoted ^= phrases[index].word == '"'
            if index > start + 2 and not quoted and phrases[index].has("cut_joint"):
                joints.append(index)
        return joints[-1] if joints else start

    def _aside(self, sentence: Sentence, at: int) -> int:
        """The first phrase behind a day, a place, a count or a parenthesis that begins at `at`; else `at`."""
        phrases = sentence.phrases
        if at >= len(phrases):
            return at
        if phrases[at].word == "(":
            closing = (index for index in range(at, len(phrases)) if phrases[index].word == ")")
            return next(closing, at - 1) + 1
        if phrases[at].has("recent"):
            return at + 1
        start = at
        while start < len(phrases) and (
            phrases[start].has("cut_lead") or phrases[start].has("determiner") or phrases[start].word in {",", "-"}
            or phrases[start].has("row_cue") or phrases[start].has("cut_place") or phrases[start].has("cut_count")
        ) and start not in self._tally(sentence):  # fmt: skip
            start += 1
        if start >= len(phrases):
            return at
        if start in self._tally(sentence):
            return self._behind_tally(sentence, start)
        if start > at and phrases[start].has("recent"):
            return start + 1
        placed = any(phrase.has("cut_place") for phrase in phrases[at:start])
        if placed and any(phrases[start].has(tag) for tag in _HOUSES):
            return self._behind_house(phrases, start)
        return at

    def _behind_tally(self, sentence: Sentence, at: int) -> int:
        """Behind the whole count, its voters, its parentheses and its commas."""
        phrases, tally = sentence.phrases, self._tally(sentence)
        last = max(index for index in tally if self._is_one_row(sentence, at, index)) + 1
        while last < len(phrases):
            if phrases[last].word == "(":
                closing = (index for index in range(last, len(phrases)) if phrases[index].word == ")")
                last = next(closing, last) + 1
            elif phrases[last].word == "," or phrases[last].has("voters") or phrases[last].has("ballot"):
                last += 1
            else:
                break
        return last

    def _is_one_row(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether only words of a count stand between two of its phrases."""
        if last < first:
            return False
        words = ("side_noun", "side_verb", "row_cue", "row_mark", "voters", "ballot", "filler", "and", "cut_end")
        return all(
            index in self._tally(sentence)
            or sentence.phrases[index].word in {",", "(", ")", "-"}
            or any(sentence.phrases[index].has(tag) for tag in words)
            for index in range(first, last)
        )

    def _tally(self, sentence: Sentence) -> frozenset[int]:
        """The phrases of a sentence that are a number of a count, or the words that say what it counts."""
        if sentence.number not in self._tallied:
            found: set[int] = set()
            for count in counts_in(sentence):
                found.add(count.number)
                if count.number == count.first or abs(count.last - count.first) <= 6:
                    found.update(range(count.first, count.last + 1))
            for at, phrase in enumerate(sentence.phrases[:-1]):
                following = sentence.phrases[at + 1]
                if phrase.number is not None and (following.has("side_noun") or following.has("ballot")):
                    found.update((at, at + 1))
            self._tallied[sentence.number] = frozenset(found)
        return self._tallied[sentence.number]

    # --- what is kept, and how it is written -------------------------------------------------------------------

    def _without_places(self, sentence: Sentence, start: int, end: int) -> list[int]:
        """The phrases of a thought but for where the vote was held: "at the UN", "in the Assembly"."""
        phrases, kept, at = sentence.phrases, [], start
        while at < end:
            if phrases[at].has("cut_place"):
                house = at + 1
                while house < end and phrases[house].has("determiner"):
                    house += 1
                if house < end and any(phrases[house].has(tag) for tag in _HOUSES):
                    at = self._behind_house(phrases, house)
                    continue
            kept.append(at)
            at += 1
        return [index for index in kept if index < end]

    def _behind_house(self, phrases: tuple[Phrase, ...], at: int) -> int:
        """Behind "the General Assembly of the United Nations", "the UN Security Council"."""
        while at < len(phrases) and any(phrases[at].has(tag) for tag in _HOUSES):
            at += 1
        return at

    def _without_house(self, phrases: tuple[Phrase, ...], kept: list[int]) -> list[int]:
        """Without the body before a text: "the UN Security Council's draft" is "a draft"."""
        inside = [index for index in kept if any(phrases[index].has(tag) for tag in _HOUSES)]
        inside = [index for index in inside if index < kept[0] + 4]
        owned = [index for index in inside if index + 1 in kept and phrases[index + 1].word == "'s"]
        if owned:
            return [index for index in kept if index > owned[-1] + 1]
        hyphened = {index for index in inside if index + 1 in kept and phrases[index + 1].word == "-"}
        return [index for index in kept if index not in inside or index in hyphened]

    def _without_leading_house(self, phrases: tuple[Phrase, ...], kept: list[int]) -> list[int]:
        """Without the body a noun phrase begins with: "Security Council demand for a truce"."""
        at = 0
        while at < len(kept) and any(phrases[kept[at]].has(tag) for tag in ("determiner", *_HOUSES)):
            at += 1
        if not any(phrases[index].has(tag) for index in kept[:at] for tag in _HOUSES):
            return kept
        return kept[at + 1 :] if at < len(kept) and phrases[kept[at]].word == "'s" else kept[at:]

    def _names(self, phrases: tuple[Phrase, ...], index: int) -> bool:
        """Whether a phrase before "resolution" tells one from another."""
        phrase = phrases[index]
        vague = ("determiner", "cut_vague", "document", "filler", "manner", *_HOUSES)
        return phrase.word[:1].isalpha() and not any(phrase.has(tag) for tag in vague)

    def _is_half(self, phrases: tuple[Phrase, ...], index: int) -> bool:
        """As "drafted" in "US-drafted": whose text it is, not what it is about."""
        return (index > 0 and phrases[index - 1].word == "-") or phrases[min(index + 1, len(phrases) - 1)].word == "-"

    def _is_noun(self, phrase: Phrase) -> bool:
        """Whether a noun phrase may begin here."""
        if phrase.word in _ENDS or phrase.word in {"-", "'s"} or phrase.number is not None:
            return False
        if phrase.country or phrase.word in _QUOTES or phrase.has("determiner"):
            return True
        barred = ("outcome", "side_noun", "side_verb", "cut_end", "cut_bad", "cut_joint", "modal", "recent", "and",
                  "voting", "about", "month", "figure", "infinitive", "aside", "including", "act", "ballot", "voters",
                  "manner")  # fmt: skip
        return not any(phrase.has(tag) for tag in barred)

    def _is_countable(self, phrases: tuple[Phrase, ...], kept: Sequence[int]) -> bool:
        """Whether the head of a noun phrase without an article wants one: "bid to …", "treaty on …"."""
        head = kept[0]
        for index in kept:
            if phrases[index].has("cut_joint") or phrases[index].has("about") or self._attributes(phrases, index):
                break
            head = index
        return phrases[head].has("cut_countable")

    def _tells(self, sentence: Sentence, kept: Sequence[int]) -> bool:
        """Whether something is said, and nothing that belongs to the count or to the decision."""
        phrases = [sentence.phrases[index] for index in kept]
        empty = ("document", "filler", "outcome", "determiner", "cut_matter", "cut_joint", "infinitive", "cut_tail",
                 "cut_vague", *_HOUSES)  # fmt: skip
        telling = [
            phrase for phrase in phrases if phrase.word[:1].isalpha() and not any(phrase.has(t) for t in empty)
        ]
        return bool(telling) and not set(kept) & self._tally(sentence)

    def _told(self, sentence: Sentence, kept: list[int], worth: _Worth, head: str) -> Iterator[_Found]:
        words = _balanced(f"{head} {self._words_of(sentence, kept)}".strip())
        if len(words) <= LONGEST:
            yield _Found(worth, words, sentence.field == "text" and sentence.number <= _LEAD)

    def _words_of(self, sentence: Sentence, kept: Sequence[int]) -> str:
        """The words of the article, with the capitals of a headline taken back."""
        raw, pieces, before = self._raw(sentence), [], None
        for index in kept:
            phrase = sentence.phrases[index]
            if before is not None:
                joined = index == before + 1
                pieces.append(raw[sentence.phrases[before].end : phrase.start] if joined else " ")
            pieces.append(self._plain(sentence, index, raw[phrase.start : phrase.end]))
            before = index
        return " ".join("".join(pieces).split())

    def _plain(self, sentence: Sentence, index: int, word: str) -> str:
        phrase = sentence.phrases[index]
        if not word[:1].isupper() or phrase.country or any(phrase.has(tag) for tag in _HOUSES):
            return word
        if index and not (sentence.field == "title" and self._is_capitalised(sentence)):
            return word
        proper = ("month", "recent", "elsewhere", "court", "numerals")
        known = bool(phrase.tags) and not any(phrase.has(tag) for tag in proper) and (len(word) == 1 or not word.isupper())
        known = known or phrase.word.split()[0] in self.table.gerunds
        known = known or (index > 0 and sentence.phrases[index - 1].has("infinitive"))
        small, capital = self._spellings()
        return word.lower() if word not in capital and (known or word.lower() in small) else word

    def _is_capitalised(self, sentence: Sentence) -> bool:
        """Whether a headline writes nearly every word with a capital."""
        words = [word for word in self._raw(sentence)[sentence.start : sentence.end].split() if len(word) > 3]
        return sum(word[:1].isupper() for word in words) > 0.7 * len(words)

    def _spellings(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words that the text writes without a capital, and those it capitalises within a sentence."""
        if self._spelled is None:
            words = [word.strip("“”‘’\"',;:()") for word in self.article.text.split()]
            within = (
                later for word, later in pairwise(words) if word[-1:].isalpha() and word.islower()
            )
            small = frozenset(word.rstrip(".") for word in words if word.islower())
            self._spelled = small, frozenset(word.rstrip(".") for word in within if word[:1].isupper())
        return self._spelled

    def _raw(self, sentence: Sentence) -> str:
        return self.article.title if sentence.field == "title" else self.article.text


def _article(following: str) -> str:
    """ "a" or "an", by the sound of what follows: an ICJ review, a US draft, a Ukrainian text, an NPT text."""
    following = following.lstrip("“‘«\"'")
    if not following:
        return "a"
    first = following[0].lower()
    spelled = following[:2].isupper()
    if spelled:
        return "an" if first in "aefhilmnorsx" else "a"
    if following.lower().startswith(("ukr", "uni", "unan", "us", "eu", "one")):
        return "a"
    return "an" if first in "aeiou" else "a"


def _balanced(words: str) -> str:
    """Without a quotation mark whose other half was cut away."""
    for opening, closing in (("“", "”"), ("«", "»"), ("„", "“")):
        if opening in words and words.count(opening) != words.count(closing):
            words = words.replace(opening, "").replace(closing, "")
    if words.count('"') % 2:
        words = words.replace('"', "")
    if "‘" in words and "’" not in words.split("‘", 1)[1]:
        words = words.replace("‘", "")
    if " '" in words and not any(word.rstrip(".,").endswith(("'", "’")) for word in words.split(" '", 1)[1].split()):
        words = words.replace(" '", " ")
    return words
