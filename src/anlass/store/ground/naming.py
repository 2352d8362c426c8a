"""What names whom: which columns of which tables hold the id of a case, a person, an address or a letter.

By it rows are kept from an assistant (`veil.py`) and deleted with what they are about (`forgetting.py`).
Every table of an owner is in one of the lists here and there: a test holds it.
"""

from __future__ import annotations

NAMING: dict[str, tuple[tuple[str, str], ...]] = {
    "case": (("id", "case"),),
    "caseoutcome": (("id", "case"),),
    "doorfile": (('"case"', "case"),),
    "knock": (("request", "case"),),
    "sketch": (("id", "case"),),
    "sketchband": (("id", "case"),),
    "voucherkey": (("person", "person"), ("person", "address")),
    "voucherseen": (("request", "case"),),
    "wording": (("about", "case"),),
    "opinion": (("about", "case"),),
    "timegiven": (("id", "case"),),
    "outgoing": (("request", "case"), ("person", "person"), ("person", "address")),
    "grant": (("person", "address"), ("person", "person"), ('"case"', "case")),
    "seen": (("request", "case"), ("letter", "letter")),
    "person": (("id", "person"),),
    "personaddress": (("person", "person"),),
    "closeness": (("person", "person"), ("person", "tie")),
    "stirred": (("address", "person"), ("address", "address")),
    "standingword": (("person", "person"), ("person", "address")),
    "watch": (("person", "person"), ("person", "address")),
    "letter": (("id", "letter"), ("sender", "address")),
    "addressee": (("letter", "letter"), ("address", "address")),
    "oddletter": (("letter", "letter"),),
    "place": (("letter", "letter"),),
    "encounter": (("id", "letter"), ("address", "address")),
    "witness": (("id", "letter"), ("address", "address")),
    "claim": (("address", "address"),),
    "journalentry": (("about", "case"), ("about", "person"), ("about", "address"), ("about", "letter")),
}
"""By table the columns that may name one of them, and what; `tie`: a person who shares anything with one."""

SAYING = {
    "lesson": ("case",),
    "word": ("person", "address"),
    "delivery": ("case", "person", "address"),
    "journalentry": ("case", "person", "address"),
    "met": ("person", "address"),
}
"""By table what its content may name, as JSON."""
