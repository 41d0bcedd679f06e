"""Votes told in the languages that have a table of their own; a table is all that a language needs."""

from __future__ import annotations

from importlib import resources
from typing import NamedTuple

import pytest

from watcher.core.model import Position
from watcher.core.votes import read_votes
from watcher.core.votes.lexicon import LANGUAGES, gates, lexicon

from .telling import article, first_vote
from .test_how_desks_tell_it import OPENING

YES, NO, ABSTAINED, ABSENT = Position.IN_FAVOUR, Position.AGAINST, Position.ABSTAINED, Position.ABSENT


class Told(NamedTuple):
    """What one article tells. `tally`: in favour, against, abstained."""

    text: str
    body: str | None
    outcome: str | None
    tally: tuple[int | None, int | None, int | None] = (None, None, None)
    positions: dict[str, Position] = {}  # noqa: RUF012  (never written to)


SPANISH = [
    Told(
        "La Asamblea General de la ONU aprobó el miércoles una resolución sobre glaciares con 140 votos a favor, 2 en "
        "contra y 8 abstenciones. Israel y Estados Unidos votaron en contra; Ucrania se abstuvo.",
        "UNGA", "adopted", (140, 2, 8), {"Israel": NO, "United States": NO, "Ukraine": ABSTAINED},
    ),
    Told(
        "Rusia vetó el miércoles un proyecto de resolución del Consejo de Seguridad de la ONU sobre Malí. Trece "
        "miembros votaron a favor y China se abstuvo.",
        "UNSC", "vetoed", (13, None, None), {"Russia": NO, "China": ABSTAINED},
    ),
    Told(
        "Una resolución sobre el agua fue adoptada por la Asamblea General de Naciones Unidas: votaron a favor 154 "
        "países, votaron en contra 10 y se abstuvieron 23.",
        "UNGA", "adopted", (154, 10, 23),
    ),
    Told(
        "El Consejo de Derechos Humanos de la ONU aprobó una resolución sobre Irán por 24 votos a favor, 8 en contra y "
        "15 abstenciones, entre ellas México.",
        "UNHRC", "adopted", (24, 8, 15), {"Mexico": ABSTAINED},
    ),
    Told(
        "El Consejo de Seguridad de Naciones Unidas rechazó un proyecto de resolución ruso sobre laboratorios.",
        "UNSC", "rejected",
    ),
]  # fmt: skip

POLISH = [
    Told(
        "Zgromadzenie Ogólne ONZ przyjęło w środę rezolucję w sprawie lodowców. Za było 143 krajów, przeciw było pięć, "
        "a 35 wstrzymało się od głosu. Izrael i Stany Zjednoczone zagłosowały przeciw.",
        "UNGA", "adopted", (143, 5, 35), {"Israel": NO, "United States": NO},
    ),
    Told(
        "Za rezolucją głosowały 93 państwa, przeciw 18, w tym Rosja i Białoruś, a 65 wstrzymało się od głosu, w tym "
        "Chiny. Rezolucję przyjęło Zgromadzenie Ogólne ONZ.",
        "UNGA", "adopted", (93, 18, 65), {"Russia": NO, "Belarus": NO, "China": ABSTAINED},
    ),
    Told(
        "Rosja zawetowała w środę projekt rezolucji Rady Bezpieczeństwa ONZ w sprawie Mali.",
        "UNSC", "vetoed", (None, None, None), {"Russia": NO},
    ),
    Told("Rada Bezpieczeństwa ONZ odrzuciła projekt rezolucji Rosji.", "UNSC", "rejected"),
    Told(
        "Rada Praw Człowieka ONZ przyjęła rezolucję w sprawie Iranu 24 głosami za, przy 8 przeciw i 15 wstrzymujących "
        "się.",
        "UNHRC", "adopted", (24, 8, 15),
    ),
]  # fmt: skip

UKRAINIAN = [
    Told(
        "Генеральна Асамблея ООН у середу ухвалила резолюцію про льодовики. За документ проголосувала 91 країна, "
        "проти — 12, зокрема Росія та Білорусь, ще 57 держав утрималися, серед них Китай.",
        "UNGA", "adopted", (91, 12, 57), {"Russia": NO, "Belarus": NO, "China": ABSTAINED},
    ),
    Told(
        "Росія наклала вето на проєкт резолюції Ради Безпеки ООН щодо Малі. За проголосували 13 членів, Китай "
        "утримався.",
        "UNSC", "vetoed", (13, None, None), {"Russia": NO, "China": ABSTAINED},
    ),
    Told(
        "Резолюцію Генасамблеї ООН підтримали 143 країни, проти виступили 5, утрималися 35.",
        "UNGA", "adopted", (143, 5, 35),
    ),
    Told(
        "Генасамблея ООН підтримала резолюцію щодо Криму: 78 голосів «за», 16 — «проти», 79 країн утрималися.",
        "UNGA", "adopted", (78, 16, 79),
    ),
    Told(
        "Рада Безпеки ООН не ухвалила російську резолюцію. За проголосували дві країни, проти — три, решта утрималися.",
        "UNSC", "rejected", (2, 3, None),
    ),
]  # fmt: skip

HEBREW = [
    Told(
        'עצרת האו"ם אימצה ביום רביעי החלטה על קרחונים. 141 מדינות הצביעו בעד, בהן ישראל, חמש התנגדו ו-35 נמנעו, '
        "ביניהן סין.",
        "UNGA", "adopted", (141, 5, 35), {"Israel": YES, "China": ABSTAINED},
    ),
    Told(
        'העצרת הכללית של האו"ם אישרה אתמול הצעת החלטה על קרחונים ברוב של 120 מול 14, ו-45 נמנעו. ישראל הצביעה נגד.',
        "UNGA", "adopted", (120, 14, 45), {"Israel": NO},
    ),
    Told(
        'ארה"ב הטילה וטו על הצעת החלטה במועצת הביטחון של האו"ם. 14 חברות תמכו.',
        "UNSC", "vetoed", (14, None, None), {"United States": NO},
    ),
    Told('מועצת הביטחון של האו"ם אימצה פה אחד החלטה על האיטי.', "UNSC", "adopted"),
]  # fmt: skip

FRENCH = [
    Told(
        "L'Assemblée générale de l'ONU a adopté mercredi une résolution sur les glaciers par 140 voix pour, 2 contre "
        "et 8 abstentions. Israël et les États-Unis ont voté contre, l'Ukraine s'est abstenue.",
        "UNGA", "adopted", (140, 2, 8), {"Israel": NO, "United States": NO, "Ukraine": ABSTAINED},
    ),
    Told(
        "La Russie a mis son veto mercredi à un projet de résolution du Conseil de sécurité de l’ONU sur le Mali. "
        "Treize membres ont voté pour, la Chine s’est abstenue.",
        "UNSC", "vetoed", (13, None, None), {"Russia": NO, "China": ABSTAINED},
    ),
    Told(
        "La résolution a été adoptée par l'Assemblée générale des Nations unies avec 93 voix pour, 18 contre et 65 "
        "abstentions.",
        "UNGA", "adopted", (93, 18, 65),
    ),
    Told("Le Conseil de sécurité de l'ONU a adopté à l'unanimité une résolution sur Haïti.", "UNSC", "adopted"),
]  # fmt: skip

GERMAN = [
    Told(
        "Die UN-Vollversammlung hat am Mittwoch eine Resolution zu Gletschern mit 140 Ja-Stimmen bei zwei "
        "Gegenstimmen und acht Enthaltungen angenommen. Israel und die USA stimmten dagegen, die Ukraine enthielt "
        "sich.",
        "UNGA", "adopted", (140, 2, 8), {"Israel": NO, "United States": NO, "Ukraine": ABSTAINED},
    ),
    Told(
        "Russland legte am Mittwoch ein Veto gegen einen Resolutionsentwurf im UN-Sicherheitsrat zu Mali ein. 13 "
        "Mitglieder stimmten dafür, China enthielt sich.",
        "UNSC", "vetoed", (13, None, None), {"Russia": NO, "China": ABSTAINED},
    ),
    Told(
        "Dafür stimmten 93 Länder, dagegen stimmten 18, 65 enthielten sich. Die Resolution wurde von der "
        "UN-Generalversammlung verabschiedet.",
        "UNGA", "adopted", (93, 18, 65),
    ),
    Told("Der UN-Sicherheitsrat verabschiedete einstimmig eine Resolution zu Haiti.", "UNSC", "adopted"),
]  # fmt: skip

RUSSIAN = [
    Told(
        "Генеральная Ассамблея ООН в среду приняла резолюцию о ледниках. За документ проголосовали 140 стран, "
        "против — 2, воздержались 8. Израиль проголосовал против, Украина воздержалась.",
        "UNGA", "adopted", (140, 2, 8), {"Israel": NO, "Ukraine": ABSTAINED},
    ),
    Told(
        "Россия наложила вето на проект резолюции Совета Безопасности ООН по Мали. За проголосовали 13 членов, Китай "
        "воздержался.",
        "UNSC", "vetoed", (13, None, None), {"Russia": NO, "China": ABSTAINED},
    ),
    Told(
        "Генассамблея ООН одобрила резолюцию по Крыму: 78 голосов «за», 16 — «против», 79 воздержались.",
        "UNGA", "adopted", (78, 16, 79),
    ),
    Told("Совет Безопасности ООН единогласно принял резолюцию по Гаити.", "UNSC", "adopted"),
]  # fmt: skip

ALL = [*SPANISH, *POLISH, *UKRAINIAN, *HEBREW, *FRENCH, *GERMAN, *RUSSIAN]


@pytest.mark.parametrize("told", ALL)
def test_a_vote_is_read_in_its_language(told: Told) -> None:
    vote = first_vote(told.text)
    assert (vote.body, vote.outcome, vote.tally.triple) == (told.body, told.outcome, told.tally)
    assert dict(vote.positions) == told.positions


@pytest.mark.parametrize(
    "text",
    [
        "El Consejo de Seguridad de la ONU votará el viernes un proyecto de resolución sobre Haití.",
        "La Asamblea Nacional de Venezuela aprobó una ley con 120 votos a favor, dijo la ONU.",
        "El año pasado la Asamblea General de la ONU aprobó una resolución sobre océanos.",
        "Rada Bezpieczeństwa ONZ zagłosuje w piątek nad rezolucją o Haiti.",
        "Sejm przyjął uchwałę w sprawie ONZ. Za głosowało 240 posłów.",
        "W zeszłym roku Zgromadzenie Ogólne ONZ przyjęło rezolucję w sprawie oceanów.",
        "Радбез ООН проголосує у п'ятницю за резолюцію щодо Гаїті.",
        "Верховна Рада ухвалила постанову щодо ООН. За проголосували 240 депутатів.",
        "Торік Генасамблея ООН ухвалила резолюцію про океани.",
        'מועצת הביטחון של האו"ם צפויה להצביע מחר על הצעת החלטה.',
        "Le Conseil de sécurité de l'ONU votera vendredi sur un projet de résolution sur Haïti.",
        "L'Assemblée nationale a adopté une résolution sur l'ONU par 240 voix pour.",
        "L'an dernier, l'Assemblée générale de l'ONU a adopté une résolution sur les océans.",
        "Der UN-Sicherheitsrat stimmt am Freitag über eine Resolution zu Haiti ab.",
        "Der Bundestag hat einen Antrag zur UNO mit 240 Stimmen angenommen.",
        "Im vergangenen Jahr hat die UN-Vollversammlung eine Resolution zu Ozeanen verabschiedet.",
        "Совбез ООН проголосует в пятницу по резолюции о Гаити.",
        "Госдума приняла постановление об ООН. За проголосовали 240 депутатов.",
        "В прошлом году Генассамблея ООН приняла резолюцию об океанах.",
        'הכנסת אישרה הצעה בנושא האו"ם ברוב של 61 נגד 12.',
    ],
)
def test_what_is_no_new_un_vote_is_none_in_any_language(text: str) -> None:
    assert read_votes(article(text)) == ()


def test_an_english_alert_quotes_no_phrase_of_another_language() -> None:
    assert all(first_vote(told.text).subject is None for told in ALL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_can_be_read_and_names_what_every_language_needs(language: str) -> None:
    table = lexicon(language)
    assert any(gate in OPENING[language] for gate in gates())
    assert table.words
    assert {1, 2, 3} <= set(table.numerals.worth.values())


def test_every_table_that_ships_is_in_use() -> None:
    shipped = {path.name.removesuffix(".toml") for path in resources.files("watcher.data.votes").iterdir()}
    assert {name for name in shipped if not name.startswith("__")} == set(LANGUAGES)
