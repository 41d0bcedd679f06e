"""Votes told in Arabic: the verb first, what is small glued to what follows, and numbers with the units first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.model import Position
from watcher.core.votes import read_votes

from .telling import article, first_vote

YES, NO, ABSTAINED, ABSENT = Position.IN_FAVOUR, Position.AGAINST, Position.ABSTAINED, Position.ABSENT

# A text; its body, outcome, count (in favour, against, abstained) and positions.
Report = tuple[str, str, str, tuple[int | None, int | None, int | None], dict[str, Position]]

REPORTS: list[Report] = [
    (
        "اعتمدت الجمعية العامة للأمم المتحدة، الأربعاء، قرارا بشأن الأنهار الجليدية بأغلبية 124 صوتا مقابل "
        "14 وامتناع 43 عن التصويت. "
        "وصوتت إسرائيل والولايات المتحدة ضد القرار، فيما صوتت أوكرانيا لصالحه.",
        "UNGA", "adopted", (124, 14, 43), {"Israel": NO, "United States": NO, "Ukraine": YES},
    ),
    (
        "أقرت الجمعية العامة للأمم المتحدة قرارا حول المحيطات أيدته 143 دولة وعارضته 5 وامتنعت 35 عن التصويت.",
        "UNGA", "adopted", (143, 5, 35), {},
    ),
    (
        "استخدمت الولايات المتحدة، الأربعاء، حق النقض (الفيتو) ضد مشروع قرار في مجلس الأمن الدولي بشأن "
        "مالي. وأيد القرار 14 عضوا.",
        "UNSC", "vetoed", (14, None, None), {"United States": NO},
    ),
    (
        "استخدمت روسيا والصين حق النقض ضد مشروع قرار أمريكي في مجلس الأمن. وحصل المشروع على تأييد 11 عضوا "
        "وامتنعت غيانا عن التصويت.",
        "UNSC", "vetoed", (11, None, None), {"Russia": NO, "China": NO, "Guyana": ABSTAINED},
    ),
    (
        "تبنى مجلس الأمن الدولي بالإجماع قرارا يمدد ولاية البعثة في قبرص.",
        "UNSC", "adopted", (None, None, None), {},
    ),
    (
        "اعتمد مجلس حقوق الإنسان التابع للأمم المتحدة أمس قراراً بشأن المياه بأغلبية ٢٨ صوتاً مؤيداً مقابل "
        "٥ أصوات معارضة وامتناع ١٤ عضواً عن التصويت.",
        "UNHRC", "adopted", (28, 5, 14), {},
    ),
    (
        "وافق المجلس الاقتصادي والاجتماعي اليوم على قرار بأغلبية اثنين وثلاثين صوتا مقابل أربعة أصوات "
        "وامتناع اثني عشر عضوا.",
        "ECOSOC", "adopted", (32, 4, 12), {},
    ),
    (
        "اعتمدت اللجنة الثالثة التابعة للجمعية العامة للأمم المتحدة، الأربعاء، مشروع قرار بتأييد مئة وخمس "
        "دول ومعارضة دولتين وامتناع ستين دولة. "
        "وعارضت روسيا وكوريا الشمالية القرار.",
        "UNGA-C3", "adopted", (105, 2, 60), {"Russia": NO, "North Korea": NO},
    ),
    (
        "اعتمدت الجمعية العامة للأمم المتحدة قرارا بشأن الأراضي الرطبة دون تصويت.",
        "UNGA", "adopted", (None, None, None), {},
    ),
    (
        "فشل مجلس الأمن الدولي في اعتماد مشروع قرار قدمته روسيا. وصوّتت 5 دول لصالح القرار، وعارضته 3 دول، "
        "وامتنعت 7 دول عن التصويت.",
        "UNSC", "rejected", (5, 3, 7), {},
    ),
    (
        "مجلس الأمن يرفض مشروع قرار بشأن العقوبات. وامتنعت باكستان والجزائر عن التصويت.",
        "UNSC", "rejected", (None, None, None), {"Pakistan": ABSTAINED, "Algeria": ABSTAINED},
    ),
    (
        "في 15 أيار/مايو 2024، صوتت 107 دول لصالح القرار في الجمعية العامة للأمم المتحدة، فيما عارضته 12 "
        "دولة، من بينها روسيا وبيلاروس، وامتنعت 51 دولة عن التصويت، بينها الصين والهند.",
        "UNGA", "adopted", (107, 12, 51), {"Russia": NO, "Belarus": NO, "China": ABSTAINED, "India": ABSTAINED},
    ),
    (
        "صوّت 141 عضوا في الجمعية العامة للأمم المتحدة لصالح القرار، وصوت ضد القرار كل من إسرائيل والمجر "
        "وباراغواي.",
        "UNGA", "adopted", (141, None, None), {"Israel": NO, "Hungary": NO, "Paraguay": NO},
    ),
    (
        "الجمعية العامة للأمم المتحدة تعتمد قرارا يدعو إلى هدنة بأغلبية 153 صوتا. وامتنعت أوكرانيا وألمانيا "
        "عن التصويت.",
        "UNGA", "adopted", (153, None, None), {"Ukraine": ABSTAINED, "Germany": ABSTAINED},
    ),
    (
        "أقرّ المجلس التنفيذي لليونسكو، الأربعاء، القرار بموافقة 40 دولة ومعارضة 4 وامتناع 14.",
        "UNESCO", "adopted", (40, 4, 14), {},
    ),
    (
        "بأغلبية 141 صوتا مقابل سبعة أصوات وامتناع 32، اعتمدت الجمعية العامة للأمم المتحدة اليوم قرارا. "
        "وصوتت ضد القرار روسيا وبيلاروس وسوريا ومالي ونيكاراغوا.",
        "UNGA", "adopted", (141, 7, 32),
        {"Russia": NO, "Belarus": NO, "Syria": NO, "Mali": NO, "Nicaragua": NO},
    ),
    (
        "صوت مجلس الأمن الدولي بالإجماع على تمديد ولاية بعثته في ليبيا.",
        "UNSC", "adopted", (None, None, None), {},
    ),
    (
        "اعتمد مجلس الأمن القرار بتأييد 14 صوتا وامتناع روسيا عن التصويت.",
        "UNSC", "adopted", (14, None, None), {"Russia": ABSTAINED},
    ),
]  # fmt: skip


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_is_read(report: Report) -> None:
    text, body, outcome, tally, positions = report
    vote = first_vote(text)
    assert (vote.body, vote.outcome, vote.tally.triple) == (body, outcome, tally)
    assert dict(vote.positions) == positions
    assert vote.subject is None


NO_NEW_VOTE = [
    "من المقرر أن يصوت مجلس الأمن الدولي الجمعة على مشروع قرار بشأن هايتي.",
    "سيصوت مجلس الأمن غدا على مشروع قرار يحتاج إلى تسعة أصوات لاعتماده.",
    "في العام الماضي اعتمدت الجمعية العامة للأمم المتحدة قرارا بأغلبية 141 صوتا مقابل 7.",
    "وافق الكنيست على مقترح يرفض موقف الأمم المتحدة بأغلبية 68 صوتا مقابل 9.",
    "أقر البرلمان الأوروبي قرارا يتعلق بالأمم المتحدة بتأييد 495 نائبا.",
    "انتخبت الجمعية العامة للأمم المتحدة البحرين عضوا غير دائم في مجلس الأمن بحصولها على 187 صوتا.",
    "أرسلت الأمم المتحدة 141 جنديا إضافيا إلى الحدود لدعم المدنيين.",
    "قدمت 80 دولة مشروع قرار إلى الجمعية العامة للأمم المتحدة، وتأمل أن يطرح للتصويت قريبا.",
    "دعا الأمين العام للأمم المتحدة مجلس الأمن إلى تبني موقف موحد، ورحبت الصين بذلك.",
    "هددت روسيا باستخدام حق النقض ضد مشروع القرار في مجلس الأمن.",
    "لماذا يحتاج مجلس الأمن إلى إصلاح؟ مقال عن حق النقض والدول التي تملك حق النقض.",
    "قُتل 12 مدنيا في هجوم ضد قوات الأمم المتحدة، وأدان مجلس الأمن الهجوم في بيان اعتمده بالإجماع.",
    "أقر مجلس النواب اللبناني قانونا بشأن قوات الأمم المتحدة بأغلبية 65 صوتا مقابل 12.",
    "وكانت الجمعية العامة للأمم المتحدة قد اعتمدت في آذار/مارس 2022 قرارا بأغلبية 141 صوتا.",
    "قال خبراء الأمم المتحدة إن 121 دولة تعتمد على الزراعة وتعارض هذه السياسات.",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_NEW_VOTE)
def test_what_is_no_new_un_vote_is_none(text: str) -> None:
    assert read_votes(article(text)) == ()


def test_the_day_is_read_in_either_calendar_of_names() -> None:
    for month in ("مايو", "أيار", "أيار/مايو"):
        vote = first_vote(f"اعتمدت الجمعية العامة للأمم المتحدة في ١٥ {month} ٢٠٢٤ قرارا بشأن المياه.")
        assert vote.date is not None
        assert vote.date.isoformat() == "2024-05-15"


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("تبنى مجلس الأمن بالإجماع قرارا بشأن قبرص.", "unanimous"),
        ("اعتمدت الجمعية العامة للأمم المتحدة القرار بتوافق الآراء.", "consensus"),
    ],
)
def test_how_it_was_decided_is_read(text: str, manner: str) -> None:
    assert getattr(first_vote(text), manner)


def test_vowel_signs_hamza_and_stretched_letters_change_nothing() -> None:
    plain = "اعتمدت الجمعية العامة للأمم المتحدة قرارا بأغلبية 124 صوتا مقابل 14، وامتنعت إسرائيل عن التصويت."
    adorned = (
        "اِعْتَمَدَتِ الجمعيّة العامّة للأمم المتّحدة قراراً بأغلبيّة 124 صوتاً مقابل 14، وامتنعت إســرائيل عن التصويت."
    )
    one, other = first_vote(plain), first_vote(adorned)
    assert (one.body, one.outcome, one.tally, one.positions) == (
        other.body,
        other.outcome,
        other.tally,
        other.positions,
    )


# What comes out is what went in

OPENING = "اعتمدت الجمعية العامة للأمم المتحدة الأربعاء قرارا بشأن ضوضاء المحيطات. "
THREE_NUMBERS = (
    "وصدر القرار بأغلبية {} صوتا مقابل {} وامتناع {} عن التصويت.",
    "وأيدته {} دولة وعارضته {} دولة وامتنعت {} دولة عن التصويت.",
    "ونال النص {} صوتا مؤيدا و{} صوتا معارضا و{} ممتنعا عن التصويت.",
    "وصوتت {} دولة لصالح القرار و{} دولة ضده وامتنعت {} دولة عن التصويت.",
    "وجاءت النتيجة بتأييد {} دولة ومعارضة {} دولة وامتناع {} دولة.",
)
COUNTRIES = {
    "إسرائيل": "Israel", "أوكرانيا": "Ukraine", "الولايات المتحدة": "United States", "روسيا": "Russia",
    "الصين": "China", "المملكة المتحدة": "United Kingdom", "فرنسا": "France", "كوريا الشمالية": "North Korea",
    "كوريا الجنوبية": "South Korea", "السودان": "Sudan", "الهند": "India", "البوسنة والهرسك": "Bosnia and Herzegovina",
}  # fmt: skip
TELLING = {
    "وصوتت {} لصالح القرار.": YES,
    "وصوتت {} ضد القرار.": NO,
    "وعارضت {} القرار.": NO,
    "وامتنعت {} عن التصويت.": ABSTAINED,
    "ولم تصوت {}.": ABSENT,
}
UNITS = (
    "صفر",
    "واحد",
    "اثنان",
    "ثلاثة",
    "أربعة",
    "خمسة",
    "ستة",
    "سبعة",
    "ثمانية",
    "تسعة",
    "عشرة",
    "أحد عشر",
    "اثنا عشر",
)
TENS = ("", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")


def in_words(number: int) -> str:
    if number >= 100:
        return "مئة" + (f" و{in_words(number % 100)}" if number % 100 else "")
    if number <= 12:
        return UNITS[number]
    if number < 20:
        return f"{UNITS[number - 10]} عشر"
    return (f"{UNITS[number % 10]} و" if number % 10 else "") + TENS[number // 10]


def in_arabic_digits(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int, int]:
    in_favour = draw(st.integers(40, 150))
    against = draw(st.integers(0, min(in_favour - 1, 193 - in_favour)))
    return in_favour, against, draw(st.integers(0, 193 - in_favour - against))


@given(counts(), st.sampled_from(THREE_NUMBERS), st.sampled_from([str, in_words, in_arabic_digits]))
def test_a_count_comes_back(
    numbers: tuple[int, int, int], sentence: str, written: Callable[[int], str]
) -> None:
    vote = first_vote(OPENING + sentence.format(*map(written, numbers)))
    assert vote.tally.triple == numbers
    assert vote.doubts == ()


@given(
    st.lists(st.sampled_from(sorted(COUNTRIES)), min_size=1, max_size=5, unique=True),
    st.sampled_from(sorted(TELLING)),
    st.booleans(),
)
def test_positions_come_back(countries: list[str], sentence: str, commas: bool) -> None:
    first, *rest = countries
    listed = first + "".join(f"{'، ' if commas else ' '}و{name}" for name in rest)
    vote = first_vote(OPENING + sentence.format(listed))
    assert dict(vote.positions) == {COUNTRIES[name]: TELLING[sentence] for name in countries}
    assert vote.tally.triple == (None, None, None)


WORDS = st.sampled_from([
    "الجمعية العامة", "للأمم المتحدة", "قرارا", "اعتمدت", "ضد", "لصالح", "وامتنعت", "عن التصويت", "دولة", "و", "ال",
    "إسرائيل", "،", ".", "صوتا", "مقابل", "بأغلبية", "حق النقض", "وَ", "ـ",
])  # fmt: skip


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_no_number_comes_from_a_text_without_one(text: str) -> None:
    for vote in read_votes(article("الأمم المتحدة. " + text)):
        assert vote.tally.triple == (None, None, None)
