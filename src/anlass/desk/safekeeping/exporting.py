"""Everything out, at any time: readable files in open formats, the whole memory as JSON lines beside them.

What stands in `memory/` is what `importing` reads; the rest is for people and other programs. The folder is
the owner's alone: it holds what nobody outside may know.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from itertools import chain
from pathlib import Path

from anlass.desk.cards.exported_people import SHEET, jscontacts, meetings, people, person_rows, vcards
from anlass.desk.cards.granting import grants
from anlass.desk.cards.own import FILE
from anlass.desk.people.standing import everybody
from anlass.desk.people.watch_list import watch_list
from anlass.desk.surface import case_line, ledger_line, moment, person_line
from anlass.desk.voice.common import Lang
from anlass.errors import NotFound, Refused
from anlass.store.book import Book
from anlass.store.safekeeping.whole import KEYS

MEMORY = "memory"
"""The folder of the memory within an export."""
VERSION = 1
ABOUT = "anlass.json"
"""The file that says what the folder is."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: files by name with their number of records."""

    folder: Path
    counts: tuple[tuple[str, int], ...]


def export(book: Book, folder: Path, *, now: datetime, lang: Lang, with_keys: bool = False) -> Exported:
    """Write everything into a new or empty folder; raises `Refused` for one that holds something else.

    `with_keys`: the keys of the house go along, so that links given away work where it is read in again.
    """
    _prepare(folder)
    counts: list[tuple[str, int]] = []
    for name, lines in _readable(book, now, lang).items():
        counts.append((name, _write(folder / name, lines())))
    for table in book.whole.names():
        if with_keys or table not in KEYS:
            rows = (_json(row) for row in book.whole.rows(table))
            counts.append((f"{MEMORY}/{table}.jsonl", _write(folder / MEMORY / f"{table}.jsonl", rows)))
    about = {"anlass": VERSION, "exported_at": moment(now), "keys": with_keys, "files": dict(counts)}
    _write(folder / ABOUT, [json.dumps(about, indent=1) + "\n"])
    return Exported(folder, tuple(counts))


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Refused(f"{folder} is not empty.", hint="An export goes into a folder of its own.")
        (folder / MEMORY).mkdir(mode=0o700)
    except OSError as error:
        raise NotFound(f"{folder} cannot be written: {error.strerror}.") from error


def _readable(book: Book, now: datetime, lang: Lang) -> Mapping[str, Callable[[], Iterator[str]]]:
    """Return the files for people and other programs, each with what writes it piece by piece."""
    own = book.cards.newest()
    return {
        "persons.vcf": lambda: vcards(people(book, at=now)),
        "persons.jscontact.jsonl": lambda: (_json(one) for one in jscontacts(people(book, at=now))),
        "persons.csv": lambda: _csv(SHEET, person_rows(book, at=now)),
        "ledger.jsonl": lambda: (
            _json(ledger_line(one.person, one.tie, lang)) for one in book.people(at=now)
        ),
        "encounters.jsonl": lambda: map(_json, _encounters(book, now)),
        "meetings.ics": lambda: meetings(book, at=now),
        "letters.csv": lambda: _csv(_LETTER, book.places.letters()),
        "cases.jsonl": lambda: map(_json, _cases(book, lang)),
        "standings.jsonl": lambda: map(_json, _standings(book, now)),
        "watch-list.jsonl": lambda: map(_json, _watched(book, now)),
        "grants.jsonl": lambda: map(_json, _grants(book, now)),
        **({FILE: lambda: iter([own.text])} if own else {}),
    }


_LETTER = ("letter", "message_id", "date", "way", "path", "offset", "length")


def _encounters(book: Book, now: datetime) -> Iterator[dict[str, object]]:
    for person in people(book, at=now):
        for one in book.encounters_with(person):
            yield {
                "person": person.id,
                "kind": one.kind.value,
                "when": moment(one.when),
                "where": one.where or None,
                "thread": one.thread or None,
                "others": one.others,
                "is_turn": one.is_turn,
                "is_proven": one.is_proven,
                "source": one.source,
                "id": one.id,
            }


def _cases(book: Book, lang: Lang) -> Iterator[dict[str, object]]:
    offset = 0
    while cases := book.cases(offset=offset, limit=_PAGE).cases:
        for kept in cases:
            came = book.outcomes.of(kept.id)
            line = case_line(kept.case, new=False, lang=lang)
            yield {**line, "state": kept.state.value, "outcome": came.value if came else None}
        offset += len(cases)


def _standings(book: Book, now: datetime) -> Iterator[dict[str, object]]:
    for one in everybody(book, at=now):
        why = one.word.why if one.word else ""
        yield {"person": person_line(one.person), "standing": one.standing.value, "why": why or None}


def _watched(book: Book, now: datetime) -> Iterator[dict[str, object]]:
    for one in watch_list(book, at=now):
        entry = one.entry
        yield {
            "person": person_line(one.person),
            "why": entry.why or None,
            "since": moment(entry.since),
            "until": moment(entry.until),
            "case": entry.case or None,
        }


def _grants(book: Book, now: datetime) -> Iterator[dict[str, object]]:
    for one in grants(book, at=now):
        yield {
            "person": person_line(one.person),
            "card": one.grant.card,
            "tier": one.grant.tier,
            "since": moment(one.grant.since),
            "until": moment(one.grant.until),
            "revoked_at": moment(one.grant.revoked_at),
            "state": one.end.value,
        }


def _csv(columns: tuple[str, ...], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield a table with a header; a cell that a spreadsheet would work out begins with an apostrophe."""
    for row in chain([columns], rows):
        out = StringIO()
        csv.writer(out).writerow([_cell(one) for one in row])
        yield out.getvalue()


def _cell(value: object) -> str:
    text = (
        ""
        if value is None
        else value.astimezone(UTC).isoformat()
        if isinstance(value, datetime)
        else str(value)
    )
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, int) else text


def _json(value: object) -> str:
    return json.dumps(value) + "\n"


def _write(path: Path, pieces: Iterable[str]) -> int:
    """Write a file that is the owner's alone; return how many pieces it has."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        path.chmod(0o600)
        for piece in pieces:
            file.write(piece)
            count += 1
    return count
