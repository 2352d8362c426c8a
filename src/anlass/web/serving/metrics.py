"""Figures in the form that Prometheus reads: what was answered, what the memory holds, how work goes.

Labels are names of the program's own: of pages, of states, of steps. Nobody is named, no mailbox, no owner.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

import anlass
from anlass.desk.safekeeping.heartbeat import last_beat
from anlass.errors import StoreError
from anlass.store.safekeeping.figures import Figure, figures

if TYPE_CHECKING:
    from django.http import HttpRequest

_REGISTRY = CollectorRegistry()
_ANSWERED = Counter("anlass_requests", "Pages that were answered.", ["page", "status"], registry=_REGISTRY)
_TOOK = Histogram(
    "anlass_request_seconds",
    "How long answering took.",
    ["kind"],
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=_REGISTRY,
)
_HELP = {
    "cases": ("Cases by state.", "state"),
    "outbox_letters": ("Letters in the outbox by state.", "state"),
    "webhook_deliveries": ("What webhooks are to hear, by state.", "state"),
    "mailboxes": ("Mailboxes by how it goes with them.", "state"),
    "doors": ("Doors on chat networks by how it goes with them.", "state"),
    "owners": ("Houses in this memory.", ""),
    "letters": ("Letters that were read.", ""),
    "persons": ("Persons who are known.", ""),
    "outbox_oldest_seconds": ("How long the oldest letter waits that is due.", ""),
    "mailboxes_last_look_seconds": ("How long ago the mailbox was looked into that waits longest.", ""),
    "database_bytes": ("Bytes that the memory takes.", ""),
    "work_beat_seconds": ("How long ago the worker of this folder gave a sign of life.", ""),
    "work_step_seconds": ("How long the worker's steps took, all together.", "step"),
    "work_steps": ("How often the worker took a step.", "step"),
    "ready": ("1 where the memory can be read.", ""),
}
_KEPT_FOR = 15.0
"""Seconds for which the numbers of the memory are asked for once: a million cases take a while to count."""


class _OfMemory(Collector):
    """Asks the memory when somebody asks for figures."""

    def __init__(self) -> None:
        self._kept: tuple[float, tuple[Figure, ...]] = (-_KEPT_FOR, ())

    def collect(self) -> Iterator[Metric]:
        """Yield every figure with its help."""
        at, kept = self._kept
        if time.monotonic() - at >= _KEPT_FOR:
            kept = tuple(_of_memory())
            self._kept = time.monotonic(), kept
        kept = (*kept, *_of_worker())
        info = GaugeMetricFamily("anlass_info", "Which Anlass this is.", labels=["version"])
        info.add_metric([anlass.__version__], 1)
        yield info
        for name, (says, label) in _HELP.items():
            family = GaugeMetricFamily(f"anlass_{name}", says, labels=[label] if label else [])
            for one in (one for one in kept if one.name == name):
                family.add_metric([one.label] if label else [], one.value)
            yield family


def _of_memory() -> Iterator[Figure]:
    try:
        yield from tuple(figures(time.time()))
        yield Figure("ready", 1)
    except StoreError:
        yield Figure("ready", 0)


def _of_worker() -> Iterator[Figure]:
    now = time.time()
    beat = last_beat(settings.ANLASS_DATA)
    if beat is not None:
        yield Figure("work_beat_seconds", max(0.0, now - beat.at))
        for step, (times, seconds) in beat.steps.items():
            yield Figure("work_steps", times, step)
            yield Figure("work_step_seconds", seconds, step)


_REGISTRY.register(_OfMemory())


def page() -> HttpResponse:
    """Return all figures."""
    response = HttpResponse(generate_latest(_REGISTRY), content_type=CONTENT_TYPE_LATEST)
    response["Cache-Control"] = "no-store"
    return response


def counted(request: HttpRequest, status: int, seconds: float) -> None:
    """Count how a request was answered, by the name of its page and by the class of its status."""
    match = request.resolver_match
    name = (match.url_name or match.app_name or "other") if match else "none"
    _ANSWERED.labels(name, f"{status // 100}xx").inc()
    kind = "api" if request.path_info.startswith("/api/") else "page"
    _TOOK.labels(kind).observe(seconds)
