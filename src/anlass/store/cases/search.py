"""The index of cases by their words: SQLite's FTS5, PostgreSQL's tsvector, behind the same functions.

A case keeps its words in a column of its own, ready for its database; on SQLite triggers carry them into
the index. So the index is true whatever is written, renewed or erased. Every word begins with a mark of
its owner: who searches walks through their own words alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from anlass.people.ids import digest_id
from anlass.store.ground.mapping import digest64
from anlass.store.ground.terms import Term, Terms, words_in

if TYPE_CHECKING:
    from anlass.case import Case

INDEX = "casewords"
"""The table of SQLite's index."""
_MOST = 10_000
"""Words of a case that can be found; a letter has no more, a mailing may."""
_MOST_PLACES = 200
"""Places of one word that are told; PostgreSQL knows no more than 255."""

_NEW = f"INSERT INTO {INDEX}(rowid, words) VALUES (new.number, new.words);"
_OLD = f"INSERT INTO {INDEX}({INDEX}, rowid, words) VALUES ('delete', old.number, old.words);"
_OPTIONS = "content='store_case', content_rowid='number', columnsize=0, tokenize='ascii'"
_OTHER = "old.words <> new.words OR old.number <> new.number"
_TRIGGER = f"CREATE TRIGGER IF NOT EXISTS {INDEX}"
_SQLITE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(words, {_OPTIONS})",
    f"{_TRIGGER}_new AFTER INSERT ON store_case BEGIN {_NEW} END",
    f"{_TRIGGER}_gone AFTER DELETE ON store_case BEGIN {_OLD} END",
    f"{_TRIGGER}_other AFTER UPDATE OF words, number ON store_case WHEN {_OTHER} BEGIN {_OLD} {_NEW} END",
)
_NO_SQLITE = (
    *(f"DROP TRIGGER IF EXISTS {INDEX}_{name}" for name in ("new", "gone", "other")),
    f"DROP TABLE IF EXISTS {INDEX}",
)
_POSTGRES = ("CREATE INDEX IF NOT EXISTS case_words ON store_case USING gin (words)",)
_NO_POSTGRES = ("DROP INDEX IF EXISTS case_words",)


def making(vendor: str) -> tuple[str, ...]:
    """Return the statements that make the index where it is missing; they may be repeated.

    Whoever rebuilds the table of cases on SQLite drops its triggers: these bring them back.
    """
    return _SQLITE if vendor == "sqlite" else _POSTGRES


def unmaking(vendor: str) -> tuple[str, ...]:
    """Return the statements that take the index away."""
    return _NO_SQLITE if vendor == "sqlite" else _NO_POSTGRES


def number_of(owner: str, case: str) -> int:
    """Return the number by which the index knows a case."""
    return digest64(f"{owner}\0{case}")


def case_words(case: Case, names: Iterable[str] = ()) -> Iterator[str]:
    """Yield the words by which a case is found: who wrote, the subject, their own words, their answer."""
    request, person = case.request, case.person
    told = (
        request.requester.name,
        str(request.requester.address or ""),
        person.name,
        *(address.value for address in person.addresses),
        *names,
        request.subject or "",
        request.text,
        case.second.reply.request.text if case.second else "",
    )
    for text in dict.fromkeys(told):
        yield from words_in(text)


def as_column(owner: str, words: Iterable[str], vendor: str) -> str:
    """Return words as the column of their database holds them."""
    mark = _mark(owner)
    marked = [f"{mark}{word}" for word in islice(words, _MOST)]
    if vendor == "sqlite":
        return " ".join(marked)
    places: dict[str, list[int]] = {}
    for place, word in enumerate(marked, 1):
        places.setdefault(word, []).append(place)
    return " ".join(f"'{word}':{','.join(map(str, at[:_MOST_PLACES]))}" for word, at in places.items())


def condition(owner: str, terms: Terms, vendor: str) -> tuple[str, dict[str, object]]:
    """Return what holds of a case in which these terms occur, as SQL that begins with AND, and its values."""
    mark, parts, values = _mark(owner), list[str](), dict[str, object]()
    holds = _HOLDS[vendor == "sqlite"]
    both = " AND " if vendor == "sqlite" else " & "
    either = " OR " if vendor == "sqlite" else " | "
    if terms.wanted:
        parts.append(f" AND {holds.format(name='wanted')}")
        values["wanted"] = both.join(_asked(mark, term, vendor) for term in terms.wanted)
    if terms.unwanted:
        parts.append(f" AND NOT {holds.format(name='unwanted')}")
        values["unwanted"] = either.join(_asked(mark, term, vendor) for term in terms.unwanted)
    return "".join(parts), values


_HOLDS = {
    True: f"number IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %({{name}})s)",
    False: "(words @@ CAST(%({name})s AS tsquery))",
}


def _asked(mark: str, term: Term, vendor: str) -> str:
    """Return one term in the language of its database; a word has no letter that means anything there."""
    marked = [f"{mark}{word}" for word in term.words]
    if vendor == "sqlite":
        return f'"{" ".join(marked)}"' + (" *" if term.is_open else "")
    return f"({' <-> '.join([*marked[:-1], marked[-1] + (':*' if term.is_open else '')])})"


def _mark(owner: str) -> str:
    return digest_id("owner of words", owner)[:4]
