"""What a title says of its article beside the vote: that it is still to come, long past, an election, or an answer.

What the title is about holds for the article. These are questions to the words of title and lead alone; what follows
from them, where numbers and decisions are told, `news` judges.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from watcher.core.votes.reading import Phrase, Reading, Sentence
from watcher.core.votes.timing import Time, dates_a_text

_OPENING = 1  # phrases before the day that a title opens with
_OF_THE_DAY = 2  # phrases between "the vote" and its day
_OF_A_VOTE = ("ballot", "document", "outcome", "side_verb", "side_noun")
_ONLY_WHEN = ("since", "aside")
_OFF_A_LABEL = {":", "|", "-", "/", "]", ")"}
_ANSWERS_IN_TITLE = {"cue", "title"}
_OF_A_HOUSE = ("body", "body_again", "committee", "chamber", "un", "document", "ballot")


def title_of(reading: Reading) -> list[Sentence]:
    return [sentence for sentence in reading.sentences if sentence.field == "title"]


def announces(reading: Reading) -> bool:
    """As in "Council to vote on Friday", "Завтра Генасамблея голосуватиме"."""
    return any(
        phrase.tags.get("upcoming") == "vote" for title in title_of(reading) for phrase in title.phrases
    )


def asks(reading: Reading) -> bool:
    """As in "How Africa votes at the UN", "Five takeaways from the vote", "Vetoes: why they are cast": it explains."""
    titles = title_of(reading)
    phrases = titles[0].phrases if titles else ()
    opens = bool(phrases) and phrases[0].has("asking")
    behind_colon = (at for at in range(1, len(phrases)) if phrases[at - 1].word == ":")
    whys = any(phrases[at].tags.get("asking") == "why" for at in behind_colon)
    anywhere = (phrase.tags.get("asking") == "anywhere" for title in titles for phrase in title.phrases)
    return opens or whys or any(anywhere)


def comments(reading: Reading) -> bool:
    """As in "Analysis | What the vote means", "A vote of shame - Opinion": the paper itself says that it is no news."""
    titles = title_of(reading)
    if not titles:
        return False
    opening, closing = titles[0].phrases, titles[-1].phrases
    first = next((at for at, phrase in enumerate(opening[:2]) if phrase.has("genre")), None)
    if first is not None and first + 1 < len(opening) and opening[first + 1].word in _OFF_A_LABEL:
        return True
    return len(closing) > 1 and closing[-1].has("genre") and closing[-2].word in _OFF_A_LABEL


def answers(reading: Reading) -> bool:
    """As in "Chad hails UN vote", "Backlash over veto"."""
    return any(
        phrase.tags.get("reaction") in _ANSWERS_IN_TITLE and not is_of_body(title.phrases, at)
        for title in title_of(reading)
        for at, phrase in enumerate(title.phrases)
    )


def answered_at(sentence: Sentence) -> int | None:
    """The phrase by which a lead opens with what somebody says, before it names a house or a text: "The minister
    condemned Friday's vote, in which 142 states …"; None where it opens otherwise."""
    opening = sentence.phrases[: first_named(sentence)]
    return next((at for at, phrase in enumerate(opening) if phrase.has("reaction")), None)


def first_named(sentence: Sentence) -> int:
    """The first phrase that names a house, a text or a vote; behind the last one if none does."""
    phrases = sentence.phrases
    named = (at for at, phrase in enumerate(phrases) if any(phrase.has(tag) for tag in _OF_A_HOUSE))
    return next(named, len(phrases))


def is_of_body(phrases: tuple[Phrase, ...], at: int) -> bool:
    """As in "UN General Assembly criticises Chad": where a body is the subject, the words tell its vote."""
    return at > 0 and phrases[at - 1].has("body")


def comes_after_a_vote(reading: Reading) -> bool:
    """As in "Gulf states press on after UN vote"."""
    earlier = (title.phrases[index] for title in title_of(reading) for index in told_as_earlier(title))
    return any(phrase.has(tag) for phrase in earlier for tag in _OF_A_VOTE)


def told_as_earlier(title: Sentence) -> range:
    """The phrases of an "after …", up to the comma that ends it."""
    phrases = title.phrases
    after = next((at for at, phrase in enumerate(phrases) if phrase.tags.get("aside") == "earlier"), None)
    if after is None:
        return range(0)
    ends = (at for at in range(after, len(phrases)) if phrases[at].word in {",", ";", ":"})
    return range(after, next(ends, len(phrases)))


def looks_back(named: Sequence[tuple[Sentence, Time]]) -> bool:
    """As in "29 November 1947: the day the UN voted", "Back to the vote of 12 March", "After last week's vote": of the
    times that a title names, none is new, and the first opens it or dates a vote."""
    if not named or any(time.fresh for _, time in named):
        return False
    title, time = named[0]
    dated = title.phrases[max(0, time.first - _OF_THE_DAY) : time.first]
    of_a_vote = any(phrase.has("ballot") for phrase in dated) or dates_a_text(title, time)
    return not time.ahead and (time.first <= _OPENING or of_a_vote)


def opens_with_years(reading: Reading) -> bool:
    """As in "25 years of …", "Ten years since …": a title that counts years tells of what was then. One that goes on
    behind a comma may tell of something new: "Two years after the invasion, a text passes"."""
    phrases = next((title.phrases for title in title_of(reading)), ())
    if any(phrase.word == "," for phrase in phrases):
        return False
    counted = pairwise(phrases[: _OPENING + 2])
    return any(many.number is not None and unit.has("years") for many, unit in counted)


def is_about_an_election(reading: Reading) -> bool:
    """Whether title and lead speak of those who are elected before they speak of a text."""
    for sentence in reading.sentences[: reading.lead]:
        if is_about_a_text(sentence):
            return False
        if elects(sentence):
            return True
    return False


def elects(sentence: Sentence) -> bool:
    """Whether somebody is elected; "before the elections" only says when."""
    phrases = sentence.phrases
    elected = (at for at, phrase in enumerate(phrases) if phrase.has("election"))
    return _names_somebody(sentence) or any(not _is_only_when(phrases, at) for at in elected)


def _is_only_when(phrases: tuple[Phrase, ...], at: int) -> bool:
    before = [phrase for phrase in phrases[max(0, at - 2) : at] if not phrase.has("determiner")][-1:]
    return any(phrase.has(tag) and not phrase.has("share") for phrase in before for tag in _ONLY_WHEN)


def _names_somebody(sentence: Sentence) -> bool:
    """As in "a resolution recommending Jane Doe as secretary-general": by such a text somebody is elected."""
    return sentence.has("naming") and sentence.has("office")


def is_about_a_text(sentence: Sentence) -> bool:
    """As in "a resolution on elections", "calls for elections": they are what a text is about. A bid is of those who
    are elected, too."""
    texts = (phrase for phrase in sentence.phrases if phrase.has("document"))
    if _names_somebody(sentence):
        return False
    return any(not text.has("candidacy") for text in texts) or sentence.has("act")


def tells_of_a_text(sentence: Sentence) -> bool:
    """Whether a sentence of an article on an election tells of a text all the same; "a secret ballot demanded by Chad"
    does not, for no house demands."""
    housed = any(phrase.has(tag) for phrase in sentence.phrases for tag in _OF_A_HOUSE if tag != "ballot")
    return housed and is_about_a_text(sentence)
