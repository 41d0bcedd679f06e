"""What the reports of a story have said so far, kept with it: one more is heard without reading all others again.

It is a short form of the reports, and nothing that they do not say. Where one of them changes its story or is removed
it is forgotten, and made of the others when it is next asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from watcher.core.forms import vote_document, vote_of
from watcher.core.model import Tally
from watcher.core.stories.reports import Heard, Testimony, Voices
from watcher.edges.store.line import Line

_KEPT = "SELECT heard FROM story WHERE key = :key"
_FORGET = "UPDATE story SET heard = NULL WHERE id = :story"


def kept(line: Line, story: str) -> Testimony | None:
    """That of the story with this key; None where it has to be made of its reports."""
    texts = [text for (text,) in line.ask(_KEPT, key=story) if text]
    return testimony_of(texts[0]) if texts else None


def moved(line: Line, article: int, now: int | None) -> None:
    """An article is about to be put into this story: another that it was in is told otherwise from now on."""
    [(was,)] = line.ask("SELECT story_id FROM article WHERE id = :article", article=article)
    if was != now:
        line.do(_FORGET, story=was)


def text_of(testimony: Testimony) -> str:
    """As JSON, without the evidence, which stays with the articles. Who tells it is named once, and then by number."""
    outlets: dict[str, int] = {}

    def document(rank: int, voices: Voices) -> dict[str, Any]:
        said = [
            [*fact, [outlets.setdefault(name, len(outlets)) for name in names]]
            for fact, names in voices.said.items()
        ]
        counts = [[*count.triple, count.not_voting] for count in voices.counts]
        return {"rank": rank, "vote": vote_document(voices.vote), "counts": counts, "said": said}

    heard = [[document(*voices) for voices in each.voices.items()] for each in testimony.heard]
    return json.dumps({"heard": heard, "outlets": list(outlets)})


def testimony_of(text: str) -> Testimony:
    document = json.loads(text)
    outlets = document["outlets"]

    def voices(kept: Mapping[str, Any]) -> Voices:
        said = {
            (what, says): dict.fromkeys(outlets[at] for at in names) for what, says, names in kept["said"]
        }
        return Voices(vote_of(kept["vote"]), tuple(Tally(*count) for count in kept["counts"]), said)

    heard = (Heard.of({each["rank"]: voices(each) for each in voted}) for voted in document["heard"])
    return Testimony(tuple(heard))
