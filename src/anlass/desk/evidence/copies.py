"""Telling copies of one letter from letters that only look alike.

The same mail lies in three folders and is one letter; a careless program gives two mails
one Message-ID, and they stay two. The words are only looked at where a header came
twice, and then it does not matter which of the two came first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from anlass.intake import Origin, SetAside, identity, parse
from anlass.intake.identity import short_name
from anlass.intake.plain_headers import blank_line
from anlass.ledger.letter import Letter
from anlass.sources import reread
from anlass.store.book import Book, Kept

Reread = Callable[[Origin], bytes | None]
"""Opens a mail again; `None` where it lies there no more."""
_BEGINNING = 4_096
"""Bytes of a body that are looked at to know a copy."""


def told_apart(book: Book, letters: Sequence[Letter], reread: Reread = reread) -> list[Letter]:
    """Return the letters with ids that are the same for copies and differ for different letters.

    `reread` opens a mail again where it lies.
    """
    groups: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters:
        groups[letter.id].append(letter)
    kept = book.kept_letters(groups)
    found: list[Letter] = []
    for id_, group in groups.items():
        if id_ not in kept and len(group) == 1:
            found.append(group[0])
        else:
            found += _Telling(book, reread).apart(id_, group, kept.get(id_))
    return found


def body_print(raw: bytes) -> int:
    """Return a digest of the beginning of a mail's body, the same for copies whatever their line ends."""
    head = blank_line(raw)
    if raw.find(b"\r", 0, head + 2) >= 0:
        head = raw.find(b"\n\n")
        if head < 0 or b"\r\n\r\n" in raw[:head]:
            head = raw.find(b"\r\n\r\n")
    body = raw[head : head + 2 * _BEGINNING] if head >= 0 else b""
    if b"\r" in body:
        body = body.replace(b"\r\n", b"\n")
    body = body.strip()[:_BEGINNING]
    return int.from_bytes(blake2b(body, digest_size=8).digest(), "big", signed=True)


def _named(letter: Letter, id_: str, words: str, least: str) -> Letter:
    return replace(letter, id=id_ if words == least else short_name(id_, words), words=words)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Tells letters of one header apart by their words."""

    book: Book
    reread: Reread

    def apart(self, id_: str, group: Sequence[Letter], before: Kept | None) -> list[Letter]:
        """Give each different letter of a header its own id; the least of the words keeps the common one."""
        bodies = {letter.body for letter in group} | ({before.body} if before else set())
        if len(bodies) == 1 and not (before and before.words):
            return list(group)
        words = {letter.origin: self._words(letter.origin) for letter in group}
        old = self._words_before(id_, group, before, words) if before else None
        least = min(filter(None, {*words.values(), old}), default="")
        if old is not None:
            self.book.set_words(id_, old)
            if old != least:
                self.book.rename_letter(id_, short_name(id_, old))
        return [_named(letter, id_, words[letter.origin], least) for letter in group]

    def _words_before(
        self, id_: str, group: Sequence[Letter], before: Kept, words: Mapping[Origin, str]
    ) -> str:
        """Return the words of the letter that is kept; where it can be read no more, by a copy of it."""
        if before.words:
            return before.words
        for letter in group:
            if letter.body == before.body:
                return words[letter.origin]
        read = (self._words(origin) for origin in self.book.origins(id_))
        return next(filter(None, read), min(words.values()))

    def _words(self, origin: Origin) -> str:
        """Return what the own words and the header of a mail come to, or nothing where it is gone."""
        raw = self.reread(origin)
        message = parse(raw, origin) if raw is not None else None
        return "" if message is None or isinstance(message, SetAside) else identity(message)
