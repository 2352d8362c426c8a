"""What went wrong, as a problem (RFC 9457): a kind that programs know, and a sentence for the owner."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from json import dumps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from anlass.desk.cases.version import Overtaken
from anlass.errors import EdgeError, NotFound, PolicyError, StoreError, UserError

if TYPE_CHECKING:
    from anlass.desk.voice.common import Lang

LOG = logging.getLogger("anlass.api")
CONTENT = "application/problem+json"
_KIND = "urn:anlass:problem:"


class Fault(Schema):
    """One thing that is wrong, with its place: a line of a text, or a field of the request."""

    says: str
    where: str
    line: int | None = None
    column: int | None = None


class ProblemLine(Schema):
    """What went wrong. `type` is for programs and stays; the other words are for people."""

    type: str = Field(pattern=f"^{_KIND}[a-z-]+$")
    title: str
    status: int
    detail: str
    faults: list[Fault]


@dataclass(frozen=True, slots=True)
class _Kind:
    status: int
    de: str
    en: str


KINDS = {
    "not-json": _Kind(400, "Der Inhalt ist kein JSON.", "The body is no JSON."),
    "no-token": _Kind(401, "Dafür braucht es ein Token, das gilt.", "This takes a token that holds."),
    "no-scope": _Kind(403, "Dieses Token darf das nicht.", "This token may not do that."),
    "not-found": _Kind(404, "Das gibt es hier nicht.", "There is no such thing here."),
    "no-such-way": _Kind(405, "So geht das hier nicht.", "That cannot be done here."),
    "refused": _Kind(409, "Das geht so nicht.", "That is not possible."),
    "under-way": _Kind(409, "Diese Anfrage läuft noch.", "This request is still under way."),
    "overtaken": _Kind(412, "Der Vorgang ist nicht mehr, wie du ihn gesehen hast.", "The case has changed."),
    "too-large": _Kind(413, "Das ist zu groß.", "This is too large."),
    "not-understood": _Kind(422, "Die Anfrage passt nicht.", "The request does not fit."),
    "rules-unusable": _Kind(
        422, "Diese Hausordnung lässt sich nicht benutzen.", "These rules cannot be used."
    ),
    "key-used": _Kind(
        422, "Unter diesem Schlüssel kam schon etwas anderes.", "Something else came under this key."
    ),
    "too-many": _Kind(429, "Das war zu viel in einer Minute.", "That was too much within a minute."),
    "broken": _Kind(500, "Hier ist etwas kaputt. Geändert ist nichts.", "Something broke. Nothing changed."),
    "elsewhere": _Kind(502, "Eine andere Stelle hat versagt.", "Something out there failed."),
    "later": _Kind(503, "Gerade nicht. Versuch es gleich wieder.", "Not just now. Try again in a moment."),
}
"""Every kind of problem: its status, and its title in both languages."""


class Problem(Exception):
    """An operation that ends with a problem of a kind."""

    def __init__(self, kind: str, detail: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(kind)
        self.kind, self.detail, self.headers = kind, detail, headers or {}


def told(kind: str, detail: str = "", faults: tuple[Fault, ...] = (), lang: str = "") -> HttpResponse:
    """Return the answer for a problem."""
    spoken = _spoken(lang)
    known = KINDS[kind]
    title = known.de if spoken == "de" else known.en
    line = ProblemLine(
        type=_KIND + kind, title=title, status=known.status, detail=detail or title, faults=list(faults)
    )
    answer = HttpResponse(dumps(line.model_dump()), status=known.status, content_type=CONTENT)
    if known.status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="anlass"'
    return answer


def _spoken(lang: str) -> "Lang":
    return "de" if (lang or get_language() or "").startswith("de") else "en"


def answer_problems(api: NinjaAPI) -> None:
    """Let every way in which an operation can end be a problem."""
    for kind, answer in _ANSWERS.items():
        api.add_exception_handler(kind, answer)


def _problem(_request: HttpRequest, problem: Problem) -> HttpResponse:
    answer = told(problem.kind, problem.detail)
    for name, value in problem.headers.items():
        answer[name] = value
    return answer


def _http(_request: HttpRequest, error: HttpError) -> HttpResponse:
    kinds = {400: "not-json", 401: "no-token", 403: "no-scope", 404: "not-found", 429: "too-many"}
    return told(kinds.get(error.status_code, "not-understood"))


def _not_understood(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = tuple(
        Fault(says=str(one.get("msg", "")), where=".".join(map(str, one.get("loc", ()))))
        for one in error.errors[:20]
    )
    return told("not-understood", faults=faults)


def _user(_request: HttpRequest, error: UserError) -> HttpResponse:
    kind = "rules-unusable" if isinstance(error, PolicyError) else "refused"
    faults = tuple(
        Fault(says=one.says, where=one.where.rpartition("/")[2], line=one.line, column=one.column)
        for one in error.problems
    )
    return told(kind, error.problems[0].says if error.problems else "", faults)


def _edge(_request: HttpRequest, error: EdgeError) -> HttpResponse:
    if isinstance(error, StoreError):
        LOG.warning("the memory cannot be used (%s)", type(error.__cause__).__name__)
        return told("later" if error.temporary else "broken")
    return told("elsewhere")


def _broken(_request: HttpRequest, error: Exception) -> HttpResponse:
    LOG.error("an operation broke: %s", type(error).__name__, exc_info=error)
    return told("broken")


def _overtaken(_request: HttpRequest, error: Overtaken) -> HttpResponse:
    return told("overtaken", error.problems[0].says)


_ANSWERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Problem: _problem,
    HttpError: _http,
    ValidationError: _not_understood,
    Overtaken: _overtaken,
    NotFound: lambda _request, _error: told("not-found"),
    Http404: lambda _request, _error: told("not-found"),
    UserError: _user,
    EdgeError: _edge,
    RequestDataTooBig: lambda _request, _error: told("too-large"),
    Exception: _broken,
}
