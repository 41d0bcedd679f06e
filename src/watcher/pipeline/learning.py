"""What entries teach, in two steps: read and judged outside of any transaction, then placed and saved within one.

Judging costs most and needs no memory, so that nobody waits for it; placing needs the stories as they are now. Between
the two, what a feed told too little of is judged anew with its page.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from watcher.config import Source
from watcher.core.alerts.deciding import Freshness, too_old
from watcher.core.alerts.silences import Silence
from watcher.core.assessment import Assessment, assess
from watcher.core.formats.pages import Page
from watcher.core.judgement import Judgement, judge
from watcher.core.keys import digest
from watcher.core.model import Article, Entry
from watcher.core.rules import RuleSet
from watcher.core.sources.gaps import after_gap, all_renamed
from watcher.core.teasers import page_needless
from watcher.edges.store import Ingest
from watcher.pipeline.doors import PLAINLY, Doors, Report, Telling

log = logging.getLogger(__name__)

AT_ONCE = 50  # articles; where all of them match, a transaction of so many takes a part of a second
PAUSE = 0.05  # seconds between two such, in which whoever waits for the database has his turn


@dataclass(frozen=True, slots=True)
class Judged:
    """An article and what the rules make of it.

    `final` is False when it is to be read again: a bug kept it from being read, or its page may yet come.
    """

    article: Article
    judgement: Judgement
    final: bool = True


@dataclass(frozen=True, slots=True)
class Findings:
    """What a source brought: how many articles are known, and those that are new or rewritten, the oldest first.

    `left`: how many were not read, for there was too much to read at once; they come again with the next poll.
    `renamed`: how many of the known ones came under another key than before. `carried`: the entries that were looked
    at, known or not (key -> digest); where these were all, it is `whole`.
    """

    source: str
    carried: Mapping[str, str]
    known: int
    judged: tuple[Judged, ...]
    left: int = 0
    renamed: int = 0
    whole: bool = True

    @property
    def matched(self) -> int:
        """How many of the articles satisfy a rule."""
        return sum(bool(judged.judgement.matches) for judged in self.judged)

    @property
    def final(self) -> bool:
        return not self.left and all(judged.final for judged in self.judged)

    def after_gap(self, last_entry_at: datetime | None) -> bool:
        """Whether entries may have been missed since the last one that was known."""
        published = [judged.article.published_at for judged in self.judged]
        return after_gap(self.known, published, last_entry_at)

    def renamed_since(self, before: datetime | None, now: datetime) -> bool:
        """Whether it has changed its ids, and that is news."""
        return all_renamed(self.renamed, self.known, before, now)


def read(
    source: Source,
    entries: Iterable[Entry],
    rules: RuleSet,
    doors: Doors,
    now: datetime,
    budget: timedelta = timedelta.max,
    known: int = 0,
) -> Findings:
    """Judge what is not known yet, within a time of this thread's own; at least one, so that all have their turn.

    `known`: how many more the source has, which are known and were left out. Writes nothing.
    """
    ordered = sorted(entries, key=lambda entry: entry.published_at or now)
    articles = [Article.of(entry, source.name, now, source.tags) for entry in ordered]
    digests = {article.key: digest(article) for article in articles}
    unknown, renamed = doors.store.unknown(source.name, digests)
    new = [article for article in articles if article.key in unknown]
    judged = tuple(_within(budget, (_judged(article, rules) for article in new)))
    return Findings(
        source.name,
        digests,
        known + len(articles) - len(new),
        judged,
        len(new) - len(judged),
        renamed,
        whole=not known,
    )


def _within(budget: timedelta, work: Iterator[Judged]) -> Iterator[Judged]:
    end = time.thread_time() + budget.total_seconds()
    for done in work:
        yield done
        if time.thread_time() >= end:
            return


def wanting(findings: Findings, now: datetime, fresh: Freshness) -> list[str]:
    """The URLs of the articles whose page may say more than their feed did, the latest first."""
    wanted = []
    for judged in reversed(findings.judged):
        article, judgement = judged.article, judged.judgement
        old = too_old(article, judgement.votes, now, fresh)
        if judged.final and article.url and page_needless(article, judgement, old) is None:
            wanted.append(article.url)
    return list(dict.fromkeys(wanted))


def with_pages(findings: Findings, pages: Mapping[str, Page], rules: RuleSet) -> Findings:
    """The same findings, with what the pages of some articles say. `pages`: by URL."""
    if not pages:
        return findings
    judged = (
        _with_page(each, page, rules) if (page := pages.get(each.article.url or "")) else each
        for each in findings.judged
    )
    return replace(findings, judged=tuple(judged))


def _with_page(judged: Judged, page: Page, rules: RuleSet) -> Judged:
    if page.text is None:
        return replace(judged, final=judged.final and page.settled)
    return _judged(replace(judged.article, page=page.text), rules)


def learn_ahead(findings: Findings, now: datetime, fresh: Freshness, doors: Doors) -> tuple[Report, Findings]:
    """Of what is too much for one transaction the first parts, each in one of its own; what came of them, and what is
    left to learn.

    Whoever dies between two has lost nothing: what was saved is known, and what is left comes again, for only the last
    transaction says that the source was read.
    """
    report = Report(findings.source, findings.known)
    while len(findings.judged) > AT_ONCE:
        part = replace(findings, judged=findings.judged[:AT_ONCE])
        with doors.store.ingest() as ingest:
            report = report.and_then(learn(ingest, part, now, fresh, doors.telling))
        findings = replace(findings, judged=findings.judged[AT_ONCE:])
        time.sleep(PAUSE)
    return report, findings


def learn(
    ingest: Ingest, findings: Findings, now: datetime, fresh: Freshness, telling: Telling = PLAINLY
) -> Report:
    """Place and save what was found, in the transaction of `ingest`. The first report comes first."""
    [report] = learn_together(ingest, [(findings, fresh)], now, telling)
    return report


def learn_together(
    ingest: Ingest, brought: Sequence[tuple[Findings, Freshness]], now: datetime, telling: Telling = PLAINLY
) -> list[Report]:
    """The same of what several sources brought. What can be asked or written for all of them at once is."""
    if not brought:
        return []
    heeds = telling.heeds_silences and any(findings.matched for findings, _ in brought)
    silences = ingest.silences(now) if heeds else ()
    keys = [(found.source, judged.article.key) for found, _ in brought for judged in found.judged]
    learning = _Learning(ingest, now, telling, silences, ingest.known(keys))
    reports = [learning.learnt(findings, fresh) for findings, fresh in brought]
    ingest.save_unmatched(learning.unmatched)
    return reports


@dataclass(frozen=True, slots=True)
class _Learning:
    """`known`: (source, key) -> digest of the articles that are there. `unmatched`: what is left to be saved, and
    whether it is final."""

    ingest: Ingest
    now: datetime
    telling: Telling
    silences: Sequence[Silence]
    known: Mapping[tuple[str, str], str]
    unmatched: list[tuple[Assessment, bool]] = field(default_factory=list)

    def learnt(self, findings: Findings, fresh: Freshness) -> Report:
        ingest, telling = self.ingest, self.telling
        matched = alerts = 0
        for judged in findings.judged:
            article = judged.article
            known = self.known.get((article.source, article.key))
            if known == findings.carried[article.key]:
                continue  # saved as it stands by a try that came to no end
            assessment = assess(
                article, judged.judgement, ingest.memory, self.now, fresh, telling.routes, self.silences
            )
            if not assessment.judgement.matches and known is None:
                self.unmatched.append((assessment, judged.final))
                continue
            said, trouble = telling.templates.told(assessment.alert) if assessment.alert else (None, None)
            ingest.save(assessment, said, self.now, final=judged.final)
            if trouble:
                ingest.tell_operator(trouble, telling.operators, self.now)
            matched += bool(assessment.judgement.matches)
            alerts += assessment.alert is not None
        return Report(findings.source, findings.known, len(findings.judged), matched, alerts)


def _judged(article: Article, rules: RuleSet) -> Judged:
    try:
        return Judged(article, judge(article, rules))
    except Exception as bug:  # one odd article must not cost the others of its source their alerts
        log.exception("%s: a bug in watcher stopped the reading of “%s”", article.source, article.title)
        refusal = f"a bug in watcher stopped its reading: {bug!r}"
        return Judged(article, Judgement(refusals=(refusal,)), final=False)
