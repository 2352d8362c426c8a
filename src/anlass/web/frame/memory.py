"""What the pages on persons share: the owner's memory, the page that was asked for, and what was just done.

An act is told once, on the page that follows it, with the button that takes it back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.http import Http404, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import Truncator

from anlass.desk.people.voice_of_persons import word_says
from anlass.errors import NotFound, Refused
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.refusals import why

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from anlass.bootstrap import Home
    from anlass.desk.people.persons import Said
    from anlass.people import Person
    from anlass.store.book import Book

_TOLD = "said"
"""Where the session keeps what the next page tells."""
_LONGEST = 600
"""Characters of what is told; all of it travels in a cookie."""
LONGEST_NAME = 320
"""Characters of a name or an address that is asked for; an address has no more."""


def book_of(request: HttpRequest) -> Book:
    """Return the memory behind the pages; where they only show cases, nobody is here."""
    classroom = house_of(request).classroom
    if classroom is None:
        raise Http404
    return classroom.book


def home_of(request: HttpRequest) -> Home:
    """Return the home behind the pages, with its rules; a house that only shows has none."""
    home = house_of(request).home
    if home is None:
        raise Http404
    return home


def person_in(book: Book, person_id: str) -> Person:
    """Return the person that an address names; nobody is here under another."""
    found = book.person(person_id)
    if found is None:
        raise Http404
    return found


def page_of(request: HttpRequest) -> int:
    """Return the number of the page that was asked for; what is no number is the first."""
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1


class Paged(NamedTuple):
    """One page of a list: what lies on it, its number, and how many there are."""

    shown: Sequence[Any]
    page: int
    pages: int


def paged(request: HttpRequest, found: Sequence[Any], most: int) -> Paged:
    """Return the page of a list that was asked for, `most` on each; beyond the last is the last."""
    pages = max(1, -(-len(found) // most))
    page = max(1, min(page_of(request), pages))
    return Paged(found[(page - 1) * most : page * most], page, pages)


def asked_name(text: str | None) -> str:
    """Return what was typed for a name or an address."""
    return " ".join((text or "").split())[:LONGEST_NAME]


def act(request: HttpRequest, back: str, what: Callable[[], Said], *, undone: bool = False) -> HttpResponse:
    """Do it, remember what to tell, and go back to the page at `back`."""
    try:
        said = what()
    except (NotFound, Refused) as refused:
        request.session[_TOLD] = {"refused": why(refused)}
        return HttpResponseRedirect(back)
    says = Truncator(word_says(said.word, said.people, lang_of())).chars(_LONGEST)
    request.session[_TOLD] = {"says": says, "word": "" if undone else said.word.id, "undone": undone}
    return HttpResponseRedirect(back)


def tell(request: HttpRequest, says: str) -> None:
    """Remember one sentence for the next page, of something that cannot be taken back."""
    request.session[_TOLD] = {"says": Truncator(says).chars(_LONGEST), "word": "", "undone": False}


def told(request: HttpRequest) -> dict[str, object]:
    """What was just done, for the template `told.html`; `back` is where its button returns to."""
    found = cast("object", request.session.pop(_TOLD, None))
    return {"told": found if isinstance(found, dict) else None, "back": request.get_full_path()}


def back_of(request: HttpRequest, otherwise: str) -> str:
    """Return the page of this house that a form names to go back to."""
    named = request.POST.get("back", "")
    is_ours = named.startswith("/") and url_has_allowed_host_and_scheme(named, allowed_hosts=None)
    return named if is_ours else otherwise
