"""When a sentence places what it tells: a day, lately, or long before the article.

Dates are read from the words ("24 February 2026", "on Tuesday", "last year", "five days ago") against the day the
article was published; without that day only a full date is one. Which event of the sentence a time belongs to is
judged by distance: a time near another verb is not ours. Numbers, sides and those who voted are no distance: what is
counted in one breath was counted at one time. An old time that stands before a text ("last week's resolution") is that
text's, and so that of all that is told behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from watcher.core.votes.days import is_governed, parts_of_date
from watcher.core.votes.reading import Phrase, Sentence

STILL_NEWS = timedelta(days=3)  # a vote this many days before the article is still reported as new
_WEEK = timedelta(days=7)
TIME_ZONES = timedelta(days=1)  # the day of the vote may be ahead of the day of the article
_FAR_AHEAD = timedelta(days=31)
_REACH_BEFORE, _REACH_AFTER = 8, 6  # phrases between a time and the verb it belongs to
_STRANGERS_AFTER = 4  # unknown words between a verb and the "last year" that makes it old
_VERB_REACH = 3  # phrases between a verb and the time that closes its clause
_LEADING = 4  # a time among the first phrases of a sentence covers it to the end
_COUNTING = ("side_noun", "side_verb", "side_loose", "voters", "and", "row_mark", "figure")
_VERBS = ("outcome", "side_verb")
_TEXTS = ("document", "ballot")
_WHERE = ("filler", "determiner", "body", "body_again", "un", "committee", "about")
_WITH_WHOM = 3  # words on the text and on those who voted likewise
_PARTS = {",", ";", ":", ".", "(", ")"}
_BEFORE_TEXT = 3  # phrases between "last week's" and the text it dates


class Time(NamedTuple):
    """A time named in a sentence, at phrases [first, last]. `day` where it is a day."""

    first: int
    last: int
    fresh: bool  # near enough to the article to be its news; not long before it, not to come
    day: date | None = None
    ahead: bool = False  # only what follows can be of this time: "five days after the Council voted"
    behind: bool = False  # only what it closes can: "used its veto 120 times"


def times(sentence: Sentence, published: date | None) -> Iterator[Time]:
    """The times a sentence names, in its order."""
    at = 0
    while at < len(sentence.phrases):
        time = _time_at(sentence.phrases, at, published)
        if time is not None:
            yield time
            at = time.last
        at += 1


def time_of(sentence: Sentence, event: int, named: Iterable[Time]) -> Time | None:
    """Which of the times `named` in a sentence is that of the event at phrase `event`; None when none is."""
    named = list(named)
    near = [time for time in named if _belongs(sentence, time, event)]
    if not near:
        near = [time for time in named if _is_when(sentence, time, event)]
    return min(near, key=lambda time: abs(time.first - event), default=None)


def _belongs(sentence: Sentence, time: Time, event: int) -> bool:
    if time.last < event and dates_a_text(sentence, time):
        return True
    if (
        not time.fresh
        and not time.ahead
        and event not in (clause := _recalling_clause(sentence, time))
        and clause
    ):
        return False
    start, end = (time.last + 1, event) if time.last < event else (event + 1, time.first)
    between = sentence.phrases[start:end]
    if time.behind:
        return event < time.first and not any(phrase.word in _PARTS for phrase in between)
    if time.ahead:
        return time.last < event and _is_in_clause(between)
    if any(phrase.has("outcome") or phrase.has("border") for phrase in between):
        return False
    covers = time.first <= _LEADING and time.last < event and not time.fresh
    if any(phrase.word == ";" for phrase in between) and not covers:
        return False
    if time.last < event:
        parted = any(phrase.word == "," for phrase in between)
        if parted and any(told(sentence, time) for told in (_follows_a_verb, _follows_a_number, _is_related)):
            return False  # "Chad, which abstained in 2022, voted in favour"
        return time.first <= _LEADING or _distance(between) <= _REACH_BEFORE
    if time.fresh:
        return len(between) <= _REACH_AFTER or _closes_the_clause(between)
    if any(phrase.word == "," for phrase in between) and _follows_a_number(sentence, time):
        return False  # "93 in favour, down from 141 last year"
    strangers = [phrase for phrase in between if not phrase.tags and phrase.word[:1].isalpha()]
    return len(strangers) <= _STRANGERS_AFTER and not any("origin" in phrase.tags for phrase in between)


def _is_when(sentence: Sentence, time: Time, event: int) -> bool:
    """As in "last month's rebuke of Chad, when 128 states voted for a text and nine opposed it": all of it was then."""
    between = sentence.phrases[time.last + 1 : event]
    if time.fresh or time.behind or any(phrase.word in {";", ":"} for phrase in between):
        return False
    return any(comma.word == "," and _opens_a_when(after) for comma, after in pairwise(between))


def _opens_a_when(phrase: Phrase) -> bool:
    return phrase.has("then") or phrase.has("whereby")


def _recalling_clause(sentence: Sentence, time: Time) -> range:
    """As in "Chad voted yes, having abstained last year", "Chad, which had abstained before, voted yes": the clause of
    another vote that an old time stands in, and dates alone; empty where it stands in none."""
    phrases = sentence.phrases
    start = time.first
    while start > 0 and phrases[start - 1].word not in _PARTS and not _recalls(phrases[start]):
        start -= 1
    if start == 0 or not (
        _recalls(phrases[start]) or (phrases[start - 1].word == "," and _may_recall(phrases[start]))
    ):
        return range(0)
    end = next((at for at in range(time.last, len(phrases)) if phrases[at].word in _PARTS), len(phrases))
    votes = any(phrase.has("side_verb") or phrase.has("side_infinitive") for phrase in phrases[start:end])
    return range(start, end) if votes or _is_of_a_country(phrases, start, end) else range(0)


def _is_of_a_country(phrases: tuple[Phrase, ...], start: int, end: int) -> bool:
    """As in "Chad, which still backed the agency two years ago, voted no": a clause that a comma closes."""
    closed = end < len(phrases) and phrases[end].word == ","
    return closed and start > 1 and phrases[start].has("relative") and phrases[start - 2].country is not None


def _recalls(phrase: Phrase) -> bool:
    return phrase.has("recalling") or phrase.has("aside")


def _may_recall(phrase: Phrase) -> bool:
    """What begins a clause behind a comma: "which", "but", or the old time itself."""
    return any(phrase.has(tag) for tag in ("relative", "but", "past", "since"))


def _is_in_clause(between: tuple[Phrase, ...]) -> bool:
    """Whether "days after" governs what follows: up to the comma, and on, where votes were told before it."""
    comma = next((index for index, phrase in enumerate(between) if phrase.word in {",", ";"}), None)
    if comma is None:
        return True
    return any(phrase.has("side_verb") or phrase.has("side_noun") for phrase in between[:comma])


def _distance(between: Iterable[Phrase]) -> int:
    """How many phrases part a time from its event, not counting those of a ballot's numbers."""
    return sum(
        phrase.number is None and not phrase.country and phrase.word not in {",", "(", ")"}
        and not any(phrase.has(tag) for tag in _COUNTING)
        for phrase in between
    )  # fmt: skip


def _closes_the_clause(between: Sequence[Phrase]) -> bool:
    """As in "voted against a text at the UN Assembly, siding with Chad and Mali on Monday": where and with whom, but
    nothing that was said or done besides."""
    if any(
        phrase.has(tag) for phrase in between for tag in ("telling", "reaction", "aside", "relative", "modal")
    ):
        return False
    return _distance([phrase for phrase in between if not any(map(phrase.has, _WHERE))]) <= _WITH_WHOM


def dates_a_text(sentence: Sentence, time: Time) -> bool:
    """As in "criticised last week's resolution, passed by 124 to 14": the old text is the only one so far."""
    phrases = sentence.phrases
    if time.fresh or any(phrase.has(tag) for phrase in phrases[: time.first] for tag in _TEXTS):
        return False
    for phrase in phrases[time.last + 1 : time.last + 2 + _BEFORE_TEXT]:
        if any(phrase.has(tag) for tag in _TEXTS):
            return not phrase.has("side_verb")
        if phrase.word == "," or phrase.number is not None or any(phrase.has(tag) for tag in _VERBS):
            return False
    return False


def _follows_a_verb(sentence: Sentence, time: Time) -> bool:
    """Whether another vote stands right before a time that is not the article's: it is that one's."""
    before = sentence.phrases[max(0, time.first - _VERB_REACH) : time.first]
    verbs = ("side_verb", "side_noun", "outcome")
    return not time.fresh and any(phrase.has(tag) for phrase in before for tag in verbs)


def _follows_a_number(sentence: Sentence, time: Time) -> bool:
    """Whether a number stands right before a time that is not the article's: it counted then."""
    before = sentence.phrases[max(0, time.first - 2) : time.first]
    return not time.fresh and any(phrase.number is not None for phrase in before)


def _is_related(sentence: Sentence, time: Time) -> bool:
    """As in "Chad, which last year opposed it, abstained": it dates no more than its relative clause."""
    before = sentence.phrases[max(0, time.first - 2) : time.first]
    return not time.fresh and len(before) == 2 and before[0].word == "," and before[1].has("relative")


def _time_at(phrases: tuple[Phrase, ...], at: int, published: date | None) -> Time | None:
    tags = phrases[at].tags
    if (reckoned := _reckoned(phrases, at, published)) is not None:
        return reckoned
    if _is_repeated(phrases, at):
        return Time(at, at + 1, fresh=False, behind=True)
    if "past" in tags:
        return _on_its_day(phrases, Time(at, at, fresh=False))
    if "recent" in tags:
        day = _recent_day(tags["recent"], published)
        if day is not None and day == published and _is_last(phrases, at):
            day -= _WEEK  # "last Monday" on a Monday
        return Time(at, at, _is_recent(day, published, _is_last(phrases, at)), day=day)
    return _calendar(phrases, at, published)


def _reckoned(phrases: tuple[Phrase, ...], at: int, published: date | None) -> Time | None:
    """As in "five days ago", "hace dos semanas": a number of days, weeks, months or years. What was days before
    something else ("a day after the Council voted") is not the news, however few they were."""
    if phrases[at].has("days_after"):
        return Time(at, at, fresh=False, ahead=True)
    leads = phrases[at].has("ago_lead")
    amount, unit = at + leads, at + leads + 1
    if published is None or unit >= len(phrases) or (many := phrases[amount].number) is None:
        return None
    if phrases[unit].has("days_after") and not leads:
        return Time(at, unit, fresh=False, ahead=True)
    days = phrases[unit].tags.get("unit" if leads else "ago")
    if days is None:
        return None
    past = timedelta(days=many * int(days))
    return _on_its_day(
        phrases, Time(at, unit, past <= STILL_NEWS, published - past if int(days) == 1 else None)
    )


def _on_its_day(phrases: tuple[Phrase, ...], time: Time) -> Time:
    """With the day right behind an old time, which is only its anniversary: "Four years ago today", "… on Monday"."""
    today = time.last + 1
    if today + 1 < len(phrases) and (phrases[today].has("about") or phrases[today].has("filler")):
        today += 1
    of_old = not time.fresh and today < len(phrases) and phrases[today].has("recent")
    return time._replace(last=today) if of_old else time


def _is_repeated(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "used its veto 120 times": what was done so often was not done now."""
    counted = phrases[at].number is not None or phrases[at].has("figure")
    return counted and at + 1 < len(phrases) and phrases[at + 1].has("repeated")


def _is_last(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "last Monday", "lundi dernier"."""
    return any(phrase.has("last") for phrase in (*phrases[max(0, at - 1) : at], *phrases[at + 1 : at + 2]))


def _is_recent(day: date | None, published: date | None, last: bool) -> bool:
    """Whether a weekday is still news: one of last week is not, but one right ahead may be today elsewhere."""
    if day is None or published is None:
        return True
    return published - day <= STILL_NEWS or (published + TIME_ZONES - day == _WEEK and not last)


def _recent_day(name: str, published: date | None) -> date | None:
    """The day of "today", "yesterday", or of the last such weekday (0 is Monday) on or before publication."""
    if published is None:
        return None
    if name in {"today", "yesterday"}:
        return published - timedelta(days=name == "yesterday")
    return published - timedelta(days=(published.weekday() - int(name)) % 7)


def _calendar(phrases: tuple[Phrase, ...], at: int, published: date | None) -> Time | None:
    """As in "24 February 2026", "Feb. 24", "February 2026", "in 2022"."""
    last, month, day, year = parts_of_date(phrases, at)
    if month is None and year is None:
        return None
    if is_governed(phrases, at):
        return _then(phrases, at, last)
    if day is not None and month is not None:
        return _on_day(at, last, day, month, year, published)
    if published is None:
        return None
    if year is not None and year != published.year:
        return Time(at, last, fresh=False)
    past = month is not None and month not in {published.month, (published - STILL_NEWS).month}
    return Time(at, last, fresh=False) if past else None


def _then(phrases: tuple[Phrase, ...], first: int, last: int) -> Time | None:
    """As in "the most since 2007, when 104 states backed it": of that year is only what follows."""
    then = last + 1 + (last + 1 < len(phrases) and phrases[last + 1].word == ",")
    told = then < len(phrases) and phrases[then].has("then")
    return Time(first, then, fresh=False, ahead=True) if told else None


def _on_day(
    first: int, last: int, day: int, month: int, year: int | None, published: date | None
) -> Time | None:
    if year is None and published is None:
        return None
    try:
        found = date(year or (published or date.min).year, month, day)
        if year is None and published is not None and found > published + _FAR_AHEAD:
            found = found.replace(year=found.year - 1)
    except ValueError:
        return None
    if published is not None and found - published > _FAR_AHEAD:
        return None  # nothing that has happened is of that day: a mandate ends then
    fresh = published is None or -TIME_ZONES <= published - found <= STILL_NEWS
    return Time(first, last, fresh, day=found)
