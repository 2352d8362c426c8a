"""Everything of one owner in open formats, letters and all: a folder, or one ZIP.

What `exporting` writes, and beside it the letters as mbox wherever their bytes still lie, journal and
decisions line by line, events as a calendar, the files that the owner wrote as they are, and a page that
explains each. Nothing is held in memory but one letter at a time.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from anlass.config import Settings
from anlass.desk.evidence.copies import Reread
from anlass.desk.safekeeping.exporting import Exported, export
from anlass.desk.safekeeping.scope import house_files
from anlass.desk.safekeeping.voice_of_everything import explained
from anlass.desk.surface import moment
from anlass.desk.voice.common import Lang
from anlass.errors import NotFound, Refused
from anlass.store.book import Book
from anlass.store.ground.mapping import written

LETTERS, README, FILES = "letters.mbox", "README.md", "files"
_PAGE = 500
_FROM = b"From "


@dataclass(frozen=True, slots=True)
class Luggage:
    """What goes with the memory: the settings of the house, and how letters are opened where they lie."""

    settings: Settings
    reread: Reread
    with_keys: bool = False


def export_everything(book: Book, target: Path, luggage: Luggage, *, now: datetime, lang: Lang) -> Exported:
    """Write everything into a new folder, or into a new ZIP where the name ends so.

    Raises `Refused` where something is there already, and `NotFound` where it cannot be written.
    """
    if target.suffix.lower() != ".zip":
        return _into_folder(book, target, luggage, now=now, lang=lang)
    if target.exists():
        raise Refused(f"{target} is there already.")
    try:
        with TemporaryDirectory(dir=target.parent, prefix=".export-") as aside:
            done = _into_folder(book, Path(aside) / "out", luggage, now=now, lang=lang)
            new = target.with_name(f".{target.name}.new")
            _zip(Path(aside) / "out", new)
            new.replace(target)
    except OSError as error:
        raise NotFound(f"{target} cannot be written: {error.strerror}.") from error
    return Exported(target, done.counts)


def _into_folder(book: Book, folder: Path, luggage: Luggage, *, now: datetime, lang: Lang) -> Exported:
    done = export(book, folder, now=now, lang=lang, with_keys=luggage.with_keys)
    counts = dict(done.counts)
    counts["journal.jsonl"] = _lines(folder / "journal.jsonl", _journal(book))
    counts["decisions.jsonl"] = _lines(folder / "decisions.jsonl", _decisions(book))
    counts["events.ics"] = _events(book, folder / "events.ics", now)
    counts[LETTERS] = _letters(book, folder / LETTERS, luggage.reread)
    counts[FILES] = _files(luggage.settings, folder / FILES)
    (folder / README).write_text(explained(counts, lang), encoding="utf-8")
    (folder / README).chmod(0o600)
    return Exported(folder, tuple(counts.items()))


def _journal(book: Book) -> Iterator[dict[str, object]]:
    spot = None
    while True:
        entries, spot = book.entries_part(None, after=spot, limit=_PAGE)
        for one in entries:
            yield {
                "id": one.id,
                "when": moment(one.when),
                "act": one.act,
                "about": one.about or None,
                "content": dict(one.content),
            }
        if spot is None:
            return


def _decisions(book: Book) -> Iterator[dict[str, object]]:
    """Yield what the house decided on each case, by which rule, and after looking at which others."""
    offset = 0
    while cases := book.cases(offset=offset, limit=_PAGE).cases:
        for kept in cases:
            decision = kept.case.decision
            yield {
                "case": kept.id,
                "state": kept.state.value,
                **json.loads(written(decision)),
            }
        offset += len(cases)


def _events(book: Book, path: Path, now: datetime) -> int:
    import icalendar  # noqa: PLC0415 - only whoever writes calendars waits for it

    calendar, events = icalendar.Calendar(), book.events.all()
    calendar.add("prodid", "-//Anlass//export//EN")
    calendar.add("version", "2.0")
    for one in events:
        event = icalendar.Event()
        event.add("uid", one.uid or one.id)
        event.add("dtstamp", now)
        event.add("dtstart", one.begins)
        event.add("dtend", one.ends)
        event.add("summary", one.name)
        if one.place:
            event.add("location", one.place)
        calendar.add_component(event)
    path.write_bytes(calendar.to_ical())
    path.chmod(0o600)
    return len(events)


def _letters(book: Book, path: Path, reread: Reread) -> int:
    """Write every letter whose bytes still lie somewhere, once, as mboxrd; return how many."""
    count = 0
    with path.open("wb") as file:
        path.chmod(0o600)
        for letter, places in groupby(book.places.letters(), key=lambda row: str(row[0])):
            sent = next(places)[2]
            raw = next((one for one in map(reread, book.origins(letter)) if one is not None), None)
            if raw is not None:
                file.write(_as_mbox(raw, sent if isinstance(sent, datetime) else None))
                count += 1
    return count


def _as_mbox(raw: bytes, sent: datetime | None) -> bytes:
    """Return a letter as it stands in an mbox: a line before it, a mark before lines like that."""
    when = f"{(sent or datetime(1970, 1, 1, tzinfo=UTC)).astimezone(UTC):%a %b %d %H:%M:%S %Y}"
    lines = raw.replace(b"\r\n", b"\n").split(b"\n")
    told = [b">" + line if line.lstrip(b">").startswith(_FROM) else line for line in lines]
    return _FROM + f"- {when}\n".encode() + b"\n".join(told).rstrip(b"\n") + b"\n\n"


def _files(settings: Settings, folder: Path) -> int:
    """Copy what the owner wrote: settings, house rules, cards, words; never a secret, nobody else's house."""
    count = 0
    for one in house_files(settings):
        if one.why is None and not one.path.startswith("owners/"):
            target = folder / one.path
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copyfile(settings.data / one.path, target)
            target.chmod(0o600)
            count += 1
    return count


def _lines(path: Path, values: Iterator[dict[str, object]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        path.chmod(0o600)
        for value in values:
            file.write(json.dumps(value, default=str) + "\n")
            count += 1
    return count


def _zip(folder: Path, path: Path) -> None:
    """Pack a folder, file by file."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for one in sorted(folder.rglob("*")):
            if one.is_file():
                info = ZipInfo.from_file(one, one.relative_to(folder).as_posix())
                info.compress_type = ZIP_DEFLATED
                with one.open("rb") as source, packed.open(info, "w", force_zip64=True) as target:
                    shutil.copyfileobj(source, target)
