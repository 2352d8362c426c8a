"""Who: persons, their addresses and their normal forms.

A person has several addresses and one name as the owner knows it. This room must
not know what was exchanged with anybody (`ledger`) nor what may be shown (`cards`).
"""

from anlass.people.person import (
    Address,
    AddressKind,
    Person,
    Standing,
    mail_address,
    person_at,
    person_id,
    word_id,
    word_ids,
)
from anlass.people.profiles import is_relay, profile_address

__all__ = [
    "Address",
    "AddressKind",
    "Person",
    "Standing",
    "is_relay",
    "mail_address",
    "person_at",
    "person_id",
    "profile_address",
    "word_id",
    "word_ids",
]
