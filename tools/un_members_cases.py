"""The grammatical cases of countries' names in Ukrainian, Russian and Polish, for make_un_members.py.

Whole forms rather than stems: "Індії" is India, while "Інді*" would be Indiana, too. Rules go by the ending; a word
that no rule knows has no cases here, and its forms are listed by hand in un_members_tongues.toml. A form that nobody
uses does no harm; one that is another word is named in un_members_traps.toml as shy.
"""

from __future__ import annotations

# By language: the letters that may stand before an ending (none: any), ":", the ending, and what it becomes in the
# genitive, dative, accusative, instrumental and locative. "." is an empty ending. The first that fits counts.
_NOUNS = {
    "uk": """
        :ка     ки ці ку кою ці
        :га     ги зі гу гою зі
        жшщ:а   і і у ею і
        іе:я    ї ї ю єю ї
        :а      и і у ою і
        :ль     лю леві ль лем лі
        аеі:й   ю єві й єм ї
        :рг     ргу ргові рг ргом рзі
        :и      ів ам и ами ах
        бвгґдзклмнпрстфхц:.  у ові . ом і
    """,
    "ru": """
        и:я     и и ю ей и
        е:я     и е ю ей е
        жшщ:а   и е у ей е
        гкх:а   и е у ой е
        :а      ы е у ой е
        :ль     ля лю ль лем ле
        и:й     я ю й ем и
        ае:й    я ю й ем е
        :ы      ов ам ы ами ах
        бвгдзклмнпрстфх:.  а у . ом е
    """,
    "pl": """
        :ja     ji ji ję ją ji
        e:a     i i ę ą i
        :ia     ii ii ię ią ii
        :ka     ki ce kę ką ce
        :ga     gi dze gę gą dze
        :ra     ry rze rę rą rze
        :da     dy dzie dę dą dzie
        :ta     ty cie tę tą cie
        l:a     i i ę ą i
        ż:a     y y ę ą y
        bmnpw:a y ie ę ą ie
        kg:.    u owi . iem u
        jlz:.   u owi . em u
        :r      ru rowi r rem rze
        :t      tu towi t tem cie
        :d      du dowi d dem dzie
        bmnpsw:.  u owi . em ie
        :y      . om y ami ach
    """,
}
_ADJECTIVES = {
    "uk": """
        :а      ої ій у ою ій
        :ий     ого ому ий им ому
        :і      их им і ими их
    """,
    "ru": """
        :ая     ой ой ую ой ой
        :ый     ого ому ый ым ом
        :ий     ого ому ий им ом
        :ие     их им ие ими их
        :ые     ых ым ые ыми ых
    """,
    "pl": """
        kg:a    iej iej ą ą iej
        nw:a    ej ej ą ą ej
        :owy    owego owemu owy owym owym
        :ni     niego niemu ni nim nim
    """,
}
_AND = {"і", "та", "и", "i"}

# Words that these rules would bend wrongly: what they become is listed by hand, or they stay as they are.
_IRREGULAR = {
    *("Єгипет", "Білорусь", "Самоа", "Нікарагуа", "Антигуа"),
    *("Египет", "Беларусь", "Самоа", "Никарагуа", "Антигуа", "Острова"),
    *("Polska", "Niemcy", "Węgry", "Włochy", "Czechy", "Chiny", "Wyspy", "Republika"),
}


def cases(name: str, language: str) -> list[str]:
    """The other cases of a name of one word, of adjective and noun, or of "one and the other"; else nothing."""
    words = name.split(" ")
    if language not in _NOUNS or _IRREGULAR.intersection(words):
        return []
    if len(words) == 1:
        forms = [_noun(name, language)]
    elif len(words) == 2:
        forms = _pair(words, language)
    elif len(words) == 3 and words[1] in _AND:
        forms = [_noun(words[0], language), [words[1]] * 5, _noun(words[2], language)]
    else:
        return []
    return [" ".join(case) for case in zip(*forms, strict=True)] if all(forms) else []


def _pair(words: list[str], language: str) -> list[list[str]]:
    """An adjective and its noun. In Polish the adjective may stand behind: Wielka Brytania, Korea Północna."""
    first, second = words
    adjective = _bend(first, _ADJECTIVES[language])
    if adjective:
        return [adjective, _noun(second, language)]
    return [_noun(first, language), _bend(second, _ADJECTIVES[language])]


def _noun(word: str, language: str) -> list[str]:
    return _bend(word, _NOUNS[language])


def _bend(word: str, rules: str) -> list[str]:
    for rule in rules.strip().splitlines():
        pattern, *endings = rule.split()
        before, ending = pattern.replace(".", "").split(":")
        stem = word.removesuffix(ending) if ending else word
        if word.endswith(ending) and (not before or stem[-1:] in before):
            return [stem + ending.replace(".", "") for ending in endings]
    return []
