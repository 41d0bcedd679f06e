"""What became of a text and where: vetoes told in many ways or denied, what a body votes, whose committee it is."""

from __future__ import annotations

import pytest

from watcher.core.model import Outcome, Position
from watcher.core.votes import read_votes

from .telling import article, first_vote

ADOPTED, REJECTED, VETOED = Outcome.ADOPTED, Outcome.REJECTED, Outcome.VETOED

BY_RUSSIAS_VETO = [
    "A draft resolution on Mali fell to a Russian veto in the UN Security Council on Wednesday.",
    "A Russian veto sank a draft resolution on Mali in the UN Security Council on Wednesday.",
    "La Russie a mis mercredi son veto à un projet de résolution du Conseil de sécurité de l'ONU sur le Mali.",
    "Un projet de résolution sur le Mali a échoué mercredi au Conseil de sécurité de l'ONU en raison du veto russe.",
    "Im UN-Sicherheitsrat ist ein Resolutionsentwurf zu Mali am Veto Russlands gescheitert. Zehn stimmten dafür.",
    "Projekt rezolucji w sprawie Mali upadł w środę w Radzie Bezpieczeństwa ONZ wskutek weta Rosji.",
    "Россия наложила в среду вето на проект резолюции Совета Безопасности ООН по Мали.",
]

NO_VETO = [
    'מועצת הביטחון של האו"ם אימצה אתמול את ההחלטה. 14 מדינות הצביעו בעד, וארצות הברית נמנעה ולא הטילה וטו.',
    "The UN Security Council on Wednesday adopted a resolution on Mali. Chad abstained and did not veto the text.",
    "Le Conseil de sécurité de l'ONU a adopté mercredi une résolution. La Russie n'a pas mis son veto.",
]


@pytest.mark.parametrize("text", BY_RUSSIAS_VETO)
def test_what_falls_to_somebodys_veto_is_vetoed_by_him(text: str) -> None:
    vote = first_vote(text)
    assert vote.outcome is VETOED
    assert vote.positions == {"Russia": Position.AGAINST}
    assert vote.tally.against is None


@pytest.mark.parametrize("text", NO_VETO)
def test_a_veto_that_was_not_cast_is_none(text: str) -> None:
    vote = first_vote(text)
    assert vote.outcome is ADOPTED
    assert Position.AGAINST not in vote.positions.values()


@pytest.mark.parametrize(
    "text",
    [
        "The General Assembly debated the veto on Wednesday. Russia has used its veto 120 times on resolutions.",
        "Die UN-Vollversammlung debattierte am Mittwoch. Russland nutzte sein Veto im Sicherheitsrat mehr als 120 Mal.",
        "Zgromadzenie Ogólne ONZ debatowało w środę o wecie. Rosja użyła weta ponad 120 razy.",
        "L'Assemblée générale de l'ONU a débattu mercredi. La Russie a opposé son veto plus de 120 fois à des textes.",
        "Russland hat mit einem Veto gegen den Resolutionsentwurf im UN-Sicherheitsrat gedroht.",
        "La France a menacé mercredi d'opposer son veto à un texte au Conseil de sécurité de l'ONU.",
    ],
)
def test_vetoes_that_are_counted_or_threatened_are_no_news(text: str) -> None:
    assert read_votes(article(text)) == ()


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Anniversary of UN vote",
            "Two years ago on Wednesday, the UN General Assembly voted 141-5 to condemn it.",
        ),
        ("What the UN vote means for Chad", "The UN General Assembly voted last week to lift sanctions."),
    ],
)
def test_what_a_title_looks_back_on_is_no_news(title: str, text: str) -> None:
    assert read_votes(article(text, title)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Russland ist im UN-Sicherheitsrat mit seinem Vorstoß zu Mali gescheitert. Zwölf Staaten enthielten sich.",
        "Russia failed in its bid to have the UN Security Council act on Mali. Twelve members abstained.",
    ],
)
def test_whoever_fails_with_a_text_has_had_it_rejected(text: str) -> None:
    vote = first_vote(text)
    assert vote.outcome is REJECTED
    assert vote.tally.abstentions == 12


@pytest.mark.parametrize(
    "text",
    [
        "Le Conseil de sécurité de l'ONU a voté mercredi, à l'unanimité, le retrait des Casques bleus du Mali.",
        "L'Assemblée générale de l'ONU a voté mercredi une résolution sur les glaciers.",
        "L'Assemblée générale de l'ONU vote la résolution sur les glaciers par 120 voix contre 14.",
    ],
)
def test_what_a_body_votes_in_french_it_has_adopted(text: str) -> None:
    assert first_vote(text).outcome is ADOPTED


@pytest.mark.parametrize(
    "text",
    [
        "L'Assemblée générale de l'ONU a voté mercredi sur une résolution sur les glaciers.",
        "Le Conseil de sécurité de l'ONU vote jeudi sur un projet de résolution.",
        "Le Conseil de sécurité de l'ONU a voté la semaine dernière sur le Mali.",
        "Le Conseil de sécurité de l'ONU doit voter jeudi sur un texte. Le vote, prévu mercredi, a été reporté.",
    ],
)
def test_what_a_body_votes_on_is_no_outcome(text: str) -> None:
    assert read_votes(article(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The UN Security Council on Wednesday adopted a resolution recommending Jane Doe as secretary-general.",
        "The UN General Assembly on Wednesday adopted a resolution appointing Jane Doe to a second term.",
        "El Consejo de Seguridad de la ONU aprobó el miércoles una resolución que recomienda a Jane Doe como "
        "secretaria general.",
        "Le Conseil de sécurité de l'ONU a adopté mercredi une résolution recommandant Jane Doe au poste de "
        "secrétaire générale.",
        "Der UN-Sicherheitsrat hat am Mittwoch eine Resolution angenommen, die Jane Doe für eine zweite Amtszeit "
        "empfiehlt.",
        "Совет Безопасности ООН в среду принял резолюцию, рекомендующую Доу на второй срок.",
        "联合国安理会周三通过决议，推荐古特雷斯连任秘书长。",
    ],
)
def test_a_resolution_that_names_somebody_for_an_office_elects_him(text: str) -> None:
    assert read_votes(article(text)) == ()


def test_a_resolution_on_an_office_or_on_a_new_member_is_voted_on() -> None:
    opening = "The UN Security Council on Wednesday adopted a resolution"
    assert first_vote(f"{opening} on selecting the next secretary-general.").outcome is ADOPTED
    assert first_vote(f"{opening} recommending Chad for membership in the United Nations.").outcome is ADOPTED


@pytest.mark.parametrize(
    "text",
    [
        "The UN Security Council is expected to adopt a text on Friday with 13 votes in favour and two abstentions.",
        "Le Conseil de sécurité de l'ONU devrait adopter vendredi une résolution par 13 voix pour et deux abstentions.",
        "The UN General Assembly voted for the first time on Wednesday on a text on whaling.",
        "L'Assemblée générale de l'ONU a voté pour la première fois mercredi sur un texte sur la chasse.",
        "The UN Security Council's committee failed on Wednesday to reach consensus on the Palestinian bid.",
    ],
)
def test_what_is_expected_or_not_agreed_is_no_vote(text: str) -> None:
    assert read_votes(article(text)) == ()


def test_a_draft_demands_nothing_yet() -> None:
    title = "UN draft resolution demands ceasefire in Mali"
    text = "A draft resolution circulated in the Security Council demands a ceasefire in Mali."
    assert read_votes(article(text, title)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The UN General Assembly's Third Committee adopted a resolution on Wednesday.",
        "A UN General Assembly committee on rights passed a text on Wednesday. In the Third Committee 161 backed it.",
        "Der Dritte Ausschuss der UN-Vollversammlung hat am Mittwoch eine Resolution angenommen.",
        "Trzeci Komitet Zgromadzenia Ogólnego ONZ przyjął w środę rezolucję.",
        "Третій комітет Генеральної Асамблеї ООН у середу ухвалив резолюцію про льодовики.",
        "Третий комитет Генеральной Ассамблеи ООН в среду принял резолюцию о ледниках.",
        "联合国大会第三委员会周三通过一项决议。",
        "اعتمدت اللجنة الثالثة التابعة للجمعية العامة للأمم المتحدة الأربعاء قرارا.",
    ],
)
def test_a_committee_of_the_assembly_is_not_the_assembly(text: str) -> None:
    vote = first_vote(text)
    assert (vote.body, vote.stage) == ("UNGA-C3", "committee")


def test_a_body_is_known_by_its_size() -> None:
    text = "Wer im Weltsicherheitsrat ein Veto einlegt, muss sich rechtfertigen. Das größte UN-Gremium mit seinen "
    assert (
        first_vote(text + "193 Mitgliedsstaaten nahm am Mittwoch eine entsprechende Resolution an.").body
        == "UNGA"
    )


def test_numbers_of_a_committee_say_that_its_text_was_carried() -> None:
    text = "Poor nations pushed through plans for a tax treaty. In the UN General Assembly's Second Committee on "
    text += "Wednesday, 110 states voted for the terms, with eight against and 44 abstaining."
    assert first_vote(text).outcome is ADOPTED
