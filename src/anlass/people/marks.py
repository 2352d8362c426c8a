"""What names somebody: looked for where a house shall forget a person."""

from __future__ import annotations

from dataclasses import dataclass

from anlass.people.person import Person, person_id
from anlass.people.profiles import is_relay

_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Marks:
    """What names somebody: ids of person and addresses, addresses as text, the full name."""

    ids: frozenset[str]
    addresses: tuple[str, ...]
    name: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that no text may hold, the longest first."""
        named = {*self.ids, *self.addresses, self.name} - {""}
        return tuple(sorted(named, key=len, reverse=True))


def marks_of(person: Person) -> Marks:
    """Return what names a person. An address that a network lends is nobody's, one word no full name."""
    own = tuple(one for one in person.addresses if not is_relay(one))
    name = " ".join(person.name.split())
    is_full = " " in name and name not in {one.value for one in own}
    values = tuple(one.value for one in own if len(one.value) > _SHORTEST)
    return Marks(frozenset({person.id, *map(person_id, own)}), values, name if is_full else "")
