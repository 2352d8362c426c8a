"""Where the numbers of the ledger open: what letters were about, and where they and other records lie."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from anlass.intake import Oddity, Origin
from anlass.people import Person, person_id
from anlass.people.joining import OFTEN_SHARED, at_odds
from anlass.store.ground.mapping import digest64, moment, text_path
from anlass.store.ground.sql import Tables
from anlass.store.history.oddities import oddities_of

_SUBJECTS = "SELECT id, subject FROM store_letter WHERE owner_id = %(owner)s AND id IN (...)"
_PLACES = (
    "SELECT p.letter, f.path, p.name, p.offset, p.length FROM store_place p"
    " JOIN store_folder f ON f.owner_id = p.owner_id AND f.id = p.folder"
    " WHERE p.owner_id = %(owner)s AND p.letter IN (...) ORDER BY f.path, p.name, p.offset"
)
_FILES = (
    "SELECT f.path, p.name FROM store_place p"
    " JOIN store_folder f ON f.owner_id = p.owner_id AND f.id = p.folder"
    ' WHERE p.owner_id = %(owner)s AND p."offset" = -1 ORDER BY f.path, p.name'
)
_TELLING = "SELECT DISTINCT file FROM store_claim WHERE owner_id = %(owner)s"
_CLAIMS = (
    "SELECT name, about, place, since, kind FROM store_claim"
    " WHERE owner_id = %(owner)s AND address IN (...) ORDER BY place, name, about"
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter as evidence: what it was about, and where its first copy lies (`None`: nowhere now).

    `oddities` is what is strange about it.
    """

    subject: str = ""
    origin: Origin | None = None
    oddities: frozenset[Oddity] = frozenset()


@dataclass(frozen=True, slots=True)
class Noted:
    """What a record of an address book or a network says of a person; `since` is the day of the click."""

    name: str
    about: str
    place: str
    since: datetime | None = None


class EvidenceTables:
    """The evidence of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def letters(self, ids: Iterable[str]) -> Mapping[str, Opened]:
        """Return what these letters were about and where they lie; unknown ones are left out."""
        asked = tuple(dict.fromkeys(ids))
        places: dict[str, Origin] = {}
        for letter, folder, name, offset, length in self._tables.rows_in(_PLACES, asked):
            path = os.path.join(text_path(folder), text_path(name))  # noqa: PTH118 - may be no UTF-8
            places.setdefault(letter, Origin(path, offset, length))
        odd = dict(oddities_of(self._tables, asked))
        return {
            id_: Opened(subject or "", places.get(id_), odd.get(id_, frozenset()))
            for id_, subject in self._tables.rows_in(_SUBJECTS, asked)
        }

    def files(self, sources: Iterable[str]) -> tuple[str, ...]:
        """Return the files in which these sources found somebody, by path."""
        telling, names = {row[0] for row in self._tables.rows(_TELLING)}, tuple(sources)
        if not telling:
            return ()
        paths = (
            os.path.join(text_path(folder), text_path(name))  # noqa: PTH118 - may be no UTF-8
            for folder, name in self._tables.stream(_FILES)
        )
        return tuple(path for path in paths if any(digest64(f"{one}:{path}") in telling for one in names))

    def notes(self, person: Person) -> tuple[Noted, ...]:
        """Return what records say of a person, each record and sentence once.

        What a record says of somebody else who has the same telephone or page is none of it.
        """
        rows = self._tables.rows_in(_CLAIMS, [person_id(one) for one in person.addresses])
        told = (
            Noted(name, about, place, None if since is None else moment(since))
            for name, about, place, since, kind in rows
            if kind not in OFTEN_SHARED or not at_odds(name, person.name)
        )
        return tuple(dict.fromkeys(one for one in told if one.about or one.since))
