"""Text made comparable: folding with a way back, words, sentences.

A folded text has no case, accents, soft hyphens or odd apostrophes, so that "Sa’ar", "SA'AR" and a soft-hyphenated
Zelen\u00adsky are found by the terms people type. `Folded.span` leads from the folded text back to the exact
characters of the original. Nothing here knows about rules, votes or countries.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

# One spelling for what editors, keyboards and web pages write differently.
_SAME = {
    **dict.fromkeys("’‘‛ʼʻʹʾʿ`´′＇׳", "'"),
    **dict.fromkeys("“”„‟«»″״＂", '"'),
    **dict.fromkeys("‐‑‒–—―−－־", "-"),
    **dict.fromkeys("،、﹑､", ","),
    **dict.fromkeys("「」『』《》〈〉", '"'),
    "؛": ";",
    "؟": "?",
    "ı": "i",
    "ł": "l",
    "Ł": "l",
    "ø": "o",
    "Ø": "o",
    "đ": "d",
    "Đ": "d",
    # Arabic letters that writers mix up, and the stretch between two letters. Hamza is an accent, and falls anyway.
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ک": "ك",
    "ة": "ه",
    "ـ": "",
}

_UNSEEN = frozenset(
    {"Cf", "Cc", "Cs", "Mn"}
)  # soft hyphen, bidi marks, NUL, lone surrogates, accents, niqqud …


class _Folding(dict[int, str]):
    """A table for str.translate that learns each character once; C speed from then on."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = folded = self._fold(char)
        return folded

    @staticmethod
    def _fold(char: str) -> str:
        if char in _SAME:
            return _SAME[char]
        if char.isspace():
            return " "
        if unicodedata.category(char) in _UNSEEN:
            return ""
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
        return "".join(c for c in plain if unicodedata.category(c) not in _UNSEEN).translate(_TYPOGRAPHY)


_TYPOGRAPHY = str.maketrans(_SAME)
_FOLDING = _Folding()


# Most characters of most texts are folded by lower() alone; these are not. The backtick is an apostrophe to us.
_ODD = re.compile(r"[^\x20-\x5f\x61-\x7e]+")


def fold(text: str) -> str:
    """The comparable form of a text: lower case, no accents, one kind of apostrophe, quote, dash and space."""
    if text.isascii():
        return text.translate(_FOLDING)
    return _ODD.sub(lambda odd: odd.group().translate(_FOLDING), text).lower()


def clean(text: str) -> str:
    """Plain text fit to store: NFC, no control or invisible characters, single spaces, paragraphs parted by one
    blank line. What is left of a lone surrogate or a NUL is nothing.
    """
    shown = text.replace("\n", "")
    # Most texts have nothing to drop or to compose.
    if not (shown.isprintable() and (shown.isascii() or unicodedata.is_normalized("NFC", shown))):
        text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    if "\n" not in text:
        return " ".join(text.split())
    paragraphs = (" ".join(paragraph.split()) for paragraph in _BLANK.split(text))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


_BLANK = re.compile(r"\n\s*\n")


def visible(text: str) -> str:
    """Text fit to show, on its own lines: nothing invisible, and of white space only blanks and line breaks."""
    return _ODD_SPACE.sub(" ", text.translate(_INVISIBLE))


_ODD_SPACE = re.compile(r"[^\S\n ]")


class _Invisible(dict[int, str | int]):
    """Drops control, format and surrogate characters; keeps white space, and the joiners that scripts need."""

    def __missing__(self, code: int) -> str | int:
        char = chr(code)
        drop = unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} and not char.isspace()
        self[code] = "" if drop and char not in "\u200c\u200d" else code
        return self[code]


_INVISIBLE = _Invisible()

# Chinese and Japanese part no words: there two characters are counted as one, the length of most.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{1,2}|[^\W\u3040-\u30ff\u3400-\u9fff]+(?:['.&]\w+)*")

# A full stop ends a sentence only where what follows looks like a beginning, and what stands before it is neither
# an initial nor an abbreviation. Folding has not happened: capitals are needed here.
# Possessive and fenced by a look behind: a line of a million dots is read once, not a million times.
_END = re.compile(
    r"""(?<![.!?…؟])[.!?…؟]++["'”’»)\]]*+(?=\s++["'“‘«(\[]*+\w)|[。！？]++[”’」』）)]*+|\n\n++"""
)
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}$")  # "am 11. Juli": German puts a point behind the day
_MONTH = re.compile(
    r"\s(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)
_NEXT = re.compile(r"\s*+(.)", re.DOTALL)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“\"'])(?:[A-Z]|[A-Z](?:\.[A-Z])+|Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sgt|Capt|Adm|Sen|Rep|Gov|Pres|"
    r"Amb|Min|Hon|Rev|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No|Nos|Art|vs|etc|e\.g|i\.e|approx|Inc|Ltd|"
    r"Co|Corp|Jr|Sr|Rs|"
    # Of other languages, so far as they stand before a name: "m.in. Chiny", "u. a. China", "в т.ч. Китай".
    r"m\. ?in|np|tzw|ds|gen|płk|min|amb|prof|dr|u\. ?a|z\. ?B|d\. ?h|bzw|Nr|Hr|Fr|p\. ?ej|Sra|Dra|Mme|MM|"
    r"в т\. ?ч|т\. ?е|т\. ?н|г|гг|им|ст|св|ген|проф|зокр|напр|ім|м)$"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as spans [start, end), in order, without the white space around them.

    A blank line always ends a sentence. "U.S. Secretary", "Gen. Budanov" and "107.5" do not.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        if end.group()[0] in ".!?…؟" and _goes_on(text, start, end):
            continue
        _add(spans, text, start, end.end())
        start = end.end()
    _add(spans, text, start, len(text))
    return spans


def _goes_on(text: str, start: int, mark: re.Match[str]) -> bool:
    """Whether a mark does not end the sentence that began at `start`: an abbreviation, or a small letter follows."""
    following = _NEXT.match(text, mark.end())
    if following and following[1].islower():
        return True
    before = text[max(start, mark.start() - 12) : mark.start()]
    if _ORDINAL.search(before) and _MONTH.match(text, mark.end()):
        return True
    return mark.group() == "." and _ABBREVIATION.search(before) is not None


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = end - len(piece) + len(piece.rstrip())
    if left < right:
        spans.append((left, right))


def shorten(text: str, most: int) -> str:
    """The text, cut at a word where it is longer than `most` characters, with an ellipsis for what is gone.

    Where no word ends in its second half, as in Chinese, it is cut as it stands.
    """
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    whole = cut.rpartition(" ")[0]
    return (whole if 2 * len(whole) >= len(cut) else cut).rstrip(" ,;:–—-") + "…"


@dataclass(frozen=True)
class Folded:
    """A text and its folded form. The expensive views are made when first asked for, and kept."""

    raw: str

    @cached_property
    def folded(self) -> str:
        return fold(self.raw)

    @cached_property
    def _anchors(self) -> tuple[list[int], list[int]]:
        """Where the folded text falls out of step with the raw one: folded positions, and the raw ones they come from.

        Between two anchors the texts run in step: few characters fold into none or several, so that this is short.
        """
        folded, raw = [0], [0]
        if self.raw.isascii() and len(self.raw) == len(self.folded):
            return folded, raw
        widths = {char: width for char in set(self.raw) if (width := len(_FOLDING[ord(char)])) != 1}
        longer = 0
        for odd in re.finditer(f"[{re.escape(''.join(widths))}]", self.raw) if widths else ():
            at, width = odd.start(), widths[odd.group()]
            folded += [at + longer + extra for extra in range(width)]
            raw += [at] * width
            longer += width - 1
            folded.append(at + 1 + longer)
            raw.append(at + 1)
        return folded, raw

    def _origin(self, position: int) -> int:
        folded, raw = self._anchors
        anchor = bisect.bisect_right(folded, position) - 1
        return raw[anchor] + position - folded[anchor]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the raw text that the folded span [start, end) came from; `start < end`."""
        return self._origin(start), self._origin(end - 1) + 1

    @cached_property
    def word_starts(self) -> list[int]:
        """Where each word begins in the folded text."""
        return [word.start() for word in _WORD.finditer(self.folded)]

    def word_at(self, position: int) -> int:
        """The number of the word that holds this position of the folded text; the first is 0."""
        return bisect.bisect_right(self.word_starts, position) - 1

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where each sentence begins in the raw text."""
        return [start for start, _ in sentences(self.raw)]

    @cached_property
    def paragraph_starts(self) -> list[int]:
        """Where each paragraph begins in the raw text."""
        return [0, *(gap.end() for gap in re.finditer(r"\n\n+", self.raw))]

    def paragraph_at(self, raw_position: int) -> int:
        """The number of the paragraph that holds this position of the raw text; the first is 0."""
        return bisect.bisect_right(self.paragraph_starts, raw_position) - 1

    def sentence_at(self, raw_position: int) -> int:
        """The number of the sentence that holds this position of the raw text; the first is 0."""
        return max(0, bisect.bisect_right(self.sentence_starts, raw_position) - 1)
