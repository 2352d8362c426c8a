"""Lists of contacts as they are found: an export of a network, a file of cards, an address book on a server.

What lies beside them in the same export (messages, for one) is handed over with them, since it is evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from anlass.errors import NotFound, Problem
from anlass.intake import SetAside
from anlass.ledger.trace import Trace
from anlass.sources import Bearings, Beside, NoTrace, archive, is_there
from anlass.sources.dav import Server, Wire, changes, collections, contents
from anlass.sources.linkedin.files import Kind, kind_by_name
from anlass.store.book import Book

NETWORK = "network"
"""The kind of the owner's own lists on chat networks, as evidence names it."""
_LISTS = frozenset({"cards", "linkedin", "xing", "table", NETWORK})
"""Sources whose records say "this is a contact"; all others only tell what happened."""


@dataclass(frozen=True, slots=True)
class ContactFile:
    """One file, or one entry on a server: its records, and how far they can be believed (`joins`)."""

    place: str
    source: str
    joins: bool
    records: tuple[Trace | NoTrace | SetAside, ...]

    def contacts(self) -> Iterator[Trace]:
        """Yield the records that name a contact; a message names only somebody who wrote."""
        for one in self.records:
            is_card = self.source == "cards"
            if isinstance(one, Trace) and (is_card or not one.encounters) and self.source in _LISTS:
                yield one


def contact_files(
    paths: Sequence[Path], servers: Iterable[Server], bearings: Bearings
) -> Iterator[ContactFile]:
    """Yield what lies at these paths and on these servers, mail left out.

    Raises `NotFound` for a path where nothing is, `SourceError` for a server that cannot be asked.
    """
    missing = [Problem("There is no such file or folder.", str(path)) for path in paths if not is_there(path)]
    if missing:
        raise NotFound(*missing, hint="Give the list of contacts: Connections.csv, an archive, a .vcf file.")
    for path in paths:
        for one in archive(path):
            if isinstance(one, Beside):
                place, source = one.glance.path, one.source
                yield ContactFile(place, source.name, source.joins, tuple(source.read(place, bearings)))
    for server in servers:
        yield from _on(server, bearings)


def known_lists(book: Book) -> tuple[Path, ...]:
    """Return the files with contacts that `collect` has read and that are still there, by path."""
    found = (Path(path) for path in book.evidence.files(_LISTS) if _is_list(path))
    return tuple(path for path in found if path.is_file())


def _is_list(path: str) -> bool:
    """Tell whether a file may name contacts: of an export's tables only some do."""
    return kind_by_name(path) in {None, Kind.CONNECTIONS}


def _on(server: Server, bearings: Bearings) -> Iterator[ContactFile]:
    """Yield every entry of the address books on a server; how far it was followed before is no matter."""
    kind = server.kind
    with Wire(server.account) as wire:
        for collection in collections(wire, kind):
            names = changes(wire, collection, "").entries
            for name, data in contents(wire, collection, kind, list(names)):
                place = collection.url + name
                yield ContactFile(place, kind.source, kind.joins, tuple(kind.read(data, place, bearings)))
