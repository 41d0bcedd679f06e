"""What people ask of votes and stories: documents for `--json` and for tables. Nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, or_, select

from watcher.core.forms import Document, vote_document, vote_of
from watcher.core.model import Vote
from watcher.core.stories import reports
from watcher.edges.store.rows import AlertRow, ArticleRow, StoryRow, VoteRow


class Events:
    """Questions inside one consistent view of the database; made by Reading.events.

    A story that was merged into another one is no event any more: its articles and alerts are the other one's.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def votes(self, since: datetime | None, limit: int, body: str | None = None) -> list[Document]:
        """The latest first. `since` is about the first report. `body`: only its votes; UNGA is its committees too."""
        statement = (
            select(VoteRow, StoryRow)
            .join(StoryRow, col(StoryRow.id) == col(VoteRow.story_id))
            .where(col(StoryRow.merged_into).is_(None))
            .order_by(col(VoteRow.at).desc(), col(VoteRow.id).desc())
            .limit(limit)
        )
        if since is not None:
            statement = statement.where(col(VoteRow.at) >= since)
        if body is not None:
            stated = col(VoteRow.facts)["body"].as_string()
            statement = statement.where(or_(stated == body, stated.startswith(f"{body}-")))
        return [_vote(vote, story) for vote, story in self._session.exec(statement)]

    def vote(self, number: int) -> Document | None:
        """One vote by its id, with the articles of its story and what each `says` of this vote; with its alerts."""
        row = self._session.get(VoteRow, number)
        if row is None:
            return None
        story = self._session.get_one(StoryRow, row.story_id)
        known = [vote_of(each.facts) for each in self._votes_of(row.story_id) if isinstance(each.facts, dict)]
        articles = [
            {**_article(article), "says": _said(row.number, known, article.votes)}
            for article in self._articles_of(row.story_id)
        ]
        return {**_vote(row, story), "articles": articles, "alerts": self._alerts_of(row.story_id)}

    def stories(self, since: datetime | None, limit: int) -> list[Document]:
        """Those told last first, with the ids of their articles and the keys of their alerts, each oldest first.

        `since` is about the last report.
        """
        latest = (col(StoryRow.last_at).desc(), col(StoryRow.id).desc())
        chosen = select(StoryRow.id).where(col(StoryRow.merged_into).is_(None)).order_by(*latest).limit(limit)
        if since is not None:
            chosen = chosen.where(col(StoryRow.last_at) >= since)
        articles = self._grouped(
            select(ArticleRow.story_id, ArticleRow.id, ArticleRow.source)
            .where(col(ArticleRow.story_id).in_(chosen))
            .order_by(func.coalesce(ArticleRow.published_at, ArticleRow.seen_at), col(ArticleRow.id))
        )
        alerts = self._grouped(
            select(AlertRow.story_id, AlertRow.key)
            .where(col(AlertRow.story_id).in_(chosen))
            .order_by(col(AlertRow.id))
        )
        votes = self._grouped(
            select(VoteRow.story_id, VoteRow.facts)
            .where(col(VoteRow.story_id).in_(chosen))
            .order_by(col(VoteRow.number))
        )
        rows = self._session.exec(select(StoryRow).where(col(StoryRow.id).in_(chosen)).order_by(*latest))
        return [
            {
                **_story(row),
                "articles": [number for number, _ in articles[row.id]],
                "sources": list(dict.fromkeys(source for _, source in articles[row.id])),
                "alerts": [key for (key,) in alerts[row.id]],
                "votes": [_facts(facts) for (facts,) in votes[row.id]],
            }
            for row in rows
        ]

    def _grouped(self, statement: Any) -> defaultdict[int | None, list[tuple[Any, ...]]]:
        """The other columns of what is selected, by the first one."""
        found: defaultdict[int | None, list[tuple[Any, ...]]] = defaultdict(list)
        for story, *others in self._session.exec(statement):
            found[story].append(tuple(others))
        return found

    def story(self, key: str) -> Document | None:
        """One story, also one that was merged: with its articles, votes and alerts, each oldest first."""
        row = self._session.exec(select(StoryRow).where(StoryRow.key == key)).one_or_none()
        if row is None or row.id is None:
            return None
        into = self._session.get(StoryRow, row.merged_into) if row.merged_into else None
        merged = self._session.exec(select(StoryRow.key).where(StoryRow.merged_into == row.id)).all()
        return {
            **_story(row),
            "merged_into": into and into.key,
            "merged": list(merged),
            "articles": [{**_article(each), "votes": each.votes} for each in self._articles_of(row.id)],
            "votes": [_vote(vote, row) for vote in self._votes_of(row.id)],
            "alerts": self._alerts_of(row.id),
        }

    def _votes_of(self, story: int) -> Sequence[VoteRow]:
        """The main one first."""
        wanted = select(VoteRow).where(VoteRow.story_id == story).order_by(col(VoteRow.number))
        return self._session.exec(wanted).all()

    def _articles_of(self, story: int) -> list[ArticleRow]:
        """The oldest first."""
        rows = self._session.exec(select(ArticleRow).where(ArticleRow.story_id == story)).all()
        return sorted(rows, key=lambda row: (row.published_at or row.seen_at, row.id))

    def _alerts_of(self, story: int) -> list[Document]:
        """The oldest first."""
        rows = self._session.exec(
            select(AlertRow).where(AlertRow.story_id == story).order_by(col(AlertRow.id))
        )
        return [
            {
                "key": row.key,
                "kind": row.kind,
                "severity": row.severity,
                "decided_at": row.decided_at.isoformat(),
                "subject": row.subject,
                "rules": row.rules,
                "reason": row.reason,
            }
            for row in rows
        ]


def _said(number: int, known: Sequence[Vote], told: Iterable[Any]) -> Document | None:
    """What an article that `told` these votes says of the vote `number` of its story; None if nothing.

    `known`: the votes of the story.
    """
    here = [document for document in told if not document.get("elsewhere")]
    meant = reports.counterparts(known, map(vote_of, here))
    said = next((document for document, at in zip(here, meant, strict=True) if at == number), None)
    return said and {**_facts(said), "evidence": said["evidence"]}


def _vote(row: VoteRow, story: StoryRow) -> Document:
    return {
        "id": row.id, "at": row.at.isoformat(), "story": story.key, "title": story.title, **_facts(row.facts),
    }  # fmt: skip


def _facts(stored: Any) -> Document:
    """With every key that votes have today, and without evidence, which belongs to an article."""
    document = vote_document(vote_of(stored))
    del document["evidence"]
    return document


def _story(row: StoryRow) -> Document:
    return {
        "key": row.key,
        "title": row.title,
        "first_at": row.first_at.isoformat(),
        "last_at": row.last_at.isoformat(),
        "rules": row.rules,
    }


def _article(row: ArticleRow) -> Document:
    """`at`: of its publication, as well as we know."""
    return {
        "id": row.id,
        "at": (row.published_at or row.seen_at).isoformat(),
        "source": row.source,
        "title": row.title,
        "url": row.url,
        "reason": row.reason,
        "by_hand": row.by_hand,
    }
