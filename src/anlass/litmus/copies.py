"""Nearly the same text from others: evidence from outside the letter, said as a finding.

What a letter says and that others wrote it too are two things. `anlass read` knows the
first alone; a case knows both, since its stored evidence names the copies. Whoever
writes the same text again reminds, and sends no mailing: only other senders count, and
one name is one sender. Only copies dated before the letter count, so that it is the dates
that decide and not the order in which mail was found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from anlass.intake import ContactRequest
from anlass.litmus.reading import Finding, FindingKind, Place, Reading
from anlass.litmus.sentences import sentences

SHOWN: Final = 12
"""Cases that are named as copies; the count goes on."""

_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_WORDS: Final = 5
_MONTHS: Final = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "en": "January February March April May June July August September October November December".split(),
}


@dataclass(frozen=True, slots=True)
class Copy:
    """One text that was sent: as which case, by which person, under which name, when (aware).

    `letter` is the id of the letter it came in: it tells which of one second comes first.
    """

    case: str
    person: str
    name: str
    when: datetime | None
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Copies:
    """Earlier letters of others with nearly the same text.

    `senders` counts people, `since` is the date of the first copy, `cases` names the oldest of them.
    """

    senders: int = 0
    since: datetime | None = None
    cases: tuple[str, ...] = ()


NO_COPIES: Final = Copies()


def copies_of(mine: Copy, found: Iterable[Copy]) -> Copies:
    """Return what `found`, texts alike to `mine`, tell of it; letters without a date come last."""
    before = sorted(
        (one for one in found if _place(one) < _place(mine) and not is_same(one, mine)), key=_place
    )
    people: dict[str, str] = {}
    senders = set()
    for one in before:
        senders.add(people.setdefault(_name(one.name) or one.person, one.person))
    since = before[0].when if before else None
    return Copies(len(senders), since, tuple(one.case for one in before[:SHOWN]))


def with_copies(reading: Reading, request: ContactRequest, copies: Copies) -> Reading:
    """Return the reading of a case: with a finding `mass` where others sent nearly the same text."""
    span = _shown(request.text, reading.lang)
    if not copies.senders or span is None:
        return reading
    start, end = span
    says = copies_say(copies, reading.lang)
    finding = Finding(FindingKind.MASS, Place.TEXT, start, end, request.text[start:end], says)
    others = [one for one in reading.findings if not _is_at(one, finding)]
    ordered = sorted([*others, finding], key=lambda one: (one.place is Place.TEXT, one.start, one.end))
    return replace(reading, findings=tuple(ordered))


def copies_say(copies: Copies, lang: str) -> str:
    """Return one sentence for the owner: how many others sent nearly the same text, and since when.

    Empty where nobody did; English where `lang` is not `de`.
    """
    if not copies.senders:
        return ""
    many = copies.senders
    if lang == "de":
        others = "von einem anderen Absender" if many == 1 else f"von {many} anderen Absendern"
        when = f", zuerst am {_day(copies.since, 'de')}" if copies.since else ""
        return f"Fast derselbe Text kam schon {others}{when}."
    others = "one other sender" if many == 1 else f"{many} other senders"
    when = f", first on {_day(copies.since, 'en')}" if copies.since else ""
    return f"Nearly the same text came from {others} before{when}."


def _day(when: datetime, lang: str) -> str:
    day = when.astimezone(UTC)
    month = _MONTHS[lang][day.month - 1]
    return f"{day.day}. {month} {day.year}" if lang == "de" else f"{day.day} {month} {day.year}"


def _place(one: Copy) -> tuple[datetime, str, str]:
    return one.when or _NEVER, one.letter, one.case


def is_same(one: Copy, two: Copy) -> bool:
    """Whether one human sent both: one person of the ledger, or one full name at two doors."""
    return one.person == two.person or (_name(one.name) != "" and _name(one.name) == _name(two.name))


def _name(name: str) -> str:
    """Return a full name in any order and case; a single word is no full name."""
    parts = sorted(name.casefold().replace(",", " ").split())
    return " ".join(parts) if len(parts) > 1 and "@" not in name else ""


def _shown(text: str, lang: str) -> tuple[int, int] | None:
    """Return where the copied text begins: its first whole sentence after the greeting."""
    found = [one for one in sentences(text, lang) if not one.is_greeting]
    whole = (one for one in found if len(text[one.start : one.end].split()) >= _WORDS)
    first = next(whole, found[0] if found else None)
    return (first.start, first.end) if first else None


def _is_at(one: Finding, two: Finding) -> bool:
    return (one.kind, one.place, one.start, one.end) == (two.kind, two.place, two.start, two.end)
