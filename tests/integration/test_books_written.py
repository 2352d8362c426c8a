"""Writing into an address book on a real server: our lines alone, and never over anybody's change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest

from anlass.channels.carddav import Entry, Pen, Put
from anlass.desk.cards.address_books import Will, Written, Wrote, set_note, write_back
from anlass.desk.cards.granting import Wanted, give, revoke
from anlass.desk.cards.own import FILE, take_in
from anlass.desk.people.standing import say_standing
from anlass.errors import ChannelError
from anlass.ledger import Encounter, EncounterKind
from anlass.people import Address, AddressKind, Standing, person_at
from anlass.sources.dav import CARDDAV
from anlass.store import open_book
from anlass.store.book import Book
from tests.integration.test_dav import Shelf
from tests.servers import PASSWORD, Radicale
from tests.unit.cards.samples import TEXT

pytestmark = pytest.mark.slow  # a real server answers each question

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KAI = person_at(Address(AddressKind.MAIL, "kai@falk.example"), "Kai Falk")
CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:kai\r\nFN:Kai Falk\r\nN:Falk;Kai;;;\r\nEMAIL:kai@falk.example\r\n"
    "X-OTHER:stays äöü\r\nNOTE:mine\r\nEND:VCARD\r\n"
)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a book that knows Kai, met him and granted him a card."""
    made = open_book(tmp_path / "data")
    take_in(made, TEXT, FILE, "en", now=NOW)
    made.meet(KAI)
    when = NOW - timedelta(days=9)
    made.add_encounter(
        KAI.addresses[0], Encounter(EncounterKind.MEETING, when, is_proven=True, source="x", id="m1")
    )
    give(made, "Kai Falk", Wanted(tier="card"), now=NOW)
    say_standing(made, "Kai Falk", Standing.CONTACT, why="secret words", now=NOW)
    return made


@pytest.fixture
def shelf(radicale: Radicale) -> Iterator[Shelf]:
    """Return an address book with Kai and a stranger in it."""
    made = Shelf(radicale, CARDDAV)
    made.put("kai.vcf", CARD)
    made.put("eva.vcf", CARD.replace("kai", "eva").replace("Kai Falk", "Eva Amsel"))
    yield made
    made.close()


def entry(radicale: Radicale, shelf: Shelf, name: str = "kai.vcf") -> str:
    """Return an entry as another program of the owner's reads it."""
    told = httpx2.get(radicale.url(shelf.path + name), auth=(radicale.user, PASSWORD))
    return str(told.raise_for_status().text)


def written(book: Book, shelf: Shelf, will: Will) -> list[Written]:
    """Write back, and return what became of each entry."""
    return list(write_back(book, [shelf.server], will, now=NOW))


GO = Will(is_rehearsal=False)


def test_only_our_lines_are_written_and_the_rest_stays(book: Book, shelf: Shelf, radicale: Radicale) -> None:
    """Shown first; then written once, and again only when something changed. Nobody's secret is in it."""
    set_note(book, "Kai Falk", "Builds doors; likes\ntea", now=NOW)
    before, stranger = entry(radicale, shelf), entry(radicale, shelf, "eva.vcf")
    assert [one.wrote for one in written(book, shelf, Will())] == [Wrote.WOULD]
    assert entry(radicale, shelf) == before
    assert [one.wrote for one in written(book, shelf, GO)] == [Wrote.DONE]
    after = entry(radicale, shelf)
    own = [one for one in after.replace("\r\n ", "").splitlines() if one.startswith("X-ANLASS-")]
    assert [one.partition(":")[0] for one in own] == ["X-ANLASS-CARD", "X-ANLASS-LAST", "X-ANLASS-NOTE"]
    assert own[1:] == ["X-ANLASS-LAST:2026-11-13", r"X-ANLASS-NOTE:Builds doors\; likes\ntea"]
    rest = [one for one in after.replace("\r\n ", "").splitlines() if not one.startswith("X-ANLASS-")]
    assert sorted(rest) == sorted(before.replace("\r\n ", "").splitlines())
    assert "contact" not in after
    assert "secret words" not in after
    assert entry(radicale, shelf, "eva.vcf") == stranger
    assert [one.wrote for one in written(book, shelf, GO)] == [Wrote.SAME]


def test_the_standing_is_written_only_where_the_owner_says_so(
    book: Book, shelf: Shelf, radicale: Radicale
) -> None:
    """And it goes again when the owner says so no more."""
    written(book, shelf, Will(is_rehearsal=False, with_standing=True))
    assert "X-ANLASS-STANDING:contact" in entry(radicale, shelf)
    written(book, shelf, GO)
    assert "X-ANLASS-STANDING" not in entry(radicale, shelf)


def test_what_is_over_is_taken_out_again(book: Book, shelf: Shelf, radicale: Radicale) -> None:
    """A link that was taken back stands in no entry."""
    written(book, shelf, GO)
    revoke(book, book.cards.grants()[0].id, now=NOW)
    written(book, shelf, GO)
    assert "X-ANLASS-CARD" not in entry(radicale, shelf)


def test_lines_that_somebody_edited_are_a_conflict(book: Book, shelf: Shelf, radicale: Radicale) -> None:
    """Both sides are shown, nothing is written, until the owner says whose holds; deleted is edited."""
    written(book, shelf, GO)
    for edited in (CARD, CARD.replace("NOTE:mine", "X-ANLASS-NOTE:theirs")):
        shelf.put("kai.vcf", edited)
        kept = entry(radicale, shelf)
        (conflict,) = written(book, shelf, GO)
        assert (conflict.wrote, len(conflict.here)) == (Wrote.EDITED, 2)
        assert entry(radicale, shelf) == kept
    assert conflict.there == ("X-ANLASS-NOTE:theirs",)
    (solved,) = written(book, shelf, Will(is_rehearsal=False, mine=True))
    assert solved.wrote is Wrote.DONE
    assert "theirs" not in entry(radicale, shelf)


def test_an_entry_that_changed_meanwhile_is_never_overwritten(shelf: Shelf, radicale: Radicale) -> None:
    """Between reading and writing another program wrote: its words stay. Gone is gone."""
    url = radicale.url(shelf.path + "kai.vcf")
    with Pen(url, radicale.user, PASSWORD) as pen:
        read = pen.read(url)
        assert read is not None
        shelf.put("kai.vcf", CARD.replace("mine", "newer"))
        assert pen.write(read, read.data) is Put.CHANGED
        assert "newer" in entry(radicale, shelf)
        assert pen.write(Entry(url, "", read.data), b"") is Put.REFUSED
        assert pen.write(Entry(url, 'W/"x"', read.data), b"") is Put.REFUSED
        shelf.delete("kai.vcf")
        assert pen.write(read, read.data) is Put.CHANGED
        assert pen.read(url) is None


def test_a_server_that_cannot_be_reached_says_so() -> None:
    """And trying again may help."""
    with Pen("http://127.0.0.1:9/", "", "") as pen, pytest.raises(ChannelError) as failed:
        pen.read("http://127.0.0.1:9/x.vcf")
    assert failed.value.temporary
