"""A sample of every source beside mail; whoever adds a source adds a module and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from anlass.sources import TraceSource


@dataclass(frozen=True, slots=True)
class Sample:
    """One file of a source, and what is in it.

    `content` holds `records` records, and `people` are the names of its traces in order. `broken` is
    the same file with one more record that cannot be read, within the others. `many` makes a file of
    so many records. `beside` are files that lie in the same folder (name to content).
    """

    id: str
    source: TraceSource
    file: str
    content: bytes
    records: int
    people: tuple[str, ...]
    broken: bytes
    many: Callable[[int], bytes]
    beside: Mapping[str, bytes] = field(default_factory=dict)


def _all() -> tuple[Sample, ...]:
    from tests.contract import network_samples  # noqa: PLC0415  # it needs the shape above

    return network_samples.SAMPLES


SAMPLES = _all()
