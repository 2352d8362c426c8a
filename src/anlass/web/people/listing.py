"""The pages of all persons: the register, and who may be one person under two names."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from anlass.desk.people.persons import people_of, say_apart, say_same, unsay
from anlass.desk.people.persons import proposals as who_may_be_one
from anlass.desk.people.register import Order
from anlass.desk.people.register import register as register_of
from anlass.desk.people.voice_of_persons import proposal_says, word_says
from anlass.desk.voice.common import day_and_month
from anlass.people.word import WordKind
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import act, asked_name, back_of, book_of, page_of, paged, told
from anlass.web.people.blocking import freeing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from anlass.desk.voice.common import Lang
    from anlass.store.book import Book

_PAIRS = 20
"""Pairs on one page."""
_SAID = 100
"""Words of the owner that are shown, the last ones."""


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Show one page of the register, sorted and searched as the address says."""
    asked = request.GET.get("by", "")
    order = Order(asked) if asked in set(Order) else Order.TIE
    search = asked_name(request.GET.get("q"))
    shown = register_of(
        book_of(request), now=house_of(request).now(), lang=lang_of(), order=order, search=search,
        page=page_of(request),
    )  # fmt: skip
    query = urlencode({"by": order.value} | ({"q": search} if search else {})) + "&"
    orders = [(one.value, one is order) for one in Order]
    context = {"register": shown, "orders": orders, "query": query, **told(request)}
    return render(request, "anlass/people.html", context)


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Show who may be one person under two names, with what speaks for it."""
    book, lang = book_of(request), lang_of()
    found = who_may_be_one(book)
    shown, page, pages = paged(request, found, _PAIRS)
    context = {
        "pairs": [(one.one, one.other, proposal_says(one, lang)) for one in shown],
        "page": page,
        "pages": pages,
        "said": tuple(_said(book, house_of(request).now(), lang)),
        **told(request),
    }
    return render(request, "anlass/proposals.html", context)


def _said(book: Book, now: datetime, lang: Lang) -> Iterator[tuple[str, str, str]]:
    """Yield what the owner said of who is who, the last first: its id, the words, the day."""
    words = [word for word in book.persons.words() if word.kind in {WordKind.SAME, WordKind.APART}]
    for word in words[: -_SAID - 1 : -1]:
        yield word.id, word_says(word, people_of(book, word), lang), day_and_month(word.said_at, now, lang)


@require_POST
def same_or_apart(request: HttpRequest) -> HttpResponse:
    """Hear that two persons are one, or that they are two."""
    one, other = asked_name(request.POST.get("one")), asked_name(request.POST.get("other"))
    book, now, lang = book_of(request), house_of(request).now(), lang_of()
    back = back_of(request, reverse("proposals"))
    if not (one and other):
        raise Http404
    if request.POST.get("are") == "apart":
        apart = partial(say_apart, book, one, [other], now=now, lang=lang)
        return act(request, back, lambda: freeing(request, apart))
    return act(request, back, lambda: say_same(book, one, other, now=now, lang=lang))


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take a word on persons back."""
    word, now = request.POST.get("word", ""), house_of(request).now()
    book, lang = book_of(request), lang_of()
    back = back_of(request, reverse("people"))
    unsaid = partial(unsay, book, word, now=now, lang=lang)
    return act(request, back, lambda: freeing(request, unsaid), undone=True)
