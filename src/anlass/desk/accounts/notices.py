"""What the owner's inbox says of mailboxes that cannot be watched: one clear line for each."""

from __future__ import annotations

from datetime import datetime

from anlass.desk.accounts.mail import accounts
from anlass.desk.accounts.voice_of_mail import notices
from anlass.desk.voice.common import Lang
from anlass.store.book import Book


def mail_notices(book: Book, *, now: datetime, lang: Lang) -> tuple[str, ...]:
    """Return a line for each mailbox that something stands in the way of."""
    return notices(book.mail.states(), accounts(book), now, lang)
