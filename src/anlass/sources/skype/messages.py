"""What a Skype export says of each message, one at a time, however large it is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from anlass.intake.guard import one_line
from anlass.ledger import Encounter, EncounterKind
from anlass.ledger.talk import Placed, Spoken, placed
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind
from anlass.sources.addresses import phone_address
from anlass.sources.dates import moment
from anlass.sources.skype.records import TALK_NAME, records
from anlass.sources.traces import NoTrace, encounter_id

_WORDS = frozenset({"richtext", "text"})
_MEDIA = ("richtext/", "popcard", "poll")
_CALL = "event/call"
_A_MINUTE = 60
_MARKUP = re.compile(r"<[^<>]{0,2000}>|&nbsp;|[\s\u200b-\u200f\ufeff]+")
_HANDLE = re.compile(r"[\w.:,+@-]{1,200}")
_CALLS = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


@dataclass(frozen=True, slots=True)
class Heard:
    """One message: `number` counts them through the file, `reason` says why it is no letter.

    `name` is what the sender bears in it, mostly nothing; `talk_name` what the conversation bears.
    """

    number: int
    talk: str
    sender: str
    name: str
    when: datetime
    reason: str
    is_call: bool = False
    talk_name: str = ""


@dataclass(slots=True)
class Export:
    """An export as it is read: the rows so far, and whose it is (a plain id, empty where it does not say).

    A row is a message, or the number of a record that has not the shape of one.
    """

    rows: list[Heard | int] = field(default_factory=list)
    owner: str = ""

    def read(self, stream: IO[bytes], now: datetime) -> None:
        """Read all of an export; raises `BROKEN`, and what was read before stays."""
        kept: dict[str, str] = {}
        for record in records(stream):
            if isinstance(record, str):
                self.owner = plain_id(record)
                continue
            number = len(self.rows) + 1
            self.rows.append(_heard(record, number, now, kept) or number)


def _heard(
    record: Mapping[str, str] | None, number: int, now: datetime, kept: dict[str, str]
) -> Heard | None:
    if record is None:
        return None
    talk, sender = record.get("conversationid", ""), plain_id(record.get("from", ""))
    if not talk or not sender:
        return None
    content, kind = record.get("content", ""), record.get("messagetype", "").casefold()
    is_call = kind == _CALL and _was_held(content)
    return Heard(
        number,
        kept.setdefault(talk, talk[:200]),
        kept.setdefault(sender, sender[:200]),
        record.get("displayName", "")[:200],
        moment(record.get("originalarrivaltime", ""), now),
        _reason(talk, kind, content, is_call=is_call),
        is_call,
        kept.setdefault(record[TALK_NAME], record[TALK_NAME][:200]),
    )


def told(rows: Sequence[Heard | int], owner: str, file: str) -> Iterator[Trace | NoTrace | int]:
    """Yield what each message tells, with its conversation around it; `owner` is a plain id."""
    between = {row.number: _stranger(row, owner) for row in rows if isinstance(row, Heard)}
    stands = _stands(row for row in rows if isinstance(row, Heard) and not between[row.number])
    names = {row.sender: row.name for row in rows if isinstance(row, Heard) and row.name}
    for row in rows:
        if isinstance(row, int):
            yield row
            continue
        where = f"{file}, message {row.number}"
        if reason := between[row.number]:
            yield NoTrace(where, reason)
        else:
            other = plain_id(row.talk)
            address = skype_address(row.talk)
            met = _met(row, *stands[row.number], where)
            name = one_line(names.get(other) or row.talk_name or other)
            yield Trace(name, (address,) if address else (), where, (met,))


def _stranger(row: Heard, owner: str) -> str:
    """Return why a message did not go between the owner and the other side, or nothing."""
    other = plain_id(row.talk)
    if row.reason:
        return row.reason
    if other == owner:
        return "own_notes"
    return "service" if owner and row.sender not in {owner, other} else ""


def skype_address(identity: str) -> Address | None:
    """Return the normal form of a Skype id (`8:live:kai`) or of the telephone number in one (`4:+49...`)."""
    handle = plain_id(identity)
    if not _HANDLE.fullmatch(handle):
        return None
    if handle.startswith("+"):
        return phone_address(handle)
    return Address(AddressKind.OTHER, f"skype:{handle}")


def _stands(rows: Iterable[Heard]) -> Mapping[int, tuple[Placed, int]]:
    """Return where each message stands, and its number among those of one side and moment."""
    talks: dict[str, list[Heard]] = defaultdict(list)
    for row in rows:
        talks[row.talk].append(row)
    found: dict[int, tuple[Placed, int]] = {}
    for talk in talks.values():
        said: Counter[tuple[datetime, bool]] = Counter()
        spoken = [Spoken(row.when, row.sender != plain_id(row.talk)) for row in talk]
        for row, one, place in zip(talk, spoken, placed(spoken), strict=True):
            found[row.number] = place, said[row.when, one.is_own]
            said[row.when, one.is_own] += 1
    return found


def _met(row: Heard, place: Placed, number: int, where: str) -> Encounter:
    other = plain_id(row.talk)
    side = EncounterKind.MESSAGE_IN if row.sender == other else EncounterKind.MESSAGE_OUT
    told_as = "call" if row.is_call else "message"
    return Encounter(
        EncounterKind.MEETING if row.is_call else side,
        row.when,
        thread="" if row.is_call else f"skype {other} {place.began:%Y-%m-%d}",
        is_turn=place.is_turn and not row.is_call,
        is_proven=True,
        source=f"skype:{where}",
        id=encounter_id(told_as, "skype", other, row.when.isoformat(), side, str(number)),
        where="Skype",
    )


def _reason(talk: str, kind: str, content: str, *, is_call: bool) -> str:
    """Return why a message is no letter between two people, or nothing."""
    if talk.startswith("28:"):
        return "bot"
    if not talk.startswith(("8:", "4:", "1:", "2:")):
        return "group"
    if kind == _CALL:
        return "" if is_call else "call"
    if kind in _WORDS:
        return "" if _MARKUP.sub("", content) else "no_words"
    return "no_words" if kind.startswith(_MEDIA) else "service"


def _was_held(content: str) -> bool:
    """Tell whether a call is over, and two took part in it for a minute."""
    try:
        calls = etree.fromstring(content, _CALLS)
    except (etree.XMLSyntaxError, ValueError):
        return False
    if calls.tag != "partlist" or calls.get("type", "ended") != "ended":
        return False
    lasted = [_seconds(part.findtext("duration")) for part in calls.iter("part")]
    return len(lasted) >= 2 and max(lasted) >= _A_MINUTE


def _seconds(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def plain_id(identity: str) -> str:
    """Return a Skype id without the number of its network."""
    head, colon, rest = identity.strip().casefold().partition(":")
    return rest if colon and head.isdigit() else identity.strip().casefold()
