"""Who of a list is not let in, by name and with the reason; pages and command line say the same."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from anlass.desk.voice.common import Lang, set_aside_says
from anlass.outreach.hosting import HOST
from anlass.people import AddressKind
from anlass.sources.events import EventList, Listed
from anlass.store.book import Book

ERASED = "host_erase"
"""The act of the journal by which somebody is erased; its line says whom in a mark that names nobody."""
_NAMED = 8
"""As many are named; of more it is said how many."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Names on a list of those who were not let in by it, in its order."""

    known: tuple[str, ...] = ()
    """Their address is let in already."""
    beside: tuple[str, ...] = ()
    """Their address stands on the same list beside another name."""
    without: tuple[str, ...] = ()
    """What stands for their mail address is none, or nothing does."""
    erased: tuple[str, ...] = ()
    """They were erased from the event; a list does not bring them back."""


def mail_of(listed: Listed) -> str:
    """Return the first mail address of somebody on a list; "" where there is none."""
    found = (one.value for one in listed.somebody.addresses if one.kind is AddressKind.MAIL)
    return next(found, "")


def left_out(told: EventList, new: Iterable[str], erased: Iterable[str]) -> LeftOut:
    """Return who of a list is left out, given the addresses that are `new` by it and those once `erased`."""
    let_in, gone = set(new), set(erased)
    first: dict[str, str] = {}
    found: dict[str, list[str]] = {"known": [], "beside": [], "without": [], "erased": []}
    for listed in told.people:
        mail, name = mail_of(listed), listed.somebody.name or mail_of(listed) or "?"
        before = first.setdefault(mail, name)
        if not mail:
            found["without"].append(name)
        elif mail in gone:
            found["erased"].append(name)
        elif before != name:
            found["beside"].append(name)
        elif mail not in let_in:
            found["known"].append(name)
    return LeftOut(*(tuple(dict.fromkeys(found[one])) for one in ("known", "beside", "without", "erased")))


def erased_mark(book: Book, event: str, mail: str) -> str:
    """Return what the journal keeps of somebody erased: it tells their address apart and names nobody."""
    return hmac.new(book.latches.key(), f"{event}:{mail}".encode(), sha256).hexdigest()[:32]


def erased_of(book: Book, event: str, mails: Iterable[str]) -> frozenset[str]:
    """Return which of these addresses were erased from an event."""
    marks = {entry.content.get("mark") for entry in book.entries_of([f"{HOST}{event}"], [ERASED])}
    return frozenset(one for one in mails if marks and erased_mark(book, event, one) in marks)


def left_out_says(left: LeftOut, told: EventList, lang: Lang) -> tuple[str, ...]:
    """Say who was left out and why, a sentence for each reason, and what of the file could not be read."""
    words = _WORDS[lang]
    said = [
        words[kind].format(names=_named(names, lang))
        for kind, names in (
            ("known", left.known),
            ("beside", left.beside),
            ("without", left.without),
            ("erased", left.erased),
        )
        if names
    ]
    said += [set_aside_says(one, lang) for one in told.set_aside[:_NAMED]]
    if any(one.reason == "no_table" for one in told.set_aside):
        said.append(words["no_table"])
    return tuple(said)


def _named(names: tuple[str, ...], lang: Lang) -> str:
    if len(names) <= _NAMED:
        return ", ".join(names)
    return _WORDS[lang]["more"].format(names=", ".join(names[: _NAMED - 1]), count=len(names) - _NAMED + 1)


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "known": "Schon eingelassen: {names}.",
        "beside": "Dieselbe Mailadresse wie jemand anderes auf der Liste: {names}. "
        "Jeder Mensch braucht eine eigene, denn der Link ist die Eintrittskarte.",
        "without": "Ohne gültige Mailadresse: {names}.",
        "erased": "Gelöscht und nicht wieder eingelassen: {names}. "
        "Wer es selbst möchte, wird einzeln eingelassen.",
        "no_table": "Die erste Zeile nennt die Spalten, etwa: Name;E-Mail.",
        "more": "{names} und {count} weitere",
    },
    "en": {
        "known": "Let in already: {names}.",
        "beside": "The same mail address as somebody else on the list: {names}. "
        "Everybody needs one of their own, for the link is the ticket.",
        "without": "Without a mail address that is one: {names}.",
        "erased": "Erased, and not let in again: {names}. Whoever wants it is let in one by one.",
        "no_table": "The first line names the columns, such as: Name,Email.",
        "more": "{names} and {count} more",
    },
}
