"""What an owner let in goes with their key: tokens, feeds and webhooks, by the lines of the journal on them.

What was made by command on the machine itself is nobody's in particular, and stays.
"""

from __future__ import annotations

from datetime import datetime

from anlass.desk.programs.tokens import revoke_token
from anlass.desk.programs.webhooks import remove_hook
from anlass.desk.voice.common import Lang
from anlass.store.book import Book
from anlass.store.programs.tokens import TokenKind

_LANG: Lang = "en"
"""Nobody is told anything: what is named here was found before."""


def end_programs_of(book: Book, address: str, *, now: datetime) -> None:
    """Revoke the tokens and feeds, and remove the webhooks, that somebody made who has no say any more."""
    for kind in TokenKind:
        held = [one.id for one in book.tokens.all(kind) if one.revoked_at is None]
        for id_ in _made_by(book, address, f"add_{kind.value}", held):
            revoke_token(book, kind, id_, now=now, lang=_LANG)
    for id_ in _made_by(book, address, "add_webhook", [one.id for one in book.webhooks.all()]):
        remove_hook(book, id_, now=now, lang=_LANG)


def _made_by(book: Book, address: str, act: str, ids: list[str]) -> list[str]:
    return [entry.about for entry in book.entries_of(ids, (act,)) if entry.content.get("by") == address]
