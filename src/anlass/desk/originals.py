"""Letters opened again wherever they lie: on disk, or on the servers of mailboxes that are connected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from anlass.channels.mail.account import login
from anlass.channels.mail.secrets import Secrets
from anlass.desk.copies import Reread
from anlass.desk.mail_accounts import accounts, key_to
from anlass.desk.mailboxes import letters_of
from anlass.desk.outside import IMAP
from anlass.errors import EdgeError
from anlass.intake import Origin
from anlass.sources import reread
from anlass.store.book import Book


@contextmanager
def originals(book: Book, secrets: Secrets) -> Iterator[Reread]:
    """Open letters again; a server is asked once a letter on it is, and one that stays shut has none."""
    with ExitStack() as stack:
        opened: dict[str, Reread | None] = {}

        def on_server(origin: Origin) -> bytes | None:
            for account in accounts(book):
                way = login_of(account.name)
                if way is not None and (raw := _asked(way, origin)) is not None:
                    return raw
            return None

        def login_of(name: str) -> Reread | None:
            if name not in opened:
                try:
                    account = next(one for one in accounts(book) if one.name == name)
                    opened[name] = stack.enter_context(letters_of(login(account, key_to(account, secrets))))
                except EdgeError:
                    opened[name] = None
            return opened[name]

        yield lambda origin: on_server(origin) if origin.path.startswith(IMAP) else reread(origin)


def _asked(way: Reread, origin: Origin) -> bytes | None:
    try:
        return way(origin)
    except EdgeError:
        return None
