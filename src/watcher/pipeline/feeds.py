"""Polling feeds: all that are due, at once; each ends in one transaction, after others where it brought very much.

Reading and judging what came happens in the fetcher's threads, so that a feed which takes long delays no other; all
that is written is written by the one who polls. What a feed brought waits, in memory, for the pages of its teasers.
Whoever dies meanwhile has recorded nothing, and polls the feed again.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple, TypeVar

from watcher.config import Source
from watcher.core.alerts.deciding import Freshness
from watcher.core.formats.pages import Page
from watcher.core.rules import RuleSet
from watcher.core.sources.hints import in_our_time, of_feed
from watcher.core.sources.polling import SourceState
from watcher.edges.fetch import Request, Response, hash_of
from watcher.edges.store import Carried, Ended, Ingest, Unchanged
from watcher.errors import ParseError, SourceError, StoreError
from watcher.pipeline.doors import Doors, Report
from watcher.pipeline.learning import (
    AT_ONCE,
    PAUSE,
    Findings,
    learn_ahead,
    learn_together,
    read,
    wanting,
    with_pages,
)
from watcher.pipeline.pages import MOST_PAGES, Pages
from watcher.pipeline.settling import end, end_failed, heard, is_counted

log = logging.getLogger(__name__)

# A feed may hold thousands of texts that take long to judge, and all feeds share one processor.
_JUDGING = timedelta(seconds=5)
_LEASED_AT_ONCE = 256  # feeds; far fewer than are polled within a lease
_ASKED_EVERY = timedelta(seconds=1)  # what comes due meanwhile, once all that was due is taken
_MOST_MARKS = 1_000  # entries; a feed of more is an archive, and is read whole
_SETTLED_AT_ONCE = 256  # polls
_ARTICLES_AT_ONCE = 200  # where few of them match
_SETTLED_WITHIN = timedelta(seconds=0.2)


@dataclass(frozen=True, slots=True)
class _Poll:
    """A poll that brought something, and may wait for pages. `state`: what holds once it is settled, and `before` now.

    `pages`: those that are wanted, by URL, as they are known so far.
    """

    feed: Source
    before: SourceState
    state: SourceState
    fresh: Freshness
    findings: Findings
    pages: Mapping[str, Page]


class _Settled(NamedTuple):
    """A poll of which all is known. `findings`: what it brought, or None; `pages`: those fetched for it."""

    feed: Source
    before: SourceState
    after: SourceState
    fresh: Freshness | None = None
    findings: Findings | None = None
    pages: Sequence[Page] = ()


class _Settling:
    """Polls of which all is known. They end together, for a transaction of its own would cost most more than all else.

    Whoever dies before has recorded none, and asks again. One that a bug of ours keeps from being recorded costs the
    others nothing: each then ends by itself.
    """

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._polls: list[_Settled] = []
        self._since = doors.clock()  # when the first of them came
        self._articles = self._matches = 0

    def __len__(self) -> int:
        return len(self._polls)

    @property
    def much(self) -> bool:
        """Whether they have brought what is enough for a transaction."""
        return self._articles >= _ARTICLES_AT_ONCE or self._matches >= AT_ONCE

    def due(self, now: datetime) -> bool:
        """Whether there are many of them, or one that has waited."""
        many = len(self) >= _SETTLED_AT_ONCE or self.much
        return many or (bool(self._polls) and now - self._since >= _SETTLED_WITHIN)

    def add(self, poll: _Settled) -> None:
        self._since = self._since if self._polls else self._doors.clock()
        self._polls.append(poll)
        if poll.findings:
            self._articles += len(poll.findings.judged)
            self._matches += poll.findings.matched

    def settle(self) -> Iterable[Report]:
        polls, self._polls = self._polls, []
        self._articles = self._matches = 0
        try:
            return self._together(polls)
        except StoreError:
            raise
        except Exception:
            return [self._alone(poll) for poll in polls]

    def _alone(self, poll: _Settled) -> Report:
        def step() -> Report:
            [report] = self._together([poll])
            return report

        return _guarded(poll.feed, poll.before, self._doors, step)

    def _together(self, polls: Sequence[_Settled]) -> list[Report]:
        """The transaction; and before it those of what is too much for one."""
        if not polls:
            return []
        doors, now = self._doors, self._doors.clock()
        ahead: dict[str, Report] = {}
        brought: list[tuple[Findings, Freshness]] = []
        for poll in polls:
            if poll.findings and poll.fresh:
                ahead[poll.feed.name], findings = learn_ahead(poll.findings, now, poll.fresh, doors)
                brought.append((findings, poll.fresh))
        with doors.store.ingest() as ingest:
            ingest.pages.save((page for poll in polls for page in poll.pages), now)
            learnt = learn_together(ingest, brought, now, doors.telling)
            ingest.carries([Carried(each.source, each.carried, each.whole) for each, _ in brought], now)
            ingest.settle_sources(_ended(ingest, polls, now, doors))
        reports = {each.source: ahead[each.source].and_then(each) for each in learnt}
        # What was wrong with a body when it was read is still wrong with it.
        return [
            reports[poll.feed.name]._replace(error=poll.after.warning)
            if poll.feed.name in reports
            else Report(poll.feed.name, error=poll.after.warning)
            for poll in polls
        ]


def _ended(ingest: Ingest, polls: Sequence[_Settled], now: datetime, doors: Doors) -> list[Ended | Unchanged]:
    changed = [poll.after.name for poll in polls if poll.findings or not is_counted(poll.after, now)]
    rhythms = ingest.rhythms(changed, now)
    return [
        end(poll.feed, poll.before, poll.after, now, doors.chance(), rhythms.get(poll.after.name))
        for poll in polls
    ]


def poll_feeds(
    feeds: Sequence[Source],
    rules: RuleSet,
    doors: Doors,
    stopping: Callable[[], bool],
    outdated: Callable[[], bool] = lambda: False,
) -> Iterator[Report]:
    """Poll every feed that is due, and those that come due meanwhile; a report as each one ends.

    Once `stopping`, what is under way is left: its leases end, and nothing of it was recorded. Once `outdated`, what is
    under way ends and no more is begun: of many feeds one is always due, and a pass by old rules would have no end.
    """
    by_name = {feed.name: feed for feed in feeds}
    urls = {feed.name: feed.url for feed in feeds if feed.url}
    under_way: dict[str, SourceState] = {}
    leased: deque[SourceState] = deque()
    waiting: list[_Poll] = []
    settling = _Settling(doors)
    told: deque[Report] = deque()
    goes_on, more_at = True, doors.clock()
    pages = Pages(doors)

    def take(free: int) -> Sequence[Request] | None:
        nonlocal goes_on, more_at
        goes_on = not stopping()  # asked once for all that came together
        if not goes_on:
            return ()
        told.extend(ended())
        requests = pages.take(free)
        now = doors.clock()
        asked_lately = timedelta(0) < more_at - now <= _ASKED_EVERY
        if len(leased) < free - len(requests) and not asked_lately and not outdated():
            due = doors.store.take_due(urls, _LEASED_AT_ONCE, now)
            more_at = now if len(due) == _LEASED_AT_ONCE else now + _ASKED_EVERY
            # Who was asleep, or waited long, may find a lease ended: what he has taken is not taken a second time.
            known = under_way.keys() | {state.name for state in leased}
            leased.extend(state for state in due if state.name not in known)
        while leased and len(requests) < free:
            state = leased.popleft()
            under_way[state.name] = state
            requests.append(_request(by_name[state.name], state))
        return requests or (None if pages.pending else ())

    def made_of(request: Request, answer: Response) -> _Poll | SourceState | Response | str | Exception:
        try:
            if request in pages:
                return pages.read(request, answer)
            return _read(by_name[request.source], under_way[request.source], answer, rules, doors)
        except StoreError:
            raise
        except Exception as bug:
            return bug  # it is raised where it costs this poll alone

    def ended() -> Iterator[Report]:
        """The reports of polls that wait for no page any more, once it is time; of all, where no other is under way."""
        for poll in [poll for poll in waiting if poll.pages.keys() <= pages.found.keys()]:
            waiting.remove(poll)
            step = partial(_settled, poll, pages, rules)
            settled = _guarded(poll.feed, under_way[poll.feed.name], doors, step)
            if isinstance(settled, Report):
                del under_way[poll.feed.name]
                yield settled
            else:
                settling.add(settled)
                if settling.much:  # however many came at once, it is not made one transaction
                    yield from recorded()
                    time.sleep(PAUSE)
        if settling.due(doors.clock()) or len(under_way) == len(settling) + len(waiting):
            yield from recorded()

    def recorded() -> Iterator[Report]:
        for report in settling.settle():
            del under_way[report.source]
            yield report

    for together in doors.fetcher.fetch_together(take, made_of):
        for request, brought in together:
            # Who ends the fetcher ends all fetches with an error, which is no fault of a feed.
            if not goes_on or (isinstance(brought, Exception) and stopping()):
                return
            if request in pages:
                assert not isinstance(brought, _Poll | SourceState)
                pages.hear(request, brought)
                continue
            feed, state = by_name[request.source], under_way[request.source]
            begun = _guarded(feed, state, doors, partial(_begun, feed, state, brought, doors))
            if isinstance(begun, _Poll):
                _ask(begun, pages)
                waiting.append(begun)
            elif isinstance(begun, SourceState):
                settling.add(_Settled(feed, state, begun))
            else:
                del under_way[feed.name]
                told.append(begun)
        told.extend(ended())
        while told:
            yield told.popleft()
    if not stopping():
        yield from (*told, *ended())


_Outcome = TypeVar("_Outcome")


def _guarded(
    feed: Source, state: SourceState, doors: Doors, step: Callable[[], _Outcome]
) -> _Outcome | Report:
    try:
        return step()
    except StoreError:
        raise
    except Exception as bug:
        log.exception("%s: a bug in watcher stopped this poll", feed.name)
        return _failed(feed, state, SourceError(f"a bug in watcher: {bug!r}"), doors)


def _begun(feed: Source, state: SourceState, brought: object, doors: Doors) -> Report | _Poll | SourceState:
    """What the answer of a feed comes to, at once or once its pages are there; its state where it brought nothing.

    `brought`: see `_read`.
    """
    match brought:
        case _Poll() | SourceState():
            return brought
        case Response():
            return heard(state, brought, doors.clock(), doors)
        case SourceError():
            return _failed(feed, state, brought, doors)
        case _:
            assert isinstance(brought, Exception)
            raise brought


def _read(
    feed: Source, state: SourceState, answer: Response, rules: RuleSet, doors: Doors
) -> _Poll | SourceState | ParseError:
    """What a feed's body brings; its state with new validators where the body is known. Writes nothing."""
    now = doors.clock()
    known = heard(state, answer, now, doors)
    try:
        parsed = doors.sandbox.parse_feed(answer.body, answer.headers, (state.marks or "").split())
    except ParseError as error:
        # Without its trace, which would hold the body until the next time garbage is looked for.
        return type(error)(*error.args)
    entries = in_our_time(parsed.entries, timedelta(seconds=known.clock_off), now)
    fresh = Freshness(doors.first_poll_age, baseline=True) if state.first else Freshness(feed.max_age)
    findings = read(feed, entries, rules, doors, now, _JUDGING, known=parsed.known)
    after = replace(
        known,
        body_hash=hash_of(answer.body),
        warning=_warning(parsed.warning, findings.left),
        marks=" ".join(parsed.marks) if len(parsed.marks) <= _MOST_MARKS else None,
        asks=replace(of_feed(answer.body), fresh_for=known.asks.fresh_for),
        gap_at=now if not state.first and findings.after_gap(state.last_entry_at) else state.gap_at,
        renamed_at=now if findings.renamed_since(state.renamed_at, now) else state.renamed_at,
        first=state.first and (not parsed.entries or findings.left > 0),
    )
    return _Poll(feed, state, after, fresh, findings, _pages_of(feed, findings, fresh, doors, now))


def _pages_of(
    feed: Source, findings: Findings, fresh: Freshness, doors: Doors, now: datetime
) -> Mapping[str, Page]:
    """The pages that these findings want, in the order in which they are to be asked for, as they are known so far."""
    urls = wanting(findings, now, fresh) if feed.full_text else ()
    if not urls:
        return {}
    with doors.store.reading() as reading:
        known = reading.pages.known(urls)
    return {url: known.get(url) or Page(url) for url in urls}


def _ask(poll: _Poll, pages: Pages) -> None:
    """For the pages it wants. Those that are known cost nothing; of the others there may be too many."""
    asked = 0
    for page in poll.pages.values():
        if asked < MOST_PAGES:
            pages.want(page, poll.feed)
            asked += not page.settled
        else:
            pages.postpone(page)


def _settled(poll: _Poll, pages: Pages, rules: RuleSet) -> _Settled:
    """A poll that brought something, once its pages are there."""
    found = {url: pages.found[url] for url in poll.pages}
    findings = with_pages(poll.findings, found, rules)
    state = poll.state
    if not findings.final:  # what is to be read again must come again, though the feed may not have changed
        state = replace(state, etag=None, last_modified=None, body_hash=None, marks=None)
    fetched = [page for url, page in found.items() if page != poll.pages[url]]
    return _Settled(poll.feed, poll.before, state, poll.fresh, findings, fetched)


def _warning(warning: str | None, left: int) -> str | None:
    """What was wrong with the body, and that it was too much."""
    much = f"too much to read at once; {left} of its entries are left for the next poll" if left else None
    return "; ".join(filter(None, (warning, much))) or None


def _failed(feed: Source, state: SourceState, error: SourceError, doors: Doors) -> Report:
    now = doors.clock()
    with doors.store.ingest() as ingest:
        ended = end_failed(ingest, feed, state, now, doors, error)
        ingest.settle_sources([ended])
    return Report(feed.name, error=str(error), failed=True, in_doubt=ended.blames_nobody)


def _request(feed: Source, state: SourceState) -> Request:
    assert feed.url is not None
    return Request(
        source=feed.name,
        url=feed.url,
        etag=state.etag,
        last_modified=state.last_modified,
        body_hash=state.body_hash,
        allow_private=feed.allow_private,
        timeout=feed.timeout,
    )
