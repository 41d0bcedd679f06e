"""The table under [receivers]: where alerts go, and when they are wanted there."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

from pydantic import Field

from watcher.config import paces, values
from watcher.config.table import Table
from watcher.core.alerts.pacing import Pace
from watcher.core.model import Severity


class ReceiverTable(Table):
    """Where alerts go. What its hours hold waits in the outbox, and then comes as one digest."""

    url: values.Text = Field(
        description="any url that apprise knows; ${NAME} stands for a secret", examples=["terminal://"]
    )
    timezone: paces.Zone | None = Field(
        default=None, description="the zone of its times of day", examples=["Europe/Kyiv"]
    )
    quiet: paces.QuietHours | None = Field(
        default=None, description="times of day between which nothing comes", examples=["22:00-07:00"]
    )
    digest: paces.DigestTime | None = Field(
        default=None,
        description="gather what comes, for one message each hour or each day at a time",
        examples=["hourly", "daily 08:00"],
    )
    limit: paces.MessageLimit | None = Field(
        default=None,
        description="at most so many messages; what would be more comes as one",
        examples=["20 per hour"],
    )
    at_once: values.SeverityName | None = Field(
        default=None,
        description="alerts of this severity or a higher one wait for no hour and no digest",
        examples=["high"],
    )

    @property
    def pace(self) -> Pace:
        return Pace(
            zone=ZoneInfo(self.timezone) if self.timezone else UTC,
            quiet=self.quiet,
            digest=self.digest,
            limit=self.limit,
            at_once=Severity(self.at_once) if self.at_once else None,
        )
