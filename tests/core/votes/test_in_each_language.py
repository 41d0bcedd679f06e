"""The same facts of a vote in ten languages, in the ways in which desks most often put them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from watcher.core.model import Position

from .telling import first_vote
from .test_how_desks_tell_it import OPENING

YES, NO, ABSTAINED, ABSENT = Position.IN_FAVOUR, Position.AGAINST, Position.ABSTAINED, Position.ABSENT

Count = tuple[int | None, int | None, int | None]

TALLIES: dict[str, dict[str, Count]] = {
    "en": {
        "The yes votes numbered 120, the no votes 14.": (120, 14, None),
        "Support fell from 141 votes to 120.": (120, None, None),
        "It was carried 120 to 14, 30 members sitting it out.": (120, 14, 30),
        "In favour: 120. Against: 14. Abstaining: 30.": (120, 14, 30),
        "A total of 120 countries lent their support, 14 dissented and 30 withheld their vote.": (
            120,
            14,
            30,
        ),
        "The measure sailed through with 120 ayes, 14 nays and 30 abstentions.": (120, 14, 30),
        "The final count showed 120 in favour, 14 opposed and 30 abstaining.": (120, 14, 30),
        "The 120-14 vote, with 30 abstentions, was the widest yet.": (120, 14, 30),
        "120 for, 14 against, 30 blank.": (120, 14, None),
        "Fourteen voted no, 30 abstained, and the remaining 120 voted yes.": (120, 14, 30),
    },
    "es": {
        "El resultado fue de 120 a favor, 14 en contra y 30 abstenciones.": (120, 14, 30),
        "Hubo 120 votos afirmativos, 14 negativos y 30 abstenciones.": (120, 14, 30),
        "Por 120 votos contra 14 y 30 abstenciones salió adelante.": (120, 14, 30),
        "El apoyo cayó de 141 a 120.": (120, None, None),
        "Contó con el respaldo de 120 países, el rechazo de 14 y la abstención de 30.": (120, 14, 30),
        "Recibió 120 apoyos; 14 países se opusieron y otros 30 optaron por la abstención.": (120, 14, 30),
        "120 estados la avalaron y 14 la rechazaron.": (120, 14, None),
    },
    "fr": {
        "Le résultat : 120 pour, 14 contre, 30 abstentions.": (120, 14, 30),
        "Par 120 voix contre 14 et 30 abstentions, il est passé.": (120, 14, 30),
        "120 pays l'ont soutenue, 14 s'y sont opposés, 30 se sont abstenus.": (120, 14, 30),
        "Elle a été approuvée par 120 États membres ; 14 ont voté contre et 30 se sont abstenus.": (
            120,
            14,
            30,
        ),
        "On a compté 120 oui, 14 non et 30 abstentions.": (120, 14, 30),
        "Le soutien est passé de 141 à 120 voix.": (120, None, None),
        "Une écrasante majorité de 120 pays a voté en faveur, 14 contre.": (120, 14, None),
    },
    "de": {
        "Das Ergebnis: 120 Ja-Stimmen, 14 Nein-Stimmen, 30 Enthaltungen.": (120, 14, 30),
        "120 Länder sprachen sich dafür aus, 14 waren dagegen, 30 enthielten sich.": (120, 14, 30),
        "Mit 120 gegen 14 Stimmen bei 30 Enthaltungen ging der Text durch.": (120, 14, 30),
        "Dafür votierten 120 Staaten, dagegen 14, der Stimme enthielten sich 30.": (120, 14, 30),
        "120 der 193 Staaten unterstützten den Text, 14 lehnten ihn ab, 30 enthielten sich.": (120, 14, 30),
        "Die Zustimmung sank von 141 auf 120 Stimmen.": (120, None, None),
        "Der Text erhielt 120 Stimmen, 14 Staaten stimmten mit Nein.": (120, 14, None),
    },
    "pl": {
        "Wynik: 120 za, 14 przeciw, 30 wstrzymujących się.": (120, 14, 30),
        "Rezolucję poparło 120 państw, 14 było przeciw, a 30 wstrzymało się.": (120, 14, 30),
        "Stosunkiem głosów 120 do 14, przy 30 wstrzymujących się.": (120, 14, 30),
        "Za było 120 krajów, przeciwko 14, od głosu wstrzymało się 30.": (120, 14, 30),
        "Oddano 120 głosów za i 14 przeciw.": (120, 14, None),
        "Poparcie spadło ze 141 do 120 głosów.": (120, None, None),
        "Na „tak” było 120 delegacji, na „nie” – 14.": (120, 14, None),
    },
    "uk": {
        "Результат: 120 за, 14 проти, 30 утрималися.": (120, 14, 30),
        "Документ підтримали 120 країн, 14 – проти, ще 30 утрималися.": (120, 14, 30),
        "«За» віддали голоси 120 держав, «проти» – 14.": (120, 14, None),
        "За рішення проголосувало 120 делегацій, проти виступило 14, утрималося 30.": (120, 14, 30),
        "Підтримка впала зі 141 до 120 голосів.": (120, None, None),
        "На підтримку висловилися 120 країн.": (120, None, None),
    },
    "ru": {
        "Итог: 120 за, 14 против, 30 воздержались.": (120, 14, 30),
        "Документ поддержали 120 стран, 14 — против, еще 30 воздержались.": (120, 14, 30),
        "За проголосовали 120 делегаций, против — 14, воздержались 30.": (120, 14, 30),
        "Резолюция набрала 120 голосов при 14 против и 30 воздержавшихся.": (120, 14, 30),
        "Поддержка упала со 141 до 120 голосов.": (120, None, None),
        "В поддержку высказались 120 государств, 14 отвергли текст.": (120, 14, None),
        "«За» — 120, «против» — 14, воздержались — 30.": (120, 14, 30),
    },
    "he": {
        "התוצאה: 120 בעד, 14 נגד, 30 נמנעו.": (120, 14, 30),
        "120 מדינות תמכו, 14 התנגדו ו-30 נמנעו.": (120, 14, 30),
        "ההחלטה עברה ברוב של 120 מול 14, עם 30 נמנעות.": (120, 14, 30),
        "בעד ההחלטה הצביעו 120 מדינות, נגד 14, ו-30 נמנעו.": (120, 14, 30),
        "התמיכה ירדה מ-141 ל-120 מדינות.": (120, None, None),
        "120 הצביעו בעד, 14 הצביעו נגד ו-30 בחרו להימנע.": (120, 14, 30),
        "זכתה לתמיכת 120 מדינות, מול 14 מתנגדות ו-30 נמנעות.": (120, 14, 30),
    },
    "ar": {
        "النتيجة: 120 مؤيداً و14 معارضاً و30 ممتنعاً.": (120, 14, 30),
        "حظي القرار بتأييد 120 دولة ومعارضة 14 وامتناع 30 عن التصويت.": (120, 14, 30),
        "صوتت 120 دولة لصالح القرار و14 ضده وامتنعت 30.": (120, 14, 30),
        "أيدت القرار 120 دولة وعارضته 14 وامتنعت 30 دولة عن التصويت.": (120, 14, 30),
        "بأغلبية 120 صوتاً مقابل 14 وامتناع 30.": (120, 14, 30),
        "تراجع التأييد من 141 إلى 120 صوتاً.": (120, None, None),
        "نال القرار 120 صوتا مؤيدا مقابل 14 صوتا معارضا.": (120, 14, None),
    },
    "zh": {
        "表决结果为120票赞成、14票反对、30票弃权。": (120, 14, 30),
        "120国赞成,14国反对,30国弃权。": (120, 14, 30),
        "以120比14的票数通过,30票弃权。": (120, 14, 30),
        "120个国家投了赞成票,14个国家投反对票,另有30国弃权。": (120, 14, 30),
        "赞成票从141票降至120票。": (120, None, None),
        "获得120个会员国支持,14国反对。": (120, 14, None),
        "投赞成票的有120国,投反对票的有14国,弃权的有30国。": (120, 14, 30),
    },
}

POSITIONS: dict[str, dict[str, dict[str, Position]]] = {
    "en": {
        "Voting against were Israel, the US and Fiji.": {"Israel": NO, "United States": NO, "Fiji": NO},
        "Chad, Mali and Niger chose to stay away from the vote.": {
            "Chad": ABSENT,
            "Mali": ABSENT,
            "Niger": ABSENT,
        },
        "Russia and China let the text pass by abstaining.": {"Russia": ABSTAINED, "China": ABSTAINED},
        "Besides Israel, Fiji and Tonga voted no.": {"Israel": NO, "Fiji": NO, "Tonga": NO},
        "Paris and Berlin backed the resolution; Budapest did not vote.": {
            "France": YES,
            "Germany": YES,
            "Hungary": ABSENT,
        },
        "The text won the support of Chile and Peru but not of Chad, which opposed it.": {
            "Chile": YES,
            "Peru": YES,
            "Chad": NO,
        },
        "Joining Israel in voting no were Palau and Nauru.": {"Israel": NO, "Palau": NO, "Nauru": NO},
        "Hungary broke ranks with the EU and voted against.": {"Hungary": NO},
        "Australia switched from abstaining to voting in favour.": {"Australia": YES},
        "India, like China, abstained.": {"India": ABSTAINED, "China": ABSTAINED},
        "The sole abstention was Moldova's.": {"Moldova": ABSTAINED},
        "Serbia was absent.": {"Serbia": ABSENT},
    },
    "es": {
        "Entre los que votaron en contra figuran Israel, Fiyi y Nauru.": {
            "Israel": NO,
            "Fiji": NO,
            "Nauru": NO,
        },
        "India y China optaron por la abstención.": {"India": ABSTAINED, "China": ABSTAINED},
        "Chile y Perú dieron su apoyo al texto; Chad lo rechazó.": {"Chile": YES, "Peru": YES, "Chad": NO},
        "El voto en contra de Israel y la abstención de la India marcaron la jornada.": {
            "Israel": NO,
            "India": ABSTAINED,
        },
        "Argentina se sumó a Israel y votó en contra.": {"Argentina": NO, "Israel": NO},
        "Hungría fue el único país de la UE que votó en contra.": {"Hungary": NO},
        "Votaron que no Israel y Fiyi.": {"Israel": NO, "Fiji": NO},
        "Serbia no participó en la votación.": {"Serbia": ABSENT},
        "Tanto Brasil como México votaron a favor.": {"Brazil": YES, "Mexico": YES},
    },
    "fr": {
        "Parmi les pays ayant voté contre figurent Israël, les Fidji et Nauru.": {
            "Israel": NO,
            "Fiji": NO,
            "Nauru": NO,
        },
        "L'Inde et la Chine ont choisi l'abstention.": {"India": ABSTAINED, "China": ABSTAINED},
        "La Hongrie a été le seul pays européen à voter contre.": {"Hungary": NO},
        "La Serbie n'a pas participé au vote.": {"Serbia": ABSENT},
        "La Russie comme la Chine se sont abstenues.": {"Russia": ABSTAINED, "China": ABSTAINED},
        "Seule la Moldavie s'est abstenue.": {"Moldova": ABSTAINED},
        "Ont voté contre : Israël, Fidji, Nauru.": {"Israel": NO, "Fiji": NO, "Nauru": NO},
    },
    "de": {
        "Unter den Gegnern waren Israel, Fidschi und Nauru.": {"Israel": NO, "Fiji": NO, "Nauru": NO},
        "Indien und China enthielten sich.": {"India": ABSTAINED, "China": ABSTAINED},
        "Ungarn stimmte als einziges EU-Land dagegen.": {"Hungary": NO},
        "Serbien blieb der Abstimmung fern.": {"Serbia": ABSENT},
        "Mit Nein votierten neben Israel auch Fidschi und Nauru.": {"Israel": NO, "Fiji": NO, "Nauru": NO},
        "Chile und Peru trugen den Text mit, der Tschad lehnte ihn ab.": {
            "Chile": YES,
            "Peru": YES,
            "Chad": NO,
        },
        "Frankreich stimmte dafür, Deutschland und Italien enthielten sich.": {
            "France": YES,
            "Germany": ABSTAINED,
            "Italy": ABSTAINED,
        },
        "Wie Russland enthielt sich auch China.": {"Russia": ABSTAINED, "China": ABSTAINED},
        "Die Gegenstimmen kamen von Israel und Fidschi.": {"Israel": NO, "Fiji": NO},
    },
    "pl": {
        "Wśród przeciwników znalazły się Izrael, Fidżi i Nauru.": {"Israel": NO, "Fiji": NO, "Nauru": NO},
        "Indie i Chiny wstrzymały się od głosu.": {"India": ABSTAINED, "China": ABSTAINED},
        "Węgry jako jedyne w UE zagłosowały przeciw.": {"Hungary": NO},
        "Serbia nie wzięła udziału w głosowaniu.": {"Serbia": ABSENT},
        "Polska i Litwa poparły rezolucję.": {"Poland": YES, "Lithuania": YES},
        "Głos przeciw oddały Izrael i Fidżi.": {"Israel": NO, "Fiji": NO},
    },
    "uk": {
        "Серед тих, хто був проти, – Ізраїль, Фіджі та Науру.": {"Israel": NO, "Fiji": NO, "Nauru": NO},
        "Індія та Китай утрималися від голосування.": {"India": ABSTAINED, "China": ABSTAINED},
        "Угорщина єдина в ЄС проголосувала проти.": {"Hungary": NO},
        "Сербія не брала участі в голосуванні.": {"Serbia": ABSENT},
        "Польща й Литва підтримали документ.": {"Poland": YES, "Lithuania": YES},
        "Проти резолюції виступили Росія та Іран.": {"Russia": NO, "Iran": NO},
        "Ізраїль, на відміну від США, утримався.": {"Israel": ABSTAINED},
    },
    "ru": {
        "Среди проголосовавших против — Израиль, Фиджи и Науру.": {"Israel": NO, "Fiji": NO, "Nauru": NO},
        "Индия и Китай предпочли воздержаться.": {"India": ABSTAINED, "China": ABSTAINED},
        "Венгрия единственной в ЕС проголосовала против.": {"Hungary": NO},
        "Сербия не участвовала в голосовании.": {"Serbia": ABSENT},
        "Польша и Литва поддержали документ.": {"Poland": YES, "Lithuania": YES},
        "Против документа выступили Россия и Иран.": {"Russia": NO, "Iran": NO},
        "Израиль, в отличие от США, воздержался.": {"Israel": ABSTAINED},
    },
    "he": {
        "בין המתנגדות: ישראל, פיג'י ונאורו.": {"Israel": NO, "Fiji": NO, "Nauru": NO},
        "הודו וסין בחרו להימנע.": {"India": ABSTAINED, "China": ABSTAINED},
        "הונגריה הייתה היחידה באיחוד שהצביעה נגד.": {"Hungary": NO},
        "סרביה לא השתתפה בהצבעה.": {"Serbia": ABSENT},
        "פולין וליטא תמכו בהחלטה.": {"Poland": YES, "Lithuania": YES},
        "גם ארגנטינה הצביעה נגד.": {"Argentina": NO},
        "צרפת הצביעה בעד, ואילו גרמניה נמנעה.": {"France": YES, "Germany": ABSTAINED},
    },
    "ar": {
        "ومن بين الدول الرافضة إسرائيل وفيجي وناورو.": {"Israel": NO, "Fiji": NO, "Nauru": NO},
        "وامتنعت الهند والصين عن التصويت.": {"India": ABSTAINED, "China": ABSTAINED},
        "وصوتت المجر وحدها ضد القرار.": {"Hungary": NO},
        "ولم تشارك صربيا في التصويت.": {"Serbia": ABSENT},
        "وأيدت بولندا وليتوانيا القرار.": {"Poland": YES, "Lithuania": YES},
        "فيما عارضته إسرائيل والولايات المتحدة.": {"Israel": NO, "United States": NO},
        "صوتت فرنسا لصالح القرار بينما امتنعت ألمانيا.": {"France": YES, "Germany": ABSTAINED},
    },
    "zh": {
        "投反对票的包括以色列、斐济和瑙鲁。": {"Israel": NO, "Fiji": NO, "Nauru": NO},
        "印度和中国投了弃权票。": {"India": ABSTAINED, "China": ABSTAINED},
        "塞尔维亚没有参加投票。": {"Serbia": ABSENT},
        "波兰和立陶宛支持该决议。": {"Poland": YES, "Lithuania": YES},
        "反对的国家有俄罗斯、伊朗。": {"Russia": NO, "Iran": NO},
        "法国投赞成票,德国弃权。": {"France": YES, "Germany": ABSTAINED},
        "匈牙利是欧盟中唯一投反对票的国家。": {"Hungary": NO},
    },
}

# What fell or rose is no count where it is not votes, or only some of them.
NO_COUNTS = [
    ("en", "Support fell from 60 percent to 45 percent among Americans."),
    ("en", "Support among African states fell from 50 to 40."),
    ("en", "The force grew from 120 to 200 troops with UN support."),
    ("de", "Die Zustimmung sank von 60 auf 45 Prozent."),
    ("pl", "Poparcie spadło z 60 do 45 procent."),
    ("fr", "Le soutien est passé de 20 à 30 millions."),
    ("ru", "Поддержка упала с 60 до 45 процентов."),
    ("zh", "支持率从60%降至45%。"),
    ("ar", "من 20 إلى 30 دولة شاركت."),
    ("en", "Only Chad among Arab states abstained."),
]


def told(sentences: Mapping[str, Mapping[str, object]]) -> list[tuple[str, str]]:
    return [(language, sentence) for language, rows in sentences.items() for sentence in rows]


@pytest.mark.parametrize(("language", "sentence"), told(TALLIES))
def test_a_count_is_read_in_each_language(language: str, sentence: str) -> None:
    assert first_vote(f"{OPENING[language]} {sentence}").tally.triple == TALLIES[language][sentence]


@pytest.mark.parametrize(("language", "sentence"), told(POSITIONS))
def test_who_voted_how_is_read_in_each_language(language: str, sentence: str) -> None:
    assert dict(first_vote(f"{OPENING[language]} {sentence}").positions) == POSITIONS[language][sentence]


@pytest.mark.parametrize(("language", "sentence"), NO_COUNTS)
def test_what_rose_or_fell_is_no_count_unless_it_is_the_votes(language: str, sentence: str) -> None:
    assert first_vote(f"{OPENING[language]} {sentence}").tally.triple == (None, None, None)
