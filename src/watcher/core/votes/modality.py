"""Whether a verb tells what was done: "would veto", "to adopt", "if rejected" and "may abstain" do not."""

from __future__ import annotations

from watcher.core.votes.reading import Phrase

_MODAL_REACH = 3  # phrases in which a "would" or a "to" governs a verb
_THREAT_REACH = 12  # phrases between "mit einem Veto" and "gedroht"
_DENIED_REACH = 2  # phrases from a verb to the "nicht" that denies it
_TOLD_REACH = 6  # phrases between "said that" and the "had" of its clause
_MARKS = {",", ";", ":", "."}
_VERBS = ("outcome", "side_verb", "voting", "aside")
_CONDITION_REACH = 6  # phrases between an "if" and the last word of its subject


def is_fact(phrases: tuple[Phrase, ...], at: int) -> bool:
    """Whether the verb at phrase `at` is told as done: no modal governs it, or one that gives the fact back."""
    if phrases[at].has("finite"):
        return _no_condition(phrases, at)
    if _is_threatened_behind(phrases, at) or _is_foretold(phrases, at):
        return False
    for index in range(at - 1, max(-1, at - 1 - _MODAL_REACH), -1):
        phrase = phrases[index]
        if "did" in phrase.tags:
            return True
        if phrase.has("finite"):
            return _no_condition(phrases, index)  # "a motion to debate whaling was defeated"
        if "modal" in phrase.tags and not any(
            test(phrases, index) for test in (_is_of_a_date, _is_reported, _is_preposition)
        ):
            return False
        if (
            phrase.word in {",", ";", ":"}
            or phrase.country
            or any(tag in phrase.tags for tag in ("body", "un", "outcome", "document"))
        ):
            return _no_condition(phrases, index)
    return True


def _is_threatened_behind(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "hat mit einem Veto gegen den Entwurf gedroht", "enthielt sich diesmal nicht": that it is only threatened,
    or was not done, is told behind it."""
    for index, phrase in enumerate(phrases[at + 1 : at + 1 + _THREAT_REACH]):
        if phrase.has("threat_behind") or (index < _DENIED_REACH and phrase.has("not_behind")):
            return True
        if phrase.word in {",", ";", ":", "."}:
            return False
    return False


def _is_foretold(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "ويتوقع أن تستخدم تشاد حق النقض", "Es wird erwartet, dass …": what governs the whole clause says that it is
    to come, however far off it stands."""
    for index in range(at - 1, -1, -1):
        if phrases[index].has("foretold"):
            return True
        opens = index > 0 and phrases[index - 1].has("foretold")  # ", dass"
        if (phrases[index].word in _MARKS and not opens) or any(map(phrases[index].has, _VERBS)):
            return False
    return False


def _is_reported(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "explained that Peru had abstained": what had been done when it was told of is done."""
    told = phrases[max(0, at - _TOLD_REACH) : at]
    return phrases[at].has("pluperfect") and any(phrase.has("telling") for phrase in told)


def _is_preposition(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "fell to a double veto": the "to" of a thing, not that of a verb."""
    behind = phrases[at + 1 : at + 2]
    return phrases[at].has("infinitive") and bool(behind) and behind[0].has("determiner")


def _is_of_a_date(phrases: tuple[Phrase, ...], at: int) -> bool:
    """Whether a modal verb that is a month's name, too, is that: "on 12 May"."""
    beside = (*phrases[max(0, at - 1) : at], *phrases[at + 1 : at + 2])
    return phrases[at].has("month") and any(
        phrase.number is not None or phrase.has("figure") for phrase in beside
    )


def _no_condition(phrases: tuple[Phrase, ...], at: int) -> bool:
    """Whether no "if" begins the clause that phrase `at` stands in, or ends."""
    for index in range(at - 1, max(-1, at - 1 - _CONDITION_REACH), -1):
        if phrases[index].has("condition"):
            return False
        if phrases[index].word in {",", ";"}:
            return True
    return True
