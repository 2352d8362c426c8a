"""The owner's page of the door: what stands on it, its name, its code words, and what still keeps it shut."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anlass.channels.form.files import open_file
from anlass.desk.door import own as desk
from anlass.desk.door.voice import missing_says, state_says
from anlass.errors import NotFound, Refused
from anlass.replies.door import FIELDS, CodeWord
from anlass.web.frame.days import day_of
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of
from anlass.web.frame.refusals import why
from anlass.web.frame.telling import tell, told

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from anlass.desk.voice.common import Lang
    from anlass.replies.door import Door
    from anlass.store.book import Book
    from anlass.web.frame.house import House


@require_safe
def door_desk(request: HttpRequest) -> HttpResponse:
    """Show the door as the owner edits it, in one language at a time."""
    return _shown(request, desk.door_of(book_of(request)), ())


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Do what was pressed: keep texts or the name, add or take away a code word, open or close."""
    book, now, lang, given = book_of(request), house_of(request).now(), lang_of(), request.POST
    of = _of(request)
    said = {field: given.get(field, "") for field in FIELDS}
    acts: Mapping[str, Callable[[], Door]] = {
        "texts": lambda: desk.set_texts(book, of, said, lang, now=now),
        "name": lambda: _named(book, given, lang, now),
        "word": lambda: desk.add_word(book, _word(given, now), lang, now=now),
        "word_gone": lambda: desk.remove_word(book, given["word_gone"], lang, now=now),
        "open": lambda: desk.open_door(book, lang, now=now),
        "close": lambda: desk.close_door(book, now=now),
    }
    pressed = given.get("do", "word_gone" if "word_gone" in given else "")
    if pressed not in acts:
        raise Http404
    try:
        changed = acts[pressed]()
    except (Refused, ValueError) as refused:
        wrong = [why(refused) if isinstance(refused, Refused) else _("That could not be understood.")]
        before = desk.door_of(book)
        typed = before.with_texts(of, **said) if pressed == "texts" else before
        if pressed == "name":
            typed = replace(before, name=given.get("name", "")[:100])
        return _shown(request, typed, wrong, status=422)
    tell(
        request, says=state_says("open" if changed.is_open else "shut", lang, where=_where(request, changed))
    )
    return HttpResponseRedirect(f"{reverse('door')}?lang={of}")


@require_safe
def file(request: HttpRequest, case_id: str, number: int) -> HttpResponse:
    """Hand over a file that came through the door, as bytes: no browser opens it."""
    house, book = house_of(request), book_of(request)
    try:
        files = book.door.files_of(book.case(case_id).id)
    except NotFound as missing:
        raise Http404 from missing
    data = house.settings.data if house.settings else None
    found = open_file(data, files[number].digest) if data is not None and number < len(files) else None
    if found is None:
        raise Http404
    response = HttpResponse(found, content_type="application/octet-stream")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Disposition"] = _as_attachment(files[number].name)
    return response


def files_here(request: HttpRequest, case_id: str) -> dict[str, object]:
    """Return the files that came with a case through the door, for its page."""
    classroom = house_of(request).classroom
    if classroom is None:
        return {}
    return {"door_files": classroom.book.door.files_of(classroom.book.case(case_id).id)}


def door_here(request: HttpRequest) -> dict[str, object]:
    """Return how it stands with the door, for the page of settings; nothing where nobody is remembered."""
    house, lang = house_of(request), lang_of()
    if house.classroom is None:
        return {}
    own = desk.door_of(house.classroom.book)
    lacks = desk.missing(house.classroom.book, _public_address(house)) if own.name else ()
    state = ("unfinished" if lacks else "well") if own.is_open else "closed"
    says = state_says(state if own.name else "none", lang)
    return {"door_says": says, "door_lacks": [missing_says(one, lang) for one in lacks]}


def _shown(request: HttpRequest, door: Door, wrong: object, *, status: int = 200) -> HttpResponse:
    book, house, lang = book_of(request), house_of(request), lang_of()
    of = _of(request)
    own = desk.door_of(book)
    context = {
        "door": door,
        "own": own,
        "of": of,
        "texts": {
            field: next((getattr(t, field) for t in door.texts if t.lang == of), "") for field in FIELDS
        },
        "wrong": wrong,
        "missing": [missing_says(one, lang) for one in desk.missing(book, _public_address(house))],
        "state": state_says("open" if own.is_open else "shut", lang, where=_where(request, own))
        if own.name
        else "",
        "can_open": not own.lacks(),
        "longest": desk.LONGEST_TEXT,
        "now": house.now(),
        "just_done": told(request),
    }
    return render(request, "anlass/door_desk.html", context, status=status)


def _where(request: HttpRequest, door: Door) -> str:
    """Return the address of a door: as the world sees it, where it can."""
    base = _public_address(house_of(request)) if door.is_open else ""
    return f"{base or f'{request.scheme}://{request.get_host()}'}/{door.name}"


def _public_address(house: House) -> str:
    return house.settings.public_address if house.settings else ""


def _named(book: Book, given: Mapping[str, str], lang: Lang, now: datetime) -> Door:
    desk.rename(book, given.get("name", ""), lang, now=now)
    return desk.set_register(book, given.get("register", "du"), lang, now=now)


def _word(given: Mapping[str, str], now: datetime) -> CodeWord:
    end = day_of(given.get("until", ""), now)
    return CodeWord(
        " ".join(given.get("word", "").split()), end, " ".join(given.get("note", "").split())[:200]
    )


def _of(request: HttpRequest) -> str:
    asked = request.GET.get("lang", lang_of())
    return "de" if asked == "de" else "en"


def _as_attachment(name: str) -> str:
    """Return the field that makes a browser save a file under its name, whatever letters that has."""
    plain = "".join(
        char if char.isascii() and char.isprintable() and char not in '"\\' else "_" for char in name
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
