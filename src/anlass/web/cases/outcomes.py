"""What came of the requests that were answered: the sums, the cases behind them, and the owner's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from anlass.desk.cards.vouchers import vouchers_say
from anlass.desk.cases.outcomes import outcome_sheet, say_outcome
from anlass.desk.cases.voice_of_outcomes import CAME
from anlass.desk.time.digest_mail import is_on, switch
from anlass.errors import NotFound, Refused
from anlass.ledger.outcome import CameOf
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def outcomes(request: HttpRequest, came: str = "") -> HttpResponse:
    """Show what came of the requests, all or those of one outcome."""
    if came and came not in set(CameOf):
        raise Http404
    now, lang = house_of(request).now(), lang_of()
    sheet = outcome_sheet(book_of(request), CameOf(came) if came else None, now=now, lang=lang)
    names = CAME[lang]
    context = {
        "sums": [(one.value, names[one], count) for one, count in sheet.sums.counts],
        "most": max((count for _, count in sheet.sums.counts), default=0),
        "unsaid": sheet.sums.unsaid,
        "said": sheet.sums.said,
        "only": names[CameOf(came)] if came else "",
        "cases": [(one.line, one.came.value if one.came else "", names[one.came]) for one in sheet.cases],
        "older": sheet.older,
        "choices": _choices(),
        "can_mail": house_of(request).writer is not None,
        "is_mailed": is_on(book_of(request)),
    }
    return render(request, "anlass/outcomes.html", context)


@require_POST
def say(request: HttpRequest, case_id: str) -> HttpResponse:
    """Hear what came of a case; an empty word takes it back."""
    came = request.POST.get("came", "")
    if came and came not in set(CameOf):
        raise Http404
    book, house = book_of(request), house_of(request)
    try:
        say_outcome(book, case_id, CameOf(came) if came else None, now=house.now(), lang=lang_of())
    except NotFound as missing:
        raise Http404 from missing
    is_list = request.POST.get("back") == "outcomes"
    return HttpResponseRedirect(reverse("outcomes") if is_list else reverse("case", args=[case_id]) + "#came")


@require_POST
def digest_mail(request: HttpRequest) -> HttpResponse:
    """Let the month's letter go to the owner by mail, or keep it at home."""
    house = house_of(request)
    if house.writer is None:
        raise Http404
    try:
        switch(book_of(request), house.writer, is_on=request.POST.get("mail") == "on", now=house.now())
    except Refused as refused:
        raise Http404 from refused
    return HttpResponseRedirect(reverse("outcomes") + "#letter")


def came_of(request: HttpRequest, case_id: str) -> dict[str, object]:
    """Return what the page of a case shows of its outcome and of vouchers; nothing where pages only show."""
    house, lang = house_of(request), lang_of()
    if house.classroom is None:
        return {}
    book, now = house.classroom.book, house.now()
    kept = book.case(case_id)
    came = book.outcomes.of(kept.id)
    is_over = kept.answered_at is not None or came is not None
    return {
        "voucher_says": vouchers_say(book, kept.id, now=now, lang=lang),
        "can_say_came": is_over,
        "came": came.value if came else "",
        "came_says": CAME[lang][came],
        "came_choices": _choices(),
    }


def _choices() -> list[tuple[str, str]]:
    return [(one.value, CAME[lang_of()][one]) for one in CameOf]
