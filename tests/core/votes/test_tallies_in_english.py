"""The many ways of English to tell a count: verbs and nouns of either side, lists, shares, and what counts nothing."""

from __future__ import annotations

import pytest

from watcher.core.votes import read_votes

from .telling import article, first_vote

ASSEMBLY = "The UN General Assembly adopted a resolution on ocean noise on Wednesday. "

Triple = tuple[int | None, int | None, int | None]

COUNTS: dict[str, Triple] = {
    # a share of a whole: the whole is no count
    "Ninety-four of the Assembly's 193 members voted for it.": (94, None, None),
    "Of the 193 members, 120 voted in favour.": (120, None, None),
    "A total of 143 of 193 member states got behind the text.": (143, None, None),
    "Some 121 of the UN's 193 members raised their hands for it.": (121, None, None),
    "All but three of the 174 delegations present voted for it.": (None, None, None),
    # what a text is given
    "It got 120 votes.": (120, None, None),
    "The text mustered only 90 votes, with no one against.": (90, 0, None),
    "The draft drew 120 ayes, a dozen noes and half a dozen abstentions.": (120, 12, 6),
    "The text sailed through with 151 votes.": (151, None, None),
    "It won 20 more votes than last year.": (None, None, None),
    # verbs
    "Eighty-one delegations were for, 14 against and 20 abstained.": (81, 14, 20),
    "One hundred and twenty countries said yes, nine said no and sixty preferred to sit it out.": (120, 9, 60),
    "117 countries approved the text, four rejected it and 60 sat on the fence.": (117, 4, 60),
    "Ninety-eight lined up behind it, seven dissented and 52 stayed neutral.": (98, 7, 52),
    "The measure won the backing of 98 nations, with seven opposing and 52 staying neutral.": (98, 7, 52),
    "Fifty-eight abstained from the process.": (None, None, 58),
    "Eight delegations were against it while 64 others, Chad and Fiji included, chose to abstain.": (None, 8, 64),
    # nouns
    "It had 120 supporters, 12 opponents and 30 abstainers.": (120, 12, 30),
    "120 'yes' votes, 12 'no' votes and six abstentions were recorded.": (120, 12, 6),
    "There were 125 votes in support, 48 in opposition and nine abstentions.": (125, 48, 9),
    # lists
    "Result: Yes 100, No 12, Abstain 20.": (100, 12, 20),
    "Yes: 120; No: 12; Abstain: 30.": (120, 12, 30),
    "YES – 120, NO – 12, ABSTENTIONS – 30": (120, 12, 30),
    "In favour 91, against 12, abstaining 57.": (91, 12, 57),
    "In favour: 29. Against: 8 (Chad, Fiji). Abstaining: 16.": (29, 8, 16),
    "Those in favour numbered 120; 12 were against and abstentions came to 30.": (120, 12, 30),
    # rows
    "The final tally was 151 to 2, with 21 abstaining.": (151, 2, 21),
    "Members passed it 78-15 with 79 abstentions.": (78, 15, 79),
    "Delegations voted today 159 in favour, 9 against and 11 abstaining.": (159, 9, 11),
    # nobody, and one alone
    "It passed without a dissenting vote, with 12 abstentions.": (None, 0, 12),
    "The text was carried with no votes against and two abstentions.": (None, 0, 2),
    "Peru cast the lone dissenting vote.": (None, 1, None),
    "Fiji was the only country to vote no, and 12 abstained.": (None, 1, 12),
    "Chad alone voted against it.": (None, 1, None),
    "Chad was the sole abstainer.": (None, None, 1),
    "Chad and Fiji were alone in voting no.": (None, None, None),
    "Chad was one of only two states to vote no.": (None, 2, None),
    "India joined 31 other countries in abstaining.": (None, None, 32),
    # what is denied was not counted
    "The count was 121 in favour to 14 against, with 44 abstentions, and not 120 in favour and 45 abstentions as "
    "previously reported.": (121, 14, 44),
    # whose side it is
    "It won 98 votes, with Chad and Fiji opposed.": (98, None, None),
    "Neither Chad nor 12 of its allies voted in favour.": (None, None, None),
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "tally"), COUNTS.items())
def test_a_count_is_read_whatever_its_words(sentence: str, tally: Triple) -> None:
    assert first_vote(ASSEMBLY + sentence).tally.triple == tally


REJECTED: dict[str, Triple] = {
    "The motion was beaten by 19 votes to 17 in the UN Human Rights Council on Wednesday.": (17, 19, None),
    "The motion was lost by 19 votes to 17 in the UN Human Rights Council on Wednesday.": (17, 19, None),
    "A draft on whaling fell by 80 votes to 20 in the UN General Assembly on Wednesday.": (20, 80, None),
    "A draft on whaling failed in the UN General Assembly on Wednesday by 20 votes to 80.": (20, 80, None),
    "The UN General Assembly on Wednesday voted 80-20 against the motion.": (20, 80, None),
    "A motion to strike a paragraph was defeated in the UN General Assembly on Wednesday by 80 votes to 20.":
        (20, 80, None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "tally"), REJECTED.items())
def test_those_who_reject_are_counted_first(text: str, tally: Triple) -> None:
    vote = first_vote(text)
    assert vote.tally.triple == tally
    assert vote.outcome in {None, "rejected"}


def test_a_vote_against_a_policy_is_a_text_adopted() -> None:
    vote = first_vote(
        "The General Assembly repeated its annual call.", "UN votes 185-2 against the whaling trade"
    )
    assert vote.tally.triple == (185, 2, None)


def test_a_headline_may_count_those_in_favour_as_against_what_the_text_forbids() -> None:
    vote = first_vote(
        "The First Committee today approved a draft on autonomous weapons: 161 in favour, 3 against, 13 abstaining.",
        "161 states vote against the machine at the UN General Assembly",
    )
    assert vote.tally.triple == (161, 3, 13)


ASIDE = (
    "Earlier an amendment by Chad, having received 88 votes in favour, 55 against and 23 abstentions, was not adopted.",
    "Minutes earlier a Chadian amendment was defeated: 20 in favour, 70 against and 30 abstentions.",
    "A similar Chad-vetoed text had drawn 20 votes in favour and 70 against a week before.",
    "A rival Fijian text fell with just 20 votes in favour and Peru against.",
)


@pytest.mark.parametrize("aside", ASIDE)
def test_what_became_of_another_text_is_no_part_of_this_vote(aside: str) -> None:
    text = "The UN General Assembly on Wednesday adopted a text on ocean noise by 120 votes to 14, with 9 abstentions. "
    vote = first_vote(text + aside)
    assert (vote.outcome, vote.tally.triple, dict(vote.positions)) == ("adopted", (120, 14, 9), {})


OUTCOMES = {
    "A bid to extend the deadline fell in the UN Security Council on Wednesday, with four votes in favour.": "rejected",
    "The effort to extend the deadline failed at the UN on Wednesday, with nine members against.": "rejected",
    "The draft was thrown out by the UN Human Rights Council on Wednesday.": "rejected",
    "A draft on whaling cleared the UN General Assembly on Wednesday.": "adopted",
    "A draft on whaling was carried in the UN General Assembly on Wednesday by 80 to 20.": "adopted",
    "Members of the UN General Assembly endorsed a draft on whaling on Wednesday by 80 to 20.": "adopted",
}


@pytest.mark.parametrize(("text", "outcome"), OUTCOMES.items())
def test_an_outcome_has_many_words(text: str, outcome: str) -> None:
    assert first_vote(text).outcome == outcome


def test_without_nine_votes_and_a_permanent_member_against_nothing_is_vetoed() -> None:
    vote = first_vote(
        "A draft on Haiti was blocked in the UN Security Council on Wednesday: six voted in favour, Peru against."
    )
    assert vote.outcome == "rejected"


def test_a_committee_in_which_a_hundred_vote_is_of_the_assembly() -> None:
    vote = first_vote(
        "A UN committee on Wednesday passed a draft on whaling with 90 votes for and 20 against."
    )
    assert (vote.body, vote.stage) == ("UNGA", "committee")


def test_the_council_numbers_its_resolutions_in_one_row() -> None:
    told = "The UN Security Council on Wednesday approved a force for Haiti. Resolution {} {} a mission of a year."
    assert first_vote(told.format(2901, "authorises")).symbol == "S/RES/2901"
    assert first_vote(told.format(1701, "authorised")).symbol is None


@pytest.mark.parametrize(
    "sentence",
    [
        "More than 120 countries backed it.",
        "There were fears that 20 states would abstain.",
        "Support fell to 98 votes from 117 a year ago.",
        "It took 12 hours and 3 votes to agree.",
        "Israel thanked 12 countries.",
        "None of the permanent members spoke.",
    ],
)
def test_what_is_only_near_a_count_is_none(sentence: str) -> None:
    (vote, *others) = read_votes(article(ASSEMBLY + sentence))
    assert (vote.tally.triple, others) == ((None, None, None), [])
