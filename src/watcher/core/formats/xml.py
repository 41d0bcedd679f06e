"""XML as servers send it, mended before a parser sees it: one bad character must not cost all the entries.

Encoding, character references, characters that XML forbids, an end that is missing. It does not parse, and it keeps
its hands off what is merely ugly.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from html.entities import html5

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Without a mark, the first "<" shows the width of the characters.
_FIRST = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
# Names that are used for their supersets; browsers read them so, too (WHATWG Encoding).
_MEANT = {
    name: codec
    for codec, names in (
        ("cp1252", "iso-8859-1 latin-1 latin1 us-ascii ascii"),
        ("cp1254", "iso-8859-9"),
        ("iso-8859-8", "iso-8859-8-i logical"),
        ("cp874", "tis-620 iso-8859-11"),
        ("gb18030", "gb2312 gbk x-gbk"),
        ("big5hkscs", "big5 x-x-big5"),
        ("cp932", "shift_jis x-sjis windows-31j"),
        ("euc_jp", "x-euc-jp"),
        ("cp949", "euc-kr ks_c_5601-1987 windows-949"),
        ("mac_roman", "macintosh x-mac-roman"),
        ("mac_cyrillic", "x-mac-cyrillic"),
    )
    for name in names.split()
}

# Escape sequences make text of ASCII bytes here, so that valid UTF-8 proves nothing.
_STATEFUL = frozenset({"iso-2022-jp", "iso-2022-kr", "hz-gb-2312", "utf-7"})

# Python's own, which no server means.
_NO_CHARSETS = frozenset(
    {"unicode_escape", "raw_unicode_escape", "unicode-escape", "raw-unicode-escape", "punycode", "idna"}
)

_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']""")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]+)|([0-9]+));(?:&#(?:x([0-9a-fA-F]+)|([0-9]+));)?")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")

_ROOT = re.compile(r"<((?:\w+:)?(?:rss|feed|RDF))\b[^<>]*>")
# Atomic and possessive: a server's junk must not set it trying every way to divide a thousand comments.
_PROLOGUE = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+", re.DOTALL | re.IGNORECASE
)
_ENTRY_START = re.compile(r"<(?:\w+:)?(?:item|entry)\b")
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
_NEAR = 5_000  # characters from either end in which root tags are looked for


@dataclass(frozen=True)
class Document:
    """`text`: without XML declaration. `damage`: what was lost on the way, in words; None for nothing."""

    text: str
    damage: str | None


def mend(body: bytes, content_type: str) -> Document:
    """The text of a feed's XML, fit for a parser. Never raises; what is no feed comes out much as it is."""
    return mended(*decode(body, content_type))


def mended(text: str, lost: str | None) -> Document:
    """The same, of what was decoded. `lost`: what is doubtful about that."""
    text = _DECLARATION.sub("", text, count=1)
    if not text.replace("\n", "").isprintable():  # as most are, and to ask takes a part of the time
        text = _FORBIDDEN.sub("", text)
    text = _NAMED.sub(_spelled_out, _REFERENCE.sub(_checked, text))
    text, cut = _bounded(text)
    return Document(text, "; ".join(filter(None, (cut, lost))) or None)


def decode(body: bytes, content_type: str) -> tuple[str, str | None]:
    """The text of the bytes, and what is doubtful about it.

    Bytes that are valid UTF-8 are UTF-8, whatever header and declaration claim: other text is so only by a miracle.
    Else the byte order mark, the header, the declaration, in this order (RFC 7303 section 3), and at last cp1252.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _damaged(body[len(mark) :], encoding)
    for start, encoding in _FIRST:
        if body.startswith(start):
            return _damaged(body, encoding)
    encodings = _claimed(body, content_type)
    if not _STATEFUL.intersection(encodings):
        encodings.insert(0, "utf-8")
    for encoding in encodings:
        try:
            return body.decode(encoding), None
        except (LookupError, ValueError):  # an encoding that does not exist, or that the bytes are not in
            continue
    return _damaged(body, "utf-8" if _mostly_utf8(body) else "cp1252")


def _claimed(body: bytes, content_type: str) -> list[str]:
    header, declaration = _CHARSET.search(content_type), _DECLARED.match(body)
    names = [header[1] if header else "", declaration[1].decode() if declaration else ""]
    return [_MEANT.get(name, name) for name in map(str.lower, names) if name and name not in _NO_CHARSETS]


def _damaged(body: bytes, encoding: str) -> tuple[str, str | None]:
    text = body.decode(encoding, "replace")
    broken = text.count("\ufffd")
    return text, f"characters that are not {encoding} and were lost: {broken}" if broken else None


def _mostly_utf8(body: bytes) -> bool:
    """Whether a few bytes are wrong in what is UTF-8 otherwise: a body cut inside a character, a pasted quote."""
    text = body.decode("utf-8", "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") * 10 <= beyond_ascii


def _checked(reference: re.Match[str]) -> str:
    """One or two character references, made good: halves of a surrogate pair joined, impossible ones dropped."""
    first, second = _code(reference[1], reference[2]), _code(reference[3], reference[4])
    if second is not None and 0xD800 <= (first or 0) < 0xDC00 <= second < 0xE000:
        return chr(0x10000 + ((first or 0) - 0xD800) * 0x400 + second - 0xDC00)
    return "".join(f"&#{code};" for code in (first, second) if code is not None and _allowed(code))


def _code(in_hex: str | None, in_decimal: str | None) -> int | None:
    digits = in_hex or in_decimal
    if digits is None:
        return None
    return int(digits, 16 if in_hex else 10) if len(digits) <= 10 else -1


def _allowed(code: int) -> bool:
    return 0 <= code <= 0x10FFFF and not _FORBIDDEN.match(chr(code))


def _spelled_out(entity: re.Match[str]) -> str:
    """&nbsp; and its like are HTML's: XML does not know them, and stops there. Its own five stay as they are."""
    characters = html5.get(entity[1] + ";", "")
    return characters if characters and not set(characters) & set("<>&\"'") else entity[0]


def _bounded(text: str) -> tuple[str, str | None]:
    """The document from its root tag to the end of it: without what a broken server says before and after.

    One that broke off is closed after its last whole entry; half an entry is worse than none, for it would be taken
    for the whole one for ever.
    """
    root = _ROOT.search(text[:_NEAR])
    if not root or root[0].endswith("/>"):
        return text, None
    if _PROLOGUE.fullmatch(text[: root.start()]) is None:
        text = text[root.start() :]
    prefix, _, name = root[1].rpartition(":")
    if (
        name == "rss"
    ):  # it has no namespace: whatever the prefix is bound to, if it is, the bare names are meant
        text = re.sub(rf"(</?){prefix or 'rss'}:(?=[A-Za-z])", r"\1", text)
    else:
        name = root[1]
    ends = list(re.finditer(rf"</{name}\s*>", text[-_NEAR:]))
    if ends:
        return text[: len(text) - len(text[-_NEAR:]) + ends[-1].end()], None
    return _closed(text, name)


def _closed(text: str, root: str) -> tuple[str, str | None]:
    end = max((entry.end() for entry in _ENTRY_END.finditer(text)), default=0)
    half = _ENTRY_START.search(text, end)
    is_rss = root.lower().endswith("rss")
    if is_rss and not half and "</channel>" in text[end:]:
        return f"{text}</{root}>", None  # nothing is missing but the last tag
    end = end or (half.start() if half else len(text))
    return f"{text[:end]}{'</channel>' if is_rss else ''}</{root}>", "it breaks off before its end"
