"""The table on which one audited list lies: in memory, until it is put away or Anlass stops.

Nothing of it is written down, and there is one at a time: the next list takes the place of the last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anlass.desk.audit.auditing import Audit


class Mark(StrEnum):
    """What the owner noted beside a contact; nothing follows from it but a word in the table."""

    KEEP = "keep"
    LATER = "look at later"


@dataclass(slots=True)
class Lying:
    """One audited list: its name, what was found, and the owner's marks by the number of the contact."""

    number: int
    name: str
    audit: Audit
    marks: dict[int, Mark] = field(default_factory=dict)


class AuditTable:
    """Holds the list that is being looked at, for all threads of this server."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._lying: Lying | None = None
        self._count = 0

    @property
    def lying(self) -> Lying | None:
        """The list that lies here, if any."""
        return self._lying

    def lay(self, name: str, audit: Audit) -> None:
        """Lay down a list in place of the last one."""
        with self._lock:
            self._count += 1
            self._lying = Lying(self._count, name, audit)

    def clear(self) -> None:
        """Put the list away; nothing of it remains."""
        with self._lock:
            self._lying = None

    def mark(self, number: int, contacts: Iterable[int], mark: Mark | None) -> bool:
        """Mark contacts of list `number`, or take their marks away; tell whether that list lies here."""
        with self._lock:
            lying = self._lying
            if lying is None or lying.number != number:
                return False
            for one in contacts:
                if mark is None:
                    lying.marks.pop(one, None)
                elif 0 <= one < len(lying.audit.contacts):
                    lying.marks[one] = mark
            return True
