"""A sample of every source beside mail; whoever adds a source adds a module and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from anlass.sources import TraceSource
from anlass.sources.calendar import Calendars
from anlass.sources.cards import Cards
from anlass.sources.contacts import ContactTables
from anlass.sources.ldif import Ldif
from anlass.sources.linkedin import LinkedIn
from anlass.sources.skype import Skype
from anlass.sources.wordpress import WordPress
from anlass.sources.xing import Xing
from tests.contract import trace_samples_calendar as calendar
from tests.contract import trace_samples_cards as cards
from tests.contract import trace_samples_ldif as ldif
from tests.contract import trace_samples_networks as networks


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


_TABLE = (
    "Name;Mail;Telefon;Firma;Kennengelernt am\r\n"
    "Kai Falk;kai@falk.example;+49 421 123456;Falk Verlag;3.5.2024\r\n"
    "Jörg Müßig;joerg@baeckerei.example;;;\r\n"
    "Olga;olga@home.example;;;\r\n"
).encode()


def _table(count: int) -> bytes:
    rows = (f"Person {n};p{n}@firma{n % 40}.example;;Firma {n % 40};1.2.2024\r\n" for n in range(count))
    return (_TABLE.decode().split("\r\n", 1)[0] + "\r\n" + "".join(rows)).encode()


SAMPLES: tuple[Sample, ...] = (
    Sample("cards", Cards(), "kontakte.vcf", cards.CONTENT, 6, cards.PEOPLE, cards.BROKEN, cards.many),
    Sample("ldif", Ldif(), "abook.ldif", ldif.CONTENT, 6, ldif.PEOPLE, ldif.BROKEN, ldif.many),
    Sample(
        "calendar",
        Calendars(),
        "termine.ics",
        calendar.CONTENT,
        9,
        calendar.PEOPLE,
        calendar.BROKEN,
        calendar.many,
    ),
    Sample(
        "linkedin-connections",
        LinkedIn(),
        "Connections.csv",
        networks.CONNECTIONS,
        5,
        networks.CONTACTS,
        networks.CONNECTIONS_BROKEN,
        networks.connections,
    ),
    Sample(
        "linkedin-messages",
        LinkedIn(),
        "messages.csv",
        networks.MESSAGES,
        5,
        ("Erika Beispiel, PhD", "Erika Beispiel, PhD"),
        networks.MESSAGES_BROKEN,
        networks.messages,
        networks.PROFILE,
    ),
    Sample(
        "xing",
        Xing(),
        "XingNetwork.csv",
        networks.XING,
        2,
        ("Erika Beispiel", "Jürgen Müßig"),
        networks.XING_BROKEN,
        networks.xing,
    ),
    Sample(
        "skype-messages",
        Skype(),
        "messages.json",
        networks.SKYPE,
        6,
        ("Kai Falk", "Kai Falk", "Kai Falk"),
        networks.SKYPE_BROKEN,
        networks.skype,
    ),
    Sample(
        "skype-contacts",
        Skype(),
        "contacts.csv",
        networks.SKYPE_CONTACTS,
        3,
        ("Kai Falk", "Nora Still"),
        networks.SKYPE_CONTACTS_BROKEN,
        networks.skype_contacts,
    ),
    Sample(
        "wordpress",
        WordPress(),
        "blog.xml",
        networks.BLOG,
        8,
        ("Kai Falk", "Kai Falk", "Kai Falk", "Ruth & Rat"),
        networks.BLOG_BROKEN,
        networks.blog,
    ),
    Sample(
        "table",
        ContactTables(),
        "Adressen.csv",
        _TABLE,
        3,
        ("Kai Falk", "Jörg Müßig"),
        _TABLE.replace(b"Olga;", b"nur ein Wort\r\nOlga;"),
        _table,
    ),
)
