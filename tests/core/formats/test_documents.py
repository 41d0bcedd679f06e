"""The files that people drop: text, markdown, saved pages, JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from watcher.core.formats.documents import read
from watcher.core.model import Entry
from watcher.errors import ParseError

SEEDS = Path(__file__).parents[3] / "seeds"
VOTE_DAY = datetime(2026, 2, 24, tzinfo=UTC)
NO_ARTICLE = 'no article: {"title": …, "text": …} is expected'
LONG = "The General Assembly adopted the resolution by a recorded vote after a debate that lasted the whole day, "


def one(name: str, text: str | bytes) -> Entry:
    [entry] = read(name, text.encode() if isinstance(text, str) else text).entries
    return entry


def refusal(name: str, body: bytes) -> str:
    with pytest.raises(ParseError) as refused:
        read(name, body)
    return str(refused.value)


# ---- Text ---------------------------------------------------------------------------------------------------------


def test_a_dateline_is_the_date_and_not_part_of_the_text() -> None:
    entry = one("a.txt", " date 2026-02-24 The Assembly voted. It was close.\n\nMore.")
    assert (entry.published_at, entry.key, entry.language) == (VOTE_DAY, "a.txt", None)
    assert entry.title == "The Assembly voted. It was close."
    assert entry.text == "More."


@pytest.mark.parametrize("opening", ["date 2026-02-24\n", "\n date 2026-02-24: ", "\ufeff date 2026-02-24 "])
def test_a_dateline_may_stand_a_little_differently(opening: str) -> None:
    entry = one("a.txt", f"{opening}Words of the day")
    assert (entry.published_at, entry.title) == (VOTE_DAY, "Words of the day")


@pytest.mark.parametrize(
    "text", ["Update 2026-02-24 words", "date 2026-13-45 words", "date 1066-10-14 words", "date: words"]
)
def test_what_only_resembles_a_dateline_stays(text: str) -> None:
    entry = one("a.txt", text)
    assert (entry.published_at, entry.text) == (None, text)


def test_a_short_first_line_is_the_title() -> None:
    entry = one("a.txt", "A headline\n\nThe text.\n\nAnd more.")
    assert (entry.title, entry.text) == ("A headline", "The text.\n\nAnd more.")


def test_a_headline_needs_no_blank_line_before_a_long_one() -> None:
    entry = one("a.txt", f"A headline\n{LONG * 2}")
    assert (entry.title, entry.text) == ("A headline", (LONG * 2).strip())


def test_the_first_of_wrapped_lines_is_no_title() -> None:
    entry = one("a.txt", "The Assembly voted on\nTuesday. It was close.\n")
    assert (entry.title, entry.text) == (
        "The Assembly voted on Tuesday.",
        "The Assembly voted on Tuesday. It was close.",
    )


def test_a_text_of_one_line_keeps_it() -> None:
    entry = one("a.txt", "The Assembly voted. It was close.")
    assert (entry.title, entry.text) == ("The Assembly voted.", "The Assembly voted. It was close.")


def test_a_long_first_sentence_is_shortened_for_the_title_alone() -> None:
    entry = one("a.txt", LONG * 4)
    assert entry.title.removesuffix("…") == (LONG * 2)[: len(entry.title) - 1]
    assert 180 < len(entry.title) <= 200
    assert entry.text == (LONG * 4).strip()


def test_the_sample_articles_read_as_a_person_would() -> None:
    first, second = (one(path.name, path.read_bytes()) for path in sorted(SEEDS.glob("*.txt")))
    assert first.published_at == VOTE_DAY
    assert first.title.startswith("The United Nations General Assembly on Tuesday approved")
    assert first.title.endswith("…")
    assert first.text.startswith("The United Nations General Assembly on Tuesday approved")
    assert "107 countries" in first.text
    assert second.title == "Israel does not have many allies in the UN General Assembly."
    assert second.text.startswith(second.title)
    assert second.published_at is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_of_editors_are_read(encoding: str) -> None:
    assert one("a.txt", "Резолюція — “so far”".encode(encoding)).text == "Резолюція — “so far”"


def test_what_is_no_utf8_is_read_as_windows_wrote_it() -> None:
    assert one("a.txt", "Café — “so far”".encode("cp1252")).text == "Café — “so far”"


def test_line_ends_of_all_systems_part_paragraphs() -> None:
    assert one("a.txt", "Title\r\n\r\nOne.\r\rTwo.").text == "One.\n\nTwo."


# ---- Markdown -----------------------------------------------------------------------------------------------------


def test_markdown_becomes_plain_text() -> None:
    entry = one(
        "a.md",
        "# A *vote* in [New York](https://example.org)\n\nThe **General Assembly** `voted`.\n\n> quoted\n\n"
        "- one\n- two\n\n---\n\n## Later\n\n![a picture](x.png) snake_case 2 * 3 * 4\n",
    )
    assert entry.title == "A vote in New York"
    assert entry.text == (
        "The General Assembly voted.\n\nquoted\n\none\n\ntwo\n\nLater\n\na picture snake_case 2 * 3 * 4"
    )


def test_front_matter_states_title_date_and_address() -> None:
    entry = one(
        "a.md", '---\ntitle: "The vote"\ndate: 2026-02-24\nurl: https://example.org/a\n---\nThe text.\n'
    )
    assert entry == Entry("a.md", "The vote", "The text.", "https://example.org/a", VOTE_DAY)


def test_front_matter_needs_no_fence() -> None:
    entry = one("a.md", "title: The vote\ndate: 2026-02-24\n\nThe text.\n")
    assert (entry.title, entry.published_at, entry.text) == ("The vote", VOTE_DAY, "The text.")


def test_markdown_without_a_title_is_read_as_text() -> None:
    assert one("a.md", "A headline\n\nThe text.").title == "A headline"
    assert one("a.md", "The Assembly voted. It was close.").title == "The Assembly voted."


def test_a_heading_alone_is_an_article() -> None:
    assert one("a.md", "# The vote") == Entry("a.md", "The vote", "")


# ---- Pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.html", "a.HTM"])
def test_a_saved_page_is_read(name: str) -> None:
    entry = one(
        name,
        '<title>The vote</title><link rel=canonical href="https://example.org/a"><time datetime="2026-02-24">'
        "<body><p>The Assembly voted.</p>",
    )
    assert entry == Entry(name, "The vote", "The Assembly voted.", "https://example.org/a", VOTE_DAY)


def test_a_page_without_a_title_takes_its_first_sentence() -> None:
    assert one("a.html", "<p>The Assembly voted. It was close.").title == "The Assembly voted."


def test_the_address_of_a_page_is_of_the_web() -> None:
    assert one("a.html", '<link rel=canonical href="javascript:alert(1)"><p>words').url is None


# ---- JSON ---------------------------------------------------------------------------------------------------------

VOTE = {
    "title": "The vote",
    "text": "It was close.",
    "date": "2026-02-24",
    "url": "https://example.org/a",
    "language": "en",
}


def test_an_object_is_an_article() -> None:
    entry = one("a.json", json.dumps(VOTE))
    assert entry == Entry("a.json", "The vote", "It was close.", "https://example.org/a", VOTE_DAY, "en")


def test_a_list_is_several() -> None:
    parsed = read("a.json", json.dumps([VOTE, {"text": "Another. Text.", "id": 7}]).encode())
    assert [(entry.key, entry.title) for entry in parsed.entries] == [
        ("a.json#1", "The vote"),
        ("a.json#7", "Another."),
    ]
    assert parsed.warning is None


def test_a_line_is_an_article_and_a_bad_line_costs_only_itself() -> None:
    lines = [
        json.dumps(VOTE),
        "",
        "{not json}",
        '"text"',
        '{"title": 5}',
        '{"id": "b", "title": "Good"}',
        "{}",
    ]
    parsed = read("a.jsonl", "\n".join(lines).encode())
    assert [entry.key for entry in parsed.entries] == ["a.jsonl#1", "a.jsonl#b"]
    assert parsed.warning == (
        "line 3: no valid JSON (column 2: Expecting property name enclosed in double quotes); "
        f"line 4: {NO_ARTICLE}; "
        "line 5: “title” must be text in quotes; "
        "line 7: it has neither title nor text"
    )


def test_many_bad_lines_are_counted_not_listed() -> None:
    parsed = read("a.jsonl", b'{"title": "Good"}\n' + b"{}\n" * 100)
    assert parsed.warning is not None
    assert parsed.warning.endswith("; and 95 more")


def test_two_articles_with_one_id_are_both_kept() -> None:
    parsed = read(
        "a.jsonl", b'{"id": 1, "title": "One"}\n{"id": 1, "title": "Two"}\n{"id": 1, "title": "One"}'
    )
    assert [entry.title for entry in parsed.entries] == ["One", "Two"]
    assert len({entry.key for entry in parsed.entries}) == 2


def test_a_date_that_is_none_is_said() -> None:
    words = refusal("a.json", b'{"title": "x", "date": "tomorrow"}')
    assert words == "“tomorrow” is no date; write it as 2026-02-24"


@pytest.mark.parametrize(
    "date", ["2026-02-24T00:00:00Z", "2026-02-24 02:00:00+02:00", "Tue, 24 Feb 2026 00:00:00 GMT", "20260224"]
)
def test_dates_may_be_written_in_several_ways(date: str) -> None:
    assert one("a.json", json.dumps({"title": "x", "date": date})).published_at == VOTE_DAY


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/a", "example.org", "http://"])
def test_an_address_is_of_the_web_or_none(url: str) -> None:
    assert one("a.json", json.dumps({"title": "x", "url": url})).url is None


# ---- What is refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n\t\n", "the file is empty"),
        ("a.txt", b"\xef\xbb\xbf", "the file is empty"),
        ("a.txt", b"PK\x03\x04\0\0", "the file is not text: it has zero bytes in it"),
        ("a.txt", b" date 2026-02-24 ", "there is no text in the file"),
        ("a.html", b"<html><body></body></html>", "there is no text in the file"),
        ("a.json", b"{", "no valid JSON (column 2: Expecting property name enclosed in double quotes)"),
        ("a.json", b'{"title":\n\n5x}', "no valid JSON (line 3, column 2: Expecting ',' delimiter)"),
        ("a.json", b"5", "it holds neither an article {…} nor a list of articles […]"),
        ("a.json", b"[]", "there is no article in it"),
        ("a.json", b"[{}]", "article 1: it has neither title nor text"),
        ("a.json", b"[" * 100_000, "JSON that is nested or written too wildly to be read"),
        ("a.jsonl", b"{}\n5", "line 1: it has neither title nor text; line 2: " + NO_ARTICLE),
        ("a.pdf", b"%PDF", "only files ending in .txt, .md, .html, .htm, .json, .jsonl are read"),
        ("README", b"words", "only files ending in .txt, .md, .html, .htm, .json, .jsonl are read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_plain_words(name: str, body: bytes, words: str) -> None:
    assert refusal(name, body) == words


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json", "a.jsonl"])
def test_nothing_that_comes_out_can_hurt_a_terminal_or_a_database(name: str) -> None:
    nasty = "\x1b[31m\u202e\ud800\x07 words"
    body = json.dumps({"title": nasty, "text": nasty}) if "json" in name else nasty.replace("\ud800", "")
    entry = one(name, body)
    assert (entry.title + entry.text).isprintable()


@pytest.mark.parametrize("name", ["date", "published_at", "published"])
def test_a_date_is_found_by_the_names_that_other_programs_give_it(name: str) -> None:
    body = f'{{"title": "A vote", "text": "It passed.", "{name}": "2026-02-24T10:00:00+00:00"}}'.encode()
    [entry] = read("vote.json", body).entries
    assert entry.published_at == datetime(2026, 2, 24, 10, tzinfo=UTC)
