"""The page of one case: the letter with what it does, what is shared, the answer, and the owner's word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anlass.desk.cases import inbox as desk
from anlass.desk.cases.waiting import Standing, standing_of
from anlass.desk.decisions.answers import answer_to, is_own
from anlass.desk.decisions.deciding import CHOICES
from anlass.errors import NotFound
from anlass.web.cards.grants import unlocking
from anlass.web.cases.decisions import acted_here, buttons
from anlass.web.cases.knocks import knock_here
from anlass.web.cases.letter import set_letter
from anlass.web.cases.opinion import opinion_here
from anlass.web.cases.outbox import letters_here
from anlass.web.cases.outcomes import came_of
from anlass.web.cases.teaching import lesson
from anlass.web.cases.timeline import timeline
from anlass.web.door.desk import files_here
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.gate.entrance import is_the_owner
from anlass.web.gate.private import privacy
from anlass.web.people.blocking import block_here

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from anlass.desk.cases.inbox import Sheet

_LONGEST_TABLE = 100
"""Encounters in the table behind the timeline; the newest are shown."""


@require_safe
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show one case: the letter, what it answers, what is shared, the draft, the reason."""
    house = house_of(request)
    now, lang = house.now(), lang_of()
    try:
        sheet = desk.sheet(house.book, case_id, now=now, lang=lang)
    except NotFound as missing:
        raise Http404 from missing
    sheet, word = _word_on(request, sheet)
    context = {
        "sheet": sheet,
        "written": sheet.lang if sheet.lang.isalpha() and sheet.lang != "und" else "",
        "letter": set_letter(sheet.subject, sheet.text, sheet.findings),
        "timeline": timeline(sheet.shared, now=now, lang=lang),
        "newest": sheet.shared[: -_LONGEST_TABLE - 1 : -1],
        "has_person": house.classroom is not None,
        "older": max(0, len(sheet.shared) - _LONGEST_TABLE),
        **acted_here(request),
        **word,
        **unlocking(request, case_id),
        **came_of(request, case_id),
        **({} if is_the_owner(request) else {"can_say_came": False}),
        **lesson(request, sheet),
        **opinion_here(request, case_id),
        **letters_here(request, case_id),
        **files_here(request, case_id),
        **knock_here(request, case_id),
        **block_here(request, case_id),
        **privacy(request, case=case_id),
    }
    return render(request, "anlass/case.html", context)


def _word_on(request: HttpRequest, sheet: Sheet) -> tuple[Sheet, dict[str, object]]:
    """Return a case with the letter that fits the owner's word, and what is needed to say one."""
    house = house_of(request)
    if house.classroom is None:
        return sheet, {"standing": Standing()}
    book, templates = house.classroom.book, house.classroom.wits().templates
    kept = book.case(sheet.line.id)
    if not sheet.answered:
        sheet = replace(sheet, draft=answer_to(book, templates, kept).draft)
    newer, older = book.inbox.beside(kept)
    return sheet, {
        "is_own_words": is_own(book, templates, kept),
        "standing": standing_of(book, kept, now=house.now(), lang=lang_of()),
        "can_decide": True,
        "buttons": buttons(sheet.decision.action),
        "suggested": sheet.decision.action in CHOICES,
        "case_before": newer,
        "case_after": older,
    }
