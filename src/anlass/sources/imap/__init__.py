"""Mailboxes on servers, by IMAP: read, never written; not even the mark that a mail was seen.

What a server holds comes as `Found`, like the mails of an archive, through the same gate: what was read
before is not fetched again.
"""

from anlass.sources.imap.account import account
from anlass.sources.imap.mailbox import Mailbox
from anlass.wires.account import Account, Tls
from anlass.wires.imap import Wire

__all__ = ["Account", "Mailbox", "Tls", "Wire", "account"]
