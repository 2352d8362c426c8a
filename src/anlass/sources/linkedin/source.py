"""The source: knows LinkedIn's files, packed or not, and reads each as what it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from anlass.intake import Channel
from anlass.intake.knock import is_default_text
from anlass.intake.message import SetAside
from anlass.ledger import UNDATED, Encounter, EncounterKind
from anlass.ledger.trace import Trace
from anlass.people import Address
from anlass.sources.found import Glance
from anlass.sources.linkedin.connections import Place, connections
from anlass.sources.linkedin.contacts import contacts
from anlass.sources.linkedin.files import REQUIRED, Kind, columns, is_export, kind_by_columns, kind_by_name
from anlass.sources.linkedin.invitations import Invitation, invitations
from anlass.sources.linkedin.messages import messages
from anlass.sources.linkedin.people import owner_among
from anlass.sources.linkedin.rows import Heard, Member, heard
from anlass.sources.packed import BROKEN, Bundle, Folder, Unreadable, first_name, zipped
from anlass.sources.reading import glance_at, opened, refused
from anlass.sources.tables import Row, Torn, table
from anlass.sources.told import aside, torn
from anlass.sources.traces import Bearings, NoTrace, encounter_id, unchanged

_TABLES = (".csv", ".tsv", ".txt")
_WHO_IS_WHO = frozenset({Kind.PROFILE, Kind.INVITATIONS, Kind.CONNECTIONS})
_Told = Trace | NoTrace | SetAside


@dataclass(frozen=True, slots=True)
class LinkedIn:
    """LinkedIn's export; its rows are the network's word, so an address beside a profile is one person's."""

    name: str = "linkedin"
    joins: bool = True

    def knows(self, path: str, beginning: bytes) -> bool:
        """Know a zip by the files in it, a table by its columns or by what it lies beside."""
        name = os.path.basename(path)  # noqa: PTH119 - plain strings, see reading.py
        if beginning.startswith(b"PK"):
            return "linkedindataexport" in name.casefold() or _is_zipped(path, beginning)
        if not name.casefold().endswith(_TABLES):
            return False
        if kind_by_columns(beginning) is not None:
            return True
        return kind_by_name(name) is not None and is_export(Folder(os.path.dirname(path)))  # noqa: PTH120

    def stamp(self, glance: Glance, bearings: Bearings) -> str:
        """Return what tells the file from others, and of loose messages what tells who is who beside them."""
        directory, name = os.path.split(glance.path)
        beside = [unchanged(glance)]
        if kind_by_name(name) is Kind.MESSAGES:
            neighbours = (one for one in Folder(directory).names() if kind_by_name(one) in _WHO_IS_WHO)
            looks = (glance_at(os.path.join(directory, one), "") for one in neighbours)  # noqa: PTH118
            beside += [unchanged(one) for one in looks if isinstance(one, Glance)]
        return "|".join(beside)

    def read(self, path: str, bearings: Bearings) -> Iterator[_Told]:
        """Yield what one file of an export tells, or all files of a zip."""
        try:
            with opened(path) as handle:
                is_zip = os.read(handle, 2) == b"PK"
            if is_zip:
                with zipped(path) as bundle:
                    for name in bundle.names():
                        yield from _file(bundle, name, path, bearings, is_zip=True)
            else:
                directory, name = os.path.split(path)
                yield from _file(Folder(directory), name, path, bearings, is_zip=False)
        except OSError as error:
            yield refused(path, error)
        except Unreadable as error:
            yield aside(path, error.reason)


def _is_zipped(path: str, beginning: bytes) -> bool:
    """Tell whether a zip is an export: by its list of files, or where that is lost by the first of them."""
    try:
        with zipped(path) as bundle:
            return is_export(bundle)
    except (OSError, Unreadable):
        return kind_by_name(first_name(beginning)) not in {None, Kind.OTHER}


def _file(bundle: Bundle, name: str, path: str, bearings: Bearings, *, is_zip: bool) -> Iterator[_Told]:
    """Yield what one file tells; where it breaks off, what stands before that."""
    place = Place(name, path)
    if is_zip:
        place = Place(f"{os.path.basename(path)}: {name}", f"{path}/{name}")  # noqa: PTH119
    is_empty = True
    try:
        for one in _records(bundle, name, place, bearings):
            is_empty = False
            yield torn(place.path, one) if isinstance(one, Torn) else one
    except Unreadable as error:
        yield aside(place.path, error.reason)
    except BROKEN:
        yield aside(place.path, "broken_file")
    else:
        if is_empty:
            yield NoTrace(place.name, "no_rows")


def _records(bundle: Bundle, name: str, place: Place, bearings: Bearings) -> Iterator[Trace | NoTrace | Torn]:
    with bundle.open(name) as stream:
        kind = kind_by_name(name)
        if kind is None:
            start = stream.read(16_384)
            kind = kind_by_columns(start)
            stream.seek(0)
        if kind is Kind.CONNECTIONS:
            yield from connections(stream, place, bearings)
        elif kind is Kind.CONTACTS:
            yield from contacts(stream, place, bearings)
        elif kind is Kind.MESSAGES:
            yield from _messages(bundle, list(heard(stream, bearings.now)), place, bearings)
        elif kind is Kind.INVITATIONS:
            accepted = frozenset(one.profile for one in contacts_of(bundle, bearings))
            for one in invitations(stream, bearings.now):
                yield one if isinstance(one, Torn) else _sent(one, place, accepted)
        elif kind is None:
            yield Torn(1, "no_table" if start else "empty")
        else:
            yield NoTrace(place.name, "other_file")


def _messages(
    bundle: Bundle, rows: list[Heard | Torn], place: Place, bearings: Bearings
) -> Iterator[Trace | NoTrace | Torn]:
    said = [row for row in rows if isinstance(row, Heard)]
    owner = owner_among(
        said,
        name=_own_name(bundle),
        own=_own_profiles(bundle, bearings),
        contacts=list(contacts_of(bundle, bearings)),
    )
    if said and owner is None:
        yield from (row if isinstance(row, Torn) else Torn(row.line, "no_owner") for row in rows)
    elif owner is not None:
        yield from messages(rows, owner, place)
    else:
        yield from (row for row in rows if isinstance(row, Torn))


def _sent(one: Invitation, place: Place, accepted: frozenset[Address | None]) -> Trace | NoTrace:
    """Return what an invitation is to history: the owner's own words to somebody, else nothing.

    Of those that were accepted the words stand among the messages; those that came are requests.
    """
    where = place.line(one.line)
    has_words = bool(one.text.strip()) and not is_default_text(one.text, Channel.LINKEDIN)
    if one.is_incoming or one.profile is None or one.profile in accepted or not has_words:
        return NoTrace(where, "invitation")
    when = one.sent_at or UNDATED
    met = Encounter(
        EncounterKind.MESSAGE_OUT,
        when,
        thread=f"linkedin invitation {one.profile.value}",
        is_proven=True,
        source=f"linkedin:{where}",
        id=encounter_id("message", "linkedin", "invitation", one.profile.value, when.isoformat()),
        where="LinkedIn",
    )
    return Trace(one.name, (one.profile,), where, (met,))


# --- what the other files of the export say ---


def _beside(bundle: Bundle, kind: Kind) -> str | None:
    return next((name for name in bundle.names() if kind_by_name(name) is kind), None)


def _own_name(bundle: Bundle) -> str:
    """Return the name in the profile that was exported."""
    name = _beside(bundle, Kind.PROFILE)
    if name is None:
        return ""
    try:
        with bundle.open(name) as stream:
            rows = table(stream, columns(Kind.PROFILE), REQUIRED[Kind.PROFILE])
            first = next((row for row in rows if isinstance(row, Row)), None)
            return f"{first['first']} {first['last']}".strip() if first else ""
    except (OSError, Unreadable, *BROKEN):
        return ""


def _own_profiles(bundle: Bundle, bearings: Bearings) -> frozenset[Address]:
    """Return the profiles that invitations call the owner's."""
    name = _beside(bundle, Kind.INVITATIONS)
    if name is None:
        return frozenset()
    try:
        with bundle.open(name) as stream:
            told = [one for one in invitations(stream, bearings.now) if isinstance(one, Invitation)]
    except (OSError, Unreadable, *BROKEN):
        return frozenset()
    return frozenset(one.own_profile for one in told if one.own_profile)


def contacts_of(bundle: Bundle, bearings: Bearings) -> Iterator[Member]:
    """Yield the contacts that have a profile, for whom bare names may stand."""
    name = _beside(bundle, Kind.CONNECTIONS)
    if name is None:
        return
    try:
        with bundle.open(name) as stream:
            for one in connections(stream, Place(name, name), bearings):
                if isinstance(one, Trace):
                    yield from (Member(one.name, address) for address in one.addresses[:1])
    except (OSError, Unreadable, *BROKEN):
        return
