"""Events and lists of participants, as programs and people leave them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.outreach.event import Somebody
from anlass.people import Address, AddressKind, profile_address
from anlass.sources.events import EventList, Named, read_pasted
from anlass.sources.events.lists import read_bytes
from anlass.sources.traces import Bearings

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BEARINGS = Bearings(frozenset({"olga@tueren.example"}), NOW, "DE")


def mail(value: str) -> Address:
    """Return a mail address."""
    return Address(AddressKind.MAIL, value)


def phone(value: str) -> Address:
    """Return a telephone number."""
    return Address(AddressKind.PHONE, value)


def read(text: str) -> EventList:
    """Read the text of a file."""
    return read_bytes(text.encode(), "list", BEARINGS)


def people(text: str) -> list[tuple[str, str, str]]:
    """Return name, first address and work of everybody in the text of a file."""
    return [
        (one.somebody.name, one.somebody.addresses[0].value, one.somebody.about) for one in read(text).people
    ]


def moment(*parts: int) -> datetime:
    """Return a moment in UTC."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc] # the parts of a date


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:fair@example.org
SUMMARY:Buchmesse
DTSTART;VALUE=DATE:20261014
DTEND;VALUE=DATE:20261019
LOCATION:Frankfurt
ATTENDEE;CN="Eva Klee":mailto:eva@klee.example
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_entry_is_an_event() -> None:
    """Whole days end with the day before the first free one; the invited are on the list."""
    told = read(CALENDAR)
    span = (moment(2026, 10, 14, 9), moment(2026, 10, 18, 23, 59, 59))
    assert told.event == Named("Buchmesse", *span, "Frankfurt", "fair@example.org")
    assert people(CALENDAR) == [("Eva Klee", "eva@klee.example", "")]


def test_a_programme_of_many_entries_is_one_event() -> None:
    """It is called as the calendar is, and lasts from the first entry to the last."""
    entries = "".join(
        f"BEGIN:VEVENT\nUID:{n}\nSUMMARY:Talk {n}\n"
        f"DTSTART:2026051{n}T080000Z\nDTEND:2026051{n}T090000Z\nEND:VEVENT\n"
        for n in (9, 8)
    )
    told = read(f"BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:re:publica\n{entries}END:VCALENDAR\n").event
    assert (told.name, told.begins, told.ends) == (
        "re:publica",
        moment(2026, 5, 18, 8),
        moment(2026, 5, 19, 9),
    )


PRETIX = {
    "event": {
        "name": {"de": "Tagung", "en": "Meeting"},
        "slug": "tagung",
        "date_from": "2026-05-18T09:00:00+02:00",
        "orders": [
            {
                "code": "A1",
                "status": "p",
                "email": "buyer@firm.example",
                "positions": [
                    {
                        "attendee_name": "Grace Adeyemi",
                        "attendee_email": "grace@adeyemi.example",
                        "secret": "s1",
                    },
                    {"attendee_name": "Gone", "attendee_email": "gone@x.example", "canceled": True},
                ],
            },
            {
                "code": "B2",
                "status": "c",
                "positions": [{"attendee_name": "Never", "attendee_email": "never@x.example"}],
            },
        ],
    }
}
PRETALX = {
    "schedule": {"conference": {"title": "Doors 26", "start": "2026-05-18", "end": "2026-05-20"}},
    "speakers": {"results": [{"code": "X", "name": "Milan Horvat", "email": "milan@horvat.example"}]},
}
INDICO = {
    "results": [
        {
            "title": "Workshop",
            "id": "7",
            "startDate": {"date": "2026-05-18", "time": "09:00:00", "tz": "UTC"},
            "endDate": {"date": "2026-05-19", "time": "18:00:00", "tz": "UTC"},
            "location": "Genf",
        }
    ],
    "registrants": [
        {
            "registrant_id": "11",
            "full_name": "Eva Klee",
            "personal_data": {"email": "eva@klee.example", "affiliation": "Uni", "position": "Dozentin"},
        }
    ],
}


@pytest.mark.parametrize(
    ("export", "event", "listed"),
    [
        (
            PRETIX,
            Named("Tagung", moment(2026, 5, 18, 7), moment(2026, 5, 18, 7), "", "tagung"),
            [("Grace Adeyemi", "grace@adeyemi.example", "")],
        ),
        (
            PRETALX,
            Named("Doors 26", moment(2026, 5, 18), moment(2026, 5, 20)),
            [("Milan Horvat", "milan@horvat.example", "")],
        ),
        (
            INDICO,
            Named("Workshop", moment(2026, 5, 18, 9), moment(2026, 5, 19, 18), "Genf", "7"),
            [("Eva Klee", "eva@klee.example", "Dozentin, Uni")],
        ),
    ],
)
def test_exports_name_an_event_and_who_takes_part(
    export: object, event: Named, listed: list[tuple[str, str, str]]
) -> None:
    """pretix, pretalx and Indico; who cancelled takes no part, nor who bought for others."""
    text = json.dumps(export)
    assert (read(text).event, people(text)) == (event, listed)


@pytest.mark.parametrize(
    "text",
    [
        (
            "Order code;Attendee name;Attendee email;Company;Status\nA;Eva Klee;eva@klee.example;Uni;p\n"
            "B;Never;n@x.example;;c\n"
        ),
        (
            "Bestellcode,Teilnehmername: Vorname,Teilnehmername: Nachname,E-Mail des Teilnehmers,Firma\n"
            "A,Eva,Klee,eva@klee.example,Uni\n"
        ),
        "\ufeffName\tEmail Address\tAffiliation\nEva Klee\tEVA@klee.example\tUni\n",
    ],
)
def test_tables_of_three_programs_and_languages(text: str) -> None:
    """Columns are known by name, in English and German, with any delimiter."""
    assert people(text) == [("Eva Klee", "eva@klee.example", "Uni")]


def test_consent_and_ticket_come_along() -> None:
    """Yes is yes, no is no, and where nothing is said nothing is known."""
    told = read(
        "Ticket,Name,Email,Consent\n1,A,a@x.example,yes\n2,B,b@x.example,no\n3,C,c@x.example,\n"
    ).people
    assert [(one.ticket, one.consent) for one in told] == [("1", True), ("2", False), ("3", None)]


def test_the_owner_is_on_no_list() -> None:
    """Neither on a table nor on a pasted card."""
    assert people("Name,Email\nOlga,olga@tueren.example\n") == []
    assert read_pasted("Olga Türen\nolga@tueren.example", BEARINGS).people == ()


GERMAN_CARD = """
Dr. Grace Adeyemi
Programmleitung | Falk Verlag GmbH
Torstraße 12
10119 Berlin
Tel. 030 901820   Fax 030 901821
g.adeyemi@falk-verlag.de
www.falk-verlag.de
"""
AMERICAN_CARD = """
ACME Inc.
Jane Doe
Senior Engineer
jane@acme.example
+1 415 555 2671
linkedin.com/in/jane-doe
"""


@pytest.mark.parametrize(
    ("text", "name", "about", "addresses"),
    [
        (
            GERMAN_CARD,
            "Dr. Grace Adeyemi",
            "Programmleitung, Falk Verlag GmbH",
            (
                mail("g.adeyemi@falk-verlag.de"),
                phone("+4930901820"),
                Address(AddressKind.WEB, "https://www.falk-verlag.de"),
            ),
        ),
        (
            AMERICAN_CARD,
            "Jane Doe",
            "Senior Engineer, ACME Inc.",
            (mail("jane@acme.example"), phone("+14155552671"), profile_address("linkedin.com/in/jane-doe")),
        ),
        ("Milan Horvat, Setzer, m@horvat.example", "Milan Horvat", "Setzer", (mail("m@horvat.example"),)),
        ("müller@käse.example", "", "", (mail("müller@käse.example"),)),
    ],
)
def test_the_text_of_a_card(text: str, name: str, about: str, addresses: tuple[Address, ...]) -> None:
    """Name, role, firm, mail, telephone and pages are found; no fax, and a street is no name."""
    (found,) = read_pasted(text, BEARINGS).people
    assert found.somebody == Somebody(name, addresses, about, has_card=True)


def test_a_vcard_and_a_link_are_told_apart() -> None:
    """What a code says is a card, or the place of one; a link names nobody."""
    card = read_pasted("BEGIN:VCARD\nVERSION:3.0\nFN:Kai Falk\nEMAIL:kai@falk.example\nEND:VCARD", BEARINGS)
    link = read_pasted("https://card.example.org/c/" + "a" * 42, BEARINGS)
    assert [(one.somebody.name, one.somebody.has_card) for one in (*card.people, *link.people)] == [
        ("Kai Falk", True),
        ("", True),
    ]


@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda text: ("{" + text).encode())))
def test_no_bytes_raise(data: bytes) -> None:
    """Whatever comes, there is a list, and what could not be read has a reason."""
    for start in (b"", b"BEGIN:VCALENDAR\n", b"BEGIN:VCARD\n", b"[", b"name,email\n"):
        told = read_bytes(start + data, "x", BEARINGS)
        assert all(one.says and one.origin.path == "x" for one in told.set_aside)
    assert isinstance(read_pasted(data.decode("utf-8", "replace"), BEARINGS), EventList)


def test_a_pretix_export_is_heard_for_consent_and_never_for_secrets() -> None:
    """Consent is a question of the shop, known by its name or its words; the ticket is the order's code."""
    answers: tuple[list[dict[str, object]], ...] = (
        [{"question": 5, "answer": "True"}],
        [{"question": 5, "answer": "False"}],
        [],
    )
    positions = [{**ticket(f"P{n}"), "answers": one} for n, one in enumerate(answers)]
    event = {
        "name": "Haus",
        "date_from": "2026-11-14T09:00:00+01:00",
        "questions": [{"id": 5, "question": {"de": "Auf der Liste zeigen?"}, "identifier": "ABC"}],
        "orders": [{"code": "ORDER", "status": "p", "positions": positions}],
    }
    told = read(json.dumps({"event": event})).people
    assert [(one.ticket, one.consent) for one in told] == [("ORDER", True), ("ORDER", False), ("ORDER", None)]
    said = {"question_identifier": "consent", "answer": "yes"}
    (one,) = read(json.dumps({"results": [{**ticket("Q"), "order": "O", "answers": [said]}]})).people
    assert (one.ticket, one.consent) == ("O", True)


def ticket(name: str) -> dict[str, object]:
    """Return a position of an order, with the secret that opens the door to whoever shows it."""
    return {"attendee_name": name, "attendee_email": f"{name}@x.example", "secret": f"secret of {name}"}


def test_a_speaker_without_a_mail_address_is_somebody_and_a_room_is_nobody() -> None:
    """Programs hide addresses from most people; what is no person has no biography."""
    speaker = {"code": "A", "name": "Jane Doe", "biography": None, "email": None}
    told = read(json.dumps({"results": [speaker, {"name": "Room 1"}]})).people
    assert [(one.somebody.name, one.somebody.addresses) for one in told] == [("Jane Doe", ())]


def test_the_owner_is_on_no_calendar_and_in_no_export() -> None:
    """As on no table: an invitation names whoever was invited, the owner too."""
    calendar = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:x\nDTSTART:20261118T090000Z\nSUMMARY:X\n"
        "ATTENDEE;CN=Olga:mailto:olga@tueren.example\nATTENDEE;CN=Eva:mailto:eva@x.example\n"
        "END:VEVENT\nEND:VCALENDAR\n"
    )
    named = {"Olga": "olga@tueren.example", "Eva": "eva@x.example"}
    somebody = [{"name": name, "email": address} for name, address in named.items()]
    for text in (calendar, json.dumps({"results": somebody})):
        assert [one.somebody.name for one in read(text).people] == ["Eva"]
