"""Invitations in exports as requests: found again wherever an export lies, word for word.

Reading history passes over those that came; whoever makes cases of them finds them here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from anlass.intake.message import SetAside
from anlass.people import Address
from anlass.sources.linkedin.files import Kind, kind_by_columns, kind_by_name
from anlass.sources.linkedin.invitations import Invitation, invitations
from anlass.sources.linkedin.source import LinkedIn, contacts_of
from anlass.sources.packed import BROKEN, Bundle, Folder, Unreadable, zipped
from anlass.sources.reading import opened, peek, refused
from anlass.sources.tables import Torn
from anlass.sources.told import aside, torn
from anlass.sources.traces import Bearings

_PACKED = ".zip"
_TABLES = (".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class Asking:
    """An invitation that came, where it stands, and whether the inviter is a contact by now."""

    invitation: Invitation
    path: str
    is_contact: bool


def asking_below(path: str, bearings: Bearings) -> Iterator[Asking | SetAside]:
    """Yield every invitation that came, in the exports at or below `path`, in the order of their names."""
    for place in _tables_below(path):
        try:
            if LinkedIn().knows(place, peek(place)):
                yield from _asking(place, bearings)
        except OSError as error:
            yield refused(place, error)
        except Unreadable as error:
            yield aside(place, error.reason)


def _tables_below(path: str) -> Iterator[str]:
    """Yield the files that may hold invitations, by their names alone; mails are not looked at."""
    if not os.path.isdir(path):  # noqa: PTH112 - plain strings, see reading.py
        yield path
        return
    for folder, below, names in os.walk(path):
        below.sort()
        for name in sorted(names):
            is_table = name.casefold().endswith(_TABLES) and kind_by_name(name) is Kind.INVITATIONS
            if is_table or name.casefold().endswith(_PACKED):
                yield os.path.join(folder, name)  # noqa: PTH118 - plain strings, see reading.py


def _asking(path: str, bearings: Bearings) -> Iterator[Asking | SetAside]:
    with opened(path) as handle:
        is_zip = os.read(handle, 2) == b"PK"
    if is_zip:
        with zipped(path) as bundle:
            names = [name for name in bundle.names() if kind_by_name(name) is Kind.INVITATIONS]
            for name in names:
                yield from _in(bundle, name, f"{path}/{name}", bearings)
        return
    folder, name = os.path.split(path)
    if kind_by_name(name) is Kind.INVITATIONS or kind_by_columns(peek(path)) is Kind.INVITATIONS:
        yield from _in(Folder(folder), name, path, bearings)


def _in(bundle: Bundle, name: str, path: str, bearings: Bearings) -> Iterator[Asking | SetAside]:
    known = _profiles(bundle, bearings)
    try:
        with bundle.open(name) as stream:
            for one in invitations(stream, bearings.now):
                if isinstance(one, Torn):
                    yield torn(path, one)
                elif one.is_incoming:
                    yield Asking(one, path, one.profile is not None and one.profile in known)
    except Unreadable as error:
        yield aside(path, error.reason)
    except BROKEN:
        yield aside(path, "broken_file")


def _profiles(bundle: Bundle, bearings: Bearings) -> frozenset[Address]:
    return frozenset(one.profile for one in contacts_of(bundle, bearings) if one.profile)
