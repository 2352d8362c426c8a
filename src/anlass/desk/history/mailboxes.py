"""Following a mailbox on a server into the ledger, without changing anything there.

It is one more archive: the same gate, the same marks, the same batches. What a run that broke off had
written stays, and the next goes on behind it. A mail that was moved, a folder that was renamed or
numbered anew is met at its new place and known by what it is; the old place is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from anlass.desk.evidence.copies import Reread
from anlass.desk.evidence.outside import IMAP
from anlass.desk.history.collecting import Collected, Progress, Run
from anlass.desk.history.finding_owner import know_owner, sender_in
from anlass.desk.history.letters import reads_on
from anlass.desk.history.renamed_folders import follow_renamed
from anlass.intake import Origin
from anlass.sources import Bearings, reread
from anlass.sources.imap import Account, Mailbox, Wire
from anlass.store.book import Book

Watch = Callable[[int], Progress]
BATCH = 200
"""Mails that are written together: as many as a server is asked for at once."""


def collect_mailbox(
    book: Book,
    account: Account,
    *,
    owner: Sequence[str] = (),
    trusted: Sequence[str] = (),
    now: datetime,
    region: str = "",
    watch: Watch | None = None,
    batch: int = BATCH,
) -> Collected:
    """Read into the ledger what is new in a mailbox; the rest as in `collect`.

    `watch` is told first how many mails lie there, and returns what is told after each batch how many of
    them are behind us.

    Without any address of the owner's it is found in the sent mail there; the user's name, where it is an
    address, is one. Raises `UserError` where it is not clear who the owner is, and `SourceError` for a
    server that cannot be asked; what was read until then is kept.
    """
    with Wire(account) as wire:
        addresses = know_owner(book, lambda: sender_in(Mailbox(wire, reads_on=reads_on), account.user), owner)
        mailbox = Mailbox(wire, reads_on=reads_on, stood=book.traces.token)
        bearings, again = Bearings(addresses, now, region), rereading(mailbox)
        progress = watch(mailbox.count()) if watch else None
        run = Run(book, addresses, bearings, progress, batch, reread=again, by_mails=True)
        try:
            follow_renamed(book, mailbox, account.place, addresses)
            run.read(mailbox.mails(run))
            run.counts["unchanged"] += sum(len(book.stamps_in(one)) for one in mailbox.passed_over)
            _forget_what_is_gone(book, mailbox, account)
        finally:
            collected = run.finish(now, frozenset(trusted))
    _remember_standings(book, mailbox, run)
    return collected


def _remember_standings(book: Book, mailbox: Mailbox, run: Run) -> None:
    """Write down how folders stand that were read to their ends, now that all of it is written.

    One with a mail that was set aside is looked through again the next time.
    """
    lacking = {one.origin.path.rpartition("/")[0] for one in run.set_aside}
    for directory, standing in mailbox.standings.items():
        book.traces.set_token(directory, "" if directory in lacking else standing)


@contextmanager
def letters_of(account: Account) -> Iterator[Reread]:
    """Open a mailbox to read whole letters in it again; raises `SourceError`."""
    with Wire(account) as wire:
        yield rereading(Mailbox(wire))


@contextmanager
def originals_of(account: Account) -> Iterator[Reread]:
    """Open a mailbox to take mails out of it with all their bytes; raises `SourceError`."""
    with Wire(account) as wire:
        yield Mailbox(wire).original


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
            book.traces.set_token(directory, "")
