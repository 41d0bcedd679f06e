"""What comes out is what went in, whatever the numbers and the countries; and nothing comes out of nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from watcher.core.model import Position
from watcher.core.votes import read_votes

from .telling import article, first_vote

OPENING = "The UN General Assembly on Wednesday adopted a resolution on ocean noise. "

WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

THREE_NUMBERS = (
    "It passed with {} countries voting in favour, {} against and {} abstaining.",
    "{} countries voted for the text. {} countries voted against, {} abstained.",
    "It was adopted by a recorded vote of {} in favour to {} against, with {} abstentions.",
    "It was carried by {} votes to {}, with {} abstentions.",
    "A total of {} of the 193 members were in support, {} opposed and {} abstained.",
    "It won {} votes in favor, {} against, and {} abstentions.",
)

COUNTRIES = (
    "Albania",
    "Brazil",
    "Fiji",
    "Israel",
    "Kenya",
    "Mongolia",
    "Peru",
    "Russia",
    "Ukraine",
    "United States",
)
VERBS = {
    "voted in favour": Position.IN_FAVOUR,
    "voted against": Position.AGAINST,
    "abstained": Position.ABSTAINED,
    "did not vote": Position.ABSENT,
}


def in_words(number: int) -> str:
    if number < 20:
        return WORDS[number]
    if number < 100:
        return TENS[number // 10] + (f"-{WORDS[number % 10]}" if number % 10 else "")
    rest = f" and {in_words(number % 100)}" if number % 100 else ""
    return f"{WORDS[number // 100]} hundred{rest}"


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int, int]:
    """Three numbers that 193 members could have given, with more in favour than against."""
    in_favour = draw(st.integers(40, 150))
    against = draw(st.integers(0, min(in_favour - 1, 193 - in_favour)))
    return in_favour, against, draw(st.integers(0, 193 - in_favour - against))


@given(counts(), st.sampled_from(THREE_NUMBERS), st.booleans())
def test_a_count_comes_back(numbers: tuple[int, int, int], sentence: str, spelled: bool) -> None:
    told = [in_words(number) if spelled else str(number) for number in numbers]
    vote = first_vote(OPENING + sentence.format(*told))
    assert vote.tally.triple == numbers
    assert vote.doubts == ()


@given(
    st.lists(st.sampled_from(COUNTRIES), min_size=1, max_size=5, unique=True), st.sampled_from(sorted(VERBS))
)
def test_positions_come_back(countries: list[str], verb: str) -> None:
    named = ["the United States" if name == "United States" else name for name in countries]
    listed = " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
    vote = first_vote(f"{OPENING}During the session, {listed} {verb}.")
    assert dict(vote.positions) == dict.fromkeys(countries, VERBS[verb])


@given(st.lists(st.sampled_from(COUNTRIES), min_size=1, max_size=5, unique=True), st.integers(0, 30))
def test_those_joined_are_counted(countries: list[str], joiners: int) -> None:
    listed = " and ".join(countries)
    vote = first_vote(f"{OPENING}Only {joiners} countries joined {listed} in voting against the text.")
    assert vote.tally.against == joiners + len(countries)


STRAYS = ("The 193-member Assembly met.", "Its budget is {} million dollars.", "The text had {} co-sponsors.",
          "{} soldiers were killed there.", "It has {} pages and {} annexes.", "Nine votes in favour were needed.",
          "The war is in day {}.", "The {}th session ends in June.")  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(STRAYS), st.integers(0, 400)), max_size=6))
def test_no_count_comes_out_where_none_is_told(strays: list[tuple[str, int]]) -> None:
    told = " ".join(sentence.format(number, number) for sentence, number in strays)
    assert first_vote(OPENING + told).tally.triple == (None, None, None)


@given(st.text(max_size=400), st.text(max_size=80))
def test_any_text_is_read_without_complaint(text: str, title: str) -> None:
    for vote in read_votes(article(text, title)):
        assert vote.evidence


PIECES = (
    *("UN", "Security Council", "the", "council", "Russia", "France", "resolution", "vote", "his ambassador"),
    *(
        "vetoed",
        "voted",
        "in favour",
        "against",
        "abstained",
        "joined",
        "instructed",
        "to",
        "in",
        "by",
        "of the",
    ),
    *("7", "143-5", "none", "no", "2024", "May", "and", "other", "others"),
    *("(", ")", ",", ".", ":", "-", "“", "\n\n"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_row_of_our_own_words_is_read_and_its_evidence_stands_in_the_text(pieces: list[str]) -> None:
    told = article(" ".join(["UN", *pieces]))
    for vote in read_votes(told):
        for span in vote.evidence:
            assert 0 <= span.start < span.end <= len(told.text)
            assert span.words(told).strip()
