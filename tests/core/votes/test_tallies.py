"""Every way to tell a count that we know, as a sentence its author would sign."""

from __future__ import annotations

import pytest

from watcher.core.votes import read_votes

from .telling import article, first_vote

ASSEMBLY = "The UN General Assembly adopted a resolution on ocean noise on Wednesday. "

TALLIES = {
    "The text passed with 107 countries voting in favor, 12 against and 51 abstaining.": (107, 12, 51),
    "In all, 87 countries voted for a study of ocean noise. 24 countries voted against, 53 abstained.": (
        87,
        24,
        53,
    ),
    "It passed by a recorded vote of 145 in favour, seven against and 18 abstentions.": (145, 7, 18),
    "It passed by 169 in favour to 6 against (Chad, Fiji, Nauru, Palau, Samoa, Tonga), with 3 abstentions.": (
        169,
        6,
        3,
    ),
    "It passed by a vote of 150 in favour to none against, with 12 abstentions.": (150, 0, 12),
    "The vote was 143-5 with 35 abstentions.": (143, 5, 35),
    "Members approved it in a 118-49 vote.": (118, 49, None),
    "The draft was carried by 120 votes to 14.": (120, 14, None),
    "The resolution was adopted 93-18-65.": (93, 18, 65),
    "The motion was passed by 25 to six, with 15 abstaining.": (25, 6, 15),
    "The resolution was approved by 141 countries, with just seven opposing it.": (141, 7, None),
    "A total of 141 of the 193 members were in support, seven opposed and 32 abstained.": (141, 7, 32),
    "The resolution was backed by 98 countries and opposed by nine.": (98, 9, None),
    "France and 51 other countries voted against the resolution.": (None, 52, None),
    "Only four countries joined Chad in voting against the resolution.": (None, 5, None),
    "Only three countries joined Chad and Fiji in opposing the text.": (None, 5, None),
    "With 25 votes in favour, seven opposed and the rest abstaining, the text was adopted.": (25, 7, None),
    "One hundred and forty-one states voted in favour, twenty-two voted against.": (141, 22, None),
    "No country voted against the resolution.": (None, 0, None),
    "A single country, Chad, voted against it, and two abstained.": (None, 1, 2),
    "In favour: 124. Against: 14. Abstentions: 43.": (124, 14, 43),
    "There were 130 yes votes, 12 no votes and 20 abstentions.": (130, 12, 20),
    "The Assembly passed it, 112 for, 30 against and 17 abstentions.": (112, 30, 17),
    "The glitch read 175 in favour, 1against ( Chad), with 48abstentions.": (175, 1, 48),
    "Some 120 delegations supported the text, while 14 rejected it.": (120, 14, None),
}


@pytest.mark.parametrize(("sentence", "tally"), TALLIES.items())
def test_a_count_is_read_as_it_is_told(sentence: str, tally: tuple[int | None, ...]) -> None:
    assert first_vote(ASSEMBLY + sentence).tally.triple == tally


COUNCIL = "The UN Security Council adopted a resolution on Haiti on Wednesday. "


@pytest.mark.parametrize(
    ("sentence", "tally"),
    [
        ("Twelve out of 15 Council members voted in favour.", (12, None, None)),
        ("There were five votes in favor and four votes against.", (5, 4, None)),
        ("13 of the other 14 members voted in favour, while the UK abstained.", (13, None, None)),
        ("All 14 other members voted in favour.", (14, None, None)),
        ("The vote was 14-0, with Russia abstaining.", (14, 0, None)),
        ("The vote was 13 in favour with two abstentions (China, Russia).", (13, None, 2)),
        ("It passed unanimously.", (None, None, None)),
    ],
)
def test_the_council_counts_to_fifteen(sentence: str, tally: tuple[int | None, ...]) -> None:
    vote = first_vote(COUNCIL + sentence)
    assert vote.body == "UNSC"
    assert vote.tally.triple == tally


@pytest.mark.parametrize(
    "sentence",
    [
        "The 193-member Assembly met in New York.",
        "The text needed a two-thirds majority.",
        "Nine votes in favour are needed in the Security Council.",
        "The resolution had 120 co-sponsors.",
        "About 13,000 troops are stationed there.",
        "More than 120 countries voted in favour.",
        "Nearly 30 countries abstained.",
        "One of the countries that voted against explained why.",
        "The mission lost 12 soldiers, and 40 were wounded.",
        "The session began on 24 February and ends on 12 June 2025.",
        "Four senators in Washington voted against funding.",
        "A similar resolution passed 141-7, with 32 abstentions, last year.",
        "In 2022, 143 countries voted in favour and five voted against.",
        "Two additional countries voted against this time.",
        "Articles 5 and 7 of the treaty are for the courts.",
        "The 47-year-old envoy chaired the meeting for 3-4 hours.",
        "The team won 3-1 against Chad.",
    ],
)
def test_what_only_looks_like_a_count_is_none(sentence: str) -> None:
    assert first_vote(ASSEMBLY + sentence).tally.triple == (None, None, None)


def test_an_older_tally_does_not_replace_the_new_one() -> None:
    vote = first_vote(
        ASSEMBLY + "The vote was 99 in favour, 20 against and 40 abstentions. "
        "In 2019 a weaker text was adopted by 141 votes to 5, with 35 abstentions."
    )
    assert vote.tally.triple == (99, 20, 40)


def test_an_amendment_counts_for_itself_and_comes_second() -> None:
    votes = read_votes(
        article(
            ASSEMBLY + "The vote was 99 in favour, 20 against and 40 abstentions. "
            "An amendment by Chad was rejected by 61 votes against to 18 in favour, with 70 abstentions."
        )
    )
    assert [vote.tally.triple for vote in votes] == [(99, 20, 40), (18, 61, 70)]


def test_a_sum_above_the_members_is_doubted() -> None:
    vote = first_vote(ASSEMBLY + "The vote was 150 in favour, 40 against and 20 abstentions.")
    assert vote.doubts == ("the numbers add up to 210 of 193",)


def test_more_names_than_the_count_are_doubted() -> None:
    vote = first_vote(ASSEMBLY + "The vote was 150 in favour and 1 against (Chad, Fiji).")
    assert vote.doubts == ("2 countries are named as against, the count is 1",)
