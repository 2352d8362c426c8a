"""What the owner keeps to herself: the button on a case and on a person, where others may help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from anlass.desk.house.keys import is_private, keep_private, share_again
from anlass.store.gate.keys import Role
from anlass.web.frame.house import house_of
from anlass.web.frame.memory import book_of
from anlass.web.gate.entrance import inside_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def privacy(request: HttpRequest, *, case: str = "", person: str = "") -> dict[str, object]:
    """Return what `private.html` shows: nothing but to the owner, and where nobody else may enter anyway."""
    here = inside_of(request)
    if here is None or here.role is not Role.OWNER:
        return {}
    name = "case-private" if case else "person-private"
    kept = is_private(book_of(request), case, person)
    return {"privacy": {"address": reverse(name, args=[case or person]), "is_private": kept}}


@require_POST
def private_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Keep a case to the owner, or no more."""
    return _said(request, reverse("case", args=[case_id]), case=case_id)


@require_POST
def private_person(request: HttpRequest, person_id: str) -> HttpResponse:
    """Keep a person to the owner, or no more."""
    return _said(request, reverse("person", args=[person_id]), person=person_id)


def _said(request: HttpRequest, back: str, case: str = "", person: str = "") -> HttpResponse:
    act = share_again if request.POST.get("private") == "no" else keep_private
    act(book_of(request), case, person, now=house_of(request).now())
    return HttpResponseRedirect(back)
