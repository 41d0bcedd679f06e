"""What a robots.txt says to us: may we have this address, and how long are we to wait between two.

By RFC 9309, as protego reads it. Like everything that strangers send it is read in `edges.sandbox`: a few hundred
KiB of it can be written so that a parser needs minutes.
"""

from __future__ import annotations

from dataclasses import dataclass

AGENT = "watcher"  # the product token of RFC 9309, by which a robots.txt may name us


@dataclass(frozen=True, slots=True)
class Permission:
    """`pause`: the seconds that the site wants between two requests; 0.0 where it says nothing."""

    allowed: bool
    pause: float = 0.0


def permission(robots: bytes, url: str) -> Permission:
    """What this robots.txt says to `AGENT` of an address. What cannot be read in it forbids nothing."""
    from protego import Protego  # here, for the parent process needs none of it

    rules = Protego.parse(robots.decode("utf-8-sig", "replace"))
    return Permission(rules.can_fetch(url, AGENT), rules.crawl_delay(AGENT) or 0.0)
