"""The owner's door on the desk: its name, its texts, its code words, and whether it stands open.

Every change is written into the journal with what was before. Open to the world is only a door with imprint
and privacy notice; on this machine the owner can look at it at any time.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Literal

from anlass.desk.accounts.mail import accounts
from anlass.desk.door.voice import refused_says
from anlass.desk.voice.common import Lang
from anlass.errors import Refused
from anlass.replies.door import FIELDS, RESERVED, CodeWord, Door, is_name, plain_word
from anlass.store.book import Book

LONGEST_TEXT = 20_000
MOST_WORDS = 100
_SHORTEST_WORD = 4
Missing = Literal["name", "imprint", "privacy", "address", "mail"]


def door_of(book: Book) -> Door:
    """Return the owner's door; an empty one while there is none."""
    return book.door.door() or Door()


def key_of(book: Book) -> bytes:
    """Return the secret that signs what the door hands out; made when it is first asked for."""
    return book.door.key(secrets.token_bytes(32))


def missing(book: Book, address: str) -> tuple[Missing, ...]:
    """Return what is missing for strangers to use the door, in the order one mends it; `address` is public.

    Without `name`, `imprint` or `privacy` it cannot open at all.
    """
    lacks: tuple[Missing, ...] = tuple(one for one in _IN_ORDER if one in door_of(book).lacks())
    if not address:
        lacks += ("address",)
    if not any(account.smtp for account in accounts(book)):
        lacks += ("mail",)
    return lacks


def rename(book: Book, name: str, lang: Lang, *, now: datetime) -> Door:
    """Give the door another name; raises `Refused` for one that it cannot bear, or that another door has."""
    name = name.strip().strip("/").lower()
    if name in RESERVED:
        raise Refused(refused_says("reserved", lang, name=name))
    if not is_name(name):
        raise Refused(refused_says("shape", lang, name=name))
    if book.whose.door(name) not in {"", book.owner}:
        raise Refused(refused_says("taken", lang, name=name))
    return _keep(book, replace(door_of(book), name=name), "name", now)


def set_texts(book: Book, of: str, said: dict[str, str], lang: Lang, *, now: datetime) -> Door:
    """Let texts of the door, in the language `of`, read so from now on; raises `Refused`.

    Taking imprint or privacy notice away shuts the door.
    """
    door = _named(book, lang)
    if any(field not in FIELDS for field in said) or any(len(text) > LONGEST_TEXT for text in said.values()):
        raise Refused(refused_says("text", lang, most=str(LONGEST_TEXT)))
    plain = {field: text.replace("\r\n", "\n").strip() for field, text in said.items()}
    changed = door.with_texts(of, **plain)
    return _keep(book, replace(changed, is_open=changed.is_open and not changed.lacks()), "texts", now)


def set_register(book: Book, register: str, lang: Lang, *, now: datetime) -> Door:
    """Let German strangers be addressed so from now on: `du` or `sie`."""
    if register not in {"du", "sie"}:
        raise Refused(refused_says("register", lang))
    return _keep(book, replace(_named(book, lang), register=register), "register", now)


def open_door(book: Book, lang: Lang, *, now: datetime) -> Door:
    """Open the door to the world; raises `Refused` with all that is missing."""
    door = door_of(book)
    lacks = door.lacks()
    if lacks:
        raise Refused(*(refused_says(one, lang) for one in lacks))
    return _keep(book, replace(door, is_open=True), "open", now)


def close_door(book: Book, *, now: datetime) -> Door:
    """Shut the door; letters whose link was sent can still be confirmed on this machine alone."""
    return _keep(book, replace(door_of(book), is_open=False), "close", now)


def add_word(book: Book, word: CodeWord, lang: Lang, *, now: datetime) -> Door:
    """Let a code word hold from now on; one that is there already takes the new end and note."""
    door = _named(book, lang)
    plain = plain_word(word.word)
    if len(plain) < _SHORTEST_WORD or len(word.word) > 100:
        raise Refused(refused_says("word", lang))
    others = tuple(one for one in door.words if plain_word(one.word) != plain)
    if len(others) >= MOST_WORDS:
        raise Refused(refused_says("words", lang))
    return _keep(book, replace(door, words=(*others, word)), "word", now)


def remove_word(book: Book, word: str, lang: Lang, *, now: datetime) -> Door:
    """Let a code word hold no longer; raises `Refused` where there is none."""
    door = _named(book, lang)
    left = tuple(one for one in door.words if plain_word(one.word) != plain_word(word))
    if len(left) == len(door.words):
        raise Refused(refused_says("no_word", lang))
    return _keep(book, replace(door, words=left), "word_gone", now)


_IN_ORDER: tuple[Missing, ...] = ("name", "imprint", "privacy")


def _named(book: Book, lang: Lang) -> Door:
    door = door_of(book)
    if not door.name:
        raise Refused(refused_says("name", lang))
    return door


def _keep(book: Book, door: Door, act: str, now: datetime) -> Door:
    before = door_of(book)
    if door != before:
        with book.together():
            book.door.keep(door, now=now)
            told = {"act": act, "name": door.name, "is_open": door.is_open, "texts_before": _told(before)}
            book.note("door", about=door.name, content=told, now=now)
    return door


def _told(door: Door) -> dict[str, dict[str, str]]:
    """Return what the journal keeps of the texts before a change; code words are nobody's business there."""
    return {one.lang: {field: str(getattr(one, field)) for field in FIELDS} for one in door.texts}
