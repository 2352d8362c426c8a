"""Mailboxes on servers, by IMAP: read, never written; not even the mark that a mail was seen.

What a server holds comes as `Found`, like the mails of an archive, through the same gate: what was read
before is not fetched again.
"""

from anlass.sources.imap.account import Account, Tls, account
from anlass.sources.imap.mailbox import Mailbox
from anlass.sources.imap.wire import Wire

__all__ = ["Account", "Mailbox", "Tls", "Wire", "account"]
