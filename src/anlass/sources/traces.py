"""What every source beside mail is: it knows its files by their looks, and reads them as traces.

A kind of source has a folder of its own beside this file (`cards/`, `calendar/`, ...), says in
`SOURCES` (`known.py`) that it is there, and is run by the contract suite in
`tests/contract/test_traces.py`. It reads and judges nothing; it opens no memory and no wire.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from anlass.intake.identity import short_name
from anlass.intake.message import SetAside
from anlass.ledger.trace import Trace
from anlass.sources.found import Glance


@dataclass(frozen=True, slots=True)
class Bearings:
    """What a source must know to read: whose history it is, and what time it is.

    `owner` holds the owner's mail addresses in normal form, `now` is aware, in UTC. `region` are the
    two letters of the country in which phone numbers without a country code were written, if known.
    """

    owner: frozenset[str]
    now: datetime
    region: str = ""


@dataclass(frozen=True, slots=True)
class NoTrace:
    """A record that was read and tells of nobody: a group, a birthday, an appointment kept alone.

    `place` says where it lies, as in `Trace`; `reason` is one of the words that the source
    documents. Such records are counted, never listed: there is nothing to mend.
    """

    place: str
    reason: str


class TraceSource(Protocol):
    """One kind of history beside mail.

    The laws, held by the contract suite for every source and any bytes:

    - Every record of a file is accounted for: as one `Trace` for each person in it, as one
      `NoTrace`, or as one `SetAside` with the reason; the rest of the file goes on. All traces of
      one record have the same `place`, and no other record has it. A record that was read in part comes
      as its trace, and after it as a `SetAside` that names what is missing.
    - Nothing is raised, not for a file that is cut off, empty, binary, hostile, or gone.
    - Reading twice gives equal values in the same order.
    - The id of an encounter is made of what happened, not of where it was read (`encounter_id`), so
      that the same meeting from two sources is one.
    - Limits come before parsers: no file costs over one CPU second for a quarter of a megabyte.
    """

    @property
    def name(self) -> str:
        """The kind in one word, as it stands in the evidence: `cards`, `calendar`, `linkedin`."""

    @property
    def joins(self) -> bool:
        """Whether several addresses in one record are one person's, by the owner's or a provider's word.

        Where a stranger could have written a record, it joins nothing.
        """

    def knows(self, path: str, beginning: bytes) -> bool:
        """Tell by its name and first bytes (at most 16 KiB) whether the file at `path` is one of its own.

        It may look at neighbours of the file, but it opens nothing large.
        """

    def stamp(self, glance: Glance, bearings: Bearings) -> str:
        """Return what tells whether a file is worth reading again: an equal stamp means it is not.

        `unchanged(glance)` does for most; where the moment matters (a meeting is over by now) it goes in.
        """

    def read(self, path: str, bearings: Bearings) -> Iterator[Trace | NoTrace | SetAside]:
        """Yield what the file at `path` tells, record by record, in the order of the file.

        A `SetAside` names the file in `origin.path`, the record by `origin.offset`: its line or row.
        """


@dataclass(frozen=True, slots=True)
class Beside:
    """A file that is no mail, and the source that knows it; nothing of it has been read yet."""

    glance: Glance
    source: TraceSource


def unchanged(glance: Glance) -> str:
    """Return the stamp of a file whose content alone matters: what looks the same is the same."""
    name = glance.path.rpartition("/")[2]
    return f"{name}|{glance.size}|{glance.mtime_ns}|{glance.inode}"


def encounter_id(*parts: str) -> str:
    """Return the id of an encounter, made of what tells it from all others, its kind first."""
    return short_name(*parts)
