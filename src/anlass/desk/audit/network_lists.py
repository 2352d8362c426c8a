"""The owner's own lists on chat networks as lists of contacts: for the audit, and known to the ledger.

They are read by the door that watches the network, nobody there learns of it, and what is on them is a click:
no encounter follows from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from anlass.channels.mail.secrets import Secrets
from anlass.channels.networks.account import NetworkAccount
from anlass.desk.accounts.networks import opened_door
from anlass.desk.audit.contact_lists import NETWORK, ContactFile
from anlass.desk.history.collecting import Collected, Counts
from anlass.desk.history.hearing import listen
from anlass.intake import SetAside
from anlass.store.book import Book


def list_on(account: NetworkAccount, secrets: Secrets) -> ContactFile:
    """Return the lists of an account; raises `WireError` where its server cannot be spoken to."""
    door = opened_door(account, secrets.get(account.name))
    try:
        return ContactFile(account.address, NETWORK, records=tuple(door.contacts()), joins=False)
    finally:
        door.close()


def collect_lists(
    book: Book, accounts: Iterable[NetworkAccount], secrets: Secrets, *, now: datetime
) -> Collected:
    """Read the lists of these accounts into the ledger, in place of what they told before.

    Raises `WireError` where a server cannot be spoken to; what was read until then is kept.
    """
    counts, asides = Counter[str](), list[SetAside]()
    try:
        for account in accounts:
            found = list_on(account, secrets)
            heard = listen(
                book, f"{account.channel.value}:{found.place}", found.records, source=NETWORK, joins=False
            )
            counts.update(entries=heard.entries, set_aside=len(heard.set_aside) + heard.further)
            asides += heard.set_aside
    finally:
        book.set_aside(asides, now=now)
        book.settle()
    return Collected(Counts(**counts), tuple(asides), book.owner_addresses(), book.trusted())
