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
    # what was done before is no position of now, and takes no day from it
    ("en", "Chad voted yes, having abstained last year.", {"Chad": YES}),
    ("en", "Peru voted in favour, having voted against in 2022, and Fiji abstained.", {"Peru": YES, "Fiji": ABSTAINED}),
    ("en", "Mali, which had previously abstained, voted against.", {"Mali": NO}),
    ("en", "Germany and Italy, which abstained in previous years, voted against.", {"Germany": NO, "Italy": NO}),
    ("es", "Perú votó a favor, tras haberse abstenido el año pasado.", {"Peru": YES}),
    ("fr", "Le Tchad a voté pour, après s'être abstenu l'an dernier.", {"Chad": YES}),
    ("de", "Peru stimmte dafür, nachdem es sich im vergangenen Jahr enthalten hatte.", {"Peru": YES}),
    ("de", "Dagegen stimmten erstmals Peru und Chile, die sich zuvor enthalten hatten.", {"Peru": NO, "Chile": NO}),
    ("pl", "Peru głosowało za, choć rok temu wstrzymało się od głosu.", {"Peru": YES}),
    ("uk", "Перу проголосувало за, хоча торік утрималося.", {"Peru": YES}),
    ("ru", "Против впервые выступили Германия и Италия, которые прежде при голосовании воздерживались.",
     {"Germany": NO, "Italy": NO}),
    ("he", "פרו הצביעה בעד, אחרי שנמנעה בשנה שעברה.", {"Peru": YES}),
    ("ar", "وصوتت بيرو لصالح القرار بعد أن امتنعت العام الماضي.", {"Peru": YES}),
    ("zh", "秘鲁投了赞成票，而去年投了弃权票。", {"Peru": YES}),
    ("en", "India has abstained on all such texts since 2022.", {}),
    ("en", "Russia used its veto in March to block a similar text.", {}),
    ("uk", "У березні Китай утримався під час схожого голосування.", {}),
    ("ru", "В марте Китай воздержался при голосовании по похожему тексту.", {}),
    # as the one named last did
    ("es", "Chad se abstuvo. Perú siguió su ejemplo.", {"Chad": ABSTAINED, "Peru": ABSTAINED}),
    ("fr", "Le Tchad a voté contre et le Mali a fait de même.", {"Chad": NO, "Mali": NO}),
    ("fr", "Le Tchad s'est abstenu. Le Mali lui a emboîté le pas.", {"Chad": ABSTAINED, "Mali": ABSTAINED}),
    ("de", "Der Tschad stimmte dagegen, Mali tat es ihm gleich.", {"Chad": NO, "Mali": NO}),
    ("de", "Der Tschad enthielt sich. Ebenso verhielt sich Mali.", {"Chad": ABSTAINED, "Mali": ABSTAINED}),
    ("pl", "Czad głosował przeciw, a Mali uczyniło to samo.", {"Chad": NO, "Mali": NO}),
    ("pl", "Czad wstrzymał się od głosu. W ślad za nim poszło Mali.", {"Chad": ABSTAINED, "Mali": ABSTAINED}),
    ("uk", "Чад проголосував проти. Так само вчинило Малі.", {"Chad": NO, "Mali": NO}),
    ("ru", "Чад воздержался. Мали последовало его примеру.", {"Chad": ABSTAINED, "Mali": ABSTAINED}),
    # what they are, between commas, is stepped over; so is one aside behind another
    ("es", "Perú, uno de los patrocinadores del texto, votó junto a Chile en contra.", {"Peru": NO, "Chile": NO}),
    ("es", "Votaron Chile, Perú y Panamá, según la ONU, en contra.", dict.fromkeys(("Chile", "Peru", "Panama"), NO)),
    ("fr", "Le Pérou et le Chili, deux des coauteurs du texte, ont finalement voté contre.",
     {"Peru": NO, "Chile": NO}),
    ("en", "Fiji's UN ambassador, John Doe, who represents the ousted government, voted \"yes\".", {"Fiji": YES}),
    ("en", "Chad was the only one of the 193 members that voted against.", {"Chad": NO}),
    # a list behind a dash ends where another clause begins
    ("uk", "Серед тих, хто утримався, - Чад, Фіджі натомість була «за».", {"Chad": ABSTAINED, "Fiji": YES}),
    ("ru", "Среди воздержавшихся - Чад, Фиджи же была «за».", {"Chad": ABSTAINED, "Fiji": YES}),
    ("pl", "Wśród wstrzymujących się - Czad, Fidżi natomiast było za.", {"Chad": ABSTAINED, "Fiji": YES}),
    # beside those who are only described
    ("en", "Most of those which abstained were African nations, alongside China and India.",
     {"China": ABSTAINED, "India": ABSTAINED}),
    ("en", 'Among those voting "no" along with Chad were China, Cuba and Fiji.',
     dict.fromkeys(("Chad", "China", "Cuba", "Fiji"), NO)),
    ("en", "Thirty-six voted no in Wednesday's ballot, among them China and Chad.", {"China": NO, "Chad": NO}),
    # the two halves of a verb, with the voters before, between or behind them
    ("de", "Gegen die Resolution haben Israel, die USA und Ungarn gestimmt.",
     dict.fromkeys(("Israel", "United States", "Hungary"), NO)),
    ("de", "Indien und China haben an der Abstimmung nicht teilgenommen.", {"India": ABSENT, "China": ABSENT}),
    ("fr", "Ont également voté contre le Tchad, le Mali et le Pérou.", dict.fromkeys(("Chad", "Mali", "Peru"), NO)),
    ("fr", "La France et le Royaume-Uni ont, eux, voté en faveur du texte.", {"France": YES, "United Kingdom": YES}),
    # where the votes came from
    ("fr", "Les non sont venus du Tchad et du Mali.", {"Chad": NO, "Mali": NO}),
    ("es", "Las abstenciones correspondieron a Chad y Malí.", {"Chad": ABSTAINED, "Mali": ABSTAINED}),
    ("de", "Die Nein-Stimmen kamen aus dem Tschad und Mali.", {"Chad": NO, "Mali": NO}),
    ("pl", "Jedyny głos przeciw oddał Czad.", {"Chad": NO}),
    ("uk", "Єдиний голос проти подав Чад.", {"Chad": NO}),
    ("ru", "Единственный голос против подал Чад.", {"Chad": NO}),
    ("zh", "乍得、马里等14国反对。", {"Chad": NO, "Mali": NO}),
    # who would not take part
    ("en", "Mali and Fiji chose not to participate.", {"Mali": ABSENT, "Fiji": ABSENT}),
    ("en", "The US was the only one of the Security Council's 15 members to oppose the text.", {"United States": NO}),
    ("en", "It was opposed by four EU countries, among them Hungary.", {"Hungary": NO}),
    ("en", "Hungary was one of two EU members to vote no.", {"Hungary": NO}),
    ("en", "Chad said EU members voted against.", {}),
    # who did not vote for a text was not absent for that
    ("en", "Chad did not vote for the text.", {}),
    ("en", "Chad did not vote against the text.", {}),
    ("en", "Chad did not vote.", {"Chad": ABSENT}),
    ("fr", "Le Mali n'a pas voté contre.", {}),
    ("es", "Perú no votó a favor.", {}),
    ("uk", "Чад не голосував проти.", {}),
    ("ru", "Чад не голосовал за.", {}),
    ("ar", "ولم تصوت مصر لصالح القرار.", {}),
    # for the first time is no side
    ("en", "Chad voted for the third time on such a text.", {}),
    ("fr", "Le Tchad a voté pour la première fois.", {}),
    ("es", "Perú votó por primera vez.", {}),
    # no vote, but what somebody thinks, or did before
    ("en", "Peru supports a truce and called the vote historic.", {}),
    ("en", "Peru is in favour of a lasting peace, its envoy said.", {}),
    ("en", "Germany said it was in favour of a debate.", {}),
    ("en", "Peru switched from abstaining to voting against.", {"Peru": NO}),
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
    # a part of some is not their number
    ("en", "More than two thirds of the members voted in favour, 12 were against.", (None, 12, None)),
    ("es", "Dos tercios de los países votaron a favor y 12 en contra.", (None, 12, None)),
    ("de", "Zwei Drittel der Staaten stimmten dafür, zwölf dagegen.", (None, 12, None)),
    ("zh", "三分之二的国家投了赞成票，12国反对。", (None, 12, None)),
    ("en", "One of the 15 members abstained.", (None, None, None)),
    ("en", "Only one of the 15 members abstained.", (None, None, 1)),
    ("de", "Eines der 15 Mitglieder enthielt sich.", (None, None, None)),
    ("de", "Nur eines der 15 Mitglieder enthielt sich.", (None, None, 1)),
    ("ru", "Лишь один из 15 членов воздержался.", (None, None, 1)),
    ("zh", "朝鲜投下唯一反对票。", (None, 1, None)),
    ("fr", "Le texte a recueilli 13 voix pour, une contre et une abstention, celle du Tchad.", (13, 1, 1)),
    ("fr", "Le Tchad est revenu sur une abstention.", (None, None, None)),
    ("fr", "Le texte a été adopté à 19 voix contre trois et onze abstentions.", (19, 3, 11)),
    ("es", "Votaron a favor 120 países, mientras que 14 lo hicieron en contra.", (120, 14, None)),
    ("ar", "وصوت الأعضاء الـ14 الآخرون لصالح النص.", (14, None, None)),
    ("en", "The ayes 120, the noes 14.", (120, 14, None)),
    # how many of a region, or how many there were before, is no count of a side
    ("en", "Nine African states abstained.", (None, None, None)),
    ("en", "Among the EU's 27 states, five abstained.", (None, None, None)),
    ("es", "Se abstuvieron cuatro países árabes.", (None, None, None)),
    ("fr", "Quatre pays africains se sont abstenus.", (None, None, None)),
    ("de", "Neun afrikanische Staaten enthielten sich.", (None, None, None)),
    ("pl", "Dziewięć państw afrykańskich wstrzymało się od głosu.", (None, None, None)),
    ("ru", "Девять африканских стран воздержались.", (None, None, None)),
    ("zh", "四个欧盟国家反对。", (None, None, None)),
    ("fr", "Les cinq Européens se sont abstenus.", (None, None, 5)),
    ("en", "Support fell from 141 in favour to 120 in favour.", (120, None, None)),
    ("en", "It was adopted by two votes.", (None, None, None)),
    # what those named are is not how many they were
    ("es", "Se pronunciaron Chile y Perú, los dos países andinos, en contra.", (None, None, None)),
    ("de", "Peru und Chile, zwei der Unterstützer, stimmten am Ende dagegen.", (None, None, None)),
    ("pl", "Peru i Chile, dwa z krajów wnioskodawców, zagłosowały ostatecznie przeciw.", (None, None, None)),
    ("de", "In einer Sondersitzung stimmten am Mittwoch in Genf 25 Länder für den Text.", (25, None, None)),
    ("en", "The Assembly voted on Dec. 3 for a resolution.", (None, None, None)),
]  # fmt: skip


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
