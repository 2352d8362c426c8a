"""One card: whom it names, by which addresses, and what it says of their work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from os.path import basename

from anlass.intake.contact_request import Origin
from anlass.intake.guard import clean, one_line
from anlass.intake.message import SetAside
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind, mail_address
from anlass.sources.addresses import page_address, phone_address
from anlass.sources.cards.cutting import Piece
from anlass.sources.cards.lines import Line, TooLongError, lines_of
from anlass.sources.cards.swaps import swaps
from anlass.sources.traces import Bearings, NoTrace

_NAME = 200
_ABOUT = 300
_ADDRESSES = 60
_CHATS = {"xmpp": AddressKind.XMPP, "matrix": AddressKind.MATRIX}
_NO_PERSON = {
    "group": "group",
    "org": "organisation",
    "location": "organisation",
    "application": "organisation",
}
_PAGES = ("URL", "X-SOCIALPROFILE", "SOCIALPROFILE", "X-LINKEDIN", "X-XING")


@dataclass(frozen=True, slots=True)
class Book:
    """What the cards of one file have in common: where they lie, their source, whose they are."""

    path: str
    source: str
    bearings: Bearings


def trace_of(piece: Piece, book: Book) -> Trace | NoTrace | SetAside:
    """Return what one card tells."""
    try:
        lines = lines_of(piece.data)
    except TooLongError:
        says = f"The card in line {piece.line} is longer than any person's."
        return SetAside(Origin(book.path, piece.line), "too_long", says)
    told: dict[str, list[object]] = defaultdict(list)
    for name, _, value in lines:
        told[name].append(value)
    place = f"{basename(book.path)}, line {piece.line}"  # noqa: PTH119 - may be an address on a server
    addresses = tuple(dict.fromkeys(_addresses(told, book.bearings.region)))[:_ADDRESSES]
    name = _name(told)
    if reason := _no_person(told, addresses, book.bearings):
        return NoTrace(place, reason)
    if not name and not addresses:
        says = f"The card in line {piece.line} holds neither a name nor an address."
        return SetAside(Origin(book.path, piece.line), "nameless", says)
    met = swaps(lines, name, addresses, source=f"{book.source}:{place}", now=book.bearings.now)
    return Trace(name, addresses, place, met, _about(told))


def _no_person(
    told: Mapping[str, Sequence[object]], addresses: Sequence[Address], bearings: Bearings
) -> str | None:
    """Say why a card is none of another person: a group, a firm, the owner's own."""
    kinds = [
        _words(one).lower() for one in (*told.get("KIND", ()), *told.get("X-ADDRESSBOOKSERVER-KIND", ()))
    ]
    for kind in kinds:
        if kind in _NO_PERSON:
            return _NO_PERSON[kind]
    if any(_words(one).upper() == "COMPANY" for one in told.get("X-ABSHOWAS", ())):
        return "organisation"
    return "own" if any(one.value in bearings.owner for one in addresses) else None


def _name(told: Mapping[str, Sequence[object]]) -> str:
    """Return the name as the card writes it out, else put together of its parts, else any name it has."""
    for key in ("FN", "N", "NICKNAME", "ORG"):
        for value in told.get(key, ()):
            if name := one_line(_words(value))[:_NAME]:
                return name
    return ""


def _about(told: Mapping[str, Sequence[object]]) -> str:
    """Return what the card says of the person's work: "Redakteurin, Falk Verlag"."""
    said = [*told.get("TITLE", ())[:1], *told.get("ROLE", ())[:1], *told.get("ORG", ())[:1]]
    return ", ".join(dict.fromkeys(filter(None, (one_line(_words(one)) for one in said))))[:_ABOUT]


def _addresses(told: Mapping[str, Sequence[object]], region: str) -> Iterator[Address]:
    """Yield the addresses of a card, mail first; what is none is left out."""
    for value in told.get("EMAIL", ()):
        yield from _kept(mail_address(_words(value).removeprefix("mailto:")))
    for key in _PAGES:
        for value in told.get(key, ()):
            yield from _kept(page_address(_words(value)))
    for value in told.get("IMPP", ()):
        scheme, _, handle = _words(value).partition(":")
        if scheme.lower() in _CHATS and handle and handle.isprintable() and " " not in handle:
            yield Address(_CHATS[scheme.lower()], handle.casefold())
    for value in told.get("TEL", ()):
        yield from _kept(phone_address(_words(value), region))


def _kept(address: Address | None) -> Iterator[Address]:
    if address is not None:
        yield address


def _words(value: object) -> str:
    """Return a value of vobjectx as words on one line: a text, a list of parts, or a name of parts."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    elif isinstance(value, list | tuple):
        value = ", ".join(filter(None, map(_words, value)))
    elif not isinstance(value, str):
        parts = (getattr(value, part, "") for part in ("prefix", "given", "additional", "family", "suffix"))
        value = " ".join(filter(None, map(_words, parts)))
    return clean(" ".join(str(value).split()))


__all__ = ["Book", "Line", "trace_of"]
