"""Who voted how, in every form we know; and who is only near a vote."""

from __future__ import annotations

import pytest

from watcher.core.model import Position
from watcher.core.votes import read_votes
from watcher.core.votes.voters import EUROPEAN_UNION, PERMANENT_MEMBERS

from .telling import article, first_vote

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
    "Argentina, Israel and the United States voted against.":
        dict.fromkeys(("Argentina", "Israel", "United States"), NO),
    "The United States was the only country to vote against.": {"United States": NO},
    "The United States and Israel were the only countries to vote against the text.":
        dict.fromkeys(("United States", "Israel"), NO),
    "Israel and the United States voted no.": dict.fromkeys(("Israel", "United States"), NO),
    "The sole vote against came from Israel.": {"Israel": NO},
    "The only votes against came from the United States and Israel.": dict.fromkeys(("Israel", "United States"), NO),
    "Israel was alone in voting against.": {"Israel": NO},
    "Israel alone voted against the text.": {"Israel": NO},
    "Hungary broke with its European partners and voted against.": {"Hungary": NO},
    "Chad broke with Washington and voted in favour.": {"Chad": YES},
    "India, unlike China, voted in favour.": {"India": YES},
    "Unlike the United States, Israel voted in favour.": {"Israel": YES},
    "Hungary joined Russia and Belarus in opposing the text.": dict.fromkeys(("Hungary", "Russia", "Belarus"), NO),
    "Hungary sided with Russia and voted against the text.": dict.fromkeys(("Hungary", "Russia"), NO),
    "The United States sided with Russia and Belarus in voting against the resolution.":
        dict.fromkeys(("United States", "Russia", "Belarus"), NO),
    "Russia, joined by Belarus and Syria, voted against.": dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
    "Peru did not take part in the vote.": {"Peru": ABSENT},
    "India abstained; Peru and Chad did not take part.": {"India": ABSTAINED, "Peru": ABSENT, "Chad": ABSENT},
    "Mali voted against it, and Peru stayed away.": {"Mali": NO, "Peru": ABSENT},
    "Peru and Fiji were absent.": dict.fromkeys(("Peru", "Fiji"), ABSENT),
    "All of the permanent members except Russia voted in favour.":
        {country: YES for country in PERMANENT_MEMBERS if country != "Russia"},
    "Washington abstained.": {"United States": ABSTAINED},
    "Among those abstaining were China, India and South Africa.":
        dict.fromkeys(("China", "India", "South Africa"), ABSTAINED),
    "Among the 12 countries that voted against were Russia, Belarus and North Korea.":
        dict.fromkeys(("Russia", "Belarus", "North Korea"), NO),
    "Those who opposed the resolution included Russia, Belarus and Syria.":
        dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
    "The countries that voted against it were Belarus, Mali and Russia.":
        dict.fromkeys(("Belarus", "Mali", "Russia"), NO),
    "Seven countries voted against the resolution: Belarus, Mali, Nicaragua, North Korea, Eritrea, Russia"
    " and Syria.": dict.fromkeys(("Belarus", "Mali", "Nicaragua", "North Korea", "Eritrea", "Russia", "Syria"), NO),
    "Seven countries voted against the resolution (Belarus, Mali, Russia).":
        dict.fromkeys(("Belarus", "Mali", "Russia"), NO),
    "Seven countries — Belarus, Mali and Russia among them — voted against.":
        dict.fromkeys(("Belarus", "Mali", "Russia"), NO),
    "Seven countries, including Russia and Belarus, voted against, and 32, among them China and India, abstained.":
        {"Russia": NO, "Belarus": NO, "China": ABSTAINED, "India": ABSTAINED},
    "The resolution passed with 141 in favour, seven against – Belarus, Mali and Russia – and 32 abstentions.":
        dict.fromkeys(("Belarus", "Mali", "Russia"), NO),
    "Voting against were Belarus, Mali and Russia.": dict.fromkeys(("Belarus", "Mali", "Russia"), NO),
    "Voting against: Belarus, Mali and Russia.": dict.fromkeys(("Belarus", "Mali", "Russia"), NO),
    "Those voting against were Belarus, Mali and Russia.": dict.fromkeys(("Belarus", "Mali", "Russia"), NO),
    "Against:\n\nBelarus\n\nMali\n\nRussia\n\nAbstentions:\n\nChina\n\nIndia":
        {**dict.fromkeys(("Belarus", "Mali", "Russia"), NO), "China": ABSTAINED, "India": ABSTAINED},
    "Voted against:\n\n- Belarus\n\n- Mali\n\nAbstained:\n\n- China": {"Belarus": NO, "Mali": NO, "China": ABSTAINED},
    "China, India and Pakistan were among the countries that abstained.":
        dict.fromkeys(("China", "India", "Pakistan"), ABSTAINED),
    "India was among 32 nations to abstain.": {"India": ABSTAINED},
    "India's abstention drew criticism from Kyiv.": {"India": ABSTAINED},
    "The abstention of India was noted.": {"India": ABSTAINED},
    "The Russian, Belarusian and Syrian delegations voted against.":
        dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
    "The representative of Peru voted against the text.": {"Peru": NO},
    "India, for its part, abstained.": {"India": ABSTAINED},
    "Israel, which had threatened to vote no, abstained.": {"Israel": ABSTAINED},
    "Israel, whose ties with Russia are close, voted in favour.": {"Israel": YES},
    "Russia's ally Belarus voted against.": {"Belarus": NO},
    "Russia's allies, including Belarus and Syria, voted against.": dict.fromkeys(("Belarus", "Syria"), NO),
    "The text was opposed only by the United States and Israel.": dict.fromkeys(("United States", "Israel"), NO),
    "Israel and the US cast the only two votes against.": dict.fromkeys(("Israel", "United States"), NO),
    'The United States and Israel cast "no" votes.': dict.fromkeys(("Israel", "United States"), NO),
    "Russia voted against and so did Belarus.": dict.fromkeys(("Russia", "Belarus"), NO),
    "Fiji and Tonga voted in favour, Chad and Mali against, and Peru abstained.":
        {"Fiji": YES, "Tonga": YES, "Chad": NO, "Mali": NO, "Peru": ABSTAINED},
    "Germany and Italy abstained, while France and Spain voted yes.":
        {"Germany": ABSTAINED, "Italy": ABSTAINED, "France": YES, "Spain": YES},
    "France voted for the resolution, as did Spain, Norway and Ireland.":
        dict.fromkeys(("France", "Spain", "Norway", "Ireland"), YES),
    "Ukraine did not participate in the vote.": {"Ukraine": ABSENT},
    "Ukraine opted not to vote.": {"Ukraine": ABSENT},
    "Ukraine was listed as not voting.": {"Ukraine": ABSENT},
    "Canada changed its position and voted yes.": {"Canada": YES},
    "Chad, the United States, and Mali voted against.": dict.fromkeys(("Chad", "United States", "Mali"), NO),
    "All 27 EU member states voted in favour.": dict.fromkeys(EUROPEAN_UNION, YES),
    "Israel, the US and Hungary voted against it, together with Fiji and Nauru.":
        dict.fromkeys(("Israel", "United States", "Hungary", "Fiji", "Nauru"), NO),
    "China, Russia and India were among 35 abstaining countries.":
        dict.fromkeys(("China", "Russia", "India"), ABSTAINED),
    "Countries voting against included the United States, Israel and Hungary.":
        dict.fromkeys(("United States", "Israel", "Hungary"), NO),
    "The resolution was backed by Britain, France and Germany.":
        dict.fromkeys(("United Kingdom", "France", "Germany"), YES),
    "The Netherlands, Bosnia and Herzegovina and Papua New Guinea abstained.":
        dict.fromkeys(("Netherlands", "Bosnia and Herzegovina", "Papua New Guinea"), ABSTAINED),
    "The UAE, which co-sponsored the draft, voted in favour.": {"United Arab Emirates": YES},
    "Only Israel voted against.": {"Israel": NO},
    "Just the US and Israel opposed the resolution.": dict.fromkeys(("United States", "Israel"), NO),
    "Israel and its closest ally the United States voted against.": dict.fromkeys(("Israel", "United States"), NO),
    "Japan, South Korea and Australia all voted in favour.":
        dict.fromkeys(("Japan", "South Korea", "Australia"), YES),
    "India has abstained on the resolution.": {"India": ABSTAINED},
    "India abstained from voting on the resolution.": {"India": ABSTAINED},
    "The five countries that voted no are Russia, Belarus, Syria, North Korea and Eritrea.":
        dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
    "Russia — along with Belarus, Syria, North Korea and Eritrea — voted against.":
        dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
    "Along with Russia, Belarus and Syria voted against.": dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
    "US, Israel vote against UN resolution on settlements.": dict.fromkeys(("United States", "Israel"), NO),
    "Moscow's envoy said Russia voted against because the text was biased.": {"Russia": NO},
    "The tally was 143 in favour to 5 against (Belarus, Mali, Nicaragua, Russia, Syria), with 35 "
    "abstentions (Armenia, China, Cuba).": {**dict.fromkeys(("Belarus", "Mali", "Nicaragua", "Russia", "Syria"), NO),
        **dict.fromkeys(("Armenia", "China", "Cuba"), ABSTAINED)},
    "All Latin American states backed the text except Mexico, which abstained, and Panama, which voted against.":
        {"Mexico": ABSTAINED, "Panama": NO},
    "Russia, China, Iran and Syria were among those opposing the resolution, while Turkey, India and "
    "South Africa abstained.": {
        **dict.fromkeys(("Russia", "China", "Iran", "Syria"), NO),
        **dict.fromkeys(("Türkiye", "India", "South Africa"), ABSTAINED)},
    "The resolution was supported by 14 of the council's 15 members, with Russia casting the sole vote against.":
        {"Russia": NO},
    "Russia cast the lone dissenting vote, while China, India and the United Arab Emirates abstained.":
        {"Russia": NO, **dict.fromkeys(("China", "India", "United Arab Emirates"), ABSTAINED)},
    "Thirteen members voted in favour, Britain abstained and the United States used its veto.":
        {"United Kingdom": ABSTAINED, "United States": NO},
    "The U.K. abstained, and Russia and China voted in favor.":
        {"United Kingdom": ABSTAINED, "Russia": YES, "China": YES},
    "China and Russia abstained from the vote, citing concerns over sovereignty.":
        dict.fromkeys(("China", "Russia"), ABSTAINED),
    "China, along with Russia, abstained.": dict.fromkeys(("China", "Russia"), ABSTAINED),
    "Pakistan, China and Algeria abstained from voting.": dict.fromkeys(("Pakistan", "China", "Algeria"), ABSTAINED),
    "In a rare move, Washington broke with its allies and voted with Russia against the text.":
        dict.fromkeys(("United States", "Russia"), NO),
    "The United States voted with Russia, North Korea and Belarus against the resolution.":
        dict.fromkeys(("United States", "Russia", "North Korea", "Belarus"), NO),
    "The US and Israel were the only two countries to oppose the measure.":
        dict.fromkeys(("United States", "Israel"), NO),
    "Ukraine's delegation did not take part in the vote.": {"Ukraine": ABSENT},
    "The Israeli delegation walked out before the vote.": {"Israel": ABSENT},
    "Israel boycotted the vote.": {"Israel": ABSENT},
    "Iran, Iraq and Tunisia did not cast votes.": dict.fromkeys(("Iran", "Iraq", "Tunisia"), ABSENT),
    "Among EU countries, Austria, Croatia, the Czech Republic and Hungary voted against, while Belgium, "
    "France and Spain supported the resolution.": {
        **dict.fromkeys(("Austria", "Croatia", "Czechia", "Hungary"), NO),
        **dict.fromkeys(("Belgium", "France", "Spain"), YES)},
    "Germany, Britain, Italy and Japan abstained, as did Ukraine, which has close ties with Israel.":
        dict.fromkeys(("Germany", "United Kingdom", "Italy", "Japan", "Ukraine"), ABSTAINED),
    "Canada, which usually votes with Israel, backed the resolution.": {"Canada": YES},
    "New Zealand and Australia joined the majority in voting for the resolution.":
        dict.fromkeys(("New Zealand", "Australia"), YES),
    "Brazil, Russia, India and China — the BRIC states — abstained.":
        dict.fromkeys(("Brazil", "Russia", "India", "China"), ABSTAINED),
    "Israeli Ambassador Gilad Erdan voted against the resolution.": {"Israel": NO},
    "US Ambassador Linda Thomas-Greenfield said Washington abstained because the text did not condemn Hamas.":
        {"United States": ABSTAINED},
    "The United States, one of five veto-wielding permanent members, voted against the text.": {"United States": NO},
    "Only the United States, Israel and Micronesia voted no.":
        dict.fromkeys(("United States", "Israel", "Micronesia"), NO),
    "Six countries voted against: Belarus, North Korea, Eritrea, Mali, Nicaragua and Syria, in addition to Russia.":
        dict.fromkeys(("Belarus", "North Korea", "Eritrea", "Mali", "Nicaragua", "Syria"), NO),
    "South Africa, which has refused to condemn Moscow, abstained again.": {"South Africa": ABSTAINED},
    "Kenya's abstention surprised diplomats.": {"Kenya": ABSTAINED},
    "Cuba and Nicaragua, both allies of Russia, voted against.": dict.fromkeys(("Cuba", "Nicaragua"), NO),
    "The resolution was co-sponsored by Norway and passed with the support of Brazil.": {"Brazil": YES},
    "Brazil, Colombia, Chile and Mexico all voted for the text, while Argentina opposed it and Paraguay abstained.":
        {**dict.fromkeys(("Brazil", "Colombia", "Chile", "Mexico"), YES), "Argentina": NO, "Paraguay": ABSTAINED},
    "Voting no: Israel, United States, Nauru. Abstaining: Canada, Japan.":
        {**dict.fromkeys(("Israel", "United States", "Nauru"), NO), "Canada": ABSTAINED, "Japan": ABSTAINED},
    "The only countries voting against were Israel and the United States.":
        dict.fromkeys(("Israel", "United States"), NO),
    "The text was rejected only by Israel and the United States.": dict.fromkeys(("Israel", "United States"), NO),
    "In the 15-member Council, only the United States voted against, with Britain abstaining.":
        {"United States": NO, "United Kingdom": ABSTAINED},
    "Israel, backed by the United States, voted against.": {"Israel": NO},
    "Hungary, Slovakia and Georgia did not vote.": dict.fromkeys(("Hungary", "Slovakia", "Georgia"), ABSENT),
    "Turkmenistan and Iraq were not present during the vote.": dict.fromkeys(("Turkmenistan", "Iraq"), ABSENT),
    "Morocco was absent.": {"Morocco": ABSENT},
    "The U.S. said it voted against the resolution because it failed to condemn Hamas.": {"United States": NO},
    "South Korea voted yes; Japan, no.": {"South Korea": YES},
    "Among the abstainers were India, Brazil and South Africa.":
        dict.fromkeys(("India", "Brazil", "South Africa"), ABSTAINED),
    "Abstainers included China, Iran and Cuba.": dict.fromkeys(("China", "Iran", "Cuba"), ABSTAINED),
    "Germany joined France in voting yes, while Italy joined the abstainers.":
        dict.fromkeys(("Germany", "France"), YES),
    "Kenya, Ghana and Gabon, the three African members, voted in favour, and India, China and the UAE abstained.":
        {**dict.fromkeys(("Kenya", "Ghana", "Gabon"), YES),
         **dict.fromkeys(("India", "China", "United Arab Emirates"), ABSTAINED)},
    "Ecuador, Japan and Malta — all elected members — voted yes.": dict.fromkeys(("Ecuador", "Japan", "Malta"), YES),
    "It was the US that voted against.": {"United States": NO},
    "The vote against by Hungary surprised many.": {"Hungary": NO},
    "Before the vote, Israel's envoy Gilad Erdan urged members to reject the draft, but only the US and "
    "Israel voted against.": dict.fromkeys(("United States", "Israel"), NO),
    "The Palestinian envoy thanked the 143 countries which voted in favour, while Israel, the US and "
    "seven others voted against.": dict.fromkeys(("Israel", "United States"), NO),
    "President Zelenskyy said Ukraine abstained to build ties with Israel.": {"Ukraine": ABSTAINED},
    "The EU was split: Hungary and the Czech Republic voted against, Germany abstained, and France backed"
    " the text.": {"Hungary": NO, "Czechia": NO, "Germany": ABSTAINED, "France": YES},
    "Russia's Foreign Minister Sergei Lavrov said China abstained.": {"China": ABSTAINED},
    "US allies such as Japan and South Korea supported the resolution.": dict.fromkeys(("Japan", "South Korea"), YES),
    "Iran called it biased and voted no, as did North Korea.": dict.fromkeys(("Iran", "North Korea"), NO),
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
        "All members but the United States voted in favour.",
        "Every country except Israel backed the text.",
        "Most EU member states voted in favour.",
        "Hungary and Slovakia refused to vote for the text.",
        "Canada switched its vote from abstention to yes.",
        "Israel's ambassador criticised those who voted in favour.",
        "The United States urged members to vote against the text.",
        "Chad had voted against a similar text in 2021.",
        "A US veto threat hung over the talks.",
        "Rebels backed by Iran fired at ships.",
        "Israel condemned the vote.",
        "Russia's foreign ministry said those who voted against were right.",
        "Ukraine thanked the countries that voted in favour.",
        "Ukraine thanked Poland for voting in favour.",
        "Israel said the countries that abstained had shown cowardice.",
        "The resolution demands that Russia withdraw, and 35 countries abstained.",
        "Rebels in Yemen, backed by Iran, attacked ships.",
        "The government, supported by France, welcomed the vote.",
        "The opposition in Georgia voted against the budget.",
        "Lawmakers in Israel voted against the plan.",
        "The draft was prepared by Mexico and Brazil.",
        "The text, co-sponsored by Ukraine and 60 others, needed a two-thirds majority.",
        "Hours before the vote, China had warned against it.",
        "A US official said countries should abstain.",
        "Diplomats from Chad and Mali spoke before members voted in favour.",
        "Moscow said it would vote against.",
        "Russia threatened to veto the text.",
        "Iran abstained from enriching uranium.",
        "Germany abstained from comment.",
        "Members including Kenya spoke. Thirty abstained.",
        "China's trade with countries that abstained has grown.",
        "Four senators in Washington voted against funding the UN.",
        "Voters in Switzerland approved the plan by 52 percent.",
        "Ireland called on the United States to support the text.",
        "The resolution supports Ukraine against Russia.",
        "They voted for a resolution against Russia.",
        "The Assembly voted for peace in Sudan and against war in Chad.",
        "The amendment by Iran was backed by Syria and Cuba but fell.",
        "In Berlin, the Bundestag supported Israel.",
        "In 2022, India, China and South Africa abstained on a similar text.",
        "The previous resolution, in which Israel abstained, was passed in March.",
        "Poland's president criticised Hungary for abstaining.",
        "Russia called the countries that supported the text puppets of Washington.",
        "The plan is supported by the United States.",
        "No one knows how Israel will vote; Kenya may abstain.",
        "India is expected to abstain, as it did last year.",
        "If Russia votes against, the text will fall.",
        "Chad asked why Mali had not voted.",
        "The ministers of Chad and Mali, who did not attend, sent letters.",
        "France and Germany, which supported Ukraine with arms, hailed the vote.",
        "Britain's Labour opposition backed the resolution.",
        "Hamas rejected the resolution, while Israel welcomed it.",
        "Israel rejected the resolution as biased.",
        "Iran rejects the resolution.",
        "Russia rejected accusations that it blocked aid to Syria.",
    ],
)
def test_what_is_no_vote_gives_no_position(sentence: str) -> None:
    assert dict(first_vote(ASSEMBLY + sentence).positions) == {}


def test_a_veto_is_a_vote_against() -> None:
    vote = first_vote("Russia on Wednesday vetoed a UN Security Council resolution on aid to Haiti.")
    assert (vote.outcome, dict(vote.positions)) == ("vetoed", {"Russia": NO})


def test_those_who_took_part_in_another_vote_are_not_of_the_main_one() -> None:
    amendment = "The amendment proposed by Russia was rejected, with Belarus and Syria voting in favour."
    rival = "Fiji and Chad abstained on a rival draft."
    assert dict(first_vote(f"{ASSEMBLY}India abstained. {amendment} {rival}").positions) == {
        "India": ABSTAINED
    }


def test_a_veto_of_another_text_is_no_part_of_an_adoption() -> None:
    told = "The UN Security Council adopted a resolution on aid on Friday, days after the US vetoed a truce."
    assert dict(first_vote(told).positions) == {}


def test_a_second_vote_has_its_own_subject_and_its_own_voters() -> None:
    main, second = read_votes(
        article(
            "The UN General Assembly adopted a resolution on ocean noise on Wednesday by 99 votes in favour, 20 "
            "against and 40 abstentions, with Fiji voting against. It also adopted a rival US-drafted resolution on "
            "whales, 93-8-73. Mali voted against that text."
        )
    )
    assert (main.subject, dict(main.positions)) == ("a resolution on ocean noise", {"Fiji": NO})
    assert (second.subject, dict(second.positions)) == (
        "a rival US-drafted resolution on whales",
        {"Mali": NO},
    )


def test_an_amendment_and_a_paragraph_are_votes_of_their_own() -> None:
    main, amendment, paragraph = read_votes(
        article(
            ASSEMBLY
            + "The vote was 99 in favour, 20 against and 40 abstentions. An amendment by Chad on whales was "
            "rejected by 61 votes against to 18 in favour, with 70 abstentions. Operative paragraph 4 on sonar was "
            "kept by a vote of 88 in favour to 12 against (Chad, Mali), with 30 abstentions."
        )
    )
    assert dict(main.positions) == {}
    assert (amendment.subject, amendment.outcome) == ("an amendment on whales", "rejected")
    assert (paragraph.subject, dict(paragraph.positions)) == (
        "an operative paragraph on sonar",
        {"Chad": NO, "Mali": NO},
    )


def test_each_text_of_a_meeting_has_its_own_list_of_names() -> None:
    first, second, third = read_votes(
        article(
            "By a recorded vote of 169 in favour to 3 against (Belarus, China, Iran), with 2 abstentions (Cuba, Mali), "
            "the First Committee approved the draft resolution “Reducing space threats”. Also by a recorded vote — of "
            "115 in favour to 47 against, with 20 abstentions — it approved the draft resolution “Ethical "
            "imperatives”. It then retained operative paragraph 4 by a recorded vote of 140 in favour to 1 "
            "against (Israel), with 20 abstentions."
        )
    )
    assert dict(first.positions) == {
        **dict.fromkeys(("Belarus", "China", "Iran"), NO),
        **dict.fromkeys(("Cuba", "Mali"), ABSTAINED),
    }
    assert (dict(second.positions), second.subject) == ({}, "the draft resolution “Ethical imperatives”")
    assert dict(third.positions) == {"Israel": NO}


def test_an_amendment_that_falls_is_rejected_and_takes_no_part_in_the_veto() -> None:
    vetoed, amendment = read_votes(
        article(
            "Russia vetoed a UN Security Council resolution on space on Wednesday. The vote was 13 in favour, with "
            "China abstaining. An amendment proposed by Russia and China was voted down, with seven votes in favour, "
            "seven against and one abstention."
        )
    )
    assert (vetoed.outcome, dict(vetoed.positions)) == ("vetoed", {"Russia": NO, "China": ABSTAINED})
    assert (amendment.outcome, amendment.tally.triple, dict(amendment.positions)) == (
        "rejected",
        (7, 7, 1),
        {},
    )
