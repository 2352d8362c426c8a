"""Address books as LDIF: what Thunderbird, older mail programs and directories of firms export.

An entry is the owner's own note, like a card: it says which addresses are one person's and what they do,
and is no encounter. Reasons for no trace: `group`, `organisation`, `own`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from os.path import basename

from anlass.intake.contact_request import Origin
from anlass.intake.message import SetAside
from anlass.ledger.trace import Trace
from anlass.people import Address, mail_address
from anlass.sources.addresses import page_address, phone_address
from anlass.sources.found import Glance
from anlass.sources.ldif.cutting import Entry, entries
from anlass.sources.reading import whole
from anlass.sources.traces import Bearings, NoTrace, unchanged

_BEGIN = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:#[^\n]*\n|version:[ \t]*1[ \t]*\r?\n|\s)*+dn::?[ \t]*\S+=", re.IGNORECASE
)
"""Remarks and blank lines before the first entry are passed over once: tried anew in all ways, a page of
blanks would hold the run for ever."""
_ENDS = (".ldif", ".ldi")
_SIZE = 64 * 1024 * 1024
_NAME = 200
_ABOUT = 300
_ADDRESSES = 60
_MAILS = ("mail", "mozillasecondemail", "mailalternateaddress", "rfc822mailbox", "email")
_PHONES = ("telephonenumber", "mobile", "cellphone", "homephone")
_PAGES = ("mozillahomeurl", "mozillaworkurl", "homeurl", "workurl", "labeleduri")
_NAMES = ("displayname", "cn", "mozillanickname", "xmozillanickname")
_GROUPS = frozenset({"groupofnames", "groupofuniquenames", "mailgroup", "posixgroup"})
_PERSONS = frozenset({"person", "inetorgperson", "organizationalperson", "mozillaabpersonalpha"})
_HOUSES = frozenset({"organization", "organizationalunit", "domain", "dcobject", "device", "room"})


class Ldif:
    """The source of LDIF files."""

    name = "ldif"
    joins = True

    def knows(self, path: str, beginning: bytes) -> bool:
        """Tell an LDIF file by its first entry, else by its name."""
        return bool(_BEGIN.match(beginning)) or (bool(beginning) and path.lower().endswith(_ENDS))

    def stamp(self, glance: Glance, bearings: Bearings) -> str:
        """Return the stamp: the file's looks, and the country that completes its phone numbers."""
        return f"{unchanged(glance)}|{bearings.region}"

    def read(self, path: str, bearings: Bearings) -> Iterator[Trace | NoTrace | SetAside]:
        """Yield one value for each entry of the file."""
        data = whole(path, _SIZE)
        if isinstance(data, SetAside):
            yield data
            return
        is_empty = True
        for entry in entries(data):
            is_empty = False
            yield _told(entry, path, bearings)
        if is_empty:
            yield SetAside(Origin(path), "no_entry", "The file holds no entry of an address book.")


def _told(entry: Entry, path: str, bearings: Bearings) -> Trace | NoTrace | SetAside:
    """Return what one entry tells."""
    if entry.is_too_long:
        says = f"The entry in line {entry.line} is longer than any person's."
        return SetAside(Origin(path, entry.line), "too_long", says)
    if not entry["dn"]:
        says = f"What begins in line {entry.line} is no entry: it has no name of its own."
        return SetAside(Origin(path, entry.line), "no_entry", says)
    place = f"{basename(path)}, line {entry.line}"  # noqa: PTH119 - plain strings, see reading.py
    addresses = tuple(dict.fromkeys(_addresses(entry, bearings.region)))[:_ADDRESSES]
    if reason := _no_person(entry, addresses, bearings):
        return NoTrace(place, reason)
    name = _name(entry)
    if not name and not addresses:
        says = f"The entry in line {entry.line} holds neither a name nor an address."
        return SetAside(Origin(path, entry.line), "nameless", says)
    return Trace(name, addresses, place, about=_about(entry))


def _no_person(entry: Entry, addresses: tuple[Address, ...], bearings: Bearings) -> str | None:
    """Say why an entry is none of another person: a group, a firm, the owner's own."""
    kinds = frozenset(kind.lower() for kind in entry["objectclass"])
    if kinds & _GROUPS:
        return "group"
    if kinds & _HOUSES and not kinds & _PERSONS:
        return "organisation"
    return "own" if any(one.value in bearings.owner for one in addresses) else None


def _name(entry: Entry) -> str:
    """Return the name as it is written out, else put together of its parts."""
    written = [entry.first(key) for key in _NAMES[:2]]
    parts = f"{entry.first('givenname')} {entry.first('sn')}".strip()
    nick = [entry.first(key) for key in _NAMES[2:]]
    return next((one for one in (*written, parts, *nick) if one), "")[:_NAME]


def _about(entry: Entry) -> str:
    """Return what the entry says of the person's work."""
    said = (entry.first("title"), entry.first("ou"), entry.first("company") or entry.first("o"))
    return ", ".join(dict.fromkeys(filter(None, said)))[:_ABOUT]


def _addresses(entry: Entry, region: str) -> Iterator[Address]:
    """Yield the addresses of an entry, mail first; what is none is left out."""
    found = (
        *(mail_address(value) for key in _MAILS for value in entry[key]),
        *(page_address(value.partition(" ")[0]) for key in _PAGES for value in entry[key]),
        *(phone_address(value, region) for key in _PHONES for value in entry[key]),
    )
    yield from (one for one in found if one is not None)
