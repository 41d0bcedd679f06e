"""A rule's alerts in words of the user's own: what they can say, what is refused, and what never gets lost."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.core.test_messages import Seen
from watcher.core.formats.html import to_text
from watcher.core.messages.letter import framed
from watcher.core.messages.sample import Sample, sample_alert
from watcher.core.messages.templates import FILES, Template, TemplateError, Templates
from watcher.core.messages.wording import Alert, message

NOW = datetime(2026, 11, 20, 15, 4, tzinfo=UTC)
GUIDE = (Path(__file__).parent.parent.parent.parent / "docs" / "templates.md").read_text("utf-8")


def alert(kind: Sample = Sample.FIRST, title: str = "Assembly adopts resolution") -> Alert:
    told = sample_alert(kind, "0123456789ab", NOW)
    return replace(told, article=replace(told.article, title=title))


def refused(votes_only: bool = True, **files: str) -> TemplateError:
    with pytest.raises(TemplateError) as failure:
        Template({name.replace("_", "."): text for name, text in files.items()}).try_out(
            votes_only=votes_only
        )
    return failure.value


def test_the_examples_of_the_guide_work_for_all_that_may_come() -> None:
    blocks = re.findall(r"```jinja\n(.*?)```", GUIDE, flags=re.DOTALL)
    template = Template(dict(zip(FILES, blocks, strict=True)))
    template.try_out(votes_only=False)
    told = template.message(alert(Sample.CORRECTION))
    assert told.subject.startswith("[HIGH] Correction: UN General Assembly adopts")
    assert told.text.startswith("! Changed: 119 → 120 in favour\nOn 20 November 2026")
    assert "Israel: abstained" in told.text
    assert "(UN News, 20.11.2026)\nhttps://news.example.org/story?id=81&lang=en" in told.text
    assert told.html.startswith("<h2>UN News</h2>")
    assert "For the desk only." in to_text(told.html)


def test_the_guide_names_all_that_a_vote_has() -> None:
    for kind in ("vote", "article", "rules[0]"):
        told = Template({"message.txt": f"{{{{ {kind}|list|join(' ') }}}}"}).message(alert())
        assert [name for name in told.text.splitlines()[0].split() if f"`{name}`" not in GUIDE] == []


def test_what_a_template_does_not_say_stays_as_it_is() -> None:
    told, plain = Template({"subject.txt": "News"}).message(alert()), message(alert())
    assert told == replace(plain, subject="News")


def test_a_text_of_the_user_s_own_is_what_mail_and_slack_show() -> None:
    told = Template({"message.txt": "Look & see:\n{{ article.url }}"}).message(alert())
    assert "Look &amp; see" in told.html
    assert Seen(told.html).links == ["https://news.example.org/story?id=81&lang=en"]
    assert told.slack == ()


def test_each_message_names_its_alert_whatever_the_template_says() -> None:
    told = Template({"message.txt": "Look.", "message.html": "<p>Look.</p>"}).message(alert())
    assert told.text.endswith("severity high, alert 0123456789ab")
    assert to_text(told.html).endswith("severity high, alert 0123456789ab")
    assert Template({"message.txt": "{{ key }}: look."}).message(alert()).text == "0123456789ab: look."


NASTY = "<script>alert(1)</script> {{ 7 * 7 }} {% raise %} <!channel> @everyone \x1b[31m\u202e\n\nBcc: all"


def test_what_a_source_wrote_is_data_in_a_template_and_inert() -> None:
    every = dict.fromkeys(FILES, "{{ article.title }}")
    told = Template(every).message(alert(title=NASTY))
    for said in (told.subject, told.text):
        assert "{{ 7 * 7 }}" in said
        assert not re.search(r"<!channel>|@everyone|\x1b|\u202e", said)
    assert "\n" not in told.subject
    assert "script" not in Seen(framed(told.html)).tags
    assert "{{ 7 * 7 }}" in to_text(told.html)


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ article.__init__.__globals__ }}",
        "{{ subject.format.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{% set _ = votes.append(1) %}{% for v in votes %}{{ votes.clear() }}{% endfor %}",
        "{{ range(99999999)|list }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
    ],
)
def test_a_template_gets_at_nothing_but_what_it_is_given(attack: str) -> None:
    assert refused(message_txt=attack).file == "message.txt"


@pytest.mark.parametrize(
    ("text", "line", "what", "fix"),
    [
        ("one\n{{ votee.tally }}", 2, "“votee”|'votee' is undefined", "did you mean vote?"),
        (
            "{% if vote %}\n\n{{ vote.sentense }}\n{% endif %}",
            3,
            "there is no “sentense”",
            "did you mean sentence?",
        ),
        ("one\n{% if vote %}", 2, "endif|end of template", "docs/templates.md"),
        ("{{ subject", 1, "end of template|expected", "docs/templates.md"),
        ("{{ subject|shout }}", 1, "shout", "docs/templates.md"),
        ("{{ vote.date.strftime('%d') }}", 1, "nothing is known", "ask first whether it is known"),
        ("{{ 1 / 0 }}", 1, "division by zero", "docs/templates.md"),
        ("{{ 'x' * 300000 }}", None, "300,000 characters", "say less"),
    ],
)
def test_a_mistake_is_named_by_its_file_its_line_and_the_fix(
    text: str, line: int | None, what: str, fix: str
) -> None:
    error = refused(message_txt=text)
    assert (error.file, error.line) == ("message.txt", line)
    assert re.search(what, error.what), error.what
    assert fix in error.fix


def test_a_template_of_a_rule_that_finds_more_than_votes_is_tried_without_one() -> None:
    text = "{{ vote.sentence }}"
    Template({"message.txt": text}).try_out(votes_only=True)
    assert "nothing is known" in refused(votes_only=False, message_txt=text).what


def test_a_template_that_fails_on_an_alert_costs_neither_the_alert_nor_its_key_and_is_told_once() -> None:
    text = "{% if article.title == 'odd' %}{{ oddity }}{% endif %}{{ text }}"
    template = Template({"message.txt": text})
    template.try_out(votes_only=True)
    templates = Templates({"un-votes": template})
    assert templates.told(alert())[1] is None
    told, trouble = templates.told(alert(title="odd"))
    assert told == message(alert(title="odd"))
    assert trouble is not None
    assert trouble.subject == "watcher: the template of un-votes failed"
    assert "message.txt, line 1" in trouble.text
    assert told.key in trouble.text
    again = templates.told(replace(alert(title="odd"), key="ba9876543210"))[1]
    assert again is not None
    assert again.key == trouble.key


def test_an_alert_of_rules_without_a_template_is_told_as_ever() -> None:
    assert Templates({"another": Template({"subject.txt": "x"})}).told(alert()) == (message(alert()), None)
