"""Following a mailbox on a server into the ledger, without changing anything there.

It is one more archive: the same gate, the same marks, the same batches. What a run that broke off had
written stays, and the next goes on behind it. A mail that was moved, a folder that was renamed or
numbered anew is met at its new place and known by what it is; the old place is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from anlass.desk.collecting import BATCH, Collected, Progress, Run
from anlass.desk.copies import Reread
from anlass.desk.finding_owner import know_owner, sender_in
from anlass.desk.letters import reads_on
from anlass.desk.outside import IMAP
from anlass.intake import Origin
from anlass.sources import Bearings, reread
from anlass.sources.imap import Account, Mailbox, Wire
from anlass.store.book import Book


def collect_mailbox(
    book: Book,
    account: Account,
    *,
    owner: Sequence[str] = (),
    trusted: Sequence[str] = (),
    now: datetime,
    region: str = "",
    progress: Progress | None = None,
    batch: int = BATCH,
) -> Collected:
    """Read into the ledger what is new in a mailbox; the rest as in `collect`.

    Without any address of the owner's it is found in the sent mail there; the user's name, where it is an
    address, is one. Raises `UserError` where it is not clear who the owner is, and `SourceError` for a
    server that cannot be asked; what was read until then is kept.
    """
    with Wire(account) as wire:
        mailbox = Mailbox(wire, reads_on=reads_on)
        addresses = know_owner(book, lambda: sender_in(mailbox, account.user), owner)
        run = Run(book, addresses, Bearings(addresses, now, region), progress, batch, rereading(mailbox))
        try:
            run.read(mailbox.mails(run))
            _forget_what_is_gone(book, mailbox, account)
        finally:
            collected = run.finish(now, frozenset(trusted))
    return collected


@contextmanager
def letters_of(account: Account) -> Iterator[Reread]:
    """Open a mailbox to read whole letters in it again; raises `SourceError`."""
    with Wire(account) as wire:
        yield rereading(Mailbox(wire))


def rereading(mailbox: Mailbox) -> Reread:
    """Return what opens a mail again, on this server or on disk."""

    def again(origin: Origin) -> bytes | None:
        return mailbox.reread(origin) if origin.path.startswith(IMAP) else reread(origin)

    return again


def _forget_what_is_gone(book: Book, mailbox: Mailbox, account: Account) -> None:
    """Forget the places in folders that are there no more; what stood in them did happen."""
    for directory in book.folders_below(account.place):
        if not mailbox.is_there(directory):
            book.forget_folder(directory)
