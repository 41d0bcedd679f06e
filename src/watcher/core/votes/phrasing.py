"""The words of an article put into a phrase of their own: without the capitals of a headline, quotations closed.

Nothing is translated or inflected here; the only word that may be added is an article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from watcher.core.model import Article
from watcher.core.votes.extents import HOUSES, field_of
from watcher.core.votes.lexicon import Lexicon
from watcher.core.votes.reading import Sentence


@dataclass(slots=True)
class Phrasing:
    """How the words of one article are written."""

    article: Article
    table: Lexicon
    _spelled: tuple[frozenset[str], frozenset[str]] | None = None

    def words_of(self, sentence: Sentence, kept: Sequence[int]) -> str:
        """The words of the article, with the capitals of a headline taken back."""
        raw, pieces, before = field_of(self.article, sentence), [], None
        for index in kept:
            phrase = sentence.phrases[index]
            if before is not None:
                joined = index == before + 1
                pieces.append(raw[sentence.phrases[before].end : phrase.start] if joined else " ")
            pieces.append(self._plain(sentence, index, raw[phrase.start : phrase.end]))
            before = index
        return " ".join("".join(pieces).split())

    def indefinite_article(self, following: str) -> str:
        """ "a" or "an", by the sound of what follows: an ICJ review, a US draft, a Ukrainian text, an NPT text."""
        sounds, bare = self.table.article, following.lstrip("“‘«\"'")
        if not bare or not sounds:
            return str(sounds.get("consonant", ""))
        vowels = sounds["spelled_vowels"] if bare[:2].isupper() else sounds["vowels"]
        like_consonant = not bare[:2].isupper() and bare.lower().startswith(tuple(sounds["like_consonants"]))
        return str(sounds["vowel" if bare[0].lower() in vowels and not like_consonant else "consonant"])

    def _plain(self, sentence: Sentence, index: int, word: str) -> str:
        phrase = sentence.phrases[index]
        if sentence.field == "title" and field_of(self.article, sentence).isupper() and len(word) > 3:
            return word.title() if phrase.country else word.lower()
        if not word[:1].isupper() or phrase.country or any(phrase.has(tag) for tag in HOUSES):
            return word
        if index and not (sentence.field == "title" and self._is_capitalised(sentence)):
            return word
        proper = ("month", "recent", "elsewhere", "court", "numerals")
        known = (
            bool(phrase.tags)
            and not any(phrase.has(tag) for tag in proper)
            and (len(word) == 1 or not word.isupper())
        )
        known = known or phrase.word.split()[0] in self.table.gerunds
        known = known or (index > 0 and sentence.phrases[index - 1].has("infinitive"))
        small, capital = self._spellings()
        return word.lower() if word not in capital and (known or word.lower() in small) else word

    def _is_capitalised(self, sentence: Sentence) -> bool:
        """Whether a headline writes nearly every word with a capital."""
        words = [
            word
            for word in field_of(self.article, sentence)[sentence.start : sentence.end].split()
            if len(word) > 3
        ]
        return sum(word[:1].isupper() for word in words) > 0.7 * len(words)

    def _spellings(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words that the text writes without a capital, and those it capitalises within a sentence."""
        if self._spelled is None:
            words = [word.strip("“”‘’\"',;:()") for word in self.article.text.split()]
            within = (later for word, later in pairwise(words) if word[-1:].isalpha() and word.islower())
            small = frozenset(word.rstrip(".") for word in words if word.islower())
            self._spelled = small, frozenset(word.rstrip(".") for word in within if word[:1].isupper())
        return self._spelled


def balanced(words: str) -> str:
    """Without a quotation mark whose other half was cut away."""
    for opening, closing in (("“", "”"), ("«", "»"), ("„", "“")):
        if opening in words and words.count(opening) != words.count(closing):
            words = words.replace(opening, "").replace(closing, "")
    if words.count('"') % 2:
        words = words.replace('"', "")
    if "‘" in words and "’" not in words.split("‘", 1)[1]:
        words = words.replace("‘", "")
    if " '" in words and not any(
        word.rstrip(".,").endswith(("'", "’")) for word in words.split(" '", 1)[1].split()
    ):
        words = words.replace(" '", " ")
    return words
