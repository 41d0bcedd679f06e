"""The kinds of values in config.toml: a line of text, a duration, a url, a word from a list.

Each is a pydantic type that refuses a wrong value with the two sentences its author needs: what is wrong, and the
fix. A value is judged here by itself; what it refers to is judged in checks.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from watcher.config import durations, languages
from watcher.config.wording import as_toml, closest, country_meant, did_you_mean, kind, listed, quoted
from watcher.core.alerts.routing import Occasion
from watcher.core.countries import canonical
from watcher.core.messages.wording import BODIES
from watcher.core.model import Outcome, Position, Severity

REFUSED: Final = "refused"  # the type of an error whose context holds `what` and `fix`, ready to be shown


def refused(what: str, fix: str) -> PydanticCustomError:
    return PydanticCustomError(REFUSED, "{what}", {"what": what, "fix": fix})


def _words(value: object) -> str:
    if not isinstance(value, str):
        fix = "put it in quotes" if isinstance(value, int | float) else 'write text in quotes: "…"'
        raise refused(f"must be text, not {kind(value)}", fix)
    if not value.strip():
        raise refused("is empty", "write something between the quotes")
    return value


def line(value: object) -> str:
    text = _words(value)
    if any(unicodedata.category(character) in {"Cc", "Zl", "Zp"} for character in text):
        fix = "keep it on one line; a backslash is written twice"
        raise refused("holds a line break or another control character", fix)
    return text


def _prose(value: object) -> str:
    """Text, on as many lines as it needs."""
    text = _words(value)
    if any(unicodedata.category(character) == "Cc" for character in text if character not in "\t\r\n"):
        raise refused("holds a control character", "remove it; a backslash is written twice")
    return text


def item(value: object) -> str:
    """An item of a list that is no group: text."""
    if not isinstance(value, str | int | float):
        fix = 'write text in quotes, or a group: { any = ["…"] }'
        raise refused(f"must be text or a group, not {kind(value)}", fix)
    return line(value)


def _setting(value: object) -> str:
    """Text in which a `${NAME}` would be taken literally, though its author expects otherwise."""
    text = line(value)
    if "${" in text:
        fix = "write it out; ${NAME} is replaced only in the url of a receiver"
        raise refused("cannot hold a ${NAME}", fix)
    return text


def _path(value: object) -> str:
    text = _setting(value)
    if "://" in text:
        raise refused("is a url, not a path", 'write a path such as "watcher.db" or "/srv/news"')
    if text.startswith("~"):
        raise refused('begins with "~", which only a shell understands', 'write the path from "/" on')
    return text


def _listen(value: object) -> str:
    """Monitors give no password, so nobody but this machine may ask."""
    text = _setting(value)
    example = 'write "127.0.0.1:9188", or "unix:/run/watcher/http.sock"'
    if text.startswith("unix:"):
        if not text.startswith("unix:/"):
            raise refused("names a socket without its whole path", example)
        return text
    found = _HOST_PORT.fullmatch(text)
    if not found or not 0 < int(found[2]) < 65536:
        raise refused(f"{quoted(text)} is no address and port", example)
    if found[1] not in _LOOPBACK:
        fix = f"{example}; a web server in front of it can let others in"
        raise refused(f"{found[1]} is not this machine alone, and everybody could look in", fix)
    return text


def _contact(value: object) -> str:
    text = _setting(value)
    if not text.isascii():  # it is sent in a header of each request
        raise refused("may hold plain ASCII characters only", "write an e-mail address or a url")
    return text


def _feed_url(value: object) -> str:
    """No message quotes it: it may hold a password that should not be there."""
    text = _setting(value)
    example = 'write it whole, such as "https://example.org/feed.xml"'
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise refused("is not a url", example) from error
    if parts.scheme.lower() not in {"http", "https"}:
        raise refused("is not an http or https url", example)
    if not host or " " in text:
        raise refused("is not a url", example)
    if "@" in parts.netloc:
        fix = "remove what stands before the @"
        raise refused("holds a user or password, which would be stored and logged", fix)
    return text


def _duration(shortest: str, longest: str) -> Callable[[object], timedelta]:
    least, most = durations.parse(shortest), durations.parse(longest)

    def read(value: object) -> timedelta:
        if isinstance(value, timedelta):  # a default
            return value
        if not isinstance(value, str):
            seconds = type(value) is int and value > 0
            fix = f'write "{value}s" for seconds, or "15m", "2h", "1d"' if seconds else durations.FIX
            raise refused(f"must be a duration in quotes, not {kind(value)}", fix)
        try:
            duration = durations.parse(value)
        except ValueError as error:
            raise refused(str(error), durations.FIX) from error
        if not least <= duration <= most:
            shown = quoted(value)
            what = f"{shown} is too short" if duration < least else f"{shown} is too long"
            raise refused(what, f"write a duration from {shortest} to {longest}")
        return duration

    return read


_HOST_PORT: Final = re.compile(r"(\[[0-9a-f:]+\]|[^:]+):(\d{1,5})")
_LOOPBACK: Final = frozenset({"127.0.0.1", "[::1]", "localhost"})
_CALLED: Final = {  # what people call things of which there are only a few
    "approved": "adopted",
    "passed": "adopted",
    "defeated": "rejected",
    "failed": "rejected",
    "blocked": "vetoed",
    "for": "in_favour",
    "yes": "in_favour",
    "no": "against",
    "new": "first",
}


def _one_of(*words: str) -> Callable[[object], str]:
    choices = f"write {listed([as_toml(word) for word in words])}"

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise refused(f"must be text, not {kind(value)}", choices)
        if value not in words:
            meant = _CALLED.get(value.lower())
            fix = did_you_mean(meant if meant in words else value, words, choices)
            raise refused(f"{quoted(value)} is not known here", fix)
        return value

    return read


_CODES: Final = {**{code: code for code in BODIES}, **{name: code for code, name in BODIES.items()}}


def _body(value: object) -> str:
    """A code; the name of a body is understood as well enough to be told its code."""
    text = line(value)
    if text not in BODIES:
        meant = closest(text, _CODES)
        fix = f"did you mean {quoted(_CODES[meant])}?" if meant else f"write {listed(map(as_toml, BODIES))}"
        raise refused(f"{quoted(text)} is not the code of a UN body that votes", fix)
    return text


def _country(value: object) -> str:
    """The canonical name of a country that is called by any of its names, in any language."""
    text = line(value)
    name = canonical(text)
    if name is None:
        raise refused(f"{quoted(text)} is not a country that votes", country_meant(text))
    return name


def _one_or_more(read: Callable[[object], str]) -> Callable[[object], object]:
    """A list of words, or a word by itself, which stands for a list of one."""
    return lambda value: value if isinstance(value, list | tuple) else (read(value),)


def _near(value: object) -> object:
    units = ("sentence", "paragraph", "title")
    if isinstance(value, str):
        if value.isdecimal():
            raise refused("must be a number without quotes", f"write near = {value}")
        return _one_of(*units)(value)
    if isinstance(value, bool) or not isinstance(value, int):
        fix = f"write a number such as 40, or {listed([as_toml(unit) for unit in units])}"
        raise refused(f"must be a number of words or a unit, not {kind(value)}", fix)
    if value < 0:
        raise refused(
            f"{value} is below zero", "write the most words that may stand between the hits, such as 40"
        )
    return value


def _whole(value: object, example: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise refused(f"must be a whole number, not {kind(value)}", f"write a number such as {example}")
    return value


def _count(value: object) -> int:
    number = _whole(value, "2")
    if number < 1:
        raise refused(f"{number} would ask for nothing", "write 1 or more")
    return number


def _weight(value: object) -> int:
    number = _whole(value, "4 or -8")
    if number == 0:
        raise refused("0 adds nothing", "write what finding it adds, or takes, such as 4 or -8")
    return number


def _number(value: object) -> int:
    return _whole(value, "10")


def _language(value: object) -> str:
    text = line(value)
    wrong = languages.refusal(text)
    if wrong:
        raise refused(*wrong)
    return text


def _shown(**shape: object) -> WithJsonSchema:
    """What an editor is told of a type: no stricter than what reads it."""
    return WithJsonSchema(shape)


def _some_of(words: Iterable[str]) -> WithJsonSchema:
    one = {"type": "string", "enum": list(words)}
    return _shown(anyOf=[one, {"type": "array", "items": one, "minItems": 1}])


_LINE: Final = _shown(type="string", minLength=1)
_WRITTEN: Final = _shown(type="string", pattern="^[0-9]{1,12}[smhd]$")
_DISTANCE: Final = _shown(
    anyOf=[{"type": "integer", "minimum": 0}, {"type": "string", "enum": ["sentence", "paragraph", "title"]}]
)

_outcome, _position = _one_of(*Outcome), _one_of(*Position)
_severity, _occasion = _one_of(*Severity), _one_of(*Occasion)
_OutcomeName = Annotated[str, BeforeValidator(_outcome)]
_SeverityWord = Annotated[str, BeforeValidator(_severity)]
_OccasionName = Annotated[str, BeforeValidator(_occasion)]
_PositionName = Annotated[str, BeforeValidator(_position)]

Text = Annotated[str, BeforeValidator(line), _LINE]
Prose = Annotated[str, BeforeValidator(_prose), _LINE]
Path = Annotated[str, BeforeValidator(_path), _LINE]
Listen = Annotated[str, BeforeValidator(_listen), _LINE]
Contact = Annotated[str, BeforeValidator(_contact), _LINE]
FeedUrl = Annotated[
    str, BeforeValidator(_feed_url), _shown(type="string", pattern="^[Hh][Tt][Tt][Pp][Ss]?://[^ ]+$")
]
Interval = Annotated[timedelta, BeforeValidator(_duration("30s", "30d")), _WRITTEN]
Patience = Annotated[timedelta, BeforeValidator(_duration("1s", "5m")), _WRITTEN]
Age = Annotated[timedelta, BeforeValidator(_duration("1m", "36500d")), _WRITTEN]
Keeping = Annotated[timedelta, BeforeValidator(_duration("1d", "36500d")), _WRITTEN]
FirstAge = Annotated[timedelta, BeforeValidator(_duration("0s", "36500d")), _WRITTEN]
SeverityName = Annotated[Literal["low", "medium", "high"], BeforeValidator(_one_of("low", "medium", "high"))]
Severities = Annotated[
    tuple[_SeverityWord, ...], BeforeValidator(_one_or_more(_severity)), _some_of(Severity)
]
Occasions = Annotated[tuple[_OccasionName, ...], BeforeValidator(_one_or_more(_occasion)), _some_of(Occasion)]
Field = Annotated[Literal["title", "text"], BeforeValidator(_one_of("title", "text"))]
Event = Annotated[Literal["un-vote"], BeforeValidator(_one_of("un-vote"))]
Body = Annotated[str, BeforeValidator(_body), _shown(type="string", enum=[*BODIES])]
Country = Annotated[str, BeforeValidator(_country), _LINE]
Outcomes = Annotated[tuple[_OutcomeName, ...], BeforeValidator(_one_or_more(_outcome)), _some_of(Outcome)]
Positions = Annotated[tuple[_PositionName, ...], BeforeValidator(_one_or_more(_position)), _some_of(Position)]
Near = Annotated[int | Literal["sentence", "paragraph", "title"], BeforeValidator(_near), _DISTANCE]
Number = Annotated[int, BeforeValidator(_number), _shown(type="integer")]
Count = Annotated[int, BeforeValidator(_count), _shown(type="integer", minimum=1)]
Weight = Annotated[int, BeforeValidator(_weight), WithJsonSchema({"type": "integer", "not": {"const": 0}})]
Language = Annotated[
    str, BeforeValidator(_language), _shown(type="string", pattern=f"^{languages.CODE.pattern}$")
]
