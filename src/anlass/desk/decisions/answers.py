"""The answer to a case as it stands: what the owner decided, the letter that fits, the owner's own words.

Pages, mail programs and the outbox ask here, so all of them show and send the same letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from anlass.case import Case
from anlass.desk.decisions.deciding import Choice, holding, stood_on_all
from anlass.errors import Refused
from anlass.replies import Draft, Register, Templates, compose, discreet
from anlass.replies.draft import OutwardText
from anlass.store.book import Book
from anlass.store.cases.kept import CaseState, KeptCase
from anlass.store.cases.wordings import Wording, wording_id


def answer_to(book: Book, templates: Templates, kept: KeptCase) -> Case:
    """Return a case with the action that the owner chose, and with the letter that is to go.

    Where the owner said nothing, it is the house's while the case waits, and none afterwards.
    """
    return next(iter(answers_to(book, templates, [kept])))


def answers_to(book: Book, templates: Templates, cases: Sequence[KeptCase]) -> tuple[Case, ...]:
    """Return the same for many cases, in their order."""
    ids = [kept.id for kept in cases]
    stood, own = stood_on_all(book, ids), book.wordings.about(ids)
    fitting = ((kept, _fitting(templates, kept, holding(kept, stood.get(kept.id)))) for kept in cases)
    return tuple(
        _in_own_words(case, own.get(wording_id(kept.id, letter_sort(case)))) for kept, case in fitting
    )


def _fitting(templates: Templates, kept: KeptCase, choice: Choice | None) -> Case:
    """Return a case with the action that the owner chose and the house's letter for it."""
    case = kept.case
    if choice is not None and choice.action is not case.decision.action:
        case = replace(case, decision=replace(case.decision, action=choice.action), draft=None)
        case = replace(case, draft=_composed(templates, case))
    elif choice is None and kept.state is not CaseState.WAITING:
        case = replace(case, draft=None)
    return case


def _in_own_words(case: Case, wording: Wording | None) -> Case:
    return replace(case, draft=_worded(case, wording)) if wording else case


def reword(
    book: Book, templates: Templates, case_id: str, wording: Wording | None, *, now: datetime
) -> Wording | None:
    """Keep the owner's words for the letter to a case, or go back to the house's; return those before.

    Raises `NotFound`. The words are the owner's: nothing checks what they tell.
    """
    kept = book.case(case_id)
    what = letter_sort(answer_to(book, templates, kept))
    before = book.wordings.of(kept.id, what)
    if wording == before:
        return before
    with book.together():
        if wording is None:
            book.wordings.forget(kept.id, what)
        else:
            book.wordings.keep(kept.id, what, wording, now=now)
        told = {"what": what, "before": _told(before), "after": _told(wording)}
        book.note("reword", about=kept.id, content=told, now=now)
    return before


def is_own(book: Book, templates: Templates, kept: KeptCase) -> bool:
    """Tell whether the letter to a case is in the owner's own words."""
    return book.wordings.of(kept.id, letter_sort(answer_to(book, templates, kept))) is not None


def letter_sort(case: Case) -> str:
    """Return what the letter to a case is: words that were written for one are none for another."""
    return f"{case.decision.action.value}{' again' if case.second else ''}"


def put_back(book: Book, case_id: str, what: str, told: object, *, now: datetime) -> None:
    """Put words back that `reword` wrote into the journal, or none."""
    if isinstance(told, dict):
        wording = Wording(str(told.get("text", "")), str(told.get("subject", "")))
        book.wordings.keep(case_id, what, wording, now=now)
    else:
        book.wordings.forget(case_id, what)


def _composed(templates: Templates, case: Case) -> Draft | None:
    """Return the house's letter for an action; where it would tell too much there is none."""
    draft = compose(
        templates,
        case.decision,
        request=case.request,
        reading=case.reading,
        tie=case.tie,
        second=case.second,
    )
    try:
        return discreet(draft)
    except Refused:
        return None


def _worded(case: Case, wording: Wording) -> Draft:
    """Return the letter in the owner's words, outward as any other."""
    house = case.draft or Draft(case.reading.lang, Register(""), OutwardText(""))
    subject = OutwardText(wording.subject) if wording.subject else house.subject
    return replace(house, text=OutwardText(wording.text), subject=subject)


def _told(wording: Wording | None) -> object:
    return {"text": wording.text, "subject": wording.subject} if wording else None
