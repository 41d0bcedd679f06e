"""No secret of the config is ever in a log, a row, a message or a traceback, whatever goes wrong, with DEBUG on."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.commands import watcher
from tests.edges.mailbox import SLACK, Answer, hook, mailbox, stand_in
from tests.edges.test_receivers import alert
from tests.world import RULES, VOTE, World
from watcher import app
from watcher.edges.receivers import Receiver
from watcher.errors import ConfigError, DeliveryError

SENTINEL = "s3ntinelZq0123456789abcd"  # of the form of Slack's tokens
SECRETS = {"TOKEN": SENTINEL}

FAULTS = {
    "unauthorised": Answer(401),
    "gone": Answer(404),
    "busy": Answer(429, {"Retry-After": "60"}),
    "broken": Answer(500),
    "moved": Answer(302, {"Location": f"/elsewhere/{SENTINEL}"}),
    "lost": Answer(lost=True),
}


@pytest.fixture
def faulty(earth: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Receivers that fail in every way: name -> url. Each url has the secret wherever its service takes one."""
    web = "json://user:${TOKEN}@127.0.0.1:%s/${TOKEN}/x?+X-Token=${TOKEN}"
    mail = "mailto://%s127.0.0.1:%s?from=w@example.org&to=desk@example.org&mode=insecure"
    with ExitStack() as open_:
        urls = {}
        for name, answer in FAULTS.items():
            service, url = open_.enter_context(hook())
            service.answers = [answer] * 9
            urls[name] = web % url.split(":")[2].split("/")[0]
        mute, url = open_.enter_context(hook())
        mute.silent = True
        urls["silent"] = web % url.split(":")[2].split("/")[0] + "&rto=0.3"
        urls["nobody"] = web % 1
        urls["nameless"] = "json://watcher.invalid/${TOKEN}"
        urls["closed"] = mail % ("user:${TOKEN}@", 1)
        box, port = open_.enter_context(mailbox())
        box.refuse = f"554 5.7.1 {SENTINEL} is no password of ours"
        urls["refusing"] = mail % ("user:${TOKEN}@", port)
        strict, port = open_.enter_context(mailbox())
        strict.refuse_login = f"535 5.7.8 {SENTINEL} is not the password"
        urls["locked"] = mail % ("user:${TOKEN}@", port)
        slack = open_.enter_context(stand_in(earth.folder, SLACK))
        slack.statuses = [403] * 9
        for name, value in slack.env.items():
            monkeypatch.setenv(name, value)
        urls["slack"] = "slack://T1JJ3T3L2/A1BRTD4JD/${TOKEN}/#alerts"
        yield urls


def configured(earth: World, urls: dict[str, str]) -> None:
    receivers = "".join(f'[receivers.{name}]\nurl = "{url}"\n' for name, url in urls.items())
    everybody = json.dumps(["desk", *urls])
    earth.configure(
        receivers=receivers, rules=RULES.replace('["desk"]', everybody), polling='operator = "desk"'
    )
    earth.drop("vote.txt", VOTE)


@contextmanager
def logged() -> Iterator[list[tuple[str, str]]]:
    """What a log of everything holds: logger and line. pytest's own listens to those as well that tell nobody."""
    lines: list[tuple[str, str]] = []

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append((record.name, self.format(record)))

    root, handler = logging.getLogger(), Lines()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def test_whatever_fails_no_secret_is_in_a_log_a_row_or_a_message(
    earth: World, faulty: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    configured(earth, faulty)
    with logged() as log, app.opened(app.load(earth.config, SECRETS)) as running:
        list(running.run_once())
    logs = "\n".join(line for name, line in log if name != "mail.log")
    shown = [watcher(earth.folder, *each.split()).stdout for each in ("outbox", "receivers", "alerts")]
    assert all(name in shown[1] for name in faulty)
    assert "refused an alert for good" in "".join(earth.told)
    assert "did not take an alert" in logs
    printed = "".join(capfd.readouterr())
    said = "\n".join((logs, printed, *shown, json.dumps(earth.desk.posts)))
    assert [line for line in said.splitlines() if SENTINEL in line] == []
    for file in earth.folder.glob("watcher.db*"):
        assert SENTINEL.encode() not in file.read_bytes()


def test_no_secret_is_in_the_traceback_of_a_failure(faulty: dict[str, str]) -> None:
    for name, url in faulty.items():
        with pytest.raises(DeliveryError) as failure:
            Receiver(name, url.replace("${TOKEN}", SENTINEL)).send(alert())
        assert SENTINEL not in "".join(traceback.format_exception(failure.value)), name


def test_no_secret_is_in_what_is_said_of_a_config_that_cannot_be_used(earth: World, tmp_path: Path) -> None:
    for url in (
        "nonsense://${TOKEN}",
        "slack://${TOKEN}",
        "mailto://user:${TOKEN}@h?to=a@b.org,c@d.org&pgp=${TOKEN}",
    ):
        earth.configure(receivers=f'[receivers.odd]\nurl = "{url}"\n')
        with pytest.raises(ConfigError) as failure:
            app.load(earth.config, SECRETS)
        assert SENTINEL not in "".join(traceback.format_exception(failure.value))
