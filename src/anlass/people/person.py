"""A person, and the ways to reach one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from anlass.people.ids import digest_id


class AddressKind(StrEnum):
    """The kind of channel an address belongs to."""

    MAIL = "mail"
    LINKEDIN = "linkedin"
    XING = "xing"
    MASTODON = "mastodon"
    MATRIX = "matrix"
    XMPP = "xmpp"
    PHONE = "phone"
    WEB = "web"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """One way to reach a person; `value` is in normal form, so equal means equal."""

    kind: AddressKind
    value: str

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Person:
    """A human, known or not. `id` is stable for one owner and derived from the first address."""

    id: str
    name: str
    addresses: tuple[Address, ...] = ()


class Standing(StrEnum):
    """What a person is to the owner. The owner's secret: never shown outside."""

    STRANGER = "stranger"
    WATCHED = "watched"
    IN_TOUCH = "in touch"
    CONTACT = "contact"
    VOUCHED_FOR = "vouched-for"
    INNER_CIRCLE = "inner circle"


def mail_address(text: str) -> Address | None:
    """Return the normal form of a mail address, or `None` where `text` is none.

    Case is folded as every large provider does. Nothing else is guessed: dots and
    plus tags are kept, since two addresses that a provider tells apart may be two people.
    """
    value = text.strip().strip("<>").casefold()
    local, at, domain = value.rpartition("@")
    if not (at and local and domain) or len(value) > 320:
        return None
    own_words = local if not (local[0] == local[-1] == '"') else ""
    if "@" in own_words or any(one in own_words or one in domain for one in ",;"):
        return None  # two addresses, or a slip: a letter would go to nobody, or to somebody else
    if not value.isprintable() or any(ch.isspace() for ch in value):  # what nobody sees makes two of one
        return None
    return Address(AddressKind.MAIL, value)


def person_id(address: Address) -> str:
    """Return the id of the person first known by `address`: the same in every run and on every machine."""
    return digest_id(f"{address.kind}:{address.value}")


def word_id(person: Person) -> str:
    """Return the id by which a word on a person is kept: that of an address, so that it stays theirs.

    Persons are joined and parted, addresses are not. Whoever has no address is named by their own id.
    """
    return person_id(person.addresses[0]) if person.addresses else person.id


def word_ids(person: Person) -> frozenset[str]:
    """Return every id that a word on this person may have been kept by."""
    return frozenset({person.id, *map(person_id, person.addresses)})


def person_at(address: Address, name: str = "") -> Person:
    """Return the person known by this one address, named by it where no name is known."""
    return Person(person_id(address), " ".join(name.split()) or address.value, (address,))
