"""The many ways of English to tell who voted how: nouns, speech, pronouns, groups, and votes told by another's."""

from __future__ import annotations

import pytest

from watcher.core.model import Position

from .telling import first_vote

ASSEMBLY = "The UN General Assembly adopted a resolution on ocean noise on Wednesday. "

YES, NO, ABSTAINED, ABSENT = Position.IN_FAVOUR, Position.AGAINST, Position.ABSTAINED, Position.ABSENT

POSITIONS: dict[str, dict[str, Position]] = {
    # nouns for those of a side
    "The naysayers were Chad, Fiji and Peru.": dict.fromkeys(("Chad", "Fiji", "Peru"), NO),
    "The three abstainers were Chad, Fiji and Peru.": dict.fromkeys(("Chad", "Fiji", "Peru"), ABSTAINED),
    "Among those opposed were Chad and Fiji.": {"Chad": NO, "Fiji": NO},
    "Two opposed: Chad and Fiji.": {"Chad": NO, "Fiji": NO},
    "Chad and Fiji were the two opposed.": {"Chad": NO, "Fiji": NO},
    "India and Peru were among the abstainers.": {"India": ABSTAINED, "Peru": ABSTAINED},
    "Chad and Fiji were once again in the “no” column together with Peru.":
        dict.fromkeys(("Chad", "Fiji", "Peru"), NO),
    "Chad and Fiji were both in the 'no' camp.": {"Chad": NO, "Fiji": NO},
    "The no votes came from Chad and Fiji; the abstentions from Peru.": {"Chad": NO, "Fiji": NO, "Peru": ABSTAINED},
    "Peru's no surprised nobody, but Chad's abstention did.": {"Chad": ABSTAINED},
    "Chad's yes was noticed and valued.": {"Chad": YES},
    # verbs
    "Chad and Fiji said yes, Peru said no and Mali sat it out.":
        {"Chad": YES, "Fiji": YES, "Peru": NO, "Mali": ABSTAINED},
    "Chad raised its hand against it while Fiji stayed neutral.": {"Chad": NO, "Fiji": ABSTAINED},
    "Chad, Fiji and Peru opposed it, and so did Mali.": dict.fromkeys(("Chad", "Fiji", "Peru", "Mali"), NO),
    "Chad and Fiji were opposed.": {"Chad": NO, "Fiji": NO},
    "Mexico voted in favor, Canada did too.": {"Mexico": YES, "Canada": YES},
    "It passed with Chad opposed and Ghana in favour.": {"Chad": NO, "Ghana": YES},
    "It passed with Mali, Togo and Benin sitting it out.": dict.fromkeys(("Mali", "Togo", "Benin"), ABSTAINED),
    # lists beside a count
    "In favour (3): Chad, Fiji, Peru. Against (2): Mali and Togo. Abstentions (1): Ghana.": {
        **dict.fromkeys(("Chad", "Fiji", "Peru"), YES), **dict.fromkeys(("Mali", "Togo"), NO), "Ghana": ABSTAINED,
    },
    "The text was endorsed by 130 countries, the UK, France and Chad included.":
        dict.fromkeys(("United Kingdom", "France", "Chad"), YES),
    "Nine said no, Chad, Fiji and Peru among them.": dict.fromkeys(("Chad", "Fiji", "Peru"), NO),
    "There were 12 abstentions, a list that takes in Chad, Fiji and Peru.":
        dict.fromkeys(("Chad", "Fiji", "Peru"), ABSTAINED),
    "Forty countries abstained, the likes of Chad and Fiji.": {"Chad": ABSTAINED, "Fiji": ABSTAINED},
    # the people of a country, its friends, its capital
    "The Americans and the Chinese abstained; the British voted no.":
        {"United States": ABSTAINED, "China": ABSTAINED, "United Kingdom": NO},
    "Peru voted in favour, as did Israel's close partner Canada.": {"Peru": YES, "Canada": YES},
    "Canberra, too, abstained, and Chad, for its part, voted no.": {"Australia": ABSTAINED, "Chad": NO},
    # with others
    "Chad and Fiji were joined by Peru, Mali and a handful of islands in opposing the text.":
        dict.fromkeys(("Chad", "Fiji", "Peru", "Mali"), NO),
    "Chad and Mali followed Russia's lead and voted against.": dict.fromkeys(("Chad", "Mali", "Russia"), NO),
    "Hungary and Czechia did as Washington did and rejected it.":
        dict.fromkeys(("Hungary", "Czechia", "United States"), NO),
    "Chad and Fiji voted no alongside Peru.": dict.fromkeys(("Chad", "Fiji", "Peru"), NO),
    "Voting no with Chad and Mali were Fiji and Peru.": dict.fromkeys(("Chad", "Mali", "Fiji", "Peru"), NO),
    "Only Chad and Fiji rejected the text.": {"Chad": NO, "Fiji": NO},
    "Voting no along with Chad were Fiji and Peru.": dict.fromkeys(("Chad", "Fiji", "Peru"), NO),
    # speech
    "Peru's ambassador said her country had voted in favour; Chad, Fiji and Mali did likewise.":
        dict.fromkeys(("Peru", "Chad", "Fiji", "Mali"), YES),
    "The representative of Peru said that her delegation had abstained.": {"Peru": ABSTAINED},
    "Chad said it had voted in favour because its allies had asked it to.": {"Chad": YES},
    "“Ours was one of the 57 abstentions,” Peru's delegate said.": {"Peru": ABSTAINED},
    "“We voted against it,” the ambassador of Chad said.": {"Chad": NO},
    # told by the vote of another
    "Mali voted no. Chad and Fiji did the same.": dict.fromkeys(("Mali", "Chad", "Fiji"), NO),
    "Russia voted no. Mali and Chad sided with Moscow.": dict.fromkeys(("Russia", "Mali", "Chad"), NO),
    "Three voted no. Mali and Chad sided with Moscow this time.": dict.fromkeys(("Russia", "Mali", "Chad"), NO),
    "Twelve voted no and three abstained. The three were Chad, Fiji and Peru.":
        dict.fromkeys(("Chad", "Fiji", "Peru"), ABSTAINED),
    "It passed 161 to one. The one was Chad.": {"Chad": NO},
    "It passed 97 to three. The three: Chad, Fiji and Peru.": dict.fromkeys(("Chad", "Fiji", "Peru"), NO),
    "It passed by 93 votes to 18. Chad and Fiji were among the 18.": {"Chad": NO, "Fiji": NO},
    "Chad was on the winning side, Fiji on the losing side.": {"Chad": YES, "Fiji": NO},
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "positions"), POSITIONS.items())
def test_a_position_is_read_whatever_its_words(sentence: str, positions: dict[str, Position]) -> None:
    assert dict(first_vote(ASSEMBLY + sentence).positions) == positions


def test_the_winning_side_of_a_motion_that_falls_is_against_it() -> None:
    vote = first_vote(
        "A motion to debate whaling was beaten by 19 votes to 17 in the UN Human Rights Council on Wednesday. Chad and "
        "Cuba were on the winning side; Fiji and Peru were among those sitting on the fence."
    )
    assert dict(vote.positions) == {"Chad": NO, "Cuba": NO, "Fiji": ABSTAINED, "Peru": ABSTAINED}


NOTHING = (
    "Neither Chad nor Mali voted in favour.",
    "Chad said it would have voted in favour.",
    "Chad explained why it voted against.",
    "Israel thanked the 12 countries that voted no.",
    "Ukraine's envoy thanked the 120 nations that backed the text.",
    "The US had threatened to vote no.",
    "Chad refused to back it.",
    "Not a single country sided with Russia.",
    "Mali and Chad sided with Moscow.",
    "The three were Chad, Fiji and Peru.",
    "In 2019, Chad was the lone dissenter.",
    "Chad rejected it as biased.",
)


@pytest.mark.parametrize("sentence", NOTHING)
def test_nothing_is_concluded_from_what_is_not_told(sentence: str) -> None:
    assert dict(first_vote(ASSEMBLY + sentence).positions) == {}


def test_one_country_is_told_apart_from_another_that_is_denied() -> None:
    assert dict(first_vote(ASSEMBLY + "Chad, not Mali, voted no.").positions) == {"Chad": NO}
