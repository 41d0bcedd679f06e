"""Which route takes an alert: the first of which all that it asks for is so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.alerts.routing import Conditions, Occasion, Route, Traits, opinions, route
from watcher.core.messages import Message
from watcher.core.messages.troubles import Operators
from watcher.core.model import Position, Severity
from watcher.core.rules.spec import Held

AGAINST, IN_FAVOUR = Position.AGAINST, Position.IN_FAVOUR

ALERT = Traits(
    Occasion.FIRST,
    Severity.HIGH,
    rules=("un-votes", "israel"),
    tags=("votes",),
    source="UN News",
    source_tags=("un",),
    entities=("israel", "un-bodies"),
    positions={"Israel": frozenset({AGAINST}), "France": frozenset({IN_FAVOUR})},
)


@pytest.mark.parametrize(
    ("asked", "lacks"),
    [
        (Conditions(), ()),
        (Conditions(rules=("israel",)), ()),
        (Conditions(rules=("chess",)), ("rule: un-votes, israel, not chess",)),
        (Conditions(severity=(Severity.HIGH, Severity.LOW)), ()),
        (Conditions(severity=(Severity.LOW,)), ("severity: high, not low",)),
        (Conditions(tags=("votes",), source_tags=("un", "wire"), sources=("UN News",)), ()),
        (
            Conditions(tags=("sport",), sources=("BBC",)),
            ("tag: votes, not sport", "source: UN News, not BBC"),
        ),
        (Conditions(source_tags=("wire",)), ("tag of the source: un, not wire",)),
        (Conditions(entities=("chess", "israel")), ()),
        (Conditions(entities=("chess",)), ("entity: israel, un-bodies, not chess",)),
        (Conditions(positions=(Held("Israel", (AGAINST,)), Held("France", (AGAINST, IN_FAVOUR)))), ()),
        (Conditions(positions=(Held("Israel", (IN_FAVOUR,)),)), ("Israel: against, not in favour",)),
        (Conditions(positions=(Held("Chad", (AGAINST,)),)), ("Chad: not stated how it voted, not against",)),
        (Conditions(kinds=(Occasion.FIRST,)), ()),
        (Conditions(kinds=(Occasion.UPDATE,)), ("kind: first, not update",)),
        (Conditions(stories=("a",)), ("story: none, not a",)),
    ],
)
def test_a_route_takes_what_is_as_it_asks_and_says_what_else_is_not(
    asked: Conditions, lacks: tuple[str, ...]
) -> None:
    assert Route("r", asked, ("desk",)).lacking(ALERT) == lacks


def test_the_first_that_takes_it_is_the_last_that_is_asked() -> None:
    routes = [
        Route("low", Conditions(severity=(Severity.LOW,)), ("nobody",)),
        Route("high", Conditions(severity=(Severity.HIGH,)), ("mail",)),
        Route("all", Conditions(), ("desk",)),
    ]
    assert route(routes, ALERT, ["notified"]).receivers == ("mail",)
    assert [lacking for _, lacking in opinions(routes, ALERT)] == [("severity: high, not low",), (), None]


def test_one_that_goes_on_adds_to_those_below_each_receiver_once() -> None:
    routes = [
        Route("too", Conditions(), ("log", "mail"), goes_on=True),
        Route("high", Conditions(severity=(Severity.HIGH,)), ("mail", "desk")),
        Route("all", Conditions(), ("never",)),
    ]
    routed = route(routes, ALERT, [])
    assert (routed.receivers, routed.by) == (("log", "mail", "desk"), ("too", "high"))


def test_one_that_goes_on_to_no_other_adds_to_whom_the_rules_notify() -> None:
    too = Route("too", Conditions(), ("log",), goes_on=True)
    assert route([too], ALERT, ["desk"]).receivers == ("log", "desk")


def test_what_no_route_takes_goes_to_whom_the_rules_notify() -> None:
    low = Route("low", Conditions(severity=(Severity.LOW,)), ("nobody",))
    assert route([low], ALERT, ["desk", "mail", "desk"]).receivers == ("desk", "mail")


def test_watchers_own_troubles_are_taken_only_by_a_route_that_names_them() -> None:
    trouble = Traits(Occasion.OPERATOR, Severity.HIGH)
    everything = Route("all", Conditions(), ("desk",))
    troubles = Route("troubles", Conditions(kinds=(Occasion.OPERATOR,)), ("admin",))
    assert route([everything], trouble, ()).by == ()
    assert route([everything, troubles], trouble, ()).receivers == ("admin",)


words = st.sampled_from(["a", "b"])
conditions = st.builds(
    Conditions,
    rules=st.lists(words, max_size=2).map(tuple),
    severity=st.lists(st.sampled_from(Severity), max_size=2).map(tuple),
    entities=st.lists(words, max_size=1).map(tuple),
    kinds=st.lists(st.sampled_from(Occasion), max_size=2).map(tuple),
    positions=st.lists(st.builds(Held, words, st.just((AGAINST,))), max_size=1).map(tuple),
)
routes_of_all_kinds = st.lists(
    st.builds(
        Route, words, conditions, st.lists(st.sampled_from("xyz"), max_size=2).map(tuple), st.booleans()
    ),
    max_size=5,
)
alerts = st.builds(
    Traits,
    st.sampled_from([Occasion.FIRST, Occasion.UPDATE, Occasion.CORRECTION]),
    st.sampled_from(Severity),
    rules=st.lists(words, min_size=1, max_size=2).map(tuple),
    entities=st.lists(words, max_size=2).map(tuple),
    positions=st.dictionaries(words, st.just(frozenset({AGAINST}))),
)


@given(routes_of_all_kinds, alerts)
def test_every_alert_goes_somewhere_or_a_route_says_that_it_goes_nowhere(
    routes: list[Route], alert: Traits
) -> None:
    routed = route(routes, alert, ["notified"])
    taking = [each for each, lacking in opinions(routes, alert) if lacking == ()]
    last = [each for each in taking if not each.goes_on]
    assert routed.receivers or last[0].receivers == ()
    assert ("notified" in routed.receivers) is (not last)
    assert all(set(each.receivers) <= set(routed.receivers) for each in taking)


@given(routes_of_all_kinds, alerts)
def test_a_route_at_the_end_changes_nothing_for_what_a_route_before_it_has_taken(
    routes: list[Route], alert: Traits
) -> None:
    before = route(routes, alert, [])
    after = route([*routes, Route("last", Conditions(), ("last",))], alert, [])
    ended = any(lacking == () and not each.goes_on for each, lacking in opinions(routes, alert))
    assert ("last" in after.receivers) is (not ended)
    assert before.receivers == tuple(name for name in after.receivers if name != "last")


# -- who hears of watcher's own troubles ---------------------------------------------------------------------------

TROUBLE = Message("key", Severity.HIGH, "watcher: trouble", "text", "<p>text</p>")
OPERATORS = Operators(
    ("operator", "desk", "mail"),
    (Route("troubles", Conditions(kinds=(Occasion.OPERATOR,), severity=(Severity.HIGH,)), ("mail", "log")),),
)


def test_the_operator_is_told_but_where_it_fails_or_is_the_trouble_itself() -> None:
    plain = replace(OPERATORS, routes=())
    assert plain.told(TROUBLE, frozenset()) == ("operator",)
    assert plain.told(TROUBLE, frozenset({"operator"})) == ("desk",)
    assert plain.told(TROUBLE, frozenset(), but=["operator"]) == ("desk",)
    assert plain.told(TROUBLE, frozenset({"operator", "desk", "mail"})) == ("operator",)
    assert Operators(("desk",)).told(TROUBLE, frozenset(), but=["desk"]) == ()


def test_a_route_says_who_hears_of_troubles_as_long_as_one_of_them_works() -> None:
    both = replace(OPERATORS, names=("operator", "desk", "mail", "log"))
    assert both.told(TROUBLE, frozenset()) == ("mail", "log")
    assert both.told(TROUBLE, frozenset({"mail"})) == ("log",)
    assert both.told(TROUBLE, frozenset({"mail", "log"})) == ("operator",)
    assert both.told(replace(TROUBLE, severity=Severity.LOW), frozenset()) == ("operator",)
