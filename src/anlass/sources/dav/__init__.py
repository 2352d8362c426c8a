"""Address books and calendars on a server, by CardDAV and CalDAV: read here, and never written.

The server says what changed since the last time (sync tokens, RFC 6578), or lists what it has with a
mark for each entry (ETag). The entries themselves are cards and appointments, read by `cards/` and
`calendar/`; what was read before, the store remembers.
"""

from anlass.sources.dav.account import Account, account
from anlass.sources.dav.collections import Collection, collections
from anlass.sources.dav.kinds import CALDAV, CARDDAV, Kind, Server
from anlass.sources.dav.syncing import Changes, changes, contents
from anlass.sources.dav.wire import Wire

__all__ = [
    "CALDAV",
    "CARDDAV",
    "Account",
    "Changes",
    "Collection",
    "Kind",
    "Server",
    "Wire",
    "account",
    "changes",
    "collections",
    "contents",
]
