"""The owner teaches on the page of a case: three buttons for the letter, a form for words in it.

What was done is told once, on the page that follows, with the way to take it back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from anlass.desk.learning import teaching as desk
from anlass.desk.learning.lessons import lesson_says
from anlass.desk.learning.voice import kind_name
from anlass.errors import NotFound, Refused
from anlass.litmus import FindingKind, Verdict
from anlass.litmus.lessons import ANSWERING, LONGEST, NO_MATTER_OF_TASTE
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.refusals import why

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from anlass.desk.cases.inbox import Sheet
    from anlass.web.frame.house import Classroom

_TOLD = "taught"
"""Where the session keeps what the next page tells."""

Act = Callable[["Classroom"], desk.Learned]


@require_POST
def teach(request: HttpRequest, case_id: str) -> HttpResponse:
    """Learn a verdict on the letter, or what words in it are or are not."""
    given, now, lang = request.POST, house_of(request).now(), lang_of()

    def act(room: Classroom) -> desk.Learned:
        if "verdict" in given:
            verdict = Verdict(given["verdict"])
            return desk.teach_verdict(room.book, room.wits(), case_id, verdict, now=now)
        kind, is_so = FindingKind(given.get("kind", "")), given.get("is") != "no"
        said = desk.OnWords(given.get("words", "")[: LONGEST * 2], kind, is_so)
        return desk.teach_words(room.book, room.wits(), case_id, said, now=now, lang=lang)

    return _done(request, case_id, act)


@require_POST
def unteach(request: HttpRequest, case_id: str) -> HttpResponse:
    """Take a lesson back."""
    lesson_id, now = request.POST.get("lesson", ""), house_of(request).now()
    return _done(request, case_id, lambda room: desk.unteach(room.book, room.wits(), lesson_id, now=now))


def lesson(request: HttpRequest, sheet: Sheet) -> dict[str, object]:
    """What the page of a case needs for teaching; nothing where the pages only show."""
    if house_of(request).classroom is None:
        return {}
    lang = lang_of()
    kinds = [kind for kind in FindingKind if kind not in NO_MATTER_OF_TASTE]
    said = sheet.personal.verdict if sheet.personal else None
    marked = dict.fromkeys((one.kind, one.quote) for one in sheet.findings if one.kind in kinds)
    return {
        "verdicts": [(verdict.value, verdict is said) for verdict in Verdict],
        "answering": [(kind.value, kind_name(kind, lang)) for kind in kinds if kind in ANSWERING],
        "emptying": [(kind.value, kind_name(kind, lang)) for kind in kinds if kind not in ANSWERING],
        "marked": [
            (kind.value, kind_name(kind, lang), quote) for kind, quote in marked if len(quote) <= LONGEST
        ],
        "longest": LONGEST,
        "told": request.session.pop(_TOLD, None),
    }


def _done(request: HttpRequest, case_id: str, act: Act) -> HttpResponse:
    """Do it, remember what to tell, and show the case again."""
    room = house_of(request).classroom
    if room is None:
        raise Http404
    try:
        learned = act(room)
        request.session[_TOLD] = _told(room, learned, undone=request.path.endswith("/unteach/"))
    except Refused as refused:
        request.session[_TOLD] = {"refused": why(refused)}
    except (NotFound, ValueError) as missing:
        raise Http404 from missing
    return HttpResponseRedirect(reverse("case", args=[case_id]) + "#reads")


def _told(room: Classroom, learned: desk.Learned, *, undone: bool) -> dict[str, object]:
    return {
        "says": lesson_says(room.book, learned.lesson, lang_of()),
        "lesson": "" if undone else learned.lesson.id,
        "undone": undone,
        "others": len(learned.others),
    }
