"""The pages that were asked for, so that none is asked for twice: one URL may stand in many feeds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from watcher.core.formats.pages import Page
from watcher.edges.store.rows import PageRow


class Pages:
    """Questions about pages, and their answers, inside one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def known(self, urls: Iterable[str]) -> dict[str, Page]:
        """By URL, those that were asked for before."""
        rows = self._session.exec(select(PageRow).where(col(PageRow.url).in_(list(urls))))
        return {row.url: Page(row.url, row.text, row.error, row.attempts) for row in rows}

    def save(self, pages: Iterable[Page], now: datetime) -> None:
        for page in pages:
            self._session.merge(
                PageRow(
                    url=page.url, text=page.text, error=page.error, attempts=page.attempts, fetched_at=now
                )
            )
