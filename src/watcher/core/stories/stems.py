"""The words that tell one event from another, made so that two tellings meet, also across languages and scripts.

A stem is how a word begins: "condemns" and "condemned" are one. Names and loan-words are spelled alike once their
letters are: "embargo" and "эмбарго", "Ganc" and "Gantz". A skeleton is what is left of a name without its vowels: the
same in Hebrew and Arabic, which hardly write them, and in the many spellings of "Zelensky".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from watcher.core.text import fold

_STEM = 6  # letters: most inflected forms of our languages share their first ones
_LONG_STEM = 8  # so many tell "general" from "generators"
_SHORTEST_STEM = 3
_SHORTEST_SKELETON = 3  # consonants: fewer tell no name
_LONGEST_SKELETON = 4  # what comes later is often an ending: "Зеленским"

_STOP_WORDS = frozenset(
    """
    about after again against ahead also amid among been before being between both calls could does down during each
    first from have here into just like make more most much news only other over says said some such than that their
    them then there these they this those through today under until upon very were what when where which while will
    with would year years your monday tuesday wednesday thursday friday saturday sunday resolution vote votes voted
    voting united nations general assembly security council
    """.split()  # noqa: SIM905 - a list of 90 literals reads worse
)

# What stands in every other report: offices and states, who told it, what a feed adds to a text, how the UN votes.
_OF_ANY_REPORT = """
    president premier prime minister ministry foreign defence defense government leader chief deputy secretary official
    officials office state states country countries nation national international world people public war statement
    told asked report reported media press agency spokesman spokeswoman spokesperson
    continue reading read full article latest live update updates know glance
    prezydent premier minister ministerstwo obrony rząd władze szef resort kraj kraju państwo państwa świat wojna wojny
    oświadczył poinformował powiedział agencja
    президент прем'єр міністр міністра міністерства оборони уряд влада країна країни держави світу війна війни заявив
    президент премьер министр министра министерства обороны правительство власти страна страны мира война войны заявил
    Präsident Premierminister Minister Ministerpräsident Verteidigungsminister Außenminister Regierung Staat Staaten
    Land Krieg sagte erklärte
    président ministre gouvernement pays guerre déclaré annoncé presidente ministro gobierno país países guerra
    declaró anunció
    adopted adopts approved approves passed favour favor abstained abstentions abstaining recorded text draft document
    session member members
    асамблея генасамблея генеральна рада безпеки резолюцію ухвалила проголосували утрималися країн
    ассамблея генассамблея генеральная совет безопасности резолюцию приняла проголосовали воздержались
    zgromadzenie ogólne rada bezpieczeństwa rezolucję przyjęło głosowało wstrzymało
    Vollversammlung Generalversammlung Sicherheitsrat Resolution Stimmen Enthaltungen
    assemblée générale conseil sécurité résolution adopté voix contre abstentions
    asamblea consejo seguridad resolución aprobó votos favor contra abstenciones
    האו"ם העצרת הכללית מועצת הביטחון החלטה ברוב מדינות הצביעו נמנעו התנגדו בעד
    الأمم المتحدة الجمعية العامة مجلس الأمن قرار صوتت امتنعت
    נשיא הנשיא ממשלה הממשלה ראש מדינה מלחמה המלחמה אמר الرئيس رئيس وزير الحكومة دولة الحرب
"""

# Letters of other scripts as Latin ones, roughly as newspapers write them; vav is a vowel, and some are nothing.
_LATIN = str.maketrans(
    dict(
        pair.split("=")
        for pair in """
        а=a б=b в=v г=h ґ=g д=d е=e є=e ё=e ж=z з=z и=i і=i ї=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h
        ц=ts ч=s ш=s щ=s ъ= ы=i ь= э=e ю=iu я=ia
        א= ב=b ג=g ד=d ה=h ו=u ז=z ח=h ט=t י=i כ=k ך=k ל=l מ=m ם=m נ=n ן=n ס=s ע= פ=p ף=f צ=ts ץ=ts ק=k ר=r ש=s ת=t
        ا=a ب=b ت=t ث=t ج=g ح=h خ=h د=d ذ=d ر=r ز=z س=s ش=s ص=s ض=d ط=t ظ=z ع= غ=g ف=f ق=k ك=k ل=l م=m ن=n ه=h و=u
        ي=i
        """.split()  # noqa: SIM905 - so it reads as a table
    )
)

# Sounds that languages write differently in one word, one letter for each. All sibilants are one: Selenskyj, Ganc.
_SOUNDS = {
    **dict.fromkeys(("sch", "tz", "ts", "cz", "ch", "sh", "zh", "z"), "s"),
    **dict.fromkeys(("kh", "gh", "g"), "h"),
    **dict.fromkeys(("y", "j"), "i"),
    **dict.fromkeys(("c", "q"), "k"),
    "ph": "f",
    "th": "t",
    "dh": "d",
    "w": "v",
}
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_SOFT_C = re.compile("c(?=[eiy]|$)")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = str.maketrans("", "", "aeiou'")

_MARKS = "'\"’“”„«».,:;!?()[]—–-…@&%#=*|/"


@lru_cache(maxsize=50_000)
def _cognate(word: str) -> str:
    """A folded word in letters that are alike in all languages."""
    latin = _SOFT_C.sub("s", word.translate(_LATIN))
    return _DOUBLED.sub(r"\1", _SOUND.sub(lambda sound: _SOUNDS[sound[0]], latin))


_TOLD_BY_ALL = frozenset(_cognate(word)[:_LONG_STEM] for word in fold(_OF_ANY_REPORT).split())


def stems(text: str) -> frozenset[str]:
    """The stems of a text's significant words and numbers."""
    words = (bare(word) for word in text.split())
    return frozenset(stem for word in words if (stem := stem_of(word)))


def bare(word: str) -> str:
    """Without what stands before and behind it."""
    return word.strip(_MARKS)


@lru_cache(maxsize=50_000)
def stem_of(bare_word: str) -> str:
    """The stem of a bare word, or "" where it tells nothing."""
    folded = fold(bare_word).removesuffix("'s")
    if folded in _STOP_WORDS or not (len(folded) > 3 or folded.isdigit()):
        return ""
    word = _cognate(folded)
    if word[:_LONG_STEM] in _TOLD_BY_ALL or not (len(word) >= _SHORTEST_STEM or word.isdigit()):
        return ""
    return word[:_STEM]


@lru_cache(maxsize=50_000)
def skeleton(name: str) -> str:
    """The first consonants of a bare name; "" where they are too few to tell it."""
    bones = _DOUBLED.sub(r"\1", _cognate(fold(name).removesuffix("'s")).translate(_VOWELS))
    if bones.endswith("h") and len(bones) > _SHORTEST_SKELETON:
        bones = bones[:-1]  # Kuleba in Hebrew, and the "-ого" of a genitive
    return bones[:_LONGEST_SKELETON] if len(bones) >= _SHORTEST_SKELETON else ""


def names(text: str) -> Iterator[str]:
    """What may be names: of words with a capital that stand together the last, "Eli Cohen" is Cohen.

    A headline in capitals has none. Of a script without capitals any word may be one.
    """
    words = text.split()
    large = [word.lstrip(_MARKS)[:1].isupper() for word in words]
    if sum(large) * 2 > len(words) > 3:
        large = [False] * len(words)
    for word, is_large, next_large in zip(words, large, [*large, False][1:], strict=True):
        name = bare(word)
        if _has_no_case(name) or (is_large and (not next_large or word[-1] in _MARKS)):
            yield name


def _has_no_case(word: str) -> bool:
    return word[:1].isalpha() and word[0].lower() == word[0].upper()
