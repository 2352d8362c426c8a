"""Which version of a case somebody saw, so that two who decide at once do not overrule each other unseen.

Pages and programs carry the same mark: it changes when the case needs something else, when a line about it
comes into the journal (a word of the owner's, a letter that goes, leaves or is taken back, other words for
it, something taught) and when the other side says more. That it reads otherwise by what was learned
elsewhere is no change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from anlass.desk.voice.common import Lang
from anlass.errors import Refused
from anlass.people.ids import digest_id
from anlass.store.book import Book
from anlass.store.cases.inbox import Glanced
from anlass.store.cases.kept import KeptCase


class Overtaken(Refused):
    """The case is no longer as it was seen."""


def marks_of(book: Book, cases: Iterable[KeptCase | Glanced]) -> Mapping[str, str]:
    """Return the mark of each case: another one after every change."""
    kept = list(cases)
    told = book.entries_counted([one.id for one in kept])
    return {one.id: _mark(one, told.get(one.id, 0)) for one in kept}


def mark_of(book: Book, kept: KeptCase) -> str:
    """Return the mark of one case."""
    return marks_of(book, [kept])[kept.id]


def unless_overtaken(book: Book, case_id: str, seen: str | None, lang: Lang) -> None:
    """Go on only where the case bears the mark that was seen; raises `NotFound` and `Overtaken`.

    Call it where nobody else can act meanwhile. Without a mark nothing is compared.
    """
    if seen is not None and mark_of(book, book.case(case_id)) != seen:
        raise Overtaken(_SAYS[lang])


def _mark(kept: KeptCase | Glanced, lines: int) -> str:
    case = kept.case
    return digest_id(kept.id, kept.state.value, str(lines), case.request.text, str(case.second is not None))


_SAYS: dict[Lang, str] = {
    "de": "Inzwischen hat sich an diesem Vorgang etwas geändert. Sieh ihn noch einmal an.",
    "en": "Something about this case has changed meanwhile. Look at it once more.",
}
