"""Templates: a rule's alerts in words of the user's own.

A template is Jinja2, in a sandbox; what a source wrote is data in it, never template. It is tried on samples before it
is used, so that a mistake is found when the config is read; one that fails all the same costs no alert: that goes out
in the words it has without a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from watcher.core.alerts.deciding import Kind
from watcher.core.developments import developments
from watcher.core.formats.html import one_line
from watcher.core.forms import vote_document
from watcher.core.messages import LONGEST_SUBJECT, Message, foot, letter, plain
from watcher.core.messages.sample import Sample, sample_alert
from watcher.core.messages.troubles import failed_template
from watcher.core.messages.wording import Alert, body_name, message, news, roll_call, vote_sentence
from watcher.core.model import Vote
from watcher.core.text import shorten, visible

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

SUBJECT: Final = "subject.txt"
TEXT: Final = "message.txt"
HTML: Final = "message.html"
FILES: Final = (SUBJECT, TEXT, HTML)

LONGEST: Final = 200_000  # characters that a template may come to

_CALLED = {Kind.NEW: "first", Kind.UPDATE: "update", Kind.CORRECTION: "correction"}


class TemplateError(Exception):
    """A template that cannot be used. `file`: one of FILES. `line`: where in it, as far as that is known."""

    def __init__(self, file: str, line: int | None, what: str, fix: str) -> None:
        super().__init__(what)
        self.file, self.line, self.what, self.fix = file, line, what, fix


class Template:
    """The template of a rule, compiled. `files`: name, one of FILES -> content. What is not there stays as it is."""

    def __init__(self, files: Mapping[str, str]) -> None:
        """Raises TemplateError where it could never be used."""
        self._files = tuple(files)
        self._environment = _environment(files)
        for name in files:
            self._compile(name, files[name])

    def message(self, alert: Alert) -> Message:
        """The alert in the words of the template. Raises TemplateError."""
        told = message(alert)
        facts = _facts(alert, told)
        made = {name: self._rendered(name, facts) for name in self._files}
        if SUBJECT in made:
            told = replace(told, subject=shorten(plain.line(made[SUBJECT]), LONGEST_SUBJECT) or told.subject)
        if TEXT in made:
            text = _named(plain.inert(made[TEXT]).strip(), told, "\n\n", foot(told.severity, told.key))
            told = replace(told, text=text, html=letter.of_text(text), slack=())
        if HTML in made:
            last = letter.of_text(foot(told.severity, told.key))
            told = replace(told, html=_named(visible(made[HTML]).strip(), told, "\n", last))
        return told

    def try_out(self, *, votes_only: bool) -> None:
        """Raises TemplateError where it fails on what may well come. `votes_only`: its rule tells nothing but votes."""
        for alert in _trials(votes_only=votes_only):
            self.message(alert)

    def _compile(self, name: str, source: str) -> None:
        from jinja2 import TemplateSyntaxError

        try:
            self._environment.parse(source, name)
            self._environment.get_template(name)
        except TemplateSyntaxError as error:
            fix = "compare it with the examples in docs/templates.md"
            raise TemplateError(name, error.lineno, _sentence(error.message or ""), fix) from error

    def _rendered(self, name: str, facts: Mapping[str, Any]) -> str:
        try:
            made = self._environment.get_template(name).render(facts)
        except Exception as error:  # whatever a user may have written
            what = _sentence(str(error) or type(error).__name__)
            raise TemplateError(name, _line(error.__traceback__), what, _fix(what)) from error
        if len(made) > LONGEST:
            raise TemplateError(name, None, f"it comes to {len(made):,} characters", "let it say less")
        return made


@dataclass(frozen=True, slots=True)
class Templates:
    """Rule id -> its template, for the rules that have one."""

    by_rule: Mapping[str, Template]

    def told(self, alert: Alert) -> tuple[Message, Message | None]:
        """The alert in words; and a trouble for the operator, where its template failed. An alert of several rules is
        told in the words of the first that has a template.
        """
        rule = next((match.rule_id for match in alert.matches if match.rule_id in self.by_rule), None)
        if rule is None:
            return message(alert), None
        try:
            return self.by_rule[rule].message(alert), None
        except TemplateError as error:
            return message(alert), failed_template(rule, error.file, error.line, error.what, alert.key)


NO_TEMPLATES = Templates({})


def _environment(files: Mapping[str, str]) -> SandboxedEnvironment:
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=DictLoader(dict(files)),
        undefined=StrictUndefined,
        autoescape=lambda name: name == HTML,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _facts(alert: Alert, told: Message) -> dict[str, Any]:
    """What a template can say, as plain data: docs/templates.md names all of it."""
    from markupsafe import Markup

    votes = [_vote(vote) for vote in alert.votes]
    article = alert.article
    return {
        "key": alert.key,
        "kind": _CALLED[alert.kind],
        "severity": alert.severity.value,
        "subject": told.subject,
        "text": told.text,
        "html": Markup(told.html),  # ours, and inert
        "article": {
            "title": article.title,
            "text": article.text,
            "url": article.url,
            "source": article.source,
            "published_at": article.published_at,
        },
        "vote": votes[0] if votes else None,
        "votes": votes,
        "changes": list(news(alert.changes)),
        "shifts": [str(shift) for shift in alert.shifts],
        "rules": [
            {
                "id": match.rule_id,
                "name": match.rule_name,
                "found": list(dict.fromkeys(evidence.words(article) for evidence in match.evidence)),
                "quotes": [each.quote for each in developments(article, match)],
            }
            for match in alert.matches
        ],
        "reason": alert.reason,
    }


def _vote(vote: Vote) -> dict[str, Any]:
    document = vote_document(vote)
    del document["evidence"], document["not_voting"]
    return {
        **document,
        "date": vote.date,
        "body_name": body_name(vote.body),
        "tally": str(vote.tally) if vote.tally.known else None,
        "positions": {country: position.words for country, position in vote.positions.items()},
        "roll_call": list(roll_call(vote)),
        "sentence": vote_sentence(vote),
        "disputes": [str(dispute) for dispute in vote.disputes],
    }


def _trials(*, votes_only: bool) -> Iterator[Alert]:
    """What may come: votes of which all is known, votes of which nothing is, and articles without any."""
    now, key = datetime(2026, 11, 20, 15, 4, tzinfo=UTC), "0123456789ab"
    kinds = (Sample.FIRST, Sample.UPDATE, Sample.CORRECTION)
    yield from (sample_alert(kind, key, now) for kind in kinds)
    whole = sample_alert(Sample.FIRST, key, now)
    bare = replace(whole, article=replace(whole.article, url=None, published_at=None, text=""), changes=())
    unread = tuple(replace(match, evidence=()) for match in bare.matches)
    yield replace(bare, votes=(Vote(),), matches=unread)
    if not votes_only:
        yield replace(bare, votes=(), matches=unread)


def _named(text: str, told: Message, between: str, last: str) -> str:
    """With a last line that names the alert, unless it is named already."""
    return text if told.key in text else f"{text}{between}{last}"


def _line(traceback: TracebackType | None) -> int | None:
    """Of the template, where the error came about: Jinja2 has its frames say so."""
    found = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            found = traceback.tb_lineno
        traceback = traceback.tb_next
    return found


def _sentence(said: str) -> str:
    """What Jinja2 says of a mistake, without its own names of things."""
    said = (
        one_line(said)
        .replace("'dict object' has", "there is")
        .replace("'None' has", "nothing is known here that has")
    )
    return re.sub(r"there is no attribute '(.*?)'", r"there is no “\1”", said).rstrip(".")


def _fix(what: str) -> str:
    named = re.findall(r"[“'](\w+)[”']", what)
    close = get_close_matches(named[-1], _NAMES, 1) if named else []
    if close and close[0] != named[-1]:
        return f"did you mean {close[0]}?"
    if "nothing is known" in what or "None" in what:
        return "ask first whether it is known: {% if … %} … {% endif %}"
    return "docs/templates.md has all names that a template can use"


_NAMES: Sequence[str] = (
    "key", "kind", "severity", "subject", "text", "html", "article", "title", "url", "source", "published_at", "vote",
    "votes", "changes", "shifts", "rules", "id", "name", "found", "quotes", "reason", "body", "body_name", "stage",
    "outcome", "tally", "in_favour", "against", "abstentions", "symbol", "date", "consensus", "unanimous", "positions",
    "roll_call", "sentence", "doubts", "disputes",
)  # fmt: skip
