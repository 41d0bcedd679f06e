"""Whose a veto is, where it is told as a noun: "fell to a Russian veto", "am Veto Russlands gescheitert"."""

from __future__ import annotations

from watcher.core.votes.actors import Actor, country_of, is_owner
from watcher.core.votes.country_lists import named_from
from watcher.core.votes.modality import is_fact
from watcher.core.votes.reading import Phrase


def is_somebodys_veto(phrases: tuple[Phrase, ...], at: int) -> bool:
    """Whether a veto is named at phrase `at` that somebody cast; not a threat of one, nor the power to."""
    return phrases[at].has("veto_noun") and bool(casters(phrases, at))


def casters(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """Whose the veto at phrase `at` is: "a Russian veto", "Russia's veto", "the veto of Russia"; in languages where it
    stands so, "le veto russe", "das Veto Russlands"."""
    if not is_fact(phrases, at):
        return []
    before = at - 1 - (at > 1 and phrases[at - 1].word == "'s")
    if before >= 0 and (country := country_of(phrases[before])) and _may_own(phrases, before, at):
        return [Actor(country, before)]
    behind = at + 1
    while behind < len(phrases) and any(phrases[behind].has(tag) for tag in ("share", "whose", "determiner")):
        behind += 1
    if behind >= len(phrases) or not (country := country_of(phrases[behind])):
        return []
    if phrases[behind].kind == "demonym":
        only_articles = all(phrase.has("determiner") for phrase in phrases[at + 1 : behind])
        follows = only_articles and _is_owned_behind(phrases[at])
        return [Actor(country, behind)] if follows else []
    return named_from(phrases, behind) if behind > at + 1 or _is_owned_behind(phrases[at]) else []


def _may_own(phrases: tuple[Phrase, ...], country: int, veto: int) -> bool:
    """Before a veto, a country owns it in English; elsewhere only as an adjective."""
    return (
        phrases[country].kind == "demonym"
        or not _is_owned_behind(phrases[veto])
        or is_owner(phrases, country)
    )


def _is_owned_behind(veto: Phrase) -> bool:
    return veto.tags["veto_noun"] == "owned_behind"
