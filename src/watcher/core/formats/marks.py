"""Which entries of a feed are known, told by their very characters, before anything is parsed.

An entry is what stands between the tags of one. Where it truly begins and ends only a parser can say: who reads what is
left of a feed compares how many entries there are, and on any doubt reads the whole.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

_DIGITS = 16  # of a mark are of the entry's characters; the others of its identity
_CHANGING = re.compile(r"<((?:[a-z]+:)?(?:lastBuildDate|pubDate|updated|date|ttl))>[^<>]*</\1>|\s+")


@dataclass(frozen=True)
class Marked:
    """A feed in parts: `around[0]`, what is in the first of its entries, `around[1]` and so on. `marks`: one for each
    entry. `name`: of the element that an entry is.

    A mark changes when the entry does, or what stands around the entries, but for dates. It is whole, and tells also
    the identity of the entry, where the entry is known.
    """

    name: str
    around: tuple[str, ...]
    entries: tuple[str, ...]
    marks: tuple[str, ...]

    @cached_property
    def known(self) -> list[str]:
        return [mark for mark in self.marks if len(mark) > _DIGITS]

    @property
    def left(self) -> str:
        """The feed without its known entries."""
        pieces = [self.around[0]]
        for entry, mark, around in zip(self.entries, self.marks, self.around[1:], strict=True):
            if len(mark) == _DIGITS:
                pieces.append(f"<{self.name}>{entry}</{self.name}>")
            pieces.append(around)
        return "".join(pieces)

    def whole(self, identities: Collection[str]) -> tuple[str, ...]:
        """All marks, made whole. `identities`: of the entries that are left, in their order."""
        new: Iterator[str] = iter(map(_short, identities))
        return tuple(mark if len(mark) > _DIGITS else mark + next(new) for mark in self.marks)

    def has_another(self, identities: Collection[str]) -> bool:
        """Whether a known entry has one of these identities."""
        return not {mark[_DIGITS:] for mark in self.known}.isdisjoint(map(_short, identities))


def marked(text: str, known: Collection[str] = ()) -> Marked:
    """The parts of a feed. `known`: whole marks."""
    name = "item" if "</item>" in text else "entry"
    around, entries = _parts(text, f"<{name}>", f"</{name}>")
    salt = hashlib.blake2b(_bytes(_CHANGING.sub("", "".join(around)))).digest()
    salted = hashlib.blake2b(salt, digest_size=_DIGITS // 2)
    whole = {mark[:_DIGITS]: mark for mark in known}
    marks = (_hashed(entry, salted) for entry in entries)
    return Marked(name, tuple(around), tuple(entries), tuple(whole.get(mark, mark) for mark in marks))


def _parts(text: str, start: str, end: str) -> tuple[list[str], list[str]]:
    """What is around entries, and what is in them."""
    *pieces, tail = text.split(end)
    around, entries = [], []
    for piece in pieces:
        before, found, inside = piece.partition(start)
        if not found:
            return [text], []  # an end without a beginning: it is too odd for us
        around.append(before)
        entries.append(inside)
    return [*around, tail], entries


def _hashed(text: str, salted: hashlib.blake2b) -> str:
    hashed = salted.copy()
    hashed.update(_bytes(text))
    return hashed.hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _short(identity: str) -> str:
    return hashlib.blake2b(_bytes(identity), digest_size=4).hexdigest()
