"""The owner decides on cases as pages and commands show them: one act each, one way back for all of them.

What was looked at may have changed meanwhile, in another window or in the mail program: then nothing is
done to it, and it is said. Doing the same twice does nothing the second time.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from anlass.desk.cards.own import cards_of
from anlass.desk.cases.version import mark_of
from anlass.desk.cases.voice import said_word, sentence
from anlass.desk.decisions.deciding import Choice, decide, holding, stood_on
from anlass.desk.learning.teaching import read_again
from anlass.desk.voice.common import Lang
from anlass.doorman import Doorman
from anlass.errors import NotFound, Refused
from anlass.store.book import Book
from anlass.store.cases.kept import CaseState

LOT = "decide_together"
"""The line of the journal that tells which decisions were one act."""
MOST = 500
"""Cases that are decided on at once."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as it was shown: `mark` is what `marks_of` said then; without one nothing is compared."""

    case: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Acted:
    """What an act did: its line in the journal ("" where nothing changed), and what became of each case.

    `others` are cases that read otherwise by what was learned, `stood` those that stood like that already,
    `refused` those that nothing was done to, with why.
    """

    act: str
    choice: Choice
    done: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    stood: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


def act_on(
    book: Book, doorman: Doorman, cases: Sequence[Seen], choice: Choice, *, now: datetime, lang: Lang
) -> Acted:
    """Say one word to these cases; raises `Refused` in `lang` where it could be said to none of them.

    What cannot be done to one of them keeps nothing from the others.
    """
    if not cases:
        raise Refused(sentence("none", lang))
    if choice is Choice.UNLOCKED and cards_of(book) is None:
        raise Refused(sentence("no_card", lang))
    lot, done, stood, refused = secrets.token_hex(8), dict[str, int](), list[str](), list[tuple[str, str]]()
    has_taught = False
    with book.outbox.alone():
        for seen in cases[:MOST]:
            why = _why_not(book, seen, choice, lang)
            if why:
                refused.append((seen.case, why))
                continue
            decided = decide(book, doorman, seen.case, choice, now=now, lot=lot, reads_on=False)
            has_taught = has_taught or decided.has_taught
            if decided.is_new:
                done[decided.case] = decided.number
            elif decided.case not in done:
                stood.append(decided.case)
        others = _let_it_take_effect(book, doorman, choice, done) if has_taught else ()
        told = {"lot": lot, "choice": choice.value, "cases": list(done.items()), "at": now.isoformat()}
        act = book.note(LOT, content={**told, "others": others}, now=now) if done else ""
    return Acted(act, choice, tuple(done), others, tuple(stood), tuple(refused))


def _let_it_take_effect(
    book: Book, doorman: Doorman, choice: Choice, done: Mapping[str, int]
) -> tuple[str, ...]:
    """Read again with what was learned; a word of the owner's stands whatever follows from it."""
    changed = read_again(book, doorman, also=done)
    for case in done:
        if book.case(case).state is not choice.state:
            book.set_state(case, choice.state)
    return tuple(case for case in changed if case not in done)


def _why_not(book: Book, seen: Seen, choice: Choice, lang: Lang) -> str:
    """Say why a case is not to be touched; nothing where it may be."""
    try:
        kept = book.case(seen.case)
    except NotFound:
        return sentence("gone", lang)
    if kept.state is CaseState.BLOCKED:
        return sentence("blocked", lang)
    said = holding(kept, stood_on(book, kept.id))
    if not seen.mark or seen.mark == mark_of(book, kept) or said is choice:
        return ""
    return sentence("decided", lang, said=said_word(said, lang)) if said else sentence("moved", lang)
