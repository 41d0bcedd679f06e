"""Every way to tell a count that we know, as a sentence its author would sign."""

from __future__ import annotations

import pytest

from watcher.core.votes import read_votes

from .telling import ADOPTED, article, first_vote

ASSEMBLY = "The UN General Assembly adopted a resolution on ocean noise on Wednesday. "

TALLIES = {
    "The text passed with 107 countries voting in favor, 12 against and 51 abstaining.": (107, 12, 51),
    "In all, 87 countries voted for a study of ocean noise. 24 countries voted against, 53 abstained.": (
        87,
        24,
        53,
    ),
    "It passed by a recorded vote of 145 in favour, seven against and 18 abstentions.": (145, 7, 18),
    "It passed by 169 in favour to 6 against (Chad, Fiji, Nauru, Palau, Samoa, Tonga), with 3 abstentions.": (
        169,
        6,
        3,
    ),
    "It passed by a vote of 150 in favour to none against, with 12 abstentions.": (150, 0, 12),
    "The vote was 143-5 with 35 abstentions.": (143, 5, 35),
    "Members approved it in a 118-49 vote.": (118, 49, None),
    "The draft was carried by 120 votes to 14.": (120, 14, None),
    "The resolution was adopted 93-18-65.": (93, 18, 65),
    "The motion was passed by 25 to six, with 15 abstaining.": (25, 6, 15),
    "The resolution was approved by 141 countries, with just seven opposing it.": (141, 7, None),
    "A total of 141 of the 193 members were in support, seven opposed and 32 abstained.": (141, 7, 32),
    "The resolution was backed by 98 countries and opposed by nine.": (98, 9, None),
    "France and 51 other countries voted against the resolution.": (None, 52, None),
    "Only four countries joined Chad in voting against the resolution.": (None, 5, None),
    "Only three countries joined Chad and Fiji in opposing the text.": (None, 5, None),
    "With 25 votes in favour, seven opposed and the rest abstaining, the text was adopted.": (25, 7, None),
    "One hundred and forty-one states voted in favour, twenty-two voted against.": (141, 22, None),
    "No country voted against the resolution.": (None, 0, None),
    "A single country, Chad, voted against it, and two abstained.": (None, 1, 2),
    "In favour: 124. Against: 14. Abstentions: 43.": (124, 14, 43),
    "There were 130 yes votes, 12 no votes and 20 abstentions.": (130, 12, 20),
    "The Assembly passed it, 112 for, 30 against and 17 abstentions.": (112, 30, 17),
    "The glitch read 175 in favour, 1against ( Chad), with 48abstentions.": (175, 1, 48),
    "Some 124 delegations supported the text, while 14 rejected it.": (124, 14, None),
}


@pytest.mark.parametrize(("sentence", "tally"), TALLIES.items())
def test_a_count_is_read_as_it_is_told(sentence: str, tally: tuple[int | None, ...]) -> None:
    assert first_vote(ASSEMBLY + sentence).tally.triple == tally


COUNCIL = "The UN Security Council adopted a resolution on Haiti on Wednesday. "


@pytest.mark.parametrize(
    ("sentence", "tally"),
    [
        ("Twelve out of 15 Council members voted in favour.", (12, None, None)),
        ("There were five votes in favor and four votes against.", (5, 4, None)),
        ("13 of the other 14 members voted in favour, while the UK abstained.", (13, None, None)),
        ("All 14 other members voted in favour.", (14, None, None)),
        ("The vote was 14-0, with Russia abstaining.", (14, 0, None)),
        ("The vote was 13 in favour with two abstentions (China, Russia).", (13, None, 2)),
        ("It passed unanimously.", (None, None, None)),
    ],
)
def test_the_council_counts_to_fifteen(sentence: str, tally: tuple[int | None, ...]) -> None:
    vote = first_vote(COUNCIL + sentence)
    assert vote.body == "UNSC"
    assert vote.tally.triple == tally


@pytest.mark.parametrize(
    "sentence",
    [
        "The 193-member Assembly met in New York.",
        "The text needed a two-thirds majority.",
        "Nine votes in favour are needed in the Security Council.",
        "The resolution had 120 co-sponsors.",
        "About 13,000 troops are stationed there.",
        "More than 120 countries voted in favour.",
        "Nearly 30 countries abstained.",
        "One of the countries that voted against explained why.",
        "The mission lost 12 soldiers, and 40 were wounded.",
        "The session began on 24 February and ends on 12 June 2025.",
        "Four senators in Washington voted against funding.",
        "A similar resolution passed 141-7, with 32 abstentions, last year.",
        "In 2022, 143 countries voted in favour and five voted against.",
        "Two additional countries voted against this time.",
        "Articles 5 and 7 of the treaty are for the courts.",
        "The 47-year-old envoy chaired the meeting for 3-4 hours.",
        "The team won 3-1 against Chad.",
    ],
)
def test_what_only_looks_like_a_count_is_none(sentence: str) -> None:
    assert first_vote(ASSEMBLY + sentence).tally.triple == (None, None, None)


def test_an_older_tally_does_not_replace_the_new_one() -> None:
    vote = first_vote(
        ASSEMBLY + "The vote was 99 in favour, 20 against and 40 abstentions. "
        "In 2019 a weaker text was adopted by 141 votes to 5, with 35 abstentions."
    )
    assert vote.tally.triple == (99, 20, 40)


def test_an_amendment_counts_for_itself_and_comes_second() -> None:
    votes = read_votes(
        article(
            ASSEMBLY + "The vote was 99 in favour, 20 against and 40 abstentions. "
            "An amendment by Chad was rejected by 61 votes against to 18 in favour, with 70 abstentions."
        )
    )
    assert [vote.tally.triple for vote in votes] == [(99, 20, 40), (18, 61, 70)]


def test_a_sum_above_the_members_is_doubted() -> None:
    vote = first_vote(ASSEMBLY + "The vote was 150 in favour, 40 against and 20 abstentions.")
    assert vote.doubts == ("the numbers add up to 210 of 193",)


def test_more_names_than_the_count_are_doubted() -> None:
    vote = first_vote(ASSEMBLY + "The vote was 150 in favour and 1 against (Chad, Fiji).")
    assert vote.doubts == ("2 countries are named as against, the count is 1",)


def test_a_count_alone_says_adopted_only_where_it_can_be_the_whole_bodys() -> None:
    whole = first_vote(
        "Members of the UN General Assembly voted on Wednesday: 140 in favour, 2 against, 8 abstaining."
    )
    few = first_vote(
        "Members of the UN General Assembly voted on Wednesday: 40 in favour, 2 against, 8 abstaining."
    )
    close = first_vote(
        "Members of the UN General Assembly voted on Wednesday: 90 in favour, 70 against, 8 abstaining."
    )
    assert (whole.outcome, few.outcome, close.outcome) == ("adopted", None, None)


IN_WORDS_OF: dict[str, dict[str, tuple[int | None, int | None, int | None]]] = {
    "en": {
        "The measure passed with 124 votes in favour, 14 against and 43 abstentions.": (124, 14, 43),
        "The tally was 124 in favor, 14 against, with 43 abstentions.": (124, 14, 43),
        "Out of 193 members, 124 voted yes, 14 no and 43 abstained.": (124, 14, 43),
        "It received 124 yes votes, 14 no votes, and 43 abstentions.": (124, 14, 43),
        "The resolution, which won the support of 124 countries, was opposed by 14, while 43 abstained.": (124, 14, 43),
        "A total of 124 nations backed the resolution, while 14 voted against it and 43 abstained.": (124, 14, 43),
        "Fourteen countries, including Israel and the US, opposed it; 43 abstained.": (None, 14, 43),
        "The 193-member body voted 124-14, with 43 countries abstaining.": (124, 14, 43),
        "The vote in the 193-member Assembly was 124 to 14 with 43 abstentions.": (124, 14, 43),
        "By a vote of 124 in favour to 14 against with 43 abstentions, members adopted the text.": (124, 14, 43),
        "The text was approved 124 to 14, with 43 abstaining.": (124, 14, 43),
        "There were 14 votes against and 43 abstentions.": (None, 14, 43),
        "Some 124 states said yes, 14 said no and 43 abstained.": (124, 14, 43),
        "It was adopted with 124 votes for, 14 against and 43 abstentions.": (124, 14, 43),
        "The result: 124 for, 14 against, 43 abstentions.": (124, 14, 43),
        "124 countries voted in favour of the resolution and only 14 voted against it, with 43 countries abstaining.":
            (124, 14, 43),
        "With 124 votes in favour – well over the two-thirds needed – the text passed; 14 voted no.": (124, 14, None),
        "In all, 124 of 193 members supported it.": (124, None, None),
        "It garnered 124 votes in favour.": (124, None, None),
        "It was backed by an overwhelming 124 countries.": (124, None, None),
        "Compared with 143 in favour two years ago, only 93 countries backed the text this time, with "
        "18 against and 65 abstaining.": (93, 18, 65),
        "The vote was 93 in favour, down from 141 last year, with 18 against and 65 abstaining.": (93, 18, 65),
        "The text drew 93 votes in favour and 18 against, and 65 abstentions.": (93, 18, 65),
        "The text had 43 co-sponsors and 124 pages, and 14 speakers took the floor.": (None, None, None),
        "In a 2022 vote 141 countries were in favour and five against.": (None, None, None),
        "Forty-three countries have recognised it, and 14 more plan to.": (None, None, None),
        "Russia and 13 other countries voted against, while 43 abstained.": (None, 14, 43),
        "Russia was one of 14 countries to vote against the text; 43 abstained.": (None, 14, 43),
        "Fourteen states, led by Russia, rejected the text.": (None, 14, None),
        "Only Russia, Belarus and five other nations voted no.": (None, 7, None),
    },
    "es": {
        "Con 124 votos a favor, 14 en contra y 43 abstenciones, el texto salió adelante.": (124, 14, 43),
        "La resolución recibió 124 votos favorables, 14 negativos y 43 abstenciones.": (124, 14, 43),
        "124 países votaron a favor, 14 en contra y 43 se abstuvieron.": (124, 14, 43),
        "Un total de 124 países apoyaron el texto, 14 lo rechazaron y 43 se abstuvieron.": (124, 14, 43),
        "La votación se saldó con 124 a favor, 14 en contra y 43 abstenciones.": (124, 14, 43),
        "El resultado fue de 124 votos a favor, 14 votos en contra y 43 abstenciones.": (124, 14, 43),
        "El texto, apoyado por 124 países, contó con 14 votos en contra y 43 abstenciones.": (124, 14, 43),
        "Hubo 14 votos en contra y 43 abstenciones.": (None, 14, 43),
        "De los 193 miembros, 124 votaron a favor, 14 en contra y 43 se abstuvieron.": (124, 14, 43),
        "El conflicto dejó 14 muertos y 43 heridos en 124 días.": (None, None, None),
        "El texto fue copatrocinado por 43 países.": (None, None, None),
        "En 2022, 141 países votaron a favor y cinco en contra.": (None, None, None),
        "La resolución fue aprobada por 124 votos contra 14, con 43 abstenciones.": (124, 14, 43),
        "El texto fue adoptado por 124 votos frente a 14 y 43 abstenciones.": (124, 14, 43),
    },
    "fr": {
        "124 pays ont voté pour, 14 contre et 43 se sont abstenus.": (124, 14, 43),
        "Le texte a été adopté par 124 voix contre 14 et 43 abstentions.": (124, 14, 43),
        "La résolution a recueilli 124 votes favorables, 14 défavorables et 43 abstentions.": (124, 14, 43),
        "124 États membres sur 193 ont voté en faveur du texte, 14 ont voté contre et 43 se sont abstenus.":
            (124, 14, 43),
        "Le conflit a fait 14 morts et 43 blessés.": (None, None, None),
        "En 2022, 141 pays avaient voté pour et cinq contre.": (None, None, None),
        "La résolution a été adoptée par 124 voix, 14 contre et 43 abstentions.": (124, 14, 43),
        "Résultat du vote : 124 pour, 14 contre, 43 abstentions.": (124, 14, 43),
    },
    "de": {
        "124 Länder stimmten dafür, 14 dagegen, 43 enthielten sich.": (124, 14, 43),
        "124 der 193 Mitgliedstaaten stimmten für die Resolution, 14 dagegen, 43 enthielten sich.": (124, 14, 43),
        "Für den Text stimmten 124 Staaten, 14 waren dagegen, 43 enthielten sich der Stimme.": (124, 14, 43),
        "Die Resolution erhielt 124 Ja-Stimmen bei 14 Gegenstimmen und 43 Enthaltungen.": (124, 14, 43),
        "Mit 124 zu 14 Stimmen bei 43 Enthaltungen wurde der Text angenommen.": (124, 14, 43),
        "43 Länder brachten den Text ein, 14 Redner sprachen.": (None, None, None),
        "Im Jahr 2022 stimmten 141 Länder dafür und fünf dagegen.": (None, None, None),
        "Ergebnis: 124 Ja, 14 Nein, 43 Enthaltungen.": (124, 14, 43),
    },
    "pl": {
        "Za przyjęciem głosowały 124 kraje, przeciw 14, a 43 wstrzymały się od głosu.": (124, 14, 43),
        "124 państwa zagłosowały za, 14 przeciw, a 43 wstrzymały się od głosu.": (124, 14, 43),
        "Rezolucję poparły 124 kraje, 14 było przeciw, a 43 wstrzymały się od głosu.": (124, 14, 43),
        "Za rezolucją opowiedziało się 141 państw, przeciwko było siedem, a 32 wstrzymały się od głosu.": (141, 7, 32),
        "Rezolucja została przyjęta stosunkiem głosów 124 do 14, przy 43 wstrzymujących się.": (124, 14, 43),
        "W 2022 roku za głosowało 141 państw, a przeciw pięć.": (None, None, None),
        "Wynik: 124 za, 14 przeciw, 43 wstrzymujących się.": (124, 14, 43),
    },
    "uk": {
        "За резолюцію проголосували 124 країни, 14 — проти, 43 утрималися.": (124, 14, 43),
        "124 країни проголосували за, 14 — проти, ще 43 утрималися.": (124, 14, 43),
        "«За» проголосували 124 країни, «проти» — 14, «утрималися» — 43.": (124, 14, 43),
        "Документ підтримали 124 держави, проти виступили 14, утрималися від голосування 43.": (124, 14, 43),
        "У 2022 році за проголосувала 141 країна, проти — п'ять.": (None, None, None),
        "Результат: 124 — за, 14 — проти, 43 — утрималися.": (124, 14, 43),
    },
    "ru": {
        "За резолюцию проголосовали 124 страны, 14 — против, 43 воздержались.": (124, 14, 43),
        "124 страны проголосовали за, 14 — против, еще 43 воздержались.": (124, 14, 43),
        "«За» проголосовали 124 страны, «против» — 14, «воздержались» — 43.": (124, 14, 43),
        "Документ поддержали 124 государства, против выступили 14, воздержались при голосовании 43.": (124, 14, 43),
        "В 2022 году за проголосовали 141 страна, против — пять.": (None, None, None),
        "Результат: 124 — за, 14 — против, 43 воздержались.": (124, 14, 43),
    },
    "he": {
        "124 מדינות תמכו בהחלטה, 14 התנגדו ו-43 נמנעו.": (124, 14, 43),
        "בעד ההחלטה הצביעו 124 מדינות, 14 נגד ו-43 נמנעו.": (124, 14, 43),
        "ההחלטה התקבלה ברוב של 124 תומכות מול 14 מתנגדות ו-43 נמנעות.": (124, 14, 43),
        "124 מדינות הצביעו בעד, 14 הצביעו נגד ו-43 נמנעו.": (124, 14, 43),
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "sentence"),
    [(language, sentence) for language, told in IN_WORDS_OF.items() for sentence in told],
)
def test_a_count_is_read_as_its_language_tells_it(language: str, sentence: str) -> None:
    assert first_vote(f"{ADOPTED[language]} {sentence}").tally.triple == IN_WORDS_OF[language][sentence]
