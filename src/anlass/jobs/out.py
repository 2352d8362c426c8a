"""Letters leave the house by the mailbox the owner writes from, and are kept among the sent.

The mailbox is only opened when there is something to do. A letter in doubt is looked for whenever it is.
"""

from __future__ import annotations

import logging
import os
import secrets as chance
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from anlass.bootstrap import Home
from anlass.channels.mail.account import Account
from anlass.channels.mail.secrets import Secrets
from anlass.channels.mail.sending import Submission
from anlass.channels.mail.sent import Sent
from anlass.desk.accounts.mail import accounts, key_to, opened
from anlass.desk.door.posting import LinkPost, post_links
from anlass.desk.outgoing.answering import answering_of
from anlass.desk.outgoing.outbox import Writer, writer_of
from anlass.desk.outgoing.posting import Posted, PostOffice, post
from anlass.errors import EdgeError
from anlass.sources import FolderUse
from anlass.sources.imap.folders import folder_for

LOG = logging.getLogger("anlass.work")
WORKER = f"{os.getpid()}-{chance.token_hex(6)}"


@dataclass(frozen=True, slots=True)
class Out:
    """The way out of one house."""

    home: Home
    secrets: Secrets
    now: Callable[[], datetime]

    def once(self) -> Iterator[Posted]:
        """Hand over what is due; yield each letter that was tried."""
        book, now = self.home.book, self.now()
        is_link_due = book.door_mail.is_due(now=now)
        account = self._account() if is_link_due or book.outbox.is_due(now=now) else None
        secret = self._key(account) if account else None
        if account is None or account.smtp is None or secret is None:
            return
        way = Submission(account.smtp, account.user, secret, account.auth)
        if is_link_due:
            self._links(way, account)
        if not book.outbox.is_due(now=now):
            return
        with ExitStack() as stack:
            yield from self._posted(way, self._sent(stack, account))

    def _links(self, way: Submission, account: Account) -> None:
        """Hand over the links that were asked for at the door."""
        owner = writer_of(self.home)
        writer = owner if owner.address else Writer(owner.name, account.address)
        for result in post_links(self.home.book, LinkPost(way, writer, WORKER, self.now)):
            LOG.info("a link of the door: %s", result.fate)

    def _key(self, account: Account) -> str | None:
        """Return what opens the way out now; `None` where that cannot be had, and letters wait."""
        try:
            return key_to(account, self.secrets)
        except EdgeError:
            return None

    def _sent(self, stack: ExitStack, account: Account) -> Sent | None:
        """Open the folder for sent mail; where that fails now, copies are kept another time."""
        try:
            line = stack.enter_context(opened(account, self.secrets))
            folder = folder_for(FolderUse.SENT, line.folders(), account.folders.sent)
        except EdgeError:
            return None
        return Sent(line, folder) if folder else None

    def _posted(self, way: Submission, sent: Sent | None) -> Iterator[Posted]:
        terms = answering_of(self.home).terms
        yield from post(self.home.book, PostOffice(way, WORKER, self.now, sent, terms))

    def _account(self) -> Account | None:
        """Return the mailbox of the address the owner writes from, else the first that lets letters out."""
        known = [one for one in accounts(self.home.book) if one.smtp is not None]
        writes = writer_of(self.home).address
        return next((one for one in known if one.address.lower() == writes), next(iter(known), None))
