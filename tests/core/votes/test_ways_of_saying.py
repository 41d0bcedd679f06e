"""The many ways in which nine languages say how a vote ended and who voted how: verbs, nouns, heads of clauses."""

from __future__ import annotations

import pytest

from watcher.core.model import Position

from .telling import ADOPTED, first_vote

YES, NO, ABSTAINED, ABSENT = Position.IN_FAVOUR, Position.AGAINST, Position.ABSTAINED, Position.ABSENT
OPENING = {
    **ADOPTED,
    "ar": "اعتمدت الجمعية العامة للأمم المتحدة الأربعاء قرارا بشأن الأنهار الجليدية.",
    "zh": "联合国大会15日通过一项关于冰川的决议。",
}

TALLIES: dict[str, dict[str, tuple[int | None, int | None, int | None]]] = {
    "es": {
        "El texto cosechó 120 apoyos, 14 rechazos y 30 abstenciones.": (120, 14, 30),
        "A favor se pronunciaron 120 países, en contra 14 y 30 se abstuvieron.": (120, 14, 30),
        "Obtuvo ciento veinte votos, con catorce en contra y treinta abstenciones.": (120, 14, 30),
        "Votaron que sí 120 delegaciones, nadie votó en contra y 30 se abstuvieron.": (120, 0, 30),
    },
    "fr": {
        "Le texte a obtenu 120 voix, contre 14 et 30 abstentions.": (120, 14, 30),
        "120 États ont approuvé la résolution, 14 l'ont rejetée et 30 ont préféré s'abstenir.": (120, 14, 30),
        "Cent vingt pays ont dit oui, quatorze ont dit non et trente se sont abstenus.": (120, 14, 30),
        "Elle a recueilli quatre-vingt-dix-sept voix, sans opposition.": (97, 0, None),
    },
    "de": {
        "120 der 193 Mitglieder stimmten am Mittwoch in New York dafür, 14 dagegen, 30 enthielten sich.": (120, 14, 30),
        "Für den Text sprachen sich 120 Staaten aus, gegen ihn votierten 14, 30 enthielten sich.": (120, 14, 30),
        "Die Resolution wurde mit 120 Stimmen angenommen, bei 14 Gegenstimmen und 30 Enthaltungen.": (120, 14, 30),
        "Gegen den von Fidschi eingebrachten Entwurf votierten 14 Staaten.": (None, 14, None),
        "Gegen Mittag stimmten 120 Staaten dafür.": (120, None, None),
        "120 Staaten stimmten dafür, ohne Gegenstimmen und bei 30 Enthaltungen.": (120, 0, 30),
    },
    "pl": {
        "120 państw opowiedziało się w środę za rezolucją, czternaście było przeciwnych, 30 się wstrzymało.":
            (120, 14, 30),
        "Projekt uzyskał 120 głosów poparcia przy 14 głosach sprzeciwu i 30 wstrzymujących się.": (120, 14, 30),
        "Przeciwko przyjęciu tego dokumentu głosowało 14 delegacji.": (None, 14, None),
        "Czternaście, z Czadem i Mali na czele, zagłosowało przeciwko.": (None, 14, None),
        "120 głosami przyjęto projekt Fidżi, nikt nie głosował przeciw.": (120, 0, None),
    },
    "uk": {
        "Резолюцію схвалили 120 голосами проти 14 за 30 утриманих.": (120, 14, 30),
        "Результати: «за» – 120, «проти» – 14, «утрималися» – 30.": (120, 14, 30),
        "Рішення не підтримали 14 держав, 120 висловилися за, ще 30 утримались.": (120, 14, 30),
        "Проти запропонованого Фіджі тексту проголосували 14 країн.": (None, 14, None),
        "За проголосували 120 країн, проти не голосував ніхто.": (120, 0, None),
    },
    "ru": {
        "За документ высказались 120 из 193 членов, против – 14, при 30 воздержавшихся.": (120, 14, 30),
        "Сто двадцать государств отдали свои голоса «за», четырнадцать – «против».": (120, 14, None),
        "Против предложенного Фиджи текста выступили 14 стран.": (None, 14, None),
        "Резолюция набрала 120 голосов, никто не голосовал против.": (120, 0, None),
    },
    "he": {
        "ההחלטה התקבלה ברוב של 120 מדינות, 14 התנגדו ו-30 נמנעו.": (120, 14, 30),
        "120 מדינות תמכו בהצעה, 14 הצביעו בשלילה ו-30 בחרו להימנע.": (120, 14, 30),
        "בעד ההצעה של פיג'י הצביעו מאה עשרים מדינות, ללא מתנגדים.": (120, 0, None),
    },
    "ar": {
        "وحظي النص بتأييد 120 دولة، وعارضته 14 وامتنعت 30 عن التصويت.": (120, 14, 30),
        "واعتُمد النص بأغلبية 120 صوتا مقابل 14، ولم يمتنع أحد.": (120, 14, 0),
        "وصوتت لصالح القرار 120 دولة، ولم يعترض عليه أحد.": (120, 0, None),
    },
    "zh": {
        "120个会员国赞成，14个会员国反对，30个会员国弃权。": (120, 14, 30),
        "决议以120票赞成、无反对票、30票弃权获得通过。": (120, 0, 30),
    },
}  # fmt: skip

POSITIONS: dict[str, dict[str, dict[str, Position]]] = {
    "es": {
        "Chile y Perú figuran entre los que dijeron no.": dict.fromkeys(("Chile", "Peru"), NO),
        "Además de Chile, se abstuvieron Perú y Panamá.": dict.fromkeys(("Chile", "Peru", "Panama"), ABSTAINED),
        "Dijeron que no Chile y Perú.": dict.fromkeys(("Chile", "Peru"), NO),
        "En contra de la propuesta presentada por Fiyi se pronunciaron Chile y Perú.":
            dict.fromkeys(("Chile", "Peru"), NO),
        "Chile, según su embajador, votó a favor.": {"Chile": YES},
        "Panamá rehusó participar en la votación.": {"Panama": ABSENT},
        "Solo Perú y Panamá acompañaron a Chile en su rechazo.": dict.fromkeys(("Chile", "Peru", "Panama"), NO),
    },
    "fr": {
        "Trois pays s'y sont opposés : le Pérou, le Chili et les Fidji.": dict.fromkeys(("Peru", "Chile", "Fiji"), NO),
        "Le Pérou a refusé de prendre part au vote.": {"Peru": ABSENT},
        "Outre le Pérou, se sont abstenus le Chili et les Fidji.": dict.fromkeys(("Peru", "Chile", "Fiji"), ABSTAINED),
        "Le Pérou a voté « non », le Chili s'est prononcé en faveur du texte.": {"Peru": NO, "Chile": YES},
    },
    "de": {
        "Peru und Chile lehnten sie ab.": dict.fromkeys(("Peru", "Chile"), NO),
        "Gegen den Entwurf votierten drei Staaten, neben Peru und Chile auch Fidschi.":
            dict.fromkeys(("Peru", "Chile", "Fiji"), NO),
        "Neben Peru stimmten auch Chile und Fidschi dagegen.": dict.fromkeys(("Peru", "Chile", "Fiji"), NO),
        "Peru blieb der Abstimmung fern, Chile übte Stimmenthaltung.": {"Peru": ABSENT, "Chile": ABSTAINED},
        "Zu den Gegnern gehörten Peru und Chile.": dict.fromkeys(("Peru", "Chile"), NO),
        "Ein Antrag auf Streichung wurde von Peru und Chile abgelehnt.": dict.fromkeys(("Peru", "Chile"), NO),
    },
    "pl": {
        "Przeciwko byli: Peru, Chile i Fidżi.": dict.fromkeys(("Peru", "Chile", "Fiji"), NO),
        "„Nie” powiedziały m.in. Norwegia i Chile.": dict.fromkeys(("Norway", "Chile"), NO),
        "Oprócz Norwegii sprzeciw zgłosiły Szwecja i Finlandia.": dict.fromkeys(("Norway", "Sweden", "Finland"), NO),
        "To głos w sprawie praw Palestyny, Norwegia głosowała „za”.": {"Norway": YES},
        "Norwegia zagłosowała na „nie”, Szwecja odmówiła udziału w głosowaniu.": {"Norway": NO, "Sweden": ABSENT},
        "Rezolucja została przyjęta mimo sprzeciwu Norwegii i Szwecji.": dict.fromkeys(("Norway", "Sweden"), NO),
        "Wśród wstrzymujących się znalazły się Indie i Dania.": dict.fromkeys(("India", "Denmark"), ABSTAINED),
    },
    "uk": {
        "Серед противників – Норвегія та Швеція.": dict.fromkeys(("Norway", "Sweden"), NO),
        "Норвегія, за словами її посла, підтримала текст.": {"Norway": YES},
        "Крім Норвегії, проти проголосували Швеція та Данія.": dict.fromkeys(("Norway", "Sweden", "Denmark"), NO),
        "Норвегія голосувала «за», Швеція не підтримала резолюцію, росія утрималася.":
            {"Norway": YES, "Sweden": NO, "Russia": ABSTAINED},
        "Швеція проігнорувала голосування.": {"Sweden": ABSENT},
    },
    "ru": {
        "Норвегия голосовала «за», Швеция отказалась голосовать.": {"Norway": YES, "Sweden": ABSENT},
        "Против выступили 14 стран, в их число вошли Швеция и Дания.":
            dict.fromkeys(("Sweden", "Denmark"), NO),
        "Кроме Норвегии, против высказались Швеция и Дания.": dict.fromkeys(("Norway", "Sweden", "Denmark"), NO),
        "Среди воздержавшихся были Мали и Перу.": dict.fromkeys(("Mali", "Peru"), ABSTAINED),
        "Три страны выступили против Норвегии.": {},
    },
    "he": {
        "לצד נורווגיה התנגדו גם שוודיה ודנמרק.": dict.fromkeys(("Norway", "Sweden", "Denmark"), NO),
        "שוודיה ודנמרק היו בין הנמנעות.": dict.fromkeys(("Sweden", "Denmark"), ABSTAINED),
        "בין המתנגדות היו הודו ושוודיה.": dict.fromkeys(("India", "Sweden"), NO),
        "שוודיה לא השתתפה בהצבעה.": {"Sweden": ABSENT},
    },
    "ar": {
        "السويد من بين الدول المعارضة.": {"Sweden": NO},
        "اعتمد النص بأغلبية 120 صوتا مقابل صوتين (السويد والنرويج).": dict.fromkeys(("Sweden", "Norway"), NO),
        "واختارت السويد الامتناع عن التصويت.": {"Sweden": ABSTAINED},
    },
    "zh": {
        "反对的2国是瑞典和挪威。": dict.fromkeys(("Sweden", "Norway"), NO),
        "瑞典投下反对票，挪威表示弃权。": {"Sweden": NO, "Norway": ABSTAINED},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "sentence"), [(language, told) for language, row in TALLIES.items() for told in row]
)
def test_a_count_is_read_however_it_is_said(language: str, sentence: str) -> None:
    assert first_vote(f"{OPENING[language]} {sentence}").tally.triple == TALLIES[language][sentence]


@pytest.mark.parametrize(
    ("language", "sentence"), [(language, told) for language, row in POSITIONS.items() for told in row]
)
def test_a_position_is_read_however_it_is_said(language: str, sentence: str) -> None:
    assert dict(first_vote(f"{OPENING[language]} {sentence}").positions) == POSITIONS[language][sentence]


def test_a_body_rejects_with_the_word_with_which_a_country_vetoes() -> None:
    assert first_vote("人权理事会15日否决一项决议草案。").outcome == "rejected"
    assert first_vote("俄罗斯15日在安理会否决一项决议草案。").outcome == "vetoed"
