"""How desks in ten languages name who voted how: with their allies, in lists of every kind, and next to others."""

from __future__ import annotations

import pytest

from watcher.core.model import Outcome, Position
from watcher.core.votes import read_votes

from .telling import ADOPTED, PUBLISHED, article, first_vote

YES, NO, ABSTAINED = Position.IN_FAVOUR, Position.AGAINST, Position.ABSTAINED
OPENING = {
    **ADOPTED,
    "ar": "اعتمدت الجمعية العامة للأمم المتحدة الأربعاء قرارا بشأن الأنهار الجليدية.",
    "zh": "联合国大会周三通过一项关于冰川的决议。",
}
TWO = {"Israel": NO, "United States": NO}

POSITIONS: list[tuple[str, str, dict[str, Position]]] = [
    # an ally in a list is one voter more, and no name's owner
    (
        "en",
        "It had 12 votes against, including Israel and key ally the United States, and 30 abstentions.",
        TWO,
    ),
    ("es", "Votaron en contra Israel y su principal aliado, Estados Unidos.", TWO),
    ("es", "Israel y su aliado Estados Unidos votaron en contra.", TWO),
    ("fr", "Israël et son plus proche allié, les États-Unis, ont voté contre.", TWO),
    ("fr", "Ont voté contre Israël et son allié les États-Unis.", TWO),
    ("de", "Israel und sein engster Verbündeter USA stimmten dagegen.", TWO),
    ("pl", "Izrael i jego najbliższy sojusznik Stany Zjednoczone głosowały przeciw.", TWO),
    ("uk", "Ізраїль та його найближчий союзник США проголосували проти.", TWO),
    ("ru", "Израиль и его ближайший союзник США проголосовали против.", TWO),
    ("he", "ישראל ובעלת בריתה ארצות הברית הצביעו נגד.", TWO),
    ("ar", "وصوتت إسرائيل وحليفتها الولايات المتحدة ضد القرار.", TWO),
    ("zh", "以色列及其盟友美国投了反对票。", TWO),
    ("en", "The US, Israel's closest ally, once more raised its hand against.", {"United States": NO}),
    # a preposition that is said again
    (
        "en",
        "Unlike Chad and unlike Mali, which abstained, Fiji voted for it.",
        {"Chad": ABSTAINED, "Mali": ABSTAINED, "Fiji": YES},
    ),
    (
        "fr",
        "La France l'a soutenu, contrairement à l'Allemagne et à l'Italie, qui se sont abstenues.",
        {"France": YES, "Germany": ABSTAINED, "Italy": ABSTAINED},
    ),
    (
        "es",
        "A diferencia de Chad y de Malí, que se abstuvieron, Perú votó a favor.",
        {"Chad": ABSTAINED, "Mali": ABSTAINED, "Peru": YES},
    ),
    (
        "he",
        'ישראל הצטרפה לארה"ב, לרוסיה ולצפון קוריאה והצביעה נגד.',
        dict.fromkeys(("Israel", "United States", "Russia", "North Korea"), NO),
    ),
    # those of the next clause have not done what the one before it tells
    (
        "he",
        "13 מתוך 15 חברות המועצה תמכו בהצעה האמריקנית, רוסיה וסין נמנעו.",
        {"Russia": ABSTAINED, "China": ABSTAINED},
    ),
    ("es", "Diez lo rechazaron, con Estados Unidos e Israel a la cabeza, y el resto se abstuvo.", TWO),
    (
        "en",
        "Taking up the text on rights in the Republic of Chad, approving it by 79 votes to 28, it went on.",
        {},
    ),
    # whose text it was, in a list
    (
        "de",
        "Gegen die von Deutschland, Frankreich, Peru und den USA eingebrachte Resolution sprachen sich Russland, "
        "China und der Tschad aus.",
        dict.fromkeys(("Russia", "China", "Chad"), NO),
    ),
    # so many, and who they were
    (
        "en",
        "The three to oppose it were Russia, China and Niger.",
        dict.fromkeys(("Russia", "China", "Niger"), NO),
    ),
    ("en", "Chad and Mali were the other two to back it.", {"Chad": YES, "Mali": YES}),
    ("en", "Chad and Fiji cast the two negative votes.", {"Chad": NO, "Fiji": NO}),
    # an envoy with a name, a camp, a quoted word, a hand
    ("en", "Israel's ambassador Danny Danon, who voted against, was angry.", {"Israel": NO}),
    (
        "en",
        'The "no" camp also included Palau, Tonga and Nauru.',
        dict.fromkeys(("Palau", "Tonga", "Nauru"), NO),
    ),
    ("en", 'It drew a "no" from the United States.', {"United States": NO}),
    ("en", "The US was also a no.", {"United States": NO}),
    ("en", "Israel says no hostage was freed.", {}),
    (
        "de",
        "Russland und der Tschad hoben am Montagabend die Hand gegen den Entwurf.",
        {"Russia": NO, "Chad": NO},
    ),
    (
        "pl",
        "Przeciw były m.in. Rosja, Korea Płn. i Kuba.",
        dict.fromkeys(("Russia", "North Korea", "Cuba"), NO),
    ),
    # who sides with those whose vote is told votes like them
    (
        "en",
        "Israel voted against the text, siding with Russia and the US.",
        {"Israel": NO, "Russia": NO, "United States": NO},
    ),
    (
        "en",
        "Ten members, including the UK and France, spoke in favour.",
        {"United Kingdom": YES, "France": YES},
    ),
    ("en", "Five states, among them India and Chad, voted it down.", {"India": NO, "Chad": NO}),
    ("de", "Zu den Nein-Sagern zählten Russland und Indien.", {"Russia": NO, "India": NO}),
    ("de", "142 Länder stimmen zu, zehn lehnen ab - auch die USA und Israel.", TWO),
    (
        "es",
        "Argelia acompañó a Moscú y Pekín en el rechazo.",
        dict.fromkeys(("Algeria", "Russia", "China"), NO),
    ),
    (
        "ru",
        "В числе противников — Украина, ФРГ и Италия.",
        dict.fromkeys(("Ukraine", "Germany", "Italy"), NO),
    ),
    ("ar", "وعارضته واشنطن وامتنعت لندن عن التصويت.", {"United States": NO, "United Kingdom": ABSTAINED}),
    ("pl", "Tekst przyjęto 151 głosami, przy sprzeciwie Rosji i USA.", {"Russia": NO, "United States": NO}),
    (
        "es",
        "Argentina y Paraguay acompañaron a Israel y Estados Unidos en el no.",
        dict.fromkeys(("Argentina", "Paraguay", "Israel", "United States"), NO),
    ),
    # in Arabic the verb comes first; what one alone rejects it may only speak of
    ("ar", "ورفضت السودان ومصر والصين النص.", dict.fromkeys(("Sudan", "Egypt", "China"), NO)),
    ("ar", "ورفضت إسرائيل القرار ووصفته بالمخزي.", {}),
]

TALLIES: list[tuple[str, str, tuple[int | None, int | None, int | None]]] = [
    ("en", "149 states say yes, 12 say no, 19 abstain.", (149, 12, 19)),
    ("en", "Four states were for its text, 25 against and 18 abstained.", (4, 25, 18)),
    ("en", "The tally on the electronic board - 121 to 14, with 44 abstaining - drew cheers.", (121, 14, 44)),
    ("en", "84 said yes; those that either abstained, 68, or voted against, 19, were more.", (84, 19, 68)),
    ("en", "As many as 91 delegations supported it, 12 voted against and 57 abstained.", (91, 12, 57)),
    ("en", "Only China and Russia itself were against.", (None, 2, None)),
    ("de", "Nur Russland stimmte dagegen.", (None, 1, None)),
    ("es", "Solo Chad y Malí votaron en contra.", (None, 2, None)),
    ("en", "Of the permanent members only China abstained.", (None, None, None)),
    ("en", "It had 28 yes votes, 12 nos and seven abstentions.", (28, 12, 7)),
    ("de", "142 Länder stimmen zu, zehn lehnen ab, acht blieben neutral.", (142, 10, 8)),
    ("ar", "صوت 120 عضوا لصالح المشروع الجزائري.", (120, None, None)),
    ("pl", "Za rezolucją zagłosowało we wtorek 120 państw.", (120, None, None)),
    ("he", "139 מדינות הצביעו בעד ההחלטה, 12 נגדה ו-19 נמנעו.", (139, 12, 19)),
    ("ru", "«За» высказались 120 стран, голосов «против» подано не было.", (120, 0, None)),
    (
        "de",
        "120 der 193 Mitglieder befürworteten am Dienstag den Aufruf zu einem Moratorium.",
        (120, None, None),
    ),
    ("pl", "120 delegacji głosowało za, dziewięć nie zajęło stanowiska.", (120, None, 9)),
    ("de", "120 Mitglieder hoben die Hand für den Entwurf, 14 stimmten dagegen.", (120, 14, None)),
]


@pytest.mark.parametrize(("language", "sentence", "positions"), POSITIONS)
def test_who_voted_how_is_read_in_every_kind_of_list(
    language: str, sentence: str, positions: dict[str, Position]
) -> None:
    assert dict(first_vote(f"{OPENING[language]} {sentence}").positions) == positions


@pytest.mark.parametrize(("language", "sentence", "tally"), TALLIES)
def test_a_count_is_read_as_a_desk_tells_it(
    language: str, sentence: str, tally: tuple[int | None, int | None, int | None]
) -> None:
    assert first_vote(f"{OPENING[language]} {sentence}").tally.triple == tally


def test_a_headline_joins_one_and_six_others_by_a_comma() -> None:
    vote = first_vote(
        "The UN General Assembly on Wednesday passed it.", "UN adopts Golan text; US, six others say no"
    )
    assert vote.tally.against == 7


def test_a_text_that_more_opposed_than_backed_has_fallen_whatever_the_words() -> None:
    vote = first_vote(
        "The UN Human Rights Council voted on Wednesday: 4 states were for the text, 25 against and 18 abstained."
    )
    assert (vote.outcome, vote.tally.triple) == (Outcome.REJECTED, (4, 25, 18))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("CSW", "The Commission on the Status of Women adopted a resolution on Wednesday by 40 votes to 1."),
        ("CND", "The UN Commission on Narcotic Drugs adopted a resolution on Wednesday by 38 votes to 2."),
        ("CSW", "La Comisión de la Condición Jurídica y Social de la Mujer de la ONU aprobó hoy una resolución."),
        ("CND", "La Commission des stupéfiants de l'ONU a adopté mercredi une résolution par 38 voix contre 2."),
        ("CND", "Die UN-Suchtstoffkommission hat am Mittwoch eine Resolution mit 38 zu 2 Stimmen angenommen."),
        ("CSW", "Комиссия ООН по положению женщин в среду приняла резолюцию: 40 голосов за, один против."),
        ("CND", "联合国麻醉药品委员会周三以38票赞成、2票反对通过决议。"),
        ("IAEA", "The IAEA's General Conference adopted a resolution on Wednesday by 65 votes to 8."),
        ("OPCW", "The OPCW on Wednesday adopted a decision by 87 votes to 15 with 34 abstentions."),
    ],
)  # fmt: skip
def test_commissions_and_agencies_vote_too(body: str, text: str) -> None:
    assert first_vote(text).body == body


def test_a_commission_that_somebody_is_put_out_of_does_not_vote() -> None:
    vote = first_vote(
        "The UN Economic and Social Council on Wednesday adopted a resolution to remove Iran from the Commission on "
        "the Status of Women, with 29 votes in favour, 8 against and 16 abstentions."
    )
    assert (vote.body, vote.tally.triple) == ("ECOSOC", (29, 8, 16))
    assert vote.subject == "a resolution to remove Iran from the Commission on the Status of Women"


def test_what_the_council_backed_and_a_permanent_member_opposed_fell_to_its_veto() -> None:
    told = "Eleven of its members on Wednesday said yes, Russia and China said no, Chad and Fiji abstained."
    vetoed = first_vote(told, "Hormuz: a double veto at the UN Security Council")
    procedural = first_vote(
        f"{told} A procedural vote knows no veto.", "UN Security Council votes on its agenda"
    )
    assert vetoed.outcome is Outcome.VETOED
    assert procedural.outcome is not Outcome.VETOED


def test_the_votes_by_which_a_council_renewed_a_mission_are_those_for_it() -> None:
    vote = first_vote(
        "The UN Security Council on Wednesday renewed UNMISS by 12 votes, with China abstaining."
    )
    assert vote.tally.triple == (12, None, None)


def test_a_committee_alone_is_enough_to_read_on_in_any_language() -> None:
    vote = first_vote(
        "اعتمدت اللجنة الرابعة الأربعاء قرارا صوتت 146 دولة لصالح القرار وعارضته سبع دول وامتنعت 20 دولة."
    )
    assert (vote.body, vote.tally.triple) == ("UNGA-C4", (146, 7, 20))


def test_a_group_of_states_that_abstains_is_no_other_house() -> None:
    vote = first_vote(
        "The UN General Assembly on Wednesday adopted, with G7 countries abstaining, a resolution by 120 votes to 14."
    )
    assert vote.tally.triple == (120, 14, None)


def test_who_blocks_a_truce_with_a_veto_is_against() -> None:
    vote = first_vote("The vote in the Council was 13-1.", "US blocks ceasefire call with third UN veto")
    assert (vote.outcome, dict(vote.positions)) == (Outcome.VETOED, {"United States": NO})


@pytest.mark.parametrize(
    "text",
    [
        "An Arab summit unanimously adopted a resolution on Wednesday and called on the UN Security Council to act.",
        "G7 leaders on Wednesday unanimously adopted a resolution calling on the UN Security Council to act.",
        "اعتمد القادة العرب في القاهرة الأربعاء القرار بالإجماع ودعوا مجلس الأمن إلى نشر قوة.",
        "阿拉伯峰会周三一致通过决议，敦促联合国安理会采取行动。",
    ],
)
def test_a_summit_that_calls_on_the_council_is_no_vote_of_the_council(text: str) -> None:
    assert not read_votes(article(text, published_at=PUBLISHED))
