"""Codes of languages, "en", "uk" or "zh-Hant", as feeds state them.

Only their shape is looked at, and what people often write in their place. Source: BCP 47 (RFC 5646, section 2.1).
"""

from __future__ import annotations

import re
from typing import Final

from watcher.config.wording import quoted

FIX: Final = 'write a code such as "en", "uk" or "pt-BR"'
CODE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

_MEANT: Final = {  # names, and codes of countries that are no language's
    "arabic": "ar",
    "chinese": "zh",
    "cn": "zh",
    "czech": "cs",
    "cz": "cs",
    "english": "en",
    "french": "fr",
    "gb": "en",
    "german": "de",
    "hebrew": "he",
    "il": "he",
    "japanese": "ja",
    "jp": "ja",
    "polish": "pl",
    "russian": "ru",
    "spanish": "es",
    "ua": "uk",
    "ukrainian": "uk",
    "us": "en",
}


def refusal(code: str) -> tuple[str, str] | None:
    """What is wrong with `code` as the code of a language, and the fix; None if nothing is."""
    meant = _MEANT.get(code.lower()) or code.replace("_", "-")
    if meant == code and CODE.fullmatch(code):
        return None
    fix = f"did you mean {quoted(meant)}?" if CODE.fullmatch(meant) else FIX
    return f"{quoted(code)} is not the code of a language", fix
