"""Folding, words and sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.text import Folded, clean, fold, sentences


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Sa’ar", "Sa'ar"),
        ("CÔTE D’IVOIRE", "cote d'ivoire"),
        ("Zelen\u00adskyy", "zelenskyy"),
        ("ＵＮ", "un"),
        ("Security\u00a0Council", "security council"),
        ("Wołodymyr Zełenski", "wolodymyr zelenski"),
        ("Київ", "КИЇВ"),
        ("יִשְׂרָאֵל", "ישראל"),
        ("Straße", "STRASSE"),
        ("anti‑Israel", "anti-Israel"),
        ("أَلْجَمْعِيَّةُ ٱلْعَامَّةُ", "الجمعيه العامه"),
        ("إســرائيل", "اسرائيل"),
        ("مستشفى", "مستشفي"),
        ("美国、英国（投票）", "美国,英国(投票)"),
    ],
)
def test_what_people_type_is_found_however_it_was_written(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text(alphabet="abcdé’ß\u00ad Ї", min_size=1), st.text())
def test_a_folded_span_leads_back_to_the_characters_it_came_from(
    before: str, middle: str, after: str
) -> None:
    text = Folded(before + middle + after)
    start, end = len(fold(before)), len(fold(before)) + len(fold(middle))
    if start < end:
        left, right = text.span(start, end)
        assert fold(text.raw[left:right]) == text.folded[start:end]


@given(st.text())
def test_cleaned_text_has_no_invisible_or_doubled_characters(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert all(clean(paragraph) == paragraph for paragraph in cleaned.split("\n\n"))
    assert not set("\x00\x1b\u202e\ud800\r\t") & set(cleaned)
    assert "  " not in cleaned
    assert "\n\n\n" not in cleaned


def test_paragraphs_survive_cleaning_and_single_line_breaks_do_not() -> None:
    assert clean("a\nb\n \n\nc") == "a b\n\nc"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The U.S. Secretary met Gen. Budanov. He left.", 2),
        ("It cost $107.5 million. Nobody paid.", 2),
        ("“No one is suggesting it.” The vote followed.", 2),
        ("No mark at the end", 1),
        ("A headline\n\nA paragraph. And more", 3),
        ("決議が採択された。賛成は141か国。", 2),
        ("“决议获得通过。”他说。", 2),
        ("هل صوتت الدول؟ نعم، بالإجماع.", 2),
        ("He waited … and left.", 1),
        ("", 0),
    ],
)
def test_a_text_has_as_many_sentences_as_a_reader_counts(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@given(st.text())
def test_sentences_are_in_order_and_hold_every_letter(text: str) -> None:
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert "".join(text[a:b] for a, b in spans).split() == text.split() or not text.isascii()


def test_two_characters_of_a_script_without_spaces_count_as_a_word() -> None:
    text = Folded("联合国大会 adopted 决议")
    assert text.word_at(text.folded.index("决议")) - text.word_at(0) == 4


@given(st.text(st.characters(codec="ascii"), max_size=30))
def test_plain_english_is_cleaned_as_any_other_text(text: str) -> None:
    assert f"{clean(text)}\n\né".strip() == clean(f"{text}\n\né")
