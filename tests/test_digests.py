"""Quiet hours, digests and limits, over the real outbox and real receivers."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from tests.commands import watcher
from tests.edges.mailbox import Answer, hook, mailbox
from tests.test_delivery import Post, post_to, subjects
from tests.world import CALL, RULES, VOTE, Item, World, rss
from watcher.core.alerts.pacing import CALM, Limit, Pace, Quiet
from watcher.core.messages import Message
from watcher.core.model import Severity
from watcher.edges.store.alerting import add_alert
from watcher.edges.store.line import Line
from watcher.pipeline import deliver

KYIV = ZoneInfo("Europe/Kyiv")
NIGHT = Pace(KYIV, Quiet(time(22), time(7)))
LIMITED = Pace(limit=Limit(20, timedelta(hours=1)))


def paced(post: Post, **paces: Pace) -> Post:
    post.doors = replace(post.doors, paces=paces)
    return post


def states(post: Post) -> set[str]:
    """Of all rows of the outbox."""
    with post.doors.store.reading() as reading:
        return {each["state"] for alert in reading.alerts(None, 2000) for each in alert["deliveries"]}


def test_a_storm_of_a_thousand_alerts_reaches_a_person_as_one_digest_with_nothing_missing(
    earth: World,
) -> None:
    with mailbox() as (box, port):
        url = f"mailto://127.0.0.1:{port}?from=watcher@example.org&to=desk@example.org&mode=insecure"
        with post_to(earth, mail=url) as post:
            paced(post, mail=LIMITED)
            with Session(post.doors.store.engine) as session, session.begin():  # all in one minute
                for number in range(1000):
                    severity = Severity.HIGH if number == 700 else Severity.LOW
                    alert = Message(f"{number:012x}", severity, f"{severity} {number}", "text", "<p>text</p>")
                    add_alert(Line.of(session), alert, ["mail"], post.now, kind="new")
            assert post.deliver() == []
            post.now += CALM
            assert post.deliver() == ["sent"]
            post.pass_time(hours=2)
            assert post.deliver() == []
            assert states(post) == {"sent"}
        [mail] = box.messages
        assert mail["Subject"].startswith("1000 alerts: high")
        for part in ("plain", "html"):
            body = mail.get_body((part,))
            assert body is not None
            text = body.get_content()
            assert all(f"alert {number:012x}" in text for number in range(1000))


def test_what_quiet_hours_hold_comes_as_one_in_the_morning(earth: World) -> None:
    with post_to(earth, desk=earth.desk_url) as post:
        paced(post, desk=NIGHT)
        post.now = datetime(2026, 2, 24, 23, tzinfo=KYIV)
        for _ in range(3):
            post.tell("desk")
        assert post.deliver() == []
        post.now = datetime(2026, 2, 25, 7, tzinfo=KYIV)
        assert post.deliver() == ["sent"]
        alone = post.tell("desk")
        assert post.deliver() == ["sent"]
    digest, last = subjects(earth.desk)
    assert digest == f"3 alerts: {post.told[0].subject}"
    assert last == alone.subject
    assert all(alert.key in earth.desk.posts[0]["message"] for alert in post.told[:3])


def test_a_digest_of_which_the_answer_is_lost_comes_again_as_the_same_whatever_came_meanwhile(
    earth: World,
) -> None:
    with post_to(earth, desk=earth.desk_url) as post:
        paced(post, desk=NIGHT)
        post.now = datetime(2026, 2, 25, 6, tzinfo=KYIV)
        for _ in range(3):
            post.tell("desk")
        post.pass_time(hours=1)
        earth.desk.answers = [Answer(lost=True)]
        assert post.deliver() == ["retry"]
        post.tell("desk")
        post.pass_time(minutes=1)
        assert post.deliver() == ["sent", "sent"]
        assert states(post) == {"sent"}
    first, again, _ = earth.desk.headers
    assert first["idempotency-key"] == again["idempotency-key"]
    assert earth.desk.posts[0]["message"] == earth.desk.posts[1]["message"]


def test_whoever_dies_between_the_sending_of_a_digest_and_its_record_sends_the_same_once_more(
    earth: World,
) -> None:
    with post_to(earth, desk=earth.desk_url) as post:
        paced(post, desk=NIGHT)
        post.now = datetime(2026, 2, 25, 6, tzinfo=KYIV)
        for _ in range(3):
            post.tell("desk")
        post.pass_time(hours=1)
        child = os.fork()
        if not child:
            taken = post.doors.store.take_delivery("desk", post.now, NIGHT)
            if taken:
                post.doors.receivers["desk"].send(taken.message)
            os.kill(os.getpid(), signal.SIGKILL)
        os.waitpid(child, 0)
        post.doors.store.release_leases()
        post.tell("desk")
        assert post.deliver() == ["sent", "sent"]
        assert states(post) == {"sent"}
    keys = [headers["idempotency-key"] for headers in earth.desk.headers]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 2


def test_a_digest_that_is_refused_for_good_gives_up_what_it_brought_and_is_sent_again_with_it(
    earth: World,
) -> None:
    with post_to(earth, desk=earth.desk_url) as post:
        paced(post, desk=NIGHT)
        post.now = datetime(2026, 2, 25, 6, tzinfo=KYIV)
        one, two = post.tell("desk"), post.tell("desk")
        post.pass_time(hours=1)
        earth.desk.statuses = [404]
        assert post.deliver() == ["dead"]
        assert states(post) == {"dead"}
        digest = next(
            row["key"] for row in post.doors.store.outbox(["dead"], None, 9)[0] if row["kind"] == "digest"
        )
        post.doors.store.resend(digest, None, post.now)
        assert post.deliver() == ["sent", "sent"]  # and that the desk is well again
        assert states(post) == {"sent"}
        post.doors.store.resend(two.key, "desk", post.now)
        assert post.deliver() == ["sent"]
    assert one.key in earth.desk.posts[0]["message"]
    assert subjects(earth.desk)[-1].startswith(two.subject)


def test_what_is_severe_in_a_digest_that_is_refused_for_good_goes_to_somebody_else(earth: World) -> None:
    with hook() as (mail, url), post_to(earth, desk=earth.desk_url, mail=url) as post:
        paced(post, mail=Pace(digest="hourly"))
        severe = [post.alert("mail", severity=Severity.HIGH) for _ in range(2)]
        post.alert("mail", severity=Severity.LOW)
        post.pass_time(hours=1)
        mail.statuses = [404]
        assert post.deliver("mail") == ["dead"]
        post.deliver("desk")
    [text] = [each for each in earth.desk.posts if each["title"] == "Not delivered: 2 alerts"]
    assert all(each.key in text["message"] for each in severe)


def test_an_update_arrives_under_the_digest_that_brought_the_first_of_its_story(earth: World) -> None:
    with mailbox() as (box, port):
        url = f"mailto://127.0.0.1:{port}?from=watcher@example.org&to=desk@example.org&mode=insecure"
        receivers = f'[receivers.mail]\nurl = "{url}"\n'
        earth.configure("/un.xml", receivers=receivers, rules=RULES.replace('"desk"', '"mail"'))
        teaser = Item(VOTE.title, "The UN General Assembly adopted a resolution demanding withdrawal.")
        earth.feeds.serve("/un.xml", rss([teaser, CALL]))
        with earth.running() as app:
            app.doors = replace(app.doors, paces={"mail": Pace(digest="hourly")})
            list(app.run_once())
            an_hour_later = replace(app.doors, clock=lambda: datetime.now(UTC) + timedelta(hours=1))
            assert [each.state for each in deliver(app.doors.receivers["mail"], an_hour_later)] == ["sent"]
        earth.feeds.serve("/un.xml", rss([Item(teaser.title, VOTE.text, guid="whole"), teaser, CALL]))
        earth.once()
    digest, update = box.messages
    assert update["Subject"].startswith("Update")
    assert update["In-Reply-To"] == digest["Message-ID"]


def test_what_waited_three_days_for_a_receiver_comes_within_its_limit_and_says_when_each_was_decided(
    earth: World,
) -> None:
    with hook() as (dead, url), post_to(earth, desk=earth.desk_url, dead=url) as post:
        paced(post, dead=Pace(limit=Limit(3, timedelta(hours=1))))
        dead.statuses = [503] * 9999
        alerts = []
        for _ in range(11):
            alerts.append(post.alert("dead", severity=Severity.HIGH))
            post.deliver("dead")
            post.pass_time(hours=6)
        dead.statuses = []
        for hours in (3, 1, 1):
            post.pass_time(hours=hours)
            assert len(post.deliver("dead")) <= 3
        post.deliver("desk")
        assert states(post) == {"sent"}
    assert len(dead.posts) < len(alerts)
    told = "".join(each["title"] + each["message"] for each in dead.posts)
    assert all(alert.key in told for alert in alerts)
    assert "24 February 12:00" in told


def test_one_receiver_s_hours_are_no_other_s(earth: World) -> None:
    with hook() as (other, url), post_to(earth, desk=earth.desk_url, other=url) as post:
        paced(post, desk=Pace(digest="hourly"))
        for _ in range(2):
            post.tell("desk", "other")
        assert post.deliver() == ["sent", "sent"]
        post.pass_time(hours=1)
        assert post.deliver() == ["sent"]
    assert len(other.posts) == 2
    assert subjects(earth.desk) == [f"2 alerts: {post.told[0].subject}"]


def test_the_config_says_when_and_the_outbox_says_until_when(earth: World) -> None:
    earth.configure()
    text = earth.config.read_text("utf-8")
    wishes = 'digest = "daily 08:00"\ntimezone = "Europe/Kyiv"\nat_once = "high"\n'
    earth.config.write_text(text.replace("[receivers.desk]\n", f"[receivers.desk]\n{wishes}"), "utf-8")
    for name, item in (("vote", VOTE), ("call", CALL)):
        earth.drop(f"{name}.txt", item)
    earth.once()
    assert ["107-12-51" in subject for subject in earth.told] == [True]
    [waiting] = map(json.loads, watcher(earth.folder, "outbox", "--json").stdout.splitlines())
    until = datetime.fromisoformat(waiting["due_at"]).astimezone(KYIV)
    assert (until.hour, until.minute) == (8, 0)
    assert waiting["why"] == "held by the hours of its receiver"
    assert "held by the hours" in watcher(earth.folder, "outbox").stdout
