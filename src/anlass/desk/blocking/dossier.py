"""Everything a person sent, as one file for the police or a lawyer: originals, checksums, contents.

Whoever is threatened should not have to copy mails by hand. Nothing is left out and nothing is changed: each
letter lies there with all its bytes, and beside it stands what its header says. What came on a way that knows
no mail, or lies where it lay no more, is written down as it was kept, and the contents say so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from anlass.desk.blocking.voice import sentence
from anlass.desk.evidence.copies import Reread
from anlass.desk.voice.common import Lang, door, written_out
from anlass.errors import Refused
from anlass.intake import Channel, Origin
from anlass.intake.guard import one_line
from anlass.intake.parse import parse_headers
from anlass.people import Person, person_id
from anlass.replies.where_to_turn import where_to_turn
from anlass.store.book import Book, KeptCase
from anlass.store.ground.mapping import written

OpenFile = Callable[[str], bytes | None]
"""Returns the bytes of a file that came through the door, by its digest; `None` where they are gone."""
_PAGE = 100
_RULE = "-" * 72
_YEAR_ONE = 1980
"""Before that year no ZIP can date a file."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a report is made with: whose it is, how letters and files are opened, when, in which language."""

    owner: str
    reread: Reread
    open_file: OpenFile
    now: datetime
    lang: Lang


@dataclass(frozen=True, slots=True)
class Sent:
    """One thing that a person sent: a case, a letter that is none, or both."""

    letter: str = ""
    case: KeptCase | None = None


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One letter in the report: when it came, its lines in the contents, its files by their names."""

    when: datetime | None
    lines: tuple[str, ...]
    files: tuple[tuple[str, bytes], ...]


def write_dossier(book: Book, person: Person, to: IO[bytes], means: Means) -> int:
    """Write the report on a person into an open file; return how many letters are in it.

    Raises `Refused` where there is nothing of theirs.
    """
    leaves = sorted(
        _leaves(book, person, means), key=lambda leaf: leaf.when or datetime.max.replace(tzinfo=UTC)
    )
    if not leaves:
        raise Refused(sentence("nothing", means.lang))
    sums: list[str] = []
    with ZipFile(to, "w", ZIP_DEFLATED) as report:

        def put(name: str, raw: bytes) -> None:
            _put(report, name, raw, means.now)
            sums.append(f"{sha256(raw).hexdigest()}  {name}")

        told = [*_head(person, means)]
        for number, leaf in enumerate(leaves, 1):
            told += ["", _RULE, "", f"{number:04}", *leaf.lines]
            for name, raw in leaf.files:
                put(f"{number:04}/{name}", raw)
                told += [f"  {number:04}/{name}", f"    {sentence('bytes', means.lang, size=len(raw))}"]
                told.append(f"    SHA-256 {sha256(raw).hexdigest()}")
        put(sentence("contents", means.lang), ("\n".join(told) + "\n").encode())
        _put(report, "SHA256SUMS", ("\n".join(sums) + "\n").encode(), means.now)
    return len(leaves)


def sent_by(book: Book, person: Person) -> Iterator[Sent]:
    """Yield everything that a person sent: each case once, and each letter that belongs to none."""
    told = set[str]()
    offset = 0
    while found := book.cases(person=person.id, offset=offset, limit=_PAGE).cases:
        for kept in found:
            letters = book.mail.letters_of(kept.id)
            told.update(letters)
            yield from (Sent(letter, kept) for letter in letters or ("",))
        offset += len(found)
    own = {person.id, *map(person_id, person.addresses)}
    yield from (Sent(letter) for letter in book.blocks.letters(sorted(own)) if letter not in told)


def _head(person: Person, means: Means) -> Iterator[str]:
    lang = means.lang
    yield sentence("title", lang, name=one_line(person.name))
    yield ""
    when = written_out(means.now, means.now, lang)
    yield sentence("made", lang, when=when, owner=one_line(means.owner) or "–")
    yield ""
    yield sentence("how", lang)
    yield ""
    yield sentence("addresses", lang)
    yield from (f"  {one_line(str(one))}" for one in person.addresses)
    yield ""
    yield from where_to_turn(lang)


def _leaves(book: Book, person: Person, means: Means) -> Iterator[_Leaf]:
    for sent in sent_by(book, person):
        origin, raw = _original(book, sent.letter, means.reread)
        if raw is not None and origin is not None:
            yield _of_mail(sent, origin, raw, means)
        elif sent.case is not None:
            yield _of_case(book, sent.case, origin, means)


def _original(book: Book, letter: str, reread: Reread) -> tuple[Origin | None, bytes | None]:
    """Return the first place where a letter still lies, with its bytes; else where it lay."""
    places = book.origins(letter) if letter else ()
    for place in places:
        raw = reread(place)
        if raw is not None:
            return place, raw
    return (places[0] if places else None), None


def _of_mail(sent: Sent, origin: Origin, raw: bytes, means: Means) -> _Leaf:
    head = parse_headers(raw, origin)
    case, lang = sent.case, means.lang
    arrived = head.date or (case.case.request.arrived if case else None)
    sender = f"{head.sender.name} <{head.sender.address}>" if head.sender else ""
    lines = _lines(
        lang,
        ("arrived", _when(arrived, means)),
        ("way", door(case.case.request.channel if case else Channel.MAIL, lang)),
        ("from", sender),
        ("subject", head.subject or ""),
        ("message_id", head.message_id or ""),
        ("place", origin.path),
    )
    end = next((at for at in (raw.find(b"\r\n\r\n"), raw.find(b"\n\n")) if at >= 0), len(raw))
    return _Leaf(arrived, tuple(lines), (("original.eml", raw), ("headers.txt", raw[:end])))


def _of_case(book: Book, kept: KeptCase, origin: Origin | None, means: Means) -> _Leaf:
    """Return what is kept of something without an original: all that arrived, and files that came along."""
    request, lang = kept.case.request, means.lang
    lines = _lines(
        lang,
        ("arrived", _when(request.arrived, means)),
        ("way", door(request.channel, lang)),
        ("from", f"{request.requester.name} <{request.requester.address or ''}>"),
        ("subject", request.subject or ""),
        ("message_id", request.message_id or ""),
        ("place", origin.path if origin else ""),
    )
    whole = json.dumps(json.loads(written(request)), ensure_ascii=False, indent=1, sort_keys=True)
    files = [("letter.txt", request.text.encode()), ("kept.json", whole.encode())]
    for number, file in enumerate(book.door.files_of(kept.id), 1):
        raw = means.open_file(file.digest)
        if raw is not None:
            files.append((f"file-{number}-{file.name}", raw))
    says = sentence("as_kept" if origin else "no_source", lang)
    return _Leaf(request.arrived, (*lines, f"  {says}"), tuple(files))


def _when(when: datetime | None, means: Means) -> str:
    """Write a moment for people and for machines."""
    if when is None:
        return sentence("no_date", means.lang)
    return f"{written_out(when, means.now, means.lang)} ({when.astimezone(means.now.tzinfo).isoformat()})"


def _lines(lang: Lang, *told: tuple[str, str]) -> Iterable[str]:
    return (f"  {sentence(key, lang)}: {one_line(value)}" for key, value in told if value)


def _put(report: ZipFile, name: str, raw: bytes, now: datetime) -> None:
    info = ZipInfo(name, max(now.timetuple()[:6], (_YEAR_ONE, 1, 1, 0, 0, 0)))
    info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
    report.writestr(info, raw)
