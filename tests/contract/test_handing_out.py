"""Cards handed out to whoever holds them, on both databases: a grant of nobody's, with a way back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from anlass.cards import GrantEnd
from anlass.desk.cards.granting import Wanted, card_behind, give, grant_called, granted_for, grants, revoke
from anlass.desk.cards.handing_out import Shape, hand_out, handed_out, in_shape
from anlass.desk.cards.own import FILE, take_in
from anlass.desk.cards.surface import grant_line
from anlass.desk.cards.voice import grant_says
from anlass.errors import NotFound, Refused
from anlass.people import Address, AddressKind, person_at
from anlass.store.book import Book
from tests.unit.cards.samples import TEXT

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KAI = person_at(Address(AddressKind.MAIL, "kai@falk.example"), "Kai Falk")


@pytest.fixture
def carded(book: Book) -> Book:
    """Return a book with Olga's cards, and Kai in it."""
    take_in(book, TEXT, FILE, "en", now=NOW)
    book.meet(KAI)
    return book


def values(book: Book, link: str, *, at: datetime = NOW) -> list[str]:
    """Return what a link shows."""
    card = card_behind(book, link.rpartition("/")[2], at=at)
    return [one.value for one in card.options] if card else []


def test_whoever_holds_it_sees_the_first_tier_and_nobody_is_known_by_it(carded: Book) -> None:
    """No person comes of it; it stands in the lists by the name that the owner gave it."""
    before = [one.person.id for one in carded.people(at=NOW)]
    made = hand_out(carded, "  Badge\n re:publica ", Wanted("conference"), now=NOW)
    assert values(carded, made.link) == values(
        carded, give(carded, KAI.id, Wanted(tier="card"), now=NOW).link
    )
    assert [one.person.id for one in carded.people(at=NOW)] == before
    assert [(one.person.name, one.grant.tier) for one in handed_out(carded, at=NOW)] == [
        ("Badge re:publica", "card")
    ]
    line = grant_line(made)
    assert (line["occasion"], line["case"]) == ("handed out", None)
    assert line["person"] == {"id": made.grant.id, "name": "Badge re:publica", "addresses": []}
    assert grant_says(made, NOW, "de") == (
        "Kann seit dem 22. November 2026 die Karte „conference“ bis zur Stufe „card“ sehen."
        " Für alle, die den Link in der Hand haben."
    )
    assert granted_for(carded, "Badge re:publica", at=NOW) is None


def test_it_ends_and_is_taken_back_like_any_other(carded: Book) -> None:
    """Its link is then like one that never was; nobody's own grants are among it."""
    made = hand_out(carded, "Paper", Wanted(until=NOW + timedelta(days=3)), now=NOW)
    assert values(carded, made.link)
    assert values(carded, made.link, at=NOW + timedelta(days=3)) == []
    other = hand_out(carded, "Tag", Wanted(), now=NOW)
    assert revoke(carded, other.grant.id[:6], now=NOW).end is GrantEnd.REVOKED
    assert values(carded, other.link) == []
    assert list(grants(carded, KAI, at=NOW)) == []


def test_a_link_has_four_shapes(carded: Book) -> None:
    """All of them lead to the same place; what is over cannot be printed."""
    made = hand_out(carded, "Tag", Wanted(until=NOW + timedelta(days=1)), now=NOW)
    shapes = {shape: in_shape(carded, made, shape, at=NOW) for shape in Shape}
    assert shapes[Shape.LINK].content.decode().strip() == made.link
    assert shapes[Shape.NFC].content.endswith(made.link.removeprefix("https://").encode())
    assert shapes[Shape.QR].content.startswith(b"<svg")
    assert shapes[Shape.PDF].content.startswith(b"%PDF-")
    assert [one.ending for one in shapes.values()] == ["txt", "svg", "ndef", "pdf"]
    with pytest.raises(Refused, match="over"):
        in_shape(carded, made, Shape.PDF, at=NOW + timedelta(days=2))


def test_what_leads_nowhere_is_not_put_on_paper(book: Book) -> None:
    """Without an address from outside there is a link and no code."""
    take_in(book, TEXT.replace('address = "https://karte.tueren.example"', ""), FILE, "en", now=NOW)
    made = hand_out(book, "Tag", Wanted(), now=NOW)
    for shape in Shape:
        with pytest.raises(Refused, match="no address"):
            in_shape(book, made, shape, at=NOW)


def test_what_cannot_be_handed_out_is_said(carded: Book) -> None:
    """A name is needed and has an end; card and tier are those there are; nothing is written down."""
    for name in ("", " \n", "x" * 33):
        with pytest.raises(Refused, match="name"):
            hand_out(carded, name, Wanted(), now=NOW)
    with pytest.raises(NotFound):
        hand_out(carded, "Tag", Wanted(tier="no"), now=NOW)
    with pytest.raises(Refused, match="before it begins"):
        hand_out(carded, "Tag", Wanted(until=NOW), now=NOW)
    assert list(grants(carded, at=NOW)) == []
    for nobody in ("", "zzzz"):
        with pytest.raises(NotFound):
            grant_called(carded, nobody)
