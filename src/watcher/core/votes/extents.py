"""How far a thought reaches in a sentence: where it ends, and what stands aside in it.

Aside are the day, the place, the count and what is in parentheses: "adopted on Tuesday, by 12 votes to 3, …". A
thought ends at a conjunction, at the count, at the verb of the whole sentence; a long one at its last preposition.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from watcher.core.model import Article
from watcher.core.votes.counts import counts_in
from watcher.core.votes.reading import Phrase, Sentence

LONGEST = 140  # characters
HOUSES = ("body", "body_again", "un", "committee")
ENDS = frozenset({";", ":", ".", "!", "?", "…", "(", ")", "|", "[", "]", ",", "—"})
_COUNT_WORDS = (
    "side_noun",
    "side_verb",
    "row_cue",
    "row_mark",
    "voters",
    "ballot",
    "filler",
    "and",
    "cut_end",
)


@dataclass(slots=True)
class Extents:
    """The extents of the thoughts of one article; the counts of a sentence are searched once."""

    article: Article
    _tallied: dict[int, frozenset[int]] = field(default_factory=dict)

    def end(self, sentence: Sentence, start: int, limit: int) -> int:
        """The first phrase behind the thought that begins at `start`, without a dangling word."""
        phrases, quoted, relative, end = sentence.phrases, False, False, limit
        for index in range(start, limit):
            if phrases[index].end - phrases[start].start > LONGEST:
                end = self._last_joint(phrases, start, index)
                break
            if phrases[index].word == '"':
                quoted = not quoted
            elif index > start and not quoted and self._is_break(sentence, index, relative):
                end = index
                break
            relative = relative or phrases[index].has("cut_relative")
        while end > start and (phrases[end - 1].has("cut_tail") or phrases[end - 1].word in {",", "-"}):
            end -= 1
        return end

    def _is_break(self, sentence: Sentence, index: int, relative: bool) -> bool:
        """Whether a thought ends before this phrase. `relative`: a "that" came before, so a verb may follow."""
        phrases = sentence.phrases
        phrase, before = phrases[index], phrases[index - 1]
        if phrase.has("cut_finite") and not relative:
            return True
        if index in self.tally(sentence) or phrase.has("cut_end") or phrase.has("recent"):
            return True
        if phrase.word == ",":
            return not self._goes_on(phrases, index)
        gap = field_of(self.article, sentence)[before.end : phrase.start]
        if phrase.word in ENDS or "\n" in gap:
            return True
        if phrase.word == "-":
            return bool(gap)  # a dash between spaces, not a hyphen
        if phrase.has("outcome") and before.word != "-":
            return not (before.has("modal") or before.has("filler") or before.has("determiner"))
        if phrase.has("and") and self._begins_anew(phrases, index + 1):
            return True
        following = phrases[min(index + 1, len(phrases) - 1)]
        if phrase.has("cut_place") and self._is_instrument(phrases, index + 1):
            return True
        if phrase.has("about") or phrase.has("cut_joint"):
            aside = following.has("recent") or "month" in following.tags or index + 1 in self.tally(sentence)
            return aside or (following.has("determiner") and index + 2 in self.tally(sentence))
        return False

    def _is_instrument(self, phrases: tuple[Phrase, ...], at: int) -> bool:
        """As in "… in a historic resolution", "… in a US vote": how it was decided, no part of what. "… in Iran by a
        recorded vote" is none.
        """
        skipped, first = ("determiner", "cut_vague", "manner"), at

        def adjective(at: int) -> bool:
            """A country's name that says whose: "US-backed", "a US vote"."""
            hyphened = at + 1 < len(phrases) and phrases[at + 1].word == "-"
            return phrases[at].country is not None and (at > first or hyphened)

        while at < len(phrases) and (
            any(phrases[at].has(tag) for tag in skipped)
            or adjective(at)
            or phrases[at].word == "-"
            or phrases[at - 1].word == "-"
        ):
            at += 1
        return at < len(phrases) and (phrases[at].has("document") or phrases[at].has("ballot"))

    def _begins_anew(self, phrases: tuple[Phrase, ...], at: int) -> bool:
        """Whether a second clause begins behind an "and": "… and called for", "… and Russia abstained"."""
        if at >= len(phrases) or (phrases[at].has("act") and not phrases[at].has("cut_noun")):
            return True
        return any(phrase.has("side_verb") for phrase in phrases[at : at + 3])

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

    def aside(self, sentence: Sentence, at: int) -> int:
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
        ) and start not in self.tally(sentence):  # fmt: skip
            start += 1
        if start >= len(phrases):
            return at
        if start in self.tally(sentence):
            return self._behind_tally(sentence, start)
        if start > at and phrases[start].has("recent"):
            return start + 1
        placed = any(phrase.has("cut_place") for phrase in phrases[at:start])
        if placed and any(phrases[start].has(tag) for tag in HOUSES):
            return behind_house(phrases, start)
        return at

    def _behind_tally(self, sentence: Sentence, at: int) -> int:
        """Behind the whole count, its voters, its parentheses and its commas."""
        phrases, tally = sentence.phrases, self.tally(sentence)
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
        return all(
            index in self.tally(sentence)
            or sentence.phrases[index].word in {",", "(", ")", "-"}
            or any(sentence.phrases[index].has(tag) for tag in _COUNT_WORDS)
            for index in range(first, last)
        )

    def tally(self, sentence: Sentence) -> frozenset[int]:
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


def field_of(article: Article, sentence: Sentence) -> str:
    """The raw text that a sentence's phrases have their places in."""
    return article.title if sentence.field == "title" else article.text


def behind_house(phrases: tuple[Phrase, ...], at: int) -> int:
    """Behind "the General Assembly of the United Nations", "the UN Security Council"."""
    while at < len(phrases) and any(phrases[at].has(tag) for tag in HOUSES):
        at += 1
    return at
