"""One series of a calendar: who was there besides the owner, and when.

A meeting counts where the owner and the other both attended, as far as a calendar can know: each is
its organiser, or said yes. Rooms, lists and programs are nobody. What was called off, is still to
come, or gathers a crowd counts for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from os.path import basename

from anlass.intake.contact_request import Origin
from anlass.intake.guard import one_line
from anlass.intake.message import SetAside
from anlass.intake.systems import is_system_name
from anlass.ledger import Encounter, EncounterKind
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind, mail_address
from anlass.sources.calendar.cutting import Record, name_of
from anlass.sources.calendar.held import Held, UnreadableError, occurrences
from anlass.sources.traces import Bearings, NoTrace, encounter_id

CROWD = 12
"""More others than that do not meet each other: a webinar or a congress is no meeting with each of them."""

_LISTED = 500
_PLACE = 80
_NOBODY = {"ROOM", "RESOURCE", "GROUP"}
_NO_MAILBOX = ("resource.calendar.google.com", "group.calendar.google.com")
_MESSAGES = {"REQUEST", "REPLY", "CANCEL", "COUNTER", "DECLINECOUNTER", "ADD", "REFRESH"}


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the series of one file have in common: where they lie, their source, whose they are.

    `is_own_letter` says that they are in a letter that the owner wrote.
    """

    path: str
    source: str
    bearings: Bearings
    is_own_letter: bool = False


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is named in an event, with what the event says of their coming."""

    address: str
    name: str
    is_coming: bool


def traces_of(record: Record, calendar: Calendar) -> Iterator[Trace | NoTrace | SetAside]:
    """Yield a trace for each person met in a series, or why there is none."""
    place = f"{basename(calendar.path)}, line {record.line}"  # noqa: PTH119 - may be an address on a server
    reason = _at_a_glance(record, is_own_letter=calendar.is_own_letter)
    if reason:
        yield NoTrace(place, reason)
        return
    try:
        told = _told(record, calendar, place)
    except UnreadableError as error:
        yield SetAside(
            Origin(calendar.path, record.line),
            error.reason,
            f"The appointment in line {record.line} {error.says}.",
        )
        return
    if isinstance(told, str):
        yield NoTrace(place, told)
    else:
        yield from told


def called_off_in(record: Record, bearings: Bearings, writer: str) -> tuple[tuple[str, Address], ...]:
    """Return the meetings of a series that its organiser calls off: their ids, and with whom."""
    if record.kind != "VEVENT":
        return ()
    try:
        held = tuple(occurrences(record, bearings.now))
    except UnreadableError:
        return ()
    return tuple(
        (_id(one), Address(AddressKind.MAIL, writer))
        for one in held
        if (record.method == "CANCEL" or one.is_called_off)
        and one.organizer
        and _address(*one.organizer) == writer
    )


def _at_a_glance(record: Record, *, is_own_letter: bool) -> str:
    """Say why a series tells of nobody, where its lines show that without being parsed."""
    if record.kind != "VEVENT":
        return "no_event"
    if record.method in _MESSAGES and not is_own_letter:
        return "message"
    listed = [sum(name_of(line) == "ATTENDEE" for line in lines) for lines in record.events]
    if not any(listed):
        return "alone"
    return "crowd" if max(listed) > _LISTED else ""


def _told(record: Record, calendar: Calendar, place: str) -> list[Trace] | str:
    """Return the traces of a series, else the reason why there is none."""
    names: dict[str, str] = {}
    met: dict[str, list[Encounter]] = {}
    reasons: list[str] = []
    for held in occurrences(record, calendar.bearings.now):
        guests = _guests(held, calendar.bearings.owner)
        if isinstance(guests, str):
            reasons.append(guests)
            continue
        encounter = _encounter(held, len(guests), f"{calendar.source}:{place}")
        for guest in guests:
            names[guest.address] = names.get(guest.address) or guest.name
            met.setdefault(guest.address, []).append(encounter)
    if not met:
        return reasons[0] if reasons else "to_come"
    return [
        Trace(names[one], (Address(AddressKind.MAIL, one),), place, tuple(encounters))
        for one, encounters in met.items()
    ]


def _encounter(held: Held, others: int, source: str) -> Encounter:
    """Return a meeting that was held; the same one has the same id in every calendar."""
    return Encounter(
        EncounterKind.MEETING,
        held.start,
        others=others,
        is_proven=True,
        source=source,
        id=_id(held),
        where=_where(held.location),
    )


def _id(held: Held) -> str:
    """Return the id of a meeting, made of its series and its place in that."""
    return encounter_id("meeting", held.uid, held.recurrence.isoformat())


def _where(location: str) -> str:
    """Return the place in a few words; the address of a video call is none."""
    first = location.strip().split("\n")[0].strip()
    return "" if "://" in first else first[:_PLACE].strip(" ,;")


def _guests(held: Held, owner: frozenset[str]) -> tuple[Guest, ...] | str:
    """Return the others who were there with the owner, or why that is nobody."""
    if held.is_called_off:
        return "called_off"
    named = _each_once(_named(held))
    others = [guest for guest in named.values() if guest.address not in owner]
    if not others:
        return "alone"
    coming = tuple(guest for guest in others if guest.is_coming)
    if not coming or not any(guest.is_coming for guest in named.values() if guest.address in owner):
        return "not_there"
    return "crowd" if len(coming) > CROWD else coming


def _named(held: Held) -> Iterator[Guest]:
    """Yield the humans of an event: guests as they answered, then the organiser, who comes."""
    for value, params in held.attendees:
        address = _address(value, params)
        if address and params.get("CUTYPE", "").upper() not in _NOBODY:
            stays_away = params.get("ROLE", "").upper() == "NON-PARTICIPANT"
            yield Guest(
                address,
                _name(params),
                params.get("PARTSTAT", "").upper() == "ACCEPTED" and not stays_away,
            )
    if held.organizer:
        value, params = held.organizer
        address = _address(value, params)
        if address:
            yield Guest(address, _name(params), is_coming=True)


def _each_once(guests: Iterable[Guest]) -> dict[str, Guest]:
    """Keep the first word on everybody: an organiser who says no as a guest does not come."""
    found: dict[str, Guest] = {}
    for guest in guests:
        found.setdefault(guest.address, guest)
    return found


def _address(value: str, params: Mapping[str, str]) -> str | None:
    """Return the mail address of a guest; calendars of Apple put it beside one of their own."""
    written = value[7:] if value[:7].lower() == "mailto:" else params.get("EMAIL", value)
    address = mail_address(written)
    if address is None:
        return None
    local, _, domain = address.value.rpartition("@")
    return None if is_system_name(local) or domain in _NO_MAILBOX else address.value


def _name(params: Mapping[str, str]) -> str:
    name = one_line(params.get("CN", ""))[:200]
    return "" if "@" in name else name
