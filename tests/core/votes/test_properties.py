"""What comes out is what went in, whatever the numbers and the countries; and nothing comes out of nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.countries import members
from watcher.core.model import Position
from watcher.core.votes import read_votes

from .telling import article, first_vote

OPENING = "The UN General Assembly on Wednesday adopted a resolution on ocean noise. "

WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

THREE_NUMBERS = (
    "It passed with {} countries voting in favour, {} against and {} abstaining.",
    "{} countries voted for the text. {} countries voted against, {} abstained.",
    "It was adopted by a recorded vote of {} in favour to {} against, with {} abstentions.",
    "It was adopted by a recorded vote of {} in favour, {} against and {} abstentions.",
    "It was approved by {} in favour to {} against (Nauru), with {} abstentions (Palau).",
    "It was carried by {} votes to {}, with {} abstentions.",
    "It was passed by {} to {}, with {} abstaining.",
    "A total of {} of the 193 members were in support, {} opposed and {} abstained.",
    "It won {} votes in favor, {} against, and {} abstentions.",
    "There were {} votes in favour and {} votes against, and {} countries abstained.",
    "In favour: {}. Against: {}. Abstentions: {}.",
    "In favour: {}, against: {}, abstaining: {}.",
    "{} said yes, {} said no and {} sat it out.",
    "It had {} supporters, {} opponents and {} abstainers.",
    "{} of the Assembly's 193 members voted for it, {} raised their hands against it and {} stayed neutral.",
    "Those in favour numbered {}; {} were opposed and abstentions came to {}.",
    "There were {} ayes, {} noes and {} abstentions.",
)
THREE_NUMERALS = (  # what nobody writes in words
    "The vote was {}-{} with {} abstentions.",
    "The resolution was adopted {}-{}-{}.",
    "It was {} in favour, {}against ( Nauru), with {}abstentions.",
    "Members passed it {}-{} with {} abstentions.",
    "YES - {}, NO - {}, ABSTENTIONS - {}",
    "Result: Yes {}, No {}, Abstain {}.",
)
TWO_NUMBERS = (
    "The text was carried by {} votes to {}.",
    "It was approved by {} countries, with just {} opposing it.",
    "With {} votes in favour, {} opposed and the rest abstaining, the text was adopted.",
    "There were {} votes in favor and {} votes against.",
    "The resolution was backed by {} countries and opposed by {}.",
    "In all, {} delegations supported the text, while {} rejected it.",
    "{} lined up behind the text, {} dissented.",
    "The text drew {} votes for and {} in opposition.",
)
IN_LANGUAGES = (
    ("La Asamblea General de la ONU aprobó el miércoles una resolución sobre glaciares.",
     ("Hubo {} votos a favor, {} en contra y {} abstenciones.",
      "A favor votaron {} delegaciones, en contra {} y se abstuvieron {}.")),
    ("L'Assemblée générale de l'ONU a adopté mercredi une résolution sur les glaciers.",
     ("Le texte a recueilli {} voix pour, {} contre et {} abstentions.",
      "Il y a eu {} votes en faveur, {} votes contre et {} abstentions.")),
    ("Die UN-Vollversammlung hat am Mittwoch eine Resolution zu Gletschern angenommen.",
     ("Dafür stimmten {} Länder, dagegen stimmten {}, {} enthielten sich.",
      "Es gab {} Ja-Stimmen, {} Gegenstimmen und {} Enthaltungen.")),
    ("Zgromadzenie Ogólne ONZ przyjęło w środę rezolucję w sprawie lodowców.",
     ("Za rezolucją głosowały {} kraje. Przeciw było {}, a {} wstrzymało się od głosu.",
      "Za było {} państw, przeciw {}, a od głosu wstrzymało się {}.")),
    ("Генеральна Асамблея ООН у середу ухвалила резолюцію про льодовики.",
     ("За документ проголосували {} країн, проти — {}, утрималися {}.",
      "Резолюцію підтримали {} країн, проти виступили {}, ще {} утрималися.")),
    ("Генеральная Ассамблея ООН в среду приняла резолюцию о ледниках.",
     ("За документ проголосовали {} стран, против — {}, воздержались {}.",
      "Резолюцию поддержали {} стран, против выступили {}, еще {} воздержались.")),
    ('עצרת האו"ם אימצה ביום רביעי החלטה על קרחונים.',
     ("{} מדינות הצביעו בעד, {} התנגדו ו-{} נמנעו.",)),
)  # fmt: skip

COUNTRIES = tuple(country.name for country in members() if country.member and not country.ambiguous)
WITH_ARTICLE = ("United", "Netherlands", "Philippines", "Bahamas", "Gambia", "Maldives", "Marshall", "Solomon",
                "Central", "Democratic", "Dominican")  # fmt: skip
YES, NO, ABSTAINED, ABSENT = Position.IN_FAVOUR, Position.AGAINST, Position.ABSTAINED, Position.ABSENT
TAKING_SIDES = {
    "During the session, {} voted in favour.": YES,
    "After the debate {} voted for the resolution.": YES,
    "The resolution was backed by {}.": YES,
    "Voting in favour were {}.": YES,
    "Among those who supported the text were {}.": YES,
    "In favour: {}.": YES,
    "In the hall, {} voted against.": NO,
    "Only {} voted against the text.": NO,
    "Just {} opposed the resolution.": NO,
    "The text was opposed by {}.": NO,
    "Against the text voted no one but a few: {} voted no.": NO,
    "There were several votes against ({}).": NO,
    "Voting against: {}.": NO,
    "The countries that voted against the resolution were {}.": NO,
    "Those opposing the text included {}.": NO,
    "On Wednesday {} joined Nauru in voting against.": NO,
    "Like others, {} were the only countries to vote against.": NO,
    "In the end {} broke with Nauru and voted against.": NO,
    "Many members, including {}, abstained.": ABSTAINED,
    "Several members abstained, among them {}.": ABSTAINED,
    "It passed without abstentions but for a few: {} abstained.": ABSTAINED,
    "Abstaining: {}.": ABSTAINED,
    "The text passed, with {} abstaining.": ABSTAINED,
    "In the end {} chose to abstain.": ABSTAINED,
    "Later {} were among those who abstained.": ABSTAINED,
    "Its sponsors noted that {} did not vote.": ABSENT,
    "It was said that {} did not take part in the vote.": ABSENT,
}
FATES = {
    "The UN {body} adopted a resolution on ocean noise.": "adopted",
    "The UN {body} unanimously approved a resolution on ocean noise.": "adopted",
    "The UN {body} adopted by consensus a resolution on ocean noise.": "adopted",
    "The UN {body} adopted a resolution on ocean noise without a vote.": "adopted",
    "A draft resolution on ocean noise was passed by the UN {body}.": "adopted",
    "The UN {body} voted overwhelmingly to condemn ocean noise.": "adopted",
    "The UN {body} rejected a draft resolution on ocean noise.": "rejected",
    "The UN {body} voted down a resolution on ocean noise.": "rejected",
    "A resolution on ocean noise was shot down by the UN {body}.": "rejected",
    "The UN {body} failed on Friday to adopt a resolution on ocean noise.": "rejected",
}
VETOES = (
    "{country} vetoed a UN Security Council resolution on ocean noise.",
    "{country} on Friday cast its veto against a UN Security Council resolution on ocean noise.",
    "A UN Security Council resolution on ocean noise was vetoed by {country}.",
    "A UN Security Council draft resolution on ocean noise was blocked by {country}.",
    "{country} torpedoed a UN Security Council resolution on ocean noise.",
)
BODIES = {"General Assembly": "UNGA", "Security Council": "UNSC", "Human Rights Council": "UNHRC"}


def in_words(number: int) -> str:
    if number < 20:
        return WORDS[number]
    if number < 100:
        return TENS[number // 10] + (f"-{WORDS[number % 10]}" if number % 10 else "")
    rest = f" and {in_words(number % 100)}" if number % 100 else ""
    return f"{WORDS[number // 100]} hundred{rest}"


def listed(countries: list[str]) -> str:
    """As in "Kenya, Peru and the United States"."""
    named = [f"the {name}" if name.startswith(WITH_ARTICLE) else name for name in countries]
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int, int]:
    """Three numbers that 193 members could have given, with more in favour than against."""
    in_favour = draw(st.integers(40, 150))
    against = draw(st.integers(0, min(in_favour - 1, 193 - in_favour)))
    return in_favour, against, draw(st.integers(0, 193 - in_favour - against))


some_countries = st.lists(
    st.sampled_from([name for name in COUNTRIES if name != "Nauru"]), min_size=2, max_size=5, unique=True
)


@given(counts(), st.sampled_from(THREE_NUMBERS), st.booleans())
def test_a_count_comes_back(numbers: tuple[int, int, int], sentence: str, spelled: bool) -> None:
    told = [in_words(number) if spelled else str(number) for number in numbers]
    vote = first_vote(OPENING + sentence.format(*told))
    assert vote.tally.triple == numbers
    assert not any("add up" in doubt for doubt in vote.doubts)


@given(counts(), st.sampled_from(THREE_NUMERALS))
def test_a_count_in_numerals_comes_back(numbers: tuple[int, int, int], sentence: str) -> None:
    assert first_vote(OPENING + sentence.format(*numbers)).tally.triple == numbers


@given(counts(), st.sampled_from(TWO_NUMBERS), st.booleans())
def test_what_is_left_open_stays_open(numbers: tuple[int, int, int], sentence: str, spelled: bool) -> None:
    told = [in_words(number) if spelled else str(number) for number in numbers[:2]]
    assert first_vote(OPENING + sentence.format(*told)).tally.triple == (*numbers[:2], None)


@given(counts(), st.sampled_from([(opening, told) for opening, forms in IN_LANGUAGES for told in forms]))
def test_a_count_comes_back_in_every_language(numbers: tuple[int, int, int], told: tuple[str, str]) -> None:
    opening, sentence = told
    vote = first_vote(f"{opening} {sentence.format(*numbers)}")
    assert (vote.body, vote.outcome, vote.tally.triple) == ("UNGA", "adopted", numbers)


@given(some_countries, st.sampled_from(sorted(TAKING_SIDES)))
def test_positions_come_back(countries: list[str], sentence: str) -> None:
    vote = first_vote(OPENING + sentence.format(listed(countries)))
    told = {country: position for country, position in vote.positions.items() if country != "Nauru"}
    assert told == dict.fromkeys(countries, TAKING_SIDES[sentence])


@given(some_countries, some_countries)
def test_two_lists_are_kept_apart(ayes: list[str], others: list[str]) -> None:
    noes = [country for country in others if country not in ayes]
    sentence = f"Then {listed(ayes)} voted in favour" + (
        f", while {listed(noes)} voted against." if noes else "."
    )
    assert dict(first_vote(OPENING + sentence).positions) == {
        **dict.fromkeys(ayes, YES),
        **dict.fromkeys(noes, NO),
    }


@given(some_countries, some_countries, st.integers(40, 150))
def test_lists_in_parentheses_are_counted_and_named(
    noes: list[str], others: list[str], in_favour: int
) -> None:
    abstained = [country for country in others if country not in noes]
    sentence = f"It was adopted by a recorded vote of {in_favour} in favour to {len(noes)} against ({', '.join(noes)})"
    sentence += f", with {len(abstained)} abstentions ({', '.join(abstained)})." if abstained else "."
    vote = first_vote(OPENING + sentence)
    assert vote.tally.triple == (in_favour, len(noes), len(abstained) or None)
    assert dict(vote.positions) == {**dict.fromkeys(noes, NO), **dict.fromkeys(abstained, ABSTAINED)}
    assert vote.doubts == ()


@given(st.sampled_from(COUNTRIES))
def test_an_envoy_told_to_stay_away_is_absent(country: str) -> None:
    sentence = f"The president of {listed([country])} instructed his ambassador to stay away from the vote."
    assert dict(first_vote(OPENING + sentence).positions) == {country: ABSENT}


@given(some_countries, st.integers(0, 30), st.sampled_from(["voting against", "opposing"]))
def test_those_joined_are_counted(countries: list[str], joiners: int, verb: str) -> None:
    vote = first_vote(f"{OPENING}Only {joiners} countries joined {listed(countries)} in {verb} the text.")
    assert vote.tally.against == joiners + len(countries)
    assert dict(vote.positions) == dict.fromkeys(countries, NO)


@given(some_countries, st.integers(1, 90))
def test_the_named_and_the_others_are_counted_together(countries: list[str], others: int) -> None:
    vote = first_vote(
        f"{OPENING}Then {listed(countries)} and {others} other countries voted against the resolution."
    )
    assert vote.tally.against == others + len(countries)


@given(
    st.integers(9, 14), st.sampled_from(["out of 15 Council", "of the other 14", "of the 15"]), st.booleans()
)
def test_the_council_is_counted_without_its_whole(ayes: int, whole: str, spelled: bool) -> None:
    number = in_words(ayes).capitalize() if spelled else str(ayes)
    told = f"The UN Security Council adopted a resolution on Haiti. {number} {whole} members voted in favour."
    assert first_vote(told).tally.triple == (ayes, None, None)


@pytest.mark.parametrize("sentence", FATES)
@pytest.mark.parametrize("body", BODIES)
def test_an_outcome_comes_back(sentence: str, body: str) -> None:
    vote = first_vote(sentence.format(body=body))
    assert (vote.body, vote.outcome) == (BODIES[body], FATES[sentence])
    assert vote.tally.triple == (None, None, None)


@pytest.mark.parametrize("sentence", VETOES)
@pytest.mark.parametrize("country", ["China", "France", "Russia", "Britain"])
def test_a_veto_comes_back(sentence: str, country: str) -> None:
    vote = first_vote(sentence.format(country=country))
    name = "United Kingdom" if country == "Britain" else country
    assert (vote.body, vote.outcome, dict(vote.positions)) == ("UNSC", "vetoed", {name: NO})


STRAYS = ("The 193-member Assembly met.", "Its budget is {} million dollars.", "The text had {} co-sponsors.",
          "{} soldiers were killed there.", "It has {} pages and {} annexes.", "Nine votes in favour were needed.",
          "The war is in day {}.", "The {}th session ends in June.", "About {} troops are stationed there.",
          "The body has {} members.", "A majority of {} percent backs the plan, a poll found.", "{}% of them agree.",
          "The team won {}-{} on Sunday.", "At least {} votes in favour were required.", "It met on {} May 2024.",
          "More than {} countries voted in favour.", "{} countries co-sponsored the text.", "He spoke for {} minutes.",
          "In 2019 a text was adopted by {} votes to {}.", "Last year {} countries voted against.",
          "A two-thirds majority of {} members is needed.", "{} people fled, and {} were wounded.")  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(STRAYS), st.integers(0, 400)), max_size=6))
def test_no_count_comes_out_where_none_is_told(strays: list[tuple[str, int]]) -> None:
    told = " ".join(sentence.format(number, number) for sentence, number in strays)
    assert first_vote(OPENING + told).tally.triple == (None, None, None)


@given(st.text(max_size=400), st.text(max_size=80))
def test_any_text_is_read_without_complaint(text: str, title: str) -> None:
    for vote in read_votes(article(text, title)):
        assert vote.evidence


PIECES = (
    *("UN", "Security Council", "the", "council", "Russia", "France", "resolution", "vote", "his ambassador"),
    *(
        "vetoed",
        "voted",
        "in favour",
        "against",
        "abstained",
        "joined",
        "instructed",
        "to",
        "in",
        "by",
        "of the",
    ),
    *(
        "which",
        "except",
        "unlike",
        "all",
        "permanent members",
        "among those who",
        "it",
        "Russian",
        "amendment",
        "'s",
    ),
    *("7", "143-5", "none", "no", "2024", "May", "and", "other", "others"),
    *("(", ")", ",", ".", ":", "-", " - ", "“", "\n\n"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_row_of_our_own_words_is_read_and_its_evidence_stands_in_the_text(pieces: list[str]) -> None:
    told = article(" ".join(["UN", *pieces]))
    for vote in read_votes(told):
        for span in vote.evidence:
            assert 0 <= span.start < span.end <= len(told.text)
            assert span.words(told).strip()
