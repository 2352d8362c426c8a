"""The owner's cards on the desk: a file is taken in, and from then on holds; what holds is what pages show.

A file that is being edited changes nothing until it is taken in, and one with a problem is not. Every version
stays, so that it can be said later what somebody could see.
"""

from __future__ import annotations

import secrets
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from uuid import UUID

from anlass.cards import CardFaults, Cards, parse_cards, written
from anlass.cards.card import TIERS
from anlass.cards.parse import Key
from anlass.desk.voice.common import Lang
from anlass.errors import ConfigError, NotFound, Problem
from anlass.store.book import Book
from anlass.toml_text import places_of, read_toml
from anlass.wires.own_files import read_own_file, write_own_file

FILE = "cards.toml"
"""The name of the file in the data folder."""
_TIERS: dict[Lang, tuple[str, ...]] = {"de": ("Karte", "beruflich", "direkt", "privat"), "en": TIERS}


@dataclass(frozen=True, slots=True)
class Changed:
    """What taking in a file did: the cards that hold now, and by tier how many options came and went."""

    cards: Cards
    came: Counter[str]
    went: Counter[str]
    is_new: bool


def read_cards(text: str, where: str, lang: Lang) -> Cards:
    """Return the cards in a text; raises `ConfigError` with every problem and its place."""
    try:
        data = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(Problem(str(error), where)) from error
    except RecursionError as error:
        raise ConfigError(Problem("is nested too deeply", where)) from error
    places = places_of(text)

    def place(path: Key) -> tuple[str, int, int]:
        found = places.key(path)
        return where, found.line, found.column

    try:
        return parse_cards(data, place, lang)
    except CardFaults as faults:
        raise ConfigError(*faults.problems) from faults


def read_file(folder: Path, lang: Lang) -> tuple[Cards, str]:
    """Return the cards in the file of a data folder, and its text; raises `NotFound` and `ConfigError`."""
    path = folder / FILE
    try:
        text = read_own_file(path)
    except FileNotFoundError as missing:
        hint = "`anlass card edit --new` writes one to begin with."
        raise NotFound(Problem(_NO_FILE[lang], str(path)), hint=hint) from missing
    except (OSError, ValueError) as error:
        raise ConfigError(Problem(f"cannot be read: {error}", str(path))) from error
    return read_cards(text, str(path), lang), text


def cards_of(book: Book) -> Cards | None:
    """Return the cards that hold; `None` while the owner has none."""
    kept = book.cards.newest()
    return named(book, read_cards(kept.text, FILE, "en")) if kept else None


def begun(lang: Lang) -> Cards:
    """Return the cards of somebody who has none yet, with tiers in the owner's language."""
    tiers = _TIERS[lang]
    return Cards("", lang=lang, tiers=tiers, unlock=tiers[1])


def named(book: Book, cards: Cards) -> Cards:
    """Return the cards with the UUID of this owner, which tells nothing."""
    digest = blake2b(key_of(book), digest_size=16, person=b"anlass-uid").digest()
    return replace(cards, uid=UUID(bytes=digest, version=4).urn)


def key_of(book: Book) -> bytes:
    """Return the secret that signs the links of this owner; made when it is first asked for."""
    return book.cards.key(secrets.token_bytes(32))


def take_in(book: Book, text: str, where: str, lang: Lang, *, now: datetime) -> Changed:
    """Let the cards in a text hold from now on; raises `ConfigError`, and then nothing has changed.

    Hosted events that began without an address have theirs from then on.
    """
    cards = read_cards(text, where, lang)
    before = cards_of(book)
    old = {(one.kind, one.value, one.tier) for one in before.options} if before else set()
    new = {(one.kind, one.value, one.tier) for one in cards.options}
    came, went = (Counter(tier for *_, tier in some) for some in (new - old, old - new))
    is_new = before is None or named(book, cards) != before
    if is_new:
        with book.together():
            version = book.cards.keep(text, now=now)
            told = {"version": version.id, "came": dict(came), "went": dict(went)}
            book.note("cards", content=told, now=now)
            for one in book.hosting.all() if cards.address else ():
                if not one.address and not one.deleted_at:
                    book.hosting.keep(replace(one, address=cards.address.rstrip("/")))
    return Changed(named(book, cards), came, went, is_new)


def write_file(folder: Path, cards: Cards) -> None:
    """Write the cards into the file of a data folder, so that file and pages say the same."""
    write_own_file(folder / FILE, written(cards), is_private=True)


def write_after(folder: Path, cards: Cards, before: str | None) -> bool:
    """Write cards that were changed elsewhere into the file too; return whether it says the same now.

    A file that was edited and not yet taken in is left alone: `before` is the text that held until now. What
    it said, with its comments, stays beside it in a file of its own.
    """
    path = folder / FILE
    try:
        there = read_own_file(path)
    except FileNotFoundError:
        there = None
    except (OSError, ValueError):
        return False
    if there is not None and there not in {before, written(cards)}:
        return False
    try:
        if there is not None and there != written(cards):
            write_own_file(path.with_name(f"{FILE}.before"), there, is_private=True)
        write_file(folder, cards)
    except OSError:
        return False
    return True


def beginning(name: str, address: str, lang: Lang) -> str:
    """Return a file to begin with: the owner's name, one mail address, and examples to be uncommented."""
    quoted = written(Cards(name=name or "?", lang=lang)).splitlines()[0]
    mail = address or "name@example.org"
    return _BEGINNING[lang].format(name=quoted, mail=mail)


_NO_FILE: dict[Lang, str] = {
    "de": "Es gibt noch keine Datei mit deinen Karten.",
    "en": "There is no file with your cards yet.",
}
_BEGINNING: dict[Lang, str] = {
    "de": """\
# Deine Visitenkarten. `anlass card edit` prüft diese Datei und lässt sie gelten.

{name}
# organisation = ""
# role = ""
# note = "Wer mag, wählt einen Weg. Keine Antwort nötig."
# topics = ["..."]
# address = "https://karte.example.org"   # worunter die Kartenseiten von außen erreichbar sind
lang = "de"
tiers = ["Karte", "beruflich", "direkt", "privat"]   # von wenig nach viel; nenn sie, wie du willst
unlock = "beruflich"                       # welche Stufe „freischalten“ öffnet

[card.main]

# [card.press]
# title = "Presse"

[[option]]
kind = "mail"
value = "{mail}"
tier = "Karte"

# [[option]]
# kind = "mobile"       # phone mobile address xing linkedin flickr mastodon matrix xmpp
# value = "+49 170 ..."  # signal threema skype web calendar
# tier = "direkt"
# place = "work"        # work oder home
# cards = ["press"]     # nur auf diesen Karten
""",
    "en": """\
# Your cards. `anlass card edit` checks this file and lets it hold.
# Tiers from little to much: card, business, direct, private. Your own: tiers = ["...", "..."]

{name}
# organisation = ""
# role = ""
# note = "Choose any way you like. No answer needed."
# topics = ["..."]
# address = "https://card.example.org"    # where the pages of cards are reached from outside
lang = "en"
unlock = "business"                        # the tier that "unlock" opens

[card.main]

# [card.press]
# title = "Press"

[[option]]
kind = "mail"
value = "{mail}"
tier = "card"

# [[option]]
# kind = "mobile"       # phone mobile address xing linkedin flickr mastodon matrix xmpp
# value = "+49 170 ..."  # signal threema skype web calendar
# tier = "direct"
# place = "work"        # work or home
# cards = ["press"]     # on these cards only
""",
}
