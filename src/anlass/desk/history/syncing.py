"""Following address books and calendars on servers into the ledger, without changing anything there.

Each entry is told and marked in one transaction; how far a collection was followed is remembered when
all of it was, so a run that is cut off asks the same again and finds most of it known. What the server
deleted is taken back. Where the token is lost the whole list is compared by its marks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from anlass.desk.history.collecting import Collected, Counts, Progress
from anlass.desk.history.finding_owner import found_owner, know_owner
from anlass.desk.history.hearing import listen
from anlass.intake import SetAside
from anlass.sources import Bearings
from anlass.sources.dav import Changes, Collection, Kind, Server, Wire, changes, collections, contents
from anlass.store.book import Book

_AHEAD = timedelta(days=2 * 366)
"""How far ahead appointments are kept, so that an entry that stays as it is need not be fetched again."""


def follow(
    book: Book,
    servers: Sequence[Server],
    *,
    owner: Sequence[str] = (),
    now: datetime,
    region: str = "",
    progress: Progress | None = None,
) -> Collected:
    """Read into the ledger what is new on these servers; `owner` and `region` as in `collect`.

    Raises `UserError` where it is not clear who the owner is, and `SourceError` for a server that
    cannot be asked; what was read until then is kept.
    """
    addresses = know_owner(book, lambda: found_owner(()), owner)
    run = _Run(book, Bearings(addresses, now, region), Counter(), [])
    try:
        for server in servers:
            with Wire(server.account) as wire:
                for collection in collections(wire, server.kind):
                    run.follow(wire, collection, server.kind)
                    if progress:
                        progress(run.weight)
    finally:
        book.set_aside(run.set_aside, now=now)
        book.settle()
    return Collected(Counts(**run.counts), tuple(run.set_aside), addresses, book.trusted())


@dataclass(slots=True)
class _Run:
    """One run over some servers."""

    book: Book
    bearings: Bearings
    counts: Counter[str]
    set_aside: list[SetAside]
    weight: int = 0

    def follow(self, wire: Wire, collection: Collection, kind: Kind) -> None:
        """Read what is new in one collection, and take back what is gone."""
        season = _season(self.bearings.now) if kind.looks_ahead else ""
        known = self.book.traces.names_in(collection.url.rstrip("/"))
        new = changes(wire, collection, self._token(collection, season))
        gone = (known.keys() - new.entries.keys()) if new.is_whole else new.gone & known.keys()
        for name in sorted(gone):
            self._take_back(collection, kind, name)
        wanted = [name for name, mark in new.entries.items() if known.get(name) != _stamp(mark, season)]
        self.counts["unchanged"] += len(known.keys() - gone - set(wanted))
        for name, data in contents(wire, collection, kind, wanted):
            self._take(collection, kind, name, data, _stamp(new.entries.get(name, ""), season))
        self._remember(collection, new, season)

    def _token(self, collection: Collection, season: str) -> str:
        """Return the token of this season; without one everything is compared anew."""
        told_in, _, token = self.book.traces.token(collection.url).partition(" ")
        return token if told_in == f"{season}|{self.bearings.region}" else ""

    def _remember(self, collection: Collection, new: Changes, season: str) -> None:
        token = f"{season}|{self.bearings.region} {new.token}" if new.token else ""
        self.book.traces.set_token(collection.url, token)

    def _take(self, collection: Collection, kind: Kind, name: str, data: bytes, stamp: int) -> None:
        """Write down what one entry tells, and that it was read."""
        place = collection.url + name
        ahead = replace(self.bearings, now=self.bearings.now + _AHEAD) if kind.looks_ahead else self.bearings
        with self.book.together():
            heard = listen(
                self.book, place, kind.read(data, place, ahead), source=kind.source, joins=kind.joins
            )
            self.book.mark(place, stamp)
        self.weight += len(data)
        for count in ("entries", "encounters", "nameless"):
            self.counts[count] += getattr(heard, count)
        self.counts["set_aside"] += len(heard.set_aside) + heard.further
        self.set_aside += heard.set_aside

    def _take_back(self, collection: Collection, kind: Kind, name: str) -> None:
        """Take back what an entry told that is there no more."""
        place = collection.url + name
        with self.book.together():
            self.book.traces.tell(f"{kind.source}:{place}", ())
            self.book.forget_file(place)


def _season(now: datetime) -> str:
    """Return the quarter of the year: by then what was far ahead has to be looked at again."""
    return f"{now.year}-{(now.month - 1) // 3 + 1}"


def _stamp(mark: str, season: str) -> int:
    """Return what tells whether an entry is worth fetching again."""
    digest = blake2b(f"{season}|{mark}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
