"""Who voted how, in every form we know; and who is only near a vote."""

from __future__ import annotations

import pytest

from watcher.core.model import Position

from .telling import first_vote

ASSEMBLY = "The UN General Assembly adopted a resolution on ocean noise on Wednesday. "

YES, NO, ABSTAINED, ABSENT = Position.IN_FAVOUR, Position.AGAINST, Position.ABSTAINED, Position.ABSENT

POSITIONS: dict[str, dict[str, Position]] = {
    "Israel voted in favor, while the United States abstained.": {"Israel": YES, "United States": ABSTAINED},
    "Five voted against (Belarus, Democratic People's Republic of Korea, Eritrea, Mali, Syria).": {
        **dict.fromkeys(("Belarus", "North Korea", "Eritrea", "Mali", "Syria"), NO)
    },
    "Chad, Fiji and Peru voted against it.": dict.fromkeys(("Chad", "Fiji", "Peru"), NO),
    "Countries such as Chad and Fiji voted against, while India and the UK abstained.": {
        "Chad": NO, "Fiji": NO, "India": ABSTAINED, "United Kingdom": ABSTAINED
    },
    "Against: Belarus, Mali. Abstaining: China, India.": {
        "Belarus": NO, "Mali": NO, "China": ABSTAINED, "India": ABSTAINED
    },
    "There were 32 abstentions, including China and India.": {"China": ABSTAINED, "India": ABSTAINED},
    "Only two countries joined Russia and Belarus in opposing the text.": {"Russia": NO, "Belarus": NO},
    "The text was opposed by Israel and the United States.": {"Israel": NO, "United States": NO},
    "The Peruvian president instructed his ambassador to stay away from the vote.": {"Peru": ABSENT},
    "Peru did not vote.": {"Peru": ABSENT},
    "Washington chose to abstain.": {"United States": ABSTAINED},
    "The resolution passed with only Chad voting against and Fiji abstaining.": {"Chad": NO, "Fiji": ABSTAINED},
    "France and 51 other countries voted against the resolution.": {"France": NO},
    "Just seven - including Russia - opposed it.": {"Russia": NO},
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "positions"), POSITIONS.items())
def test_a_position_is_read_as_it_is_told(sentence: str, positions: dict[str, Position]) -> None:
    assert dict(first_vote(ASSEMBLY + sentence).positions) == positions


@pytest.mark.parametrize(
    "sentence",
    [
        "Israel would vote against such texts.",
        "Chad was urged to abstain.",
        "The Israeli ambassador spoke after the meeting.",
        "In an earlier vote, Ukraine voted in favour.",
        "Last year Brazil abstained.",
        "The United States supported Israel.",
        "Iran rejected the accusations.",
        "Peru had threatened to vote against it.",
        "The text, drafted by Kenya, names no state.",
    ],
)
def test_what_is_no_vote_gives_no_position(sentence: str) -> None:
    assert dict(first_vote(ASSEMBLY + sentence).positions) == {}


def test_a_veto_is_a_vote_against() -> None:
    vote = first_vote("Russia on Wednesday vetoed a UN Security Council resolution on aid to Haiti.")
    assert (vote.outcome, dict(vote.positions)) == ("vetoed", {"Russia": NO})
