"""The mailboxes that the house watches: kept in the book by name, their secrets elsewhere."""

from __future__ import annotations

import re
from datetime import datetime

from anlass.channels.mail.account import Account, login
from anlass.channels.mail.line import Line
from anlass.channels.mail.oauth import access_token
from anlass.channels.mail.secrets import Secrets
from anlass.errors import NotFound, Problem, UserError
from anlass.store.book import Book
from anlass.wires.account import Account as Login
from anlass.wires.trouble import Trouble, WireError

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


def accounts(book: Book) -> tuple[Account, ...]:
    """Return the mailboxes that are watched, in the order of their names."""
    return tuple(book.mail.accounts(Account).values())


def account_named(book: Book, name: str) -> Account:
    """Return a mailbox by its name or address; raises `NotFound`."""
    known = accounts(book)
    found = next((one for one in known if name in {one.name, one.address}), None)
    if found is None:
        names = ", ".join(one.name for one in known) or "none"
        raise NotFound(
            Problem(f"There is no mailbox {name!r}; connected: {names}."),
            hint="`anlass connect` connects one.",
        )
    return found


def name_for(address: str) -> str:
    """Return a name for the mailbox of an address, which may also name a file."""
    return re.sub(r"[^a-z0-9._-]+", "-", address.lower()).strip("-.")[:40] or "mailbox"


def keep(book: Book, account: Account, *, now: datetime) -> None:
    """Watch a mailbox from now on; its address is the owner's. Raises `UserError` for a name that is none."""
    if not _NAME.fullmatch(account.name):
        raise UserError(f"{account.name!r} is no name for a mailbox: small letters, figures, '-', '.', '_'.")
    with book.together():
        is_first_of_all = not book.owner_addresses()
        book.mail.keep_account(account.name, account, now=now)
        if account.address.lower() not in book.owner_addresses():
            book.add_owner_addresses([account.address.lower()], is_given=True)
            if not is_first_of_all:
                book.forget_marks()
        book.note("connect", about=account.name, content={"host": account.imap.host}, now=now)


def forget(book: Book, secrets: Secrets, name: str, *, now: datetime) -> None:
    """Watch a mailbox no more, and forget its secret; what was read stays. Raises `NotFound`."""
    account = account_named(book, name)
    with book.together():
        book.mail.forget_account(account.name)
        book.note("disconnect", about=account.name, now=now)
    secrets.forget(account.name)


def way_into(book: Book, secrets: Secrets, named: str) -> Login | None:
    """Return how to get into the connected mailbox of this name or address, `None` where none is called so.

    Raises `WireError` where its secret is gone or lets nobody in any more.
    """
    account = next((one for one in accounts(book) if named in {one.name, one.address}), None)
    return login(account, key_to(account, secrets)) if account else None


def opened(account: Account, secrets: Secrets) -> Line:
    """Open the line to a mailbox; raises `WireError`."""
    return Line(login(account, key_to(account, secrets)))


def key_to(account: Account, secrets: Secrets) -> str:
    """Return what opens a mailbox now: its password, or a token for some minutes; raises `WireError`."""
    secret = secrets.get(account.name)
    if secret is None:
        says = "There is no password for this mailbox."
        raise WireError(says, where=account.imap.host, trouble=Trouble.NO_SECRET)
    return access_token(secret) if account.auth == "oauth2" else secret
