"""Lines of the surface about the public door: how it stands, and the words that open it."""

from __future__ import annotations

from anlass.desk.door.own import door_of, missing
from anlass.desk.surface import JsonLine, moment
from anlass.replies.door import FIELDS, CodeWord
from anlass.store.book import Book


def door_line(book: Book, base: str) -> JsonLine:
    """The door: where it is, whether it is open, what it lacks, its texts; code words are only counted."""
    own = door_of(book)
    return {
        "name": own.name or None,
        "address": f"{base}/{own.name}" if base and own.name else None,
        "is_open": own.is_open,
        "register": own.register,
        "missing": list(missing(book, base)),
        "texts": {one.lang: {field: getattr(one, field) for field in FIELDS} for one in own.texts},
        "words": len(own.words),
        "unconfirmed": len(book.door.waiting()),
    }


def code_word_line(word: CodeWord) -> JsonLine:
    """One code word that was given away."""
    return {"word": word.word, "until": moment(word.until), "note": word.note or None}
