"""The owner decides on a case: ask back, accept, watch, let go; with journal, lesson and the way back.

A mail that is moved to a folder of the house says the same as a key on a page. What the decision says of
the letter is learned from it; taking it back takes the lesson back too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlass.desk.teaching import teach_verdict, unteach
from anlass.doorman import Doorman
from anlass.errors import NotFound
from anlass.litmus import Verdict
from anlass.policy import Action
from anlass.store.book import Book
from anlass.store.cases import CaseState, KeptCase
from anlass.store.marks import Entry

_DECIDE, _TAKE_BACK = "decide", "take_back"


class Choice(StrEnum):
    """What the owner may say to a case."""

    ASKED = "asked"
    WATCHED = "watched"
    ACCEPTED = "accepted"
    LAPSED = "lapsed"

    @property
    def state(self) -> CaseState:
        """What the case needs from then on."""
        return _STATES[self]

    @property
    def action(self) -> Action:
        """What a house rule would call it."""
        return _ACTIONS[self]


_STATES = {
    Choice.ASKED: CaseState.ASKED,
    Choice.WATCHED: CaseState.WATCHED,
    Choice.ACCEPTED: CaseState.DONE,
    Choice.LAPSED: CaseState.DONE,
}
_ACTIONS = {
    Choice.ASKED: Action.ASK_BACK,
    Choice.WATCHED: Action.WATCH,
    Choice.ACCEPTED: Action.ACCEPT,
    Choice.LAPSED: Action.LAPSE,
}


@dataclass(frozen=True, slots=True)
class Decided:
    """What deciding did: the case, the word, whether anything changed by it."""

    case: str
    choice: Choice
    is_new: bool


def decide(book: Book, doorman: Doorman, case_id: str, choice: Choice, *, now: datetime) -> Decided:
    """Write down the owner's word on a case, and learn from it; raises `NotFound`.

    A word that holds already is not written twice.
    """
    kept = book.case(case_id)
    if choice_on(book, kept.id) is choice:
        return Decided(kept.id, choice, is_new=False)
    with book.together():
        lesson = _lesson(book, doorman, kept, choice, now)
        book.set_state(kept.id, choice.state)
        content = {"choice": choice.value, "before": kept.state.value, "lesson": lesson}
        _note(book, _DECIDE, kept.id, content, now)
    return Decided(kept.id, choice, is_new=True)


def take_back(book: Book, doorman: Doorman, case_id: str, *, now: datetime) -> bool:
    """Take the last word on a case back, with its lesson; return whether there was one. Raises `NotFound`."""
    kept = book.case(case_id)
    last = _last(book, kept.id)
    if last is None or last.act != _DECIDE:
        return False
    with book.together():
        if lesson := str(last.content.get("lesson") or ""):
            try:
                unteach(book, doorman, lesson, now=now)
            except NotFound:
                lesson = ""  # the owner took it back already
        book.set_state(kept.id, CaseState(str(last.content["before"])))
        _note(book, _TAKE_BACK, kept.id, {"choice": last.content["choice"]}, now)
    return True


def choice_on(book: Book, case_id: str) -> Choice | None:
    """Return the word of the owner that holds on a case."""
    last = _last(book, case_id)
    return Choice(str(last.content["choice"])) if last is not None and last.act == _DECIDE else None


def choices_on(book: Book, case_ids: Sequence[str]) -> dict[str, Choice]:
    """Return the words of the owner that hold on these cases, for those that have one."""
    told: dict[str, list[Entry]] = {}
    for entry in book.lists.lines_on(case_ids, _DECIDE, _TAKE_BACK):
        told.setdefault(entry.about, []).append(entry)
    last = {case: max(entries, key=_number) for case, entries in told.items()}
    return {case: Choice(str(one.content["choice"])) for case, one in last.items() if one.act == _DECIDE}


def _last(book: Book, case_id: str) -> Entry | None:
    """Return the last line of the journal that decides on a case or takes that back."""
    told = (one for one in book.entries(about=case_id, limit=50) if one.act in {_DECIDE, _TAKE_BACK})
    return max(told, key=_number, default=None)


def _note(book: Book, act: str, case: str, content: Mapping[str, object], now: datetime) -> None:
    """Write a line into the journal, numbered: two words may fall into one second, or the clock go back."""
    last = _last(book, case)
    book.note(act, about=case, content={**content, "number": _number(last) + 1 if last else 1}, now=now)


def _number(entry: Entry) -> int:
    number = entry.content.get("number")
    return number if isinstance(number, int) else 0


def _lesson(book: Book, doorman: Doorman, kept: KeptCase, choice: Choice, now: datetime) -> str:
    """Learn what a word says of the letter; return the id of the lesson, or nothing.

    Whoever lets a letter with a good reason lie has other reasons: that teaches nothing.
    """
    verdict = kept.case.reading.verdict
    says = {Choice.ASKED: Verdict.ASK, Choice.ACCEPTED: Verdict.REASON}.get(choice)
    if choice is Choice.LAPSED and verdict is not Verdict.REASON:
        says = Verdict.HOLLOW
    if says is None:
        return ""
    learned = teach_verdict(book, doorman, kept.id, says, now=now)
    return learned.lesson.id if learned.is_new else ""
