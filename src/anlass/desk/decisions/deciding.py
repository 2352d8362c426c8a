"""The owner decides on a case: ask back, accept, watch, let go; with journal, lesson and the way back.

A mail that is moved to a folder of the house says the same as a key on a page. What the decision says of
the letter is learned from it; taking it back takes the lesson back too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlass.desk.learning.teaching import teach_verdict, unteach
from anlass.desk.people.watch_list import sleep_again, wake_again
from anlass.doorman import Doorman
from anlass.errors import NotFound
from anlass.litmus import Verdict
from anlass.policy import Action
from anlass.store.book import Book
from anlass.store.cases.inbox import Glanced
from anlass.store.cases.kept import CaseState, KeptCase
from anlass.store.history.marks import Entry

_DECIDE, _TAKE_BACK = "decide", "take_back"


class Choice(StrEnum):
    """What the owner may say to a case."""

    ASKED = "asked"
    WATCHED = "watched"
    ACCEPTED = "accepted"
    LAPSED = "lapsed"
    DECLINED = "declined"
    """With a message, which asks what a question would ask: the decline itself is nobody's to see."""
    UNLOCKED = "unlocked"

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
    Choice.DECLINED: CaseState.ASKED,
    Choice.UNLOCKED: CaseState.DONE,
}
_ACTIONS = {
    Choice.ASKED: Action.ASK_BACK,
    Choice.WATCHED: Action.WATCH,
    Choice.ACCEPTED: Action.ACCEPT,
    Choice.LAPSED: Action.LAPSE,
    Choice.DECLINED: Action.DECLINE_WITH_MESSAGE,
    Choice.UNLOCKED: Action.UNLOCK,
}
_TEACH = {Choice.ASKED: Verdict.ASK, Choice.ACCEPTED: Verdict.REASON, Choice.UNLOCKED: Verdict.REASON}
CHOICES = {action: choice for choice, action in _ACTIONS.items()}
"""What the owner says who does what a house rule would."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What deciding did: the case, the word, whether anything changed by it, and which of its words it is.

    `has_taught` is true where something was learned from it.
    """

    case: str
    choice: Choice
    is_new: bool
    number: int = 0
    has_taught: bool = False


@dataclass(frozen=True, slots=True)
class Stood:
    """The last that the owner said to a case, and which of their words it is; `None` where nothing holds."""

    choice: Choice | None
    number: int
    when: datetime


def decide(
    book: Book,
    doorman: Doorman,
    case_id: str,
    choice: Choice,
    *,
    now: datetime,
    lot: str = "",
    reads_on: bool = True,
) -> Decided:
    """Write down the owner's word on a case, and learn from it; raises `NotFound`.

    A word that holds already is not written twice. `lot` names what it was said together with; who says
    many at once has the other cases read again (`reads_on`) when all is said.
    """
    kept = book.case(case_id)
    stood = stood_on(book, kept.id)
    if stood is not None and holding(kept, stood) is choice:
        return Decided(kept.id, choice, is_new=False, number=stood.number)
    with book.together():
        lesson = _lesson(book, doorman, kept, choice, now, reads_on=reads_on)
        book.set_state(kept.id, choice.state)
        if choice is Choice.WATCHED:
            sleep_again(book, kept, now=now)
        content = {"choice": choice.value, "before": kept.state.value, "lesson": lesson}
        number = _note(book, _DECIDE, kept.id, {**content, **({"lot": lot} if lot else {})}, now)
    return Decided(kept.id, choice, is_new=True, number=number, has_taught=bool(lesson))


def take_back(book: Book, doorman: Doorman, case_id: str, *, now: datetime, reads_on: bool = True) -> bool:
    """Take the last word on a case back, with its lesson; return whether there was one. Raises `NotFound`."""
    kept = book.case(case_id)
    last = _last(book, kept.id)
    if last is None or last.act != _DECIDE:
        return False
    with book.together():
        if lesson := str(last.content.get("lesson") or ""):
            try:
                unteach(book, doorman, lesson, now=now, reads_on=reads_on)
            except NotFound:
                lesson = ""  # the owner took it back already
        book.set_state(kept.id, CaseState(str(last.content["before"])))
        if last.content["choice"] == Choice.WATCHED.value:
            wake_again(book, kept)
        _note(book, _TAKE_BACK, kept.id, {"choice": last.content["choice"]}, now)
    return True


def choice_on(book: Book, case_id: str) -> Choice | None:
    """Return the word of the owner that holds on a case."""
    stood = stood_on(book, case_id)
    return stood.choice if stood else None


def holding(kept: KeptCase | Glanced, stood: Stood | None) -> Choice | None:
    """Return the word that still says where a case stands; what happened since may have moved it on."""
    choice = stood.choice if stood else None
    return choice if choice is not None and choice.state is kept.state else None


def stood_on(book: Book, case_id: str) -> Stood | None:
    """Return the last that the owner said to a case, `None` where that is nothing."""
    return stood_on_all(book, [case_id]).get(case_id)


def stood_on_all(book: Book, cases: Iterable[str]) -> Mapping[str, Stood]:
    """Return the last that the owner said to each of these cases."""
    last: dict[str, Entry] = {}
    for entry in book.entries_of(cases, (_DECIDE, _TAKE_BACK)):
        if entry.about not in last or _number(entry) > _number(last[entry.about]):
            last[entry.about] = entry
    return {case: _stood(entry) for case, entry in last.items()}


def _stood(entry: Entry) -> Stood:
    choice = Choice(str(entry.content["choice"])) if entry.act == _DECIDE else None
    return Stood(choice, _number(entry), entry.when)


def _last(book: Book, case_id: str) -> Entry | None:
    """Return the last line of the journal that decides on a case or takes that back."""
    return max(book.entries_of([case_id], (_DECIDE, _TAKE_BACK)), key=_number, default=None)


def _note(book: Book, act: str, case: str, content: Mapping[str, object], now: datetime) -> int:
    """Write a line into the journal, numbered: two words may fall into one second, or the clock go back."""
    last = _last(book, case)
    number = _number(last) + 1 if last else 1
    book.note(act, about=case, content={**content, "number": number}, now=now)
    return number


def _number(entry: Entry) -> int:
    number = entry.content.get("number")
    return number if isinstance(number, int) else 0


def _lesson(
    book: Book, doorman: Doorman, kept: KeptCase, choice: Choice, now: datetime, *, reads_on: bool
) -> str:
    """Learn what a word says of the letter; return the id of the lesson, or nothing.

    Whoever lets a letter with a good reason lie has other reasons: that teaches nothing.
    """
    says = _TEACH.get(choice)
    if choice is Choice.LAPSED and kept.case.reading.verdict is not Verdict.REASON:
        says = Verdict.HOLLOW
    if says is None:
        return ""
    learned = teach_verdict(book, doorman, kept.id, says, now=now, reads_on=reads_on)
    return learned.lesson.id if learned.is_new else ""
