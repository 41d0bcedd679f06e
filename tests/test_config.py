"""config.toml -> Config, whole or not at all: exact messages, exact lines, and no other exception ever.

configs/bad-*.toml begin with the problems expected of them, two lines each; configs/good-*.toml load.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import tomllib
from datetime import time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from watcher.config import Config, Polling, Source, durations, lines, load
from watcher.config.table import Table
from watcher.core.alerts.pacing import Limit, Pace, Quiet
from watcher.core.alerts.routing import Conditions, Occasion, Route
from watcher.core.model import Outcome, Position, Severity
from watcher.core.rules.lists import condition
from watcher.core.rules.spec import Clause, Examples, Held, Margin, RuleSpec, VoteWanted, Weights
from watcher.core.upkeep.retention import Retention
from watcher.errors import ConfigError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.core.rules.spec import Key

CONFIGS = Path(__file__).parent / "configs"
SHIPPED = Path(__file__).parent.parent / "config.toml"
TEXT = SHIPPED.read_text(encoding="utf-8")
RULES = (CONFIGS / "good-rules.toml").read_text(encoding="utf-8")
JARGON = ("pydantic", "Input should", "Traceback", "validation", "NoneType", "dict", "str type", "model_")


def problems_of(path: Path, env: dict[str, str] | None = None) -> tuple[Problem, ...]:
    """What is wrong with a file, the file called by its bare name."""
    with pytest.raises(ConfigError) as caught:
        load(path, env or {})
    return tuple(dataclasses.replace(problem, file=path.name) for problem in caught.value.problems)


def expected_of(path: Path) -> list[str]:
    """The `# expect:` and `# fix:` lines at the top, as the messages they stand for."""
    head = path.read_bytes().decode("utf-8", errors="replace").splitlines()
    pairs = zip(head[::2], head[1::2], strict=False)
    return [
        f"{expect.removeprefix('# expect: ')}\n  {fix.removeprefix('# ')}"
        for expect, fix in pairs
        if expect.startswith("# expect: ")
    ]


# --- bad files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("bad-*.toml")), ids=lambda path: path.stem)
def test_a_bad_file_gives_exactly_these_messages(path: Path) -> None:
    assert [str(problem) for problem in problems_of(path)] == expected_of(path)


def test_the_whole_message_names_the_file_as_the_user_did(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(TEXT.replace("keywords.none = ", "keyword.none = "), encoding="utf-8")
    line = 1 + next(
        number for number, text in enumerate(TEXT.splitlines()) if text.startswith("keywords.none")
    )
    with pytest.raises(ConfigError) as caught:
        load(path, {})
    assert str(caught.value) == (
        f'{path}, line {line}: rules."israel-ukraine".keyword: unknown key\n  fix: did you mean "keywords"?'
    )


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "config.toml")
    assert str(problem) == (
        "config.toml: there is no such file\n"
        "  fix: name yours by `watcher --config FILE`, or put it where `watcher paths` looks for it"
    )


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path)
    assert problem.what == "is a folder, not a file"


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "[" * 90 + "]" * 90,
        "a = " + "{a=" * 90 + "1" + "}" * 90,
        "a = " + "9" * 5_000,
    ],
    ids=["unclosed", "lists", "tables", "digits"],
)
def test_what_python_itself_stumbles_over_is_a_problem_too(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    assert problems_of(path)


def test_what_is_found_in_a_text_gets_the_line_in_it() -> None:
    config = load(CONFIGS / "good-rules.toml", {})
    line = 1 + RULES.splitlines().index('AND NOT (shareholder* OR "talent show")')
    problem = config.problem(("rules", 1, "query", 3), "is odd", "mend it")
    assert (problem.key, problem.line) == ('rules."terms-query".query', line)


def test_what_is_found_later_gets_its_line_too(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(LATER, encoding="utf-8")
    config = load(path, {})
    assert str(config.problem(("rules", 0, "keywords", "any", 2), "has two stars", "write one")) == (
        f'{path}, line 10: rules."un-votes".keywords.any[2]: has two stars\n  fix: write one'
    )
    assert config.problem(("entities", "israel", "names", 1), "", "").line == 13
    assert (
        config.problem(("entities", "israel", "names", 99), "", "").line == 13
    )  # a shipped name: the nearest
    assert config.problem(("rules", 0, "near"), "", "").line == 4
    assert config.problem(("web",), "", "").line is None


LATER = """\
[[sources]]
name = "drop"
folder = "seeds"
[[rules]]
id = "un-votes"
notify = ["desk"]
keywords.any = [
  "vote*",
  "veto*",  # the next is odd
  "**",
]
[entities]
israel.names = ["Knesset", "Gideon Sa'ar"]
[receivers.desk]
url = "terminal://"
"""


# --- good files --------------------------------------------------------------------------------------------------


def test_the_config_that_ships_needs_no_environment() -> None:
    config = load(SHIPPED, {})
    assert config.database == SHIPPED.parent / "watcher.db"
    assert config.sources[0].folder == SHIPPED.parent / "seeds"
    assert config.sources[0].max_age is None
    assert {source.max_age for source in config.sources[1:]} == {timedelta(days=3)}
    assert [rule.id for rule in config.rules] == ["un-votes", "israel-ukraine"]
    assert config.rules[0].severity is Severity.HIGH
    assert config.receivers[0].url.get_secret_value() == "terminal://"


def test_the_defaults_are_those_that_the_shipped_config_shows() -> None:
    shipped, minimal = load(SHIPPED, {}), load(CONFIGS / "good-minimal.toml", {})
    assert minimal.polling == shipped.polling
    assert minimal.min_free == shipped.min_free == 200_000_000
    assert minimal.retention == shipped.retention == Retention()
    assert minimal.database.name == shipped.database.name
    (rule,) = minimal.rules
    assert (rule.name, rule.severity, rule.fields) == ("votes", Severity.MEDIUM, ("title", "text"))
    assert (rule.near, rule.event, rule.entities) == (None, None, Clause())


def test_every_key_arrives_where_it_belongs() -> None:
    config = load(CONFIGS / "good-everything.toml", {})
    assert config.database == Path("/var/lib/watcher/news.db")
    assert config.polling == Polling(
        every=timedelta(minutes=20),
        min_interval=timedelta(minutes=4),
        max_interval=timedelta(minutes=80),
        timeout=timedelta(seconds=45),
        max_age=timedelta(days=2),
        first_poll_age=timedelta(0),
        contact="desk@example.org",
    )
    assert config.min_free == 50_000_000
    days = timedelta(days=1)
    assert config.retention == Retention(20 * days, 5000, 90 * days, 730 * days)
    assert config.sources == (FEED, FOLDER)
    assert config.rules == (COURT, ASKED)
    assert config.operator == "mail"
    assert config.routes == (AGAINST, TROUBLES)
    assert config.heartbeat
    assert config.heartbeat.url.get_secret_value() == "https://hc-ping.com/0123"
    assert (config.heartbeat.every, config.heartbeat.allow_private) == (timedelta(minutes=2), True)
    assert [(receiver.name, receiver.pace) for receiver in config.receivers] == [
        ("desk", Pace()),
        ("mail", AT_NIGHT),
    ]


AT_NIGHT = Pace(
    ZoneInfo("Europe/Kyiv"),
    Quiet(time(22), time(7)),
    digest=time(8, 30),
    limit=Limit(20, timedelta(hours=1)),
    at_once=Severity.HIGH,
)
AGAINST = Route(
    "the Court against Israel",
    Conditions(
        rules=("court",),
        severity=(Severity.MEDIUM, Severity.LOW),
        tags=("law",),
        sources=("UN News",),
        source_tags=("un",),
        entities=("israel",),
        positions=(Held("Israel", (Position.AGAINST,)),),
        kinds=(Occasion.FIRST,),
    ),
    receivers=("desk",),
    goes_on=True,
)
TROUBLES = Route(
    "2", Conditions(severity=(Severity.HIGH,), kinds=(Occasion.OPERATOR,)), receivers=("mail", "desk")
)
FEED = Source(
    name="UN News",
    url="https://news.un.org/feed/subscribe/en/news/all/rss.xml",
    folder=None,
    tags=("un", "english"),
    every=timedelta(minutes=10),
    min_interval=timedelta(minutes=10),
    max_interval=timedelta(minutes=10),
    timeout=timedelta(minutes=1),
    max_age=timedelta(days=7),
    allow_private=True,
    full_text=False,
    enabled=False,
)
FOLDER = Source(
    name="drop",
    url=None,
    folder=CONFIGS / "in/news",
    tags=(),
    every=timedelta(minutes=20),
    min_interval=timedelta(minutes=4),
    max_interval=timedelta(minutes=80),
    timeout=timedelta(seconds=45),
    max_age=timedelta(days=3650),
)
COURT = RuleSpec(
    id="court",
    name="The Court",
    severity=Severity.LOW,
    notify=("desk", "mail"),
    entities=Clause(any=("icj", "un-bodies"), all=("israel",), none=("ukraine",), at_least=1),
    keywords=Clause(
        any=("ruling*", 'a "quoted" phrase'),
        all=("advisory opinion",),
        none=(
            "basketball",
            Clause(
                any=("@icj",),
                all=("opinion", "advisory"),
                none=("poll*",),
                at_least=1,
                near="sentence",
                ordered=True,
            ),
        ),
        at_least=1,
    ),
    near=40,
    ordered=True,
    fields=("text",),
    score=Weights(5, (("the Hague", 5), ("@icj", 3), ("tennis*", -8))),
    event="un-vote",
    vote=VoteWanted(
        bodies=("UNGA", "UNSC"),
        outcome=(Outcome.VETOED, Outcome.REJECTED),
        positions=(
            Held("Israel", (Position.AGAINST,)),
            Held("United States", (Position.AGAINST, Position.ABSTAINED)),
        ),
        mentions=("Israel", "@icj", "settlement*"),
        margin=Margin(at_least=-20, at_most=10),
    ),
    tags=("law",),
    source_tags=("un",),
    languages=("en",),
    tests=(
        Examples(no_match=("They play tennis in The Hague",)),
        Examples(todo_match=("A judgment was given",)),
    ),
)
ASKED = RuleSpec(
    id="asked",
    name="asked",
    severity=Severity.MEDIUM,
    notify=("desk",),
    query="@icj NEAR/5 opinion\n  AND NOT poll*",
    tests=(Examples(match=("The ICJ gave\nits opinion",), no_match=("The ICJ gave its opinion on polls",)),),
)


def test_each_key_that_exists_is_in_the_file_that_says_so() -> None:
    data = tomllib.loads((CONFIGS / "good-everything.toml").read_text(encoding="utf-8"))
    written = {part for key, _ in parts_of(data) for part in key}
    known = {key for table in subclasses(Table) for key in table.model_fields}
    assert known <= written


def subclasses(of: type[Table]) -> Iterator[type[Table]]:
    for table in of.__subclasses__():
        yield table
        yield from subclasses(table)


def test_a_group_of_entities_holds_entities() -> None:
    rules = {rule.id: rule for rule in load(CONFIGS / "good-rules.toml", {}).rules}
    grouped = Clause(all=("@israel", "@ukraine"))
    assert rules["entities-lists"].entities.any == ("icj", "un-bodies", grouped)


def test_countries_in_a_vote_go_by_one_name_and_a_single_word_is_a_list_of_one() -> None:
    rules = {rule.id: rule for rule in load(CONFIGS / "good-rules.toml", {}).rules}
    assert rules["votes-lists"].vote == rules["votes-query"].vote
    assert rules["votes-query"].vote == VoteWanted(
        bodies=("UNGA-C3",),
        outcome=(Outcome.ADOPTED,),
        positions=(Held("Israel", (Position.IN_FAVOUR,)), Held("North Korea", (Position.ABSENT,))),
        mentions=("Україна", "@chess", "=ICJ"),
        margin=Margin(at_least=0, at_most=193),
    )


PAIRS = ["terms", "entities", "near", "ordered", "groups", "title", "score", "votes"]


@pytest.mark.parametrize("name", PAIRS)
def test_a_query_says_what_lists_say(name: str) -> None:
    rules = {rule.id: rule for rule in load(CONFIGS / "good-rules.toml", {}).rules}
    lists, query = (str(condition(rules[f"{name}-{form}"], ())) for form in ("lists", "query"))
    assert lists == query


def test_a_template_is_read_with_the_config_that_names_it() -> None:
    read = load(CONFIGS / "good-everything.toml", {}).templates
    assert read["court"].texts == {"subject.txt": "The Court: {{ subject }}\n"}


def test_names_in_the_file_are_added_to_those_that_watcher_knows() -> None:
    plain, config = load(CONFIGS / "good-minimal.toml", {}), load(CONFIGS / "good-everything.toml", {})
    known, israel = plain.entities["israel"], config.entities["israel"]
    assert israel.names == ("Gideon Sa'ar", *(name for name in known.names if name != "Gideon Sa'ar"))
    assert set(israel.not_names) == {"Bank of Israel Street", *known.not_names}
    assert config.entities["icj"].names[:2] == ("International Court of Justice", "=ICJ")
    assert config.entities["ukraine"] == plain.entities["ukraine"]


def test_another_style_of_toml_says_the_same() -> None:
    plain, inline = load(CONFIGS / "good-everything.toml", {}), load(CONFIGS / "good-inline.toml", {})
    assert dataclasses.replace(inline, path=plain.path) == plain


@pytest.mark.parametrize(("start", "end"), [("\ufeff", "\n"), ("", "\r\n")], ids=["byte order mark", "crlf"])
def test_what_editors_on_other_systems_do_to_a_file_is_no_matter(
    tmp_path: Path, start: str, end: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes((start + TEXT.replace("\n", end)).encode())
    config, plain = load(path, {}), load(SHIPPED, {})
    assert config.rules == plain.rules
    key = ("rules", 1, "keywords", "none", 3)
    assert config.problem(key, "", "").line == plain.problem(key, "", "").line


def test_a_shorter_max_age_shortens_the_default_of_the_first_poll(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        'polling.max_age = "6h"\n' + (CONFIGS / "good-minimal.toml").read_text(), encoding="utf-8"
    )
    assert load(path, {}).polling.first_poll_age == timedelta(hours=6)


def test_paths_are_relative_to_the_file_wherever_it_is_named_from(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/config.toml").write_bytes((CONFIGS / "good-minimal.toml").read_bytes())
    with contextlib.chdir(tmp_path):
        config = load(Path("etc/config.toml"), {})
    assert (config.database, config.path) == (tmp_path / "etc/watcher.db", Path("etc/config.toml"))


# --- durations ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("30s", timedelta(seconds=30)),
        ("15m", timedelta(minutes=15)),
        ("2h", timedelta(hours=2)),
        ("1d", timedelta(days=1)),
        ("0s", timedelta(0)),
    ],
)
def test_a_duration_is_a_number_and_a_unit(text: str, duration: timedelta) -> None:
    assert durations.parse(text) == duration


NO_DURATIONS = [
    "",
    "5",
    "m",
    "1.5h",
    "-1h",
    "1 h",
    "1H",
    "1h30m",
    "١h",
    "1h\n",
    "9" * 12 + "d",
    "9" * 99 + "s",
]


@pytest.mark.parametrize("text", NO_DURATIONS)
def test_nothing_else_is_a_duration(text: str) -> None:
    with pytest.raises(ValueError, match=r"duration|counted"):
        durations.parse(text)


@given(st.integers(0, 10**9))
def test_a_duration_spelled_is_read_back(seconds: int) -> None:
    duration = timedelta(seconds=seconds)
    assert durations.parse(durations.spell(duration)) == duration


# --- secrets -----------------------------------------------------------------------------------------------------

SENTINEL = "s3ntinel-Zq"


def with_url(folder: Path, url: str) -> Path:
    """A config whose only receiver has this `url`, written as TOML."""
    path = folder / "config.toml"
    text = (CONFIGS / "good-minimal.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('"terminal://"', url), encoding="utf-8")
    return path


def url_of(path: Path, env: dict[str, str]) -> str:
    return load(path, env).receivers[0].url.get_secret_value()


def test_a_secret_comes_from_the_credentials_folder_then_its_file_then_the_environment(
    tmp_path: Path,
) -> None:
    path = with_url(tmp_path, '"json://${TOKEN}"')
    (tmp_path / "TOKEN").write_text("of-systemd\n", encoding="utf-8")
    (tmp_path / "token.txt").write_bytes(b"of-file\r\n")
    env = {"TOKEN": "of-env"}
    assert url_of(path, env) == "json://of-env"
    env["TOKEN_FILE"] = str(tmp_path / "token.txt")
    assert url_of(path, env) == "json://of-file"
    env["CREDENTIALS_DIRECTORY"] = str(tmp_path)
    assert url_of(path, env) == "json://of-systemd"
    (tmp_path / "TOKEN").rename(tmp_path / "secrets_TOKEN")  # one of a folder that systemd was told to load
    assert url_of(path, env) == "json://of-systemd"
    (tmp_path / "secrets_TOKEN").unlink()
    assert url_of(path, env) == "json://of-file"
    with pytest.raises(ConfigError, match='put it into a file "secrets/TOKEN" beside the config'):
        url_of(path, {"CREDENTIALS_DIRECTORY": str(tmp_path)})


@pytest.mark.parametrize(
    ("template", "secret", "url"),
    [
        ("${WHOLE}", "slack://a/b/c", "slack://a/b/c"),
        ("slack://${TOKENS}/#alerts", "T0/B0/x", "slack://T0/B0/x/#alerts"),
        ("tgram://${BOT}/1", "12:AB", "tgram://12:AB/1"),
        (
            "mailtos://w:${PASSWORD}@example.org",
            "p@ss/w#r%d?",
            "mailtos://w:p%40ss%2Fw%23r%25d%3F@example.org",
        ),
        (
            "mailtos://${USER}@example.org/@x",
            "desk@example.org",
            "mailtos://desk%40example.org@example.org/@x",
        ),
        (
            "mailtos://example.org?pass=${PASSWORD}",
            "a&optional=yes",
            "mailtos://example.org?pass=a%26optional%3Dyes",
        ),
        ("json://h/?a=$b{c}", "unused", "json://h/?a=$b{c}"),
    ],
)
def test_a_secret_may_hold_any_character(tmp_path: Path, template: str, secret: str, url: str) -> None:
    env = dict.fromkeys(("WHOLE", "TOKENS", "BOT", "PASSWORD", "USER"), secret)
    assert url_of(with_url(tmp_path, f'"{template}"'), env) == url


@pytest.mark.parametrize(
    ("env", "what"),
    [
        ({}, "the secret TOKEN is not set"),
        ({"TOKEN": ""}, "the secret TOKEN is empty"),
        ({"TOKEN": f"{SENTINEL}\nx"}, "the secret TOKEN holds a line break or another control character"),
        ({"TOKEN": f"{SENTINEL}\udcff"}, "the secret TOKEN holds a line break or another control character"),
        ({"TOKEN_FILE": "none", "TOKEN": SENTINEL}, "TOKEN_FILE names a file that does not exist"),
        ({"TOKEN_FILE": "."}, "the file that holds the secret TOKEN cannot be read: Is a directory"),
        ({"TOKEN_FILE": "odd"}, "the file that holds the secret TOKEN is not UTF-8 text"),
        ({"TOKEN_FILE": "blank"}, "the secret TOKEN is empty"),
    ],
)
def test_what_is_wrong_with_a_secret_is_said_without_it(
    tmp_path: Path, env: dict[str, str], what: str
) -> None:
    path = with_url(tmp_path, '"json://${TOKEN}"')
    (tmp_path / "odd").write_bytes(SENTINEL.encode() + b"\xff")
    (tmp_path / "blank").write_text("\n", encoding="utf-8")
    with contextlib.chdir(tmp_path), pytest.raises(ConfigError) as caught:
        load(path, env)
    assert [problem.what for problem in caught.value.problems] == [what]
    assert_hidden(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        '"${TOKEN}"',
        '"json://h/?format=markdown&x=${TOKEN}"',
        '"json://h/?optional=1&x=${TOKEN}"',
        f"slack://{SENTINEL}",
        f'"slack://{SENTINEL}',
        f'"slack://{SENTINEL}\\x"',
        f'["slack://{SENTINEL}"]',
        f'"{SENTINEL}"',
        f'"slack://{SENTINEL}\\n"',
        f'"slack://${{{SENTINEL}"',
    ],
)
def test_a_refused_url_is_not_shown(tmp_path: Path, url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(with_url(tmp_path, url), {"TOKEN": SENTINEL})
    assert_hidden(caught.value)


def assert_hidden(error: BaseException | None) -> None:
    """Neither the error, nor what it holds, nor any that it came from tells the secret."""
    while error is not None:
        assert SENTINEL not in f"{error} {error!r} {vars(error)}"
        error = error.__cause__ or error.__context__


def test_a_config_shows_no_secret(tmp_path: Path) -> None:
    config = load(with_url(tmp_path, '"json://${TOKEN}"'), {"TOKEN": SENTINEL})
    assert config.receivers[0].url.get_secret_value() == f"json://{SENTINEL}"
    assert SENTINEL not in f"{config} {config!r} {config.receivers} {dataclasses.asdict(config.receivers[0])}"


# --- lines -------------------------------------------------------------------------------------------------------


def test_lines_of_a_document_with_everything() -> None:
    text = (CONFIGS / "good-everything.toml").read_text(encoding="utf-8")
    found, written = lines.scan(text), text.splitlines()
    expected: dict[Key, str] = {
        ("database",): 'database = "/var/lib/watcher/news.db"',
        ("polling", "contact"): 'contact = "desk@example.org"',
        ("sources", 1): "[[sources]]",
        ("sources", 1, "name"): 'name = "drop"',
        ("entities", "icj"): "[entities.icj]",
        ("rules", 0, "entities"): "[rules.entities]",
        ("rules", 0, "keywords", "any", 1): '  "a \\"quoted\\" phrase",',
        ("rules", 0, "keywords", "none", 1, "all", 1): '    "advisory",',
        (
            "rules",
            0,
            "keywords",
            "none",
            1,
            "near",
        ): '  ], none = ["poll*"], at_least = 1, near = "sentence", '
        'ordered = true, fields = ["title", "text"] },',
        ("rules", 0, "score", "weights", "@icj"): '"@icj" = 3',
        ("rules", 0, "tests", 1): "[[rules.tests]]",
        ("rules", 1, "tests", 0, "match", 0, 1): 'its opinion"""]',
        ("rules", 1, "query", 1): '  AND NOT poll*"""',
        ("receivers",): "[receivers]",
        ("receivers", "mail"): '[receivers."mail"]',
    }
    assert {key: written[found[key] - 1] for key in expected} == expected


def test_the_line_of_what_is_not_written_is_that_of_what_would_hold_it() -> None:
    found = lines.scan("[a]\nb = [\n1]\n")
    assert lines.locate(found, ("a", "b", 7, "c")) == 2
    assert lines.locate(found, ("a", "z")) == 1
    assert lines.locate(found, ("z",)) is None
    assert lines.locate(found, ()) is None


def test_a_table_stands_where_its_own_header_does() -> None:
    assert lines.scan("[a.b]\n[a]\n")["a",] == 2


PARTS = st.sampled_from(
    ["a", "b-c", "1", "", ".", "a.b", "#", "=", "[x]", '"', "'", "\\", "é", " ", "\t", "\u2028"]
)
BLANKS = st.sampled_from(["", " ", "\t"])
BREAKS = st.sampled_from(["", " ", "\n", "\n\n  ", " # ] } \" ''' [[a]]\n", "\r\n"])
STRINGS = (  # each with a marker, a ";", and what could be mistaken for its end
    r'"m{};"',
    r"'m{};'",
    r'"m{}; # ] }} \" , \\"',
    r"'m{}; # ] }} \ " + "\" ,'",
    '"""m{};\n"" \\""" ]\n# \\\\"""""',
    "'''m{};\n'' ] \\\n'''''",
)


class Writer:
    """Writes a TOML document. Each value that is no list or table holds a marker of its own: m1; m2; …"""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.markers = 0
        self.names = 0

    def document(self) -> str:
        text = self.pairs()
        headers: list[tuple[str, bool]] = []
        for _ in range(self.draw(st.integers(0, 5))):
            header, many = self.header(headers)
            headers.append((header, many))
            text += (f"[[{header}]]" if many else f"[{header}]") + self.draw(BLANKS) + "\n" + self.pairs()
        return text

    def header(self, headers: list[tuple[str, bool]]) -> tuple[str, bool]:
        """A new table or array of tables, perhaps inside one there is, or one more of an array of tables."""
        inside, many = self.draw(st.sampled_from([*headers, ("", False)]))
        if many and self.draw(st.booleans()):
            return inside, True
        return (f"{inside}.{self.key()}" if inside else self.key()), self.draw(st.booleans())

    def pairs(self) -> str:
        count = self.draw(st.integers(0, 3))
        return "".join(f"{self.draw(BREAKS).rstrip(' ')}{self.pair(3)}\n" for _ in range(count))

    def pair(self, depth: int) -> str:
        return f"{self.key()}{self.blank('=')}{self.value(depth)}"

    def key(self) -> str:
        """A dotted key that is not used before, each part in one of TOML's ways to write it."""
        self.names += 1
        parts = [f"k{self.names}", *self.draw(st.lists(PARTS, max_size=2))]
        return self.blank(".").join(self.part(part) for part in parts)

    def part(self, name: str) -> str:
        bare = name.isascii() and name.replace("-", "").isalnum()
        return name if bare and self.draw(st.booleans()) else json.dumps(name)

    def blank(self, around: str) -> str:
        return f"{self.draw(BLANKS)}{around}{self.draw(BLANKS)}"

    def value(self, depth: int) -> str:
        kind = self.draw(st.sampled_from(["string", "list", "table"] if depth else ["string"]))
        count = self.draw(st.integers(0, 3))
        if kind == "list":
            items = [self.draw(BREAKS) + self.value(depth - 1) + self.draw(BREAKS) for _ in range(count)]
            last = self.draw(st.sampled_from(["", ","])) if items else ""
            return f"[{self.draw(BREAKS)}{','.join(items)}{last}{self.draw(BREAKS)}]"
        if kind == "table":
            return "{" + ",".join(self.blank(self.pair(depth - 1)) for _ in range(count)) + "}"
        self.markers += 1
        return self.draw(st.sampled_from(STRINGS)).format(self.markers)


@st.composite
def documents(draw: st.DrawFn) -> str:
    return Writer(draw).document()


def parts_of(data: Any, key: Key = ()) -> Iterator[tuple[Key, str | None]]:
    """Each key path below `data` with the text that stands there; None for a list or a table."""
    if key:
        yield key, data if isinstance(data, str) else None
    if isinstance(data, dict | list):
        for part, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from parts_of(value, (*key, part))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = '''\nx\ny\n'''", [2, 3, 4]),
        ("a = '''x\ny'''", [1, 2]),
        ("a = '''\r\nx\r\ny'''", [2, 3]),
        ('a = """x\\\n  \n y\nz"""', [1, 4]),
        ('a = """x\\\\\ny\\nz"""', [1, 2, 2]),
        ("a = '''x\\\ny\\nz'''", [1, 2]),
        ('a = """"""', [1]),
        ('a = "x\\ny"', []),
    ],
)
def test_the_lines_inside_a_text(text: str, expected: list[int]) -> None:
    found = lines.scan(text)
    inside = [found[key] for key in sorted(key for key in found if len(key) == 2)]
    assert inside == expected
    assert not expected or len(expected) == len(tomllib.loads(text)["a"].split("\n"))


@given(documents())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_lines_are_right_whatever_the_document(text: str) -> None:
    found = lines.scan(text)
    for key, value in parts_of(tomllib.loads(text)):
        line = text.split("\n")[found[key] - 1]
        assert value is None or value[: value.index(";") + 1] in line


# --- whatever the file holds -------------------------------------------------------------------------------------

VALUES = [
    "",
    "7",
    "-1",
    "1.5",
    "inf",
    "true",
    '"x"',
    '""',
    "[]",
    "[1]",
    '["x"]',
    "[[[]]]",
    "{}",
    "{ any = [] }",
    "[{}]",
]
VALUES += ["{ any = 5 }", "2026-02-24", "07:32:00", '"${X}"', '"${"', '"\\u0000"', '"https://[x"', "'''\n'''"]
TYPED = st.text(max_size=5) | st.sampled_from(["[[", "]", '"', "a.b = 1\n", "[entities]\n", "\x00", "\r"])
PLACES = st.floats(0, 1, exclude_max=True)


@dataclasses.dataclass(frozen=True)
class Edit:
    """One thing that a person, an editor or a full disk does to a file. Places are shares of its length."""

    kind: str
    at: float
    to: float
    value: str
    typed: str

    def made(self, text: str) -> str:
        written = text.split("\n")
        at, to, character = int(self.at * len(written)), int(self.to * len(written)), int(self.at * len(text))
        match self.kind:
            case "drop":
                del written[at]
            case "double":
                written.insert(to, written[at])
            case "swap":
                written[at], written[to] = written[to], written[at]
            case "retype":
                at = self.line_with_key(written)
                written[at] = f"{written[at].partition('=')[0]}= {self.value}"
            case "misspell":
                at = self.line_with_key(written)
                slip = int(self.to * len(written[at].partition("=")[0]))
                written[at] = written[at][:slip] + written[at][slip + 1 :]
            case "truncate":
                return text[:character]
            case "insert":
                return text[:character] + self.typed + text[character:]
        return "\n".join(written)

    def line_with_key(self, written: list[str]) -> int:
        keys = [
            number for number, line in enumerate(written) if "=" in line and not line.startswith("#")
        ] or [0]
        return keys[int(self.at * len(keys))]


KINDS = st.sampled_from(["drop", "double", "swap", "retype", "misspell", "truncate", "insert"])
EDITS = st.builds(Edit, KINDS, PLACES, PLACES, st.sampled_from(VALUES), TYPED)


@given(st.sampled_from([TEXT, RULES]), st.lists(EDITS, min_size=1, max_size=3))
def test_a_mutilated_config_loads_or_says_why(
    tmp_path_factory: pytest.TempPathFactory, text: str, edits: list[Edit]
) -> None:
    for edit in edits:
        text = edit.made(text)
    assert_loads_or_says_why(tmp_path_factory.getbasetemp() / "mutilated.toml", text.encode(errors="replace"))


@given(st.binary(max_size=200))
@example(b"\xff")
@example(b"\xef\xbb\xbf")
@example(b"a=1\r")
def test_any_bytes_load_or_say_why(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    assert_loads_or_says_why(tmp_path_factory.getbasetemp() / "bytes.toml", content)


SECTIONS = ["database", "polling", "sources", "entities", "rules", "receivers", "rule", "receiver"]
KEYS = [
    "every",
    "max_age",
    "first_poll_age",
    "name",
    "url",
    "folder",
    "tags",
    "israel",
    "names",
    "not_names",
    "id",
]
KEYS += [
    "severity",
    "sevrity",
    "notify",
    "keywords",
    "any",
    "all",
    "none",
    "near",
    "fields",
    "event",
    "desk",
    "[key]",
]
KEYS += [
    "at_least",
    "ordered",
    "score",
    "weights",
    "query",
    "languages",
    "tests",
    "match",
    "no_match",
    "@israel",
]
LEAVES = [
    "",
    "@isreal",
    "en",
    "a NEAR/5 @b",
    "desk",
    "israel",
    "2d",
    "high",
    "title",
    "https://x/",
    "${X}",
    "json://x?optional=yes",
    "\x00",
]
DATA = st.recursive(
    st.sampled_from(LEAVES)
    | st.integers()
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(SECTIONS + KEYS), inner, max_size=5)
    ),
    max_leaves=25,
)


def inline(value: Any) -> str:
    """`value` as TOML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(item) for item in value) + "]"
    return json.dumps(value)


@given(st.dictionaries(st.sampled_from(SECTIONS), DATA, max_size=8))
def test_any_toml_loads_or_says_why(tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]) -> None:
    text = "".join(f"{json.dumps(key)} = {inline(value)}\n" for key, value in data.items())
    assert_loads_or_says_why(tmp_path_factory.getbasetemp() / "data.toml", text.encode())


def assert_loads_or_says_why(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        found: Config | ConfigError = load(path, {})
    except ConfigError as error:
        found = error
    assert isinstance(found, Config) or found.problems
    for problem in found.problems if isinstance(found, ConfigError) else ():
        assert problem.line is None or 1 <= problem.line <= content.count(b"\n") + 1
        assert problem.what.strip()
        assert problem.fix.strip()
        assert str(problem).count("\n") == 1
        assert not [word for word in JARGON if word in f"{problem.what} {problem.fix}"]
