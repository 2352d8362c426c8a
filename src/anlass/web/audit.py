"""The pages of the audit: choose a list of contacts, see what it rests on, mark what to do with it.

Nothing is kept, changed or deleted: an uploaded file is read from a folder that is gone when it was read,
and the result lies in memory until the owner puts it away.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anlass.desk.audit_table import as_csv, as_svg
from anlass.desk.auditing import Audited
from anlass.desk.auditing import audit as audit_contacts
from anlass.desk.contact_lists import known_lists
from anlass.desk.voice import Lang, set_aside_says
from anlass.desk.voice_of_audit import contact_says, group_name, sums_say
from anlass.desk.voice_of_ledger import place_says
from anlass.errors import EdgeError, NotFound
from anlass.ledger.bonds import EVIDENT, Bond
from anlass.people import AddressKind
from anlass.web.audit_table import Lying, Mark
from anlass.web.house import house_of
from anlass.web.memory import book_of, page_of
from anlass.web.teaching import lang_of
from anlass.web.uploads import MOST, TOO_LARGE

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

_PAGE = 50
"""Contacts on one page."""
_ASIDE = 20
"""Entries that could not be read and are named."""
_LABELS = {"keep": Mark.KEEP, "later": Mark.LATER}
_REFUSED = "refused"


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
        return _taken(request)
    book, lying = book_of(request), house_of(request).audit_table.lying
    if lying is not None:
        return render(request, "anlass/audit.html", _shown(request, lying, lang_of()))
    offered = (*house_of(request).lists, *known_lists(book))
    context = {
        "lists": [(_id(path), _name(path)) for path in dict.fromkeys(offered)],
        "megabytes": MOST // 2**20,
        "refused": request.session.pop(_REFUSED, ""),
        "is_empty": not (book.has_letters() or offered),
    }
    return render(request, "anlass/audit_choice.html", context)


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


def _taken(request: HttpRequest) -> HttpResponse:
    """Audit the list that was handed over or chosen, and lay it on the table."""
    book_of(request)
    refused = ""
    if file := request.FILES.get("file"):
        refused = _uploaded(request, file)
    elif path := _chosen(request):
        refused = _audited(request, path, _name(path))
    elif request.META.get(TOO_LARGE):
        refused = _("The file is larger than a list of contacts ever is. Nothing of it was kept.")
    else:
        refused = _("Choose a file first.")
    if refused:
        request.session[_REFUSED] = refused
    return HttpResponseRedirect(reverse("audit"))


def _uploaded(request: HttpRequest, file: UploadedFile[bytes]) -> str:
    """Audit an uploaded file from a folder of its own, which is gone afterwards."""
    name = get_valid_filename(Path(file.name or "").name.lstrip(".") or "list")[-80:]
    with TemporaryDirectory(prefix="anlass-audit-") as folder:
        path = Path(folder) / name
        with path.open("wb") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
        return _audited(request, path, name)


def _audited(request: HttpRequest, path: Path, name: str) -> str:
    """Audit a list; say why where that cannot be done, else ""."""
    house = house_of(request)
    region = house.settings.owner.country if house.settings else ""
    try:
        found = audit_contacts(book_of(request), [path], now=house.now(), region=region)
    except NotFound:
        return _(
            "There is no list of contacts in this file. Take Connections.csv or the archive of LinkedIn, "
            "contacts of XING, or an address book (.vcf)."
        )
    except EdgeError:
        return _("The ledger is being written to just now. Try again in a moment.")
    house.audit_table.lay(name, found)
    return ""


def _chosen(request: HttpRequest) -> Path | None:
    """Return the known list that a form names by its id; no form can name any other file."""
    offered = (*house_of(request).lists, *known_lists(book_of(request)))
    return next((path for path in offered if _id(path) == request.POST.get("known")), None)


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
    pages = max(1, -(-len(found) // _PAGE))
    page = min(page_of(request), pages) or 1
    shown = found[(page - 1) * _PAGE : page * _PAGE]
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


def _id(path: Path) -> str:
    """Return what stands for a path in a form; a path may be no text."""
    return blake2b(os.fsencode(path), digest_size=10).hexdigest()


def _name(path: Path) -> str:
    """Name a list by the file and the folder it lies in."""
    return os.fsencode(Path(*path.parts[-2:])).decode(errors="replace")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
