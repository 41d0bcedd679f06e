"""Alerts arrive whole, through apprise, at real servers."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.edges.mailbox import hook, mailbox, slack
from watcher.core.alerts import Kind
from watcher.core.model import Article, Evidence, Match, Outcome, Position, Severity, Tally, Vote
from watcher.core.wording import Alert, Message, message
from watcher.edges import receivers
from watcher.edges.receivers import Receiver
from watcher.errors import DeliveryError

LINK = "https://news.example/vote?id=1&lang=en"
TEXT = "Israel voted in favour, while the United States <b>abstained</b>. <!channel> @everyone"


def alert() -> Message:
    article = Article(
        "UN News", "1", "Assembly demands withdrawal", TEXT, datetime(2026, 2, 24, 18, tzinfo=UTC), url=LINK
    )
    vote = Vote(
        body="UNGA",
        outcome=Outcome.ADOPTED,
        tally=Tally(107, 12, 51),
        subject="a resolution on peace",
        positions={"Israel": Position.IN_FAVOUR, "United States": Position.ABSTAINED},
    )
    match = Match("un-votes", "New UN vote", Severity.HIGH, ("desk",), (Evidence("text", 0, 6, "israel"),))
    return message(Alert("0123456789ab", Kind.NEW, article, (match,), (vote,), (), ("desk",), "first report"))


def test_an_alert_arrives_by_mail_as_text_and_as_html_with_its_links_whole() -> None:
    with mailbox() as (box, port):
        url = f"mailto://127.0.0.1:{port}?from=watcher@example.org&to=desk@example.org&mode=insecure"
        Receiver("mail", url).send(alert())
    [mail] = box.messages
    assert mail["Subject"] == alert().subject
    assert "107-12-51" in mail["Subject"]
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    for part in (plain.get_content(), html.get_content()):
        assert "107-12-51" in part
        assert "in favour: Israel" in part
        assert "abstained: United States" in part
    assert LINK in plain.get_content()
    assert f'href="{LINK.replace("&", "&amp;")}"' in html.get_content()


def test_markup_in_an_article_is_inert_in_a_mail() -> None:
    with mailbox() as (box, port):
        url = f"mailto://127.0.0.1:{port}?from=watcher@example.org&to=desk@example.org&mode=insecure"
        Receiver("mail", url).send(alert())
    html = box.messages[0].get_body(("html",))
    assert html is not None
    assert "<b>abstained</b>" not in html.get_content()
    assert "&lt;b&gt;abstained&lt;/b&gt;" in html.get_content()


def test_an_alert_arrives_at_slack_with_its_links_whole_and_mentions_inert(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with slack(tmp_path) as posted:
        for name, value in posted.env.items():
            monkeypatch.setenv(name, value)
        url = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#alerts?image=no"
        Receiver("slack", url).send(alert())
    [post] = posted.posts
    said = str(post)
    assert "107-12-51" in said
    assert LINK.replace("&", "&amp;") in said
    assert "<!channel>" not in said
    assert "@everyone" not in said


def test_an_alert_arrives_at_a_web_hook_as_json() -> None:
    with hook() as (posted, url):
        Receiver("desk", url).send(alert())
    [post] = posted.posts
    assert post["title"] == alert().subject
    assert LINK in post["message"]


def test_the_terminal_receiver_prints_the_alert_and_needs_nothing_set_up(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Receiver("desk", "terminal://").send(alert())
    printed = capsys.readouterr().out
    assert alert().subject in printed
    assert LINK in printed
    assert "\x1b" not in printed


@pytest.mark.parametrize(
    ("status", "retry"), [(500, True), (503, True), (429, True), (404, False), (401, False)]
)
def test_a_refusal_says_whether_another_try_may_help(status: int, retry: bool) -> None:
    with hook() as (posted, url):
        posted.statuses = [status]
        with pytest.raises(DeliveryError) as refused:
            Receiver("desk", url).send(alert())
    assert refused.value.retry is retry
    assert str(refused.value)


def test_a_server_that_is_not_there_is_worth_another_try() -> None:
    with pytest.raises(DeliveryError) as refused:
        Receiver("desk", "json://127.0.0.1:1/").send(alert())
    assert refused.value.retry


def test_a_mail_server_that_says_later_is_tried_later() -> None:
    with mailbox() as (box, port):
        box.refuse = "451 try again later"
        url = f"mailto://127.0.0.1:{port}?from=watcher@example.org&to=desk@example.org&mode=insecure"
        with pytest.raises(DeliveryError) as refused:
            Receiver("mail", url).send(alert())
    assert refused.value.retry


def test_an_url_that_apprise_does_not_know_is_dead_at_once_and_named_by_its_receiver() -> None:
    with pytest.raises(DeliveryError) as refused:
        Receiver("desk", "nonsense://secret-token@host").send(alert())
    assert not refused.value.retry
    assert "desk" in str(refused.value)
    assert "secret-token" not in str(refused.value)


def test_a_receiver_never_shows_its_url() -> None:
    assert "secret" not in repr(Receiver("desk", "json://user:secret@host/"))


def test_a_service_that_never_answers_costs_one_deadline_and_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(receivers, "DEADLINE_SECONDS", 1)
    with hook() as (mute, silent), hook() as (posted, url):
        mute.silent = True
        stuck = Receiver("stuck", silent)
        for _ in range(3):
            with pytest.raises(DeliveryError, match=r"no answer|under way") as refused:
                stuck.send(alert())
            assert refused.value.retry
            Receiver("desk", url).send(alert())
    assert len(posted.posts) == 3


def test_a_program_with_a_stuck_receiver_still_ends(tmp_path: Path) -> None:
    with hook() as (mute, url):
        mute.silent = True
        code = (
            "from watcher.edges import receivers; from tests.edges.test_receivers import alert\n"
            "receivers.DEADLINE_SECONDS = 1\n"
            f"try: receivers.Receiver('stuck', {url!r}).send(alert())\n"
            "except Exception as error: print(error)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False
        )
    assert done.stdout == "no answer within 1 s\n", done.stderr
    assert done.returncode == 0
