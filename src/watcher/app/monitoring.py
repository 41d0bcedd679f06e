"""What monitors see: whether watcher lives, whether it is ready, and its figures in Prometheus' text format.

Names of metrics follow prometheus.io/docs/practices/naming: base units, and no `_total` on what may shrink.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from watcher import __version__
from watcher.app.standing import Standing
from watcher.core.sources.health import State
from watcher.edges.http_door import Page

if TYPE_CHECKING:
    from prometheus_client.core import Metric

STILL = 300.0  # seconds after which a job that has not moved counts as hung


def pages(
    standing: Callable[[], Standing],
    ready: Callable[[], bool],
    hung: Callable[[float], list[str]],
    troubles: Callable[[], Sequence[str]],
    config_ok: Callable[[], bool],
) -> Mapping[str, Callable[[], Page]]:
    """Path -> what makes its page. Each is asked anew each time. `ready`: whether every job has moved;
    `hung`: those that have not for so many seconds; `troubles`: what keeps all of them from their work, in sentences;
    `config_ok`: was the last edit taken on?
    """
    return {
        "/healthz": lambda: health(hung, troubles()),
        "/readyz": lambda: readiness(ready, troubles(), standing),
        "/metrics": lambda: metrics(standing(), troubles(), config_ok()),
    }


def health(hung: Callable[[float], list[str]], troubles: Sequence[str]) -> Page:
    """503 where a job hangs: somebody should start watcher anew. It would not help against troubles from without."""
    jobs = hung(STILL)
    return Page(f"hung: {', '.join(jobs)}\n", 503) if jobs else Page(_lines("ok", *troubles))


def readiness(ready: Callable[[], bool], troubles: Sequence[str], standing: Callable[[], Standing]) -> Page:
    """503 until every job has moved, and while something keeps them from their work."""
    if not ready():
        return Page("starting\n", 503)
    if troubles:
        return Page(_lines(*troubles), 503)
    standing()
    return Page("ok\n")


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def metrics(standing: Standing, troubles: Sequence[str], config_ok: bool) -> Page:
    from prometheus_client import (
        CollectorRegistry,
        GCCollector,
        PlatformCollector,
        ProcessCollector,
        generate_latest,
    )
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    GCCollector(registry=registry)
    registry.register(_Figures(standing, troubles, config_ok))
    return Page(generate_latest(registry).decode(), kind=CONTENT_TYPE_PLAIN_0_0_4)


class _Figures:
    """A collector of prometheus_client's kind."""

    def __init__(self, standing: Standing, troubles: Sequence[str], config_ok: bool) -> None:
        self._standing = standing
        self._troubles = troubles
        self._config_ok = config_ok

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        stands, totals = self._standing, self._standing.totals

        def gauge(
            name: str, says: str, value: float | Mapping[Sequence[str], float], labels: str = ""
        ) -> Metric:
            family = GaugeMetricFamily(f"watcher_{name}", says, labels=labels.split())
            for key, number in value.items() if isinstance(value, Mapping) else [((), value)]:
                family.add_metric(key, number)
            return family

        yield gauge("build_info", "Which watcher this is; always 1.", {(__version__,): 1}, "version")
        yield gauge(
            "config_last_reload_successful", "Whether the config as it stands was taken on.", self._config_ok
        )
        yield gauge(
            "troubles", "Causes that keep it from its work, as /readyz names them.", len(self._troubles)
        )
        sources: dict[Sequence[str], float] = {(state.value,): stands.sources[state] for state in State}
        yield gauge("sources", "Sources by how they fare.", sources, "state")
        for name in ("articles", "matches", "stories", "alerts"):
            yield gauge(name, f"How many {name} the database holds.", totals[name])
        outbox: dict[Sequence[str], float] = {
            (to, state): n for to, states in totals["outbox"].items() for state, n in states.items()
        }
        yield gauge("deliveries", "Alerts in the outbox by receiver and state.", outbox, "receiver state")
        for name in ("poll", "article", "match", "alert"):
            if moment := totals[f"last_{name}_at"]:
                says = f"When the last {name} was, in seconds since 1970."
                yield gauge(
                    f"last_{name}_timestamp_seconds", says, datetime.fromisoformat(moment).timestamp()
                )
        if stands.next_poll:
            says = "When the next feed is due, in seconds since 1970."
            yield gauge("next_poll_timestamp_seconds", says, stands.next_poll.timestamp())
        yield gauge("database_bytes", "Size of the database and its log.", stands.bytes)
