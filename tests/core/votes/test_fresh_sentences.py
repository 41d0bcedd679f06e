"""Sentences as agencies write them, on who voted how and how many: each stands for a class of its own."""

from __future__ import annotations

import pytest

from watcher.core.model import Position

from .telling import ADOPTED, first_vote

YES, NO, ABSTAINED, ABSENT = Position.IN_FAVOUR, Position.AGAINST, Position.ABSTAINED, Position.ABSENT

OPENING = {
    **ADOPTED,
    "ar": "اعتمدت الجمعية العامة للأمم المتحدة الأربعاء قرارا بشأن الأنهار الجليدية.",
    "zh": "联合国大会周三通过一项关于冰川的决议。",
}

POSITIONS: list[tuple[str, str, dict[str, Position]]] = [
    # a fact given back: what had been done when it was told of
    ("en", "Diplomats said Chad had voted in favour while Fiji had abstained.", {"Chad": YES, "Fiji": ABSTAINED}),
    ("es", "El embajador dijo que Fiyi había votado a favor.", {"Fiji": YES}),
    ("fr", "Selon des diplomates, le Tchad avait voté pour et le Mali s'était abstenu.",
     {"Chad": YES, "Mali": ABSTAINED}),
    ("pl", "Dyplomaci przekazali, że Peru głosowało za, a Fidżi wstrzymało się od głosu.",
     {"Peru": YES, "Fiji": ABSTAINED}),
    # neither … nor
    ("en", "Neither Chad nor Fiji took part in the vote.", {"Chad": ABSENT, "Fiji": ABSENT}),
    ("es", "Ni Chad ni Fiyi participaron en la votación.", {"Chad": ABSENT, "Fiji": ABSENT}),
    ("fr", "Ni le Tchad ni le Mali n'ont pris part au vote.", {"Chad": ABSENT, "Mali": ABSENT}),
    ("de", "Weder der Tschad noch Fidschi nahmen an der Abstimmung teil.", {"Chad": ABSENT, "Fiji": ABSENT}),
    ("pl", "Ani Czad, ani Peru nie wzięły udziału w głosowaniu.", {"Chad": ABSENT, "Peru": ABSENT}),
    ("uk", "Ні Чад, ні Малі не взяли участі в голосуванні.", {"Chad": ABSENT, "Mali": ABSENT}),
    ("ru", "Ни Чад, ни Перу не участвовали в голосовании.", {"Chad": ABSENT, "Peru": ABSENT}),
    ("en", "Neither Chad nor Fiji voted against.", {}),
    # whose text it was says nothing of a vote; the clause behind it does
    ("en", "Thirteen members backed the draft, drawn up by Peru and Chad, and Mali and Fiji abstained.",
     {"Mali": ABSTAINED, "Fiji": ABSTAINED}),
    ("es", "Doce países apoyaron la iniciativa de Chile y Panamá; Perú se abstuvo.", {"Peru": ABSTAINED}),
    ("he", "12 מדינות תמכו בהצעה של אלג'יריה, בריטניה ושווייץ נמנעו.",
     {"United Kingdom": ABSTAINED, "Switzerland": ABSTAINED}),
    ("de", "Der Tschad und Peru lehnten den von Mali und Fidschi eingebrachten Entwurf ab.",
     {"Chad": NO, "Peru": NO}),
    ("zh", "投反对票的有俄罗斯和朝鲜，印度、巴西等国弃权。",
     {"Russia": NO, "North Korea": NO, "India": ABSTAINED, "Brazil": ABSTAINED}),
    # one of few; alone
    ("en", "Chad and Fiji were among those opposing; Peru abstained.", {"Chad": NO, "Fiji": NO, "Peru": ABSTAINED}),
    ("en", "Chad and Fiji were among those supporting the call.", {"Chad": YES, "Fiji": YES}),
    ("es", "Chad y Malí quedaron otra vez solos en el rechazo y Fiyi optó por abstenerse.",
     {"Chad": NO, "Mali": NO, "Fiji": ABSTAINED}),
    ("fr", "Le Tchad et le Mali sont restés seuls à voter contre.", {"Chad": NO, "Mali": NO}),
    ("zh", "只有伊朗和叙利亚反对。", {"Iran": NO, "Syria": NO}),
    ("ar", "وكانت مصر والأردن من بين الدول المؤيدة.", {"Egypt": YES, "Jordan": YES}),
    ("ar", "وحدها إيران وسوريا رفضتا مشروع القرار.", {"Iran": NO, "Syria": NO}),
    # nothing but countries and their side
    ("pl", "Polska za, Węgry przeciw, a Czechy wstrzymały się.", {"Poland": YES, "Hungary": NO, "Czechia": ABSTAINED}),
    # a list between dashes, one behind "that of", one behind a comma
    ("es", "Tres se abstuvieron —Chad, Fiyi y Malí—.", dict.fromkeys(("Chad", "Fiji", "Mali"), ABSTAINED)),
    ("en", "There was one vote against, that of Chad, and one abstention, that of Fiji.",
     {"Chad": NO, "Fiji": ABSTAINED}),
    ("en", "It passed 98-12 with 54 abstaining, Chad and Fiji among the latter.",
     {"Chad": ABSTAINED, "Fiji": ABSTAINED}),
    # joined to what was told before
    ("en", "Serbia, usually close to Moscow, voted for the text; so did Fiji.", {"Serbia": YES, "Fiji": YES}),
    ("en", "Chad lined up with Mali against the text.", {"Chad": NO, "Mali": NO}),
    ("en", "Fourteen voted yes and none no; Chad did not object, abstaining instead.", {"Chad": ABSTAINED}),
    # no vote, but what somebody thinks, or did before
    ("en", "Peru supports a truce and called the vote historic.", {}),
    ("en", "Peru is in favour of a lasting peace, its envoy said.", {}),
    ("en", "Germany said it was in favour of a debate.", {}),
    ("en", "Peru switched from abstaining to voting against.", {}),
]  # fmt: skip

TALLIES: list[tuple[str, str, tuple[int | None, int | None, int | None]]] = [
    (
        "en",
        "Of the 15 members of the Council, only Chad and Mali had backed a stronger text.",
        (None, None, None),
    ),
    ("en", "Ten elected members backed it, as did France and Britain.", (None, None, None)),
    ("en", "It got 14 votes, with Chad opting to abstain.", (14, None, None)),
    ("en", "Chad and Fiji were outvoted, 156 to two.", (156, 2, None)),
    ("en", "Nineteen countries on the 35-nation board voted for the text; four opposed it.", (19, 4, None)),
    ("es", "El texto fue aprobado por 28 de los 47 miembros; seis votaron en contra.", (28, 6, None)),
    ("de", "Deutschland enthielt sich ebenso wie 22 weitere Staaten.", (None, None, 23)),
    ("de", "Siebenundachtzig Länder sagten Ja, zwölf Nein, einundfünfzig enthielten sich.", (87, 12, 51)),
    ("de", "Hundertzweiundvierzig Staaten stimmten dafür, zehn dagegen.", (142, 10, None)),
    ("de", "Am Ende bekam der Text 133 Stimmen.", (133, None, None)),
    ("he", "ההצעה זכתה ל-133 קולות.", (133, None, None)),
    ("ar", "حصل النص على 133 صوتا.", (133, None, None)),
    ("pl", "98 państw powiedziało „tak”, dwanaście „nie”.", (98, 12, None)),
    ("uk", "98 держав сказали «так», дванадцять — «ні».", (98, 12, None)),
    ("ru", "98 государств сказали «да», двенадцать — «нет».", (98, 12, None)),
    (
        "es",
        "Contó con el respaldo de 120 delegaciones, el rechazo de siete y la abstención de 40.",
        (120, 7, 40),
    ),
]


@pytest.mark.parametrize(("language", "sentence", "positions"), POSITIONS)
def test_who_voted_how_is_read_as_it_is_told(
    language: str, sentence: str, positions: dict[str, Position]
) -> None:
    assert dict(first_vote(f"{OPENING[language]} {sentence}").positions) == positions


@pytest.mark.parametrize(("language", "sentence", "tally"), TALLIES)
def test_a_count_is_read_as_it_is_told(
    language: str, sentence: str, tally: tuple[int | None, int | None, int | None]
) -> None:
    assert first_vote(f"{OPENING[language]} {sentence}").tally.triple == tally


def test_all_of_a_group_but_one_are_all_but_one() -> None:
    vote = first_vote(f"{OPENING['en']} All EU states voted in favour except Hungary, which abstained.")
    assert vote.positions["Hungary"] is ABSTAINED
    assert vote.positions["Malta"] is YES
    assert first_vote(f"{OPENING['en']} The EU states voted in favour.").positions == {}
