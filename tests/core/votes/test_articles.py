"""Articles as wires, UN press, blogs and briefs write them, each to the last fact that an alert tells."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from watcher.core.model import Position

from .telling import article, first_vote

YES, NO, ABSTAINED, ABSENT = Position.IN_FAVOUR, Position.AGAINST, Position.ABSTAINED, Position.ABSENT


class Told(NamedTuple):
    """What one article tells. `tally`: in favour, against, abstained."""

    title: str
    text: str
    subject: str | None
    body: str | None
    outcome: str | None
    tally: tuple[int | None, int | None, int | None] = (None, None, None)
    positions: dict[str, Position] = {}  # noqa: RUF012  (never written to)


ARTICLES = [
    # --- wires: the decision in the lead, the count behind it ---------------------------------------------------
    Told(
        "Rights council acts on Chad",
        "GENEVA - The Human Rights Council adopted a resolution on Chad by 24 votes in favour, 8 against, with 15 "
        "abstentions.",
        "a resolution on Chad", "UNHRC", "adopted", (24, 8, 15),
    ),
    Told(
        "General Assembly vote on glaciers",
        "The UN General Assembly voted 140 in favour to 2 against, with 8 abstentions, to adopt a resolution on "
        "glaciers.",
        "a resolution on glaciers", "UNGA", "adopted", (140, 2, 8),
    ),
    Told(
        "General Assembly vote on glaciers",
        "Members of the UN General Assembly voted on Wednesday: 140 in favour, 2 against and 8 abstaining.",
        "a resolution on glaciers", "UNGA", "adopted", (140, 2, 8),
    ),
    Told(
        "UN assembly acts on ice",
        "The UN General Assembly adopted a resolution on ice by a vote of 100 in favour to 1 against on Tuesday.",
        "a resolution on ice", "UNGA", "adopted", (100, 1, None),
    ),
    Told(
        "Assembly adopts text",
        "The UN General Assembly on Wednesday adopted the resolution by a vote of 107 to 12.",
        None, "UNGA", "adopted", (107, 12, None),
    ),
    Told(
        "Council wants hostages freed",
        "The UN Security Council on Monday demanded that hostages be freed, in a resolution passed 14-0 with Russia "
        "abstaining.",
        "a resolution demanding that hostages be freed", "UNSC", "adopted", (14, 0, None), {"Russia": ABSTAINED},
    ),
    Told(
        "World body wants a truce",
        "The UN General Assembly adopted a resolution calling for a truce and demanding that hostages be freed, "
        "121-13-44.",
        "a resolution calling for a truce and demanding that hostages be freed", "UNGA", "adopted", (121, 13, 44),
    ),
    Told(
        "UN votes to remove Fiji from women's panel",
        "The UN voted 29-8-16 on Wednesday to remove Fiji from the Commission on the Status of Women.",
        "a resolution to remove Fiji from the Commission on the Status of Women", None, "adopted", (29, 8, 16),
    ),
    Told(
        "UN votes to condemn US embargo of Cuba",
        "The UN General Assembly voted to condemn the US embargo of Cuba on Wednesday. The tally on Cuba: 165 for, "
        "7 against, 12 abstaining.",
        "a resolution condemning the US embargo of Cuba", "UNGA", "adopted", (165, 7, 12),
    ),
    Told(
        "Security Council keeps mission in South Sudan",
        "The UN Security Council voted unanimously on Thursday to extend the UN mission in South Sudan until April.",
        "a resolution to extend the UN mission in South Sudan until April", "UNSC", "adopted",
    ),
    Told(
        "UN suspends Chad from body",
        "With 93 votes in favour, 24 against and 58 abstentions the General Assembly suspended Chad from the United "
        "Nations Human Rights Council on Wednesday.",
        "a resolution suspending Chad from the United Nations Human Rights Council", "UNGA", "adopted", (93, 24, 58),
    ),
    Told(
        "UN backs study of ocean noise",
        "The United Nations General Assembly approved, by 120 votes to 14 with 45 abstentions, a study of ocean noise.",
        "a study of ocean noise", "UNGA", "adopted", (120, 14, 45),
    ),
    Told(
        "UN backs court review",
        "The United Nations General Assembly met on Friday. 87 countries voted for an ICJ review of commercial "
        "whaling. 24 countries voted against, 53 abstained.",
        "an ICJ review of commercial whaling", "UNGA", "adopted", (87, 24, 53),
    ),
    Told(
        "UN assembly overwhelmingly backs call for peace in Chad",
        "UNITED NATIONS (Wire) - The U.N. General Assembly on Thursday overwhelmingly adopted a non-binding resolution "
        "demanding an end to fighting in Chad, with 141 countries voting in favor, seven against and 32 abstaining. "
        "China and India abstained.",
        "a non-binding resolution demanding an end to fighting in Chad", "UNGA", "adopted", (141, 7, 32),
        {"China": ABSTAINED, "India": ABSTAINED},
    ),
    Told(
        "Assembly speaks up for rivers",
        "The UN General Assembly approved on Tuesday a resolution drafted by Peru and Kenya calling for cleaner "
        "rivers. It passed 150-3-20.",
        "a resolution calling for cleaner rivers", "UNGA", "adopted", (150, 3, 20),
    ),
    Told(
        "UN council lifts Somalia embargo",
        "The U.N. Security Council on Friday voted 14 to none, with France abstaining, to lift an arms embargo on "
        "Somalia.",
        "a resolution to lift an arms embargo on Somalia", "UNSC", "adopted", (14, 0, None), {"France": ABSTAINED},
    ),
    Told(
        "UN tells Chad to leave Mali",
        "By a vote of 130-9, with 40 abstentions, the UN General Assembly told Chad to leave Mali on Wednesday.",
        "a resolution telling Chad to leave Mali", "UNGA", "adopted", (130, 9, 40),
    ),
    # --- vetoes and failures ---------------------------------------------------------------------------------------
    Told(
        "US vetoes Gaza ceasefire resolution at UN",
        "The United States on Wednesday vetoed a UN Security Council draft resolution demanding an immediate "
        "ceasefire in Gaza. Fourteen members voted in favour.",
        "a draft resolution demanding an immediate ceasefire in Gaza", "UNSC", "vetoed", (14, None, None),
        {"United States": NO},
    ),
    Told(
        "US vetoes Gaza ceasefire resolution at UN Security Council",
        "",
        "a Gaza ceasefire resolution", "UNSC", "vetoed", (None, None, None), {"United States": NO},
    ),
    Told(
        "Security Council deadlocked",
        "The UN Security Council did not adopt a US draft on Gaza on Wednesday. Nine members voted in favour, three "
        "against and three abstained. China and Russia cast vetoes.",
        "a US draft on Gaza", "UNSC", "vetoed", (9, 3, 3), {"China": NO, "Russia": NO},
    ),
    Told(
        "Security Council deadlocked",
        "The UN Security Council failed to adopt a US draft on Gaza on Wednesday after China and Russia cast vetoes. "
        "The vote was 9 in favour, 3 against and 3 abstentions.",
        "a US draft on Gaza", "UNSC", "vetoed", (9, 3, 3), {"China": NO, "Russia": NO},
    ),
    Told(
        "Russia blocks aid text",
        "Russia on Monday cast its veto against a UN Security Council resolution to keep aid flowing into Mali. "
        "Thirteen of the other 14 members voted in favour, while China abstained.",
        "a resolution to keep aid flowing into Mali", "UNSC", "vetoed", (13, None, None),
        {"Russia": NO, "China": ABSTAINED},
    ),
    Told(
        "Council turns down Russian draft on laboratories",
        "The UN Security Council on Wednesday rejected a Russian draft on biological laboratories, with two votes in "
        "favour, three against and ten abstentions.",
        "a Russian draft on biological laboratories", "UNSC", "rejected", (2, 3, 10),
    ),
    Told(
        "UN rights council votes down debate on Chad",
        "The UN Human Rights Council on Thursday voted down a motion to hold a debate on Chad, by 19 votes to 17 with "
        "11 abstentions.",
        "a motion to hold a debate on Chad", "UNHRC", "rejected", (17, 19, 11),
    ),
    Told(
        "Bid on whaling fails at UN",
        "A proposal to ban whaling was rejected by the UN General Assembly on Tuesday. Japan and Norway voted against.",
        "a proposal to ban whaling", "UNGA", "rejected", (None, None, None), {"Japan": NO, "Norway": NO},
    ),
    # --- UN press ---------------------------------------------------------------------------------------------------
    Told(
        "Security Council renews sanctions regime",
        "The Security Council of the United Nations unanimously adopted resolution 2901, renewing sanctions on Sudan.",
        "a resolution renewing sanctions on Sudan", "UNSC", "adopted",
    ),
    Told(
        "Third Committee Approves 12 Drafts",
        "The Third Committee approved a draft resolution on the rights of migrants by a recorded vote of 77 in favour "
        "to 30 against, with 66 abstentions.",
        "a draft resolution on the rights of migrants", "UNGA-C3", "adopted", (77, 30, 66),
    ),
    Told(
        "First Committee Sends Drafts to General Assembly",
        "By a recorded vote of 169 in favour to 6 against (Chad, Fiji, Mali, Nauru, Palau, Peru), with 3 abstentions "
        "(Cuba, Iran, Syria), the First Committee approved the draft resolution titled “Space without weapons”.",
        "the draft resolution titled “Space without weapons”", "UNGA-C1", "adopted", (169, 6, 3),
        {**dict.fromkeys(("Chad", "Fiji", "Mali", "Nauru", "Palau", "Peru"), NO),
         **dict.fromkeys(("Cuba", "Iran", "Syria"), ABSTAINED)},
    ),
    Told(
        "General Assembly Adopts Texts on Water",
        "The General Assembly of the United Nations adopted the draft resolution “Water for all” (document A/79/L.9) "
        "by a recorded vote of 152 in favour to none against, with 4 abstentions.",
        "the draft resolution “Water for all”", "UNGA", "adopted", (152, 0, 4),
    ),
    Told(
        "Assembly Adopts Resolution on Software",
        "The United Nations General Assembly adopted without a vote a resolution on safe software.",
        "a resolution on safe software", "UNGA", "adopted",
    ),
    Told(
        "Security Council extends sanctions panel",
        "Adopting resolution 2744 (2024) by 13 votes in favour to none against, with 2 abstentions (China, Russian "
        "Federation), the United Nations Security Council decided to extend the mandate of its panel of experts.",
        "a resolution to extend the mandate of its panel of experts", "UNSC", "adopted", (13, 0, 2),
        {"China": ABSTAINED, "Russia": ABSTAINED},
    ),
    # --- headlines alone -------------------------------------------------------------------------------------------
    Told(
        "UN General Assembly adopts resolution on settlements",
        "",
        "a resolution on settlements", "UNGA", "adopted",
    ),
    Told(
        "U.N. Rights Council Votes to Investigate Abuses in Chad",
        "",
        "a resolution to investigate abuses in Chad", "UNHRC", "adopted",
    ),
    Told(
        "UN General Assembly Passes Non-Binding Ceasefire Resolution",
        "",
        "a non-binding ceasefire resolution", "UNGA", "adopted",
    ),
    Told(
        "Iran ousted from UN women's commission in US-backed vote",
        "The UN Economic and Social Council voted on Wednesday. 29 members voted in favour, eight against, and 16 "
        "abstained.",
        "a resolution ousting Iran from UN women's commission", "ECOSOC", "adopted", (29, 8, 16),
    ),
    Told(
        "UN Security Council resolution demands release of Peru's judges",
        "",
        "a resolution demanding release of Peru's judges", "UNSC", "adopted",
    ),
    # --- briefs and blogs --------------------------------------------------------------------------------------------
    Told(
        "Brief: UN on settlements",
        "The UN General Assembly adopted a resolution on settlements by 120 votes to 12. Washington voted against, as "
        "did Israel.",
        "a resolution on settlements", "UNGA", "adopted", (120, 12, None), {"United States": NO, "Israel": NO},
    ),
    Told(
        "In brief",
        "UN General Assembly vote on the US embargo. Cuba: 165 for, 7 against, 12 abstaining.",
        "a resolution on the US embargo", "UNGA", "adopted", (165, 7, 12),
    ),
    Told(
        "What happened at the UN today",
        "So it happened. The UN General Assembly today voted overwhelmingly in favour of a humanitarian truce, "
        "120-14-45. Austria voted against, so did Fiji.",
        "a humanitarian truce", "UNGA", "adopted", (120, 14, 45), {"Austria": NO, "Fiji": NO},
    ),
    Told(
        "UNESCO takes the US back",
        "UNESCO voted on Friday to readmit the United States, 132-10-15.",
        "a decision to readmit the United States", "UNESCO", "adopted", (132, 10, 15),
    ),
    Told(
        "Nuclear watchdog rebukes Iran",
        "The IAEA board of governors on Wednesday passed a resolution criticising Iran, diplomats said: 20 in favour, "
        "2 against and 12 abstaining.",
        "a resolution criticising Iran", "IAEA", "adopted", (20, 2, 12),
    ),
    Told(
        "Aid for Haiti",
        "A resolution to send a police force to Haiti was adopted on Monday by the UN Security Council with 13 votes "
        "in favour and two abstentions, from China and Russia.",
        "a resolution to send a police force to Haiti", "UNSC", "adopted", (13, None, 2),
        {"China": ABSTAINED, "Russia": ABSTAINED},
    ),
    Told(
        "UN committee acts on Myanmar",
        "A UN committee on Friday passed a Norwegian-drafted resolution condemning the coup in Myanmar, with 79 "
        "countries voting for it and 31 against.",
        "a Norwegian-drafted resolution condemning the coup in Myanmar", "UNGA", "adopted", (79, 31, None),
    ),
    Told(
        "A vote on a treaty",
        "The UN General Assembly on Friday adopted a treaty on cybercrime after years of talks.",
        "a treaty on cybercrime", "UNGA", "adopted",
    ),
    Told(
        "Council calls for calm",
        "The UN Security Council adopted a resolution on Monday that calls for an immediate, sustained pause in "
        "fighting in Mali. The vote was 12 in favour with three abstentions.",
        "a resolution that calls for an immediate, sustained pause in fighting in Mali", "UNSC", "adopted",
        (12, None, 3),
    ),
    Told(
        "Israel backs Ukraine text at UN",
        "Israel voted in favour of a UN General Assembly resolution condemning the annexation of Mali on Wednesday, "
        "while Brazil abstained. The resolution passed 143-5, with 35 abstentions.",
        "a resolution condemning the annexation of Mali", "UNGA", "adopted", (143, 5, 35),
        {"Israel": YES, "Brazil": ABSTAINED},
    ),
    Told(
        "Ukraine skips UN vote",
        "The United Nations General Assembly passed a resolution asking judges in The Hague to rule on whaling, "
        "98-17-52. Ukraine did not vote.",
        "a resolution asking judges in The Hague to rule on whaling", "UNGA", "adopted", (98, 17, 52),
        {"Ukraine": ABSENT},
    ),
    # --- what is harder: words between, sides by name alone, bodies that are only addressed ----
    Told(
        "Explainer: what the UN vote on river dams means",
        "By 128 votes to 9, with 35 countries abstaining, the UN General Assembly on Tuesday called on states to stop "
        "building river dams.",
        "a resolution calling on states to stop building river dams", "UNGA", "adopted", (128, 9, 35),
    ),
    Told(
        "Cuba hails UN vote",
        "The UN General Assembly on Thursday condemned the American economic embargo of Cuba. 187 countries voted for "
        "the resolution, two - the United States and Israel - voted against and one, Ukraine, abstained.",
        "a resolution condemning the American economic embargo of Cuba", "UNGA", "adopted", (187, 2, 1),
        {"United States": NO, "Israel": NO, "Ukraine": ABSTAINED},
    ),
    Told(
        "Russia vetoes UN resolution on weapons in space",
        "Russia on Wednesday vetoed a US-drafted U.N. resolution that called on countries to prevent an arms race in "
        "outer space. The vote was 13 in favor, with China abstaining.",
        "a US-drafted resolution that called on countries to prevent an arms race in outer space", "UNSC", "vetoed",
        (13, None, None), {"Russia": NO, "China": ABSTAINED},
    ),
    Told(
        "UN gives Palau new rights",
        "The UN General Assembly voted by a wide margin on Wednesday to grant new rights to Palau and called on the "
        "Security Council to reconsider its request. The vote was 143-9 with 25 abstentions.",
        "a resolution to grant new rights to Palau", "UNGA", "adopted", (143, 9, 25),
    ),
    Told(
        "SECURITY COUNCIL REJECTS DRAFT ON SYRIA",
        "The UN Security Council failed today to adopt a draft resolution on Syria, owing to a negative vote by a "
        "permanent member. The draft received 13 votes in favour, 1 against (Russian Federation) and 1 abstention "
        "(China).",
        "a draft resolution on Syria", "UNSC", "vetoed", (13, 1, 1), {"Russia": NO, "China": ABSTAINED},
    ),
    Told(
        "UN nuclear board censures Iran",
        "The UN nuclear watchdog's board of governors on Thursday declared Iran in breach of its obligations. Nineteen "
        "of 35 countries voted for the text, Russia, China and Burkina Faso against, and 11 abstained.",
        "a resolution declaring Iran in breach of its obligations", "IAEA", "adopted", (19, None, 11),
        {"Russia": NO, "China": NO, "Burkina Faso": NO},
    ),
    Told(
        "UN adopts day of rivers",
        "The United Nations General Assembly unanimously adopted a resolution proclaiming 24 January the International "
        "Day of Rivers.",
        "a resolution proclaiming 24 January the International Day of Rivers", "UNGA", "adopted",
    ),
    Told(
        "UN committee on North Korea",
        "The UN General Assembly's human rights committee approved a resolution Wednesday strongly condemning human "
        "rights abuses in North Korea. It was adopted by consensus.",
        "a resolution strongly condemning human rights abuses in North Korea", "UNGA-C3", "adopted",
    ),
    Told(
        "Assembly goes on with debate",
        "The UN General Assembly rejected a motion to adjourn debate on the draft resolution on Chad by 66 votes "
        "against to 40 in favour, with 50 abstentions.",
        "a motion to adjourn debate on the draft resolution on Chad", "UNGA", "rejected", (40, 66, 50),
    ),
    Told(
        "Mali tells UN to go",
        "The U.N. Security Council agreed on Wednesday to immediately end the peacekeeping mission in Mali, by a 15-0 "
        "vote.",
        "a resolution to immediately end the peacekeeping mission in Mali", "UNSC", "adopted", (15, 0, None),
    ),
    Told(
        "Snapback stays",
        "A bid by Russia and China to delay the return of sanctions on Iran failed at the UN Security Council on "
        "Wednesday: four countries voted in favour, nine against and two abstained.",
        "a bid to delay the return of sanctions on Iran", "UNSC", "rejected", (4, 9, 2),
    ),
    Told(
        "India among those who abstain",
        "India was among 32 countries that abstained as the UN General Assembly passed a resolution on Wednesday "
        "calling for peace in Chad. It got 141 votes in favour and seven against.",
        "a resolution calling for peace in Chad", "UNGA", "adopted", (141, 7, 32),
        {"India": ABSTAINED},
    ),
    Told(
        "Council speaks on Sudan",
        "A UN Security Council resolution calling for a halt to hostilities in Sudan was blocked by a Russian veto on "
        "Wednesday. The remaining 14 members of the Council supported the draft.",
        "a resolution calling for a halt to hostilities in Sudan", "UNSC", "vetoed", (14, None, None), {"Russia": NO},
    ),
    Told(
        "UN condemns attacks on ships",
        'The UN Security Council on Wednesday passed a resolution 11-0 with four abstentions, condemning "in the '
        'strongest terms" attacks on ships.',
        'a resolution condemning "in the strongest terms" attacks on ships', "UNSC", "adopted", (11, 0, 4),
    ),
    Told(
        "A request for an inquiry",
        "The U.N. Security Council on Wednesday rejected Russia's request for an inquiry into the blasts: three votes "
        "in favour (Russia, China, Brazil) and 12 abstentions.",
        "Russia's request for an inquiry into the blasts", "UNSC", "rejected", (3, None, 12),
        {"Russia": YES, "China": YES, "Brazil": YES},
    ),
    Told(
        "Council on Sudan",
        "The UN Security Council on Wednesday approved Algeria's draft on Sudan by 14 votes, with Russia abstaining.",
        "Algeria's draft on Sudan", "UNSC", "adopted", (14, None, None), {"Russia": ABSTAINED},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    "told", ARTICLES, ids=[f"{told.title} {number}" for number, told in enumerate(ARTICLES)]
)
def test_an_article_is_read_as_a_person_reads_it(told: Told) -> None:
    vote = first_vote(told.text, told.title)
    assert (vote.subject, vote.body, vote.outcome) == (told.subject, told.body, told.outcome)
    assert (vote.tally.triple, dict(vote.positions)) == (told.tally, told.positions)


@pytest.mark.parametrize(
    "told", ARTICLES, ids=[f"{told.title} {number}" for number, told in enumerate(ARTICLES)]
)
def test_a_subject_holds_nothing_of_the_count_and_begins_with_no_body(told: Told) -> None:
    subject = first_vote(told.text, told.title).subject or ""
    counted = [number for number in told.tally if number]
    assert not any(word.isdecimal() and int(word) in counted for word in subject.split())
    assert not subject.lower().startswith(
        ("the un ", "un ", "u.n.", "the general assembly", "the security council")
    )
    assert subject.count("“") == subject.count("”")


def test_the_evidence_covers_the_whole_tally() -> None:
    text = (
        "The United Nations General Assembly met on Friday. 87 countries voted for an ICJ review of commercial "
        "whaling. 24 countries voted against, 53 abstained."
    )
    told = article(text)
    shown = [span.words(told) for span in first_vote(text).evidence]
    assert shown[:2] == ["87 countries voted for", "24 countries voted against, 53 abstained"]


def test_a_committee_that_other_houses_have_too_needs_a_vote_that_only_the_assembly_can_hold() -> None:
    few = "The Fifth Committee approved a draft on the budget by 12 votes to 4."
    many = "The Fifth Committee approved a draft on the budget by 112 votes to 24."
    assert first_vote(many).body == "UNGA-C5"
    with pytest.raises(AssertionError, match="no vote"):
        first_vote(few)


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        (
            "The UN Security Council unanimously adopted resolution 2901, renewing sanctions on Sudan.",
            "S/RES/2901",
        ),
        ("Resolution 2901 was adopted by the UN Security Council on Monday.", "S/RES/2901"),
        ("The UN Security Council adopted a resolution renewing the ban in resolution 2140 on Monday.", None),
        ("The UN General Assembly adopted resolution 2901 on seas.", None),
    ],
)
def test_a_bare_number_is_a_symbol_where_the_council_adopts_it(text: str, symbol: str | None) -> None:
    assert first_vote(text).symbol == symbol
