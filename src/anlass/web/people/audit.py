"""The pages of the audit: what a list of contacts rests on, and marks for what to do with it.

Nothing is kept, changed or deleted: the result lies in memory until the owner puts it away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anlass.desk.audit.auditing import Audited
from anlass.desk.audit.table import as_csv, as_svg
from anlass.desk.audit.voice import contact_says, group_name, sums_say
from anlass.desk.people.voice_of_ledger import place_says
from anlass.desk.voice.common import Lang, set_aside_says
from anlass.ledger.bonds import EVIDENT, Bond
from anlass.people import AddressKind
from anlass.web.frame.audit_table import Lying, Mark
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of, paged
from anlass.web.people.audit_choice import choice, take

if TYPE_CHECKING:
    from django.http import HttpRequest

_PAGE = 50
"""Contacts on one page."""
_ASIDE = 20
"""Entries that could not be read and are named."""
_LABELS = {"keep": Mark.KEEP, "later": Mark.LATER}


@dataclass(frozen=True, slots=True)
class Bar:
    """One group as a row of the picture: how long its bar is in percent, and how it is drawn."""

    bond: Bond
    name: str
    look: str
    share: str
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """One contact in the table: its number in the list, and what is said of it.

    `search` finds in the register who is meant, "" where nobody can be.
    """

    number: int
    contact: Audited
    says: str
    place: str
    mark: str
    search: str


@require_http_methods(["GET", "HEAD", "POST"])
def audit(request: HttpRequest) -> HttpResponse:
    """Show the list that lies on the table, or ask for one; take one that is handed over."""
    if request.method == "POST":
        return take(request)
    book_of(request)
    lying = house_of(request).audit_table.lying
    if lying is None:
        return render(request, "anlass/audit_choice.html", choice(request))
    return render(request, "anlass/audit.html", _shown(request, lying, lang_of()))


@require_POST
def mark(request: HttpRequest) -> HttpResponse:
    """Note beside contacts that they are kept, or are to be looked at later."""
    table, given = house_of(request).audit_table, request.POST
    lying, number = table.lying, given.get("list", "")
    if lying is not None and number.isdigit():
        view = _View.of(given.get("group", ""))
        chosen = _numbers(given.getlist("contact"))
        every = [n for n, _one in view.of_list(lying)] if given.get("all") else []
        table.mark(int(number), every or chosen, _LABELS.get(given.get("do", "")))
    page = given.get("page", "1")
    query = f"?group={_View.of(given.get('group', '')).name}&page={page if page.isdigit() else 1}"
    return HttpResponseRedirect(reverse("audit") + query + "#contacts")


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Hand the table over as a file, with the marks."""
    lying = _lying(request)
    text = as_csv(lying.audit, lang_of(), {n: one.value for n, one in lying.marks.items()})
    return _file(text.encode("utf-8-sig"), "text/csv; charset=utf-8", "contacts.csv")


@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """Hand the picture over as a file."""
    return _file(as_svg(_lying(request).audit, lang_of()).encode(), "image/svg+xml", "contacts.svg")


@require_POST
def put_away(request: HttpRequest) -> HttpResponse:
    """Put the list away."""
    house_of(request).audit_table.clear()
    return HttpResponseRedirect(reverse("audit"))


@dataclass(frozen=True, slots=True)
class _View:
    """Which contacts are shown: all, one group, or those with one mark."""

    name: str = ""
    bond: Bond | None = None
    mark: Mark | None = None

    @classmethod
    def of(cls, name: str) -> _View:
        """Return the view of this name; of an unknown one, all."""
        if name in set(Bond):
            return cls(name, bond=Bond(name))
        return cls(name, mark=_LABELS[name]) if name in _LABELS else cls()

    def of_list(self, lying: Lying) -> list[tuple[int, Audited]]:
        """Return the contacts in view with their numbers."""
        told = enumerate(lying.audit.contacts)
        if self.bond is not None:
            return [(number, one) for number, one in told if one.bond is self.bond]
        return [(n, one) for n, one in told if self.mark is None or lying.marks.get(n) is self.mark]


def _shown(request: HttpRequest, lying: Lying, lang: Lang) -> dict[str, object]:
    """What the page of a list needs."""
    view = _View.of(request.GET.get("group", ""))
    found = view.of_list(lying)
    shown, page, pages = paged(request, found, _PAGE)
    asides = lying.audit.set_aside
    return {
        "lying": lying,
        "sums": sums_say(lying.audit, lang),
        "bars": tuple(_bars(lying, lang)),
        "view": view.name,
        "view_says": group_name(view.bond, lang) if view.bond else "",
        "rows": [_row(number, one, lying, lang) for number, one in shown],
        "count": len(found),
        "kept": sum(one is Mark.KEEP for one in lying.marks.values()),
        "later": sum(one is Mark.LATER for one in lying.marks.values()),
        "page": page,
        "pages": pages,
        "query": urlencode({"group": view.name}) + "&",
        "asides": [(one.origin.offset, set_aside_says(one, lang)) for one in asides[:_ASIDE]],
        "more_asides": max(0, len(asides) - _ASIDE),
    }


def _bars(lying: Lying, lang: Lang) -> Iterable[Bar]:
    everybody = max(1, len(lying.audit.contacts))
    for bond in Bond:
        count = lying.audit.count(bond)
        look = "evident" if bond in EVIDENT else "perhaps" if bond is Bond.PERHAPS else "rest"
        yield Bar(bond, group_name(bond, lang), look, f"{100 * count / everybody:.1f}%", count)


def _row(number: int, one: Audited, lying: Lying, lang: Lang) -> Row:
    mark = lying.marks.get(number)
    place = place_says(one.contact.places[0], lang) if one.contact.places else ""
    return Row(number, one, contact_says(one, lang), place, mark.name.lower() if mark else "", _search(one))


def _search(one: Audited) -> str:
    """Return what finds a contact in the register: an address, of a perhaps the name."""
    if one.bond is Bond.NOTHING:
        return ""
    mails = (each.value for each in one.contact.addresses if each.kind is AddressKind.MAIL)
    return one.contact.name if one.bond is Bond.PERHAPS else next(mails, one.contact.name)


def _lying(request: HttpRequest) -> Lying:
    lying = house_of(request).audit_table.lying
    if lying is None:
        raise Http404
    return lying


def _numbers(given: Iterable[str]) -> list[int]:
    return [int(one) for one in given if one.isascii() and one.isdigit() and len(one) < 9]


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
