"""The journal as the owner reads it: what the house did and what she did, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from anlass.desk.house.voice_of_journal import act_says, particulars
from anlass.desk.voice.common import Lang, spoken
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
    known = _named(book, {entry.about for entry in entries[:PAGE]} - {""})
    lines = [_line(entry, known.get(entry.about, ("", "", "")), now, lang) for entry in entries[:PAGE]]
    acts = sorted(((one, act_says(one, lang)) for one in book.acts()), key=lambda pair: pair[1].casefold())
    return JournalSheet(tuple(lines), tuple(acts), page, len(entries) > PAGE)


def _line(entry: Entry, whom: tuple[str, str, str], now: datetime, lang: Lang) -> JournalLine:
    name, case, person = whom
    says = act_says(entry.act, lang)
    when = entry.when.astimezone(now.tzinfo)
    return JournalLine(
        when, spoken(when, now, lang), says, particulars(entry.content, lang), entry.about, name, case, person
    )


def _named(book: Book, told: Iterable[str]) -> Mapping[str, tuple[str, str, str]]:
    """Return the names that lines are about, each with the id of the case or the person.

    Cases are most of them, and are asked for all at once.
    """
    wanted = set(told)
    found: dict[str, tuple[str, str, str]] = {}
    for id_, case in book.inbox.glances(sorted(wanted)).items():
        asked = case.request.requester
        found[id_] = (case.person.name or asked.name or str(asked.address or ""), id_, "")
    for id_ in wanted - found.keys():
        person = book.person(id_)
        if person is not None:
            name = person.name or str(person.addresses[0].value if person.addresses else "")
            found[id_] = (name, "", person.id)
    return found
