"""Who voted how, where the text says it of a country by name.

Forms: "Israel and Austria voted against"; "votaron en contra Israel y Austria"; "five against (Belarus, Eritrea …)";
"opposed by Russia"; "Against: …", with the list behind it or below; "joined Russia in opposing"; "India's
abstention"; "the President instructed his ambassador to stay away from the vote". Nothing is concluded from silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from watcher.core.model import Position
from watcher.core.votes.actors import Actor, country_of, is_owner
from watcher.core.votes.country_lists import named_before, named_behind, named_from
from watcher.core.votes.counts_behind import number_led, side_led
from watcher.core.votes.decisions import is_fact
from watcher.core.votes.reading import Phrase, Sentence
from watcher.core.votes.rows import row_counts
from watcher.core.votes.sides import AMONG_REACH, side_of
from watcher.core.votes.voters import GAP, subjects

_DOCUMENT_REACH = 9  # phrases behind "backed" in which the text voted on must be named
_PARTED_REACH = 6  # phrases between a text and a comma: "a draft on the war in Chad, backed by"
_INSTRUCTED_REACH = 12
_COMPOUND_REACH = 2  # phrases between an "and" and the text in "the truce and hostage resolution"
_QUOTED_REACH = 8  # phrases between "we" and what we did
_SHARED_REACH = 5  # phrases between two verbs of one subject: "had abstained in 2022 but"
_CAST_REACH = 8  # phrases between "voted" and "against"
_LONGEST_HEADING = 8  # phrases
_ENDS = {",", ";", ".", ")", '"'}


class Stance(NamedTuple):
    """A country took a position, told at phrase `at` of a sentence; the words are phrases [first, last]."""

    country: str
    position: Position
    sentence: Sentence
    at: int
    first: int
    last: int


def stances_in(sentence: Sentence) -> Iterator[Stance]:
    """The stances a sentence states as facts."""
    phrases = sentence.phrases
    if not any(country_of(phrase) or phrase.has("group") for phrase in phrases):
        return
    for at, phrase in enumerate(phrases):
        if (side := side_of(phrase)) is not None:
            side = side_led(phrases, at) if phrase.has("side_lead") else side
            for actor in _voters(phrases, at):
                yield _stance(actor, side, sentence, at)
        if (side := phrase.tags.get("side_by_agent")) is not None:
            for actor in _agents(phrases, at):
                yield _stance(actor, side, sentence, at)
    for count in row_counts(sentence):  # "by 120 votes to 3 (Chad, Fiji and Mali)"
        for actor in named_behind(phrases, count.number, counted=True):
            yield _stance(actor, count.side, sentence, count.number)


def stances_below(sentences: Sequence[Sentence]) -> Iterator[Stance]:
    """The stances told as a heading and a list below it: "Against:", then a line for each country."""
    side: str | None = None
    for sentence in sentences:
        heading = _heading(sentence.phrases)
        if heading is None and side is not None and _is_list(sentence.phrases):
            for actor in named_from(sentence.phrases, 0):
                yield _stance(actor, side, sentence, actor.at)
        else:
            side = heading


def _stance(actor: Actor, side: str, sentence: Sentence, at: int) -> Stance:
    return Stance(actor.country, Position(side), sentence, at, min(actor.at, at), max(actor.at, at))


def _voters(phrases: tuple[Phrase, ...], at: int) -> Iterator[Actor]:
    """Those who took the side that is told at phrase `at`."""
    tags = phrases[at].tags
    if "side_passive" in tags:
        if is_fact(phrases, at) and ("backing" not in tags or _is_of_a_text(phrases, at)):
            yield from _behind_passive(phrases, at)
        return
    if "veto_noun" in tags and any(other.tags.get("outcome") == "vetoed" for other in phrases):
        yield from _named(phrases, [at - 1])  # "blocked by a Russian veto"
    if (number := _number_behind(phrases, at)) is not None:
        yield from named_behind(phrases, number, counted=True)
    elif "side_opening" in tags and (opened := _opened(phrases, at)):
        yield from opened
        yield from _joined(phrases, at)
    elif "side_noun" in tags and "side_loose" in tags and (described := _described(phrases, at)):
        yield from described
    elif any(tag in tags for tag in ("side_verb", "side_loose", "side_infinitive", "side_opening")):
        found = list(_of_the_verb(phrases, at))
        yield from found or (_of_the_noun(phrases, at) if "side_noun" in tags else ())
    elif "side_noun" in tags:
        yield from _of_the_noun(phrases, at)


def _number_behind(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """The phrase of the number that a side leads or is linked to: "przeciw było pięć", "Against: 5"."""
    if phrases[at].has("side_lead"):
        return number_led(phrases, at)
    if at + 3 < len(phrases) and phrases[at + 1].word == "(" and phrases[at + 3].word == ")":
        return at + 3 if phrases[at + 2].number is not None else None  # "Against (5): Chad, …"
    linked = (
        at + 2 < len(phrases) and phrases[at + 1].word in {":", "-"} and phrases[at + 2].number is not None
    )
    return at + 2 if linked else None


def _of_the_verb(phrases: tuple[Phrase, ...], at: int) -> Iterator[Actor]:
    """As in "Chad and Fiji voted against", "Chad voted against, as did Fiji", "those voting against were Chad …"."""
    phrase = phrases[at]
    loose = "side_loose" in phrase.tags and "side_verb" not in phrase.tags
    reacting = phrase.has("reacting") and not _tells_votes(phrases[:at])
    if _is_opinion(phrases, at) or (at and phrase.has("participle") and phrases[at - 1].has("span")):
        return  # "switched from abstaining to voting against"
    if loose and (reacting or _is_passive(phrases, at) or not _speaks_of_the_text(phrases, at)):
        yield from named_behind(phrases, at)
        return
    infinitive = "side_infinitive" in phrase.tags and not any(
        other.has("did") or other.has("among") for other in phrases[max(0, at - AMONG_REACH) : at]
    )
    if infinitive or not is_fact(phrases, at):
        yield from _named(phrases, [_instructing(phrases, at)])
        return
    if at == 0 and (company := _in_company(phrases)):
        yield from company
        return
    yield from _subjects(phrases, at, 1 if loose else GAP)
    yield from _joined(phrases, at)
    yield from likewise(phrases, at)
    yield from named_behind(phrases, at)


def _in_company(phrases: tuple[Phrase, ...]) -> list[Actor]:
    """As in "Voting no with Israel were Chad and Fiji": a sentence that begins with what they did."""
    together = named_from(phrases, 2) if len(phrases) > 2 and phrases[1].has("attending") else []
    places = range(together[0].at, together[-1].at) if together else ()
    return together if any(phrases[index].has("cut_passive") for index in places) else []


def _tells_votes(before: Sequence[Phrase]) -> bool:
    """Whether what stands before is of votes: then "rejected it", too, is one, and no reaction."""
    return any(phrase.has(tag) for phrase in before for tag in ("side_verb", "joining", "alone_lead"))


def _subjects(phrases: tuple[Phrase, ...], at: int, allowed: int) -> list[Actor]:
    """The subjects of a verb, or whom its pronoun stands for."""
    if phrases[at - 1].has("pronoun") and at > 1:
        return _named_alone(phrases, at)
    if (speaker := _speaker(phrases, at)) is not None:
        return [speaker]
    attending = phrases[at].has("participle") or phrases[at - 1].has("did")
    if found := subjects(phrases, at, allowed, attending=attending):
        return found
    if phrases[at].has("participle") and phrases[at - 1].word == ",":
        return _of_the_clause(phrases, at - 1)
    return _shared(phrases, at, allowed)


def _of_the_clause(phrases: tuple[Phrase, ...], end: int) -> list[Actor]:
    """As in "the US let it pass, abstaining": the one country that the clause before has as its subject."""
    start = max((at + 1 for at in range(end) if phrases[at].word in {";", ":", "."}), default=0)
    named = [at for at in range(start, end) if country_of(phrases[at])]
    return named_before(phrases, named[0]) if len(named) == 1 else []


def _shared(phrases: tuple[Phrase, ...], at: int, allowed: int) -> list[Actor]:
    """As in "Chad had abstained but now voted in favour": the subjects of the verb that this one is joined to."""
    joint = at - 1
    while joint > 0 and (_is_filling(phrases[joint]) or _is_adverb(phrases[joint])):
        joint -= 1
    if not (phrases[joint].has("but") or phrases[joint].has("and")):
        return []
    for verb in range(joint - 1, max(-1, joint - 1 - _SHARED_REACH), -1):
        if phrases[verb].has("side_verb"):
            return subjects(phrases, verb, allowed)
        if country_of(phrases[verb]) or phrases[verb].word in {",", ";", ":", "("}:
            return []
    return []


def _named_alone(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """The one country that is named before phrase `at`; none if there are several."""
    named = [Actor(country, index) for index in range(at) if (country := country_of(phrases[index]))]
    return named if len({actor.country for actor in named}) == 1 else []


def _speaker(phrases: tuple[Phrase, ...], at: int) -> Actor | None:
    """As in “"We abstained on it," the envoy of Chad said”: who speaks of himself, named behind the quotation."""
    if not any(phrase.has("first_person") for phrase in phrases[max(0, at - _QUOTED_REACH) : at]):
        return None
    closing = next((index for index in range(at, len(phrases)) if phrases[index].word == '"'), None)
    if closing is None or not any(phrase.word == '"' for phrase in phrases[:at]):
        return None
    behind = range(closing + 1, len(phrases))
    named = [Actor(country, index) for index in behind if (country := country_of(phrases[index]))]
    return named[0] if len(named) == 1 else None


def _described(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """As in "Chad and Mali were the two noes", "Fiji was among the abstainers": those of whom it is said."""
    if _is_opinion(phrases, at):
        return []
    index = at - 1
    while index > 0 and not phrases[index].has("cut_passive") and not phrases[index].word.startswith("was "):
        steps = ("determiner", "filler", "among", "voters", "alone_lead")
        if not (phrases[index].number is not None or any(map(phrases[index].has, steps))):
            return []
        if phrases[index].has("among") and " " in phrases[index].word:
            return subjects(phrases, index)
        index -= 1
    return subjects(phrases, index) if index > 0 else []


def _is_opinion(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "Peru is in favour of a lasting peace": what it wants, where no text or vote is named."""
    if not phrases[at].has("opinion") or _ends(phrases, at):
        return False
    following = phrases[at + 1]
    if not (following.has("about") or following.has("share") or following.has("determiner")):
        return False
    for phrase in phrases[at + 1 : at + 1 + _DOCUMENT_REACH]:
        if phrase.has("document") or phrase.has("ballot") or phrase.has("it"):
            return False
        if phrase.word in {",", ";", "."}:
            break
    return True


def _of_the_noun(phrases: tuple[Phrase, ...], at: int) -> Iterator[Actor]:
    """As in "Chad and Fiji against", "voted on Friday against", "Chad's abstention", "Chad (against)", "against: …"."""
    if is_fact(phrases, at):
        if not phrases[at].has("lone") or _ends(phrases, at) or _has_text_behind(phrases, at):
            yield from _cast(phrases, at)
        if (last := _gapped(phrases, at)) is not None:
            yield from named_before(phrases, last, attending=True)
        elif _is_bare(phrases, at) and any(
            _is_bare(phrases, other) for other in range(len(phrases)) if other != at
        ):
            yield from named_before(phrases, at - 1)
        yield from _joined(phrases, at)
        if at > 1 and phrases[at - 1].word == "'s" and is_owner(phrases, at - 2):
            yield from _named(phrases, [at - 2])
        if at > 1 and phrases[at - 1].word in {":", "("} and _ends(phrases, at):
            yield from named_before(phrases, at - 2)
        if at and phrases[at - 1].tags.get("determiner") == "own":
            yield from _named_alone(phrases, at)
        if (speaker := _speaker(phrases, at)) is not None:
            yield speaker
        elif not phrases[at].has("lone"):
            yield from _described(phrases, at)
        yield from likewise(phrases, at)
    yield from named_behind(phrases, at)


def _behind_passive(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """As in "opposed by Israel and Chad", "opposed only by …", "opposed by four countries, among them Chad"."""
    start = at + 1
    for first in (start, start + 1):
        if first < len(phrases) and (found := named_from(phrases, first)):
            return found
        if first < len(phrases) and country_of(phrases[first]):
            return []  # "opposed by Russia's allies"
    return named_behind(phrases, at, counted=True)


def _opened(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """As in "votaron en contra Israel y Chad": the voters stand behind their verb, and nobody right before it."""
    before = at - 1
    while before >= 0 and phrases[before].has("filler") and not country_of(phrases[before]):
        before -= 1
    related = at > 0 and phrases[at - 1].has("relative")  # "Chad, que se abstuvo"
    before_it = _besides(phrases, before)
    governed = before > 0 and phrases[before - 1].has("about")
    named = before >= 0 and country_of(phrases[before]) and not before_it and not governed
    if related or named or not is_fact(phrases, at):
        return []
    start = at + 1 + _is_too(phrases, at, before)
    while start < len(phrases) and not country_of(phrases[start]) and not phrases[start].has("about") and (
        any(phrases[start].has(tag) for tag in ("filler", "including", "determiner", "recent"))
        or (phrases[start].word == "," and _is_inserted(phrases, start))
    ):  # fmt: skip
        start += 1
    if start == at + 1 < len(phrases) and phrases[start].has("bent"):
        return []  # "several states came out against Chad": what a preposition bends is no subject
    if start < len(phrases) and country_of(phrases[start]):
        return [*named_from(phrases, start), *before_it]
    return [*named_behind(phrases, at, counted=True), *before_it]


def _is_too(phrases: tuple[Phrase, ...], at: int, before: int) -> bool:
    """Whether the "and" behind the verb that opens a sentence is a "too": "Утримався і Китай."."""
    too = before < 0 and at + 2 < len(phrases) and phrases[at + 1].has("and")
    return (
        too
        and country_of(phrases[at + 2]) is not None
        and (at + 3 == len(phrases) or phrases[at + 3].word == ".")
    )


def _besides(phrases: tuple[Phrase, ...], last: int) -> list[Actor]:
    """As in "Además de Chad, se abstuvieron Mali y Fiyi": the list that ends at phrase `last`, or before a comma."""
    while last >= 0 and (phrases[last].word == "," or phrases[last].has("filler")):
        last -= 1
    if last < 0 or not country_of(phrases[last]):
        return []
    start = last
    while start > 0 and not phrases[start].has("besides"):
        if not (country_of(phrases[start]) or _links_list(phrases[start])):
            return []
        start -= 1
    return named_from(phrases, start + 1) if phrases[start].has("besides") else []


def _links_list(phrase: Phrase) -> bool:
    return phrase.word == "," or phrase.has("and") or phrase.has("determiner")


def _agents(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """As in "Der Antrag wurde von Peru und dem Tschad abgelehnt": by whom, where the participle stands last."""
    actors = named_before(phrases, at - 1)
    before = actors[0].at - 1 if actors else -1
    while before >= 0 and phrases[before].has("determiner"):
        before -= 1
    return actors if before >= 0 and phrases[before].has("agent") else []


def _is_inserted(phrases: tuple[Phrase, ...], comma: int) -> bool:
    """Whether a comma stands around "among others"."""
    return any(
        phrase.has("including") for phrase in (*phrases[comma - 1 : comma], *phrases[comma + 1 : comma + 2])
    )


def _named(phrases: tuple[Phrase, ...], places: Sequence[int | None]) -> Iterator[Actor]:
    for at in places:
        if at is not None and at >= 0 and (country := country_of(phrases[at])):
            yield Actor(country, at)


def _is_of_a_text(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "a draft backed by Chad", "a draft on the war was blocked by Chad", "a plan opposed by four states"; not
    "rebels backed by Chad".
    """
    if any(phrase.number is not None for phrase in phrases[at + 1 : at + GAP]):
        return True
    index, adverbs = at - 1, 1
    while index >= 0 and (_is_filling(phrases[index]) or (adverbs and _is_adverb(phrases[index]))):
        adverbs -= not _is_filling(phrases[index])
        index -= 1
    told = ("document", "outcome", "ballot", "it", "body", "side_passive", "casting")
    if index < 0 or any(phrases[index].has(tag) for tag in told):
        return index >= 0
    between = phrases[index + 1 : at]
    parted = phrases[index].word in {",", "-"} or phrases[index].has("and")
    if not (parted or any(phrase.has("cut_passive") for phrase in between)) or any(
        phrase.has("relative") for phrase in between
    ):
        return False
    return _stands_in_reach(phrases, index)


def _stands_in_reach(phrases: tuple[Phrase, ...], index: int) -> bool:
    """Whether a text is named before phrase `index`, and nothing happens between."""
    for before in range(index, max(-1, index - _PARTED_REACH), -1):
        if phrases[before].has("document"):
            return True
        if any(phrases[before].has(tag) for tag in ("modal", "did", "outcome", "act", "side_verb")):
            return False
    return False


def _is_filling(phrase: Phrase) -> bool:
    return phrase.has("filler") or phrase.has("recent")


def _is_adverb(phrase: Phrase) -> bool:
    """A word that no table knows, or knows as an adverb: "strongly opposed by"."""
    known = phrase.has("cut_adverb") or phrase.has("manner") or phrase.has("cut_lead")
    return phrase.word[:1].isalpha() and (known or not phrase.tags)


def _is_passive(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "a text by Chad was rejected": Chad did not reject it."""
    return at > 0 and phrases[at - 1].has("cut_passive")


def _speaks_of_the_text(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "backed the resolution", "oppose" at the end of a headline about a vote."""
    behind = phrases[at + 1 : at + 1 + _DOCUMENT_REACH]
    few = any(phrase.has("among") for phrase in phrases[max(0, at - 2) : at])
    for index, phrase in enumerate(behind):
        if phrase.has("document") or phrase.has("ballot") or (few and phrase.has("attempt")):
            return True  # "were among those supporting the call"
        if phrase.has("and") and not any(map(_is_text, behind[index + 1 : index + 1 + _COMPOUND_REACH])):
            break  # "Peru supports a truce and called the vote historic"
        if phrase.word in {",", ";"} or phrase.has("outcome") or phrase.has("side_verb"):
            break
    if behind and behind[0].has("it"):
        return True
    ends = not behind or behind[0].word in {",", ";", ".", "-"}
    told = ("voting", "outcome", "document", "side_verb", "among", "only")
    return ends and any(
        phrase.number is not None or any(tag in phrase.tags for tag in told) for phrase in phrases[:at]
    )


def _is_text(phrase: Phrase) -> bool:
    return phrase.has("document")


def _cast(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """As in "Chad voted on Friday against", "stimmten Chad und Fidschi dagegen": voters of a verb that is apart."""
    for index in range(at - 1, max(-1, at - 1 - _CAST_REACH), -1):
        phrase = phrases[index]
        if phrase.has("casting"):
            return (
                [*subjects(phrases, index), *named_before(phrases, at - 1)] if is_fact(phrases, index) else []
            )
        stops = ("outcome", "side_verb", "side_noun", "document", "infinitive", "voters")
        if phrase.word in {";", ":", "("} or phrase.number is not None or any(map(phrase.has, stops)):
            return []
    return []


def _gapped(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """The last country of "19 states voted for it, Chad and Fiji(,) against.": nothing follows that it could be a
    preposition to.
    """
    last = at - 1
    while last > 0 and phrases[last].word in {",", "-", '"'}:
        last -= 1
    voted = any(
        phrase.has("side_verb") or phrase.has("attending") or phrase.number is not None
        for phrase in phrases[:at]
    )
    return last if voted and at > 0 and country_of(phrases[last]) is not None and _ends(phrases, at) else None


def _is_bare(phrases: tuple[Phrase, ...], at: int) -> bool:
    """Whether a clause is nothing but countries and their side: "Poland for, Hungary against"."""
    if (
        not at
        or not phrases[at].has("side_noun")
        or not _ends(phrases, at)
        or not country_of(phrases[at - 1])
    ):
        return False
    first = at - 1
    while first > 0 and (country_of(phrases[first - 1]) or phrases[first - 1].has("and")):
        first -= 1
    return first == 0 or phrases[first - 1].word in _ENDS or phrases[first - 1].has("filler")


def _ends(phrases: tuple[Phrase, ...], at: int) -> bool:
    return at + 1 == len(phrases) or phrases[at + 1].word in _ENDS or phrases[at + 1].has("and")


def _joined(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """As in "joined Chad and Mali at the UN in opposing": those who were joined, and the countries that joined them."""
    joining = next((index for index in range(at - 1, -1, -1) if phrases[index].has("joining")), None)
    if joining is None:
        return []
    joined = named_from(phrases, joining + 1)
    beside = bool(joined) and joined[-1].at == at - 1 and _has_text_behind(phrases, at)
    if not beside and not any(phrase.has("joined_in") for phrase in phrases[joining:at]):
        return []  # "lined up with Chad against the text", "joined Chad in opposing"
    behind = phrases[joined[-1].at if joined else joining : at]
    if any(phrase.has("outcome") or phrase.word in {",", ";"} for phrase in behind):
        return []
    return [*joined, *subjects(phrases, joining)]


def _has_text_behind(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "voted with Chad against the resolution"."""
    return any(phrase.has("document") or phrase.has("it") for phrase in phrases[at + 1 : at + GAP])


def likewise(phrases: tuple[Phrase, ...], at: int) -> list[Actor]:
    """As in "Washington voted against the text, as did Israel"."""
    index = at + 1
    while index < len(phrases) and index - at <= _DOCUMENT_REACH and not phrases[index].has("likewise"):
        phrase = phrases[index]
        about_the_text = any(
            phrase.has(tag) for tag in ("filler", "document", "determiner", "it", "and", "about")
        )
        if phrase.word not in {",", ";"} and not about_the_text:
            return []
        index += 1
    return named_from(phrases, index + 1) if index < len(phrases) and phrases[index].has("likewise") else []


def _instructing(phrases: tuple[Phrase, ...], at: int) -> int | None:
    """Who instructed an envoy to do what the verb at `at` says: the country named last before the instruction."""
    start = max(0, at - _INSTRUCTED_REACH)
    verb = next((index for index in range(at - 1, start - 1, -1) if phrases[index].has("instructed")), None)
    if verb is None or not any(phrase.has("envoy") for phrase in phrases[verb:at]):
        return None
    places = (*range(verb, at), *range(verb - 1, -1, -1))
    return next((index for index in places if country_of(phrases[index])), None)


def _heading(phrases: tuple[Phrase, ...]) -> str | None:
    """The side of a heading: "Against:", "Voted against (5):", and nothing else."""
    if len(phrases) > _LONGEST_HEADING:
        return None
    sides = [side for phrase in phrases if (side := side_of(phrase)) is not None]
    rest = (
        phrase for phrase in phrases
        if side_of(phrase) is None and phrase.number is None and phrase.word[:1].isalnum()
        and not any(phrase.has(tag) for tag in ("voters", "filler", "determiner", "ballot"))
    )  # fmt: skip
    return sides[0] if len(sides) == 1 and not any(rest) else None


def _is_list(phrases: tuple[Phrase, ...]) -> bool:
    """Whether a sentence is nothing but names of countries."""
    return all(country_of(phrase) or not phrase.word[:1].isalnum() or phrase.has("and") for phrase in phrases)
