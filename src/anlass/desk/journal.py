"""The journal as the owner reads it: what the house did and what she did, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anlass.desk.voice import Lang, spoken
from anlass.desk.voice_of_journal import act_says, particulars
from anlass.errors import NotFound
from anlass.store.book import Book, Entry

PAGE = 50
"""Lines on one page."""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line: when, what, about whom; `case` or `person` is the id that leads there, else both are ""."""

    when: datetime
    spoken: str
    says: str
    more: str
    about: str
    name: str
    case: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class JournalSheet:
    """One page of the journal. `acts` are those one can choose from, each with its words."""

    lines: tuple[JournalLine, ...]
    acts: tuple[tuple[str, str], ...]
    page: int
    has_older: bool


def journal(
    book: Book, *, act: str = "", about: str = "", page: int = 1, now: datetime, lang: Lang
) -> JournalSheet:
    """Return a page of the journal, about one case or person or all, of one act or all."""
    page = min(max(1, page), 100_000)
    entries = book.entries(about=about or None, act=act or None, offset=(page - 1) * PAGE, limit=PAGE + 1)
    known: dict[str, tuple[str, str, str]] = {}
    lines = []
    for entry in entries[:PAGE]:
        if entry.about not in known:
            known[entry.about] = _whom(book, entry.about)
        lines.append(_line(entry, known[entry.about], now, lang))
    acts = sorted(((one, act_says(one, lang)) for one in book.acts()), key=lambda pair: pair[1].casefold())
    return JournalSheet(tuple(lines), tuple(acts), page, len(entries) > PAGE)


def _line(entry: Entry, whom: tuple[str, str, str], now: datetime, lang: Lang) -> JournalLine:
    name, case, person = whom
    says = act_says(entry.act, lang)
    when = entry.when.astimezone(now.tzinfo)
    return JournalLine(
        when, spoken(when, now, lang), says, particulars(entry.content, lang), entry.about, name, case, person
    )


def _whom(book: Book, about: str) -> tuple[str, str, str]:
    """Return the name that a line is about, and the id of the case or the person."""
    if not about:
        return "", "", ""
    person = book.person(about)
    if person is not None:
        return person.name or str(person.addresses[0].value if person.addresses else ""), "", person.id
    try:
        kept = book.case(about) if len(about) > 1 else None
    except NotFound:
        kept = None
    if kept is None or kept.id != about:
        return "", "", ""
    asked = kept.case.request.requester
    return kept.case.person.name or asked.name or str(asked.address or ""), kept.id, ""
