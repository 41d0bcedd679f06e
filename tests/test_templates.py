"""Alerts in words of the user's own, from the folder to the desk."""

from __future__ import annotations

from pathlib import Path

from tests.commands import watcher
from tests.world import RULES, VOTE, World
from watcher.app.reloading import version_of

TEMPLATED = RULES.replace('id = "un-votes"', 'id = "un-votes"\ntemplate = "mine"')


def template(earth: World, **files: str) -> Path:
    earth.configure(rules=TEMPLATED)
    folder = earth.folder / "mine"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def test_an_alert_comes_in_the_words_of_its_rule_s_template(earth: World) -> None:
    template(earth, subject="Vote: {{ vote.tally }}", message="{{ vote.sentence }}\n{{ article.title }}")
    earth.drop("vote.txt", VOTE)
    earth.once()
    [post] = earth.desk.posts
    assert post["title"] == "Vote: 107-12-51"
    assert VOTE.title in post["message"]
    assert post["message"].endswith(f"alert {earth.desk.headers[0]['idempotency-key']}")


def test_a_template_that_fails_loses_no_alert_and_the_operator_is_told_once(earth: World) -> None:
    template(earth, subject="{% if 'troops' in article.title %}{{ nothing }}{% endif %}!")
    for number in range(2):
        text = VOTE.text.replace("107", f"{107 + number}").replace("51", f"{51 - number}")
        earth.drop(f"{number}.txt", f"{VOTE.title} {number}\n\n{text}")
    earth.once()
    troubles = [subject for subject in earth.told if subject.startswith("watcher:")]
    assert troubles == ["watcher: the template of un-votes failed"]
    assert len([subject for subject in earth.told if "UN General Assembly" in subject]) == 2


def test_a_mistake_in_a_template_is_refused_with_its_file_its_line_and_the_fix(earth: World) -> None:
    template(earth, message="{{ subject }}\n\n{{ vote.sentense }}")
    said = watcher(earth.folder, "check", code=78).stderr
    assert "mine/message.txt, line 3: there is no “sentense”" in said
    assert "did you mean sentence?" in said


def test_a_sample_is_shown_in_the_words_of_a_template(earth: World) -> None:
    template(earth, subject="Vote: {{ vote.tally }}")
    shown = ("receivers", "test", "desk", "--dry-run", "--rule")
    assert watcher(earth.folder, *shown, "un-votes").stdout.startswith("Sample: Vote: 120-7-31")
    assert "those with one: un-votes" in watcher(earth.folder, *shown, "israel-ukraine", code=2).stderr


def test_a_saved_template_is_as_much_news_as_a_saved_config(earth: World) -> None:
    folder = template(earth, subject="one")
    before = version_of(earth.config)
    assert version_of(earth.config) == before
    (folder / "subject.txt").write_text("two", "utf-8")
    changed = version_of(earth.config)
    (folder / "message.txt").write_text("more", "utf-8")
    assert len({before, changed, version_of(earth.config)}) == 3
