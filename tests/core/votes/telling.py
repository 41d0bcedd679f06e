"""How the tests tell an article: a text, the day it was published, and its first vote."""

from __future__ import annotations

from datetime import UTC, datetime

from watcher.core.model import Article, Vote
from watcher.core.votes import read_votes

PUBLISHED = datetime(2024, 5, 16, 9, 0, tzinfo=UTC)  # a Thursday

# A sentence that opens an article in each language: the Assembly adopted a text.
ADOPTED = {
    "en": "The UN General Assembly on Wednesday adopted a resolution on glaciers.",
    "es": "La Asamblea General de la ONU aprobó el miércoles una resolución sobre glaciares.",
    "fr": "L'Assemblée générale de l'ONU a adopté mercredi une résolution sur les glaciers.",
    "de": "Die UN-Vollversammlung hat am Mittwoch eine Resolution zu Gletschern angenommen.",
    "pl": "Zgromadzenie Ogólne ONZ przyjęło w środę rezolucję w sprawie lodowców.",
    "uk": "Генеральна Асамблея ООН у середу ухвалила резолюцію про льодовики.",
    "ru": "Генеральная Ассамблея ООН в среду приняла резолюцию о ледниках.",
    "he": 'עצרת האו"ם אימצה ביום רביעי החלטה על קרחונים.',
}


def article(text: str, title: str = "", published_at: datetime | None = PUBLISHED) -> Article:
    return Article("tests", "1", title, text, seen_at=PUBLISHED, published_at=published_at)


def first_vote(text: str, title: str = "", published_at: datetime | None = PUBLISHED) -> Vote:
    votes = read_votes(article(text, title, published_at))
    assert votes, "no vote was read"
    return votes[0]
