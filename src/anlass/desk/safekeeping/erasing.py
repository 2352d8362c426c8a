"""The owner lets the house forget one person: all of theirs goes, and nothing names them any more.

It is seen before it is done: a rehearsal counts what would go. Afterwards all tables are walked once more,
and the journal says that somebody was forgotten, and not who. What stays is said: a keyed digest of the
addresses, so that old letters that are read again stay forgotten and a block goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from anlass.channels.form.files import FOLDER as DOOR_FILES
from anlass.config import Settings
from anlass.desk.safekeeping.meant import alike
from anlass.desk.safekeeping.scope import house_files
from anlass.errors import Problem, Refused
from anlass.people import Person, is_relay
from anlass.people.marks import Marks, marks_of
from anlass.store.book import Book

_LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Erased:
    """What went, by kind, and what is left: cells of tables, and places in SQLite's file (`None`: not told).

    `named_in` are files of the data folder that name the person and are the owner's to change. `alike` are
    others who may be the same person by their names; nothing of theirs goes. `word` is a name of one word,
    for which no text of others is looked through.
    """

    counts: Mapping[str, int]
    is_blocked: bool
    named_in: tuple[str, ...]
    left: int = 0
    bytes_left: int | None = None
    alike: tuple[Person, ...] = ()
    word: str = ""


def would_erase(book: Book, settings: Settings, person: Person) -> Erased:
    """Return what would go; nothing does."""
    marks, is_blocked = _checked(book, person), book.blocks.holds(person)
    with book.rehearsal():
        counts = book.erasing.erase(marks)
    word = "" if marks.name or "@" in person.name else person.name
    others = alike(book, person.name, but=person)
    return Erased(counts, is_blocked, tuple(_naming(settings, marks)), alike=others, word=word)


def erase(book: Book, settings: Settings, person: Person, *, now: datetime) -> Erased:
    """Let the house forget a person. Raises `Refused` for the owner, and `StoreError`."""
    marks, is_blocked = _checked(book, person), book.blocks.holds(person)
    files = book.erasing.files_of(marks)
    own = [one for one in person.addresses if not is_relay(one)]
    with book.together():
        counts = book.erasing.erase(marks)
        book.forgotten.add(own, blocked=is_blocked, now=now)
        told = {kind: count for kind, count in counts.items() if count}
        book.note("forget_person", content={"rows": told}, now=now)
        book.settle()
    for digest in frozenset(files) - book.door.file_digests():
        (settings.data / DOOR_FILES / digest).unlink(missing_ok=True)
    book.erasing.rewrite()
    return Erased(
        counts,
        is_blocked,
        tuple(_naming(settings, marks)),
        book.erasing.left(marks),
        book.erasing.bytes_left(marks),
    )


def _checked(book: Book, person: Person) -> Marks:
    if any(one.value in book.owner_addresses() for one in person.addresses):
        raise Refused(
            Problem("That is you yourself.", german="Das bist du selbst."),
        )
    return marks_of(person)


def _naming(settings: Settings, marks: Marks) -> Iterator[str]:
    """Yield the files that the owner wrote and in which the person stands."""
    wanted = [text.casefold() for text in (*marks.addresses, marks.name) if text]
    for one in house_files(settings):
        path = settings.data / one.path
        if one.why is None and not one.path.startswith(DOOR_FILES) and _text(path, wanted):
            yield one.path


def _text(path: Path, wanted: list[str]) -> bool:
    try:
        text = path.read_text(encoding="utf-8").casefold() if path.stat().st_size < _LARGEST else ""
    except (OSError, ValueError):
        return False
    return any(one in text for one in wanted)
