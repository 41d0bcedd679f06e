"""A vote as an alert tells it: the subject line, and the sentence of the body."""

from __future__ import annotations

import pytest

from watcher.core.messages.wording import _in_one_line, vote_sentence

from .telling import first_vote

TOLD = {
    "The UN General Assembly adopted a text on human rights in Iran by a recorded vote of 77 in favour to 30 against, "
    "with 66 abstentions.": (
        "UN General Assembly adopts a text on human rights in Iran, 77-30-66",
        "The UN General Assembly adopted a text on human rights in Iran: 77 in favour, 30 against, 66 abstaining "
        "(77-30-66).",
    ),
    "The UN General Assembly adopted a resolution on glaciers by 140 votes to 2, with 8 abstentions.": (
        "UN General Assembly adopts a resolution on glaciers, 140-2-8",
        "The UN General Assembly adopted a resolution on glaciers: 140 in favour, 2 against, 8 abstaining (140-2-8).",
    ),
    "The UN Security Council did not adopt a US draft on Gaza. Nine members voted in favour, three against and three "
    "abstained. Russia and China cast vetoes.": (
        "UN Security Council fails to adopt a US draft on Gaza: vetoed by Russia and China, 9-3-3",
        "The UN Security Council failed to adopt a US draft on Gaza, vetoed by Russia and China: 9 in favour, "
        "3 against, 3 abstaining (9-3-3).",
    ),
    "The UN Security Council unanimously adopted resolution 2901, renewing sanctions on Sudan.": (
        "UN Security Council unanimously adopts a resolution renewing sanctions on Sudan",
        "The UN Security Council unanimously adopted a resolution renewing sanctions on Sudan (S/RES/2901).",
    ),
    "The UN General Assembly voted for an ICJ review of whaling, 87-24-53. Ukraine did not vote.": (
        "UN General Assembly backs an ICJ review of whaling, 87-24-53; Ukraine absent",
        "The UN General Assembly backed an ICJ review of whaling: 87 in favour, 24 against, 53 abstaining (87-24-53).",
    ),
    "The UN General Assembly adopted a resolution on ice by 100 votes to 1.": (
        "UN General Assembly adopts a resolution on ice, 100-1",
        "The UN General Assembly adopted a resolution on ice: 100 in favour, 1 against; the source says no more of the "
        "count.",
    ),
    "The UN General Assembly adopted a resolution on glaciers by consensus, without a vote.": (
        "UN General Assembly adopts a resolution on glaciers",
        "The UN General Assembly adopted a resolution on glaciers by consensus, without a vote.",
    ),
    "The UN General Assembly adopted the resolution.": (
        "UN General Assembly adopts a resolution",
        "The UN General Assembly adopted a resolution; the source gives no tally.",
    ),
    "The United States vetoed a UN Security Council draft on Mali.": (
        "UN Security Council fails to adopt a draft on Mali: vetoed by the United States",
        "The UN Security Council failed to adopt a draft on Mali, vetoed by the United States; the source gives no "
        "tally.",
    ),
}


@pytest.mark.parametrize(("text", "told"), TOLD.items())
def test_a_vote_reads_as_a_person_writes_it(text: str, told: tuple[str, str]) -> None:
    vote = first_vote(text)
    assert (_in_one_line(vote), vote_sentence(vote)) == told
