"""What a source writes arrives as words and acts nowhere: from the drop folder to each kind of receiver."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest

from tests.core.test_messages import OUR_TAGS, Seen, invisible
from tests.edges.mailbox import SLACK, hook, mailbox, stand_in
from tests.world import RULES, World, world
from watcher.core.formats.html import to_text

DISCORD = "discord.com"
PAYLOAD = (
    "<!channel> <!everyone> <@U123> @everyone @here <script>alert(1)</script> <img src=x onerror=alert(1)> "
    "\x1b[31mred\x1b]0;title\x07 \x00 \u202eback \u2066 \u2028 line\r\nBcc: everybody@example.org *bold* `code` "
    "[safe](http://evil.example) <http://evil.example|safe> javascript:alert(1) {{ 7 * 7 }} :skull:"
)
ARTICLES = [
    {
        "title": f"Israel and Ukraine sign a grain treaty {PAYLOAD}",
        "text": "Envoys met.",
        "url": "javascript:alert(1)",
    },
    {
        "title": "Radars for Ukraine arrive from Israel" + " by ship" * 25_000,
        "text": "The ships left Israel for Ukraine on Monday. <!here|x> @all <b>so</b> " * 3000,
        "url": "https://news.example/@everyone?a=1&b=<script>",
    },
    {
        "title": f"UN vote {PAYLOAD}",
        "text": f"The UN General Assembly adopted a resolution on {PAYLOAD} "
        "with 107 in favour, 12 against and 51 abstaining.",
        "url": "https://news.example/vote",
    },
]
EVERYBODY = '["desk", "mail", "slack", "discord", "terminal"]'
ONCE = EVERYBODY.replace("]", ', "ntfy"]')  # apprise waits for 5.5 s between two posts to it
LIVE = re.compile(r"@(everyone|here|all)\b|<[!@#]", re.IGNORECASE)


@dataclass(frozen=True)
class Arrived:
    """What each receiver was given: three alerts, and `ntfy` one."""

    desk: list[dict[str, Any]]
    mails: list[EmailMessage]
    slack: list[dict[str, Any]]
    discord: list[dict[str, Any]]
    ntfy: list[dict[str, Any]]
    printed: str


@pytest.fixture(scope="module")
def arrived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arrived]:
    folder = tmp_path_factory.mktemp("inert")
    with ExitStack() as open_, pytest.MonkeyPatch.context() as patch:
        earth: World = open_.enter_context(world(folder))
        box, port = open_.enter_context(mailbox())
        ntfy, ntfy_url = open_.enter_context(hook())
        services = open_.enter_context(stand_in(folder, SLACK, DISCORD))
        for name, value in services.env.items():
            patch.setenv(name, value)
        urls = {
            "mail": f"mailto://127.0.0.1:{port}?from=watcher@example.org&to=desk@example.org&mode=insecure",
            "slack": "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#alerts",
            "discord": "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dVyjs",
            "ntfy": ntfy_url.replace("json://", "ntfy://"),
            "terminal": "terminal://",
        }
        receivers = "".join(f'[receivers.{name}]\nurl = "{url}"\n' for name, url in urls.items())
        earth.configure(
            receivers=receivers, rules=RULES.replace('["desk"]', ONCE, 1).replace('["desk"]', EVERYBODY)
        )
        now = datetime.now(UTC).isoformat()
        articles = [{**article, "date": now} for article in ARTICLES]
        earth.drop("all.json", json.dumps(articles))
        printed = open_.enter_context(_Output(patch))
        earth.once()
        yield Arrived(
            desk=earth.desk.posts,
            mails=box.messages,
            slack=_of(services.posts, services.hosts, SLACK),
            discord=_of(services.posts, services.hosts, DISCORD),
            ntfy=ntfy.posts,
            printed=printed.text,
        )


class _Output:
    """What is printed while it is open."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        import io

        self._file = io.StringIO()
        patch.setattr("sys.stdout", self._file)

    def __enter__(self) -> _Output:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    @property
    def text(self) -> str:
        return self._file.getvalue()


def _of(posts: list[dict[str, Any]], hosts: list[str], wanted: str) -> list[dict[str, Any]]:
    return [post for post, host in zip(posts, hosts, strict=True) if host == wanted]


def test_each_receiver_has_each_alert_once_and_its_key_and_its_facts(arrived: Arrived) -> None:
    texts = {
        "desk": [f"{post['title']}\n{post['message']}" for post in arrived.desk],
        "mails": [_part(mail, "plain") for mail in arrived.mails],
        "slack": [json.dumps(post, ensure_ascii=False) for post in arrived.slack],
        "discord": [post["content"] for post in arrived.discord],
    }
    keys = {
        name: sorted(re.findall(r"severity \w+, alert (\w{12})", "\n".join(told)))
        for name, told in texts.items()
    }
    assert all(len(set(found)) == 3 for found in keys.values()), keys
    assert len({tuple(found) for found in keys.values()}) == 1
    for told in texts.values():
        assert any("107-12-51" in text for text in told)
        assert any("Radars for Ukraine" in text for text in told)
    [post] = arrived.ntfy
    assert "107-12-51" in post["title"]
    assert arrived.printed.count("Radars for Ukraine") >= 1


def test_in_a_web_hook_and_in_ntfy_it_is_plain_text_of_a_length_they_take(arrived: Arrived) -> None:
    for post in (*arrived.desk, *arrived.ntfy):
        assert "\n" not in post["title"]
        for said in (post["title"], post["message"]):
            assert not invisible(said)
            assert not LIVE.search(said)
        assert len(post["title"]) <= 150
        assert len(post["message"]) < 7800
    assert any("https://news.example/%40everyone?a=1&b=" in post["message"] for post in arrived.desk)
    assert all("https://javascript" not in post["message"] for post in arrived.desk)


def test_in_a_mail_it_is_neither_header_nor_markup(arrived: Arrived) -> None:
    for mail in arrived.mails:
        assert mail["Bcc"] is None
        assert mail.get_all("To") == ["desk@example.org"]
        assert "\n" not in mail["Subject"]
        seen, html = Seen(_part(mail, "html")), _part(mail, "html")
        assert seen.tags <= OUR_TAGS
        assert all(link.startswith("https://news.example/") for link in seen.links)
        assert not invisible(html.replace("\r\n", "\n"))
        assert not invisible(_part(mail, "plain").replace("\r\n", "\n"))
        assert len(mail.as_bytes()) < 60_000
    assert any("<script>alert(1)</script>" in to_text(_part(mail, "html")) for mail in arrived.mails)


def test_in_slack_it_is_neither_mention_nor_link_nor_mark(arrived: Arrived) -> None:
    for post in arrived.slack:
        [shown] = post["attachments"]
        assert len(shown["blocks"]) <= 50
        assert not LIVE.search(json.dumps(post))
        for block in shown["blocks"]:
            [text] = [block["text"]] if block["type"] == "section" else block["elements"]
            assert len(text["text"]) <= 3000
            links = re.findall(r"<([^|>]*)[|>]", text["text"])
            assert all(link.startswith("https://news.example/") for link in links)
            assert not re.search(r"\*bold\*|`code`|:skull:", text["text"])


def test_in_discord_it_mentions_nobody_and_fits(arrived: Arrived) -> None:
    for post in arrived.discord:
        assert not LIVE.search(post["content"])
        assert len(post["content"]) <= 2000
        assert not invisible(post["content"].replace("\r\n", "\n"))


def test_on_a_terminal_it_is_no_command(arrived: Arrived) -> None:
    assert not invisible(arrived.printed)
    assert "\x1b" not in arrived.printed


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())
