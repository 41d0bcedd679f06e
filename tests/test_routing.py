"""Routes, as a user writes them and asks about them."""

from __future__ import annotations

import json

from tests.commands import watcher
from tests.edges.mailbox import hook
from tests.world import CALL, SAME_VOTE, VOTE, Item, World, rss

ROUTES = """
[[routes]]
name = "for Israel"
positions = { Israel = "in_favour" }
receivers = ["mail"]

[[routes]]
name = "quiet"
rules = ["israel-ukraine"]
receivers = []
"""


def test_alerts_go_by_the_first_route_that_takes_them_and_what_is_dropped_says_so(earth: World) -> None:
    with hook() as (mail, url):
        earth.feeds.serve("/un.xml", rss([VOTE, CALL, Item("UN Security Council adopts resolution on Mali")]))
        earth.configure("/un.xml", receivers=f'[receivers.mail]\nurl = "{url}"\n{ROUTES}')
        earth.once()
    assert ["107-12-51" in post["title"] for post in mail.posts] == [True]
    assert ["Mali" in subject for subject in earth.told] == [True]
    rows = map(json.loads, watcher(earth.folder, "articles", "--json").stdout.splitlines())
    reasons = {row["title"]: row["reason"] for row in rows}
    assert reasons[CALL.title] == "the first report of this; dropped by route “quiet”"


def test_who_was_told_hears_the_update_unless_a_route_says_who_gets_updates(earth: World) -> None:
    teaser = Item(VOTE.title, "The UN General Assembly adopted a resolution demanding withdrawal.")
    with hook() as (mail, url):
        for kinds, heard in (("", 2), ('kinds = ["update"]\n', 1)):
            earth.desk.posts.clear()
            feed = f"/{heard}.xml"
            routes = f'[[routes]]\npositions.Israel = "in_favour"\n{kinds}receivers = ["mail"]\n'
            earth.configure(feed, receivers=f'[receivers.mail]\nurl = "{url}"\n{routes}')
            earth.feeds.serve(feed, rss([teaser]))
            earth.once()
            earth.feeds.serve(feed, rss([teaser, Item(SAME_VOTE.title, VOTE.text)]))
            earth.once()
            assert len(earth.told) == heard
            (earth.folder / "watcher.db").unlink()
    assert [post["title"].startswith("Update") for post in mail.posts] == [True, True]


def test_routes_are_tried_with_an_alert_that_is_imagined(earth: World) -> None:
    earth.configure(receivers=f'[receivers.mail]\nurl = "{earth.desk_url}"\n{ROUTES}')
    asked = ("--rule", "un-votes", "--position", "Israel abstained")
    assert watcher(earth.folder, "routes", "test", *asked).stdout.splitlines() == [
        "✗ for Israel  Israel: abstained, not in favour",
        "✗ quiet  rule: un-votes, not israel-ukraine",
        "It goes to desk: no route has the last word, so its rules notify.",
    ]
    asked = ("--rule", "israel-ukraine", "--position", "Israel in favour")
    assert watcher(earth.folder, "routes", "test", *asked).stdout.splitlines() == [
        "✓ for Israel  takes it",
        "· quiet  not asked: a route above has taken it",
        "It goes to mail.",
    ]
    told = json.loads(watcher(earth.folder, "routes", "test", "--rule", "israel-ukraine", "--json").stdout)
    assert (told["receivers"], told["by"]) == ([], ["quiet"])
    assert "un-votes" in watcher(earth.folder, "routes", "test", "--rule", "un-vote", code=2).stderr
    assert "write a country" in watcher(earth.folder, "routes", "test", "--position", "Israel", code=2).stderr


def test_routes_are_tried_with_what_is_stored(earth: World) -> None:
    earth.configure(receivers=f'[receivers.mail]\nurl = "{earth.desk_url}"\n{ROUTES}')
    earth.drop("note.txt", VOTE)
    earth.once()
    [alert] = map(json.loads, watcher(earth.folder, "alerts", "--json").stdout.splitlines())
    for target in (alert["key"], str(alert["article"])):
        told = watcher(earth.folder, "routes", "test", target).stdout.splitlines()
        assert told[-1] == "It goes to mail."
    assert "there is no alert" in watcher(earth.folder, "routes", "test", "nonsense", code=2).stderr
    listed = watcher(earth.folder, "routes").stdout
    assert "Israel in favour" in listed
    assert "nobody" in listed
