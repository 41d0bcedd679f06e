"""Small words of logs and summaries."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    return datetime.now(UTC)


def counted(number: int, noun: str) -> str:
    """`1 alert`, `2 alerts`, `2 matching`"""
    return f"{number} {noun}{'' if number == 1 or noun.endswith('ing') else 's'}"
