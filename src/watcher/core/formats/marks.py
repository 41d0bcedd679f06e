"""Which entries of a feed are known, told by their very characters, before anything is parsed.

An entry is what stands between the tags of one. Where it truly begins and ends only a parser can say: who reads what is
left of a feed compares how many entries there are, and on any doubt reads the whole.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_DIGITS = 16  # of a mark are of the entry's characters; the others of its identity
_CHANGING = re.compile(r"<((?:[a-z]+:)?(?:lastBuildDate|pubDate|updated|date|ttl))>[^<>]*</\1>|\s+")


@dataclass(frozen=True)
class Marked:
    """A feed in parts: `around[0]`, the first of its entries, `around[1]` and so on. `marks`: one for each entry.

    A mark changes when the entry does, or what stands around the entries, but for dates. It is whole, and tells also
    the identity of the entry, where the entry is known.
    """

    around: tuple[str, ...]
    entries: tuple[str, ...]
    marks: tuple[str, ...]

    @property
    def known(self) -> list[str]:
        return [mark for mark in self.marks if len(mark) > _DIGITS]

    @property
    def left(self) -> str:
        """The feed without its known entries."""
        return "".join(
            around if len(mark) > _DIGITS else around + entry
            for around, entry, mark in zip(self.around, (*self.entries, ""), (*self.marks, ""), strict=True)
        )

    def whole(self, identities: Collection[str]) -> tuple[str, ...]:
        """All marks, made whole. `identities`: of the entries that are left, in their order."""
        new: Iterator[str] = iter(map(_short, identities))
        return tuple(mark if len(mark) > _DIGITS else mark + next(new) for mark in self.marks)

    def has_another(self, identities: Collection[str]) -> bool:
        """Whether a known entry has one of these identities."""
        return not {mark[_DIGITS:] for mark in self.known}.isdisjoint(map(_short, identities))


def marked(text: str, known: Collection[str] = ()) -> Marked:
    """The parts of a feed. `known`: whole marks."""
    around, entries = _parts(text)
    salt = _hashed(_CHANGING.sub("", "".join(around)), b"").digest()
    whole = {mark[:_DIGITS]: mark for mark in known}
    marks = (_hashed(entry, salt).hexdigest() for entry in entries)
    return Marked(tuple(around), tuple(entries), tuple(whole.get(mark, mark) for mark in marks))


def _parts(text: str) -> tuple[list[str], list[str]]:
    name = "item" if "</item>" in text else "entry"
    start, end = f"<{name}>", f"</{name}>"
    *pieces, tail = text.split(end)
    around, entries = [], []
    for piece in pieces:
        before, found, inside = piece.partition(start)
        if not found:
            return [text], []  # an end without a beginning: it is too odd for us
        around.append(before)
        entries.append(start + inside + end)
    return [*around, tail], entries


def _hashed(text: str, salt: bytes) -> hashlib.blake2b:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGITS // 2, key=salt)


def _short(identity: str) -> str:
    return hashlib.blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
