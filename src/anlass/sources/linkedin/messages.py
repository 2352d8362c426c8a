"""Messages on LinkedIn as encounters: which way each went, whom it is credited to, whether it is a turn.

That depends on who the owner is and on what stands before it in its conversation: so the
rows are gone through once as a whole, and then told one by one. Accounts that are gone
are nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from anlass.ledger import UNDATED, Encounter, EncounterKind
from anlass.ledger.talk import Placed, Spoken, placed
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind
from anlass.sources.linkedin.connections import Place
from anlass.sources.linkedin.people import Owner
from anlass.sources.linkedin.rows import Heard, Member, plain
from anlass.sources.tables import Torn
from anlass.sources.traces import NoTrace, encounter_id

_GONE = frozenset({"linkedin member", "linkedin mitglied", "linkedin-mitglied", ""})


@dataclass(slots=True)
class _Way:
    """One row seen from the owner: which way it went and who is on the other side."""

    row: Heard
    is_own: bool
    others: tuple[Member, ...]
    count: int
    placed: Placed | None = None
    number: int = 0
    reason: str = field(default="")


def messages(rows: Sequence[Heard | Torn], owner: Owner, place: Place) -> Iterator[Trace | NoTrace | Torn]:
    """Yield what each row tells, with its conversation around it."""
    ways = {row.line: _way(row, owner) for row in rows if isinstance(row, Heard)}
    _place_all(ways.values())
    for row in rows:
        if isinstance(row, Torn):
            yield row
        elif ways[row.line].reason:
            yield NoTrace(place.line(row.line), ways[row.line].reason)
        else:
            yield from _traces(ways[row.line], place)


def _way(row: Heard, owner: Owner) -> _Way:
    is_own = owner.is_owner(row.sender)
    to = tuple(one for one in (owner.known(row.talk, one) for one in row.to) if not owner.is_owner(one))
    if is_own:
        others = tuple(one for one in to if one.profile or one.name.casefold() not in _GONE)
        reason = row.reason or ("" if others else "account_gone" if to else "to_nobody")
        return _Way(row, is_own=True, others=others, count=max(1, len(to)), reason=reason)
    is_gone = row.sender.profile is None and row.sender.name.casefold() in _GONE
    beside = [one for one in to if one != row.sender]
    reason = row.reason or ("account_gone" if is_gone else "")
    return _Way(row, is_own=False, others=(row.sender,), count=len(beside) + 1, reason=reason)


def _place_all(ways: Iterable[_Way]) -> None:
    """Find the threads and turns of every conversation, and number what was said in one moment."""
    talks: dict[str, list[_Way]] = defaultdict(list)
    for way in ways:
        if not way.reason:
            talks[way.row.talk].append(way)
    for talk in talks.values():
        said: Counter[tuple[datetime, bool]] = Counter()
        spoken = [Spoken(way.row.when, way.is_own, way.count) for way in talk]
        for way, found in zip(talk, placed(spoken), strict=True):
            way.placed = found
            way.number = said[way.row.when, way.is_own]
            said[way.row.when, way.is_own] += 1


def _traces(way: _Way, place: Place) -> Iterator[Trace]:
    row, found = way.row, way.placed or Placed(UNDATED, is_turn=False)
    where = place.line(row.line)
    side = EncounterKind.MESSAGE_OUT if way.is_own else EncounterKind.MESSAGE_IN
    for one in way.others:
        address = one.profile or within(row.talk, one.name)
        met = Encounter(
            side,
            row.when,
            thread=f"linkedin {row.talk} {found.began:%Y-%m-%d}",
            others=way.count,
            is_turn=found.is_turn,
            is_proven=way.is_own or one.profile is not None,
            source=f"linkedin:{where}",
            id=encounter_id("message", "linkedin", row.talk, row.when.isoformat(), side, str(way.number)),
            where="LinkedIn",
        )
        yield Trace(one.name, (address,), where, (met,))


def within(talk: str, name: str) -> Address:
    """Return the address of somebody without a profile: known within one conversation, and nowhere else."""
    return Address(AddressKind.OTHER, f"linkedin:{talk}:{plain(name)}"[:500])
