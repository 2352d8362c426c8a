"""The owner blocks a person who threatens, lifts it, and takes everything of theirs along as one file.

Who is blocked is shown on a page of its own; what they sent lies there and nowhere else.
"""

from __future__ import annotations

from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, cast

from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from anlass.channels.form.files import open_file
from anlass.channels.mail.secrets import Secrets, system_ring
from anlass.desk.blocking import blocking as desk
from anlass.desk.blocking.dossier import Means, write_dossier
from anlass.desk.blocking.voice import kept_says, sentence
from anlass.desk.cases.inbox import line_of
from anlass.desk.history.originals import originals
from anlass.desk.voice.common import day_and_month
from anlass.errors import NotFound, Refused
from anlass.replies.where_to_turn import where_to_turn
from anlass.sources import reread
from anlass.store.cases.kept import CaseState
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import act, book_of, person_in, told
from anlass.web.frame.refusals import why

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from anlass.desk.people.persons import Said
    from anlass.desk.voice.common import Lang
    from anlass.people import Person
    from anlass.store.book import Book
    from anlass.web.frame.house import House

_IN_MEMORY = 8 * 1024 * 1024
_SHOWN = 100
"""Cases of one person that are listed; the newest."""


@require_safe
def blocked(request: HttpRequest) -> HttpResponse:
    """Show who is blocked, and what came of them."""
    book, now, lang = book_of(request), house_of(request).now(), lang_of()
    people = [
        {
            "person": one.person,
            "since": sentence("since", lang, date=day_and_month(one.word.said_at, now, lang)),
            "kept": kept_says(one.cases, lang),
            "lines": [
                line_of(kept, now, lang)
                for kept in book.cases(CaseState.BLOCKED, person=one.person.id, limit=_SHOWN).cases
            ],
        }
        for one in desk.blocked_people(book)
    ]
    context = {"blocked": people, "turn": where_to_turn(lang), **told(request)}
    return render(request, "anlass/blocked.html", context)


@require_POST
def block(request: HttpRequest, person_id: str) -> HttpResponse:
    """Hear that a person is blocked; their page tells it, with the way back."""
    book, now, lang = book_of(request), house_of(request).now(), lang_of()
    return act(request, _page(person_id), lambda: desk.block(book, person_id, now=now, lang=lang))


@require_POST
def lift(request: HttpRequest, person_id: str) -> HttpResponse:
    """Hear that a block is over."""
    house, book, lang = house_of(request), book_of(request), lang_of()
    wits = house.classroom.wits() if house.classroom else None
    if wits is None:
        raise Http404
    act_ = partial(desk.lift, book, wits, person_id, now=house.now(), lang=lang)
    return act(request, _page(person_id), act_, undone=True)


@require_POST
def report(request: HttpRequest, person_id: str) -> HttpResponseBase:
    """Hand over everything that a person sent, as one file."""
    house, book = house_of(request), book_of(request)
    person = person_in(book, person_id)
    file = cast("IO[bytes]", SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - the answer closes it
    try:
        report_written(house, book, person, file, lang_of())
    except (NotFound, Refused) as refused:
        file.close()
        request.session["said"] = {"refused": why(refused)}
        return HttpResponseRedirect(_page(person_id))
    file.seek(0)
    name = f"{sentence('file', lang_of())}-{house.now():%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def freeing(request: HttpRequest, say: Callable[[], Said]) -> Said:
    """Say something on persons by which a block may end: what it kept is judged then."""
    classroom = house_of(request).classroom
    if classroom is None:
        raise Http404
    with desk.judging_freed(book_of(request), classroom.wits):
        return say()


def block_beside(request: HttpRequest, book: Book, somebody: Person) -> dict[str, object]:
    """Return what the page of a person shows of blocking them."""
    word = desk.block_on(book, somebody)
    now, lang = house_of(request).now(), lang_of()
    since = sentence("since", lang, date=day_and_month(word.said_at, now, lang)) if word else ""
    return {"block_since": since, "turn": where_to_turn(lang) if word else ()}


def block_here(request: HttpRequest, case_id: str) -> dict[str, object]:
    """Return what the page of a case shows of it: first of all where the letter threatens."""
    classroom = house_of(request).classroom
    if classroom is None:
        return {}
    kept = classroom.book.case(case_id)
    person = classroom.book.person(kept.case.person.id)
    is_blocked = kept.state is CaseState.BLOCKED
    threat = desk.threatens(kept.case.request)
    return {
        "block_person": person,
        "is_blocked": is_blocked,
        "is_threat": threat,
        "turn": where_to_turn(lang_of()) if threat or is_blocked else (),
        **({"can_decide": False, "can_release": False} if is_blocked else {}),
    }


def blocked_count(book: Book) -> int:
    """Return how many people are blocked, for the page of settings."""
    return sum(1 for _ in desk.blocked_people(book))


def report_written(house: House, book: Book, person: Person, to: IO[bytes], lang: Lang) -> None:
    """Write everything that a person sent, and note that it was; raises `NotFound` and `Refused`."""
    count = _write(house, book, person, to, lang)
    book.note("report", about=person.id, content={"letters": count}, now=house.now())


def _write(house: House, book: Book, person: Person, to: IO[bytes], lang: Lang) -> int:
    settings, now = house.settings, house.now()
    if settings is None:
        return write_dossier(book, person, to, Means("", reread, lambda _: None, now, lang))
    with originals(book, Secrets(settings.data, system_ring())) as again:
        means = Means(settings.owner.name, again, partial(open_file, settings.data), now, lang)
        return write_dossier(book, person, to, means)


def _page(person_id: str) -> str:
    return reverse("person", args=[person_id])
