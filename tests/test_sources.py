"""`watcher sources`: people keep their sources by commands, and their config stays theirs."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.commands import COMMAND, daemon, environment, until, watcher
from tests.test_cli import ROOT
from tests.world import CALL, RULES, VOTE, WEATHER, World, rss
from watcher.config import editing
from watcher.errors import StoreError, WatcherError

SHIPPED = (ROOT / "config.toml").read_text("utf-8")


def page(*paths: str) -> bytes:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{path}">' for path in paths)
    return f"<!doctype html><html><head>{links}</head><body>News</body></html>".encode()


def serve_page(earth: World, path: str, *feeds: str) -> str:
    earth.feeds.serve(path, page(*feeds), content_type="text/html")
    return earth.feeds.url(path)


def add(earth: World, *arguments: str, code: int = 0) -> str:
    """`sources add` of an address on loopback, where all addresses of this test are."""
    done = watcher(earth.folder, "sources", "add", *arguments, "--allow-private", code=code)
    return done.stdout + done.stderr


def configured(earth: World) -> dict[str, dict[str, Any]]:
    tables = tomllib.loads(earth.config.read_text("utf-8"))["sources"]
    return {table["name"]: table for table in tables}


def health(earth: World) -> dict[str, dict[str, Any]]:
    lines = watcher(earth.folder, "sources", "health", "--json").stdout.splitlines()
    return {row["name"]: row for row in map(json.loads, lines)}


# -- add --


def test_a_feed_is_added_under_the_name_it_gives_itself(earth: World) -> None:
    earth.configure()
    earth.feeds.serve("/feed", rss([VOTE, CALL]))
    said = add(earth, earth.feeds.url("/feed"), "--tag", "un", "--tag", "new", "--every", "10m")
    assert 'Added "News": 2 entries, the newest 20' in said
    assert configured(earth)["News"] == {
        "name": "News", "url": earth.feeds.url("/feed"), "tags": ["un", "new"], "every": "10m", "allow_private": True,
    }  # fmt: skip


def test_the_feed_of_a_web_page_is_found(earth: World) -> None:
    earth.configure()
    earth.feeds.serve("/feeds/all.xml", rss([VOTE]))
    add(earth, serve_page(earth, "/", "feeds/all.xml"), "--name", "All")
    assert configured(earth)["All"]["url"] == earth.feeds.url("/feeds/all.xml")


def test_a_page_that_names_no_feed_is_asked_where_most_sites_have_it(earth: World) -> None:
    earth.configure()
    earth.feeds.serve("/blog/rss.xml", rss([VOTE]))
    earth.feeds.serve("/blog/feed", page(), content_type="text/html")  # answers everything with a page
    add(earth, serve_page(earth, "/blog"))
    assert configured(earth)["News"]["url"] == earth.feeds.url("/blog/rss.xml")


def test_of_several_feeds_one_has_to_be_chosen(earth: World) -> None:
    earth.configure()
    earth.feeds.serve("/a", rss([VOTE]))
    earth.feeds.serve("/b", rss([WEATHER, CALL]))
    site = serve_page(earth, "/", "/a", "/b", "/gone")
    said = add(earth, site, code=2)
    assert "  2  News: 2 entries" in said
    assert "--pick NUMBER" in said
    assert list(configured(earth)) == ["drop"]
    assert "there are only 2" in add(earth, site, "--pick", "3", code=2)
    add(earth, site, "--pick", "2")
    assert configured(earth)["News"]["url"] == earth.feeds.url("/b")


def test_at_a_terminal_it_asks_until_it_is_told(earth: World) -> None:
    earth.configure()
    earth.feeds.serve("/a", rss([VOTE]))
    earth.feeds.serve("/b", rss([WEATHER, CALL]))
    ours, theirs = pty.openpty()
    os.write(ours, b"7\n" + earth.feeds.url("/b").encode() + b"\n")
    arguments = [*COMMAND, "sources", "add", serve_page(earth, "/", "/a", "/b"), "--allow-private"]
    done = subprocess.run(
        arguments, cwd=earth.folder, env=environment(), stdin=theirs, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert "a number from 1 to 2" in done.stdout + done.stderr
    assert configured(earth)["News"]["url"] == earth.feeds.url("/b")


def test_one_feed_in_two_formats_is_no_choice(earth: World) -> None:
    earth.configure()
    for path in ("/rss", "/atom"):
        earth.feeds.serve(path, rss([VOTE]))
    add(earth, serve_page(earth, "/", "/rss", "/atom"))
    assert configured(earth)["News"]["url"] == earth.feeds.url("/rss")


def test_what_is_a_source_already_is_refused_by_its_name(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.feeds.redirect("/moved", "/un.xml")
    earth.configure("/un.xml")
    before = earth.config.read_text("utf-8")
    for path in ("/un.xml", "/un.xml#top", "/moved"):
        assert '"/un.xml" is this feed already' in add(earth, earth.feeds.url(path), code=1)
    assert '"/un.xml" is this feed already' in add(earth, serve_page(earth, "/", "/un.xml"), code=1)
    assert earth.config.read_text("utf-8") == before


def test_a_name_that_is_taken_gets_the_host_unless_it_was_asked_for(earth: World) -> None:
    earth.configure()
    for path in ("/a", "/b", "/c"):
        earth.feeds.serve(path, rss([VOTE]))
        add(earth, earth.feeds.url(path))
    assert list(configured(earth)) == ["drop", "News", "News (127.0.0.1)", "News (127.0.0.1) 2"]
    earth.feeds.serve("/d", rss([VOTE]))
    assert 'a source "News" already' in add(earth, earth.feeds.url("/d"), "--name", "News", code=1)


def test_private_addresses_are_refused_unless_that_is_meant(earth: World) -> None:
    earth.configure()
    earth.feeds.serve("/feed", rss([VOTE]))
    said = watcher(earth.folder, "sources", "add", earth.feeds.url("/feed"), code=1).stderr
    assert "say --allow-private" in said
    assert earth.feeds.requests("/feed") == 0


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("https://user:geheim@example.org/feed",), "remove what stands before the @"),
        (("javascript:alert(1)",), "is not an http or https url"),
        (("https://[",), "is not a url"),
        (("https://example.org", "--every", "often"), "write a duration such as"),
        (("https://example.org", "--name", "a\x1b[31mb"), "control character"),
        (("https://example.org", "--tag", "a\nb"), "line break"),
    ],
)
def test_what_cannot_be_a_source_is_refused_in_one_sentence(
    earth: World, arguments: tuple[str, ...], what: str
) -> None:
    earth.configure()
    said = add(earth, *arguments, code=1)
    assert what in said
    assert len(said.splitlines()) == 1
    assert "geheim" not in said
    assert "\x1b" not in said


@pytest.mark.parametrize("path", ["/missing", "/text", "/page", "/hostile"])
def test_where_there_is_no_feed_the_reason_is_said_and_nothing_changes(earth: World, path: str) -> None:
    earth.configure()
    before = earth.config.read_bytes()
    earth.feeds.serve("/text", b"Hello", content_type="text/plain")
    earth.feeds.serve("/page", page("javascript:alert(1)", "/missing"), content_type="text/html")
    earth.feeds.serve("/hostile", b"<html>" + b"<link rel='" * 900_000, content_type="text/html")
    said = add(earth, earth.feeds.url(path), code=1)
    assert any(reason in said for reason in ("404 Not Found", "no feed"))
    assert len(said.splitlines()) == 1
    assert earth.config.read_bytes() == before


# -- the config --


NEW = editing.adding([{"name": 'A "new" one', "url": "https://example.org/f", "tags": ["x"]}])


def test_an_added_source_stands_behind_the_last_and_nothing_else_changes() -> None:
    after = NEW(SHIPPED)
    new = '\n[[sources]]\nname = "A \\"new\\" one"\nurl  = "https://example.org/f"\ntags = ["x"]\n'
    assert after.replace(new, "", 1) == SHIPPED
    before, _, rest = after.partition(new)
    assert before.endswith('tags = ["world"]\n')
    assert rest.startswith("\n# A source may also say:")


@pytest.mark.parametrize("index", range(len(tomllib.loads(SHIPPED)["sources"])))
def test_each_shipped_source_can_be_paused_resumed_and_removed_and_no_comment_is_lost(index: int) -> None:
    paused = editing.pausing([index])(SHIPPED)
    assert tomllib.loads(paused)["sources"][index]["enabled"] is False
    assert editing.resuming([index])(paused) == SHIPPED
    removed = editing.removing([index])(SHIPPED)
    expected = tomllib.loads(SHIPPED)
    del expected["sources"][index]
    assert tomllib.loads(removed) == expected
    gone = set(SHIPPED.splitlines()) - set(removed.splitlines())
    assert not [line for line in gone if line.startswith("#") and "max_age" not in line]


def test_sources_that_stand_apart_stay_where_they_are() -> None:
    text = '[[sources]]\nname = "a"\n# of the rule\n[[rules]]\nid = "r"\n\n[[sources]]\nname = "b" # here'
    assert editing.pausing([0])(text) == text.replace('"a"\n', '"a"\nenabled = false\n') + "\n"
    assert editing.removing([0, 1])(text) == '# of the rule\n[[rules]]\nid = "r"\n\n'
    assert NEW(text).startswith(text + "\n\n[[sources]]")


def test_a_comment_beside_the_switch_survives() -> None:
    text = '[[sources]]\nname = "a"\nenabled = false  # until they mend it\n'
    assert editing.resuming([0])(text) == text.replace("false", "true")


def test_sources_in_one_list_are_left_to_the_user() -> None:
    with pytest.raises(WatcherError, match="stand in one list"):
        NEW('sources = [\n  { name = "a", url = "https://example.org" },\n]\n')


@pytest.mark.parametrize(("mark", "end"), [("\ufeff", "\n"), ("", "\r\n"), ("\ufeff", "\r\n")])
def test_mark_line_ends_permissions_and_links_stay(tmp_path: Path, mark: str, end: str) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "config.toml"
    real.write_bytes((mark + SHIPPED.replace("\n", end)).encode())
    real.chmod(0o640)
    link.symlink_to(real)
    editing.change(link, NEW, lambda _: None)
    assert real.read_bytes() == (mark + NEW(SHIPPED).replace("\n", end)).encode()
    assert real.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["config.toml", "real.toml"]


def refuse(_: Path) -> None:
    raise WatcherError("no")


def save_meanwhile(copy: Path) -> None:
    (copy.parent / "config.toml").write_text("saved by an editor", "utf-8")


@pytest.mark.parametrize(("check", "left"), [(refuse, SHIPPED), (save_meanwhile, "saved by an editor")])
def test_a_refused_edit_leaves_the_file_and_nothing_beside_it(
    tmp_path: Path, check: Callable[[Path], None], left: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(SHIPPED, "utf-8")
    with pytest.raises(WatcherError):
        editing.change(path, NEW, check)
    assert path.read_text("utf-8") == left
    assert list(tmp_path.iterdir()) == [path]


def test_an_edit_that_would_not_load_is_refused_with_the_reason(earth: World) -> None:
    earth.configure("/un.xml", source='tags = ["un"]', rules=RULES + '[rules.sources]\ntags = ["un"]\n')
    before = earth.config.read_bytes()
    said = watcher(earth.folder, "sources", "remove", "/un.xml", code=1).stderr
    assert "config.toml stays as it is" in said
    assert "no source has the tag" in said or "tag" in said
    assert earth.config.read_bytes() == before


# -- remove, pause, resume --


def test_sources_are_paused_resumed_and_removed_by_name(earth: World) -> None:
    earth.configure("/un.xml", "/b.xml")
    before = earth.config.read_bytes()
    watcher(earth.folder, "sources", "pause", "/UN.xml", "drop")
    assert [each.get("enabled", True) for each in configured(earth).values()] == [False, False, True]
    assert "paused already" in watcher(earth.folder, "sources", "pause", "drop", code=1).stderr
    watcher(earth.folder, "sources", "resume", "drop", earth.feeds.url("/un.xml"))
    assert earth.config.read_bytes() == before
    watcher(earth.folder, "sources", "remove", "/un.xml", "drop")
    assert list(configured(earth)) == ["/b.xml"]


def test_an_unknown_name_is_answered_with_the_one_that_is_meant(earth: World) -> None:
    earth.configure("/un.xml")
    assert 'did you mean "drop"' in watcher(earth.folder, "sources", "remove", "drip", code=1).stderr


# -- with a running watcher --


def test_the_running_watcher_polls_what_is_added_and_refreshed(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.feeds.serve("/new.xml", rss([CALL]))
    earth.configure("/un.xml")
    with daemon(earth.folder):
        until(lambda: earth.feeds.requests("/un.xml") == 1)
        assert "The running watcher" in add(earth, earth.feeds.url("/new.xml"))
        until(lambda: len(earth.told) == 2)
        earth.feeds.status("/un.xml", 503)
        said = watcher(earth.folder, "sources", "refresh", "--now", "/un.xml").stdout
        assert "answered 503 Service Unavailable" in said


def test_refresh_without_a_watcher_says_so(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml")
    earth.once()
    assert "no watcher runs" in watcher(earth.folder, "sources", "refresh").stdout
    assert "no watcher runs" in watcher(earth.folder, "sources", "refresh", "--now", code=1).stdout
    assert "is a folder" in watcher(earth.folder, "sources", "refresh", "drop", code=1).stderr


# -- health --


def test_health_names_the_troubled_first_with_the_reason(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE, CALL]))
    earth.feeds.serve("/page.xml", page(), content_type="text/html")
    earth.configure("/un.xml", "/gone.xml", "/page.xml")
    earth.once()
    rows = health(earth)
    assert [row["state"] for row in rows.values()] == ["failing", "failing", "well", "folder"]
    assert "answered 404 Not Found" in rows["/gone.xml"]["says"]
    assert "looks like a web page" in rows["/page.xml"]["says"]
    assert rows["/un.xml"]["entries_a_day"] == 2
    assert rows["/un.xml"]["every"] == "15m"
    shown = watcher(earth.folder, "sources", "health").stdout
    assert shown.startswith("/gone.xml: failing, never worked, in 1 poll: answered 404 Not Found")
    assert "2 of 4 sources in trouble" in shown


def test_health_tells_the_interval_and_why_and_that_a_feed_has_moved(earth: World) -> None:
    earth.feeds.serve("/new.xml", rss([VOTE, CALL]), headers={"Cache-Control": "max-age=1800"})
    earth.feeds.redirect("/old.xml", "/new.xml", status=301)
    earth.configure("/old.xml")
    earth.once()
    row = health(earth)["/old.xml"]
    assert (row["state"], row["interval"], row["moved_to"]) == ("well", 1800, earth.feeds.url("/new.xml"))
    assert row["why"] == "its server says that nothing changes for 30 minutes"
    assert "`watcher sources move`" in watcher(earth.folder, "sources", "health").stdout
    earth.feeds.behaviours["/new.xml"] = lambda handler: handler.answer(304, {}, b"")
    earth.once()
    assert health(earth)["/old.xml"]["interval"] == 1800  # what is not said anew holds


def test_where_a_feed_says_that_it_moved_to_cannot_act_on_a_terminal(earth: World) -> None:
    earth.feeds.serve("/new.xml?%1B[31mred", rss([VOTE]))
    moved = b"HTTP/1.1 301 Moved\r\nLocation: /new.xml?\x1b[31mred\r\nContent-Length: 0\r\n\r\n"
    earth.feeds.raw("/old.xml", moved)
    earth.configure("/old.xml")
    earth.once()
    assert health(earth)["/old.xml"]["moved_to"] == earth.feeds.url("/new.xml?[31mred")
    assert "\x1b" not in watcher(earth.folder, "sources", "health").stdout


def test_a_moved_feed_is_written_down_by_a_command_and_nothing_comes_again(earth: World) -> None:
    earth.feeds.serve("/new.xml", rss([VOTE, CALL]), etag='"1"')
    earth.feeds.redirect("/old.xml", "/new.xml", status=308)
    earth.configure("/old.xml", "/new.xml")
    earth.once()
    assert (
        "has not said that it has moved"
        in watcher(earth.folder, "sources", "move", "/new.xml", code=1).stderr
    )
    assert 'Moved "/old.xml"' in watcher(earth.folder, "sources", "move").stdout
    assert configured(earth)["/old.xml"]["url"] == earth.feeds.url("/new.xml")
    earth.once()
    assert earth.feeds.headers("/new.xml")[-1]["if-none-match"] == '"1"'
    assert len(earth.told) == 2
    assert "No source says" in watcher(earth.folder, "sources", "move").stdout


def test_health_of_a_source_by_name_tells_what_happened_to_it(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml", "/other.xml")
    earth.once()
    earth.feeds.status("/un.xml", 503, headers={"Retry-After": "3600"})
    earth.once()
    earth.feeds.serve("/un.xml", rss([VOTE, CALL]))
    earth.once()
    shown = watcher(earth.folder, "sources", "health", "/UN.xml").stdout
    assert "/other.xml" not in shown
    assert "failing: answered 503 Service Unavailable; its server asks to be left alone" in shown
    assert "well again: after 1 failed poll" in shown
    [line] = watcher(earth.folder, "sources", "health", "/un.xml", "--json").stdout.splitlines()
    assert [each["what"] for each in json.loads(line)["history"]] == ["well again", "failing"]


def test_feeds_that_were_under_way_when_the_database_was_gone_are_polled_again_once_it_is_there(
    earth: World,
) -> None:
    database, elsewhere = earth.folder / "watcher.db", earth.folder / "elsewhere.db"
    earth.feeds.serve("/a.xml", rss([VOTE]))
    answer = earth.feeds.behaviours["/a.xml"]

    def answer_while_it_is_gone(handler: Any) -> None:
        with suppress(FileNotFoundError):  # whoever was asked first has moved it
            database.rename(elsewhere)
        answer(handler)

    earth.configure("/a.xml", "/b.xml")
    with earth.running() as app:
        earth.feeds.behaviours |= dict.fromkeys(("/a.xml", "/b.xml"), answer_while_it_is_gone)
        with pytest.raises(StoreError):
            list(app.poll_feeds())
        elsewhere.rename(database)
        earth.feeds.behaviours |= dict.fromkeys(("/a.xml", "/b.xml"), answer)
        assert {report.source for report in app.poll_feeds()} == {"/a.xml", "/b.xml"}
        assert list(app.poll_feeds()) == []


def test_health_says_that_it_is_the_network_that_is_down(earth: World) -> None:
    feeds = "".join(
        f'[[sources]]\nname = "{name}"\nurl = "http://{name}.invalid/feed"\n' for name in ("one", "two")
    )
    earth.feeds.serve("/near.xml", rss([VOTE]))  # what is reached in our own network proves nothing
    earth.configure("/near.xml", receivers=feeds)
    for _ in range(3):
        earth.once()
    shown = watcher(earth.folder, "sources", "health").stdout
    assert "The network of this machine is down: 2 sources have been unreachable since" in shown
    assert "in trouble" not in shown
    assert "All is well" not in shown
    status = watcher(earth.folder, "status").stdout
    assert "The network of this machine is down: 2 sources have been unreachable since" in status
    assert "in trouble" not in status
    assert "one: not reached" not in shown  # nor is it said for each of a thousand
    alone = watcher(earth.folder, "sources", "health", "one").stdout
    assert "one: not reached, no word of its server" in alone
    assert health(earth)["one"]["failures"] == 0


def test_an_interval_of_seconds_is_told_in_seconds(earth: World) -> None:
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.configure("/un.xml", source='allow_private = true\nevery = "30s"')
    earth.once()
    assert "30 seconds" in watcher(earth.folder, "sources", "health").stdout


# -- exchange --


def test_an_import_adds_what_is_new_and_says_what_it_leaves_out(earth: World) -> None:
    earth.configure("/un.xml")
    outlines = [
        ("UN", earth.feeds.url("/un.xml")), ("DW", "https://example.org/a?b=1&amp;c=2"), ("Again", "http://example.org/a?b=1&amp;c=2"),
        ("Script", "javascript:alert(1)"), ("Secret", "https://user:geheim@example.org/f"), ("Home", "http://192.168.1.1/f"),
    ]  # fmt: skip
    body = "".join(f'<outline text="{name}" xmlUrl="{url}"/>' for name, url in outlines)
    file = earth.folder / "list.opml"
    file.write_text(
        f'<opml version="2.0"><body><outline text="World">{body}</outline></body></opml>', "utf-8"
    )
    before = earth.config.read_bytes()
    said = watcher(earth.folder, "sources", "import", "list.opml", "--dry-run").stdout
    assert "1 source would be added, 5 left out" in said
    assert "geheim" not in said
    assert earth.config.read_bytes() == before
    watcher(earth.folder, "sources", "import", "list.opml")
    assert configured(earth)["DW"] == {
        "name": "DW",
        "url": "https://example.org/a?b=1&c=2",
        "tags": ["World"],
    }
    assert "0 sources added, 6 left out" in watcher(earth.folder, "sources", "import", "list.opml").stdout
    watcher(earth.folder, "sources", "import", "list.opml", "--allow-private")
    assert configured(earth)["Home"]["allow_private"] is True


def test_a_bomb_is_no_list_of_feeds(earth: World) -> None:
    earth.configure()
    bomb = (
        '<!DOCTYPE o [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><opml><body><outline text="&b;"/></body></opml>'
    )
    (earth.folder / "bomb.opml").write_text(bomb, "utf-8")
    said = watcher(earth.folder, "sources", "import", "bomb.opml", code=1).stderr
    assert said.startswith("watcher: bomb.opml: it cannot be read as OPML: it declares an entity")


def test_what_is_exported_can_be_imported_again(earth: World) -> None:
    earth.configure("/un.xml", "/b.xml", source='tags = ["un", "<wire>"]\nallow_private = true')
    watcher(earth.folder, "sources", "pause", "/b.xml")
    watcher(earth.folder, "sources", "export", "out.opml")
    before = configured(earth)
    assert "there is a file" in watcher(earth.folder, "sources", "export", "out.opml", code=2).stderr
    watcher(earth.folder, "sources", "remove", "/un.xml", "/b.xml")
    watcher(earth.folder, "sources", "import", "out.opml", "--allow-private")
    assert configured(earth) == before
