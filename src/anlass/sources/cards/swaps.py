"""Which cards were swapped: those on which the owner wrote down the day.

An entry in an address book is a note of the owner's and proves nothing about the two; anybody can be
noted down. A card counts as swapped where the owner gave it a date of its own and named that date
for it ("Karte erhalten", "card received"), as Apple's, Google's and most other address books let one
do. What stands behind the name, in brackets or after a colon, is where: "Karte: re:publica".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from anlass.ledger import Encounter, EncounterKind
from anlass.people import Address
from anlass.sources.traces import encounter_id

_LABEL = re.compile(
    r"(?:visiten)?karten? ?(?:getauscht|erhalten|bekommen)?"
    r"|(?:business )?cards? ?(?:swapped|received|exchanged|swap)?",
    re.IGNORECASE,
)
_WHERE = re.compile(r"\s*(?:[:,]\s*(.+)|\((.+)\))\s*", re.DOTALL)
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_LONGEST = 200


def swaps(
    lines: Iterable[tuple[str, str, object]],
    name: str,
    addresses: tuple[Address, ...],
    *,
    source: str,
    now: datetime,
) -> tuple[Encounter, ...]:
    """Return the swaps that a card's own dates tell of, none of them after `now`."""
    dates: dict[str, str] = {}
    labels: dict[str, str] = {}
    for key, group, value in lines:
        if group and isinstance(value, str) and key in {"X-ABDATE", "X-ABLABEL"}:
            (dates if key == "X-ABDATE" else labels)[group] = value
    found = []
    for group, label in labels.items():
        when, where = _day(dates.get(group, "")), _swapped(label)
        if when is not None and where is not None and when <= now:
            who = addresses[0].value if addresses else name
            id_ = encounter_id("card", who, when.isoformat())
            found.append(
                Encounter(EncounterKind.CARD, when, is_proven=True, source=source, id=id_, where=where)
            )
    return tuple(found)


def _swapped(label: str) -> str | None:
    """Return where a card was swapped by the label of a date, or `None` where it speaks of something else."""
    words = label.removeprefix("_$!<").removesuffix(">!$_").strip()[:_LONGEST]
    hit = _LABEL.match(words)
    if hit is None:
        return None
    rest = words[hit.end() :]
    if not rest.strip():
        return ""
    where = _WHERE.fullmatch(rest)
    return " ".join((where[1] or where[2]).split()) if where else None


def _day(text: str) -> datetime | None:
    hit = _DAY.match(text.strip())
    try:
        return datetime(int(hit[1]), int(hit[2]), int(hit[3]), 12, tzinfo=UTC) if hit else None
    except ValueError:
        return None
