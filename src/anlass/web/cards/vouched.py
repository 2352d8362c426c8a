"""The owner's page of those they vouch for, and the acts on one person: vouch, ask, give a voucher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anlass.desk.cards.own import cards_of
from anlass.desk.cards.voice_of_vouching import given_says, vouched_says
from anlass.desk.cards.vouchers import give_voucher, revoke_voucher
from anlass.desk.cards.vouching import names_path, note_asked, public_list, take_back, vouch, vouched_person
from anlass.desk.cards.vouching import vouched as everybody
from anlass.desk.outgoing.consent import consent_letter, release_consent
from anlass.desk.outgoing.outbox import Writer
from anlass.errors import UserError
from anlass.web.frame.days import day_of
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of, person_in
from anlass.web.frame.refusals import why
from anlass.web.frame.telling import done, told
from anlass.web.gate.entrance import inside_of, is_the_owner

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from anlass.desk.outgoing.consent import ConsentLetter
    from anlass.people import Person
    from anlass.store.book import Book
    from anlass.store.cards.vouching import GivenVoucher

_LONGEST = 320
_NOBODY = Writer("", "")


@require_safe
def vouched(request: HttpRequest) -> HttpResponse:
    """Show everybody the owner vouches for, and the public list as strangers see it now."""
    book, now, lang = book_of(request), house_of(request).now(), lang_of()
    own = cards_of(book)
    context = {
        "vouched": [(one, vouched_says(one, now, lang)) for one in everybody(book, at=now)],
        "names": public_list(book, at=now),
        "public": f"{own.address}{names_path(book, on_server=inside_of(request) is not None)}"
        if own and own.address
        else "",
        "just_done": told(request),
    }
    return render(request, "anlass/vouched.html", context)


@require_POST
def say(request: HttpRequest, person_id: str) -> HttpResponse:
    """Hear that the owner vouches for a person, or not any more."""
    book, now = book_of(request), house_of(request).now()
    why = " ".join(request.POST.get("why", "").split())[:_LONGEST]

    def act() -> str:
        if request.POST.get("vouch") == "no":
            name = take_back(book, person_id, why=why, now=now).person.name
            return _("You do not vouch for %(name)s any more.") % {"name": name}
        return vouched_says(vouch(book, person_id, why=why, now=now), now, lang_of())

    return done(request, _vouching_of(person_id), act)


@require_POST
def consent(request: HttpRequest, person_id: str) -> HttpResponse:
    """Let the letter go that asks a person to be named, or make the link to hand over."""
    book, house, now = book_of(request), house_of(request), house_of(request).now()

    def act() -> str:
        one = vouched_person(book, person_in(book, person_id), at=now)
        if request.POST.get("ask") == "by-hand":
            note_asked(book, one.person, now=now)
            return _("Hand this link over: %(link)s") % {"link": one.link}
        letter = _letter(request, book, person_id)
        writer = house.writer or _NOBODY
        release_consent(book, writer, letter, text=request.POST.get("text", ""), now=now)
        return _("The letter leaves in two minutes. Until then it lies in the outbox.")

    return done(request, _vouching_of(person_id), act)


@require_POST
def voucher(request: HttpRequest, person_id: str) -> HttpResponse:
    """Sign a voucher for a person, or take one back."""
    book, now = book_of(request), house_of(request).now()

    def act() -> str:
        if back := request.POST.get("revoke", ""):
            return given_says(revoke_voucher(book, back, now=now), now, lang_of())
        until = day_of(request.POST.get("until", ""), now)
        given = give_voucher(book, person_id, address=request.POST.get("address", ""), until=until, now=now)
        return given.text

    return done(request, _vouching_of(person_id), act)


def vouching_beside(request: HttpRequest, book: Book, somebody: Person) -> dict[str, object]:
    """Return what the page of a person shows of vouching; it is the owner's alone."""
    if not is_the_owner(request):
        return {}
    now, lang = house_of(request).now(), lang_of()
    one = vouched_person(book, somebody, at=now)
    if one.word is None:
        return {}
    given = book.vouching.given(somebody.id)
    vouchers = [(each, given_says(each, now, lang), _is_live(each, now)) for each in given]
    context: dict[str, object] = {
        "vouched": one,
        "vouched_says": vouched_says(one, now, lang),
        "vouchers": vouchers,
        "voucher_addresses": [each.value for each in somebody.addresses if each.kind.value == "mail"],
    }
    try:
        letter = _letter(request, book, somebody.id)
    except UserError as refused:
        return {**context, "no_consent_letter": why(refused)}
    return {**context, "consent_letter": letter, "consent_form": request.GET.get("form", lang)}


def _letter(request: HttpRequest, book: Book, person_id: str) -> ConsentLetter:
    """Return the letter in the language and the manner that were asked for."""
    house = house_of(request)
    form = request.POST.get("form") or request.GET.get("form") or lang_of()
    return consent_letter(
        book,
        house.writer or _NOBODY,
        person_id,
        lang="en" if form == "en" else "de",
        is_familiar=form == "du",
        now=house.now(),
    )


def _is_live(voucher: GivenVoucher, now: datetime) -> bool:
    return voucher.revoked_at is None and voucher.until > now


def _vouching_of(person_id: str) -> str:
    return reverse("person", args=[person_id]) + "#vouching"
