"""What other programs tell of the past: address books, calendars, tables, exports, lists of events."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from functools import cache, partial

from anlass.cards.beside import OWN, own_lines, with_lines
from anlass.errors import SourceError
from anlass.intake import SetAside
from anlass.ledger.trace import Trace
from anlass.sources.addresses import page_address, phone_address
from anlass.sources.calendar import called_off, meetings_in
from anlass.sources.dates import is_misdated, moment
from anlass.sources.dav.account import Account
from anlass.sources.dav.wire import Wire
from anlass.sources.events.card_text import somebody_on
from anlass.sources.events.lists import read_bytes, read_pasted
from anlass.sources.linkedin import LinkedIn
from anlass.sources.skype import Skype
from anlass.sources.traces import TraceSource
from tests.contract.trace_samples import SAMPLES, Sample
from tests.fuzz.guided.target import BEARINGS, NOW, Target, is_shown, laid

_MODULES = {
    "cards": ("sources.cards", "sources.cards.cutting", "sources.cards.lines", "sources.cards.card"),
    "calendar": (
        "sources.calendar",
        "sources.calendar.cutting",
        "sources.calendar.held",
        "sources.calendar.busy",
    ),
    "ldif": ("sources.ldif", "sources.ldif.cutting"),
    "linkedin-connections": ("sources.linkedin.source", "sources.linkedin.files", "sources.tables"),
    "linkedin-messages": ("sources.linkedin.messages",),
    "xing": ("sources.xing",),
    "skype-messages": ("sources.skype.messages", "sources.skype.records", "sources.skype.source"),
    "skype-contacts": ("sources.skype.source",),
    "wordpress": ("sources.wordpress.wxr", "sources.wordpress.source"),
    "table": ("sources.contacts",),
}


def read_source(source: TraceSource, name: str, data: bytes) -> None:
    """A file of a source: every record is told or listed, can be kept, and read twice it is the same."""
    path = str(laid(f"{source.name}/{name}", data))
    told = list(source.read(path, BEARINGS))
    for one in told:
        if isinstance(one, SetAside):
            assert one.origin.path == path
        elif isinstance(one, Trace):
            assert is_shown(one.name)
            assert all(address.value.isprintable() for address in one.addresses)
    if len(data) % 8 == 0:  # twice as long, so not every time
        assert list(source.read(path, BEARINGS)) == told


def _of_sample(sample: Sample) -> Target:
    return Target(
        sample.id,
        _MODULES[sample.id],
        partial(read_source, sample.source, sample.file),
        lambda: (sample.content[:8000], sample.broken[:8000]),
    )


def read_event_list(data: bytes) -> None:
    """A list of participants of whatever kind."""
    for one in read_bytes(data, "list", BEARINGS).people:
        assert is_shown(one.somebody.name)
        assert is_shown(one.somebody.about)
        assert len(one.somebody.name) <= 2_000


def read_scanned(data: bytes) -> None:
    """A scanned or pasted text, and each line of a printed card."""
    text = data.decode("utf-8", "replace")
    read_pasted(text, BEARINGS)
    for address in somebody_on(text, "DE").addresses:
        assert address.value.isprintable()


def read_address(data: bytes) -> None:
    """A telephone number, a page, a date: one normal form, or none."""
    text = data.decode("utf-8", "replace")
    for found in (phone_address(text, "DE"), page_address(text)):
        assert found is None or found.value.isprintable()
    moment(text, NOW)
    is_misdated(text, NOW)


def read_meetings(data: bytes) -> None:
    """Appointments that came by mail, and those called off."""
    list(meetings_in(data, "x.ics", BEARINGS, is_own_letter=True))
    called_off(data, BEARINGS, "kai@falk.example")


def read_lines_beside(data: bytes) -> None:
    """A card of somebody's address book: lines of ours go in, and come out again as they were."""
    own_lines(data)
    ours = (f"{OWN[0]}:x",)
    mended = with_lines(data, ours)
    if mended is not None:
        assert own_lines(mended) == ours
        assert with_lines(mended, ours) == mended


class _Told:
    """An answer of a server, as the wire asks for it."""

    status_code = 207

    def __init__(self, body: bytes) -> None:
        self._body = body

    def iter_raw(self) -> Iterable[bytes]:
        """Yield the body."""
        return iter((self._body,))


@cache
def _wire() -> Wire:
    return Wire(Account("https://dav.example/a/"))


def read_dav(data: bytes) -> None:
    """What a server of address books says: read as XML, or a named trouble; addresses stay on that server."""
    wire = _wire()
    told = wire._read(_Told(data), "https://dav.example/a/")  # type: ignore[arg-type]  # answers as one does
    for found in told.iter("{DAV:}href"):
        there = wire.same_host((found.text or "").strip(), "https://dav.example/a/")
        assert there.startswith("https://dav.example")


def read_zip(name: str, source: TraceSource, data: bytes) -> None:
    """An export as it is downloaded: packed."""
    list(source.read(str(laid(f"packed/{name}", data)), BEARINGS))


def _packed(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(zipfile.ZipInfo(name.replace("__", ".")), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


_JSON_OF_PRETIX = json.dumps(
    {
        "event": {
            "name": {"de": "Tagung"},
            "orders": [
                {
                    "code": "A1",
                    "status": "p",
                    "user": "kai@falk.example",
                    "positions": [{"attendee_name": "Kai Falk", "attendee_email": "kai@falk.example"}],
                }
            ],
        }
    }
).encode()

TARGETS: tuple[Target, ...] = (
    *map(_of_sample, SAMPLES),
    Target(
        "event-list",
        ("sources.events.lists", "sources.events.exports", "sources.events.calendar_file"),
        read_event_list,
        lambda: (
            b"Name,E-Mail,Firma\nKai Falk,kai@falk.example,Falk\n",
            _JSON_OF_PRETIX,
            b'[{"name": "Kai", "email": "kai@falk.example"}]',
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Tagung\r\nDTSTART:20260302T090000Z\r\nATTENDEE;CN=Kai:mailto:kai@falk.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        ),
    ),
    Target(
        "scanned",
        ("sources.events.card_text",),
        read_scanned,
        lambda: (
            b"Dr. Kai Falk\nVerlag Falk GmbH\nTel. +49 421 123456\nkai@falk.example\nwww.falk.example",
            b"https://falk.example/c/x",
            b"BEGIN:VCARD\nFN:Kai\nEND:VCARD",
        ),
    ),
    Target(
        "address",
        ("sources.addresses", "sources.dates"),
        read_address,
        lambda: (
            b"+49 (0)421 123-456",
            b"https://www.Falk.example:443/%7Ekai?x#y",
            b"3.5.2024",
            b"2024-05-03T10:00:00+02:00",
        ),
    ),
    Target(
        "meeting",
        ("sources.calendar",),
        read_meetings,
        lambda: tuple(one.content[:6000] for one in SAMPLES if one.id == "calendar"),
    ),
    Target(
        "beside",
        ("cards.beside",),
        read_lines_beside,
        lambda: (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kai\r\nX-ANLASS-NOTE:x\r\n y\r\nEND:VCARD\r\n",),
    ),
    Target(
        "dav",
        ("sources.dav.wire", "sources.dav.collections", "sources.dav.syncing"),
        read_dav,
        lambda: (
            b'<d:multistatus xmlns:d="DAV:"><d:response><d:href>/a/b/</d:href></d:response></d:multistatus>',
            b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        ),
        (SourceError,),
    ),
    Target(
        "zip",
        ("sources.packed", "sources.linkedin.portability"),
        partial(read_zip, "Basic_LinkedInDataExport.zip", LinkedIn()),
        lambda: (
            _packed(Connections__csv=SAMPLES[3].content[:600]),
            _packed(Connections__csv=b"First Name,Last Name\nKai,Falk\n", messages__csv=b"x"),
        ),
    ),
    Target(
        "skype-tar",
        ("sources.skype.tar",),
        partial(read_zip, "8_live_vera_export.tar", Skype()),
        lambda: (
            b"messages.json".ljust(124, b"\0")
            + b"00000000002\0".ljust(32, b"\0")
            + b"0".ljust(101, b"\0")
            + b"ustar".ljust(255, b"\0")
            + b"{}".ljust(512, b"\0"),
        ),
    ),
)
