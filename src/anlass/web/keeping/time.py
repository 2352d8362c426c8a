"""The pages of the time ledger: its numbers, its pictures, and the cases behind each number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from anlass.desk.time.ledger import LONGEST, Behind, behind, give, take_back, time_sheet
from anlass.desk.time.voice import (
    amount_says,
    brief_says,
    duration_says,
    month_says,
    number_says,
    remark_says,
    since_says,
    time_words,
)
from anlass.errors import NotFound, UserError
from anlass.ledger.time import Number, month_named
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of
from anlass.web.keeping.bars import bars

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from anlass.desk.voice.common import Lang

_COLUMNS = (Number.REQUESTS, Number.ASKED, Number.GIVEN, Number.SPARED)


@require_safe
def time_page(request: HttpRequest) -> HttpResponse:
    """Show the time ledger: sums with what they mean, pictures, and a table in which every number opens."""
    lang, words = lang_of(), time_words(lang_of())
    sheet = time_sheet(book_of(request), now=house_of(request).now())
    numbers = [
        (
            one,
            amount_says(one, sheet.all.of(one), lang),
            number_says(one, sheet.all.of(one), lang),
            remark_says(one, sheet.all, lang),
        )
        for one in Number
    ]
    rows = [
        (month, month_says(month, lang), [_cell(one, of.of(one), lang) for one in _COLUMNS])
        for month, of in reversed(sheet.months)
        if of.of(Number.REQUESTS)
    ]
    pictures = [
        (name, bars(sheet.months, shown, lang), words.picture if name == "minutes" else words.pieces)
        for name, shown in (("minutes", (Number.ASKED, Number.GIVEN)), ("pieces", (Number.REQUESTS,)))
        if sheet.months
    ]
    context = {
        "words": words,
        "since": since_says(sheet, lang),
        "numbers": numbers,
        "pictures": [
            (name, drawn, title, str(drawn.most) if name == "pieces" else duration_says(drawn.most, lang))
            for name, drawn, title in pictures
        ],
        "columns": [words.numbers[one] for one in _COLUMNS],
        "rows": rows,
    }
    return render(request, "anlass/time.html", context)


def _cell(number: Number, amount: int, lang: Lang) -> tuple[Number, str, int]:
    return number, brief_says(number, amount, lang), amount


@require_safe
def time_behind(request: HttpRequest, number: str, month: str = "") -> HttpResponse:
    """Show the cases behind one number, of a month or of all."""
    named = month_named(month) if month else None
    if number not in set(Number) or (month and named is None):
        raise Http404
    lang, words = lang_of(), time_words(lang_of())
    found = behind(book_of(request), Number(number), named, now=house_of(request).now(), lang=lang)
    context = {
        "title": words.behind[found.number],
        "words": words,
        "number": found.number,
        "named": named or "",
        "month": month_says(named, lang) if named else "",
        "longest": LONGEST,
        "total": amount_says(found.number, found.total, lang),
        "cases": _cases(found, lang),
        "older": words.older.format(n=found.older) if found.older else "",
    }
    return render(request, "anlass/time_behind.html", context)


@require_POST
def time_given(request: HttpRequest, case_id: str) -> HttpResponse:
    """Write down what the owner gave to a case, or take it back where the field is empty."""
    book, now, lang = book_of(request), house_of(request).now(), lang_of()
    said, number = request.POST.get("minutes", "").strip(), request.POST.get("number", "")
    month = month_named(request.POST.get("month", ""))
    if number not in set(Number) or not (said == "" or (said.isascii() and said.isdigit() and len(said) < 6)):
        raise Http404
    try:
        if said:
            give(book, case_id, int(said), now=now, lang=lang)
        else:
            take_back(book, case_id, now=now, lang=lang)
    except (NotFound, UserError) as wrong:
        raise Http404 from wrong
    page = (
        reverse("time-behind-month", args=[number, month]) if month else reverse("time-behind", args=[number])
    )
    return HttpResponseRedirect(page)


def _cases(found: Behind, lang: Lang) -> list[tuple[object, str, object]]:
    """Return each case with what is asked and given, in words, and the minutes given."""
    words = time_words(lang)
    said: list[tuple[object, str, object]] = []
    for line, asked in found.cases:
        asks = (
            words.silent
            if asked.minutes is None
            else words.asks.format(time=duration_says(asked.minutes, lang))
        )
        gave = "" if asked.given is None else ", " + words.gave.format(time=duration_says(asked.given, lang))
        said.append((line, asks + gave, "" if asked.given is None else asked.given))
    return said
