"""Trying the house on the example mailbox."""

from __future__ import annotations

from anlass.desk.cards import FILE, take_in
from anlass.desk.collecting import collect
from anlass.desk.screening import Desk, screen
from anlass.doorman import Doorman
from anlass.example import Example
from anlass.intake import Recipient
from anlass.store.book import Book


def screen_example(book: Book, doorman: Doorman, shown: Example) -> int:
    """Collect and judge the example mailbox; return how many cases it holds."""
    collect(book, [shown.mailbox], owner=shown.addresses, now=shown.today)
    take_in(book, shown.cards, FILE, "de", now=shown.today)
    about = "\n".join(shown.about.values())
    for _ in screen(Desk(book, doorman, Recipient(shown.name, about), shown.today), [shown.mailbox]):
        pass
    return book.cases(limit=1).total
