"""Who answers to a vote, explains it, comments on it or remembers it reports none; who tells of it beside that does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watcher.core.votes import read_votes

from .telling import article

NEXT_DAY = datetime(2025, 6, 13, 12, 0, tzinfo=UTC)  # a Friday; the votes below were on Thursday
DAYS_LATER = datetime(2025, 6, 16, 12, 0, tzinfo=UTC)

ANSWERS = [
    ("Israel: UN truce vote rewards terror",
     "The foreign minister on Monday condemned Thursday's General Assembly resolution, backed by 149 countries."),
    ("Opposition leader: they have isolated us",
     "He said that the UN vote on Thursday, in which 149 states backed a truce and 12 opposed it, was a failure."),
    ("Movement says UN text must be heeded",
     "The group said in a statement on Monday that the General Assembly's resolution, adopted with 149 votes in "
     "favour, must be followed by action."),
    ("Netanyahu: la ONU premia el terror",
     "El primer ministro arremetió el lunes contra la votación del jueves en la ONU, en la que 149 países apoyaron "
     "el alto el fuego."),
    ("Le mouvement réclame l'application du texte",
     "Il a déclaré lundi que la résolution de l'ONU, adoptée par 149 voix, devait être appliquée."),
    ("Kritik an Enthaltung",
     "Die Opposition warf der Regierung vor, sich enthalten zu haben, während 149 Staaten in der "
     "UN-Vollversammlung dafür stimmten."),
    ("ONZ nagradza terror",
     "Premier potępił w poniedziałek czwartkowe głosowanie w Zgromadzeniu Ogólnym ONZ, w którym 149 państw poparło "
     "zawieszenie broni."),
    ("Міністр про голосування в ООН",
     "Міністр заявив, що резолюція, яку ухвалили 149 голосами у Генасамблеї ООН, є важливим сигналом."),
    ("Резолюция ООН ничего не меняет",
     "Пресс-секретарь сказал, что резолюция Генассамблеи ООН, которую поддержали 93 страны, не поможет миру."),
    ('ההצבעה באו"ם היא כישלון',
     'יו"ר האופוזיציה תקף היום את החלטת העצרת הכללית של האו"ם מיום חמישי, שבה תמכו 149 מדינות.'),
    ("الأمم المتحدة تكافئ الإرهاب",
     "هاجم رئيس الوزراء الاثنين تصويت الجمعية العامة للأمم المتحدة يوم الخميس الذي أيدت فيه 149 دولة وقف النار."),
    ("Peru recalls its ambassador", "It came days after the UN vote, in which 149 states backed the resolution."),
    ("Israël rappelle son ambassadeur",
     "Cette décision intervient quelques jours après le vote de l'ONU, où 149 pays ont soutenu la résolution."),
    ("Ізраїль відкликає посла",
     "Так вирішили через кілька днів після голосування в Генасамблеї ООН, де 149 країн підтримали резолюцію."),
    ("联合国奖励恐怖", "以色列总理周一抨击联合国大会周四的表决，149国在表决中支持停火。"),
]  # fmt: skip

COMMENTS = [
    ("Analysis | What the UN vote means", "The General Assembly adopted the text with 149 votes."),
    (
        "The United Nations has failed again - Opinion",
        "The Security Council failed because Peru vetoed the text.",
    ),
    (
        "Podcast: after the UN vote",
        "We discuss the resolution adopted by 149 countries in the General Assembly.",
    ),
    ("Five takeaways from the UN vote", "The General Assembly's resolution won 149 votes."),
    ("Explainer: why does a UN vote matter?", "The General Assembly adopted the text with 149 votes."),
    ("Análisis | La ONU y la tregua", "La Asamblea General de la ONU aprobó la resolución con 149 votos."),
    ("Tribune : l'ONU a échoué", "Le Pérou a mis son veto à la résolution du Conseil de sécurité."),
    ("Kommentar: Das Versagen der UN", "Peru legte im Sicherheitsrat ein Veto gegen die Resolution ein."),
    ("Opinia | ONZ zawiodła", "Peru zawetowało rezolucję w Radzie Bezpieczeństwa ONZ."),
    ("Думка | ООН безсила", "Перу наклало вето на резолюцію в Радбезі ООН."),
    ("Аналитика: что значит голосование", "Генассамблея ООН приняла резолюцию 149 голосами."),
    ('פרשנות | מה אומרת ההצבעה באו"ם', 'העצרת הכללית של האו"ם אימצה את ההחלטה ברוב של 149.'),
    ("رأي | فشل الأمم المتحدة", "استخدمت بيرو الفيتو ضد مشروع القرار في مجلس الأمن."),
    ("社论｜联合国的失败", "秘鲁在安理会否决了决议草案。"),
]

MEMORIES = [
    ("Three years ago today: UN deplored invasion", "141 countries voted in favour of the resolution."),
    ("25 лет войне: как Совбез ООН отклонил проект", "26 марта 2000 года за него голосовали лишь трое."),
    (
        "78 lat temu ONZ podzieliła Palestynę",
        "Zgromadzenie Ogólne ONZ przyjęło plan 33 głosami przy 13 przeciw.",
    ),
    ("Debate over Canada's vote at UN", "Last Tuesday the UN General Assembly voted 149-12 for a truce."),
    ("Questions over UN vote", "The UN General Assembly adopted the resolution last Monday."),
    ("Débat sur un vote à l'ONU", "Mardi dernier, l'Assemblée générale de l'ONU a adopté la résolution."),
    ("Famine looms", "The UN failed to halt the war as Peru vetoed a resolution on a truce."),
]

OTHERS = [
    ("UN General Assembly elects 15 members; Chad's bid fails", "Chad received 83 in the secret ballot."),
    ("Chad's bid for rights council seat fails", "It got 90 votes in the UN General Assembly on Thursday."),
    ("UN assembly approves credentials of envoys", "The committee met on Thursday."),
    (
        "Fédération : grève votée",
        "L'assemblée générale du syndicat a adopté la motion par 150 voix, citant l'ONU.",
    ),
    ("La asamblea general de socios aprueba las cuentas", "Los socios votaron a favor. La ONU no comentó."),
    (
        "UN-backed plan passes at general assembly",
        "Shareholders approved it at the general assembly on Thursday.",
    ),
    ("Рада ухвалила постанову щодо ООН", "Верховна Рада у четвер ухвалила звернення до ООН."),
    ("Students adopt resolution", "Students at a Model UN conference adopted a resolution on seas."),
    ("African council suspends Chad", "The Peace and Security Council adopted a decision, the UN said."),
    ("Delegates seek UN vote for a truce", "They asked the General Assembly to meet."),
]

REPORTS = [
    ("UN demands truce; Israel condemns vote",
     "The General Assembly on Thursday voted 149 to 12, with 19 abstentions, to demand a truce."),
    ("Minister says UN backed the text",
     "The foreign minister said the UN General Assembly had on Thursday adopted the resolution by 93 votes to 18."),
    ("Explained: who voted against the UN truce text",
     "The UN General Assembly on Thursday adopted a resolution with 149 votes in favour and 12 against."),
    ("UN assembly calls for elections in Chad", "It adopted the text on Thursday by 119 votes to 1."),
    ("Ten years after Paris, UN assembly sends case to court",
     "The General Assembly on Thursday adopted by consensus a resolution."),
    ("Mission stays", "The UN Security Council on Thursday unanimously extended the mandate of the mission in Chad."),
    ("Peru votes in favour of UN text",
     "Peru on Thursday voted in favour of a resolution demanding a truce at the UN General Assembly."),
    ("Peru's envoy 'shocked' as Chad sides with Mali at UN",
     "Peru's ambassador said he was shocked after Chad for the first time voted against a text at the UN General "
     "Assembly, siding with Mali and Fiji on Thursday. It passed with 93 in favour and 18 against."),
    ("UN Security Council holds open meeting on Chad despite Mali's objections",
     "In the procedural vote on Thursday ten members spoke in favour, Mali was against, and Peru and Fiji abstained."),
    ("UN members adopt seas treaty", "It protects the high seas."),
    ("Israel arremete contra la ONU tras la votación",
     "La Asamblea General de la ONU aprobó este jueves una resolución por 149 votos a favor y 12 en contra."),
    ("Ізраїль розкритикував ООН",
     "Генасамблея ООН у четвер ухвалила резолюцію. За проголосували 149 країн, проти - 12."),
    ('ישראל תקפה את האו"ם', 'העצרת הכללית של האו"ם אימצה ביום חמישי החלטה. בעד הצביעו 149 מדינות, נגד 12.'),
    ("Wie die Staaten in der UN abstimmten",
     "Die UN-Vollversammlung nahm am Donnerstag die Resolution mit 149 zu 12 Stimmen bei 19 Enthaltungen an."),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text"), ANSWERS + COMMENTS + MEMORIES)
def test_what_is_said_of_a_vote_days_later_is_no_report(title: str, text: str) -> None:
    assert read_votes(article(text, title, DAYS_LATER)) == ()


@pytest.mark.parametrize(("title", "text"), OTHERS)
def test_elections_wishes_and_other_houses_are_no_report(title: str, text: str) -> None:
    assert read_votes(article(text, title, NEXT_DAY)) == ()


@pytest.mark.parametrize(("title", "text"), REPORTS)
def test_a_new_vote_is_reported_whoever_speaks_of_it(title: str, text: str) -> None:
    assert read_votes(article(text, title, NEXT_DAY))
