"""What a body does by a resolution alone is a decision, with or without the word vote; its dates are not its day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from watcher.core.model import Outcome
from watcher.core.votes import read_votes

from .telling import article, first_vote

# All are from 16 May 2024, a Thursday.

DONE = [
    "The UN Security Council on Wednesday extended the mandate of its mission in Mali until 30 June 2025.",
    "The UN Security Council decided on Wednesday to lift the arms embargo on Fiji.",
    "The UN Human Rights Council agreed without a vote on Wednesday to send experts to Peru.",
    "The UN General Assembly on Wednesday called on Chad to free its fishermen.",
    "El Consejo de Seguridad de la ONU prorrogó el miércoles hasta el 30 de junio de 2025 el mandato de su misión.",
    "La Asamblea General de la ONU proclamó el miércoles el Día Internacional del Musgo.",
    "Le Conseil de sécurité de l'ONU a prolongé mercredi d'un an le mandat de sa mission au Mali.",
    "Le Conseil de sécurité de l'ONU a décidé mercredi de lever les sanctions contre les Fidji.",
    "Der UN-Sicherheitsrat hat am Mittwoch das Mandat seiner Mission in Mali verlängert.",
    "Am Mittwoch verlängerte der UN-Sicherheitsrat die Sanktionen gegen Mali.",
    "Die UN-Vollversammlung hat am Mittwoch den Tschad aufgefordert, seine Fischer freizulassen.",
    "Rada Bezpieczeństwa ONZ w środę przedłużyła do 30 czerwca 2025 roku misję w Mali.",
    "Zgromadzenie Ogólne ONZ w środę potępiło napaść na rybaków.",
    "Рада Безпеки ООН у середу продовжила до 30 червня 2025 року мандат місії в Малі.",
    "Совет Безопасности ООН в среду единогласно продлил до 30 июня 2025 года мандат миссии в Мали.",
    "Генеральная Ассамблея ООН в среду осудила нападение на рыбаков.",
    'מועצת הביטחון של האו"ם האריכה אתמול את המנדט של הכוח במאלי.',
    "قرر مجلس الأمن الدولي بالإجماع، الأربعاء، تمديد ولاية البعثة الأممية في مالي حتى 30 يونيو 2025.",
    "مدد مجلس الأمن الدولي الأربعاء ولاية البعثة الأممية في مالي عاما.",
    "联合国安理会周三决定延长驻马里特派团的任期。",
]

NOT_DONE = [
    "The UN Security Council is expected on Wednesday to extend the mandate of its mission in Mali.",
    "The UN Security Council on Wednesday condemned the attack on a school in Mali.",
    "The UN Security Council on Wednesday extended its condolences to the people of Peru.",
    "The UN Security Council extended the mission's mandate last year. Mali wants it gone.",
    "Mali said on Wednesday it would leave after the UN Security Council extended sanctions.",
    "Chad on Wednesday condemned the UN Security Council.",
    "El Consejo de Seguridad de la ONU condenó el miércoles el ataque contra una escuela.",
    "Le Conseil de sécurité de l'ONU devrait prolonger mercredi le mandat de sa mission.",
    "Der UN-Sicherheitsrat hat am Mittwoch den Anschlag auf eine Schule verurteilt.",
    "Der UN-Sicherheitsrat soll am Mittwoch das Mandat der Mission verlängern.",
    "Rada Bezpieczeństwa ONZ w środę potępiła zamach na szkołę.",
    "Рада Безпеки ООН у середу засудила напад на школу.",
    "Совет Безопасности ООН в среду осудил нападение на школу.",
    "مالي تدين مجلس الأمن الدولي الأربعاء.",
    "联合国安理会周三谴责对学校的袭击。",
]


@pytest.mark.parametrize("text", DONE)
def test_what_a_body_does_by_a_resolution_alone_is_a_decision(text: str) -> None:
    assert first_vote(text).outcome is Outcome.ADOPTED


@pytest.mark.parametrize("text", NOT_DONE)
def test_what_is_said_planned_past_or_done_by_another_is_none(text: str) -> None:
    assert read_votes(article(text)) == ()


def test_a_title_alone_tells_a_decision_but_not_over_a_text_that_does_not() -> None:
    title = "UN Security Council extends Mali arms embargo"
    assert first_vote("", title).outcome is Outcome.ADOPTED
    assert read_votes(article("The embargo was a matter of debate among farmers.", title)) == ()


def test_the_day_until_which_a_mandate_runs_is_not_that_of_the_vote() -> None:
    vote = first_vote(
        "El Consejo de Seguridad de la ONU extendió hasta el 31 de octubre de 2024 el mandato de la misión,"
        " con 13 votos a favor y dos abstenciones."
    )
    assert vote.tally.in_favour == 13
    assert vote.date is None


@pytest.mark.parametrize(
    "title",
    ["UNO erklärt 11. Juli zum Gedenktag der Fischer", "UN declares July 11 day of fishermen"],
)
def test_a_day_that_is_proclaimed_makes_nothing_old(title: str) -> None:
    text = "The UN General Assembly on Wednesday adopted the text by 84 votes to 19, with 68 abstentions."
    assert first_vote(text, title).date == date(2024, 5, 15)


@pytest.mark.parametrize(
    "text",
    [
        "Four years ago today, the UN General Assembly demanded that Chad leave Mali.",
        "Vor gut einem Jahr beschloss die UN-Vollversammlung mit 84 zu 19 Stimmen einen Gedenktag.",
        "Il y a près d'un an, l'Assemblée générale de l'ONU adoptait le texte par 84 voix contre 19.",
        "Hace casi un año, la Asamblea General de la ONU aprobó el texto por 84 votos a favor y 19 en contra.",
    ],
)
def test_an_anniversary_is_no_news(text: str) -> None:
    assert read_votes(article(text)) == ()


def test_a_comparison_with_earlier_votes_does_not_make_a_vote_old() -> None:
    vote = first_vote(
        "The UN General Assembly approved the text by a vote of 93-18 with 65 abstentions, a sharp fall in support from"
        " earlier votes."
    )
    assert vote.tally.triple == (93, 18, 65)


def test_a_reaction_in_a_title_that_tells_of_the_vote_is_a_report() -> None:
    vote = first_vote(
        "The UN General Assembly on Wednesday overwhelmingly called for a truce. The text passed with 149 countries in"
        " favour and 12 against.",
        "Chad slams outsiders as UN General Assembly votes for truce",
    )
    assert (vote.tally.in_favour, vote.tally.against) == (149, 12)


def test_a_why_behind_a_colon_explains_what_is_known() -> None:
    title = "Vetoes: why the Security Council is stuck on Mali"
    text = "On Monday, Fiji stopped a text on Mali. It was supported by the fourteen other members."
    assert read_votes(article(text, title)) == ()


def test_the_assembly_of_another_organization_is_not_that_of_the_un() -> None:
    text = "La Asamblea General de la Organización de los Estados Americanos aprobó el miércoles un texto con 29 votos."
    assert read_votes(article(text)) == ()


def test_the_month_of_a_vote_in_a_title_dates_it() -> None:
    text = "Резолюцію підтримали 107 країн."
    april = datetime(2024, 4, 2, tzinfo=UTC)
    assert read_votes(article(text, "Уроки лютневого голосування в ООН: 107 голосів за", april)) == ()


@pytest.mark.parametrize(
    ("text", "in_favour"),
    [
        (
            "Für die Resolution stimmten bei einer Sondersitzung am Abend 25 Staaten, sieben votierten dagegen.",
            25,
        ),
        (
            "Für den Entwurf, den Fidschi eingebracht hatte, stimmten 25 Staaten, sieben votierten dagegen.",
            25,
        ),
    ],
)
def test_voters_stand_behind_when_where_and_what(text: str, in_favour: int) -> None:
    lead = "Die UN-Vollversammlung hat am Mittwoch eine Resolution zu Gletschern angenommen. "
    assert first_vote(lead + text).tally.in_favour == in_favour


def test_a_row_is_turned_round_only_by_what_turned_the_text_down() -> None:
    vote = first_vote(
        "UN member states voted 175-2, with one abstention, to adopt a text on moss that Chad had rejected in April."
    )
    assert (vote.tally.in_favour, vote.tally.against) == (175, 2)


def test_the_only_one_of_fifteen_is_not_fifteen() -> None:
    lead = "The United States on Wednesday vetoed a UN Security Council resolution on Mali. "
    assert first_vote(lead + "It was the only one of the 15 members to vote against.").tally.against != 15


def test_what_came_before_does_not_silence_the_vote() -> None:
    vote = first_vote(
        "The UN Security Council adopted a resolution on Mali on Wednesday. Peru and Chad abstained; Fiji voted yes"
        " after seeing two amendments defeated."
    )
    assert {country: position.value for country, position in vote.positions.items()} == {
        "Peru": "abstained",
        "Chad": "abstained",
        "Fiji": "in_favour",
    }


def test_opponents_are_named_behind_the_noun() -> None:
    vote = first_vote(
        "Генеральная Ассамблея ООН в среду приняла резолюцию о ледниках 114 голосами против 52. В число противников"
        " документа вошли Чад, Фиджи и Перу."
    )
    assert {country for country, position in vote.positions.items() if position.value == "against"} == {
        "Chad",
        "Fiji",
        "Peru",
    }


def test_a_count_of_the_year_since_when_is_not_of_this_vote() -> None:
    vote = first_vote(
        "La Asamblea General de la ONU aprobó el miércoles una resolución sobre glaciares. Es la décima desde 2007,"
        " cuando solo 104 países la apoyaron. En contra se pronunciaron 32 Estados."
    )
    assert (vote.tally.in_favour, vote.tally.against) == (None, 32)


@pytest.mark.parametrize(
    "text",
    [
        "Генеральна Асамблея ООН у середу ухвалила резолюцію про льодовики. Чад, який торік голосував проти,"
        " утримався. Утримався і Китай.",
        "The UN General Assembly on Wednesday adopted a resolution on glaciers. Chad, which last year voted against,"
        " abstained. China abstained, too.",
    ],
)
def test_what_a_relative_clause_recalls_is_no_time_of_the_vote(text: str) -> None:
    positions = {country: position.value for country, position in first_vote(text).positions.items()}
    assert positions == {"Chad": "abstained", "China": "abstained"}
