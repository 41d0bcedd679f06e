"""In every language: a vote that is announced or recalled, an election, a vote of another house is no new UN vote."""

from __future__ import annotations

from dataclasses import replace

import pytest

from watcher.core.votes import read_votes

from .telling import article, first_vote

# All are from 16 May 2024, a Thursday.

ANNOUNCED = [
    (
        "UN Security Council to vote on Friday on Mali sanctions",
        "A draft needs nine votes in favour and no veto to pass.",
    ),
    (
        "UN assembly set to vote on seabed mining",
        "Diplomats count on at least 120 votes in favour. Last year 98 countries backed the text.",
    ),
    (
        "La ONU votará el viernes sobre Malí",
        "La Asamblea General espera unos 120 votos a favor. El año pasado hubo 98 votos a favor y 12 en contra.",
    ),
    (
        "L'Assemblée générale de l'ONU votera demain sur le Mali",
        "Les diplomates attendent 120 voix pour et une dizaine contre.",
    ),
    (
        "UN-Sicherheitsrat stimmt am Freitag über Mali ab",
        "Nötig sind neun Stimmen. Im vergangenen Jahr stimmten 12 Länder dafür, drei dagegen.",
    ),
    (
        "Jutro Zgromadzenie Ogólne ONZ zagłosuje nad rezolucją o Mali",
        "Dyplomaci liczą na 120 głosów za, przeciw może być 10.",
    ),
    ("Завтра Генасамблея ООН голосуватиме щодо Малі", "Дипломати розраховують на 120 голосів «за»."),
    ("Завтра Генассамблея ООН проголосует по Мали", "Дипломаты рассчитывают на 120 голосов «за»."),
    ("העצרת הכללית של האו\"ם תצביע מחר על מאלי", "לפי הערכות 120 מדינות בעד ו-10 נגד."),
    ("الجمعية العامة للأمم المتحدة ستصوت غدا على قرار بشأن مالي", "يتوقع دبلوماسيون تأييد 120 دولة."),
    ("联合国大会明天将投票表决马里问题决议草案", "外交官估计将有120票赞成。"),
    (
        "IAEA chief says board may vote next week",
        "Diplomats expect 19 countries to vote in favour of the resolution on Iran.",
    ),
    ("US to veto UN resolution on Gaza, diplomats say", "The draft is expected to get 14 votes in favour."),
    (
        "What to know about Friday's UN vote on Palestine",
        "The General Assembly will decide on Friday. In 2012 it was 138 in favor, nine against and 41 "
        "abstentions.",
    ),
    (
        "Vor der Abstimmung in der UN-Vollversammlung",
        "Erwartet werden mehr als 120 Stimmen dafür, im Vorjahr waren es 98 dafür und 12 dagegen.",
    ),
    ("הערב תצביע מועצת הביטחון", "דרושים תשעה קולות בעד ללא וטו."),
    ("مجلس الأمن يصوت غدا على قرار غزة", "يحتاج القرار إلى 9 أصوات مؤيدة."),
    ("安理会将于周五就加沙问题表决", "决议草案需获得9票赞成。"),
]  # fmt: skip

RECALLED = [
    (
        "Anniversaire de la résolution sur les glaciers",
        "Adoptée par 33 voix contre 13, la résolution de l'ONU a dix ans.",
    ),
    ("Diplomats on last week's UN vote", "The General Assembly adopted the text by 120 votes to 14."),
    (
        "Bamako queues for fuel",
        "Officials blame the embargo, which the UN General Assembly condemned last November by 120 votes to "
        "four, with Chad and Peru abstaining.",
    ),
    (
        "Envoy: the text is not worth the paper",
        "The ambassador on Monday again dismissed last week's General Assembly resolution, passed 120 to 14 with "
        "40 abstentions.",
    ),
    (
        "Minister thanks 120 nations",
        "Speaking six days after 120 countries voted for the text at the UN, with 4 against and 30 abstaining, "
        "she said each vote mattered.",
    ),
    (
        "12 May 1949: the day the UN let Ruritania in",
        "By 37 votes to 12, with nine abstentions, the General Assembly opened its doors.",
    ),
    (
        "Why Peru abstains at the UN",
        "It is an old habit: in a ballot on seabed mining 90 countries voted for, 12 against.",
    ),
    (
        "Chad backpedals after 14 other countries reject UN truce",
        "Its minister spoke well of the truce on Wednesday.",
    ),
    (
        "Peru y la ONU",
        "El ministro recordó la votación de la semana pasada en la ONU, en la que 120 países votaron a favor y "
        "14 en contra.",
    ),
    (
        "Pérou : retour sur une abstention",
        "Il y a dix jours, 120 pays ont voté pour à l'Assemblée générale de l'ONU, 14 contre.",
    ),
    (
        "Pourquoi le Pérou s'abstient à l'ONU",
        "En mars, 120 pays avaient voté pour, 14 contre ; il a récidivé le 2 mai sur le Mali (90 voix pour, 12 "
        "contre, 19 abstentions).",
    ),
    (
        "Was von der Abstimmung bleibt",
        "Vor zehn Tagen stimmten in der UN-Vollversammlung 120 Länder dafür, 14 dagegen.",
    ),
    (
        "Minister o większości świata",
        "Szef MSZ odniósł się w środę do ubiegłotygodniowego głosowania w ONZ, w którym 120 krajów poparło "
        "tekst, a 14 było przeciw.",
    ),
    (
        "Два роки тому 120 країн підтримали Малі в ООН",
        "Посол нагадав про голосування 12 травня 2022 року: «за» – 120, «проти» – 5, утрималися 35.",
    ),
    (
        "Два года назад 120 стран поддержали Мали в ООН",
        "Посол напомнил о голосовании 12 мая 2022 года: «за» – 120, «против» – 5, воздержались 35.",
    ),
    ("לפני שנתיים בעצרת", "לפני שנתיים 120 מדינות הצביעו בעד בעצרת האו\"ם, 5 נגד ו-35 נמנעו."),
    ("ذكرى تصويت", "قبل عشرة أيام أيدت 120 دولة القرار في الجمعية العامة للأمم المتحدة وعارضته 5."),
    ("两年前的表决", "两年前，联合国大会以120票赞成、5票反对通过决议。"),
    (
        "How the UN partitioned Palestine, 77 years later",
        "On Nov. 29, 1947, thirty-three countries voted in favour, 13 against and 10 abstained.",
    ),
    (
        "Opinion: the Assembly's lost majority",
        "Only two years ago, 141 states stood with Kyiv in the General Assembly; five were against.",
    ),
    (
        "Zelensky recalls historic vote",
        "In his speech he recalled that 141 countries had voted for the UN resolution in March 2022.",
    ),
    (
        "Россия теряет союзников",
        "В октябре 2022 года за резолюцию Генассамблеи ООН проголосовали 143 страны, против — пять.",
    ),
    (
        "El embargo, año tras año",
        "El pasado noviembre, 187 países votaron a favor y dos en contra en la Asamblea General.",
    ),
    ("מה קרה בהצבעה ההיסטורית", "בנובמבר 1947 הצביעו 33 מדינות בעד, 13 נגד ו-10 נמנעו בעצרת האו\"ם."),
    (
        "قبل عامين في الأمم المتحدة",
        "في مارس 2022 صوتت 141 دولة لصالح القرار في الجمعية العامة وعارضته 5 دول.",
    ),
    ("回顾1971年联大表决", "当年联合国大会以76票赞成、35票反对、17票弃权通过第2758号决议。"),
]  # fmt: skip

ELECTIONS = [
    (
        "Peru's Quispe elected president of UN General Assembly",
        "She won 160 votes in a secret ballot; eight delegations wrote in a rival and 14 abstained.",
    ),
    (
        "Four countries win seats on UN Security Council",
        "Peru got 181 votes and Mali 178 in the General Assembly, with 10 abstentions in that group.",
    ),
    (
        "Quispe, elegida presidenta de la Asamblea General",
        "La peruana obtuvo 160 votos en votación secreta y catorce delegaciones se abstuvieron.",
    ),
    (
        "La Russie perd son juge à la Cour internationale de justice",
        "L'Assemblée générale de l'ONU a élu jeudi cinq juges. Le Péruvien l'a emporté par 117 voix contre 77.",
    ),
    (
        "Peru in den UN-Sicherheitsrat gewählt",
        "In der Vollversammlung gab es 181 Stimmen für Peru, 10 Enthaltungen.",
    ),
    (
        "Peru wybrane do Rady Bezpieczeństwa ONZ",
        "W Zgromadzeniu Ogólnym za było 181 krajów, 10 wstrzymało się od głosu.",
    ),
    ("Перу обрано до Радбезу ООН", "У Генасамблеї «за» проголосувала 181 країна, 10 утрималися."),
    (
        "Перу избрано в Совбез ООН",
        "На выборах в Генассамблее за страну проголосовала 181 страна, 10 воздержались.",
    ),
    ("פרו נבחרה למועצת הביטחון", "בעצרת הכללית של האו\"ם 181 מדינות הצביעו בעד ו-10 נמנעו."),
    ("انتخاب بيرو عضوا في مجلس الأمن", "صوتت 181 دولة لصالحها في الجمعية العامة للأمم المتحدة وامتنعت 10."),
    ("秘鲁当选联合国安理会非常任理事国", "在联合国大会投票中获181票赞成，10票弃权。"),
    (
        "Iceland wins seat on Human Rights Council",
        "It received 172 votes in the 193-member General Assembly; Saudi Arabia fell short with 117.",
    ),
    (
        "Security Council holds first straw poll for next secretary-general",
        "The leading candidate received 12 votes in favour, two against and one abstention.",
    ),
    (
        "ICJ election: Nigeria's candidate falls short",
        "In the fourth round he got 95 votes in the General Assembly, with three abstentions.",
    ),
    ("Генасамблея ООН обрала нових членів Радбезу", "Латвія отримала 178 голосів «за», 10 утрималися."),
    (
        "Panamá, elegida miembro del Consejo de Seguridad",
        "En la Asamblea General obtuvo 183 votos a favor y dos abstenciones.",
    ),
    (
        "Baerbock zur Präsidentin der UN-Vollversammlung gewählt",
        "Sie erhielt 167 Stimmen, 14 Länder enthielten sich.",
    ),
    ("联大选举五国为安理会非常任理事国", "拉脱维亚获178票赞成，10票弃权。"),
]  # fmt: skip

ELSEWHERE = [
    (
        "European Parliament backs Mali text",
        "MEPs on Wednesday adopted a resolution ahead of the UN General Assembly. There were 402 votes in "
        "favour, 120 against and 61 abstentions. An amendment was rejected.",
    ),
    (
        "UN staff in Nairobi vote on pay",
        "The staff council, in an assembly of its own, passed a motion for a strike with 512 votes to 40; "
        "17 abstained.",
    ),
    (
        "Nurses break with charity over Mali",
        "At the union's yearly assembly delegates voted 2,416 in favour and 1,907 against, with 75 "
        "abstentions, and cited the UN.",
    ),
    (
        "PACE calls Ruritania a dictatorship",
        "A resolution was adopted with 95 votes in favour and two against. The assembly urged the UN to act.",
    ),
    (
        "El Congreso pide reconocer a Malí",
        "La propuesta salió adelante con 181 votos a favor, 140 en contra y 22 abstenciones y pide que el Gobierno "
        "lleve la tregua a Naciones Unidas.",
    ),
    (
        "Le Sénat soutient la trêve",
        "La résolution a été adoptée par 160 voix pour et 12 contre ; elle appelle l'ONU à agir.",
    ),
    (
        "Bundestag für Waffenruhe",
        "Die Resolution wurde mit 150 Stimmen angenommen, 12 stimmten dagegen. Sie ruft die UN-Vollversammlung "
        "zum Handeln auf.",
    ),
    (
        "Sejm o Karcie Narodów Zjednoczonych",
        "Za uchwałą głosowało 150 posłów, przeciw było 18. Wezwano ONZ do działania.",
    ),
    (
        "ПАРЄ ухвалила резолюцію про Малі",
        "За резолюцію проголосували 95 депутатів, проти – 2. Асамблея закликала ООН діяти.",
    ),
    (
        "ПАСЕ приняла резолюцию о Мали",
        "За резолюцию проголосовали 95 депутатов, против – 2. Ассамблея призвала Совет Безопасности ООН к "
        "реформе.",
    ),
    ("הכנסת אישרה החלטה על האו\"ם", "68 חברי כנסת הצביעו בעד, 9 נגד."),
    ("البرلمان الأوروبي يعتمد قرارا بشأن الأمم المتحدة", "صوت لصالح القرار 150 نائبا وعارضه 12 نائبا."),
    ("澳大利亚参议院通过有关联大决议的动议", "参议员们以41票赞成、9票反对通过动议，并提到联合国大会的一项旧决议。"),
    (
        "OAS General Assembly adopts resolution on Nicaragua",
        "The text was approved with 25 votes in favor, none against and 8 abstentions. UN envoys were watching.",
    ),
    (
        "Arab League votes to readmit Syria",
        "Thirteen of 22 members voted in favour, the UN said it took note.",
    ),
    ("California Assembly passes resolution on UN day", "The Assembly voted 60-12 in favor of the measure."),
    (
        "OSCE Parliamentary Assembly condemns Russia",
        "The assembly adopted the resolution by 230 votes to 11, with 9 abstentions, and called on the UN to act.",
    ),
    (
        "Church of Scotland's General Assembly backs ceasefire",
        "Commissioners voted 240 to 130 in favour, echoing the United Nations.",
    ),
    (
        "Swiss council wants UNRWA funds cut",
        "The National Council approved the motion by 99 votes to 88, with 7 abstentions; the UN agency protested.",
    ),
    (
        "Knesset rejects Palestinian state",
        "68 members voted in favour and nine against a resolution that rejects UN recognition.",
    ),
    (
        "Бундестаг принял резолюцию о Голодоморе",
        "За проголосовали 150 депутатов, против — 12, ООН пока молчит.",
    ),
    ("Рада звернулася до ООН", "За постанову проголосували 150 депутатів, проти – 2."),
    (
        "Rada Europy: rezolucja o Rosji",
        "Zgromadzenie Parlamentarne przyjęło rezolucję: 95 głosów za, 2 przeciw. ONZ wezwano do działania.",
    ),
    (
        "Parlament Europejski przyjął rezolucję ws. Strefy Gazy",
        "Za było 160 europosłów, przeciw 20. Wezwano ONZ.",
    ),
    (
        "Resolución del Parlamento Europeo sobre Cuba",
        "La Eurocámara aprobó el texto con 130 votos a favor y 20 en contra, y cita a la Asamblea General de la "
        "ONU.",
    ),
    (
        "L'APCE condamne la Russie",
        "La résolution a été adoptée par 95 voix pour et deux contre. L'Assemblée demande à l'ONU d'agir.",
    ),
    (
        "Österreichs Nationalrat zu UNRWA",
        "Der Antrag wurde mit 99 zu 60 Stimmen angenommen. Die UN-Vollversammlung hatte das gefordert.",
    ),
    ("הסנאט האמריקני אישר", "60 סנאטורים הצביעו בעד ו-40 נגד החלטה על האו\"ם."),
    (
        "الكنيست يرفض قيام دولة فلسطينية",
        "صوت 68 نائبا لصالح القرار وعارضه 9، ودعت الأمم المتحدة إلى التراجع.",
    ),
    ("美国众议院通过制裁国际刑事法院法案", "243票赞成、140票反对，联合国表示遗憾。"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text"), [*ANNOUNCED, *RECALLED, *ELECTIONS, *ELSEWHERE])
def test_it_is_not_a_new_un_vote(title: str, text: str) -> None:
    assert read_votes(article(text, title)) == ()


# Real votes that stand beside such words, all the same.
REPORTS = [
    (
        "Two years after coup, UN assembly condemns junta",
        "A year after a text failed, 120 countries voted in favour on Wednesday and 14 against.",
    ),
    (
        "UN General Assembly backs elections in Mali",
        "The resolution, which calls for free elections, was adopted by 120 votes to 14.",
    ),
    (
        "General Assembly stands by aid agency",
        "Members of the United Nations voted today 120 in favour, 9 against and 11 abstaining on a resolution "
        "that deplores a law passed by the Knesset.",
    ),
    (
        "UN seeks court opinion on Mali",
        "The General Assembly put the draft to the vote on Wednesday: 120 in favour, 12 against.",
    ),
    (
        "Economic and Social Council votes to oust Chad from commission",
        "In favour: 29. Against: 8. Abstaining: 16.",
    ),
    ("Why Peru and 51 other countries voted against a UN text on Nazism", "The text is tabled each year."),
    (
        "UN vote on Mali",
        "Three days ago, on Monday, the UN General Assembly adopted a resolution on Mali by 120 votes to 14.",
    ),
    (
        "La ONU condena el golpe",
        "Dos años después del golpe, la Asamblea General aprobó este miércoles una resolución con 120 votos a "
        "favor y 14 en contra.",
    ),
    (
        "L'ONU condamne le putsch",
        "Un an après le putsch, l'Assemblée générale a adopté mercredi une résolution par 120 voix pour et 14 "
        "contre.",
    ),
    (
        "UN verurteilen Putsch",
        "Ein Jahr nach dem Putsch hat die UN-Vollversammlung am Mittwoch eine Resolution angenommen: 120 Länder "
        "stimmten dafür, 14 dagegen.",
    ),
    (
        "ONZ potępia pucz",
        "Rok po puczu Zgromadzenie Ogólne ONZ przyjęło w środę rezolucję. Za było 120 krajów, przeciw 14.",
    ),
    (
        "ООН засудила заколот",
        "Через рік після заколоту Генасамблея ООН у середу ухвалила резолюцію: «за» – 120, «проти» – 14.",
    ),
    (
        "ООН осудила мятеж",
        "Через год после мятежа Генассамблея ООН в среду приняла резолюцию: «за» – 120, «против» – 14.",
    ),
    (
        "UN rights council extends Sudan probe",
        "The 47-member council voted 23 in favour, 11 against with 13 abstentions on Wednesday.",
    ),
    (
        "General Assembly president hails 'historic' text",
        "The UN General Assembly on Wednesday adopted a resolution on AI by 120 votes to 2.",
    ),
    (
        "UN General Assembly backs Palestinian bid for membership",
        "The assembly adopted a resolution with 143 votes in favor and nine against, while 25 countries "
        "abstained. It gives Palestinians a seat among members in the assembly hall.",
    ),
    (
        "Security Council extends Haiti mission ahead of elections",
        "The Council adopted resolution 2699 with 13 votes in favour and two abstentions.",
    ),
    (
        "US Congress members furious as UN condemns embargo",
        "The General Assembly voted 187-2 on Wednesday for a resolution against the embargo.",
    ),
    (
        "Two years after invasion, Ukraine text passes at UN",
        "The General Assembly adopted it by 93 votes to 18 with 65 abstentions.",
    ),
    (
        "ECOSOC removes Iran from women's body",
        "Twenty-nine members voted in favour, eight against and 16 abstained.",
    ),
    (
        "Ukraine's parliament welcomes UN vote",
        "The UN General Assembly on Wednesday adopted a resolution with 120 votes in favour, 7 against.",
    ),
    (
        "Генасамблея ООН ухвалила резолюцію, подану українськими депутатами",
        "«За» – 91, «проти» – 12, «утрималися» – 57.",
    ),
    ("Совбез ООН продлил санкции", "За резолюцию проголосовали 13 членов Совета, двое воздержались."),
    (
        "Сенаторы США возмущены: ООН осудила блокаду Кубы",
        "Генеральная Ассамблея ООН приняла в среду резолюцию: 187 стран за, две против.",
    ),
    (
        "Za rezolucją ONZ 143 państwa",
        "Zgromadzenie Ogólne przyjęło ją w środę, przeciw było dziewięć krajów. Sejm przyjął wcześniej podobną "
        "uchwałę.",
    ),
    (
        "La ONU pide elecciones libres en Venezuela",
        "El Consejo de Derechos Humanos aprobó la resolución con 23 votos a favor y seis en contra.",
    ),
    (
        "L'ONU prolonge la mission en Haïti",
        "Le Conseil de sécurité a adopté la résolution par 13 voix pour et deux abstentions avant les élections.",
    ),
    (
        "UN-Vollversammlung fordert Wahlen in Myanmar",
        "119 Länder stimmten dafür, eines dagegen, 36 enthielten sich.",
    ),
    ("האו\"ם קורא להפסקת אש", "העצרת הכללית אישרה היום את ההחלטה: 120 מדינות בעד, 14 נגד. הכנסת גינתה."),
    (
        "الجمعية العامة تعتمد قرارا بشأن غزة",
        "صوتت 153 دولة لصالح القرار وعارضته 10 دول وامتنعت 23 دولة، ورحب البرلمان العربي.",
    ),
    (
        "UN votes to suspend Russia from rights council",
        "The General Assembly adopted the resolution, 93-24 with 58 abstentions. Russia was elected to its seat "
        "in 2020.",
    ),
    (
        "Why the UN vote on Gaza matters",
        "The UN General Assembly on Wednesday adopted a resolution by 153 votes to 10.",
    ),
    (
        "UN to vote again after US veto",
        "The United States on Wednesday vetoed a UN Security Council resolution on Gaza, with 13 members in "
        "favour. The General Assembly will vote next week.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text"), REPORTS)
def test_a_new_vote_is_reported_beside_them(title: str, text: str) -> None:
    assert first_vote(text, title).evidence


@pytest.mark.parametrize(
    ("words", "reported"),
    [
        ("Two days ago", True),
        ("Three days ago", True),
        ("Four days ago", False),
        ("Two weeks ago", False),
        ("30 years ago", False),
    ],
)
def test_how_long_ago_is_reckoned(words: str, reported: bool) -> None:
    text = f"{words} the UN General Assembly adopted a resolution on Mali by 120 votes to 14."
    assert bool(read_votes(article(text))) is reported


def test_an_article_of_the_un_itself_may_leave_its_name_out() -> None:
    text = "The Assembly adopted the text by a recorded vote of 120 in favour to 14 against."
    anywhere = article(text)
    assert read_votes(anywhere) == ()
    assert read_votes(replace(anywhere, url="https://press.un.org/en/2024/ga12345.doc.htm"))
