"""Alerts arrive whole, through apprise, at real servers."""

from __future__ import annotations

import resource
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme

from tests.edges.mailbox import SLACK, Answer, Mailbox, hook, mailbox, stand_in
from watcher.core.alerts.deciding import Kind
from watcher.core.formats.html import to_text
from watcher.core.messages import Message
from watcher.core.messages.letter import SEVERITY_COLOURS
from watcher.core.messages.wording import Alert, message
from watcher.core.model import Article, Evidence, Match, Outcome, Position, Severity, Tally, Vote
from watcher.edges import receivers
from watcher.edges.receivers import Receiver, complaint, exchanges, services
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
    for part in (plain.get_content(), to_text(html.get_content())):
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
    with stand_in(tmp_path, SLACK) as posted:
        for name, value in posted.env.items():
            monkeypatch.setenv(name, value)
        url = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#alerts?image=no"
        Receiver("slack", url).send(alert())
    [post] = posted.posts
    assert post["channel"] == "#alerts"
    [shown] = post["attachments"]
    said = str(shown)
    assert shown["color"] == SEVERITY_COLOURS[Severity.HIGH]
    assert shown["fallback"] == alert().subject
    assert "107-12-51" in said
    assert f"<{LINK.replace('&', '&amp;')}|Assembly demands withdrawal>" in said
    assert "*in favour:* Israel" in said
    assert f"alert {alert().key}" in shown["blocks"][-1]["elements"][0]["text"]
    assert "<!channel>" not in said
    assert "@everyone" not in said


def test_telegram_is_given_text_and_none_of_the_markup_of_a_mail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stand_in(tmp_path, "api.telegram.org") as posted:
        for name, value in posted.env.items():
            monkeypatch.setenv(name, value)
        Receiver("chat", "tgram://123456789:ABCdefGHIjklMNOpqrSTUvwxYZ012345678/12315544/?image=no").send(
            alert()
        )
    [post] = posted.posts
    assert "<div" not in post["text"]
    assert "style=" not in post["text"]
    assert "&lt;b&gt;abstained&lt;/b&gt;" in post["text"]
    assert "in favour: Israel" in post["text"]


def test_a_text_is_cut_to_what_a_service_takes_and_keeps_its_key() -> None:
    long = replace(alert(), text=f"{'word ' * 3000}\n\nseverity high, alert {alert().key}")
    with hook() as (posted, url):
        Receiver("phone", url.replace("json://", "ntfy://")).send(long)
    [post] = posted.posts
    assert len(post["message"]) <= 3500
    assert post["message"].endswith(f"alert {alert().key}")
    assert "`watcher alerts` shows it all" in post["message"]


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


NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)


def refused(receiver: Receiver) -> DeliveryError:
    with pytest.raises(DeliveryError) as failure:
        receiver.send(alert())
    return failure.value


def by_mail(port: int, more: str = "") -> Receiver:
    url = f"mailto://127.0.0.1:{port}?from=watcher@example.org&to=desk@example.org&mode=insecure{more}"
    return Receiver("mail", url)


# -- what HTTP says, and apprise keeps to itself -------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["120", format_datetime(NOW + timedelta(seconds=120), usegmt=True)])
@pytest.mark.parametrize("status", [429, 503])
def test_a_service_that_asks_to_be_left_alone_is_heard_in_seconds_and_as_a_date(
    status: int, asked: str
) -> None:
    with hook() as (posted, url):
        posted.answers = [Answer(status, {"Retry-After": asked})]
        error = refused(Receiver("desk", url, clock=lambda: NOW))
    assert error.retry
    assert error.retry_at == NOW + timedelta(seconds=120)
    assert f"{status}" in str(error)


def test_a_service_that_is_busy_and_does_not_say_for_how_long_is_tried_as_usual() -> None:
    with hook() as (posted, url):
        posted.statuses = [429]
        error = refused(Receiver("desk", url))
    assert (error.retry, error.retry_at, error.maybe_sent) == (True, None, False)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413])
def test_a_refusal_for_good_is_named_by_its_status(status: int) -> None:
    with hook() as (posted, url):
        posted.statuses = [status]
        error = refused(Receiver("desk", url))
    assert not error.retry
    assert str(error).startswith(f"the service answered {status}")


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_what_passes_by_itself_is_tried_again(status: int) -> None:
    with hook() as (posted, url):
        posted.statuses = [status]
        assert refused(Receiver("desk", url)).retry


def test_an_answer_that_is_lost_is_tried_again_and_known_to_be_maybe_a_second_copy_with_the_same_key() -> (
    None
):
    with hook() as (posted, url):
        posted.answers = [Answer(lost=True)]
        receiver = Receiver("desk", url)
        error = refused(receiver)
        receiver.send(alert())
    assert (error.retry, error.maybe_sent) == (True, True)
    assert len(posted.posts) == 2
    assert [headers["idempotency-key"] for headers in posted.headers] == [alert().key] * 2


def test_a_redirect_is_not_followed_for_it_would_turn_the_alert_into_an_empty_question() -> None:
    with hook() as (other, _), hook() as (posted, url):
        posted.answers = [Answer(302, {"Location": "/elsewhere"})]
        error = refused(Receiver("desk", url))
        assert len(posted.headers) == 1
    assert error.retry
    assert "302" in str(error)
    assert other.headers == []


def test_an_answer_of_two_gigabytes_costs_neither_memory_nor_the_alert() -> None:
    with hook() as (posted, url):
        posted.answers = [Answer(length=2 << 30)]
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        Receiver("desk", url).send(alert())
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert len(posted.posts) == 1
    assert grown < 64_000  # kB


def test_an_answer_that_drips_is_success_by_its_status_before_the_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exchanges, "MOST_SECONDS", 0.5)
    with hook() as (posted, url):
        posted.answers = [Answer(length=1000, drips=True)]
        Receiver("desk", url).send(alert())
    assert len(posted.posts) == 1


def test_nobody_there_is_told_from_a_name_that_is_not_known() -> None:
    nobody = refused(Receiver("desk", "json://127.0.0.1:1/"))
    nameless = refused(Receiver("desk", "json://watcher.invalid/secret-path"))
    assert "connection refused" in str(nobody)
    assert "name cannot be resolved" in str(nameless)
    assert "secret-path" not in str(nameless)
    assert nobody.retry
    assert nameless.retry
    assert not nobody.maybe_sent


def test_a_service_that_never_answers_is_maybe_sent() -> None:
    with hook() as (mute, url):
        mute.silent = True
        error = refused(Receiver("desk", f"{url}?rto=0.3"))
    assert (error.retry, error.maybe_sent) == (True, True)
    assert "no answer in time" in str(error)


def test_what_one_receiver_is_told_is_never_taken_for_another_s() -> None:
    with hook() as (one, one_url), hook() as (two, two_url):
        one.statuses, two.statuses = [404] * 20, [500] * 20
        found: dict[str, list[bool]] = {"one": [], "two": []}

        def ask(name: str, url: str) -> None:
            receiver = Receiver(name, url)
            found[name] += [refused(receiver).retry for _ in range(20)]

        threads = [threading.Thread(target=ask, args=each) for each in (("one", one_url), ("two", two_url))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == {"one": [False] * 20, "two": [True] * 20}


# -- what a mail server says -----------------------------------------------------------------------------------------


def test_a_mail_server_that_says_later_is_tried_later_and_quoted() -> None:
    with mailbox() as (box, port):
        box.refuse = "451 4.7.1 try again later"
        error = refused(by_mail(port))
    assert (error.retry, error.maybe_sent) == (True, False)
    assert "451 4.7.1 try again later" in str(error)


def greylists(box: Mailbox) -> None:
    box.refuse_to = {"desk@example.org": "450 4.2.0 greylisted"}


def refuses_sender(box: Mailbox) -> None:
    box.refuse_sender = "550 5.7.1 not from you"


def refuses_address(box: Mailbox) -> None:
    box.refuse_to = {"desk@example.org": "550 5.1.1 no such user"}


def refuses_content(box: Mailbox) -> None:
    box.refuse = "554 5.6.0 not this"


@pytest.mark.parametrize(
    ("behave", "retry", "said"),
    [
        (greylists, True, "450 4.2.0 greylisted"),
        (refuses_sender, False, "550 5.7.1 not from you"),
        (refuses_address, False, "desk@example.org: 550 5.1.1 no such user"),
        (refuses_content, False, "554 5.6.0 not this"),
    ],
)
def test_the_reply_of_a_mail_server_decides_whether_it_is_tried_again(
    behave: Callable[[Mailbox], None], retry: bool, said: str
) -> None:
    with mailbox() as (box, port):
        behave(box)
        error = refused(by_mail(port))
    assert error.retry is retry
    assert said in str(error)
    assert box.messages == []


def test_one_address_refused_for_good_keeps_the_mail_from_no_other_and_is_told() -> None:
    with mailbox() as (box, port):
        box.refuse_to = {"gone@example.org": "550 5.1.1 no such user"}
        error = refused(by_mail(port, "&cc=gone@example.org"))
    assert box.taken_for == [["desk@example.org"]]
    assert not error.retry
    assert "gone@example.org: 550" in str(error)
    assert "the other 1 of its addresses have it" in str(error)


def test_one_address_put_off_puts_the_mail_off_so_that_none_has_it_twice() -> None:
    with mailbox() as (box, port):
        box.refuse_to = {"grey@example.org": "450 greylisted"}
        receiver = by_mail(port, "&cc=grey@example.org")
        assert refused(receiver).retry
        assert box.messages == []
        box.refuse_to = {}
        receiver.send(alert())
    assert [sorted(taken) for taken in box.taken_for] == [["desk@example.org", "grey@example.org"]]


def test_a_mail_server_that_hangs_up_after_the_mail_gets_it_again_under_the_same_message_id() -> None:
    with mailbox() as (box, port):
        box.hangs_up = True
        receiver = by_mail(port)
        error = refused(receiver)
        box.hangs_up = False
        receiver.send(alert())
    assert (error.retry, error.maybe_sent) == (True, True)
    assert [mail["Message-ID"] for mail in box.messages] == [f"<{alert().key}@watcher.example.org>"] * 2


def test_an_update_stands_under_the_first_mail_of_its_story_and_all_are_of_one_list() -> None:
    with mailbox() as (box, port):
        by_mail(port).send(alert(), "aaaaaaaaaaaa")
    [mail] = box.messages
    assert mail["In-Reply-To"] == mail["References"] == "<aaaaaaaaaaaa@watcher.example.org>"
    assert mail["List-Id"] == "watcher's alerts <watcher.example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert len(mail.get_all("Message-ID", [])) == 1


def test_a_mail_has_the_headers_that_its_url_asks_for() -> None:
    with mailbox() as (box, port):
        by_mail(port, "&%2BX-Desk=News&%2BMessage-ID=mine&reply=editor@example.org&name=Watch").send(alert())
    [mail] = box.messages
    assert mail["X-Desk"] == "News"
    assert mail["Reply-To"] == "editor@example.org"
    assert mail.get_all("Message-ID") == [f"<{alert().key}@watcher.example.org>"]


def test_a_mail_goes_over_tls_and_a_certificate_that_is_not_trusted_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(tls)
    with mailbox(tls) as (box, port):
        url = f"mailtos://127.0.0.1:{port}?from=watcher@example.org&to=desk@example.org&mode=ssl"
        error = refused(Receiver("mail", url))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        Receiver("mail", url).send(alert())
    assert "certificate is not trusted" in str(error)
    assert error.retry
    assert len(box.messages) == 1


# -- what cannot be a receiver ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("nonsense://host", "does not understand"),
        ("mailto://example.org?from=w@example.org&to=a@example.org,b@example.org", "names 2 targets"),
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#one/#two", "names 2 targets"),
        ("mailto://example.org?from=w@example.org&to=a@example.org&pgp=sign", "asks for PGP"),
    ],
)
def test_a_url_that_would_break_a_promise_is_refused_with_the_reason(url: str, what: str) -> None:
    refusal = complaint(url)
    assert refusal is not None
    assert what in refusal[0]
    assert refusal[1]


def test_a_url_with_tries_of_its_own_still_has_one_target() -> None:
    assert complaint("json://example.org/?retry=2") is None


def test_an_url_that_apprise_does_not_know_is_dead_at_once_and_named_by_its_receiver() -> None:
    with pytest.raises(DeliveryError) as refused:
        Receiver("desk", "nonsense://secret-token@host").send(alert())
    assert not refused.value.retry
    assert "desk" in str(refused.value)
    assert "secret-token" not in str(refused.value)


@pytest.mark.parametrize(
    "scheme", [*services.NAMED_OTHERWISE, "slack", "ntfys", "discord", "jsons", "mailtos"]
)
def test_the_service_of_a_scheme_is_found_without_loading_all(scheme: str) -> None:
    service = services.service_of(scheme)
    assert service
    assert scheme in service.schemas(service)


def test_of_the_services_that_apprise_knows_only_those_of_the_receivers_are_loaded() -> None:
    code = (
        "import sys; from watcher.edges.receivers import complaint\n"
        "assert not complaint('terminal://') and not complaint('jsons://example.org/')\n"
        "print(sum(name.startswith('apprise.plugins.') for name in sys.modules))\n"
        "assert not complaint('https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True
    )
    assert int(done.stdout) < 5


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
        url += "?rto=30"  # what apprise itself waits for must not hold it either
        code = (
            "from watcher.edges import receivers; from tests.edges.test_receivers import alert\n"
            "receivers.DEADLINE_SECONDS = 1\n"
            f"try: receivers.Receiver('stuck', {url!r}).send(alert())\n"
            "except Exception as error: print(error)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=False
        )
    assert done.stdout == "no answer within 1 s\n", done.stderr
    assert done.returncode == 0
