"""A real CardDAV and CalDAV server is followed into the ledger: new, changed, deleted, forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import httpx2
import pytest

from anlass.desk.audit.auditing import audit
from anlass.desk.history.collecting import collect
from anlass.desk.history.syncing import follow
from anlass.errors import ConfigError, SourceError, UserError
from anlass.ledger.bonds import Bond
from anlass.sources.dav import CALDAV, CARDDAV, Kind, Server, Wire, account, collections
from anlass.store import open_book
from anlass.store.book import Book
from tests.contract.test_collecting_traces import FALK, HOME, ME, calendar, card
from tests.contract.trace_samples_calendar import OLGA, event, guest
from tests.servers import PASSWORD, Radicale

pytestmark = pytest.mark.slow  # a real server answers each question, most tests ask a dozen

NOW = datetime(2026, 11, 21, tzinfo=UTC)
_NAMES = count(1)
_MAKE = {
    CARDDAV: '<C:addressbook xmlns:C="urn:ietf:params:xml:ns:carddav"/>',
    CALDAV: '<C:calendar xmlns:C="urn:ietf:params:xml:ns:caldav"/>',
}
MEETING = calendar(event("1@home", "20260105T100000Z", OLGA, guest(FALK, name="Kai Falk")))


class Shelf:
    """One collection on the server, as another program of the owner's writes it."""

    def __init__(self, radicale: Radicale, kind: Kind) -> None:
        self.path = f"/olga/{kind.name}-{next(_NAMES)}/"
        self.server = Server(account(radicale.url(self.path), radicale.user, PASSWORD), kind)
        self._client = httpx2.Client(auth=(radicale.user, PASSWORD), base_url=radicale.url("/"))
        body = (
            '<?xml version="1.0"?><D:mkcol xmlns:D="DAV:"><D:set><D:prop><D:resourcetype><D:collection/>'
            f"{_MAKE[kind]}</D:resourcetype></D:prop></D:set></D:mkcol>"
        )
        self._client.request("MKCOL", self.path, content=body).raise_for_status()

    def put(self, name: str, content: str) -> None:
        """Write an entry."""
        if "UID:" not in content:
            content = content.replace("VERSION:3.0", f"VERSION:3.0\r\nUID:{name}")
        self._client.put(self.path + name, content=content.encode()).raise_for_status()

    def delete(self, name: str = "") -> None:
        """Delete an entry, or all of it."""
        self._client.delete(self.path + name).raise_for_status()

    def close(self) -> None:
        """Leave nothing behind."""
        self._client.delete(self.path)
        self._client.close()


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return the empty book of Olga."""
    book = open_book(tmp_path / "data")
    book.add_owner_addresses([ME], is_given=True)
    return book


@pytest.fixture
def contacts(radicale: Radicale) -> Iterator[Shelf]:
    """Return an empty address book on the server."""
    shelf = Shelf(radicale, CARDDAV)
    yield shelf
    shelf.close()


@pytest.fixture
def dates(radicale: Radicale) -> Iterator[Shelf]:
    """Return an empty calendar on the server."""
    shelf = Shelf(radicale, CALDAV)
    yield shelf
    shelf.close()


def counts(book: Book, *shelves: Shelf, now: datetime = NOW) -> tuple[int, int]:
    """Follow the shelves; return how many entries were read, and how many were known."""
    told = follow(book, [shelf.server for shelf in shelves], now=now).counts
    return told.entries, told.unchanged


def who(book: Book) -> dict[str, set[str]]:
    """Return everybody's addresses by name."""
    return {line.person.name: {one.value for one in line.person.addresses} for line in book.people(at=NOW)}


def test_address_book_is_followed_entry_by_entry(book: Book, contacts: Shelf) -> None:
    """New, changed and deleted entries, each read once; in between nothing is read at all."""
    contacts.put("kai.vcf", card("Kai Falk", FALK))
    contacts.put("eva.vcf", card("Eva Sülzer", "eva@s.example"))
    assert counts(book, contacts) == (2, 0)
    assert counts(book, contacts) == (0, 2)
    contacts.put("kai.vcf", card("Kai Falk", FALK, HOME))
    assert counts(book, contacts) == (1, 1)
    assert who(book) == {"Kai Falk": {FALK, HOME}, "Eva Sülzer": {"eva@s.example"}}
    contacts.delete("eva.vcf")
    assert counts(book, contacts) == (0, 1)
    assert who(book) == {"Kai Falk": {FALK, HOME}}


@pytest.mark.parametrize("token", ["", "data:,unknown", "http://radicale.org/ns/sync/" + "0" * 64, "<&"])
def test_lost_token_starts_afresh_and_doubles_nothing(book: Book, contacts: Shelf, token: str) -> None:
    """Whatever the token became: what is known is not read again, and what was deleted meanwhile goes."""
    contacts.put("kai.vcf", card("Kai Falk", FALK))
    contacts.put("eva.vcf", card("Eva Sülzer", "eva@s.example"))
    counts(book, contacts)
    contacts.delete("eva.vcf")
    contacts.put("zoe.vcf", card("Zoë", "zoe@u.example"))
    book.traces.set_token(contacts.server.account.url, f"| {token}")
    assert counts(book, contacts) == (1, 1)
    assert set(who(book)) == {"Kai Falk", "Zoë"}


def test_meeting_on_the_server_and_in_a_file_is_one(book: Book, dates: Shelf, tmp_path: Path) -> None:
    """The same appointment by CalDAV and as .ics; deleted in one place it stays, in both it goes."""
    dates.put("1.ics", MEETING)
    (tmp_path / "k").mkdir()
    (tmp_path / "k" / "a.ics").write_text(MEETING)
    collect(book, [tmp_path / "k"], now=NOW)
    counts(book, dates)
    assert [line.tie.meetings for line in book.people(at=NOW)] == [1]
    dates.delete("1.ics")
    counts(book, dates)
    assert [line.tie.meetings for line in book.people(at=NOW)] == [1]
    (tmp_path / "k" / "a.ics").write_text(calendar())
    collect(book, [tmp_path / "k"], now=NOW)
    assert list(book.people(at=NOW)) == []


def test_appointment_counts_once_it_is_over_without_being_read_again(book: Book, dates: Shelf) -> None:
    """What is to come is kept, and is no meeting until its day; each quarter is looked at anew."""
    dates.put("1.ics", calendar(event("1", "20261125T100000Z", OLGA, guest(FALK, name="Kai"))))
    assert counts(book, dates) == (1, 0)
    before, after = (datetime(2026, 11, day, tzinfo=UTC) for day in (24, 26))
    assert [line.tie.meetings for line in book.people(at=before)] == [0]
    assert [line.tie.meetings for line in book.people(at=after)] == [1]
    assert counts(book, dates, now=after) == (0, 1)
    assert counts(book, dates, now=datetime(2027, 1, 2, tzinfo=UTC)) == (1, 0)


def test_called_off_on_the_server_is_taken_back(book: Book, dates: Shelf) -> None:
    """A meeting that was held by yesterday's word and is cancelled by today's was none."""
    dates.put("1.ics", MEETING)
    counts(book, dates)
    dates.put("1.ics", MEETING.replace("UID:1@home", "UID:1@home\r\nSTATUS:CANCELLED"))
    counts(book, dates)
    assert list(book.people(at=NOW)) == []


@pytest.mark.parametrize("start", ["/", "/olga/", "/.well-known/carddav"])
def test_collections_are_found_from_the_server_on(radicale: Radicale, contacts: Shelf, start: str) -> None:
    """The server's own address, the owner's, and the well-known one lead to the address book."""
    with Wire(account(radicale.url(start), radicale.user, PASSWORD)) as wire:
        assert contacts.server.account.url in {one.url for one in collections(wire, CARDDAV)}


def test_wrong_password_is_said_and_changes_nothing(radicale: Radicale, book: Book, contacts: Shelf) -> None:
    """The server's refusal is one sentence, and what was known stays."""
    contacts.put("kai.vcf", card("Kai Falk", FALK))
    counts(book, contacts)
    wrong = Server(account(contacts.server.account.url, radicale.user, "wrong"), CARDDAV)
    with pytest.raises(SourceError, match="does not know this user or password") as refused:
        follow(book, [wrong], now=NOW)
    assert not refused.value.temporary
    assert set(who(book)) == {"Kai Falk"}


def test_server_that_is_not_there_may_be_tried_again(book: Book) -> None:
    """No connection is temporary."""
    nobody = Server(account("http://127.0.0.1:9/dav/", "olga", PASSWORD), CARDDAV)
    with pytest.raises(SourceError, match="cannot be reached") as away:
        follow(book, [nobody], now=NOW)
    assert away.value.temporary


def test_nothing_there_is_an_error_and_no_empty_book(radicale: Radicale, book: Book, contacts: Shelf) -> None:
    """A calendar asked for at an address book's address is a mistake, not an empty calendar."""
    with pytest.raises(SourceError, match="no calendar at this address"):
        follow(book, [Server(contacts.server.account, CALDAV)], now=NOW)


def test_owner_must_be_known(tmp_path: Path, contacts: Shelf) -> None:
    """Without the owner's address nobody knows whose meetings these are."""
    with pytest.raises(UserError, match="not clear whose"):
        follow(open_book(tmp_path / "other"), [contacts.server], now=NOW)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://olga:geheim@dav.example/", "must not hold a password"),
        ("http://dav.example/", "must be asked by https"),
        ("ftp://dav.example/", "is no address of a server"),
        ("dav.example", "is no address of a server"),
        ("https://[::1/", "is no address of a server"),
    ],
)
def test_address_over_which_a_password_would_leak_is_refused(address: str, says: str) -> None:
    """No password in addresses, none without encryption, and none of it in the error."""
    with pytest.raises(ConfigError, match=says) as refused:
        account(address)
    assert "geheim" not in str(refused.value) + refused.value.hint


def test_password_is_in_no_picture_of_the_account() -> None:
    """Whoever prints an account prints no password; the user in the address is taken out of it."""
    olga = account("https://olga%40home@dav.example:8443/x/", "other", "geheim")
    assert (olga.url, olga.user, olga.host) == (
        "https://dav.example:8443/x/",
        "olga@home",
        "dav.example:8443",
    )
    assert "geheim" not in repr(olga)


def test_an_address_book_on_a_server_is_audited_and_left_alone(book: Book, contacts: Shelf) -> None:
    """Every card is looked at, however far the book was followed before, and nothing of it is kept."""
    swapped = card("Kai Falk", FALK).replace(
        "END:VCARD", "item1.X-ABDATE:2026-05-11\r\nitem1.X-ABLABEL:Karte getauscht\r\nEND:VCARD"
    )
    contacts.put("kai.vcf", swapped)
    contacts.put("nina.vcf", card("Nina Niemand", "nina@nirgends.example"))
    for _ in range(2):
        found = audit(book, [], servers=[contacts.server], now=NOW)
        assert [(one.contact.name, one.bond) for one in found.contacts] == [
            ("Kai Falk", Bond.CARD),
            ("Nina Niemand", Bond.NOTHING),
        ]
        assert list(book.people(at=NOW)) == []
