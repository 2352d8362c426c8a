"""A sample of every source beside mail; whoever adds a source adds a module and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from anlass.sources import TraceSource
from anlass.sources.calendar import Calendars
from anlass.sources.cards import Cards
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
)
