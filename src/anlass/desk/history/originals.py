"""Letters opened again wherever they lie: on disk, or on the servers of mailboxes that are connected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from anlass.channels.mail.account import Account, login
from anlass.channels.mail.secrets import Secrets
from anlass.desk.accounts.mail import accounts, key_to
from anlass.desk.evidence.copies import Reread
from anlass.desk.evidence.outside import IMAP
from anlass.desk.history.mailboxes import originals_of
from anlass.errors import EdgeError
from anlass.intake import Origin
from anlass.sources import reread
from anlass.store.book import Book

_MOST_TIMES = 3
"""Lines to one server that may break before it counts as shut."""


@contextmanager
def originals(book: Book, secrets: Secrets) -> Iterator[Reread]:
    """Open letters with all their bytes; a server is asked once a letter on it is.

    A line that breaks is opened anew, a few times; a server that stays shut has none.
    """
    with ExitStack() as stack:
        known = accounts(book)
        opened: dict[str, Reread] = {}
        left = {one.name: _MOST_TIMES for one in known}

        def on_server(origin: Origin) -> bytes | None:
            for account in known:
                while left[account.name]:
                    try:
                        if (raw := way_to(account)(origin)) is not None:
                            return raw
                        break
                    except EdgeError:
                        opened.pop(account.name, None)
                        left[account.name] -= 1
            return None

        def way_to(account: Account) -> Reread:
            if account.name not in opened:
                entry = login(account, key_to(account, secrets))
                opened[account.name] = stack.enter_context(originals_of(entry))
            return opened[account.name]

        yield lambda origin: on_server(origin) if origin.path.startswith(IMAP) else reread(origin)
