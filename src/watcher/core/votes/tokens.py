"""A text cut into tokens that know where they stand in it.

A token is a word, a number, a document symbol, an initialism or one mark of punctuation. Chinese and Japanese
have no spaces: there each character is a token, and what is a word is for the lexicon's longest match to say.
Nothing here knows what a word means.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from watcher.core.text import fold

_UNSPACED = r"\u3040-\u30ff\u3400-\u9fff"  # the scripts that put no spaces between words
_POINTS = r"\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"  # written over letters
_LETTER = rf"[^\W\d_{_UNSPACED}]"

_TOKEN = re.compile(
    rf"""
    [AES]/(?:[A-Za-z0-9.()-]+/)*[A-Za-z0-9.-]*\d  # a document symbol: A/ES-11/L.1, S/RES/2720
  | (?:[^\W\d_]\.){{2,}}                          # an initialism: U.N.
  | \d{{1,3}}(?:[,.\u00a0]\d{{3}})+(?!\d) | \d+       # a number: 13,000
  | \b[cdjlmnqstCDJLMNQST]['’](?=[^\W\d_])          # an elided article stands apart: l' Ukraine
  | ['’]s\b                                       # the possessive stands apart: Iran 's
  | [{_UNSPACED}]                                 # one character of a script without spaces
  | {_LETTER}+(?:[{_POINTS}]+{_LETTER}*)*(?:['’ʼ״׳"](?!s\b)(?=\w)[^\W\d_]+)*
  | \S
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """Characters [start, end) of the raw text. `word` is folded; an initialism has lost its dots."""

    raw: str
    word: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.word[:1].isalpha()

    @property
    def is_unspaced(self) -> bool:
        """Whether it is a character of a script without spaces: what touches it need not belong to it."""
        return "\u3040" <= self.word[:1] <= "\u9fff"

    def cut(self, letters: int) -> tuple[Token, Token]:
        """The token in two, the first with so many characters of the raw text."""
        first, rest, middle = self.raw[:letters], self.raw[letters:], self.start + letters
        return Token(first, _WORDS[first], self.start, middle), Token(rest, _WORDS[rest], middle, self.end)


class _Words(dict[str, str]):
    """Each spelling is folded once. News repeats itself, so the table stays small against the text it serves;
    it is emptied when a hostile text has filled it."""

    def __missing__(self, raw: str) -> str:
        if len(self) > 100_000:
            self.clear()
        word = fold(raw)
        if len(raw) > 2 and raw[1] == "." and raw[-1] == ".":
            word = word.replace(".", "")
        self[raw] = word
        return word


_WORDS = _Words()


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, with offsets into the whole text. What nobody can see is no token."""
    found = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return [Token(raw, word, *hit.span()) for hit in found if (word := _WORDS[raw := hit.group()])]
