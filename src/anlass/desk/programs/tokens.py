"""The owner lets programs in: a token with scopes for the API, a secret link for a feed; and takes them back.

A secret is shown once, when it is made; kept is a digest of it. It holds the owner it belongs to, so that it
can be looked up where that owner's rows lie. A token can do what its scopes say and nothing else, and no
token can make another one: that is done on a page or by command.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from anlass.desk.chance import new_id
from anlass.desk.voice.common import Lang
from anlass.errors import NotFound, Refused
from anlass.people.ids import called
from anlass.store.book import Book
from anlass.store.gate.whose import WhoseTables
from anlass.store.programs.tokens import Token, TokenKind

LONGEST_NAME = 100
"""Code points of a token's name."""
MOST_DAYS = 3650
_SECRET_BYTES = 20
_MARK = "anl"
_LONGEST = 200


class Scope(StrEnum):
    """What a token may do. None contains another."""

    JUDGE = "judge"
    """Have a text judged; nothing of the owner's is seen."""
    READ = "read"
    """See everything that the pages show."""
    DECIDE = "decide"
    """Decide on cases, take that back, say what time was given and what came of it, ask elsewhere."""
    SEND = "send"
    """Let letters and mailings go, word them, take them back, answer at doors, hold the outbox."""
    TEACH = "teach"
    """Teach the reading, and take lessons back."""
    PEOPLE = "people"
    """Say who is who, how close, for whom the owner vouches, and who is watched."""
    CARDS = "cards"
    """Change the cards, and grant and revoke what is seen of them."""
    RULES = "rules"
    """Change the house rules."""
    DOOR = "door"
    """Change the public door: its name, its texts, its code words, and whether it is open."""
    EVENTS = "events"
    """Note events and who was met there, host events for others, and set rounds of wishes."""
    EXPORT = "export"
    """Take everything out that the house remembers."""


class FeedShows(StrEnum):
    """What a feed shows beyond the bare fact that there is a request."""

    DETAILS = "details"


@dataclass(frozen=True, slots=True)
class Made:
    """A token that was just made, with its secret: the only time that it is seen."""

    token: Token
    secret: str


def add_token(
    book: Book, name: str, scopes: tuple[Scope, ...], *, days: int | None, now: datetime, lang: Lang
) -> Made:
    """Make a token of the API that holds for so many days, for ever without a number; raises `Refused`."""
    if not scopes:
        raise Refused(_SAYS[lang]["no_scope"])
    may = tuple(scope.value for scope in Scope if scope in scopes)
    return _made(book, TokenKind.API, name, may, days=days, now=now, lang=lang)


def add_feed(book: Book, name: str, *, details: bool, days: int | None, now: datetime, lang: Lang) -> Made:
    """Make the secret of a feed; raises `Refused`."""
    may = (FeedShows.DETAILS.value,) if details else ()
    return _made(book, TokenKind.FEED, name, may, days=days, now=now, lang=lang)


def revoke_token(book: Book, kind: TokenKind, id_or_prefix: str, *, now: datetime, lang: Lang) -> Token:
    """Let a token open nothing from now on; raises `NotFound`."""
    found = called(id_or_prefix, book.tokens.all(kind))
    if len(found) != 1:
        raise NotFound(_SAYS[lang]["several" if found else "none"].format(start=id_or_prefix))
    with book.together():
        if book.tokens.revoke(found[0].id, now=now):
            book.note(f"revoke_{kind.value}", about=found[0].id, content={"name": found[0].name}, now=now)
    return book.tokens.find(found[0].id) or found[0]


def owner_in(secret: str) -> str:
    """Return the id of the owner whom a secret names; "" where it is none."""
    parts = secret.split("_") if len(secret) <= _LONGEST and secret.isascii() else []
    return "_".join(parts[1:-2]) if len(parts) >= 4 and parts[0] == _MARK else ""


def house_opened_by(whose: WhoseTables, secret: str) -> str:
    """Return the id of the owner whose house a secret opens, among all of a server; "" for none.

    Whether the token holds says `token_behind`.
    """
    owner, parts = owner_in(secret), secret.split("_")
    return owner if owner and whose.token(parts[-2], _digest(secret)) == owner else ""


def token_behind(book: Book, kind: TokenKind, secret: str, *, now: datetime) -> Token | None:
    """Return the token that a secret is, where it holds; writes down the day it was used."""
    if owner_in(secret) != book.owner:
        return None
    token = book.tokens.find(secret.split("_")[-2])
    if token is None or not secrets.compare_digest(token.digest, _digest(secret)):
        return None
    if token.kind is not kind or not token.opens(now):
        return None
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if token.used_on != day:
        book.tokens.used(token.id, on=day)
    return replace(token, used_on=day)


def _made(
    book: Book,
    kind: TokenKind,
    name: str,
    may: tuple[str, ...],
    *,
    days: int | None,
    now: datetime,
    lang: Lang,
) -> Made:
    called = " ".join(name.split())[:LONGEST_NAME]
    if not called:
        raise Refused(_SAYS[lang]["no_name"])
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise Refused(_SAYS[lang]["days"].format(most=MOST_DAYS))
    id_ = new_id()
    secret = f"{_MARK}_{book.owner}_{id_}_{secrets.token_hex(_SECRET_BYTES)}"
    until = now + timedelta(days=days) if days is not None else None
    token = Token(id_, kind, _digest(secret), called, may, now, until)
    with book.together():
        book.tokens.keep(token)
        told = {"name": called, "may": list(may), "until": until.isoformat() if until else None}
        book.note(f"add_{kind.value}", about=id_, content=told, now=now)
    return Made(token, secret)


def _digest(secret: str) -> str:
    """Return what is kept of a secret; it is long and made by chance, so nothing slower is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


_SAYS: dict[Lang, dict[str, str]] = {
    "de": {
        "no_scope": "Ein Token, das nichts darf, öffnet nichts. Nenn wenigstens einen Bereich.",
        "no_name": "Gib ihm einen Namen, an dem du es wiedererkennst.",
        "days": "Es gilt zwischen einem und {most} Tagen.",
        "none": "Es gibt keines, das mit „{start}“ beginnt.",
        "several": "Mehrere beginnen mit „{start}“.",
    },
    "en": {
        "no_scope": "A token that may do nothing opens nothing. Name at least one scope.",
        "no_name": "Give it a name, so that you know it again.",
        "days": "It holds between one and {most} days.",
        "none": "There is none that begins with “{start}”.",
        "several": "Several begin with “{start}”.",
    },
}
