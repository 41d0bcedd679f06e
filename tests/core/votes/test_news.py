"""Which articles report a new UN vote, and what became of the text."""

from __future__ import annotations

import pytest

from watcher.core.votes import read_votes

from .telling import article, first_vote

REPORTS = {
    "The UN General Assembly on Tuesday approved a resolution on clean seas.": ("UNGA", "adopted"),
    "The Security Council of the United Nations unanimously adopted a resolution on Haiti.": (
        "UNSC",
        "adopted",
    ),
    "The United States vetoed a UN Security Council resolution on Gaza.": ("UNSC", "vetoed"),
    "A resolution on Mali was vetoed by Russia at the UN Security Council.": ("UNSC", "vetoed"),
    "The UN Security Council rejected a draft resolution on Mali.": ("UNSC", "rejected"),
    "The UN General Assembly voted down a motion on quotas.": ("UNGA", "rejected"),
    "A draft failed to get the nine votes it needed in the UN Security Council.": ("UNSC", "rejected"),
    "A draft resolution on Mali was not adopted by the UN Security Council.": ("UNSC", "rejected"),
    "The UN Security Council voted on Friday to lift the arms embargo.": ("UNSC", "adopted"),
    "The UN General Assembly voted overwhelmingly in favour of a truce.": ("UNGA", "adopted"),
    "The UN Human Rights Council approved a motion on Sudan.": ("UNHRC", "adopted"),
    "The Third Committee of the UN General Assembly approved a draft on torture.": ("UNGA-C3", "adopted"),
    "UNESCO voted to list the old town as heritage.": ("UNESCO", "adopted"),
    "The IAEA board of governors passed a resolution on Iran.": ("IAEA", "adopted"),
    "The United Nations adopted a resolution on Tuesday.": (None, "adopted"),
}


@pytest.mark.parametrize(("sentence", "facts"), REPORTS.items())
def test_a_report_gives_body_and_outcome(sentence: str, facts: tuple[str | None, str]) -> None:
    vote = first_vote(sentence)
    assert (vote.body, vote.outcome) == facts


@pytest.mark.parametrize(
    "text",
    [
        "The UN Security Council will vote on Friday on a resolution on Haiti.",
        "The UN Security Council is set to vote on a draft resolution.",
        "The UN General Assembly is expected to adopt a resolution tomorrow.",
        "A draft resolution is circulating at the United Nations.",
        "The UN Security Council postponed a vote on Gaza.",
        "Chad urged the UN Security Council to adopt a resolution.",
        "Last year the UN General Assembly adopted a resolution on oceans.",
        "In 2019 the UN General Assembly voted 120-14 for a resolution on oceans.",
        "The minister defended his country at the UN and spoke of peace.",
        "The Ohio General Assembly passed a resolution honouring a United Nations veteran.",
        "The Senate rejected a resolution to leave the United Nations by 60 votes to 40.",
        "The National Security Council approved a plan, a UN envoy said.",
        "Venezuela's National Assembly unanimously approved a law, the UN noted.",
        "The European Parliament adopted a resolution on the United Nations.",
        "The UN General Assembly elected five members of the Security Council.",
        "The UN's top court rejected Peru's request.",
        "The UN chief condemned the attack and asked for an inquiry.",
        "If the resolution is adopted, the UN mission will end.",
        "The Russian president defended his veto power in the UN Security Council.",
        "Shares fell after the UN Security Council adopted a resolution.",
        "Nothing here is about a ballot.",
        "",
    ],
)
def test_what_is_not_a_new_un_vote_is_not_reported(text: str) -> None:
    assert read_votes(article(text)) == ()


def test_unanimity_and_consensus_are_told_without_numbers() -> None:
    council = first_vote("The UN Security Council unanimously adopted a resolution on Haiti.")
    assembly = first_vote("The UN General Assembly adopted by consensus a resolution on software.")
    assert (council.unanimous, council.consensus, council.tally.known) == (True, False, False)
    assert (assembly.unanimous, assembly.consensus, assembly.tally.known) == (False, True, False)


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("on Tuesday", "2024-05-14"),
        ("on Thursday", "2024-05-16"),
        ("today", "2024-05-16"),
        ("yesterday", "2024-05-15"),
        ("on 14 May 2024", "2024-05-14"),
        ("on May 14", "2024-05-14"),
        ("at noon", None),
    ],
)
def test_the_day_is_counted_from_the_day_of_the_article(when: str, day: str | None) -> None:
    vote = first_vote(f"The UN General Assembly {when} approved a resolution on clean seas.")
    assert (vote.date and vote.date.isoformat()) == day


def test_without_a_day_of_publication_only_a_full_date_is_one() -> None:
    weekday = first_vote("The UN General Assembly on Tuesday adopted a resolution.", published_at=None)
    full = first_vote("The UN General Assembly on 14 May 2024 adopted a resolution.", published_at=None)
    assert weekday.date is None
    assert full.date is not None
    assert full.date.isoformat() == "2024-05-14"


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("The General Assembly adopted the resolution on seas (document A/79/L.2).", "A/79/L.2"),
        ("The UN Security Council adopted resolution 2720 (2023) on aid.", "S/RES/2720"),
        ("The UN General Assembly adopted resolution ES-11/6 on peace.", "A/RES/ES-11/6"),
        ("The UN General Assembly adopted a resolution on seas.", None),
    ],
)
def test_the_symbol_is_read_where_the_vote_is_told(text: str, symbol: str | None) -> None:
    assert first_vote(text + " Member States of the United Nations met.").symbol == symbol


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The UN General Assembly on Tuesday approved a resolution on clean seas, after a long debate.",
         "a resolution on clean seas"),
        ("The UN Security Council voted unanimously to lift an arms embargo on Somalia.",
         "a resolution to lift an arms embargo on Somalia"),
        ("A resolution to protect whales was adopted by the UN General Assembly on Monday.",
         "a resolution to protect whales"),
        ("The UN General Assembly adopted the resolution.", None),
    ],
)  # fmt: skip
def test_the_subject_is_a_phrase_of_the_text(text: str, subject: str | None) -> None:
    assert first_vote(text).subject == subject
