"""The address book that the owner gave to LinkedIn, as it comes back in an export."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from anlass.intake import SetAside
from anlass.ledger.trace import Trace
from anlass.sources import Bearings, NoTrace
from anlass.sources.known import source_of
from anlass.sources.linkedin import LinkedIn

BEARINGS = Bearings(frozenset({"olga@home.example"}), datetime(2026, 11, 21, tzinfo=UTC), "DE")
CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
HEAD = (
    "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,Sites,"
    "InstantMessageHandles,FullName,Birthday,Location,BookmarkedAt,Profiles\n"
)
ROWS = (
    'UPLOAD,Kai,Falk,Falk Verlag,Lektor,"kai@falk.example, kai.falk@home.example",0421 556677,,,,,,,,,\n'
    "UPLOAD,,,,,eva@s.example;,,,,,,Eva Sülzer,,,,https://www.linkedin.com/in/eva-s\n"
    "UPLOAD,Olga,Brandt,,,olga@home.example,,,,,,,,,,\n"
    "UPLOAD,,,,,member@linkedin.com,,,,,,,,,,\n"
)


def told(folder: Path, name: str, content: str) -> list[Trace | NoTrace | SetAside]:
    """Write an address book beside the connections of an export, and return what it tells."""
    (folder / "Connections.csv").write_text(CONNECTIONS, "utf-8")
    (folder / name).write_text(content, "utf-8")
    path = str(folder / name)
    assert isinstance(source_of(path, content.encode()), LinkedIn)
    return list(LinkedIn().read(path, BEARINGS))


def test_entry_is_a_person_with_all_addresses_and_no_encounter(tmp_path: Path) -> None:
    """Mail first, then profile and telephone; the owner's own entry and the network's address are nobody."""
    found = told(tmp_path, "Contacts.csv", HEAD + ROWS)
    people = [
        (one.name, tuple(map(str, one.addresses)), one.about) for one in found if isinstance(one, Trace)
    ]
    assert people == [
        ("Kai Falk", ("kai@falk.example", "kai.falk@home.example", "+49421556677"), "Lektor, Falk Verlag"),
        ("Eva Sülzer", ("eva@s.example", "https://www.linkedin.com/in/eva-s"), ""),
    ]
    assert [one.encounters for one in found if isinstance(one, Trace)] == [(), ()]
    assert [one.reason for one in found if isinstance(one, NoTrace)] == ["own"]
    assert [one.reason for one in found if isinstance(one, SetAside)] == ["nobody"]


def test_other_form_of_the_upload_is_read_too(tmp_path: Path) -> None:
    """ImportedContacts.csv has fewer columns and the same people."""
    head = "FirstName,MiddleName,LastName,Emails,PhoneNumbers,Title,Location,CreatedAt,UpdatedAt\n"
    found = told(tmp_path, "ImportedContacts.csv", f"{head}Kai,,Falk,kai@falk.example,,,,,\n")
    assert [one.name for one in found if isinstance(one, Trace)] == ["Kai Falk"]


def test_address_book_of_that_name_alone_is_nobody_s(tmp_path: Path) -> None:
    """Beside no file of an export, a table of contacts could be anybody's."""
    path = tmp_path / "Contacts.csv"
    path.write_text(HEAD + ROWS, "utf-8")
    assert source_of(str(path), (HEAD + ROWS).encode()) is None
