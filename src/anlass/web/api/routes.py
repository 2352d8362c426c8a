"""The API put together: its operations, its document, and what lies at addresses where nothing is."""

import re
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

import anlass
from anlass.web.api.acts import acts
from anlass.web.api.afterwards import afterwards
from anlass.web.api.asked import Texts
from anlass.web.api.blocks import blocks
from anlass.web.api.cases import cases
from anlass.web.api.doors import doors
from anlass.web.api.gatherings import gatherings
from anlass.web.api.hostings import hostings
from anlass.web.api.lines import named, surface
from anlass.web.api.people import people
from anlass.web.api.problems import CONTENT, Fault, answer_problems, told
from anlass.web.api.rest import rest
from anlass.web.api.rules import rules
from anlass.web.api.shown import shown

PREFIX = "api/v1/"
View = Callable[..., HttpResponse]
_ABOUT = """\
What the owner can do on a page or by command. A program comes in by a token (`Authorization: Bearer ...`),
made on the page Settings or by `anlass token add`; it may do what its scopes say (`x-scope` of each
operation) and nothing else. Times are RFC 3339 in UTC, unknown is null. Lists come in parts: `next` is the
`cursor` of the next one. Problems are those of RFC 9457. Unknown parameters are refused.
"""


def made() -> NinjaAPI:
    """Return the API with all its operations."""
    api = NinjaAPI(
        title="Anlass",
        version=anlass.__version__.partition("+")[0],
        description=_ABOUT,
        urls_namespace="api",
        docs_url=None,
        openapi_url=None,
        parser=Texts(),
    )
    answer_problems(api)
    for router in (cases, acts, people, rules, shown, doors, gatherings, hostings, afterwards, blocks, rest):
        api.add_router("", router)
    return api


API = made()


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document: the operations, with the lines of the surface as their shapes."""
    found: dict[str, Any] = named(dict(API.get_openapi_schema(path_prefix=PREFIX)))
    found["components"]["schemas"] |= surface()
    found["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for operations in found["paths"].values():
        for operation in operations.values():
            scope = operation["x-scope"]
            operation["security"] = [{"token": [scope] if scope else []}]
            _as_problems(operation["responses"])
            if sends := operation.pop("x-sends", ""):
                operation["responses"][200]["content"] = {
                    sends: {"schema": {"type": "string", "format": "binary"}}
                }
    found["servers"] = [{"url": "/"}]
    return found


def _as_problems(responses: dict[int, Any]) -> None:
    """Say of every answer that is a problem that it is one."""
    for status, answer in responses.items():
        if int(status) >= 400:
            answer["content"] = {CONTENT: next(iter(answer["content"].values()))}


@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    """Show the document; there is nothing of the owner's in it."""
    return JsonResponse(document())


@csrf_exempt
def nothing_here(_request: HttpRequest, **_rest: str) -> HttpResponse:
    """Answer for an address where no operation lies."""
    return told("not-found")


def _strictly(view: View | None, route: str) -> View:
    """Refuse parameters that an operation does not know: a misspelt filter would filter nothing.

    Which it knows stands in the document. That takes seconds to make, so no page waits for it: only the first
    question that has parameters does.
    """
    if view is None:
        raise AssertionError("an operation has a view")
    place = "/" + PREFIX + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)

    def misspelt(request: HttpRequest) -> list[str]:
        operation = document()["paths"][place].get((request.method or "").lower())
        if operation is None:
            return []
        known = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
        return sorted(set(request.GET) - known)

    @wraps(view)
    def strict(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        unknown = misspelt(request) if request.GET else []
        if unknown:
            faults = tuple(Fault(says="unknown", where=f"query.{name[:100]}") for name in unknown[:20])
            return told("not-understood", faults=faults)
        return view(request, *args, **kwargs)

    return strict


def urls() -> list[URLPattern | URLResolver]:
    """Return the addresses of the API."""
    patterns, app, namespace = API.urls
    operations = [one for one in patterns if isinstance(one, URLPattern) and one.name != "api-root"]
    for one in operations:
        one.callback = _strictly(one.callback, str(one.pattern))
    return [
        path(f"{PREFIX}openapi.json", openapi, name="openapi"),
        path(PREFIX, (operations, app, namespace)),
        re_path(r"^api/(?P<rest>(?s:.*))$", nothing_here),
    ]
