"""Telling copies of one letter from letters that only look alike.

The same mail lies in three folders and is one letter; a careless program gives two mails
one Message-ID, and they stay two. The words are only looked at where a header came
twice, and then it does not matter which of the two came first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from anlass.intake import Origin, SetAside, identity, parse
from anlass.intake.identity import short_name
from anlass.ledger.letter import Letter
from anlass.sources import reread
from anlass.store.book import Book, Kept


def told_apart(book: Book, letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters with ids that are the same for copies and differ for different letters."""
    groups: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters:
        groups[letter.id].append(letter)
    kept = book.kept_letters(groups)
    found: list[Letter] = []
    for id_, group in groups.items():
        if id_ not in kept and len(group) == 1:
            found.append(group[0])
        else:
            found += _apart(book, id_, group, kept)
    return found


def _apart(book: Book, id_: str, group: Sequence[Letter], kept: Mapping[str, Kept]) -> list[Letter]:
    """Give each different letter of one header its own id; the least of the words keeps the common one."""
    before = kept.get(id_)
    origins = book.origins(id_) if before else ()
    if (before is None or not before.words) and _are_copies(group, origins):
        return list(group)
    words = {letter.origin: _words(letter.origin) for letter in group}
    old = (before.words or _words(origins[0])) if before else None
    least = min(filter(None, {*words.values(), old}), default="")
    if before and old is not None:
        book.set_words(id_, old)
        if old != least:
            book.rename_letter(id_, short_name(id_, old))
    return [
        replace(
            letter,
            id=id_ if words[letter.origin] == least else short_name(id_, words[letter.origin]),
            words=words[letter.origin],
        )
        for letter in group
    ]


def _are_copies(group: Sequence[Letter], origins: Sequence[Origin]) -> bool:
    """Tell by their bodies, byte by byte, whether all are the same mail; what is gone is believed."""
    places = {(letter.origin.path, letter.origin.offset) for letter in group}
    others = [origin for origin in origins if (origin.path, origin.offset) not in places]
    bodies = {_body(origin) for origin in (*(letter.origin for letter in group), *others[:1])} - {None}
    return len(bodies) <= 1


def _body(origin: Origin) -> bytes | None:
    raw = reread(origin)
    if raw is None:
        return None
    raw = raw.replace(b"\r\n", b"\n")
    return raw.partition(b"\n\n")[2].strip()


def _words(origin: Origin) -> str:
    """Return what the own words and the header of a mail come to, or nothing where it is gone."""
    raw = reread(origin)
    message = parse(raw, origin) if raw is not None else None
    return "" if message is None or isinstance(message, SetAside) else identity(message)
