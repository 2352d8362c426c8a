"""Persons and meetings as other programs read them: vCard 4, JSContact, a table, iCalendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from anlass.cards.properties import SERVICES, parts_of
from anlass.ledger.encounter import UNDATED, EncounterKind
from anlass.people import Address, AddressKind, Person
from anlass.store.book import Book

SHEET = ("id", "name", "mail", "phone", "other", "mails_in", "mails_out", "meetings", "tie", "first", "last")
_HOUR = timedelta(hours=1)
_SERVICES = {AddressKind(kind): name for kind, name in SERVICES.items() if kind in set(map(str, AddressKind))}


def people(book: Book, *, at: datetime) -> Iterator[Person]:
    """Yield everybody the book knows; lists and the owner are none."""
    return (line.person for line in book.people(at=at))


def uid(person: Person) -> str:
    """Return a UUID for a person, the same in every export; it tells nothing of them."""
    return UUID(bytes=person.id.encode()[:16].rjust(16, b"a"), version=4).urn


def vcards(persons: Iterable[Person]) -> Iterator[str]:
    """Yield a vCard 4.0 for each person."""
    from vobjectx.base import ContentLine  # noqa: PLC0415 - only whoever writes cards waits for it

    for person in persons:
        family, given = (_escaped(one) for one in parts_of(person.name))
        lines = [
            ("VERSION", [], "4.0"),
            ("UID", [], uid(person)),
            ("FN", [], _escaped(person.name)),
            ("N", [], f"{family};{given};;;"),
            *(_property(one) for one in person.addresses),
        ]
        written = "".join(str(ContentLine(name, params, value).serialize()) for name, params, value in lines)
        yield f"BEGIN:VCARD\r\n{written}END:VCARD\r\n"


def jscontacts(persons: Iterable[Person]) -> Iterator[dict[str, object]]:
    """Yield a JSContact object (RFC 9553) for each person."""
    for person in persons:
        made: dict[str, object] = {
            "@type": "Card",
            "version": "1.0",
            "uid": uid(person),
            "kind": "individual",
            "name": {"full": person.name},
        }
        for key, (kinds, make) in _GROUPS.items():
            found = [make(one) for one in person.addresses if one.kind in kinds]
            if found:
                made[key] = {f"{key[0]}{number}": one for number, one in enumerate(found, 1)}
        yield made


def person_rows(book: Book, *, at: datetime) -> Iterator[tuple[object, ...]]:
    """Yield a row of the table for each person, in the order of `SHEET`."""
    for line in book.people(at=at):
        person, tie = line.person, line.tie
        mail = [one.value for one in person.addresses if one.kind is AddressKind.MAIL]
        phone = [one.value for one in person.addresses if one.kind is AddressKind.PHONE]
        other = [
            one.value for one in person.addresses if one.kind not in {AddressKind.MAIL, AddressKind.PHONE}
        ]
        counts = (tie.mails_in, tie.mails_out, tie.meetings, tie.level.value, tie.first, tie.last)
        yield person.id, person.name, "; ".join(mail), "; ".join(phone), "; ".join(other), *counts


def meetings(book: Book, *, at: datetime) -> Iterator[str]:
    """Yield an iCalendar file of all meetings that have a day."""
    import icalendar  # noqa: PLC0415 - only whoever writes calendars waits for it

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Anlass//export//EN")
    calendar.add("version", "2.0")
    for person in people(book, at=at):
        for met in book.encounters_with(person):
            if met.kind is EncounterKind.MEETING and met.when != UNDATED:
                event = icalendar.Event()
                event.add("uid", f"{met.id}.{person.id}")
                event.add("dtstamp", at)
                event.add("dtstart", met.when)
                event.add("dtend", met.when + _HOUR)
                event.add("summary", met.where or person.name)
                mail = next((one.value for one in person.addresses if one.kind is AddressKind.MAIL), "")
                if mail:
                    event.add("attendee", f"mailto:{mail}")
                calendar.add_component(event)
    yield calendar.to_ical().decode("utf-8")


def _property(address: Address) -> tuple[str, list[list[str]], str]:
    kind, value = address.kind, address.value
    if kind is AddressKind.MAIL:
        return "EMAIL", [], _escaped(value)
    if kind is AddressKind.PHONE:
        return "TEL", [["VALUE", "uri"]], f"tel:{value}"
    if kind is AddressKind.WEB:
        return "URL", [], value
    if kind in _SERVICES:
        return "SOCIALPROFILE", [["SERVICE-TYPE", _SERVICES[kind]], ["VALUE", "text"]], _escaped(value)
    return "X-ANLASS-ADDRESS", [], _escaped(value)


def _escaped(text: str) -> str:
    for odd in ("\\", ",", ";"):
        text = text.replace(odd, f"\\{odd}")
    return " ".join(text.split())


def _service(address: Address) -> dict[str, object]:
    return {"service": _SERVICES.get(address.kind, address.kind.value), "user": address.value}


_GROUPS: Mapping[str, tuple[frozenset[AddressKind], Callable[[Address], dict[str, object]]]] = {
    "emails": (frozenset({AddressKind.MAIL}), lambda one: {"address": one.value}),
    "phones": (frozenset({AddressKind.PHONE}), lambda one: {"number": one.value}),
    "links": (frozenset({AddressKind.WEB}), lambda one: {"uri": one.value}),
    "onlineServices": (frozenset({*_SERVICES, AddressKind.OTHER}), _service),
}
