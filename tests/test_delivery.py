"""The promises of delivery: when it is tried again, who is told of a trouble, and what a late alert says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from tests.commands import daemon, until
from tests.edges.mailbox import Answer, Hook, hook, mailbox
from tests.world import CALL, RULES, VOTE, Item, World, rss
from watcher.core.alerts.retries import GIVE_UP, RETRIES
from watcher.core.messages import LONGEST_SUBJECT, Message
from watcher.core.messages.lateness import LATE, as_sent
from watcher.core.messages.troubles import LONG
from watcher.core.model import Severity
from watcher.edges.receivers import Receiver
from watcher.edges.store import Outcome
from watcher.edges.store.alerting import add_alert
from watcher.edges.store.line import Line
from watcher.pipeline import Doors, deliver

NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)


@dataclass
class Post:
    """Doors whose clock stands until it is moved, and whose receivers are hooks."""

    doors: Doors
    now: datetime = NOW
    told: list[Message] = field(default_factory=list)

    def tell(self, *receivers: str, severity: Severity = Severity.MEDIUM) -> Message:
        """As a message of our own."""
        message = self._message(severity)
        self.doors.store.tell(message, receivers, self.now)
        return message

    def alert(self, *receivers: str, severity: Severity) -> Message:
        """As the alert of an article."""
        message = self._message(severity)
        with Session(self.doors.store.engine) as session, session.begin():
            add_alert(Line.of(session), message, receivers, self.now, kind="new")
        return message

    def _message(self, severity: Severity) -> Message:
        key = f"{len(self.told):012x}"
        message = Message(key, severity, f"{severity} {key}", f"text, alert {key}", f"<p>alert {key}</p>")
        self.told.append(message)
        return message

    def pass_time(self, **span: float) -> None:
        self.now += timedelta(**span)

    def bury(self) -> str | None:
        """The subject of what the operator is told."""
        told = self.doors.store.bury(lambda: self.doors.operators, (), self.now)
        return told.subject if told else None

    def deliver(self, *receivers: str, operator: str | None = None) -> list[str]:
        """What came of each try."""
        doors = replace(self.doors, operator=operator)
        return [
            report.state
            for name in receivers or doors.receivers
            for report in deliver(doors.receivers[name], doors)
        ]


@contextmanager
def post_to(earth: World, **urls: str) -> Iterator[Post]:
    earth.configure()
    with earth.running() as running:
        post = Post(running.doors)
        receivers = {name: Receiver(name, url, lambda: post.now) for name, url in urls.items()}
        post.doors = replace(running.doors, receivers=receivers, clock=lambda: post.now, chance=lambda: 0.5)
        yield post


def subjects(posted: Hook) -> list[str]:
    return [each["title"] for each in posted.posts]


# -- when it is tried again --------------------------------------------------------------------------------------


def test_tries_come_at_once_and_then_at_the_promised_times(earth: World) -> None:
    with post_to(earth, desk=earth.desk_url) as post:
        alert = post.tell("desk")
        earth.desk.statuses = [503] * 7
        for pause in RETRIES:
            assert post.deliver() == ["retry"]
            post.now += pause - timedelta(seconds=1)
            assert post.deliver() == []
            post.pass_time(seconds=1)
        post.deliver()
    assert subjects(earth.desk)[0].startswith(alert.subject)


def test_a_receiver_that_asks_to_be_left_alone_is_left_alone_by_all_its_alerts(earth: World) -> None:
    with post_to(earth, desk=earth.desk_url) as post:
        for _ in range(3):
            post.tell("desk")
        earth.desk.answers = [Answer(429, {"Retry-After": "3600"})]
        assert post.deliver() == ["retry"]
        post.pass_time(seconds=3599)
        assert post.deliver() == []
        assert len(earth.desk.headers) == 1
        post.pass_time(seconds=1)
        assert post.deliver() == ["sent"] * 3


def test_an_alert_that_fails_for_three_days_is_given_up_and_told_elsewhere(earth: World) -> None:
    with hook() as (dead, dead_url), post_to(earth, desk=earth.desk_url, dead=dead_url) as post:
        dead.statuses = [500] * 99
        alert = post.tell("dead")
        states: list[str] = []
        while not states or states[-1] != "dead":
            states += post.deliver("dead")
            post.pass_time(hours=1)
        assert GIVE_UP - timedelta(hours=4) < post.now - NOW <= GIVE_UP + timedelta(hours=1)
        post.deliver("desk")
        [trouble] = subjects(earth.desk)
        assert trouble.startswith("watcher: dead has taken nothing for ")
        assert dead.posts == []
        [row] = post.doors.store.outbox(["dead"], None, 9)[0]
        assert (row["key"], row["receiver"]) == (alert.key, "dead")


def test_a_receiver_dead_for_days_gets_everything_afterwards_the_most_severe_first_and_how_late(
    earth: World,
) -> None:
    with hook() as (dead, dead_url), post_to(earth, desk=earth.desk_url, dead=dead_url) as post:
        dead.statuses = [503] * 9999
        for severity in (Severity.LOW, Severity.HIGH, Severity.MEDIUM, Severity.HIGH):
            post.tell("desk", "dead", severity=severity)
        for _ in range(65):
            post.deliver()
            post.pass_time(hours=1)
        ours = [subject for subject in subjects(earth.desk) if not subject.startswith("watcher:")]
        assert sorted(ours) == sorted(message.subject for message in post.told)
        dead.statuses = []
        post.pass_time(hours=4)
        post.deliver()
    assert [subject.split()[0] for subject in subjects(dead)] == ["high", "high", "medium", "low"]
    assert all(subject.endswith("(3 d late)") for subject in subjects(dead))
    assert all("This comes 3 days late" in each["message"] for each in dead.posts)


def test_a_dead_receiver_holds_no_other_back(earth: World) -> None:
    with post_to(earth, dead="json://127.0.0.1:1/", desk=earth.desk_url) as post:
        for _ in range(5):
            post.tell("dead", "desk")
        assert post.deliver() == ["retry"] * 5 + ["sent"] * 5


def test_a_lost_answer_is_marked_and_the_second_copy_carries_the_same_key(earth: World) -> None:
    with post_to(earth, desk=earth.desk_url) as post:
        alert = post.tell("desk")
        earth.desk.answers = [Answer(lost=True)]
        assert post.deliver() == ["retry"]
        [row] = post.doors.store.outbox(["retry"], None, 9)[0]
        assert row["maybe_sent"]
        post.pass_time(seconds=10)
        assert post.deliver() == ["sent"]
    assert [headers["idempotency-key"] for headers in earth.desk.headers] == [alert.key] * 2


def test_the_daemon_has_one_message_under_way_to_a_receiver_and_waits_for_no_dead_one(earth: World) -> None:
    dead = '[receivers.dead]\nurl = "json://127.0.0.1:1/"\n'
    earth.configure(receivers=dead, rules=RULES.replace('notify = ["desk"]', 'notify = ["dead", "desk"]'))
    for number in range(5):
        text = VOTE.text.replace("107", f"{107 + number}").replace("51", f"{51 - number}")
        earth.drop(f"{number}.txt", f"{VOTE.title} {number}\n\n{text}")
    earth.desk.takes = 0.3
    with daemon(earth.folder):
        until(lambda: len(earth.desk.posts) >= 5)
    assert earth.desk.most_at_once == 1


# -- who is told of a trouble ------------------------------------------------------------------------------------


def test_of_all_that_waited_for_a_receiver_that_is_gone_the_operator_gets_one_message(earth: World) -> None:
    with post_to(earth, desk=earth.desk_url) as post:
        held = post.alert("gone", severity=Severity.MEDIUM)
        severe = post.alert("gone", severity=Severity.HIGH)
        for _ in range(3):
            post.tell("gone", "desk")
        assert post.bury() == "watcher: 5 alerts for gone given up: the config does not name it any more"
        post.pass_time(minutes=1)
        assert post.bury() is None
        post.deliver()
        dead, _ = post.doors.store.outbox(["dead"], "gone", 9)
    assert len(dead) == 5
    [told] = [each["message"] for each in earth.desk.posts if each["title"].startswith("watcher: ")]
    assert told.index(severe.key) < told.index(held.key)
    assert "3 alerts that others have, or will have" in told
    assert "watcher outbox --dead" in told


def test_of_very_much_that_is_given_up_the_most_severe_is_named_and_the_rest_counted(earth: World) -> None:
    with post_to(earth, desk=earth.desk_url) as post:
        mild = [post.alert("gone", severity=Severity.LOW) for _ in range(150)]
        severe = [post.alert("left", severity=Severity.HIGH) for _ in range(20)]
        assert (
            post.bury()
            == "watcher: 170 alerts for gone and left given up: the config does not name them any more"
        )
        post.deliver()
    [told] = [each["message"] for each in earth.desk.posts]
    assert all(alert.key in told for alert in severe)
    assert sum(alert.key in told for alert in mild) == 80
    assert "70 alerts more that nobody else has" in told


def test_what_is_on_its_way_while_its_receiver_goes_is_not_called_given_up(earth: World) -> None:
    with post_to(earth, desk=earth.desk_url) as post:
        post.tell("gone")
        delivery = post.doors.store.take_delivery("gone", post.now)
        assert delivery
        assert post.bury() is None
        post.doors.store.settle_delivery(delivery, Outcome("sent"), post.now)
        assert post.bury() is None
        post.tell("gone")
        assert post.doors.store.take_delivery("gone", post.now)
        post.pass_time(hours=1)  # whoever sends it has died
        assert post.bury() is not None


def test_a_receiver_that_an_edit_takes_away_is_sent_nothing_more_and_the_operator_hears_what_it_has_missed(
    earth: World,
) -> None:
    with hook() as (gone, gone_url):
        wanted = RULES.replace('"desk"', '"gone"')
        earth.configure(receivers=f'[receivers.gone]\nurl = "{gone_url}"\n', rules=wanted)
        earth.drop("call.txt", CALL)
        earth.drop("vote.txt", VOTE)
        with earth.running() as app:
            list(app.poll_folders())
            sending = app.deliver("gone")
            assert next(sending).state == "sent"
            earth.configure()
            assert app.reload("edited")
            assert list(sending) == []
            [told] = list(app.look_after())
            list(app.deliver("desk"))
    assert len(gone.posts) == 1
    assert earth.told == [told.subject]
    assert told.subject.startswith("watcher: 1 alert for gone given up")


def test_a_refusal_for_good_is_told_once_elsewhere_and_once_when_it_is_over(earth: World) -> None:
    with hook() as (slack, slack_url), post_to(earth, desk=earth.desk_url, slack=slack_url) as post:
        slack.statuses = [404, 410]
        for _ in range(2):
            post.tell("slack")
        assert post.deliver("slack") == ["dead", "dead"]
        post.deliver("desk")
        assert subjects(earth.desk) == ["watcher: slack refused an alert for good"]
        assert "the service answered 404 Not Found" in earth.desk.posts[0]["message"]
        for _ in range(2):
            post.tell("slack")
        assert post.deliver("slack") == ["sent", "sent"]
        post.deliver("desk")
        assert subjects(earth.desk)[1:] == ["watcher: slack is well again"]


def test_the_trouble_of_the_operator_s_own_receiver_is_told_on_another(earth: World) -> None:
    with hook() as (slack, slack_url), post_to(earth, desk=earth.desk_url, slack=slack_url) as post:
        slack.statuses = [403]
        post.tell("slack")
        post.deliver("slack", operator="slack")
        post.deliver("desk", operator="slack")
    assert subjects(earth.desk) == ["watcher: slack refused an alert for good"]


def test_a_receiver_in_trouble_itself_is_not_told_of_another_s_while_one_works(earth: World) -> None:
    with (
        hook() as (second, second_url),
        hook() as (third, third_url),
        post_to(earth, desk=earth.desk_url, second=second_url, third=third_url) as post,
    ):
        earth.desk.statuses, second.statuses = [404], [404]
        post.tell("desk")
        post.tell("second")
        post.deliver("desk")
        post.deliver("second")
        post.deliver("third")
    assert "watcher: second refused an alert for good" in subjects(third)


def test_a_receiver_that_fails_is_a_trouble_only_when_it_fails_for_long(earth: World) -> None:
    with hook() as (slow, slow_url), post_to(earth, desk=earth.desk_url, slow=slow_url) as post:
        slow.statuses = [500] * 99
        post.tell("slow")
        while post.now - NOW < LONG:
            assert "dead" not in post.deliver("slow")
            assert post.deliver("desk") == []
            post.pass_time(minutes=1)
        for _ in range(120):
            post.deliver()
            post.pass_time(minutes=1)
    [trouble] = subjects(earth.desk)
    assert trouble.startswith("watcher: slow has taken nothing for ")


def test_who_has_one_receiver_alone_hears_of_its_trouble_when_it_is_over(earth: World) -> None:
    with post_to(earth, desk=earth.desk_url) as post:
        earth.desk.statuses = [413]
        post.tell("desk")
        assert post.deliver() == ["dead"]
        alert = post.tell("desk")
        assert post.deliver() == ["sent", "sent"]
    assert subjects(earth.desk) == [alert.subject, "watcher: desk is well again"]
    assert "watcher outbox --dead" in earth.desk.posts[1]["message"]


def test_a_severe_alert_that_is_dead_everywhere_goes_to_somebody_else_once_and_whole(earth: World) -> None:
    with (
        hook() as (mail, mail_url),
        hook() as (slack, slack_url),
        post_to(earth, desk=earth.desk_url, mail=mail_url, slack=slack_url) as post,
    ):
        mail.statuses, slack.statuses = [404, 404], [410, 410]
        severe = post.alert("mail", "slack", severity=Severity.HIGH)
        post.alert("mail", "slack", severity=Severity.MEDIUM)
        assert post.deliver("mail") == ["dead", "dead"]
        post.deliver("desk")
        assert not any(subject.startswith("Not delivered") for subject in subjects(earth.desk))
        assert post.deliver("slack") == ["dead", "dead"]
        post.deliver("desk")
        [text] = [each for each in earth.desk.posts if each["title"].startswith("Not delivered")]
        assert text["title"] == f"Not delivered: {severe.subject}"
        assert "nobody else has it: mail and slack gave it up" in text["message"]
        assert severe.text in text["message"]


def test_a_severe_alert_that_one_receiver_has_is_not_sent_to_others(earth: World) -> None:
    with (
        hook() as (mail, mail_url),
        hook() as (_, slack_url),
        post_to(earth, desk=earth.desk_url, mail=mail_url, slack=slack_url) as post,
    ):
        mail.statuses = [404]
        post.alert("mail", "slack", severity=Severity.HIGH)
        post.deliver("slack")
        post.deliver("mail")
        post.deliver("desk")
    assert subjects(earth.desk) == ["watcher: mail refused an alert for good"]


# -- what a message says -------------------------------------------------------------------------------------------


def test_an_update_arrives_under_the_first_mail_of_its_story(earth: World) -> None:
    with mailbox() as (box, port):
        url = f"mailto://127.0.0.1:{port}?from=watcher@example.org&to=desk@example.org&mode=insecure"
        earth.configure(
            "/un.xml", receivers=f'[receivers.mail]\nurl = "{url}"\n', rules=RULES.replace('"desk"', '"mail"')
        )
        teaser = Item(VOTE.title, "The UN General Assembly adopted a resolution demanding withdrawal.")
        earth.feeds.serve("/un.xml", rss([teaser, CALL]))
        earth.once()
        earth.feeds.serve(
            "/un.xml", rss([Item(teaser.title, VOTE.text, guid="the full story"), teaser, CALL])
        )
        earth.once()
    first, other, update = sorted(
        box.messages, key=lambda mail: (mail["Subject"].startswith("Update"), mail["In-Reply-To"] or "")
    )
    roots = {first["Message-ID"], other["Message-ID"]}
    assert update["In-Reply-To"] in roots
    assert first["In-Reply-To"] is other["In-Reply-To"] is None
    assert update["Message-ID"] not in roots


def message(subject: str = "UN votes") -> Message:
    return Message("0123456789ab", Severity.LOW, subject, "text", "<p>text</p>")


@given(
    st.timedeltas(
        timedelta(days=-400),
        LATE,
    ).filter(lambda span: span < LATE)
)
def test_what_is_on_time_says_nothing_of_it(late: timedelta) -> None:
    assert as_sent(message(), NOW, NOW + late) == message()


@pytest.mark.parametrize(
    ("late", "mark", "words"),
    [
        (timedelta(minutes=17), "(17 min late)", "17 minutes late"),
        (timedelta(hours=3, minutes=10), "(3 h late)", "3 hours late"),
        (timedelta(hours=30), "(30 h late)", "30 hours late"),
        (timedelta(days=3), "(3 d late)", "3 days late"),
    ],
)
def test_what_is_late_says_how_late_above_all_else(late: timedelta, mark: str, words: str) -> None:
    sent = as_sent(message(), NOW, NOW + late)
    assert sent.subject == f"UN votes {mark}"
    for body in (sent.text, sent.html):
        assert words in body.splitlines()[0]
        assert "24 February 2026 at 12:00 UTC" in body.splitlines()[0]
    assert sent.text.endswith(message().text)
    assert sent.html.endswith(message().html)
    assert sent.key == message().key


def test_a_long_subject_keeps_its_limit_and_its_lateness() -> None:
    sent = as_sent(message("vote " * 60), NOW, NOW + timedelta(hours=5))
    assert len(sent.subject) <= LONGEST_SUBJECT
    assert sent.subject.endswith("(5 h late)")
